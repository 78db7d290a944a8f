//! Every format: its name, its files, its media type and what it cannot carry.

use std::path::Path;

/// A format the graph can be written in.
///
/// ```
/// use attache::export::Format;
/// assert_eq!(Format::from_path("graph.gv".as_ref()), Some(Format::Dot));
/// assert_eq!(Format::Json.loses(), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Node-link JSON; carries everything and can be read back.
    Json,
    /// Graphviz's language.
    Dot,
    /// A drawing as vectors.
    Svg,
    /// A drawing as pixels.
    Png,
    /// A drawing as a page.
    Pdf,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 5] = [Format::Json, Format::Dot, Format::Svg, Format::Png, Format::Pdf];

    /// What it is called on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Json => "json",
            Format::Dot => "dot",
            Format::Svg => "svg",
            Format::Png => "png",
            Format::Pdf => "pdf",
        }
    }

    /// What its files end with, without the dot.
    pub fn extension(self) -> &'static str {
        self.name()
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Json => "application/json",
            Format::Dot => "text/vnd.graphviz",
            Format::Svg => "image/svg+xml",
            Format::Png => "image/png",
            Format::Pdf => "application/pdf",
        }
    }

    /// What of the graph it cannot carry; none for the one that carries everything.
    pub fn loses(self) -> Option<&'static str> {
        match self {
            Format::Json => None,
            Format::Dot | Format::Svg => Some(
                "spans, rules, all evidence but the first sentence of each edge, and each document's own view; statements of one relation with different dates share a line",
            ),
            Format::Png | Format::Pdf => Some("everything but what the eye sees"),
        }
    }

    /// Whether its bytes are text.
    pub fn is_text(self) -> bool {
        matches!(self, Format::Json | Format::Dot | Format::Svg)
    }

    /// The format of that name or file ending, in any case: `json`, `gv`.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        match name.as_str() {
            "gv" | "graphviz" => Some(Format::Dot),
            _ => Format::ALL.into_iter().find(|format| format.name() == name),
        }
    }

    /// The format that a file's ending asks for.
    pub fn from_path(path: &Path) -> Option<Self> {
        Format::from_name(path.extension()?.to_str()?)
    }
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
