//! GEXF 1.3, Gephi's own format: attributes, colours and time.
//!
//! An edge or event with a date exists from the first to the last day that the date may mean, so that Gephi's timeline
//! works; what has none exists always. `weight` is the number of documents and `kind` the relation, by which Gephi keeps
//! parallel edges apart. All edges are written as directed, because NetworkX refuses a file that mixes both kinds.

use std::io::{self, Write};

use serde::Serialize;

use super::columns::{Columns, Spelling};
use super::escape::{Escaping, xml};
use super::words;
use crate::graph::{Edge, KnowledgeGraph, Node, days};

const NODE_ATTRIBUTES: [(&str, &str); 7] = [
    ("type", "string"),
    ("types", "string"),
    ("name", "string"),
    ("aliases", "string"),
    ("support", "integer"),
    ("mentions", "string"),
    ("offices", "string"),
];
const EDGE_ATTRIBUTES: [(&str, &str); 10] = [
    // `key` is what NetworkX calls the id of an edge.
    ("number", "integer"),
    ("type", "string"),
    ("modality", "string"),
    ("polarity", "string"),
    ("confidence", "double"),
    ("support", "integer"),
    ("origin", "string"),
    ("symmetric", "boolean"),
    ("evidence", "string"),
    ("sources", "integer"),
];

/// Writes the graph as GEXF.
pub(super) fn gexf<W: Write>(graph: &KnowledgeGraph, out: &mut W) -> io::Result<()> {
    let (nodes, edges) = (Columns::of_nodes(graph, Spelling::Free), Columns::of_edges(graph, Spelling::Free));
    out.write_all(
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\" \
          xmlns:viz=\"http://gexf.net/1.3/viz\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
          xsi:schemaLocation=\"http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd\">\n<meta>\n<creator>",
    )?;
    let manifest = graph.manifest();
    xml(out, &format!("{} {}", manifest.generator, manifest.generator_version))?;
    out.write_all(b"</creator>\n<description>")?;
    serde_json::to_writer(Escaping { out, escape: xml }, &manifest.pack)?;
    out.write_all(b"</description>\n</meta>\n")?;
    out.write_all(b"<graph mode=\"dynamic\" timeformat=\"date\" defaultedgetype=\"directed\">\n")?;
    attributes(out, "node", &NODE_ATTRIBUTES, &nodes)?;
    attributes(out, "edge", &EDGE_ATTRIBUTES, &edges)?;
    out.write_all(b"<nodes>\n")?;
    for each in graph.nodes() {
        node(out, graph, each, &nodes)?;
    }
    out.write_all(b"</nodes>\n<edges>\n")?;
    for (number, each) in graph.edges().enumerate() {
        edge(out, graph, number, each, &edges)?;
    }
    out.write_all(b"</edges>\n</graph>\n</gexf>\n")
}

fn attributes<W: Write>(out: &mut W, class: &str, fixed: &[(&str, &str)], columns: &Columns<'_>) -> io::Result<()> {
    writeln!(out, "<attributes class=\"{class}\">")?;
    let all = fixed.iter().copied().chain(columns.names().map(|name| (name, "string")));
    for (number, (name, kind)) in all.enumerate() {
        write!(out, "<attribute id=\"{number}\" title=\"")?;
        xml(out, name)?;
        writeln!(out, "\" type=\"{kind}\"/>")?;
    }
    out.write_all(b"</attributes>\n")
}

fn node<W: Write>(out: &mut W, graph: &KnowledgeGraph, node: &Node, columns: &Columns<'_>) -> io::Result<()> {
    let style = graph.manifest().types.get(&node.type_name);
    attribute(out, "<node id", &node.id)?;
    attribute(out, " label", &node.name)?;
    if style.is_some_and(|style| style.event) {
        time(out, node.attributes.get("date"))?;
    }
    out.write_all(b">\n<attvalues>\n")?;
    text(out, 0, &node.type_name)?;
    json(out, 1, &node.types)?;
    text(out, 2, &node.name)?;
    json(out, 3, &node.aliases)?;
    plain(out, 4, node.support)?;
    json(out, 5, &node.mentions)?;
    json(out, 6, &node.offices)?;
    for (attribute, value) in &node.attributes {
        text(out, NODE_ATTRIBUTES.len() + columns.position(attribute), value)?;
    }
    out.write_all(b"</attvalues>\n")?;
    color(out, style.map(|style| style.draw.fill.as_str()))?;
    out.write_all(b"</node>\n")
}

fn edge<W: Write>(
    out: &mut W,
    graph: &KnowledgeGraph,
    number: usize,
    edge: &Edge,
    columns: &Columns<'_>,
) -> io::Result<()> {
    write!(out, "<edge id=\"{number}\"")?;
    attribute(out, " source", &edge.source)?;
    attribute(out, " target", &edge.target)?;
    attribute(out, " kind", &edge.type_name)?;
    attribute(out, " label", &edge.label)?;
    write!(out, " weight=\"{}\"", edge.support)?;
    time(out, edge.attributes.get("date"))?;
    out.write_all(b">\n<attvalues>\n")?;
    plain(out, 0, edge.key)?;
    text(out, 1, &edge.type_name)?;
    text(out, 2, words::modality(edge.modality))?;
    text(out, 3, words::polarity(edge.polarity))?;
    plain(out, 4, edge.confidence)?;
    plain(out, 5, edge.support)?;
    text(out, 6, words::origin(edge.origin))?;
    plain(out, 7, words::is_symmetric(graph, edge))?;
    json(out, 8, &edge.evidence)?;
    plain(out, 9, edge.sources)?;
    for (attribute, value) in &edge.attributes {
        text(out, EDGE_ATTRIBUTES.len() + columns.position(attribute), value)?;
    }
    out.write_all(b"</attvalues>\n")?;
    color(out, graph.manifest().relations.get(&edge.type_name).map(|style| style.draw.color.as_str()))?;
    out.write_all(b"</edge>\n")
}

fn attribute<W: Write>(out: &mut W, before: &str, value: &str) -> io::Result<()> {
    write!(out, "{before}=\"")?;
    xml(out, value)?;
    out.write_all(b"\"")
}

fn time<W: Write>(out: &mut W, date: Option<&String>) -> io::Result<()> {
    match date.and_then(|date| days(date)) {
        Some((first, last)) => write!(out, " start=\"{first}\" end=\"{last}\""),
        None => Ok(()),
    }
}

/// A colour as CSS writes it; one that CSS does not know is left to Gephi.
fn color<W: Write>(out: &mut W, css: Option<&str>) -> io::Result<()> {
    match css.and_then(|css| csscolorparser::parse(css).ok()) {
        Some(color) => {
            let [r, g, b, _] = color.to_rgba8();
            writeln!(out, "<viz:color r=\"{r}\" g=\"{g}\" b=\"{b}\"/>")
        }
        None => Ok(()),
    }
}

fn plain<W: Write>(out: &mut W, number: usize, value: impl std::fmt::Display) -> io::Result<()> {
    writeln!(out, "<attvalue for=\"{number}\" value=\"{value}\"/>")
}

fn text<W: Write>(out: &mut W, number: usize, value: &str) -> io::Result<()> {
    write!(out, "<attvalue for=\"{number}\" value=\"")?;
    xml(out, value)?;
    out.write_all(b"\"/>\n")
}

fn json<W: Write>(out: &mut W, number: usize, value: &impl Serialize) -> io::Result<()> {
    write!(out, "<attvalue for=\"{number}\" value=\"")?;
    serde_json::to_writer(Escaping { out, escape: xml }, value)?;
    out.write_all(b"\"/>\n")
}
