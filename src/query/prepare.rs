//! A plan made ready for one graph: which nodes and relations may stand where, and in which order they are looked for.
//!
//! The order begins where fewest nodes may stand and follows relations from there, so that a name in the question keeps
//! the search to its surroundings.

use petgraph::stable_graph::NodeIndex;

use super::plan::{Check, HopSlot, NodeSlot, Plan, Slot, Wanted};
use super::value::{Scalar, holds, of_edge, of_node};
use crate::graph::{KnowledgeGraph, Node};

/// What is done next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Try every node there.
    Start(usize),
    /// Follow a relation, against its reading where told so.
    Follow(usize, bool),
}

/// A plan and what may stand where.
pub(super) struct Prepared<'p, 'g> {
    pub graph: &'g KnowledgeGraph,
    pub plan: &'p Plan,
    /// By node slot: whether each node may stand there.
    pub fits: Vec<Vec<bool>>,
    /// By hop slot: whether each relation may.
    pub edges: Vec<Vec<bool>>,
    pub steps: Vec<Step>,
    /// By step: checks all of whose places are taken after it; those of the first are before it.
    pub checks: Vec<Vec<&'p Check>>,
    pub inner: Vec<Prepared<'p, 'g>>,
}

impl<'p, 'g> Prepared<'p, 'g> {
    /// Makes a plan ready; `bound` are node slots that stand fixed beforehand.
    pub(super) fn new(plan: &'p Plan, graph: &'g KnowledgeGraph, bound: &[usize]) -> Self {
        let fits: Vec<Vec<bool>> =
            plan.nodes.iter().map(|slot| graph.nodes().map(|node| takes_node(slot, node)).collect()).collect();
        let edges = plan.hops.iter().map(|slot| relations(slot, graph)).collect();
        let steps = steps(plan, &fits, bound);
        let checks = when(plan, &steps, bound);
        let inner = plan.inner.iter().map(|inner| {
            let bound: Vec<usize> = inner.shared.iter().map(|(own, _)| *own).collect();
            Prepared::new(&inner.plan, graph, &bound)
        });
        Prepared { graph, plan, fits, edges, steps, checks, inner: inner.collect() }
    }

    /// Nodes that may stand there, by id.
    pub(super) fn candidates(&self, slot: usize) -> Vec<NodeIndex> {
        let nodes = self.graph.as_petgraph().node_indices();
        nodes.zip(&self.fits[slot]).filter(|(_, fits)| **fits).map(|(index, _)| index).collect()
    }
}

fn takes_node(slot: &NodeSlot, node: &Node) -> bool {
    slot.types.iter().all(|any| node.types.iter().any(|name| any.contains(name)))
        && has(&slot.wanted, |property| of_node(node, property))
}

fn has<'v>(wanted: &[Wanted], values: impl Fn(&super::value::Property) -> Vec<Scalar<'v>>) -> bool {
    wanted.iter().all(|(property, any)| holds(&values(property), super::ast::Compare::Equal, any))
}

fn relations(slot: &HopSlot, graph: &KnowledgeGraph) -> Vec<bool> {
    let takes = |edge: &crate::graph::Edge| {
        (slot.relations.is_empty() || slot.relations.contains(&edge.type_name))
            && has(&slot.wanted, |property| of_edge(graph, edge, property))
    };
    graph.edges().map(takes).collect()
}

/// Where to begin and what to follow.
fn steps(plan: &Plan, fits: &[Vec<bool>], bound: &[usize]) -> Vec<Step> {
    let counts: Vec<usize> = fits.iter().map(|fits| fits.iter().filter(|fits| **fits).count()).collect();
    let mut there: Vec<bool> = (0..plan.nodes.len()).map(|node| bound.contains(&node)).collect();
    let mut open: Vec<usize> = (0..plan.hops.len()).collect();
    let mut steps = Vec::new();
    loop {
        // A relation between two that are there, then one that leads to fewest, then a new beginning.
        let ready = open.iter().copied().filter(|&hop| there[plan.hops[hop].from] || there[plan.hops[hop].to]);
        let next = ready.min_by_key(|&hop| {
            let HopSlot { from, to, length, .. } = plan.hops[hop];
            let new = if there[from] { to } else { from };
            (!there[new], length.is_some(), counts[new], hop)
        });
        if let Some(hop) = next {
            let HopSlot { from, to, .. } = plan.hops[hop];
            steps.push(Step::Follow(hop, !there[from]));
            (there[from], there[to]) = (true, true);
            open.retain(|other| *other != hop);
            continue;
        }
        let start = (0..plan.nodes.len()).filter(|&node| !there[node]).min_by_key(|&node| (counts[node], node));
        let Some(start) = start else { return steps };
        steps.push(Step::Start(start));
        there[start] = true;
    }
}

/// Sorts checks to the step after which they can be made.
fn when<'p>(plan: &'p Plan, steps: &[Step], bound: &[usize]) -> Vec<Vec<&'p Check>> {
    let mut after = vec![Vec::new(); steps.len() + 1];
    for check in &plan.checks {
        let mut slots = Vec::new();
        check.slots(&plan.inner, &mut slots);
        let ready = |slot: &Slot| match slot {
            Slot::Node(node) if bound.contains(node) => 0,
            slot => {
                1 + steps.iter().position(|step| takes(plan, *step, *slot)).unwrap_or(steps.len().saturating_sub(1))
            }
        };
        after[slots.iter().map(ready).max().unwrap_or_default()].push(check);
    }
    after
}

/// Whether a place is taken by a step, at the latest.
fn takes(plan: &Plan, step: Step, slot: Slot) -> bool {
    match (step, slot) {
        (Step::Start(start), Slot::Node(node)) => start == node,
        (Step::Follow(hop, _), Slot::Node(node)) => plan.hops[hop].from == node || plan.hops[hop].to == node,
        (Step::Follow(hop, _), Slot::Hop(other)) => hop == other,
        (Step::Start(_), Slot::Hop(_)) => false,
    }
}
