//! The canonical layout as changes of lines, so that cursors and folds stay where they were.

use lsp_types::TextEdit;
use similar::TextDiff;

use super::lines::Lines;
use crate::rules::format;
use crate::source::Span;

/// The changes that lay a text out; none where it cannot be read.
pub(super) fn edits(text: &str) -> Option<Vec<TextEdit>> {
    let after = format(text).ok()?;
    let lines = Lines::new(text);
    let diff = TextDiff::from_lines(text, after.as_str());
    // Where every line of the old and the new text begins.
    let (mut old, mut new) = (vec![0], vec![0]);
    let add = |starts: &mut Vec<usize>, line: Option<&str>| {
        starts.push(starts.last().copied().unwrap_or(0) + line.map_or(0, str::len));
    };
    (0..diff.old_len()).for_each(|at| add(&mut old, diff.old_slice(at)));
    (0..diff.new_len()).for_each(|at| add(&mut new, diff.new_slice(at)));
    let edits = diff.ops().iter().filter(|op| op.tag() != similar::DiffTag::Equal).map(|op| {
        let (from, to) = (op.old_range(), op.new_range());
        let span = Span::new(old[from.start] as u32, old[from.end] as u32);
        TextEdit::new(lines.range(span), after[new[to.start]..new[to.end]].to_owned())
    });
    Some(edits.collect())
}
