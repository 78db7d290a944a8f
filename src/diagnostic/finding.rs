//! One finding and its parts.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::source::{Problem, Severity, Span};

/// A file that findings point into.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Its name as the user knows it.
    pub name: String,
    /// Its text.
    pub text: String,
}

impl SourceFile {
    /// A file by name and text.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        SourceFile { name: name.into(), text: text.into() }
    }

    /// The line that a byte of the text stands on, from 1.
    #[must_use]
    pub fn line_of(&self, byte: u32) -> usize {
        self.text.bytes().take(byte as usize).filter(|byte| *byte == b'\n').count() + 1
    }
}

/// A remark on a part of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where in the file, in bytes.
    pub span: Span,
    /// The remark; empty to underline only.
    pub text: String,
    /// Whether this is the place of the fault rather than context.
    pub primary: bool,
}

/// A change to the file that would mend the fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patch {
    /// What to replace; empty to insert.
    pub span: Span,
    /// What to write there.
    pub replacement: String,
}

/// One thing that is wrong, where, and what to do about it.
///
/// ```
/// use std::sync::Arc;
/// use attache::diagnostic::{Diagnostic, SourceFile, render};
/// use attache::source::Span;
/// let file = Arc::new(SourceFile::new("pack.toml", "nam = 1"));
/// let found = Diagnostic::error("E001", "unknown key `nam`")
///     .in_file(file)
///     .label(Span::new(0, 3), "no such key")
///     .help("did you mean `name`?")
///     .patch(Span::new(0, 3), "name");
/// assert!(render(&[found], false).contains("--> pack.toml:1:1"));
/// ```
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// `E012`, `W003`, `S001`: see [`explain`](super::explain).
    pub code: &'static str,
    /// How grave.
    pub severity: Severity,
    /// One line, without a final period.
    pub title: String,
    /// The file it is about.
    pub file: Option<Arc<SourceFile>>,
    /// Line and column, both from 1, when they are known but the text is not at hand (a line of a large feed).
    pub at: Option<(u32, u32)>,
    /// Remarks on parts of the file.
    pub labels: Vec<Label>,
    /// Further facts.
    pub notes: Vec<String>,
    /// Advice.
    pub helps: Vec<String>,
    /// Suggested changes, applied together.
    pub patches: Vec<Patch>,
}

impl Diagnostic {
    /// A finding of any gravity.
    #[must_use]
    pub fn new(severity: Severity, code: &'static str, title: impl Into<String>) -> Self {
        Diagnostic { code, severity, title: title.into(), ..Diagnostic::default() }
    }

    /// An error.
    #[must_use]
    pub fn error(code: &'static str, title: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, title)
    }

    /// A warning.
    #[must_use]
    pub fn warning(code: &'static str, title: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, title)
    }

    /// A remark.
    #[must_use]
    pub fn remark(code: &'static str, title: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, title)
    }

    /// Say which file it is about.
    #[must_use]
    pub fn in_file(mut self, file: Arc<SourceFile>) -> Self {
        self.file = Some(file);
        self
    }

    /// Point at the fault.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into(), primary: true });
        self
    }

    /// Point at something the reader should see beside the fault.
    #[must_use]
    pub fn context(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into(), primary: false });
        self
    }

    /// Add a fact.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// Add advice.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.helps.push(text.into());
        self
    }

    /// Suggest a change.
    #[must_use]
    pub fn patch(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.patches.push(Patch { span, replacement: replacement.into() });
        self
    }

    /// Where the fault is: its first primary label, or else its first label.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        self.labels.iter().find(|label| label.primary).or(self.labels.first()).map(|label| label.span)
    }

    /// The name of the file, or the empty string.
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.file.as_ref().map_or("", |file| file.name.as_str())
    }

    /// The order in which findings are shown: by file, by place, then by gravity, code and title.
    #[must_use]
    pub fn order(&self, other: &Self) -> Ordering {
        let key = |d: &Self| (d.at, d.span().map(|span| span.start), d.severity);
        self.file_name()
            .cmp(other.file_name())
            .then_with(|| key(self).cmp(&key(other)))
            .then_with(|| (self.code, &self.title).cmp(&(other.code, &other.title)))
    }
}

impl From<&Problem> for Diagnostic {
    fn from(problem: &Problem) -> Self {
        let title = match problem.line {
            Some(_) => problem.message.clone(),
            None => format!("{}: {}", problem.path, problem.message),
        };
        let mut found = Diagnostic::new(problem.severity, problem.kind.code(), title)
            .in_file(Arc::new(SourceFile::new(problem.path.clone(), "")));
        found.at = problem.line.map(|line| (line, problem.column.unwrap_or(1)));
        found.notes.extend(problem.excerpt.as_ref().map(|excerpt| format!("near: {excerpt}")));
        found.helps.extend(problem.help.clone());
        found
    }
}

impl From<Problem> for Diagnostic {
    fn from(problem: Problem) -> Self {
        Diagnostic::from(&problem)
    }
}
