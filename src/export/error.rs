//! Why a graph could not be drawn.

use std::fmt;

use super::format::Format;

/// A picture that could not be made.
#[derive(Debug)]
pub struct ExportError {
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    NeedsGraphviz(Format),
    CannotDraw(Format),
    Graphviz(std::io::Error),
    #[cfg(feature = "png")]
    Picture(String),
}

impl ExportError {
    pub(super) fn needs_graphviz(format: Format) -> Self {
        ExportError { kind: Kind::NeedsGraphviz(format) }
    }

    pub(super) fn cannot_draw(format: Format) -> Self {
        ExportError { kind: Kind::CannotDraw(format) }
    }

    pub(super) fn graphviz(error: std::io::Error) -> Self {
        ExportError { kind: Kind::Graphviz(error) }
    }

    #[cfg(feature = "png")]
    pub(super) fn picture(message: impl Into<String>) -> Self {
        ExportError { kind: Kind::Picture(message.into()) }
    }
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::NeedsGraphviz(format) => {
                write!(
                    f,
                    "{format} needs Graphviz, and no program \"dot\" was found; install Graphviz or write svg, which needs nothing"
                )
            }
            Kind::CannotDraw(format) => write!(f, "the built-in drawing cannot write {format}; it writes svg"),
            Kind::Graphviz(error) => write!(f, "Graphviz failed: {error}"),
            #[cfg(feature = "png")]
            Kind::Picture(message) => write!(f, "the picture could not be made: {message}"),
        }
    }
}

impl std::error::Error for ExportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            Kind::Graphviz(error) => Some(error),
            _ => None,
        }
    }
}
