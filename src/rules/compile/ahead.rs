//! What is worked out ahead of the rules, on all cores: their patterns read, their words inflected.
//!
//! Neither needs to know what other patterns say, and together they are half of the work of compiling a pack. What was
//! not foreseen here is done where it is needed, to the same result.

use std::borrow::Cow;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Remains, words};
use crate::language::Inflector;
use crate::pattern::{
    Ast, AstKind, Definition, FunctionWords, Lexis, MAX_WORDS, PatternError, WordClass, fold, listed, parse,
};
use crate::rules::Spanned;
use crate::rules::read::Written;

/// Words by class, then by how they are written: small letters only.
type Forms = FxHashMap<Option<WordClass>, FxHashMap<Box<str>, Vec<String>>>;

/// Patterns and words that rules are going to ask for.
#[derive(Debug, Default)]
pub(super) struct Ahead<'w> {
    patterns: FxHashMap<&'w str, Result<Ast, PatternError>>,
    forms: Forms,
}

impl<'w> Ahead<'w> {
    /// Reads the patterns of all rules.
    pub(super) fn read(written: &'w Written) -> Ahead<'w> {
        let rules = written.rules.par_iter().flat_map_iter(|item| &item.value.patterns);
        let names = written.names.par_iter().flat_map_iter(|item| &item.value.patterns);
        let read = |pattern: &'w Spanned<String>| (pattern.get_ref().as_str(), parse(pattern.get_ref()));
        let all: Vec<_> = rules.chain(names).map(read).collect();
        Ahead { patterns: all.into_iter().collect(), forms: Forms::default() }
    }

    /// Inflects the words that patterns and the lists they name ask for.
    pub(super) fn inflect(
        &mut self,
        written: &Written,
        inflector: Option<&Inflector>,
        definitions: &FxHashMap<String, Definition>,
        function: &FunctionWords,
        lexis: &Lexis,
    ) {
        if inflector.is_none() {
            return;
        }
        let words = {
            let mut wanted =
                Wanted { function, lexis, seen: FxHashSet::default(), words: Vec::new(), lists: Vec::new() };
            for item in &written.rules {
                for ast in item.value.patterns.iter().filter_map(|pattern| self.good(pattern.get_ref())) {
                    wanted.pattern(ast, Use::Clause);
                }
                for word in &item.value.unless {
                    match word.get_ref().strip_prefix('@') {
                        Some(list) => wanted.lists.push((list, Use::Whole)),
                        None => wanted.word(word.get_ref(), None),
                    }
                }
            }
            for item in &written.names {
                for ast in item.value.patterns.iter().filter_map(|pattern| self.good(pattern.get_ref())) {
                    wanted.pattern(ast, Use::Sequence);
                }
            }
            wanted.follow(definitions);
            wanted.words
        };
        let inflected = |(class, word): &(Option<WordClass>, String)| words::inflect(inflector, word, *class);
        let forms: Vec<Vec<String>> = words.par_iter().map(inflected).collect();
        for ((class, word), forms) in words.into_iter().zip(forms) {
            self.forms.entry(class).or_default().insert(word.into(), forms);
        }
    }

    /// Hands over what takes long to be taken apart.
    pub(super) fn remain(self, remains: &mut Remains) {
        remains.add(self.patterns.into_values().collect::<Vec<_>>());
        remains.add(self.forms);
    }

    /// A pattern, read.
    pub(super) fn pattern(&self, text: &str) -> Result<Cow<'_, Ast>, PatternError> {
        match self.patterns.get(text) {
            Some(Ok(ast)) => Ok(Cow::Borrowed(ast)),
            Some(Err(fault)) => Err(fault.clone()),
            None => parse(text).map(Cow::Owned),
        }
    }

    /// All inflections of a word in small letters, if they were foreseen.
    pub(super) fn forms(&self, word: &str, class: Option<WordClass>) -> Option<&[String]> {
        self.forms.get(&class)?.get(word).map(Vec::as_slice)
    }

    fn good(&self, text: &str) -> Option<&Ast> {
        self.patterns.get(text)?.as_ref().ok()
    }
}

/// What a list is named for: each asks for other words of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Use {
    /// In a clause every word of a phrase inflects.
    Clause,
    /// Among neighbouring tokens the last one does.
    Sequence,
    /// A phrase is one word.
    Whole,
}

/// Words to inflect, in the order in which they were met: each once, unless it is written in several ways.
struct Wanted<'a> {
    function: &'a FunctionWords,
    lexis: &'a Lexis,
    seen: FxHashSet<(Option<WordClass>, &'a str)>,
    words: Vec<(Option<WordClass>, String)>,
    /// Lists still to be looked at.
    lists: Vec<(&'a str, Use)>,
}

impl<'a> Wanted<'a> {
    fn word(&mut self, text: &'a str, class: Option<WordClass>) {
        if self.words.len() >= MAX_WORDS || !self.seen.insert((class, text)) {
            return;
        }
        let folded = fold(text);
        let uninflected = match class {
            None => self.function.uninflected.contains(self.lexis.find(&folded)),
            Some(class) => class == WordClass::Other,
        };
        if !uninflected {
            self.words.push((class, folded));
        }
    }

    fn pattern(&mut self, ast: &'a Ast, used: Use) {
        ast.walk(&mut |node| match &node.kind {
            AstKind::Word { text, class } => self.word(text, *class),
            AstKind::List(name) => self.lists.push((name, used)),
            _ => {}
        });
    }

    /// Adds the words of all lists, and of those that they name.
    fn follow(&mut self, definitions: &'a FxHashMap<String, Definition>) {
        let mut seen = FxHashSet::default();
        while let Some((name, used)) = self.lists.pop() {
            if !seen.insert((name, used)) {
                continue;
            }
            match (definitions.get(name), used) {
                (None, _) => {}
                (Some(Definition::Fragment(ast)), _) => self.pattern(ast, used),
                (Some(Definition::Words(phrases)), Use::Clause) => {
                    for (word, class) in phrases.iter().flat_map(|phrase| phrase.split_whitespace()).map(listed) {
                        self.word(word, class);
                    }
                }
                (Some(Definition::Words(phrases)), Use::Sequence) => {
                    phrases
                        .iter()
                        .filter_map(|phrase| phrase.split_whitespace().last())
                        .for_each(|w| self.word(w, None));
                }
                (Some(Definition::Words(phrases)), Use::Whole) => phrases.iter().for_each(|w| self.word(w, None)),
            }
        }
    }
}
