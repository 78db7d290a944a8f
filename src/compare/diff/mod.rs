//! One graph against another: nodes and edges gained, lost and changed, each with the sentence that tells it.
//!
//! Ids follow names, and a name may change with the rules, so nodes are paired by id first and then by the places of the
//! texts that speak of them ([`nodes`]). Edges are paired between paired nodes ([`edges`]). [`overlay`] is one graph of
//! both, for a drawing.

mod edges;
mod nodes;
mod overlay;

use std::collections::BTreeMap;

use serde::Serialize;

pub use overlay::{Overlay, overlay};

use crate::extract::{Modality, Polarity};
use crate::graph::{KnowledgeGraph, Origin};

/// What happened to a node or an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// It is there only afterwards.
    Gained,
    /// It was there only before.
    Lost,
    /// It is there in both, and something about it differs.
    Changed,
}

/// One thing that differs: none where it is not there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Its name, such as `type` or `attributes.rank`.
    pub field: String,
    /// What it was.
    pub before: Option<String>,
    /// What it is.
    pub after: Option<String>,
}

/// A sentence that tells a node or an edge.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Telling {
    /// The document's id.
    pub doc: String,
    /// Number of the sentence, where the graph knows it.
    pub sentence: Option<u32>,
    /// Code points `[start, end)` of the quote.
    pub span: [u32; 2],
    /// Its text.
    pub quote: String,
    /// The rule that found it.
    pub rule: String,
}

/// A node by the names it has.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its narrowest type.
    #[serde(rename = "type")]
    pub type_name: String,
}

/// A node that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NodeChange {
    /// How.
    pub change: Change,
    /// The node: as it is, or as it was where it is lost.
    #[serde(flatten)]
    pub node: Named,
    /// Its id before, where that was another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// What differs; empty unless it changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
    /// Where the texts speak of it: for one that changed, what is told only before or only after, where there is such.
    pub told: Vec<Telling>,
}

/// An edge that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EdgeChange {
    /// How.
    pub change: Change,
    /// The relation.
    #[serde(rename = "type")]
    pub type_name: String,
    /// Its source.
    pub source: Named,
    /// Its target.
    pub target: Named,
    /// Its key after; before, where it is lost.
    pub key: u32,
    /// How it is told after; before, where it is lost.
    pub modality: Modality,
    /// Affirmed or denied, the same way.
    pub polarity: Polarity,
    /// Stated, a role in an event, or inferred.
    pub origin: Origin,
    /// What differs; empty unless it changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
    /// Its sentences; for one that changed, those it gained and lost, where there are such.
    pub told: Vec<Telling>,
}

/// Everything that differs between two graphs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct GraphDiff {
    /// Nodes, by how they differ and then by name.
    pub nodes: Vec<NodeChange>,
    /// Edges, by how they differ and then by name.
    pub edges: Vec<EdgeChange>,
}

impl GraphDiff {
    /// Whether the graphs say the same.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty() && self.edges.is_empty()
    }

    /// How many nodes and edges differ so.
    pub fn count(&self, change: Change) -> (usize, usize) {
        (
            self.nodes.iter().filter(|node| node.change == change).count(),
            self.edges.iter().filter(|edge| edge.change == change).count(),
        )
    }
}

/// Compares two graphs. What made a graph (versions, digests of packs) is not looked at, only what it says.
pub fn diff(before: &KnowledgeGraph, after: &KnowledgeGraph) -> GraphDiff {
    let pairs = nodes::pair(before, after);
    GraphDiff { nodes: nodes::compare(before, after, &pairs), edges: edges::compare(before, after, &pairs) }
}

/// A field, where the two values differ.
fn field(name: &str, before: Option<String>, after: Option<String>) -> Option<Field> {
    (before != after).then(|| Field { field: name.to_owned(), before, after })
}

/// The fields of two sets of attributes that differ.
fn attributes(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<Field> {
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort();
    names.dedup();
    names
        .into_iter()
        .filter_map(|name| field(&format!("attributes.{name}"), before.get(name).cloned(), after.get(name).cloned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::GraphSchema;

    #[test]
    fn a_graph_does_not_differ_from_itself() {
        let empty = crate::graph::build(&[], &GraphSchema::default());
        assert!(diff(&empty, &empty).is_empty());
    }
}
