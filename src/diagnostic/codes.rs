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
    "E001" "a rule file that is not TOML"
    "E002" "a key or table that is not known, or of another shape"
    "E003" "a pattern that cannot be read"
    "E004" "a type that does not exist"
    "E005" "a relation that does not exist"
    "E006" "a list that does not exist"
    "E007" "a name that is defined twice"
    "E008" "a rule pack that cannot be found"
    "E009" "a file of a pack that is missing or of no use"
    "E010" "a rule file that is too large"
    "E011" "a rule file that is not UTF-8"
    "E012" "too many types"
    "E013" "something that stands inside itself"
    "E014" "a language file that does not compile"
    "E015" "a list without words"
    "E016" "a table that is not CSV"
    "E017" "a column that the table does not have"
    "E018" "a word that is not one of those possible here"
    "E019" "a role that a pattern does not fill"
    "E020" "a relation with other than two ends"
    "E021" "a rule without a pattern"
    "E022" "an end that the relation does not take"
    "E023" "a pattern that can never match"
    "E024" "an example that does not say what it shows"
    "E025" "more than a rule set may hold"
    "E026" "a row of a map that is no place"
    "E027" "a name in an inference rule that stands for nothing"
    "E028" "an attribute that nothing has"
    "E029" "inference in a circle through what must be absent"
    "E030" "an inference rule that concludes too much"
    "E031" "an inference rule that cannot be read"
    "G001" "a line of a gold that cannot be read"
    "G002" "a name in a gold that the rules do not have"
    "G003" "a document of a gold that was not read"
    "G004" "a statement of a gold that stands there twice"
    "Q001" "a question that cannot be read"
    "Q002" "a question about what the graph has not"
    "Q003" "a name in a question that stands for nothing"
    "Q004" "a value that nothing in the graph has"
    "Q005" "a question with too many answers"
    "S001" "a path that cannot be read"
    "S002" "a file that is not text"
    "S003" "an empty document"
    "S004" "text in another encoding than UTF-8"
    "S005" "a JSON Lines record that is not one"
    "S006" "two documents with one id"
    "S007" "a folder without documents"
    "S008" "a document that is too large"
    "W001" "a pattern that another one says already"
    "W002" "a pattern that adds nothing to a broader one"
    "W003" "an example that does not use its rule"
    "W004" "a rule without an example"
    "W005" "a pattern that begins or ends with a gap"
    "W006" "a word that stands in a list twice"
    "W007" "a list that nothing uses"
    "W008" "a type that nothing speaks of"
    "W009" "a relation that no rule gives"
    "W010" "a word that would be inflected wrongly"
    "W011" "a word that texts do not hold as one"
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

    /// Every string in the sources that looks like a code is one; those of tests about codes are made up.
    #[test]
    fn every_code_that_is_used_is_explained() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let code = regex::Regex::new(r#""([EGQWS][0-9]{3})""#).unwrap();
        let (mut folders, mut used) = (vec![root], 0);
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    // The findings in the tests of this room are examples.
                    if !path.ends_with("diagnostic") {
                        folders.push(path);
                    }
                } else if path.extension().is_some_and(|e| e == "rs") {
                    let text = std::fs::read_to_string(&path).unwrap();
                    for found in code.captures_iter(&text) {
                        used += 1;
                        assert!(explain(&found[1]).is_some(), "{}: {} is not explained", path.display(), &found[1]);
                    }
                }
            }
        }
        assert!(used >= 20, "only {used} codes found");
    }
}
