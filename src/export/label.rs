//! What stands on a line: the name of the relation or, where there is more to say, a list of all that one line stands for.
//!
//! In a list every row begins with a small arrow, drawn as a line of its own would be: which way the relation goes and
//! whether it is told as a fact.

use std::fmt::Write;

use super::layout::{Course, Point};
use super::measure::{Face, width};
use super::path::{Outline, coordinate};
use super::stroke::{self, dashes};
use super::svg::{LABEL, escape};
use super::view::{Stroke, View, ViewLine};

/// Height of a row.
const ROW: f64 = 14.0;
/// Length of the arrow before a row, and its distance from the text.
const ARROW: f64 = 15.0;
const GAP: f64 = 5.0;
/// From the rows of a list to its frame.
const PADDING: (f64, f64) = (5.0, 2.0);

/// Size of the label of a line that stands for these lines of the view.
pub(super) fn size(view: &View<'_>, lines: &[usize]) -> (f64, f64) {
    let rows = || lines.iter().flat_map(|line| &view.lines[*line].labels);
    let widest = rows().map(|label| width(&label.text, LABEL, Face::Regular)).fold(0.0, f64::max);
    let height = rows().count() as f64 * ROW;
    match lines {
        [_] => ((widest + 8.0).ceil(), height + 2.0),
        _ => ((widest + ARROW + GAP + 2.0 * PADDING.0).ceil(), height + 2.0 * PADDING.1),
    }
}

/// Draws the label of a line that stands for these lines of the view, around a point.
pub(super) fn draw(
    out: &mut String,
    view: &View<'_>,
    lines: &[usize],
    (centre, course): (Point, Course),
    outlines: &[Outline],
) {
    let (wide, high) = size(view, lines);
    let (left, top) = (centre.x - wide / 2.0, centre.y - high / 2.0);
    let frame = if lines.len() > 1 { " stroke=\"#d5dbe1\"" } else { "" };
    let opacity = if lines.len() > 1 { "0.97" } else { "0.93" };
    let _ = writeln!(
        out,
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"3\" fill=\"#ffffff\" fill-opacity=\"{opacity}\"{frame} pointer-events=\"none\"/>",
        coordinate(left),
        coordinate(top),
        coordinate(wide),
        coordinate(high)
    );
    if let [only] = lines {
        let faint = stroke::faint(view.lines[*only].pale);
        let _ = writeln!(out, "<g{faint}>");
        for (number, label) in view.lines[*only].labels.iter().enumerate() {
            let at = Point { x: centre.x, y: top + 12.0 + number as f64 * ROW };
            row(out, &view.lines[*only], (&label.text, &label.color, &label.tooltip), at, " text-anchor=\"middle\"");
        }
        out.push_str("</g>\n");
        return;
    }
    let mut y = top + PADDING.1;
    for number in lines {
        let line = &view.lines[*number];
        open(out, view, line);
        for label in &line.labels {
            let ink = escape(line.ink(label));
            let turn = heading(&outlines[line.source], &outlines[line.target], course);
            let middle = Point { x: left + PADDING.0 + ARROW / 2.0, y: y + ROW / 2.0 };
            arrow(out, line, middle, turn, &ink);
            let at = Point { x: left + PADDING.0 + ARROW + GAP, y: y + 11.0 };
            row(out, line, (&label.text, &label.color, &label.tooltip), at, "");
            y += ROW;
        }
        out.push_str("</g>\n");
    }
}

/// Begins what a reader takes for one relation, or several that are told alike.
pub(super) fn open(out: &mut String, view: &View<'_>, line: &ViewLine) {
    let names: Vec<&str> = line.labels.iter().map(|label| label.text.as_str()).collect();
    let (source, target) = (&view.nodes[line.source].node.name, &view.nodes[line.target].node.name);
    let _ = writeln!(
        out,
        "<g class=\"edge\" role=\"graphics-symbol img\" aria-label=\"{}\" fill=\"none\" stroke=\"{}\"{}><title>{}</title>",
        escape(&format!("{source}, {}, {target}: {}", names.join(", "), line.stroke.name())),
        escape(stroke::color(line)),
        stroke::faint(line.pale),
        escape(&line.labels.iter().map(|label| label.tooltip.as_str()).collect::<Vec<_>>().join("\n\n"))
    );
}

fn row(out: &mut String, line: &ViewLine, (text, color, tooltip): (&str, &str, &str), at: Point, anchor: &str) {
    let ink = if line.stroke == Stroke::Denied && !line.marked { super::svg::DENIED } else { color };
    let extra = match (line.stroke, line.role) {
        (Stroke::Denied, _) => " text-decoration=\"line-through\"",
        (_, true) => " font-style=\"italic\"",
        _ => "",
    };
    let _ = writeln!(
        out,
        "<text x=\"{}\" y=\"{}\" font-size=\"{LABEL}\"{anchor} fill=\"{}\" stroke=\"none\"{extra}>{}<title>{}</title></text>",
        coordinate(at.x),
        coordinate(at.y),
        escape(ink),
        escape(text),
        escape(tooltip)
    );
}

/// Which way the target lies, to the nearest of four: a step to the right and down.
fn heading(source: &Outline, target: &Outline, course: Course) -> (f64, f64) {
    let (dx, dy) = (target.centre.x - source.centre.x, target.centre.y - source.centre.y);
    let across = match course {
        Course::Across => true,
        Course::Down => false,
        Course::Free => dx.abs() >= dy.abs(),
    };
    let sign = |value: f64| if value < 0.0 { -1.0 } else { 1.0 };
    if across { (sign(dx), 0.0) } else { (0.0, sign(dy)) }
}

fn arrow(out: &mut String, line: &ViewLine, middle: Point, (dx, dy): (f64, f64), ink: &str) {
    // Upright there is only as much room as a row is high.
    let half = if dy == 0.0 { ARROW / 2.0 } else { ROW / 2.0 - 1.0 };
    let at = |along: f64, aside: f64| {
        let (x, y) = (middle.x + dx * along - dy * aside, middle.y + dy * along + dx * aside);
        format!("{},{}", coordinate(x), coordinate(y))
    };
    let end = if line.directed && line.stroke != Stroke::Denied { half - 4.0 } else { half };
    let _ = writeln!(
        out,
        "<path d=\"M{}L{}\" stroke=\"{ink}\" stroke-width=\"1.3\"{}/>",
        at(-half, 0.0),
        at(end, 0.0),
        dashes(line.stroke, 0.5)
    );
    if line.directed && line.stroke == Stroke::Denied {
        let bar = (at(half - 1.0, -4.0), at(half - 1.0, 4.0));
        let _ = writeln!(out, "<path d=\"M{}L{}\" stroke=\"{ink}\" stroke-width=\"1.8\"/>", bar.0, bar.1);
    } else if line.directed {
        let (tip, a, b) = (at(half, 0.0), at(half - 5.5, -3.2), at(half - 5.5, 3.2));
        let _ = writeln!(out, "<path d=\"M{tip}L{a}L{b}Z\" fill=\"{ink}\" stroke=\"none\"/>");
    }
}
