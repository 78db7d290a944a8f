//! The parser's network under training: forward and backward in floating point, and the steps of Adam.
//!
//! D. Kingma and J. Ba, "Adam: a method for stochastic optimization", ICLR 2015. Sums run in a fixed order and no function
//! of the platform's mathematics library is called, so training gives the same bytes on every machine.

use crate::language::features::Picture;
use crate::language::network::*;
use crate::language::random::Random;

/// The weights of the network, those of words behind them. A matrix has `inputs` rows of `outputs`.
#[derive(Clone, Debug)]
pub(crate) struct Weights {
    pub values: Vec<f32>,
}

/// Sums of slopes, and the rows of words that were touched.
#[derive(Clone, Debug)]
pub(crate) struct Gradient {
    pub values: Vec<f32>,
    pub touched: Vec<u32>,
    /// Decisions that the slopes are summed over.
    pub decisions: u32,
}

/// Adam's running means, and how often it has stepped.
#[derive(Debug)]
pub(crate) struct Adam {
    first: Vec<f32>,
    second: Vec<f32>,
    decay1: f32,
    decay2: f32,
}

const BETA1: f32 = 0.9;
const BETA2: f32 = 0.99;

impl Weights {
    /// Small random weights for a network and so many words.
    pub(crate) fn new(words: usize, random: &mut Random) -> Weights {
        let mut values = vec![0.0; WEIGHTS + words * WORD];
        let mut fill = |range: std::ops::Range<usize>, most: f32| {
            values[range].iter_mut().for_each(|value| *value = (random.unit() * 2.0 - 1.0) * most);
        };
        for region in REGIONS {
            let most = match (region.group, region.inputs) {
                (0, 1) => 0.0,
                (0, _) => 0.1,
                (_, inputs) => (3.0 / inputs as f32).sqrt() * 0.7,
            };
            fill(region.start..region.end(), most);
        }
        fill(WEIGHTS..WEIGHTS + words * WORD, 0.1);
        Weights { values }
    }

    fn region(&self, region: Region) -> &[f32] {
        &self.values[region.start..region.end()]
    }

    fn row(&self, region: Region, number: usize) -> &[f32] {
        let start = region.start + number * region.outputs;
        &self.values[start..start + region.outputs]
    }

    /// The vector of a word of the treebank.
    pub(crate) fn word(&self, number: usize) -> &[f32] {
        &self.values[WEIGHTS + number * WORD..WEIGHTS + (number + 1) * WORD]
    }

    fn multiply(&self, matrix: Region, input: &[f32], out: &mut [f32]) {
        for (row, &value) in self.region(matrix).chunks_exact(matrix.outputs).zip(input) {
            if value != 0.0 {
                add_scaled(out, value, row);
            }
        }
    }
}

impl Gradient {
    pub(crate) fn new(weights: &Weights) -> Gradient {
        Gradient { values: vec![0.0; weights.values.len()], touched: Vec::new(), decisions: 0 }
    }

    fn row(&mut self, region: Region, number: usize) -> &mut [f32] {
        let start = region.start + number * region.outputs;
        &mut self.values[start..start + region.outputs]
    }

    /// The slopes of a matrix and of its input, given those of its output. Where the input is zero it is taken for
    /// switched off and gets no slope.
    fn multiply(&mut self, w: &Weights, matrix: Region, input: &[f32], out: &[f32], back: &mut [f32]) {
        let width = matrix.outputs;
        for (index, (&value, back)) in input.iter().zip(back).enumerate() {
            if value != 0.0 {
                let at = matrix.start + index * width;
                add_scaled(&mut self.values[at..at + width], value, out);
                *back += dot(&w.values[at..at + width], out);
            }
        }
    }

    /// Adds another's slopes and leaves that one empty.
    pub(crate) fn drain(&mut self, other: &mut Gradient) {
        let mut join = |range: std::ops::Range<usize>| {
            for (mine, theirs) in self.values[range.clone()].iter_mut().zip(&mut other.values[range]) {
                *mine += std::mem::take(theirs);
            }
        };
        join(0..WEIGHTS);
        for &word in &other.touched {
            join(WEIGHTS + word as usize * WORD..WEIGHTS + (word as usize + 1) * WORD);
        }
        self.touched.append(&mut other.touched);
        self.decisions += std::mem::take(&mut other.decisions);
    }
}

impl Adam {
    pub(crate) fn new(weights: &Weights) -> Adam {
        let zeros = vec![0.0; weights.values.len()];
        Adam { first: zeros.clone(), second: zeros, decay1: 1.0, decay2: 1.0 }
    }

    /// Moves the weights against the slopes, which are cleared. Rows of words move only where they were touched.
    pub(crate) fn step(&mut self, weights: &mut Weights, gradient: &mut Gradient, rate: f32) {
        if gradient.decisions == 0 {
            return;
        }
        self.decay1 *= BETA1;
        self.decay2 *= BETA2;
        let scale = 1.0 / gradient.decisions as f32;
        let rate = rate * (1.0 - self.decay2).sqrt() / (1.0 - self.decay1);
        gradient.touched.sort_unstable();
        gradient.touched.dedup();
        let words = gradient.touched.iter().map(|&word| WEIGHTS + word as usize * WORD);
        for range in std::iter::once(0..WEIGHTS).chain(words.map(|start| start..start + WORD)) {
            let weights = &mut weights.values[range.clone()];
            let slopes = &mut gradient.values[range.clone()];
            let means = self.first[range.clone()].iter_mut().zip(&mut self.second[range]);
            for ((weight, slope), (first, second)) in weights.iter_mut().zip(slopes).zip(means) {
                let by = std::mem::take(slope) * scale;
                *first = BETA1 * *first + (1.0 - BETA1) * by;
                *second = BETA2 * *second + (1.0 - BETA2) * by * by;
                *weight = (*weight - rate * *first / (second.sqrt() + 1e-8)).clamp(-MOST_WEIGHT, MOST_WEIGHT);
            }
        }
        gradient.touched.clear();
        gradient.decisions = 0;
    }
}

/// A word as training sees it.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub inputs: Inputs,
    /// Number of the treebank word, unless it is left out.
    pub word: Option<u32>,
    /// The outside vector, filled up with zeros.
    pub outside: Option<[f32; OUTSIDE]>,
}

/// What is worked out on one sentence, kept for the way back.
#[derive(Debug, Default)]
pub(crate) struct Tape {
    words: Vec<[f32; WORD]>,
    /// New values and gates, forward and backward, before they are cut.
    passes: [Vec<[f32; 2 * MEMORY]>; 2],
    memories: [Vec<[f32; MEMORY]>; 2],
    joint: Vec<[f32; 2 * MEMORY + WORD]>,
    context: Vec<[f32; CONTEXT]>,
    scale: Vec<[f32; CONTEXT]>,
    places: Vec<[f32; PLACES * HIDDEN]>,
    short: Vec<[f32; SHORT]>,
    children: Vec<[f32; CHILDREN * HIDDEN]>,
    back_places: Vec<[f32; PLACES * HIDDEN]>,
    back_children: Vec<[f32; CHILDREN * HIDDEN]>,
}

/// How much is left out at random.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dropout {
    pub word: f32,
    pub context: f32,
    pub hidden: f32,
}

fn mask(random: &mut Random, chance: f32) -> f32 {
    if chance > 0.0 && random.unit() < chance { 0.0 } else { 1.0 / (1.0 - chance) }
}

fn gate(z: f32) -> f32 {
    (0.5 + 0.25 * z).clamp(0.0, 1.0)
}

const PASSES: [(Region, Region); 2] = [(FORWARD, FORWARD_BIAS), (BACKWARD, BACKWARD_BIAS)];

impl Tape {
    /// Reads a sentence.
    pub(crate) fn encode(&mut self, w: &Weights, sentence: &[Seen], drop: Dropout, random: &mut Random) {
        let count = sentence.len();
        self.words.clear();
        for seen in sentence {
            let mut word = [0.0; WORD];
            if let Some(outside) = &seen.outside {
                w.multiply(OUTSIDE_IN, outside, &mut word);
            }
            if let Some(number) = seen.word {
                add_scaled(&mut word, 1.0, w.word(number as usize));
            }
            for (table, number) in [(SUFFIX, seen.inputs.suffix), (SHAPE, seen.inputs.shape), (TAG, seen.inputs.tag)] {
                add_scaled(&mut word, 1.0, w.row(table, number));
            }
            word.iter_mut().for_each(|value| *value = value.clamp(-MOST, MOST) * mask(random, drop.word));
            self.words.push(word);
        }
        for (pass, (matrix, bias)) in PASSES.into_iter().enumerate() {
            self.passes[pass].clear();
            self.memories[pass].clear();
            self.memories[pass].resize(count, [0.0; MEMORY]);
            for word in &self.words {
                let mut both = [0.0; 2 * MEMORY];
                both.copy_from_slice(w.region(bias));
                w.multiply(matrix, word, &mut both);
                self.passes[pass].push(both);
            }
            let mut memory = [0.0; MEMORY];
            for step in 0..count {
                let at = if pass == 0 { step } else { count - 1 - step };
                let both = &self.passes[pass][at];
                for index in 0..MEMORY {
                    let keep = gate(both[MEMORY + index]);
                    memory[index] = keep * memory[index] + (1.0 - keep) * both[index].clamp(-MOST, MOST);
                }
                self.memories[pass][at] = memory;
            }
        }
        self.joint.clear();
        self.context.clear();
        self.scale.clear();
        self.places.clear();
        self.short.clear();
        self.children.clear();
        for at in 0..count {
            let mut joint = [0.0; 2 * MEMORY + WORD];
            joint[..MEMORY].copy_from_slice(&self.memories[0][at]);
            joint[MEMORY..2 * MEMORY].copy_from_slice(&self.memories[1][at]);
            joint[2 * MEMORY..].copy_from_slice(&self.words[at]);
            let mut context = [0.0; CONTEXT];
            context.copy_from_slice(w.region(CONTEXT_BIAS));
            w.multiply(CONTEXT_IN, &joint, &mut context);
            let mut scale = [0.0; CONTEXT];
            for (value, scale) in context.iter_mut().zip(&mut scale) {
                let kept = mask(random, drop.context);
                *scale = if *value > 0.0 && *value < MOST { kept } else { 0.0 };
                *value = value.clamp(0.0, MOST) * kept;
            }
            let mut places = [0.0; PLACES * HIDDEN];
            w.multiply(PLACE, &context, &mut places);
            let mut short = [0.0; SHORT];
            w.multiply(SHORTEN, &context, &mut short);
            let mut children = [0.0; CHILDREN * HIDDEN];
            w.multiply(CHILD, &short, &mut children);
            self.joint.push(joint);
            self.context.push(context);
            self.scale.push(scale);
            self.places.push(places);
            self.short.push(short);
            self.children.push(children);
        }
        self.back_places.clear();
        self.back_places.resize(count, [0.0; PLACES * HIDDEN]);
        self.back_children.clear();
        self.back_children.resize(count, [0.0; CHILDREN * HIDDEN]);
    }

    /// The hidden layer of a state, and the slope of each of its values.
    pub(crate) fn hidden(
        &self,
        w: &Weights,
        picture: &Picture,
        drop: Dropout,
        random: &mut Random,
    ) -> ([f32; HIDDEN], [f32; HIDDEN]) {
        let mut hidden = [0.0; HIDDEN];
        hidden.copy_from_slice(w.region(HIDDEN_BIAS));
        for (vectors, place) in chosen(&self.places, &picture.places) {
            add_scaled(&mut hidden, 1.0, &vectors[place..place + HIDDEN]);
        }
        for (vectors, place) in chosen(&self.children, &picture.children) {
            add_scaled(&mut hidden, 1.0, &vectors[place..place + HIDDEN]);
        }
        for &sign in &picture.signs {
            add_scaled(&mut hidden, 1.0, w.row(SIGN, usize::from(sign)));
        }
        let mut slope = [0.0; HIDDEN];
        for (value, slope) in hidden.iter_mut().zip(&mut slope) {
            let kept = mask(random, drop.hidden);
            *slope = if *value > 0.0 && *value < MOST_HIDDEN { kept } else { 0.0 };
            *value = value.clamp(0.0, MOST_HIDDEN) * kept;
        }
        (hidden, slope)
    }

    /// The way back from a decision to the words: `back` is the slope of the hidden layer.
    pub(crate) fn return_hidden(&mut self, picture: &Picture, back: &[f32; HIDDEN], gradient: &mut Gradient) {
        add_scaled(gradient.row(HIDDEN_BIAS, 0), 1.0, back);
        for (place, &node) in picture.places.iter().enumerate() {
            if let Some(vectors) = usize::from(node).checked_sub(1).and_then(|at| self.back_places.get_mut(at)) {
                add_scaled(&mut vectors[place * HIDDEN..(place + 1) * HIDDEN], 1.0, back);
            }
        }
        for (place, &node) in picture.children.iter().enumerate() {
            if let Some(vectors) = usize::from(node).checked_sub(1).and_then(|at| self.back_children.get_mut(at)) {
                add_scaled(&mut vectors[place * HIDDEN..(place + 1) * HIDDEN], 1.0, back);
            }
        }
        for &sign in &picture.signs {
            add_scaled(gradient.row(SIGN, usize::from(sign)), 1.0, back);
        }
    }

    /// The way back from the words to the weights.
    pub(crate) fn return_words(&mut self, w: &Weights, sentence: &[Seen], drop: Dropout, g: &mut Gradient) {
        let count = sentence.len();
        let mut back_joint = vec![[0.0; 2 * MEMORY + WORD]; count];
        for (at, back_joint) in back_joint.iter_mut().enumerate() {
            let mut back_short = [0.0; SHORT];
            g.multiply(w, CHILD, &self.short[at], &self.back_children[at], &mut back_short);
            let mut back = [0.0; CONTEXT];
            g.multiply(w, SHORTEN, &self.context[at], &back_short, &mut back);
            g.multiply(w, PLACE, &self.context[at], &self.back_places[at], &mut back);
            for (back, scale) in back.iter_mut().zip(&self.scale[at]) {
                *back *= scale;
            }
            add_scaled(g.row(CONTEXT_BIAS, 0), 1.0, &back);
            g.multiply(w, CONTEXT_IN, &self.joint[at], &back, back_joint);
        }
        let mut back_words: Vec<[f32; WORD]> = Vec::with_capacity(count);
        for joint in &back_joint {
            let mut word = [0.0; WORD];
            word.copy_from_slice(&joint[2 * MEMORY..]);
            back_words.push(word);
        }
        for (pass, (matrix, bias)) in PASSES.into_iter().enumerate() {
            let mut flow = [0.0f32; MEMORY];
            for step in (0..count).rev() {
                let at = if pass == 0 { step } else { count - 1 - step };
                let both = &self.passes[pass][at];
                let before = match (pass, step) {
                    (_, 0) => [0.0; MEMORY],
                    (0, _) => self.memories[0][at - 1],
                    _ => self.memories[1][at + 1],
                };
                let mut back = [0.0; 2 * MEMORY];
                for index in 0..MEMORY {
                    let slope = flow[index] + back_joint[at][pass * MEMORY + index];
                    let keep = gate(both[MEMORY + index]);
                    let new = both[index].clamp(-MOST, MOST);
                    if both[index].abs() < MOST {
                        back[index] = slope * (1.0 - keep);
                    }
                    if keep > 0.0 && keep < 1.0 {
                        back[MEMORY + index] = slope * (before[index] - new) * 0.25;
                    }
                    flow[index] = slope * keep;
                }
                add_scaled(g.row(bias, 0), 1.0, &back);
                g.multiply(w, matrix, &self.words[at], &back, &mut back_words[at]);
            }
        }
        for ((seen, back), word) in sentence.iter().zip(&mut back_words).zip(&self.words) {
            for (back, &value) in back.iter_mut().zip(word) {
                // What was left out gets no slope.
                *back *= if value == 0.0 { 0.0 } else { 1.0 / (1.0 - drop.word) };
            }
            if let Some(outside) = &seen.outside {
                g.multiply(w, OUTSIDE_IN, outside, back, &mut [0.0; OUTSIDE]);
            }
            if let Some(number) = seen.word {
                let start = WEIGHTS + number as usize * WORD;
                add_scaled(&mut g.values[start..start + WORD], 1.0, back);
                g.touched.push(number);
            }
            for (table, number) in [(SUFFIX, seen.inputs.suffix), (SHAPE, seen.inputs.shape), (TAG, seen.inputs.tag)] {
                add_scaled(g.row(table, number), 1.0, back);
            }
        }
    }
}

/// The output layer over some rows: scores, without and with the way back.
pub(crate) fn output(w: &Weights, matrix: Region, bias: Region, hidden: &[f32; HIDDEN], scores: &mut [f32]) {
    scores.copy_from_slice(w.region(bias));
    w.multiply(matrix, hidden, scores);
}

/// The way back through the output layer.
pub(crate) fn return_output(
    w: &Weights,
    (matrix, bias): (Region, Region),
    hidden: &[f32; HIDDEN],
    slopes: &[f32],
    g: &mut Gradient,
    back: &mut [f32; HIDDEN],
) {
    add_scaled(g.row(bias, 0), 1.0, slopes);
    g.multiply(w, matrix, hidden, slopes, back);
}

fn chosen<'a, const N: usize>(
    vectors: &'a [[f32; N]],
    nodes: &'a [u16],
) -> impl Iterator<Item = (&'a [f32; N], usize)> + 'a {
    nodes.iter().enumerate().filter_map(move |(place, &node)| {
        let at = usize::from(node).checked_sub(1)?;
        Some((vectors.get(at)?, place * HIDDEN))
    })
}

#[inline]
fn add_scaled(out: &mut [f32], by: f32, row: &[f32]) {
    for (out, &value) in out.iter_mut().zip(row) {
        *out += by * value;
    }
}

/// The sum of products, in sixteen lanes.
#[inline]
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0f32; 16];
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<16>(), b.as_chunks::<16>());
    for (a, b) in a.iter().zip(b) {
        for ((lane, &a), &b) in lanes.iter_mut().zip(a).zip(b) {
            *lane += a * b;
        }
    }
    for ((lane, &a), &b) in lanes.iter_mut().zip(a_rest).zip(b_rest) {
        *lane += a * b;
    }
    lanes.iter().sum()
}

/// e to the power of a number not above 0, to five digits, which a gradient needs no more of: a power of two
/// by its bits and the first terms of the series, whose next one is below 0.7⁷ / 7!, 2 in 100,000.
fn exp(x: f32) -> f32 {
    let power = (x * std::f32::consts::LOG2_E).max(-120.0);
    let whole = power.floor();
    let part = (power - whole) * std::f32::consts::LN_2;
    let series = 1.0
        + part * (1.0 + part * (0.5 + part * (1.0 / 6.0 + part * (1.0 / 24.0 + part * (1.0 / 120.0 + part / 720.0)))));
    f32::from_bits((((whole as i32) + 127) as u32) << 23) * series
}

/// Turns scores into probabilities; those that `allowed` refuses get none.
pub(crate) fn softmax(scores: &mut [f32], allowed: impl Fn(usize) -> bool) {
    let mut top = f32::NEG_INFINITY;
    for (index, &score) in scores.iter().enumerate() {
        if allowed(index) {
            top = top.max(score);
        }
    }
    let mut sum = 0.0;
    for (index, score) in scores.iter_mut().enumerate() {
        *score = if allowed(index) { exp(*score - top) } else { 0.0 };
        sum += *score;
    }
    if sum > 0.0 {
        scores.iter_mut().for_each(|score| *score /= sum);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_e() {
        for step in 0..200 {
            let x = -step as f32 / 10.0;
            let right = f64::from(x).exp() as f32;
            assert!((exp(x) - right).abs() <= 2e-5 * right, "{x}");
        }
    }

    #[test]
    fn probabilities_add_up() {
        let mut scores = [1.0, 2.0, 50.0];
        softmax(&mut scores, |index| index != 2);
        assert!((scores[0] + scores[1] - 1.0).abs() < 1e-6 && scores[2] == 0.0 && scores[1] > scores[0]);
    }
}
