//! Places by forces, and on a circle: linked nodes draw together, all push each other away.
//!
//! The method is that of Fruchterman and Reingold (1991), with the pushing of what is far away taken together as Barnes
//! and Hut (1986) do, so that thousands of nodes take seconds. Labels are bodies of their own, half-way along their line.
//! Only sums, products, quotients and square roots are used, which every machine rounds alike.

use std::collections::{BTreeMap, VecDeque};

use super::boxes::{self, Body};
use super::layout::{Course, Part, PlacedLine, Point, Wanted};
use super::quadtree::Tree;
use super::refine::{Link, refine};

/// Length that a line would take by itself.
const IDEAL: f64 = 52.0;
/// Pull towards the middle, of the push between two nodes one ideal length apart.
const GRAVITY: f64 = 0.3;
/// Weight of a label among nodes.
const LABEL: f64 = 0.35;
/// Texts are wider than high: so is the picture.
const STRETCH: f64 = 1.45;
/// Least gap between two boxes.
const GAP: f64 = 10.0;
const REFINED_GAP: f64 = 3.0;
/// Steps that a small part takes; a large one takes fewer, so that the whole stays within seconds.
const STEPS: usize = 320;
const STEPS_TIMES_BODIES: usize = 900_000;
/// Rounds of pushing boxes apart at least; small parts may take more.
const ROUNDS: usize = 160;
const ROUNDS_TIMES_BODIES: usize = 200_000;
/// Lays out one connected part by forces; `lines` are the numbers of its lines.
pub(super) fn force(members: &[usize], lines: &[usize], wanted: &Wanted) -> Part {
    let mut bodies = seeds(&order(members, lines, wanted), wanted);
    let place: BTreeMap<usize, usize> = bodies.iter().enumerate().map(|(place, (at, _))| (*at, place)).collect();
    let mut linked = vec![0.0f64; bodies.len()];
    let mut springs: Vec<(usize, usize, f64)> = Vec::new();
    let mut labels: Vec<Option<usize>> = Vec::with_capacity(lines.len());
    for &line in lines {
        let (source, target, width, height) = wanted.lines[line];
        let (a, b) = (place[&source], place[&target]);
        linked[a] += 1.0;
        linked[b] += 1.0;
        labels.push((width > 0.0 && a != b).then(|| {
            let (p, q) = (bodies[a].1.at, bodies[b].1.at);
            let at = Point { x: (p.x + q.x) / 2.0 + 0.01 * line as f64, y: (p.y + q.y) / 2.0 };
            bodies.push((usize::MAX, Body { at, size: (width, height), weight: LABEL }));
            bodies.len() - 1
        }));
    }
    linked.resize(bodies.len(), 2.0);
    for (&line, label) in lines.iter().zip(&labels) {
        let (source, target, ..) = wanted.lines[line];
        let (a, b) = (place[&source], place[&target]);
        // Busy nodes are held less tightly by each of their lines.
        let ease = 1.0 / linked[a].min(linked[b]).max(1.0).sqrt();
        match label {
            Some(label) => springs.extend([(a, *label, 1.6 * ease), (*label, b, 1.6 * ease)]),
            None => springs.push((a, b, ease)),
        }
    }
    let mut bodies: Vec<Body> = bodies.into_iter().map(|(_, body)| body).collect();
    relax(&mut bodies, &springs);
    bodies.iter_mut().for_each(|body| body.at.x *= STRETCH);
    let link = |(&line, label): (&usize, &Option<usize>)| {
        let (source, target, ..) = wanted.lines[line];
        Link { ends: (place[&source], place[&target]), label: *label }
    };
    let links: Vec<Link> = lines.iter().zip(&labels).map(link).collect();
    let gap = if refine(&mut bodies, members.len(), &links) { REFINED_GAP } else { GAP };
    part(bodies, gap, &place, lines, &labels, wanted)
}

/// Lays out one connected part on an ellipse, neighbours near each other.
pub(super) fn circle(members: &[usize], lines: &[usize], wanted: &Wanted) -> Part {
    let order = order(members, lines, wanted);
    let share = |at: usize| wanted.nodes[at].0.max(wanted.nodes[at].1) + 3.0 * GAP;
    let around: f64 = order.iter().map(|&at| share(at)).sum();
    let radius = around / (2.0 * std::f64::consts::PI) / STRETCH;
    let (mut gone, mut bodies, mut place) = (0.0, Vec::new(), BTreeMap::new());
    for &at in &order {
        let (cosine, sine) = direction((gone + share(at) / 2.0) / around);
        gone += share(at);
        place.insert(at, bodies.len());
        let at_ellipse = Point { x: 1.3 * STRETCH * radius * cosine, y: 1.1 * radius * sine };
        bodies.push(Body { at: at_ellipse, size: wanted.nodes[at], weight: 1.0 });
    }
    let mut labels = Vec::new();
    for &line in lines {
        let (source, target, width, height) = wanted.lines[line];
        let (p, q) = (bodies[place[&source]].at, bodies[place[&target]].at);
        let at = Point { x: (p.x + q.x) / 2.0, y: (p.y + q.y) / 2.0 };
        labels.push((width > 0.0 && source != target).then(|| {
            bodies.push(Body { at, size: (width, height), weight: LABEL });
            bodies.len() - 1
        }));
    }
    part(bodies, GAP, &place, lines, &labels, wanted)
}

/// Cosine and sine of a share of the full turn, by Taylor's series around the middle of its quarter.
fn direction(share: f64) -> (f64, f64) {
    let quarter = (share * 4.0).floor();
    let angle = (share * 4.0 - quarter) * std::f64::consts::FRAC_PI_2;
    let square = angle * angle;
    let (mut sine, mut cosine, mut odd, mut even) = (0.0, 0.0, angle, 1.0);
    for step in 0..10 {
        let n = 2.0 * f64::from(step);
        cosine += even;
        sine += odd;
        even *= -square / ((n + 1.0) * (n + 2.0));
        odd *= -square / ((n + 2.0) * (n + 3.0));
    }
    match quarter as i64 & 3 {
        0 => (cosine, sine),
        1 => (-sine, cosine),
        2 => (-cosine, -sine),
        _ => (sine, -cosine),
    }
}

/// The members from the busiest outwards, each after the one it was reached from.
fn order(members: &[usize], lines: &[usize], wanted: &Wanted) -> Vec<usize> {
    let mut neighbours: BTreeMap<usize, Vec<usize>> = members.iter().map(|&at| (at, Vec::new())).collect();
    for &line in lines {
        let (source, target, ..) = wanted.lines[line];
        for (from, to) in [(source, target), (target, source)] {
            neighbours.entry(from).or_default().push(to);
        }
    }
    let first = members.iter().copied().max_by_key(|at| (neighbours[at].len(), std::cmp::Reverse(*at)));
    let mut waiting: BTreeMap<usize, ()> = members.iter().map(|&at| (at, ())).collect();
    let mut queue: VecDeque<usize> = first.into_iter().collect();
    first.map(|at| waiting.remove(&at));
    let mut order = Vec::with_capacity(members.len());
    while let Some(at) = queue.pop_front() {
        order.push(at);
        queue.extend(neighbours[&at].iter().copied().filter(|other| waiting.remove(other).is_some()));
    }
    order
}

/// A first place for every node: on a spiral, so that none covers another and what is near in the order is near.
fn seeds(order: &[usize], wanted: &Wanted) -> Vec<(usize, Body)> {
    let seed = |(&at, point)| (at, Body { at: point, size: wanted.nodes[at], weight: 1.0 });
    order.iter().zip(boxes::spiral(0.7 * IDEAL)).map(seed).collect()
}

fn relax(bodies: &mut [Body], springs: &[(usize, usize, f64)]) {
    let steps = (STEPS_TIMES_BODIES / bodies.len().max(1)).clamp(40, STEPS);
    let start = 0.6 * IDEAL * (bodies.len() as f64).sqrt();
    let mut moves = vec![Point { x: 0.0, y: 0.0 }; bodies.len()];
    for step in 0..steps {
        let left = 1.0 - step as f64 / steps as f64;
        let furthest = start * left * left * 0.25 + 0.5;
        let tree = Tree::of(bodies.iter().map(|body| (body.at, body.weight)));
        for (number, body) in bodies.iter().enumerate() {
            let push = tree.push(body.at, number);
            let strength = IDEAL * IDEAL * body.weight;
            moves[number] = Point {
                x: push.x * strength - body.at.x * GRAVITY * body.weight,
                y: push.y * strength - body.at.y * GRAVITY * body.weight,
            };
        }
        for &(a, b, strength) in springs {
            let (x, y) = (bodies[a].at.x - bodies[b].at.x, bodies[a].at.y - bodies[b].at.y);
            let pull = (x * x + y * y).sqrt() / IDEAL * strength;
            moves[a].x -= x * pull;
            moves[a].y -= y * pull;
            moves[b].x += x * pull;
            moves[b].y += y * pull;
        }
        for (body, go) in bodies.iter_mut().zip(&moves) {
            let length = (go.x * go.x + go.y * go.y).sqrt();
            let share = if length > furthest { furthest / length } else { 1.0 };
            body.at.x += go.x * share;
            body.at.y += go.y * share;
        }
    }
}

fn part(
    mut bodies: Vec<Body>,
    gap: f64,
    place: &BTreeMap<usize, usize>,
    lines: &[usize],
    labels: &[Option<usize>],
    wanted: &Wanted,
) -> Part {
    let rounds = (ROUNDS_TIMES_BODIES / bodies.len().max(1)).clamp(ROUNDS, 10 * ROUNDS);
    boxes::part(&mut bodies, gap, rounds);
    boxes::settle(&mut bodies, |number| number >= place.len());
    let placed = |(&line, label): (&usize, &Option<usize>)| {
        let (source, target, ..) = wanted.lines[line];
        let (from, to) = (bodies[place[&source]].at, bodies[place[&target]].at);
        let middle = Point { x: (from.x + to.x) / 2.0, y: (from.y + to.y) / 2.0 };
        let label = label.map_or(middle, |label| bodies[label].at);
        (line, PlacedLine { bends: vec![from, label, to], label, course: Course::Free })
    };
    Part {
        width: 0.0,
        height: 0.0,
        lines: lines.iter().zip(labels).map(placed).collect(),
        nodes: place.iter().map(|(&at, &body)| (at, bodies[body].at)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_direction_is_on_the_circle() {
        for (share, cosine, sine) in
            [(0.0, 1.0, 0.0), (0.25, 0.0, 1.0), (0.5, -1.0, 0.0), (0.625, -0.5f64.sqrt(), -0.5f64.sqrt())]
        {
            let found = direction(share);
            assert!((found.0 - cosine).abs() < 1e-12 && (found.1 - sine).abs() < 1e-12, "{share}: {found:?}");
        }
    }

    /// A grid of 400 nodes: no box on another, and linked ones nearer than others.
    #[test]
    fn boxes_part_and_neighbours_stay_near() {
        let mut wanted = Wanted { nodes: vec![(80.0, 20.0); 400], lines: Vec::new() };
        for at in 0..400 {
            if at % 20 != 19 {
                wanted.lines.push((at, at + 1, 0.0, 0.0));
            }
            if at < 380 {
                wanted.lines.push((at, at + 20, 0.0, 0.0));
            }
        }
        let (members, lines): (Vec<usize>, Vec<usize>) = ((0..400).collect(), (0..wanted.lines.len()).collect());
        let part = force(&members, &lines, &wanted);
        let at: Vec<Point> = part.nodes.iter().map(|(_, at)| *at).collect();
        let apart = |a: usize, b: usize| ((at[a].x - at[b].x).powi(2) + (at[a].y - at[b].y).powi(2)).sqrt();
        let linked: f64 = wanted.lines.iter().map(|line| apart(line.0, line.1)).sum::<f64>() / lines.len() as f64;
        let any: f64 =
            (0..400).flat_map(|a| (0..a).map(move |b| (a, b))).map(|(a, b)| apart(a, b)).sum::<f64>() / 79_800.0;
        assert!(linked * 4.0 < any, "{linked} {any}");
        for a in 0..400 {
            for b in 0..a {
                let over = (at[a].x - at[b].x).abs() < 79.0 && (at[a].y - at[b].y).abs() < 19.0;
                assert!(!over, "{a} lies on {b}");
            }
        }
    }
}
