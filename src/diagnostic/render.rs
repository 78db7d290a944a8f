//! Findings for a terminal, in the manner of a compiler.

use std::borrow::Cow;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch as Change, Renderer, Snippet};

use super::visible::{self, Shown};
use super::{Diagnostic, Severity, SourceFile};
use crate::source::Span;

/// Show `findings` as text, sorted by file and place; `colour` adds terminal colours.
///
/// Control characters of the text are made visible, and a line of more than 200 characters is cut around what is
/// pointed at, so that neither a hostile nor a huge file can harm the terminal.
#[must_use]
pub fn render(findings: &[Diagnostic], colour: bool) -> String {
    let mut sorted: Vec<&Diagnostic> = findings.iter().collect();
    sorted.sort_by(|a, b| a.order(b));
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut output = String::new();
    for finding in sorted {
        output.push_str(&renderer.render(&report(finding)));
        output.push_str("\n\n");
    }
    output
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

fn report(finding: &Diagnostic) -> Vec<Group<'_>> {
    let title = level(finding.severity).primary_title(visible::one_line(&finding.title));
    let mut group = Group::with_title(if finding.code.is_empty() { title } else { title.id(finding.code) });
    if let Some(file) = &finding.file {
        group = locate(group, finding, file);
    }
    for note in &finding.notes {
        group = group.element(Level::NOTE.message(visible::one_line(note)));
    }
    let mut groups = vec![group];
    let patched = finding.file.as_ref().filter(|_| !finding.patches.is_empty());
    // The first help heads the suggested change; the others are lines of their own.
    let mut helps = finding.helps.iter();
    if let Some(file) = patched {
        let title = helps.next().map_or(Cow::Borrowed("change it to"), |help| visible::one_line(help));
        groups.push(Level::HELP.secondary_title(title).element(change(finding, file)));
    }
    let mut first = groups.remove(0);
    for help in helps {
        first = first.element(Level::HELP.message(visible::one_line(help)));
    }
    groups.insert(0, first);
    groups
}

fn locate<'a>(group: Group<'a>, finding: &'a Diagnostic, file: &'a SourceFile) -> Group<'a> {
    let name = visible::one_line(&file.name);
    if let Some((line, column)) = finding.at {
        return group.element(Origin::path(name).line(line as usize).char_column(column as usize));
    }
    if finding.labels.is_empty() {
        return if file.text.is_empty() { group } else { group.element(Origin::path(name)) };
    }
    // Labels that stand far apart are shown as separate pieces, so that a large file is never copied whole.
    let mut snippets = Vec::new();
    for cluster in clusters(finding) {
        let spans: Vec<Span> = cluster.iter().map(|&index| finding.labels[index].span).collect();
        let (shown, line) = excerpt(&file.text, &spans);
        let mut snippet = Snippet::source(shown.text).path(name.clone()).line_start(line);
        for (&index, span) in cluster.iter().zip(shown.spans) {
            let label = &finding.labels[index];
            let kind = if label.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
            let mut annotation = kind.span(span);
            if !label.text.is_empty() {
                annotation = annotation.label(visible::one_line(&label.text));
            }
            snippet = snippet.annotation(annotation);
        }
        snippets.push(snippet);
    }
    group.elements(snippets)
}

/// Labels grouped so that those within a few kilobytes of each other are shown together, the primary one first.
fn clusters(finding: &Diagnostic) -> Vec<Vec<usize>> {
    const NEAR: u32 = 4096;
    let mut order: Vec<usize> = (0..finding.labels.len()).collect();
    order.sort_by_key(|&index| finding.labels[index].span);
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    for index in order {
        let start = finding.labels[index].span.start;
        match clusters.last_mut() {
            Some(last) if last.iter().any(|&i| start.saturating_sub(finding.labels[i].span.end) < NEAR) => {
                last.push(index)
            }
            _ => clusters.push(vec![index]),
        }
    }
    clusters.sort_by_key(|cluster| !cluster.iter().any(|&index| finding.labels[index].primary));
    clusters
}

/// The whole lines that `spans` touch, as shown, and the number of the first of them.
fn excerpt(text: &str, spans: &[Span]) -> (Shown, usize) {
    let clip = |at: u32| (at as usize).min(text.len());
    let first = spans.iter().map(|span| clip(span.start)).min().unwrap_or(0);
    let last = spans.iter().map(|span| clip(span.end)).max().unwrap_or(first).max(first);
    let bytes = text.as_bytes();
    let start = memchr::memrchr(b'\n', &bytes[..first]).map_or(0, |at| at + 1);
    let end = memchr::memchr(b'\n', &bytes[last..]).map_or(text.len(), |at| last + at);
    let line = memchr::memchr_iter(b'\n', &bytes[..start]).count() + 1;
    let moved: Vec<_> =
        spans.iter().map(|span| clip(span.start) - start..clip(span.end).max(clip(span.start)) - start).collect();
    (visible::lines(&text[start..end], &moved), line)
}

/// The suggested changes as a piece of the file.
fn change<'a>(finding: &'a Diagnostic, file: &'a SourceFile) -> Snippet<'a, Change<'a>> {
    let spans: Vec<Span> = finding.patches.iter().map(|patch| patch.span).collect();
    let (shown, line) = excerpt(&file.text, &spans);
    let name = visible::one_line(&file.name);
    let mut snippet = Snippet::source(shown.text).path(name).line_start(line);
    for (patch, span) in finding.patches.iter().zip(shown.spans) {
        snippet = snippet.patch(Change::new(span, visible::one_line(&patch.replacement)));
    }
    snippet
}

#[cfg(test)]
mod tests;
