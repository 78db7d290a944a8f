//! What the last bytes of a text must be for an expression to match up to its end.
//!
//! Rules for endings are asked about every word that other rules speak of, and nearly always the answer is no. Three
//! bytes tell that in a few steps, without walking the expression.

use regex_syntax::hir::{Class, Hir, HirKind};

/// How many of the last bytes are looked at.
const LENGTH: usize = 3;

/// For each of the last bytes of a text, the last first, those that it may be.
#[derive(Debug, Clone)]
pub(super) struct Tail {
    may_be: [Bytes; LENGTH],
    /// The fewest bytes that match, or [`LENGTH`].
    least: usize,
}

impl Tail {
    /// Of an expression all matches of which end at the end of the text, and begin at its start or anywhere.
    pub(super) fn of(hir: &Hir, from_start: bool) -> Tail {
        let part = Part::of(hir);
        let mut may_be = part.may_be;
        for bytes in may_be.iter_mut().skip(part.least).filter(|_| !from_start) {
            *bytes = Bytes::ALL;
        }
        Tail { may_be, least: part.least }
    }

    /// Whether a text may match: where it is false, none does.
    pub(super) fn fits(&self, text: &str) -> bool {
        text.len() >= self.least
            && text.as_bytes().iter().rev().zip(&self.may_be).all(|(byte, bytes)| bytes.contains(*byte))
    }
}

/// A set of bytes, those outside ASCII taken together.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Bytes([u64; 3]);

impl Bytes {
    const ALL: Bytes = Bytes([u64::MAX; 3]);
    const OUTSIDE: u8 = 0x80;

    fn insert(&mut self, byte: u8) {
        let byte = byte.min(Self::OUTSIDE);
        self.0[usize::from(byte) / 64] |= 1 << (byte % 64);
    }

    fn contains(self, byte: u8) -> bool {
        let byte = byte.min(Self::OUTSIDE);
        self.0[usize::from(byte) / 64] & 1 << (byte % 64) != 0
    }

    fn extend(&mut self, other: Bytes) {
        self.0.iter_mut().zip(other.0).for_each(|(mine, others)| *mine |= others);
    }
}

/// What is known of the matches of a part of an expression.
#[derive(Debug, Clone, Copy, Default)]
struct Part {
    /// What the bytes of matches may be, counted from their ends; of those matches that are so long.
    may_be: [Bytes; LENGTH],
    /// The fewest bytes, or [`LENGTH`].
    least: usize,
    /// The most bytes, or [`LENGTH`].
    most: usize,
}

impl Part {
    fn of(hir: &Hir) -> Part {
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => Part::default(),
            HirKind::Literal(literal) => {
                let length = literal.0.len().min(LENGTH);
                let mut part = Part { least: length, most: length, ..Part::default() };
                part.may_be.iter_mut().zip(literal.0.iter().rev()).for_each(|(bytes, byte)| bytes.insert(*byte));
                part
            }
            HirKind::Class(class) => Part::of_class(class),
            HirKind::Capture(capture) => Part::of(&capture.sub),
            HirKind::Concat(parts) => parts.iter().fold(Part::default(), |before, part| before.then(&Part::of(part))),
            HirKind::Alternation(parts) => {
                parts.iter().map(Part::of).reduce(|one, other| one.or(&other)).unwrap_or_default()
            }
            HirKind::Repetition(repetition) => {
                // More repetitions do not reach the last bytes, unless some are empty, and those add nothing.
                let times = |n: u32| (n as usize).min(LENGTH);
                let most = times(repetition.max.unwrap_or(u32::MAX));
                let once = Part::of(&repetition.sub);
                let mut part = once;
                for _ in 1..most {
                    part = part.or(&part.then(&once));
                }
                part.least = (once.least * times(repetition.min)).min(LENGTH);
                part.most = (once.most * most).min(LENGTH);
                part
            }
        }
    }

    /// One character, of which the bytes outside ASCII are not told apart.
    fn of_class(class: &Class) -> Part {
        let mut part = Part { least: 1, most: 1, ..Part::default() };
        let mut add = |start: u32, end: u32| {
            (start..=end.min(0x7f)).for_each(|byte| part.may_be[0].insert(byte as u8));
            if end > 0x7f {
                part.may_be.iter_mut().for_each(|bytes| bytes.insert(Bytes::OUTSIDE));
                part.most = LENGTH;
            }
        };
        match class {
            Class::Unicode(class) => class.ranges().iter().for_each(|r| add(r.start() as u32, r.end() as u32)),
            Class::Bytes(class) => class.ranges().iter().for_each(|r| add(r.start().into(), r.end().into())),
        }
        part
    }

    /// This and then another.
    fn then(&self, next: &Part) -> Part {
        let mut may_be = next.may_be;
        for (at, bytes) in may_be.iter_mut().enumerate() {
            for length in next.least..=next.most.min(at) {
                bytes.extend(self.may_be[at - length]);
            }
        }
        Part { may_be, least: (self.least + next.least).min(LENGTH), most: (self.most + next.most).min(LENGTH) }
    }

    /// This or another.
    fn or(mut self, other: &Part) -> Part {
        self.may_be.iter_mut().zip(other.may_be).for_each(|(bytes, others)| bytes.extend(others));
        Part { least: self.least.min(other.least), most: self.most.max(other.most), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tail(source: &str) -> Tail {
        Tail::of(&regex_syntax::parse(source).unwrap(), source.starts_with('^'))
    }

    #[test]
    fn what_is_told_without_a_walk() {
        for (source, fits, misfits) in [
            ("(mit|fer)$", ["admit", "fer"], ["it", "admin"]),
            ("[^aeiou]y$", ["deny", "é—y"], ["day", "y"]),
            ("^[^aeiou]*[aeiou][^aeiouwxy]$", ["ban", "ön"], ["deny", "see"]),
            ("^a{2,}b?$", ["aaa", "aab"], ["a", "bba"]),
        ] {
            let tail = tail(source);
            assert!(fits.iter().all(|text| tail.fits(text)), "{source}");
            assert!(misfits.iter().all(|text| !tail.fits(text)), "{source}");
        }
    }
}
