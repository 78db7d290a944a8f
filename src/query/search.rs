//! Looks for every match of a prepared plan.
//!
//! A relation stands in a match once, as openCypher has it, so that rows of relations end. A relation that its pack calls
//! symmetric is followed both ways, whichever way it is asked for.

use std::cell::Cell;

use petgraph::Direction as Way;
use petgraph::stable_graph::{EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;

use super::prepare::{Prepared, Step};
use super::value::{holds, of_edge, of_node};
use crate::motif::{Check, Compare, Direction, Operand, Scalar, Slot};

/// Most matches of a question.
const MOST_MATCHES: usize = 1_000_000;
/// Most relations that are looked at.
const MOST_LOOKS: u64 = 200_000_000;

/// A question that finds more than can be of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooMany;

/// Where each part of the patterns was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Match {
    pub nodes: Vec<NodeIndex>,
    pub hops: Vec<Vec<EdgeIndex>>,
}

/// Every match, in the order of the ids of its nodes.
pub(crate) fn matches(prepared: &Prepared<'_, '_>) -> Result<Vec<Match>, TooMany> {
    search(prepared, &Cell::new(MOST_LOOKS), MOST_MATCHES)
}

/// Every match, where there are at most so many, found by looking at no more relations than there are looks left.
pub(crate) fn search(prepared: &Prepared<'_, '_>, looks: &Cell<u64>, most: usize) -> Result<Vec<Match>, TooMany> {
    let mut search = Search::new(prepared, looks, false);
    search.most = most;
    search.go(0)?;
    let mut found = search.found;
    found.sort_unstable();
    Ok(found)
}

struct Search<'s, 'p, 'g> {
    prepared: &'s Prepared<'p, 'g>,
    looks: &'s Cell<u64>,
    /// Whether one match is enough.
    any: bool,
    most: usize,
    nodes: Vec<Option<NodeIndex>>,
    hops: Vec<Vec<EdgeIndex>>,
    /// Relations of the match so far: few, so that a list is quick.
    used: Vec<EdgeIndex>,
    found: Vec<Match>,
}

impl<'s, 'p, 'g> Search<'s, 'p, 'g> {
    fn new(prepared: &'s Prepared<'p, 'g>, looks: &'s Cell<u64>, any: bool) -> Self {
        Search {
            prepared,
            looks,
            any,
            most: MOST_MATCHES,
            nodes: vec![None; prepared.plan.nodes.len()],
            hops: vec![Vec::new(); prepared.plan.hops.len()],
            used: Vec::new(),
            found: Vec::new(),
        }
    }

    fn enough(&self) -> bool {
        self.any && !self.found.is_empty()
    }

    /// Goes on after so many steps.
    fn go(&mut self, done: usize) -> Result<(), TooMany> {
        let prepared = self.prepared;
        for check in &prepared.checks[done] {
            if !self.passes(check)? {
                return Ok(());
            }
        }
        match prepared.steps.get(done) {
            None => {
                if self.found.len() == self.most {
                    return Err(TooMany);
                }
                let nodes = self.nodes.iter().flatten().copied().collect();
                let mut hops = self.hops.clone();
                for step in &prepared.steps {
                    // A row that was followed from its end is kept as the question reads it.
                    if let Step::Follow(hop, true) = step {
                        hops[*hop].reverse();
                    }
                }
                self.found.push(Match { nodes, hops });
                Ok(())
            }
            Some(Step::Start(slot)) => self.try_each(done, *slot, prepared.candidates(*slot)),
            Some(Step::Join(number)) => {
                let join = &prepared.joins[*number];
                let values = self.node(join.other).map(|node| of_node(node, &join.its)).unwrap_or_default();
                let nodes = join.having(&values).unwrap_or_else(|| prepared.candidates(join.slot));
                self.try_each(done, join.slot, nodes)
            }
            Some(Step::Follow(hop, reversed)) => {
                let slot = &prepared.plan.hops[*hop];
                let near = if *reversed { slot.to } else { slot.from };
                // Steps only follow from nodes that are there.
                let Some(here) = self.nodes[near] else { return Ok(()) };
                self.follow(done, *hop, *reversed, here, 0)
            }
        }
    }

    fn try_each(&mut self, done: usize, slot: usize, nodes: Vec<NodeIndex>) -> Result<(), TooMany> {
        for node in nodes {
            self.look()?;
            self.nodes[slot] = Some(node);
            self.go(done + 1)?;
            self.nodes[slot] = None;
            if self.enough() {
                break;
            }
        }
        Ok(())
    }

    /// Follows a row of relations, of which so many are taken.
    fn follow(&mut self, done: usize, hop: usize, back: bool, here: NodeIndex, taken: u32) -> Result<(), TooMany> {
        let prepared = self.prepared;
        let slot = &prepared.plan.hops[hop];
        let (least, most) = slot.length.unwrap_or((1, 1));
        if taken >= least {
            self.arrive(done, if back { slot.from } else { slot.to }, here)?;
        }
        if taken == most || self.enough() {
            return Ok(());
        }
        let along = match (slot.direction, back) {
            (Direction::Either, _) => None,
            (Direction::Forth, false) | (Direction::Back, true) => Some(Way::Outgoing),
            (Direction::Forth, true) | (Direction::Back, false) => Some(Way::Incoming),
        };
        let graph = prepared.graph.as_petgraph();
        let relations = &prepared.graph.manifest().relations;
        for way in [Way::Outgoing, Way::Incoming] {
            for edge in graph.edges_directed(here, way) {
                self.look()?;
                let turned = along.is_some_and(|along| along != way);
                let symmetric = || relations.get(&edge.weight().type_name).is_some_and(|style| style.symmetric);
                let loops = edge.source() == edge.target() && way == Way::Incoming;
                let index = edge.id().index();
                if self.used.contains(&edge.id()) || !prepared.edges[hop][index] || loops || turned && !symmetric() {
                    continue;
                }
                let there = if way == Way::Outgoing { edge.target() } else { edge.source() };
                self.used.push(edge.id());
                self.hops[hop].push(edge.id());
                let followed = self.follow(done, hop, back, there, taken + 1);
                self.hops[hop].pop();
                self.used.pop();
                followed?;
                if self.enough() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// Puts a node where a row of relations ends, if it may stand there.
    fn arrive(&mut self, done: usize, slot: usize, node: NodeIndex) -> Result<(), TooMany> {
        match self.nodes[slot] {
            Some(there) if there == node => self.go(done + 1),
            None if self.prepared.fits[slot][node.index()] => {
                self.nodes[slot] = Some(node);
                let went = self.go(done + 1);
                self.nodes[slot] = None;
                went
            }
            _ => Ok(()),
        }
    }

    fn look(&self) -> Result<(), TooMany> {
        let left = self.looks.get().checked_sub(1).ok_or(TooMany)?;
        self.looks.set(left);
        Ok(())
    }

    fn passes(&self, check: &Check) -> Result<bool, TooMany> {
        Ok(match check {
            Check::All(checks) => {
                for check in checks {
                    if !self.passes(check)? {
                        return Ok(false);
                    }
                }
                true
            }
            Check::Any(checks) => {
                for check in checks {
                    if self.passes(check)? {
                        return Ok(true);
                    }
                }
                false
            }
            Check::Not(check) => !self.passes(check)?,
            Check::Compare(Operand::Slot(a), compare, Operand::Slot(b)) => {
                self.is_same(*a, *b) == (*compare == Compare::Equal)
            }
            Check::Compare(left, compare, right) => holds(&self.values(left), *compare, &self.values(right)),
            Check::Matches(operand, regex) => self.values(operand).iter().any(|value| match value {
                Scalar::Text(text) => regex.is_match(text),
                Scalar::Number(number) => regex.is_match(&number.to_string()),
            }),
            Check::Unknown(operand) => self.values(operand).is_empty(),
            Check::Typed(node, types) => {
                self.node(*node).is_some_and(|node| node.types.iter().any(|t| types.contains(t)))
            }
            Check::Exists(number) => return self.exists(*number),
        })
    }

    fn exists(&self, number: usize) -> Result<bool, TooMany> {
        let inner = &self.prepared.inner[number];
        let mut search = Search::new(inner, self.looks, true);
        for (own, outer) in &self.prepared.plan.inner[number].shared {
            let Some(node) = self.nodes[*outer].filter(|node| inner.fits[*own][node.index()]) else { return Ok(false) };
            search.nodes[*own] = Some(node);
        }
        search.go(0)?;
        Ok(!search.found.is_empty())
    }

    fn is_same(&self, a: Slot, b: Slot) -> bool {
        match (a, b) {
            (Slot::Node(a), Slot::Node(b)) => self.nodes[a] == self.nodes[b],
            (Slot::Hop(a), Slot::Hop(b)) => self.hops[a] == self.hops[b],
            _ => false,
        }
    }

    fn node(&self, slot: usize) -> Option<&'g crate::graph::Node> {
        self.nodes[slot].and_then(|index| self.prepared.graph.as_petgraph().node_weight(index))
    }

    fn values<'v>(&self, operand: &'v Operand) -> Vec<Scalar<'v>>
    where
        'g: 'v,
    {
        let graph = self.prepared.graph;
        match operand {
            Operand::Literal(values) => values.clone(),
            Operand::Property(Slot::Node(slot), property) => {
                self.node(*slot).map(|node| of_node(node, property)).unwrap_or_default()
            }
            Operand::Property(Slot::Hop(slot), property) => {
                let edges = self.hops[*slot].iter().filter_map(|index| graph.as_petgraph().edge_weight(*index));
                edges.flat_map(|edge| of_edge(graph, edge, property)).collect()
            }
            Operand::Slot(_) => Vec::new(),
        }
    }
}
