//! What is wrong with an inflection table.

use std::fmt;

/// A line of a pack's inflection tables that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InflectError {
    table: &'static str,
    line: usize,
    what: String,
}

impl InflectError {
    pub(crate) fn new(table: &'static str, line: usize, what: impl Into<String>) -> InflectError {
        InflectError { table, line, what: what.into() }
    }

    /// An error in a CSV table; the library numbers lines from 1, or knows none.
    pub(crate) fn csv(table: &'static str, error: &csv::Error) -> InflectError {
        let line = error.position().map_or(1, |position| position.line() as usize);
        InflectError::new(table, line, error.to_string())
    }

    /// The name of the table: that of its file in the pack.
    #[must_use]
    pub fn table(&self) -> &'static str {
        self.table
    }

    /// What is wrong, without the place.
    #[must_use]
    pub fn what(&self) -> &str {
        &self.what
    }

    /// The line, counted from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }
}

impl fmt::Display for InflectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.table, self.line, self.what)
    }
}

impl std::error::Error for InflectError {}
