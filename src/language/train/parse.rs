//! Trains the parser with exploration: it follows its own choices and the dynamic oracle tells what would be best.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::corpus::Example;
use super::gradient::{Adam, Dropout, Gradient, Seen, Tape, Weights, output, return_output, softmax};
use super::vectors::WordVectors;
use crate::language::deprel::{DEPRELS, Deprel};
use crate::language::features::Picture;
use crate::language::hashrows::HashRows;
use crate::language::network::*;
use crate::language::oracle;
use crate::language::random::Random;
use crate::language::state::{Action, State};

/// How a parser is trained.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    pub epochs: usize,
    pub seed: u64,
    /// The chance to follow a wrong choice, after the first epoch.
    pub explore: f64,
    /// The chance to see a second version of a sentence in an epoch.
    pub versions: f64,
    /// The first step size of Adam; it falls to nothing over the epochs.
    pub rate: f32,
    pub dropout: Dropout,
}

/// The packed parts of a trained parser.
#[derive(Clone, Debug, Default)]
pub(crate) struct Packed {
    pub network: Vec<u8>,
    pub words: Vec<u8>,
    pub outside: Vec<u8>,
}

/// Sentences learnt from between two steps, and the parts they are worked on in side by side.
const BATCH: usize = 16;
const SHARDS: usize = 2;

struct Trainer<'a> {
    settings: Settings,
    outside: HashRows<'a>,
    /// Number and count of each word with a vector of its own.
    words: BTreeMap<u32, (u32, u32)>,
}

/// What one part of a batch works with.
struct Shard {
    gradient: Gradient,
    tape: Tape,
    state: State,
    picture: Picture,
    seen: Vec<Seen>,
}

/// Trains a parser on the groups: in every epoch on the first version of each sentence and, by chance, on one of the
/// others.
pub(crate) fn train(
    groups: &[Vec<Example<'_>>],
    vectors: &WordVectors,
    settings: Settings,
    progress: &mut dyn FnMut(usize),
) -> Packed {
    let outside_bytes = vectors.pack();
    let Some(outside) = HashRows::read(&outside_bytes) else { return Packed::default() };
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    for word in groups.iter().filter_map(|group| group.first()).flat_map(|example| &example.words) {
        *counts.entry(word.lower()).or_default() += 1;
    }
    counts.retain(|_, count| *count > 1);
    let words = counts.into_iter().enumerate().map(|(number, (key, count))| (key, (number as u32, count))).collect();
    let trainer = Trainer { settings, outside, words };

    let mut random = Random::new(settings.seed);
    let mut weights = Weights::new(trainer.words.len(), &mut random);
    let mut adam = Adam::new(&weights);
    let mut shards: Vec<Shard> = (0..SHARDS)
        .map(|_| Shard {
            gradient: Gradient::new(&weights),
            tape: Tape::default(),
            state: State::default(),
            picture: Picture::default(),
            seen: Vec::new(),
        })
        .collect();
    for epoch in 0..settings.epochs {
        let order = order(groups, settings.versions, &mut random);
        let batches = order.len().div_ceil(BATCH);
        for (number, batch) in order.chunks(BATCH).enumerate() {
            let part = batch.len().div_ceil(SHARDS);
            let seeds: Vec<Random> = (0..SHARDS).map(|_| random.fork()).collect();
            shards.par_iter_mut().zip(batch.par_chunks(part)).zip(seeds).for_each(|((shard, examples), mut random)| {
                for example in examples {
                    trainer.learn(&weights, example, epoch > 0, shard, &mut random);
                }
            });
            if let [first, others @ ..] = shards.as_mut_slice() {
                for other in others {
                    first.gradient.drain(&mut other.gradient);
                }
                let done = (epoch * batches + number) as f32 / (settings.epochs * batches) as f32;
                adam.step(&mut weights, &mut first.gradient, settings.rate * (1.0 - done * 0.98));
            }
        }
        progress(epoch + 1);
    }
    let rows = trainer.words.iter().map(|(&key, &(number, _))| {
        (key, weights.word(number as usize).iter().map(|&value| fix(value, WORD_BITS, 8) as i8).collect())
    });
    let words = HashRows::pack(rows.collect(), WORD);
    Packed { network: Network::pack(&weights.values), words, outside: outside_bytes }
}

/// The sentences of an epoch, in random order.
fn order<'a, 'b>(groups: &'a [Vec<Example<'b>>], versions: f64, random: &mut Random) -> Vec<&'a Example<'b>> {
    let mut order = Vec::with_capacity(groups.len() * 2);
    for group in groups {
        if let Some((first, others)) = group.split_first() {
            order.push(first);
            if !others.is_empty() && random.chance(versions) {
                order.push(&others[random.below(others.len())]);
            }
        }
    }
    random.shuffle(&mut order);
    order
}

impl Trainer<'_> {
    fn learn(&self, w: &Weights, example: &Example<'_>, explore: bool, shard: &mut Shard, random: &mut Random) {
        let Shard { gradient, tape, state, picture, seen } = shard;
        seen.clear();
        for (word, &tag) in example.words.iter().zip(&example.tags) {
            let inputs = Inputs::of(word, tag);
            // The rarer a word, the more often it is taken for an unknown one.
            let own =
                self.words.get(&inputs.lower).filter(|(_, count)| !random.chance(0.25 / (0.25 + f64::from(*count))));
            let row = self.outside.get(inputs.lower);
            let outside = (!row.is_empty()).then(|| {
                let mut wide = [0.0; OUTSIDE];
                for (wide, &byte) in wide.iter_mut().zip(row) {
                    *wide = f32::from(byte as i8) / (1u32 << OUTSIDE_BITS) as f32;
                }
                wide
            });
            seen.push(Seen { inputs, word: own.map(|&(number, _)| number), outside });
        }
        tape.encode(w, seen, self.settings.dropout, random);
        state.start(&example.tags);
        while !state.done() {
            if state.depth() == 0 {
                state.shift();
                continue;
            }
            picture.take(state);
            let (hidden, slope) = tape.hidden(w, picture, self.settings.dropout, random);
            let mut back = [0.0; HIDDEN];
            let explore = if explore { self.settings.explore } else { 0.0 };
            let action = self.act(w, example, state, &hidden, (gradient, &mut back), (explore, random));
            if let Some((dependent, head)) = state.arc(action) {
                let rel = label(w, example, (dependent, head), &hidden, gradient, &mut back);
                back.iter_mut().zip(&slope).for_each(|(back, slope)| *back *= slope);
                tape.return_hidden(picture, &back, gradient);
                state.attach(dependent, head, rel);
            } else {
                back.iter_mut().zip(&slope).for_each(|(back, slope)| *back *= slope);
                tape.return_hidden(picture, &back, gradient);
                state.shift();
            }
            gradient.decisions += 1;
        }
        tape.return_words(w, seen, self.settings.dropout, gradient);
    }

    /// Learns from the choice of an action, and makes one.
    fn act(
        &self,
        w: &Weights,
        example: &Example<'_>,
        state: &State,
        hidden: &[f32; HIDDEN],
        (gradient, back): (&mut Gradient, &mut [f32; HIDDEN]),
        (explore, random): (f64, &mut Random),
    ) -> Action {
        let costs = oracle::costs(state, &example.heads);
        let allowed = |index: usize| index < 3 && costs[index] != u32::MAX;
        if (0..3).filter(|&index| allowed(index)).count() < 2 {
            return Action::ALL.into_iter().find(|&action| state.allows(action)).unwrap_or(Action::Shift);
        }
        let least = costs.iter().copied().min().unwrap_or(0);
        let mut scores = [0.0; ACTIONS];
        output(w, ACTION, ACTION_BIAS, hidden, &mut scores);
        let mut slopes = scores;
        softmax(&mut slopes, allowed);
        let mut good = scores;
        softmax(&mut good, |index| index < 3 && costs[index] == least);
        slopes.iter_mut().zip(&good).for_each(|(slope, good)| *slope -= good);
        return_output(w, (ACTION, ACTION_BIAS), hidden, &slopes, gradient, back);
        let top = |among: &dyn Fn(usize) -> bool| {
            let mut best: Option<usize> = None;
            for index in (0..3).filter(|&index| among(index)) {
                if best.is_none_or(|best| scores[index] > scores[best]) {
                    best = Some(index);
                }
            }
            Action::ALL[best.unwrap_or(0)]
        };
        let mine = top(&allowed);
        if costs[mine as usize] == least || random.chance(explore) { mine } else { top(&|index| costs[index] == least) }
    }
}

/// Learns from the choice of a relation where the arc is right, and makes one.
fn label(
    w: &Weights,
    example: &Example<'_>,
    (dependent, head): (u16, u16),
    hidden: &[f32; HIDDEN],
    gradient: &mut Gradient,
    back: &mut [f32; HIDDEN],
) -> u8 {
    let first = if dependent > head { SIDE } else { 0 };
    let mut scores = [0.0; LABELS];
    output(w, LABEL, LABEL_BIAS, hidden, &mut scores);
    let allowed = |index: usize| index >= first && index < first + DEPRELS && index - first != Deprel::Root as usize;
    let mut best = first;
    for index in (0..LABELS).filter(|&index| allowed(index)) {
        if scores[index] > scores[best] {
            best = index;
        }
    }
    let word = usize::from(dependent) - 1;
    if example.heads[word] == head {
        softmax(&mut scores, allowed);
        scores[first + example.rels[word] as usize] -= 1.0;
        return_output(w, (LABEL, LABEL_BIAS), hidden, &scores, gradient, back);
    }
    (best - first) as u8
}
