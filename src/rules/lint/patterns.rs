//! Patterns that begin or end with nothing: a gap at the edge says no more than that there is other text.

use super::{View, warning};
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::pattern::{Ast, AstKind, parse};
use crate::rules::compile::inside;
use crate::rules::spanned::Spanned;
use crate::source::Span;

pub(super) fn look(view: &View<'_>, out: &mut Vec<Diagnostic>) {
    for item in view.own(&view.written.rules, |i| i.value.id.get_ref()) {
        item.value.patterns.iter().for_each(|pattern| edges(pattern, &item.file, out));
    }
    for item in view.own(&view.written.names, |i| i.value.id.get_ref()) {
        item.value.patterns.iter().for_each(|pattern| edges(pattern, &item.file, out));
    }
}

fn edges(pattern: &Spanned<String>, file: &std::sync::Arc<SourceFile>, out: &mut Vec<Diagnostic>) {
    let text = pattern.get_ref();
    let Ok(Ast { kind: AstKind::Seq(parts), .. }) = parse(text) else { return };
    let empty = |ast: &&Ast| matches!(ast.kind, AstKind::Gap);
    let first = parts.iter().take_while(empty).count();
    if first == parts.len() {
        return;
    }
    let last = parts.iter().rev().take_while(empty).count();
    let ends = [
        (first, 0, parts[first].span.start, "begins"),
        (last, parts[parts.len() - 1 - last].span.end, text.len() as u32, "ends"),
    ];
    for (count, from, to, verb) in ends {
        if count == 0 {
            continue;
        }
        let gaps = if verb == "begins" { &parts[..count] } else { &parts[parts.len() - count..] };
        let marked = Span::new(gaps[0].span.start, gaps[count - 1].span.end);
        let span = inside(file, pattern, marked);
        let mut found = warning("W005", format!("this pattern {verb} with a gap"), file, span, "says nothing");
        let whole = inside(file, pattern, Span::new(from, to));
        found = found.help("a pattern matches wherever it stands in a sentence: leave the gap out");
        if span.len() == marked.len() {
            found = found.patch(whole, "");
        }
        out.push(found);
    }
}
