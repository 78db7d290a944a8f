//! A map as the ground of a drawing: land, borders and a net of degrees, and the projection that brings them there.
//!
//! The projection is that of Patterson (2014): straight meridians and parallels, no pole blown up, and nothing but a
//! polynomial, which every machine computes alike.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::layout::Point;
use super::path::coordinate;

/// Where nodes lie, by a name that an attribute has. Places are latitudes and longitudes in thousandths of a degree.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Map {
    /// The attribute whose value is the name of a place; a node that has the name itself lies there, too.
    pub by: String,
    /// Places by name.
    pub places: BTreeMap<String, (i32, i32)>,
    /// Outlines of land.
    pub land: Vec<Vec<(i32, i32)>>,
    /// Lines on it.
    pub borders: Vec<Vec<(i32, i32)>>,
}

const SEA: &str = "#f3f7fa";
const LAND: &str = "#e9ebe6";
const COAST: &str = "#c9d0cb";
const BORDER: &str = "#d3d8d2";
const NET: &str = "#e1e9ef";
const FRAME: &str = "#cfd8df";
/// Pixels that lines of the net keep from each other at least, and the degrees that they may stand apart.
const NET_APART: f64 = 130.0;
const NET_STEPS: [i32; 7] = [1, 2, 5, 10, 15, 30, 60];

/// A place on the plane, x to the east and y to the south, in degrees of the equator.
pub(super) fn project((latitude, longitude): (i32, i32)) -> Point {
    let angle = f64::from(latitude) / 1000.0 * std::f64::consts::PI / 180.0;
    let square = angle * angle;
    let fourth = square * square;
    let y = angle * (1.0148 + fourth * (0.23185 + square * (-0.14499 + square * 0.02406)));
    Point { x: f64::from(longitude) / 1000.0, y: -y * 180.0 / std::f64::consts::PI }
}

/// The part of a map that is drawn: a frame in pixels, and how the plane comes into it.
pub(super) struct Ground {
    /// Pixels for a degree of the equator.
    pub scale: f64,
    /// Where the middle of the plane comes to lie.
    pub origin: Point,
    /// Top left of the frame.
    pub low: Point,
    /// Bottom right of the frame.
    pub high: Point,
    /// From a node's place to the node, where that had to stand aside.
    pub leads: Vec<(Point, Point)>,
    /// Frames around what lies at one place, as top left and bottom right, and a name where no node says it.
    pub plots: Vec<(Point, Point, Option<String>)>,
    /// What stands above nodes that lie nowhere.
    pub aside: Option<(Point, String)>,
}

impl Ground {
    fn at(&self, place: (i32, i32)) -> Point {
        let plane = project(place);
        Point { x: self.origin.x + plane.x * self.scale, y: self.origin.y + plane.y * self.scale }
    }

    /// Draws it.
    pub(super) fn draw(&self, map: &Map, out: &mut String) {
        let (x, y) = (coordinate(self.low.x), coordinate(self.low.y));
        let (width, height) = (coordinate(self.high.x - self.low.x), coordinate(self.high.y - self.low.y));
        let frame = format!("x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"8\"");
        let _ = writeln!(out, "<clipPath id=\"map\"><rect {frame}/></clipPath>");
        let _ = writeln!(
            out,
            "<g class=\"map\" clip-path=\"url(#map)\" aria-hidden=\"true\"><rect {frame} fill=\"{SEA}\"/>"
        );
        let _ = writeln!(out, "<path d=\"{}\" fill=\"none\" stroke=\"{NET}\"/>", self.net());
        let land = self.lines(&map.land, "Z");
        let _ = writeln!(out, "<path d=\"{land}\" fill=\"{LAND}\" stroke=\"{COAST}\" stroke-linejoin=\"round\"/>");
        let borders = self.lines(&map.borders, "");
        let _ = writeln!(out, "<path d=\"{borders}\" fill=\"none\" stroke=\"{BORDER}\" stroke-linejoin=\"round\"/>");
        out.push_str("</g>\n");
        let _ = writeln!(out, "<g class=\"map\"><rect {frame} fill=\"none\" stroke=\"{FRAME}\"/></g>");
        for (low, high, name) in &self.plots {
            let _ = writeln!(
                out,
                "<g class=\"plot\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"14\" fill=\"#ffffff\" fill-opacity=\"0.62\" stroke=\"{COAST}\"/></g>",
                coordinate(low.x),
                coordinate(low.y),
                coordinate(high.x - low.x),
                coordinate(high.y - low.y)
            );
            if let Some(name) = name {
                heading(out, Point { x: low.x + 14.0, y: low.y + 19.0 }, name);
            }
        }
        for (place, node) in &self.leads {
            let (x, y) = (coordinate(place.x), coordinate(place.y));
            let _ = writeln!(
                out,
                "<path d=\"M{x},{y}L{},{}\" fill=\"none\" stroke=\"#8a97a3\" stroke-dasharray=\"1 3\" stroke-linecap=\"round\"/><circle cx=\"{x}\" cy=\"{y}\" r=\"3\" fill=\"#8a97a3\"/>",
                coordinate(node.x),
                coordinate(node.y)
            );
        }
        if let Some((at, text)) = &self.aside {
            heading(out, *at, text);
        }
    }

    /// Meridians and parallels.
    fn net(&self) -> String {
        let wide = |step: &&i32| f64::from(**step) * self.scale >= NET_APART;
        let step = NET_STEPS.iter().find(wide).copied().unwrap_or(60);
        let mut path = String::new();
        for degrees in (-180 / step..=180 / step).map(|number| number * step) {
            let x = self.at((0, degrees * 1000)).x;
            if x > self.low.x && x < self.high.x {
                let (top, bottom) = (coordinate(self.low.y), coordinate(self.high.y));
                let _ = write!(path, "M{0},{top}L{0},{bottom}", coordinate(x));
            }
            let y = self.at((degrees * 1000, 0)).y;
            if degrees.abs() <= 90 && y > self.low.y && y < self.high.y {
                let (left, right) = (coordinate(self.low.x), coordinate(self.high.x));
                let _ = write!(path, "M{left},{0}L{right},{0}", coordinate(y));
            }
        }
        path
    }

    /// The lines that come into the frame, as one path.
    fn lines(&self, lines: &[Vec<(i32, i32)>], end: &str) -> String {
        let mut path = String::new();
        for line in lines {
            let points: Vec<Point> = line.iter().map(|place| self.at(*place)).collect();
            let beyond = points.iter().all(|at| at.x < self.low.x)
                || points.iter().all(|at| at.x > self.high.x)
                || points.iter().all(|at| at.y < self.low.y)
                || points.iter().all(|at| at.y > self.high.y);
            if beyond {
                continue;
            }
            for (number, at) in points.iter().enumerate() {
                let sign = if number == 0 { 'M' } else { 'L' };
                let _ = write!(path, "{sign}{},{}", coordinate(at.x), coordinate(at.y));
            }
            path.push_str(end);
        }
        path
    }
}

fn heading(out: &mut String, at: Point, text: &str) {
    let _ = writeln!(
        out,
        "<text x=\"{}\" y=\"{}\" font-size=\"12\" font-weight=\"bold\" fill=\"#52606d\">{}</text>",
        coordinate(at.x),
        coordinate(at.y),
        super::svg::escape(text)
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_projection_is_the_published_one() {
        // The pole lies at 1.790857 of the radius.
        let pole = project((90_000, 180_000));
        assert!((pole.x - 180.0).abs() < 1e-9);
        assert!((pole.y + 1.790_857 * 180.0 / std::f64::consts::PI).abs() < 0.01, "{}", pole.y);
        assert_eq!(project((0, 0)).y, 0.0);
        assert!(project((-30_000, 0)).y > 0.0, "south is down");
    }
}
