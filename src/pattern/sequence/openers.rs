//! Which of many sequences are worth running at a token.
//!
//! A sequence is run only where its first token can stand and where the sentence holds, far enough on, what every match of
//! it needs. Sequences that begin alike or need the same are asked about once; what words and letters tell is looked
//! up by the word, and only flags and types are tested one by one. The order in which sequences come out is fixed: those
//! found by a word, then those found by a mention, then the others, each in order of their numbers.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::token::Class;
use super::{Sequence, Tokens};
use crate::pattern::lexis::WordId;
use crate::pattern::vocabulary::{Flags, TypeMask};

/// An index over sequences.
#[derive(Debug, Default)]
pub struct Openers {
    /// What a folded word and a written one tell, by number.
    by_word: FxHashMap<WordId, u32>,
    by_text: FxHashMap<Box<str>, u32>,
    told: Vec<Told>,
    by_type: Vec<(TypeMask, u32)>,
    /// All types of `by_type`.
    types: TypeMask,
    /// What the other sequences begin with.
    openers: Vec<Opener>,
    /// What sequences need, each once.
    needed: Vec<Asked>,
    /// For each sequence the numbers of what it needs, and how far on at least.
    needs: Vec<Vec<(u32, u32)>>,
}

/// What a word tells.
#[derive(Debug, Default)]
struct Told {
    /// Sequences that begin with it.
    sequences: Vec<u32>,
    /// Openers and needs that it meets.
    openers: Vec<u32>,
    needs: Vec<u32>,
}

#[derive(Debug)]
struct Opener {
    asked: Asked,
    /// Sequences that begin with it, as bits.
    sequences: Vec<u64>,
}

/// A class of tokens.
#[derive(Debug)]
struct Asked {
    class: Arc<Class>,
    /// What is left of it without words and texts, which are looked up; none if nothing is.
    rest: Option<Class>,
    /// Flags that all tokens in the rest have.
    required: Flags,
}

/// What is known of a sentence, reused from sentence to sentence.
#[derive(Debug, Default)]
pub struct Hopes {
    /// One past the last token that meets each need; `UNKNOWN` before flags and types were looked at.
    last: Vec<u32>,
    /// The same for words and texts.
    listed: Vec<u32>,
    /// By token what its word and its text tell, `UNKNOWN` for nothing.
    told: Vec<[u32; 2]>,
    /// Sequences that can begin at a token, as bits.
    open: Vec<u64>,
}

const UNKNOWN: u32 = u32::MAX;

impl Openers {
    /// Indexes sequences, which are numbered in their order.
    pub fn new<'s>(sequences: impl ExactSizeIterator<Item = &'s Sequence>) -> Self {
        let mut index = Self::default();
        let blocks = sequences.len().div_ceil(64);
        for (number, sequence) in (0_u32..).zip(sequences) {
            let first = sequence.first();
            if first.anything {
                let opener = index.opener(&first.class, blocks);
                index.openers[opener].sequences[number as usize / 64] |= 1 << (number % 64);
            } else {
                for word in first.words.iter() {
                    index.told_by(word).sequences.push(number);
                }
                if !first.types.is_empty() {
                    index.by_type.push((first.types, number));
                    index.types = index.types.union(first.types);
                }
            }
            let needs = sequence.needs.iter().map(|need| (index.need(&need.class), need.after)).collect();
            index.needs.push(needs);
        }
        index
    }

    fn told_by(&mut self, word: WordId) -> &mut Told {
        let new = self.told.len() as u32;
        let number = *self.by_word.entry(word).or_insert(new);
        if number == new {
            self.told.push(Told::default());
        }
        &mut self.told[number as usize]
    }

    fn told_by_text(&mut self, text: &str) -> &mut Told {
        let number = self.by_text.get(text).copied().unwrap_or_else(|| {
            self.by_text.insert(text.into(), self.told.len() as u32);
            self.told.push(Told::default());
            self.told.len() as u32 - 1
        });
        &mut self.told[number as usize]
    }

    fn opener(&mut self, class: &Arc<Class>, blocks: usize) -> usize {
        if let Some(known) = self.openers.iter().position(|opener| opener.asked.class.same(class)) {
            return known;
        }
        let number = self.openers.len();
        class.words.iter().for_each(|word| self.told_by(word).openers.push(number as u32));
        class.texts().for_each(|text| self.told_by_text(text).openers.push(number as u32));
        self.openers.push(Opener { asked: Asked::of(class), sequences: vec![0; blocks] });
        number
    }

    fn need(&mut self, class: &Arc<Class>) -> u32 {
        if let Some(known) = self.needed.iter().position(|need| need.class.same(class)) {
            return known as u32;
        }
        let number = self.needed.len() as u32;
        class.words.iter().for_each(|word| self.told_by(word).needs.push(number));
        class.texts().for_each(|text| self.told_by_text(text).needs.push(number));
        self.needed.push(Asked::of(class));
        number
    }

    /// Looks at a sentence, before any of its tokens is asked about, and again whenever mentions were added to it.
    pub fn survey<T: Tokens>(&self, tokens: &T, hopes: &mut Hopes) {
        hopes.last.clear();
        hopes.last.resize(self.needed.len(), UNKNOWN);
        hopes.listed.clear();
        hopes.listed.resize(self.needed.len(), 0);
        hopes.told.clear();
        for at in 0..tokens.len() {
            let word = self.by_word.get(&tokens.word(at)).copied().unwrap_or(UNKNOWN);
            let text = match self.by_text.is_empty() {
                true => UNKNOWN,
                false => self.by_text.get(tokens.text(at)).copied().unwrap_or(UNKNOWN),
            };
            hopes.told.push([word, text]);
            for told in [word, text].iter().filter_map(|told| self.told.get(*told as usize)) {
                told.needs.iter().for_each(|need| hopes.listed[*need as usize] = at as u32 + 1);
            }
        }
    }

    /// Calls `run` with the number of every sequence that may match at a token of the sentence that was looked at.
    pub fn at<T: Tokens>(&self, tokens: &T, at: usize, hopes: &mut Hopes, mut run: impl FnMut(u32)) {
        let [word, text] = hopes.told[at].map(|told| self.told.get(told as usize));
        for number in word.iter().flat_map(|told| &told.sequences) {
            if self.hopeful(*number, tokens, at, hopes) {
                run(*number);
            }
        }
        let here = tokens.types(at);
        if here.meets(self.types) {
            for (types, number) in &self.by_type {
                if types.meets(*here) && self.hopeful(*number, tokens, at, hopes) {
                    run(*number);
                }
            }
        }
        hopes.open.clear();
        for opener in [word, text].into_iter().flatten().flat_map(|told| &told.openers) {
            self.openers[*opener as usize].open(&mut hopes.open);
        }
        let flags = tokens.flags(at);
        for opener in &self.openers {
            if opener.asked.rest_takes(tokens, at, flags) {
                opener.open(&mut hopes.open);
            }
        }
        for block in 0..hopes.open.len() {
            let mut bits = hopes.open[block];
            while bits != 0 {
                let number = block as u32 * 64 + bits.trailing_zeros();
                bits &= bits - 1;
                if self.hopeful(number, tokens, at, hopes) {
                    run(number);
                }
            }
        }
    }

    /// Whether everything that a sequence needs stands far enough after a token.
    fn hopeful<T: Tokens>(&self, number: u32, tokens: &T, at: usize, hopes: &mut Hopes) -> bool {
        self.needs[number as usize].iter().all(|(need, after)| {
            let last = &mut hopes.last[*need as usize];
            if *last == UNKNOWN {
                let asked = &self.needed[*need as usize];
                let listed = hopes.listed[*need as usize];
                let mut beyond = (listed as usize..tokens.len()).rev();
                let found = beyond.find(|at| asked.rest_takes(tokens, *at, tokens.flags(*at)));
                *last = found.map_or(listed, |at| at as u32 + 1);
            }
            (at as u32).saturating_add(*after) < *last
        })
    }
}

impl Opener {
    /// Adds its sequences.
    fn open(&self, bits: &mut Vec<u64>) {
        bits.resize(self.sequences.len(), 0);
        bits.iter_mut().zip(&self.sequences).for_each(|(all, own)| *all |= own);
    }
}

impl Asked {
    fn of(class: &Arc<Class>) -> Self {
        let rest = class.unlisted();
        let required = rest.as_ref().map_or(Flags::default(), Class::required);
        Self { class: class.clone(), rest, required }
    }

    fn rest_takes<T: Tokens>(&self, tokens: &T, at: usize, flags: Flags) -> bool {
        flags.has(self.required) && self.rest.as_ref().is_some_and(|rest| rest.takes(tokens, at))
    }
}
