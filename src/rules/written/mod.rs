//! Rule files as written: what serde reads, one struct a table. [`super::compile`] makes the compiled forms.
//!
//! Any table may stand in any `.toml` file of a pack; what a file is called is for people. Unknown keys are errors.

mod inference;
mod map;
mod words;

use std::collections::BTreeMap;

pub use inference::InferenceWritten;
pub use map::*;
pub use words::*;

use super::spanned::Spanned;
use serde::Deserialize;

/// `[pack]`: what a pack is.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PackWritten {
    /// Its name.
    pub name: Spanned<String>,
    /// Its version.
    #[serde(default)]
    pub version: String,
    /// What it is for.
    #[serde(default)]
    pub doc: String,
    /// Packs it builds on.
    #[serde(default)]
    pub extends: Vec<Spanned<String>>,
    /// Tagger and parser weights, a file of the pack.
    pub model: Option<Spanned<String>>,
}

/// `[type.Name]`: a type of entity.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TypeWritten {
    /// What it stands for.
    #[serde(default)]
    pub doc: String,
    /// The broader type.
    pub parent: Option<Spanned<String>>,
    /// For a union: the types that it covers.
    #[serde(default)]
    pub any: Vec<Spanned<String>>,
    /// Whether mentions become nodes; no for building blocks such as ranks.
    pub node: Option<bool>,
    /// What ids of its nodes begin with.
    pub id: Option<String>,
    /// How it is drawn: `shape`, `color`, `border`, and `detail`, the attributes to show.
    #[serde(default)]
    pub draw: BTreeMap<Spanned<String>, String>,
}

/// `[list.name]`: words and phrases, or a piece of pattern.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ListWritten {
    /// What it is for.
    #[serde(default)]
    pub doc: String,
    /// Words and phrases.
    #[serde(default)]
    pub words: Vec<Spanned<String>>,
    /// A pattern to put in its place.
    #[serde(rename = "match")]
    pub pattern: Option<Spanned<String>>,
    /// A CSV file of the pack to take words from.
    pub file: Option<Spanned<String>>,
    /// Its columns to take; cells hold several values with `|` between.
    #[serde(default)]
    pub columns: Vec<Spanned<String>>,
    /// Only rows where `column = value`.
    #[serde(default)]
    pub only: BTreeMap<Spanned<String>, String>,
    /// Whether the words are added to a list of that name in a pack below, instead of replacing it.
    #[serde(default)]
    pub extend: bool,
}

/// `[[lexicon]]`: a CSV file whose rows are names.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LexiconWritten {
    /// The file.
    pub file: Spanned<String>,
    /// The type of every row.
    #[serde(rename = "type")]
    pub type_name: Option<Spanned<String>>,
    /// The column that holds each row's type.
    pub type_column: Option<Spanned<String>>,
    /// The column with the canonical name; of several values the first.
    pub name: Spanned<String>,
    /// Columns with other names.
    #[serde(default)]
    pub aliases: Vec<Spanned<String>>,
    /// Columns with adjectives and names of inhabitants.
    #[serde(default)]
    pub adjectives: Vec<Spanned<String>>,
    /// Attribute to column.
    #[serde(default)]
    pub attributes: BTreeMap<String, Spanned<String>>,
    /// Whether equal names are one node wherever they stand; no for ranks and given names.
    #[serde(default = "yes")]
    pub entity: bool,
    /// Only rows where `column = value`.
    #[serde(default)]
    pub only: BTreeMap<Spanned<String>, String>,
    /// How the mention refers: `named` or `nominal`.
    pub kind: Option<Spanned<String>>,
}

fn yes() -> bool {
    true
}

/// `[[name]]`: a rule that composes a mention from neighbouring tokens.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NameWritten {
    /// Its id.
    pub id: Spanned<String>,
    /// What it is for.
    #[serde(default)]
    pub doc: String,
    /// The type of the mention.
    pub gives: Spanned<String>,
    /// Its patterns.
    #[serde(rename = "match")]
    pub patterns: Vec<Spanned<String>>,
    /// Rules of a lower stage run first and can be built upon.
    #[serde(default)]
    pub stage: u32,
    /// Of two matches of equal length the one with the higher priority stands.
    #[serde(default)]
    pub priority: i32,
    /// `named`, `nominal`; default named.
    pub kind: Option<Spanned<String>>,
    /// Attributes: `country = "{country}"`.
    #[serde(default)]
    pub set: BTreeMap<String, Spanned<String>>,
    /// The entity's name: `"{name}"`; default the whole match.
    pub value: Option<Spanned<String>>,
    /// The entity's key in a gazetteer: the mention stands for that entity (`"{country}"`).
    pub key: Option<Spanned<String>>,
    /// What the text also calls the entity from here on: `"{short}"` of *the Border Guard Command (BGC)*.
    pub alias: Option<Spanned<String>>,
    /// The role whose tokens head the mention; default the role `name`, or else the last token. A role `each` makes one
    /// mention of every stretch it matched, and what the role `shared` holds is said of all: *Foreign Ministers A and B*.
    pub head: Option<Spanned<String>>,
    /// Texts with what must come out.
    #[serde(default)]
    pub yes: Vec<Spanned<String>>,
    /// Texts in which this rule must not fire.
    #[serde(default)]
    pub no: Vec<Spanned<String>>,
    /// Examples known not to work yet.
    #[serde(default)]
    pub todo: Vec<Spanned<String>>,
}

/// `[[refine]]`: narrows a type by an attribute.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RefineWritten {
    /// The type to narrow.
    #[serde(rename = "type")]
    pub type_name: Spanned<String>,
    /// The attribute to look at.
    pub attribute: String,
    /// A regular expression it must match.
    pub matches: Spanned<String>,
    /// The narrower type.
    pub to: Spanned<String>,
    /// Attributes to set along.
    #[serde(default)]
    pub set: BTreeMap<String, String>,
}

/// `[[stands-for]]`: a mention of one type may stand for an entity of another (*Tehran* for Iran).
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StandsForWritten {
    /// The type mentioned.
    #[serde(rename = "type")]
    pub type_name: Spanned<String>,
    /// The type meant.
    #[serde(rename = "for")]
    pub meant: Spanned<String>,
    /// The attribute that names the entity meant.
    pub attribute: String,
    /// Slots that take no more than these are meant literally.
    pub literal: Option<Spanned<String>>,
}

/// `[relation.name]`: a relation.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RelationWritten {
    /// What it says.
    #[serde(default)]
    pub doc: String,
    /// Types of its two ends.
    #[serde(default)]
    pub between: Vec<Spanned<String>>,
    /// Whether direction has no meaning.
    #[serde(default)]
    pub symmetric: bool,
    /// Codes in other schemes: `plover`, `cameo`.
    #[serde(default)]
    pub codes: BTreeMap<String, String>,
    /// How it is drawn: `color`, `label`.
    #[serde(default)]
    pub draw: BTreeMap<Spanned<String>, String>,
    /// Words of an edge's label.
    pub label: Option<String>,
    /// What `through` is in its rules that say nothing else.
    pub through: Option<Spanned<String>>,
    /// What `source-through` is in its rules that say nothing else.
    #[serde(rename = "source-through")]
    pub source_through: Option<Spanned<String>>,
}

/// `[[recode]]`: codes that change with a statement's standing.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RecodeWritten {
    /// The standing: `planned`, `negative`, …
    pub when: Spanned<String>,
    /// By scheme, code by code: `{ plover = { CONSULT = "AGREE" } }`.
    pub codes: BTreeMap<String, BTreeMap<String, String>>,
}

/// `[[rule]]`: a rule that finds relations.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RuleWritten {
    /// Its id.
    pub id: Spanned<String>,
    /// What it is for.
    #[serde(default)]
    pub doc: String,
    /// The relation.
    pub gives: Spanned<String>,
    /// Its patterns; none where it reads the parts of names instead.
    #[serde(default, rename = "match")]
    pub patterns: Vec<Spanned<String>>,
    /// In place of patterns: the type of names whose parts tell the relation. The name is its source.
    pub of: Option<Spanned<String>>,
    /// With `of`: the roles of name rules whose fillers are the relation's target.
    #[serde(default)]
    pub part: Vec<Spanned<String>>,
    /// With `of`: regular expressions that attributes of the name must match.
    #[serde(default)]
    pub when: BTreeMap<String, Spanned<String>>,
    /// The role that is the relation's source; default `a`.
    pub source: Option<Spanned<String>>,
    /// The role that is the relation's target; default `b`.
    pub target: Option<Spanned<String>>,
    /// Optional parts that fill attributes: `"in {place:Place}"`.
    #[serde(default, rename = "where")]
    pub optional: Vec<Spanned<String>>,
    /// Words that must not hang on the predicate: lists or words.
    #[serde(default)]
    pub unless: Vec<Spanned<String>>,
    /// How far its target reaches where a common noun stands in its place: `own` (not at all), `owner`
    /// (*condemned Chile's decision*) or `any` (*raided a camp in Poland*).
    pub through: Option<Spanned<String>>,
    /// The same for its source: *a report by the UN condemned …*.
    #[serde(rename = "source-through")]
    pub source_through: Option<Spanned<String>>,
    /// `free` (any voice and order grammar allows), `as-written`, or `passive`: only a passive that names no agent, whose
    /// subject stands where the pattern has its subject.
    pub voice: Option<Spanned<String>>,
    /// How the statement is read whatever its verb says: `{ planned = "asserted" }`.
    #[serde(default)]
    pub modality: BTreeMap<Spanned<String>, Spanned<String>>,
    /// Modalities that the sentence must have for the rule to fire.
    #[serde(default)]
    pub only: Vec<Spanned<String>>,
    /// Confidence of its matches, 0 to 1.
    pub confidence: Option<Spanned<f64>>,
    /// Of two rules that read the same words the higher one stands.
    #[serde(default)]
    pub priority: i32,
    /// Sentences with what must come out.
    #[serde(default)]
    pub yes: Vec<Spanned<String>>,
    /// Sentences in which this rule must not fire.
    #[serde(default)]
    pub no: Vec<Spanned<String>>,
    /// Examples known not to work yet.
    #[serde(default)]
    pub todo: Vec<Spanned<String>>,
}

/// `[view.x]`: a part of a graph that is asked for by name. What is left out does not narrow it.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ViewWritten {
    /// What it shows.
    #[serde(default)]
    pub doc: String,
    /// Its relations, and roles of events.
    #[serde(default)]
    pub relations: Vec<Spanned<String>>,
    /// Types of its nodes; narrower ones are meant as well.
    #[serde(default)]
    pub types: Vec<Spanned<String>>,
    /// How its relations are told: `asserted`, `planned`, `requested`, `possible`, `alleged`, `denied`; or
    /// not told but `inferred`.
    #[serde(default)]
    pub modality: Vec<Spanned<String>>,
    /// The least number of documents behind a relation.
    #[serde(rename = "min-support")]
    pub min_support: Option<u32>,
}

/// `[[test]]`: a text with what must come out of it.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TestWritten {
    /// What it shows.
    #[serde(default)]
    pub doc: String,
    /// The text.
    pub text: Spanned<String>,
    /// What must come out, a relation a line: `"Ana Rojas met-with Tom Okoro"`, and how it is told: `planned`,
    /// `requested`, `possible`, `alleged`, `negative`.
    #[serde(default)]
    pub yes: Vec<Spanned<String>>,
    /// What must not come out, in any way of telling unless it says one.
    #[serde(default)]
    pub no: Vec<Spanned<String>>,
    /// What should come out, and is known not to yet.
    #[serde(default)]
    pub todo: Vec<Spanned<String>>,
}

/// `[event.Name]`: an event node that relations give rise to.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EventWritten {
    /// What it stands for.
    #[serde(default)]
    pub doc: String,
    /// Relations that make one.
    pub from: Vec<Spanned<String>>,
    /// The relation between the source and the event.
    pub source: Spanned<String>,
    /// The relation between the target and the event.
    pub target: Spanned<String>,
    /// The relation between the event and its place.
    pub place: Option<Spanned<String>>,
    /// What its nodes are called: `"Meeting of {source} and {target}"`; also `{place}` and `{date}`.
    pub name: Spanned<String>,
}

/// `[identity]`: who is who across documents.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct IdentityWritten {
    /// Groups of names that are one node.
    #[serde(default)]
    pub same: Vec<Vec<String>>,
    /// Pairs of names that never are.
    #[serde(default)]
    pub never_same: Vec<Vec<String>>,
    /// Rewrites `from → to`, applied in order to folded name tokens.
    #[serde(default)]
    pub transliteration: Vec<(String, String)>,
    /// Name parts that tell nobody apart: *al, bin*.
    #[serde(default)]
    pub particles: Vec<String>,
    /// Letters that transliterations disagree about: `aeiouy`.
    #[serde(default)]
    pub vowels: String,
    /// Groups of letters that transliterations mix up, in names of six letters or more: `["gk"]`.
    #[serde(default)]
    pub near: Vec<String>,
    /// Values of the first of `distinguishing` of people whose names may begin with the family name: `["China"]`.
    #[serde(default)]
    pub family_first: Vec<String>,
    /// Attributes of which one person has one value for good: `country`, `gender`.
    #[serde(default)]
    pub distinguishing: Vec<String>,
    /// Attributes that may change, but in which a bare surname must agree: `office`.
    #[serde(default)]
    pub roles: Vec<String>,
    /// Attributes that make two nameless entities one: `country`, `office`.
    #[serde(default)]
    pub nameless: Vec<String>,
    /// By attribute, groups of values that mean the same.
    #[serde(default)]
    pub equivalent: BTreeMap<String, Vec<Vec<String>>>,
    /// By attribute, values too vague to contradict another.
    #[serde(default)]
    pub vague: BTreeMap<String, Vec<String>>,
    /// How offices begin and end.
    #[serde(default)]
    pub tenure: TenureWritten,
}

/// `[identity.tenure]`: what tells when an office is held.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TenureWritten {
    /// The attribute that says how an office is held: `status`.
    #[serde(default)]
    pub attribute: String,
    /// Values of it with which the office is no longer held: `former`.
    #[serde(default)]
    pub past: Vec<String>,
    /// Values of it with which the office is not held yet: `elect`.
    #[serde(default)]
    pub future: Vec<String>,
    /// Relations whose target enters an office: `appointed`.
    #[serde(default)]
    pub begins: Vec<String>,
    /// Relations whose target leaves one: `dismissed`.
    #[serde(default)]
    pub ends: Vec<String>,
}
