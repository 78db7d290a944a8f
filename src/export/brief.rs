//! A brief in Markdown, to be read: who, what and when, each statement with its sentences.

use std::collections::BTreeMap;
use std::io::{self, Write};

use petgraph::Direction;
use petgraph::stable_graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::escape::replace;
use super::words;
use crate::extract::{Modality, Polarity};
use crate::graph::{Edge, KnowledgeGraph, Node, Origin};

/// Writes the brief.
pub(super) fn brief<W: Write>(graph: &KnowledgeGraph, title: &str, summary: &str, out: &mut W) -> io::Result<()> {
    out.write_all(b"# ")?;
    text(out, title)?;
    out.write_all(b"\n\n")?;
    text(out, summary)?;
    out.write_all(b".\n\n## Who\n")?;
    who(graph, out)?;
    out.write_all(b"\n## What and when\n")?;
    what(graph, out)?;
    out.write_all(b"\n## Documents\n\n")?;
    for document in &graph.manifest().documents {
        out.write_all(b"- ")?;
        emphasised(out, "*", &document.id)?;
        for more in [&document.title, &document.date, &document.url].into_iter().flatten() {
            out.write_all(b", ")?;
            text(out, more)?;
        }
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn is_event(graph: &KnowledgeGraph, node: &Node) -> bool {
    graph.manifest().types.get(&node.type_name).is_some_and(|style| style.event)
}

/// Everyone and everything but events, by broadest type, the most told of first.
fn who<W: Write>(graph: &KnowledgeGraph, out: &mut W) -> io::Result<()> {
    let mut broad: BTreeMap<&str, Vec<&Node>> = BTreeMap::new();
    for node in graph.nodes().filter(|node| !is_event(graph, node)) {
        broad.entry(node.types.last().unwrap_or(&node.type_name)).or_default().push(node);
    }
    for (name, mut nodes) in broad {
        nodes.sort_by_key(|node| std::cmp::Reverse(node.support));
        out.write_all(b"\n### ")?;
        text(out, name)?;
        out.write_all(b"\n\n")?;
        for node in nodes {
            out.write_all(b"- ")?;
            emphasised(out, "**", &node.name)?;
            out.write_all(b" (")?;
            text(out, &node.type_name)?;
            for (name, value) in &node.attributes {
                out.write_all(b"; ")?;
                text(out, name)?;
                out.write_all(b": ")?;
                text(out, value)?;
            }
            out.write_all(b")")?;
            for (number, alias) in node.aliases.iter().enumerate() {
                out.write_all(if number == 0 { b", also " } else { b", " })?;
                emphasised(out, "*", alias)?;
            }
            writeln!(out, ", in {}", documents(node.support))?;
        }
    }
    Ok(())
}

/// What stands under a date: an event with its participants, or a relation.
enum Item<'a> {
    Event(NodeIndex, &'a Node),
    Relation(&'a Edge),
}

/// Events and relations by date, what has none at the end.
fn what<W: Write>(graph: &KnowledgeGraph, out: &mut W) -> io::Result<()> {
    let mut by_date: BTreeMap<(bool, &str), Vec<Item<'_>>> = BTreeMap::new();
    fn place(date: Option<&String>) -> (bool, &str) {
        (date.is_none(), date.map_or("", String::as_str))
    }
    let inside = graph.as_petgraph();
    for index in inside.node_indices() {
        if let Some(node) = inside.node_weight(index).filter(|node| is_event(graph, node)) {
            by_date.entry(place(node.attributes.get("date"))).or_default().push(Item::Event(index, node));
        }
    }
    for edge in graph.edges().filter(|edge| edge.origin != Origin::Role) {
        by_date.entry(place(edge.attributes.get("date"))).or_default().push(Item::Relation(edge));
    }
    for ((_, date), items) in by_date {
        out.write_all(b"\n### ")?;
        text(out, if date.is_empty() { "No date given" } else { date })?;
        out.write_all(b"\n\n")?;
        for item in items {
            match item {
                Item::Event(index, node) => event(graph, index, node, out)?,
                Item::Relation(edge) => relation(graph, edge, out)?,
            }
        }
    }
    Ok(())
}

fn event<W: Write>(graph: &KnowledgeGraph, index: NodeIndex, node: &Node, out: &mut W) -> io::Result<()> {
    out.write_all(b"- ")?;
    emphasised(out, "**", &node.name)?;
    let inside = graph.as_petgraph();
    let mut roles: Vec<(&Edge, NodeIndex)> = Vec::new();
    for (direction, other) in [(Direction::Incoming, true), (Direction::Outgoing, false)] {
        let edges = inside.edges_directed(index, direction);
        roles.extend(edges.map(|edge| (edge.weight(), if other { edge.source() } else { edge.target() })));
    }
    roles.retain(|(edge, _)| edge.origin == Origin::Role);
    roles.sort_by_key(|(edge, other)| (&edge.type_name, *other));
    for (number, (edge, other)) in roles.iter().enumerate() {
        let Some(other) = inside.node_weight(*other) else { continue };
        out.write_all(if number == 0 { b": " } else { b"; " })?;
        if edge.target == node.id {
            emphasised(out, "**", &other.name)?;
            out.write_all(b" ")?;
            text(out, &edge.label)?;
        } else {
            text(out, &edge.label)?;
            out.write_all(b" ")?;
            emphasised(out, "**", &other.name)?;
        }
    }
    writeln!(out, ", in {}", documents(node.support))
}

fn relation<W: Write>(graph: &KnowledgeGraph, edge: &Edge, out: &mut W) -> io::Result<()> {
    let name = |id: &str| graph.node(id).map(|node| node.name.clone()).unwrap_or_default();
    out.write_all(b"- ")?;
    emphasised(out, "**", &name(&edge.source))?;
    out.write_all(b" ")?;
    text(out, &edge.label)?;
    out.write_all(b" ")?;
    emphasised(out, "**", &name(&edge.target))?;
    if edge.polarity == Polarity::Negative {
        out.write_all(b", *denied*")?;
    }
    if edge.origin == Origin::Inferred {
        out.write_all(b", *inferred*")?;
    }
    if edge.modality != Modality::Asserted {
        write!(out, ", *{}*", words::modality(edge.modality))?;
    }
    for (name, value) in edge.attributes.iter().filter(|(name, _)| *name != "date") {
        out.write_all(b"; ")?;
        text(out, name)?;
        out.write_all(b": ")?;
        text(out, value)?;
    }
    writeln!(out, "; confidence {}, in {}", edge.confidence, documents(edge.support))?;
    // What was inferred is told by the sentences of what it rests on.
    let below = graph.rests_on(edge).into_iter().flat_map(|edge| &edge.evidence);
    for (number, evidence) in edge.evidence.iter().chain(below).enumerate() {
        out.write_all(if number == 0 { "  > “".as_bytes() } else { "  >\n  > “".as_bytes() })?;
        text(out, &evidence.quote)?;
        out.write_all("” ".as_bytes())?;
        emphasised(out, "*", &evidence.doc)?;
        writeln!(out, ", {}–{}", evidence.start, evidence.end)?;
    }
    Ok(())
}

fn documents(count: u32) -> String {
    format!("{count} {}", if count == 1 { "document" } else { "documents" })
}

fn emphasised<W: Write>(out: &mut W, marks: &str, words: &str) -> io::Result<()> {
    out.write_all(marks.as_bytes())?;
    text(out, words)?;
    out.write_all(marks.as_bytes())
}

/// Text that Markdown takes for nothing but text: its marks escaped, line ends, tabulators and space at the ends as
/// references. Other control characters stay as they are: some readers refuse references to them.
fn text<W: Write>(out: &mut W, words: &str) -> io::Result<()> {
    let inner = words.trim();
    let start = words.len() - words.trim_start().len();
    spaces(out, &words[..start])?;
    let special = |byte| {
        matches!(
            byte,
            0 | b'\t'
                | b'\n'
                | b'\r'
                | b'\\'
                | b'`'
                | b'*'
                | b'_'
                | b'['
                | b']'
                | b'<'
                | b'>'
                | b'#'
                | b'|'
                | b'~'
                | b'&'
                | b'$'
        )
    };
    replace(out, inner, special, |out, rest| {
        let byte = rest.as_bytes()[0];
        if byte < 0x20 {
            write!(out, "&#{byte};")?
        } else {
            out.write_all(&[b'\\', byte])?
        }
        Ok(1)
    })?;
    spaces(out, &words[start + inner.len()..])
}

fn spaces<W: Write>(out: &mut W, spaces: &str) -> io::Result<()> {
    // A reference to a control character of the second kind is an error to some readers.
    let is_referable = |space: char| !('\u{80}'..='\u{9f}').contains(&space);
    spaces.chars().try_for_each(|space| {
        if is_referable(space) { write!(out, "&#{};", u32::from(space)) } else { write!(out, "{space}") }
    })
}
