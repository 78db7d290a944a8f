//! Measures a model on a treebank.
//!
//! Words are the treebank's own, tags the model's; every word counts, punctuation too, and a relation counts with its
//! subtype unless said otherwise: the LAS of the CoNLL 2018 shared task compares plain types, and stands beside it.

use std::fmt;
use std::time::Instant;

use super::conllu::Sentence;
use super::deprel::Deprel;
use super::model::{Model, Scratch};
use super::morph::Upos;
use super::parser::Parse;
use super::word::Word;

/// Rightly found, found, and to be found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Found where they are.
    pub right: usize,
    /// Found anywhere.
    pub found: usize,
    /// In the treebank.
    pub gold: usize,
}

impl Found {
    /// The harmonic mean of precision and recall, in percent; 0 where there is nothing.
    #[must_use]
    pub fn f1(&self) -> f64 {
        percent(2 * self.right, self.found + self.gold)
    }

    fn count(&mut self, gold: bool, found: bool, same_head: bool) {
        self.gold += usize::from(gold);
        self.found += usize::from(found);
        self.right += usize::from(gold && found && same_head);
    }
}

/// What [`evaluate`] measured. Prints as a small table.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scores {
    /// Sentences measured.
    pub sentences: usize,
    /// Words measured.
    pub words: usize,
    /// Words with the right part of speech.
    pub upos: usize,
    /// Words with the right part of speech and reduced morphology.
    pub tag: usize,
    /// Words with the right head.
    pub heads: usize,
    /// Words with the right head and the right relation, subtype included.
    pub labelled: usize,
    /// Words with the right head and the right relation, subtypes left aside.
    pub plain: usize,
    /// Nominal subjects, active and passive (one class).
    pub nsubj: Found,
    /// Objects.
    pub obj: Found,
    /// Time the tagger took, in seconds.
    pub tagging: f64,
    /// Time the parser took, in seconds.
    pub parsing: f64,
}

impl Scores {
    /// Right parts of speech, in percent.
    #[must_use]
    pub fn upos_percent(&self) -> f64 {
        percent(self.upos, self.words)
    }

    /// Unlabelled attachment score, in percent.
    #[must_use]
    pub fn uas(&self) -> f64 {
        percent(self.heads, self.words)
    }

    /// Labelled attachment score with subtypes, in percent.
    #[must_use]
    pub fn las(&self) -> f64 {
        percent(self.labelled, self.words)
    }
}

fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rate = |seconds: f64| self.words as f64 / seconds.max(1e-9) / 1000.0;
        writeln!(f, "sentences {:>9}   words {:>9}", self.sentences, self.words)?;
        writeln!(f, "UPOS      {:>8.2}%   tag   {:>8.2}%", self.upos_percent(), percent(self.tag, self.words))?;
        writeln!(f, "UAS       {:>8.2}%   LAS   {:>8.2}%", self.uas(), self.las())?;
        writeln!(f, "                      LAS, plain types {:.2}%", percent(self.plain, self.words))?;
        writeln!(f, "nsubj F1  {:>8.2}    obj F1{:>8.2}", self.nsubj.f1(), self.obj.f1())?;
        write!(f, "tagging {:>7.0} k words/s   parsing {:>7.0} k words/s", rate(self.tagging), rate(self.parsing))
    }
}

/// Tags and parses the sentences with the model and compares with what the treebank says.
#[must_use]
pub fn evaluate(model: &Model, sentences: &[Sentence]) -> Scores {
    let mut scores = Scores { sentences: sentences.len(), ..Scores::default() };
    let mut scratch = Scratch::default();
    let mut all_tags = vec![Vec::new(); sentences.len()];
    let mut parses = vec![Parse::default(); sentences.len()];

    let clock = Instant::now();
    for (sentence, tags) in sentences.iter().zip(&mut all_tags) {
        model.tag(&words(sentence), &mut scratch, tags);
    }
    scores.tagging = clock.elapsed().as_secs_f64();

    let clock = Instant::now();
    for ((sentence, tags), parse) in sentences.iter().zip(&all_tags).zip(&mut parses) {
        model.parse(&words(sentence), tags, &mut scratch, parse);
    }
    scores.parsing = clock.elapsed().as_secs_f64();

    let nsubj = |rel| matches!(rel, Deprel::Nsubj | Deprel::NsubjPass);
    for ((sentence, tags), parse) in sentences.iter().zip(&all_tags).zip(&parses) {
        scores.words += sentence.tokens.len();
        for (index, token) in sentence.tokens.iter().enumerate() {
            let morph = tags.get(index).map_or(super::Morph::of(Upos::X), |&tag| model.morph(tag));
            scores.upos += usize::from(morph.upos == token.morph.upos);
            scores.tag += usize::from(morph == model.morph(model.nearest_tag(token.morph)));
            let (head, rel) = (parse.heads[index], parse.rels[index]);
            let same = head == token.head;
            scores.heads += usize::from(same);
            scores.labelled += usize::from(same && rel == token.rel);
            scores.plain += usize::from(same && plain(rel) == plain(token.rel));
            scores.nsubj.count(nsubj(token.rel), nsubj(rel), same);
            scores.obj.count(token.rel == Deprel::Obj, rel == Deprel::Obj, same);
        }
    }
    scores
}

fn words(sentence: &Sentence) -> Vec<Word<'_>> {
    sentence.tokens.iter().map(|token| Word::new(&token.form)).collect()
}

fn plain(rel: Deprel) -> &'static str {
    rel.as_str().split(':').next().unwrap_or_default()
}
