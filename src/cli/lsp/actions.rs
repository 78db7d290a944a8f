//! What can be mended by itself, offered where the cursor stands: the changes that `attache rules fix` makes.

use std::collections::HashMap;

use lsp_types::{CodeAction, CodeActionKind, CodeActionOrCommand, Range, TextEdit, Uri, WorkspaceEdit};

use super::lines::Lines;
use crate::diagnostic::{Diagnostic, apply};

/// Everything in a file at once, for editors that mend on saving.
const ALL: CodeActionKind = CodeActionKind::SOURCE_FIX_ALL;

/// Changes for findings that touch `range`, each with the finding as the editor knows it, and all changes of the file.
/// `only` are the kinds that were asked for; none is all.
pub(super) fn offered(
    findings: &[(&Diagnostic, lsp_types::Diagnostic)],
    uri: &Uri,
    text: &str,
    range: Range,
    only: Option<&[CodeActionKind]>,
) -> Vec<CodeActionOrCommand> {
    let lines = Lines::new(text);
    let wanted =
        |kind: &CodeActionKind| only.is_none_or(|only| only.iter().any(|asked| within(kind.as_str(), asked.as_str())));
    let mendable: Vec<_> = findings.iter().filter(|(finding, _)| !finding.patches.is_empty()).collect();
    let asked = lines.span(range);
    let mut out = Vec::new();
    if wanted(&CodeActionKind::QUICKFIX) {
        for (finding, shown) in &mendable {
            let found = lines.span(shown.range);
            if found.start > asked.end || found.end < asked.start {
                continue;
            }
            let edits =
                finding.patches.iter().map(|patch| TextEdit::new(lines.range(patch.span), patch.replacement.clone()));
            out.push(action(title(finding), CodeActionKind::QUICKFIX, uri, edits.collect(), vec![shown.clone()]));
        }
    }
    if wanted(&ALL) && !mendable.is_empty() {
        let findings: Vec<&Diagnostic> = mendable.iter().map(|(finding, _)| *finding).collect();
        let (_, applied) = apply(text, &findings);
        let edits: Vec<TextEdit> = (applied.iter().flat_map(|finding| &finding.patches))
            .map(|patch| TextEdit::new(lines.range(patch.span), patch.replacement.clone()))
            .collect();
        if !edits.is_empty() {
            let count = applied.len();
            let title = format!("Mend {count} finding{} of this file", if count == 1 { "" } else { "s" });
            out.push(action(title, ALL, uri, edits, Vec::new()));
        }
    }
    out
}

/// Whether a kind is another or one below it: `source.fixAll` is a `source`.
fn within(kind: &str, asked: &str) -> bool {
    kind.strip_prefix(asked).is_some_and(|rest| asked.is_empty() || rest.is_empty() || rest.starts_with('.'))
}

/// What a change does, in words.
fn title(finding: &Diagnostic) -> String {
    match finding.patches.as_slice() {
        [only] if !only.replacement.trim().is_empty() && only.replacement.chars().count() <= 40 => {
            format!("Write `{}`", only.replacement)
        }
        _ => {
            let help = finding.helps.first().map_or("mend it", String::as_str);
            let mut letters = help.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        }
    }
}

// The protocol's types hash an address, which never changes here.
#[allow(clippy::mutable_key_type)]
fn action(
    title: String,
    kind: CodeActionKind,
    uri: &Uri,
    edits: Vec<TextEdit>,
    mends: Vec<lsp_types::Diagnostic>,
) -> CodeActionOrCommand {
    let quick = kind == CodeActionKind::QUICKFIX;
    CodeActionOrCommand::CodeAction(CodeAction {
        title,
        kind: Some(kind),
        diagnostics: quick.then_some(mends),
        edit: Some(WorkspaceEdit::new(HashMap::from([(uri.clone(), edits)]))),
        is_preferred: quick.then_some(true),
        ..CodeAction::default()
    })
}
