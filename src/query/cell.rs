//! What stands in a row of an answer.

use std::cmp::Ordering;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::graph::{Edge, KnowledgeGraph, Node, Told};
use crate::motif::{Scalar, fold};

/// A relation, and whether the question reads it the way it runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hop<'g> {
    /// The relation.
    pub edge: &'g Edge,
    /// Whether it is read from its source to its target.
    pub forth: bool,
    /// Whether it has no direction.
    pub symmetric: bool,
}

/// One value of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'g> {
    /// Not known.
    Nothing,
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// A node.
    Node(&'g Node),
    /// A relation.
    Edge(Hop<'g>),
    /// Relations in a row, with the nodes between them.
    Way(Vec<Hop<'g>>, Vec<&'g Node>),
    /// Several values.
    List(Vec<Cell<'g>>),
}

impl From<Scalar<'_>> for Cell<'_> {
    fn from(scalar: Scalar<'_>) -> Self {
        match scalar {
            Scalar::Text(text) => Cell::Text(text.into_owned()),
            Scalar::Number(number) => Cell::Number(number),
        }
    }
}

impl<'g> Cell<'g> {
    /// The cell of several values: none, the one there is, or a list.
    pub(super) fn of(values: Vec<Cell<'g>>) -> Cell<'g> {
        match values.len() {
            0 => Cell::Nothing,
            1 => values.into_iter().next().unwrap_or(Cell::Nothing),
            _ => Cell::List(values),
        }
    }

    /// What tells it from every other cell.
    pub(super) fn key(&self) -> String {
        let of_edge = |edge: &Edge| format!("{}\u{0}{}\u{0}{}", edge.source, edge.target, edge.key);
        match self {
            Cell::Nothing => String::new(),
            Cell::Text(text) => format!("t{text}"),
            Cell::Number(number) => format!("n{number}"),
            Cell::Node(node) => format!("o{}", node.id),
            Cell::Edge(hop) => format!("e{}", of_edge(hop.edge)),
            Cell::Way(hops, _) => hops.iter().map(|hop| format!("w{}\u{0}", of_edge(hop.edge))).collect(),
            Cell::List(cells) => cells.iter().map(|cell| format!("l{}\u{0}", cell.key())).collect(),
        }
    }

    /// Numbers by size, everything else as it is shown, without case and accents; what is not known last.
    pub(super) fn compare(&self, other: &Cell<'_>) -> Ordering {
        match (self, other) {
            (Cell::Nothing, Cell::Nothing) => Ordering::Equal,
            (Cell::Nothing, _) => Ordering::Greater,
            (_, Cell::Nothing) => Ordering::Less,
            (Cell::Number(a), Cell::Number(b)) => a.total_cmp(b),
            (a, b) => {
                let (a, b) = (a.to_string(), b.to_string());
                fold(&a).cmp(&fold(&b)).then_with(|| a.cmp(&b))
            }
        }
    }

    /// Whether it is not known.
    pub(super) fn is_nothing(&self) -> bool {
        matches!(self, Cell::Nothing)
    }
}

/// A relation as it is told: `→ accused (alleged, 2019-07)`.
impl std::fmt::Display for Hop<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let arrow = match (self.symmetric, self.forth) {
            (true, _) => "",
            (false, true) => "→ ",
            (false, false) => "← ",
        };
        write!(f, "{arrow}{}", self.edge.type_name)?;
        let told = Told::of(self.edge);
        let told = (told != Told::As(crate::extract::Modality::Asserted)).then(|| told.name());
        let date = self.edge.attributes.get("date").map(String::as_str);
        let besides: Vec<&str> = told.into_iter().chain(date).collect();
        if besides.is_empty() { Ok(()) } else { write!(f, " ({})", besides.join(", ")) }
    }
}

/// As tables show it.
impl std::fmt::Display for Cell<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Cell::Nothing => Ok(()),
            Cell::Text(text) => f.write_str(text),
            Cell::Number(number) => write!(f, "{number}"),
            Cell::Node(node) => f.write_str(&node.name),
            Cell::Edge(hop) => hop.fmt(f),
            Cell::Way(hops, between) => {
                for (at, hop) in hops.iter().enumerate() {
                    if at > 0 {
                        write!(f, " · {} · ", between.get(at - 1).map_or("", |node| node.name.as_str()))?;
                    }
                    hop.fmt(f)?;
                }
                Ok(())
            }
            Cell::List(cells) => {
                for (at, cell) in cells.iter().enumerate() {
                    if at > 0 {
                        f.write_str(", ")?;
                    }
                    cell.fmt(f)?;
                }
                Ok(())
            }
        }
    }
}

/// As JSON has it: a node without the places where it is mentioned, a relation with its evidence.
impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Cell::Nothing => serializer.serialize_none(),
            Cell::Text(text) => serializer.serialize_str(text),
            // A count is a whole number in JSON, too.
            Cell::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
                serializer.serialize_i64(*number as i64)
            }
            Cell::Number(number) => serializer.serialize_f64(*number),
            Cell::Node(node) => {
                let mut map = serializer.serialize_map(None)?;
                map.serialize_entry("id", &node.id)?;
                map.serialize_entry("type", &node.type_name)?;
                map.serialize_entry("types", &node.types)?;
                map.serialize_entry("name", &node.name)?;
                map.serialize_entry("aliases", &node.aliases)?;
                map.serialize_entry("attributes", &node.attributes)?;
                map.serialize_entry("support", &node.support)?;
                map.end()
            }
            Cell::Edge(hop) => hop.edge.serialize(serializer),
            Cell::Way(hops, _) => serializer.collect_seq(hops.iter().map(|hop| hop.edge)),
            Cell::List(cells) => serializer.collect_seq(cells),
        }
    }
}

/// The relations of a place in a match, read from the node before them.
pub(super) fn way<'g>(graph: &'g KnowledgeGraph, edges: &[&'g Edge], from: &'g Node) -> Cell<'g> {
    let (mut at, mut between) = (from.id.as_str(), Vec::new());
    let mut hops = Vec::new();
    for edge in edges {
        let forth = edge.source == at;
        let symmetric = graph.manifest().relations.get(&edge.type_name).is_some_and(|style| style.symmetric);
        hops.push(Hop { edge, forth, symmetric });
        at = if forth { &edge.target } else { &edge.source };
        between.extend(graph.node(at));
    }
    between.pop();
    match hops.as_slice() {
        [only] => Cell::Edge(*only),
        _ => Cell::Way(hops, between),
    }
}
