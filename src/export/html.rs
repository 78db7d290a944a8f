//! One page that shows the graph by itself: it opens from a disk, without a server, and asks for nothing.
//!
//! The page is hand-written and stands in `html/`: its frame, one style sheet, and scripts that are joined in the order
//! of their numbers. The graph goes in whole, as the JSON that the JSON export writes, so nothing is lost; first places
//! for its nodes are computed here, so that the same graph opens as the same picture. The policy of the page names its
//! one style sheet and its one script by their hashes: whatever else may come to stand in it never runs.

use std::io::{self, Write};
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::escape::{self, Escaping};
use super::json;
use super::layout::{self, Arrangement, Wanted};
use super::mapped;
use super::measure::{Face, width};
use super::view::{self, DrawOptions};
use crate::graph::{KnowledgeGraph, Node};

const FRAME: &str = include_str!("html/page.html");
const STYLE: &str = include_str!("html/style.css");

/// The scripts, in the order in which they run.
const SCRIPTS: [&str; 14] = [
    include_str!("html/1-data.js"),
    include_str!("html/2-sift.js"),
    include_str!("html/3-draw.js"),
    include_str!("html/4-stage.js"),
    include_str!("html/5-hands.js"),
    include_str!("html/6-filters.js"),
    include_str!("html/7-time.js"),
    include_str!("html/8-card.js"),
    include_str!("html/9-patch.js"),
    include_str!("html/10-search.js"),
    include_str!("html/11-arrange.js"),
    include_str!("html/12-save.js"),
    include_str!("html/13-link.js"),
    include_str!("html/14-main.js"),
];

/// The scripts as one, its names its own.
static SCRIPT: LazyLock<String> = LazyLock::new(|| format!("\"use strict\";(() => {{\n{}}})();\n", SCRIPTS.concat()));

/// Size of the names in the page, in pixels, and how many characters of one it shows.
const NAME: f64 = 12.0;
const LONGEST: usize = 28;
/// Up to so many nodes there is room for every name at once.
const MOST_NAMED: usize = 400;

/// Writes the graph as a page.
pub(super) fn html<W: Write>(graph: &KnowledgeGraph, options: &DrawOptions, out: &mut W) -> io::Result<()> {
    let title = view::title(graph, options);
    let mut rest = FRAME;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, after)) = after.split_once("}}") else { break };
        out.write_all(before.as_bytes())?;
        match name {
            "title" => text(out, &title)?,
            "summary" => text(out, &view::summary(graph))?,
            "style" => out.write_all(STYLE.as_bytes())?,
            "script" => out.write_all(SCRIPT.as_bytes())?,
            "style-hash" => out.write_all(hash(STYLE).as_bytes())?,
            "script-hash" => out.write_all(hash(&SCRIPT).as_bytes())?,
            "lit" => serde_json::to_writer(&mut *out, &lit(graph, options))?,
            "places" => serde_json::to_writer(&mut *out, &places(graph, options))?,
            _ => json::write(graph, &mut Escaping { out, escape: data })?,
        }
        rest = after;
    }
    out.write_all(rest.as_bytes())
}

/// A source expression of a content security policy (W3C CSP 3, 2.3.1).
fn hash(source: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(source.as_bytes())))
}

/// JSON within a script element: `<` stands in its texts alone, and no tag begins without one.
fn data<W: Write>(out: &mut W, text: &str) -> io::Result<()> {
    escape::replace(
        out,
        text,
        |byte| byte == b'<',
        |out, _| {
            out.write_all(b"\\u003c")?;
            Ok(1)
        },
    )
}

/// Text of the page. What HTML has no place for is shown as the replacement character.
fn text<W: Write>(out: &mut W, text: &str) -> io::Result<()> {
    for character in text.chars() {
        match character {
            '&' => out.write_all(b"&amp;")?,
            '<' => out.write_all(b"&lt;")?,
            '"' => out.write_all(b"&quot;")?,
            other if other.is_control() => out.write_all("\u{fffd}".as_bytes())?,
            other => write!(out, "{other}")?,
        }
    }
    Ok(())
}

/// What is brought out, as numbers of nodes and of edges; none where nothing is.
fn lit(graph: &KnowledgeGraph, options: &DrawOptions) -> Option<[Vec<usize>; 2]> {
    let lit = options.lit.as_ref()?;
    let nodes = graph.nodes().enumerate().filter(|(_, node)| lit.has_node(node)).map(|(number, _)| number);
    let edges = graph.edges().enumerate().filter(|(_, edge)| lit.has_edge(edge)).map(|(number, _)| number);
    Some([nodes.collect(), edges.collect()])
}

/// Where the nodes stand at first, x and y by turns, in whole pixels around the middle.
fn places(graph: &KnowledgeGraph, options: &DrawOptions) -> Vec<i64> {
    let size = |node: &Node| {
        let name: String = node.name.chars().take(LONGEST).collect();
        if graph.node_count() > MOST_NAMED {
            (22.0, 22.0)
        } else {
            (width(&name, NAME, Face::Regular).max(26.0) + 6.0, 36.0)
        }
    };
    let petgraph = graph.as_petgraph();
    let mut lines: Vec<(usize, usize, f64, f64)> = petgraph
        .edge_indices()
        .filter_map(|edge| petgraph.edge_endpoints(edge))
        .map(|(a, b)| (a.index().min(b.index()), a.index().max(b.index()), 0.0, 0.0))
        .filter(|line| line.0 != line.1)
        .collect();
    lines.sort_by_key(|line| (line.0, line.1));
    lines.dedup();
    let wanted = Wanted { nodes: graph.nodes().map(size).collect(), lines };
    let placed = match &options.map {
        Some(map) if options.arrangement == Some(Arrangement::Map) => {
            let nodes: Vec<&Node> = graph.nodes().collect();
            mapped::place(&nodes, |node| view::is_event(graph, node), &wanted, map).0
        }
        _ => {
            let arrangement = options.arrangement.unwrap_or(Arrangement::Force);
            layout::place(&wanted, arrangement, view::Direction::Across)
        }
    };
    let (x, y) = (placed.width / 2.0, placed.height / 2.0);
    placed.nodes.iter().flat_map(|at| [(at.x - x).round() as i64, (at.y - y).round() as i64]).collect()
}
