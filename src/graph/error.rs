//! What can go wrong when a graph is read back.

use std::fmt;

/// A graph file that cannot be read, or a graph that cannot be taken apart for merging.
#[derive(Debug)]
pub struct GraphError {
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Syntax(serde_json::Error),
    Format(String),
    Shape(String),
    Incomplete(String),
}

impl GraphError {
    pub(crate) fn syntax(error: serde_json::Error) -> Self {
        GraphError { kind: Kind::Syntax(error) }
    }

    pub(crate) fn format(message: impl Into<String>) -> Self {
        GraphError { kind: Kind::Format(message.into()) }
    }

    pub(crate) fn shape(message: impl Into<String>) -> Self {
        GraphError { kind: Kind::Shape(message.into()) }
    }

    pub(crate) fn incomplete(message: impl Into<String>) -> Self {
        GraphError { kind: Kind::Incomplete(message.into()) }
    }

    /// Whether it could be read, and what it says cannot be: an edge of a node that is not there, an id given twice.
    pub fn is_contradiction(&self) -> bool {
        matches!(self.kind, Kind::Shape(_))
    }

    /// Line and column (from 1) of a syntax error.
    pub fn position(&self) -> Option<(usize, usize)> {
        match &self.kind {
            Kind::Syntax(error) => Some((error.line(), error.column())),
            _ => None,
        }
    }
}

impl fmt::Display for GraphError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Syntax(error) => write!(f, "not a readable graph: {error}"),
            Kind::Format(message) => write!(f, "not an attache graph: {message}"),
            Kind::Shape(message) => write!(f, "the graph contradicts itself: {message}"),
            Kind::Incomplete(message) => write!(f, "the graph was cut and cannot be merged: {message}"),
        }
    }
}

impl std::error::Error for GraphError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            Kind::Syntax(error) => Some(error),
            _ => None,
        }
    }
}
