//! The tables of Kùzu and of Ladybug, which carries it on: a script that makes them and loads the CSV.

use std::io::{self, Write};

use super::columns::{Columns, Spelling};
use crate::graph::KnowledgeGraph;

/// Writes the script; `stem` is what the names of the CSV files begin with.
pub(super) fn schema<W: Write>(graph: &KnowledgeGraph, stem: &str, out: &mut W) -> io::Result<()> {
    let (nodes, edges) = (Columns::of_nodes(graph, Spelling::Plain), Columns::of_edges(graph, Spelling::Plain));
    out.write_all(
        b"CREATE NODE TABLE Entity(id STRING PRIMARY KEY, type STRING, types STRING, name STRING, aliases STRING, support INT64, offices STRING, mentions STRING",
    )?;
    for name in nodes.names() {
        write!(out, ", `{name}` STRING")?;
    }
    out.write_all(
        b");\nCREATE REL TABLE Relation(FROM Entity TO Entity, key INT64, type STRING, label STRING, modality STRING, polarity STRING, confidence DOUBLE, support INT64, sources INT64, origin STRING, symmetric BOOLEAN, evidence STRING",
    )?;
    for name in edges.names() {
        write!(out, ", `{name}` STRING")?;
    }
    out.write_all(b");\n")?;
    // Texts may hold line ends, which rules out reading in parallel; no column is a list.
    let stem = stem.replace('\\', "/").replace('\'', "\\'");
    let options = "(HEADER=true, PARALLEL=false, QUOTE='\"', ESCAPE='\"', AUTO_DETECT=false)";
    writeln!(out, "COPY Entity FROM '{stem}.kuzu.nodes.csv' {options};")?;
    writeln!(out, "COPY Relation FROM '{stem}.kuzu.edges.csv' {options};")
}
