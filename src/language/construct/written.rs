//! A grammar of constructions as it is written.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_spanned::Spanned;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenGrammar {
    /// What a sentence can be.
    pub start: Vec<Spanned<String>>,
    /// Lists of words that do not change.
    #[serde(default)]
    pub words: BTreeMap<String, WrittenWords>,
    /// Lists of verbs, as their lemmas, apart by spaces.
    #[serde(default)]
    pub verbs: BTreeMap<String, Spanned<String>>,
    /// Each phrase with the ways to build it.
    #[serde(default)]
    pub phrases: BTreeMap<String, Vec<Spanned<String>>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenWords {
    /// Part of speech and features: `NOUN.Plur`.
    pub tag: Spanned<String>,
    /// The words, apart by spaces.
    pub words: String,
}
