//! Reads a graph back from its JSON.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::error::GraphError;
use super::knowledge::KnowledgeGraph;
use super::model::{Edge, Manifest, Node};

/// Name of the format, in every file.
pub(crate) const FORMAT: &str = "attache-graph";
/// Version of the format; files of another are refused.
pub(crate) const VERSION: u32 = 1;

#[derive(Deserialize)]
struct Head {
    format: Option<String>,
    version: Option<u32>,
}

#[derive(Deserialize)]
struct Document {
    graph: Manifest,
    nodes: Vec<Node>,
    edges: Vec<Edge>,
}

impl KnowledgeGraph {
    /// Reads the JSON that the JSON export writes.
    ///
    /// # Errors
    /// When the text is no JSON, is of another format or version, lacks a field, or names nodes that it does not hold.
    pub fn from_json(text: &str) -> Result<Self, GraphError> {
        let head: Head = serde_json::from_str(text).map_err(GraphError::syntax)?;
        match head.format.as_deref() {
            Some(FORMAT) => {}
            Some(other) => return Err(GraphError::format(format!("its format is \"{other}\", not \"{FORMAT}\""))),
            None => return Err(GraphError::format(format!("it has no \"format\": \"{FORMAT}\""))),
        }
        match head.version {
            Some(VERSION) => {}
            Some(other) => {
                return Err(GraphError::format(format!(
                    "it has version {other}; this program reads version {VERSION}"
                )));
            }
            None => return Err(GraphError::format("it has no \"version\"")),
        }
        let document: Document = serde_json::from_str(text).map_err(GraphError::syntax)?;
        check(&document)?;
        Ok(KnowledgeGraph::from_parts(document.graph, document.nodes, document.edges))
    }
}

fn check(document: &Document) -> Result<(), GraphError> {
    let mut ids = BTreeSet::new();
    for node in &document.nodes {
        if !ids.insert(node.id.as_str()) {
            return Err(GraphError::shape(format!("two nodes have the id \"{}\"", node.id)));
        }
    }
    let mut keys = BTreeSet::new();
    for edge in &document.edges {
        for end in [&edge.source, &edge.target] {
            if !ids.contains(end.as_str()) {
                return Err(GraphError::shape(format!(
                    "an edge \"{}\" names the node \"{end}\", which is not there",
                    edge.type_name
                )));
            }
        }
        if !keys.insert((&edge.source, &edge.target, edge.key)) {
            return Err(GraphError::shape(format!(
                "two edges from \"{}\" to \"{}\" have the key {}",
                edge.source, edge.target, edge.key
            )));
        }
    }
    Ok(())
}
