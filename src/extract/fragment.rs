//! What one document yields: entities, relations and events, owned and self-contained.
//!
//! A fragment is the unit that threads hand over, that runs merge and that a removed document takes with it: the graph is
//! a function of the set of fragments and of nothing else, which is what makes merging associative and commutative.
//! Offsets are Unicode code points of the document's text, end exclusive (the W3C Web Annotation convention).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::rules::Status;

/// The document a fragment was drawn from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentRecord {
    /// The document's id: its path as given, or the `id` of its record.
    pub id: String,
    /// Its headline, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Publication date (EDTF), where the text or its record tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Where it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// SHA-256 of the text's UTF-8 bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// Length of the text in code points.
    pub characters: u32,
}

/// How a mention refers to its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MentionKind {
    /// By name: *Amir Hatami*, *Iran*.
    Named,
    /// By description: *the Iraqi defence minister*, *police*.
    Nominal,
    /// By pronoun: *he*, *them*.
    Pronoun,
}

/// One place of the text that refers to an entity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MentionRecord {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The text from `start` to `end`.
    pub quote: String,
    /// How it refers.
    pub kind: MentionKind,
    /// Id of the rule or gazetteer that made it.
    pub rule: String,
}

/// One entity as one document tells of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EntityRecord {
    /// The narrowest type, such as `Minister`.
    #[serde(rename = "type")]
    pub type_name: String,
    /// The best name this document gives, canonical where a gazetteer knows it.
    pub name: String,
    /// Other forms of the name in this document, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Attributes such as `country`, `office`, `rank`, `gender`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, String>,
    /// The gazetteer's key (`Country/Iran`), where one knows the entity: equal keys are one node.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Whether any mention names it; a nameless one (*the Iraqi defence minister*) is told apart by its attributes.
    pub named: bool,
    /// For an event: what it is an event of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<EventRecord>,
    /// Where the text speaks of it, in text order. Not empty.
    pub mentions: Vec<MentionRecord>,
}

/// An event's roles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventRecord {
    /// Role and the index of the entity that fills it in [`Fragment::entities`], sorted: `("participant", 3)`.
    pub roles: Vec<(String, u32)>,
    /// When, as an EDTF date with the precision the text gives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

/// Whether the text presents the relation as a fact, and how not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Modality {
    /// Told as a fact.
    #[default]
    Asserted,
    /// Told as intended or scheduled.
    Planned,
    /// Asked for.
    Requested,
    /// Told as something that may be or may have been.
    Possible,
    /// Hearsay or an accusation.
    Alleged,
}

impl Modality {
    /// The modality that a status names; affirmed, denied and reported are told as fact.
    #[must_use]
    pub const fn of(status: Status) -> Modality {
        match status {
            Status::Planned => Modality::Planned,
            Status::Requested => Modality::Requested,
            Status::Possible => Modality::Possible,
            Status::Alleged => Modality::Alleged,
            Status::Asserted | Status::Negative | Status::Reported => Modality::Asserted,
        }
    }
}

impl From<Modality> for Status {
    fn from(modality: Modality) -> Status {
        match modality {
            Modality::Asserted => Status::Asserted,
            Modality::Planned => Status::Planned,
            Modality::Requested => Status::Requested,
            Modality::Possible => Status::Possible,
            Modality::Alleged => Status::Alleged,
        }
    }
}

/// Whether the text affirms or denies the relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// Affirmed.
    #[default]
    Positive,
    /// Denied.
    Negative,
}

/// One statement of a relation in one sentence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RelationRecord {
    /// The relation, such as `met-with`.
    pub relation: String,
    /// Index of the source in [`Fragment::entities`].
    pub source: u32,
    /// Index of the target in [`Fragment::entities`].
    pub target: u32,
    /// Fact, plan, request, possibility or allegation.
    #[serde(default)]
    pub modality: Modality,
    /// Affirmed or denied.
    #[serde(default)]
    pub polarity: Polarity,
    /// `date` (EDTF), `place`, `speaker`, … as far as the text tells.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, String>,
    /// The sentence and the rule it came from.
    pub evidence: EvidenceRecord,
}

/// Where a relation is said and which rule read it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EvidenceRecord {
    /// Index of the sentence in the document, from 0.
    pub sentence: u32,
    /// First code point of the quote.
    pub start: u32,
    /// One past the last code point of the quote.
    pub end: u32,
    /// Code points `[start, end)` of the source's mention.
    pub source_span: [u32; 2],
    /// Code points `[start, end)` of the target's mention.
    pub target_span: [u32; 2],
    /// The sentence: the text from `start` to `end`.
    pub quote: String,
    /// Id of the rule.
    pub rule: String,
    /// Between 0 and 1, rounded to two decimals.
    pub confidence: f64,
}

/// Everything one document yields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fragment {
    /// The document.
    pub document: DocumentRecord,
    /// Its entities; relations and events point here by index.
    pub entities: Vec<EntityRecord>,
    /// Its relations, in text order.
    pub relations: Vec<RelationRecord>,
}
