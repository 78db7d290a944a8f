//! Takes each line from node to node: through its own label, and off the lines beside it.
//!
//! All lines between the same two nodes run in one corridor, their labels stacked, so that what is said between two is
//! read in one place.

use std::collections::BTreeMap;

use super::layout::{Course, Placed, Point};
use super::measure::{Face, width};
use super::path::Outline;
use super::svg::LABEL;
use super::view::{View, ViewLine};

/// Gap between the labels of two lines in one corridor.
const GAP: f64 = 3.0;
/// Distance of two lines in one corridor where they run side by side.
const BESIDE: f64 = 6.0;

/// The lines between two nodes.
pub(super) struct Bundle {
    source: usize,
    target: usize,
    /// Numbers of the lines and the sizes of their labels.
    lines: Vec<(usize, (f64, f64))>,
}

/// A line with its ends on the outlines of its nodes.
pub(super) struct Ends {
    pub points: Vec<Point>,
    /// For a free line its start, its handle and its end.
    pub label: Point,
    pub course: Course,
}

/// Size of the stacked labels of a line.
pub(super) fn label_size(line: &ViewLine) -> (f64, f64) {
    let widest = line.labels.iter().map(|label| width(&label.text, LABEL, Face::Regular)).fold(0.0, f64::max);
    ((widest + 8.0).ceil(), line.labels.len() as f64 * 14.0 + 2.0)
}

impl Bundle {
    /// The bundles of a view, by their first line.
    pub(super) fn of(view: &View<'_>) -> Vec<Bundle> {
        let mut places: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        let mut bundles: Vec<Bundle> = Vec::new();
        for (number, line) in view.lines.iter().enumerate() {
            let pair = (line.source.min(line.target), line.source.max(line.target));
            let place = *places.entry(pair).or_insert_with(|| {
                bundles.push(Bundle { source: line.source, target: line.target, lines: Vec::new() });
                bundles.len() - 1
            });
            bundles[place].lines.push((number, label_size(line)));
        }
        bundles
    }

    /// Ends, and the size of the stack of labels. Stacked whichever way the drawing runs: the larger side counts.
    pub(super) fn wanted(&self) -> (usize, usize, f64, f64) {
        let widest = self.lines.iter().map(|(_, (width, _))| *width).fold(0.0, f64::max);
        let height: f64 = self.lines.iter().map(|(_, (_, height))| height + GAP).sum();
        (self.source, self.target, widest, height - GAP)
    }
}

/// The way of every line, in the order of the view's lines.
pub(super) fn route(view: &View<'_>, bundles: &[Bundle], placed: &Placed, outlines: &[Outline]) -> Vec<Ends> {
    let mut found: BTreeMap<usize, Ends> = BTreeMap::new();
    for (bundle, line) in bundles.iter().zip(&placed.lines) {
        let (_, _, widest, height) = bundle.wanted();
        let mut top = line.label.y - height / 2.0;
        for (place, &(number, (_, own))) in bundle.lines.iter().enumerate() {
            let label = Point { x: line.label.x, y: top + own / 2.0 };
            top += own + GAP;
            if line.course == Course::Free {
                let drawn = &view.lines[number];
                found.insert(number, free(&outlines[drawn.source], &outlines[drawn.target], label));
                continue;
            }
            let across = line.course == Course::Across;
            let aside = (place as f64 - (bundle.lines.len() - 1) as f64 / 2.0) * BESIDE;
            let mut points = through(&line.bends, label, (widest, height), line.label, aside, across);
            if view.lines[number].source != bundle.source {
                points.reverse();
            }
            found.insert(number, Ends { points, label, course: line.course });
        }
    }
    let mut found: Vec<Ends> = found.into_values().collect();
    spread(view, &mut found, outlines);
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
    // An arc as seen from its ends goes twice as far out as its middle.
    let handle = |from: Point, to: Point| Point {
        x: 2.0 * label.x - (from.x + to.x) / 2.0,
        y: 2.0 * label.y - (from.y + to.y) / 2.0,
    };
    let first = handle(source.centre, target.centre);
    let (from, to) = (source.leave(first), target.leave(first));
    Ends { points: vec![from, handle(from, to), to], label, course: Course::Free }
}

/// Bends of one line of a bundle: those of the corridor moved aside, with a straight stretch through its label.
fn through(
    bends: &[Point],
    label: Point,
    (widest, height): (f64, f64),
    centre: Point,
    aside: f64,
    across: bool,
) -> Vec<Point> {
    let (half, middle) = if across { (widest / 2.0 + 2.0, centre.x) } else { (height / 2.0 + 1.0, centre.y) };
    let main = |point: &Point| if across { point.x } else { point.y };
    let shift = |point: &Point| {
        if across { Point { x: point.x, y: point.y + aside } } else { Point { x: point.x + aside, y: point.y } }
    };
    let at = |along: f64| if across { Point { x: along, y: label.y } } else { Point { x: label.x + aside, y: along } };
    let (Some(first), Some(last)) = (bends.first(), bends.last()) else { return Vec::new() };
    let forward = main(last) >= main(first);
    let (enter, leave) = if forward { (middle - half, middle + half) } else { (middle + half, middle - half) };
    let inner = bends.get(1..bends.len().saturating_sub(1)).unwrap_or_default();
    let before = |point: &&Point| if forward { main(point) < enter - 2.0 } else { main(point) > enter + 2.0 };
    let after = |point: &&Point| if forward { main(point) > leave + 2.0 } else { main(point) < leave - 2.0 };
    let mut points = vec![*first];
    points.extend(inner.iter().filter(before).map(shift));
    points.extend([at(enter), at(leave)]);
    points.extend(inner.iter().filter(after).map(shift));
    points.push(*last);
    points
}

/// Spreads the lines that touch one side of a node along that side, in the order in which they come, so that they neither
/// meet in one point nor cross.
fn spread(view: &View<'_>, found: &mut [Ends], outlines: &[Outline]) {
    let mut sides: BTreeMap<(usize, bool, bool), Vec<(usize, bool)>> = BTreeMap::new();
    let inner = |ends: &Ends, start: bool| -> Option<Point> {
        let count = ends.points.len();
        ends.points.get(if start { 1 } else { count.checked_sub(2)? }).copied()
    };
    for (number, (line, ends)) in view.lines.iter().zip(found.iter()).enumerate() {
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
