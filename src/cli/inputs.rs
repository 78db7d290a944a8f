//! Documents that a command reads, and what could not be read.

use std::io;
use std::path::PathBuf;

use super::Console;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Options, Source, collect};

/// What was read.
pub(super) struct Inputs {
    /// The documents, in the order given.
    pub sources: Vec<Source>,
    /// How many paths and records were refused.
    pub refused: usize,
}

/// Reads documents that may as well be none.
pub(super) fn read_some(paths: &[PathBuf], console: &mut Console<'_>) -> Vec<Source> {
    if paths.is_empty() { Vec::new() } else { read(paths, console).sources }
}

/// Reads the documents and shows what could not be read.
pub(super) fn read(paths: &[PathBuf], console: &mut Console<'_>) -> Inputs {
    let (sources, problems) = collect(paths, &mut io::stdin().lock(), Options::default());
    let findings: Vec<Diagnostic> = problems.iter().map(Diagnostic::from).collect();
    console.report(&findings);
    let refused = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    Inputs { sources, refused }
}
