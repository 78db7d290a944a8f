//! What a greedy parser gets wrong again and again, mended where the words leave no doubt.

use crate::language::{Deprel, Parse, Upos, VerbForm};
use crate::rules::RuleSet;

use super::syntax::Unit;

mod clauses;
mod links;
mod objects;
mod participles;
mod subjects;

/// Mends a parse in place.
pub fn repair(units: &[Unit], parse: &mut Parse, headline: bool, rules: &RuleSet) {
    helpers(units, parse);
    clauses::perfects(units, parse, rules);
    clauses::headlines(units, parse, rules);
    clauses::finite_verbs(units, parse);
    subjects::run_together(units, parse);
    links::inverted(units, parse, rules);
    links::said_lists(units, parse, rules);
    links::opened_clauses(units, parse, rules);
    links::content_clauses(units, parse, rules);
    links::reduced_relatives(units, parse);
    links::reported_relatives(units, parse, rules);
    subjects::predicates(units, parse, rules);
    clauses::clauses_read_as_nouns(units, parse);
    participles::described_names(units, parse, rules);
    clauses::second_verbs(units, parse);
    clauses::relative_clauses(units, parse, rules);
    links::relatives_of_people(units, parse, rules);
    subjects::opening_names(units, parse, rules);
    subjects::before_participles(units, parse);
    subjects::nouns_joined_with_clauses(units, parse);
    subjects::doubled(units, parse, rules);
    subjects::between_verbs(units, parse, rules);
    lost_subjects(units, parse);
    clauses::false_passives(units, parse, headline, rules);
    quantities(units, parse, rules);
    reattach_requests(units, parse, rules);
    clauses::outer_verbs(units, parse);
    part_names(units, parse);
    listed_subjects(units, parse);
    objects::objects(units, parse, rules);
    participles::participles(units, parse, rules);
    objects::past_obliques(units, parse, rules);
    objects::included(units, parse, rules);
    objects::shifted(units, parse);
    objects::named(units, parse);
    objects::given(units, parse, rules);
    objects::told_of(units, parse);
    participles::described_names(units, parse, rules);
}

/// *Never has Peru thanked Chile*: nothing hangs on an auxiliary but what belongs to its verb.
fn helpers(units: &[Unit], parse: &mut Parse) {
    for unit in 0..units.len() {
        let Some(helper) = head_of(parse, unit) else { continue };
        if matches!(parse.rels[helper], Deprel::Aux | Deprel::AuxPass)
            && matches!(
                parse.rels[unit],
                Deprel::Advmod | Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obl | Deprel::Mark
            )
            && let Some(verb) = head_of(parse, helper)
        {
            parse.heads[unit] = verb as u16 + 1;
        }
    }
}

fn head_of(parse: &Parse, unit: usize) -> Option<usize> {
    (parse.heads[unit] as usize).checked_sub(1)
}

fn is_subject(parse: &Parse, unit: usize) -> bool {
    matches!(parse.rels[unit], Deprel::Nsubj | Deprel::NsubjPass)
}

fn children<'p>(parse: &'p Parse, unit: usize) -> impl Iterator<Item = usize> + 'p {
    (0..parse.heads.len()).filter(move |c| parse.heads[*c] as usize == unit + 1)
}

/// Whether a unit hangs below another.
fn below(parse: &Parse, mut unit: usize, top: usize) -> bool {
    for _ in 0..parse.heads.len() {
        match head_of(parse, unit) {
            Some(head) if head == top => return true,
            Some(head) => unit = head,
            None => return false,
        }
    }
    true
}

/// *After a session, Chile and Peru had denounced …*: a verb without a subject takes the noun right before it, when that
/// hangs across a comma on what comes before.
fn lost_subjects(units: &[Unit], parse: &mut Parse) {
    for verb in 1..units.len() {
        let auxiliary = |c: usize| matches!(parse.rels[c], Deprel::Aux | Deprel::AuxPass | Deprel::Cop);
        let finite = units[verb].morph.verb_form == Some(VerbForm::Fin) || children(parse, verb).any(auxiliary);
        if units[verb].mention.is_some()
            || units[verb].morph.upos != Upos::Verb
            || !finite
            || !matches!(parse.rels[verb], Deprel::Root | Deprel::Ccomp | Deprel::Parataxis)
            || children(parse, verb)
                .any(|c| matches!(parse.rels[c], Deprel::Nsubj | Deprel::NsubjPass | Deprel::Csubj | Deprel::Expl))
        {
            continue;
        }
        let first = children(parse, verb)
            .filter(|c| auxiliary(*c) || parse.rels[*c] == Deprel::Advmod)
            .min()
            .unwrap_or(verb)
            .min(verb);
        let Some(last) = first.checked_sub(1).filter(|u| units[*u].morph.is_nominal()) else {
            continue;
        };
        let mut noun = last;
        while let Some(head) = head_of(parse, noun).filter(|h| *h < noun && parse.rels[noun] == Deprel::Conj) {
            noun = head;
        }
        let Some(head) = head_of(parse, noun) else { continue };
        let comma = head < noun && (head..noun).any(|u| units[u].morph.upos == Upos::Punct);
        let cased = children(parse, noun).any(|c| parse.rels[c] == Deprel::Case);
        let clause = matches!(units[head].morph.upos, Upos::Verb | Upos::Noun);
        if comma && clause && !cased && !below(parse, verb, noun) {
            let passive = children(parse, verb).any(|c| parse.rels[c] == Deprel::AuxPass);
            let rel = if passive { Deprel::NsubjPass } else { Deprel::Nsubj };
            parse.hang(noun, verb, rel);
        }
    }
}

/// *11 of Iran's prisoners*, *some of its troops*: what is counted is meant, and the count hangs on it.
fn quantities(units: &[Unit], parse: &mut Parse, rules: &RuleSet) {
    for unit in 0..units.len() {
        let counts = units[unit].mention.is_none()
            && (units[unit].morph.upos == Upos::Num || rules.classes.quantity.contains(units[unit].word));
        if !counts
            || !matches!(
                parse.rels[unit],
                Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj | Deprel::Obl | Deprel::Nmod | Deprel::Conj
            )
        {
            continue;
        }
        let genitive = |c: usize| {
            children(parse, c)
                .any(|case| parse.rels[case] == Deprel::Case && rules.function.genitive.contains(units[case].word))
        };
        let counted = children(parse, unit)
            .find(|c| *c > unit && matches!(parse.rels[*c], Deprel::Nmod | Deprel::Obl) && genitive(*c));
        let Some(counted) = counted else { continue };
        let rest: Vec<usize> = children(parse, unit).filter(|c| *c != counted).collect();
        let of: Vec<usize> = children(parse, counted)
            .filter(|c| parse.rels[*c] == Deprel::Case && rules.function.genitive.contains(units[*c].word))
            .collect();
        parse.hang_like(counted, unit);
        parse.hang(unit, counted, Deprel::Nummod);
        for case in of {
            parse.hang(case, unit, Deprel::Dep);
        }
        for child in rest {
            if child > counted || matches!(parse.rels[child], Deprel::Case | Deprel::Mark) {
                parse.heads[child] = counted as u16 + 1;
            }
        }
    }
}

/// *invited B to pay a visit*: parsers hang the infinitive on B as often as on the verb. Where the verb is one that asks,
/// the infinitive is its complement.
fn reattach_requests(units: &[Unit], parse: &mut Parse, rules: &RuleSet) {
    for unit in 0..units.len() {
        if parse.rels[unit] != Deprel::Acl || units[unit].morph.verb_form != Some(VerbForm::Inf) {
            continue;
        }
        let Some(object) = head_of(parse, unit) else { continue };
        let Some(verb) = head_of(parse, object) else { continue };
        if units[object].mention.is_some()
            && matches!(parse.rels[object], Deprel::Obj | Deprel::Iobj | Deprel::NsubjPass)
            && rules.cues.asks(units[verb].word)
        {
            parse.hang(unit, verb, Deprel::Xcomp);
        }
    }
}

/// *Tehran, Baghdad agree*: the first of two names before a verb is no vocative; headlines join names by a comma.
fn listed_subjects(units: &[Unit], parse: &mut Parse) {
    for second in 2..units.len() {
        if parse.rels[second] != Deprel::Nsubj || !units[second].is_name() || !units[second - 2].is_name() {
            continue;
        }
        let first = second - 2;
        let loose = matches!(
            parse.rels[first],
            Deprel::Vocative
                | Deprel::Dislocated
                | Deprel::Nsubj
                | Deprel::NsubjOuter
                | Deprel::Obl
                | Deprel::OblUnmarked
                | Deprel::Dep
                | Deprel::Parataxis
        );
        let verb = head_of(parse, second).filter(|v| *v > second);
        if first == 0 && units[1].morph.upos == Upos::Punct && loose && verb.is_some() && head_of(parse, first) == verb
        {
            parse.rels[first] = Deprel::Nsubj;
            parse.hang(second, first, Deprel::Conj);
        }
    }
}

/// Two full names side by side are not one compound: where a parser makes the first a modifier of the second (a lost
/// word between them), the first takes the second's place and what stood before it.
fn part_names(units: &[Unit], parse: &mut Parse) {
    for unit in 0..units.len() {
        if !units[unit].is_name() || units[unit].end - units[unit].start < 2 {
            continue;
        }
        // Each round takes the place of a unit further right.
        while parse.rels[unit] == Deprel::Compound
            && let Some(head) = head_of(parse, unit).filter(|h| *h > unit)
        {
            // A stray letter that was taken for a name heads no name either.
            let stray = units[head].mention.is_none()
                && units[head].morph.upos == Upos::Propn
                && units[head].flags.has(crate::pattern::Flags::LOWER);
            if !units[head].is_name() && !stray {
                break;
            }
            parse.hang_like(unit, head);
            parse.hang(head, unit, Deprel::Nmod);
            for other in 0..unit {
                if parse.heads[other] as usize == head + 1 {
                    parse.heads[other] = unit as u16 + 1;
                }
            }
        }
    }
}
