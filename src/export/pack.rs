//! Puts the parts of a drawing side by side, small ones into what large ones leave free.

use std::collections::BTreeMap;

use super::layout::{PROPORTION, Part, Placed, PlacedLine, Point, Wanted};

/// Gap between two parts of a drawing.
const GAP: f64 = 40.0;
/// Pieces that a line is taken as, at most, and about how long one is.
const PIECES: usize = 40;
const PIECE: f64 = 40.0;
/// Steps in which places are tried.
const STEP: f64 = 24.0;
/// Boxes up to which every place is tried; beyond, parts are taken as wide and high as they are.
const MOST_TRIED: usize = 2500;
/// Parts up to which it is done.
const MOST_PARTS: usize = 40;

/// An area: left, top, right, bottom.
type Area = [f64; 4];

/// Nodes without lines, in rows that are together about as wide as a page is to its height.
pub(super) fn rows(nodes: &[usize], wanted: &Wanted) -> Part {
    let area: f64 = nodes.iter().map(|at| (wanted.nodes[*at].0 + 22.0) * (wanted.nodes[*at].1 + 18.0)).sum();
    let room = (3.0 * PROPORTION * area).sqrt().max(420.0);
    let mut part = Part { width: 0.0, height: 0.0, nodes: Vec::new(), lines: Vec::new() };
    let (mut x, mut y, mut tallest) = (0.0f64, 0.0f64, 0.0f64);
    for &at in nodes {
        let (width, height) = wanted.nodes[at];
        if x > 0.0 && x + width > room {
            (x, y, tallest) = (0.0, y + tallest + 18.0, 0.0);
        }
        part.nodes.push((at, Point { x: x + width / 2.0, y: y + height / 2.0 }));
        part.width = part.width.max(x + width);
        part.height = part.height.max(y + height);
        x += width + 22.0;
        tallest = tallest.max(height);
    }
    part
}

/// Puts parts in about the proportion of a page; each as high up as the ones before it let it.
pub(super) fn pack(parts: Vec<Part>, wanted: &Wanted, room: Option<f64>) -> Placed {
    let area: f64 = parts.iter().map(|part| (part.width + GAP) * (part.height + GAP)).sum();
    let widest = parts.iter().map(|part| part.width).fold(0.0, f64::max);
    let room = widest.max(room.unwrap_or_else(|| (area * PROPORTION).sqrt()));
    let closely = parts.len() <= MOST_PARTS;
    let nodes = vec![Point { x: 0.0, y: 0.0 }; wanted.nodes.len()];
    let mut placed = Placed { nodes, lines: Vec::new(), width: 0.0, height: 0.0 };
    let mut lines: BTreeMap<usize, PlacedLine> = BTreeMap::new();
    let mut taken: Vec<Area> = Vec::new();
    for part in parts {
        let origin = free(&taken, part.width, part.height, room, closely && taken.len() <= MOST_TRIED);
        let boxes = if closely { boxes(&part, wanted) } else { vec![[0.0, 0.0, part.width, part.height]] };
        taken.extend(boxes.iter().map(|b| [b[0] + origin.x, b[1] + origin.y, b[2] + origin.x, b[3] + origin.y]));
        placed.width = placed.width.max(origin.x + part.width);
        placed.height = placed.height.max(origin.y + part.height);
        let shift = |point: Point| Point { x: point.x + origin.x, y: point.y + origin.y };
        for (at, centre) in part.nodes {
            placed.nodes[at] = shift(centre);
        }
        for (line, mut at) in part.lines {
            at.label = shift(at.label);
            at.bends.iter_mut().for_each(|bend| *bend = shift(*bend));
            lines.insert(line, at);
        }
    }
    placed.lines = lines.into_values().collect();
    placed
}

/// What of its area a part needs: its nodes, its labels, and its lines piece by piece.
fn boxes(part: &Part, wanted: &Wanted) -> Vec<Area> {
    let around = |at: Point, (width, height): (f64, f64)| {
        [at.x - width / 2.0, at.y - height / 2.0, at.x + width / 2.0, at.y + height / 2.0]
    };
    let mut found: Vec<Area> = part.nodes.iter().map(|(at, centre)| around(*centre, wanted.nodes[*at])).collect();
    for (line, placed) in &part.lines {
        let (_, _, width, height) = wanted.lines[*line];
        found.push(around(placed.label, (width, height)));
        let mut points = placed.bends.clone();
        if points.len() == 2 {
            points.insert(1, placed.label);
        }
        for pair in points.windows(2) {
            let (x, y) = (pair[1].x - pair[0].x, pair[1].y - pair[0].y);
            let pieces = (((x * x + y * y).sqrt() / PIECE).ceil() as usize).clamp(1, PIECES);
            let at = |piece: usize| {
                let share = piece as f64 / pieces as f64;
                (pair[0].x + x * share, pair[0].y + y * share)
            };
            found.extend((0..pieces).map(|piece| {
                let ((ax, ay), (bx, by)) = (at(piece), at(piece + 1));
                [ax.min(bx), ay.min(by), ax.max(bx), ay.max(by)]
            }));
        }
    }
    found
}

/// The highest, then leftmost, free place for a part within the room: of all places, or of those at the edge of the
/// drawing or of what is already there.
fn free(taken: &[Area], width: f64, height: f64, room: f64, all: bool) -> Point {
    let bottom = taken.iter().map(|area| area[3] + GAP).fold(0.0, f64::max);
    let (rights, bottoms): (Vec<f64>, Vec<f64>) = if all {
        let steps = |most: f64| (0..=(most.max(0.0) / STEP) as usize).map(|step| step as f64 * STEP).collect();
        (steps(room - width), steps(bottom))
    } else {
        let sorted = |far: usize| {
            let mut edges: Vec<f64> = std::iter::once(0.0).chain(taken.iter().map(|area| area[far] + GAP)).collect();
            edges.sort_by(f64::total_cmp);
            edges
        };
        (sorted(2), sorted(3))
    };
    let clear = |x: f64, y: f64| {
        let apart = |area: &Area| {
            x >= area[2] + GAP || area[0] >= x + width + GAP || y >= area[3] + GAP || area[1] >= y + height + GAP
        };
        taken.iter().all(apart)
    };
    for &y in &bottoms {
        for &x in &rights {
            if (x == 0.0 || x + width <= room) && clear(x, y) {
                return Point { x, y };
            }
        }
    }
    Point { x: 0.0, y: bottom }
}
