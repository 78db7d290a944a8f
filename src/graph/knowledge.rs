//! The graph itself: a petgraph with a manifest, and the questions asked of it.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::stable_graph::{EdgeIndex, NodeIndex, StableDiGraph};
use rustc_hash::FxHashMap;

use super::model::{Edge, EdgeRef, Manifest, Node};

/// Entities, events and relations with their evidence.
///
/// Nodes stand in the order of their ids and edges in the order of source, target and key, in every iteration.
#[derive(Debug, Clone, Default)]
pub struct KnowledgeGraph {
    graph: StableDiGraph<Node, Edge>,
    index: FxHashMap<String, NodeIndex>,
    manifest: Manifest,
}

impl KnowledgeGraph {
    /// A graph of these parts. Edges must name nodes that are there; others are left out.
    pub(crate) fn from_parts(manifest: Manifest, mut nodes: Vec<Node>, mut edges: Vec<Edge>) -> Self {
        nodes.sort_by(|a, b| a.id.cmp(&b.id));
        edges.sort_by(|a, b| (&a.source, &a.target, a.key).cmp(&(&b.source, &b.target, b.key)));
        let mut graph = StableDiGraph::with_capacity(nodes.len(), edges.len());
        let mut index = FxHashMap::default();
        for node in nodes {
            let id = node.id.clone();
            index.insert(id, graph.add_node(node));
        }
        for edge in edges {
            if let (Some(&source), Some(&target)) = (index.get(&edge.source), index.get(&edge.target)) {
                graph.add_edge(source, target, edge);
            }
        }
        KnowledgeGraph { graph, index, manifest }
    }

    /// Adds edges behind all others, where they are found by [`KnowledgeGraph::settled`]; their indices, in order.
    pub(crate) fn append(&mut self, edges: Vec<Edge>) -> Vec<EdgeIndex> {
        let ends = |edge: &Edge| self.index.get(&edge.source).copied().zip(self.index.get(&edge.target).copied());
        let known: Vec<_> = edges.into_iter().filter_map(|edge| Some((ends(&edge)?, edge))).collect();
        known.into_iter().map(|((source, target), edge)| self.graph.add_edge(source, target, edge)).collect()
    }

    /// Takes away what was appended behind the first so many edges.
    pub(crate) fn keep_first(&mut self, edges: usize) {
        self.graph.retain_edges(|_, edge| edge.index() < edges);
    }

    /// The graph with its edges in order again, and a manifest that was brought up to date.
    pub(crate) fn settled(self, manifest: Manifest) -> Self {
        let (nodes, edges) = self.graph.into_nodes_edges_iters();
        let (nodes, edges) = (nodes.map(|n| n.weight).collect(), edges.map(|e| e.weight).collect());
        KnowledgeGraph::from_parts(manifest, nodes, edges)
    }

    /// The edge that is meant.
    pub fn edge(&self, wanted: &EdgeRef) -> Option<&Edge> {
        let (source, target) = (self.index_of(&wanted.source)?, self.index_of(&wanted.target)?);
        self.graph.edges_connecting(source, target).map(|edge| edge.weight()).find(|edge| edge.key == wanted.key)
    }

    /// What an inferred edge rests on in the end, through all that was inferred on the way: edges that texts tell, in the
    /// order of the graph. Nothing for an edge that was not inferred.
    pub fn rests_on(&self, edge: &Edge) -> Vec<&Edge> {
        let mut seen: BTreeSet<(&str, &str, u32)> = BTreeSet::new();
        let mut told: BTreeMap<(&str, &str, u32), &Edge> = BTreeMap::new();
        let refs = |edge: &Edge| -> Vec<&Edge> {
            edge.grounds.iter().flat_map(|ground| &ground.edges).filter_map(|wanted| self.edge(wanted)).collect()
        };
        let mut open = refs(edge);
        while let Some(below) = open.pop() {
            let key = (below.source.as_str(), below.target.as_str(), below.key);
            if seen.insert(key) {
                if below.grounds.is_empty() {
                    told.insert(key, below);
                }
                open.extend(refs(below));
            }
        }
        told.into_values().collect()
    }

    /// What the graph is made from.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The petgraph inside, for its algorithms.
    pub fn as_petgraph(&self) -> &StableDiGraph<Node, Edge> {
        &self.graph
    }

    /// Every node, by id.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.graph.node_weights()
    }

    /// Every edge, by source, target and key.
    pub fn edges(&self) -> impl Iterator<Item = &Edge> {
        self.graph.edge_weights()
    }

    /// Number of nodes.
    pub fn node_count(&self) -> usize {
        self.graph.node_count()
    }

    /// Number of edges.
    pub fn edge_count(&self) -> usize {
        self.graph.edge_count()
    }

    /// The node of that id.
    pub fn node(&self, id: &str) -> Option<&Node> {
        self.index.get(id).and_then(|&index| self.graph.node_weight(index))
    }

    /// Where that node is in the petgraph.
    pub fn index_of(&self, id: &str) -> Option<NodeIndex> {
        self.index.get(id).copied()
    }
}

impl PartialEq for KnowledgeGraph {
    fn eq(&self, other: &Self) -> bool {
        self.manifest == other.manifest && self.nodes().eq(other.nodes()) && self.edges().eq(other.edges())
    }
}
