//! Places on a map: what belongs to one place stands together around it, and what lies nowhere stands below.
//!
//! First each place by itself: the node that is the place in the middle, those that belong to it around, the labels of
//! lines between them where they have room. Then places are moved off each other, each as little as will do. At last what
//! happens between places, as events do, and all other labels, come where their ends are.

use std::collections::BTreeMap;

use super::boxes::{self, Body};
use super::ground::{Ground, Map, project};
use super::layout::{self, Arrangement, Course, Placed, PlacedLine, Point, Wanted};
use super::view::Direction;
use crate::graph::Node;

/// Gap between two boxes, and between two places.
const GAP: f64 = 12.0;
const BETWEEN: f64 = 40.0;
/// From the boxes of a place to its frame.
const PADDING: f64 = 14.0;
/// Room for the name of a place that no node says.
const NAME: f64 = 16.0;
/// From the outermost boxes to the edge of the map.
const MARGIN: f64 = 34.0;
/// From the map to what lies nowhere.
const BELOW: f64 = 78.0;
/// The map's area to that of all that stands on it.
const ROOM: f64 = 2.1;
/// Height of the smallest part of the world that is drawn, in degrees of the equator.
const LEAST: f64 = 14.0;
/// Width to height of a map, at least and at most.
const PROPORTION: (f64, f64) = (1.25, 2.1);
const ROUNDS: usize = 600;
/// Weight of what does not give way.
const FIXED: f64 = 1e6;
const LABEL: f64 = 0.3;

/// What stands together, and where each stands from its middle.
struct Plot {
    name: String,
    members: Vec<(usize, Point)>,
    labels: Vec<(usize, Point)>,
    size: (f64, f64),
    anchor: Point,
    titled: bool,
}

/// Places all nodes and lines, and the ground under them.
///
/// What is an `event` lies nowhere by itself, but among those who took part in it.
pub(super) fn place(nodes: &[&Node], event: impl Fn(&Node) -> bool, wanted: &Wanted, map: &Map) -> (Placed, Ground) {
    let homes: Vec<Option<&str>> = nodes.iter().map(|node| home(node, map)).collect();
    let mut members: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, home) in homes.iter().enumerate() {
        if let Some(home) = home {
            members.entry(home).or_default().push(at);
        }
    }
    let mut plots: Vec<Plot> = members
        .iter()
        .map(|(name, members)| plot(name, members, nodes, wanted, map.places.get(*name).copied().unwrap_or_default()))
        .collect();
    let events: Vec<bool> = nodes.iter().map(|node| event(node)).collect();
    let gap = BETWEEN + crowd(&homes, &events, wanted, plots.len());
    let spread = spread(&mut plots, gap);
    let mut at: Vec<Option<Point>> = vec![None; nodes.len()];
    let mut labels: Vec<Option<Point>> = vec![None; wanted.lines.len()];
    for plot in &plots {
        let shift = |from: Point| Point { x: from.x + plot.anchor.x, y: from.y + plot.anchor.y };
        plot.members.iter().for_each(|(node, from)| at[*node] = Some(shift(*from)));
        plot.labels.iter().for_each(|(line, from)| labels[*line] = Some(shift(*from)));
    }
    between(&mut at, &mut labels, &homes, &events, wanted);
    let mut ground = frame(&plots, &at, &labels, wanted, spread);
    below(&mut at, &mut labels, wanted, &mut ground, &map.by);
    finish(at, labels, wanted, ground)
}

/// The place of a node: its own name's, or that of its attribute.
fn home<'m>(node: &Node, map: &'m Map) -> Option<&'m str> {
    let known = |name: &String| map.places.get_key_value(name).map(|(name, _)| name.as_str());
    known(&node.name).or_else(|| node.attributes.get(&map.by).and_then(known))
}

/// One place by itself.
fn plot(name: &str, members: &[usize], nodes: &[&Node], wanted: &Wanted, degrees: (i32, i32)) -> Plot {
    let itself = members.iter().copied().find(|at| nodes[*at].name == name);
    let mut order: Vec<usize> = itself.into_iter().collect();
    order.extend(members.iter().copied().filter(|at| Some(*at) != itself));
    let mut bodies: Vec<Body> = order
        .iter()
        .zip(boxes::spiral(60.0))
        .enumerate()
        .map(|(number, (at, point))| {
            let weight = if number == 0 { 8.0 } else { 1.0 };
            Body { at: Point { x: point.x * 1.8, y: point.y }, size: wanted.nodes[*at], weight }
        })
        .collect();
    let place: BTreeMap<usize, usize> = order.iter().enumerate().map(|(body, at)| (*at, body)).collect();
    let mut lines: Vec<(usize, usize, usize)> = Vec::new();
    for (line, (source, target, width, height)) in wanted.lines.iter().enumerate() {
        if let Some((&a, &b)) = place.get(source).zip(place.get(target)).filter(|(a, b)| a != b) {
            lines.push((line, a, b));
            bodies.push(Body { at: middle(bodies[a].at, bodies[b].at), size: (*width, *height), weight: LABEL });
        }
    }
    for round in 0..60 {
        // Everything is drawn to the middle, less and less, and labels between their ends.
        let pull = 0.12 * (1.0 - f64::from(round) / 60.0);
        for body in &mut bodies[..order.len()] {
            body.at = Point { x: body.at.x * (1.0 - pull), y: body.at.y * (1.0 - pull) };
        }
        for (number, (_, a, b)) in lines.iter().enumerate() {
            bodies[order.len() + number].at = middle(bodies[*a].at, bodies[*b].at);
        }
        boxes::part(&mut bodies, GAP, 6);
    }
    boxes::part(&mut bodies, GAP, ROUNDS);
    let (low, high) = bounds(bodies.iter().map(|body| (body.at, body.size)));
    let titled = itself.is_none();
    let head = if titled { NAME } else { 0.0 };
    let centre = Point { x: (low.x + high.x) / 2.0, y: (low.y + high.y - head) / 2.0 };
    let from = |point: Point| Point { x: point.x - centre.x, y: point.y - centre.y };
    let padding = if order.len() > 1 || titled { 2.0 * PADDING } else { 0.0 };
    Plot {
        name: name.to_owned(),
        members: order.iter().zip(&bodies).map(|(at, body)| (*at, from(body.at))).collect(),
        labels: lines.iter().zip(&bodies[order.len()..]).map(|((line, ..), body)| (*line, from(body.at))).collect(),
        size: (high.x - low.x + padding, high.y - low.y + padding + head),
        anchor: project(degrees),
        titled,
    }
}

/// How much wider gaps between places must be for what is to stand there.
fn crowd(homes: &[Option<&str>], events: &[bool], wanted: &Wanted, plots: usize) -> f64 {
    let area = |(width, height): (f64, f64)| (width + GAP) * (height + GAP);
    let between = |at: usize| homes[at].is_some() || events[at];
    let lines = wanted.lines.iter().filter(|line| homes[line.0] != homes[line.1] && between(line.0) && between(line.1));
    let nodes = (0..homes.len()).filter(|at| homes[*at].is_none() && events[*at]);
    let all: f64 =
        lines.map(|line| area((line.2, line.3))).sum::<f64>() + nodes.map(|at| area(wanted.nodes[at])).sum::<f64>();
    0.7 * (all / plots.max(1) as f64).sqrt()
}

/// Brings places onto the paper and off each other, `gap` apart; pixels for a degree, and where each place lies.
fn spread(plots: &mut [Plot], gap: f64) -> (f64, Vec<Point>) {
    let (low, high) = bounds(plots.iter().map(|plot| (plot.anchor, (0.0, 0.0))));
    let height = (high.y - low.y).max(LEAST);
    let width = (high.x - low.x).clamp(height * PROPORTION.0, f64::MAX);
    let height = height.max(width / PROPORTION.1);
    let area: f64 = plots.iter().map(|plot| (plot.size.0 + gap) * (plot.size.1 + gap)).sum();
    let scale = (area * ROOM / (width * height)).sqrt().max(640.0 / width);
    let anchors: Vec<Point> =
        plots.iter().map(|plot| Point { x: plot.anchor.x * scale, y: plot.anchor.y * scale }).collect();
    let (low, high) = bounds(anchors.iter().map(|at| (*at, (0.0, 0.0))));
    let centre = middle(low, high);
    let mut bodies: Vec<Body> = plots
        .iter()
        .zip(&anchors)
        .map(|(plot, at)| {
            // They come from far apart, so that what lies west of another comes to stand west of it.
            let far = Point { x: centre.x + (at.x - centre.x) * 4.0, y: centre.y + (at.y - centre.y) * 4.0 };
            Body { at: far, size: plot.size, weight: 1.0 }
        })
        .collect();
    for round in 0..160 {
        let pull = 0.08 * (1.0 - f64::from(round) / 160.0);
        for (body, home) in bodies.iter_mut().zip(&anchors) {
            body.at.x += (home.x - body.at.x) * pull;
            body.at.y += (home.y - body.at.y) * pull;
        }
        boxes::part(&mut bodies, gap, 3);
    }
    boxes::part(&mut bodies, gap, ROUNDS);
    for (plot, body) in plots.iter_mut().zip(&bodies) {
        plot.anchor = body.at;
    }
    (scale, anchors)
}

/// What lies between places: events, and the labels of lines.
fn between(
    at: &mut [Option<Point>],
    labels: &mut [Option<Point>],
    homes: &[Option<&str>],
    events: &[bool],
    wanted: &Wanted,
) {
    let mut touching: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &(source, target, ..) in &wanted.lines {
        for (one, other) in [(source, target), (target, source)] {
            if events[one] && homes[one].is_none() && homes[other].is_some() {
                touching.entry(one).or_default().push(other);
            }
        }
    }
    for (node, others) in &touching {
        let known: Vec<Point> = others.iter().filter_map(|other| at[*other]).collect();
        let count = known.len().max(1) as f64;
        let sum = known.iter().fold((0.0, 0.0), |sum, point| (sum.0 + point.x, sum.1 + point.y));
        at[*node] = Some(Point { x: sum.0 / count, y: sum.1 / count });
    }
    let mut bodies: Vec<Body> = Vec::new();
    let mut meant: Vec<(bool, usize)> = Vec::new();
    for (node, point) in at.iter().enumerate() {
        let Some(point) = *point else { continue };
        let weight = if homes[node].is_some() { FIXED } else { 2.0 };
        bodies.push(Body { at: point, size: wanted.nodes[node], weight });
        meant.push((true, node));
    }
    for (line, &(source, target, width, height)) in wanted.lines.iter().enumerate() {
        let Some((a, b)) = at[source].zip(at[target]) else { continue };
        let point = labels[line].unwrap_or_else(|| middle(a, b));
        bodies.push(Body { at: point, size: (width, height), weight: LABEL });
        meant.push((false, line));
    }
    boxes::part(&mut bodies, GAP / 2.0, ROUNDS);
    boxes::settle(&mut bodies, |number| meant[number].0 && homes[meant[number].1].is_none());
    boxes::settle(&mut bodies, |number| !meant[number].0);
    for (body, (is_node, number)) in bodies.iter().zip(meant) {
        if is_node {
            at[number] = Some(body.at);
        } else {
            labels[number] = Some(body.at);
        }
    }
}

/// The map under all that has a place.
fn frame(
    plots: &[Plot],
    at: &[Option<Point>],
    labels: &[Option<Point>],
    wanted: &Wanted,
    (scale, anchors): (f64, Vec<Point>),
) -> Ground {
    let frames = plots.iter().map(|plot| (plot.anchor, plot.size));
    let dots = anchors.iter().map(|anchor| (*anchor, (6.0, 6.0)));
    let (low, high) = bounds(standing(at, labels, wanted).chain(frames).chain(dots));
    let lead = |(plot, anchor): (&Plot, &Point)| {
        let (half_width, half_height) = (plot.size.0 / 2.0, plot.size.1 / 2.0);
        let (dx, dy) = (anchor.x - plot.anchor.x, anchor.y - plot.anchor.y);
        let out = (dx.abs() / half_width.max(1.0)).max(dy.abs() / half_height.max(1.0));
        let edge = Point { x: plot.anchor.x + dx / out, y: plot.anchor.y + dy / out };
        (out > 1.0).then_some((*anchor, edge))
    };
    let corner = |plot: &Plot, sign: f64| Point {
        x: plot.anchor.x + sign * plot.size.0 / 2.0,
        y: plot.anchor.y + sign * plot.size.1 / 2.0,
    };
    Ground {
        scale,
        origin: Point { x: 0.0, y: 0.0 },
        low: Point { x: low.x - MARGIN, y: low.y - MARGIN },
        high: Point { x: high.x + MARGIN, y: high.y + MARGIN },
        leads: plots.iter().zip(&anchors).filter_map(lead).collect(),
        plots: plots
            .iter()
            .filter(|plot| plot.members.len() > 1 || plot.titled)
            .map(|plot| (corner(plot, -1.0), corner(plot, 1.0), plot.titled.then(|| plot.name.clone())))
            .collect(),
        aside: None,
    }
}

/// Rows of what lies nowhere, under the map, and the labels of its lines.
fn below(at: &mut [Option<Point>], labels: &mut [Option<Point>], wanted: &Wanted, ground: &mut Ground, by: &str) {
    let nowhere: Vec<usize> = (0..at.len()).filter(|node| at[*node].is_none()).collect();
    if !nowhere.is_empty() {
        let number: BTreeMap<usize, usize> = nowhere.iter().enumerate().map(|(number, node)| (*node, number)).collect();
        let mut inner: Vec<usize> = Vec::new();
        let mut lines = Vec::new();
        for (line, &(source, target, width, height)) in wanted.lines.iter().enumerate() {
            if let Some((&a, &b)) = number.get(&source).zip(number.get(&target)) {
                inner.push(line);
                lines.push((a, b, width, height));
            }
        }
        let apart = Wanted { nodes: nowhere.iter().map(|node| wanted.nodes[*node]).collect(), lines };
        let room = ground.high.x - ground.low.x;
        let part = layout::place_within(&apart, Arrangement::Force, Direction::Best, Some(room));
        let top = ground.high.y + BELOW;
        let left = ground.low.x;
        let shift = |from: Point| Point { x: left + from.x, y: top + from.y };
        ground.aside = Some((Point { x: left, y: top - 18.0 }, format!("no {by}")));
        nowhere.iter().zip(&part.nodes).for_each(|(node, from)| at[*node] = Some(shift(*from)));
        inner.iter().zip(&part.lines).for_each(|(line, placed)| labels[*line] = Some(shift(placed.label)));
    }
    let mut bodies: Vec<Body> = Vec::new();
    let mut meant: Vec<Option<usize>> = Vec::new();
    for (point, size) in at.iter().zip(&wanted.nodes) {
        bodies.extend(point.map(|at| Body { at, size: *size, weight: FIXED }));
        meant.push(None);
    }
    for (line, &(source, target, width, height)) in wanted.lines.iter().enumerate() {
        let Some((a, b)) = at[source].zip(at[target]) else { continue };
        let weight = if labels[line].is_some() { FIXED } else { LABEL };
        bodies.push(Body { at: labels[line].unwrap_or(middle(a, b)), size: (width, height), weight });
        meant.push(Some(line));
    }
    boxes::part(&mut bodies, GAP / 2.0, ROUNDS);
    boxes::settle(&mut bodies, |number| meant[number].is_some());
    for (body, line) in bodies.iter().zip(meant) {
        if let Some(line) = line {
            labels[line] = Some(body.at);
        }
    }
}

/// Brings everything to the top left.
fn finish(at: Vec<Option<Point>>, labels: Vec<Option<Point>>, wanted: &Wanted, mut ground: Ground) -> (Placed, Ground) {
    let corners = [ground.low, ground.high].map(|corner| (corner, (0.0, 0.0)));
    let (low, high) = bounds(standing(&at, &labels, wanted).chain(corners));
    let shift = |point: Point| Point { x: point.x - low.x, y: point.y - low.y };
    let at: Vec<Point> = at.into_iter().map(|at| shift(at.unwrap_or(low))).collect();
    let lines = wanted.lines.iter().zip(labels).map(|(&(source, target, ..), label)| {
        let label = label.map_or_else(|| middle(at[source], at[target]), shift);
        PlacedLine { bends: vec![at[source], label, at[target]], label, course: Course::Free }
    });
    let lines = lines.collect();
    ground.origin = shift(ground.origin);
    (ground.low, ground.high) = (shift(ground.low), shift(ground.high));
    ground.leads.iter_mut().for_each(|(a, b)| (*a, *b) = (shift(*a), shift(*b)));
    ground.plots.iter_mut().for_each(|(a, b, _)| (*a, *b) = (shift(*a), shift(*b)));
    if let Some((point, _)) = &mut ground.aside {
        *point = shift(*point);
    }
    (Placed { nodes: at, lines, width: high.x - low.x, height: high.y - low.y }, ground)
}

/// The boxes of all nodes and labels that have a place.
fn standing<'a>(
    at: &'a [Option<Point>],
    labels: &'a [Option<Point>],
    wanted: &'a Wanted,
) -> impl Iterator<Item = (Point, (f64, f64))> + 'a {
    let nodes = at.iter().zip(&wanted.nodes).filter_map(|(at, size)| Some(((*at)?, *size)));
    let texts = labels.iter().zip(&wanted.lines).filter_map(|(at, line)| Some(((*at)?, (line.2, line.3))));
    nodes.chain(texts)
}

fn middle(a: Point, b: Point) -> Point {
    Point { x: (a.x + b.x) / 2.0, y: (a.y + b.y) / 2.0 }
}

/// Top left and bottom right of boxes; the middle of the plane where there are none.
fn bounds(boxes: impl Iterator<Item = (Point, (f64, f64))>) -> (Point, Point) {
    let none: Option<(Point, Point)> = None;
    let found = boxes.fold(none, |found, (at, size)| {
        let low = Point { x: at.x - size.0 / 2.0, y: at.y - size.1 / 2.0 };
        let high = Point { x: at.x + size.0 / 2.0, y: at.y + size.1 / 2.0 };
        let (least, most) = found.unwrap_or((low, high));
        Some((
            Point { x: least.x.min(low.x), y: least.y.min(low.y) },
            Point { x: most.x.max(high.x), y: most.y.max(high.y) },
        ))
    });
    found.unwrap_or((Point { x: 0.0, y: 0.0 }, Point { x: 0.0, y: 0.0 }))
}
