//! What the parser looks at: the words at certain places of a state, and signs that need no word.
//!
//! `s0`, `s1`, `s2` are the top of the stack and the words below it, `n0`, `n1`, `n2` the first words of the buffer; `l`
//! and `r` their outermost left and right dependents.

use super::deprel::DEPRELS;
use super::network::{CHILDREN, PLACES};
use super::state::State;
use super::table::CLASSES;

/// A state as the network sees it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Picture {
    /// `s0`, `s1`, `s2`, `n0`: node numbers, 0 for none.
    pub places: [u16; PLACES],
    /// The outermost left and right dependents of `s0`, of `s1`, and the left one of `n0`.
    pub children: [u16; CHILDREN],
    /// Numbers of the signs that hold.
    pub signs: Vec<u16>,
}

const DISTANCES: usize = 8;
const TAGS: usize = CLASSES + 1;
const FAR: usize = 0;
const NONE: usize = FAR + 2 * DISTANCES;
const NEXT: usize = NONE + PLACES;
const OUTER: usize = NEXT + 2 * TAGS;
const SECOND: usize = OUTER + 5 * DEPRELS;
const SETS: usize = SECOND + 3 * DEPRELS;
const COUNTS: usize = SETS + 5 * DEPRELS;
/// How many signs there are.
pub(crate) const SIGNS: usize = COUNTS + 5 * 4;

/// A distance in classes: 1, 2, 3, 4, 5-6, 7-10, more.
#[inline]
fn distance(a: u16, b: u16) -> usize {
    match a.abs_diff(b) {
        d @ 0..=4 => usize::from(d),
        5..=6 => 5,
        7..=10 => 6,
        _ => 7,
    }
}

impl Picture {
    /// Looks at a state.
    pub(crate) fn take(&mut self, state: &State) {
        let (s0i, s1i, s2i) = (state.below(0), state.below(1), state.below(2));
        let n0i = if state.more() { state.next } else { 0 };
        let [s0, s1, n0] = [s0i, s1i, n0i].map(|number| state.node(number));
        self.places = [s0i, s1i, s2i, n0i];
        self.children = [s0.left[0], s0.right[0], s1.left[0], s1.right[0], n0.left[0]];
        let signs = &mut self.signs;
        signs.clear();
        let mut sign = |number: usize| signs.push(number as u16);
        if s0i != 0 && n0i != 0 {
            sign(FAR + distance(s0i, n0i));
        }
        if s1i != 0 {
            sign(FAR + DISTANCES + distance(s1i, s0i));
        }
        for (place, &node) in self.places.iter().enumerate() {
            if node == 0 {
                sign(NONE + place);
            }
        }
        for ahead in 1..=2 {
            let node = n0i.saturating_add(ahead);
            let tag = if n0i == 0 || node > state.len { CLASSES } else { usize::from(state.node(node).tag) % CLASSES };
            sign(NEXT + usize::from(ahead - 1) * TAGS + tag);
        }
        for (place, &child) in self.children.iter().enumerate() {
            if child != 0 {
                sign(OUTER + place * DEPRELS + rel(state, child));
            }
        }
        for (place, child) in [s0.left[1], s1.right[1], n0.left[1]].into_iter().enumerate() {
            if child != 0 {
                sign(SECOND + place * DEPRELS + rel(state, child));
            }
        }
        let sides = [
            (s0.left_set, s0.left_count),
            (s0.right_set, s0.right_count),
            (s1.left_set, s1.left_count),
            (s1.right_set, s1.right_count),
            (n0.left_set, n0.left_count),
        ];
        for (side, (mut set, count)) in sides.into_iter().enumerate() {
            sign(COUNTS + side * 4 + usize::from(count & 3));
            while set != 0 {
                sign(SETS + side * DEPRELS + set.trailing_zeros() as usize % DEPRELS);
                set &= set - 1;
            }
        }
    }
}

fn rel(state: &State, node: u16) -> usize {
    usize::from(state.node(node).rel.saturating_sub(1)) % DEPRELS
}
