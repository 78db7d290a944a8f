//! A Mermaid flowchart, which Markdown pages of GitHub, GitLab and Obsidian draw.
//!
//! Text is quoted, and what Mermaid or the Markdown inside it might take for more than text is an entity (`#35;`). A page
//! draws up to 500 edges and 50,000 characters unless it is told to draw more.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::escape::replace;
use super::view::{Stroke, stroke};
use super::words;
use crate::graph::{Edge, KnowledgeGraph, Node, Shape, TypeStyle};

/// Writes the graph as a Mermaid flowchart.
pub(super) fn mermaid<W: Write>(graph: &KnowledgeGraph, title: &str, out: &mut W) -> io::Result<()> {
    out.write_all(b"---\ntitle: ")?;
    // A JSON string is a YAML string.
    serde_json::to_writer(&mut *out, title)?;
    out.write_all(b"\n---\nflowchart LR\n")?;
    let types: BTreeMap<&str, usize> =
        graph.manifest().types.keys().enumerate().map(|(number, name)| (name.as_str(), number)).collect();
    for (number, each) in graph.nodes().enumerate() {
        node(out, graph, number, each, types.get(each.type_name.as_str()).copied())?;
    }
    let places = graph.as_petgraph();
    for place in places.edge_indices() {
        if let Some((edge, (source, target))) = places.edge_weight(place).zip(places.edge_endpoints(place)) {
            line(out, edge, source.index(), target.index(), words::is_symmetric(graph, edge))?;
        }
    }
    for (number, style) in graph.manifest().types.values().enumerate() {
        class(out, number, style)?;
    }
    Ok(())
}

fn node<W: Write>(
    out: &mut W,
    graph: &KnowledgeGraph,
    number: usize,
    node: &Node,
    class: Option<usize>,
) -> io::Result<()> {
    let style = graph.manifest().types.get(&node.type_name);
    let shape = match style {
        Some(style) if style.event => Shape::Diamond,
        Some(style) => style.draw.shape,
        None => Shape::Rounded,
    };
    let (open, close) = match shape {
        Shape::Rounded => ("(", ")"),
        Shape::Box => ("[", "]"),
        Shape::Ellipse => ("([", "])"),
        Shape::Diamond => ("{", "}"),
        Shape::Hexagon => ("{{", "}}"),
    };
    write!(out, "  n{number}{open}\"")?;
    text(out, &node.name)?;
    let shown = style.map(|style| style.draw.detail.as_slice()).unwrap_or_default();
    let detail: Vec<&str> = shown.iter().filter_map(|name| node.attributes.get(name)).map(String::as_str).collect();
    if !detail.is_empty() {
        out.write_all(b"<br>")?;
        text(out, &detail.join(", "))?;
    }
    write!(out, "\"{close}")?;
    match class {
        Some(class) => writeln!(out, ":::c{class}"),
        None => writeln!(out),
    }
}

fn line<W: Write>(out: &mut W, edge: &Edge, source: usize, target: usize, symmetric: bool) -> io::Result<()> {
    let stroke = stroke(edge);
    let arrow = match (stroke, symmetric) {
        (Stroke::Denied, _) => "--x",
        (Stroke::Asserted, true) => "---",
        (Stroke::Asserted, false) => "-->",
        (_, true) => "-.-",
        (_, false) => "-.->",
    };
    write!(out, "  n{source} {arrow}|\"")?;
    text(out, &edge.label)?;
    if stroke != Stroke::Asserted {
        let told = match stroke {
            Stroke::Denied | Stroke::Inferred => stroke.name(),
            _ => words::modality(edge.modality),
        };
        write!(out, " ({told})")?;
    }
    writeln!(out, "\"| n{target}")
}

fn class<W: Write>(out: &mut W, number: usize, style: &TypeStyle) -> io::Result<()> {
    let color = |css: &str, otherwise: &str| {
        csscolorparser::parse(css).map_or_else(|_| otherwise.to_owned(), |color| color.to_css_hex().to_string())
    };
    let (fill, border) = (color(&style.draw.fill, "#eef1f5"), color(&style.draw.border, "#55606e"));
    writeln!(out, "  classDef c{number} fill:{fill},stroke:{border},color:#1f2933")
}

/// Text inside a quoted label. Characters that a page cannot show have the picture that Unicode gives them.
fn text<W: Write>(out: &mut W, text: &str) -> io::Result<()> {
    // Mermaid drops space at the ends. At the beginning, a number with a point, or a hyphen, would be a list.
    let is_space = |c: char| c.is_whitespace() || c == '\u{feff}';
    let last = text.trim_end_matches(is_space).len();
    let first = text.chars().next().filter(|c| c.is_ascii_digit() || is_space(*c) || matches!(c, '-' | '+'));
    let start = first.map_or(0, char::len_utf8);
    if let Some(first) = first {
        write!(out, "#{};", u32::from(first))?;
    }
    inner(out, &text[start..last.max(start)])?;
    text[last.max(start)..].chars().try_for_each(|space| write!(out, "#{};", u32::from(space)))
}

fn inner<W: Write>(out: &mut W, text: &str) -> io::Result<()> {
    let special = |byte: u8| match byte {
        b' ' | b',' | b'.' | b'(' | b')' | b'/' | b'-' | b'+' | b'\'' | b'?' | b'!' => false,
        _ => byte.is_ascii() && !byte.is_ascii_alphanumeric(),
    };
    replace(out, text, special, |out, rest| {
        let byte = rest.as_bytes()[0];
        match char::from_u32(0x2400 + u32::from(byte)) {
            Some(picture) if byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r') => write!(out, "{picture}")?,
            _ if byte == 0x7f => out.write_all("\u{2421}".as_bytes())?,
            _ => write!(out, "#{byte};")?,
        }
        Ok(1)
    })
}
