//! Names known beforehand, found in text token by token.
//!
//! Surfaces are grouped by their first word, longest first, so a look-up costs one index and a few comparisons whatever
//! the number of names.

#[allow(dead_code, reason = "the build script writes what the program reads")]
mod packed;
mod spelling;

use rustc_hash::FxHashMap;

use crate::pattern::{Lexis, TypeId, WordId};
use spelling::{Capitals, capitals, plain, spellings};

/// A name's meaning.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'g> {
    /// Its type.
    pub type_id: TypeId,
    /// The canonical name.
    pub name: &'g str,
    /// Whether equal names are one entity wherever they stand.
    pub entity: bool,
    /// Whether it names or describes.
    pub nominal: bool,
    /// Attributes, in the order the lexicon gives them.
    pub attributes: &'g Attributes,
}

/// Names and values.
pub type Attributes = [(Box<str>, Box<str>)];

/// What the entries of one lexicon and type have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    pub type_id: TypeId,
    pub entity: bool,
    pub nominal: bool,
}

/// An entry as it is kept: there are tens of thousands.
#[derive(Debug)]
struct Kept {
    kind: Kind,
    /// Where its name ends in the text of names; it begins where the one before ends.
    end: u32,
    attributes: u32,
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
#[derive(Debug, Clone, Copy)]
pub struct Surface {
    /// Where the words after the first stand among those of all surfaces.
    rest: (u32, u32),
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

impl Surface {
    /// Whether it has no word but the first.
    pub fn is_one_word(&self) -> bool {
        self.rest.0 == self.rest.1
    }

    /// Whether its capitals allow every way of writing the same words that another's do.
    fn takes(&self, other: &Surface) -> bool {
        let begins = other.cap | other.caps;
        (self.case == Case::Any || other.case == Case::Exact) && self.caps & !other.caps == 0 && self.cap & !begins == 0
    }
}

/// All known names.
///
/// They are made anew at every start of the program, so nothing is allocated for a name by itself; those of the packs
/// that ship with it are made when it is built (`packed`).
#[derive(Debug, Default)]
pub struct Gazetteer {
    entries: Vec<Kept>,
    /// The names of all entries, one after the other.
    names: String,
    /// Each set of attributes once.
    attributes: Vec<Box<Attributes>>,
    /// With the first word: as written until [`Gazetteer::finish`] sorts them by it.
    written: Vec<(WordId, Surface)>,
    surfaces: Vec<Surface>,
    /// Folded words of surfaces after their first ones.
    rest: Vec<WordId>,
    /// Where the surfaces of a first word begin, by its id among the words of names; one more at the end.
    starts: Vec<u32>,
    /// The ids that words of the rules have among the words of names.
    firsts: Vec<WordId>,
    /// Attributes seen so far, by a key made of all of them.
    known: FxHashMap<String, u32>,
    key: String,
}

impl Gazetteer {
    /// Adds an entry and gives its number.
    pub(super) fn add(&mut self, name: &str, kind: Kind, attributes: &[(&str, &str)]) -> u32 {
        let attributes = self.attributes(attributes);
        self.names.push_str(name);
        self.entries.push(Kept { kind, end: self.names.len() as u32, attributes });
        self.entries.len() as u32 - 1
    }

    /// The number of an entry's attributes; equal ones are kept once.
    fn attributes(&mut self, pairs: &[(&str, &str)]) -> u32 {
        // Rows of a list often say the same as the one before.
        if let Some(last) = self.entries.last()
            && let Some(known) = self.attributes.get(last.attributes as usize)
            && known.len() == pairs.len()
            && pairs.iter().zip(known).all(|(pair, known)| *pair.0 == *known.0 && *pair.1 == *known.1)
        {
            return last.attributes;
        }
        self.key.clear();
        for (name, value) in pairs {
            for part in [name, "\0", value, "\0"] {
                self.key.push_str(part);
            }
        }
        if let Some(known) = self.known.get(&self.key) {
            return *known;
        }
        let new = self.attributes.len() as u32;
        self.attributes.push(pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect());
        self.known.insert(self.key.clone(), new);
        new
    }

    /// Adds a way to write an entry. All ways to write an entry are added one after another.
    pub fn write(&mut self, lexis: &mut Lexis, text: &str, entry: u32, form: u8) {
        // Nearly all names are one plain word.
        if let Some((small, capital)) = plain(text) {
            let case = if capital { Case::Exact } else { Case::Any };
            let upper = text.starts_with(|c: char| c.is_ascii_uppercase());
            let (caps, cap) = if text.len() >= 2 && !small { (1, 0) } else { (0, u32::from(upper)) };
            let first = lexis.intern(text);
            self.push(first, self.rest.len(), Surface { rest: (0, 0), entry, form, case, caps, cap });
            return;
        }
        let capital = match text.is_ascii() {
            true => text.bytes().any(|byte| byte.is_ascii_uppercase()),
            false => text.chars().any(char::is_uppercase),
        };
        let case = if capital { Case::Exact } else { Case::Any };
        let cut = match text.is_ascii() {
            true => text.bytes().any(|byte| matches!(byte, b'-' | b',' | b'\'' | b'`')),
            false => text.contains(['-', ',', '\'', '’', '‘', 'ʼ', '`']),
        };
        if cut {
            for words in spellings(text) {
                self.add_surface(lexis, words.into_iter(), entry, form, case);
            }
        } else if text.is_ascii() {
            self.add_surface(lexis, text.split_ascii_whitespace(), entry, form, case);
        } else {
            self.add_surface(lexis, text.split_whitespace(), entry, form, case);
        }
    }

    fn add_surface<'t>(
        &mut self,
        lexis: &mut Lexis,
        words: impl Iterator<Item = &'t str>,
        entry: u32,
        form: u8,
        case: Case,
    ) {
        let start = self.rest.len();
        let (mut caps, mut cap, mut first) = (0, 0, None);
        for (i, word) in words.enumerate() {
            if i < 32 {
                match capitals(word) {
                    Capitals::All => caps |= 1 << i,
                    Capitals::First => cap |= 1 << i,
                    Capitals::No => {}
                }
            }
            let id = lexis.intern(word);
            match first {
                None => first = Some(id),
                Some(_) => self.rest.push(id),
            }
        }
        if let Some(first) = first {
            self.push(first, start, Surface { rest: (0, 0), entry, form, case, caps, cap });
        }
    }

    /// Adds a surface, its words from `start` on, unless its entry has it already, or a way to write it that binds its letters
    /// no closer: beside *NATO*, *Nato* is another way.
    fn push(&mut self, first: WordId, start: usize, surface: Surface) {
        let rest = &self.rest[start..];
        let mut known = self.written.iter().rev().take_while(|(_, s)| s.entry == surface.entry);
        if known.any(|(f, s)| *f == first && s.takes(&surface) && self.rest_of(s) == rest) {
            self.rest.truncate(start);
        } else {
            self.written.push((first, Surface { rest: (start as u32, self.rest.len() as u32), ..surface }));
        }
    }

    /// Folded words of a surface after the first.
    pub fn rest_of(&self, surface: &Surface) -> &[WordId] {
        self.rest.get(surface.rest.0 as usize..surface.rest.1 as usize).unwrap_or(&[])
    }

    /// Makes room for about so many more entries.
    pub fn reserve(&mut self, entries: usize) {
        self.entries.reserve(entries);
        self.written.reserve(entries);
        self.names.reserve(12 * entries);
        self.rest.reserve(entries / 2);
    }

    /// Puts surfaces in the order look-ups rely on: by first word, longest first, then in the order written. `words` is how
    /// many words there are in all names.
    pub fn sort(&mut self, words: usize) {
        self.known = FxHashMap::default();
        let written = std::mem::take(&mut self.written);
        self.starts = vec![0; words + 1];
        for (first, _) in &written {
            self.starts[first.0 as usize + 1] += 1;
        }
        for word in 1..self.starts.len() {
            self.starts[word] += self.starts[word - 1];
        }
        let mut next = self.starts.clone();
        let mut order = vec![0_u32; written.len()];
        for (i, (first, _)) in written.iter().enumerate() {
            let at = &mut next[first.0 as usize];
            order[*at as usize] = i as u32;
            *at += 1;
        }
        for group in self.starts.windows(2).filter(|w| w[1] - w[0] > 1) {
            order[group[0] as usize..group[1] as usize]
                .sort_by_key(|i| std::cmp::Reverse(self.rest_of(&written[*i as usize].1).len()));
        }
        self.surfaces = order.into_iter().map(|i| written[i as usize].1).collect();
    }

    /// Lets the words of the rules stand for those of names that are the same. `words` are those of the names.
    pub fn join(mut self, words: Lexis, lexis: &mut Lexis) -> Gazetteer {
        let (here, there) = lexis.join(words);
        self.rest.iter_mut().for_each(|word| *word = here[word.0 as usize]);
        self.firsts = there;
        self
    }

    /// Surfaces that begin with a word.
    pub fn starting(&self, word: WordId) -> &[Surface] {
        // Words that no rule speaks of come after those of the rules.
        let own = |word: u32| word + 1 - self.firsts.len() as u32;
        let at = self.firsts.get(word.0 as usize).map_or_else(|| own(word.0), |first| first.0) as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(start), Some(end)) => self.surfaces.get(*start as usize..*end as usize).unwrap_or(&[]),
            _ => &[],
        }
    }

    /// An entry by number.
    pub fn entry(&self, id: u32) -> Entry<'_> {
        let Kept { kind, end, attributes } = &self.entries[id as usize];
        let start = (id as usize).checked_sub(1).map_or(0, |before| self.entries[before].end);
        Entry {
            type_id: kind.type_id,
            name: self.names.get(start as usize..*end as usize).unwrap_or_default(),
            entity: kind.entity,
            nominal: kind.nominal,
            attributes: self.attributes.get(*attributes as usize).map_or(&[], |known| known),
        }
    }

    /// All entries.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = Entry<'_>> {
        (0..self.entries.len() as u32).map(|id| self.entry(id))
    }

    /// How many ways of writing names there are.
    pub fn surfaces(&self) -> usize {
        self.surfaces.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_part_ways_to_write_a_name() {
        let (mut gazetteer, mut lexis) = (Gazetteer::default(), Lexis::default());
        let kind = Kind { type_id: TypeId(0), entity: true, nominal: false };
        let entry = gazetteer.add("NATO", kind, &[]);
        for text in ["NATO", "Nato", "NATO", "Nato", "NATO Council", "Nato Council", "NATO council"] {
            gazetteer.write(&mut lexis, text, entry, 0);
        }
        // What stands for more ways stands for itself.
        assert_eq!(gazetteer.written.len(), 5);
    }
}
