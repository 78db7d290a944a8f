//! The forms of a pattern's words: all in which they match, those that texts have, and the verb that a form is of.
//!
//! A word of a pattern is inflected as a verb and as a noun, since nothing says which it is: *talks* would match *talksed*,
//! too. That does no harm, but people should not have to read it.

use super::ruleset::RuleSet;
use crate::language::Inflector;
use crate::pattern::{WordClass, fold};

/// Letters below which an unknown word is taken for the base form that it looks like: *embed*.
const LEAST_LETTERS: usize = 6;

impl RuleSet {
    /// All forms in which a bare word of a pattern matches, as a verb, as a noun, or as both; function words have one.
    pub fn forms(&self, word: &str, class: Option<WordClass>) -> Vec<String> {
        let known = self.lexis.find(&fold(word));
        if class == Some(WordClass::Other) || class.is_none() && self.function.uninflected.contains(known) {
            return vec![fold(word)];
        }
        super::compile::inflect(self.inflector.as_ref(), &fold(word), class)
    }

    /// Those of the forms that a text may well have; the word itself first.
    ///
    /// Of a word that is a form itself they are those that were seen, and of one that was seen as a noun alone those of a
    /// noun.
    pub fn likely_forms(&self, word: &str, class: Option<WordClass>) -> Vec<String> {
        let folded = fold(word);
        let mut forms = self.forms(word, class);
        forms.sort_by_key(|form| *form != folded);
        let Some(inflector) = self.inflector.as_ref().filter(|_| class.is_none() && forms.len() > 1) else {
            return forms;
        };
        let verb = inflector.verb_forms(&folded);
        let mut acts = verb.past.iter().chain(&verb.participle).chain(&verb.gerund);
        let is_verb = acts.any(|form| *form != folded && self.seen(form) > 0);
        let plural = inflector.noun_plural(&folded);
        let is_noun = plural.iter().any(|form| *form != folded && self.seen(form) > 0);
        let is_form = self.verb_of(word).is_some()
            || inflector.nouns_of(&folded).iter().any(|noun| *noun != folded && self.seen(noun) > 0);
        forms.retain(|form| {
            *form == folded || self.seen(form) > 0 || !is_form && (!is_noun || is_verb || plural.contains(form))
        });
        forms
    }

    /// The verb of which a word is a form, where the word is hardly one by itself: *mediate* of *mediated*.
    pub fn verb_of(&self, word: &str) -> Option<String> {
        let inflector: &Inflector = self.inflector.as_ref()?;
        let word = fold(word);
        if inflector.is_irregular(&word) {
            return None;
        }
        // A word whose own forms are met is a verb by itself: `found` has *founded*.
        let own = inflector.verb_forms(&word);
        let mut forms = own.third.iter().chain(&own.gerund).chain(&own.past);
        if forms.any(|form| *form != word && self.seen(form) > 0) {
            return None;
        }
        // The third person of one is the plural of another, which says nothing.
        if inflector.nouns_of(&word).iter().any(|noun| *noun != word && self.seen(noun) > 0) {
            return None;
        }
        let bases: Vec<String> = inflector.verbs_of(&word).into_iter().filter(|base| *base != word).collect();
        let known = |base: &&String| {
            base.chars().count() > 2 && (self.seen(base) > 0 || self.ordinary.contains(self.lexis.find(base)))
        };
        let past = |base: &&String| {
            self.seen(&word) == 0
                && word.chars().count() >= LEAST_LETTERS
                && inflector.verb_forms(base).past.contains(&word)
        };
        bases.iter().find(known).or_else(|| bases.iter().find(past)).cloned()
    }

    /// About how often a word was seen in the texts that the language was learnt from.
    fn seen(&self, word: &str) -> u32 {
        self.model.as_ref().map_or(0, |model| model.frequency(word))
    }
}
