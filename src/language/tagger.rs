//! The tagger: an averaged perceptron, greedy from left to right (Collins 2002).
//!
//! M. Collins, "Discriminative training methods for hidden Markov models", EMNLP 2002. One label joins the part of
//! speech and the reduced morphology. Frequent unambiguous words take their tag from the lexicon; every other word is
//! scored on its form, its ending and look, the two tags before it, and the usual tags of the words after it.

use super::hash::{one, three, two};
use super::lexicon::{Lexicon, NONE};
use super::morph::Tag;
use super::table::{CLASSES, SparseTable};
use super::word::{EDGE, Keys, Word};

/// How many features a decision looks at.
pub(crate) const FEATURES: usize = 32;

/// What the tagger knows of a sentence before it decides anything.
#[derive(Clone, Debug, Default)]
pub(crate) struct Context {
    /// Keys of the words, with two edges before and two after.
    keys: Vec<Keys>,
    /// Usual tags, padded in the same way.
    outlook: Vec<u32>,
    /// Tags that need no decision, or [`NONE`]; not padded.
    pub(crate) certain: Vec<u8>,
}

impl Context {
    /// Takes a sentence in.
    pub(crate) fn fill(&mut self, words: &[Word<'_>], lexicon: &Lexicon<'_>) {
        self.keys.clear();
        self.outlook.clear();
        self.certain.clear();
        self.keys.extend([EDGE; 2]);
        self.outlook.extend([0xFFFF_FF00; 2]);
        for word in words {
            let keys = Keys::of(word);
            let entry = lexicon.get(keys.lower);
            self.outlook.push(Lexicon::outlook(entry, &keys));
            self.certain.push(if keys.plain { entry.and_then(|e| e.certain()).unwrap_or(NONE) } else { NONE });
            self.keys.push(keys);
        }
        self.keys.extend([EDGE; 2]);
        self.outlook.extend([0xFFFF_FF01; 2]);
    }

    /// The features of the word at `index`, given the tags of the two words before it ([`NONE`] before the first).
    #[inline]
    pub(crate) fn features(&self, index: usize, before: u8, before2: u8) -> [u32; FEATURES] {
        let at = index + 2;
        let (keys, outlook) = (&self.keys, &self.outlook);
        let here = &keys[at];
        let (prev, next) = (&keys[at - 1], &keys[at + 1]);
        let t1 = u32::from(before);
        let t2 = u32::from(before) << 8 | u32::from(before2);
        let first = u32::from(index == 0);
        let w = here.lower;
        let shape = here.shape << 1 | first;
        let look = here.shape & 0xFF;
        [
            one(0, first),
            one(1, w),
            two(2, w, look),
            one(3, here.suffix[0]),
            one(4, here.suffix[1]),
            two(5, here.suffix[2], look),
            two(6, here.suffix[3], look),
            one(7, here.prefix[0]),
            one(8, here.prefix[1]),
            one(9, here.prefix[2]),
            one(10, shape),
            one(11, t1),
            one(12, t2),
            two(13, w, t1),
            one(14, prev.lower),
            one(15, keys[at - 2].lower),
            one(16, next.lower),
            one(17, keys[at + 2].lower),
            two(18, prev.lower, w),
            two(19, w, next.lower),
            two(20, t1, next.lower),
            one(21, outlook[at]),
            two(22, outlook[at], t1),
            one(23, outlook[at + 1]),
            two(24, outlook[at + 1], t1),
            two(25, outlook[at], outlook[at + 1]),
            three(26, outlook[at + 1], outlook[at + 2], t1),
            two(27, w, outlook[at + 1]),
            two(28, prev.shape, shape),
            two(29, next.shape & 0xFF, shape),
            two(30, here.suffix[2], t1),
            three(31, here.suffix[1], t1, outlook[at + 1]),
        ]
    }
}

/// The tagger's part of a model.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tagger<'a> {
    pub lexicon: Lexicon<'a>,
    pub table: SparseTable<'a>,
    /// How many tags there are.
    pub tags: usize,
}

impl Tagger<'_> {
    /// Tags a sentence; `out` is cleared first.
    pub(crate) fn tag(&self, words: &[Word<'_>], context: &mut Context, out: &mut Vec<Tag>) {
        out.clear();
        context.fill(words, &self.lexicon);
        let (mut before, mut before2) = (NONE, NONE);
        for index in 0..words.len() {
            let mut tag = context.certain[index];
            if tag == NONE {
                let mut scores = [0i32; CLASSES];
                self.table.add(&context.features(index, before, before2), &mut scores);
                tag = best(&scores[..self.tags.clamp(1, CLASSES)]);
            }
            out.push(Tag(tag));
            before2 = before;
            before = tag;
        }
    }
}

/// The first of the highest scores.
#[inline]
pub(crate) fn best<T: PartialOrd + Copy>(scores: &[T]) -> u8 {
    let mut best = 0;
    for (index, &score) in scores.iter().enumerate() {
        if score > scores[best] {
            best = index;
        }
    }
    best as u8
}
