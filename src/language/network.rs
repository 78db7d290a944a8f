//! The parser's network: how weights are kept and multiplied, in whole numbers.
//!
//! Every word gets a vector from its form, ending, look and tag and, where the model has them, from outside word vectors.
//! Two light recurrences carry context over the sentence, one from each side (after the simple recurrent unit of T. Lei et
//! al., "Simple recurrent units for highly parallelizable recurrence", EMNLP 2018, whose gates look at the word alone).
//! What the hidden layer of a parser step needs of a word is worked out once for the word and each of the places it stands
//! in, so a step only adds vectors up (D. Chen and C. Manning, "A fast and accurate dependency parser using neural
//! networks", EMNLP 2014). Values are fixed-point numbers of 16 bits: the same on every machine. All that runs a sentence
//! is inlined into one function, which `Parser::run` compiles for each [`Kernel`]; [`super::encode`] reads sentences.

use super::deprel::DEPRELS;
use super::kernel::{Kernel, LANES, Sums};
use super::morph::Tag;
pub(crate) use super::regions::*;
use super::table::CLASSES;
use super::word::{Keys, Word};

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

    /// Equal for equal inputs only.
    pub(crate) fn key(&self) -> u64 {
        u64::from(self.lower) << 32 | ((self.suffix * SHAPES + self.shape) * CLASSES + self.tag) as u64
    }
}

const _: () = assert!(SUFFIXES * SHAPES * CLASSES < 1 << 32);

/// The weights, taken out of the model file once.
#[derive(Clone, Debug)]
pub(crate) struct Network {
    weights: Vec<i16>,
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
    pub(super) fn region(&self, region: Region) -> &[i16] {
        &self.weights[region.start..region.end()]
    }

    #[inline(always)]
    pub(super) fn entry<const N: usize>(&self, table: Region, number: usize) -> &[i16; N] {
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

    /// The sums of products of all outputs of a matrix.
    #[inline(always)]
    pub(super) fn sums<const OUTPUTS: usize>(
        &self,
        kernel: impl Kernel,
        matrix: Region,
        input: &Input,
    ) -> [i32; OUTPUTS] {
        let mut out = [0; OUTPUTS];
        for (number, out) in out.as_chunks_mut::<GROUP>().0.iter_mut().enumerate() {
            out.copy_from_slice(self.group::<{ GROUP / LANES }>(kernel, matrix, number, input).as_flattened());
        }
        out
    }

    /// What a word means to the hidden layer at a place of `matrix`.
    #[inline(always)]
    pub(super) fn at_place(&self, kernel: impl Kernel, matrix: Region, place: usize, input: &Input) -> [i16; HIDDEN] {
        let mut out = [0; HIDDEN];
        for (number, out) in out.as_chunks_mut::<GROUP>().0.iter_mut().enumerate() {
            let number = place * (HIDDEN / GROUP) + number;
            let sums = self.group::<{ GROUP / LANES }>(kernel, matrix, number, input);
            for (out, &sum) in out.iter_mut().zip(sums.as_flattened()) {
                *out = settle(sum, i32::from(i16::MAX));
            }
        }
        out
    }

    /// Adds a bias to sums of products.
    #[inline(always)]
    pub(super) fn add_bias(&self, bias: Region, sums: &mut [i32]) {
        for (sum, &bias) in sums.iter_mut().zip(self.region(bias)) {
            *sum = sum.wrapping_add(i32::from(bias) << WEIGHT_BITS);
        }
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
        Self::from(0, values)
    }

    /// Values of which the first is input number `first`, an even one.
    #[inline(always)]
    pub(crate) fn from(first: usize, values: &[i16]) -> Input {
        let mut input = Input { pairs: [(0, [0; 2]); LONGEST_INPUT / 2], count: 0 };
        for (at, &pair) in (first / 2..LONGEST_INPUT / 2).zip(values.as_chunks::<2>().0) {
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

/// Rounds a sum of products back to a value.
#[inline(always)]
pub(super) fn settle(sum: i32, most: i32) -> i16 {
    (sum.wrapping_add(1 << (WEIGHT_BITS - 1)) >> WEIGHT_BITS).clamp(-most, most) as i16
}
