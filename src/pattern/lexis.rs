//! The closed vocabulary of a rule set: rule words are interned when rules are compiled, document words are only looked up.

use std::sync::Arc;

use hashbrown::HashTable;

use super::bytes::{Pieces, put_numbers, put_text};

/// An interned lower-case word. `WordId::NONE` stands for every word no rule speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub u32);

impl WordId {
    /// A word that no rule speaks of.
    pub const NONE: WordId = WordId(0);
}

/// Interned words. Immutable once rules are compiled, so threads share it without a lock.
///
/// All words stand in one text, and the index holds numbers only: a rule set has tens of thousands of words, made anew at
/// every start of the program, and an allocation for each would take most of that time.
#[derive(Debug, Default)]
pub struct Lexis {
    text: String,
    /// Where each word ends in `text`.
    ends: Vec<u32>,
    /// Hash and id of each word.
    ids: HashTable<(u32, u32)>,
    folded: String,
    /// Words whose ids come after these: those of names known beforehand.
    names: Option<Box<Lexis>>,
}

impl Lexis {
    /// The id of `word`, made if it is new. The word is folded by [`fold`].
    pub fn intern(&mut self, word: &str) -> WordId {
        if word.is_ascii() {
            return self.intern_folded(word);
        }
        let mut folded = std::mem::take(&mut self.folded);
        fold_into(word, &mut folded);
        let id = self.intern_folded(&folded);
        self.folded = folded;
        id
    }

    /// The id of a word that is folded already, but for capitals of ASCII.
    pub fn intern_folded(&mut self, folded: &str) -> WordId {
        let Self { text, ends, ids, .. } = self;
        let hash = hash_of(folded);
        let same = |&(known, id): &(u32, u32)| known == hash && word_at(text, ends, id).eq_ignore_ascii_case(folded);
        if let Some((_, id)) = ids.find(spread(hash), same) {
            return WordId(*id);
        }
        let start = text.len();
        text.push_str(folded);
        text[start..].make_ascii_lowercase();
        ends.push(text.len() as u32);
        let id = ends.len() as u32;
        ids.insert_unique(spread(hash), (hash, id), |(hash, _)| spread(*hash));
        WordId(id)
    }

    /// Writes all words, those that were joined left out.
    #[allow(dead_code, reason = "the build script writes what the program reads")]
    pub(crate) fn pack(&self, out: &mut Vec<u8>) {
        put_text(out, &self.text);
        put_numbers(out, self.ends.iter().copied());
        let words = (1..=self.ends.len() as u32).map(|id| word_at(&self.text, &self.ends, id));
        put_numbers(out, words.map(hash_of));
    }

    /// Reads what [`Lexis::pack`] wrote.
    pub(crate) fn unpack(pieces: &mut Pieces<'_>) -> Option<Lexis> {
        let (text, ends, hashes) = (pieces.text()?.to_owned(), pieces.numbers()?.collect(), pieces.numbers()?);
        let mut ids = HashTable::with_capacity(hashes.len());
        for (hash, id) in hashes.zip(1..) {
            ids.insert_unique(spread(hash), (hash, id), |(hash, _)| spread(*hash));
        }
        Some(Lexis { text, ends, ids, ..Lexis::default() })
    }

    /// Makes room for about so many more words.
    pub fn reserve(&mut self, words: usize) {
        self.ids.reserve(words, |(hash, _)| spread(*hash));
        self.ends.reserve(words);
        self.text.reserve(8 * words);
    }

    /// The id of an already folded word, or `NONE`.
    pub fn find(&self, folded: &str) -> WordId {
        let hash = hash_of(folded);
        match (self.known(hash, folded), &self.names) {
            (0, Some(names)) => match names.known(hash, folded) {
                0 => WordId::NONE,
                id => self.id_of_name(id),
            },
            (id, _) => WordId(id),
        }
    }

    /// The number of an already folded word among its own, or 0.
    fn known(&self, hash: u32, folded: &str) -> u32 {
        let same = |&(known, id): &(u32, u32)| known == hash && word_at(&self.text, &self.ends, id) == folded;
        self.ids.find(spread(hash), same).map_or(0, |(_, id)| *id)
    }

    /// The id that a word of the names has here, if it is none of the words here.
    fn id_of_name(&self, id: u32) -> WordId {
        WordId(self.ends.len() as u32 + id)
    }

    /// Takes words in that stand in names: what is a word here keeps its id, all others come after. Gives the ids of
    /// these words, in the order they had, and the ids that the words here had among them. No word can be added later.
    pub fn join(&mut self, names: Lexis) -> (Vec<WordId>, Vec<WordId>) {
        let mut here: Vec<WordId> = (0..names.len() as u32).map(|id| self.id_of_name(id)).collect();
        here[0] = WordId::NONE;
        let mut there = vec![WordId::NONE; self.len()];
        for &(hash, id) in &self.ids {
            let name = names.known(hash, self.word(WordId(id)));
            if name != 0 {
                here[name as usize] = WordId(id);
                there[id as usize] = WordId(name);
            }
        }
        self.names = Some(Box::new(names));
        (here, there)
    }

    /// The word behind an id.
    pub fn word(&self, id: WordId) -> &str {
        let Some(at) = id.0.checked_sub(1).map(|at| at as usize) else { return "" };
        if let Some(names) = self.names.as_ref().filter(|_| at >= self.ends.len()) {
            return names.word(WordId(id.0 - self.ends.len() as u32));
        }
        word_at(&self.text, &self.ends, id.0)
    }

    /// How many ids there are, `NONE` included: every id is below it.
    pub fn len(&self) -> usize {
        self.ends.len() + self.names.as_ref().map_or(1, |names| names.len())
    }

    /// Whether nothing was interned.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

/// Word number `id` of a text, counted from 1.
fn word_at<'t>(text: &'t str, ends: &[u32], id: u32) -> &'t str {
    let at = (id as usize).wrapping_sub(1);
    let start = at.checked_sub(1).and_then(|before| ends.get(before)).map_or(0, |end| *end as usize);
    ends.get(at).and_then(|end| text.get(start..*end as usize)).unwrap_or("")
}

/// A hash over all bits of a longer one: tables look at the first and at the last of them.
fn spread(hash: u32) -> u64 {
    u64::from(hash).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The hash of a word, the same for capitals of ASCII and their small letters: eight bytes at a time, multiplied and
/// turned as rustc's hash does it.
fn hash_of(word: &str) -> u32 {
    const MANY: u64 = 0x9e37_79b9_7f4a_7c15;
    let mix = |hash: u64, part: u64| (hash.rotate_left(26) ^ small(part)).wrapping_mul(MANY);
    let (parts, rest) = word.as_bytes().as_chunks::<8>();
    let mut hash = parts.iter().fold(word.len() as u64, |hash, part| mix(hash, u64::from_le_bytes(*part)));
    if !rest.is_empty() {
        hash = mix(hash, rest.iter().rev().fold(0, |part, byte| part << 8 | u64::from(*byte)));
    }
    (hash ^ hash >> 32) as u32
}

/// Eight bytes with the capitals of ASCII among them made small, all at once.
fn small(bytes: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let low = bytes & (EACH * 0x7f);
    let from_a = low + EACH * (0x80 - b'A' as u64);
    let past_z = low + EACH * (0x7f - b'Z' as u64);
    let capital = (from_a ^ past_z) & !bytes & (EACH * 0x80);
    bytes | capital >> 2
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
/// sets a few words that were interned together. Copies share their words, because many patterns name the same lists.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct WordSet {
    /// Which 64 ids, and the bits of those in the set; in order, and no bits are all zero. None of an empty set.
    blocks: Option<Arc<Vec<(u32, u64)>>>,
}

impl WordSet {
    /// Adds a word.
    pub fn insert(&mut self, id: WordId) {
        self.add(id.0 / 64, 1 << (id.0 % 64));
    }
    /// Adds every word of another set.
    pub fn extend(&mut self, other: &WordSet) {
        if self.is_empty() {
            self.blocks.clone_from(&other.blocks);
            return;
        }
        for &(block, bits) in other.blocks() {
            self.add(block, bits);
        }
    }
    /// Whether the word is in the set; `NONE` never is.
    pub fn contains(&self, id: WordId) -> bool {
        id != WordId::NONE
            && find(self.blocks(), id.0 / 64)
                .is_ok_and(|at| self.blocks().get(at).is_some_and(|b| b.1 & (1 << (id.0 % 64)) != 0))
    }
    /// The words, in order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = WordId> + '_ {
        self.blocks().iter().flat_map(|&(block, bits)| {
            std::iter::successors(Some(bits).filter(|b| *b != 0), |b| Some(b & (b - 1)).filter(|b| *b != 0))
                .map(move |b| WordId(block * 64 + b.trailing_zeros()))
        })
    }
    /// How much room it takes, in stretches of 64 words.
    pub fn stretches(&self) -> usize {
        self.blocks().len()
    }
    /// Where its words are kept: at one place for a set and its copies, as long as none of them is changed or dropped.
    pub fn place(&self) -> usize {
        self.blocks.as_ref().map_or(0, |blocks| Arc::as_ptr(blocks).addr())
    }
    /// Whether no word is in it.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_none()
    }

    fn blocks(&self) -> &[(u32, u64)] {
        self.blocks.as_deref().map_or(&[], Vec::as_slice)
    }

    /// Adds words of one stretch: at least one.
    fn add(&mut self, block: u32, bits: u64) {
        let blocks = Arc::make_mut(self.blocks.get_or_insert_default());
        match find(blocks, block) {
            Ok(at) => blocks[at].1 |= bits,
            Err(at) => blocks.insert(at, (block, bits)),
        }
    }
}

/// Where a stretch of 64 words is, or belongs.
fn find(blocks: &[(u32, u64)], block: u32) -> Result<usize, usize> {
    match blocks.last() {
        Some(last) if last.0 >= block => blocks.binary_search_by_key(&block, |b| b.0),
        _ => Err(blocks.len()),
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
    fn capitals_make_no_other_word() {
        let mut lexis = Lexis::default();
        let all: String = (1..=127).map(|b: u8| char::from(b)).chain("ßşж".chars()).collect();
        for length in 0..all.chars().count() {
            let word: String = all.chars().skip(length % 50).take(length).collect();
            assert_eq!(hash_of(&word), hash_of(&word.to_ascii_lowercase()), "{word}");
            let id = lexis.intern(&word);
            assert_eq!((lexis.word(id), lexis.find(&fold(&word))), (fold(&word).as_str(), id));
        }
        assert_eq!(lexis.intern("OPEC"), lexis.intern("opec"));
        assert_ne!(lexis.intern("[a"), lexis.intern("{a"));
    }

    #[test]
    fn many_words_keep_their_ids() {
        let mut lexis = Lexis::default();
        assert_eq!(lexis.find("w1"), WordId::NONE);
        let ids: Vec<WordId> = (0..5000).map(|i| lexis.intern(&format!("W{i}"))).collect();
        assert_eq!(lexis.len(), 5001);
        for (i, id) in ids.iter().enumerate() {
            assert_eq!((lexis.word(*id), lexis.find(&format!("w{i}"))), (format!("w{i}").as_str(), *id));
        }
        assert_eq!(lexis.find("w5000"), WordId::NONE);
        assert_eq!(lexis.word(WordId(9999)), "");
    }

    #[test]
    fn words_of_names_come_after() {
        let (mut lexis, mut names) = (Lexis::default(), Lexis::default());
        let [meet, bank] = ["meet", "bank"].map(|word| lexis.intern(word));
        for name in ["Oslo", "Bank", "Bergen"] {
            names.intern(name);
        }
        let (here, there) = lexis.join(names);
        let [oslo, bergen] = ["oslo", "bergen"].map(|word| lexis.find(word));
        assert_eq!(here, [WordId::NONE, oslo, bank, bergen]);
        assert_eq!(there, [0, 0, 2].map(WordId));
        assert_eq!((lexis.find("bank"), lexis.find("meet"), lexis.find("x")), (bank, meet, WordId::NONE));
        assert_eq!([oslo, bank, bergen].map(|id| lexis.word(id)), ["oslo", "bank", "bergen"]);
        assert!(oslo.0 > bank.0 && bergen.0 as usize == lexis.len() - 1 && lexis.word(WordId(99)).is_empty());
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
