//! Learns a model from treebanks in CoNLL-U.
//!
//! The steps: draw the tagset from the treebank; make second versions of sentences (folded names, headlines, lost
//! capitals); tag everything with taggers that have not seen it, so that the parser learns to live with the errors it
//! will meet; train the tagger on all; train parsers from several seeds, keep the strongest features, train those again
//! from nothing, and add the weights up. The same treebank, options and version of the crate give the same bytes.

mod augment;
mod corpus;
mod parse;
mod perceptron;
mod random;
mod tag;

use rayon::prelude::*;

use super::conllu::{self, ConlluError, Sentence};
use super::model::Model;
use super::table::{Row, SparseTable, TripleTable};
use corpus::{Example, Tagset};
use perceptron::{prune, sum};
use random::Random;

/// Treebank sentences to learn from, of one or more files.
#[derive(Clone, Debug, Default)]
pub struct TreebankSet {
    sentences: Vec<Sentence>,
}

impl TreebankSet {
    /// An empty set.
    #[must_use]
    pub fn new() -> TreebankSet {
        TreebankSet::default()
    }

    /// Adds the sentences of a CoNLL-U text; `file` is used in messages.
    ///
    /// # Errors
    /// As [`conllu::read`]; nothing is added then.
    pub fn add(&mut self, file: &str, text: &str) -> Result<(), ConlluError> {
        self.sentences.extend(conllu::read(file, text)?);
        Ok(())
    }

    /// The sentences, in the order they were added.
    #[must_use]
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }
}

/// How to train. The default is what the shipped model was trained with.
#[derive(Clone, Debug)]
pub struct TrainOptions {
    /// Passes over the treebank for the tagger. Default 6.
    pub tagger_epochs: usize,
    /// Passes over the treebank for each parser. Default 6.
    pub parser_epochs: usize,
    /// Parts for tagging the treebank unseen; below 2 the parser learns from gold tags. Default 4.
    pub folds: usize,
    /// Parsers whose weights are added up. Default 2.
    pub parsers: usize,
    /// Most features the tagger keeps. Default 150,000.
    pub tagger_features: usize,
    /// Most features the parser keeps for its actions. Default 650,000.
    pub action_features: usize,
    /// Most features the parser keeps for its relations. Default 160,000.
    pub label_features: usize,
    /// Seed of all random choices. Default 1.
    pub seed: u64,
}

impl Default for TrainOptions {
    fn default() -> TrainOptions {
        TrainOptions {
            tagger_epochs: 6,
            parser_epochs: 6,
            folds: 4,
            parsers: 2,
            tagger_features: 150_000,
            action_features: 650_000,
            label_features: 160_000,
            seed: 1,
        }
    }
}

/// A step of training that has begun or ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Progress {
    /// The tagset is drawn: this many tags; and this many sentences and second versions of sentences are at hand.
    Prepared {
        /// Tags of the tagset.
        tags: usize,
        /// Sentences of the treebank.
        sentences: usize,
        /// Second versions made of them.
        versions: usize,
    },
    /// The treebank is tagged by taggers that have not seen it; this many words in ten thousand got the right tag.
    Tagged {
        /// Words tagged rightly, in ten thousand.
        right: u32,
    },
    /// The tagger is trained.
    Tagger,
    /// The parsers' features are chosen.
    Features {
        /// Features for actions.
        actions: usize,
        /// Features for relations.
        labels: usize,
    },
    /// The parser is trained.
    Parser,
}

/// Trains a model and gives the bytes of its file.
///
/// An empty treebank gives bytes that [`Model::from_bytes`] refuses. Takes minutes on a treebank of 300,000 words; uses
/// the threads of the current rayon pool, which do not change the result.
pub fn train(treebank: &TreebankSet, options: &TrainOptions, progress: &mut dyn FnMut(Progress)) -> Vec<u8> {
    let tagset = Tagset::new(&treebank.sentences, 40);
    let versions = versions(&treebank.sentences, options.seed);
    let mut groups: Vec<Vec<Example<'_>>> =
        versions.iter().map(|group| group.iter().map(|sentence| Example::new(sentence, &tagset)).collect()).collect();
    progress(Progress::Prepared {
        tags: tagset.morphs.len(),
        sentences: groups.len(),
        versions: groups.iter().map(|group| group.len() - 1).sum(),
    });

    let settings =
        tag::Settings { epochs: options.tagger_epochs, seed: options.seed, margin: 10, most: options.tagger_features };
    let quick = tag::Settings { epochs: options.tagger_epochs.min(4), ..settings };
    tag::jackknife(&mut groups, &tagset.morphs, options.folds, quick);
    progress(Progress::Tagged { right: accuracy(&groups) });

    let all: Vec<&Example<'_>> = groups.iter().flatten().collect();
    let tagger = tag::train(&all, &tagset.morphs, settings);
    progress(Progress::Tagger);

    let (actions, labels) = parser(&groups, &tagset, options, progress);
    progress(Progress::Parser);
    Model::assemble(&tagset.morphs, &tagger.lexicon, &tagger.table, &actions, &labels)
}

/// Trains the parsers and packs their joint tables for actions and relations.
fn parser(
    groups: &[Vec<Example<'_>>],
    tagset: &Tagset,
    options: &TrainOptions,
    progress: &mut dyn FnMut(Progress),
) -> (Vec<u8>, Vec<u8>) {
    let settings = |index: usize, epochs: usize| parse::Settings {
        epochs,
        seed: options.seed + 100 + index as u64,
        explore: 0.9,
        versions: 0.5,
        margin: 60,
        label_margin: 20,
    };
    let silent = |_| {};
    let first = parse::Learner::new().run(groups, &tagset.morphs, settings(0, 4), &silent);
    let mut actions = first.actions.average_of_repeated(options.action_features);
    let mut labels = first.labels.average_of_repeated(options.label_features);
    drop(first);
    prune(&mut actions, options.action_features, 0.0);
    prune(&mut labels, options.label_features, 0.0);
    progress(Progress::Features { actions: actions.len(), labels: labels.len() });

    let parts: Vec<(Vec<Row>, Vec<Row>)> = (0..options.parsers.max(1))
        .into_par_iter()
        .map(|index| {
            let learner = parse::Learner::limited_to(&actions, &labels).run(
                groups,
                &tagset.morphs,
                settings(index + 1, options.parser_epochs),
                &silent,
            );
            (learner.actions.average(1), learner.labels.average(1))
        })
        .collect();
    let (action_parts, label_parts) = parts.into_iter().unzip();
    let mut actions = sum(action_parts);
    let mut labels = sum(label_parts);
    let action_scale = prune(&mut actions, options.action_features, 0.02);
    let label_scale = prune(&mut labels, options.label_features, 0.02);
    (TripleTable::pack(&actions, action_scale), SparseTable::pack(&labels, label_scale))
}

/// Each sentence with its second versions behind it.
fn versions(sentences: &[Sentence], seed: u64) -> Vec<Vec<Sentence>> {
    let mut random = Random::new(seed + 7);
    sentences
        .iter()
        .map(|sentence| {
            let mut group = vec![sentence.clone()];
            let folded = augment::folded(sentence, &mut random);
            if random.chance(0.35) {
                let base = folded.as_ref().filter(|_| random.chance(0.5)).unwrap_or(sentence);
                group.push(augment::rough(base, &mut random));
            }
            group.extend(folded);
            group
        })
        .collect()
}

fn accuracy(groups: &[Vec<Example<'_>>]) -> u32 {
    let mut right = 0;
    let mut all = 0;
    for example in groups.iter().filter_map(|group| group.first()) {
        right += example.tags.iter().zip(&example.gold).filter(|(tag, gold)| tag == gold).count();
        all += example.gold.len();
    }
    (right * 10_000 / all.max(1)) as u32
}
