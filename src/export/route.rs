//! Takes each line from node to node, through its own label, and off the lines beside it.
//!
//! All that is said between the same two nodes is drawn as one line, which carries a list of it: it is read in one place,
//! and the drawing has no more lines than pairs of nodes that have to do with each other.

use std::collections::BTreeMap;

use super::label;
use super::layout::{Course, Placed, Point};
use super::path::Outline;
use super::view::View;

/// All that is said between two nodes.
pub(super) struct Bundle {
    pub source: usize,
    pub target: usize,
    /// Numbers of the lines of the view.
    pub lines: Vec<usize>,
    /// Size of its label.
    pub size: (f64, f64),
}

/// A line with its ends on the outlines of its nodes.
pub(super) struct Ends {
    pub points: Vec<Point>,
    /// For a free line its start, its handle and its end.
    pub label: Point,
    pub course: Course,
}

impl Bundle {
    /// The bundles of a view, by their first line.
    pub(super) fn of(view: &View<'_>) -> Vec<Bundle> {
        let mut places: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        let mut bundles: Vec<Bundle> = Vec::new();
        for (number, line) in view.lines.iter().enumerate() {
            let pair = (line.source.min(line.target), line.source.max(line.target));
            let place = *places.entry(pair).or_insert_with(|| {
                let lines = Vec::new();
                bundles.push(Bundle { source: line.source, target: line.target, lines, size: (0.0, 0.0) });
                bundles.len() - 1
            });
            bundles[place].lines.push(number);
        }
        for bundle in &mut bundles {
            bundle.size = label::size(view, &bundle.lines);
        }
        bundles
    }
}

/// The way of every bundle, in their order.
pub(super) fn route(bundles: &[Bundle], placed: &Placed, outlines: &[Outline]) -> Vec<Ends> {
    let way = |(bundle, line): (&Bundle, &super::layout::PlacedLine)| {
        if line.course == Course::Free {
            return free(&outlines[bundle.source], &outlines[bundle.target], line.label);
        }
        let across = line.course == Course::Across;
        Ends { points: through(&line.bends, line.label, bundle.size, across), label: line.label, course: line.course }
    };
    let mut found: Vec<Ends> = bundles.iter().zip(&placed.lines).map(way).collect();
    spread(bundles, &mut found, outlines);
    found
}

/// A line that arcs through its label; one that ends where it begins goes round above its node.
fn free(source: &Outline, target: &Outline, label: Point) -> Ends {
    if source.centre == target.centre {
        let top = source.centre.y - source.height / 2.0;
        let at = |aside: f64, up: f64| Point { x: source.centre.x + aside, y: top - up };
        return Ends {
            points: vec![at(-14.0, 0.0), at(0.0, 56.0), at(14.0, 0.0)],
            label: at(0.0, 28.0),
            course: Course::Free,
        };
    }
    // Of all arcs the one that is beside its label as far along as the label is beside the straight line.
    let handle = |from: Point, to: Point| {
        let (x, y) = (to.x - from.x, to.y - from.y);
        let along = ((label.x - from.x) * x + (label.y - from.y) * y) / (x * x + y * y).max(1.0);
        let t = along.clamp(0.2, 0.8);
        let (start, end) = ((1.0 - t) * (1.0 - t), t * t);
        let out = |label: f64, from: f64, to: f64| (label - start * from - end * to) / (2.0 * t * (1.0 - t));
        Point { x: out(label.x, from.x, to.x), y: out(label.y, from.y, to.y) }
    };
    let first = handle(source.centre, target.centre);
    let (from, to) = (source.leave(first), target.leave(first));
    Ends { points: vec![from, handle(from, to), to], label, course: Course::Free }
}

/// Bends of a line, with a straight stretch through its label.
fn through(bends: &[Point], label: Point, (width, height): (f64, f64), across: bool) -> Vec<Point> {
    let (half, middle) = if across { (width / 2.0 + 2.0, label.x) } else { (height / 2.0 + 1.0, label.y) };
    let main = |point: &Point| if across { point.x } else { point.y };
    let at = |along: f64| if across { Point { x: along, y: label.y } } else { Point { x: label.x, y: along } };
    let (Some(first), Some(last)) = (bends.first(), bends.last()) else { return Vec::new() };
    let forward = main(last) >= main(first);
    let (enter, leave) = if forward { (middle - half, middle + half) } else { (middle + half, middle - half) };
    let inner = bends.get(1..bends.len().saturating_sub(1)).unwrap_or_default();
    let before = |point: &&Point| if forward { main(point) < enter - 2.0 } else { main(point) > enter + 2.0 };
    let after = |point: &&Point| if forward { main(point) > leave + 2.0 } else { main(point) < leave - 2.0 };
    let mut points = vec![*first];
    points.extend(inner.iter().filter(before));
    points.extend([at(enter), at(leave)]);
    points.extend(inner.iter().filter(after));
    points.push(*last);
    points
}

/// Spreads the lines that touch one side of a node along that side, in the order in which they come, so that they neither
/// meet in one point nor cross.
fn spread(bundles: &[Bundle], found: &mut [Ends], outlines: &[Outline]) {
    let mut sides: BTreeMap<(usize, bool, bool), Vec<(usize, bool)>> = BTreeMap::new();
    let inner = |ends: &Ends, start: bool| -> Option<Point> {
        let count = ends.points.len();
        ends.points.get(if start { 1 } else { count.checked_sub(2)? }).copied()
    };
    for (number, (line, ends)) in bundles.iter().zip(found.iter()).enumerate() {
        for (node, start) in [(line.source, true), (line.target, false)] {
            let Some(next) = inner(ends, start) else { continue };
            let centre = outlines[node].centre;
            let across = match ends.course {
                Course::Across => true,
                Course::Down => false,
                Course::Free => continue,
            };
            let far = if across { next.x > centre.x } else { next.y > centre.y };
            sides.entry((node, across, far)).or_default().push((number, start));
        }
    }
    for ((node, across, far), mut touching) in sides {
        let order = |&(number, start): &(usize, bool)| {
            inner(&found[number], start).map_or(0.0, |next| if across { next.y } else { next.x })
        };
        touching.sort_by(|a, b| order(a).total_cmp(&order(b)).then_with(|| a.cmp(b)));
        let of = touching.len();
        for (place, (number, start)) in touching.into_iter().enumerate() {
            let port = outlines[node].port(across, far, place, of);
            let points = &mut found[number].points;
            let at = if start { 0 } else { points.len() - 1 };
            points[at] = port;
        }
    }
}
