//! Punctuation, symbols and quotation marks: which of the last open and which close.
//!
//! A straight quotation mark opens after a gap and closes before one; between the two, it does what the last one did not.
//! An apostrophe may be a quotation mark, the mark of a possessor, or a part of a word.

use super::Shape;
use super::scan::{Scanner, is_apostrophe, is_symbol, is_word};
use super::word::starts_with;

impl Scanner<'_> {
    /// A token that is neither a word nor a number.
    pub(super) fn mark(&mut self, at: usize, c: char) -> usize {
        let next = at + c.len_utf8();
        match c {
            '"' | '“' | '”' | '„' | '«' | '»' | '″' => self.double_quote(at, next, c),
            _ if is_apostrophe(c) => self.apostrophe(at, next, c),
            '.' | '-' | '!' | '?' | '*' | '=' | '~' | '…' => {
                let same = self.text[at..self.end].chars().take_while(|&other| other == c).count();
                let shape = if is_symbol(c) { Shape::SYMBOL } else { Shape::PUNCT };
                self.push(at, at + same * c.len_utf8(), shape)
            }
            '@' | '#' if self.char_at(next).is_some_and(|c| c.is_alphabetic() || c == '_') => {
                let rest = &self.text[next..self.end];
                let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
                self.push(at, next + length, Shape::SYMBOL)
            }
            _ if is_symbol(c) => self.push(at, next, Shape::SYMBOL),
            _ => self.push(at, next, Shape::PUNCT),
        }
    }

    fn double_quote(&mut self, at: usize, next: usize, c: char) -> usize {
        let opens = match c {
            '“' | '„' | '«' => true,
            '”' | '»' => false,
            _ => match (self.after_gap(), self.before_gap(next)) {
                (true, false) => true,
                (false, true) => false,
                _ => !self.double_open,
            },
        };
        self.double_open = opens;
        self.push(at, next, Shape::PUNCT | if opens { Shape::QUOTE_OPEN } else { Shape::QUOTE_CLOSE })
    }

    fn apostrophe(&mut self, at: usize, next: usize, c: char) -> usize {
        // Two of them are a double quotation mark of the typewriter.
        if matches!(c, '\'' | '`') && self.char_at(next) == Some(c) {
            let opens = c == '`' || self.after_gap() && !self.before_gap(next + 1);
            self.double_open = opens;
            return self.push(at, next + 1, Shape::PUNCT | if opens { Shape::QUOTE_OPEN } else { Shape::QUOTE_CLOSE });
        }
        if self.after_gap() {
            let word = if self.is_word_at(next) { self.next_word(next) } else { "" };
            if word.starts_with(|c: char| c.is_ascii_digit())
                || self.conventions.apostrophe_first.contains(&word.to_lowercase())
            {
                return self.push(at, next + word.len(), self.shape_of(next, next + word.len()));
            }
            let opens = !self.before_gap(next);
            self.single_open |= opens;
            return self.push(at, next, if opens { Shape::PUNCT | Shape::QUOTE_OPEN } else { Shape::PUNCT });
        }
        // A clitic behind something that is no word, such as an abbreviation with its period.
        let rest = &self.text[at..self.end];
        for (clitic, possessive) in &self.conventions.clitics {
            if let Some(length) = starts_with(rest, clitic)
                && !self.is_word_at(at + length)
            {
                let shape = Shape::LOWER | if *possessive { Shape::POSSESSIVE } else { Shape::NONE };
                return self.push(at, at + length, shape);
            }
        }
        if std::mem::take(&mut self.single_open) {
            return self.push(at, next, Shape::PUNCT | Shape::QUOTE_CLOSE);
        }
        let before = self.tokens.last().map_or("", |token| token.span.slice(self.text));
        let ending = self.conventions.possessive.as_str();
        let possessor = !ending.is_empty() && before.to_lowercase().ends_with(ending);
        self.push(at, next, Shape::PUNCT | if possessor { Shape::POSSESSIVE } else { Shape::QUOTE_CLOSE })
    }

    /// Whether what stands before can come before an opening mark.
    fn after_gap(&self) -> bool {
        self.spaced
            || self.tokens.last().is_none_or(|token| {
                token.shape.has(Shape::QUOTE_OPEN)
                    || matches!(token.span.slice(self.text), "(" | "[" | "{" | "-" | "--" | "–" | "—" | "/")
            })
    }

    /// Whether what stands at `at` can come after a closing mark.
    fn before_gap(&self, at: usize) -> bool {
        self.char_at(at).is_none_or(|c| {
            c.is_whitespace() || (!is_word(c) && !is_symbol(c) && !matches!(c, '(' | '[' | '“' | '‘' | '\'' | '…'))
        })
    }
}
