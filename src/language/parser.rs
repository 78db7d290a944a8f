//! The parser: greedy, arc-hybrid, one pass (Goldberg & Nivre 2012).
//!
//! Y. Goldberg and J. Nivre, "A dynamic oracle for arc-eager dependency parsing", COLING 2012, and "Training
//! deterministic parsers with non-deterministic oracles", TACL 2013, for the arc-hybrid system used here. The action is
//! scored first, among three; the relation only where an arc is drawn.

use super::deprel::{DEPRELS, Deprel};
use super::features;
use super::state::{Action, State};
use super::table::{CLASSES, SparseTable, TripleTable};
use super::tagger::best;

/// A dependency tree over the words of one sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parse {
    /// For each word the number of its head, counted from 1; 0 for the root.
    pub heads: Vec<u16>,
    /// For each word the relation to its head.
    pub rels: Vec<Deprel>,
}

/// The parser's part of a model.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parser<'a> {
    pub actions: TripleTable<'a>,
    pub labels: SparseTable<'a>,
}

impl Parser<'_> {
    /// Parses from a started state; `out` is cleared first.
    pub(crate) fn run(&self, state: &mut State, out: &mut Parse) {
        while !state.done() {
            let action = self.action(state);
            match state.arc(action) {
                None => state.shift(),
                Some((dependent, head)) => {
                    let rel = self.label(state, dependent, head);
                    state.attach(dependent, head, rel);
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

    #[inline]
    fn action(&self, state: &State) -> Action {
        let can_left = state.allows(Action::Left);
        let can_right = state.allows(Action::Right);
        if !state.more() {
            return Action::Right;
        }
        if !can_left {
            return Action::Shift;
        }
        let mut scores = [0i32; 3];
        self.actions.add(&features::action(state), &mut scores);
        if !can_right {
            scores[2] = i32::MIN;
        }
        Action::ALL[usize::from(best(&scores))]
    }

    #[inline]
    fn label(&self, state: &State, dependent: u16, head: u16) -> u8 {
        let mut scores = [0i32; CLASSES];
        self.labels.add(&features::label(state, dependent, head), &mut scores);
        scores[Deprel::Root as usize] = i32::MIN;
        best(&scores[..DEPRELS])
    }
}
