//! CSV: a table of nodes and a table of edges, plain or as a database wants them.
//!
//! RFC 4180 with `\n` between rows. Lists, mentions and evidence are JSON in a cell. The plain tables are also opened with
//! spreadsheets, which run what begins like a formula; there such a cell begins with an apostrophe (see [`guarded`]).
//! Databases get every text as it is.

use std::io::{self, Write};

use serde::Serialize;

use super::columns::{Columns, Spelling};
use super::escape::{Escaping, replace};
use super::words;
use crate::graph::{Edge, KnowledgeGraph, Node};

/// For whom the tables are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Spreadsheets and data frames.
    Plain,
    /// `neo4j-admin database import`.
    Neo4j,
    /// `COPY` of Kùzu and Ladybug.
    Kuzu,
}

impl Dialect {
    pub(super) fn spelling(self) -> Spelling {
        if self == Dialect::Plain { Spelling::Free } else { Spelling::Plain }
    }
}

/// Writes the table of nodes.
pub(super) fn nodes<W: Write>(graph: &KnowledgeGraph, dialect: Dialect, out: &mut W) -> io::Result<()> {
    let columns = Columns::of_nodes(graph, dialect.spelling());
    let fixed = match dialect {
        Dialect::Plain | Dialect::Kuzu => "id,type,types,name,aliases,support,offices,mentions",
        Dialect::Neo4j => ":LABEL,id:ID,type,types,name,aliases,support:int,offices,mentions",
    };
    out.write_all(fixed.as_bytes())?;
    head(out, &columns)?;
    for each in graph.nodes() {
        node(out, each, dialect, &columns)?;
    }
    Ok(())
}

/// Writes the table of edges.
pub(super) fn edges<W: Write>(graph: &KnowledgeGraph, dialect: Dialect, out: &mut W) -> io::Result<()> {
    let columns = Columns::of_edges(graph, dialect.spelling());
    let fixed = match dialect {
        Dialect::Plain | Dialect::Kuzu => {
            "source,target,key,type,label,modality,polarity,confidence,support,sources,origin,symmetric,evidence"
        }
        Dialect::Neo4j => {
            ":TYPE,:START_ID,:END_ID,key:int,type,label,modality,polarity,confidence:double,support:int,sources:int,origin,symmetric:boolean,evidence"
        }
    };
    out.write_all(fixed.as_bytes())?;
    head(out, &columns)?;
    for each in graph.edges() {
        edge(out, graph, each, dialect, &columns)?;
    }
    Ok(())
}

fn head<W: Write>(out: &mut W, columns: &Columns<'_>) -> io::Result<()> {
    for name in columns.names() {
        out.write_all(b",")?;
        cell(out, name)?;
    }
    out.write_all(b"\n")
}

fn node<W: Write>(out: &mut W, node: &Node, dialect: Dialect, columns: &Columns<'_>) -> io::Result<()> {
    if dialect == Dialect::Neo4j {
        // Labels are parted by semicolons; the column `types` has the types as they are.
        let labels: Vec<String> = node.types.iter().map(|name| name.replace(';', "_")).collect();
        cell(out, &labels.join(";"))?;
        out.write_all(b",")?;
    }
    text(out, &node.id, dialect)?;
    out.write_all(b",")?;
    text(out, &node.type_name, dialect)?;
    out.write_all(b",")?;
    json(out, &node.types)?;
    out.write_all(b",")?;
    text(out, &node.name, dialect)?;
    out.write_all(b",")?;
    json(out, &node.aliases)?;
    write!(out, ",{},", node.support)?;
    json(out, &node.offices)?;
    out.write_all(b",")?;
    json(out, &node.mentions)?;
    attributes(out, &node.attributes, dialect, columns)
}

fn edge<W: Write>(
    out: &mut W,
    graph: &KnowledgeGraph,
    edge: &Edge,
    dialect: Dialect,
    columns: &Columns<'_>,
) -> io::Result<()> {
    if dialect == Dialect::Neo4j {
        cell(out, &words::relationship(&edge.type_name))?;
        out.write_all(b",")?;
    }
    text(out, &edge.source, dialect)?;
    out.write_all(b",")?;
    text(out, &edge.target, dialect)?;
    write!(out, ",{},", edge.key)?;
    text(out, &edge.type_name, dialect)?;
    out.write_all(b",")?;
    text(out, &edge.label, dialect)?;
    let symmetric = words::is_symmetric(graph, edge);
    let (modality, polarity) = (words::modality(edge.modality), words::polarity(edge.polarity));
    let (support, sources) = (edge.support, edge.sources);
    let (confidence, origin) = (edge.confidence, words::origin(edge.origin));
    write!(out, ",{modality},{polarity},{confidence},{support},{sources},{origin},{symmetric},")?;
    json(out, &edge.evidence)?;
    attributes(out, &edge.attributes, dialect, columns)
}

/// A cell for each column; empty without quotes where there is no value, empty with quotes where the value is empty.
fn attributes<W: Write>(
    out: &mut W,
    attributes: &std::collections::BTreeMap<String, String>,
    dialect: Dialect,
    columns: &Columns<'_>,
) -> io::Result<()> {
    let mut values = attributes.iter().peekable();
    for attribute in columns.attributes() {
        out.write_all(b",")?;
        if let Some((_, value)) = values.next_if(|(name, _)| *name == attribute) {
            text(out, value, dialect)?;
        }
    }
    out.write_all(b"\n")
}

fn text<W: Write>(out: &mut W, text: &str, dialect: Dialect) -> io::Result<()> {
    if dialect == Dialect::Plain { guarded(out, text) } else { cell(out, text) }
}

/// A cell that no spreadsheet takes for a formula: one that begins with `=`, `+`, `-`, `@`, a tabulator or a carriage
/// return gets an apostrophe in front, and so does one that begins with apostrophes and then one of these. Whoever reads
/// it takes one apostrophe off where one or more stand before such a character, and has the text as it was.
pub(super) fn guarded<W: Write>(out: &mut W, text: &str) -> io::Result<()> {
    if text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r']) {
        out.write_all(b"\"'")?;
        doubled(out, text)?;
        return out.write_all(b"\"");
    }
    cell(out, text)
}

/// A cell, in quotes where it needs them.
pub(super) fn cell<W: Write>(out: &mut W, text: &str) -> io::Result<()> {
    // Readers take space at the ends, an empty cell and a first `#` each in their own way; in quotes they agree.
    let needs = text.is_empty()
        || text.starts_with([' ', '#'])
        || text.ends_with(' ')
        || text.bytes().any(|byte| matches!(byte, b',' | b'"' | 0..=0x1f | 0x7f));
    if !needs {
        return out.write_all(text.as_bytes());
    }
    out.write_all(b"\"")?;
    doubled(out, text)?;
    out.write_all(b"\"")
}

pub(super) fn json<W: Write>(out: &mut W, value: &impl Serialize) -> io::Result<()> {
    out.write_all(b"\"")?;
    serde_json::to_writer(Escaping { out, escape: doubled }, value)?;
    out.write_all(b"\"")
}

/// A text with its quotes doubled.
fn doubled<W: Write>(out: &mut W, text: &str) -> io::Result<()> {
    replace(
        out,
        text,
        |byte| byte == b'"',
        |out, _| {
            out.write_all(b"\"\"")?;
            Ok(1)
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let mut out = Vec::new();
        guarded(&mut out, text).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn no_cell_begins_as_a_formula() {
        assert_eq!(shown("=cmd|'/c calc'!A1"), "\"'=cmd|'/c calc'!A1\"");
        assert_eq!(shown("'-1"), "\"''-1\"");
        assert_eq!(shown("'Abd al-Rahman"), "'Abd al-Rahman");
        assert_eq!(shown("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(shown(""), "\"\"");
    }
}
