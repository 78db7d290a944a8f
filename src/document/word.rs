//! What one written word is made of: clitics, names tied by hyphens, words glued together.

use super::Shape;
use super::repair::Cuts;
use super::scan::{Scanner, is_apostrophe, is_hyphen};

/// Longer words are left whole: no word of a language is that long, and hostile text must not be cut forever.
const MAX_BYTES: usize = 64;

impl Scanner<'_> {
    /// Add the tokens of the word at `start..end`, which holds letters, digits, inner apostrophes and inner hyphens.
    pub(super) fn cut_word(&mut self, start: usize, end: usize) {
        let word = &self.text[start..end];
        let shape = self.shape_of(start, end);
        if word.len() > MAX_BYTES {
            self.push(start, end, shape);
            return;
        }
        if word.contains(is_apostrophe) && self.cut_clitic(start, end) {
            return;
        }
        if shape.has(Shape::HYPHENATED) && self.cut_hyphens(start, end) {
            return;
        }
        let plain = !shape.any(Shape::HYPHENATED | Shape::HIDDEN | Shape::NUMBER | Shape::SYMBOL);
        if let Some(&cut) = plain.then(|| self.conventions.split.get(self.lower(word))).flatten() {
            // Lower-casing may change lengths in some scripts; such a word is left whole.
            if word.len() > cut && word.is_char_boundary(cut) && word[..cut].to_lowercase().len() == cut {
                self.push(start, start + cut, self.shape_of(start, start + cut));
                self.push(start + cut, end, self.shape_of(start + cut, end));
                return;
            }
        }
        if plain && word.len() >= 4 && !word.contains(is_apostrophe) {
            self.repair(start, end, shape);
        } else {
            self.push(start, end, shape);
        }
    }

    /// `word` in lower case, valid until the next call.
    fn lower<'b>(&'b mut self, word: &str) -> &'b str {
        self.buffer.clear();
        if word.is_ascii() {
            self.buffer.push_str(word);
            self.buffer.make_ascii_lowercase();
        } else {
            self.buffer.extend(word.chars().flat_map(char::to_lowercase));
        }
        &self.buffer
    }

    /// Cut off an ending with an apostrophe. Says whether it did.
    fn cut_clitic(&mut self, start: usize, end: usize) -> bool {
        let word = &self.text[start..end];
        if self.vocabulary.is_name(word) {
            return false;
        }
        let conventions = self.conventions;
        for (clitic, possessive) in &conventions.clitics {
            if let Some(at) = ends_with(word, clitic)
                && at > 0
            {
                self.cut_word(start, start + at);
                let mut shape = self.shape_of(start + at, end).without(Shape::NAME_LIKE | Shape::INITIAL);
                if *possessive {
                    shape |= Shape::POSSESSIVE;
                }
                self.push(start + at, end, shape);
                return true;
            }
        }
        // A possessor glued to what it possesses.
        for (clitic, _) in conventions.clitics.iter().filter(|(_, possessive)| *possessive) {
            for (at, _) in word.char_indices().filter(|&(at, c)| at > 0 && is_apostrophe(c)).take(2) {
                let Some(length) = starts_with(&word[at..], clitic) else { continue };
                let tail = &word[at + length..];
                if tail.len() >= 3
                    && tail.chars().all(char::is_alphabetic)
                    && self.vocabulary.knows(&tail.to_lowercase())
                {
                    self.cut_word(start, start + at);
                    self.push(start + at, start + at + length, Shape::LOWER | Shape::POSSESSIVE);
                    self.push(start + at + length, end, self.shape_of(start + at + length, end) | Shape::REPAIRED);
                    return true;
                }
            }
        }
        false
    }

    /// Cut `Name-Name` and `Name-word` at the hyphens when the vocabulary knows the names. Says whether it did.
    fn cut_hyphens(&mut self, start: usize, end: usize) -> bool {
        let word = &self.text[start..end];
        if word.matches(is_hyphen).count() > 3 {
            return false;
        }
        let mut names = 0;
        for (index, part) in word.split(is_hyphen).enumerate() {
            let name = part.starts_with(char::is_uppercase)
                && part.len() >= 2
                && !self.conventions.particles.contains(&part.to_lowercase())
                && self.vocabulary.is_name(part);
            let word = part.len() >= 2 && part.chars().all(char::is_lowercase);
            if !name && (index == 0 || !word) {
                return false;
            }
            names += usize::from(name);
        }
        let parts = word.split(is_hyphen).count();
        // One name and one word, or names only, or names and a last word: Iran-Iraq-led.
        if parts - names > 1 || self.vocabulary.is_name(word) {
            return false;
        }
        let mut at = start;
        for part in word.split(is_hyphen) {
            if at > start {
                let hyphen = self.char_at(at).map_or(1, char::len_utf8);
                self.push(at, at + hyphen, Shape::PUNCT);
                at += hyphen;
            }
            self.push(at, at + part.len(), self.shape_of(at, at + part.len()));
            at += part.len();
        }
        true
    }

    /// Add a plain word, cut where dirt glued it.
    fn repair(&mut self, start: usize, end: usize, shape: Shape) {
        let word = &self.text[start..end];
        let mut buffer = std::mem::take(&mut self.buffer);
        let cuts = Cuts { conventions: self.conventions, vocabulary: self.vocabulary };
        let cuts = cuts.find(word, shape, &|| self.next_word(end), &mut buffer);
        self.buffer = buffer;
        let Some(cut) = cuts else {
            self.push(start, end, shape);
            return;
        };
        let middle = start + cut.at;
        self.push(
            start,
            middle,
            self.shape_of(start, middle) | if cut.possessive { Shape::NONE } else { Shape::REPAIRED },
        );
        if cut.possessive {
            self.push(middle, end, Shape::LOWER | Shape::POSSESSIVE | Shape::REPAIRED);
        } else if cut.again {
            // The second part of a glued pair may itself have lost its apostrophe: once, so that it ends.
            self.repair_tail(middle, end);
        } else {
            self.push(middle, end, self.shape_of(middle, end) | Shape::REPAIRED);
        }
    }

    fn repair_tail(&mut self, start: usize, end: usize) {
        let word = &self.text[start..end];
        let cuts = Cuts { conventions: self.conventions, vocabulary: self.vocabulary };
        match cuts.lost_apostrophe(word, &|| self.next_word(end)) {
            Some(at) => {
                self.push(start, start + at, self.shape_of(start, start + at) | Shape::REPAIRED);
                self.push(start + at, end, Shape::LOWER | Shape::POSSESSIVE | Shape::REPAIRED);
            }
            None => {
                self.push(start, end, self.shape_of(start, end) | Shape::REPAIRED);
            }
        }
    }
}

/// Where `word` ends in `clitic`, letter case and the kind of apostrophe not counted.
fn ends_with(word: &str, clitic: &str) -> Option<usize> {
    let mut letters = word.char_indices().rev();
    let mut at = None;
    for wanted in clitic.chars().rev() {
        let (index, found) = letters.next()?;
        if !same(found, wanted) {
            return None;
        }
        at = Some(index);
    }
    at
}

/// The length of `clitic` at the start of `word`, likewise.
pub(super) fn starts_with(word: &str, clitic: &str) -> Option<usize> {
    let mut letters = word.chars();
    let mut length = 0;
    for wanted in clitic.chars() {
        let found = letters.next()?;
        if !same(found, wanted) {
            return None;
        }
        length += found.len_utf8();
    }
    Some(length)
}

fn same(found: char, wanted: char) -> bool {
    found == wanted || found.eq_ignore_ascii_case(&wanted) || (wanted == '\'' && is_apostrophe(found))
}
