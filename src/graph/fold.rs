//! Names folded to what spellings of one name have in common, and the distance that is left between two of them.
//!
//! Diacritics go, then the pack's rewrites (`kh` to `h`) bring romanisations together; what still differs is counted as
//! an edit distance in which the vowels that romanisations disagree about cost half.

use deunicode::deunicode;

use super::schema::IdentityRules;

/// Letters from which on a letter that is mixed up with another may stand for it.
const LONG: usize = 6;

/// Folds names by a pack's rules.
#[derive(Debug, Clone, Copy)]
pub(super) struct Folder<'a> {
    rules: &'a IdentityRules,
}

/// How two names of several parts agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Agreement {
    /// Whether the family name comes first in one and last in the other.
    pub turned: bool,
    /// Whether it is not the last parts that agree but the first ones, which says less.
    pub by_first: bool,
    /// Edit distance in half edits.
    pub cost: u32,
    /// Parts of the longer name that the shorter one lacks.
    pub missing: u32,
}

impl<'a> Folder<'a> {
    pub(super) fn new(rules: &'a IdentityRules) -> Self {
        Folder { rules }
    }

    /// A name as it is compared where it matches whole.
    pub(super) fn plain(&self, text: &str) -> String {
        plain_name(text)
    }

    /// The parts of a personal name, folded, without particles.
    pub(super) fn parts(&self, text: &str) -> Vec<String> {
        let words = words(text);
        let telling: Vec<&String> = words.iter().filter(|word| !self.is_particle(word)).collect();
        let chosen = if telling.is_empty() { words.iter().collect() } else { telling };
        chosen.into_iter().map(|word| self.rewrite(word)).collect()
    }

    /// Whether a folded word is one of the pack's particles.
    pub(super) fn is_particle(&self, word: &str) -> bool {
        self.rules.particles.iter().any(|particle| particle == word)
    }

    fn rewrite(&self, word: &str) -> String {
        let mut folded = word.to_string();
        for (from, to) in &self.rules.transliteration {
            if !from.is_empty() && folded.contains(from.as_str()) {
                folded = folded.replace(from.as_str(), to);
            }
        }
        folded
    }

    fn is_vowel(&self, letter: u8) -> bool {
        self.rules.vowels.as_bytes().contains(&letter)
    }

    /// Whether transliterations write one letter for the other.
    fn is_near(&self, a: u8, b: u8) -> bool {
        self.rules.near.iter().any(|group| group.as_bytes().contains(&a) && group.as_bytes().contains(&b))
    }

    /// The letter that stands for all that may be written for it.
    fn common(&self, letter: u8) -> u8 {
        let mut common = letter;
        for group in self.rules.near.iter().map(|group| group.as_bytes()) {
            if group.contains(&common) {
                common = group.iter().copied().chain([common]).min().unwrap_or(common);
            }
        }
        common
    }

    /// The first consonants of a part: parts that can agree mostly share them, so pairs are looked for among their equals.
    pub(super) fn skeleton(&self, part: &str) -> String {
        let mut skeleton = String::new();
        for letter in part.bytes().filter(|letter| !self.is_vowel(*letter)).map(|letter| self.common(letter)) {
            if !skeleton.ends_with(char::from(letter)) {
                skeleton.push(char::from(letter));
            }
            if skeleton.len() == 3 {
                break;
            }
        }
        skeleton
    }

    /// Half edits between two parts, where they are few enough for the parts to be one: none for up to three letters,
    /// one vowel for up to seven, one letter or two vowels from eight. An initial agrees with what it begins.
    pub(super) fn part_cost(&self, a: &str, b: &str) -> Option<u32> {
        if a == b {
            return Some(0);
        }
        let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
        if short.len() == 1 {
            return long.starts_with(short).then_some(1);
        }
        let most = match short.len() {
            0..=3 => return None,
            4..=7 => 1,
            _ => 2,
        };
        if long.len() - short.len() > 2 {
            return None;
        }
        let cost = self.distance(short.as_bytes(), long.as_bytes());
        (cost <= most).then_some(cost)
    }

    /// Levenshtein distance (Levenshtein 1966) in half edits: an edit among vowels alone costs one, and so does one of
    /// letters that are mixed up, in words long enough for it to make no other name; any other two.
    fn distance(&self, a: &[u8], b: &[u8]) -> u32 {
        let long = a.len().min(b.len()) >= LONG;
        let single = |letter: u8| if self.is_vowel(letter) { 1 } else { 2 };
        let mut row: Vec<u32> = std::iter::once(0)
            .chain(b.iter().scan(0, |sum, &letter| {
                *sum += single(letter);
                Some(*sum)
            }))
            .collect();
        for &left in a {
            let mut diagonal = row[0];
            row[0] += single(left);
            for (at, &right) in b.iter().enumerate() {
                let replace = match (left == right, self.is_vowel(left) && self.is_vowel(right)) {
                    (true, _) => 0,
                    (_, true) => 1,
                    _ if long && self.is_near(left, right) => 1,
                    _ => 2,
                };
                let best = (diagonal + replace).min(row[at + 1] + single(left)).min(row[at] + single(right));
                diagonal = row[at + 1];
                row[at + 1] = best;
            }
        }
        row[b.len()]
    }

    /// Whether every part of the shorter name agrees with one of the longer in order, its last with the last or its first
    /// with the first.
    pub(super) fn agreement(&self, a: &[String], b: &[String]) -> Option<Agreement> {
        let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
        let missing = u32::try_from(long.len() - short.len()).unwrap_or(u32::MAX);
        let (last, rest) = short.split_last()?;
        let (long_last, long_rest) = long.split_last()?;
        let by_last = self.part_cost(last, long_last).zip(self.in_order(rest, long_rest));
        if let Some((end, others)) = by_last {
            return Some(Agreement { turned: false, by_first: false, cost: end + others, missing });
        }
        if short.len() < 2 {
            return None;
        }
        let by_first = self.part_cost(&short[0], &long[0]).zip(self.in_order(&short[1..], &long[1..]));
        if let Some((start, others)) = by_first {
            return Some(Agreement { turned: false, by_first: true, cost: start + others, missing });
        }
        // Parts that are written as one word by some: *Abdel Fattah*, *Abdelfattah*.
        if let Some(cost) = (missing == 1).then(|| self.part_cost(&short.concat(), &long.concat())).flatten() {
            return Some(Agreement { turned: false, by_first: false, cost, missing: 0 });
        }
        self.turned(short, long)
    }

    /// Whether two names have the same parts, the family name first in one of them and last in the other.
    fn turned(&self, a: &[String], b: &[String]) -> Option<Agreement> {
        let cost_of = |a: &[String]| {
            let costs = a.iter().zip(b).map(|(x, y)| self.part_cost(x, y));
            costs.sum::<Option<u32>>()
        };
        if a.len() != b.len() {
            return None;
        }
        let (mut left, mut right) = (a.to_vec(), a.to_vec());
        left.rotate_left(1);
        right.rotate_right(1);
        let cost = [left, right].iter().filter_map(|turned| cost_of(turned)).min()?;
        Some(Agreement { turned: true, by_first: false, cost, missing: 0 })
    }

    fn in_order(&self, short: &[String], long: &[String]) -> Option<u32> {
        let mut rest = long.iter();
        short.iter().try_fold(0, |sum, part| rest.find_map(|other| self.part_cost(part, other)).map(|cost| sum + cost))
    }
}

/// A name as lower-case ASCII words with single spaces: what names that match whole are compared by.
pub(crate) fn plain_name(text: &str) -> String {
    words(text).join(" ")
}

/// Whether two personal names can be one: as spellings of it, or one with parts that the other lacks.
pub(crate) fn names_agree(rules: &IdentityRules, a: &str, b: &str) -> bool {
    let folder = Folder::new(rules);
    folder.agreement(&folder.parts(a), &folder.parts(b)).is_some()
}

/// Lower-case ASCII words of a name; marks inside a word (apostrophes) vanish, hyphens and everything else part words.
fn words(text: &str) -> Vec<String> {
    let folded = deunicode(text).to_ascii_lowercase();
    folded
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '\'' || c == '`'))
        .map(|word| word.chars().filter(char::is_ascii_alphanumeric).collect::<String>())
        .filter(|word| !word.is_empty())
        .collect()
}

/// An id's part made from a name: lower-case ASCII words joined by hyphens.
pub(super) fn slug(text: &str) -> String {
    words(text).join("-")
}
