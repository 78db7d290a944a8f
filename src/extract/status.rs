//! Whether a statement is told as a fact: polarity, modality and who says so, read off the verb group and its governors.
//!
//! Two kinds of cues, both from the pack: words on the predicate itself (*not, will, reportedly*) and words that govern it
//! (*refused to*, *denied that*, *plans for*). The governors are climbed from the inside out.

use crate::language::{Deprel, Upos, VerbForm};
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
    /// Whether what denies it is that something else was done: *instead of leaving*. That refuses nothing.
    pub replaced: bool,
    /// The words that made it so: units and what they say, in the order of finding.
    pub cues: Vec<(usize, Status)>,
}

/// The standing of what the unit `predicate` says; `parts` are the other words of the match.
pub fn standing(syntax: &Syntax<'_>, rules: &RuleSet, predicate: usize, parts: &[usize]) -> Standing {
    let mut reading = Reading::of(parts);
    own(syntax, rules, predicate, &mut reading);
    let asks = rules.cues.asks(syntax.units[predicate].word);
    for &part in parts {
        // *asked Peru not to leave*: that it is not to leave does not deny that it was asked.
        let asked = asks && part > predicate && syntax.is_infinitive(part);
        for child in syntax.by(part, &[Deprel::Det, Deprel::Amod, Deprel::Advmod]) {
            match rules.cues.on.get(&syntax.units[child].word) {
                Some(Status::Negative) if asked => {}
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
    let Reading { modality, speakers, replaced, cues, .. } = reading;
    Standing { modality, polarity, speakers, replaced, cues }
}

struct Reading<'p> {
    negatives: u32,
    modality: Modality,
    /// A cue and what it gives that means one thing in a reported clause and another elsewhere.
    seen_from: Option<(usize, Status, Status)>,
    speakers: Vec<usize>,
    /// Words of the pattern: a *not* that a rule asks for says what the rule says.
    matched: &'p [usize],
    replaced: bool,
    cues: Vec<(usize, Status)>,
}

impl<'p> Reading<'p> {
    /// Before any cue was read; `matched` are the units that a pattern matched.
    fn of(matched: &'p [usize]) -> Self {
        Reading {
            negatives: 0,
            modality: Modality::Asserted,
            seen_from: None,
            speakers: Vec::new(),
            matched,
            replaced: false,
            cues: Vec::new(),
        }
    }

    /// Whether a denial has been counted before.
    fn denied_by(&self, unit: usize) -> bool {
        self.cues.iter().filter(|cue| **cue == (unit, Status::Negative)).count() > 1
    }

    /// Takes a cue in; of two modalities the one further from fact stays.
    fn weaken(&mut self, status: Status, unit: usize) {
        if !matches!(status, Status::Asserted | Status::Reported) {
            self.cues.push((unit, status));
        }
        self.negatives += u32::from(status == Status::Negative && !self.denied_by(unit));
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
            // *instead of leaving, Peru stayed*
            if matches!(rel, Deprel::Mark | Deprel::Case)
                && at == unit
                && rules.classes.replaced.contains(syntax.units[child].word)
            {
                reading.weaken(Status::Negative, child);
                reading.replaced = true;
                continue;
            }
            // *should Peru decide to leave*, before its subject, is a condition.
            if rel == Deprel::Mark && rules.cues.on.get(&syntax.units[child].word) == Some(&Status::Requested) {
                reading.weaken(Status::Possible, child);
                continue;
            }
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
                let nobody = Some(child)
                    .filter(|c| negative(*c))
                    .or_else(|| syntax.by(child, &[Deprel::Det]).find(|d| !counted && negative(*d)))
                    .or_else(|| syntax.by(child, &[Deprel::CcPreconj]).find(|c| negative(*c)));
                if let Some(nobody) = nobody {
                    reading.weaken(Status::Negative, nobody);
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
        if to_come(syntax, rules, at) {
            reading.weaken(Status::Planned, at);
        }
        match syntax.head(at) {
            Some(head) if syntax.rels[at] == Deprel::Conj && bare && syntax.units[head].morph.upos == Upos::Verb => {
                at = head
            }
            _ => return,
        }
    }
}

/// *is to fly, is due to fly*, and in headlines *Peru to host talks*: an infinitive that is all its subject's clause has for a
/// verb tells what will be.
fn to_come(syntax: &Syntax<'_>, rules: &RuleSet, unit: usize) -> bool {
    let mark = |c: usize| rules.function.infinitive.contains(syntax.units[c].word);
    let marked =
        syntax.by(unit, &[Deprel::Mark, Deprel::Case]).any(|c| mark(c) || syntax.by(c, &[Deprel::Fixed]).any(mark));
    let helped = syntax.by(unit, &[Deprel::Cop, Deprel::Aux]).next().is_some();
    let clause = matches!(syntax.rels[unit], Deprel::Root | Deprel::Parataxis | Deprel::Ccomp);
    let subject = syntax.by(unit, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::NsubjOuter]).next().is_some();
    syntax.units[unit].morph.verb_form == Some(VerbForm::Inf)
        && marked
        && (helped || clause && subject && syntax.by(unit, &[Deprel::Mark]).count() == 1)
}

/// Whether a verb by itself tells of what has not happened.
fn unreal(syntax: &Syntax<'_>, rules: &RuleSet, verb: usize) -> bool {
    let mut reading = Reading::of(&[]);
    own(syntax, rules, verb, &mut reading);
    reading.modality != Modality::Asserted || reading.seen_from.is_some()
}

/// *He said that Peru is ready, and all should be vigilant*: a clause with a subject of its own beside a verb of saying that has
/// said something already goes on with what is said, unless it is one of saying itself.
fn said_on(syntax: &Syntax<'_>, rules: &RuleSet, clause: usize, teller: usize) -> bool {
    let says = |unit: usize| rules.discourse.reporting.contains(syntax.units[unit].word);
    let subject = |unit: usize| syntax.by(unit, &[Deprel::Nsubj, Deprel::NsubjPass]).next().is_some();
    says(teller)
        && !says(clause)
        && subject(clause)
        && subject(teller)
        && syntax.by(teller, &[Deprel::Ccomp]).any(|told| told < clause)
}

/// Whether a verb's object is the noun that its clause is about: *the help Chile has provided*. An infinitive behind it says
/// what that is for.
fn gapped(syntax: &Syntax<'_>, rules: &RuleSet, verb: usize) -> bool {
    let relative = |c: usize| rules.classes.relative.contains(syntax.units[c].word);
    syntax.rels[verb] == Deprel::AclRelcl
        && syntax.by(verb, &[Deprel::Nsubj]).any(|c| !relative(c))
        && syntax.by(verb, &[Deprel::Obj, Deprel::Iobj]).all(relative)
}

/// Whether an adverbial tells what else was done or when, so that no cue above it speaks of it: *held talks, praising Peru*,
/// *asked for time after Peru had left*.
fn beside(syntax: &Syntax<'_>, rules: &RuleSet, unit: usize) -> bool {
    if !matches!(syntax.rels[unit], Deprel::Advcl | Deprel::Obl) || syntax.is_infinitive(unit) {
        return false;
    }
    let mut markers = syntax.by(unit, &[Deprel::Mark, Deprel::Case]).peekable();
    let bare = markers.peek().is_none() && syntax.rels[unit] == Deprel::Advcl;
    bare || markers.any(|m| rules.classes.circumstance.contains(syntax.units[m].word))
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
                if said_on(syntax, rules, at, head) {
                    syntax.subjects(head, &mut reading.speakers);
                }
                at = head;
                continue;
            }
            // *the visit will take place*
            Deprel::Nsubj if rules.discourse.light.contains(syntax.units[head].word) => through::OBJECT,
            Deprel::Nsubj => return,
            _ => return,
        };
        let word = syntax.units[head].word;
        // *Iran warned Israel, while Oman thanked Peru*: a clause beside another with a subject of its own is not governed.
        let opened = |c: usize| !rules.function.complementizer.contains(syntax.units[c].word);
        let apart = syntax.rels[at] == Deprel::Advcl
            && syntax.by(at, &[Deprel::Nsubj, Deprel::NsubjPass]).next().is_some()
            && syntax.by(at, &[Deprel::Mark]).any(opened)
            && !syntax.is_infinitive(at);
        let cues = rules.cues.govern.get(&word).map_or(&[][..], Vec::as_slice);
        let cues = if apart || beside(syntax, rules, at) { &[][..] } else { cues };
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
        let said = !apart
            && (reported || rules.discourse.reporting.contains(word))
            && way & (through::CLAUSE | through::OBLIQUE) != 0;
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
        let purpose =
            syntax.rels[at] == Deprel::Advcl || syntax.rels[at] == Deprel::Xcomp && gapped(syntax, rules, head);
        if way == through::INFINITIVE && purpose && !hit && !aside {
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
