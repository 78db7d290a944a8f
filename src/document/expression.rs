//! Regular expressions that are matched as they were parsed, without being compiled.
//!
//! A pack has hundreds of expressions and a run may ask each of them about a handful of words or lines. Compiling one costs
//! more than a thousand such questions do when the parsed expression is walked instead: from the set of places in the
//! text where a part may begin follows the set of places where it may end. A set is a bit for each place and no
//! place is tried twice after a repetition's least count, so a walk costs at most *expression × text* steps for each
//! place, whatever the expression. [`LazyRegex`] compiles what is asked for more often than that pays.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use regex::{Regex, RegexBuilder};
use regex_syntax::hir::{Class, Hir, HirKind, Look, Repetition};
use smallvec::{SmallVec, smallvec};

use super::tail::Tail;

/// The most memory one compiled expression may take, in bytes: room for long bounded repetitions of letters, and no more.
const MAX_COMPILED: usize = 1 << 24;
/// Up to this many steps an expression is sure to fit into [`MAX_COMPILED`].
const SURE: usize = 200_000;
/// Longest expression, in bytes.
const MAX_LENGTH: usize = 1 << 14;
/// Texts an expression is asked about before it is compiled.
const TRIES: u32 = 100;
/// Longest text that is walked, in bytes.
const WALKED: usize = 1 << 12;

/// A parsed expression.
#[derive(Debug, Clone)]
pub struct Expression {
    source: Box<str>,
    hir: Hir,
    /// Every match begins at the start of the text.
    from_start: bool,
    /// Every match ends at the end of the text.
    to_end: bool,
    /// What can be told from the end of the text alone, if matches end there.
    tail: Option<Tail>,
}

/// Which way a text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Forward,
    Backward,
}

impl Expression {
    /// Reads an expression in the syntax of the `regex` crate.
    ///
    /// # Errors
    /// What is wrong with it, in one line.
    pub fn parse(source: &str) -> Result<Expression, String> {
        if source.len() > MAX_LENGTH {
            return Err(format!("an expression may be at most {MAX_LENGTH} bytes long"));
        }
        let hir = regex_syntax::parse(source).map_err(|error| {
            let message = error.to_string();
            message.lines().last().unwrap_or("it cannot be read").trim_start_matches("error: ").to_owned()
        })?;
        let properties = hir.properties();
        let from_start = properties.look_set_prefix().contains(Look::Start);
        let to_end = properties.look_set_suffix().contains(Look::End);
        if steps(&hir) > SURE && RegexBuilder::new(source).size_limit(MAX_COMPILED).build().is_err() {
            return Err("the expression is too large: its repetitions multiply".to_owned());
        }
        let tail = to_end.then(|| Tail::of(&hir, from_start));
        Ok(Expression { source: source.into(), hir, from_start, to_end, tail })
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.source
    }

    /// The parsed form.
    pub(super) fn hir(&self) -> &Hir {
        &self.hir
    }

    /// Whether it matches somewhere in the text.
    pub fn is_match(&self, text: &str) -> bool {
        if self.tail.as_ref().is_some_and(|tail| !tail.fits(text)) {
            return false;
        }
        let (way, from) = match (self.from_start, self.to_end) {
            (true, _) => (Way::Forward, Places::one(0, text.len())),
            (false, true) => (Way::Backward, Places::one(text.len(), text.len())),
            (false, false) => (Way::Forward, Places::between_characters(text)),
        };
        !Walk { text, way }.through(&self.hir, &from).is_empty()
    }
}

/// About the number of instructions an expression is compiled to.
fn steps(hir: &Hir) -> usize {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 1,
        HirKind::Literal(literal) => literal.0.len(),
        HirKind::Class(Class::Unicode(class)) => 4 * class.ranges().len(),
        HirKind::Class(Class::Bytes(class)) => class.ranges().len(),
        HirKind::Repetition(repetition) => {
            let times = repetition.max.unwrap_or(repetition.min.saturating_add(1)).max(1) as usize;
            steps(&repetition.sub).saturating_mul(times)
        }
        HirKind::Capture(capture) => steps(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().fold(0, |sum, part| sum.saturating_add(steps(part)))
        }
    }
}

/// A set of places in a text, as bits: byte offsets, always between two characters. That of a word is a number or two.
#[derive(Debug, Clone, PartialEq)]
struct Places(SmallVec<[u64; 2]>);

impl Places {
    /// None of a text of so many bytes, which has one place more.
    fn none(length: usize) -> Places {
        Places(smallvec![0; length / 64 + 1])
    }

    fn one(place: usize, length: usize) -> Places {
        let mut places = Places::none(length);
        places.insert(place);
        places
    }

    fn between_characters(text: &str) -> Places {
        let mut places = Places::one(text.len(), text.len());
        text.char_indices().for_each(|(at, _)| places.insert(at));
        places
    }

    fn insert(&mut self, place: usize) {
        self.0[place / 64] |= 1 << (place % 64);
    }

    fn add(&mut self, other: &Places) {
        self.0.iter_mut().zip(&other.0).for_each(|(all, more)| *all |= more);
    }

    fn remove(&mut self, other: &Places) {
        self.0.iter_mut().zip(&other.0).for_each(|(all, less)| *all &= !less);
    }

    fn is_empty(&self) -> bool {
        self.0.iter().all(|bits| *bits == 0)
    }

    /// Where each leads that leads anywhere.
    fn map(&self, lead: impl Fn(usize) -> Option<usize>) -> Places {
        let mut to = Places(smallvec![0; self.0.len()]);
        for (block, &bits) in self.0.iter().enumerate() {
            let mut bits = bits;
            while bits != 0 {
                if let Some(place) = lead(block * 64 + bits.trailing_zeros() as usize) {
                    to.insert(place);
                }
                bits &= bits - 1;
            }
        }
        to
    }
}

/// One text, read one way.
struct Walk<'t> {
    text: &'t str,
    way: Way,
}

impl Walk<'_> {
    /// The places where a match of `hir` that begins at one of `from` may end.
    fn through(&self, hir: &Hir, from: &Places) -> Places {
        match hir.kind() {
            HirKind::Empty => from.clone(),
            HirKind::Look(look) => from.map(|at| self.holds(*look, at).then_some(at)),
            HirKind::Literal(literal) => from.map(|at| self.over_literal(at, &literal.0)),
            HirKind::Class(class) => from.map(|at| self.over_class(at, class)),
            HirKind::Capture(capture) => self.through(&capture.sub, from),
            HirKind::Concat(parts) => {
                let mut here = from.clone();
                for n in 0..parts.len() {
                    let part = if self.way == Way::Forward { &parts[n] } else { &parts[parts.len() - 1 - n] };
                    here = self.through(part, &here);
                    if here.is_empty() {
                        break;
                    }
                }
                here
            }
            HirKind::Alternation(parts) => {
                let mut all = Places::none(self.text.len());
                parts.iter().for_each(|part| all.add(&self.through(part, from)));
                all
            }
            HirKind::Repetition(repetition) => self.repeated(repetition, from),
        }
    }

    fn repeated(&self, repetition: &Repetition, from: &Places) -> Places {
        let mut here = from.clone();
        for _ in 0..repetition.min {
            let next = self.through(&repetition.sub, &here);
            if next == here {
                break;
            }
            here = next;
        }
        let mut all = here.clone();
        // What was reached before needs not be gone on from again: there are no fewer repetitions left then.
        for _ in repetition.min..repetition.max.unwrap_or(u32::MAX) {
            here = self.through(&repetition.sub, &here);
            here.remove(&all);
            if here.is_empty() {
                break;
            }
            all.add(&here);
        }
        all
    }

    fn over_literal(&self, at: usize, literal: &[u8]) -> Option<usize> {
        let bytes = self.text.as_bytes();
        match self.way {
            Way::Forward => bytes[at..].starts_with(literal).then_some(at + literal.len()),
            Way::Backward => bytes[..at].ends_with(literal).then(|| at - literal.len()),
        }
    }

    fn over_class(&self, at: usize, class: &Class) -> Option<usize> {
        let c = match self.way {
            Way::Forward => self.text[at..].chars().next(),
            Way::Backward => self.text[..at].chars().next_back(),
        }?;
        let within = match class {
            Class::Unicode(class) => {
                let ranges = class.ranges();
                let after = ranges.partition_point(|range| range.start() <= c);
                after.checked_sub(1).and_then(|at| ranges.get(at)).is_some_and(|range| c <= range.end())
            }
            // Outside Unicode mode classes hold nothing but ASCII: all else could match half a character.
            Class::Bytes(class) => {
                u8::try_from(c).is_ok_and(|c| class.ranges().iter().any(|range| range.start() <= c && c <= range.end()))
            }
        };
        let length = c.len_utf8();
        within.then(|| if self.way == Way::Forward { at + length } else { at - length })
    }

    fn holds(&self, look: Look, at: usize) -> bool {
        let (before, after) = (self.text[..at].chars().next_back(), self.text[at..].chars().next());
        let ascii = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
        let unicode = |c: Option<char>| c.is_some_and(regex_syntax::is_word_character);
        let line = |c: Option<char>| c.is_none_or(|c| c == '\n');
        match look {
            Look::Start => before.is_none(),
            Look::End => after.is_none(),
            Look::StartLF => line(before),
            Look::EndLF => line(after),
            Look::StartCRLF => line(before) || before == Some('\r') && after != Some('\n'),
            Look::EndCRLF => after == Some('\r') || line(after) && (after.is_none() || before != Some('\r')),
            Look::WordAscii => ascii(before) != ascii(after),
            Look::WordAsciiNegate => ascii(before) == ascii(after),
            Look::WordUnicode => unicode(before) != unicode(after),
            Look::WordUnicodeNegate => unicode(before) == unicode(after),
            Look::WordStartAscii => !ascii(before) && ascii(after),
            Look::WordEndAscii => ascii(before) && !ascii(after),
            Look::WordStartUnicode => !unicode(before) && unicode(after),
            Look::WordEndUnicode => unicode(before) && !unicode(after),
            Look::WordStartHalfAscii => !ascii(before),
            Look::WordEndHalfAscii => !ascii(after),
            Look::WordStartHalfUnicode => !unicode(before),
            Look::WordEndHalfUnicode => !unicode(after),
        }
    }
}

/// An expression that is compiled when it has been asked often enough, or for groups.
#[derive(Debug)]
pub struct LazyRegex {
    expression: Arc<Expression>,
    tries: AtomicU32,
    regex: OnceLock<Option<Regex>>,
}

impl From<Expression> for LazyRegex {
    fn from(expression: Expression) -> LazyRegex {
        Arc::new(expression).into()
    }
}

impl From<Arc<Expression>> for LazyRegex {
    fn from(expression: Arc<Expression>) -> LazyRegex {
        LazyRegex { expression, tries: AtomicU32::new(0), regex: OnceLock::new() }
    }
}

impl LazyRegex {
    /// Reads an expression in the syntax of the `regex` crate.
    ///
    /// # Errors
    /// What is wrong with it, in one line.
    pub fn new(source: &str) -> Result<LazyRegex, String> {
        Ok(Expression::parse(source)?.into())
    }

    /// The parsed expression.
    pub(super) fn expression(&self) -> &Expression {
        &self.expression
    }

    /// Whether it matches somewhere in the text.
    pub fn is_match(&self, text: &str) -> bool {
        if self.regex.get().is_none() && text.len() <= WALKED && self.tries.fetch_add(1, Ordering::Relaxed) < TRIES {
            return self.expression.is_match(text);
        }
        self.compiled().map_or_else(|| self.expression.is_match(text), |regex| regex.is_match(text))
    }

    /// The compiled expression, if it matches somewhere in the text: to find out where, and its groups.
    pub fn matching(&self, text: &str) -> Option<&Regex> {
        self.is_match(text).then(|| self.compiled()).flatten()
    }

    fn compiled(&self) -> Option<&Regex> {
        self.regex
            .get_or_init(|| RegexBuilder::new(self.expression.as_str()).size_limit(MAX_COMPILED).build().ok())
            .as_ref()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PATTERNS: &[&str] = &[
        r"^(?:\p{Lu}[^0-9(]{2,5} ?\(\p{Ll}+\))$",
        "(?i)s?k*",
        r"(?:a|b)?c$",
        r"^[\p{Lu}’ ]+-{1,2}",
        "(?:é|è)t[ée]|x$|",
        ".",
        r"\b[ab]+\b",
        r"^(?:a{2,3}b?){2}$",
        "(?:(?:a?){3}b{2,})*c",
        "(?:[^aeiou]y)$",
        r"(?m)^b|(?R)c$",
        r"\B\b{end}|(?-u:\b)é",
        "(?s)a.b",
        "(a|ab)(c|bcd)(d*)$",
        "^(?:(?:ab|a)(?:b|))*$",
    ];

    fn agrees(pattern: &str, text: &str) {
        let lazy = Expression::parse(pattern).unwrap();
        assert_eq!(lazy.is_match(text), Regex::new(pattern).unwrap().is_match(text), "{pattern} on {text:?}");
    }

    proptest! {
        #[test]
        fn walking_says_what_the_compiled_expression_says(text in "[abcdéèytK ſ’(\n\r-]{0,12}", which in 0..PATTERNS.len()) {
            agrees(PATTERNS[which], &text);
        }

        #[test]
        fn any_expression_of_small_parts(parts in "([ab.]|\\(a\\|bb?\\)[*+?]|[ab]\\{1,3\\}|\\^|\\$){1,6}", text in "[ab]{0,9}") {
            if Regex::new(&parts).is_ok() {
                agrees(&parts, &text);
            }
        }
    }

    #[test]
    fn compiled_after_many_questions() {
        let lazy = LazyRegex::new("^a+$").unwrap();
        for _ in 0..TRIES {
            assert!(lazy.is_match("aa") && !lazy.is_match("ab") || lazy.regex.get().is_some());
        }
        assert!(lazy.regex.get().is_some() && lazy.is_match("aaa") && !lazy.is_match(&"ab".repeat(WALKED)));
    }

    #[test]
    fn bad_and_huge_ones_are_refused() {
        assert!(LazyRegex::new("(").is_err_and(|message| message == "unclosed group"));
        assert!(LazyRegex::new(r"\pL{1000}{1000}").is_err());
        assert!(LazyRegex::new(&"a".repeat(MAX_LENGTH + 1)).is_err());
        assert!(LazyRegex::new(&"(".repeat(MAX_LENGTH)).is_err());
    }
}
