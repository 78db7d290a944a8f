//! What is wrong with the shape of a table: everything at once, each fault at its own characters.
//!
//! The reader of a table stops at its first fault. Here the faulty entry is taken out of a copy and the rest is read
//! again, until nothing is wrong or nothing more can be told.

use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::span_of;
use crate::diagnostic::{Diagnostic, SourceFile, nearest};
use crate::source::Span;

/// Most faults told of one table.
const MOST: usize = 20;

/// The way from a top-level key to a table.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step<'k> {
    /// It is the value of the key.
    Only,
    /// It stands there under a name.
    Named(&'k str),
    /// It is one of a list.
    Nth(usize),
}

/// The table in a file read again.
pub(super) fn find<'t, 'f>(
    file: &'t Spanned<DeTable<'f>>,
    key: Span,
    step: Step<'_>,
) -> Option<&'t Spanned<DeValue<'f>>> {
    let (_, top) = file.get_ref().iter().find(|(name, _)| span_of(name.span()) == key)?;
    match (step, top.get_ref()) {
        (Step::Only, _) => Some(top),
        (Step::Named(name), DeValue::Table(table)) => {
            table.iter().find(|(key, _)| key.get_ref() == name).map(|(_, v)| v)
        }
        (Step::Nth(number), DeValue::Array(list)) => list.get(number),
        _ => None,
    }
}

/// Reports every fault of a table that cannot be read as a `T`.
pub(super) fn every<T: for<'de> Deserialize<'de>>(
    value: Option<&Spanned<DeValue<'_>>>,
    file: &Arc<SourceFile>,
    at: Span,
    errors: &mut Vec<Diagnostic>,
) {
    let Some(value) = value else { return };
    let mut value = value.clone();
    let mut removed: Vec<String> = Vec::new();
    for _ in 0..MOST {
        let Err(error) = T::deserialize(ValueDeserializer::from(value.clone())) else { return };
        // What was taken out is missing now: that is no fault of the file.
        let missing = error.message().strip_prefix("missing field `").map(|rest| rest.trim_end_matches('`'));
        if missing.is_some_and(|key| removed.iter().any(|r| r == key)) {
            return;
        }
        errors.push(from_toml(&error, file, at, "E002"));
        let (Some(span), DeValue::Table(table)) = (error.span(), value.get_mut()) else { return };
        let faulty = table.iter().find(|(key, value)| {
            let within = |outer: std::ops::Range<usize>| outer.start <= span.start && span.end <= outer.end;
            within(key.span()) || within(value.span())
        });
        let Some(key) = faulty.map(|(key, _)| key.clone()) else { return };
        table.remove(&key);
        removed.push(key.into_inner().into_owned());
    }
}

/// A fault that the TOML library reports, with the nearest known key where one is unknown.
pub(super) fn from_toml(
    error: &toml::de::Error,
    file: &Arc<SourceFile>,
    otherwise: Span,
    code: &'static str,
) -> Diagnostic {
    let span = error.span().map(span_of).unwrap_or(otherwise);
    let message = error.message().trim().replace('\n', "; ");
    let told = |title: String, span: Span| Diagnostic::error(code, title).in_file(file.clone()).label(span, "");
    if let Some(rest) = message.strip_prefix("unknown field `") {
        let (key, known) = rest.split_once('`').unwrap_or((rest, ""));
        let names: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
        let out = told(format!("unknown key `{key}`"), span);
        return match nearest(key, names.iter().copied()) {
            Some(near) => out.help(format!("did you mean `{near}`?")).patch(span, near),
            None => out.help(format!("keys that may stand here: {}", names.join(", "))),
        };
    }
    if let Some(rest) = message.strip_prefix("missing field `") {
        let key = rest.trim_end_matches('`');
        // The whole table is too much to point at: its first line says which it is.
        let first = otherwise.slice(&file.text).lines().next().map_or(0, |line| line.trim_end().len() as u32);
        let head = Span::new(otherwise.start, otherwise.start + first);
        return told(format!("the key `{key}` is missing"), head).help(format!("add a line `{key} = …`"));
    }
    if let Some(rest) = message.strip_prefix("invalid type: ") {
        let (found, wanted) = rest.split_once(", expected ").unwrap_or((rest, "something else"));
        return told(format!("{} is expected here", plain(wanted)), span).note(format!("found {}", plain(found)));
    }
    told(message, span)
}

/// The reader's words for shapes, in words for people who do not program.
fn plain(shape: &str) -> String {
    let (kind, value) = shape.split_once(' ').unwrap_or((shape, ""));
    match (kind, value) {
        ("a", "string") => "text in quotation marks".to_owned(),
        ("a", "sequence") | ("sequence", _) => "a list in square brackets".to_owned(),
        ("a", "boolean") => "true or false".to_owned(),
        ("a", "map") | ("map", _) => "a table".to_owned(),
        ("struct", _) => "a table".to_owned(),
        ("integer" | "boolean" | "string", value) => format!("{kind} {value}"),
        ("floating", value) => format!("number {}", value.trim_start_matches("point ")),
        _ => shape.to_owned(),
    }
}
