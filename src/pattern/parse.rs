//! Pattern text becomes an [`Ast`], or an error that points at the characters that are wrong.

mod tag;

use super::ast::{Ast, AstKind, WordClass};
use super::fault::PatternError;
use crate::source::Span;

/// Longest pattern accepted, in bytes.
pub const MAX_LENGTH: usize = 4096;
/// Deepest nesting of parentheses accepted.
pub const MAX_DEPTH: usize = 24;
/// Most parts of patterns and of the fragments they name that are looked at while one pattern is compiled. Fragments that
/// hold fragments, and repetitions of repetitions, multiply.
pub(super) const MAX_WORK: usize = 40_000;

/// Reads one pattern.
///
/// # Errors
/// The first thing that cannot be read, with its place.
pub fn parse(text: &str) -> Result<Ast, PatternError> {
    if text.len() > MAX_LENGTH {
        let start = text.char_indices().map(|(i, _)| i).take_while(|i| *i <= MAX_LENGTH).last().unwrap_or(0);
        return Err(PatternError::new(
            span(start, text.len()),
            format!("a pattern may be at most {MAX_LENGTH} bytes long"),
        )
        .help("split it into several patterns of one rule"));
    }
    let mut parser = Parser { text, at: 0, depth: 0, tags: 0 };
    let ast = parser.alternatives()?;
    parser.space();
    match parser.peek() {
        None => Ok(ast),
        Some(c) => {
            Err(PatternError::new(span(parser.at, parser.at + c.len_utf8()), format!("`{c}` has nothing to close")))
        }
    }
}

fn span(start: usize, end: usize) -> Span {
    Span { start: start as u32, end: end as u32 }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    /// Names in the test of a token that is being read.
    tags: usize,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }
    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }
    fn space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }
    fn take(&mut self, prefix: &str) -> bool {
        let found = self.rest().starts_with(prefix);
        if found {
            self.at += prefix.len();
        }
        found
    }

    fn alternatives(&mut self) -> Result<Ast, PatternError> {
        let start = self.at;
        let first = self.sequence()?;
        self.space();
        if !self.rest().starts_with('|') {
            return Ok(first);
        }
        let mut parts = vec![first];
        while self.take("|") {
            parts.push(self.sequence()?);
            self.space();
        }
        Ok(Ast { kind: AstKind::Alt(parts), span: span(start, self.at) })
    }

    fn sequence(&mut self) -> Result<Ast, PatternError> {
        self.space();
        let start = self.at;
        let mut parts = Vec::new();
        loop {
            self.space();
            match self.peek() {
                None | Some(')' | '|') => break,
                Some(_) => parts.push(self.item()?),
            }
        }
        if parts.is_empty() {
            let end = self.peek().map_or(self.at, |c| self.at + c.len_utf8());
            return Err(PatternError::new(span(start, end), "something to match is expected here")
                .help("write a word, a {role:Type} or a @list"));
        }
        let end = parts.last().map_or(start, |p: &Ast| p.span.end as usize);
        Ok(match parts.len() {
            1 => parts.swap_remove(0),
            _ => Ast { kind: AstKind::Seq(parts), span: span(start, end) },
        })
    }

    fn item(&mut self) -> Result<Ast, PatternError> {
        let start = self.at;
        let wrap: Option<fn(Box<Ast>) -> AstKind> = match self.peek() {
            Some('!') => Some(AstKind::Not),
            Some('~') => Some(AstKind::Tight),
            _ => None,
        };
        if let Some(kind) = wrap {
            self.at += 1;
            self.space();
            if matches!(self.peek(), None | Some(')' | '|' | '?' | '*' | '+')) {
                return Err(PatternError::new(span(start, start + 1), "an element is expected after this sign"));
            }
            self.depth += 1;
            if self.depth > MAX_DEPTH {
                return Err(self.too_deep(start));
            }
            let inner = self.item()?;
            self.depth -= 1;
            let end = inner.span.end;
            return Ok(Ast { kind: kind(Box::new(inner)), span: Span { start: start as u32, end } });
        }
        let atom = self.atom()?;
        self.quantified(atom, start)
    }

    fn too_deep(&self, start: usize) -> PatternError {
        PatternError::new(span(start, start + 1), format!("nested more than {MAX_DEPTH} deep"))
            .help("name the inner part as a @list or write several patterns")
    }

    fn quantified(&mut self, atom: Ast, start: usize) -> Result<Ast, PatternError> {
        let sign = self.at;
        let (min, max) = if self.take("?") {
            (0, Some(1))
        } else if self.take("*") {
            (0, None)
        } else if self.take("+") {
            (1, None)
        } else if self.rest().starts_with('{') && self.rest()[1..].starts_with(|c: char| c.is_ascii_digit()) {
            self.counted()?
        } else {
            return Ok(atom);
        };
        if matches!(atom.kind, AstKind::Gap) {
            return Err(PatternError::new(span(sign, self.at), "a gap cannot be repeated"));
        }
        if self.rest().starts_with(['?', '*', '+']) {
            return Err(PatternError::new(span(self.at, self.at + 1), "a repetition of a repetition")
                .help("one sign is enough: `?` at most once, `*` any number, `+` at least once"));
        }
        Ok(Ast { kind: AstKind::Repeat { inner: Box::new(atom), min, max }, span: span(start, self.at) })
    }

    fn counted(&mut self) -> Result<(u32, Option<u32>), PatternError> {
        let start = self.at;
        let Some(close) = self.rest().find('}') else {
            return Err(PatternError::new(span(start, start + 1), "this `{` is never closed"));
        };
        let body = &self.rest()[1..close];
        self.at += close + 1;
        let bad = || {
            PatternError::new(
                span(start, start + close + 1),
                "a repetition is written {2}, {2,} or {2,4}, with counts up to 20",
            )
        };
        let number = |s: &str| s.trim().parse::<u32>().ok().filter(|n| *n <= 20);
        match body.split_once(',') {
            None => number(body).map(|n| (n, Some(n))).ok_or_else(bad),
            Some((low, "")) => number(low).map(|n| (n, None)).ok_or_else(bad),
            Some((low, high)) => match (number(low), number(high)) {
                (Some(low), Some(high)) if low <= high && high > 0 => Ok((low, Some(high))),
                _ => Err(bad()),
            },
        }
    }

    fn atom(&mut self) -> Result<Ast, PatternError> {
        let start = self.at;
        let Some(c) = self.peek() else {
            return Err(PatternError::new(span(start, start), "the pattern ends too early"));
        };
        let kind = match c {
            '{' => self.slot()?,
            '(' => self.group()?,
            '[' => self.tag()?,
            '"' | '“' => self.quoted(c)?,
            '/' => self.regex()?,
            '@' => {
                self.at += 1;
                AstKind::List(self.name("the name of a list", start)?)
            }
            '.' if self.take("...") => AstKind::Gap,
            '…' => {
                self.at += c.len_utf8();
                AstKind::Gap
            }
            '\'' | '’' => {
                self.at += c.len_utf8();
                self.take("s");
                AstKind::Possessive
            }
            c if c.is_alphanumeric() => self.word(start)?,
            ',' | ';' | ':' | '.' | '-' | '–' | '—' | '&' | '%' | '$' => {
                self.at += c.len_utf8();
                AstKind::Punct(c.to_string())
            }
            '?' | '*' | '+' => {
                return Err(PatternError::new(
                    span(start, start + 1),
                    format!("nothing stands before `{c}` to repeat"),
                ));
            }
            c => {
                return Err(PatternError::new(span(start, start + c.len_utf8()), format!("`{}` has no meaning in a pattern", c.escape_debug()))
                    .help("words, {role:Type}, @lists, [tags], \"exact\", /regex/, ( | ), ? * +, ... and ! are what a pattern is made of"));
            }
        };
        Ok(Ast { kind, span: span(start, self.at) })
    }

    fn group(&mut self) -> Result<AstKind, PatternError> {
        let start = self.at;
        self.at += 1;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.too_deep(start));
        }
        let inner = self.alternatives()?;
        self.space();
        if !self.take(")") {
            return Err(PatternError::new(span(start, start + 1), "this `(` is never closed"));
        }
        self.depth -= 1;
        Ok(match inner.kind {
            AstKind::Seq(_) | AstKind::Alt(_) => inner.kind,
            _ => AstKind::Seq(vec![inner]),
        })
    }

    fn name(&mut self, what: &str, start: usize) -> Result<String, PatternError> {
        let rest = self.rest();
        let length = rest.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).unwrap_or(rest.len());
        if length == 0 {
            return Err(PatternError::new(
                span(start, self.at.max(start + 1).min(self.text.len())),
                format!("{what} is expected here"),
            ));
        }
        self.at += length;
        Ok(rest[..length].to_owned())
    }

    fn slot(&mut self) -> Result<AstKind, PatternError> {
        let start = self.at;
        let Some(close) = self.rest().find('}') else {
            return Err(PatternError::new(span(start, start + 1), "this `{` is never closed")
                .help("a slot is written {role:Type}"));
        };
        let body = &self.rest()[1..close];
        let whole = span(start, start + close + 1);
        self.at += close + 1;
        let (role, rest) = match body.split_once(':') {
            Some((role, rest)) => (Some(role.trim()).filter(|r| !r.is_empty()), rest.trim()),
            None => (None, body.trim()),
        };
        let (type_name, form) = match rest.split_once('.') {
            Some((t, f)) => (t.trim(), Some(f.trim().to_owned())),
            None => (rest, None),
        };
        let fine = |s: &str| !s.is_empty() && s.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
        if !fine(type_name) || role.is_some_and(|r| !fine(r)) || form.as_deref().is_some_and(|f| !fine(f)) {
            return Err(PatternError::new(whole, "a slot is written {role:Type}").help("for example {a:Person}"));
        }
        let from = type_name.as_ptr() as usize - self.text.as_ptr() as usize;
        Ok(AstKind::Slot {
            role: role.map(str::to_owned),
            type_name: type_name.to_owned(),
            type_span: span(from, from + type_name.len()),
            form,
        })
    }

    fn quoted(&mut self, open: char) -> Result<AstKind, PatternError> {
        let start = self.at;
        self.at += open.len_utf8();
        let Some(length) = self.rest().find(['"', '”']) else {
            return Err(PatternError::new(span(start, start + open.len_utf8()), "this quotation mark is never closed"));
        };
        let body = self.rest()[..length].to_owned();
        self.at += length;
        self.at += self.peek().map_or(0, char::len_utf8);
        if body.trim().is_empty() {
            return Err(PatternError::new(
                span(start, self.at),
                "an exact word is expected between the quotation marks",
            ));
        }
        Ok(AstKind::Exact(body))
    }

    fn regex(&mut self) -> Result<AstKind, PatternError> {
        let start = self.at;
        self.at += 1;
        let mut escaped = false;
        for (i, c) in self.rest().char_indices() {
            match c {
                '\\' if !escaped => escaped = true,
                '/' if !escaped => {
                    let body = self.rest()[..i].replace("\\/", "/");
                    self.at += i + 1;
                    return Ok(AstKind::Regex(body));
                }
                _ => escaped = false,
            }
        }
        Err(PatternError::new(span(start, start + 1), "this `/` begins a regular expression that is never closed"))
    }

    fn word(&mut self, start: usize) -> Result<AstKind, PatternError> {
        let rest = self.rest();
        // Nearly all words are plain letters.
        let mut length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let plain = length;
        for (i, c) in rest[plain..].char_indices().map(|(i, c)| (plain + i, c)) {
            let inner =
                matches!(c, '-' | '\'' | '’' | '.') && rest[i + c.len_utf8()..].starts_with(char::is_alphanumeric);
            if !(c.is_alphanumeric() || c == '_' || inner)
                || rest[i..].starts_with("...")
                || rest[i..].starts_with("'s")
                || rest[i..].starts_with("’s")
            {
                break;
            }
            length = i + c.len_utf8();
        }
        let text = rest[..length].to_owned();
        self.at += length;
        // `role:( … )` names what a group matches.
        if self.rest().starts_with(":(") {
            self.at += 1;
            let from = self.at;
            let inner = self.group()?;
            return Ok(AstKind::Capture {
                role: text,
                inner: Box::new(Ast { kind: inner, span: span(from, self.at) }),
            });
        }
        let mut class = None;
        if self.rest().starts_with('/') && self.rest()[1..].starts_with(char::is_alphabetic) {
            let slash = self.at;
            self.at += 1;
            let name = self.name("verb or noun", slash)?;
            class = Some(WordClass::named(&name).ok_or_else(|| {
                PatternError::new(span(slash, self.at), format!("`/{name}` is no word class"))
                    .help("write /verb, /noun or /word")
            })?);
        }
        if text.is_empty() {
            return Err(PatternError::new(span(start, start + 1), "a word is expected here"));
        }
        Ok(AstKind::Word { text, class })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_parses() {
        let ast = parse("{a:Person} hold (talks | a meeting) with? {b:Person}").unwrap();
        let AstKind::Seq(parts) = ast.kind else { panic!() };
        assert_eq!(parts.len(), 5);
        assert!(matches!(&parts[2].kind, AstKind::Alt(a) if a.len() == 2));
        assert!(matches!(parts[3].kind, AstKind::Repeat { min: 0, max: Some(1), .. }));
    }

    #[test]
    fn possessive_and_class() {
        let ast = parse("{a:Country}'s visit/noun to {b:Country}").unwrap();
        let AstKind::Seq(parts) = ast.kind else { panic!() };
        assert_eq!(parts[1].kind, AstKind::Possessive);
        assert_eq!(parts[2].kind, AstKind::Word { text: "visit".into(), class: Some(WordClass::Noun) });
    }

    #[test]
    fn captures_and_tags() {
        let ast = parse("name:([name & !Month] [name]*)").unwrap();
        assert!(matches!(ast.kind, AstKind::Capture { .. }));
    }

    #[test]
    fn errors_point_at_the_fault() {
        for (text, at) in [
            ("{a:Person meet", 0),
            ("meet (with", 5),
            ("meet?? x", 5),
            ("meet ? x", 5),
            ("a | ", 4),
            ("x) y", 1),
            ("{a b} meet", 0),
            ("[past", 0),
        ] {
            let error = parse(text).unwrap_err();
            assert_eq!(error.span.start, at, "{text}: {}", error.message);
        }
        assert!(parse(&"(".repeat(10_000)).is_err());
        assert!(parse(&"!".repeat(4_000)).is_err());
    }
}
