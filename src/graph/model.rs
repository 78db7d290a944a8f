//! Nodes, edges and the manifest: the parts of a graph, as its JSON shows them.
//!
//! Field order is the order of keys in the JSON. `observations`, and the entity numbers in mentions and evidence, are what
//! lets a graph be taken apart into the fragments it was built from.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::schema::{EdgeStyle, NodeStyle, PackInfo};
use crate::extract::{DocumentRecord, MentionKind, Modality, Polarity, RelationRecord};

/// An entity or an event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// Unique in the graph: `person/amir-hatami`.
    pub id: String,
    /// The narrowest type.
    #[serde(rename = "type")]
    pub type_name: String,
    /// From the narrowest type to the broadest.
    pub types: Vec<String>,
    /// The name to show.
    pub name: String,
    /// Every other form of the name, sorted.
    pub aliases: Vec<String>,
    /// What is known of it, by attribute.
    pub attributes: BTreeMap<String, String>,
    /// A person's offices and when documents have the person in them, in the order of their first documents.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offices: Vec<Tenure>,
    /// Number of distinct documents that mention it.
    pub support: u32,
    /// For an event: how many of those documents tell it independently of each other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sources: Option<u32>,
    /// Where the texts speak of it, by document and place.
    pub mentions: Vec<Mention>,
    /// What each document by itself tells of it.
    pub observations: Vec<Observation>,
}

/// An office that somebody holds or held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tenure {
    /// What the office is, by attribute: `country`, `office`.
    #[serde(flatten)]
    pub role: BTreeMap<String, String>,
    /// Date (EDTF) of the first document that has the person in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// Date (EDTF) of the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
    /// When it began (EDTF), where a document tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begun: Option<String>,
    /// When it ended (EDTF), where a document tells; `../2019-05-01` is by that day, on which a document speaks of a former
    /// holder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<String>,
    /// Number of distinct documents that tell of it.
    pub support: u32,
}

/// One place in one document that refers to a node.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Mention {
    /// The document's id.
    pub doc: String,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The text between.
    pub quote: String,
    /// By name, description or pronoun.
    pub kind: MentionKind,
    /// Id of the rule or gazetteer.
    pub rule: String,
    /// Number of the entity in its document.
    pub entity: u32,
}

/// One document's view of a node.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// The document's id.
    pub doc: String,
    /// Number of the entity in its document.
    pub entity: u32,
    /// The narrowest type there.
    #[serde(rename = "type")]
    pub type_name: String,
    /// The name there.
    pub name: String,
    /// Other forms there, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Attributes there.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, String>,
    /// The gazetteer's key, where one knows the entity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Whether any mention there names it.
    pub named: bool,
    /// For an event: its roles and date there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<EventDetails>,
}

/// Roles and date of an event as one document gives them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventDetails {
    /// Role, and the number of its filler in the document.
    pub roles: Vec<(String, u32)>,
    /// EDTF date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

/// How an edge came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// Texts state the relation.
    #[default]
    Stated,
    /// A participant's role in an event.
    Role,
    /// An inference rule drew it from other edges.
    Inferred,
}

impl Origin {
    fn is_stated(&self) -> bool {
        *self == Origin::Stated
    }
}

/// A relation between two nodes, gathered from every statement of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edge {
    /// Id of the source node.
    pub source: String,
    /// Id of the target node.
    pub target: String,
    /// Number among the edges from this source to this target.
    pub key: u32,
    /// The relation or role, such as `met-with`.
    #[serde(rename = "type")]
    pub type_name: String,
    /// What stands on it in a drawing.
    pub label: String,
    /// Fact, plan, request, possibility or allegation.
    pub modality: Modality,
    /// Affirmed or denied.
    pub polarity: Polarity,
    /// Between 0 and 0.99: one minus the chance that every statement was misread, were they independent.
    pub confidence: f64,
    /// Number of distinct documents that state it.
    pub support: u32,
    /// How many of those documents state it independently of each other: copies of one report count once.
    #[serde(default)]
    pub sources: u32,
    /// Codes (`plover`, `cameo`) and what the texts tell (`date`, `place`, `speaker`).
    pub attributes: BTreeMap<String, String>,
    /// Stated, a role, or inferred.
    #[serde(default, skip_serializing_if = "Origin::is_stated")]
    pub origin: Origin,
    /// The sentences, by document and place; none for a relation that was inferred.
    pub evidence: Vec<Evidence>,
    /// For a relation that was inferred: from what, each time that it follows. Sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grounds: Vec<Ground>,
}

/// One way in which a relation follows from others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Ground {
    /// Id of the inference rule.
    pub rule: String,
    /// The relations that it rests on, sorted.
    pub edges: Vec<EdgeRef>,
}

/// Which edge: its ends and its number between them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EdgeRef {
    /// Id of its source.
    pub source: String,
    /// Id of its target.
    pub target: String,
    /// Its key.
    pub key: u32,
}

impl From<&Edge> for EdgeRef {
    fn from(edge: &Edge) -> Self {
        EdgeRef { source: edge.source.clone(), target: edge.target.clone(), key: edge.key }
    }
}

/// One sentence that states an edge.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The document's id.
    pub doc: String,
    /// Number of the sentence from 0; unknown for a role, which is shown by the event's mention.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sentence: Option<u32>,
    /// First code point of the quote.
    pub start: u32,
    /// One past its last code point.
    pub end: u32,
    /// Code points `[start, end)` of the edge's source.
    pub source_span: [u32; 2],
    /// Code points `[start, end)` of the edge's target.
    pub target_span: [u32; 2],
    /// The text from `start` to `end`.
    pub quote: String,
    /// Id of the rule.
    pub rule: String,
    /// Between 0 and 1, to two decimals.
    pub confidence: f64,
    /// Number of the source in its document.
    pub source_entity: u32,
    /// Number of the target in its document.
    pub target_entity: u32,
    /// Whether the text has the two the other way round (a symmetric relation has one node order).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub flipped: bool,
    /// What this sentence tells beside the relation itself.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, String>,
}

/// Everything about a graph that is neither node nor edge; `graph` in the JSON.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Manifest {
    /// The program that made the graph.
    pub generator: String,
    /// Its version.
    pub generator_version: String,
    /// The rules it ran.
    pub pack: PackInfo,
    /// The documents, by id.
    pub documents: Vec<DocumentRecord>,
    /// The node types that occur and how they are drawn.
    pub types: BTreeMap<String, TypeStyle>,
    /// The edge types that occur and how they are drawn.
    pub relations: BTreeMap<String, RelationStyle>,
    /// Statements whose two ends turned out to be one entity: no edge, but kept so that merging loses nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set_aside: Vec<SetAside>,
    /// Id of the inference rule that concluded too much, so that nothing was inferred.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unfinished: Option<String>,
}

/// A node type in a manifest.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TypeStyle {
    /// From the narrowest type to the broadest.
    pub types: Vec<String>,
    /// Whether its nodes are events.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub event: bool,
    /// How it is drawn.
    pub draw: NodeStyle,
}

/// An edge type in a manifest.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RelationStyle {
    /// What stands on the edge.
    pub label: String,
    /// Whether it has no direction.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub symmetric: bool,
    /// How it is drawn.
    pub draw: EdgeStyle,
}

/// A statement that made no edge.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SetAside {
    /// The document's id.
    pub doc: String,
    /// The statement.
    pub relation: RelationRecord,
}
