//! Events that a drawing would tell twice: of the same two as a relation, and by the same words.
//!
//! *A met B* is a relation and, to be counted and dated, an event with two who took part. Drawn, it is a triangle that says
//! no more than its one side.

use std::collections::{BTreeMap, BTreeSet};

use super::view::is_event;
use crate::graph::{Edge, KnowledgeGraph, Origin};

/// The ids of these events.
pub(super) fn events(graph: &KnowledgeGraph) -> BTreeSet<&str> {
    let events: BTreeSet<&str> =
        graph.nodes().filter(|node| is_event(graph, node)).map(|node| node.id.as_str()).collect();
    let mut roles: BTreeMap<&str, Vec<&Edge>> = BTreeMap::new();
    let mut told: BTreeMap<(&str, &str), Vec<&Edge>> = BTreeMap::new();
    for edge in graph.edges() {
        let ends = (edge.source.as_str(), edge.target.as_str());
        let mut ours = [ends.0, ends.1].into_iter().filter(|end| events.contains(end));
        match ours.next() {
            Some(event) => roles.entry(event).or_default().push(edge),
            None if edge.origin == Origin::Stated => {
                told.entry((ends.0.min(ends.1), ends.0.max(ends.1))).or_default().push(edge);
            }
            None => {}
        }
    }
    let twice = |(&event, roles): (&&str, &Vec<&Edge>)| {
        let others: BTreeSet<&str> = roles
            .iter()
            .flat_map(|edge| [edge.source.as_str(), edge.target.as_str()])
            .filter(|end| *end != event)
            .collect();
        let ends: Vec<&str> = others.into_iter().collect();
        let [a, b] = ends.as_slice() else { return false };
        told.get(&(*a, *b))
            .is_some_and(|edges| roles.iter().all(|role| role.evidence.iter().all(|seen| stands(edges, seen))))
    };
    roles.iter().filter(|entry| twice(*entry)).map(|(event, _)| *event).collect()
}

/// Whether the words of an event stand in a sentence that tells one of these relations.
fn stands(edges: &[&Edge], seen: &crate::graph::Evidence) -> bool {
    let mut sentences = edges.iter().flat_map(|edge| &edge.evidence);
    sentences.any(|told| told.doc == seen.doc && told.start <= seen.start && seen.end <= told.end)
}
