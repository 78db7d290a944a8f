//! Tokens of a run of text: where each starts and ends, and how it looks.
//!
//! One pass, one character at a time, with looks ahead of bounded length, so that no text makes it slow. What a word is
//! made of (clitics, names tied by hyphens, dirt) is decided in `word`, what a quotation mark does in `marks`; this file
//! finds words and numbers, with the periods that belong to them.

use super::conventions::{AbbreviationKind, Conventions};
use super::{Shape, Token, Vocabulary};
use crate::source::Span;

/// The most bytes that are looked at to tell an internet name from the end of a sentence.
const MAX_LOOK: usize = 64;

/// Characters that do not show and part no words: soft hyphen, zero-width ones, direction marks, byte order mark.
pub(super) fn is_hidden(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`')
}

pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Letters, digits and the marks that stand on them.
pub(super) fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    c != 'ʼ' && c.is_alphanumeric()
        || matches!(c, '\u{300}'..='\u{36F}' | '\u{591}'..='\u{5BD}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{94D}' | '\u{9CD}')
}

pub(super) fn is_symbol(c: char) -> bool {
    if c.is_ascii() {
        return matches!(c, '$' | '%' | '#' | '&' | '+' | '=' | '<' | '>' | '^' | '~' | '|' | '@' | '*');
    }
    // General punctuation and its cousins are marks; currency, arrows, emoji and the rest are symbols.
    !matches!(c, '\u{A1}' | '\u{A7}' | '\u{AB}' | '\u{B6}' | '\u{B7}' | '\u{BB}' | '\u{BF}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}'
        | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{60C}' | '\u{61B}' | '\u{61F}' | '\u{964}' | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF1F}')
}

/// Finds the tokens of one block after the other.
pub(super) struct Scanner<'a> {
    pub text: &'a str,
    pub conventions: &'a Conventions,
    pub vocabulary: &'a dyn Vocabulary,
    pub tokens: Vec<Token>,
    /// Lower-cased words, so that a look-up makes no new string.
    pub buffer: String,
    /// The end of the block that is being scanned.
    pub end: usize,
    /// Whether white space stands before the place reached.
    pub spaced: bool,
    /// Whether a straight double or a single quotation mark is open.
    pub double_open: bool,
    pub single_open: bool,
}

impl<'a> Scanner<'a> {
    pub fn new(text: &'a str, conventions: &'a Conventions, vocabulary: &'a dyn Vocabulary) -> Self {
        // News text has a token every five or six bytes; a guess too small costs one copy.
        let tokens = Vec::with_capacity(text.len() / 5);
        let (spaced, double_open, single_open) = (true, false, false);
        Scanner {
            text,
            conventions,
            vocabulary,
            tokens,
            buffer: String::new(),
            end: 0,
            spaced,
            double_open,
            single_open,
        }
    }

    /// Add the tokens of one block.
    pub fn scan(&mut self, block: Span) {
        let mut at = block.start as usize;
        (self.end, self.spaced, self.double_open, self.single_open) = (block.end as usize, true, false, false);
        while let Some(c) = self.char_at(at) {
            at = if c.is_whitespace() {
                self.spaced = true;
                at + c.len_utf8()
            } else if is_hidden(c) {
                at + c.len_utf8()
            } else if c.is_ascii_digit() {
                self.number(at)
            } else if is_word(c) {
                self.word(at, at)
            } else {
                self.mark(at, c)
            };
        }
    }

    pub fn char_at(&self, at: usize) -> Option<char> {
        if at >= self.end {
            return None;
        }
        let byte = self.text.as_bytes()[at];
        if byte.is_ascii() { Some(byte as char) } else { self.text[at..].chars().next() }
    }

    pub fn is_word_at(&self, at: usize) -> bool {
        self.char_at(at).is_some_and(is_word)
    }

    /// Add a token and return where it ends.
    pub fn push(&mut self, start: usize, end: usize, shape: Shape) -> usize {
        let token = Token { span: Span::new(start as u32, end as u32), shape, glued: !self.spaced };
        self.tokens.push(token);
        self.spaced = false;
        end
    }

    /// A word whose first `from - start` bytes are known to belong to it.
    fn word(&mut self, start: usize, from: usize) -> usize {
        if from == start
            && self.spaced_or_bracket()
            && let Some(end) = self.address(start)
        {
            return self.push(start, end, Shape::SYMBOL);
        }
        let mut at = from;
        let mut dotted = false;
        // The start of the part after the last period, to see single letters: U.S.
        let mut part = start;
        let mut visible = from;
        loop {
            // Nearly all text is plain letters.
            let plain =
                self.text.as_bytes()[at..self.end].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            if plain > 0 {
                at += plain;
                visible = at;
            }
            let Some(c) = self.char_at(at) else { break };
            let next = at + c.len_utf8();
            if is_word(c) {
                visible = next;
            } else if is_hidden(c) {
                // Belongs to the word only if the word goes on behind it.
            } else if is_apostrophe(c) || is_hyphen(c) {
                if visible != at || !self.is_word_at(next) {
                    break;
                }
            } else if c == '.' && visible == at {
                if let Some(end) = self.internet_name(start, at) {
                    return self.push(start, end, Shape::SYMBOL);
                }
                if !(self.is_letter(part, at) && self.is_single_letter_at(next)) {
                    break;
                }
                dotted = true;
                part = next;
            } else if c == '@' && visible == at {
                match self.internet_name(start, at) {
                    Some(end) => return self.push(start, end, Shape::SYMBOL),
                    None => break,
                }
            } else if c == '&' && visible == at {
                let capital = |c: Option<char>| c.is_some_and(char::is_uppercase);
                if !(capital(self.text[start..at].chars().next_back()) && capital(self.char_at(next))) {
                    break;
                }
            } else {
                break;
            }
            at = next;
        }
        let end = visible.max(from);
        if let Some((end, shape)) = self.with_period(start, end, dotted) {
            return self.push(start, end, self.shape_of(start, end) | shape);
        }
        self.cut_word(start, end);
        end
    }

    /// Whether the word at `start..end` keeps the period behind it, and what that makes it.
    fn with_period(&mut self, start: usize, end: usize, dotted: bool) -> Option<(usize, Shape)> {
        if self.char_at(end) != Some('.') || self.char_at(end + 1) == Some('.') {
            return dotted.then_some((end, Shape::ABBREVIATION));
        }
        let word = &self.text[start..end + 1];
        if dotted {
            return Some((end + 1, Shape::ABBREVIATION));
        }
        if self.is_letter(start, end) && word.starts_with(char::is_uppercase) {
            // An initial goes with a name: a capital follows that does not begin a new sentence.
            let next = self.next_word(end + 1);
            let starts_name =
                next.starts_with(char::is_uppercase) && !self.conventions.starters.contains(&next.to_lowercase());
            return starts_name.then_some((end + 1, Shape::ABBREVIATION));
        }
        if word.len() > 24 {
            return None;
        }
        match self.conventions.abbreviations.get(word)? {
            AbbreviationKind::Number => {
                let digit = self.next_word(end + 1).starts_with(|c: char| c.is_ascii_digit());
                digit.then_some((end + 1, Shape::ABBREVIATION))
            }
            _ => Some((end + 1, Shape::ABBREVIATION)),
        }
    }

    /// The word after any white space at `at`; empty before anything else. At most [`MAX_LOOK`] bytes are looked at.
    pub fn next_word(&self, at: usize) -> &'a str {
        let rest = &self.text[at.min(self.end)..self.end];
        let mut start = None;
        for (offset, c) in rest.char_indices() {
            match start {
                None if is_word(c) => start = Some(offset),
                None if !c.is_whitespace() || offset > MAX_LOOK => return "",
                Some(start) if !is_word(c) || offset - start > MAX_LOOK => return &rest[start..offset],
                _ => {}
            }
        }
        start.map_or("", |start| &rest[start..])
    }

    /// Whether `start..end` is one letter.
    fn is_letter(&self, start: usize, end: usize) -> bool {
        let mut chars = self.text[start..end].chars();
        chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
    }

    /// Whether a single letter stands at `at`, followed by no other.
    fn is_single_letter_at(&self, at: usize) -> bool {
        self.char_at(at).is_some_and(|c| c.is_alphabetic() && !self.is_word_at(at + c.len_utf8()))
    }

    fn spaced_or_bracket(&self) -> bool {
        self.spaced || self.tokens.last().is_some_and(|token| token.shape.has(Shape::PUNCT))
    }

    /// Where an address that starts at `start` ends.
    fn address(&self, start: usize) -> Option<usize> {
        let bytes = &self.text.as_bytes()[start..self.end];
        if !(bytes.starts_with(b"http://") || bytes.starts_with(b"https://") || bytes.starts_with(b"www.")) {
            return None;
        }
        let rest = &self.text[start..self.end];
        let rest = &rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())];
        let rest = rest.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '>', '"', '\'', '”', '’', '…']);
        (rest.len() > 7).then_some(start + rest.len())
    }

    /// Where the internet name or e-mail address ends in which the mark at `mark` stands; it starts at `start`.
    fn internet_name(&self, start: usize, mark: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        if !bytes.get(mark + 1).is_some_and(u8::is_ascii_alphanumeric) || mark - start > MAX_LOOK {
            return None;
        }
        let allowed = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'@' | b'/');
        let look = &bytes[start..self.end.min(start + 2 * MAX_LOOK)];
        let length = look.iter().position(|byte| !allowed(byte)).unwrap_or(look.len());
        let run = self.text.get(start..start + length)?.trim_end_matches(['.', '-', '/', '@']);
        let host = run.split('/').next().unwrap_or_default();
        if let Some((_, domain)) = host.split_once('@') {
            let good = domain.contains('.') && !domain.contains('@');
            return good.then_some(start + host.len());
        }
        let (_, last) = host.rsplit_once('.')?;
        (!host.starts_with('.') && self.conventions.domains.contains(last)).then_some(start + run.len())
    }

    /// A token that starts with a digit.
    fn number(&mut self, start: usize) -> usize {
        let bytes = &self.text.as_bytes()[..self.end];
        let digits = |mut at: usize| {
            while bytes.get(at).is_some_and(u8::is_ascii_digit) {
                at += 1;
            }
            at
        };
        let mut at = digits(start);
        if let Some(end) = date(bytes, start, at, digits) {
            return self.push(start, end, Shape::NUMBER);
        }
        while let Some(b'.' | b',' | b':' | b'/') = bytes.get(at) {
            let next = digits(at + 1);
            if next == at + 1 {
                break;
            }
            at = next;
        }
        // 9th, 60-plus, 1990's: the word goes on.
        let letter = |at: usize| self.char_at(at).is_some_and(|c| is_word(c) && !c.is_ascii_digit());
        let goes_on = match self.char_at(at) {
            Some(c) if is_apostrophe(c) || is_hyphen(c) => letter(at + c.len_utf8()),
            _ => letter(at),
        };
        if goes_on { self.word(start, at) } else { self.push(start, at, Shape::NUMBER) }
    }

    /// How the word at `start..end` looks.
    pub fn shape_of(&self, start: usize, end: usize) -> Shape {
        let bytes = &self.text.as_bytes()[start..end];
        // Nearly all words are lower-case ASCII, or that behind one capital.
        if bytes.len() > 1 && bytes[1..].iter().all(u8::is_ascii_lowercase) {
            if bytes[0].is_ascii_lowercase() {
                return Shape::LOWER;
            } else if bytes[0].is_ascii_uppercase() {
                return Shape::CAPITALISED | Shape::NAME_LIKE;
            }
        }
        let mut shape = Shape::NONE;
        let (mut upper, mut letters) = (0u32, 0u32);
        let (mut first, mut lower_before, mut part_lower, mut tied) = (None, false, false, false);
        for c in self.text[start..end].chars() {
            if c.is_alphabetic() {
                letters += 1;
                let is_upper = c.is_uppercase();
                first.get_or_insert(is_upper);
                if is_upper {
                    upper += 1;
                    if lower_before {
                        shape |= Shape::MIXED;
                    }
                    tied |= part_lower;
                }
                lower_before = !is_upper;
            } else {
                if is_hyphen(c) {
                    shape |= Shape::HYPHENATED;
                }
                if is_hidden(c) {
                    shape |= Shape::HIDDEN;
                }
                if is_hyphen(c) || is_apostrophe(c) {
                    part_lower |= letters > 0 && first == Some(false);
                }
                lower_before = false;
            }
        }
        if self.text.as_bytes()[start].is_ascii_digit() {
            shape |= Shape::NUMBER;
        }
        if letters > 0 {
            if first == Some(true) && !shape.has(Shape::NUMBER) {
                shape |= Shape::CAPITALISED | Shape::NAME_LIKE;
            }
            if upper == 0 {
                shape |= Shape::LOWER;
            }
            if upper == letters && letters >= 2 {
                shape |= Shape::ALL_CAPS;
            }
            if upper == 1 && letters == 1 && shape.without(Shape::HIDDEN) == Shape::CAPITALISED | Shape::NAME_LIKE {
                shape |= Shape::INITIAL;
            }
            if tied && !shape.has(Shape::NUMBER) {
                shape |= Shape::NAME_LIKE;
            }
        }
        shape
    }
}

/// The end of a date written in figures with hyphens (30-09-2022, 2022-9-30).
fn date(bytes: &[u8], start: usize, first: usize, digits: impl Fn(usize) -> usize) -> Option<usize> {
    let second = digits(first + 1);
    let third = digits(second + 1);
    let hyphens = bytes.get(first) == Some(&b'-') && bytes.get(second) == Some(&b'-');
    let lengths = matches!(
        (first - start, second.wrapping_sub(first + 1), third.wrapping_sub(second + 1)),
        (1..=2, 1..=2, 2 | 4) | (4, 1..=2, 1..=2)
    );
    (hyphens && lengths).then_some(third)
}
