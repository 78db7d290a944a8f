//! Trains the tagger and, for the parser's sake, tags the treebank with taggers that have not seen it.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::corpus::Example;
use super::perceptron::{Perceptron, prune, rival};
use crate::language::lexicon::{self, Counts, Lexicon, NONE, Trust};
use crate::language::morph::{Morph, Tag, Upos};
use crate::language::random::Random;
use crate::language::table::{CLASSES, Row, SparseTable};
use crate::language::tagger::{Context, Memory, Tagger, best};
use crate::language::word::Keys;

/// How a tagger is trained.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    pub epochs: usize,
    pub seed: u64,
    /// The lead a right tag shall have over the next one; below it the weights are moved.
    pub margin: i32,
    /// Features kept at most.
    pub most: usize,
}

/// The packed parts of a trained tagger.
#[derive(Clone, Debug)]
pub(crate) struct Packed {
    pub lexicon: Vec<u8>,
    pub table: Vec<u8>,
}

impl Packed {
    fn tagger(&self, tags: usize) -> Option<Tagger<'_>> {
        Some(Tagger { lexicon: Lexicon::read(&self.lexicon)?, table: SparseTable::read(&self.table)?, tags })
    }
}

/// Trains a tagger on the examples, in an order drawn from the seed.
pub(crate) fn train(examples: &[&Example<'_>], morphs: &[Morph], settings: Settings) -> Packed {
    let lexicon = lexicon::pack(&count(examples, morphs), Trust { shown: 3, certain: 12, share: 0.995 });
    let view = Lexicon::read(&lexicon);
    let mut perceptron = Perceptron::new();
    if let Some(view) = view {
        let first = run(Perceptron::new(), examples, &view, morphs.len(), Settings { epochs: 3, ..settings });
        let mut kept: Vec<Row> = first.average_of_repeated(settings.most);
        prune(&mut kept, settings.most, 0.05);
        perceptron = run(Perceptron::limited_to(&kept), examples, &view, morphs.len(), settings);
    }
    let mut rows = perceptron.average(1);
    let scale = prune(&mut rows, settings.most, 0.03);
    Packed { lexicon, table: SparseTable::pack(&rows, scale) }
}

fn run(mut p: Perceptron, examples: &[&Example<'_>], lexicon: &Lexicon<'_>, tags: usize, s: Settings) -> Perceptron {
    let mut random = Random::new(s.seed);
    let mut order: Vec<&Example<'_>> = examples.to_vec();
    let mut context = Context::default();
    for _ in 0..s.epochs {
        random.shuffle(&mut order);
        for example in &order {
            context.fill(&example.words, lexicon);
            let (mut before, mut before2) = (NONE, NONE);
            for (index, gold) in example.gold.iter().enumerate() {
                let mut tag = context.certain(index);
                if tag == NONE {
                    let features = context.features(index, before, before2);
                    let mut scores = [0; CLASSES];
                    p.tick();
                    p.score(&features, &mut scores);
                    tag = best(&scores[..tags]);
                    let rival = rival(&scores[..tags], gold.0);
                    if tags > 1 && scores[usize::from(gold.0)] - scores[usize::from(rival)] <= s.margin {
                        p.update(&features, gold.0, rival);
                    }
                }
                before2 = before;
                before = tag;
            }
        }
    }
    p
}

fn count(examples: &[&Example<'_>], morphs: &[Morph]) -> BTreeMap<u32, Counts> {
    let mut words: BTreeMap<u32, Counts> = BTreeMap::new();
    for example in examples {
        for (word, &Tag(tag)) in example.words.iter().zip(&example.gold) {
            let keys = Keys::of(word);
            let counts = words.entry(keys.lower).or_default();
            match counts.tags.iter_mut().find(|(known, _)| *known == tag) {
                Some((_, count)) => *count += 1,
                None => counts.tags.push((tag, 1)),
            }
            let upos = morphs.get(usize::from(tag)).map_or(Upos::X, |m| m.upos);
            let word_like = keys.plain && word.form.chars().all(|c| c.is_alphabetic() || c == '\'');
            if word_like && !matches!(upos, Upos::Propn | Upos::X | Upos::Punct | Upos::Sym) {
                counts.plain += 1;
            }
        }
    }
    words
}

/// Gives every example in `groups` the tags of a tagger trained without its group's fold. A group holds the versions of
/// one sentence.
pub(crate) fn jackknife(groups: &mut [Vec<Example<'_>>], morphs: &[Morph], folds: usize, settings: Settings) {
    if folds < 2 || groups.len() < folds {
        return;
    }
    let fold_of = |index: usize| index % folds;
    let packed: Vec<Packed> = (0..folds)
        .into_par_iter()
        .map(|fold| {
            let seen: Vec<&Example<'_>> = groups
                .iter()
                .enumerate()
                .filter(|(index, _)| fold_of(*index) != fold)
                .flat_map(|(_, group)| group)
                .collect();
            train(&seen, morphs, settings)
        })
        .collect();
    let mut memories = vec![Memory::default(); folds];
    for (index, group) in groups.iter_mut().enumerate() {
        if let Some(tagger) = packed[fold_of(index)].tagger(morphs.len()) {
            for example in group {
                tagger.tag(&example.words, &mut memories[fold_of(index)], &mut example.tags);
            }
        }
    }
}
