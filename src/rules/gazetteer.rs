//! Names known beforehand, found in text token by token.
//!
//! Surfaces are grouped by their first word, longest first, so a look-up costs one index and a few comparisons whatever
//! the number of names.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::pattern::{Lexis, TypeId, WordId, fold};

/// A name's meaning.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its type.
    pub type_id: TypeId,
    /// The canonical name.
    pub name: Box<str>,
    /// Whether equal names are one entity wherever they stand.
    pub entity: bool,
    /// Whether it names or describes.
    pub nominal: bool,
    /// Attributes, sorted by name.
    pub attributes: Attributes,
}

/// Names and values, shared by entries that have the same.
pub type Attributes = Arc<[(Box<str>, Box<str>)]>;

/// How the letters of a surface bind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// As written in small letters: any case matches.
    Any,
    /// Each word that begins with a capital must do so in the text; acronyms must be capitals throughout.
    Exact,
}

/// A sequence of words that names an entry.
#[derive(Debug, Clone)]
pub struct Surface {
    /// Folded words after the first.
    pub rest: Box<[WordId]>,
    /// Which entry.
    pub entry: u32,
    /// 0 noun, 1 adjective.
    pub form: u8,
    /// How case binds.
    pub case: Case,
    /// Bit i: word i must be all capitals.
    pub caps: u32,
    /// Bit i: word i must begin with a capital.
    pub cap: u32,
}

/// All known names.
#[derive(Debug, Default)]
pub struct Gazetteer {
    entries: Vec<Entry>,
    /// With the first word: as written until [`Gazetteer::finish`] sorts them by it.
    written: Vec<(WordId, Surface)>,
    surfaces: Vec<Surface>,
    /// Where the surfaces of a first word begin, by its id; one more at the end.
    starts: Vec<u32>,
    /// Attributes seen so far, by a key made of all of them.
    attributes: FxHashMap<String, Attributes>,
    key: String,
}

impl Gazetteer {
    /// Adds an entry and gives its number.
    pub fn add(&mut self, entry: Entry) -> u32 {
        self.entries.push(entry);
        self.entries.len() as u32 - 1
    }

    /// The attributes of an entry; equal ones are kept once.
    pub fn attributes<'a>(&mut self, pairs: impl Iterator<Item = (&'a str, &'a str)> + Clone) -> Attributes {
        self.key.clear();
        for (name, value) in pairs.clone() {
            self.key.extend([name, "\0", value, "\0"]);
        }
        if let Some(known) = self.attributes.get(&self.key) {
            return known.clone();
        }
        let new: Attributes = pairs.map(|(name, value)| (name.into(), value.into())).collect();
        self.attributes.insert(self.key.clone(), new.clone());
        new
    }

    /// Adds a way to write an entry. All ways to write an entry are added one after another.
    pub fn write(&mut self, lexis: &mut Lexis, text: &str, entry: u32, form: u8) {
        let case = if text.chars().any(char::is_uppercase) { Case::Exact } else { Case::Any };
        if text.contains(['-', ',', '\'', '’', '‘', 'ʼ', '`']) {
            for words in spellings(text) {
                self.add_surface(lexis, words.iter().map(String::as_str), entry, form, case);
            }
        } else {
            self.add_surface(lexis, text.split_whitespace(), entry, form, case);
        }
    }

    fn add_surface<'a>(
        &mut self,
        lexis: &mut Lexis,
        words: impl Iterator<Item = &'a str> + Clone,
        entry: u32,
        form: u8,
        case: Case,
    ) {
        let (mut caps, mut cap) = (0, 0);
        for (i, word) in words.clone().enumerate().take(32) {
            let mut letters = word.chars().filter(|c| c.is_alphabetic());
            if word.chars().next().is_some_and(|c| !c.is_alphabetic() || c.is_uppercase())
                && letters.clone().nth(1).is_some()
                && letters.all(char::is_uppercase)
            {
                caps |= 1 << i;
            } else if word.chars().next().is_some_and(char::is_uppercase) {
                cap |= 1 << i;
            }
        }
        let mut ids = words.map(|word| lexis.intern(word));
        let Some(first) = ids.next() else { return };
        let rest: Box<[WordId]> = ids.collect();
        let known = self.written.iter().rev().take_while(|(_, s)| s.entry == entry);
        if !known.into_iter().any(|(f, s)| *f == first && s.rest == rest) {
            self.written.push((first, Surface { rest, entry, form, case, caps, cap }));
        }
    }

    /// Puts surfaces in the order look-ups rely on: by first word, longest first, then in the order written.
    pub fn finish(&mut self) {
        self.written.sort_by_key(|(first, surface)| (*first, std::cmp::Reverse(surface.rest.len())));
        let written = std::mem::take(&mut self.written);
        self.attributes = FxHashMap::default();
        let words = written.last().map_or(0, |(first, _)| first.0 as usize + 1);
        self.starts = vec![0; words + 1];
        for (first, _) in &written {
            self.starts[first.0 as usize + 1] += 1;
        }
        for word in 1..self.starts.len() {
            self.starts[word] += self.starts[word - 1];
        }
        self.surfaces = written.into_iter().map(|(_, surface)| surface).collect();
    }

    /// Surfaces that begin with a word.
    pub fn starting(&self, word: WordId) -> &[Surface] {
        let at = word.0 as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(start), Some(end)) => self.surfaces.get(*start as usize..*end as usize).unwrap_or(&[]),
            _ => &[],
        }
    }

    /// An entry by number.
    pub fn entry(&self, id: u32) -> &Entry {
        &self.entries[id as usize]
    }

    /// All entries.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How many ways of writing names there are.
    pub fn surfaces(&self) -> usize {
        self.surfaces.len()
    }
}

/// Cuts a name into tokens as the segmenter would; a hyphen between two capitalised parts is given both ways.
pub fn spellings(text: &str) -> Vec<Vec<String>> {
    let mut plain = Vec::new();
    for piece in text.split_whitespace() {
        let folded = fold(piece);
        // A possessive inside a name (Lord's) is a token of its own.
        if let Some(stem) = folded.strip_suffix("'s").filter(|s| !s.is_empty()) {
            plain.push(
                piece[..piece.char_indices().nth(stem.chars().count()).map_or(piece.len(), |(i, _)| i)].to_owned(),
            );
            plain.push("'s".to_owned());
        } else if let Some(stem) = piece.strip_suffix(',') {
            plain.extend([stem.to_owned(), ",".to_owned()]);
        } else {
            plain.push(piece.to_owned());
        }
    }
    let split: Vec<String> = plain
        .iter()
        .flat_map(|word| match word.split_once('-') {
            Some((a, b)) if b.chars().next().is_some_and(char::is_uppercase) && !a.is_empty() => {
                vec![a.to_owned(), "-".to_owned(), b.to_owned()]
            }
            _ => vec![word.clone()],
        })
        .collect();
    if split == plain { vec![plain] } else { vec![plain, split] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyphens_and_possessives() {
        assert_eq!(spellings("Guinea-Bissau").len(), 2);
        assert_eq!(
            spellings("Lord's Resistance Army"),
            [["Lord", "'s", "Resistance", "Army"].map(str::to_owned).to_vec()]
        );
    }
}
