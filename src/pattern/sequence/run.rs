//! The backtracking machine that runs a sequence from one token.

use super::program::{APART, Inst};
use super::{Capture, RoleIndex, Sequence, Tokens, WINDOW};

/// Working memory of the matcher, reused from call to call.
#[derive(Debug, Default)]
pub struct Scratch {
    visited: Vec<u64>,
    stack: Vec<Job>,
    captures: Vec<Mark>,
    best: Vec<Mark>,
    open: Vec<(RoleIndex, u32)>,
    /// For look-aheads.
    nested: Option<Box<Scratch>>,
}

/// A role with the token it begins at, the one it ends before and its mention; `u32::MAX` for what is not known.
type Mark = (RoleIndex, u32, u32, u32);

#[derive(Debug, Clone, Copy)]
struct Job {
    at: usize,
    pos: usize,
    keep: usize,
    add: Option<Mark>,
}

impl Sequence {
    /// The longest match that begins at token `at`: its end, with the captures put into `out`.
    pub fn longest<T: Tokens>(
        &self,
        tokens: &T,
        at: usize,
        scratch: &mut Scratch,
        out: &mut Vec<Capture>,
    ) -> Option<usize> {
        let end = self.run(tokens, at, 0, scratch)?;
        out.clear();
        scratch.open.clear();
        for (role, start, end, mention) in &scratch.best {
            match (*end, *mention) {
                (u32::MAX, _) => scratch.open.push((*role, *start)),
                (end, u32::MAX) => {
                    if let Some(i) = scratch.open.iter().rposition(|(r, _)| r == role) {
                        let (_, start) = scratch.open.remove(i);
                        if end > start {
                            out.push(Capture { role: *role, start, end, mention: None });
                        }
                    }
                }
                (end, mention) => out.push(Capture { role: *role, start: *start, end, mention: Some(mention) }),
            }
        }
        Some(end)
    }

    fn run<T: Tokens>(&self, tokens: &T, first: usize, entry: usize, scratch: &mut Scratch) -> Option<usize> {
        let limit = tokens.len().min(first + WINDOW);
        let width = limit - first + 1;
        let program = &self.program;
        let Scratch { visited, stack, captures, best, nested, .. } = scratch;
        visited.clear();
        visited.resize((program.meeting * width).div_ceil(64), 0);
        stack.clear();
        captures.clear();
        best.clear();
        stack.push(Job { at: entry, pos: first, keep: 0, add: None });
        let mut longest: Option<usize> = None;
        while let Some(Job { mut at, mut pos, keep, add }) = stack.pop() {
            captures.truncate(keep);
            captures.extend(add);
            while let Some(inst) = program.code.get(at) {
                // Between two places where paths meet there is one way only, so it is enough to remember those.
                let join = program.joins[at];
                if join != APART {
                    let bit = usize::from(join) * width + (pos - first);
                    if visited[bit / 64] & (1 << (bit % 64)) != 0 {
                        break;
                    }
                    visited[bit / 64] |= 1 << (bit % 64);
                }
                let here = pos < limit;
                match inst {
                    Inst::Accept => {
                        if longest.is_none_or(|l| pos > l) {
                            longest = Some(pos);
                            best.clone_from(captures);
                        }
                        break;
                    }
                    Inst::Split(a, b) => {
                        stack.push(Job { at: *b, pos, keep: captures.len(), add: None });
                        at = *a;
                        continue;
                    }
                    Inst::Jump(a) => {
                        at = *a;
                        continue;
                    }
                    Inst::Open(role) => captures.push((*role, pos as u32, u32::MAX, u32::MAX)),
                    Inst::Close(role) => captures.push((*role, 0, pos as u32, u32::MAX)),
                    Inst::Refuse(class) => {
                        if here && class.takes(tokens, pos) {
                            break;
                        }
                    }
                    Inst::Unless { resume } => {
                        // A look-ahead gets memory of its own so that the search around it stays as it is.
                        let found = here && {
                            let mut inner = nested.take().unwrap_or_default();
                            let found = self.run(tokens, pos, at + 1, &mut inner).is_some();
                            *nested = Some(inner);
                            found
                        };
                        if found {
                            break;
                        }
                        at = *resume;
                        continue;
                    }
                    Inst::Slot { types, form, role } => {
                        if here && tokens.types(pos).meets(*types) {
                            // The last one pushed is followed first: the one that was found first, the longest of a
                            // look-up.
                            for start in tokens.starts(pos) {
                                if types.contains(start.type_id)
                                    && form.is_none_or(|f| f == start.form)
                                    && start.end as usize <= limit
                                {
                                    let add = role.map(|r| (r, pos as u32, start.end, start.id));
                                    stack.push(Job { at: at + 1, pos: start.end as usize, keep: captures.len(), add });
                                }
                            }
                        }
                        break;
                    }
                    Inst::Phrase(phrases) => {
                        if here {
                            for rest in phrases.by_head.get(&tokens.word(pos)).into_iter().flatten() {
                                let end = pos + 1 + rest.len();
                                if end <= limit && rest.iter().enumerate().all(|(i, w)| tokens.word(pos + 1 + i) == *w)
                                {
                                    stack.push(Job { at: at + 1, pos: end, keep: captures.len(), add: None });
                                }
                            }
                        }
                        break;
                    }
                    Inst::Take(class) => {
                        if !here || !class.takes(tokens, pos) {
                            break;
                        }
                        pos += 1;
                    }
                }
                at += 1;
            }
        }
        longest
    }
}
