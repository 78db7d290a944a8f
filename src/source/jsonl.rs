//! JSON Lines: one document a line, as an object with `text` and perhaps `id`, `title`, `date`, `url`.
//!
//! Records are read one by one, so a feed of many gigabytes never stands in memory; a broken line is named and the
//! next one is read.

use std::io::{BufRead, Read};

use serde::Deserialize;
use serde_json::Value;

use super::decode::decode;
use super::{Item, MAX_BYTES, Origin, Problem, ProblemKind, Source};

/// The keys of a record. Values are checked one by one, so that the message can name the key; other keys are skipped.
#[derive(Deserialize)]
struct Record {
    id: Option<Value>,
    title: Option<Value>,
    date: Option<Value>,
    text: Option<Value>,
    url: Option<Value>,
}

/// Hand every record of `input` to `sink`.
///
/// # Errors
/// When reading stops before the end.
pub(super) fn read(path: &str, input: &mut dyn BufRead, sink: &mut dyn FnMut(Item)) -> std::io::Result<()> {
    let (mut number, mut records) = (0u32, 0u32);
    let mut line = Vec::new();
    loop {
        line.clear();
        let size = Read::take(&mut *input, MAX_BYTES + 1).read_until(b'\n', &mut line)?;
        if size == 0 {
            break;
        }
        number = number.saturating_add(1);
        if size as u64 > MAX_BYTES {
            sink(Item::Problem(Problem::new(ProblemKind::TooLarge, path, "a record above 1 GiB").at_line(number)));
            skip_line(input)?;
            continue;
        }
        let text = match decode(std::mem::take(&mut line)) {
            Err(why) => {
                sink(Item::Problem(Problem::new(ProblemKind::Record, path, why.to_string()).at_line(number)));
                continue;
            }
            Ok(decoded) => {
                if let Some(repair) = decoded.repair {
                    sink(Item::Problem(Problem::new(ProblemKind::Repaired, path, repair).at_line(number)));
                }
                decoded.text
            }
        };
        if text.trim().is_empty() {
            continue;
        }
        records += 1;
        match record(path, number, &text) {
            Ok(source) if source.text.trim().is_empty() => {
                let problem = Problem::new(ProblemKind::Empty, path, "the record's `text` is empty; skipped");
                sink(Item::Problem(problem.at_line(number)));
            }
            Ok(source) => sink(Item::Source(source)),
            Err(problem) => sink(Item::Problem(*problem)),
        }
    }
    if records == 0 {
        sink(Item::Problem(Problem::new(ProblemKind::Empty, path, "the file holds no record; skipped")));
    }
    Ok(())
}

fn skip_line(input: &mut dyn BufRead) -> std::io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        let (used, done) = match memchr::memchr(b'\n', buffer) {
            Some(at) => (at + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        input.consume(used);
        if done {
            return Ok(());
        }
    }
}

fn record(path: &str, number: u32, line: &str) -> Result<Source, Box<Problem>> {
    let fault = |message: String| Box::new(Problem::new(ProblemKind::Record, path, message).at_line(number));
    if !line.trim_start().starts_with('{') {
        let mut problem = fault("a record must be a JSON object".into());
        problem.column = Some(1);
        problem.excerpt = Some(around(line, 0));
        return Err(Box::new(problem.help("write one object a line, with at least `text`: {\"text\": \"…\"}")));
    }
    let record: Record = serde_json::from_str(line).map_err(|error| {
        // serde_json counts bytes; the line is known to be the first it saw.
        let message = error.to_string();
        let byte = error.column().saturating_sub(1).min(line.len());
        let byte = (0..=byte).rev().find(|&at| line.is_char_boundary(at)).unwrap_or(0);
        let mut problem = fault(message.split(" at line ").next().unwrap_or_default().to_owned());
        problem.column = Some(line[..byte].chars().count() as u32 + 1);
        problem.excerpt = Some(around(line, byte));
        problem
    })?;
    let id = match record.id {
        Some(Value::Number(id)) if !id.is_f64() => Some(id.to_string()),
        other => string("id", other).map_err(fault)?,
    };
    Ok(Source {
        id: id.filter(|id| !id.is_empty()).unwrap_or_else(|| format!("{path}:{number}")),
        title: string("title", record.title).map_err(fault)?,
        date: string("date", record.date).map_err(fault)?,
        url: string("url", record.url).map_err(fault)?,
        text: string("text", record.text).map_err(fault)?.ok_or_else(|| {
            Box::new(
                fault("the record has no `text`".into())
                    .help("`text` holds the document; the other keys may be left out"),
            )
        })?,
        origin: Origin { file: path.to_owned(), line: Some(number) },
    })
}

fn string(key: &str, value: Option<Value>) -> Result<Option<String>, String> {
    let found = match value {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) => return Ok(Some(text)),
        Some(Value::Bool(_)) => "true or false",
        Some(Value::Number(_)) => "a number",
        Some(Value::Array(_)) => "a list",
        Some(Value::Object(_)) => "an object",
    };
    Err(format!("`{key}` must be a string, found {found}"))
}

/// Up to 30 characters either side of a byte.
fn around(line: &str, byte: usize) -> String {
    let start = line[..byte].char_indices().rev().nth(29).map_or(0, |(at, _)| at);
    line[start..].trim_end().chars().take(60).collect()
}
