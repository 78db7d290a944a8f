//! Verbs that a tagger took for participles, told from the names around them before the sentence is parsed.

use crate::document::Document;
use crate::extract::time::DateMention;
use crate::language::{Morph, Tense, Upos, VerbForm};
use crate::pattern::Flags;
use crate::rules::RuleSet;

use super::units::Unit;

/// A finite past form.
const PAST: Morph = Morph { verb_form: Some(VerbForm::Fin), tense: Some(Tense::Past), ..Morph::of(Upos::Verb) };

/// *Amnesty International condemned the raid*, *Peru, a major exporter of copper, bombed the port*: where the main clause has
/// no finite verb, the first past form behind a name, or behind what a name has between commas, is it.
pub(super) fn verbs_of_sentences(document: &Document, rules: &RuleSet, units: &mut [Unit]) {
    let comma = |unit: &Unit| unit.mention.is_none() && document.surface(unit.start) == ",";
    let main = main_clause(document, rules, units);
    if main.iter().any(|u| units[*u].mention.is_none() && units[*u].morph.is_finite()) {
        return;
    }
    let first = main.iter().position(|u| comma(&units[*u]));
    let verb = (1..main.len()).find(|&at| {
        let (it, next) = (&units[main[at]], units.get(main[at] + 1));
        let fits = it.mention.is_none()
            && it.morph.upos == Upos::Verb
            && it.morph.is_past_participle()
            && it.flags.has(Flags::LOWER)
            && next.is_some_and(|next| !rules.function.agent.contains(next.word));
        if !fits {
            return false;
        }
        // *neither condemned nor praised*
        let passed = |u: &Unit| {
            u.mention.is_none()
                && (matches!(u.morph.upos, Upos::Adv | Upos::Part) || rules.cues.denies(u.word))
                && !rules.function.infinitive.contains(u.word)
        };
        let Some(before) = (0..at).rev().find(|b| !passed(&units[main[*b]])) else { return false };
        let subject = &units[main[before]];
        let names = |u: &Unit| u.mention.is_some() && u.morph.is_nominal();
        let opens = next.is_some_and(|next| {
            next.mention.is_some() && next.morph.is_nominal()
                || matches!(next.morph.upos, Upos::Det | Upos::Num | Upos::Adj | Upos::Noun | Upos::Adp | Upos::Pron)
        });
        // *The president, Bo Lee, met …*: the comma behind a name that has one inside closes it.
        let closed = comma(subject) && before > 0 && {
            let name = &units[main[before - 1]];
            names(name) && (name.start..name.end).any(|token| document.surface(token) == ",")
        };
        names(subject)
            || closed
            || comma(subject) && opens && first.is_some_and(|f| f < before && f > 0 && names(&units[main[f - 1]]))
    });
    if let Some(verb) = verb {
        units[main[verb]].morph = PAST;
    }
}

/// The units of a sentence without its relative clauses between commas.
fn main_clause(document: &Document, rules: &RuleSet, units: &[Unit]) -> Vec<usize> {
    let comma = |at: usize| units.get(at).is_some_and(|u| u.mention.is_none() && document.surface(u.start) == ",");
    let relative =
        |at: usize| units.get(at).is_some_and(|u| u.mention.is_none() && rules.classes.relative.contains(u.word));
    let mut out = Vec::with_capacity(units.len());
    let mut at = 0;
    while at < units.len() {
        if comma(at)
            && (relative(at + 1) || relative(at + 2) && units[at + 1].morph.upos == Upos::Adp)
            && let Some(end) = (at + 1..units.len()).find(|e| comma(*e))
        {
            at = end + 1;
            continue;
        }
        out.push(at);
        at += 1;
    }
    out
}

/// *Chadian police detained three men on Friday, a day after …*: a past form between who does it and to whom it is done is
/// finite, though taggers that see another verb further on take it for a participle.
pub(super) fn verbs_of_leads(document: &Document, rules: &RuleSet, dates: &[DateMention], units: &mut [Unit]) {
    let dated = |unit: &Unit| dates.iter().any(|date| (date.start..date.end).contains(&unit.start));
    for verb in 1..units.len().saturating_sub(1) {
        let (it, before) = (&units[verb], &units[verb - 1]);
        let candidate = it.mention.is_none()
            && it.morph.upos == Upos::Verb
            && it.morph.is_past_participle()
            && before.mention.is_some()
            && before.morph.is_nominal()
            && rules.index.verbs.contains(it.word)
            && !rules.discourse.doubling.contains(it.word);
        if !candidate {
            continue;
        }
        let opens = |u: &Unit| u.mention.is_none() && matches!(u.morph.upos, Upos::Det | Upos::Num | Upos::Adj);
        let Some(object) = (verb + 1..units.len()).take(4).find(|u| !opens(&units[*u])) else { continue };
        if units[object].mention.is_none() || !units[object].morph.is_nominal() || dated(&units[object]) {
            continue;
        }
        // *the man called Bo Lee was seen*: what follows before the clause ends would be its verb.
        let ends = |u: &Unit| {
            matches!(u.morph.upos, Upos::Sconj | Upos::Cconj)
                || u.mention.is_none() && (rules.classes.relative.contains(u.word) || document.surface(u.start) == ",")
        };
        let another =
            units[object + 1..].iter().take_while(|u| !ends(u)).any(|u| u.mention.is_none() && u.morph.is_finite());
        if !another {
            units[verb].morph = PAST;
        }
    }
}
