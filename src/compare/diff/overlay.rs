//! Both graphs in one, so that a drawing can show what was gained and lost.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, GraphDiff};
use crate::graph::{Edge, KnowledgeGraph, Node};

/// A graph that holds what is there before or after, and what happened to each part of it.
#[derive(Debug, Clone)]
pub struct Overlay {
    /// The graph; what was lost has the ids that it had.
    pub graph: KnowledgeGraph,
    /// Nodes that differ, by id.
    pub nodes: BTreeMap<String, Change>,
    /// Edges that differ, by source, target and key in `graph`.
    pub edges: BTreeMap<(String, String, u32), Change>,
}

/// Lays two graphs over each other. Without `whole`, only what differs is there, and the nodes that it hangs on.
pub fn overlay(before: &KnowledgeGraph, after: &KnowledgeGraph, diff: &GraphDiff, whole: bool) -> Overlay {
    let now: BTreeMap<&str, &str> =
        diff.nodes.iter().filter_map(|node| Some((node.was.as_deref()?, node.node.id.as_str()))).collect();
    let marked: BTreeMap<String, Change> = diff.nodes.iter().map(|node| (node.node.id.clone(), node.change)).collect();
    let mut nodes: BTreeMap<String, Node> = after.nodes().map(|node| (node.id.clone(), node.clone())).collect();
    for node in before.nodes().filter(|node| marked.get(&node.id) == Some(&Change::Lost)) {
        nodes.entry(node.id.clone()).or_insert_with(|| node.clone());
    }
    let mut keys: BTreeMap<(String, String), u32> = BTreeMap::new();
    let mut edges: Vec<Edge> = after.edges().cloned().collect();
    for edge in &edges {
        let next = keys.entry((edge.source.clone(), edge.target.clone())).or_default();
        *next = (*next).max(edge.key + 1);
    }
    let mut changes = BTreeMap::new();
    for change in &diff.edges {
        let id = |name: &str| now.get(name).map_or_else(|| name.to_owned(), |now| (*now).to_owned());
        let (source, target) = (change.source.id.clone(), change.target.id.clone());
        if change.change != Change::Lost {
            changes.insert((source, target, change.key), change.change);
            continue;
        }
        let was = before.edges().find(|e| (&e.source, &e.target, e.key) == (&source, &target, change.key));
        if let Some(was) = was {
            let (source, target) = (id(&source), id(&target));
            let next = keys.entry((source.clone(), target.clone())).or_default();
            edges.push(Edge { source: source.clone(), target: target.clone(), key: *next, ..was.clone() });
            changes.insert((source, target, *next), Change::Lost);
            *next += 1;
        }
    }
    if !whole {
        edges.retain(|edge| changes.contains_key(&(edge.source.clone(), edge.target.clone(), edge.key)));
        let ends: BTreeSet<&String> = edges.iter().flat_map(|edge| [&edge.source, &edge.target]).collect();
        nodes.retain(|id, _| marked.contains_key(id) || ends.contains(id));
    }
    let mut manifest = after.manifest().clone();
    for (name, style) in &before.manifest().types {
        manifest.types.entry(name.clone()).or_insert_with(|| style.clone());
    }
    for (name, style) in &before.manifest().relations {
        manifest.relations.entry(name.clone()).or_insert_with(|| style.clone());
    }
    let graph = KnowledgeGraph::from_parts(manifest, nodes.into_values().collect(), edges);
    Overlay { graph, nodes: marked, edges: changes }
}
