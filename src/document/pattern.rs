//! Patterns for lines that are compiled when first needed.
//!
//! A pack has many patterns for page furniture and few pages have much of it, while compiling them all costs more than
//! reading the rest of the pack. So a pattern is parsed when the pack is read, which finds what is wrong with it, and
//! from its parse follow cheap conditions without which a line cannot match: how long it is, the byte it begins with and
//! bytes that it must hold. The lines that meet them are matched as [`LazyRegex`] does it.

use regex::Regex;
use regex_syntax::hir::{Class, Hir, HirKind};

use super::expression::LazyRegex;

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
    regex: LazyRegex,
    groups: Vec<String>,
    least: usize,
    most: usize,
    first: Bytes,
    /// A text that matches holds a byte of each.
    needs: Vec<Bytes>,
}

impl LinePattern {
    /// Reads a pattern; `whole` has it match to the end of the text.
    ///
    /// # Errors
    /// What is wrong with it, in one line.
    pub(super) fn new(pattern: &str, whole: bool) -> Result<LinePattern, String> {
        let end = if whole { "$" } else { "" };
        let regex = LazyRegex::new(&format!("^(?:{pattern}){end}"))?;
        let hir = regex.expression().hir();
        let properties = hir.properties();
        let mut groups = Vec::new();
        names_of_groups(hir, &mut groups);
        let (first, empty) = first(hir);
        let mut needs = needs(hir);
        needs.sort_by_key(Bytes::len);
        needs.dedup();
        needs.truncate(CONDITIONS);
        Ok(LinePattern {
            groups,
            least: properties.minimum_len().unwrap_or(0),
            most: properties.maximum_len().filter(|_| whole).unwrap_or(usize::MAX),
            first: if empty { Bytes([u64::MAX; 4]) } else { first },
            needs,
            regex,
        })
    }

    /// Whether it has a group of that name.
    pub(super) fn has_group(&self, name: &str) -> bool {
        self.groups.iter().any(|g| g == name)
    }

    /// The compiled pattern, unless this text does not match it.
    pub(super) fn on(&self, text: &str) -> Option<&Regex> {
        self.may_match(text, &mut None).then(|| self.regex.matching(text)).flatten()
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
        self.0.iter().any(|p| p.may_match(text, &mut held) && p.regex.is_match(text))
    }
}

/// Collects the names of groups.
fn names_of_groups(hir: &Hir, groups: &mut Vec<String>) {
    match hir.kind() {
        HirKind::Repetition(repetition) => names_of_groups(&repetition.sub, groups),
        HirKind::Capture(capture) => {
            groups.extend(capture.name.as_deref().map(str::to_owned));
            names_of_groups(&capture.sub, groups);
        }
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().for_each(|part| names_of_groups(part, groups))
        }
        HirKind::Empty | HirKind::Look(_) | HirKind::Literal(_) | HirKind::Class(_) => {}
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
    fn lines_that_do_not_match() {
        let pattern = LinePattern::new(r"(?i)by [^:;]{2,8}[^.:]|(?:no|art)\.? ?(?<n>[0-9]+)|…+", true).unwrap();
        assert!(pattern.has_group("n") && !pattern.has_group("m"));
        for line in ["", "-", "by", "xby you", "bysted"] {
            assert!(pattern.on(line).is_none(), "{line}");
        }
        for line in ["By Jane", "BY JANE", "no.5", "art 12", "…", "……"] {
            assert!(pattern.on(line).is_some_and(|r| r.is_match(line)), "{line}");
        }
        assert!(LinePattern::new("(", true).is_err() && LinePattern::new(r"\pL{1000}{1000}", true).is_err());
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
                let end = if whole { "$" } else { "" };
                let plain = Regex::new(&format!("^(?:{pattern}){end}")).unwrap();
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
