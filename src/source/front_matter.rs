//! The `---` header that Markdown files carry.

/// What a header says.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct FrontMatter {
    /// `title:`
    pub title: Option<String>,
    /// `date:`, as written.
    pub date: Option<String>,
    /// `url:`
    pub url: Option<String>,
    /// The byte where the text proper starts: after the closing line.
    pub end: u32,
}

/// The most lines a header may have; beyond it, the first `---` is a rule and not a header.
const MAX_LINES: usize = 200;

/// Read the header at the start of `text`: a line `---`, lines `key: value` (or blank, indented, commented or list
/// lines), a line `---`. Anything else is not a header, and `None` is the answer.
#[must_use]
pub fn front_matter(text: &str) -> Option<FrontMatter> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    if first.trim_end() != "---" {
        return None;
    }
    let mut found = FrontMatter { end: first.len() as u32, ..FrontMatter::default() };
    for line in lines.take(MAX_LINES) {
        found.end += line.len() as u32;
        let line = line.trim_end();
        if line == "---" {
            return Some(found);
        }
        if line.is_empty() || line.starts_with([' ', '\t', '#', '-']) {
            continue;
        }
        let (key, value) = line.split_once(':')?;
        if key.contains(char::is_whitespace) {
            return None;
        }
        let value = unquoted(value.trim());
        let slot = match key {
            "title" => &mut found.title,
            "date" => &mut found.date,
            "url" => &mut found.url,
            _ => continue,
        };
        if !value.is_empty() {
            *slot = Some(value.to_owned());
        }
    }
    None
}

fn unquoted(value: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
            return inner;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_header_and_nothing_else() {
        let text = "---\ntitle: \"Talks: day two\"\ndate: 2024-05-02\ntags:\n  - a\n---\nBody.";
        let found = front_matter(text).unwrap();
        assert_eq!(found.title.as_deref(), Some("Talks: day two"));
        assert_eq!(found.date.as_deref(), Some("2024-05-02"));
        assert_eq!(&text[found.end as usize..], "Body.");
        assert_eq!(front_matter("---\nA sentence.\n---\n"), None);
        assert_eq!(front_matter("---\ntitle: x\n"), None);
        assert_eq!(front_matter("Body"), None);
    }
}
