//! Patterns for lines that are compiled when first needed.
//!
//! A pack has many patterns for page furniture and few pages have much of it, while compiling them all costs more than
//! reading the rest of the pack. So a pattern is parsed when the pack is read, which finds what is wrong with it, and
//! from its parse follow cheap conditions without which a line cannot match: how long it is, the byte it begins with and
//! bytes that it must hold. The first line that meets them has the pattern compiled.

use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};
use regex_syntax::hir::{Class, Hir, HirKind};

/// The most memory one compiled pattern may take, in bytes: room for long bounded repetitions of letters, and no more.
const MAX_PATTERN: usize = 1 << 24;
/// Up to this many steps a pattern is sure to fit into [`MAX_PATTERN`].
const SURE: usize = 200_000;
/// Most conditions looked at for a pattern.
const CONDITIONS: usize = 6;

/// A set of bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Bytes([u64; 4]);

impl Bytes {
    fn insert(&mut self, byte: u8) {
        self.0[usize::from(byte / 64)] |= 1 << (byte % 64);
    }
    fn contains(&self, byte: u8) -> bool {
        self.0[usize::from(byte / 64)] & (1 << (byte % 64)) != 0
    }
    fn union(self, other: Bytes) -> Bytes {
        Bytes(std::array::from_fn(|i| self.0[i] | other.0[i]))
    }
    fn meets(&self, other: &Bytes) -> bool {
        (0..4).any(|i| self.0[i] & other.0[i] != 0)
    }
    fn len(&self) -> u32 {
        self.0.iter().map(|b| b.count_ones()).sum()
    }
    fn of(text: &str) -> Bytes {
        let mut all = Bytes::default();
        text.bytes().for_each(|b| all.insert(b));
        all
    }
}

/// A pattern that matches from the start of a text.
#[derive(Debug)]
pub(super) struct LinePattern {
    source: String,
    regex: OnceLock<Option<Regex>>,
    groups: Vec<String>,
    least: usize,
    most: usize,
    first: Bytes,
    /// A text that matches holds a byte of each.
    needs: Vec<Bytes>,
}

impl LinePattern {
    /// Reads a pattern; `whole` has it match to the end of the text. None if it is no regular expression or too large.
    pub(super) fn new(pattern: &str, whole: bool) -> Option<LinePattern> {
        let source = if whole { format!("^(?:{pattern})$") } else { format!("^(?:{pattern})") };
        let hir = regex_syntax::parse(&source).ok()?;
        let properties = hir.properties();
        let mut groups = Vec::new();
        let steps = look_over(&hir, &mut groups);
        let (first, empty) = first(&hir);
        let mut needs = needs(&hir);
        needs.sort_by_key(Bytes::len);
        needs.dedup();
        needs.truncate(CONDITIONS);
        let made = LinePattern {
            regex: OnceLock::new(),
            groups,
            least: properties.minimum_len().unwrap_or(0),
            most: properties.maximum_len().filter(|_| whole).unwrap_or(usize::MAX),
            first: if empty { Bytes([u64::MAX; 4]) } else { first },
            needs,
            source,
        };
        (steps <= SURE || made.compiled().is_some()).then_some(made)
    }

    /// Whether it has a group of that name.
    pub(super) fn has_group(&self, name: &str) -> bool {
        self.groups.iter().any(|g| g == name)
    }

    /// The compiled pattern, unless this text cannot match it.
    pub(super) fn on(&self, text: &str) -> Option<&Regex> {
        self.may_match(text, &mut None).then(|| self.compiled()).flatten()
    }

    fn compiled(&self) -> Option<&Regex> {
        self.regex.get_or_init(|| RegexBuilder::new(&self.source).size_limit(MAX_PATTERN).build().ok()).as_ref()
    }

    fn may_match(&self, text: &str, held: &mut Option<Bytes>) -> bool {
        (self.least..=self.most).contains(&text.len())
            && text.bytes().next().is_none_or(|b| self.first.contains(b))
            && {
                let held = held.get_or_insert_with(|| Bytes::of(text));
                self.needs.iter().all(|set| set.meets(held))
            }
    }
}

/// Several patterns for a whole line, of which one must match.
#[derive(Debug, Default)]
pub(super) struct LinePatterns(pub(super) Vec<LinePattern>);

impl LinePatterns {
    /// Whether one of them matches.
    pub(super) fn is_match(&self, text: &str) -> bool {
        let mut held = None;
        self.0.iter().any(|p| p.may_match(text, &mut held) && p.compiled().is_some_and(|r| r.is_match(text)))
    }
}

/// Collects the names of groups, and gives about the number of steps the pattern takes when it is compiled.
fn look_over(hir: &Hir, groups: &mut Vec<String>) -> usize {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 1,
        HirKind::Literal(literal) => literal.0.len(),
        HirKind::Class(Class::Unicode(class)) => 4 * class.ranges().len(),
        HirKind::Class(Class::Bytes(class)) => class.ranges().len(),
        HirKind::Repetition(repetition) => {
            let times = repetition.max.unwrap_or(repetition.min.saturating_add(1)).max(1) as usize;
            look_over(&repetition.sub, groups).saturating_mul(times)
        }
        HirKind::Capture(capture) => {
            groups.extend(capture.name.as_deref().map(str::to_owned));
            look_over(&capture.sub, groups)
        }
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().fold(0, |sum, part| sum.saturating_add(look_over(part, groups)))
        }
    }
}

/// The bytes a match can begin with, and whether it can be empty.
fn first(hir: &Hir) -> (Bytes, bool) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => (Bytes::default(), true),
        HirKind::Literal(literal) => {
            let mut set = Bytes::default();
            literal.0.first().into_iter().for_each(|b| set.insert(*b));
            (set, literal.0.is_empty())
        }
        HirKind::Class(class) => (leading(class), false),
        HirKind::Repetition(repetition) => {
            let (set, empty) = first(&repetition.sub);
            (set, empty || repetition.min == 0)
        }
        HirKind::Capture(capture) => first(&capture.sub),
        HirKind::Concat(parts) => {
            let mut all = Bytes::default();
            for part in parts {
                let (set, empty) = first(part);
                all = all.union(set);
                if !empty {
                    return (all, false);
                }
            }
            (all, true)
        }
        HirKind::Alternation(parts) => parts
            .iter()
            .map(first)
            .fold((Bytes::default(), false), |(all, any), (set, empty)| (all.union(set), any || empty)),
    }
}

/// The bytes that the letters of a class begin with.
fn leading(class: &Class) -> Bytes {
    let mut set = Bytes::default();
    match class {
        Class::Unicode(class) => {
            let lead = |c: char| c.encode_utf8(&mut [0; 4]).as_bytes()[0];
            for range in class.ranges() {
                (lead(range.start())..=lead(range.end())).for_each(|b| set.insert(b));
            }
        }
        Class::Bytes(class) => {
            class.ranges().iter().for_each(|range| (range.start()..=range.end()).for_each(|b| set.insert(b)))
        }
    }
    set
}

/// Sets of which every match holds a byte each.
fn needs(hir: &Hir) -> Vec<Bytes> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Vec::new(),
        HirKind::Literal(literal) => {
            let one = |byte: &u8| {
                let mut set = Bytes::default();
                set.insert(*byte);
                set
            };
            literal.0.iter().map(one).collect()
        }
        HirKind::Class(class) => vec![leading(class)],
        HirKind::Repetition(repetition) if repetition.min == 0 => Vec::new(),
        HirKind::Repetition(repetition) => needs(&repetition.sub),
        HirKind::Capture(capture) => needs(&capture.sub),
        HirKind::Concat(parts) => parts.iter().flat_map(needs).collect(),
        HirKind::Alternation(parts) => {
            let narrowest = |part| needs(part).into_iter().min_by_key(Bytes::len);
            let either = parts.iter().map(narrowest).try_fold(Bytes::default(), |all, set| Some(all.union(set?)));
            either.into_iter().collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_cannot_match_compile_nothing() {
        let pattern = LinePattern::new(r"(?i)by [^:;]{2,8}[^.:]|(?:no|art)\.? ?(?<n>[0-9]+)|…+", true).unwrap();
        assert!(pattern.has_group("n") && !pattern.has_group("m"));
        for line in ["", "-", "by", "xby you", "bysted"] {
            assert!(pattern.on(line).is_none(), "{line}");
        }
        assert!(pattern.regex.get().is_none());
        for line in ["By Jane", "BY JANE", "no.5", "art 12", "…", "……"] {
            assert!(pattern.on(line).is_some_and(|r| r.is_match(line)), "{line}");
        }
        assert!(LinePattern::new("(", true).is_none() && LinePattern::new(r"\pL{1000}{1000}", true).is_none());
    }

    #[test]
    fn conditions_agree_with_the_patterns() {
        let patterns = [
            r"\p{Lu}[^0-9(]{2,5} ?\(\p{Ll}+\)",
            "(?i)s?k*",
            r"(?:a|b)?c",
            r"[\p{Lu}’ ]+-{1,2}",
            "(?:é|è)t[ée]|x$|",
            ".",
        ];
        let texts = ["Ab c (d)", "Éab(é)", "ſK", "", "c", "bc", "’A--", "été", "èté", "x", "é", "a", "-", "Ab c (D)"];
        for pattern in patterns {
            for whole in [true, false] {
                let lazy = LinePattern::new(pattern, whole).unwrap();
                let plain = Regex::new(&lazy.source).unwrap();
                for text in texts {
                    assert_eq!(
                        lazy.on(text).is_some_and(|r| r.is_match(text)),
                        plain.is_match(text),
                        "{pattern} {text}"
                    );
                }
            }
        }
    }
}
