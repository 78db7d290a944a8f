//! Words that dirt glued together or robbed of an apostrophe.
//!
//! Cuts are made only where the whole is unknown, both parts are known, and there is just one way to cut. When in doubt
//! the word stays whole: a missed repair costs one mention, a wrong one invents it.

use super::{Conventions, Shape, Vocabulary};

/// Finds where to cut one word.
#[derive(Copy, Clone)]
pub(super) struct Cuts<'a> {
    pub conventions: &'a Conventions,
    pub vocabulary: &'a dyn Vocabulary,
}

/// Where to cut.
#[derive(Debug, Copy, Clone, PartialEq, Eq)]
pub(super) struct Cut {
    /// The byte of the word at which its second part starts.
    pub at: usize,
    /// Whether the second part is a possessive ending without its apostrophe.
    pub possessive: bool,
    /// Whether the second part is a name that may have lost its apostrophe.
    pub again: bool,
}

impl Cut {
    fn glued(at: usize) -> Cut {
        Cut { at, possessive: false, again: false }
    }

    fn possessive(at: usize) -> Cut {
        Cut { at, possessive: true, again: false }
    }
}

/// The longest word that is looked at: glued pairs are short, and hostile text is not.
const MAX_BYTES: usize = 40;

impl<'a> Cuts<'a> {
    /// Where to cut `word`, which holds letters only; `next` is the following word as written, or empty.
    pub fn find(self, word: &str, shape: Shape, next: &dyn Fn() -> &'a str, buffer: &mut String) -> Option<Cut> {
        if word.len() > MAX_BYTES {
            return None;
        }
        if shape.has(Shape::LOWER) {
            return self.lower(word, next);
        }
        if shape.has(Shape::MIXED) {
            return self.camel(word);
        }
        if !shape.has(Shape::CAPITALISED) || shape.has(Shape::ALL_CAPS) {
            return None;
        }
        // A capitalised word whose ending could not be glued on is not looked up at all.
        let endings = &self.conventions.after_name;
        let glued = endings.iter().any(|ending| word.ends_with(ending.as_str()));
        if !glued && !self.could_lack_apostrophe(word) {
            return None;
        }
        buffer.clear();
        buffer.extend(word.chars().flat_map(char::to_lowercase));
        if self.vocabulary.knows(buffer)
            || self.vocabulary.is_name(word)
            || self.conventions.whole.contains(buffer.as_str())
        {
            return None;
        }
        if let Some(at) = self.lost_apostrophe(word, next) {
            return Some(Cut::possessive(at));
        }
        let stem = |ending: &String| {
            word.strip_suffix(ending.as_str()).filter(|stem| stem.len() >= 4 && self.vocabulary.is_name(stem))
        };
        let mut cuts = endings.iter().filter_map(stem).map(str::len);
        let at = cuts.next()?;
        cuts.all(|other| other == at).then(|| Cut::glued(at))
    }

    fn could_lack_apostrophe(self, word: &str) -> bool {
        let ending = self.conventions.possessive.as_str();
        !ending.is_empty() && word.ends_with(ending)
    }

    /// Where the ending of a name starts that lost its apostrophe.
    pub fn lost_apostrophe(self, word: &str, next: &dyn Fn() -> &'a str) -> Option<usize> {
        if !self.could_lack_apostrophe(word) {
            return None;
        }
        let stem = word.strip_suffix(self.conventions.possessive.as_str())?;
        let plural = self.conventions.plural_names.iter().any(|ending| stem.ends_with(ending.as_str()));
        // No possessor stands before a function word: then it is a plural of some people.
        let possessor = stem.len() >= 3
            && !plural
            && self.vocabulary.is_name(stem)
            && !self.vocabulary.is_name(word)
            && !next().is_empty()
            && !self.conventions.function_words.contains(&next().to_lowercase());
        possessor.then_some(stem.len())
    }

    fn lower(self, word: &str, next: &dyn Fn() -> &'a str) -> Option<Cut> {
        if self.vocabulary.knows(word) || self.conventions.whole.contains(word) {
            return None;
        }
        if self.could_lack_apostrophe(word) && !next().is_empty() && self.conventions.possessive_words.is_match(word) {
            let stem = word.strip_suffix(self.conventions.possessive.as_str())?;
            if self.vocabulary.knows(stem) {
                return Some(Cut::possessive(stem.len()));
            }
        }
        let mut found: Option<usize> = None;
        let mut add = |at: usize| match found {
            Some(other) if other != at => false,
            _ => {
                found = Some(at);
                true
            }
        };
        for function in &self.conventions.after {
            if let Some(stem) = word.strip_suffix(function.as_str())
                && self.is_part(stem)
                && !add(stem.len())
            {
                return None;
            }
        }
        for function in &self.conventions.before {
            if let Some(rest) = word.strip_prefix(function.as_str())
                && self.is_part(rest)
                && !add(function.len())
            {
                return None;
            }
        }
        found.map(Cut::glued)
    }

    /// Whether `part` can be what a function word was glued to: a known word of four letters, or a function word.
    fn is_part(self, part: &str) -> bool {
        let long = part.len() >= 4 && self.vocabulary.knows(part);
        long || part.len() >= 2 && self.conventions.both.contains(part)
    }

    /// A known word with a name glued to it: helpingIraq.
    fn camel(self, word: &str) -> Option<Cut> {
        let at = word.find(char::is_uppercase).filter(|&at| at >= 2).or_else(|| second_capital(word))?;
        let (left, right) = word.split_at(at);
        if right.len() < 3 || self.vocabulary.is_name(word) {
            return None;
        }
        let left_lower = left.to_lowercase();
        if self.conventions.particles.contains(&left_lower) || self.conventions.whole.contains(&word.to_lowercase()) {
            return None;
        }
        let stem = right.strip_suffix(self.conventions.possessive.as_str()).unwrap_or(right);
        let name = self.vocabulary.is_name(right) || self.vocabulary.is_name(stem);
        let plain = right.chars().skip(1).all(char::is_lowercase);
        let cut = if left.starts_with(char::is_uppercase) {
            // A brand is written like this as well, so the left part must be a function word and the right a name.
            name && self.conventions.before.contains(&left_lower)
        } else {
            (self.vocabulary.knows(left) || self.conventions.both.contains(left))
                && (name || (plain && left.len() >= 3))
        };
        cut.then_some(Cut { at, possessive: false, again: true })
    }
}

/// The first capital after the first letter.
fn second_capital(word: &str) -> Option<usize> {
    word.char_indices().skip(1).find(|(_, c)| c.is_uppercase()).map(|(at, _)| at).filter(|&at| at >= 2)
}
