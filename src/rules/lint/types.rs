//! Slots whose type nothing ever gives: a pattern that waits for one can never match.
//!
//! Types come from lexicons, name rules, refinements and events. A name rule sees what lower stages made, so a slot may
//! also wait for something that is made too late.

use std::collections::BTreeMap;

use super::View;
use crate::diagnostic::Diagnostic;
use crate::pattern::{AstKind, parse};
use crate::rules::spanned::Spanned;

/// The type of names of which nothing else is known; reference can make a person of them.
const UNKNOWN: &str = "Unknown";

/// The earliest stage after which there is something of each type; lexicons come before all stages.
#[derive(Debug, Default)]
struct Given {
    /// By type: 0 for lexicons, stage + 1 for name rules, the last of all for what comes after them.
    from: BTreeMap<String, u32>,
    /// Types with what they cover, themselves included.
    covers: BTreeMap<String, Vec<String>>,
}

pub(super) fn look(view: &View<'_>, out: &mut Vec<Diagnostic>) {
    let given = given(view);
    let written = view.written;
    let mut say = |title: String,
                   label: String,
                   help: &str,
                   pattern: &Spanned<String>,
                   span,
                   file: &std::sync::Arc<crate::diagnostic::SourceFile>| {
        out.push(
            Diagnostic::error("E023", title)
                .in_file(file.clone())
                .label(crate::rules::compile::inside(file, pattern, span), label)
                .help(help),
        );
    };
    for item in view.own(&written.rules, |i| i.value.id.get_ref()) {
        for pattern in &item.value.patterns {
            for (name, span) in slots(pattern.get_ref()) {
                if given.stage(&name) == Some(u32::MAX) {
                    let title = "this pattern can never match".to_owned();
                    say(title, format!("nothing gives a {name}"), MAKE, pattern, span, &item.file);
                }
            }
        }
    }
    for item in view.own(&written.names, |i| i.value.id.get_ref()) {
        let stage = item.value.stage;
        for pattern in &item.value.patterns {
            for (name, span) in slots(pattern.get_ref()) {
                match given.stage(&name) {
                    Some(u32::MAX) => {
                        let title = "this pattern can never match".to_owned();
                        say(title, format!("nothing gives a {name}"), MAKE, pattern, span, &item.file);
                    }
                    Some(made) if made > stage => {
                        let title = format!("this pattern can never match: it runs at stage {stage}");
                        let label = format!("a {name} is made at stage {}", made - 1);
                        say(title, label, "give the rule a higher `stage`", pattern, span, &item.file);
                    }
                    _ => {}
                }
            }
        }
    }
}

const MAKE: &str = "give the type to names, with a [[lexicon]] or a [[name]] rule, or ask for another";

impl Given {
    /// When there first is something that a slot of that type takes; none for a type that does not exist.
    fn stage(&self, name: &str) -> Option<u32> {
        let covered = self.covers.get(name)?;
        covered.iter().map(|t| self.from.get(t).copied().unwrap_or(u32::MAX)).min()
    }
}

fn given(view: &View<'_>) -> Given {
    let mut given = Given::default();
    let written = view.written;
    let mut add = |name: &str, stage: u32| {
        let at = given.from.entry(name.to_owned()).or_insert(stage);
        *at = stage.min(*at);
    };
    for item in &written.lexicons {
        if let Some(name) = &item.value.type_name {
            add(name.get_ref(), 0);
        }
        if let Some(types) = &item.value.type_column
            && let Some(bytes) = written.packs[item.pack].files.get(item.value.file.get_ref())
        {
            column(bytes.bytes(), types.get_ref()).iter().for_each(|name| add(name, 0));
        }
    }
    for item in &written.names {
        add(item.value.gives.get_ref(), item.value.stage + 1);
    }
    for item in &written.refine {
        add(item.value.to.get_ref(), u32::MAX - 1);
    }
    for item in &written.events {
        add(&item.name, u32::MAX - 1);
    }
    // Who is only named becomes whoever a slot asks for.
    let everybody = given.from.contains_key(UNKNOWN);
    for item in &written.types {
        let mut covered = vec![item.name.clone()];
        let mut at = 0;
        while at < covered.len() {
            for below in &written.types {
                let under = below.value.parent.as_ref().is_some_and(|p| *p.get_ref() == covered[at]);
                let member = item_any(view, &covered[at]).any(|m| m == below.name);
                if (under || member) && !covered.contains(&below.name) {
                    covered.push(below.name.clone());
                }
            }
            at += 1;
        }
        if everybody {
            covered.push(UNKNOWN.to_owned());
        }
        given.covers.insert(item.name.clone(), covered);
    }
    given
}

fn item_any<'v>(view: &'v View<'_>, name: &str) -> impl Iterator<Item = &'v str> {
    let item = view.written.types.iter().rfind(|item| item.name == name);
    item.into_iter().flat_map(|item| item.value.any.iter().map(|member| member.get_ref().as_str()))
}

/// Types and the bytes that name them, of the slots that must be filled.
fn slots(pattern: &str) -> Vec<(String, crate::source::Span)> {
    let mut out = Vec::new();
    if let Ok(ast) = parse(pattern) {
        needed(&ast, &mut out);
    }
    out
}

fn needed(ast: &crate::pattern::Ast, out: &mut Vec<(String, crate::source::Span)>) {
    match &ast.kind {
        AstKind::Slot { type_name, type_span, .. } => out.push((type_name.clone(), *type_span)),
        AstKind::Seq(parts) => parts.iter().for_each(|part| needed(part, out)),
        AstKind::Tight(inner) | AstKind::Capture { inner, .. } => needed(inner, out),
        AstKind::Repeat { inner, min, .. } if *min > 0 => needed(inner, out),
        _ => {}
    }
}

/// The values in the column of a table, each once.
pub(super) fn column(bytes: &[u8], name: &str) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let at = reader.headers().ok().and_then(|headers| headers.iter().position(|header| header.trim() == name));
    let Some(at) = at else { return Vec::new() };
    let mut values: Vec<String> =
        reader.records().flatten().filter_map(|row| row.get(at).map(|cell| cell.trim().to_owned())).collect();
    values.sort();
    values.dedup();
    values
}
