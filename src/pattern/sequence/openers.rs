//! Which of many sequences are worth running at a token.
//!
//! A sequence is run only where its first token can stand and where the sentence holds, far enough on, what every match of
//! it needs. Sequences that begin alike or need the same are asked about once. What a token tells has two parts: its form
//! decides what words, letters and expressions ask for, its flags and the types of its mentions decide the rest. Texts have
//! few forms and few such kinds, so both answers are remembered, from document to document, and all classes are asked
//! about a form or a kind only when it is first met. The order in which sequences come out is fixed: those found by a word, then
//! those found by a mention, then the others, each in order of their numbers.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::token::Class;
use super::{Sequence, Tokens};
use crate::pattern::lexis::WordId;
use crate::pattern::vocabulary::{Flags, TypeMask};

/// An index over sequences.
#[derive(Debug, Default)]
pub struct Openers {
    /// Sequences that begin with a word.
    by_word: FxHashMap<WordId, Vec<u32>>,
    by_type: Vec<(TypeMask, u32)>,
    /// What the other sequences begin with, each once, with their numbers.
    openers: Vec<(Arc<Class>, Vec<u32>)>,
    /// What sequences need, each once.
    needed: Vec<Arc<Class>>,
    /// For each sequence the numbers of what it needs, and how far on at least.
    needs: Vec<Vec<(u32, u32)>>,
}

/// What a form or a kind of token tells; as bits, which end with the last one that is set.
#[derive(Debug, Default, Clone, PartialEq, Eq, Hash)]
struct Told {
    /// Sequences that begin with its word, or with a mention of its types.
    first: Vec<u32>,
    /// Other sequences that can begin with it.
    open: Vec<u64>,
    /// Needs that it meets.
    needs: Vec<u64>,
}

/// What is known of a sentence, and of forms and kinds of tokens from sentence to sentence.
#[derive(Debug, Default)]
pub struct Hopes {
    /// The numbering of forms that the answers are for.
    epoch: u64,
    /// By form, the number of its answer, or [`UNKNOWN`].
    forms: Vec<u32>,
    kinds: FxHashMap<(Flags, TypeMask), u32>,
    /// Answers, each once.
    told: Vec<Told>,
    numbers: FxHashMap<Told, u32>,
    /// By token of the sentence what its form and its kind tell.
    line: Vec<[u32; 2]>,
    /// By token the needs that it and those after it meet, as bits.
    ahead: Vec<u64>,
    /// Sequences that can begin at a token, as bits.
    open: Vec<u64>,
}

const UNKNOWN: u32 = u32::MAX;
/// Most kinds and answers remembered; then all are forgotten.
const MOST: usize = 1 << 14;

impl Openers {
    /// Indexes sequences, which are numbered in their order.
    pub fn new<'s>(sequences: impl ExactSizeIterator<Item = &'s Sequence>) -> Self {
        let mut index = Self::default();
        for (number, sequence) in (0_u32..).zip(sequences) {
            let first = sequence.first();
            if first.anything {
                index.opener(&first.class).push(number);
            } else {
                for word in first.words.iter() {
                    index.by_word.entry(word).or_default().push(number);
                }
                if !first.types.is_empty() {
                    index.by_type.push((first.types, number));
                }
            }
            let needs = sequence.needs.iter().map(|need| (index.need(&need.class), need.after)).collect();
            index.needs.push(needs);
        }
        index
    }

    fn opener(&mut self, class: &Arc<Class>) -> &mut Vec<u32> {
        let known = self.openers.iter().position(|(known, _)| known.same(class));
        let at = known.unwrap_or_else(|| {
            self.openers.push((class.clone(), Vec::new()));
            self.openers.len() - 1
        });
        &mut self.openers[at].1
    }

    fn need(&mut self, class: &Arc<Class>) -> u32 {
        let known = self.needed.iter().position(|known| known.same(class));
        known.unwrap_or_else(|| {
            self.needed.push(class.clone());
            self.needed.len() - 1
        }) as u32
    }

    /// Looks at a sentence, before any of its tokens is asked about, and again whenever mentions were added to it. Forms are
    /// numbered alike as long as `epoch`, which is not 0, stays the same, and it never comes again.
    pub fn survey<T: Tokens>(&self, tokens: &T, epoch: u64, hopes: &mut Hopes) {
        if hopes.epoch != epoch || hopes.told.len() > MOST || hopes.kinds.len() > MOST {
            *hopes = Hopes { epoch, ..Hopes::default() };
        }
        hopes.line.clear();
        for at in 0..tokens.len() {
            let told = [self.form(tokens, at, hopes), self.kind(tokens, at, hopes)];
            hopes.line.push(told);
        }
        let blocks = self.needed.len().div_ceil(64);
        hopes.ahead.clear();
        hopes.ahead.resize((tokens.len() + 1) * blocks, 0);
        for at in (0..tokens.len()).rev() {
            let (here, after) = hopes.ahead[at * blocks..].split_at_mut(blocks);
            here.copy_from_slice(&after[..blocks]);
            for told in hopes.line[at] {
                add(here, &hopes.told[told as usize].needs);
            }
        }
    }

    /// The number of what a token's form tells.
    fn form<T: Tokens>(&self, tokens: &T, at: usize, hopes: &mut Hopes) -> u32 {
        let form = tokens.form(at) as usize;
        if let Some(told) = hopes.forms.get(form).filter(|told| **told != UNKNOWN) {
            return *told;
        }
        let (word, text) = (tokens.word(at), tokens.text(at));
        let first = self.by_word.get(&word).cloned().unwrap_or_default();
        let told = hopes.remember(self.ask(first, |class| class.takes_form(word, text)));
        hopes.forms.resize(hopes.forms.len().max(form + 1), UNKNOWN);
        hopes.forms[form] = told;
        told
    }

    /// The number of what a token's flags tell, and the mentions that begin there.
    fn kind<T: Tokens>(&self, tokens: &T, at: usize, hopes: &mut Hopes) -> u32 {
        let (flags, types) = (tokens.flags(at), *tokens.types(at));
        if let Some(told) = hopes.kinds.get(&(flags, types)) {
            return *told;
        }
        let first = self.by_type.iter().filter(|(wanted, _)| wanted.meets(types)).map(|(_, number)| *number).collect();
        let told = hopes.remember(self.ask(first, |class| class.takes_kind(flags, &types)));
        hopes.kinds.insert((flags, types), told);
        told
    }

    fn ask(&self, first: Vec<u32>, takes: impl Fn(&Class) -> bool) -> Told {
        let mut told = Told { first, ..Told::default() };
        for (_, sequences) in self.openers.iter().filter(|(class, _)| takes(class)) {
            sequences.iter().for_each(|number| set(&mut told.open, *number));
        }
        for (number, _) in (0_u32..).zip(&self.needed).filter(|(_, class)| takes(class)) {
            set(&mut told.needs, number);
        }
        told
    }

    /// Calls `run` with the number of every sequence that may match at a token of the sentence that was looked at.
    pub fn at(&self, at: usize, hopes: &mut Hopes, mut run: impl FnMut(u32)) {
        let Hopes { told, line, ahead, open, .. } = hopes;
        let told = line[at].map(|number| &told[number as usize]);
        for number in told.iter().flat_map(|told| &told.first) {
            if self.hopeful(*number, at, ahead) {
                run(*number);
            }
        }
        open.clear();
        open.resize(told[0].open.len().max(told[1].open.len()), 0);
        told.iter().for_each(|told| add(open, &told.open));
        for (block, bits) in (0_u32..).zip(open) {
            while *bits != 0 {
                let number = block * 64 + bits.trailing_zeros();
                *bits &= *bits - 1;
                if self.hopeful(number, at, ahead) {
                    run(number);
                }
            }
        }
    }

    /// Whether everything that a sequence needs stands far enough after a token.
    fn hopeful(&self, number: u32, at: usize, ahead: &[u64]) -> bool {
        let blocks = self.needed.len().div_ceil(64);
        self.needs[number as usize].iter().all(|(need, after)| {
            let block = at.saturating_add(*after as usize).saturating_mul(blocks).saturating_add(*need as usize / 64);
            ahead.get(block).is_some_and(|bits| bits & 1 << (need % 64) != 0)
        })
    }
}

impl Hopes {
    /// The number of an answer.
    fn remember(&mut self, told: Told) -> u32 {
        let new = self.told.len() as u32;
        *self.numbers.entry(told).or_insert_with_key(|told| {
            self.told.push(told.clone());
            new
        })
    }
}

/// Sets a bit.
fn set(bits: &mut Vec<u64>, number: u32) {
    let block = number as usize / 64;
    bits.resize(bits.len().max(block + 1), 0);
    bits[block] |= 1 << (number % 64);
}

/// Adds bits to others.
fn add(all: &mut [u64], bits: &[u64]) {
    all.iter_mut().zip(bits).for_each(|(all, own)| *all |= own);
}
