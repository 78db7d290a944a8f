//! Doubts about rules: nothing that stops them from running, but what their author would want to know.
//!
//! Compiling reports what is wrong; what is found here (W001 and on, and the errors of rules that can never match) takes
//! a look at the whole of what the packs say together, so it is done on request, by `rules check`, and not at every run.
//! One file looks at one kind of thing; each is a function from a [`View`] to findings.

mod lists;
mod names;
mod patterns;
mod rules;
mod types;
mod usage;
mod words;

use std::sync::Arc;

use super::compile::{Unsaved, compile, find};
use super::read::{Item, Written};
use super::ruleset::RuleSet;
use super::spanned::Spanned;
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::source::Span;

/// Packs that were read and looked at closely.
#[derive(Debug)]
pub struct Checked {
    /// What the files say.
    pub written: Written,
    /// The rules, unless there were errors.
    pub rules: Option<RuleSet>,
    /// Errors and warnings, in order of file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// For each pack of `written`, whether it was asked about: others only stand below.
    pub asked: Vec<bool>,
}

/// Reads and compiles `packs` over `base`, and says everything that is wrong and, of `packs`, everything doubtful.
#[must_use]
pub fn check(base: &[String], packs: &[String]) -> Checked {
    check_unsaved(base, packs, &Unsaved::new())
}

/// The same with files as an editor holds them in place of those on disk.
#[must_use]
pub fn check_unsaved(base: &[String], packs: &[String], unsaved: &Unsaved) -> Checked {
    let (files, asked, errors) = find(base, packs, unsaved);
    check_files(files, asked, errors)
}

/// The same for packs at hand: what an editor holds may not be what the disk holds. `asked` says which are looked at.
#[must_use]
pub fn check_files(files: Vec<super::PackFiles>, asked: Vec<bool>, errors: Vec<Diagnostic>) -> Checked {
    let mut written = Written::default();
    let mut ignored = Vec::new();
    for pack in &files {
        written.read(pack.clone(), &mut ignored);
    }
    let compiled = compile(files, errors);
    let mut checked = Checked { written, rules: compiled.rules, diagnostics: compiled.diagnostics, asked };
    let found = View::new(&checked).map(|view| view.findings()).unwrap_or_default();
    checked.diagnostics.extend(found);
    checked.diagnostics.sort_by(Diagnostic::order);
    checked.diagnostics.dedup();
    checked
}

/// What the doubts are about.
struct View<'c> {
    written: &'c Written,
    rules: Option<&'c RuleSet>,
    asked: &'c [bool],
}

impl<'c> View<'c> {
    /// Files that could not be read as TOML leave gaps that would look like faults of others.
    fn new(checked: &'c Checked) -> Option<View<'c>> {
        let gaps = ["E001", "E002", "E008", "E010", "E011"];
        let whole = !checked.diagnostics.iter().any(|d| gaps.contains(&d.code));
        whole.then_some(View { written: &checked.written, rules: checked.rules.as_ref(), asked: &checked.asked })
    }

    fn findings(&self) -> Vec<Diagnostic> {
        let mut out = Vec::new();
        lists::look(self, &mut out);
        usage::look(self, &mut out);
        patterns::look(self, &mut out);
        types::look(self, &mut out);
        if let Some(rules) = self.rules {
            rules::look(self, rules, &mut out);
            names::look(self, &mut out);
            words::look(self, rules, &mut out);
        }
        out
    }

    /// Whether the item's pack was asked about.
    fn asks<T>(&self, item: &Item<T>) -> bool {
        self.asked.get(item.pack).copied().unwrap_or(false)
    }

    /// Those items that count: of several with one name the last, where that one was asked about.
    fn own<'i, T>(
        &'i self,
        items: &'i [Item<T>],
        name: impl Fn(&'i Item<T>) -> &'i str + 'i,
    ) -> impl Iterator<Item = &'i Item<T>> {
        let mut last = std::collections::BTreeMap::new();
        for (number, item) in items.iter().enumerate() {
            last.insert(name(item), number);
        }
        items
            .iter()
            .enumerate()
            .filter(move |(number, item)| last.get(name(item)) == Some(number))
            .map(|(_, i)| i)
            .filter(|i| self.asks(i))
    }
}

/// A warning that points at one place.
fn warning(code: &'static str, title: String, file: &Arc<SourceFile>, span: Span, label: &str) -> Diagnostic {
    Diagnostic::warning(code, title).in_file(file.clone()).label(span, label)
}

/// Adds what was said or written first: beside it in the same file, or else by the name of its file.
fn beside(finding: Diagnostic, file: &Arc<SourceFile>, span: Span, label: &str) -> Diagnostic {
    if finding.file.as_ref().is_some_and(|own| Arc::ptr_eq(own, file) || own.name == file.name) {
        return finding.context(span, label);
    }
    let line = file.text[..(span.start as usize).min(file.text.len())].matches('\n').count() + 1;
    finding.note(format!("{label}: {}:{line}", file.name))
}

/// The bytes to cut so that a list of a file loses its element `number`; none where a comment would go with it or
/// nothing would be left.
fn cut<T>(list: &[Spanned<T>], number: usize, file: &SourceFile) -> Option<Span> {
    let place = list.get(number)?.place();
    let span = match (list.get(number + 1), number.checked_sub(1).and_then(|before| list.get(before))) {
        (Some(next), _) => Span::new(place.start, next.place().start),
        (None, Some(before)) => Span::new(before.place().end, place.end),
        (None, None) => return None,
    };
    let between = format!(
        "{}{}",
        Span::new(span.start, place.start.max(span.start)).slice(&file.text),
        Span::new(place.end.min(span.end), span.end).slice(&file.text)
    );
    (!between.contains('#')).then_some(span)
}
