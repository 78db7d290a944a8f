//! What could not be read, or was read only after a repair.

/// How grave a finding is.
#[derive(Debug, Default, Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something was refused; the run goes on without it and ends with findings.
    #[default]
    Error,
    /// Something is probably not as meant.
    Warning,
    /// For the record.
    Note,
}

impl Severity {
    /// `error`, `warning` or `note`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// What kind of problem.
#[derive(Debug, Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemKind {
    /// A path that is not there or cannot be opened or read.
    Unreadable,
    /// A file that is not text.
    Binary,
    /// A document with nothing in it.
    Empty,
    /// Text in another encoding than UTF-8, or with stray bytes, which was decoded by a guess.
    Repaired,
    /// A JSON Lines record that is not one.
    Record,
    /// Two documents with one id, or one file named twice.
    Duplicate,
    /// A folder in which no document was found.
    NoDocuments,
    /// A document above [`MAX_BYTES`](super::MAX_BYTES).
    TooLarge,
}

impl ProblemKind {
    /// The code under which the message can be explained.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            ProblemKind::Unreadable => "S001",
            ProblemKind::Binary => "S002",
            ProblemKind::Empty => "S003",
            ProblemKind::Repaired => "S004",
            ProblemKind::Record => "S005",
            ProblemKind::Duplicate => "S006",
            ProblemKind::NoDocuments => "S007",
            ProblemKind::TooLarge => "S008",
        }
    }

    /// How grave it is: only an empty document is a warning, and only a repaired one a note.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            ProblemKind::Empty => Severity::Warning,
            ProblemKind::Repaired => Severity::Note,
            _ => Severity::Error,
        }
    }
}

/// One thing that could not be read, or was read only after a repair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What kind.
    pub kind: ProblemKind,
    /// How grave.
    pub severity: Severity,
    /// The file or folder, as given, with `/` between parts; `-` for standard input.
    pub path: String,
    /// The line of a record, from 1.
    pub line: Option<u32>,
    /// The column in that line, from 1, in code points.
    pub column: Option<u32>,
    /// What is wrong, in a sentence without a final period.
    pub message: String,
    /// The part of the record around the fault, when there is one.
    pub excerpt: Option<String>,
    /// What can be done about it.
    pub help: Option<String>,
}

impl Problem {
    pub(super) fn new(kind: ProblemKind, path: &str, message: impl Into<String>) -> Self {
        Problem {
            kind,
            severity: kind.severity(),
            path: path.to_owned(),
            line: None,
            column: None,
            message: message.into(),
            excerpt: None,
            help: None,
        }
    }

    pub(super) fn at_line(mut self, line: u32) -> Self {
        self.line = Some(line);
        self
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}[{}]: {}", self.severity.name(), self.kind.code(), self.path)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
            if let Some(column) = self.column {
                write!(f, ":{column}")?;
            }
        }
        write!(f, ": {}", self.message)
    }
}
