//! The parser's network: its shape, and how it reads a sentence in whole numbers.
//!
//! Every word gets a vector from its form, ending, look and tag and, where the model has them, from outside word vectors.
//! Two light recurrences carry context over the sentence, one from each side (after the simple recurrent unit of T. Lei et
//! al., "Simple recurrent units for highly parallelizable recurrence", EMNLP 2018, whose gates look at the word alone).
//! What the hidden layer of a parser step needs of a word is worked out once for the word and each of the places it may
//! stand in, so a step only adds vectors up (D. Chen and C. Manning, "A fast and accurate dependency parser using neural
//! networks", EMNLP 2014). Values are fixed-point numbers of 16 bits: the same on every machine. All that runs a sentence
//! is inlined into one function, which `Parser::run` compiles for each [`Kernel`].

use super::deprel::DEPRELS;
use super::hashrows::HashRows;
use super::kernel::{Kernel, LANES, Sums};
use super::morph::Tag;
use super::table::CLASSES;
use super::word::{Keys, Word};

/// Length of a word's own vector.
pub(crate) const WORD: usize = 64;
/// Longest outside word vector, and the length they are filled up to.
pub(crate) const OUTSIDE: usize = 64;
/// Length of the memory in each direction.
pub(crate) const MEMORY: usize = 64;
/// Length of a word's vector in context.
pub(crate) const CONTEXT: usize = 96;
/// Length of the short form of it, used for dependents of the words at hand.
pub(crate) const SHORT: usize = 32;
/// Length of the hidden layer.
pub(crate) const HIDDEN: usize = 128;
/// Places of a state whose word counts in full: three of the stack, one of the buffer.
pub(crate) const PLACES: usize = 4;
/// Places of a state whose word counts in short.
pub(crate) const CHILDREN: usize = 5;
/// Values of the hashed ending of a word.
pub(crate) const SUFFIXES: usize = 2048;
/// Values of a word's look.
pub(crate) const SHAPES: usize = 640;
/// Outputs for actions; the first three count.
pub(crate) const ACTIONS: usize = LANES;
/// Outputs for the relations of one direction, filled up to whole lanes.
pub(crate) const SIDE: usize = DEPRELS.next_multiple_of(LANES);
/// Relations of arcs to the left, then to the right.
pub(crate) const LABELS: usize = 2 * SIDE;
/// The most inputs a matrix has.
const LONGEST_INPUT: usize = 2 * MEMORY + WORD;
/// Outputs worked out together, where nothing else is said.
const GROUP: usize = 4 * LANES;

/// Where a matrix or a table lies among the weights. A table has its entries as inputs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Region {
    pub start: usize,
    pub inputs: usize,
    pub outputs: usize,
    /// A matrix is multiplied: so many outputs together, two inputs at a time. 0 for a table, whose rows are looked up.
    pub group: usize,
}

impl Region {
    const fn matrix(self, inputs: usize, outputs: usize) -> Region {
        Region { start: self.end(), inputs, outputs, group: GROUP }
    }

    const fn grouped(self, group: usize) -> Region {
        Region { group, ..self }
    }

    const fn table(self, inputs: usize, outputs: usize) -> Region {
        Region { start: self.end(), inputs, outputs, group: 0 }
    }

    pub(crate) const fn end(self) -> usize {
        self.start + self.inputs * self.outputs
    }
}

pub(crate) const OUTSIDE_IN: Region = Region { start: 0, inputs: OUTSIDE, outputs: WORD, group: GROUP };
pub(crate) const FORWARD: Region = OUTSIDE_IN.matrix(WORD, 2 * MEMORY);
pub(crate) const FORWARD_BIAS: Region = FORWARD.table(1, 2 * MEMORY);
pub(crate) const BACKWARD: Region = FORWARD_BIAS.matrix(WORD, 2 * MEMORY);
pub(crate) const BACKWARD_BIAS: Region = BACKWARD.table(1, 2 * MEMORY);
pub(crate) const CONTEXT_IN: Region = BACKWARD_BIAS.matrix(2 * MEMORY + WORD, CONTEXT);
pub(crate) const CONTEXT_BIAS: Region = CONTEXT_IN.table(1, CONTEXT);
pub(crate) const PLACE: Region = CONTEXT_BIAS.matrix(CONTEXT, PLACES * HIDDEN);
pub(crate) const SHORTEN: Region = PLACE.matrix(CONTEXT, SHORT);
pub(crate) const CHILD: Region = SHORTEN.matrix(SHORT, CHILDREN * HIDDEN);
pub(crate) const HIDDEN_BIAS: Region = CHILD.table(1, HIDDEN);
pub(crate) const ACTION: Region = HIDDEN_BIAS.matrix(HIDDEN, ACTIONS).grouped(ACTIONS);
pub(crate) const ACTION_BIAS: Region = ACTION.table(1, ACTIONS);
pub(crate) const LABEL: Region = ACTION_BIAS.matrix(HIDDEN, LABELS).grouped(SIDE);
pub(crate) const LABEL_BIAS: Region = LABEL.table(1, LABELS);
pub(crate) const SUFFIX: Region = LABEL_BIAS.table(SUFFIXES, WORD);
pub(crate) const SHAPE: Region = SUFFIX.table(SHAPES, WORD);
pub(crate) const TAG: Region = SHAPE.table(CLASSES, WORD);
pub(crate) const SIGN: Region = TAG.table(super::features::SIGNS, HIDDEN);
/// All regions, in their order.
pub(crate) const REGIONS: [Region; 19] = [
    OUTSIDE_IN,
    FORWARD,
    FORWARD_BIAS,
    BACKWARD,
    BACKWARD_BIAS,
    CONTEXT_IN,
    CONTEXT_BIAS,
    PLACE,
    SHORTEN,
    CHILD,
    HIDDEN_BIAS,
    ACTION,
    ACTION_BIAS,
    LABEL,
    LABEL_BIAS,
    SUFFIX,
    SHAPE,
    TAG,
    SIGN,
];
/// How many weights there are besides those of words.
pub(crate) const WEIGHTS: usize = SIGN.end();

/// Bits behind the point of a value, of a weight of a matrix, of a word's own vector and of an outside vector.
pub(crate) const VALUE_BITS: u32 = 9;
pub(crate) const WEIGHT_BITS: u32 = 10;
pub(crate) const WORD_BITS: u32 = 6;
pub(crate) const OUTSIDE_BITS: u32 = 5;
/// The greatest absolute value of words, memories and contexts; of a hidden value; and of any weight.
pub(crate) const MOST: f32 = 4.0;
pub(crate) const MOST_HIDDEN: f32 = 8.0;
pub(crate) const MOST_WEIGHT: f32 = 1.999;
const MOST_FIXED: i32 = (4 << VALUE_BITS) - 1;
const MOST_HIDDEN_FIXED: i32 = (8 << VALUE_BITS) - 1;

/// The inputs that stand for a word on its own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Inputs {
    pub lower: u32,
    pub suffix: usize,
    pub shape: usize,
    pub tag: usize,
}

impl Inputs {
    pub(crate) fn of(word: &Word<'_>, tag: Tag) -> Inputs {
        let keys = Keys::of(word);
        Inputs {
            lower: keys.lower,
            suffix: keys.suffix[2] as usize % SUFFIXES,
            shape: ((keys.shape & 127) | (keys.shape >> 8) << 7) as usize % SHAPES,
            tag: tag.index() % CLASSES,
        }
    }
}

/// The weights, taken out of the model file once.
#[derive(Clone, Debug)]
pub(crate) struct Network {
    weights: Vec<i16>,
}

/// What the network has worked out about the words of a sentence, by node number less one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    words: Vec<[i16; WORD]>,
    forward: Vec<[i16; MEMORY]>,
    backward: Vec<[i16; MEMORY]>,
    places: Vec<[[i16; HIDDEN]; PLACES]>,
    children: Vec<[[i16; HIDDEN]; CHILDREN]>,
}

impl Network {
    pub(crate) fn read(bytes: &[u8]) -> Option<Network> {
        let (weights, rest) = bytes.as_chunks();
        let whole = weights.len() == WEIGHTS && rest.is_empty();
        whole.then(|| Network { weights: weights.iter().map(|&pair| i16::from_le_bytes(pair)).collect() })
    }

    /// Weights laid out as a matrix has them in training, `inputs` rows of `outputs`, become the bytes of a file.
    pub(crate) fn pack(weights: &[f32]) -> Vec<u8> {
        let mut fixed = Vec::with_capacity(2 * WEIGHTS);
        for region in REGIONS {
            let bits = if region.group == 0 { VALUE_BITS } else { WEIGHT_BITS };
            let of = |input: usize, output: usize| {
                fix(weights[region.start + input * region.outputs + output], bits, 16).to_le_bytes()
            };
            if region.group == 0 {
                fixed.extend((0..region.inputs * region.outputs).flat_map(|at| of(0, at)));
                continue;
            }
            for first in (0..region.outputs).step_by(region.group) {
                for input in (0..region.inputs).step_by(2) {
                    for output in first..first + region.group {
                        fixed.extend(of(input, output));
                        fixed.extend(of(input + 1, output));
                    }
                }
            }
        }
        fixed
    }

    #[inline(always)]
    fn region(&self, region: Region) -> &[i16] {
        &self.weights[region.start..region.end()]
    }

    #[inline(always)]
    fn entry<const N: usize>(&self, table: Region, number: usize) -> &[i16; N] {
        let (rows, _) = self.region(table).as_chunks::<N>();
        &rows[number.min(rows.len() - 1)]
    }

    /// The sums of products of one group of outputs, `BLOCKS` times eight of them.
    #[inline(always)]
    fn group<const BLOCKS: usize>(
        &self,
        kernel: impl Kernel,
        matrix: Region,
        number: usize,
        input: &Input,
    ) -> [Sums; BLOCKS] {
        let (weights, _) = self.region(matrix).as_chunks::<{ 2 * LANES }>();
        let (rows, _) = weights.as_chunks::<BLOCKS>();
        let rows = &rows[number * (matrix.inputs / 2)..(number + 1) * (matrix.inputs / 2)];
        let mut sums = [[0; LANES]; BLOCKS];
        for &(at, pair) in input.pairs() {
            let Some(row) = rows.get(usize::from(at)) else { continue };
            for (sums, weights) in sums.iter_mut().zip(row) {
                kernel.add_pair(sums, weights, pair);
            }
        }
        sums
    }

    /// Multiplies and adds the bias, if any.
    #[inline(always)]
    fn multiply(
        &self,
        kernel: impl Kernel,
        (matrix, bias): (Region, Option<Region>),
        input: &[i16],
        out: &mut [i16],
        most: i32,
    ) {
        let input = Input::of(input);
        for (number, out) in out.as_chunks_mut::<GROUP>().0.iter_mut().enumerate() {
            let sums: [Sums; GROUP / LANES] = self.group(kernel, matrix, number, &input);
            match bias {
                None => {
                    for (out, &sum) in out.iter_mut().zip(sums.as_flattened()) {
                        *out = settle(sum, most);
                    }
                }
                Some(bias) => {
                    let bias = &self.region(bias)[number * GROUP..];
                    for ((out, &sum), &bias) in out.iter_mut().zip(sums.as_flattened()).zip(bias) {
                        *out = settle(sum.wrapping_add(i32::from(bias) << WEIGHT_BITS), most);
                    }
                }
            }
        }
    }

    /// Reads a sentence.
    #[inline(always)]
    pub(crate) fn encode(
        &self,
        kernel: impl Kernel,
        inputs: &[Inputs],
        words: &HashRows<'_>,
        outside: &HashRows<'_>,
        reading: &mut Reading,
    ) {
        reading.words.clear();
        reading.forward.clear();
        reading.backward.clear();
        reading.places.clear();
        reading.children.clear();
        for input in inputs {
            reading.words.push(self.word(kernel, input, words, outside));
        }
        self.remember(kernel, (FORWARD, FORWARD_BIAS), reading.words.iter(), &mut reading.forward);
        self.remember(kernel, (BACKWARD, BACKWARD_BIAS), reading.words.iter().rev(), &mut reading.backward);
        reading.backward.reverse();
        for ((word, forward), backward) in reading.words.iter().zip(&reading.forward).zip(&reading.backward) {
            let mut joint = [0; 2 * MEMORY + WORD];
            joint[..MEMORY].copy_from_slice(forward);
            joint[MEMORY..2 * MEMORY].copy_from_slice(backward);
            joint[2 * MEMORY..].copy_from_slice(word);
            let mut context = [0; CONTEXT];
            self.multiply(kernel, (CONTEXT_IN, Some(CONTEXT_BIAS)), &joint, &mut context, MOST_FIXED);
            context.iter_mut().for_each(|value| *value = (*value).max(0));
            let mut places = [[0; HIDDEN]; PLACES];
            self.multiply(kernel, (PLACE, None), &context, places.as_flattened_mut(), i32::from(i16::MAX));
            reading.places.push(places);
            let mut short = [0; SHORT];
            self.multiply(kernel, (SHORTEN, None), &context, &mut short, MOST_FIXED);
            let mut children = [[0; HIDDEN]; CHILDREN];
            self.multiply(kernel, (CHILD, None), &short, children.as_flattened_mut(), i32::from(i16::MAX));
            reading.children.push(children);
        }
    }

    #[inline(always)]
    fn word(&self, kernel: impl Kernel, input: &Inputs, words: &HashRows<'_>, outside: &HashRows<'_>) -> [i16; WORD] {
        let mut vector = [0; WORD];
        let row = outside.get(input.lower);
        if !row.is_empty() {
            let mut wide = [0i16; OUTSIDE];
            for (wide, &byte) in wide.iter_mut().zip(row) {
                *wide = i16::from(byte as i8) << (VALUE_BITS - OUTSIDE_BITS);
            }
            self.multiply(kernel, (OUTSIDE_IN, None), &wide, &mut vector, i32::from(i16::MAX));
        }
        let mut sum = vector.map(i32::from);
        for (sum, &byte) in sum.iter_mut().zip(words.get(input.lower)) {
            *sum += i32::from(byte as i8) << (VALUE_BITS - WORD_BITS);
        }
        for (table, number) in [(SUFFIX, input.suffix), (SHAPE, input.shape), (TAG, input.tag)] {
            for (sum, &value) in sum.iter_mut().zip(self.entry::<WORD>(table, number)) {
                *sum += i32::from(value);
            }
        }
        sum.map(|value| value.clamp(-MOST_FIXED, MOST_FIXED) as i16)
    }

    /// Runs one recurrence over the words in the order given.
    #[inline(always)]
    fn remember<'a>(
        &self,
        kernel: impl Kernel,
        (matrix, bias): (Region, Region),
        words: impl Iterator<Item = &'a [i16; WORD]>,
        out: &mut Vec<[i16; MEMORY]>,
    ) {
        const ONE: i32 = 4096;
        let mut memory = [0i16; MEMORY];
        for word in words {
            let mut both = [0i16; 2 * MEMORY];
            self.multiply(kernel, (matrix, Some(bias)), word, &mut both, MOST_FIXED);
            let (new, gate) = both.split_at(MEMORY);
            for ((memory, &new), &gate) in memory.iter_mut().zip(new).zip(gate) {
                // A straight line for the logistic curve: 1/2 + x/4, between 0 and 1.
                let keep = (ONE / 2 + (i32::from(gate) << (12 - 2 - VALUE_BITS))).clamp(0, ONE);
                *memory = ((keep * i32::from(*memory) + (ONE - keep) * i32::from(new) + ONE / 2) >> 12) as i16;
            }
            out.push(memory);
        }
    }

    /// The hidden layer of a state.
    #[inline(always)]
    pub(crate) fn hidden(&self, picture: &super::features::Picture, reading: &Reading) -> [i16; HIDDEN] {
        let mut sum = self.entry::<HIDDEN>(HIDDEN_BIAS, 0).map(i32::from);
        let mut add = |vector: &[i16; HIDDEN]| {
            for (sum, &value) in sum.iter_mut().zip(vector) {
                *sum = sum.wrapping_add(i32::from(value));
            }
        };
        for (place, &node) in picture.places.iter().enumerate() {
            if let Some(vectors) = usize::from(node).checked_sub(1).and_then(|at| reading.places.get(at)) {
                add(&vectors[place]);
            }
        }
        for (place, &node) in picture.children.iter().enumerate() {
            if let Some(vectors) = usize::from(node).checked_sub(1).and_then(|at| reading.children.get(at)) {
                add(&vectors[place]);
            }
        }
        let (signs, _) = self.region(SIGN).as_chunks::<HIDDEN>();
        for &sign in &picture.signs {
            if let Some(vector) = signs.get(usize::from(sign)) {
                add(vector);
            }
        }
        sum.map(|value| value.clamp(0, MOST_HIDDEN_FIXED) as i16)
    }

    /// Scores of the three actions.
    #[inline(always)]
    pub(crate) fn actions(&self, kernel: impl Kernel, hidden: &Input) -> [i32; 3] {
        let [sums] = self.group::<{ ACTIONS / LANES }>(kernel, ACTION, 0, hidden);
        let bias = self.region(ACTION_BIAS);
        std::array::from_fn(|index| sums[index].wrapping_add(i32::from(bias[index]) << WEIGHT_BITS))
    }

    /// Scores of the relations of an arc to the left or to the right.
    #[inline(always)]
    pub(crate) fn labels(&self, kernel: impl Kernel, right: bool, hidden: &Input) -> [i32; DEPRELS] {
        let side = usize::from(right);
        let sums = self.group::<{ SIDE / LANES }>(kernel, LABEL, side, hidden);
        let (sums, bias) = (sums.as_flattened(), &self.region(LABEL_BIAS)[side * SIDE..]);
        std::array::from_fn(|index| sums[index].wrapping_add(i32::from(bias[index]) << WEIGHT_BITS))
    }
}

/// Values to be multiplied, two by two; pairs of zeros, of which there are many, are left out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Input {
    pairs: [(u16, [i16; 2]); LONGEST_INPUT / 2],
    count: usize,
}

impl Input {
    #[inline(always)]
    pub(crate) fn of(values: &[i16]) -> Input {
        let mut input = Input { pairs: [(0, [0; 2]); LONGEST_INPUT / 2], count: 0 };
        for (at, &pair) in values.as_chunks::<2>().0.iter().enumerate().take(LONGEST_INPUT / 2) {
            input.pairs[input.count.min(LONGEST_INPUT / 2 - 1)] = (at as u16, pair);
            input.count += usize::from(pair != [0, 0]);
        }
        input
    }

    #[inline(always)]
    fn pairs(&self) -> &[(u16, [i16; 2])] {
        &self.pairs[..self.count.min(LONGEST_INPUT / 2)]
    }
}

/// A number as fixed-point of so many bits behind the point and at most so many in all.
pub(crate) fn fix(value: f32, bits: u32, width: u32) -> i16 {
    let most = ((1i32 << (width - 1)) - 1) as f32;
    (value * (1u32 << bits) as f32).round().clamp(-most, most) as i16
}

/// Rounds a sum of products back to a value.
#[inline(always)]
fn settle(sum: i32, most: i32) -> i16 {
    (sum.wrapping_add(1 << (WEIGHT_BITS - 1)) >> WEIGHT_BITS).clamp(-most, most) as i16
}
