//! The words of the treebank: how often each was seen and what it usually is.
//!
//! The tagger takes the tag of a frequent, unambiguous word from here without looking at anything else, and reads the
//! usual tags of the words to come. Words are kept as 32-bit hashes in a table probed in place.

use super::hash;
use super::word::Keys;

const ENTRY: usize = 8;
/// No tag.
pub(crate) const NONE: u8 = u8::MAX;
const VOCABULARY: u8 = 1;
const CERTAIN: u8 = 2;

/// What the lexicon holds about a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    hash: u32,
    /// Binary logarithm of the count of lower-case, non-name uses, plus one; 0 for none.
    class: u8,
    /// The commonest tag and the second commonest.
    usual: [u8; 2],
    flags: u8,
}

impl Entry {
    /// The tag of a word that is frequent and always the same.
    #[inline]
    pub(crate) fn certain(&self) -> Option<u8> {
        (self.flags & CERTAIN != 0).then_some(self.usual[0])
    }

    /// The word was seen in lower case and was no name.
    pub(crate) fn vocabulary(&self) -> bool {
        self.flags & VOCABULARY != 0
    }

    /// The lower bound of the word's count in training.
    pub(crate) fn count(&self) -> u32 {
        if self.class == 0 { 0 } else { 1 << (self.class - 1).min(31) }
    }
}

/// The lexicon inside a model.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lexicon<'a> {
    entries: &'a [[u8; ENTRY]],
}

impl<'a> Lexicon<'a> {
    pub(crate) fn read(bytes: &'a [u8]) -> Option<Lexicon<'a>> {
        let (entries, rest) = bytes.as_chunks::<ENTRY>();
        (!entries.is_empty() && rest.is_empty()).then_some(Lexicon { entries })
    }

    /// Looks a lower-case hash up.
    #[inline]
    pub(crate) fn get(&self, hash: u32) -> Option<Entry> {
        let count = self.entries.len();
        let mut at = ((u64::from(hash) * count as u64) >> 32) as usize;
        for _ in 0..count {
            let &[a, b, c, d, class, first, second, flags] = self.entries.get(at)?;
            if class == 0 && flags == 0 && first == NONE {
                return None;
            }
            if u32::from_le_bytes([a, b, c, d]) == hash {
                return Some(Entry { hash, class, usual: [first, second], flags });
            }
            at = if at + 1 == count { 0 } else { at + 1 };
        }
        None
    }

    /// The key that stands for a word's usual tags, or for its look where it is unknown.
    #[inline]
    pub(crate) fn outlook(entry: Option<Entry>, keys: &Keys) -> u32 {
        match entry {
            Some(entry) if entry.usual[0] != NONE => {
                u32::from(entry.usual[0]) << 8 | u32::from(entry.usual[1]) | (keys.shape & 1) << 16
            }
            _ => hash::two(999, keys.suffix[2], keys.shape & 0xFF),
        }
    }
}

/// The counts of one word, gathered in training.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    /// Uses by tag.
    pub tags: Vec<(u8, u32)>,
    /// Uses in lower case that are no names.
    pub plain: u32,
}

/// When training trusts the lexicon alone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trust {
    /// Least count for the usual tags to be shown.
    pub shown: u32,
    /// Least count for a word to be certain.
    pub certain: u32,
    /// Least share of the commonest tag for a word to be certain.
    pub share: f64,
}

/// Lays the lexicon out; `words` maps lower-case hashes to counts.
pub(crate) fn pack(words: &std::collections::BTreeMap<u32, Counts>, trust: Trust) -> Vec<u8> {
    let size = words.len() * 5 / 3 + 3;
    let mut entries = vec![[0, 0, 0, 0, 0, NONE, NONE, 0]; size];
    for (&hash, counts) in words {
        let mut tags = counts.tags.clone();
        tags.sort_by_key(|&(tag, count)| (std::cmp::Reverse(count), tag));
        let total: u32 = tags.iter().map(|&(_, count)| count).sum();
        let mut usual = [NONE, NONE];
        let mut flags = if counts.plain > 0 { VOCABULARY } else { 0 };
        if let Some(&(tag, count)) = tags.first()
            && total >= trust.shown
        {
            usual[0] = tag;
            // A second reading counts when it is no slip: a twentieth of the uses.
            usual[1] = tags.get(1).filter(|(_, second)| second * 20 >= total).map_or(NONE, |&(tag, _)| tag);
            if total >= trust.certain && f64::from(count) >= trust.share * f64::from(total) {
                flags |= CERTAIN;
            }
        }
        let class = (u32::BITS - counts.plain.leading_zeros()) as u8;
        if class == 0 && flags == 0 && usual[0] == NONE {
            continue;
        }
        let mut at = ((u64::from(hash) * size as u64) >> 32) as usize;
        while entries[at][4] != 0 || entries[at][7] != 0 || entries[at][5] != NONE {
            at = (at + 1) % size;
        }
        let [a, b, c, d] = hash.to_le_bytes();
        entries[at] = [a, b, c, d, class, usual[0], usual[1], flags];
    }
    entries.as_flattened().to_vec()
}
