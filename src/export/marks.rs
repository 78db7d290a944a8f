//! Marks of what was gained, lost or changed between two graphs, for a drawing of both.
//!
//! Plain data by id, so that a drawing depends on nobody's way of comparing. In a marked drawing colour says what happened
//! and nothing else; a sign before each label says it again, for eyes that do not tell green from red.

use std::collections::BTreeMap;

use crate::graph::{Edge, Node, Shape};

/// What happened to a node or an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// It is there only afterwards.
    Gained,
    /// It was there only before.
    Lost,
    /// It is there in both, otherwise told.
    Changed,
}

/// Marks by node id, and by source, target and key of an edge. What has none is drawn faintly.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    /// Of nodes.
    pub nodes: BTreeMap<String, Mark>,
    /// Of edges.
    pub edges: BTreeMap<(String, String, u32), Mark>,
}

impl Marks {
    pub(super) fn of_node(&self, node: &Node) -> Option<Mark> {
        self.nodes.get(&node.id).copied()
    }

    pub(super) fn of_edge(&self, edge: &Edge) -> Option<Mark> {
        self.edges.get(&(edge.source.clone(), edge.target.clone(), edge.key)).copied()
    }
}

/// Fill and border of a node with a mark.
pub(super) fn paint(mark: Option<Mark>) -> (&'static str, &'static str) {
    match mark {
        Some(Mark::Gained) => ("#d9f2e0", "#1a7f37"),
        Some(Mark::Lost) => ("#fbdedb", "#c0392b"),
        Some(Mark::Changed) => ("#fdf0cc", "#9a6700"),
        None => ("#f5f6f8", "#9aa5b1"),
    }
}

/// What stands before the label of an edge with a mark.
pub(super) fn sign(mark: Option<Mark>) -> &'static str {
    match mark {
        Some(Mark::Gained) => "+ ",
        Some(Mark::Lost) => "− ",
        Some(Mark::Changed) => "~ ",
        None => "",
    }
}

/// Legend entries for the marks that occur: name, outline, fill.
pub(super) fn legend(found: impl Iterator<Item = Option<Mark>>) -> Vec<(String, Shape, String, bool)> {
    let mut kinds: Vec<Option<Mark>> = found.collect();
    kinds.sort_by_key(|kind| (kind.is_none(), *kind));
    kinds.dedup();
    let name = |kind: Option<Mark>| match kind {
        Some(Mark::Gained) => "+ gained",
        Some(Mark::Lost) => "− lost",
        Some(Mark::Changed) => "~ changed",
        None => "as before",
    };
    kinds.into_iter().map(|kind| (name(kind).to_owned(), Shape::Box, paint(kind).0.to_owned(), false)).collect()
}
