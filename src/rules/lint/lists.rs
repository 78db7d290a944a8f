//! Words that stand in a list twice.

use std::collections::BTreeMap;

use super::{View, cut, warning};
use crate::diagnostic::Diagnostic;
use crate::pattern::fold;
use crate::rules::spanned::Spanned;

pub(super) fn look(view: &View<'_>, out: &mut Vec<Diagnostic>) {
    let written = view.written;
    for item in written.lists.iter().filter(|i| view.asks(i)) {
        repeated(&item.value.words, &item.file, out);
    }
    for item in written.cues.iter().filter(|i| view.asks(i)) {
        repeated(&item.value.words, &item.file, out);
    }
    for item in written.pronouns.iter().filter(|i| view.asks(i)) {
        repeated(&item.value.words, &item.file, out);
    }
    for item in written.rules.iter().filter(|i| view.asks(i)) {
        repeated(&item.value.unless, &item.file, out);
    }
    for item in written.discourse.iter().filter(|i| view.asks(i)) {
        let value = &item.value;
        for list in [&value.transparent, &value.counterpart, &value.reporting, &value.light] {
            repeated(list, &item.file, out);
        }
        value.pairs.iter().for_each(|pair| repeated(&pair.words, &item.file, out));
    }
}

fn repeated(
    words: &[Spanned<String>],
    file: &std::sync::Arc<crate::diagnostic::SourceFile>,
    out: &mut Vec<Diagnostic>,
) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (number, word) in words.iter().enumerate() {
        let Some(&first) = seen.get(&fold(word.get_ref())) else {
            seen.insert(fold(word.get_ref()), number);
            continue;
        };
        let mut found = warning(
            "W006",
            format!("`{}` stands in this list twice", word.get_ref()),
            file,
            word.place(),
            "again here",
        )
        .context(words[first].place(), "first here");
        if let Some(span) = cut(words, number, file) {
            found = found.help("remove it").patch(span, "");
        }
        out.push(found);
    }
}
