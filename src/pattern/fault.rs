//! What is wrong with a pattern, where, and how to mend it.

use crate::source::Span;

/// What is wrong with a pattern, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct PatternError {
    /// Bytes of the pattern text.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
    /// Which kind of fault it is.
    pub fault: PatternFault,
    /// What to write in its place, where that can be told.
    pub instead: Option<String>,
}

/// What kind of fault a pattern has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PatternFault {
    /// It cannot be read, or has an element that means nothing where it stands.
    #[default]
    Form,
    /// It names a type that is not defined.
    Type,
    /// It names a list that is not defined.
    List,
    /// It names a tag that does not exist.
    Tag,
    /// It can be read, but no text can match it.
    Never,
}

impl PatternError {
    /// An error at `span`.
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: None, fault: PatternFault::Form, instead: None }
    }
    /// Says which kind of fault it is.
    #[must_use]
    pub fn fault(mut self, fault: PatternFault) -> Self {
        self.fault = fault;
        self
    }
    /// Points at a list of that name instead of at the inside of it.
    pub(super) fn inside_of(&mut self, list: &str, span: Span) {
        self.span = span;
        self.instead = None;
        self.message = format!("in @{list}: {}", self.message);
    }
    /// Adds advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
