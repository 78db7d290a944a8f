//! Learns a model from treebanks in CoNLL-U.
//!
//! The steps: draw the tagset from the treebank; make second versions of sentences (folded names, headlines, lost
//! capitals); tag everything with taggers that have not seen it, so that the parser learns to live with the errors it
//! will meet; train the tagger on all; train the parser's network. The same treebank, word vectors, options and version of
//! the crate give the same bytes.

mod augment;
mod corpus;
mod gradient;
mod parse;
mod perceptron;
mod tag;
mod vectors;

use super::conllu::{self, ConlluError, Sentence};
use super::model::{Model, Parts};
use crate::language::random::Random;
use corpus::{Example, Tagset};
pub use vectors::{VectorError, WordVectors};

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
    /// Passes over the treebank for the parser. Default 8.
    pub parser_epochs: usize,
    /// Parts for tagging the treebank unseen; below 2 the parser learns from gold tags. Default 4.
    pub folds: usize,
    /// Most features the tagger keeps. Default 150,000.
    pub tagger_features: usize,
    /// Seed of all random choices. Default 1.
    pub seed: u64,
}

impl Default for TrainOptions {
    fn default() -> TrainOptions {
        TrainOptions { tagger_epochs: 6, parser_epochs: 8, folds: 4, tagger_features: 150_000, seed: 1 }
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
    /// The parser has gone over the treebank so many times.
    Parser {
        /// Passes done.
        epoch: usize,
    },
}

/// Trains a model and gives the bytes of its file.
///
/// An empty treebank gives bytes that [`Model::from_bytes`] refuses. Takes minutes on a treebank of 300,000 words; uses
/// the threads of the current rayon pool, which do not change the result.
pub fn train(
    treebank: &TreebankSet,
    vectors: &WordVectors,
    options: &TrainOptions,
    progress: &mut dyn FnMut(Progress),
) -> Vec<u8> {
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

    let settings = parse::Settings {
        epochs: options.parser_epochs,
        seed: options.seed + 100,
        explore: 0.9,
        versions: 0.5,
        rate: 0.002,
        dropout: gradient::Dropout { word: 0.1, context: 0.2, hidden: 0.1 },
    };
    let parser = parse::train(&groups, vectors, settings, &mut |epoch| progress(Progress::Parser { epoch }));
    Model::assemble(
        &tagset.morphs,
        &Parts {
            lexicon: tagger.lexicon,
            tagger: tagger.table,
            network: parser.network,
            words: parser.words,
            outside: parser.outside,
        },
    )
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
