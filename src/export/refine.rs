//! Betters a drawing of straight lines, a node at a time: what forces leave crossing, covered or far apart.
//!
//! Forces know only distances. Here every node tries places around its own, and takes the one that costs least by what a
//! reader minds: boxes and labels that cover each other, lines that run through them or cross, lines too long or too short
//! for what stands on them (the criteria of Davidson and Harel, 1996; but without chance, so that the same graph gives the same
//! picture). Steps grow shorter from round to round.

use super::boxes::{Body, spiral};
use super::layout::Point;

/// Comparisons of two things that a part may take; one too large for a round of it is left as it is.
const MOST_COMPARED: usize = 250_000_000;
const ROUNDS: usize = 140;
/// Places that a node tries in a round, around its own, and a leaf around the node it hangs on.
const TRIED: usize = 12;
/// What a move may cost at first, so that a drawing gets out of what only looks best from near (threshold accepting,
/// Dueck and Scheuer 1990).
const WORSE: f64 = 400.0;
/// Farthest and nearest of them, in pixels.
const FAR: f64 = 300.0;
const NEAR: f64 = 12.0;

/// Gaps between two nodes, and between a label and what is no label.
const BETWEEN_NODES: f64 = 18.0;
const AROUND_LABELS: f64 = 5.0;
/// A line keeps this far off boxes that it has nothing to do with.
const BESIDE: f64 = 5.0;
/// What is seen of a line beside its label.
const SEEN: f64 = 44.0;

// Costs, in the pixels that a line may be longer to avoid it.
const COVERED: f64 = 120.0;
const THROUGH_NODE: f64 = 260.0;
const THROUGH_LABEL: f64 = 90.0;
const HIDDEN: f64 = 1.5;
const CROSSING: f64 = 60.0;
const ALONG: f64 = 110.0;
const TOO_SHORT: f64 = 4.0;
const TOO_LONG: f64 = 0.45;
const OUTWARD: f64 = 0.08;
/// Width to height of the picture that is aimed at.
const PROPORTION: f64 = 1.5;

/// A line between two bodies, and the body that is its label.
#[derive(Clone, Copy)]
pub(super) struct Link {
    pub ends: (usize, usize),
    pub label: Option<usize>,
}

/// A line where it runs: its ends, and the centre and half the size of its label.
#[derive(Clone, Copy)]
struct Run {
    from: Point,
    to: Point,
    at: Point,
    half: (f64, f64),
}

struct Drawing<'a> {
    bodies: &'a [Body],
    at: Vec<Point>,
    links: &'a [Link],
    runs: Vec<Run>,
    touching: Vec<Vec<usize>>,
}

/// Moves the first `nodes` bodies, and the labels onto their lines. Whether it did: not where there are too many.
pub(super) fn refine(bodies: &mut [Body], nodes: usize, links: &[Link]) -> bool {
    let mut touching: Vec<Vec<usize>> = vec![Vec::new(); nodes];
    for (number, link) in links.iter().enumerate() {
        touching[link.ends.0].push(number);
        if link.ends.0 != link.ends.1 {
            touching[link.ends.1].push(number);
        }
    }
    let compared: usize = touching.iter().map(|own| (1 + own.len()) * (nodes + 2 * links.len())).sum();
    let rounds = (MOST_COMPARED / (compared * TRIED).max(1)).min(ROUNDS);
    if rounds < 4 {
        return false;
    }
    let at = bodies[..nodes].iter().map(|body| body.at).collect();
    let mut drawing = Drawing { bodies, at, links, runs: Vec::new(), touching };
    drawing.runs = (0..links.len()).map(|number| drawing.run(number)).collect();
    let mut steps = steps();
    for round in 0..rounds {
        let left = 1.0 - round as f64 / rounds as f64;
        // The last third of the way only down.
        let most = WORSE * (left - 0.33).max(0.0);
        drawing.round(NEAR + (FAR - NEAR) * left * left, most * most / WORSE, &mut steps);
        if round + 1 == rounds * 2 / 3 || round + 1 == rounds {
            drawing.draw_in();
        }
    }
    let labels = drawing.labels();
    let at = drawing.at;
    bodies.iter_mut().zip(at).for_each(|(body, at)| body.at = at);
    for (link, at) in links.iter().zip(labels) {
        if let Some(label) = link.label {
            bodies[label].at = at;
        }
    }
    true
}

impl Drawing<'_> {
    fn half(&self, node: usize) -> (f64, f64) {
        let (width, height) = self.bodies[node].size;
        (width / 2.0, height / 2.0)
    }

    fn run(&self, number: usize) -> Run {
        let Link { ends: (a, b), label } = self.links[number];
        let (from, to) = (self.at[a], self.at[b]);
        let half = label.map_or((0.0, 0.0), |label| {
            let (width, height) = self.bodies[label].size;
            (width / 2.0, height / 2.0)
        });
        let share = (1.0 + inside(from, to, self.half(a)) - inside(from, to, self.half(b))) / 2.0;
        Run { from, to, at: between(from, to, share.clamp(0.1, 0.9)), half }
    }

    /// Lets every node move, within a distance and as long as it costs no more than so much.
    fn round(&mut self, radius: f64, most: f64, steps: &mut impl Iterator<Item = Point>) {
        for node in 0..self.at.len() {
            let mut own = self.at[node];
            let mut least = self.cost(node, f64::MAX);
            let steps: Vec<Point> = steps.take(TRIED).collect();
            let mut places: Vec<Point> = steps
                .iter()
                .map(|step| Point { x: own.x + step.x * radius * PROPORTION, y: own.y + step.y * radius })
                .collect();
            places.extend(self.around(node, &steps, radius));
            for place in places {
                self.put(node, place);
                let cost = self.cost(node, least + most);
                if cost < least + most - 0.01 {
                    (own, least) = (place, cost);
                }
            }
            self.put(node, own);
        }
    }

    /// Draws in what hangs on the rest by one line, where the line is longer than it needs to be: all of it at once, which
    /// node by node would be dearer at every step.
    fn draw_in(&mut self) {
        for number in 0..self.links.len() {
            let Some(hanging) = self.hanging(number) else { continue };
            let (a, b) = self.links[number].ends;
            let (hung, holds) = if hanging.contains(&a) { (a, b) } else { (b, a) };
            let way = Point { x: self.at[holds].x - self.at[hung].x, y: self.at[holds].y - self.at[hung].y };
            let from: Vec<Point> = hanging.iter().map(|node| self.at[*node]).collect();
            let (mut best, mut least) = (0.0, f64::MAX);
            for step in 0..=12 {
                let share = f64::from(step) / 16.0;
                self.shift(&hanging, &from, way, share);
                let cost: f64 = hanging.iter().map(|node| self.cost(*node, f64::MAX)).sum();
                if cost < least - 0.01 {
                    (best, least) = (share, cost);
                }
            }
            self.shift(&hanging, &from, way, best);
        }
    }

    fn shift(&mut self, nodes: &[usize], from: &[Point], way: Point, share: f64) {
        for (node, from) in nodes.iter().zip(from) {
            self.put(*node, Point { x: from.x + way.x * share, y: from.y + way.y * share });
        }
    }

    /// The smaller part that a line alone holds to the rest, in order; none where it is held otherwise, too.
    fn hanging(&self, number: usize) -> Option<Vec<usize>> {
        let (from, rest) = self.links[number].ends;
        let mut reached = vec![false; self.at.len()];
        reached[from] = true;
        let mut open = vec![from];
        while let Some(node) = open.pop() {
            for &link in self.touching[node].iter().filter(|link| **link != number) {
                let (a, b) = self.links[link].ends;
                let other = if a == node { b } else { a };
                if !reached[other] {
                    reached[other] = true;
                    open.push(other);
                }
            }
        }
        if reached[rest] {
            return None;
        }
        let smaller = reached.iter().filter(|side| **side).count() * 2 <= reached.len();
        Some((0..self.at.len()).filter(|node| reached[*node] == smaller).collect())
    }

    /// Places for a leaf around the node it hangs on, and for others about the middle of those they are linked to.
    fn around(&self, node: usize, steps: &[Point], step: f64) -> Vec<Point> {
        let others = self.touching[node].iter().map(|link| {
            let (a, b) = self.links[*link].ends;
            if a == node { b } else { a }
        });
        let others: Vec<usize> = others.filter(|other| *other != node).collect();
        match others.as_slice() {
            [] => Vec::new(),
            [hub] => {
                let (wide, high) = (self.half(node).0 + self.half(*hub).0, self.half(node).1 + self.half(*hub).1);
                let around = |step: &Point| {
                    let far = (step.x * step.x + step.y * step.y).sqrt().max(0.01);
                    let out = |half: f64, way: f64| (half + SEEN * 1.6) * way / far;
                    Point { x: self.at[*hub].x + out(wide, step.x), y: self.at[*hub].y + out(high, step.y) }
                };
                steps.iter().map(around).collect()
            }
            several => {
                let count = several.len() as f64;
                let sum = several.iter().fold((0.0, 0.0), |sum, at| (sum.0 + self.at[*at].x, sum.1 + self.at[*at].y));
                let middle = Point { x: sum.0 / count, y: sum.1 / count };
                let about = |at: &Point| Point { x: middle.x + at.x * step * PROPORTION, y: middle.y + at.y * step };
                steps.iter().map(about).collect()
            }
        }
    }

    fn put(&mut self, node: usize, place: Point) {
        self.at[node] = place;
        for place in 0..self.touching[node].len() {
            let number = self.touching[node][place];
            self.runs[number] = self.run(number);
        }
    }

    /// What it costs that a node is where it is; or more than `most`, where it is more than that.
    fn cost(&self, node: usize, most: f64) -> f64 {
        let (at, half) = (self.at[node], self.half(node));
        let mut cost = OUTWARD * ((at.x / PROPORTION).abs() + at.y.abs());
        for other in (0..self.at.len()).filter(|other| *other != node) {
            cost += covering(at, half, self.at[other], self.half(other), BETWEEN_NODES);
        }
        for (number, run) in self.runs.iter().enumerate() {
            let (a, b) = self.links[number].ends;
            if a != node && b != node {
                cost += self.past(run, at, half);
            }
        }
        for &own in &self.touching[node] {
            if cost > most {
                break;
            }
            cost += self.line(own);
        }
        cost
    }

    /// What a line costs that passes a box.
    fn past(&self, run: &Run, at: Point, half: (f64, f64)) -> f64 {
        let through = if meets(run, at, half, BESIDE) { THROUGH_NODE } else { 0.0 };
        through + covering(run.at, run.half, at, half, AROUND_LABELS)
    }

    /// What a line costs by itself and among all others.
    fn line(&self, number: usize) -> f64 {
        let run = &self.runs[number];
        let (a, b) = self.links[number].ends;
        if a == b {
            return 0.0;
        }
        let (dx, dy) = ((run.to.x - run.from.x).abs(), (run.to.y - run.from.y).abs());
        let length = (dx * dx + dy * dy).sqrt().max(1.0);
        let seen = length * (1.0 - inside(run.from, run.to, self.half(a)) - inside(run.to, run.from, self.half(b)));
        let label = (2.0 * run.half.0 * length / dx.max(1.0)).min(2.0 * run.half.1 * length / dy.max(1.0));
        let wanted = label + SEEN;
        let mut cost = if seen < wanted { TOO_SHORT * (wanted - seen) } else { TOO_LONG * (seen - wanted) };
        for other in (0..self.at.len()).filter(|other| *other != a && *other != b) {
            cost += self.past(run, self.at[other], self.half(other));
        }
        for (other, beside) in self.runs.iter().enumerate() {
            if other == number {
                continue;
            }
            cost += covering(run.at, run.half, beside.at, beside.half, 3.0);
            let (c, d) = self.links[other].ends;
            let shared = a == c || a == d || b == c || b == d;
            if shared {
                cost += if alike(run, beside, a == c || a == d) { ALONG } else { 0.0 };
            } else if crosses(run, beside) {
                cost += CROSSING;
            }
            cost += hiding(run, beside) + hiding(beside, run);
        }
        cost
    }

    /// The best place of every label on its line.
    fn labels(&mut self) -> Vec<Point> {
        const SHARES: [f64; 9] = [0.0, -0.12, 0.12, -0.22, 0.22, -0.32, 0.32, -0.4, 0.4];
        for _ in 0..2 {
            for number in 0..self.links.len() {
                let (a, b) = self.links[number].ends;
                if self.links[number].label.is_none() || a == b {
                    continue;
                }
                let run = self.run(number);
                let seen = 1.0 - inside(run.from, run.to, self.half(a)) - inside(run.to, run.from, self.half(b));
                let (mut best, mut least) = (run.at, f64::MAX);
                for share in SHARES {
                    let step = share * seen.max(0.0);
                    let at = Point {
                        x: run.at.x + (run.to.x - run.from.x) * step,
                        y: run.at.y + (run.to.y - run.from.y) * step,
                    };
                    let cost = self.label_cost(number, &Run { at, ..run }) + 20.0 * share.abs();
                    if cost < least {
                        (best, least) = (at, cost);
                    }
                }
                self.runs[number] = Run { at: best, ..run };
            }
        }
        self.runs.iter().map(|run| run.at).collect()
    }

    fn label_cost(&self, number: usize, run: &Run) -> f64 {
        let nodes: f64 = (0..self.at.len())
            .map(|node| covering(run.at, run.half, self.at[node], self.half(node), AROUND_LABELS))
            .sum();
        let others = self.runs.iter().enumerate().filter(|(other, _)| *other != number);
        let lines: f64 = others
            .map(|(_, beside)| hiding(beside, run) + covering(run.at, run.half, beside.at, beside.half, 3.0))
            .sum();
        nodes + lines
    }
}

/// Points of the unit disc, of all directions and distances by turns.
fn steps() -> impl Iterator<Item = Point> {
    /// The golden ratio and the plastic number, less their whole parts: their multiples are spread evenly.
    const PLASTIC: f64 = 0.754_877_666_246_692_8;
    let mut far = 0.0;
    spiral(1.0).skip(1).map(move |point| {
        far += PLASTIC;
        if far >= 1.0 {
            far -= 1.0;
        }
        let scale = (far / (point.x * point.x + point.y * point.y)).sqrt();
        Point { x: point.x * scale, y: point.y * scale }
    })
}

fn between(from: Point, to: Point, share: f64) -> Point {
    Point { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }
}

/// The share of a line that lies within the box around its beginning.
fn inside(from: Point, to: Point, (wide, high): (f64, f64)) -> f64 {
    let (dx, dy) = ((to.x - from.x).abs(), (to.y - from.y).abs());
    (wide / dx.max(0.01)).min(high / dy.max(0.01)).min(0.5)
}

/// What it costs that two boxes cover each other, or come too near.
fn covering(a: Point, a_half: (f64, f64), b: Point, b_half: (f64, f64), gap: f64) -> f64 {
    let over_x = a_half.0 + b_half.0 + gap - (a.x - b.x).abs();
    if over_x <= 0.0 || a_half.0 == 0.0 || b_half.0 == 0.0 {
        return 0.0;
    }
    let over_y = a_half.1 + b_half.1 + gap - (a.y - b.y).abs();
    if over_y <= 0.0 {
        return 0.0;
    }
    COVERED * (over_x.min(over_y) / gap).min(1.0) + 3.0 * over_x.min(over_y)
}

/// Whether a line runs through a box or nearer to it than `beside`.
fn meets(run: &Run, at: Point, half: (f64, f64), beside: f64) -> bool {
    let (wide, high) = (half.0 + beside, half.1 + beside);
    let (x, y) = (run.from.x - at.x, run.from.y - at.y);
    let (dx, dy) = (run.to.x - run.from.x, run.to.y - run.from.y);
    let (left, right) = if dx < 0.0 { (x + dx, x) } else { (x, x + dx) };
    let (top, bottom) = if dy < 0.0 { (y + dy, y) } else { (y, y + dy) };
    if right < -wide || left > wide || bottom < -high || top > high {
        return false;
    }
    // Corners on both sides of the line.
    let side = (x * dy - y * dx).abs();
    side <= wide * dy.abs() + high * dx.abs()
}

/// What it costs that a line runs under the label of another: the more, the longer it is hidden.
fn hiding(under: &Run, over: &Run) -> f64 {
    let hidden = over.half.0 > 0.0 && meets(under, over.at, over.half, 1.0);
    if hidden { THROUGH_LABEL + HIDDEN * (over.half.0 + over.half.1) } else { 0.0 }
}

fn turn(a: Point, b: Point, c: Point) -> f64 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

fn crosses(a: &Run, b: &Run) -> bool {
    let apart = |a: (f64, f64), b: (f64, f64)| a.0.max(a.1) < b.0.min(b.1) || b.0.max(b.1) < a.0.min(a.1);
    if apart((a.from.x, a.to.x), (b.from.x, b.to.x)) || apart((a.from.y, a.to.y), (b.from.y, b.to.y)) {
        return false;
    }
    turn(a.from, a.to, b.from) * turn(a.from, a.to, b.to) < 0.0
        && turn(b.from, b.to, a.from) * turn(b.from, b.to, a.to) < 0.0
}

/// Whether two lines leave one node in nearly the same direction.
fn alike(a: &Run, b: &Run, at_start: bool) -> bool {
    let (hub, far) = if at_start { (a.from, a.to) } else { (a.to, a.from) };
    let near = |point: Point| (point.x - hub.x).abs() + (point.y - hub.y).abs() < 0.01;
    let other = if near(b.from) { b.to } else { b.from };
    let (ax, ay, bx, by) = (far.x - hub.x, far.y - hub.y, other.x - hub.x, other.y - hub.y);
    let dot = ax * bx + ay * by;
    // Within about eight degrees.
    dot > 0.0 && dot * dot > 0.98 * (ax * ax + ay * ay) * (bx * bx + by * by)
}
