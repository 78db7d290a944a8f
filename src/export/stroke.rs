//! A line from node to node: dashed or not, thick or thin, with a head at every end that something is said of.

use std::fmt::Write;

use super::label;
use super::layout::{Course, Point};
use super::path::{arc, coordinate, smooth};
use super::route::{Bundle, Ends};
use super::svg::{DENIED, escape};
use super::view::{Stroke, View, ViewLine};

const HEAD: f64 = 9.0;
/// Colour of a line that stands for relations of several colours.
const MIXED: &str = "#7b8794";

/// How an end of a line looks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Bare,
    Head,
    Bar,
}

/// The dashes of a way of saying, so many times as long as in the drawing of a line of its own.
pub(super) fn dashes(stroke: Stroke, scale: f64) -> String {
    let lengths: &[f64] = match stroke {
        Stroke::Asserted => return String::new(),
        Stroke::Planned => &[8.0, 5.0],
        Stroke::Alleged => &[1.5, 5.0],
        Stroke::Denied => &[4.0, 3.0],
        Stroke::Inferred => &[10.0, 3.0, 2.0, 3.0],
    };
    let lengths: Vec<String> = lengths.iter().map(|length| coordinate(length * scale)).collect();
    let cap = if stroke == Stroke::Alleged { " stroke-linecap=\"round\"" } else { "" };
    format!(" stroke-dasharray=\"{}\"{cap}", lengths.join(" "))
}

/// Width of a line: one step for each doubling of the documents behind it.
fn thickness(line: &ViewLine) -> f64 {
    if line.role { 1.0 } else { (1.4 + 0.7 * f64::from(line.support.max(1).ilog2())).min(5.0) }
}

/// What makes a group pale.
pub(super) fn faint(pale: bool) -> &'static str {
    if pale { " opacity=\"0.3\"" } else { "" }
}

/// The colour of a line of the view.
pub(super) fn color(line: &ViewLine) -> &str {
    line.labels.first().map_or(DENIED, |label| line.ink(label))
}

/// Draws the line that a bundle is.
pub(super) fn draw(out: &mut String, view: &View<'_>, bundle: &Bundle, ends: &Ends) {
    let all: Vec<&ViewLine> = bundle.lines.iter().map(|line| &view.lines[*line]).collect();
    // Where some are brought out, the line is theirs.
    let some: Vec<&ViewLine> = all.iter().copied().filter(|line| !line.pale).collect();
    let pale = some.is_empty();
    let lines = if pale { &all } else { &some };
    let [first, ..] = lines.as_slice() else { return };
    let one_color = lines.iter().all(|line| color(line) == color(first) && line.labels.len() == 1);
    let ink = escape(if one_color || lines.len() == 1 { color(first) } else { MIXED });
    // As a fact, where one of them is told so.
    let way = lines.iter().map(|line| line.stroke).min().unwrap_or(first.stroke);
    let thick = lines.iter().map(|line| thickness(line)).fold(0.0, f64::max);
    let end = |node: usize| {
        let towards = || lines.iter().filter(|line| line.directed && line.target == node);
        match (towards().next(), towards().any(|line| line.stroke != Stroke::Denied)) {
            (None, _) => End::Bare,
            (Some(_), true) => End::Head,
            (Some(_), false) => End::Bar,
        }
    };
    match all.as_slice() {
        [only] => label::open(out, view, only),
        _ => {
            let names = [bundle.source, bundle.target].map(|node| view.nodes[node].node.name.as_str());
            let said = escape(&format!("{} and {}: {} ways of relation", names[0], names[1], all.len()));
            let _ = writeln!(
                out,
                "<g class=\"edges\" role=\"graphics-symbol img\" aria-label=\"{said}\" fill=\"none\" stroke=\"{ink}\"{}><title>{said}</title>",
                faint(pale)
            );
        }
    }
    let loops = bundle.source == bundle.target;
    path(out, ends, (thick, way), (if loops { End::Bare } else { end(bundle.source) }, end(bundle.target)), &ink);
    out.push_str("</g>\n");
}

fn path(out: &mut String, ends: &Ends, (thick, way): (f64, Stroke), (first, last): (End, End), ink: &str) {
    let mut points = ends.points.clone();
    let count = points.len();
    if count < 2 {
        return;
    }
    let tips = [(points[0], points[1], first), (points[count - 1], points[count - 2], last)];
    let towards = |tip: Point, before: Point| {
        let (x, y) = (tip.x - before.x, tip.y - before.y);
        match ends.course {
            Course::Across => (x.signum(), 0.0),
            Course::Down => (0.0, y.signum()),
            Course::Free => {
                let far = (x * x + y * y).sqrt().max(0.01);
                (x / far, y / far)
            }
        }
    };
    for (place, (tip, before, end)) in [0, count - 1].into_iter().zip(tips) {
        let (dx, dy) = towards(tip, before);
        let back = match end {
            End::Bare => 0.0,
            End::Bar => 4.0,
            End::Head => HEAD + thick - 1.0,
        };
        points[place] = Point { x: tip.x - dx * back, y: tip.y - dy * back };
    }
    let path = match ends.course {
        Course::Free => arc(&points),
        course => smooth(&points, course == Course::Across),
    };
    // A wide invisible line under the visible one: something to point at.
    let _ = writeln!(out, "<path d=\"{path}\" stroke-width=\"12\" stroke-opacity=\"0\"/>");
    let _ = writeln!(out, "<path d=\"{path}\" stroke-width=\"{}\"{}/>", coordinate(thick), dashes(way, 1.0));
    for (tip, before, end) in tips {
        head(out, tip, towards(tip, before), (end, thick), ink);
    }
}

fn head(out: &mut String, tip: Point, (dx, dy): (f64, f64), (end, thick): (End, f64), ink: &str) {
    let side = |along: f64, aside: f64| {
        let (x, y) = (tip.x - dx * along + dy * aside, tip.y - dy * along - dx * aside);
        format!("{},{}", coordinate(x), coordinate(y))
    };
    let half = 3.6 + thick / 2.0;
    let _ = match end {
        End::Bare => Ok(()),
        End::Bar => {
            let (a, b) = (side(3.0, half + 1.5), side(3.0, -half - 1.5));
            writeln!(out, "<path d=\"M{a}L{b}\" stroke-width=\"{}\"/>", coordinate(thick + 1.0))
        }
        End::Head => {
            let (a, b) = (side(HEAD + thick, half), side(HEAD + thick, -half));
            writeln!(out, "<path d=\"M{}L{a}L{b}Z\" fill=\"{ink}\" stroke=\"none\"/>", side(0.0, 0.0))
        }
    };
}
