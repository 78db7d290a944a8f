//! A question cut into words, texts, numbers and marks, each with its place.

use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// What a token is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    /// A name or keyword: letters, digits, `_`, and `-` between them; or anything between back quotes.
    Word(String),
    /// A text between quotes, or a date without them.
    Text(String),
    /// A number.
    Number(f64),
    /// Punctuation.
    Mark(&'static str),
    /// The end of the question.
    End,
}

/// A token and its bytes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub kind: Kind,
    pub span: Span,
    /// Written between back quotes, so that it is no keyword.
    pub quoted: bool,
}

/// Longer ones first.
const MARKS: [&str; 22] = [
    "<=", ">=", "<>", "!=", "=~", "..", "(", ")", "[", "]", "{", "}", ":", ",", "|", "*", ".", "<", ">", "=", "-", ";",
];

/// Cuts a question up; every character that means nothing is reported.
pub(super) fn tokens(text: &str, findings: &mut Vec<Diagnostic>) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let start = at;
        let mut quoted = false;
        let kind = if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        } else if let Some(quote) = closing(first) {
            let (inner, length) = between(rest, first, quote);
            at += length.unwrap_or(rest.len());
            if length.is_none() {
                let opened = Span::new(start as u32, (start + first.len_utf8()) as u32);
                findings.push(Diagnostic::error("Q001", "a text that does not end").label(opened, "it begins here"));
            }
            quoted = quote == '`';
            if quoted { Kind::Word(inner) } else { Kind::Text(inner) }
        } else if first.is_ascii_digit() {
            let length = date(rest).unwrap_or_else(|| number(rest));
            at += length;
            let written = &rest[..length];
            written.parse().map_or_else(|_| Kind::Text(written.to_owned()), Kind::Number)
        } else if is_letter(first) {
            at += word(rest);
            Kind::Word(rest[..at - start].to_owned())
        } else if let Some(mark) = MARKS.into_iter().find(|mark| rest.starts_with(mark)) {
            at += mark.len();
            Kind::Mark(mark)
        } else {
            at += first.len_utf8();
            let span = Span::new(start as u32, at as u32);
            findings.push(Diagnostic::error("Q001", "a character that means nothing here").label(span, ""));
            continue;
        };
        found.push(Token { kind, span: Span::new(start as u32, at as u32), quoted });
    }
    found.push(Token { kind: Kind::End, span: Span::new(at as u32, at as u32), quoted: false });
    found
}

fn closing(open: char) -> Option<char> {
    match open {
        '"' | '\'' | '`' => Some(open),
        '“' => Some('”'),
        '‘' => Some('’'),
        _ => None,
    }
}

/// What stands between quotes, and how long it is with them; a backslash takes the next character as it is.
fn between(text: &str, open: char, close: char) -> (String, Option<usize>) {
    let (mut inner, mut escaped) = (String::new(), false);
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => {
                inner.push(c);
                escaped = false;
            }
            '\\' if open != '`' => escaped = true,
            _ if c == close => return (inner, Some(at + c.len_utf8())),
            _ => inner.push(c),
        }
    }
    (inner, None)
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

/// Bytes of a word; a hyphen belongs to it where a letter or digit follows.
fn word(text: &str) -> usize {
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let follows = characters.peek().is_some_and(|(_, next)| is_letter(*next) || next.is_numeric());
        if !(is_letter(c) || c.is_numeric() || c == '-' && follows) {
            return at;
        }
    }
    text.len()
}

/// Bytes of a number: `3`, `0.5`; the dots of `1..3` are not its own.
fn number(text: &str) -> usize {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = digits(text);
    let part = text[whole..].strip_prefix('.').map_or(0, digits);
    if part > 0 { whole + 1 + part } else { whole }
}

/// Bytes of a month or day without quotes: `2019-07`, `2019-07-02`.
fn date(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let pair = |at: usize| {
        bytes.get(at) == Some(&b'-') && bytes.get(at + 1..at + 3).is_some_and(|two| two.iter().all(u8::is_ascii_digit))
    };
    let year = bytes.len() >= 4 && bytes[..4].iter().all(u8::is_ascii_digit);
    match (year, pair(4), pair(7)) {
        (true, true, true) => Some(10),
        (true, true, false) => Some(7),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let kinds = tokens(text, &mut Vec::new()).into_iter().map(|token| match token.kind {
            Kind::Word(word) => word,
            Kind::Text(text) => format!("'{text}'"),
            Kind::Number(number) => number.to_string(),
            Kind::Mark(mark) => mark.to_owned(),
            Kind::End => ".".to_owned(),
        });
        kinds.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn hyphens_join_words_and_not_arrows() {
        assert_eq!(shown("(a)-[met-with]->(b)"), "( a ) - [ met-with ] - > ( b ) .");
        assert_eq!(shown("(a)<--(b)"), "( a ) < - - ( b ) .");
        assert_eq!(shown("[*1..3]"), "[ * 1 .. 3 ] .");
    }

    #[test]
    fn dates_and_numbers_and_texts() {
        assert_eq!(shown("2019-07 2019-07-02 2019 0.5"), "'2019-07' '2019-07-02' 2019 0.5 .");
        assert_eq!(shown(r#""a \"b\"" 'c' `odd name` “d”"#), r#"'a "b"' 'c' odd name 'd' ."#);
    }

    #[test]
    fn what_means_nothing_is_reported_and_passed() {
        let mut findings = Vec::new();
        tokens("(a § b) 'open", &mut findings);
        assert_eq!(findings.len(), 2);
    }
}
