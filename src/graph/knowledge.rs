//! The graph itself: a petgraph with a manifest, and the questions asked of it.

use petgraph::stable_graph::{NodeIndex, StableDiGraph};
use rustc_hash::FxHashMap;

use super::model::{Edge, Manifest, Node};

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
