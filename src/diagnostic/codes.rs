//! Every code and what it means.
//!
//! A code is one line here and one text in `codes/`: the text is what `explain-code` prints, in Markdown, with an
//! example. Codes are never used again for another meaning.

/// What one code means.
#[derive(Debug, Copy, Clone, PartialEq, Eq)]
pub struct CodeInfo {
    /// `S001`: a document that could not be read; `E001`: an error in rules; `W001`: a doubt about rules.
    pub code: &'static str,
    /// A few words.
    pub title: &'static str,
    /// A paragraph and an example, in Markdown.
    pub explanation: &'static str,
}

/// `code "title"` lines become the table; each text stands in `codes/CODE.md`.
macro_rules! codes {
    ($($code:literal $title:literal)*) => {
        &[$(CodeInfo { code: $code, title: $title, explanation: include_str!(concat!("codes/", $code, ".md")) }),*]
    };
}

/// Sorted by code. To add one: a line here, a text in `codes/`.
static CODES: &[CodeInfo] = codes! {
    "S001" "a path that cannot be read"
    "S002" "a file that is not text"
    "S003" "an empty document"
    "S004" "text in another encoding than UTF-8"
    "S005" "a JSON Lines record that is not one"
    "S006" "two documents with one id"
    "S007" "a folder without documents"
    "S008" "a document that is too large"
};

/// What `code` means, in any letter case; `None` when there is no such code.
///
/// ```
/// assert_eq!(attache::diagnostic::explain("s007").unwrap().title, "a folder without documents");
/// ```
#[must_use]
pub fn explain(code: &str) -> Option<&'static CodeInfo> {
    CODES.iter().find(|info| info.code.eq_ignore_ascii_case(code))
}

/// Every code, sorted.
#[must_use]
pub fn all() -> &'static [CodeInfo] {
    CODES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_every_text_has_an_example() {
        assert!(CODES.is_sorted_by(|a, b| a.code < b.code));
        for info in CODES {
            assert!(info.explanation.contains("```"), "{} has no example", info.code);
            assert!(info.explanation.len() > 150, "{} is hardly explained", info.code);
        }
        assert_eq!(explain("E999"), None);
    }
}
