//! Objects that a parser takes for something else, and what it takes for objects.

use crate::extract::syntax::Unit;
use crate::language::{Deprel, Parse, Upos};
use crate::rules::RuleSet;

use super::{children, head_of};

/// An object with an adposition is an oblique; a name that complements a verb without an object is its object.
pub(super) fn objects(units: &[Unit], parse: &mut Parse, rules: &RuleSet) {
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
            // *praised Chile*, where no time is told.
            Deprel::OblUnmarked
                if unit == head + 1
                    && units[unit].mention.is_some()
                    && units[unit].morph.is_nominal()
                    && children(parse, head).all(|c| !matches!(parse.rels[c], Deprel::Obj | Deprel::AuxPass)) =>
            {
                parse.rels[unit] = Deprel::Obj;
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

/// *condemned in strong terms the test*: what follows a phrase without a comma is no apposition of it but the verb's object.
pub(super) fn shifted(units: &[Unit], parse: &mut Parse) {
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
pub(super) fn named(units: &[Unit], parse: &mut Parse) {
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

/// *arrested several officials, including Bo Lee*, read as arrested including Bo Lee: what is included belongs to the noun
/// before it.
pub(super) fn included(units: &[Unit], parse: &mut Parse, rules: &RuleSet) {
    for unit in 2..units.len() {
        let including = |c: &usize| {
            parse.rels[*c] == Deprel::Case
                && units[*c].mention.is_none()
                && rules.classes.including.contains(units[*c].word)
        };
        if parse.rels[unit] != Deprel::Obl {
            continue;
        }
        let Some(case) = children(parse, unit).find(including).filter(|c| *c < unit) else { continue };
        let before = (0..case).rev().find(|u| units[*u].morph.upos != Upos::Punct);
        let Some(mut noun) = before.filter(|n| units[*n].morph.is_nominal()) else { continue };
        while let Some(head) = head_of(parse, noun).filter(|h| units[*h].morph.is_nominal() && *h < noun) {
            noun = head;
        }
        if head_of(parse, unit) == head_of(parse, noun) {
            parse.hang(unit, noun, Deprel::Nmod);
        }
    }
}

/// *denounced in strong terms the attack*: a noun takes no object, so what was read as that of one is the verb's.
/// *spoke by phone with Bo Lee*: nothing hangs on a bare noun that says by what means.
pub(super) fn past_obliques(units: &[Unit], parse: &mut Parse, rules: &RuleSet) {
    for unit in 1..units.len() {
        let Some(noun) = head_of(parse, unit).filter(|n| *n < unit && units[*n].mention.is_none()) else { continue };
        let Some(verb) = head_of(parse, noun).filter(|v| *v < noun && units[*v].morph.upos == Upos::Verb) else {
            continue;
        };
        if units[noun].morph.upos != Upos::Noun || !matches!(parse.rels[noun], Deprel::Obl | Deprel::OblAgent) {
            continue;
        }
        let by = |c: usize| {
            parse.rels[c] == Deprel::Case && units[c].mention.is_none() && rules.function.agent.contains(units[c].word)
        };
        match parse.rels[unit] {
            Deprel::Obj if children(parse, verb).all(|c| parse.rels[c] != Deprel::Obj) => {
                parse.hang(unit, verb, Deprel::Obj);
            }
            Deprel::Nmod
                if units[unit].mention.is_some()
                    && children(parse, noun).filter(|c| *c < noun).all(by)
                    && children(parse, unit).any(|c| parse.rels[c] == Deprel::Case) =>
            {
                parse.hang(unit, verb, Deprel::Obl);
            }
            _ => {}
        }
    }
}

/// *gave Chile food*: of a name and a noun behind a verb of giving the name is to whom it is given.
pub(super) fn given(units: &[Unit], parse: &mut Parse, rules: &RuleSet) {
    for name in 1..units.len() {
        let Some(noun) = head_of(parse, name).filter(|n| *n > name) else { continue };
        let verb = name - 1;
        if units[name].mention.is_some()
            && units[name].morph.is_nominal()
            && matches!(parse.rels[name], Deprel::Compound | Deprel::NmodUnmarked | Deprel::NmodDesc)
            && units[verb].mention.is_none()
            && units[verb].morph.upos == Upos::Verb
            && rules.discourse.giving.contains(units[verb].word)
            && matches!(parse.rels[noun], Deprel::Obj | Deprel::Xcomp)
            && head_of(parse, noun) == Some(verb)
        {
            parse.hang(name, verb, Deprel::Iobj);
            parse.rels[noun] = Deprel::Obj;
        }
    }
}

/// *held Chile accountable*: an adjective behind a name is what the verb says of it.
pub(super) fn told_of(units: &[Unit], parse: &mut Parse) {
    for adjective in 2..units.len() {
        let name = adjective - 1;
        let Some(verb) = head_of(parse, name).filter(|v| *v < name) else { continue };
        if units[adjective].mention.is_none()
            && units[adjective].morph.upos == Upos::Adj
            && parse.rels[adjective] == Deprel::Amod
            && head_of(parse, adjective) == Some(name)
            && units[name].mention.is_some()
            && parse.rels[name] == Deprel::Obj
            && units[verb].morph.upos == Upos::Verb
        {
            parse.hang(adjective, verb, Deprel::Xcomp);
        }
    }
}
