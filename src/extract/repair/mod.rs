//! What a greedy parser gets wrong again and again, mended where the words leave no doubt.

use crate::language::{Deprel, Parse, Upos, VerbForm};
use crate::rules::RuleSet;

use super::syntax::Unit;

mod clauses;
mod subjects;

/// Mends a parse in place.
pub fn repair(units: &[Unit], parse: &mut Parse, headline: bool, rules: &RuleSet) {
    clauses::perfects(units, parse, rules);
    subjects::predicates(units, parse, rules);
    clauses::clauses_read_as_nouns(units, parse);
    described_names(units, parse, rules);
    clauses::second_verbs(units, parse);
    clauses::relative_clauses(units, parse, rules);
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
    objects(units, parse, rules);
    participles(units, parse);
    shifted(units, parse);
    named(units, parse);
    described_names(units, parse, rules);
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

/// *by defeated candidate Bo Lee*, read as a clause about defeating: a participle between an adposition and somebody's name
/// with a title describes them.
fn described_names(units: &[Unit], parse: &mut Parse, rules: &RuleSet) {
    for participle in 1..units.len().saturating_sub(1) {
        let (adposition, name) = (participle - 1, participle + 1);
        let clause = units[participle].mention.is_none()
            && units[participle].morph.is_past_participle()
            && matches!(parse.rels[participle], Deprel::Advcl | Deprel::Acl | Deprel::Ccomp | Deprel::Obl)
            && units[name].mention.is_some()
            && head_of(parse, name) == Some(participle)
            && parse.rels[name] == Deprel::Obj
            && head_of(parse, adposition) == Some(participle)
            && units[adposition].mention.is_none()
            && rules.function.adposition.contains(units[adposition].word);
        if !clause {
            continue;
        }
        let agent = rules.function.agent.contains(units[adposition].word);
        parse.hang_like(name, participle);
        parse.rels[name] = if agent { Deprel::OblAgent } else { Deprel::Obl };
        for child in 0..units.len() {
            if parse.heads[child] as usize == participle + 1 {
                parse.heads[child] = name as u16 + 1;
            }
        }
        parse.hang(adposition, name, Deprel::Case);
        parse.hang(participle, name, Deprel::Amod);
    }
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

/// *condemned in strong terms the test*: what follows a phrase without a comma is no apposition of it but the verb's object.
fn shifted(units: &[Unit], parse: &mut Parse) {
    for unit in 2..units.len() {
        if parse.rels[unit] != Deprel::Appos || units[unit].mention.is_some() {
            continue;
        }
        let Some(host) = head_of(parse, unit).filter(|h| *h < unit && parse.rels[*h] == Deprel::Obl) else { continue };
        let Some(verb) = head_of(parse, host).filter(|v| *v < host && units[*v].morph.upos == Upos::Verb) else {
            continue;
        };
        let start = children(parse, unit).filter(|c| *c < unit).min().unwrap_or(unit);
        let plain = units[host + 1..start].iter().all(|u| u.morph.upos != Upos::Punct)
            && units[start].morph.upos == Upos::Det
            && children(parse, verb).all(|c| parse.rels[c] != Deprel::Obj);
        if plain {
            parse.hang(unit, verb, Deprel::Obj);
            for child in unit + 1..units.len() {
                if parse.heads[child] as usize == host + 1 && parse.rels[child] == Deprel::Conj {
                    parse.heads[child] = unit as u16 + 1;
                }
            }
        }
    }
}

/// *named Ann Berg prime minister*: a full name right behind a verb is its object, whatever noun follows.
fn named(units: &[Unit], parse: &mut Parse) {
    for unit in 1..units.len() {
        let full = units[unit].is_name() && units[unit].end - units[unit].start > 1;
        let Some(noun) = head_of(parse, unit).filter(|n| *n > unit && units[*n].mention.is_none()) else { continue };
        if full
            && matches!(parse.rels[unit], Deprel::Compound | Deprel::Nmod | Deprel::Amod)
            && head_of(parse, noun) == Some(unit - 1)
            && units[unit - 1].morph.upos == Upos::Verb
            && matches!(parse.rels[noun], Deprel::Xcomp | Deprel::Obj)
        {
            parse.hang(unit, unit - 1, Deprel::Obj);
            parse.rels[noun] = Deprel::Xcomp;
        }
    }
}

/// *imposed targeted sanctions*: a past participle between a verb and a bare noun describes the noun.
fn participles(units: &[Unit], parse: &mut Parse) {
    for unit in 1..units.len().saturating_sub(1) {
        let Some(verb) = head_of(parse, unit) else { continue };
        let noun = unit + 1;
        if units[unit].mention.is_none()
            && units[unit].morph.is_past_participle()
            && matches!(parse.rels[unit], Deprel::Xcomp | Deprel::Ccomp | Deprel::Obj)
            && verb < unit
            && units[verb].morph.upos == Upos::Verb
            && !matches!(units[unit - 1].morph.upos, Upos::Part | Upos::Aux)
            && parse.rels[noun] == Deprel::Obj
            && head_of(parse, noun) == Some(unit)
            && units[noun].morph.upos == Upos::Noun
        {
            parse.hang(noun, verb, Deprel::Obj);
            for child in noun + 1..units.len() {
                if parse.heads[child] as usize == unit + 1 {
                    parse.heads[child] = noun as u16 + 1;
                }
            }
            parse.hang(unit, noun, Deprel::Amod);
        }
    }
}

/// An object with an adposition is an oblique; a name that complements a verb without an object is its object.
fn objects(units: &[Unit], parse: &mut Parse, rules: &RuleSet) {
    for unit in 0..units.len() {
        let Some(head) = head_of(parse, unit) else { continue };
        if units[head].morph.upos != Upos::Verb {
            continue;
        }
        match parse.rels[unit] {
            Deprel::Obj => {
                let cased = children(parse, unit).any(|c| {
                    c < unit && parse.rels[c] == Deprel::Case && rules.function.adposition.contains(units[c].word)
                });
                if cased {
                    parse.rels[unit] = Deprel::Obl;
                }
            }
            Deprel::Xcomp | Deprel::Ccomp
                if unit > head && units[unit].mention.is_some() && units[unit].morph.is_nominal() =>
            {
                let clause = children(parse, unit).any(|c| {
                    matches!(
                        parse.rels[c],
                        Deprel::Nsubj | Deprel::NsubjPass | Deprel::Cop | Deprel::Aux | Deprel::Mark | Deprel::Case
                    )
                });
                if !clause && children(parse, head).all(|c| parse.rels[c] != Deprel::Obj) {
                    parse.rels[unit] = Deprel::Obj;
                }
            }
            _ => {}
        }
    }
}
