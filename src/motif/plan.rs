//! A question as it is answered: names resolved to places in a match, types and relations to those of the graph.

use regex::Regex;

use super::ast::{Compare, Direction, Total};
use super::value::{Property, Scalar};

/// A place in a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Slot {
    Node(usize),
    Hop(usize),
}

/// Values of which a property must have one.
pub(crate) type Wanted = (Property, Vec<Scalar<'static>>);

/// What a node must be.
#[derive(Debug, Clone, Default)]
pub(crate) struct NodeSlot {
    /// Of each list one type, itself or a broader one of the node's.
    pub types: Vec<Vec<String>>,
    pub wanted: Vec<Wanted>,
    pub heading: String,
}

/// What must lead from one node to another.
#[derive(Debug, Clone)]
pub(crate) struct HopSlot {
    pub from: usize,
    pub to: usize,
    /// Empty for any.
    pub relations: Vec<String>,
    pub wanted: Vec<Wanted>,
    pub direction: Direction,
    /// Least and most relations in a row; none for exactly one.
    pub length: Option<(u32, u32)>,
    pub heading: String,
}

/// What has values.
#[derive(Debug, Clone)]
pub(crate) enum Operand {
    Slot(Slot),
    Property(Slot, Property),
    Literal(Vec<Scalar<'static>>),
}

/// A condition.
#[derive(Debug, Clone)]
pub(crate) enum Check {
    All(Vec<Check>),
    Any(Vec<Check>),
    Not(Box<Check>),
    Compare(Operand, Compare, Operand),
    Matches(Operand, Regex),
    Unknown(Operand),
    Typed(usize, Vec<String>),
    /// Number of a pattern in [`Plan::inner`].
    Exists(usize),
}

/// A pattern that must have a match besides.
#[derive(Debug, Clone)]
pub(crate) struct Inner {
    pub plan: Plan,
    /// Its nodes that are nodes of the plan around it: inner and outer number.
    pub shared: Vec<(usize, usize)>,
}

/// What is shown in a column.
#[derive(Debug, Clone)]
pub(crate) enum Shows {
    Each(Operand),
    Total(Total, bool, Option<Operand>),
}

/// A column.
#[derive(Debug, Clone)]
pub(crate) struct PlannedColumn {
    pub heading: String,
    pub shows: Shows,
}

/// A whole question against one graph.
#[derive(Debug, Clone, Default)]
pub(crate) struct Plan {
    pub nodes: Vec<NodeSlot>,
    pub hops: Vec<HopSlot>,
    /// All of them must hold.
    pub checks: Vec<Check>,
    pub inner: Vec<Inner>,
    pub columns: Vec<PlannedColumn>,
    pub distinct: bool,
    /// Columns to sort by, and whether the greatest comes first.
    pub order: Vec<(usize, bool)>,
    pub skip: usize,
    pub limit: Option<usize>,
}

impl Operand {
    fn slots(&self, found: &mut Vec<Slot>) {
        match self {
            Operand::Slot(slot) | Operand::Property(slot, _) => found.push(*slot),
            Operand::Literal(_) => {}
        }
    }
}

impl Check {
    /// Adds the places that it looks at.
    pub(crate) fn slots(&self, inner: &[Inner], found: &mut Vec<Slot>) {
        match self {
            Check::All(checks) | Check::Any(checks) => checks.iter().for_each(|check| check.slots(inner, found)),
            Check::Not(check) => check.slots(inner, found),
            Check::Compare(left, _, right) => {
                left.slots(found);
                right.slots(found);
            }
            Check::Matches(operand, _) | Check::Unknown(operand) => operand.slots(found),
            Check::Typed(node, _) => found.push(Slot::Node(*node)),
            Check::Exists(number) => {
                found.extend(inner[*number].shared.iter().map(|(_, outer)| Slot::Node(*outer)));
            }
        }
    }
}
