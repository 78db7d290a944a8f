//! What a rule set may not exceed, so that no rule text, however it came about, takes seconds or all memory to compile.
//!
//! Each file, pattern and expression has a limit of its own where it is read. Here stand those that only all of them
//! together pass.

use std::sync::Arc;

use super::Context;
use crate::diagnostic::{Diagnostic, Severity, SourceFile};
use crate::pattern::MAX_WORDS;
use crate::source::Span;

/// Most errors that are shown.
const MAX_ERRORS: usize = 200;
/// Most names that one is compared with to find what was meant.
const MAX_KNOWN: usize = 5_000;
/// Most room for the sets of words of all patterns, in stretches of 64 words.
const MAX_STRETCHES: usize = 2_000_000;
/// Most patterns of one rule.
pub(super) const MAX_PATTERNS: usize = 256;

/// Whether they are few enough to be looked through for each mistake.
pub(super) fn few(known: &[String]) -> bool {
    known.len() <= MAX_KNOWN
}

/// Keeps the first of very many errors, and says so.
pub(super) fn shorten(errors: &mut Vec<Diagnostic>) {
    if errors.len() > MAX_ERRORS && errors.iter().any(|e| e.severity == Severity::Error) {
        let more = errors.len() - MAX_ERRORS;
        errors.truncate(MAX_ERRORS);
        errors.push(
            Diagnostic::error("E025", format!("there are more than {MAX_ERRORS} errors: {more} or more are not shown"))
                .help("mend these, then check again"),
        );
    }
}

impl Context<'_> {
    /// Whether there are so many errors that more would not be shown.
    pub(super) fn crowded(&self) -> bool {
        self.errors.len() > MAX_ERRORS
    }

    /// Takes note of the room that a pattern takes; false, with an error, where all of them take too much.
    pub(super) fn has_room(&mut self, stretches: usize, file: &Arc<SourceFile>, span: Span) -> bool {
        self.stretches += stretches;
        if self.stretches > MAX_STRETCHES {
            self.error(
                "E025",
                file,
                span,
                format!("the lists that patterns name take more than {MAX_STRETCHES} entries together"),
                Some("name long lists in fewer patterns: several rules can share one".to_owned()),
            );
        }
        self.stretches <= MAX_STRETCHES
    }

    /// Whether one rule has more patterns than it may, which is then reported.
    pub(super) fn too_many_patterns(&mut self, count: usize, file: &Arc<SourceFile>, span: Span) -> bool {
        if count > MAX_PATTERNS {
            let title = format!("a rule may have at most {MAX_PATTERNS} patterns, and this one has {count}");
            self.error("E025", file, span, title, Some("make several rules of it".to_owned()));
        }
        count > MAX_PATTERNS
    }

    pub(super) fn check_words(&mut self) {
        if self.memo.overfull() {
            self.errors.push(
                Diagnostic::error("E025", format!("the rules speak of more than {MAX_WORDS} different words"))
                    .help("put names into a lexicon: a CSV table may hold millions"),
            );
        }
    }
}
