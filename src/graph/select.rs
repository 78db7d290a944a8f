//! A part of a graph: the nodes and edges that were asked for, as a graph of its own.
//!
//! What is asked for narrows step by step: first types and edges, then what lies around the named nodes. A part is a
//! graph to show and to write; a document's view of what was cut out of it is gone, so it is not merged again.

use std::collections::{BTreeMap, BTreeSet};

use super::calendar::days;
use super::knowledge::KnowledgeGraph;
use super::model::{Edge, Node, Origin};
use crate::extract::{Modality, Polarity};

/// How an edge is told, as one of seven: the five modalities of what is affirmed, denied, or not told but inferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Told {
    /// Affirmed, in this modality.
    As(Modality),
    /// Denied, in whatever modality.
    Denied,
    /// Told by no text, but inferred from what texts tell.
    Inferred,
}

impl Told {
    /// All of them.
    pub const ALL: [(&'static str, Told); 7] = [
        ("asserted", Told::As(Modality::Asserted)),
        ("planned", Told::As(Modality::Planned)),
        ("requested", Told::As(Modality::Requested)),
        ("possible", Told::As(Modality::Possible)),
        ("alleged", Told::As(Modality::Alleged)),
        ("denied", Told::Denied),
        ("inferred", Told::Inferred),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        Told::ALL.into_iter().find(|(_, told)| *told == self).map_or("", |(name, _)| name)
    }

    /// How an edge is told.
    pub fn of(edge: &Edge) -> Told {
        match (edge.polarity, edge.origin) {
            (Polarity::Negative, _) => Told::Denied,
            (_, Origin::Inferred) => Told::Inferred,
            _ => Told::As(edge.modality),
        }
    }
}

/// What is asked for; the default asks for everything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// Types of nodes, narrower ones included; none for all.
    pub types: Vec<String>,
    /// Relations; none for all.
    pub relations: Vec<String>,
    /// Ways of telling; none for all.
    pub told: Vec<Told>,
    /// EDTF date before which an edge must not be over. Edges without a date are left out where either bound is given.
    pub since: Option<String>,
    /// EDTF date after which an edge must not begin.
    pub until: Option<String>,
    /// Least number of documents behind an edge.
    pub min_support: u32,
    /// Ids of nodes around which everything lies; none for anywhere.
    pub around: Vec<String>,
    /// How many edges from one of them.
    pub depth: usize,
}

impl Selection {
    /// Whether it asks for everything.
    pub fn is_everything(&self) -> bool {
        self.types.is_empty() && self.around.is_empty() && !self.narrows_edges()
    }

    /// Whether it narrows the edges, so that nodes which lose all of theirs go with them.
    fn narrows_edges(&self) -> bool {
        !self.relations.is_empty()
            || !self.told.is_empty()
            || self.since.is_some()
            || self.until.is_some()
            || self.min_support > 1
    }

    fn takes_node(&self, node: &Node) -> bool {
        self.types.is_empty() || node.types.iter().any(|name| self.types.contains(name))
    }

    fn takes_edge(&self, graph: &KnowledgeGraph, edge: &Edge) -> bool {
        (self.relations.is_empty() || self.relations.contains(&edge.type_name))
            && (self.told.is_empty() || self.told.contains(&Told::of(edge)))
            && edge.support >= self.min_support
            && self.takes_time(graph, edge)
    }

    fn takes_time(&self, graph: &KnowledgeGraph, edge: &Edge) -> bool {
        if self.since.is_none() && self.until.is_none() {
            return true;
        }
        let Some((first, last)) = graph.days_of(edge) else { return false };
        let since = self.since.as_deref().and_then(days);
        let until = self.until.as_deref().and_then(days);
        since.is_none_or(|(from, _)| last >= from) && until.is_none_or(|(_, to)| first <= to)
    }
}

impl KnowledgeGraph {
    /// When an edge was so, as the texts tell: a participant's role is as old as the event.
    pub fn date_of<'g>(&'g self, edge: &'g Edge) -> Option<&'g str> {
        let of_event = || {
            let ends = [&edge.source, &edge.target].map(|id| self.node(id));
            let is_event = |node: &&Node| self.manifest().types.get(&node.type_name).is_some_and(|style| style.event);
            ends.into_iter().flatten().find(is_event).and_then(|node| node.attributes.get("date"))
        };
        edge.attributes.get("date").or_else(of_event).map(String::as_str)
    }

    /// First and last day on which an edge may have been so: by its own date, that of its event, or else those of the
    /// documents that tell it. None where neither is known.
    pub(crate) fn days_of(&self, edge: &Edge) -> Option<(jiff::civil::Date, jiff::civil::Date)> {
        if let Some(own) = self.date_of(edge).and_then(days) {
            return Some(own);
        }
        let documents = &self.manifest().documents;
        let date = |id: &str| documents.iter().find(|record| record.id == id).and_then(|record| record.date.as_deref());
        let below = self.rests_on(edge);
        let evidence = std::iter::once(edge).chain(below).flat_map(|edge| &edge.evidence);
        let spans = evidence.filter_map(|seen| days(date(&seen.doc)?));
        spans.reduce(|(a, b), (c, d)| (a.min(c), b.max(d)))
    }

    /// The part of the graph that is asked for, its manifest cut to what occurs in it.
    ///
    /// A node goes when all of its edges do, unless it had none and edges are not asked about.
    pub fn select(&self, selection: &Selection) -> KnowledgeGraph {
        let mut nodes: BTreeSet<&str> =
            self.nodes().filter(|node| selection.takes_node(node)).map(|node| node.id.as_str()).collect();
        let mut edges: Vec<&Edge> = self
            .edges()
            .filter(|edge| nodes.contains(edge.source.as_str()) && nodes.contains(edge.target.as_str()))
            .filter(|edge| selection.takes_edge(self, edge))
            .collect();
        if selection.narrows_edges() {
            let linked = ends(&edges);
            nodes.retain(|id| linked.contains(id) || selection.around.iter().any(|other| other == id));
        }
        if !selection.around.is_empty() {
            let near = around(&selection.around, selection.depth, &edges);
            nodes.retain(|id| near.contains(id));
            edges.retain(|edge| near.contains(edge.source.as_str()) && near.contains(edge.target.as_str()));
        }
        self.part(&nodes, edges)
    }

    /// The graph of these nodes and edges alone.
    pub(crate) fn part(&self, nodes: &BTreeSet<&str>, edges: Vec<&Edge>) -> KnowledgeGraph {
        let nodes: Vec<Node> = self.nodes().filter(|node| nodes.contains(node.id.as_str())).cloned().collect();
        let edges: Vec<Edge> = edges.into_iter().cloned().collect();
        let mut manifest = self.manifest().clone();
        let types: BTreeSet<&str> = nodes.iter().map(|node| node.type_name.as_str()).collect();
        let relations: BTreeSet<&str> = edges.iter().map(|edge| edge.type_name.as_str()).collect();
        manifest.types.retain(|name, _| types.contains(name.as_str()));
        manifest.relations.retain(|name, _| relations.contains(name.as_str()));
        KnowledgeGraph::from_parts(manifest, nodes, edges)
    }
}

fn ends<'a>(edges: &[&'a Edge]) -> BTreeSet<&'a str> {
    edges.iter().flat_map(|edge| [edge.source.as_str(), edge.target.as_str()]).collect()
}

/// Ids within so many edges of any of these.
fn around<'a>(from: &'a [String], depth: usize, edges: &[&'a Edge]) -> BTreeSet<&'a str> {
    let mut neighbours: BTreeMap<&str, Vec<&'a str>> = BTreeMap::new();
    for edge in edges {
        neighbours.entry(&edge.source).or_default().push(&edge.target);
        neighbours.entry(&edge.target).or_default().push(&edge.source);
    }
    let mut near: BTreeSet<&'a str> = from.iter().map(String::as_str).collect();
    let mut rim: Vec<&'a str> = near.iter().copied().collect();
    for _ in 0..depth {
        let next: Vec<&'a str> = rim.iter().filter_map(|at| neighbours.get(at)).flatten().copied().collect();
        rim = next.into_iter().filter(|at| near.insert(*at)).collect();
    }
    near
}
