//! Where sentences end.

use super::conventions::{AbbreviationKind, Conventions};
use super::scan::is_hidden;
use super::{Sentence, Shape, Token};
use crate::source::Span;

/// Cuts the tokens of blocks into sentences.
pub(super) struct Sentences<'a> {
    pub text: &'a str,
    pub conventions: &'a Conventions,
    pub found: Vec<Sentence>,
    buffer: String,
}

/// What a token means for the end of a sentence.
enum End {
    /// Nothing.
    None,
    /// A mark that ends a sentence when something that can start one follows.
    Mark,
    /// A mark or abbreviation that ends one only when a word follows that starts most of its sentences.
    Weak,
}

impl<'a> Sentences<'a> {
    pub fn new(text: &'a str, conventions: &'a Conventions) -> Self {
        Sentences { text, conventions, found: Vec::with_capacity(text.len() / 120), buffer: String::new() }
    }

    /// Add the sentences of one block; the first of its `tokens` is number `first`, and a sentence also starts `cut`
    /// tokens on (after a dateline).
    pub fn add(&mut self, tokens: &[Token], first: u32, block: u32, cut: usize) {
        let mut start = 0;
        let mut at = 0;
        while at < tokens.len() {
            // Closing marks are passed over even when no sentence ends, so that a run of them is walked once.
            let (next, ends) = self.end(tokens, at);
            at = if cut > at { next.min(cut) } else { next };
            if ends || at == cut || at == tokens.len() {
                self.push(&tokens[start..at], first + start as u32, block);
                if at == cut
                    && let Some(dateline) = self.found.last_mut()
                {
                    // A dateline is in capitals because places are, not because it is a headline.
                    (dateline.title_case, dateline.all_caps) = (false, false);
                }
                start = at;
            }
        }
    }

    /// The token after the one at `at` and the closing marks behind it, and whether a sentence ends there.
    fn end(&mut self, tokens: &[Token], at: usize) -> (usize, bool) {
        let end = self.kind(&tokens[at]);
        if matches!(end, End::None) {
            return (at + 1, false);
        }
        let mut next = at + 1;
        let mut quoted = false;
        while let Some(token) = tokens.get(next)
            && token.glued
            && self.closes(token)
        {
            quoted |= token.shape.has(Shape::QUOTE_CLOSE);
            next += 1;
        }
        let ends = tokens.get(next).is_none_or(|follower| self.parts(tokens, at, next, follower, &end, quoted));
        (next, ends)
    }

    /// Whether a sentence starts with `follower`, token `next`, after the end that token `at` is.
    fn parts(&mut self, tokens: &[Token], at: usize, next: usize, follower: &Token, end: &End, quoted: bool) -> bool {
        let Some(c) = follower.span.slice(self.text).chars().next() else { return false };
        let starts = if follower.shape.any(Shape::PUNCT) {
            follower.shape.has(Shape::QUOTE_OPEN) || matches!(c, '(' | '[' | '—' | '–' | '-' | '•' | '¿' | '¡')
        } else {
            !c.is_lowercase()
        };
        if !starts {
            return false;
        }
        if follower.glued && next == at + 1 {
            // The space after the period was lost; then only a capitalised word starts a sentence.
            let word = at > 0 && tokens[at - 1].shape.any(Shape::LOWER | Shape::NUMBER | Shape::CAPITALISED);
            let starts = follower.shape.has(Shape::CAPITALISED) || follower.shape.has(Shape::QUOTE_OPEN);
            return matches!(end, End::Mark) && word && starts;
        }
        // A quotation that ends in an abbreviation ends; one of initials only is a nickname: "J.D." Roe.
        let initials = tokens[at].shape.has(Shape::ABBREVIATION)
            && !self.conventions.abbreviations.contains_key(tokens[at].span.slice(self.text));
        if (quoted && !initials) || matches!(end, End::Mark) {
            return true;
        }
        let word =
            if follower.shape.has(Shape::QUOTE_OPEN) { tokens.get(next + 1).unwrap_or(follower) } else { follower };
        word.shape.has(Shape::CAPITALISED) && self.is_starter(word)
    }

    fn kind(&self, token: &Token) -> End {
        if token.shape.has(Shape::ABBREVIATION) {
            let surface = token.span.slice(self.text);
            let kind = self.conventions.abbreviations.get(surface);
            let never =
                matches!(kind, Some(AbbreviationKind::Title | AbbreviationKind::Number)) || !surface.ends_with('.');
            return if never { End::None } else { End::Weak };
        }
        if !token.shape.has(Shape::PUNCT) {
            return End::None;
        }
        match token.span.slice(self.text) {
            "." | "。" | "؟" | "।" | "！" | "？" | "｡" => End::Mark,
            surface if surface.starts_with(['!', '?']) => End::Mark,
            surface if surface.starts_with("..") || surface.starts_with('…') => End::Weak,
            _ => End::None,
        }
    }

    fn closes(&self, token: &Token) -> bool {
        token.shape.has(Shape::QUOTE_CLOSE)
            || matches!(token.span.slice(self.text), ")" | "]" | "}" | "?" | "!" | "." | "…")
    }

    fn is_starter(&mut self, token: &Token) -> bool {
        self.buffer.clear();
        self.buffer.extend(token.span.slice(self.text).chars().filter(|&c| !is_hidden(c)).flat_map(char::to_lowercase));
        self.conventions.starters.contains(self.buffer.as_str())
    }

    fn push(&mut self, tokens: &[Token], first: u32, block: u32) {
        let (Some(head), Some(tail)) = (tokens.first(), tokens.last()) else { return };
        let (title_case, all_caps) = self.case(tokens);
        self.found.push(Sentence {
            span: Span::new(head.span.start, tail.span.end),
            tokens: first..first + tokens.len() as u32,
            block,
            title_case,
            all_caps,
        });
    }

    /// Whether the sentence is written as headlines are, and whether it is in capitals.
    fn case(&self, tokens: &[Token]) -> (bool, bool) {
        let (mut capitalised, mut capitals, mut letters, mut lower, mut small) = (0usize, 0usize, 0u32, 0usize, 0usize);
        for token in tokens {
            let shape = token.shape;
            if shape.any(Shape::SYMBOL | Shape::PUNCT | Shape::POSSESSIVE) {
                continue;
            }
            if shape.has(Shape::LOWER) {
                small += 1;
                let surface = token.span.slice(self.text);
                // Short words are small in many headlines.
                if surface.len() >= 4 && !self.conventions.function_words.contains(surface) {
                    lower += 1;
                }
            } else if shape.has(Shape::CAPITALISED) {
                capitalised += 1;
                if shape.has(Shape::ALL_CAPS) {
                    capitals += 1;
                    letters += token.span.len();
                }
            }
        }
        // Headlines end without a period; a sentence full of names does not.
        let period = tokens.last().is_some_and(|token| token.span.slice(self.text) == ".");
        (capitalised >= 3 && lower * 8 <= capitalised && !period, small == 0 && capitals >= 2 && letters >= 8)
    }
}
