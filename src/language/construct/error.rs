//! What is wrong with a grammar of constructions.

use std::fmt;

/// Something in a grammar that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrammarError {
    line: usize,
    what: String,
}

impl GrammarError {
    pub(super) fn new(line: usize, what: impl Into<String>) -> GrammarError {
        GrammarError { line, what: what.into() }
    }

    /// The line, counted from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// What is wrong, without the place.
    #[must_use]
    pub fn what(&self) -> &str {
        &self.what
    }
}

impl fmt::Display for GrammarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.what)
    }
}

impl std::error::Error for GrammarError {}
