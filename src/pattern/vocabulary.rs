//! What patterns may speak of: types, token flags, lists and inflections, as the rules room provides them.

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::ast::{Ast, WordClass};
use super::lexis::{Lexis, WordId, WordSet, fold};
use super::sequence::Phrases;
use super::spread::Raw;
use crate::document::Expression;

/// A type of the pack, as an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub u8);

/// A set of types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct TypeMask([u64; 4]);

/// Most types a pack may have.
pub const MAX_TYPES: usize = 256;

impl TypeMask {
    /// No type.
    pub const NONE: TypeMask = TypeMask([0; 4]);
    /// Every type.
    pub const ALL: TypeMask = TypeMask([u64::MAX; 4]);
    /// Just this type.
    pub fn of(id: TypeId) -> Self {
        let mut mask = Self::NONE;
        mask.insert(id);
        mask
    }
    /// Adds a type.
    pub fn insert(&mut self, id: TypeId) {
        self.0[id.0 as usize / 64] |= 1 << (id.0 % 64);
    }
    /// Whether the type is in the set.
    pub fn contains(self, id: TypeId) -> bool {
        self.0[id.0 as usize / 64] & (1 << (id.0 % 64)) != 0
    }
    /// Both sets together.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] | other.0[i]))
    }
    /// Whether the sets share a type.
    pub fn meets(self, other: Self) -> bool {
        (0..4).any(|i| self.0[i] & other.0[i] != 0)
    }
    /// Whether every type of this set is in the other.
    pub fn within(self, other: Self) -> bool {
        (0..4).all(|i| self.0[i] & !other.0[i] == 0)
    }
    /// Whether no type is in it.
    pub fn is_empty(self) -> bool {
        self == Self::NONE
    }
}

/// What is known of one token, as bits: its shape, its part of speech and its morphology.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Flags(pub u64);

macro_rules! flags {
    ($($name:ident = $bit:expr, $text:literal, $doc:literal;)*) => {
        impl Flags {
            $(#[doc = $doc] pub const $name: Flags = Flags(1 << $bit);)*
            /// Every flag a pattern can name, with what it means.
            pub const NAMED: &'static [(&'static str, Flags, &'static str)] = &[$(($text, Flags(1 << $bit), $doc),)*];
        }
    };
}

flags! {
    CAP = 0, "cap", "begins with a capital letter";
    CAPS = 1, "caps", "two or more letters, all capital";
    LOWER = 2, "lower", "all letters small";
    INITIAL = 3, "initial", "one capital letter, with or without a period";
    NUMBER = 4, "number", "written in digits";
    PUNCT = 5, "punct", "punctuation";
    HYPHENATED = 6, "hyphenated", "has an inner hyphen";
    NAME = 7, "name", "looks like a part of a name: capitalised, and not merely because it begins a sentence or stands in a headline";
    KNOWN = 8, "known", "an ordinary word of the language";
    FIRST = 9, "first", "the first word of its sentence";
    LAST = 10, "last", "the last word of its sentence";
    QUOTED = 11, "quoted", "inside quotation marks";
    GLUED = 12, "glued", "no white space before it";
    ADJ = 16, "adj", "adjective";
    ADP = 17, "adp", "adposition";
    ADV = 18, "adv", "adverb";
    AUX = 19, "aux", "auxiliary";
    CCONJ = 20, "cconj", "coordinating conjunction";
    DET = 21, "det", "determiner";
    INTJ = 22, "intj", "interjection";
    NOUN = 23, "noun", "noun";
    NUM = 24, "num", "numeral";
    PART = 25, "part", "particle";
    PRON = 26, "pron", "pronoun";
    PROPN = 27, "propn", "proper noun";
    SCONJ = 29, "sconj", "subordinating conjunction";
    SYM = 30, "sym", "symbol";
    VERB = 31, "verb", "verb";
    OTHER = 32, "x", "other";
    PAST = 33, "past", "past tense";
    PRESENT = 34, "present", "present tense";
    FINITE = 35, "finite", "finite verb form";
    INFINITIVE = 36, "infinitive", "infinitive";
    PARTICIPLE = 37, "participle", "participle";
    GERUND = 38, "gerund", "gerund";
    PLURAL = 39, "plural", "plural";
    SINGULAR = 40, "singular", "singular";
}

impl Flags {
    /// Whether all of `other` is set.
    pub fn has(self, other: Flags) -> bool {
        self.0 & other.0 == other.0
    }
    /// Sets `other`.
    pub fn set(&mut self, other: Flags) {
        self.0 |= other.0;
    }
    /// Clears `other`.
    pub fn clear(&mut self, other: Flags) {
        self.0 &= !other.0;
    }
    /// The flag a pattern names so.
    pub fn named(name: &str) -> Option<Flags> {
        Self::NAMED.iter().find(|(n, ..)| *n == name).map(|(_, f, _)| *f)
    }
}

/// A named list of phrases, or a named piece of pattern.
#[derive(Debug, Clone)]
pub enum Definition {
    /// Words and phrases.
    Words(Vec<String>),
    /// A pattern to put in its place.
    Fragment(Ast),
}

/// The classes of function words that patterns are read with. All come from the language pack.
#[derive(Debug, Clone, Default)]
pub struct FunctionWords {
    /// Skipped in patterns and text: *the, a, this*.
    pub determiner: WordSet,
    /// Open an oblique: *with, for, against*.
    pub adposition: WordSet,
    /// Join equals: *and*.
    pub conjunction: WordSet,
    /// Mark an infinitive: *to*.
    pub infinitive: WordSet,
    /// Open a clause: *that, whether*.
    pub complementizer: WordSet,
    /// Join a subject to a predicate that is no verb: *be*.
    pub copula: WordSet,
    /// Mark the agent of a passive: *by*.
    pub agent: WordSet,
    /// Join a companion to a subject: *with*.
    pub comitative: WordSet,
    /// Link a noun to its owner: *of*.
    pub genitive: WordSet,
    /// Help another verb: *must, have*.
    pub auxiliary: WordSet,
    /// Words of any class above or otherwise not inflected.
    pub uninflected: WordSet,
}

/// Gives all inflections of a word as a verb, as a noun or as both.
pub type Inflect<'a> = dyn Fn(&str, Option<WordClass>) -> Cow<'a, [String]> + 'a;

/// Everything patterns are compiled against.
pub struct Vocabulary<'a> {
    /// Interned words; grows while rules compile.
    pub lexis: &'a mut Lexis,
    /// Type names to what satisfies them.
    pub types: &'a FxHashMap<String, TypeMask>,
    /// Lists and fragments by name.
    pub definitions: &'a FxHashMap<String, Definition>,
    /// Function words.
    pub function: &'a FunctionWords,
    /// All inflections of a word, itself included.
    pub inflect: &'a Inflect<'a>,
    /// Ordinary words that rules speak of; grows while rules compile.
    pub ordinary: &'a mut WordSet,
    /// How frequent a word is in running text, in any unit.
    pub frequency: &'a dyn Fn(&str) -> u32,
    /// What was worked out for earlier patterns.
    pub memo: &'a mut Memo,
}

/// Results that many patterns share: rules use the same words and lists over and over. Good for as long as definitions,
/// function words and inflections stay as they are.
#[derive(Debug, Default)]
pub struct Memo {
    /// Forms by word as written, by class.
    forms: FxHashMap<Option<WordClass>, FxHashMap<Box<str>, WordSet>>,
    /// Content words as clauses hold them, the same way.
    pub(super) atoms: FxHashMap<Option<WordClass>, FxHashMap<Box<str>, Raw>>,
    /// Words inflected so far.
    words: usize,
    /// Expressions for whole tokens, as they were written.
    expressions: FxHashMap<String, Arc<Expression>>,
    /// Lists as sequences match them.
    pub(super) phrases: FxHashMap<String, Arc<Phrases>>,
    /// Lists as clauses spread them out.
    pub(super) rows: FxHashMap<String, Vec<Vec<Raw>>>,
}

/// Most words that all rules together may speak of: each is kept in all its forms.
pub const MAX_WORDS: usize = 100_000;

impl Memo {
    /// Whether rules speak of more than [`MAX_WORDS`] words. Those that were too many were not inflected.
    pub fn overfull(&self) -> bool {
        self.words > MAX_WORDS
    }
}

impl Vocabulary<'_> {
    /// The interned forms a bare word stands for.
    pub fn forms(&mut self, word: &str, class: Option<WordClass>) -> WordSet {
        if let Some(known) = self.memo.forms.get(&class).and_then(|words| words.get(word)) {
            return known.clone();
        }
        let id = self.lexis.intern(word);
        self.memo.words += 1;
        if self.memo.overfull() {
            return [id].into_iter().collect();
        }
        let set: WordSet =
            if class == Some(WordClass::Other) || class.is_none() && self.function.uninflected.contains(id) {
                [id].into_iter().collect()
            } else {
                let forms = (self.inflect)(&fold(word), class);
                let set = forms.iter().map(|f| self.lexis.intern(f)).chain([id]).collect();
                self.ordinary.extend(&set);
                set
            };
        self.memo.forms.entry(class).or_default().insert(word.into(), set.clone());
        set
    }

    /// An expression that a whole token must match. A list that names one is often repeated.
    pub(super) fn expression(&mut self, text: &str) -> Result<Arc<Expression>, String> {
        if let Some(known) = self.memo.expressions.get(text) {
            return Ok(known.clone());
        }
        let expression = Arc::new(Expression::parse(&format!("^(?:{text})$"))?);
        self.memo.expressions.insert(text.to_owned(), expression.clone());
        Ok(expression)
    }

    /// A word as written, folded.
    pub fn exact(&mut self, word: &str) -> WordId {
        self.lexis.intern(word)
    }
}
