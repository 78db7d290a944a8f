//! What a graph has: types, relations, properties and their values, to hold a question against.

use std::collections::BTreeSet;

use super::value::{holds, of_edge, of_node};
use crate::diagnostic::{Diagnostic, nearest};
use crate::graph::KnowledgeGraph;
use crate::motif::{Compare, Known, Owner, Scalar, Sought, fold};

/// The names of a graph.
pub(super) fn names(graph: &KnowledgeGraph) -> Known<'_> {
    let hierarchies = graph.manifest().types.values().map(|style| &style.types);
    let types = graph.nodes().map(|node| &node.types).chain(hierarchies).flatten().map(String::as_str).collect();
    let styles = graph.manifest().relations.keys().map(String::as_str);
    Known {
        owner: Owner::Graph,
        types,
        relations: graph.edges().map(|edge| edge.type_name.as_str()).chain(styles).collect(),
        node_attributes: graph.nodes().flat_map(|node| node.attributes.keys()).map(String::as_str).collect(),
        edge_attributes: graph.edges().flat_map(|edge| edge.attributes.keys()).map(String::as_str).collect(),
    }
}

/// A warning, where nothing in the graph has any of the values.
pub(super) fn remark(graph: &KnowledgeGraph, sought: &Sought) -> Option<Diagnostic> {
    let Sought { property, of_node: is_of_node, values, span } = sought;
    let all = || -> Box<dyn Iterator<Item = Scalar<'_>>> {
        if *is_of_node {
            Box::new(graph.nodes().flat_map(|node| of_node(node, property)))
        } else {
            Box::new(graph.edges().flat_map(|edge| of_edge(graph, edge, property)))
        }
    };
    if values.is_empty() || all().any(|known| holds(&[known], Compare::Equal, values)) {
        return None;
    }
    let mut finding = Diagnostic::warning("Q004", "a value that nothing in the graph has").label(*span, "");
    if let [Scalar::Text(wanted)] = values.as_slice() {
        let texts: BTreeSet<String> = all()
            .filter_map(|known| match known {
                Scalar::Text(text) => Some(text.into_owned()),
                Scalar::Number(_) => None,
            })
            .collect();
        // A part of a name is the commonest slip.
        let part = texts.iter().find(|known| fold(known).split(' ').any(|word| word == fold(wanted)));
        if let Some(near) = nearest(wanted, texts.iter().map(String::as_str)).or(part.map(String::as_str)) {
            finding = finding.help(format!("did you mean \"{near}\"?"));
        }
    }
    Some(finding)
}
