//! The tagger: an averaged perceptron, greedy from left to right (Collins 2002).
//!
//! M. Collins, "Discriminative training methods for hidden Markov models", EMNLP 2002. One label joins the part of
//! speech and the reduced morphology. Frequent unambiguous words take their tag from the lexicon; every other word is
//! scored on its form, its ending and look, the two tags before it, and the usual tags of the words after it.

use super::hash::{one, three, two};
use super::lexicon::{Lexicon, NONE};
use super::memory::{Form, Forms, Rows, add};
use super::morph::Tag;
use super::table::{CLASSES, Scores, SparseTable};
use super::word::Word;

/// How many features a decision looks at.
pub(crate) const FEATURES: usize = OWN + AROUND;
/// Those that the form of the word alone decides.
const OWN: usize = 10;
/// Those that its neighbours and the tags before it decide too.
const AROUND: usize = 22;

/// The features that a word has wherever it stands.
#[inline]
fn own(form: &Form) -> [u32; OWN] {
    let here = &form.keys;
    let look = here.shape & 0xFF;
    [
        one(1, here.lower),
        two(2, here.lower, look),
        one(3, here.suffix[0]),
        one(4, here.suffix[1]),
        two(5, here.suffix[2], look),
        two(6, here.suffix[3], look),
        one(7, here.prefix[0]),
        one(8, here.prefix[1]),
        one(9, here.prefix[2]),
        one(21, form.outlook),
    ]
}

/// The features of the middle one of five words, given the tags of the two words before it ([`NONE`] before the first)
/// and whether it is the first of its sentence.
#[inline(always)]
fn around([before_prev, prev, here, next, after_next]: [&Form; 5], first: bool, tags: [u8; 2]) -> [u32; AROUND] {
    let t1 = u32::from(tags[0]);
    let t2 = u32::from(tags[0]) << 8 | u32::from(tags[1]);
    let first = u32::from(first);
    let w = here.keys.lower;
    let shape = here.keys.shape << 1 | first;
    let (outlook, ahead) = (here.outlook, next.outlook);
    [
        one(0, first),
        one(10, shape),
        one(11, t1),
        one(12, t2),
        two(13, w, t1),
        one(14, prev.keys.lower),
        one(15, before_prev.keys.lower),
        one(16, next.keys.lower),
        one(17, after_next.keys.lower),
        two(18, prev.keys.lower, w),
        two(19, w, next.keys.lower),
        two(20, t1, next.keys.lower),
        two(22, outlook, t1),
        one(23, ahead),
        two(24, ahead, t1),
        two(25, outlook, ahead),
        three(26, ahead, after_next.outlook, t1),
        two(27, w, ahead),
        two(28, prev.keys.shape, shape),
        two(29, next.keys.shape & 0xFF, shape),
        two(30, here.keys.suffix[2], t1),
        three(31, here.keys.suffix[1], t1, ahead),
    ]
}

/// What training looks at of a sentence.
#[derive(Clone, Debug, Default)]
pub(crate) struct Context {
    /// The words, with two edges before and two after.
    forms: Vec<Form>,
}

impl Context {
    /// Takes a sentence in.
    pub(crate) fn fill(&mut self, words: &[Word<'_>], lexicon: &Lexicon<'_>) {
        self.forms.clear();
        self.forms.extend([Form::BEFORE; 2]);
        self.forms.extend(words.iter().map(|word| Form::of(word, lexicon)));
        self.forms.extend([Form::AFTER; 2]);
    }

    /// The tag of a word that needs no decision, or [`NONE`].
    pub(crate) fn certain(&self, index: usize) -> u8 {
        self.forms[index + 2].certain
    }

    /// All features of the word at `index`, given the tags of the two words before it.
    pub(crate) fn features(&self, index: usize, before: u8, before2: u8) -> [u32; FEATURES] {
        let mut features = [0; FEATURES];
        let (first, rest) = features.split_at_mut(OWN);
        first.copy_from_slice(&own(&self.forms[index + 2]));
        let five = std::array::from_fn(|at| &self.forms[index + at]);
        rest.copy_from_slice(&around(five, index == 0, [before, before2]));
        features
    }
}

/// What a thread remembers of one tagger's work.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    /// The tagger whose work it is, as its model numbers it.
    owner: u64,
    forms: Forms,
    rows: Rows,
    /// The forms of the sentence at hand.
    line: Vec<u32>,
}

impl Memory {
    /// Forgets what another tagger left.
    pub(crate) fn belong_to(&mut self, owner: u64) {
        if self.owner != owner {
            self.owner = owner;
            self.forms.clear();
            self.rows.clear();
        }
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
    /// Tags a sentence; `out` is cleared first. The memory is this tagger's.
    pub(crate) fn tag(&self, words: &[Word<'_>], memory: &mut Memory, out: &mut Vec<Tag>) {
        #[cfg(target_arch = "x86_64")]
        if let Some(kernel) = pulp::x86::V3::try_new() {
            return pulp::Simd::vectorize(kernel, Run { tagger: *self, words, memory, out });
        }
        self.run(words, memory, out);
    }

    #[inline(always)]
    fn run(&self, words: &[Word<'_>], memory: &mut Memory, out: &mut Vec<Tag>) {
        out.clear();
        let Memory { forms, rows, line, .. } = memory;
        forms.make_room();
        line.clear();
        line.extend(words.iter().map(|word| forms.number(word, &self.lexicon)));
        let (mut before, mut before2) = (NONE, NONE);
        for (index, &number) in line.iter().enumerate() {
            let here = *forms.form(number);
            let mut tag = here.certain;
            if tag == NONE {
                let near = |away: usize| line.get(index + away).map_or(&Form::AFTER, |number| forms.form(*number));
                let past = |away: usize| index.checked_sub(away).map_or(&Form::BEFORE, |at| forms.form(line[at]));
                let keys = around([past(2), past(1), &here, near(1), near(2)], index == 0, [before, before2]);
                let mut scores = *forms.own(number, |form| self.alone(form));
                rows.add(&self.table, &keys, &mut scores);
                tag = best(&scores[..self.tags.clamp(1, CLASSES)]);
            }
            out.push(Tag(tag));
            before2 = before;
            before = tag;
        }
    }

    /// The scores that a form gives by itself.
    fn alone(&self, form: &Form) -> Scores {
        let (mut scores, mut row) = ([0; CLASSES], [0; CLASSES]);
        let keys = own(form);
        for (key, home) in keys.into_iter().zip(self.table.homes(&keys)) {
            if let Some(found) = self.table.find(home, key) {
                self.table.spread(found, &mut row);
                add(&mut scores, &row);
            }
        }
        scores
    }
}

/// A run of the tagger, compiled for processors with 256-bit vectors.
#[cfg(target_arch = "x86_64")]
struct Run<'a, 'w> {
    tagger: Tagger<'a>,
    words: &'a [Word<'w>],
    memory: &'a mut Memory,
    out: &'a mut Vec<Tag>,
}

#[cfg(target_arch = "x86_64")]
impl pulp::WithSimd for Run<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _simd: S) {
        self.tagger.run(self.words, self.memory, self.out);
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
