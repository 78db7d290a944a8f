//! How many sources of a statement are independent of each other.
//!
//! A wire report that ten papers print is one source. Documents are taken for copies where they tell a statement in the
//! same sentence, or in one that shares half of its four-word sequences (w-shingling: A. Broder 1997); copies of copies are
//! copies. This counts too few rather than too many.

use std::collections::{BTreeMap, BTreeSet};

use crate::extract::Fragment;

/// Words in a row that are compared.
const SHINGLE: usize = 4;
/// Sentences with fewer words are copies only where they are the same.
const SHORT: usize = 8;
/// Sentences that share a sequence: above this it is a stock phrase, and says nothing.
const STOCK: usize = 32;

/// The sentences that relations are told in, by document and place.
pub(super) struct Sentences<'a> {
    /// By the first code point: one past the last, and the sentence.
    known: BTreeMap<&'a str, BTreeMap<u32, (u32, &'a str)>>,
}

impl<'a> Sentences<'a> {
    pub(super) fn new(fragments: &[&'a Fragment]) -> Self {
        let mut known: BTreeMap<&str, BTreeMap<u32, (u32, &str)>> = BTreeMap::new();
        for fragment in fragments {
            let of_document = known.entry(&fragment.document.id).or_default();
            for told in fragment.relations.iter().map(|relation| &relation.evidence) {
                let longest = of_document.entry(told.start).or_default();
                *longest = (*longest).max((told.end, &told.quote));
            }
        }
        Sentences { known }
    }

    /// The sentence around a place, where a relation is told in it.
    pub(super) fn around(&self, document: &str, point: u32) -> Option<&'a str> {
        let (_, (end, sentence)) = self.known.get(document)?.range(..=point).next_back()?;
        (*end > point).then_some(*sentence)
    }
}

/// The number of independent documents among tellings: ids of documents, each with the sentence that tells it.
pub(super) fn independent<'a>(tellings: impl Iterator<Item = (&'a str, &'a str)>) -> u32 {
    let mut by_sentence: BTreeMap<Vec<String>, BTreeSet<&str>> = BTreeMap::new();
    let mut documents: BTreeSet<&str> = BTreeSet::new();
    for (document, sentence) in tellings {
        documents.insert(document);
        by_sentence.entry(words(sentence)).or_default().insert(document);
    }
    if documents.len() < 2 {
        return documents.len() as u32;
    }
    let documents: Vec<&str> = documents.into_iter().collect();
    let number = |document: &str| documents.binary_search(&document).unwrap_or_default();
    let mut parent: Vec<usize> = (0..documents.len()).collect();
    let sentences: Vec<(&Vec<String>, usize)> = by_sentence
        .iter()
        .map(|(sentence, tellers)| {
            let mut tellers = tellers.iter().map(|document| number(document));
            let first = tellers.next().unwrap_or_default();
            tellers.for_each(|other| join(&mut parent, first, other));
            (sentence, first)
        })
        .collect();
    for (a, b) in near(&sentences) {
        join(&mut parent, sentences[a].1, sentences[b].1);
    }
    (0..parent.len()).filter(|&at| parent[at] == at).count() as u32
}

/// Pairs of sentences that share half of their sequences.
fn near(sentences: &[(&Vec<String>, usize)]) -> Vec<(usize, usize)> {
    let shingles: Vec<BTreeSet<&[String]>> = sentences
        .iter()
        .map(|(words, _)| if words.len() < SHORT { BTreeSet::new() } else { words.windows(SHINGLE).collect() })
        .collect();
    let mut holders: BTreeMap<&[String], Vec<usize>> = BTreeMap::new();
    for (at, set) in shingles.iter().enumerate() {
        set.iter().for_each(|shingle| holders.entry(shingle).or_default().push(at));
    }
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for holders in holders.values().filter(|holders| holders.len() <= STOCK) {
        for (number, &b) in holders.iter().enumerate() {
            holders[..number].iter().for_each(|&a| *shared.entry((a, b)).or_default() += 1);
        }
    }
    let half = |&((a, b), both): &((usize, usize), usize)| 3 * both >= shingles[a].len() + shingles[b].len();
    shared.into_iter().filter(half).map(|(pair, _)| pair).collect()
}

fn join(parent: &mut [usize], a: usize, b: usize) {
    let root = |mut at: usize| {
        while parent[at] != at {
            at = parent[at];
        }
        at
    };
    let (a, b) = (root(a), root(b));
    parent[a.max(b)] = a.min(b);
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::independent;

    #[test]
    fn copies_count_once() {
        const WIRE: &str = "Foreign Minister Pia Lund met President Omar Diop in Dakar on Tuesday, her office said.";
        const CUT: &str =
            "DAKAR - Foreign Minister Pia Lund met President Omar Diop in Dakar on Tuesday, officials said.";
        const OWN: &str = "Senegal's president received the Norwegian foreign minister, Pia Lund, at his palace.";
        let count = |tellings: &[(&str, &str)]| independent(tellings.iter().copied());
        assert_eq!(count(&[("a", WIRE), ("b", WIRE)]), 1);
        assert_eq!(count(&[("a", WIRE), ("b", CUT)]), 1, "a few words differ");
        assert_eq!(count(&[("a", WIRE), ("b", OWN)]), 2);
        assert_eq!(count(&[("a", WIRE), ("b", CUT), ("b", OWN), ("c", OWN)]), 1, "copies of copies");
        assert_eq!(count(&[("a", WIRE), ("a", OWN)]), 1);
        assert_eq!(count(&[("a", "Lund met Diop."), ("b", "Lund met Diop twice.")]), 2, "too short to tell");
        assert_eq!(count(&[]), 0);
    }
}
