//! A plan made ready for one graph: which nodes and relations may stand where, and in which order they are looked for.
//!
//! The order begins where fewest nodes may stand and follows relations from there, so that a name in the question keeps
//! the search to its surroundings.

use petgraph::stable_graph::NodeIndex;
use rustc_hash::FxHashMap;

use super::value::{holds, of_edge, of_node};
use crate::graph::{KnowledgeGraph, Node, days};
use crate::motif::{Check, Compare, HopSlot, NodeSlot, Operand, Plan, Property, Scalar, Slot, Wanted, fold};

/// What is done next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Try every node there.
    Start(usize),
    /// Try every node there that has what a join asks for: the number of the join in [`Prepared::joins`].
    Join(usize),
    /// Follow a relation, against its reading where told so.
    Follow(usize, bool),
}

/// A plan and what may stand where.
pub(crate) struct Prepared<'p, 'g> {
    pub graph: &'g KnowledgeGraph,
    pub plan: &'p Plan,
    /// By node slot: whether each node may stand there.
    pub fits: Vec<Vec<bool>>,
    /// By hop slot: whether each relation may.
    pub edges: Vec<Vec<bool>>,
    pub steps: Vec<Step>,
    /// Properties of one node that must be the same as those of another, found by their value.
    pub joins: Vec<Join>,
    /// By step: checks all of whose places are taken after it; those of the first are before it.
    pub checks: Vec<Vec<&'p Check>>,
    pub inner: Vec<Prepared<'p, 'g>>,
}

/// Nodes by the value of a property, where it must be that of a node which is found before.
pub(crate) struct Join {
    pub slot: usize,
    /// The node slot whose property decides, and that property.
    pub other: usize,
    pub its: Property,
    by_value: FxHashMap<String, Vec<NodeIndex>>,
}

impl Join {
    /// Nodes that may have one of these values; none where values are not compared as texts.
    pub(crate) fn having(&self, values: &[Scalar<'_>]) -> Option<Vec<NodeIndex>> {
        let mut found = Vec::new();
        for value in values {
            let Scalar::Text(text) = value else { return None };
            if days(text).is_some() || text.trim().parse::<f64>().is_ok() {
                return None;
            }
            found.extend(self.by_value.get(&fold(text)).into_iter().flatten().copied());
        }
        found.sort_unstable();
        found.dedup();
        Some(found)
    }
}

impl<'p, 'g> Prepared<'p, 'g> {
    /// Makes a plan ready; `bound` are node slots that stand fixed beforehand.
    pub(crate) fn new(plan: &'p Plan, graph: &'g KnowledgeGraph, bound: &[usize]) -> Self {
        let fits: Vec<Vec<bool>> =
            plan.nodes.iter().map(|slot| graph.nodes().map(|node| takes_node(slot, node)).collect()).collect();
        let edges = plan.hops.iter().map(|slot| relations(slot, graph)).collect();
        let mut joins = Vec::new();
        let steps = steps(plan, graph, &fits, bound, &mut joins);
        let checks = when(plan, &steps, &joins, bound);
        let inner = plan.inner.iter().map(|inner| {
            let bound: Vec<usize> = inner.shared.iter().map(|(own, _)| *own).collect();
            Prepared::new(&inner.plan, graph, &bound)
        });
        Prepared { graph, plan, fits, edges, steps, joins, checks, inner: inner.collect() }
    }

    /// Lets only some relations stand there: those whose index is taken.
    pub(crate) fn narrow(&mut self, hop: usize, takes: impl Fn(usize) -> bool) {
        self.edges[hop].iter_mut().enumerate().for_each(|(index, there)| *there = *there && takes(index));
    }

    /// Begins where a relation may stand, of which there are few.
    pub(crate) fn start_from(&mut self, hop: usize) {
        let HopSlot { from, to, .. } = self.plan.hops[hop];
        let inside = self.graph.as_petgraph();
        let mut near = vec![false; self.graph.node_count()];
        for index in inside.edge_indices().filter(|index| self.edges[hop][index.index()]) {
            if let Some((source, target)) = inside.edge_endpoints(index) {
                (near[source.index()], near[target.index()]) = (true, true);
            }
        }
        for slot in [from, to] {
            self.fits[slot].iter_mut().zip(&near).for_each(|(fits, near)| *fits = *fits && *near);
        }
        self.joins.clear();
        self.steps = steps(self.plan, self.graph, &self.fits, &[], &mut self.joins);
        self.checks = when(self.plan, &self.steps, &self.joins, &[]);
    }

    /// Nodes that may stand there, by id.
    pub(crate) fn candidates(&self, slot: usize) -> Vec<NodeIndex> {
        let nodes = self.graph.as_petgraph().node_indices();
        nodes.zip(&self.fits[slot]).filter(|(_, fits)| **fits).map(|(index, _)| index).collect()
    }
}

fn takes_node(slot: &NodeSlot, node: &Node) -> bool {
    slot.types.iter().all(|any| node.types.iter().any(|name| any.contains(name)))
        && has(&slot.wanted, |property| of_node(node, property))
}

fn has<'v>(wanted: &[Wanted], values: impl Fn(&Property) -> Vec<Scalar<'v>>) -> bool {
    wanted.iter().all(|(property, any)| holds(&values(property), Compare::Equal, any))
}

fn relations(slot: &HopSlot, graph: &KnowledgeGraph) -> Vec<bool> {
    let takes = |edge: &crate::graph::Edge| {
        (slot.relations.is_empty() || slot.relations.contains(&edge.type_name))
            && has(&slot.wanted, |property| of_edge(graph, edge, property))
    };
    graph.edges().map(takes).collect()
}

/// Where to begin and what to follow.
fn steps(plan: &Plan, graph: &KnowledgeGraph, fits: &[Vec<bool>], bound: &[usize], joins: &mut Vec<Join>) -> Vec<Step> {
    let alike = alike(plan);
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
        let joined = alike.iter().find(|(node, _, other, _)| !there[*node] && there[*other]);
        if let Some((slot, own, other, its)) = joined {
            steps.push(Step::Join(joins.len()));
            there[*slot] = true;
            joins.push(join(graph, &fits[*slot], (*slot, own), (*other, its)));
            continue;
        }
        // What can be looked up by another's property waits for that other.
        let waits = |node: usize| {
            alike.iter().any(|(own, ..)| *own == node) && plan.hops.iter().all(|hop| hop.from != node && hop.to != node)
        };
        let open_nodes = (0..plan.nodes.len()).filter(|&node| !there[node]);
        let start = open_nodes.min_by_key(|&node| (waits(node), counts[node], node));
        let Some(start) = start else { return steps };
        steps.push(Step::Start(start));
        there[start] = true;
    }
}

/// Properties of two nodes that must be the same, told of each of the two.
fn alike(plan: &Plan) -> Vec<(usize, &Property, usize, &Property)> {
    let mut found = Vec::new();
    for check in &plan.checks {
        if let Check::Compare(
            Operand::Property(Slot::Node(a), own),
            Compare::Equal,
            Operand::Property(Slot::Node(b), its),
        ) = check
        {
            found.extend([(*a, own, *b, its), (*b, its, *a, own)]);
        }
    }
    found.retain(|(a, _, b, _)| a != b);
    found
}

fn join(graph: &KnowledgeGraph, fits: &[bool], own: (usize, &Property), other: (usize, &Property)) -> Join {
    let mut by_value: FxHashMap<String, Vec<NodeIndex>> = FxHashMap::default();
    let inside = graph.as_petgraph();
    for (index, node) in inside.node_indices().zip(graph.nodes()).filter(|(index, _)| fits[index.index()]) {
        for value in of_node(node, own.1) {
            if let Scalar::Text(text) = value {
                by_value.entry(fold(&text)).or_default().push(index);
            }
        }
    }
    Join { slot: own.0, other: other.0, its: other.1.clone(), by_value }
}

/// Sorts checks to the step after which they can be made.
fn when<'p>(plan: &'p Plan, steps: &[Step], joins: &[Join], bound: &[usize]) -> Vec<Vec<&'p Check>> {
    let taken = |step: &Step, slot: Slot| match step {
        Step::Join(join) => slot == Slot::Node(joins[*join].slot),
        step => takes(plan, *step, slot),
    };
    let mut after = vec![Vec::new(); steps.len() + 1];
    for check in &plan.checks {
        let mut slots = Vec::new();
        check.slots(&plan.inner, &mut slots);
        let ready = |slot: &Slot| match slot {
            Slot::Node(node) if bound.contains(node) => 0,
            slot => 1 + steps.iter().position(|step| taken(step, *slot)).unwrap_or(steps.len().saturating_sub(1)),
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
        (Step::Start(_), Slot::Hop(_)) | (Step::Join(_), _) => false,
    }
}
