//! Whether a statement is told as a fact: polarity, modality and who says so, read off the verb group and its governors.
//!
//! Two kinds of cues, both from the pack: words on the predicate itself (*not, will, reportedly*) and words that govern it
//! (*refused to*, *denied that*, *plans for*). The governors are climbed from the inside out.

use crate::language::{Deprel, Upos};
use crate::rules::{RuleSet, Status, through};

use super::fragment::{Modality, Polarity};
use super::syntax::Syntax;

/// How a statement is to be taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// Fact, plan, request, possibility or allegation.
    pub modality: Modality,
    /// Affirmed or denied.
    pub polarity: Polarity,
    /// Units of the subjects of reporting verbs above, the nearest first.
    pub speakers: Vec<usize>,
    /// The words that made it so: units and what they say, in the order of finding.
    pub cues: Vec<(usize, Status)>,
}

/// The standing of what the unit `predicate` says; `parts` are the other words of the match.
pub fn standing(syntax: &Syntax<'_>, rules: &RuleSet, predicate: usize, parts: &[usize]) -> Standing {
    let mut reading = Reading {
        negatives: 0,
        modality: Modality::Asserted,
        seen_from: None,
        speakers: Vec::new(),
        matched: parts,
        cues: Vec::new(),
    };
    own(syntax, rules, predicate, &mut reading);
    for &part in parts {
        for child in syntax.by(part, &[Deprel::Det, Deprel::Amod, Deprel::Advmod]) {
            match rules.cues.on.get(&syntax.units[child].word) {
                Some(status) if part != predicate => reading.weaken(*status, child),
                _ => {}
            }
        }
    }
    climb(syntax, rules, predicate, &mut reading);
    if let Some((cue, here, reported)) = reading.seen_from {
        reading.weaken(if reading.speakers.is_empty() { here } else { reported }, cue);
    }
    let polarity = if reading.negatives % 2 == 1 { Polarity::Negative } else { Polarity::Positive };
    if reading.negatives > 0 && polarity == Polarity::Positive {
        // Not denied is not asserted.
        reading.modality = reading.modality.max(Modality::Possible);
    }
    Standing { modality: reading.modality, polarity, speakers: reading.speakers, cues: reading.cues }
}

struct Reading<'p> {
    negatives: u32,
    modality: Modality,
    /// A cue and what it gives that means one thing in a reported clause and another elsewhere.
    seen_from: Option<(usize, Status, Status)>,
    speakers: Vec<usize>,
    /// Words of the pattern: a *not* that a rule asks for says what the rule says.
    matched: &'p [usize],
    cues: Vec<(usize, Status)>,
}

impl Reading<'_> {
    /// Takes a cue in; of two modalities the one further from fact stays.
    fn weaken(&mut self, status: Status, unit: usize) {
        if !matches!(status, Status::Asserted | Status::Reported) {
            self.cues.push((unit, status));
        }
        self.negatives += u32::from(status == Status::Negative);
        self.modality = self.modality.max(Modality::of(status));
    }
}

/// Cues that hang on the predicate itself, or that it shares with the verb it is coordinated with.
fn own(syntax: &Syntax<'_>, rules: &RuleSet, unit: usize, reading: &mut Reading<'_>) {
    let mut at = unit;
    let negative = |u: usize| rules.cues.denies(syntax.units[u].word);
    // *not only*: what is denied is that it was all.
    let scoped = |u: usize| syntax.units.get(u + 1).is_some_and(|next| rules.classes.focus.contains(next.word));
    // What a coordinated verb says of itself, *but* before it ends what was denied before.
    let own_denial = syntax.rels[unit] == Deprel::Conj
        && syntax.by(unit, &[Deprel::Cc]).any(|c| negative(c) || rules.classes.contrast.contains(syntax.units[c].word));
    for _ in 0..6 {
        let mut bare = true;
        let first_subject = syntax.by(at, &[Deprel::Nsubj, Deprel::NsubjPass]).min();
        for child in syntax.children(at) {
            let rel = syntax.rels[child];
            if matches!(rel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::Aux | Deprel::AuxPass | Deprel::Cop) {
                bare = false;
            }
            let hangs = matches!(
                rel,
                Deprel::Advmod
                    | Deprel::Aux
                    | Deprel::Mark
                    | Deprel::Cc
                    | Deprel::Det
                    | Deprel::Amod
                    | Deprel::CcPreconj
                    | Deprel::Discourse
                    | Deprel::Punct
                    | Deprel::Case
            );
            if hangs
                && !reading.matched.contains(&child)
                && !(at != unit && rel == Deprel::Mark)
                && !(negative(child) && (scoped(child) || at != unit && own_denial))
                && let Some(status) = rules.cues.on.get(&syntax.units[child].word)
            {
                match rules.cues.on_reported.get(&syntax.units[child].word) {
                    Some(reported) if reading.seen_from.is_none() && reading.speakers.is_empty() => {
                        reading.seen_from = Some((child, *status, *reported));
                    }
                    _ => reading.weaken(*status, child),
                }
            }
            // A subject that is nobody denies the whole clause, and so does *neither … nor* in an argument.
            if matches!(rel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj) {
                let counted = rel == Deprel::Obj && reading.matched.contains(&child);
                let nobody = negative(child) || !counted && syntax.by(child, &[Deprel::Det]).any(negative);
                if nobody || syntax.by(child, &[Deprel::CcPreconj]).any(negative) {
                    reading.weaken(Status::Negative, child);
                }
            }
            // *At no point did …* denies; *according to unconfirmed reports* is hearsay.
            if matches!(rel, Deprel::Obl) {
                let fronted = first_subject.is_some_and(|s| child < s);
                if fronted && syntax.by(child, &[Deprel::Det]).any(negative) {
                    reading.weaken(Status::Negative, child);
                }
                let hearsay = |c: usize| rules.cues.on.get(&syntax.units[c].word) == Some(&Status::Alleged);
                if fronted && syntax.by(child, &[Deprel::Amod]).any(hearsay) {
                    reading.weaken(Status::Alleged, child);
                }
            }
        }
        match syntax.head(at) {
            Some(head) if syntax.rels[at] == Deprel::Conj && bare && syntax.units[head].morph.upos == Upos::Verb => {
                at = head
            }
            _ => return,
        }
    }
}

/// Whether a verb by itself tells of what has not happened.
fn unreal(syntax: &Syntax<'_>, rules: &RuleSet, verb: usize) -> bool {
    let mut reading = Reading {
        negatives: 0,
        modality: Modality::Asserted,
        seen_from: None,
        speakers: Vec::new(),
        matched: &[],
        cues: Vec::new(),
    };
    own(syntax, rules, verb, &mut reading);
    reading.modality != Modality::Asserted || reading.seen_from.is_some()
}

fn climb(syntax: &Syntax<'_>, rules: &RuleSet, predicate: usize, reading: &mut Reading<'_>) {
    let (mut at, mut aside) = (predicate, false);
    for _ in 0..10 {
        let Some(head) = syntax.head(at) else { return };
        let way = match syntax.rels[at] {
            Deprel::Xcomp => through::INFINITIVE,
            Deprel::Ccomp | Deprel::Csubj | Deprel::CsubjPass => through::CLAUSE,
            Deprel::Parataxis => through::CLAUSE,
            Deprel::Acl if syntax.is_infinitive(at) => through::INFINITIVE,
            Deprel::Acl if syntax.by(at, &[Deprel::Mark, Deprel::Case]).next().is_some() => {
                through::OBLIQUE | through::CLAUSE
            }
            Deprel::Advcl if syntax.is_infinitive(at) => through::INFINITIVE,
            Deprel::Advcl => through::OBLIQUE,
            Deprel::Obj | Deprel::NsubjPass | Deprel::Iobj => through::OBJECT,
            Deprel::Obl | Deprel::Nmod | Deprel::OblAgent => through::OBLIQUE,
            Deprel::Conj => {
                at = head;
                continue;
            }
            // *the visit will take place*
            Deprel::Nsubj if rules.discourse.light.contains(syntax.units[head].word) => through::OBJECT,
            Deprel::Nsubj => return,
            _ => return,
        };
        let word = syntax.units[head].word;
        let cues = rules.cues.govern.get(&word).map_or(&[][..], Vec::as_slice);
        let mut hit = false;
        let mut reported = false;
        for (status, ways) in cues {
            if ways & way != 0 {
                if *status == Status::Reported {
                    reported = true;
                } else if !aside {
                    hit = true;
                    reading.weaken(*status, head);
                }
            }
        }
        let said =
            (reported || rules.discourse.reporting.contains(word)) && way & (through::CLAUSE | through::OBLIQUE) != 0;
        if said {
            let mut subjects = Vec::new();
            syntax.subjects(head, &mut subjects);
            reading.speakers.extend(subjects);
        }
        let awaited = syntax.rels[at] == Deprel::Advcl
            && !hit
            && !aside
            && syntax
                .by(at, &[Deprel::Mark, Deprel::Advmod])
                .any(|c| rules.classes.awaiting.contains(syntax.units[c].word));
        if awaited && unreal(syntax, rules, head) {
            reading.weaken(Status::Planned, at);
        }
        if way == through::INFINITIVE && syntax.rels[at] == Deprel::Advcl && !hit && !aside {
            // A purpose is no deed.
            reading.weaken(Status::Planned, at);
        }
        // An adverbial, and a noun that no cue governs, stand on their own: *did not condemn the attack* does not deny the
        // attack. Only light verbs pass on what is said of them: *did not hold talks*.
        let light = rules.discourse.light.contains(word);
        let stands = match syntax.rels[at] {
            Deprel::Advcl => !hit,
            _ if way == through::OBLIQUE => !hit,
            _ if way == through::OBJECT => !hit && !light,
            _ => false,
        };
        // Who says the whole sentence says its parts as well.
        aside |= stands;
        if !said && !aside {
            own(syntax, rules, head, reading);
        }
        at = head;
    }
}
