//! What the graph takes from a pack: types, relations, drawing and the rules of identity.
//!
//! Plain data, filled from the compiled rule set, so that the graph depends on no rule file's shape and every word it
//! compares names by (particles, spellings, offices) comes from the pack.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Everything a pack tells the graph.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GraphSchema {
    /// The types of nodes.
    pub types: Vec<TypeInfo>,
    /// The types of edges, event roles among them.
    pub relations: Vec<RelationInfo>,
    /// Where these rules come from.
    pub pack: PackInfo,
    /// How two mentions of two documents are found to be one entity.
    pub identity: IdentityRules,
}

/// Which pack made a graph.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PackInfo {
    /// The pack's name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// SHA-256 over its files, in lower-case hexadecimal.
    pub sha256: String,
}

/// One type of node.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TypeInfo {
    /// Its name, such as `Minister`.
    pub name: String,
    /// From the narrowest to the broadest, the type itself first.
    pub ancestors: Vec<String>,
    /// First part of its nodes' ids, such as `person`.
    pub prefix: String,
    /// How its nodes are drawn.
    pub draw: NodeStyle,
}

/// The outline of a node in a drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// A rectangle with round corners.
    #[default]
    Rounded,
    /// A rectangle.
    Box,
    /// An ellipse.
    Ellipse,
    /// A diamond; small, with its text beside it.
    Diamond,
    /// A hexagon.
    Hexagon,
}

impl Shape {
    /// The shape of that name, as rule files write it; `octagon` is drawn as a hexagon.
    pub fn parse(name: &str) -> Option<Shape> {
        Some(match name {
            "rounded" => Shape::Rounded,
            "box" => Shape::Box,
            "ellipse" => Shape::Ellipse,
            "diamond" => Shape::Diamond,
            "hexagon" | "octagon" => Shape::Hexagon,
            _ => return None,
        })
    }
}

/// How the nodes of a type are drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct NodeStyle {
    /// The outline's form.
    #[serde(default)]
    pub shape: Shape,
    /// Fill, a CSS colour name or `#rrggbb`; empty for the drawing's default.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub fill: String,
    /// Colour of the outline; empty for the drawing's default.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub border: String,
    /// Attributes shown under the name, such as `office` and `country`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub detail: Vec<String>,
}

/// One type of edge: a relation or the role that a participant plays in an event.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RelationInfo {
    /// Its name, such as `met-with`.
    pub name: String,
    /// What stands on the edge in a drawing.
    pub label: String,
    /// Whether the relation holds both ways, so that it has no arrow head and one node order.
    pub symmetric: bool,
    /// For an event role: the edge runs from the event to its filler (a place) instead of the other way.
    pub outward: bool,
    /// Codes of other schemes by scheme name, such as `plover` and `cameo`.
    pub codes: BTreeMap<String, String>,
    /// How it is drawn.
    pub draw: EdgeStyle,
}

/// How the edges of a relation are drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct EdgeStyle {
    /// Stroke, a CSS colour name or `#rrggbb`; empty for the drawing's default.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub color: String,
}

/// How entities of different documents are found to be the same.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct IdentityRules {
    /// Broadest types whose names are personal names, which match part by part (`Person`). All other names match whole.
    pub personal: Vec<String>,
    /// Names that are one entity, in groups; they win over every other rule.
    pub same: Vec<Vec<String>>,
    /// Names that are never one entity.
    pub never_same: Vec<(String, String)>,
    /// Rewrites applied in this order to a folded lower-case token, each everywhere it stands: `("kh", "h")`.
    pub transliteration: Vec<(String, String)>,
    /// Name parts that may be missing and never tell two people apart, folded: `al`, `bin`.
    pub particles: Vec<String>,
    /// Letters that transliterations disagree about and that therefore cost half when they differ: `aeiouy`.
    pub vowels: String,
    /// Groups of letters that transliterations mix up and that cost half when one stands for the other: `kg`.
    pub near: Vec<String>,
    /// Values of the first distinguishing attribute of people whose names may begin with the family name: `China`.
    pub family_first: Vec<String>,
    /// Attributes of which one person has one value for good, so that two values are two people: `country`, `gender`.
    pub distinguishing: Vec<String>,
    /// Attributes that may change but that a bare surname needs in agreement: `office`.
    pub roles: Vec<String>,
    /// Attributes that make two nameless entities one: `country`, `office`.
    pub nameless: Vec<String>,
    /// By attribute, groups of values that mean the same; the first stands for all.
    pub equivalent: BTreeMap<String, Vec<Vec<String>>>,
    /// By attribute, values that say too little to contradict another: `general` as an office.
    pub vague: BTreeMap<String, Vec<String>>,
    /// How offices begin and end.
    pub tenure: TenureRules,
}

/// What tells when an office is held.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TenureRules {
    /// The attribute that says how an office is held: `status`.
    pub attribute: String,
    /// Values of it with which the office is no longer held: `former`.
    pub past: Vec<String>,
    /// Values of it with which the office is not held yet: `elect`.
    pub future: Vec<String>,
    /// Relations whose target enters an office: `appointed`.
    pub begins: Vec<String>,
    /// Relations whose target leaves one: `dismissed`.
    pub ends: Vec<String>,
}

impl GraphSchema {
    /// The type of that name.
    pub fn type_info(&self, name: &str) -> Option<&TypeInfo> {
        self.types.iter().find(|info| info.name == name)
    }

    /// The relation or role of that name.
    pub fn relation(&self, name: &str) -> Option<&RelationInfo> {
        self.relations.iter().find(|info| info.name == name)
    }

    /// A type and its broader types, narrowest first; a type that the schema does not know stands alone.
    pub fn ancestors(&self, name: &str) -> Vec<String> {
        match self.type_info(name) {
            Some(info) if !info.ancestors.is_empty() => info.ancestors.clone(),
            _ => vec![name.to_string()],
        }
    }

    /// The broadest type above a type.
    pub fn root<'a>(&'a self, name: &'a str) -> &'a str {
        self.type_info(name).and_then(|info| info.ancestors.last()).map_or(name, String::as_str)
    }
}
