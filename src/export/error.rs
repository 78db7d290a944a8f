//! Why a graph could not be written.

use std::fmt;

use super::format::Format;

/// A graph that could not be written in a format.
#[derive(Debug)]
pub struct ExportError {
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    NeedsGraphviz(Format),
    CannotDraw(Format),
    Graphviz(std::io::Error),
    SeveralFiles(Format),
    NoSuchFile(Format, String),
    Io(std::io::Error),
    #[cfg(feature = "png")]
    Picture(String),
}

impl ExportError {
    /// Whether it is what it was written to that failed, such as a full disk or a reader that has gone.
    pub fn is_io(&self) -> bool {
        matches!(self.kind, Kind::Io(_))
    }

    pub(super) fn needs_graphviz(format: Format) -> Self {
        ExportError { kind: Kind::NeedsGraphviz(format) }
    }

    pub(super) fn cannot_draw(format: Format) -> Self {
        ExportError { kind: Kind::CannotDraw(format) }
    }

    pub(super) fn graphviz(error: std::io::Error) -> Self {
        ExportError { kind: Kind::Graphviz(error) }
    }

    pub(super) fn several_files(format: Format) -> Self {
        ExportError { kind: Kind::SeveralFiles(format) }
    }

    pub(super) fn no_such_file(format: Format, ending: &str) -> Self {
        ExportError { kind: Kind::NoSuchFile(format, ending.to_owned()) }
    }

    #[cfg(feature = "png")]
    pub(super) fn picture(message: impl Into<String>) -> Self {
        ExportError { kind: Kind::Picture(message.into()) }
    }
}

impl From<std::io::Error> for ExportError {
    fn from(error: std::io::Error) -> Self {
        ExportError { kind: Kind::Io(error) }
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
            Kind::SeveralFiles(format) => {
                let files: Vec<String> = format.endings().iter().map(|ending| format!("graph.{ending}")).collect();
                write!(
                    f,
                    "{format} is {} files ({}) and cannot go out as one; name a folder with -o",
                    files.len(),
                    files.join(", ")
                )
            }
            Kind::NoSuchFile(format, ending) => write!(f, "{format} has no file that ends in .{ending}"),
            Kind::Io(error) => write!(f, "cannot write: {error}"),
            #[cfg(feature = "png")]
            Kind::Picture(message) => write!(f, "the picture could not be made: {message}"),
        }
    }
}

impl std::error::Error for ExportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            Kind::Graphviz(error) | Kind::Io(error) => Some(error),
            _ => None,
        }
    }
}
