//! What of a graph a drawing shows, before anything has a place: shared by the DOT export and the built-in drawing.

use std::collections::{BTreeMap, BTreeSet};

use super::cluster::clusters;
use super::ground::Map;
use super::layout::Arrangement;
use super::lit::Lit;
use super::marks::{self, Mark, Marks};
use super::svg::DENIED;
use super::twice;
use crate::extract::{Modality, Polarity};
use crate::graph::{Edge, KnowledgeGraph, Node, Origin, Shape};

/// Up to this many nodes without edges are drawn; more would crowd out the ones that say something.
const ISOLATED_DRAWN: usize = 40;
/// Characters of a quotation that a tooltip shows.
const TOOLTIP_QUOTE: usize = 300;

/// What to draw of a graph and how.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DrawOptions {
    /// Headline of the drawing; without one, the title of the only document, or the number of documents.
    pub title: Option<String>,
    /// Which nodes without edges to draw.
    pub isolated: Isolated,
    /// Which events to draw; without it, DOT has all, and a picture those that no line tells already.
    pub events: Option<Events>,
    /// Leave out the legend.
    pub no_legend: bool,
    /// How the built-in drawing and the page lay out what is connected; without one, by forces.
    pub arrangement: Option<Arrangement>,
    /// Where things lie, for [`Arrangement::Map`].
    pub map: Option<Map>,
    /// Which way the built-in drawing runs.
    pub direction: Direction,
    /// An attribute, such as `country`: nodes with the same value of it stand together. Graphviz does it.
    pub cluster_by: Option<String>,
    /// What was gained, lost and changed; without it, a drawing of one graph in the colours of its pack.
    pub marks: Option<Marks>,
    /// What is brought out, all else being drawn palely; without it, everything is drawn alike.
    pub lit: Option<Lit>,
}

/// Which nodes without edges are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Isolated {
    /// All, unless there are more than forty; the legend then says how many are left out.
    #[default]
    Few,
    /// All.
    All,
    /// None; the legend says how many are left out.
    None,
}

/// Which events are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Events {
    /// Those that say more than a line: not what two did to or with each other where the same sentence gives the line
    /// between the two. The legend says how many are left out.
    #[default]
    Few,
    /// All.
    All,
}

impl Events {
    /// The choice of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "few" => Some(Events::Few),
            "all" => Some(Events::All),
            _ => None,
        }
    }
}

/// Which way a layered drawing runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// Whichever gives each part the better proportions.
    #[default]
    Best,
    /// From left to right.
    Across,
    /// From top to bottom.
    Down,
}

/// How a line says whether the statement is presented as a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stroke {
    /// Told as a fact.
    Asserted,
    /// Planned or asked for.
    Planned,
    /// Possible or alleged.
    Alleged,
    /// Denied, whatever else it is.
    Denied,
    /// Told by nobody, and inferred from what is.
    Inferred,
}

pub(super) struct View<'a> {
    pub title: String,
    pub summary: String,
    pub nodes: Vec<ViewNode<'a>>,
    pub lines: Vec<ViewLine>,
    /// Node types that occur: name, shape and fill.
    pub types: Vec<(String, Shape, String, bool)>,
    /// Ways of saying that occur.
    pub strokes: Vec<Stroke>,
    /// What is not drawn and why, in words.
    pub hidden: Vec<String>,
    pub legend: bool,
    /// Nodes that stand together, as numbers, under what they have in common.
    pub clusters: Vec<(String, Vec<usize>)>,
}

pub(super) struct ViewNode<'a> {
    pub node: &'a Node,
    pub detail: String,
    pub shape: Shape,
    pub fill: String,
    pub border: String,
    pub tooltip: String,
    pub event: bool,
    /// Whether it only stands by.
    pub pale: bool,
}

/// All edges that one line stands for: the same two nodes, the same direction, the same way of saying.
pub(super) struct ViewLine {
    pub source: usize,
    pub target: usize,
    pub directed: bool,
    pub stroke: Stroke,
    pub role: bool,
    pub labels: Vec<ViewLabel>,
    /// Greatest number of documents behind one of its edges.
    pub support: u32,
    /// Whether its colour says what happened to it, not how it is told.
    pub marked: bool,
    /// Whether it only stands by.
    pub pale: bool,
}

impl ViewLine {
    /// The colour of one of its labels, and of the line where it is the first.
    pub(super) fn ink<'a>(&self, label: &'a ViewLabel) -> &'a str {
        if self.stroke == Stroke::Denied && !self.marked { DENIED } else { &label.color }
    }
}

pub(super) struct ViewLabel {
    pub text: String,
    pub color: String,
    pub tooltip: String,
}

impl<'a> View<'a> {
    pub(super) fn of(graph: &'a KnowledgeGraph, options: &DrawOptions) -> Self {
        let connected: BTreeSet<&str> =
            graph.edges().flat_map(|edge| [edge.source.as_str(), edge.target.as_str()]).collect();
        let isolated = graph.node_count() - connected.len();
        let show_isolated = match options.isolated {
            Isolated::Few => isolated <= ISOLATED_DRAWN,
            Isolated::All => true,
            Isolated::None => false,
        };
        // A comparison shows events come and go; what is brought out is shown, whatever it is.
        let lit = |id: &str| options.lit.as_ref().is_some_and(|lit| lit.nodes.contains(id));
        let twice = match options.events.unwrap_or_default() {
            Events::Few if options.marks.is_none() => twice::events(graph).into_iter().filter(|id| !lit(id)).collect(),
            _ => BTreeSet::new(),
        };
        let nodes: Vec<ViewNode<'a>> = graph
            .nodes()
            .filter(|node| show_isolated || connected.contains(node.id.as_str()))
            .filter(|node| !twice.contains(node.id.as_str()))
            .map(|node| view_node(graph, node, options))
            .collect();
        let lines = lines(graph, &nodes, options);
        let mut types: Vec<(String, Shape, String, bool)> = Vec::new();
        for node in &nodes {
            let entry = (node.node.type_name.clone(), node.shape, node.fill.clone(), node.event);
            if !types.contains(&entry) {
                types.push(entry);
            }
        }
        types.sort_by(|a, b| (a.3, &a.0).cmp(&(b.3, &b.0)));
        if let Some(marks) = &options.marks {
            let edges = graph.edges().map(|edge| marks.of_edge(edge));
            types = marks::legend(nodes.iter().map(|node| marks.of_node(node.node)).chain(edges));
        }
        let strokes: BTreeSet<Stroke> = lines.iter().map(|line| line.stroke).collect();
        let mut view = View {
            title: title(graph, options),
            summary: summary(graph),
            hidden: hidden(if show_isolated { 0 } else { isolated }, twice.len()),
            nodes,
            lines,
            types,
            strokes: strokes.into_iter().collect(),
            legend: !options.no_legend,
            clusters: Vec::new(),
        };
        let clusters = options.cluster_by.iter().flat_map(|attribute| clusters(&view, attribute)).collect();
        view.clusters = clusters;
        view
    }
}

/// What is left out, in words.
fn hidden(isolated: usize, events: usize) -> Vec<String> {
    let isolated =
        (isolated > 0).then(|| format!("{} without relations not drawn", count(isolated, "entity", "entities")));
    let events = (events > 0).then(|| match events {
        1 => String::from("1 event not drawn: a line tells it already"),
        many => format!("{many} events not drawn: a line tells each already"),
    });
    isolated.into_iter().chain(events).collect()
}

pub(super) fn title(graph: &KnowledgeGraph, options: &DrawOptions) -> String {
    if let Some(title) = &options.title {
        return title.clone();
    }
    match graph.manifest().documents.as_slice() {
        [only] => only.title.clone().unwrap_or_else(|| only.id.clone()),
        several => count(several.len(), "document", "documents"),
    }
}

pub(super) fn summary(graph: &KnowledgeGraph) -> String {
    let stated = graph.edges().filter(|edge| edge.origin != Origin::Role).count();
    let events = graph.nodes().filter(|node| is_event(graph, node)).count();
    let mut parts =
        vec![count(graph.node_count() - events, "entity", "entities"), count(stated, "relation", "relations")];
    if events > 0 {
        parts.push(count(events, "event", "events"));
    }
    parts.join(", ")
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

pub(super) fn is_event(graph: &KnowledgeGraph, node: &Node) -> bool {
    graph.manifest().types.get(&node.type_name).is_some_and(|style| style.event)
}

fn view_node<'a>(graph: &KnowledgeGraph, node: &'a Node, options: &DrawOptions) -> ViewNode<'a> {
    let style = graph.manifest().types.get(&node.type_name).map(|style| style.draw.clone()).unwrap_or_default();
    let event = is_event(graph, node);
    let mut detail: Vec<&str> =
        style.detail.iter().filter_map(|name| node.attributes.get(name)).map(String::as_str).collect();
    if event {
        // A name that tells the day need not tell it twice.
        let date = node.attributes.get("date").map(String::as_str);
        detail.extend(date.filter(|date| !node.name.contains(date)));
    }
    let mut tooltip = vec![format!("{} ({})", node.name, node.type_name)];
    tooltip.extend(node.attributes.iter().map(|(name, value)| format!("{name}: {value}")));
    if !node.aliases.is_empty() {
        tooltip.push(format!("also: {}", node.aliases.join("; ")));
    }
    tooltip.push(format!("in {}", count(node.support as usize, "document", "documents")));
    let (mut fill, mut border) = (non_empty(style.fill, "#eef1f5"), non_empty(style.border, "#55606e"));
    if let Some(marks) = &options.marks {
        let painted = marks::paint(marks.of_node(node));
        (fill, border) = (painted.0.to_owned(), painted.1.to_owned());
    }
    ViewNode {
        node,
        detail: detail.join(", "),
        shape: if event { Shape::Diamond } else { style.shape },
        fill,
        border,
        tooltip: tooltip.join("\n"),
        event,
        pale: options.lit.as_ref().is_some_and(|lit| !lit.has_node(node)),
    }
}

fn non_empty(value: String, otherwise: &str) -> String {
    if value.is_empty() { otherwise.to_string() } else { value }
}

pub(super) fn stroke(edge: &Edge) -> Stroke {
    match (edge.polarity, edge.modality) {
        (Polarity::Negative, _) => Stroke::Denied,
        _ if edge.origin == Origin::Inferred => Stroke::Inferred,
        (_, Modality::Asserted) => Stroke::Asserted,
        (_, Modality::Planned | Modality::Requested) => Stroke::Planned,
        (_, Modality::Possible | Modality::Alleged) => Stroke::Alleged,
    }
}

fn lines(graph: &KnowledgeGraph, nodes: &[ViewNode<'_>], options: &DrawOptions) -> Vec<ViewLine> {
    let marks = options.marks.as_ref();
    let places: BTreeMap<&str, usize> =
        nodes.iter().enumerate().map(|(at, node)| (node.node.id.as_str(), at)).collect();
    type Key<'a> = (usize, usize, bool, Stroke, bool, Option<Mark>, bool);
    let mut groups: BTreeMap<Key<'_>, BTreeMap<&str, Vec<&Edge>>> = BTreeMap::new();
    for edge in graph.edges() {
        let Some((&source, &target)) = places.get(edge.source.as_str()).zip(places.get(edge.target.as_str())) else {
            continue;
        };
        let symmetric = graph.manifest().relations.get(&edge.type_name).is_some_and(|style| style.symmetric);
        let mark = marks.and_then(|marks| marks.of_edge(edge));
        let pale = options.lit.as_ref().is_some_and(|lit| !lit.has_edge(edge));
        let key = (source, target, !symmetric, stroke(edge), edge.origin == Origin::Role, mark, pale);
        groups.entry(key).or_default().entry(&edge.type_name).or_default().push(edge);
    }
    let line =
        |((source, target, directed, stroke, role, mark, pale), types): (Key<'_>, BTreeMap<&str, Vec<&Edge>>)| {
            ViewLine {
                source,
                target,
                directed,
                stroke,
                role,
                support: types.values().flatten().map(|edge| edge.support).max().unwrap_or(1),
                marked: marks.is_some(),
                pale,
                labels: types
                    .iter()
                    .map(|(type_name, edges)| label(graph, type_name, edges))
                    .map(|label| if marks.is_some() { label.marked(mark) } else { label })
                    .collect(),
            }
        };
    groups.into_iter().map(line).collect()
}

impl ViewLabel {
    fn marked(self, mark: Option<Mark>) -> Self {
        ViewLabel {
            text: format!("{}{}", marks::sign(mark), self.text),
            color: marks::paint(mark).1.to_owned(),
            tooltip: self.tooltip,
        }
    }
}

fn label(graph: &KnowledgeGraph, type_name: &str, edges: &[&Edge]) -> ViewLabel {
    let style = graph.manifest().relations.get(type_name);
    let text = style
        .map(|style| style.label.clone())
        .filter(|label| !label.is_empty())
        .unwrap_or_else(|| type_name.to_string());
    let text = if edges.len() > 1 { format!("{text} ×{}", edges.len()) } else { text };
    let color = style.map(|style| style.draw.color.clone()).unwrap_or_default();
    let tooltips: Vec<String> = edges.iter().map(|edge| tooltip(edge)).collect();
    ViewLabel { text, color: non_empty(color, "#55606e"), tooltip: tooltips.join("\n\n") }
}

fn tooltip(edge: &Edge) -> String {
    let mut head = format!("{} → {}: {}", edge.source, edge.target, edge.type_name);
    if edge.modality != Modality::Asserted {
        head.push_str(&format!(", {}", format!("{:?}", edge.modality).to_lowercase()));
    }
    if edge.polarity == Polarity::Negative {
        head.push_str(", denied");
    }
    if let Some(date) = edge.attributes.get("date") {
        head.push_str(&format!(", {date}"));
    }
    head.push_str(&format!(
        " (confidence {:.2}, {})",
        edge.confidence,
        count(edge.support as usize, "document", "documents")
    ));
    if let Some(ground) = edge.grounds.first() {
        let from: Vec<String> = ground.edges.iter().map(|edge| format!("{} → {}", edge.source, edge.target)).collect();
        head.push_str(&format!("\ninferred by {} from {}", ground.rule, from.join(", ")));
    }
    if let Some(first) = edge.evidence.first() {
        let mut quote: String = first.quote.chars().take(TOOLTIP_QUOTE).collect();
        if quote.len() < first.quote.len() {
            quote.push('…');
        }
        head.push_str(&format!("\n“{quote}” {}", first.doc));
    }
    head
}

impl Stroke {
    /// What the legend calls it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Stroke::Asserted => "stated as fact",
            Stroke::Planned => "planned or requested",
            Stroke::Alleged => "possible or alleged",
            Stroke::Denied => "denied",
            Stroke::Inferred => "inferred",
        }
    }
}
