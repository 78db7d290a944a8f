//! A graph as two tables: the columns that its nodes and edges need.
//!
//! Flat formats give every attribute a column of its own beside the fixed ones. An attribute may have any name, that of a
//! fixed column included; each gets a column name that no other has.

use std::collections::BTreeSet;

use crate::graph::KnowledgeGraph;

/// Names that no attribute of a node gets: its fixed columns, and what formats add to them.
const NODE: [&str; 11] =
    ["type", "types", "name", "aliases", "support", "offices", "mentions", "id", "label", "start", "end"];
/// The same for an edge.
const EDGE: [&str; 19] = [
    "source",
    "target",
    "key",
    "type",
    "label",
    "modality",
    "polarity",
    "confidence",
    "support",
    "sources",
    "origin",
    "symmetric",
    "evidence",
    "id",
    "weight",
    "number",
    "kind",
    "start",
    "end",
];

/// Attributes that occur and the column of each, by attribute.
#[derive(Debug)]
pub(super) struct Columns<'g> {
    columns: Vec<(&'g str, String)>,
}

impl<'g> Columns<'g> {
    /// Those of the nodes.
    pub(super) fn of_nodes(graph: &'g KnowledgeGraph, spelling: Spelling) -> Self {
        Self::of(graph.nodes().flat_map(|node| node.attributes.keys()), &NODE, spelling)
    }

    /// Those of the edges.
    pub(super) fn of_edges(graph: &'g KnowledgeGraph, spelling: Spelling) -> Self {
        Self::of(graph.edges().flat_map(|edge| edge.attributes.keys()), &EDGE, spelling)
    }

    fn of(attributes: impl Iterator<Item = &'g String>, fixed: &[&str], spelling: Spelling) -> Self {
        let attributes: BTreeSet<&str> = attributes.map(String::as_str).collect();
        // Databases take names that differ in case alone for one.
        let mut taken: BTreeSet<String> = fixed.iter().map(|name| (*name).to_owned()).collect();
        let columns = attributes.into_iter().map(|attribute| {
            let mut column = spelling.of(attribute);
            while !taken.insert(column.to_lowercase()) {
                column.insert_str(0, "attribute_");
            }
            (attribute, column)
        });
        Columns { columns: columns.collect() }
    }

    /// Number and name of each column.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|(_, column)| column.as_str())
    }

    /// Every attribute, in the order of the columns.
    pub(super) fn attributes(&self) -> impl Iterator<Item = &'g str> {
        self.columns.iter().map(|(attribute, _)| *attribute)
    }

    /// Where the column of an attribute stands among these.
    pub(super) fn position(&self, attribute: &str) -> usize {
        self.columns.partition_point(|(known, _)| *known < attribute)
    }

    /// The column of an attribute.
    pub(super) fn name(&self, attribute: &str) -> &str {
        self.columns.get(self.position(attribute)).map_or("", |(_, column)| column)
    }
}

/// Which names a format lets columns have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelling {
    /// Any.
    Free,
    /// Letters, digits and underscores of ASCII, a letter first: what every database takes unquoted.
    Plain,
}

impl Spelling {
    fn of(self, attribute: &str) -> String {
        if self == Spelling::Free {
            return attribute.to_owned();
        }
        let mut column: String =
            attribute.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '_' }).collect();
        if !column.starts_with(|c: char| c.is_ascii_alphabetic()) {
            column.insert_str(0, "attribute_");
        }
        column
    }
}
