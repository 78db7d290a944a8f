//! Names compared within one document: what can be a short form of what, and which words of an office tell it apart.

use std::collections::BTreeSet;

use crate::pattern::fold;
use crate::rules::RuleSet;

/// Folded tokens of a name, hyphens opened.
pub fn name_tokens(name: &str) -> Vec<String> {
    fold(name)
        .split(|c: char| c.is_whitespace() || c == '-')
        .map(|t| t.trim_matches(|c: char| !c.is_alphanumeric()).to_owned())
        .filter(|t| !t.is_empty())
        .collect()
}

/// Whether two names are the same, token for token.
pub fn tokens_equal(a: &[String], b: &[String]) -> bool {
    a == b && !a.is_empty()
}

/// Whether `short` can be a form of the full name: its tokens stand in it in order, and one of them is no particle.
pub fn person_name_fits(short: &[String], full: &[String], particles: &[String]) -> bool {
    let telling = |t: &&String| t.chars().count() > 1 && !particles.contains(t);
    if short.is_empty() || short.iter().filter(telling).count() == 0 {
        return false;
    }
    let mut rest = full.iter();
    let mut exact = false;
    let all = short.iter().filter(|t| !particles.contains(t)).all(|t| {
        rest.any(|f| {
            let initial = short.len() > 1
                && (t.chars().count() == 1 && f.starts_with(t.as_str())
                    || f.chars().count() == 1 && t.starts_with(f.as_str()));
            exact |= f == t && t.chars().count() > 1;
            f == t || initial
        })
    }) && exact;
    // One token alone is a surname, or the whole of a short name.
    all && (short.len() > 1
        || full.last() == short.last()
        || full.len() <= 3
        || full.iter().rev().take(2).any(|f| Some(f) == short.last()))
}

/// Whether capitals spell the initials of a name: *OIC* for *Organization of Islamic Cooperation*.
pub fn acronym_of(short: &str, full: &[String]) -> bool {
    let letters: Vec<char> = short.chars().filter(|c| c.is_alphabetic()).collect();
    if letters.len() < 2 || !letters.iter().all(|c| c.is_uppercase()) {
        return false;
    }
    let wanted: String = letters.iter().flat_map(|c| c.to_lowercase()).collect();
    let all: String = full.iter().filter_map(|t| t.chars().next()).collect();
    let long: String = full.iter().filter(|t| t.chars().count() > 3).filter_map(|t| t.chars().next()).collect();
    full.len() > 1 && (all == wanted || long == wanted)
}

/// The words of an office that tell which it is, each by its representative, without the general ones.
pub fn office_words(office: &str, rules: &RuleSet) -> BTreeSet<String> {
    fold(office)
        .split_whitespace()
        .map(|w| rules.discourse.equivalent.get(w).cloned().unwrap_or_else(|| w.to_owned()))
        .filter(|w| w.chars().count() > 2 && !rules.discourse.generic.contains(w))
        .collect()
}

/// The initials that can stand for a name: of all its words, and of its longer words.
pub fn initials(full: &[String]) -> impl Iterator<Item = String> {
    let all: String = full.iter().filter_map(|t| t.chars().next()).collect();
    let long: String = full.iter().filter(|t| t.chars().count() > 3).filter_map(|t| t.chars().next()).collect();
    [all, long].into_iter().filter(|s| s.chars().count() > 1)
}
