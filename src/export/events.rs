//! Event data as political scientists keep it: one row an event and report, who did what to whom, when and where.
//!
//! The rows are the relations that carry a CAMEO or PLOVER code, one row for each report that tells of one; all rows of one
//! event share its `event_id`, so that keeping one row of each is keeping each event once. What is planned, alleged or
//! denied has rows too, with its `modality` and `polarity`: filter before counting.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::tables::guarded;
use super::words;
use crate::extract::DocumentRecord;
use crate::graph::{Edge, Evidence, KnowledgeGraph, Node};

const HEAD: &str = "event_id,date,date_from,source,source_id,source_type,source_country,target,target_id,target_type,target_country,relation,cameo,plover,modality,polarity,confidence,place,document,document_date,document_url,sentence,start,end,sentences,quote\n";

/// Writes the table of events.
pub(super) fn events<W: Write>(graph: &KnowledgeGraph, out: &mut W) -> io::Result<()> {
    out.write_all(HEAD.as_bytes())?;
    let coded = |edge: &&Edge| edge.attributes.contains_key("cameo") || edge.attributes.contains_key("plover");
    let documents: Documents<'_> =
        graph.manifest().documents.iter().map(|document| (document.id.as_str(), document)).collect();
    for (number, edge) in graph.edges().filter(coded).enumerate() {
        let Some((source, target)) = graph.node(&edge.source).zip(graph.node(&edge.target)) else { continue };
        // Evidence stands in the order of its documents.
        for reported in edge.evidence.chunk_by(|a, b| a.doc == b.doc) {
            row(out, &documents, number + 1, edge, [source, target], reported)?;
        }
    }
    Ok(())
}

type Documents<'a> = BTreeMap<&'a str, &'a DocumentRecord>;

fn row<W: Write>(
    out: &mut W,
    documents: &Documents<'_>,
    number: usize,
    edge: &Edge,
    [source, target]: [&Node; 2],
    reported: &[Evidence],
) -> io::Result<()> {
    let Some(first) = reported.first() else { return Ok(()) };
    let document = documents.get(first.doc.as_str());
    let published = document.and_then(|document| document.date.as_deref());
    let told = reported.iter().find_map(|evidence| evidence.attributes.get("date")).or(edge.attributes.get("date"));
    let (date, from) = match (told, published) {
        (Some(date), _) => (date.as_str(), "text"),
        (None, Some(date)) => (date, "document"),
        (None, None) => ("", ""),
    };
    write!(out, "{number},")?;
    let attribute = |name: &str| {
        let own = reported.iter().find_map(|evidence| evidence.attributes.get(name));
        own.or(edge.attributes.get(name)).map_or("", String::as_str)
    };
    let cells = [date, from]
        .into_iter()
        .chain(actor(source))
        .chain(actor(target))
        .chain([edge.type_name.as_str(), attribute("cameo"), attribute("plover")])
        .chain([words::modality(edge.modality), words::polarity(edge.polarity)]);
    for cell in cells {
        optional(out, cell)?;
    }
    write!(out, "{},", edge.confidence)?;
    optional(out, attribute("place"))?;
    optional(out, &first.doc)?;
    optional(out, published.unwrap_or_default())?;
    optional(out, document.and_then(|document| document.url.as_deref()).unwrap_or_default())?;
    if let Some(sentence) = first.sentence {
        write!(out, "{sentence}")?;
    }
    write!(out, ",{},{},{},", first.start, first.end, reported.len())?;
    guarded(out, &first.quote)?;
    out.write_all(b"\n")
}

/// Name, id, narrowest type and country. A country is its own: the broadest type of every pack's countries is `Country`.
fn actor(node: &Node) -> [&str; 4] {
    let own = node.types.iter().any(|name| name == "Country").then_some(node.name.as_str());
    let country = node.attributes.get("country").map(String::as_str).or(own).unwrap_or_default();
    [&node.name, &node.id, &node.type_name, country]
}

/// A cell and the comma after it; nothing for what is not known.
fn optional<W: Write>(out: &mut W, text: &str) -> io::Result<()> {
    if !text.is_empty() {
        guarded(out, text)?;
    }
    out.write_all(b",")
}
