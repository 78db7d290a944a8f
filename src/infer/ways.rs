//! How a rule comes to its conclusions in a graph, and what keeps it from one: for who asks why, and why not.
//!
//! What keeps a rule back is found by letting go of one thing that it asks for after the other, until the rest is there.

use std::cell::Cell;
use std::collections::BTreeSet;

use petgraph::stable_graph::{EdgeIndex, NodeIndex};

use super::conclude::told;
use crate::extract::Modality;
use crate::graph::{Edge, EdgeRef, KnowledgeGraph};
use crate::motif::{HopSlot, Plan, Property, Slot};
use crate::query::{Match, Prepared, search};
use crate::rules::Inference;

/// Most relations that are looked at for one answer.
const MOST_LOOKS: u64 = 20_000_000;
/// Most ways that are told.
const MOST_WAYS: usize = 1_000;

/// One way in which the condition of a rule is fulfilled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// What the nodes of the condition stand for: as the rule calls each, and the id of the node.
    pub names: Vec<(String, String)>,
    /// The relations that it rests on, in the order of the condition.
    pub edges: Vec<EdgeRef>,
    /// Id of the conclusion's source.
    pub source: String,
    /// Id of its target.
    pub target: String,
    /// How the conclusion is told; none where nothing can be concluded from relations that are told so.
    pub modality: Option<Modality>,
}

/// What keeps a rule from concluding anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// No relation of these is in the graph.
    Absent(Vec<String>),
    /// All is there, but some relation is told otherwise than the rule asks for.
    Told(Way),
    /// All else is there, but nothing that may be the node that the rule calls so.
    Nobody(String, Way),
    /// All else is there, but what stands at the node that the rule calls so is not what it asks for.
    Unfit(String, Way),
    /// The relations are there, but not what `where` asks for, or what must be absent.
    Where(Way),
    /// Each part is there, but they do not meet.
    Apart,
    /// The condition is fulfilled by fewer documents than the rule asks for.
    Support(Way),
    /// The condition is fulfilled, but source and target are the same.
    Same(Way),
    /// The condition is fulfilled, but the relation is stated, or what it rests on is told in different ways.
    Nothing(Way),
}

/// Every way in which a rule's condition is fulfilled, of those that rest on the same relations one.
pub fn ways(rule: &Inference, graph: &KnowledgeGraph) -> Vec<Way> {
    let mut seen = BTreeSet::new();
    let mut out: Vec<Way> = found(&rule.plan, graph).iter().map(|one| way(rule, one, graph)).collect();
    out.retain(|way| {
        let mut ends = [&way.source, &way.target].map(String::clone);
        ends.sort();
        let mut edges = way.edges.clone();
        edges.sort();
        seen.insert((ends, edges))
    });
    out
}

/// What keeps a rule from concluding anything that is not stated.
pub fn obstacle(rule: &Inference, graph: &KnowledgeGraph) -> Obstacle {
    let all = ways(rule, graph);
    if let Some(way) = all.first() {
        return match all.iter().find(|way| way.source != way.target && way.modality.is_some()) {
            None if way.source == way.target => Obstacle::Same(way.clone()),
            Some(way) if rule.min_support > 1 => Obstacle::Support(way.clone()),
            _ => Obstacle::Nothing(way.clone()),
        };
    }
    for hop in &rule.plan.hops {
        let there = |edge: &Edge| hop.relations.is_empty() || hop.relations.contains(&edge.type_name);
        if !graph.edges().any(there) {
            return Obstacle::Absent(hop.relations.clone());
        }
    }
    let first = |plan: &Plan| found(plan, graph).first().map(|one| way(rule, one, graph));
    let mut open = rule.plan.clone();
    open.hops.iter_mut().for_each(|hop| hop.wanted.retain(|(property, _)| !tells(property)));
    if let Some(way) = first(&open) {
        return Obstacle::Told(way);
    }
    let joined = |number: usize| rule.plan.hops.iter().any(|HopSlot { from, to, .. }| [*from, *to].contains(&number));
    // Nodes that no relation leads to are looked for first: without them the others would be blamed.
    let mut numbers: Vec<usize> = (0..rule.plan.nodes.len()).collect();
    numbers.sort_by_key(|number| joined(*number));
    for number in numbers {
        if let Some(mut way) = first(&without(&rule.plan, Slot::Node(number))) {
            let name = rule.plan.nodes[number].heading.clone();
            if joined(number) {
                return Obstacle::Unfit(name, way);
            }
            way.names.retain(|(known, _)| *known != name);
            return Obstacle::Nobody(name, way);
        }
    }
    let mut open = rule.plan.clone();
    open.checks.clear();
    first(&open).map_or(Obstacle::Apart, Obstacle::Where)
}

/// Whether it says how a relation is told.
fn tells(property: &Property) -> bool {
    matches!(property, Property::Told | Property::Modality | Property::Polarity)
}

/// A plan that asks nothing of what stands there.
fn without(plan: &Plan, slot: Slot) -> Plan {
    let mut open = plan.clone();
    if let Slot::Node(number) = slot {
        open.nodes[number].types.clear();
        open.nodes[number].wanted.clear();
    }
    let inner = std::mem::take(&mut open.inner);
    open.checks.retain(|check| {
        let mut slots = Vec::new();
        check.slots(&inner, &mut slots);
        !slots.contains(&slot)
    });
    open.inner = inner;
    open
}

fn found(plan: &Plan, graph: &KnowledgeGraph) -> Vec<Match> {
    search(&Prepared::new(plan, graph, &[]), &Cell::new(MOST_LOOKS), MOST_WAYS).unwrap_or_default()
}

fn way(rule: &Inference, found: &Match, graph: &KnowledgeGraph) -> Way {
    let inside = graph.as_petgraph();
    let id = |index: NodeIndex| inside.node_weight(index).map(|node| node.id.clone()).unwrap_or_default();
    let edges: Vec<EdgeIndex> = found.hops.iter().flatten().copied().collect();
    let told_as: Vec<&Edge> = edges.iter().filter_map(|index| inside.edge_weight(*index)).collect();
    let names = rule.plan.nodes.iter().zip(&found.nodes).map(|(slot, index)| (slot.heading.clone(), id(*index)));
    Way {
        names: names.collect(),
        edges: told_as.iter().map(|edge| EdgeRef::from(*edge)).collect(),
        source: id(found.nodes[rule.source]),
        target: id(found.nodes[rule.target]),
        modality: told(&told_as),
    }
}
