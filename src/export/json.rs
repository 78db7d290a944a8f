//! JSON that NetworkX reads as node-link data and that this program reads back without loss.
//!
//! One node and one edge a line, so that two graphs can be compared line by line.

use std::fmt::Write;

use serde::Serialize;

use crate::graph::{KnowledgeGraph, Manifest};

/// The graph as JSON, with a newline at the end.
pub fn json(graph: &KnowledgeGraph) -> String {
    let mut out = String::from(
        "{\n  \"format\": \"attache-graph\",\n  \"version\": 1,\n  \"directed\": true,\n  \"multigraph\": true,\n",
    );
    manifest(&mut out, graph.manifest());
    rows(&mut out, "nodes", graph.nodes());
    out.push_str(",\n");
    rows(&mut out, "edges", graph.edges());
    out.push_str("\n}\n");
    out
}

fn manifest(out: &mut String, manifest: &Manifest) {
    // A manifest always becomes an object; its keys are written one a line, in the order of the struct.
    out.push_str("  \"graph\": {\n");
    let mut fields: Vec<String> = vec![
        field("generator", &manifest.generator),
        field("generator_version", &manifest.generator_version),
        field("pack", &manifest.pack),
        list("documents", &manifest.documents),
        field("types", &manifest.types),
        field("relations", &manifest.relations),
    ];
    if !manifest.set_aside.is_empty() {
        fields.push(list("set_aside", &manifest.set_aside));
    }
    out.push_str(&fields.join(",\n"));
    out.push_str("\n  },\n");
}

fn field(name: &str, value: &impl Serialize) -> String {
    format!("    \"{name}\": {}", compact(value))
}

fn list<T: Serialize>(name: &str, values: &[T]) -> String {
    let rows: Vec<String> = values.iter().map(|value| format!("\n      {}", compact(value))).collect();
    let close = if rows.is_empty() { "" } else { "\n    " };
    format!("    \"{name}\": [{}{close}]", rows.join(","))
}

fn rows<'a, T: Serialize + 'a>(out: &mut String, name: &str, values: impl Iterator<Item = &'a T>) {
    let _ = write!(out, "  \"{name}\": [");
    let mut any = false;
    for value in values {
        out.push_str(if any { ",\n    " } else { "\n    " });
        out.push_str(&compact(value));
        any = true;
    }
    out.push_str(if any { "\n  ]" } else { "]" });
}

fn compact(value: &impl Serialize) -> String {
    // Plain data with text keys and finite numbers: nothing here can fail to become JSON.
    serde_json::to_string(value).unwrap_or_else(|_| String::from("null"))
}
