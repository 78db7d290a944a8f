//! Lines of a drawing: where they touch their nodes and how they bend.

use super::layout::Point;
use crate::graph::Shape;

/// Half the diagonal of an event's diamond.
pub(super) const DIAMOND: f64 = 11.0;

/// A node as lines see it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outline {
    pub centre: Point,
    pub width: f64,
    pub height: f64,
    pub shape: Shape,
    /// Events are a diamond at the top of their box, above their text.
    pub event: bool,
}

impl Outline {
    /// Where an event's diamond has its centre.
    pub(super) fn diamond(&self) -> Point {
        Point { x: self.centre.x, y: self.centre.y - self.height / 2.0 + DIAMOND }
    }

    /// The point of the outline where the line with this number of so many on this side touches it. `across`: the sides
    /// are left and right; `far`: right or bottom.
    pub(super) fn port(&self, across: bool, far: bool, number: usize, of: usize) -> Point {
        if self.event {
            let diamond = self.diamond();
            return match (across, far) {
                (true, true) => Point { x: diamond.x + DIAMOND, ..diamond },
                (true, false) => Point { x: diamond.x - DIAMOND, ..diamond },
                (false, true) => Point { x: diamond.x, y: self.centre.y + self.height / 2.0 },
                (false, false) => Point { x: diamond.x, y: diamond.y - DIAMOND },
            };
        }
        let (length, depth) = if across { (self.height, self.width) } else { (self.width, self.height) };
        let share = match self.shape {
            Shape::Ellipse => 0.6,
            Shape::Diamond | Shape::Hexagon => 0.4,
            Shape::Rounded | Shape::Box => 0.72,
        };
        // Lines keep a distance that is easy to follow, and use the whole side only where they are many.
        let span = (length * share).min(16.0 * (of.saturating_sub(1)) as f64);
        let along = if of > 1 { span * (number as f64 / (of - 1) as f64 - 0.5) } else { 0.0 };
        let out = self.reach(depth / 2.0, along / (length / 2.0)) * if far { 1.0 } else { -1.0 };
        let (dx, dy) = if across { (out, along) } else { (along, out) };
        Point { x: self.centre.x + dx, y: self.centre.y + dy }
    }

    /// The point where a line leaves for another one as the crow flies, and the middle it comes from.
    pub(super) fn leave(&self, to: Point) -> Point {
        let below = self.event && {
            let diamond = self.diamond();
            let (dx, dy) = (to.x - diamond.x, to.y - diamond.y);
            dy > 0.0 && dx.abs() * self.height < dy * self.width / 2.0
        };
        let (centre, a, b) = match (self.event, below) {
            (true, false) => (self.diamond(), DIAMOND, DIAMOND),
            _ => (self.centre, self.width / 2.0, self.height / 2.0),
        };
        let (dx, dy) = ((to.x - centre.x) / a, (to.y - centre.y) / b);
        let (ax, ay) = (dx.abs(), dy.abs());
        let shape = match (self.event, below) {
            (true, true) => Shape::Box,
            (true, false) => Shape::Diamond,
            _ => self.shape,
        };
        let reach = match shape {
            Shape::Ellipse => (dx * dx + dy * dy).sqrt(),
            Shape::Diamond => ax + ay,
            Shape::Hexagon => ay.max(ax + ay * (10.0 / a).min(0.5)),
            Shape::Rounded | Shape::Box => ax.max(ay),
        };
        // Whoever stands on the point itself leaves to the right.
        if reach < 1e-9 {
            return Point { x: centre.x + a, y: centre.y };
        }
        Point { x: centre.x + dx * a / reach, y: centre.y + dy * b / reach }
    }

    /// Distance of the outline from the middle axis, at a share of the way from the centre to the end of a side.
    fn reach(&self, half: f64, share: f64) -> f64 {
        match self.shape {
            Shape::Rounded | Shape::Box => half,
            Shape::Ellipse => half * (1.0 - share * share).max(0.0).sqrt(),
            Shape::Diamond => half * (1.0 - share.abs()),
            Shape::Hexagon => half - 10.0 * share.abs(),
        }
    }
}

/// One arc over its handle: start, handle and end.
pub(super) fn arc(points: &[Point]) -> String {
    let words: Vec<String> = points.iter().map(|at| format!("{},{}", coordinate(at.x), coordinate(at.y))).collect();
    match words.as_slice() {
        [start, handle, end] => format!("M{start}Q{handle} {end}"),
        _ => format!("M{}", words.join("L")),
    }
}

/// A smooth line through points, leaving and arriving along the main axis and never swinging beyond its points: cubic
/// pieces with the slopes of Steffen (1990).
pub(super) fn smooth(points: &[Point], across: bool) -> String {
    let Some(first) = points.first() else { return String::new() };
    let main = |point: &Point| if across { (point.x, point.y) } else { (point.y, point.x) };
    let at: Vec<(f64, f64)> = points.iter().map(main).collect();
    let rising = at.windows(2).all(|pair| pair[1].0 > pair[0].0 + 0.5);
    let falling = at.windows(2).all(|pair| pair[1].0 < pair[0].0 - 0.5);
    let mut path = format!("M{},{}", coordinate(first.x), coordinate(first.y));
    if !rising && !falling {
        for point in &points[1..] {
            path.push_str(&format!("L{},{}", coordinate(point.x), coordinate(point.y)));
        }
        return path;
    }
    let slopes = slopes(&at);
    // Where a line runs along the axis, a longer handle makes a rounder corner.
    let handle = |slope: f64, length: f64| if slope == 0.0 { length * 0.55 } else { length / 3.0 };
    for (piece, pair) in at.windows(2).enumerate() {
        let length = pair[1].0 - pair[0].0;
        let (out, into) = (handle(slopes[piece], length), handle(slopes[piece + 1], length));
        let controls = [
            (pair[0].0 + out, pair[0].1 + out * slopes[piece]),
            (pair[1].0 - into, pair[1].1 - into * slopes[piece + 1]),
            pair[1],
        ];
        let mut words = Vec::new();
        for (along, aside) in controls {
            let (x, y) = if across { (along, aside) } else { (aside, along) };
            words.push(format!("{},{}", coordinate(x), coordinate(y)));
        }
        path.push('C');
        path.push_str(&words.join(" "));
    }
    path
}

fn slopes(at: &[(f64, f64)]) -> Vec<f64> {
    let secants: Vec<f64> = at.windows(2).map(|pair| (pair[1].1 - pair[0].1) / (pair[1].0 - pair[0].0)).collect();
    let mut slopes = vec![0.0; at.len()];
    for inner in 1..at.len().saturating_sub(1) {
        let (before, after) = (secants[inner - 1], secants[inner]);
        let (left, right) = (at[inner].0 - at[inner - 1].0, at[inner + 1].0 - at[inner].0);
        let mean = (before * right + after * left) / (left + right);
        if before * after > 0.0 {
            slopes[inner] = mean.signum() * before.abs().min(after.abs()).min(0.5 * mean.abs()) * 1.5;
        }
    }
    slopes
}

/// A coordinate to a tenth of a pixel, without needless zeros.
pub(super) fn coordinate(value: f64) -> String {
    let tenths = (value * 10.0).round() / 10.0;
    let text = format!("{tenths:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { String::from("0") } else { text.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_are_short_and_stable() {
        assert_eq!(coordinate(12.34), "12.3");
        assert_eq!(coordinate(12.0), "12");
        assert_eq!(coordinate(-0.01), "0");
    }

    #[test]
    fn ports_lie_on_the_outline() {
        let node = Outline {
            centre: Point { x: 100.0, y: 50.0 },
            width: 80.0,
            height: 40.0,
            shape: Shape::Ellipse,
            event: false,
        };
        assert_eq!(node.port(true, true, 0, 1), Point { x: 140.0, y: 50.0 });
        let port = node.port(true, false, 0, 3);
        let (dx, dy) = ((port.x - 100.0) / 40.0, (port.y - 50.0) / 20.0);
        assert!((dx * dx + dy * dy - 1.0).abs() < 1e-9 && dx < 0.0 && dy < 0.0);
    }

    #[test]
    fn a_line_leaves_along_the_main_axis() {
        let points = [Point { x: 0.0, y: 0.0 }, Point { x: 30.0, y: 10.0 }];
        assert_eq!(smooth(&points, true), "M0,0C16.5,0 13.5,10 30,10");
    }
}
