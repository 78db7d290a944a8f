//! The legend under the built-in drawing: what occurs in it and nothing else.

use std::fmt::Write;

use super::layout::Point;
use super::measure::{Face, width};
use super::path::{DIAMOND, Outline, coordinate};
use super::svg::{DENIED, escape, shape};
use super::view::{Stroke, View};

const SIZE: f64 = 11.0;
const ROW: f64 = 24.0;
const INK: &str = "#3e4c59";

/// The legend within a width, and its height.
pub(super) fn draw(view: &View<'_>, room: f64) -> (String, f64) {
    let mut out = String::new();
    let mut y = 42.0;
    let _ = writeln!(out, "<path d=\"M0,22L{},22\" stroke=\"#d5dbe1\"/>", coordinate(room));
    let types: Vec<Item> = view
        .types
        .iter()
        .map(|(name, form, fill, event)| {
            let half = if *event { DIAMOND } else { 8.0 };
            let outline = Outline {
                centre: Point { x: 13.0, y: -4.0 },
                width: 26.0,
                height: 2.0 * half,
                shape: *form,
                event: *event,
            };
            Item { picture: shape(&outline, fill, "#55606e", true), picture_width: 26.0, text: name.clone() }
        })
        .collect();
    y = row(&mut out, &types, room, y);
    let mut lines: Vec<Item> = view
        .strokes
        .iter()
        .map(|stroke| Item { picture: sample(*stroke), picture_width: 40.0, text: stroke.name().to_string() })
        .collect();
    if view.lines.iter().any(|line| line.support > 1) {
        lines.push(Item { picture: thick(), picture_width: 40.0, text: String::from("told by more documents") });
    }
    if view.nodes.iter().any(|node| !node.event && node.node.observations.iter().all(|seen| !seen.named)) {
        let outline = Outline {
            centre: Point { x: 13.0, y: -4.0 },
            width: 26.0,
            height: 16.0,
            shape: crate::graph::Shape::Rounded,
            event: false,
        };
        lines.push(Item {
            picture: shape(&outline, "#ffffff", "#55606e", false),
            picture_width: 26.0,
            text: String::from("not named"),
        });
    }
    y = row(&mut out, &lines, room, y);
    for text in &view.hidden {
        y = row(&mut out, &[Item { picture: String::new(), picture_width: -6.0, text: text.clone() }], room, y);
    }
    (out, y - ROW + 14.0)
}

struct Item {
    picture: String,
    picture_width: f64,
    text: String,
}

/// Sets items side by side, in as many rows as they need; the height where the next row begins.
fn row(out: &mut String, items: &[Item], room: f64, top: f64) -> f64 {
    if items.is_empty() {
        return top;
    }
    let (mut x, mut y) = (0.0, top);
    for item in items {
        let whole = item.picture_width + 6.0 + width(&item.text, SIZE, Face::Regular);
        if x > 0.0 && x + whole > room {
            (x, y) = (0.0, y + ROW);
        }
        let _ = writeln!(
            out,
            "<g transform=\"translate({},{})\">{}<text x=\"{}\" y=\"0\" font-size=\"{SIZE}\" fill=\"{INK}\">{}</text></g>",
            coordinate(x),
            coordinate(y),
            item.picture.trim_end(),
            coordinate(item.picture_width + 6.0),
            escape(&item.text)
        );
        x += whole + 22.0;
    }
    y + ROW
}

fn sample(stroke: Stroke) -> String {
    let (color, dashes) = match stroke {
        Stroke::Asserted => (INK, ""),
        Stroke::Planned => (INK, " stroke-dasharray=\"8 5\""),
        Stroke::Alleged => (INK, " stroke-dasharray=\"1.5 5\" stroke-linecap=\"round\""),
        Stroke::Denied => (DENIED, " stroke-dasharray=\"4 3\""),
        Stroke::Inferred => (INK, " stroke-dasharray=\"10 3 2 3\""),
    };
    let end = match stroke {
        Stroke::Denied => format!("<path d=\"M38,-9L38,1\" stroke=\"{color}\" stroke-width=\"2.4\"/>"),
        _ => format!("<path d=\"M40,-4L30,-8L30,0Z\" fill=\"{color}\"/>"),
    };
    let to = if stroke == Stroke::Denied { 36 } else { 31 };
    format!("<path d=\"M0,-4L{to},-4\" stroke=\"{color}\" stroke-width=\"1.4\"{dashes}/>{end}")
}

fn thick() -> String {
    format!(
        "<path d=\"M0,-4L29,-4\" stroke=\"{INK}\" stroke-width=\"3.5\"/><path d=\"M40,-4L28,-10L28,2Z\" fill=\"{INK}\"/>"
    )
}
