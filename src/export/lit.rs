//! What a drawing brings out: the part that was asked for, among all the rest of the graph, which is drawn palely.

use std::collections::BTreeSet;

use crate::graph::{Edge, KnowledgeGraph, Node};

/// Nodes and edges that are brought out, by id, and by source, target and key.
///
/// ```
/// use attache::export::{DrawOptions, Lit, svg};
/// use attache::graph::Selection;
/// let reader = attache::Extractor::builder().build().expect("the built-in pack compiles");
/// let graph = reader.read_text("report", "Pia Lund met President Ana Rojas in Oslo. Peru accused Chile of fraud.");
/// let accused = Selection { relations: vec!["accused".to_owned()], ..Selection::default() };
/// let options = DrawOptions { lit: Some(Lit::of(&graph.select(&accused))), ..DrawOptions::default() };
/// assert!(svg(&graph, &options).contains("opacity=\"0.3\""));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lit {
    /// Of nodes.
    pub nodes: BTreeSet<String>,
    /// Of edges.
    pub edges: BTreeSet<(String, String, u32)>,
}

impl Lit {
    /// All of a part of the graph.
    pub fn of(part: &KnowledgeGraph) -> Self {
        Lit {
            nodes: part.nodes().map(|node| node.id.clone()).collect(),
            edges: part.edges().map(|edge| (edge.source.clone(), edge.target.clone(), edge.key)).collect(),
        }
    }

    pub(super) fn has_node(&self, node: &Node) -> bool {
        self.nodes.contains(&node.id)
    }

    pub(super) fn has_edge(&self, edge: &Edge) -> bool {
        self.edges.contains(&(edge.source.clone(), edge.target.clone(), edge.key))
    }
}
