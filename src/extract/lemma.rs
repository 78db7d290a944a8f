//! The lemma of a word of a text, for writing it into a rule. Reading documents never needs one.

use crate::language::{Morph, Number, Tense, Upos, VerbForm};
use crate::pattern::fold;
use crate::rules::RuleSet;

/// The lemma of `word`, as the tagger took it: of the words it may be a form of, the one that the language knows best.
pub fn lemma(rules: &RuleSet, word: &str, morph: &Morph) -> String {
    let folded = fold(word);
    let Some(inflector) = &rules.inflector else { return folded };
    let inflected = match morph.upos {
        Upos::Verb | Upos::Aux => {
            morph.tense == Some(Tense::Past) || matches!(morph.verb_form, Some(VerbForm::Part | VerbForm::Ger))
        }
        Upos::Noun => morph.number == Some(Number::Plur),
        _ => return folded,
    };
    let verb = matches!(morph.upos, Upos::Verb | Upos::Aux);
    let mut candidates = if verb { inflector.verbs_of(&folded) } else { inflector.nouns_of(&folded) };
    // The word itself stands last; of an inflected form it is hardly ever the lemma.
    if inflected && candidates.len() > 1 {
        candidates.pop();
    }
    let known = |word: &str| rules.model.as_ref().map_or(0, |model| model.frequency(word));
    let most = candidates.iter().map(|word| known(word)).max().unwrap_or(0);
    let at = if most == 0 && !inflected { candidates.len().saturating_sub(1) } else { 0 };
    let best = candidates.iter().skip(at).find(|word| known(word) == most).cloned();
    best.unwrap_or(folded)
}
