//! Which of many sequences are worth running at a token.
//!
//! A sequence is run only where its first token can stand and where the sentence holds, far enough on, what every match of
//! it needs. Sequences that begin alike or need the same are asked about once. The order in which sequences come out
//! is fixed: those found by a word, then those found by a mention, then the others, each in order of their numbers.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::token::Class;
use super::{Need, Sequence, Tokens};
use crate::pattern::lexis::WordId;
use crate::pattern::vocabulary::{Flags, TypeMask};

/// An index over sequences.
#[derive(Debug, Default)]
pub struct Openers {
    by_word: FxHashMap<WordId, Vec<u32>>,
    by_type: Vec<(TypeMask, u32)>,
    /// All types of `by_type`.
    types: TypeMask,
    /// What the other sequences begin with.
    classes: Vec<Opener>,
    /// What sequences need, each once.
    needed: Vec<Arc<Class>>,
    /// For each sequence the numbers of what it needs, and how far on at least.
    needs: Vec<Vec<(u32, u32)>>,
}

#[derive(Debug)]
struct Opener {
    class: Arc<Class>,
    /// Flags that its tokens have.
    required: Flags,
    /// Sequences that begin with it, as bits.
    sequences: Vec<u64>,
}

/// What is known of a sentence: where the last token stands that each need is met by. Reused from sentence to sentence.
#[derive(Debug, Default)]
pub struct Hopes {
    /// One past the last such token; `UNKNOWN` before it was looked for.
    last: Vec<u32>,
    /// Sequences that can begin at a token, as bits.
    open: Vec<u64>,
}

const UNKNOWN: u32 = u32::MAX;

impl Hopes {
    /// Forgets the sentence, or what was known of it before mentions were added to it.
    pub fn forget(&mut self) {
        self.last.clear();
    }
}

impl Openers {
    /// Indexes sequences, which are numbered in their order.
    pub fn new<'s>(sequences: impl ExactSizeIterator<Item = &'s Sequence>) -> Self {
        let mut index = Self::default();
        let blocks = sequences.len().div_ceil(64);
        for (number, sequence) in (0_u32..).zip(sequences) {
            let first = sequence.first();
            if first.anything {
                let known = index.classes.iter().position(|opener| opener.class.same(&first.class));
                let opener = known.unwrap_or_else(|| {
                    let (class, required) = (first.class.clone(), first.class.required());
                    index.classes.push(Opener { class, required, sequences: vec![0; blocks] });
                    index.classes.len() - 1
                });
                index.classes[opener].sequences[number as usize / 64] |= 1 << (number % 64);
            } else {
                for word in first.words.iter() {
                    index.by_word.entry(word).or_default().push(number);
                }
                if !first.types.is_empty() {
                    index.by_type.push((first.types, number));
                    index.types = index.types.union(first.types);
                }
            }
            let needs = sequence.needs.iter().map(|need| index.need(need)).collect();
            index.needs.push(needs);
        }
        index
    }

    fn need(&mut self, need: &Need) -> (u32, u32) {
        let known = self.needed.iter().position(|class| class.same(&need.class));
        let number = known.unwrap_or_else(|| {
            self.needed.push(need.class.clone());
            self.needed.len() - 1
        });
        (number as u32, need.after)
    }

    /// Calls `run` with the number of every sequence that may match at a token.
    pub fn at<T: Tokens>(&self, tokens: &T, at: usize, hopes: &mut Hopes, mut run: impl FnMut(u32)) {
        hopes.last.resize(self.needed.len(), UNKNOWN);
        for number in self.by_word.get(&tokens.word(at)).into_iter().flatten() {
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
        let flags = tokens.flags(at);
        let mut any = false;
        for opener in &self.classes {
            if flags.has(opener.required) && opener.class.takes(tokens, at) {
                if !any {
                    hopes.open.clear();
                    hopes.open.resize(opener.sequences.len(), 0);
                    any = true;
                }
                hopes.open.iter_mut().zip(&opener.sequences).for_each(|(open, bits)| *open |= bits);
            }
        }
        if any {
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
    }

    /// Whether everything that a sequence needs stands far enough after a token.
    fn hopeful<T: Tokens>(&self, number: u32, tokens: &T, at: usize, hopes: &mut Hopes) -> bool {
        self.needs[number as usize].iter().all(|(need, after)| {
            let last = &mut hopes.last[*need as usize];
            if *last == UNKNOWN {
                let class = &self.needed[*need as usize];
                *last = (0..tokens.len()).rev().find(|at| class.takes(tokens, *at)).map_or(0, |at| at as u32 + 1);
            }
            (at as u32).saturating_add(*after) < *last
        })
    }
}
