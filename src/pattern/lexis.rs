//! The closed vocabulary of a rule set: rule words are interned when rules are compiled, document words are only looked up.

use rustc_hash::FxHashMap;

/// An interned lower-case word. `WordId::NONE` stands for every word no rule speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub u32);

impl WordId {
    /// A word that no rule speaks of.
    pub const NONE: WordId = WordId(0);
}

/// Interned words. Immutable once rules are compiled, so threads share it without a lock.
#[derive(Debug, Default)]
pub struct Lexis {
    ids: FxHashMap<Box<str>, WordId>,
    words: Vec<Box<str>>,
}

impl Lexis {
    /// The id of `word`, made if it is new. The word is folded by [`fold`].
    pub fn intern(&mut self, word: &str) -> WordId {
        let folded = fold(word);
        if let Some(id) = self.ids.get(folded.as_str()) {
            return *id;
        }
        let id = WordId(self.words.len() as u32 + 1);
        self.words.push(folded.clone().into_boxed_str());
        self.ids.insert(folded.into_boxed_str(), id);
        id
    }

    /// The id of an already folded word, or `NONE`.
    pub fn find(&self, folded: &str) -> WordId {
        self.ids.get(folded).copied().unwrap_or(WordId::NONE)
    }

    /// The word behind an id.
    pub fn word(&self, id: WordId) -> &str {
        id.0.checked_sub(1).and_then(|i| self.words.get(i as usize)).map_or("", |w| w)
    }

    /// How many ids there are, `NONE` included: every id is below it.
    pub fn len(&self) -> usize {
        self.words.len() + 1
    }

    /// Whether nothing was interned.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// Folds a word for look-up: lower case, straight apostrophes, no diacritics, no soft hyphens.
pub fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}

/// Folds `word` into `out`, replacing what was there.
pub fn fold_into(word: &str, out: &mut String) {
    out.clear();
    if word.is_ascii() {
        out.push_str(word);
        out.make_ascii_lowercase();
        return;
    }
    for c in word.chars() {
        match c {
            '’' | '‘' | 'ʼ' | '`' => out.push('\''),
            '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200d}' => {}
            '–' | '‑' | '‐' => out.push('-'),
            c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            c => match deunicode::deunicode_char(c) {
                // Only letters of the Latin script are reduced; other scripts keep their characters.
                Some(plain) if c.is_alphabetic() && (c as u32) < 0x250 || (0x1e00..0x1f00).contains(&(c as u32)) => {
                    out.push_str(&plain.to_ascii_lowercase())
                }
                _ => out.extend(c.to_lowercase()),
            },
        }
    }
}

/// A set of words as bits over the lexis, empty stretches left out: a lexis holds tens of thousands of names, and most
/// sets a few words that were interned together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct WordSet {
    /// Which 64 ids, and the bits of those in the set; in order, and no bits are all zero.
    blocks: Vec<(u32, u64)>,
}

impl WordSet {
    /// Adds a word.
    pub fn insert(&mut self, id: WordId) {
        let (block, bit) = (id.0 / 64, 1 << (id.0 % 64));
        match self.find(block) {
            Ok(at) => self.blocks[at].1 |= bit,
            Err(at) => self.blocks.insert(at, (block, bit)),
        }
    }
    /// Adds every word of another set.
    pub fn extend(&mut self, other: &WordSet) {
        for &(block, bits) in &other.blocks {
            match self.find(block) {
                Ok(at) => self.blocks[at].1 |= bits,
                Err(at) => self.blocks.insert(at, (block, bits)),
            }
        }
    }
    /// Whether the word is in the set; `NONE` never is.
    pub fn contains(&self, id: WordId) -> bool {
        id != WordId::NONE
            && self.find(id.0 / 64).is_ok_and(|at| self.blocks.get(at).is_some_and(|b| b.1 & (1 << (id.0 % 64)) != 0))
    }
    /// The words, in order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = WordId> + '_ {
        self.blocks.iter().flat_map(|&(block, bits)| {
            std::iter::successors(Some(bits).filter(|b| *b != 0), |b| Some(b & (b - 1)).filter(|b| *b != 0))
                .map(move |b| WordId(block * 64 + b.trailing_zeros()))
        })
    }
    /// Whether no word is in it.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    fn find(&self, block: u32) -> Result<usize, usize> {
        match self.blocks.last() {
            Some(last) if last.0 >= block => self.blocks.binary_search_by_key(&block, |b| b.0),
            _ => Err(self.blocks.len()),
        }
    }
}

impl FromIterator<WordId> for WordSet {
    fn from_iter<T: IntoIterator<Item = WordId>>(words: T) -> Self {
        let mut set = WordSet::default();
        words.into_iter().for_each(|w| set.insert(w));
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding() {
        assert_eq!(fold("Türkiye’s"), "turkiye's");
        assert_eq!(fold("Éléni"), "eleni");
        assert_eq!(fold("Иран"), "иран");
    }

    #[test]
    fn sets() {
        let mut lexis = Lexis::default();
        let a = lexis.intern("Meet");
        let set: WordSet = [a].into_iter().collect();
        assert!(set.contains(lexis.find("meet")) && !set.contains(WordId::NONE));
        assert_eq!(set.iter().collect::<Vec<_>>(), [a]);
        let ids = [64, 5000, 3, 63, 127, 5001].map(WordId);
        let mut many: WordSet = ids.into_iter().collect();
        assert_eq!(many.iter().map(|w| w.0).collect::<Vec<_>>(), [3, 63, 64, 127, 5000, 5001]);
        assert!(!many.contains(WordId(65)) && !many.contains(WordId(9999)) && many.contains(WordId(5000)));
        many.extend(&[WordId(700), WordId(3)].into_iter().collect());
        assert_eq!(many, [3, 63, 64, 127, 700, 5000, 5001].map(WordId).into_iter().collect());
    }
}
