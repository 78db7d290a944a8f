//! The shape of the parser's network: the sizes of its layers, where their weights lie, and how numbers are fixed.

use super::deprel::DEPRELS;
use super::kernel::LANES;
use super::table::CLASSES;

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
pub(super) const LONGEST_INPUT: usize = 2 * MEMORY + WORD;
/// Outputs worked out together, where nothing else is said.
pub(super) const GROUP: usize = 4 * LANES;

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
pub(super) const MOST_FIXED: i32 = (4 << VALUE_BITS) - 1;
pub(super) const MOST_HIDDEN_FIXED: i32 = (8 << VALUE_BITS) - 1;

/// A number as fixed-point of so many bits behind the point and at most so many in all.
pub(crate) fn fix(value: f32, bits: u32, width: u32) -> i16 {
    let most = ((1i32 << (width - 1)) - 1) as f32;
    (value * (1u32 << bits) as f32).round().clamp(-most, most) as i16
}
