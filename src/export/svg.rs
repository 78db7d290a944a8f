//! The built-in drawing: an SVG that needs no other program, font or script.
//!
//! Every node and line carries a tooltip with what it rests on and a label for screen readers; coordinates are rounded to
//! a tenth of a pixel, so that the same graph gives the same bytes everywhere.

use std::fmt::Write;

use super::label;
use super::layout::{self, Arrangement, Placed, Point, Wanted};
use super::legend;
use super::mapped;
use super::measure::{Face, width, wrap};
use super::path::{DIAMOND, Outline, coordinate};
use super::route::{Bundle, route};
use super::stroke;
use super::view::{self, DrawOptions, View, ViewNode};
use crate::graph::{KnowledgeGraph, Node, Shape};

pub(super) const FAMILY: &str = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";
const NAME: f64 = 13.0;
const DETAIL: f64 = 11.0;
pub(super) const LABEL: f64 = 11.0;
const MARGIN: f64 = 28.0;
const INK: &str = "#1f2933";
const QUIET: &str = "#52606d";
pub(super) const DENIED: &str = "#c0392b";

/// The texts of a node and the size of its box.
struct NodeBox {
    name: Vec<String>,
    detail: Vec<String>,
    width: f64,
    height: f64,
}

/// The graph as a drawing.
pub fn svg(graph: &KnowledgeGraph, options: &DrawOptions) -> String {
    let view = View::of(graph, options);
    let bundles = Bundle::of(&view);
    let boxes = node_boxes(&view, &bundles);
    let wanted = Wanted {
        nodes: boxes.iter().map(|node| (node.width, node.height)).collect(),
        lines: bundles.iter().map(|bundle| (bundle.source, bundle.target, bundle.size.0, bundle.size.1)).collect(),
    };
    let arrangement = options.arrangement.unwrap_or_default();
    let (placed, ground) = match options.map.as_ref().filter(|_| arrangement == Arrangement::Map) {
        Some(map) => {
            let nodes: Vec<&Node> = view.nodes.iter().map(|node| node.node).collect();
            let (placed, ground) = mapped::place(&nodes, |node| view::is_event(graph, node), &wanted, map);
            (placed, Some((map, ground)))
        }
        None => (layout::place(&wanted, arrangement, options.direction), None),
    };
    let outlines = outlines(&view, &boxes, &placed);
    let title_width = width(&view.title, 18.0, Face::Bold).max(width(&view.summary, 12.0, Face::Regular));
    let inner = placed.width.max(title_width).max(if view.legend { 520.0 } else { 0.0 });
    let head = 58.0;
    let (legend, legend_height) = if view.legend { legend::draw(&view, inner) } else { (String::new(), 0.0) };
    let (full_width, full_height) = (inner + 2.0 * MARGIN, head + placed.height + legend_height + 2.0 * MARGIN);
    let mut out = String::new();
    open(&mut out, &view, full_width, full_height);
    let aside = MARGIN + (inner - placed.width) / 2.0;
    let _ = writeln!(out, "<g transform=\"translate({},{})\">", coordinate(aside), coordinate(MARGIN + head));
    if let Some((map, ground)) = &ground {
        ground.draw(map, &mut out);
    }
    let ends = route(&bundles, &placed, &outlines);
    for (bundle, ends) in bundles.iter().zip(&ends) {
        stroke::draw(&mut out, &view, bundle, ends);
    }
    for (node, (texts, outline)) in view.nodes.iter().zip(boxes.iter().zip(&outlines)) {
        draw_node(&mut out, node, texts, outline);
    }
    // Labels last: nothing crosses them.
    for (bundle, ends) in bundles.iter().zip(&ends) {
        label::draw(&mut out, &view, &bundle.lines, (ends.label, ends.course), &outlines);
    }
    out.push_str("</g>\n");
    if view.legend {
        let _ = writeln!(
            out,
            "<g transform=\"translate({},{})\">\n{legend}</g>",
            coordinate(MARGIN),
            coordinate(MARGIN + head + placed.height)
        );
    }
    out.push_str("</svg>\n");
    out
}

fn open(out: &mut String, view: &View<'_>, full_width: f64, full_height: f64) {
    let (w, h) = (coordinate(full_width), coordinate(full_height));
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" font-family=\"{FAMILY}\" role=\"graphics-document document\" aria-label=\"{}\">",
        escape(&format!("{}: {}", view.title, view.summary))
    );
    let _ = writeln!(out, "<rect width=\"{w}\" height=\"{h}\" fill=\"#ffffff\"/>");
    let _ = writeln!(
        out,
        "<text x=\"{MARGIN}\" y=\"{}\" font-size=\"18\" font-weight=\"bold\" fill=\"{INK}\">{}</text>",
        coordinate(MARGIN + 14.0),
        escape(&view.title)
    );
    let _ = writeln!(
        out,
        "<text x=\"{MARGIN}\" y=\"{}\" font-size=\"12\" fill=\"{QUIET}\">{}</text>",
        coordinate(MARGIN + 33.0),
        escape(&view.summary)
    );
}

/// Sizes of all nodes; one that many lines touch is taller, so that their ends can be told apart.
fn node_boxes(view: &View<'_>, bundles: &[Bundle]) -> Vec<NodeBox> {
    let mut boxes: Vec<NodeBox> = view.nodes.iter().map(node_box).collect();
    let mut touching = vec![0usize; boxes.len()];
    for bundle in bundles {
        touching[bundle.source] += 1;
        touching[bundle.target] += 1;
    }
    for (node, (size, touching)) in view.nodes.iter().zip(boxes.iter_mut().zip(touching)) {
        if !node.event {
            let taller = ((touching as f64 * 7.0).min(130.0) - size.height).max(0.0);
            size.height += taller;
            size.width += taller * 0.4;
        }
    }
    boxes
}

fn node_box(node: &ViewNode<'_>) -> NodeBox {
    let face = if node.event { Face::Regular } else { Face::Bold };
    let name = wrap(&node.node.name, 22, 3);
    let detail = wrap(&node.detail, 28, 2);
    let widest = |lines: &[String], size, face| lines.iter().map(|line| width(line, size, face)).fold(0.0, f64::max);
    let text = widest(&name, if node.event { LABEL } else { NAME }, face).max(widest(&detail, DETAIL, Face::Regular));
    let lines = name.len() as f64 * 16.0 + detail.len() as f64 * 14.0;
    let (width, height) = match (node.event, node.shape) {
        (true, _) => (text.max(2.0 * DIAMOND) + 4.0, 2.0 * DIAMOND + 2.0 + (name.len() + detail.len()) as f64 * 13.0),
        (_, Shape::Ellipse) => (text * 1.18 + 30.0, lines + 22.0),
        (_, Shape::Diamond) => (text * 1.5 + 40.0, lines * 1.6 + 26.0),
        (_, Shape::Hexagon) => (text + 46.0, lines + 16.0),
        (_, Shape::Rounded | Shape::Box) => (text + 24.0, lines + 14.0),
    };
    NodeBox { name, detail, width: width.max(if node.event { 0.0 } else { 60.0 }).ceil(), height: height.ceil() }
}

fn outlines(view: &View<'_>, boxes: &[NodeBox], placed: &Placed) -> Vec<Outline> {
    let outline = |((node, size), &centre): ((&ViewNode<'_>, &NodeBox), &Point)| Outline {
        centre,
        width: size.width,
        height: size.height,
        shape: node.shape,
        event: node.event,
    };
    view.nodes.iter().zip(boxes).zip(&placed.nodes).map(outline).collect()
}

fn draw_node(out: &mut String, node: &ViewNode<'_>, texts: &NodeBox, outline: &Outline) {
    let _ = writeln!(
        out,
        "<g class=\"node\" role=\"graphics-symbol img\" aria-label=\"{}\"{}><title>{}</title>",
        escape(&format!("{}, {}", node.node.name, node.node.type_name)),
        stroke::faint(node.pale),
        escape(&node.tooltip)
    );
    out.push_str(&shape(
        outline,
        &node.fill,
        &node.border,
        node.node.observations.iter().any(|seen| seen.named) || node.event,
    ));
    let centre = outline.centre;
    let mut text = |y: f64, size: f64, style: &str, fill: &str, words: &str| {
        let _ = writeln!(
            out,
            "<text x=\"{}\" y=\"{}\" font-size=\"{size}\" text-anchor=\"middle\" fill=\"{fill}\"{style}>{}</text>",
            coordinate(centre.x),
            coordinate(y),
            escape(words)
        );
    };
    if node.event {
        let mut y = outline.diamond().y + DIAMOND + 12.0;
        for (line, style) in texts
            .name
            .iter()
            .map(|line| (line, " font-style=\"italic\""))
            .chain(texts.detail.iter().map(|line| (line, "")))
        {
            text(y, LABEL, style, QUIET, line);
            y += 13.0;
        }
    } else {
        let height = texts.name.len() as f64 * 16.0 + texts.detail.len() as f64 * 14.0;
        let mut y = centre.y - height / 2.0 + 12.5;
        for line in &texts.name {
            text(y, NAME, " font-weight=\"bold\"", INK, line);
            y += 16.0;
        }
        y -= 1.5;
        for line in &texts.detail {
            text(y, DETAIL, "", QUIET, line);
            y += 14.0;
        }
    }
    out.push_str("</g>\n");
}

/// The outline of a node; dashed where no mention names it.
pub(super) fn shape(outline: &Outline, fill: &str, border: &str, named: bool) -> String {
    let (x, y) = (outline.centre.x, outline.centre.y);
    let (half_width, half_height) = (outline.width / 2.0, outline.height / 2.0);
    let paint = format!(
        "fill=\"{}\" stroke=\"{}\" stroke-width=\"1.2\"{}",
        escape(fill),
        escape(border),
        if named { "" } else { " stroke-dasharray=\"4 2.5\"" }
    );
    let polygon = |points: &[(f64, f64)]| {
        let points: Vec<String> =
            points.iter().map(|(x, y)| format!("{},{}", coordinate(*x), coordinate(*y))).collect();
        format!("<polygon points=\"{}\" {paint}/>\n", points.join(" "))
    };
    if outline.event {
        let centre = outline.diamond();
        return polygon(&[
            (centre.x, centre.y - DIAMOND),
            (centre.x + DIAMOND, centre.y),
            (centre.x, centre.y + DIAMOND),
            (centre.x - DIAMOND, centre.y),
        ]);
    }
    let rectangle = |radius: f64| {
        format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{radius}\" {paint}/>\n",
            coordinate(x - half_width),
            coordinate(y - half_height),
            coordinate(outline.width),
            coordinate(outline.height)
        )
    };
    match outline.shape {
        Shape::Rounded => rectangle(9.0),
        Shape::Box => rectangle(1.5),
        Shape::Ellipse => format!(
            "<ellipse cx=\"{}\" cy=\"{}\" rx=\"{}\" ry=\"{}\" {paint}/>\n",
            coordinate(x),
            coordinate(y),
            coordinate(half_width),
            coordinate(half_height)
        ),
        Shape::Diamond => {
            polygon(&[(x, y - half_height), (x + half_width, y), (x, y + half_height), (x - half_width, y)])
        }
        Shape::Hexagon => {
            let corner = 10.0f64.min(half_width / 2.0);
            polygon(&[
                (x - half_width + corner, y - half_height),
                (x + half_width - corner, y - half_height),
                (x + half_width, y),
                (x + half_width - corner, y + half_height),
                (x - half_width + corner, y + half_height),
                (x - half_width, y),
            ])
        }
    }
}

/// Text as XML may hold it; characters that XML has no place for vanish.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            _ if character.is_control() => {}
            _ => out.push(character),
        }
    }
    out
}
