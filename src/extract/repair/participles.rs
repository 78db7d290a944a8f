//! Participles that describe a noun, read as clauses about it.

use crate::extract::syntax::Unit;
use crate::language::{Deprel, Parse, Tense, Upos, VerbForm};
use crate::rules::RuleSet;

use super::{below, children, head_of};

/// *by defeated candidate Bo Lee*, read as a clause about defeating: a participle between an adposition and somebody's name
/// with a title describes them.
pub(super) fn described_names(units: &[Unit], parse: &mut Parse, rules: &RuleSet) {
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

/// *imposed targeted sanctions*, *praised jailed activist Bo Lee*, *praised fleeing refugees*: a participle between a verb
/// and a bare noun describes the noun.
pub(super) fn participles(units: &[Unit], parse: &mut Parse, rules: &RuleSet) {
    for unit in 1..units.len().saturating_sub(1) {
        let Some(verb) = head_of(parse, unit).filter(|v| *v < unit) else { continue };
        let clause = matches!(parse.rels[unit], Deprel::Xcomp | Deprel::Ccomp | Deprel::Obj | Deprel::Advcl);
        if !clause
            || units[unit].mention.is_some()
            || units[verb].morph.upos != Upos::Verb
            || units[verb].mention.is_some()
            || matches!(units[unit - 1].morph.upos, Upos::Part | Upos::Aux)
            || children(parse, unit).any(|c| c < unit || matches!(parse.rels[c], Deprel::Aux | Deprel::AuxPass))
        {
            continue;
        }
        let Some(noun) = children(parse, unit).find(|c| parse.rels[*c] == Deprel::Obj && *c > unit) else { continue };
        let past = units[unit].morph.is_past_participle() || units[unit].morph.tense == Some(Tense::Past);
        let close = verb + 1 == unit;
        let gerund = matches!(units[unit].morph.verb_form, Some(VerbForm::Ger | VerbForm::Part)) && !past;
        let describes = past && (close || noun == unit + 1 && units[noun].morph.upos == Upos::Noun)
            || gerund && close && !rules.discourse.gerunds.contains(units[verb].word);
        // Nothing between them but what belongs to the noun, and no determiner.
        let bare = !units[noun].determined
            && (unit + 1..noun).all(|u| units[u].morph.upos != Upos::Det && below(parse, u, noun))
            && children(parse, noun).all(|c| !matches!(parse.rels[c], Deprel::Det | Deprel::NmodPoss));
        if !describes || !bare || !units[noun].morph.is_nominal() {
            continue;
        }
        parse.hang(noun, verb, Deprel::Obj);
        let host = if units[noun].mention.is_some() { verb } else { noun };
        for child in noun + 1..units.len() {
            if parse.heads[child] as usize == unit + 1 {
                parse.heads[child] = host as u16 + 1;
            }
        }
        parse.hang(unit, noun, Deprel::Amod);
    }
}
