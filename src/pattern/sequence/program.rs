//! The program of a sequence: its instructions, where it can begin, and where its paths meet.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::RoleIndex;
use super::token::Class;
use crate::pattern::lexis::{WordId, WordSet};
use crate::pattern::vocabulary::TypeMask;

/// Phrases of a list by their first word: what follows it.
#[derive(Debug, Default)]
pub struct Phrases {
    pub(super) by_head: FxHashMap<WordId, Vec<Vec<WordId>>>,
    /// Their first words.
    pub(super) heads: WordSet,
    /// Whether none has a second word.
    pub(super) single: bool,
}

/// One instruction. In a program under construction targets count from the instruction itself, then from the first.
#[derive(Debug, Clone)]
pub(super) enum Inst {
    /// One token of a class.
    Take(Arc<Class>),
    /// Fails where a token of a class stands.
    Refuse(Arc<Class>),
    Slot {
        types: TypeMask,
        form: Option<u8>,
        role: Option<RoleIndex>,
    },
    Phrase(Arc<Phrases>),
    Split(usize, usize),
    Jump(usize),
    Open(RoleIndex),
    Close(RoleIndex),
    /// Fails where the program from the next instruction to `resume` matches.
    Unless {
        resume: usize,
    },
    Accept,
}

/// A finished program.
#[derive(Debug, Clone)]
pub(super) struct Program {
    pub(super) code: Box<[Inst]>,
    /// For each instruction that several paths lead to, its number among those; `APART` for others.
    pub(super) joins: Box<[u16]>,
    /// How many paths meet at.
    pub(super) meeting: usize,
}

/// An instruction that one path leads to.
pub(super) const APART: u16 = u16::MAX;

impl Program {
    /// Makes targets count from the first instruction and notes where paths meet.
    pub(super) fn new(mut code: Vec<Inst>) -> Self {
        for (at, inst) in code.iter_mut().enumerate() {
            match inst {
                // Backward jumps wrap around.
                Inst::Split(a, b) => (*a, *b) = (at.wrapping_add(*a), at.wrapping_add(*b)),
                Inst::Jump(a) => *a = at.wrapping_add(*a),
                Inst::Unless { resume } => *resume = at.wrapping_add(*resume),
                _ => {}
            }
        }
        let mut ways = vec![0_u32; code.len() + 1];
        ways[0] = 1;
        for (at, inst) in code.iter().enumerate() {
            match inst {
                Inst::Split(a, b) => {
                    ways[*a] += 1;
                    ways[*b] += 1;
                }
                Inst::Jump(a) => ways[*a] += 1,
                Inst::Unless { resume } => {
                    ways[*resume] += 1;
                    ways[at + 1] += 1;
                }
                // These go on from several tokens, or from one several times.
                Inst::Slot { .. } | Inst::Phrase(_) => ways[at + 1] += 2,
                Inst::Take(_) | Inst::Refuse(_) | Inst::Open(_) | Inst::Close(_) => ways[at + 1] += 1,
                Inst::Accept => {}
            }
        }
        let mut meeting = 0;
        let mut number = |inst: &Inst, ways: u32| {
            if ways < 2 || matches!(inst, Inst::Accept) {
                return APART;
            }
            meeting += 1;
            meeting - 1
        };
        let joins = code.iter().zip(ways).map(|(inst, ways)| number(inst, ways)).collect();
        Self { code: code.into(), joins, meeting: usize::from(meeting) }
    }

    /// Instructions that can take the first token, and whether a match can be empty.
    pub(super) fn takers(&self) -> (Vec<usize>, bool) {
        let (mut takers, mut empty) = (Vec::new(), false);
        let mut seen = vec![false; self.code.len()];
        let mut stack = vec![0];
        while let Some(at) = stack.pop() {
            if std::mem::replace(&mut seen[at], true) {
                continue;
            }
            match &self.code[at] {
                Inst::Accept => empty = true,
                Inst::Split(a, b) => stack.extend([*a, *b]),
                Inst::Jump(a) => stack.push(*a),
                Inst::Open(_) | Inst::Close(_) | Inst::Refuse(_) => stack.push(at + 1),
                Inst::Unless { resume } => stack.push(*resume),
                Inst::Take(_) | Inst::Slot { .. } | Inst::Phrase(_) => takers.push(at),
            }
        }
        takers.sort_unstable();
        (takers, empty)
    }
}
