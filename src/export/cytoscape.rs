//! Cytoscape JSON (`.cyjs`), which Cytoscape.js and the Cytoscape desktop program read.
//!
//! Attributes stand beside the fixed data, where selectors and style mappings reach them; lists stay lists. Types, relation
//! and way of saying are also classes, and a style sheet in the pack's colours comes along.

use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::json;

use super::columns::{Columns, Spelling};
use super::words;
use crate::extract::{Modality, Polarity};
use crate::graph::{Edge, KnowledgeGraph, Node, Shape};

/// Writes the graph as Cytoscape JSON.
pub(super) fn cytoscape<W: Write>(graph: &KnowledgeGraph, out: &mut W) -> io::Result<()> {
    let (nodes, edges) = (Columns::of_nodes(graph, Spelling::Free), Columns::of_edges(graph, Spelling::Free));
    out.write_all(b"{\"format_version\":\"1.0\",\"generated_by\":\"attache\",\"data\":")?;
    serde_json::to_writer(&mut *out, graph.manifest())?;
    out.write_all(b",\n\"elements\":{\"nodes\":[")?;
    for (number, node) in graph.nodes().enumerate() {
        out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &NodeElement { node, columns: &nodes })?;
    }
    out.write_all(b"\n],\"edges\":[")?;
    let prefix = edge_prefix(graph);
    for (number, edge) in graph.edges().enumerate() {
        out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
        let element = EdgeElement {
            edge,
            id: format!("{prefix}{number}"),
            symmetric: words::is_symmetric(graph, edge),
            columns: &edges,
        };
        serde_json::to_writer(&mut *out, &element)?;
    }
    out.write_all(b"\n]},\n\"style\":")?;
    serde_json::to_writer(&mut *out, &style(graph))?;
    out.write_all(b"}\n")
}

/// What ids of edges begin with and ids of nodes do not: the two share one space.
fn edge_prefix(graph: &KnowledgeGraph) -> String {
    let mut prefix = String::from("edge-");
    while graph.nodes().any(|node| node.id.starts_with(&prefix)) {
        prefix.push('-');
    }
    prefix
}

struct NodeElement<'a> {
    node: &'a Node,
    columns: &'a Columns<'a>,
}

impl Serialize for NodeElement<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut element = serializer.serialize_map(Some(2))?;
        element.serialize_entry("data", &NodeData(self))?;
        let classes: Vec<String> = self.node.types.iter().map(|name| class(name)).collect();
        element.serialize_entry("classes", &classes.join(" "))?;
        element.end()
    }
}

struct NodeData<'a>(&'a NodeElement<'a>);

impl Serialize for NodeData<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let node = self.0.node;
        let mut data = serializer.serialize_map(None)?;
        data.serialize_entry("id", &node.id)?;
        data.serialize_entry("type", &node.type_name)?;
        data.serialize_entry("types", &node.types)?;
        data.serialize_entry("name", &node.name)?;
        data.serialize_entry("aliases", &node.aliases)?;
        data.serialize_entry("support", &node.support)?;
        if !node.offices.is_empty() {
            data.serialize_entry("offices", &node.offices)?;
        }
        for (attribute, value) in &node.attributes {
            data.serialize_entry(self.0.columns.name(attribute), value)?;
        }
        data.serialize_entry("mentions", &node.mentions)?;
        data.end()
    }
}

struct EdgeElement<'a> {
    edge: &'a Edge,
    id: String,
    symmetric: bool,
    columns: &'a Columns<'a>,
}

impl Serialize for EdgeElement<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut element = serializer.serialize_map(Some(2))?;
        element.serialize_entry("data", &EdgeData(self))?;
        let edge = self.edge;
        let told = [words::modality(edge.modality), words::polarity(edge.polarity)];
        let direction = if self.symmetric { " symmetric" } else { "" };
        let classes = format!("{} {} {}{direction}", class(&edge.type_name), told[0], told[1]);
        element.serialize_entry("classes", &classes)?;
        element.end()
    }
}

struct EdgeData<'a>(&'a EdgeElement<'a>);

impl Serialize for EdgeData<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let edge = self.0.edge;
        let mut data = serializer.serialize_map(None)?;
        data.serialize_entry("id", &self.0.id)?;
        data.serialize_entry("source", &edge.source)?;
        data.serialize_entry("target", &edge.target)?;
        data.serialize_entry("key", &edge.key)?;
        data.serialize_entry("type", &edge.type_name)?;
        data.serialize_entry("label", &edge.label)?;
        data.serialize_entry("modality", words::modality(edge.modality))?;
        data.serialize_entry("polarity", words::polarity(edge.polarity))?;
        data.serialize_entry("confidence", &edge.confidence)?;
        data.serialize_entry("support", &edge.support)?;
        data.serialize_entry("sources", &edge.sources)?;
        data.serialize_entry("origin", words::origin(edge.origin))?;
        data.serialize_entry("symmetric", &self.0.symmetric)?;
        for (attribute, value) in &edge.attributes {
            data.serialize_entry(self.0.columns.name(attribute), value)?;
        }
        data.serialize_entry("evidence", &edge.evidence)?;
        if !edge.grounds.is_empty() {
            data.serialize_entry("grounds", &edge.grounds)?;
        }
        data.end()
    }
}

/// A name as a class: what CSS takes unquoted.
fn class(name: &str) -> String {
    let mut class: String = name.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '_' }).collect();
    if !class.starts_with(char::is_alphabetic) {
        class.insert(0, '_');
    }
    class
}

fn is_color(css: &str) -> bool {
    csscolorparser::parse(css).is_ok()
}

fn style(graph: &KnowledgeGraph) -> serde_json::Value {
    let manifest = graph.manifest();
    let mut rules = vec![
        json!({"selector": "node", "style": {"label": "data(name)", "background-color": "#eef1f5",
            "border-color": "#55606e", "border-width": 1, "text-valign": "center", "text-wrap": "wrap"}}),
        json!({"selector": "edge", "style": {"label": "data(label)", "width": 1.5, "line-color": "#55606e",
            "target-arrow-color": "#55606e", "target-arrow-shape": "triangle", "curve-style": "bezier", "font-size": 9}}),
    ];
    for (name, style) in &manifest.types {
        let shape = match (style.event, style.draw.shape) {
            (true, _) | (_, Shape::Diamond) => "diamond",
            (_, Shape::Rounded) => "round-rectangle",
            (_, Shape::Box) => "rectangle",
            (_, Shape::Ellipse) => "ellipse",
            (_, Shape::Hexagon) => "hexagon",
        };
        let mut drawn = json!({"shape": shape});
        if is_color(&style.draw.fill) {
            drawn["background-color"] = json!(style.draw.fill);
        }
        if is_color(&style.draw.border) {
            drawn["border-color"] = json!(style.draw.border);
        }
        rules.push(json!({"selector": format!("node.{}", class(name)), "style": drawn}));
    }
    for (name, style) in manifest.relations.iter().filter(|(_, style)| is_color(&style.draw.color)) {
        let color = &style.draw.color;
        let selector = format!("edge.{}", class(name));
        rules.push(json!({"selector": selector, "style": {"line-color": color, "target-arrow-color": color}}));
    }
    let lines = [
        (words::modality(Modality::Planned), "dashed"),
        (words::modality(Modality::Requested), "dashed"),
        (words::modality(Modality::Possible), "dotted"),
        (words::modality(Modality::Alleged), "dotted"),
    ];
    for (modality, line) in lines {
        rules.push(json!({"selector": format!("edge.{modality}"), "style": {"line-style": line}}));
    }
    let denied = words::polarity(Polarity::Negative);
    rules.push(
        json!({"selector": format!("edge.{denied}"), "style": {"line-style": "dashed", "target-arrow-shape": "tee"}}),
    );
    rules.push(json!({"selector": "edge.symmetric", "style": {"target-arrow-shape": "none"}}));
    serde_json::Value::Array(rules)
}
