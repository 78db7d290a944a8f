//! Names known beforehand, found in text token by token.
//!
//! Surfaces are grouped by their first word, longest first, so a look-up costs one index and a few comparisons whatever
//! the number of names.

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
    pub attributes: Vec<(Box<str>, Box<str>)>,
}

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
    by_first: Vec<Vec<Surface>>,
    surfaces: usize,
}

impl Gazetteer {
    /// Adds an entry and gives its number.
    pub fn add(&mut self, entry: Entry) -> u32 {
        self.entries.push(entry);
        self.entries.len() as u32 - 1
    }

    /// Adds a way to write an entry.
    pub fn write(&mut self, lexis: &mut Lexis, text: &str, entry: u32, form: u8) {
        for words in spellings(text) {
            let Some((first, rest)) = words.split_first() else { continue };
            let exact = text.chars().any(char::is_uppercase);
            let (mut caps, mut cap) = (0, 0);
            for (i, word) in words.iter().enumerate().take(32) {
                let letters = word.chars().filter(|c| c.is_alphabetic()).count();
                if letters >= 2 && word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase) {
                    caps |= 1 << i;
                } else if word.chars().next().is_some_and(char::is_uppercase) {
                    cap |= 1 << i;
                }
            }
            let first = lexis.intern(first);
            let rest: Box<[WordId]> = rest.iter().map(|w| lexis.intern(w)).collect();
            let slot = first.0 as usize;
            if self.by_first.len() <= slot {
                self.by_first.resize_with(slot + 1, Vec::new);
            }
            let surface = Surface { rest, entry, form, case: if exact { Case::Exact } else { Case::Any }, caps, cap };
            let here = &mut self.by_first[slot];
            if !here.iter().any(|s| s.rest == surface.rest && s.entry == entry) {
                here.push(surface);
                self.surfaces += 1;
            }
        }
    }

    /// Puts surfaces in the order look-ups rely on: longest first, then in the order written.
    pub fn finish(&mut self) {
        self.by_first.iter_mut().for_each(|s| s.sort_by_key(|s| std::cmp::Reverse(s.rest.len())));
    }

    /// Surfaces that begin with a word.
    pub fn starting(&self, word: WordId) -> &[Surface] {
        self.by_first.get(word.0 as usize).map_or(&[], Vec::as_slice)
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
        self.surfaces
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
