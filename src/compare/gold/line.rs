//! A line of a gold as words with their places; what stands in double quotes is one word and never a sign.

use crate::source::Span;

/// One word of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Where it stands in the file, quotes included.
    pub span: Span,
    /// The word without quotes.
    pub text: String,
    /// Whether it stands in quotes, so that it is nothing but a part of a name.
    pub quoted: bool,
}

impl Word {
    /// Whether it is that sign or word, unquoted.
    pub(super) fn is(&self, text: &str) -> bool {
        !self.quoted && self.text == text
    }
}

/// The words of a line that begins at byte `start` of the file. A colon that ends a word is a word of its own.
pub(super) fn words(line: &str, start: u32) -> Vec<Word> {
    let mut found = Vec::new();
    let mut from = 0;
    let place = |from: usize, to: usize| Span::new(start + from as u32, start + to as u32);
    while let Some(skip) = line[from..].find(|c: char| !c.is_whitespace()) {
        let at = from + skip;
        if let Some(rest) = line[at..].strip_prefix('"')
            && let Some(length) = rest.find('"')
        {
            from = at + length + 2;
            found.push(Word { span: place(at, from), text: rest[..length].to_owned(), quoted: true });
            continue;
        }
        let end = line[at..].find(char::is_whitespace).map_or(line.len(), |length| at + length);
        from = end;
        let word = &line[at..end];
        match word.strip_suffix(':') {
            Some(before) if !before.is_empty() => {
                found.push(Word { span: place(at, end - 1), text: before.to_owned(), quoted: false });
                found.push(Word { span: place(end - 1, end), text: ":".to_owned(), quoted: false });
            }
            _ => found.push(Word { span: place(at, end), text: word.to_owned(), quoted: false }),
        }
    }
    found
}

/// Names parted by a slash that stands by itself. None where one of them is empty.
pub(super) fn names(words: &[Word]) -> Option<Vec<String>> {
    let names: Vec<String> = words
        .split(|word| word.is("/"))
        .map(|part| part.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" "))
        .collect();
    (!names.iter().any(String::is_empty)).then_some(names)
}

/// A name as a line has to show it: in quotes where a part of it would be read as something else.
pub(super) fn shown(name: &str, is_sign: impl Fn(&str) -> bool) -> String {
    let name = name.replace('"', "'").split_whitespace().collect::<Vec<_>>().join(" ");
    let sign = |word: &str| matches!(word, "/" | "*" | "?" | "|" | ":") || word.ends_with(':') || is_sign(word);
    let first = name.split(' ').next().unwrap_or_default();
    if name.split(' ').any(sign) || first.starts_with('#') || super::read::is_keyword(first) {
        format!("\"{name}\"")
    } else {
        name
    }
}
