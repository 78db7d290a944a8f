//! What the parser looks at: the templates for the action and for the relation of an arc.
//!
//! `s0`, `s1`, `s2` are the top of the stack and the words below it, `n0`, `n1`, `n2` the first words of the buffer;
//! `l` and `r` their outermost left and right dependents; `before` stands before `n0` in the text, `after` after `s0`.
//! The action is one of three, the relation one of some fifty and decided only when an arc is drawn: so the larger set
//! of templates belongs to the smaller decision.

use super::hash::{one, three, two};
use super::state::{Node, State};

/// How many features an action decision looks at.
pub(crate) const ACTION_FEATURES: usize = 80;
/// How many features a relation decision looks at.
pub(crate) const LABEL_FEATURES: usize = 36;

#[inline]
fn pack(a: u8, b: u8, c: u8, d: u8) -> u32 {
    u32::from_le_bytes([a, b, c, d])
}

/// A distance in classes: 1, 2, 3, 4, 5-6, 7-10, more.
#[inline]
fn distance(a: u16, b: u16) -> u8 {
    match a.abs_diff(b) {
        d @ 0..=4 => d as u8,
        5..=6 => 5,
        7..=10 => 6,
        _ => 7,
    }
}

#[inline]
fn set(bits: u64) -> u32 {
    super::hash::finish(bits.wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

/// The features of the next action.
pub(crate) fn action(state: &State) -> [u32; ACTION_FEATURES] {
    let (s0i, s1i, n0i) = (state.below(0), state.below(1), state.next);
    let s0 = state.node(s0i);
    let s1 = state.node(s1i);
    let s2 = state.node(state.below(2));
    let n0 = state.node(n0i);
    let n1 = state.node(n0i + 1);
    let n2 = state.node(n0i + 2);
    let before = state.node(n0i - 1);
    let after = state.node(s0i + 1);
    let child = |number: u16| -> &Node { state.node(number) };
    let s0l = child(s0.left[0]);
    let s0r = child(s0.right[0]);
    let s0l2 = child(s0.left[1]);
    let s0r2 = child(s0.right[1]);
    let s1l = child(s1.left[0]);
    let s1r = child(s1.right[0]);
    let s1r2 = child(s1.right[1]);
    let n0l = child(n0.left[0]);
    let n0l2 = child(n0.left[1]);
    let dn = if s0i == 0 { 0 } else { distance(s0i, n0i) };
    let ds = if s1i == 0 { 0 } else { distance(s1i, s0i) };
    let p3 = pack(s0.tag, n0.tag, s1.tag, 0);
    [
        one(0, s0.word),
        one(1, u32::from(s0.tag)),
        one(2, s0.pair),
        one(3, s1.word),
        one(4, s1.pair),
        one(5, n0.word),
        one(6, pack(n0.tag, n1.tag, 0, 0)),
        one(7, n0.pair),
        one(8, n1.pair),
        two(9, n1.word, u32::from(s0.tag)),
        one(10, n2.pair),
        two(11, s0.pair, n0.pair),
        two(12, s0.pair, u32::from(n0.tag)),
        two(13, u32::from(s0.tag), n0.pair),
        two(14, s0.word, n0.word),
        one(15, pack(s0.tag, n0.tag, dn, 0)),
        two(16, s1.pair, u32::from(s0.tag)),
        two(17, u32::from(s1.tag), s0.pair),
        two(18, s1.word, s0.word),
        one(19, pack(s1.tag, s0.tag, ds, 0)),
        one(20, p3),
        two(21, s1.pair, n0.pair),
        two(22, s1.word, pack(s0.tag, n0.tag, 0, 0)),
        two(23, s0.word, pack(s1.tag, n0.tag, 0, 0)),
        two(24, n0.word, pack(s1.tag, s0.tag, 0, 0)),
        one(25, pack(s0.tag, n0.tag, n1.tag, 0)),
        two(26, p3, u32::from(n1.tag)),
        one(27, pack(n0.tag, n1.tag, n2.tag, 0)),
        two(28, pack(s0.tag, n0.tag, n1.tag, n2.upos), 0),
        two(29, p3, u32::from(s2.tag)),
        one(30, pack(s0.tag, n0.tag, s0l.tag, s0l.rel)),
        one(31, pack(s0.tag, n0.tag, s0r.tag, s0r.rel)),
        one(32, pack(s0.tag, n0.tag, n0l.tag, n0l.rel)),
        one(33, pack(s1.tag, s0.tag, s1l.tag, s1l.rel)),
        one(34, pack(s1.tag, s0.tag, s1r.tag, s1r.rel)),
        one(35, pack(s1.tag, s0.tag, s0l.tag, s0l.rel)),
        one(36, pack(s1.tag, s0.tag, s0r.tag, s0r.rel)),
        two(37, p3, pack(s0l.rel, s0r.rel, 0, 0)),
        two(38, p3, pack(s1r.rel, s0l.rel, 0, 0)),
        two(39, p3, pack(n0l.rel, s0l.rel, 1, 0)),
        two(40, s0.word, set(s0.left_set)),
        two(41, s0.word, set(s0.right_set)),
        two(42, s1.word, set(s1.right_set)),
        two(43, n0.word, set(n0.left_set)),
        three(44, set(s0.left_set), pack(s0.tag, n0.tag, 0, 0), 0),
        three(45, set(s0.right_set), pack(s0.tag, n0.tag, 1, 0), 0),
        three(46, set(s1.right_set), pack(s1.tag, s0.tag, n0.tag, 0), 0),
        three(47, set(n0.left_set), pack(s0.tag, n0.tag, 2, 0), 0),
        two(48, s0.word, pack(dn, n0.upos, 0, 0)),
        two(49, s1.word, pack(ds, s0.upos, 0, 0)),
        two(50, n0.word, pack(dn, s0.upos, 0, 0)),
        one(51, pack(s0.tag, s0.left_count, s0.right_count, n0.upos)),
        one(52, pack(s1.tag, s1.left_count, s1.right_count, s0.upos)),
        one(53, pack(n0.tag, n0.left_count, s0.upos, dn)),
        two(54, s0l.word, pack(s0.tag, n0.upos, s1.upos, 0)),
        two(55, s1r.word, pack(s1.tag, s0.tag, n0.upos, 0)),
        three(56, s1.word, s0l.word, u32::from(s0.tag)),
        three(57, s0l.word, n0.word, u32::from(s0.tag)),
        two(58, pack(s0.tag, s0l.rel, s0l2.rel, s0r.rel), pack(s0r2.rel, n0.upos, s1.upos, 0)),
        two(59, pack(s1.tag, s1r.rel, s1r2.rel, s1l.rel), pack(s0.tag, n0.upos, 0, 0)),
        two(60, pack(n0.tag, n0l.rel, n0l2.rel, s0.tag), u32::from(s1.upos)),
        two(61, s0.suffix, pack(n0.tag, s1.upos, 0, 0)),
        two(62, n0.suffix, pack(s0.tag, n1.tag, 0, 0)),
        two(63, s2.word, pack(s1.tag, s0.tag, n0.tag, 0)),
        one(64, pack(s1.upos, s0.upos, n0.upos, n1.upos)),
        one(65, pack(s2.upos, s1.upos, s0.upos, n0.upos)),
        one(66, pack(s0.upos, n0.upos, n1.upos, n2.upos)),
        two(67, pack(s0.upos, n0.upos, dn, s1.upos), u32::from(ds)),
        three(68, s0.word, n0.word, u32::from(s1.upos)),
        three(69, s1.word, n0.word, u32::from(s0.upos)),
        three(70, s1.word, s0.word, u32::from(n0.upos)),
        two(71, p3, u32::from(before.tag)),
        two(72, p3, u32::from(after.tag)),
        two(73, before.word, pack(s0.tag, n0.upos, s1.upos, 0)),
        two(74, after.word, pack(s0.tag, n0.upos, s1.upos, 0)),
        two(75, s0l.word, pack(s2.tag, s1.tag, s0.tag, n0.upos)),
        three(76, set(s1.right_set), s0l.word, pack(s1.tag, s0.tag, 0, 0)),
        three(77, set(s0.left_set), set(s1.right_set), pack(s1.tag, s0.tag, n0.upos, 0)),
        three(78, set(n0.left_set), set(s0.left_set), pack(s0.tag, n0.tag, s1.upos, 0)),
        three(79, set(s1.left_set), set(s1.right_set), pack(s1.tag, s0.upos, n0.upos, 0)),
    ]
}

/// The features of the relation between a dependent and its head, drawn just before the arc is.
pub(crate) fn label(state: &State, dependent: u16, head: u16) -> [u32; LABEL_FEATURES] {
    let d = state.node(dependent);
    let h = state.node(head);
    let dl = state.node(d.left[0]);
    let dl2 = state.node(d.left[1]);
    let dr = state.node(d.right[0]);
    let hl = state.node(h.left[0]);
    let hr = state.node(h.right[0]);
    let before = state.node(dependent - 1);
    let after = state.node(dependent + 1);
    let n0 = state.node(state.next);
    let way = if dependent < head { 8 } else { 0 };
    let far = distance(dependent, head) | way;
    let siblings = set(if dependent < head { h.left_set } else { h.right_set });
    let others = set(if dependent < head { h.right_set } else { h.left_set });
    let tags = pack(d.tag, h.tag, way, 0);
    [
        two(100, d.word, u32::from(way)),
        two(101, h.word, u32::from(way)),
        two(102, d.pair, u32::from(way)),
        two(103, d.pair, pack(h.tag, way, 0, 0)),
        two(104, h.pair, pack(d.tag, way, 0, 0)),
        three(105, d.word, h.word, u32::from(way)),
        one(106, tags),
        one(107, pack(d.tag, h.tag, far, 0)),
        two(108, d.word, u32::from(far)),
        two(109, h.word, pack(d.upos, far, 0, 0)),
        two(110, d.suffix, pack(h.tag, d.tag, way, 0)),
        two(111, h.suffix, pack(h.tag, d.tag, way, 0)),
        two(112, dl.word, pack(d.tag, h.upos, way, 0)),
        three(113, dl.word, d.word, u32::from(way)),
        three(114, dl.word, h.word, pack(d.upos, way, 0, 0)),
        two(115, dl2.word, pack(d.tag, h.upos, way, 0)),
        two(116, dr.word, pack(d.tag, h.upos, way, 0)),
        two(117, pack(dl.rel, dr.rel, dl2.rel, way), pack(d.tag, h.tag, 0, 0)),
        two(118, set(d.left_set), pack(d.tag, h.tag, way, 0)),
        two(119, set(d.right_set), pack(d.tag, h.tag, way, 0)),
        two(120, siblings, pack(d.tag, h.tag, way, 0)),
        three(121, siblings, h.word, pack(d.upos, way, 0, 0)),
        two(122, others, pack(d.tag, h.tag, way, 0)),
        two(123, before.word, pack(d.tag, h.upos, way, 0)),
        two(124, after.word, pack(d.tag, h.upos, way, 0)),
        two(125, tags, pack(before.tag, after.tag, 0, 0)),
        two(126, tags, pack(hl.rel, hr.rel, 0, 0)),
        two(127, tags, pack(hl.tag, hr.tag, 0, 0)),
        two(128, tags, u32::from(n0.tag)),
        two(129, n0.word, pack(d.upos, h.upos, way, 0)),
        two(130, hl.word, pack(d.tag, h.tag, way, 0)),
        two(131, d.word, siblings),
        two(132, dl.word, siblings ^ u32::from(d.upos)),
        one(133, pack(d.tag, far, 0, 0)),
        two(134, d.pair, pack(dl.tag, dr.tag, way, 0)),
        one(135, pack(way, 0, 0, 0)),
    ]
}
