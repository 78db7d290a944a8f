//! A Cypher script that makes the graph, for Neo4j, Memgraph and whatever else speaks openCypher.
//!
//! One statement a node and one an edge, so that any program can feed it by the statement; larger graphs load faster from
//! the tables for `neo4j-admin`. Strings hold every character as it is but for the quote, the backslash and the zero
//! character, since engines differ in the escapes they know. A relationship cannot hold a list of maps, so mentions and
//! evidence are JSON in a string.

use std::io::{self, Write};

use serde::Serialize;

use super::columns::{Columns, Spelling};
use super::escape::{Escaping, replace};
use super::words;
use crate::graph::{Edge, KnowledgeGraph, Node};

/// Writes the graph as Cypher.
pub(super) fn cypher<W: Write>(graph: &KnowledgeGraph, out: &mut W) -> io::Result<()> {
    let (nodes, edges) = (Columns::of_nodes(graph, Spelling::Plain), Columns::of_edges(graph, Spelling::Plain));
    let (many, relations) = (graph.node_count(), graph.edge_count());
    writeln!(
        out,
        "// {many} nodes, {relations} relationships. For speed, first: CREATE CONSTRAINT FOR (n:Entity) REQUIRE n.id IS UNIQUE"
    )?;
    for each in graph.nodes() {
        node(out, each, &nodes)?;
    }
    for each in graph.edges() {
        edge(out, graph, each, &edges)?;
    }
    // Last, so that an engine with one label a node can stop before.
    writeln!(out, "// Types as labels.")?;
    for (name, style) in &graph.manifest().types {
        out.write_all(b"MATCH (n:Entity) WHERE n.type = ")?;
        string(out, name)?;
        out.write_all(b" SET n")?;
        for label in &style.types {
            write!(out, ":`{}`", label.replace('`', "``"))?;
        }
        out.write_all(b";\n")?;
    }
    Ok(())
}

fn node<W: Write>(out: &mut W, node: &Node, columns: &Columns<'_>) -> io::Result<()> {
    out.write_all(b"CREATE (:Entity {id: ")?;
    string(out, &node.id)?;
    property(out, "type", &node.type_name)?;
    list(out, "types", &node.types)?;
    property(out, "name", &node.name)?;
    list(out, "aliases", &node.aliases)?;
    write!(out, ", support: {}", node.support)?;
    for (attribute, value) in &node.attributes {
        property(out, columns.name(attribute), value)?;
    }
    json(out, "offices", &node.offices)?;
    json(out, "mentions", &node.mentions)?;
    out.write_all(b"});\n")
}

fn edge<W: Write>(out: &mut W, graph: &KnowledgeGraph, edge: &Edge, columns: &Columns<'_>) -> io::Result<()> {
    out.write_all(b"MATCH (a:Entity {id: ")?;
    string(out, &edge.source)?;
    out.write_all(b"}) MATCH (b:Entity {id: ")?;
    string(out, &edge.target)?;
    write!(out, "}}) CREATE (a)-[:`{}` {{key: {}", words::relationship(&edge.type_name), edge.key)?;
    property(out, "type", &edge.type_name)?;
    property(out, "label", &edge.label)?;
    property(out, "modality", words::modality(edge.modality))?;
    property(out, "polarity", words::polarity(edge.polarity))?;
    let (support, sources) = (edge.support, edge.sources);
    write!(out, ", confidence: {}, support: {support}, sources: {sources}", words::fraction(edge.confidence))?;
    property(out, "origin", words::origin(edge.origin))?;
    write!(out, ", symmetric: {}", words::is_symmetric(graph, edge))?;
    for (attribute, value) in &edge.attributes {
        property(out, columns.name(attribute), value)?;
    }
    json(out, "evidence", &edge.evidence)?;
    out.write_all(b"}]->(b);\n")
}

fn property<W: Write>(out: &mut W, name: &str, value: &str) -> io::Result<()> {
    write!(out, ", `{name}`: ")?;
    string(out, value)
}

fn list<W: Write>(out: &mut W, name: &str, values: &[String]) -> io::Result<()> {
    write!(out, ", {name}: [")?;
    for (number, value) in values.iter().enumerate() {
        if number > 0 {
            out.write_all(b", ")?;
        }
        string(out, value)?;
    }
    out.write_all(b"]")
}

fn string<W: Write>(out: &mut W, text: &str) -> io::Result<()> {
    out.write_all(b"'")?;
    escaped(out, text)?;
    out.write_all(b"'")
}

fn json<W: Write>(out: &mut W, name: &str, value: &impl Serialize) -> io::Result<()> {
    write!(out, ", {name}: '")?;
    serde_json::to_writer(Escaping { out, escape: escaped }, value)?;
    out.write_all(b"'")
}

fn escaped<W: Write>(out: &mut W, text: &str) -> io::Result<()> {
    replace(
        out,
        text,
        |byte| matches!(byte, b'\\' | b'\'' | 0),
        |out, rest| {
            out.write_all(match rest.as_bytes().first() {
                Some(b'\\') => b"\\\\",
                Some(b'\'') => b"\\'",
                _ => b"\\u0000",
            })?;
            Ok(1)
        },
    )
}
