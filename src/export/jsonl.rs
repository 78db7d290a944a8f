//! JSON Lines: the graph as a stream of records, for programs that read a line at a time.
//!
//! The manifest first, then every node, then every edge, each with the fields of the JSON and a field `record` that says
//! what it is. Nothing is left out.

use std::io::{self, Write};

use serde::Serialize;

use crate::graph::KnowledgeGraph;

#[derive(Serialize)]
struct Record<'a, T> {
    record: &'a str,
    #[serde(flatten)]
    fields: &'a T,
}

#[derive(Serialize)]
struct First<'a, T> {
    record: &'a str,
    format: &'a str,
    version: u32,
    #[serde(flatten)]
    manifest: &'a T,
}

/// Writes the graph as JSON Lines.
pub(super) fn jsonl<W: Write>(graph: &KnowledgeGraph, out: &mut W) -> io::Result<()> {
    let first = First { record: "graph", format: "attache-graph", version: 1, manifest: graph.manifest() };
    line(out, &first)?;
    for node in graph.nodes() {
        line(out, &Record { record: "node", fields: node })?;
    }
    for edge in graph.edges() {
        line(out, &Record { record: "edge", fields: edge })?;
    }
    Ok(())
}

fn line<W: Write>(out: &mut W, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}
