//! Rows of an answer as a table, JSON or CSV.

use std::io::Write;
use std::path::Path;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::cli::console::Paint;
use crate::cli::files::{Output, write_outputs};
use crate::cli::{Console, exported, formats};
use crate::export::Format;
use crate::query::{Answer, Cell};

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rows {
    Table,
    Json,
    Csv,
}

/// What of an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Rows(Rows),
    /// The part of the graph that it is about.
    Part(Format),
}

/// The format of that name: rows where a graph's JSON and CSV would be, because an answer is rows first.
pub(super) fn parse(name: &str) -> Result<Shape, String> {
    match name {
        "table" => Ok(Shape::Rows(Rows::Table)),
        "json" => Ok(Shape::Rows(Rows::Json)),
        "csv" => Ok(Shape::Rows(Rows::Csv)),
        "graph" => Ok(Shape::Part(Format::Json)),
        _ => formats::parse(name).map(Shape::Part).map_err(|error| format!("{error}, table, graph")),
    }
}

/// What was asked for, or what the ending of the output says; a table where neither says anything.
pub(super) fn shape(asked: Option<Shape>, output: Option<&Path>) -> anyhow::Result<Shape> {
    let shape = match (asked, output) {
        (Some(shape), _) => shape,
        (None, None) => Shape::Rows(Rows::Table),
        (None, Some(path)) => match path.extension().and_then(|ending| ending.to_str()) {
            Some("json") => Shape::Rows(Rows::Json),
            Some("csv") => Shape::Rows(Rows::Csv),
            Some("txt") => Shape::Rows(Rows::Table),
            _ => exported::format(None, output)?.map_or(Shape::Rows(Rows::Table), Shape::Part),
        },
    };
    if let Shape::Part(format) = shape {
        exported::check(format, output)?;
    }
    Ok(shape)
}

/// Writes rows to a file or to standard output.
pub(super) fn rows(
    answer: &Answer<'_>,
    rows: Rows,
    output: Option<&Path>,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    match output {
        None => {
            let paint = console.paint;
            to(answer, rows, paint, console.out())
        }
        Some(path) => {
            let write = |out: &mut dyn Write| to(answer, rows, Paint(false), out);
            write_outputs(&[Output { path: path.to_owned(), write: Box::new(write) }])
        }
    }
}

fn to(answer: &Answer<'_>, rows: Rows, paint: Paint, out: &mut dyn Write) -> anyhow::Result<()> {
    match rows {
        Rows::Table => table(answer, paint, out),
        Rows::Json => {
            let objects: Vec<Row<'_>> =
                answer.rows.iter().map(|cells| Row { columns: &answer.columns, cells }).collect();
            serde_json::to_writer_pretty(&mut *out, &objects).map_err(std::io::Error::from)?;
            Ok(out.write_all(b"\n")?)
        }
        Rows::Csv => {
            let mut writer = csv::Writer::from_writer(out);
            writer.write_record(&answer.columns)?;
            for row in &answer.rows {
                writer.write_record(row.iter().map(|cell| safe(cell.to_string())))?;
            }
            Ok(writer.flush()?)
        }
    }
}

/// A text that a spreadsheet would take for a formula is made a text.
fn safe(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err() {
        format!("'{text}")
    } else {
        text
    }
}

/// The rows with their columns aligned; numbers to the right.
fn table(answer: &Answer<'_>, paint: Paint, out: &mut dyn Write) -> anyhow::Result<()> {
    if answer.rows.is_empty() {
        return Ok(());
    }
    let wide = |text: &str| text.chars().count();
    let shown: Vec<Vec<String>> =
        answer.rows.iter().map(|row| row.iter().map(|cell| one_line(&cell.to_string())).collect()).collect();
    let columns = 0..answer.columns.len();
    let widths: Vec<usize> = columns
        .clone()
        .map(|at| shown.iter().map(|row| wide(&row[at])).fold(wide(&answer.columns[at]), usize::max))
        .collect();
    let right: Vec<bool> =
        columns.map(|at| answer.rows.iter().all(|row| matches!(row[at], Cell::Number(_) | Cell::Nothing))).collect();
    let line = |cells: &[String]| -> String {
        let padded = cells.iter().enumerate().map(|(at, cell)| {
            let gap = " ".repeat(widths[at] - wide(cell));
            if right[at] { format!("{gap}{cell}") } else { format!("{cell}{gap}") }
        });
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    writeln!(out, "{}", paint.bold(&line(&answer.columns)))?;
    for row in &shown {
        writeln!(out, "{}", line(row))?;
    }
    Ok(())
}

/// Nothing of a text may end a row or steer the terminal.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

struct Row<'a> {
    columns: &'a [String],
    cells: &'a [Cell<'a>],
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.columns.len()))?;
        for (column, cell) in self.columns.iter().zip(self.cells) {
            map.serialize_entry(column, cell)?;
        }
        map.end()
    }
}
