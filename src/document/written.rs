//! `segmentation.toml` as an analyst writes it.
//!
//! Regular expressions keep their place in the file, so that a fault in one can be pointed at.

use serde::Deserialize;
use serde_spanned::Spanned;

/// A regular expression (syntax of the `regex` crate) and where it stands in the file.
pub type Pattern = Spanned<String>;

/// The whole file. Every table and key may be left out; what is left out is not done.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SegmentationFile {
    /// What makes a token.
    pub tokens: Tokens,
    /// What ends a sentence.
    pub sentences: Sentences,
    /// Words written with a period.
    pub abbreviations: Abbreviations,
    /// Dirt to cut.
    pub repair: Repair,
    /// What lines of a page are for.
    pub layout: Layout,
}

/// What makes a token.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Tokens {
    /// Endings cut off as tokens of their own, with a straight apostrophe (`'s`, `n't`); curly ones match as well.
    pub clitics: Vec<String>,
    /// Those of them that mark a possessor.
    pub possessive: Vec<String>,
    /// Words that are two tokens, with `|` at the cut: `can|not`.
    pub split: Vec<String>,
    /// Words that begin with an apostrophe, without it: `em`.
    pub apostrophe_first: Vec<String>,
    /// Last parts of internet names (`com`): they keep `example.com` one token.
    pub domains: Vec<String>,
    /// Lower-case parts of names (`al`, `bin`): never a word of their own when tied to a capitalised part.
    pub particles: Vec<String>,
}

/// What ends a sentence.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Sentences {
    /// Words, in lower case, that begin a new sentence when they stand capitalised after an abbreviation.
    pub starters: Vec<String>,
}

/// Words written with a period, by what the period means.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Abbreviations {
    /// A name follows: `Lt.`, `Gen.`. Never the end of a sentence.
    pub title: Vec<String>,
    /// May stand last in a sentence: `U.S.`, `Inc.`, `p.m.`.
    pub ender: Vec<String>,
    /// An abbreviation only before a number: `No.`.
    pub number: Vec<String>,
}

/// Dirt to cut.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Repair {
    /// The possessive ending without its apostrophe: `s`.
    pub possessive: String,
    /// Unknown lower-case words that match, and whose stem is known, are possessives.
    pub possessive_words: Vec<Pattern>,
    /// Endings of names that take a plural: a name with such an ending keeps its `s`.
    pub plural_names: Vec<String>,
    /// Function words that get glued to the end of the word before them.
    pub after: Vec<String>,
    /// The same, behind a name.
    pub after_name: Vec<String>,
    /// Function words that get glued to the start of the word after them.
    pub before: Vec<String>,
    /// Function words that get glued to each other.
    pub both: Vec<String>,
    /// Rare words that look glued and are not.
    pub whole: Vec<String>,
}

/// What lines of a page are for.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Layout {
    /// Words, in lower case, that headlines write small, and that no possessor stands before.
    pub function_words: Vec<String>,
    /// Most words in a headline.
    pub headline_words: Option<u32>,
    /// Most words in a subhead between paragraphs.
    pub subhead_words: Option<u32>,
    /// Whole lines that hold the date of publication, as `(?<date>…)`; the earlier pattern is the more telling one.
    pub date_lines: Vec<Pattern>,
    /// Other whole lines of a header: story codes, section names.
    pub meta: Vec<Pattern>,
    /// Whole lines that say who wrote it.
    pub byline: Vec<Pattern>,
    /// How a report begins that says where it was written, with `(?<place>…)` and perhaps `(?<date>…)`.
    pub dateline: Vec<Pattern>,
    /// The same, but the place must hold a name that the vocabulary knows.
    pub dateline_named: Vec<Pattern>,
    /// Whole lines of page furniture.
    pub boilerplate: Vec<Pattern>,
    /// Whole lines after which only page furniture follows.
    pub to_end: Vec<Pattern>,
    /// Whole lines that head a list of other stories.
    pub listing: Vec<Pattern>,
    /// Whole lines of such a list.
    pub teaser: Vec<Pattern>,
}
