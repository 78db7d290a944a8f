//! Findings for programs.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::{Diagnostic, SourceFile};
use crate::source::{LineIndex, Span};

/// Findings as a JSON list, in the order [`render`](super::render) shows them. Lines and columns count from 1, columns
/// in code points; `end_line` and `end_column` are exclusive; `start` and `end` are bytes of the file.
#[must_use]
pub fn to_json(findings: &[Diagnostic]) -> Value {
    let mut sorted: Vec<&Diagnostic> = findings.iter().collect();
    sorted.sort_by(|a, b| a.order(b));
    // One line index a file, however many findings it has.
    let mut indexes: BTreeMap<*const SourceFile, LineIndex> = BTreeMap::new();
    let list = sorted.into_iter().map(|finding| {
        let place = |span: Span, indexes: &mut BTreeMap<_, _>| match &finding.file {
            None => json!({}),
            Some(file) => {
                let index = indexes.entry(Arc::as_ptr(file)).or_insert_with(|| LineIndex::new(&file.text));
                let (from, to) = (index.position(&file.text, span.start), index.position(&file.text, span.end));
                json!({
                    "line": from.line, "column": from.column, "end_line": to.line, "end_column": to.column,
                    "start": span.start, "end": span.end,
                })
            }
        };
        let mut object = json!({
            "code": finding.code,
            "severity": finding.severity.name(),
            "message": finding.title,
            "file": finding.file.as_ref().map(|file| &file.name),
            "notes": finding.notes,
            "helps": finding.helps,
        });
        if let Some(span) = finding.span() {
            merge(&mut object, place(span, &mut indexes));
        } else if let Some((line, column)) = finding.at {
            merge(&mut object, json!({"line": line, "column": column}));
        }
        let labels: Vec<Value> = finding
            .labels
            .iter()
            .map(|label| {
                let mut value = json!({"message": label.text, "primary": label.primary});
                merge(&mut value, place(label.span, &mut indexes));
                value
            })
            .collect();
        let patches: Vec<Value> = finding
            .patches
            .iter()
            .map(|patch| {
                let mut value = json!({"replacement": patch.replacement});
                merge(&mut value, place(patch.span, &mut indexes));
                value
            })
            .collect();
        merge(&mut object, json!({"labels": labels, "patches": patches}));
        object
    });
    Value::Array(list.collect())
}

fn merge(into: &mut Value, more: Value) {
    if let (Value::Object(into), Value::Object(more)) = (into, more) {
        into.extend(more);
    }
}
