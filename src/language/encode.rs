//! How the parser's network reads a sentence.
//!
//! What depends on a word and its tag alone is kept from sentence to sentence: a few thousand words make up most of a text.
//! What a word means to the hidden layer at a place is worked out when it first stands there, since most words never
//! stand in most places. Sums of whole numbers come out the same in any order.

use rustc_hash::FxHashMap;

use super::features::Picture;
use super::hashrows::HashRows;
use super::kernel::Kernel;
use super::network::*;

/// Most words remembered; then all are forgotten.
const MOST_WORDS: usize = 1 << 12;

/// What the network has worked out about the words of a sentence, by node number less one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    known: Words,
    /// The words of the sentence, as numbers of known ones.
    line: Vec<u32>,
    forward: Vec<[i16; MEMORY]>,
    backward: Vec<[i16; MEMORY]>,
    contexts: Vec<Input>,
    shorts: Vec<[i16; SHORT]>,
    /// Which of the following are worked out: a bit for each place, for each place of a child, and for the short form.
    ready: Vec<u16>,
    places: Vec<[[i16; HIDDEN]; PLACES]>,
    children: Vec<[[i16; HIDDEN]; CHILDREN]>,
}

const SHORT_READY: u16 = 1 << (PLACES + CHILDREN);

/// Words with their tags, and what depends on nothing else.
#[derive(Clone, Debug, Default)]
struct Words {
    numbers: FxHashMap<u64, u32>,
    words: Vec<Known>,
}

#[derive(Clone, Debug)]
struct Known {
    /// New memories and gates, in each direction.
    forward: [i16; 2 * MEMORY],
    backward: [i16; 2 * MEMORY],
    /// The word's share of its context, the bias with it.
    context: [i32; CONTEXT],
}

impl Reading {
    /// Forgets the words of another network.
    pub(crate) fn forget(&mut self) {
        self.known = Words::default();
    }
}

impl Network {
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
        let Reading { known, line, forward, backward, contexts, shorts, ready, places, children } = reading;
        if known.words.len() > MOST_WORDS {
            *known = Words::default();
        }
        line.clear();
        for input in inputs {
            let number = match known.numbers.get(&input.key()) {
                Some(number) => *number,
                None => {
                    let number = known.words.len() as u32;
                    known.words.push(self.known(kernel, input, words, outside));
                    known.numbers.insert(input.key(), number);
                    number
                }
            };
            line.push(number);
        }
        let words = || line.iter().map(|number| &known.words[*number as usize]);
        forward.clear();
        remember(words().map(|word| &word.forward), forward);
        backward.clear();
        remember(words().rev().map(|word| &word.backward), backward);
        backward.reverse();
        contexts.clear();
        for ((word, forward), backward) in words().zip(&*forward).zip(&*backward) {
            let mut joint = [0; 2 * MEMORY];
            joint[..MEMORY].copy_from_slice(forward);
            joint[MEMORY..].copy_from_slice(backward);
            let sums: [i32; CONTEXT] = self.sums(kernel, CONTEXT_IN, &Input::of(&joint));
            let mut context = [0; CONTEXT];
            for ((context, &sum), &share) in context.iter_mut().zip(&sums).zip(&word.context) {
                *context = settle(sum.wrapping_add(share), MOST_FIXED).max(0);
            }
            contexts.push(Input::of(&context));
        }
        ready.clear();
        ready.resize(inputs.len(), 0);
        // What stands here from sentences before is written over before it is read.
        shorts.resize(shorts.len().max(inputs.len()), [0; SHORT]);
        places.resize(places.len().max(inputs.len()), [[0; HIDDEN]; PLACES]);
        children.resize(children.len().max(inputs.len()), [[0; HIDDEN]; CHILDREN]);
    }

    /// What the network makes of a word and its tag.
    #[inline(always)]
    fn known(&self, kernel: impl Kernel, input: &Inputs, words: &HashRows<'_>, outside: &HashRows<'_>) -> Known {
        let word = self.word(kernel, input, words, outside);
        let values = Input::of(&word);
        let mut context = self.sums(kernel, CONTEXT_IN, &Input::from(2 * MEMORY, &word));
        self.add_bias(CONTEXT_BIAS, &mut context);
        let forward = self.new_memory(kernel, (FORWARD, FORWARD_BIAS), &values);
        let backward = self.new_memory(kernel, (BACKWARD, BACKWARD_BIAS), &values);
        Known { forward, backward, context }
    }

    #[inline(always)]
    fn new_memory(&self, kernel: impl Kernel, (matrix, bias): (Region, Region), word: &Input) -> [i16; 2 * MEMORY] {
        let mut sums: [i32; 2 * MEMORY] = self.sums(kernel, matrix, word);
        self.add_bias(bias, &mut sums);
        sums.map(|sum| settle(sum, MOST_FIXED))
    }

    #[inline(always)]
    fn word(&self, kernel: impl Kernel, input: &Inputs, words: &HashRows<'_>, outside: &HashRows<'_>) -> [i16; WORD] {
        let mut sum = [0; WORD];
        let row = outside.get(input.lower);
        if !row.is_empty() {
            let mut wide = [0i16; OUTSIDE];
            for (wide, &byte) in wide.iter_mut().zip(row) {
                *wide = i16::from(byte as i8) << (VALUE_BITS - OUTSIDE_BITS);
            }
            let sums: [i32; WORD] = self.sums(kernel, OUTSIDE_IN, &Input::of(&wide));
            sum = sums.map(|sum| i32::from(settle(sum, i32::from(i16::MAX))));
        }
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

    /// The hidden layer of a state.
    #[inline(always)]
    pub(crate) fn hidden(&self, kernel: impl Kernel, picture: &Picture, reading: &mut Reading) -> [i16; HIDDEN] {
        // Sums in between may run over and come back: what counts is that the whole fits, and it is far from not fitting.
        let mut sum = *self.entry::<HIDDEN>(HIDDEN_BIAS, 0);
        let mut add = |vector: &[i16; HIDDEN]| {
            for (sum, &value) in sum.iter_mut().zip(vector) {
                *sum = sum.wrapping_add(value);
            }
        };
        let Reading { contexts, shorts, ready, places, children, .. } = reading;
        for (place, &node) in picture.places.iter().enumerate() {
            let Some(at) = usize::from(node).checked_sub(1).filter(|at| *at < contexts.len()) else { continue };
            let vector = &mut places[at][place];
            if ready[at] & 1 << place == 0 {
                ready[at] |= 1 << place;
                *vector = self.at_place(kernel, PLACE, place, &contexts[at]);
            }
            add(vector);
        }
        for (place, &node) in picture.children.iter().enumerate() {
            let Some(at) = usize::from(node).checked_sub(1).filter(|at| *at < contexts.len()) else { continue };
            let vector = &mut children[at][place];
            if ready[at] & 1 << (PLACES + place) == 0 {
                if ready[at] & SHORT_READY == 0 {
                    let sums: [i32; SHORT] = self.sums(kernel, SHORTEN, &contexts[at]);
                    shorts[at] = sums.map(|sum| settle(sum, MOST_FIXED));
                }
                ready[at] |= SHORT_READY | 1 << (PLACES + place);
                *vector = self.at_place(kernel, CHILD, place, &Input::of(&shorts[at]));
            }
            add(vector);
        }
        let (signs, _) = self.region(SIGN).as_chunks::<HIDDEN>();
        for &sign in &picture.signs {
            if let Some(vector) = signs.get(usize::from(sign)) {
                add(vector);
            }
        }
        sum.map(|value| value.clamp(0, MOST_HIDDEN_FIXED as i16))
    }
}

/// Runs one recurrence over words in the order given.
#[inline(always)]
fn remember<'a>(words: impl Iterator<Item = &'a [i16; 2 * MEMORY]>, out: &mut Vec<[i16; MEMORY]>) {
    const ONE: i32 = 4096;
    let mut memory = [0i16; MEMORY];
    for word in words {
        let (new, gate) = word.split_at(MEMORY);
        for ((memory, &new), &gate) in memory.iter_mut().zip(new).zip(gate) {
            // A straight line for the logistic curve: 1/2 + x/4, between 0 and 1.
            let keep = (ONE / 2 + (i32::from(gate) << (12 - 2 - VALUE_BITS))).clamp(0, ONE);
            *memory = ((keep * i32::from(*memory) + (ONE - keep) * i32::from(new) + ONE / 2) >> 12) as i16;
        }
        out.push(memory);
    }
}
