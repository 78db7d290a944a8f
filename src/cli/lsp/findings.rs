//! Findings as an editor shows them.

use lsp_types::{
    CodeDescription, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location, NumberOrString, Uri,
};

use super::client::Client;
use super::lines::Lines;
use super::shelf::Shelf;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Span;

/// Codes of what could as well not be there: editors show it faded.
const IDLE: &[&str] = &["W002", "W006", "W007", "W008"];

/// A finding in the file at `uri`.
pub(super) fn shown(
    finding: &Diagnostic,
    uri: &Uri,
    lines: &Lines<'_>,
    client: Client,
    shelf: &mut Shelf,
) -> lsp_types::Diagnostic {
    let mut message = finding.title.clone();
    if let Some(label) = finding.labels.iter().find(|label| label.primary && !label.text.is_empty()) {
        message.push_str(&format!(" ({})", label.text));
    }
    finding.notes.iter().for_each(|note| message.push_str(&format!("\nnote: {note}")));
    finding.helps.iter().for_each(|help| message.push_str(&format!("\nhelp: {help}")));
    let related = finding.labels.iter().filter(|label| !label.primary).map(|label| DiagnosticRelatedInformation {
        location: Location::new(uri.clone(), lines.range(label.span)),
        message: if label.text.is_empty() { "see here".to_owned() } else { label.text.clone() },
    });
    let related: Vec<_> = related.filter(|_| client.related).collect();
    let href = if client.described { shelf.code(finding.code) } else { None };
    lsp_types::Diagnostic {
        range: lines.range(place(finding)),
        severity: Some(match finding.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Note => DiagnosticSeverity::INFORMATION,
        }),
        code: Some(NumberOrString::String(finding.code.to_owned())),
        code_description: href.map(|href| CodeDescription { href }),
        source: Some("attache".to_owned()),
        message,
        related_information: (!related.is_empty()).then_some(related),
        tags: IDLE.contains(&finding.code).then(|| vec![DiagnosticTag::UNNECESSARY]),
        data: None,
    }
}

/// What is pointed at; of what can be pointed at nowhere, the start of the file. Something must be underlined to be seen,
/// so what is missing is shown by the character beside it.
fn place(finding: &Diagnostic) -> Span {
    let span = finding.span().unwrap_or_default();
    let text = finding.file.as_ref().map_or("", |file| file.text.as_str());
    if !span.is_empty() {
        return span;
    }
    let at = (span.start as usize).min(text.len());
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    match (after.chars().next(), before.chars().next_back()) {
        (Some(next), _) if !matches!(next, '\n' | '\r') => Span::new(span.start, span.start + next.len_utf8() as u32),
        (_, Some(last)) if last != '\n' => Span::new(span.start - last.len_utf8() as u32, span.start),
        _ => span,
    }
}
