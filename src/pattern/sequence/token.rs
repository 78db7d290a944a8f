//! What one token must be: words, letters, tags and types in one test.
//!
//! Most alternatives of a pattern take a single token each, and lists name dozens of them. All of them together are one
//! [`Class`], so that a token is looked at once. Tests of flags and types are brought into a form that a few bits decide.

use std::sync::Arc;

use super::Tokens;
use crate::document::LazyRegex;
use crate::pattern::lexis::{WordId, WordSet};
use crate::pattern::vocabulary::{Flags, TypeMask};

/// A set of tokens: a token is in it where any part says so.
#[derive(Debug, Clone, Default)]
pub struct Class {
    /// Every token is.
    pub(super) any: bool,
    /// What flags and types tell.
    pub(super) tests: Vec<Test>,
    /// Folded words.
    pub(super) words: WordSet,
    exact: Exact,
    possessive: bool,
    /// Punctuation, dashes made alike.
    marks: Vec<Box<str>>,
    regexes: Vec<Arc<LazyRegex>>,
}

impl Class {
    /// Every token.
    pub(super) fn any() -> Self {
        Self { any: true, ..Self::default() }
    }
    /// Tokens whose folded word is one of these.
    pub(super) fn words(words: WordSet) -> Self {
        Self { words, ..Self::default() }
    }
    /// Tokens written exactly so.
    pub(super) fn exact(text: &str) -> Self {
        let mut class = Self::default();
        class.exact.insert(text.into());
        class
    }
    /// Possessive marks.
    pub(super) fn possessive() -> Self {
        Self { possessive: true, ..Self::default() }
    }
    /// A punctuation mark; all dashes are alike.
    pub(super) fn mark(mark: &str) -> Self {
        Self { marks: vec![plain_mark(mark).into()], ..Self::default() }
    }
    /// Tokens that a regular expression matches as written.
    pub(super) fn regex(regex: LazyRegex) -> Self {
        Self { regexes: vec![Arc::new(regex)], ..Self::default() }
    }
    /// Tokens that pass a test.
    pub(super) fn test(test: Test) -> Self {
        let tests = match test {
            Test::Any(tests) => tests.into_vec(),
            one => vec![one],
        };
        Self { tests, ..Self::default() }
    }
    /// Tokens where a mention of one of these types begins.
    pub(super) fn types(types: TypeMask) -> Self {
        Self::test(Test::types(types))
    }

    /// Adds what is in another class.
    pub(super) fn absorb(&mut self, other: &Class) {
        self.any |= other.any;
        self.possessive |= other.possessive;
        self.words.extend(&other.words);
        other.exact.texts.iter().for_each(|text| self.exact.insert(text.clone()));
        for test in other.tests.iter().filter(|test| !self.tests.contains(test)).cloned().collect::<Vec<_>>() {
            self.tests.push(test);
        }
        for mark in &other.marks {
            if !self.marks.contains(mark) {
                self.marks.push(mark.clone());
            }
        }
        for regex in &other.regexes {
            if !self.regexes.iter().any(|known| Arc::ptr_eq(known, regex)) {
                self.regexes.push(regex.clone());
            }
        }
    }

    /// Whether it holds nothing but words.
    pub(super) fn only_words(&self) -> bool {
        !self.any && self.tests.is_empty() && self.lists_no_text()
    }

    fn lists_no_text(&self) -> bool {
        !self.possessive && self.exact.texts.is_empty() && self.marks.is_empty() && self.regexes.is_empty()
    }

    /// How few tokens are in it, as a guess: 0 fewest, 3 all.
    pub(super) fn breadth(&self) -> u8 {
        match () {
            () if self.any => 3,
            () if self.tests.iter().any(|test| !test.typed()) => 2,
            () if self.tests.is_empty() => 1,
            () => 0,
        }
    }

    /// Whether both hold the same tokens, for all that can be told quickly.
    pub(super) fn same(&self, other: &Class) -> bool {
        (self.any, self.possessive) == (other.any, other.possessive)
            && self.exact == other.exact
            && self.marks == other.marks
            && self.tests == other.tests
            && self.regexes.len() == other.regexes.len()
            && self.regexes.iter().zip(&other.regexes).all(|(a, b)| Arc::ptr_eq(a, b))
            && self.words == other.words
    }

    /// Whether a token is in it.
    pub(super) fn takes<T: Tokens>(&self, tokens: &T, at: usize) -> bool {
        self.any
            || !self.tests.is_empty() && self.takes_kind(tokens.flags(at), tokens.types(at))
            || self.words.contains(tokens.word(at))
            || !self.lists_no_text() && self.takes_text(tokens.text(at))
    }

    /// Whether a token with these flags, at which mentions of these types begin, is in it, whatever its form.
    pub(super) fn takes_kind(&self, flags: Flags, types: &TypeMask) -> bool {
        self.any || self.tests.iter().any(|test| test.holds(flags, types))
    }

    /// Whether tokens of this form are in it, whatever else is known of them.
    pub(super) fn takes_form(&self, word: WordId, text: &str) -> bool {
        self.words.contains(word) || !self.lists_no_text() && self.takes_text(text)
    }

    fn takes_text(&self, text: &str) -> bool {
        self.exact.contains(text)
            || self.possessive && is_possessive(text)
            || !self.marks.is_empty() && self.marks.iter().any(|mark| **mark == *plain_mark(text))
            || self.regexes.iter().any(|regex| regex.is_match(text))
    }
}

/// Texts in order, with the first bytes that any of them has.
#[derive(Debug, Clone, Default, PartialEq)]
struct Exact {
    texts: Vec<Box<str>>,
    /// Bit `b % 64` for a first byte `b`.
    firsts: u64,
}

impl Exact {
    fn bit(text: &str) -> u64 {
        text.as_bytes().first().map_or(0, |byte| 1 << (byte % 64))
    }

    fn insert(&mut self, text: Box<str>) {
        self.firsts |= Self::bit(&text);
        if let Err(at) = self.texts.binary_search(&text) {
            self.texts.insert(at, text);
        }
    }

    fn contains(&self, text: &str) -> bool {
        self.firsts & Self::bit(text) != 0 && self.texts.binary_search_by(|known| (**known).cmp(text)).is_ok()
    }
}

/// A test of flags and types.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Test {
    Row(Row),
    All(Box<[Test]>),
    Any(Box<[Test]>),
}

/// What must be so and what must not.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    all: Flags,
    none: Flags,
    /// A mention of one of these begins here, where any is asked for.
    types: Option<TypeMask>,
    /// No mention of one of these begins here.
    not_types: TypeMask,
}

impl Row {
    const FREE: Row = Row { all: Flags(0), none: Flags(0), types: None, not_types: TypeMask::NONE };

    /// Both in one, where one row can say so.
    fn and(&self, other: &Row) -> Option<Row> {
        let types = match (self.types, other.types) {
            (Some(_), Some(_)) => return None,
            (one, other) => one.or(other),
        };
        Some(Row {
            all: Flags(self.all.0 | other.all.0),
            none: Flags(self.none.0 | other.none.0),
            types,
            not_types: self.not_types.union(other.not_types),
        })
    }
}

impl Test {
    /// A flag, a single bit, is set or is not.
    pub(super) fn flag(flag: Flags, wanted: bool) -> Test {
        Test::Row(if wanted { Row { all: flag, ..Row::FREE } } else { Row { none: flag, ..Row::FREE } })
    }

    /// A mention of one of these types begins here, or none does.
    pub(super) fn of_types(types: TypeMask, wanted: bool) -> Test {
        if wanted { Test::types(types) } else { Test::Row(Row { not_types: types, ..Row::FREE }) }
    }

    fn types(types: TypeMask) -> Test {
        Test::Row(Row { types: Some(types), ..Row::FREE })
    }

    /// Both hold.
    pub(super) fn both(one: Test, other: Test) -> Test {
        let mut parts: Vec<Test> = Vec::new();
        for test in [one, other] {
            let new = match test {
                Test::All(tests) => tests.into_vec(),
                test => vec![test],
            };
            for test in new {
                let merged = parts.iter_mut().any(|known| match (&mut *known, &test) {
                    (Test::Row(a), Test::Row(b)) => a.and(b).map(|both| *a = both).is_some(),
                    _ => false,
                });
                if !merged {
                    parts.push(test);
                }
            }
        }
        if parts.len() == 1 { parts.swap_remove(0) } else { Test::All(parts.into()) }
    }

    /// Either holds.
    pub(super) fn either(one: Test, other: Test) -> Test {
        let mut parts: Vec<Test> = Vec::new();
        for test in [one, other] {
            match test {
                Test::Any(tests) => parts.extend(tests),
                test => parts.push(test),
            }
        }
        Test::Any(parts.into())
    }

    /// Whether a token with these flags, at which mentions of these types begin, passes.
    pub(super) fn holds(&self, flags: Flags, here: &TypeMask) -> bool {
        match self {
            Test::Row(row) => {
                flags.has(row.all)
                    && flags.0 & row.none.0 == 0
                    && row.types.is_none_or(|types| types.meets(*here))
                    && !here.meets(row.not_types)
            }
            Test::All(tests) => tests.iter().all(|test| test.holds(flags, here)),
            Test::Any(tests) => tests.iter().any(|test| test.holds(flags, here)),
        }
    }

    /// Whether a mention must begin where it holds.
    fn typed(&self) -> bool {
        match self {
            Test::Row(row) => row.types.is_some(),
            Test::All(tests) => tests.iter().any(Test::typed),
            Test::Any(tests) => tests.iter().all(Test::typed),
        }
    }
}

/// Whether a token is a possessive mark, with or without its apostrophe (real pages lose it).
pub fn is_possessive(text: &str) -> bool {
    text.len() <= 4 && matches!(text, "'s" | "’s" | "'" | "’" | "s" | "S" | "'S" | "’S" | "‘s")
}

/// A mark, dashes made alike.
fn plain_mark(mark: &str) -> &str {
    match mark {
        "–" | "—" | "--" => "-",
        mark => mark,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: Flags = Flags::NAME;
    const B: Flags = Flags::KNOWN;
    const C: Flags = Flags::CAPS;

    #[test]
    fn tests_of_flags_become_one_row() {
        let mut test = Test::flag(A, true);
        for (flag, wanted) in [(B, false), (C, true)] {
            test = Test::both(test, Test::flag(flag, wanted));
        }
        assert!(matches!(test, Test::Row(_)));
        for bits in 0..8 {
            let flags = Flags([A, B, C].iter().enumerate().map(|(i, f)| f.0 * (bits >> i & 1)).sum());
            assert_eq!(test.holds(flags, &TypeMask::NONE), flags.has(A) && !flags.has(B) && flags.has(C), "{bits}");
        }
        let either = Test::either(test, Test::both(Test::flag(A, true), Test::flag(B, true)));
        assert!(either.holds(Flags(A.0 | B.0), &TypeMask::NONE) && !either.holds(B, &TypeMask::NONE));
    }

    #[test]
    fn two_sets_of_types_are_asked_for_one_by_one() {
        let [one, other] = [3, 200].map(|id| TypeMask::of(crate::pattern::TypeId(id)));
        let both = Test::both(Test::of_types(one, true), Test::of_types(other, true));
        assert!(both.holds(Flags::default(), &one.union(other)));
        assert!(!both.holds(Flags::default(), &one) && !both.holds(Flags::default(), &other));
        let but = Test::both(Test::of_types(one, true), Test::of_types(other, false));
        assert!(but.holds(Flags::default(), &one) && !but.holds(Flags::default(), &one.union(other)));
    }

    #[test]
    fn texts_are_found() {
        let mut exact = Exact::default();
        ["Court", "Bank", "Inc.", "Bank"].into_iter().for_each(|text| exact.insert(text.into()));
        assert!(exact.contains("Bank") && exact.contains("Court") && exact.contains("Inc."));
        assert!(!exact.contains("Ban") && !exact.contains("") && !exact.contains("bank"));
    }
}
