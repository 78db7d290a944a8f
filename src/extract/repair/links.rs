//! Clauses hung on the wrong word, and their subjects with them.

use crate::extract::syntax::Unit;
use crate::language::{Deprel, Parse, Upos, VerbForm};
use crate::rules::RuleSet;

use super::{children, head_of, is_subject};

fn is_verb(units: &[Unit], unit: usize) -> bool {
    units[unit].mention.is_none() && units[unit].morph.upos == Upos::Verb
}

/// Whether a unit is a finite verb or has an auxiliary.
fn is_clause(units: &[Unit], parse: &Parse, verb: usize) -> bool {
    is_verb(units, verb)
        && (units[verb].morph.verb_form == Some(VerbForm::Fin)
            || children(parse, verb).any(|c| matches!(parse.rels[c], Deprel::Aux | Deprel::AuxPass)))
}

/// *will help should Peru ask for it*: an auxiliary of obligation right before its subject, in the middle of a sentence,
/// opens a condition.
pub(super) fn inverted(units: &[Unit], parse: &mut Parse, rules: &RuleSet) {
    use crate::rules::Status;
    for helper in 2..units.len().saturating_sub(1) {
        let Some(verb) = head_of(parse, helper).filter(|v| *v > helper + 1 && parse.rels[helper] == Deprel::Aux) else {
            continue;
        };
        let Some(main) = head_of(parse, verb) else { continue };
        let subject = children(parse, verb).find(|c| is_subject(parse, *c) && *c > helper);
        let right_before = subject.is_some_and(|s| {
            let start = children(parse, s).filter(|c| *c < s).min().unwrap_or(s);
            start == helper + 1
        });
        let obliges = rules.cues.on.get(&units[helper].word) == Some(&Status::Requested);
        let opened = units[helper - 1].morph.upos == Upos::Adv
            || children(parse, verb).any(|c| parse.rels[c] == Deprel::Mark && c < helper);
        if !right_before || !obliges || opened {
            continue;
        }
        // What the parser took for a second subject before the auxiliary is none.
        let stray = children(parse, verb).find(|c| is_subject(parse, *c) && *c < helper);
        match stray {
            Some(predicate) if head_of(parse, main).is_some() || units[main].morph.upos == Upos::Verb => {
                parse.hang(predicate, main, parse.rels[verb]);
                parse.hang(verb, predicate, Deprel::Advcl);
            }
            _ => parse.rels[verb] = Deprel::Advcl,
        }
        parse.rels[helper] = Deprel::Mark;
    }
}

/// *Peru said Chile and Cuba must leave*, read as saying Chile: a list between a verb of speech and a clause is the clause's
/// subject.
pub(super) fn said_lists(units: &[Unit], parse: &mut Parse, rules: &RuleSet) {
    for second in 3..units.len().saturating_sub(1) {
        let Some(verb) = head_of(parse, second).filter(|v| *v > second && is_subject(parse, second)) else { continue };
        let start = children(parse, second).filter(|c| *c < second).min().unwrap_or(second);
        let Some(joint) = start.checked_sub(1).filter(|j| units[*j].morph.upos == Upos::Cconj) else { continue };
        let Some(first) = joint.checked_sub(1).filter(|f| units[*f].morph.is_nominal()) else { continue };
        let Some(teller) = head_of(parse, first).filter(|t| *t < first && is_verb(units, *t)) else { continue };
        if matches!(parse.rels[first], Deprel::Obj | Deprel::Iobj | Deprel::Ccomp | Deprel::Xcomp)
            && rules.cues.reports(units[teller].word)
            && head_of(parse, verb) == Some(teller)
            && matches!(parse.rels[verb], Deprel::Conj | Deprel::Ccomp | Deprel::Parataxis)
            && units[first].mention.is_some()
            && units[second].mention.is_some()
        {
            let rel = parse.rels[second];
            parse.hang(first, verb, rel);
            parse.hang(second, first, Deprel::Conj);
            parse.hang(joint, second, Deprel::Cc);
            parse.rels[verb] = Deprel::Ccomp;
        }
    }
}

/// *came after Peru and Chile agreed*, read as coming after Peru: a noun behind an adposition that opens clauses as well,
/// with a finite verb without a subject right behind it, is that verb's subject.
pub(super) fn opened_clauses(units: &[Unit], parse: &mut Parse, rules: &RuleSet) {
    for verb in 2..units.len() {
        if !is_clause(units, parse, verb)
            || children(parse, verb).any(|c| is_subject(parse, c) || parse.rels[c] == Deprel::Cc)
            || !matches!(
                parse.rels[verb],
                Deprel::Advcl | Deprel::Conj | Deprel::Ccomp | Deprel::Acl | Deprel::AclRelcl | Deprel::Parataxis
            )
        {
            continue;
        }
        let first = children(parse, verb)
            .filter(|c| matches!(parse.rels[*c], Deprel::Aux | Deprel::AuxPass | Deprel::Advmod))
            .min()
            .unwrap_or(verb)
            .min(verb);
        let Some(last) = first.checked_sub(1).filter(|l| units[*l].mention.is_some() && units[*l].morph.is_nominal())
        else {
            continue;
        };
        let mut noun = last;
        while let Some(head) = head_of(parse, noun).filter(|h| *h < noun && parse.rels[noun] == Deprel::Conj) {
            noun = head;
        }
        let case = children(parse, noun)
            .find(|c| parse.rels[*c] == Deprel::Case && rules.classes.clausal.contains(units[*c].word) && *c < noun);
        let hangs = matches!(parse.rels[noun], Deprel::Obl | Deprel::Nmod | Deprel::OblUnmarked);
        let (Some(case), true) = (case, hangs) else { continue };
        let Some(host) = head_of(parse, noun) else { continue };
        if host == verb || super::below(parse, host, verb) {
            continue;
        }
        let passive = children(parse, verb).any(|c| parse.rels[c] == Deprel::AuxPass);
        parse.hang(verb, host, Deprel::Advcl);
        parse.hang(noun, verb, if passive { Deprel::NsubjPass } else { Deprel::Nsubj });
        parse.hang(case, verb, Deprel::Mark);
    }
}

/// *told reporters that Japan had left*, read as reporters that Japan left: a clause with *that* for its mark is what is told.
pub(super) fn content_clauses(units: &[Unit], parse: &mut Parse, rules: &RuleSet) {
    for verb in 2..units.len() {
        let Some(noun) = head_of(parse, verb).filter(|n| *n < verb && parse.rels[verb] == Deprel::AclRelcl) else {
            continue;
        };
        let marked = children(parse, verb).any(|c| {
            parse.rels[c] == Deprel::Mark
                && units[c].mention.is_none()
                && rules.function.complementizer.contains(units[c].word)
        });
        if !marked || children(parse, verb).all(|c| !is_subject(parse, c)) {
            continue;
        }
        parse.rels[verb] = Deprel::Acl;
        if let Some(teller) = head_of(parse, noun)
            && matches!(parse.rels[noun], Deprel::Obj | Deprel::Iobj)
            && rules.discourse.reporting.contains(units[teller].word)
        {
            parse.hang(verb, teller, Deprel::Ccomp);
        }
    }
}

/// *will not forget the help Chile has given*, read as a clause of its own: one whose subject stands right behind a noun
/// with a determiner, and which has no object, is about that noun.
pub(super) fn reduced_relatives(units: &[Unit], parse: &mut Parse) {
    for verb in 3..units.len() {
        let told = parse.rels[verb] == Deprel::Ccomp;
        if !told && !matches!(parse.rels[verb], Deprel::Parataxis | Deprel::Dep) || !is_clause(units, parse, verb) {
            continue;
        }
        let Some(subject) = children(parse, verb).find(|c| *c < verb && is_subject(parse, *c)) else { continue };
        let start = children(parse, subject).filter(|c| *c < subject).min().unwrap_or(subject);
        let Some(noun) = start.checked_sub(1).filter(|n| units[*n].mention.is_none()) else { continue };
        if told {
            // The noun was read as the clause's object before its subject: it is that of the verb above.
            let above = head_of(parse, verb).filter(|h| *h < noun);
            let object = parse.rels[noun] == Deprel::Obj && [Some(verb), above].contains(&head_of(parse, noun));
            let free = |h: &usize| children(parse, *h).all(|c| parse.rels[c] != Deprel::Obj || c == noun);
            let Some(above) = above.filter(free).filter(|_| object) else { continue };
            parse.hang(noun, above, Deprel::Obj);
            for before in 0..noun {
                if head_of(parse, before) == Some(verb) && matches!(parse.rels[before], Deprel::Det | Deprel::Amod) {
                    parse.hang(before, noun, parse.rels[before]);
                }
            }
        }
        let fits = units[noun].morph.upos == Upos::Noun
            && matches!(parse.rels[noun], Deprel::Obj | Deprel::Obl | Deprel::Nmod)
            && children(parse, noun).any(|c| matches!(parse.rels[c], Deprel::Det | Deprel::NmodPoss))
            && children(parse, verb).all(|c| !matches!(parse.rels[c], Deprel::Obj | Deprel::Ccomp | Deprel::Mark))
            && !super::below(parse, noun, verb);
        if fits {
            parse.hang(verb, noun, Deprel::AclRelcl);
        }
    }
}

/// *the fire, which he said had killed two*: what he said is about the fire.
pub(super) fn reported_relatives(units: &[Unit], parse: &mut Parse, rules: &RuleSet) {
    for pronoun in 1..units.len() {
        let relative = units[pronoun].mention.is_none() && rules.classes.relative.contains(units[pronoun].word);
        let Some(teller) = head_of(parse, pronoun).filter(|t| relative && *t > pronoun) else { continue };
        if !matches!(parse.rels[pronoun], Deprel::Obj | Deprel::Obl | Deprel::OblUnmarked)
            || parse.rels[teller] != Deprel::AclRelcl
            || !rules.discourse.reporting.contains(units[teller].word)
            || children(parse, teller).all(|c| !is_subject(parse, c))
        {
            continue;
        }
        let said = children(parse, teller).find(|c| {
            *c > teller
                && matches!(parse.rels[*c], Deprel::Ccomp | Deprel::Xcomp)
                && is_clause(units, parse, *c)
                && children(parse, *c).all(|d| !is_subject(parse, d))
        });
        if let Some(said) = said {
            let passive = children(parse, said).any(|c| parse.rels[c] == Deprel::AuxPass);
            parse.hang(pronoun, said, if passive { Deprel::NsubjPass } else { Deprel::Nsubj });
        }
    }
}

/// *a senator from Peru whom Chile freed*, read as Peru that Chile freed: a relative pronoun for people goes past countries
/// and places to the noun that they belong to.
pub(super) fn relatives_of_people(units: &[Unit], parse: &mut Parse, rules: &RuleSet) {
    for pronoun in 2..units.len() {
        if units[pronoun].mention.is_some() || !rules.classes.personal.contains(units[pronoun].word) {
            continue;
        }
        let mut clause = pronoun;
        for _ in 0..4 {
            if parse.rels[clause] == Deprel::AclRelcl {
                break;
            }
            let Some(head) = head_of(parse, clause) else { break };
            clause = head;
        }
        if parse.rels[clause] != Deprel::AclRelcl || clause < pronoun {
            continue;
        }
        let mut noun = head_of(parse, clause);
        while let Some(place) = noun.filter(|n| units[*n].thing) {
            let linked = matches!(parse.rels[place], Deprel::Nmod | Deprel::Obl | Deprel::Conj | Deprel::Appos);
            noun = head_of(parse, place).filter(|h| linked && *h < place && units[*h].morph.is_nominal());
        }
        if let Some(noun) = noun {
            parse.heads[clause] = noun as u16 + 1;
        }
    }
}
