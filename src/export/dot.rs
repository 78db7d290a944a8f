//! The graph in Graphviz's language, drawn as the built-in drawing draws it.
//!
//! Built as a syntax tree and printed by `graphviz-rust`, whose printer writes texts as they are: every text is escaped here.

use std::borrow::Cow;
use std::io;

use graphviz_rust::dot_structures::{
    Attribute, Edge, EdgeTy, Graph, GraphAttributes, Id, Node, NodeId, Stmt, Subgraph, Vertex,
};
use graphviz_rust::printer::PrinterContext;

use super::svg::DENIED;
use super::view::{DrawOptions, Events, Stroke, View, ViewLabel, ViewLine, ViewNode};
use crate::graph::{KnowledgeGraph, Shape};

const FONT: &str = "DejaVu Sans,Helvetica,Arial,sans-serif";
const QUIET: &str = "#52606d";
/// Fill, and all else, of what only stands by.
const PALE: (&str, &str) = ("#fafbfc", "#b4bec8");
const NAME: &str = "attache";
/// What the file begins with.
const HEAD: &str = "digraph \"attache\" {";
/// Characters of a name that are drawn.
const DRAWN: usize = 200;
/// Characters of a tooltip: Graphviz takes no string beyond 16,384 bytes.
const TOLD: usize = 4000;

/// The graph as a DOT file.
pub fn dot(graph: &KnowledgeGraph, options: &DrawOptions) -> String {
    let mut out = Vec::new();
    // Memory takes whatever is written to it, and what is written is UTF-8.
    let _ = write(graph, options, &mut out);
    String::from_utf8(out).unwrap_or_default()
}

/// Writes the graph as a DOT file, a statement at a time: its syntax tree is many times the size of its text. Nodes and
/// lines, of which there are many, are written as the printer writes them, which takes memory for every piece of them.
pub(super) fn write<W: io::Write>(graph: &KnowledgeGraph, options: &DrawOptions, out: &mut W) -> io::Result<()> {
    let all = DrawOptions { events: options.events.or(Some(Events::All)), ..options.clone() };
    let view = View::of(graph, &all);
    writeln!(out, "{HEAD}")?;
    for stmt in statements(&view) {
        match &stmt {
            Stmt::Node(Node { id: NodeId(id, None), attributes }) if !attributes.is_empty() => {
                write!(out, "  {}", bare(id))?;
                write_attributes(attributes, out)?;
            }
            Stmt::Edge(Edge {
                ty: EdgeTy::Pair(Vertex::N(NodeId(source, None)), Vertex::N(NodeId(target, None))),
                attributes,
            }) if !attributes.is_empty() => {
                write!(out, "  {} -> {} ", bare(source), bare(target))?;
                write_attributes(attributes, out)?;
            }
            _ => {
                let piece = Graph::DiGraph { id: quoted(NAME), strict: false, stmts: vec![stmt] };
                let text = graphviz_rust::print(piece, &mut PrinterContext::default());
                let body = text.strip_prefix(HEAD).and_then(|text| text.trim_start_matches('\n').strip_suffix('}'));
                out.write_all(body.unwrap_or(&text).as_bytes())?;
            }
        }
    }
    writeln!(out, "}}")
}

fn write_attributes<W: io::Write>(attributes: &[Attribute], out: &mut W) -> io::Result<()> {
    for (number, Attribute(name, value)) in attributes.iter().enumerate() {
        write!(out, "{}{}={}", if number == 0 { '[' } else { ' ' }, bare(name), bare(value))?;
    }
    out.write_all(b"]\n")
}

/// An identifier as it is written.
fn bare(id: &Id) -> &str {
    match id {
        Id::Html(text) | Id::Escaped(text) | Id::Plain(text) | Id::Anonymous(text) => text,
    }
}

/// The graph as a DOT syntax tree.
pub(super) fn tree(graph: &KnowledgeGraph, options: &DrawOptions) -> Graph {
    let view = View::of(graph, options);
    Graph::DiGraph { id: quoted(NAME), strict: false, stmts: statements(&view).collect() }
}

/// Every statement, in order, each made when it is asked for.
fn statements<'v>(view: &'v View<'_>) -> impl Iterator<Item = Stmt> + 'v {
    // Without it Graphviz ranks each frame by itself, and fails where lines lead in and out of many.
    let newrank = (!view.clusters.is_empty()).then(|| plain("newrank", "true"));
    let mut drawing = vec![
        html(
            "label",
            &format!(
                "<b>{}</b><br/><font point-size=\"12\" color=\"{QUIET}\">{}</font>",
                html_text(&cut(&view.title, DRAWN)),
                html_text(&view.summary)
            ),
        ),
        plain("labelloc", "t"),
        plain("labeljust", "l"),
        plain("fontsize", "18"),
        text("fontname", FONT),
        plain("rankdir", "LR"),
        plain("nodesep", "0.3"),
        plain("ranksep", "0.7"),
        text("tooltip", &cut(&view.title, DRAWN)),
        text("bgcolor", "#ffffff"),
    ];
    drawing.extend(newrank);
    let first = [
        Stmt::GAttribute(GraphAttributes::Graph(drawing)),
        Stmt::GAttribute(GraphAttributes::Node(vec![
            text("fontname", FONT),
            plain("fontsize", "13"),
            text("color", "#55606e"),
            text("fontcolor", "#1f2933"),
        ])),
        Stmt::GAttribute(GraphAttributes::Edge(vec![
            text("fontname", FONT),
            plain("fontsize", "11"),
            plain("arrowsize", "0.8"),
        ])),
    ];
    let nodes = view.nodes.iter().map(|node| Stmt::Node(dot_node(node)));
    let lines = view
        .lines
        .iter()
        .flat_map(move |line| line.labels.iter().map(move |label| Stmt::Edge(dot_edge(view, line, label))));
    let legend = view.legend.then(|| Stmt::Subgraph(legend(view)));
    let clusters = view
        .clusters
        .iter()
        .enumerate()
        .map(move |(number, (name, members))| Stmt::Subgraph(cluster(view, number, name, members)));
    first.into_iter().chain(nodes).chain(clusters).chain(lines).chain(legend)
}

/// A frame around nodes that were stated before.
fn cluster(view: &View<'_>, number: usize, name: &str, members: &[usize]) -> Subgraph {
    let frame = Stmt::GAttribute(GraphAttributes::Graph(vec![
        text("label", &cut(name, DRAWN)),
        text("tooltip", &cut(name, DRAWN)),
        plain("labeljust", "l"),
        plain("fontsize", "14"),
        text("fontcolor", QUIET),
        text("color", "#c4ccd4"),
        text("bgcolor", "#f7f9fb"),
        plain("style", "rounded"),
        plain("margin", "12"),
    ]));
    let nodes = members.iter().map(|member| {
        Stmt::Node(Node { id: NodeId(quoted(&view.nodes[*member].node.id), None), attributes: Vec::new() })
    });
    Subgraph { id: quoted(&format!("cluster_{number}")), stmts: std::iter::once(frame).chain(nodes).collect() }
}

fn dot_node(node: &ViewNode<'_>) -> Node {
    let detail = html_text(&cut(&node.detail, DRAWN));
    let quiet = if node.pale { PALE.1 } else { QUIET };
    let small = |words: &str| format!("<font point-size=\"11\" color=\"{quiet}\">{words}</font>");
    let name = html_text(&cut(&node.node.name, DRAWN));
    let named = node.event || node.node.observations.iter().any(|seen| seen.named);
    let mut attributes = shape(node.shape, named);
    if node.event {
        let under = if detail.is_empty() {
            small(&format!("<i>{name}</i>"))
        } else {
            small(&format!("<i>{name}</i><br/>{detail}"))
        };
        attributes.extend([html("label", &under), text("margin", "0.01,0.01")]);
    } else {
        let under = if detail.is_empty() { String::new() } else { format!("<br/>{}", small(&detail)) };
        attributes.push(html("label", &format!("<b>{name}</b>{under}")));
    }
    attributes.extend([
        text("fillcolor", if node.pale { PALE.0 } else { &node.fill }),
        text("color", if node.pale { PALE.1 } else { &node.border }),
        text("tooltip", &cut(&node.tooltip, TOLD)),
    ]);
    if node.pale {
        attributes.push(text("fontcolor", PALE.1));
    }
    attributes.push(text("class", &node.node.type_name));
    Node { id: NodeId(quoted(&node.node.id), None), attributes }
}

fn shape(shape: Shape, named: bool) -> Vec<Attribute> {
    let (name, style) = match shape {
        Shape::Rounded => ("box", "rounded,filled"),
        Shape::Box => ("box", "filled"),
        Shape::Ellipse => ("ellipse", "filled"),
        Shape::Diamond => ("diamond", "filled"),
        Shape::Hexagon => ("hexagon", "filled"),
    };
    vec![plain("shape", name), text("style", &if named { style.to_string() } else { format!("{style},dashed") })]
}

fn stroke(stroke: Stroke, directed: bool) -> Vec<Attribute> {
    let (style, head) = match stroke {
        Stroke::Asserted => ("solid", "normal"),
        Stroke::Planned => ("dashed", "normal"),
        Stroke::Alleged => ("dotted", "normal"),
        Stroke::Denied => ("dashed", "tee"),
        Stroke::Inferred => ("solid", "onormal"),
    };
    vec![plain("style", style), plain("arrowhead", if directed { head } else { "none" })]
}

/// Graphviz draws parallel lines in a list of colours: a double line, as of what follows.
fn double(color: &str) -> String {
    format!("{color}:invis:{color}")
}

fn dot_edge(view: &View<'_>, line: &ViewLine, label: &ViewLabel) -> Edge {
    let color = if line.pale { PALE.1 } else { line.ink(label) };
    let width = if line.role { 0.8 } else { (1.2 + 0.7 * f64::from(line.support.max(1).ilog2())).min(5.0) };
    let ink = if line.stroke == Stroke::Inferred { double(color) } else { color.to_owned() };
    let mut attributes = vec![text("label", &cut(&label.text, TOLD)), text("color", &ink), text("fontcolor", color)];
    attributes.extend(stroke(line.stroke, line.directed));
    attributes.extend([
        plain("penwidth", &format!("{width:.1}")),
        text("tooltip", &cut(&label.tooltip, TOLD)),
        text("labeltooltip", &cut(&label.tooltip, TOLD)),
    ]);
    pair(quoted(&view.nodes[line.source].node.id), quoted(&view.nodes[line.target].node.id), attributes)
}

fn pair(source: Id, target: Id, attributes: Vec<Attribute>) -> Edge {
    Edge { ty: EdgeTy::Pair(Vertex::N(NodeId(source, None)), Vertex::N(NodeId(target, None))), attributes }
}

fn legend(view: &View<'_>) -> Subgraph {
    let mut stmts = vec![
        Stmt::Attribute(text("label", "")),
        Stmt::Attribute(text("color", "#d5dbe1")),
        Stmt::GAttribute(GraphAttributes::Node(vec![plain("fontsize", "11")])),
        Stmt::GAttribute(GraphAttributes::Edge(vec![
            plain("fontsize", "11"),
            text("color", "#3e4c59"),
            text("fontcolor", "#3e4c59"),
        ])),
    ];
    let rows = view.types.iter().fold(String::new(), |rows, (name, _, fill, _)| {
        format!("{rows}<tr><td width=\"26\" border=\"1\" color=\"#55606e\" bgcolor=\"{}\"></td><td align=\"left\">{}</td></tr>", html_text(fill), html_text(name))
    });
    if !rows.is_empty() {
        let table = format!("<table border=\"0\" cellborder=\"0\" cellspacing=\"3\" cellpadding=\"2\">{rows}</table>");
        let attributes = vec![plain("shape", "plain"), html("label", &table), text("tooltip", "")];
        stmts.push(Stmt::Node(Node { id: NodeId(quoted("legend/types"), None), attributes }));
    }
    for (number, kind) in view.strokes.iter().enumerate() {
        let ends = [format!("legend/line/{number}/from"), format!("legend/line/{number}/to")];
        for end in &ends {
            let attributes = vec![plain("shape", "point"), plain("style", "invis"), text("label", "")];
            stmts.push(Stmt::Node(Node { id: NodeId(quoted(end), None), attributes }));
        }
        let mut attributes = vec![text("label", kind.name())];
        attributes.extend(stroke(*kind, true));
        if *kind == Stroke::Denied {
            attributes.extend([text("color", DENIED), text("fontcolor", DENIED)]);
        }
        if *kind == Stroke::Inferred {
            attributes.push(text("color", &double("#55606e")));
        }
        stmts.push(Stmt::Edge(pair(quoted(&ends[0]), quoted(&ends[1]), attributes)));
    }
    for (number, words) in view.hidden.iter().enumerate() {
        stmts.push(Stmt::Node(Node {
            id: NodeId(quoted(&format!("legend/hidden/{number}")), None),
            attributes: vec![plain("shape", "plaintext"), text("label", words)],
        }));
    }
    Subgraph { id: quoted("cluster_legend"), stmts }
}

fn plain(name: &str, value: &str) -> Attribute {
    Attribute(Id::Plain(name.to_string()), Id::Plain(value.to_string()))
}

fn text(name: &str, value: &str) -> Attribute {
    Attribute(Id::Plain(name.to_string()), quoted(value))
}

fn html(name: &str, value: &str) -> Attribute {
    Attribute(Id::Plain(name.to_string()), Id::Html(format!("<{value}>")))
}

/// A quoted string. A backslash begins an escape sequence in Graphviz's labels, so it is doubled.
fn quoted(value: &str) -> Id {
    let mut out = String::from("\"");
    for character in value.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            _ if character.is_control() => out.push(' '),
            _ => out.push(character),
        }
    }
    out.push('"');
    Id::Escaped(out)
}

fn cut(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

/// Text inside an HTML-like label.
fn html_text(value: &str) -> String {
    value.chars().fold(String::new(), |mut out, character| {
        match character {
            '\n' | '\r' | '\t' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            _ if character.is_control() => {}
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(character),
        }
        out
    })
}
