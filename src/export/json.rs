//! JSON that NetworkX reads as node-link data and that this program reads back without loss.
//!
//! One node and one edge a line, so that two graphs can be compared line by line.

use std::io::{self, Write};

use serde::Serialize;

use crate::graph::{KnowledgeGraph, Manifest};

/// The graph as JSON, with a newline at the end.
pub fn json(graph: &KnowledgeGraph) -> String {
    let mut out = Vec::new();
    // Memory takes whatever is written to it, and what is written is UTF-8.
    let _ = write(graph, &mut out);
    String::from_utf8(out).unwrap_or_default()
}

/// Writes the graph as JSON.
pub(super) fn write<W: Write>(graph: &KnowledgeGraph, out: &mut W) -> io::Result<()> {
    out.write_all(
        b"{\n  \"format\": \"attache-graph\",\n  \"version\": 1,\n  \"directed\": true,\n  \"multigraph\": true,\n",
    )?;
    manifest(out, graph.manifest())?;
    rows(out, "nodes", graph.nodes())?;
    out.write_all(b",\n")?;
    rows(out, "edges", graph.edges())?;
    out.write_all(b"\n}\n")
}

/// The manifest as an object, its keys one a line, in the order of the struct.
fn manifest<W: Write>(out: &mut W, manifest: &Manifest) -> io::Result<()> {
    out.write_all(b"  \"graph\": {\n    \"generator\": ")?;
    serde_json::to_writer(&mut *out, &manifest.generator)?;
    field(out, "generator_version", &manifest.generator_version)?;
    field(out, "pack", &manifest.pack)?;
    list(out, "documents", &manifest.documents)?;
    field(out, "types", &manifest.types)?;
    field(out, "relations", &manifest.relations)?;
    if !manifest.set_aside.is_empty() {
        list(out, "set_aside", &manifest.set_aside)?;
    }
    out.write_all(b"\n  },\n")
}

fn field<W: Write>(out: &mut W, name: &str, value: &impl Serialize) -> io::Result<()> {
    write!(out, ",\n    \"{name}\": ")?;
    Ok(serde_json::to_writer(out, value)?)
}

fn list<W: Write, T: Serialize>(out: &mut W, name: &str, values: &[T]) -> io::Result<()> {
    write!(out, ",\n    \"{name}\": [")?;
    for (number, value) in values.iter().enumerate() {
        out.write_all(if number == 0 { b"\n      " } else { b",\n      " })?;
        serde_json::to_writer(&mut *out, value)?;
    }
    out.write_all(if values.is_empty() { b"]" } else { b"\n    ]" })
}

fn rows<'a, W: Write, T: Serialize + 'a>(
    out: &mut W,
    name: &str,
    values: impl Iterator<Item = &'a T>,
) -> io::Result<()> {
    write!(out, "  \"{name}\": [")?;
    let mut any = false;
    for value in values {
        out.write_all(if any { b",\n    " } else { b"\n    " })?;
        serde_json::to_writer(&mut *out, value)?;
        any = true;
    }
    out.write_all(if any { b"\n  ]" } else { b"]" })
}
