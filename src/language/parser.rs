//! The parser: greedy, arc-hybrid, one pass (Goldberg & Nivre 2012).
//!
//! Y. Goldberg and J. Nivre, "A dynamic oracle for arc-eager dependency parsing", COLING 2012, and "Training
//! deterministic parsers with non-deterministic oracles", TACL 2013, for the arc-hybrid system used here. The action is
//! scored first, among three; the relation only where an arc is drawn.

use super::deprel::Deprel;
use super::encode::Reading;
use super::features::Picture;
use super::hashrows::HashRows;
use super::kernel::{Kernel, Portable};
use super::morph::Tag;
use super::network::{Input, Inputs, Network};
use super::state::{Action, State};
use super::tagger::best;
use super::word::Word;

/// A dependency tree over the words of one sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parse {
    /// For each word the number of its head, counted from 1; 0 for the root.
    pub heads: Vec<u16>,
    /// For each word the relation to its head.
    pub rels: Vec<Deprel>,
}

impl Parse {
    /// Hangs a word on another.
    ///
    /// # Panics
    /// When there is no such word.
    pub fn hang(&mut self, word: usize, head: usize, rel: Deprel) {
        (self.heads[word], self.rels[word]) = (head as u16 + 1, rel);
    }

    /// Hangs a word where another hangs.
    ///
    /// # Panics
    /// When there is no such word.
    pub fn hang_like(&mut self, word: usize, other: usize) {
        (self.heads[word], self.rels[word]) = (self.heads[other], self.rels[other]);
    }
}

/// Working memory.
#[derive(Clone, Debug, Default)]
pub(crate) struct Work {
    /// The model whose words the reading remembers.
    owner: u64,
    inputs: Vec<Inputs>,
    reading: Reading,
    picture: Picture,
    state: State,
}

impl Work {
    /// Forgets what another model left.
    pub(crate) fn belong_to(&mut self, owner: u64) {
        if self.owner != owner {
            self.owner = owner;
            self.reading.forget();
        }
    }
}

/// The parser's part of a model.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parser<'a> {
    pub network: &'a Network,
    /// Vectors of the words of the treebank.
    pub words: HashRows<'a>,
    /// Vectors of words from outside.
    pub outside: HashRows<'a>,
}

impl Parser<'_> {
    /// Parses a sentence of tagged words, whose number fits 16 bits; `out` is cleared first.
    pub(crate) fn run(&self, words: &[Word<'_>], tags: &[Tag], work: &mut Work, out: &mut Parse) {
        #[cfg(target_arch = "x86_64")]
        if let Some(kernel) = pulp::x86::V3::try_new() {
            return pulp::Simd::vectorize(kernel, Run { parser: *self, kernel, words, tags, work, out });
        }
        self.run_inlined(Portable, words, tags, work, out);
    }

    #[inline(always)]
    fn run_inlined(&self, kernel: impl Kernel, words: &[Word<'_>], tags: &[Tag], work: &mut Work, out: &mut Parse) {
        let Work { inputs, reading, picture, state, .. } = work;
        inputs.clear();
        inputs.extend(words.iter().zip(tags).map(|(word, &tag)| Inputs::of(word, tag)));
        self.network.encode(kernel, inputs, &self.words, &self.outside, reading);
        state.start(tags);
        while !state.done() {
            // An empty stack leaves nothing to choose and no arc to draw.
            if state.depth() == 0 {
                state.shift();
                continue;
            }
            picture.take(state);
            let hidden = Input::of(&self.network.hidden(kernel, picture, reading));
            let action = self.action(kernel, state, &hidden);
            match state.arc(action) {
                None => state.shift(),
                Some((dependent, head)) => {
                    let mut scores = self.network.labels(kernel, action == Action::Right, &hidden);
                    scores[Deprel::Root as usize] = i32::MIN;
                    state.attach(dependent, head, best(&scores));
                }
            }
        }
        out.heads.clear();
        out.rels.clear();
        for node in &state.nodes[1..=usize::from(state.len)] {
            out.heads.push(node.head);
            let rel = if node.head == 0 { None } else { Deprel::from_index(node.rel.wrapping_sub(1)) };
            out.rels.push(rel.unwrap_or(Deprel::Root));
        }
    }

    #[inline(always)]
    fn action(&self, kernel: impl Kernel, state: &State, hidden: &Input) -> Action {
        if !state.more() {
            return Action::Right;
        }
        let mut scores = self.network.actions(kernel, hidden);
        if !state.allows(Action::Right) {
            scores[Action::Right as usize] = i32::MIN;
        }
        Action::ALL[usize::from(best(&scores))]
    }
}

/// A run of the parser, compiled for processors with 256-bit vectors.
#[cfg(target_arch = "x86_64")]
struct Run<'a, 'w> {
    parser: Parser<'a>,
    kernel: pulp::x86::V3,
    words: &'a [Word<'w>],
    tags: &'a [Tag],
    work: &'a mut Work,
    out: &'a mut Parse,
}

#[cfg(target_arch = "x86_64")]
impl pulp::WithSimd for Run<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _simd: S) {
        self.parser.run_inlined(self.kernel, self.words, self.tags, self.work, self.out);
    }
}
