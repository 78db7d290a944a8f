//! Gives everything a place: each connected part laid out in layers by `dagre`, by forces or on a circle, the parts packed
//! side by side.
//!
//! Labels are laid out as if they were nodes, which is what keeps them off the nodes, the lines' ends and each other.

use std::collections::{BTreeMap, BTreeSet};

use dagre::graph::{Graph, GraphOptions};
use dagre::{EdgeLabel, LayoutOptions, NodeLabel, RankDir};

use super::view::Direction;
#[cfg(doc)]
use super::view::DrawOptions;
use super::{coarse, force, pack};

/// Width to height that a part, and the whole, should come near to: that of a screen or a page laid across.
pub(super) const PROPORTION: f64 = 1.5;
/// Lines up to which a part is laid out both ways to see which is better.
const MOST_COMPARED: usize = 150;
/// Lines up to which a part is laid out in careful layers, whose cost grows faster than the part.
const MOST_LAYERED: usize = 300;

/// How a connected part is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Arrangement {
    /// In layers, lines mostly running one way (Sugiyama, Tagawa and Toda, 1981).
    Layered,
    /// By forces: linked nodes draw together, all push each other away; then bettered node by node.
    #[default]
    Force,
    /// On a circle.
    Circular,
    /// Where they lie on the [map](DrawOptions::map); by force where there is none.
    Map,
}

impl Arrangement {
    /// The arrangement of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "layered" => Some(Arrangement::Layered),
            "force" => Some(Arrangement::Force),
            "circular" => Some(Arrangement::Circular),
            _ => None,
        }
    }
}

/// A point of the drawing, in pixels from the top left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point {
    pub x: f64,
    pub y: f64,
}

/// What has to be placed: sizes of nodes, and lines between them with the sizes of their labels.
pub(super) struct Wanted {
    pub nodes: Vec<(f64, f64)>,
    pub lines: Vec<(usize, usize, f64, f64)>,
}

/// Where everything is: centres of nodes, and for each line its bends and the centre of its label.
pub(super) struct Placed {
    pub nodes: Vec<Point>,
    pub lines: Vec<PlacedLine>,
    pub width: f64,
    pub height: f64,
}

#[derive(Clone)]
pub(super) struct PlacedLine {
    pub bends: Vec<Point>,
    pub label: Point,
    pub course: Course,
}

/// How a line runs from node to node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Course {
    /// Layers run across: it leaves its nodes sideways.
    Across,
    /// Layers run down: it leaves its nodes upwards or downwards.
    Down,
    /// There are no layers: in one arc, through its label.
    Free,
}

/// One connected part, laid out from its own origin.
pub(super) struct Part {
    pub width: f64,
    pub height: f64,
    pub nodes: Vec<(usize, Point)>,
    pub lines: Vec<(usize, PlacedLine)>,
}

/// Places all nodes and lines.
pub(super) fn place(wanted: &Wanted, arrangement: Arrangement, direction: Direction) -> Placed {
    place_within(wanted, arrangement, direction, None)
}

/// The same, its parts side by side within so many pixels rather than in the proportion of a page.
pub(super) fn place_within(
    wanted: &Wanted,
    arrangement: Arrangement,
    direction: Direction,
    room: Option<f64>,
) -> Placed {
    let mut parts: Vec<Part> = Vec::new();
    let mut single: Vec<usize> = Vec::new();
    for component in components(wanted) {
        match component.as_slice() {
            [only] => single.push(*only),
            several => parts.push(best(several, wanted, arrangement, direction)),
        }
    }
    parts.sort_by(|a, b| (b.width * b.height).total_cmp(&(a.width * a.height)));
    if !single.is_empty() {
        parts.push(pack::rows(&single, wanted));
    }
    pack::pack(parts, wanted, room)
}

fn components(wanted: &Wanted) -> Vec<Vec<usize>> {
    let mut parent: Vec<usize> = (0..wanted.nodes.len()).collect();
    fn find(parent: &mut [usize], mut at: usize) -> usize {
        while parent[at] != at {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        at
    }
    for &(source, target, _, _) in &wanted.lines {
        let (a, b) = (find(&mut parent, source), find(&mut parent, target));
        parent[a.max(b)] = a.min(b);
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..wanted.nodes.len() {
        members.entry(find(&mut parent, at)).or_default().push(at);
    }
    members.into_values().collect()
}

fn best(members: &[usize], wanted: &Wanted, arrangement: Arrangement, direction: Direction) -> Part {
    let inside = |at: usize| members.binary_search(&at).is_ok();
    let lines: Vec<usize> = (0..wanted.lines.len()).filter(|&line| inside(wanted.lines[line].0)).collect();
    let simple = match arrangement {
        Arrangement::Force | Arrangement::Map => Some(force::force(members, &lines, wanted)),
        Arrangement::Circular => Some(force::circle(members, &lines, wanted)),
        Arrangement::Layered if lines.len() > MOST_LAYERED => Some(coarse::columns(members, &lines, wanted)),
        Arrangement::Layered => None,
    };
    if let Some(mut part) = simple {
        normalise(&mut part, wanted);
        return part;
    }
    let across = || layered(members, &lines, wanted, true);
    let down = || layered(members, &lines, wanted, false);
    match direction {
        Direction::Best if lines.len() > MOST_COMPARED => across(),
        Direction::Across => across(),
        Direction::Down => down(),
        Direction::Best => {
            let (across, down) = (across(), down());
            // Area alone favours strips, proportion alone favours sprawl.
            let cost = |part: &Part| {
                let ratio = part.width / part.height.max(1.0) / PROPORTION;
                part.width * part.height * (1.0 + ratio.max(1.0 / ratio))
            };
            if cost(&down) < cost(&across) { down } else { across }
        }
    }
}

/// Layers by Sugiyama's method. A leaf's line is turned round, alternately, so that a node with many leaves has them on
/// both sides; only the layout sees the turn.
fn layered(members: &[usize], lines: &[usize], wanted: &Wanted, across: bool) -> Part {
    let mut graph: Graph<NodeLabel, EdgeLabel> =
        Graph::with_options(GraphOptions { directed: true, multigraph: true, compound: false });
    for &at in members {
        let (width, height) = wanted.nodes[at];
        graph.set_node(name(at), Some(NodeLabel { width, height, ..NodeLabel::default() }));
    }
    let turned = turned(lines, wanted);
    for &line in lines {
        let (source, target, width, height) = wanted.lines[line];
        let (from, to) = if turned.contains(&line) { (target, source) } else { (source, target) };
        let label =
            EdgeLabel { width, height, labelpos: dagre::layout::types::LabelPos::Center, ..EdgeLabel::default() };
        graph.set_edge(name(from), name(to), Some(label), Some(&line.to_string()));
    }
    let most = (members.len() as f64).min(60.0);
    let options = LayoutOptions {
        rankdir: if across { RankDir::LR } else { RankDir::TB },
        nodesep: if across { 20.0 } else { 34.0 },
        edgesep: if across { 14.0 } else { 22.0 },
        // Room to bend: the more nodes, the farther lines have to come.
        ranksep: if across { 30.0 + 0.5 * most } else { 36.0 + 0.4 * most },
        ..LayoutOptions::default()
    };
    dagre::layout(&mut graph, Some(options));
    let mut part = Part { width: 0.0, height: 0.0, nodes: Vec::new(), lines: Vec::new() };
    for &at in members {
        if let Some(label) = graph.node(&name(at)) {
            part.nodes.push((at, Point { x: label.x.unwrap_or_default(), y: label.y.unwrap_or_default() }));
        }
    }
    for &line in lines {
        let (source, target, _, _) = wanted.lines[line];
        let (from, to) = if turned.contains(&line) { (target, source) } else { (source, target) };
        let Some(label) = graph.edge(&name(from), &name(to), Some(&line.to_string())) else { continue };
        let mut bends: Vec<Point> = label.points.iter().map(|point| Point { x: point.x, y: point.y }).collect();
        if turned.contains(&line) {
            bends.reverse();
        }
        let middle = bends.get(bends.len() / 2).copied().unwrap_or(Point { x: 0.0, y: 0.0 });
        let label = Point { x: label.x.unwrap_or(middle.x), y: label.y.unwrap_or(middle.y) };
        part.lines
            .push((line, PlacedLine { bends, label, course: if across { Course::Across } else { Course::Down } }));
    }
    normalise(&mut part, wanted);
    part
}

fn name(at: usize) -> String {
    at.to_string()
}

/// Lines of leaves to turn round: every other one of each node, all lines of a leaf together.
fn turned(lines: &[usize], wanted: &Wanted) -> BTreeSet<usize> {
    let mut neighbours: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &line in lines {
        let (source, target, _, _) = wanted.lines[line];
        for (at, other) in [(source, target), (target, source)] {
            let known = neighbours.entry(at).or_default();
            if !known.contains(&other) {
                known.push(other);
            }
        }
    }
    let leaf = |at: usize| neighbours.get(&at).is_some_and(|others| others.len() == 1);
    let mut before: BTreeMap<usize, bool> = BTreeMap::new();
    let mut side: BTreeMap<usize, bool> = BTreeMap::new();
    for (&hub, others) in &neighbours {
        let mut leaves: Vec<usize> = others.iter().copied().filter(|&other| leaf(other) && !leaf(hub)).collect();
        leaves.sort_unstable();
        if leaves.len() < 3 {
            continue;
        }
        for other in leaves {
            let next = side.entry(hub).or_default();
            before.insert(other, *next);
            *next = !*next;
        }
    }
    let turn = |&line: &usize| {
        let (source, target, _, _) = wanted.lines[line];
        let leaf_first = before.get(&source).map(|wanted| !*wanted).or_else(|| before.get(&target).copied());
        leaf_first.unwrap_or(false)
    };
    lines.iter().copied().filter(turn).collect()
}

/// Moves a part to its own origin and measures it, labels and bends included.
fn normalise(part: &mut Part, wanted: &Wanted) {
    let mut low = Point { x: f64::MAX, y: f64::MAX };
    let mut high = Point { x: f64::MIN, y: f64::MIN };
    let mut cover = |centre: Point, width: f64, height: f64| {
        low = Point { x: low.x.min(centre.x - width / 2.0), y: low.y.min(centre.y - height / 2.0) };
        high = Point { x: high.x.max(centre.x + width / 2.0), y: high.y.max(centre.y + height / 2.0) };
    };
    for &(at, centre) in &part.nodes {
        cover(centre, wanted.nodes[at].0, wanted.nodes[at].1);
    }
    for (line, placed) in &part.lines {
        let (_, _, width, height) = wanted.lines[*line];
        cover(placed.label, width, height);
        placed.bends.iter().for_each(|bend| cover(*bend, 4.0, 4.0));
    }
    let shift = |point: &mut Point| {
        point.x -= low.x;
        point.y -= low.y;
    };
    part.nodes.iter_mut().for_each(|(_, centre)| shift(centre));
    for (_, placed) in &mut part.lines {
        shift(&mut placed.label);
        placed.bends.iter_mut().for_each(shift);
    }
    part.width = high.x - low.x;
    part.height = high.y - low.y;
}
