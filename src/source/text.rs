//! One document as it was read.

/// One document: its decoded text and what its file or record says about it.
///
/// ```
/// use attache::source::Source;
/// let source = Source::new("note.txt", "Lund met Okoro.");
/// assert_eq!(source.id, "note.txt");
/// ```
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Source {
    /// The document's id: its path as given, with `/` between parts; `-` for standard input; the `id` of its record.
    pub id: String,
    /// The title that its record or front matter states.
    pub title: Option<String>,
    /// The date that its record or front matter states, as written.
    pub date: Option<String>,
    /// The address that its record or front matter states.
    pub url: Option<String>,
    /// The decoded text. Every offset of the program points into this string.
    pub text: String,
    /// Where it was read.
    pub origin: Origin,
}

/// Where a document was read.
#[derive(Debug, Default, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// The file, as given, with `/` between parts; `-` for standard input; empty for a text made in memory.
    pub file: String,
    /// The line of a JSON Lines record, from 1; `None` when the file is one document.
    pub line: Option<u32>,
}

impl Source {
    /// A document made in memory.
    #[must_use]
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Self {
        Source { id: id.into(), text: text.into(), ..Source::default() }
    }
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}", self.file),
            None => f.write_str(&self.file),
        }
    }
}
