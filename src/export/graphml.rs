//! GraphML, which NetworkX, igraph, Gephi, yEd and Cytoscape read.
//!
//! Every attribute has a key of its own. What GraphML has no type for, lists and places in texts, is JSON inside a
//! string. All edges are written as directed, because NetworkX refuses a file that mixes both kinds; `symmetric` tells.

use std::io::{self, Write};

use serde::Serialize;

use super::columns::{Columns, Spelling};
use super::escape::{Escaping, xml};
use super::words;
use crate::graph::{Edge, KnowledgeGraph, Node};

const NODE_KEYS: [(&str, &str); 7] = [
    ("type", "string"),
    ("types", "string"),
    ("name", "string"),
    ("aliases", "string"),
    ("support", "int"),
    ("mentions", "string"),
    ("offices", "string"),
];
const EDGE_KEYS: [(&str, &str); 11] = [
    ("key", "int"),
    ("type", "string"),
    ("label", "string"),
    ("modality", "string"),
    ("polarity", "string"),
    ("confidence", "double"),
    ("support", "int"),
    ("origin", "string"),
    ("symmetric", "boolean"),
    ("evidence", "string"),
    ("sources", "int"),
];
const GRAPH_KEYS: [&str; 4] = ["generator", "generator_version", "pack", "documents"];

/// Writes the graph as GraphML.
pub(super) fn graphml<W: Write>(graph: &KnowledgeGraph, out: &mut W) -> io::Result<()> {
    let (nodes, edges) = (Columns::of_nodes(graph, Spelling::Free), Columns::of_edges(graph, Spelling::Free));
    out.write_all(
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" \
          xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns \
          http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n",
    )?;
    for (number, name) in GRAPH_KEYS.iter().enumerate() {
        key(out, 'g', number, "graph", name, "string")?;
    }
    let fixed = NODE_KEYS.iter().map(|(name, kind)| (*name, *kind)).chain(nodes.names().map(|name| (name, "string")));
    for (number, (name, kind)) in fixed.enumerate() {
        key(out, 'n', number, "node", name, kind)?;
    }
    let fixed = EDGE_KEYS.iter().map(|(name, kind)| (*name, *kind)).chain(edges.names().map(|name| (name, "string")));
    for (number, (name, kind)) in fixed.enumerate() {
        key(out, 'e', number, "edge", name, kind)?;
    }
    out.write_all(b"<graph edgedefault=\"directed\">\n")?;
    let manifest = graph.manifest();
    text(out, 'g', 0, &manifest.generator)?;
    text(out, 'g', 1, &manifest.generator_version)?;
    json(out, 'g', 2, &manifest.pack)?;
    json(out, 'g', 3, &manifest.documents)?;
    for each in graph.nodes() {
        node(out, each, &nodes)?;
    }
    for (number, each) in graph.edges().enumerate() {
        edge(out, graph, number, each, &edges)?;
    }
    out.write_all(b"</graph>\n</graphml>\n")
}

fn key<W: Write>(out: &mut W, of: char, number: usize, what: &str, name: &str, kind: &str) -> io::Result<()> {
    write!(out, "<key id=\"{of}{number}\" for=\"{what}\" attr.name=\"")?;
    xml(out, name)?;
    writeln!(out, "\" attr.type=\"{kind}\"/>")
}

fn node<W: Write>(out: &mut W, node: &Node, columns: &Columns<'_>) -> io::Result<()> {
    out.write_all(b"<node id=\"")?;
    xml(out, &node.id)?;
    out.write_all(b"\">\n")?;
    text(out, 'n', 0, &node.type_name)?;
    json(out, 'n', 1, &node.types)?;
    text(out, 'n', 2, &node.name)?;
    json(out, 'n', 3, &node.aliases)?;
    writeln!(out, "<data key=\"n4\">{}</data>", node.support)?;
    json(out, 'n', 5, &node.mentions)?;
    json(out, 'n', 6, &node.offices)?;
    for (attribute, value) in &node.attributes {
        text(out, 'n', NODE_KEYS.len() + columns.position(attribute), value)?;
    }
    out.write_all(b"</node>\n")
}

fn edge<W: Write>(
    out: &mut W,
    graph: &KnowledgeGraph,
    number: usize,
    edge: &Edge,
    columns: &Columns<'_>,
) -> io::Result<()> {
    write!(out, "<edge id=\"e{number}\" source=\"")?;
    xml(out, &edge.source)?;
    out.write_all(b"\" target=\"")?;
    xml(out, &edge.target)?;
    writeln!(out, "\">\n<data key=\"e0\">{}</data>", edge.key)?;
    text(out, 'e', 1, &edge.type_name)?;
    text(out, 'e', 2, &edge.label)?;
    text(out, 'e', 3, words::modality(edge.modality))?;
    text(out, 'e', 4, words::polarity(edge.polarity))?;
    writeln!(out, "<data key=\"e5\">{}</data>", edge.confidence)?;
    writeln!(out, "<data key=\"e6\">{}</data>", edge.support)?;
    text(out, 'e', 7, words::origin(edge.origin))?;
    writeln!(out, "<data key=\"e8\">{}</data>", words::is_symmetric(graph, edge))?;
    json(out, 'e', 9, &edge.evidence)?;
    writeln!(out, "<data key=\"e10\">{}</data>", edge.sources)?;
    for (attribute, value) in &edge.attributes {
        text(out, 'e', EDGE_KEYS.len() + columns.position(attribute), value)?;
    }
    out.write_all(b"</edge>\n")
}

fn text<W: Write>(out: &mut W, of: char, number: usize, text: &str) -> io::Result<()> {
    write!(out, "<data key=\"{of}{number}\">")?;
    xml(out, text)?;
    out.write_all(b"</data>\n")
}

fn json<W: Write>(out: &mut W, of: char, number: usize, value: &impl Serialize) -> io::Result<()> {
    write!(out, "<data key=\"{of}{number}\">")?;
    serde_json::to_writer(Escaping { out, escape: xml }, value)?;
    out.write_all(b"</data>\n")
}
