//! How nodes stand in the graph: who is linked most, who lies between others, who belongs together.
//!
//! Relations count whichever way they run, and several between the same two count as one, except for [PageRank], which
//! follows their direction. Every measure gives the same numbers on every machine: nodes are gone through by id.
//!
//! [PageRank]: KnowledgeGraph::pagerank

use std::collections::{BTreeMap, VecDeque};

use petgraph::algo::astar;
use petgraph::graph::UnGraph;
use petgraph::stable_graph::NodeIndex;
use petgraph::visit::{EdgeRef, IntoEdgeReferences};

use super::knowledge::KnowledgeGraph;
use super::model::Edge;

/// Share of a walk that follows a relation (Page et al., 1999).
const DAMPING: f64 = 0.85;
/// Rounds of PageRank: at this damping what is left to settle is below a ten-thousandth.
const ROUNDS: usize = 60;
/// Rounds of passing labels; it settles in far fewer.
const MOST_ROUNDS: usize = 100;

impl KnowledgeGraph {
    /// For each node, in order, the numbers of its neighbours, sorted.
    pub fn neighbours(&self) -> Vec<Vec<usize>> {
        let graph = self.as_petgraph();
        let place: BTreeMap<_, _> = graph.node_indices().enumerate().map(|(place, index)| (index, place)).collect();
        let mut found = vec![Vec::new(); place.len()];
        for edge in graph.edge_references() {
            let (a, b) = (place[&edge.source()], place[&edge.target()]);
            if a != b {
                found[a].push(b);
                found[b].push(a);
            }
        }
        for list in &mut found {
            list.sort_unstable();
            list.dedup();
        }
        found
    }

    /// PageRank of each node, in order; they sum to one. Linear in edges, where petgraph's own takes the square of nodes.
    pub fn pagerank(&self) -> Vec<f64> {
        let graph = self.as_petgraph();
        let place: BTreeMap<_, _> = graph.node_indices().enumerate().map(|(place, index)| (index, place)).collect();
        let mut ways: Vec<(usize, usize)> =
            graph.edge_references().map(|edge| (place[&edge.source()], place[&edge.target()])).collect();
        ways.sort_unstable();
        ways.dedup();
        let count = place.len() as f64;
        let mut out = vec![0.0f64; place.len()];
        ways.iter().for_each(|&(from, _)| out[from] += 1.0);
        let mut rank = vec![1.0 / count; place.len()];
        for _ in 0..ROUNDS {
            // What stands where nothing leads on is shared by all.
            let stuck: f64 = rank.iter().zip(&out).filter(|(_, out)| **out == 0.0).map(|(rank, _)| rank).sum();
            let mut next = vec![(1.0 - DAMPING + DAMPING * stuck) / count; place.len()];
            for &(from, to) in &ways {
                next[to] += DAMPING * rank[from] / out[from];
            }
            rank = next;
        }
        rank
    }

    /// Betweenness of each node, in order: the share of shortest ways between two others that lead through it, summed over
    /// all pairs (Brandes, *A faster algorithm for betweenness centrality*, 2001). Takes time in nodes times edges.
    pub fn betweenness(&self) -> Vec<f64> {
        let neighbours = self.neighbours();
        let count = neighbours.len();
        let mut between = vec![0.0; count];
        for start in 0..count {
            let mut order = Vec::new();
            let mut before: Vec<Vec<usize>> = vec![Vec::new(); count];
            let (mut ways, mut distance) = (vec![0.0f64; count], vec![usize::MAX; count]);
            (ways[start], distance[start]) = (1.0, 0);
            let mut queue = VecDeque::from([start]);
            while let Some(at) = queue.pop_front() {
                order.push(at);
                for &next in &neighbours[at] {
                    if distance[next] == usize::MAX {
                        distance[next] = distance[at] + 1;
                        queue.push_back(next);
                    }
                    if distance[next] == distance[at] + 1 {
                        ways[next] += ways[at];
                        before[next].push(at);
                    }
                }
            }
            let mut share = vec![0.0f64; count];
            for &at in order.iter().rev() {
                for &previous in &before[at] {
                    share[previous] += ways[previous] / ways[at] * (1.0 + share[at]);
                }
                if at != start {
                    between[at] += share[at];
                }
            }
        }
        // Each pair was gone through from both ends.
        between.iter().map(|sum| sum / 2.0).collect()
    }

    /// Nodes that belong together, the largest community first: each takes the label that most of its neighbours have
    /// (Raghavan, Albert and Kumara, 2007), in the order of ids, ties to the smallest label. Lists hold ids.
    pub fn communities(&self) -> Vec<Vec<&str>> {
        let neighbours = self.neighbours();
        let mut label: Vec<usize> = (0..neighbours.len()).collect();
        for _ in 0..MOST_ROUNDS {
            let mut changed = false;
            for (at, others) in neighbours.iter().enumerate() {
                let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
                for &other in others {
                    *counts.entry(label[other]).or_default() += 1;
                }
                let most = counts.values().copied().max().unwrap_or_default();
                let Some((&first, _)) = counts.iter().find(|(_, count)| **count == most) else { continue };
                if counts.get(&label[at]) != Some(&most) {
                    label[at] = first;
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
        let mut groups: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        for (node, label) in self.nodes().zip(&label) {
            groups.entry(*label).or_default().push(&node.id);
        }
        let mut groups: Vec<Vec<&str>> = groups.into_values().collect();
        groups.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        groups
    }

    /// The edges of a shortest way between two nodes, whichever way they run; none where there is no way, or no such node.
    pub fn path(&self, from: &str, to: &str) -> Option<Vec<&Edge>> {
        let graph = self.as_petgraph();
        let (from, to) = (self.index_of(from)?, self.index_of(to)?);
        let mut plain = UnGraph::<NodeIndex, ()>::default();
        let place: BTreeMap<_, _> = graph.node_indices().map(|index| (index, plain.add_node(index))).collect();
        for edge in graph.edge_references() {
            plain.update_edge(place[&edge.source()], place[&edge.target()], ());
        }
        let goal = place[&to];
        let (_, way) = astar(&plain, place[&from], |at| at == goal, |_| 1u32, |_| 0)?;
        let edge = |pair: &[NodeIndex]| {
            // Of several edges between two the one that most documents tell, then the first.
            let ends = [plain[pair[0]], plain[pair[1]]];
            let there = graph.edges_connecting(ends[0], ends[1]).chain(graph.edges_connecting(ends[1], ends[0]));
            let weights = there.map(|edge| edge.weight());
            weights.min_by_key(|edge| (std::cmp::Reverse(edge.support), &edge.source, &edge.target, edge.key))
        };
        way.windows(2).map(edge).collect()
    }
}
