//! The treebank as training sees it: sentences with numbered tags, and the tagset drawn from the treebank itself.

use std::collections::BTreeMap;

use crate::language::conllu::Sentence;
use crate::language::deprel::Deprel;
use crate::language::morph::{Morph, Tag};
use crate::language::table::CLASSES;
use crate::language::word::Word;

/// A sentence to learn from.
#[derive(Clone, Debug)]
pub(crate) struct Example<'a> {
    pub words: Vec<Word<'a>>,
    pub gold: Vec<Tag>,
    /// Tags as a tagger that has not seen the sentence gives them.
    pub tags: Vec<Tag>,
    pub heads: Vec<u16>,
    pub rels: Vec<Deprel>,
}

impl<'a> Example<'a> {
    pub(crate) fn new(sentence: &'a Sentence, tagset: &Tagset) -> Example<'a> {
        let gold: Vec<Tag> = sentence.tokens.iter().map(|token| tagset.tag(token.morph)).collect();
        Example {
            words: sentence.tokens.iter().map(|token| Word::new(&token.form)).collect(),
            tags: gold.clone(),
            gold,
            heads: sentence.tokens.iter().map(|token| token.head).collect(),
            rels: sentence.tokens.iter().map(|token| token.rel).collect(),
        }
    }
}

/// The tags of a model: every morphology frequent enough in the treebank, rarer ones made coarser.
#[derive(Clone, Debug)]
pub(crate) struct Tagset {
    pub morphs: Vec<Morph>,
    of: BTreeMap<Morph, u8>,
}

impl Tagset {
    pub(crate) fn new(sentences: &[Sentence], mut least: usize) -> Tagset {
        let mut counts: BTreeMap<Morph, usize> = BTreeMap::new();
        for token in sentences.iter().flat_map(|sentence| &sentence.tokens) {
            *counts.entry(token.morph).or_default() += 1;
        }
        loop {
            let mut now: BTreeMap<Morph, Morph> = counts.keys().map(|&morph| (morph, morph)).collect();
            let mut step = 0;
            loop {
                let mut sums: BTreeMap<Morph, usize> = BTreeMap::new();
                for (from, to) in &now {
                    *sums.entry(*to).or_default() += counts[from];
                }
                let mut more = false;
                for to in now.values_mut() {
                    if sums[to] < least
                        && let Some(coarser) = to.coarser(step)
                    {
                        *to = coarser;
                        more = true;
                    }
                }
                step += 1;
                if !more || step > 8 {
                    break;
                }
            }
            let mut morphs: Vec<Morph> = now.values().copied().collect();
            morphs.sort();
            morphs.dedup();
            if morphs.len() <= CLASSES {
                let number = |morph| morphs.binary_search(morph).unwrap_or_default() as u8;
                let of = now.iter().map(|(from, to)| (*from, number(to))).collect();
                return Tagset { morphs, of };
            }
            least = least * 3 / 2 + 1;
        }
    }

    /// The tag of a morphology that occurs in the treebank.
    pub(crate) fn tag(&self, morph: Morph) -> Tag {
        Tag(self.of.get(&morph).copied().unwrap_or_default())
    }
}
