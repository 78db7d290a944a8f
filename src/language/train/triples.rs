//! The perceptron of the parser's actions while it is trained: three classes, one cache line to look a feature up.
//!
//! As [`super::perceptron`], but the weights lie in the slots of the key table itself: most of the time of training goes
//! into these look-ups.

use super::perceptron::average;
use crate::language::table::Row;

/// The key of a free slot. A feature that hashes to it is never learnt.
const FREE: u32 = 0;

#[derive(Clone, Copy, Debug, Default)]
#[repr(align(16))]
struct Slot {
    key: u32,
    weights: [i32; 3],
}

#[derive(Clone, Copy, Debug, Default)]
struct Past {
    /// For each weight the sum of its changes, each times the step it was made in.
    stamped: [i64; 3],
    updates: u32,
}

/// A perceptron with three classes.
#[derive(Debug)]
pub(crate) struct Triples {
    slots: Vec<Slot>,
    past: Vec<Past>,
    used: usize,
    /// Only features that are already there are trained.
    frozen: bool,
    step: u32,
}

impl Triples {
    pub(crate) fn new() -> Triples {
        Triples::with_room(1 << 16)
    }

    fn with_room(slots: usize) -> Triples {
        Triples {
            slots: vec![Slot::default(); slots],
            past: vec![Past::default(); slots],
            used: 0,
            frozen: false,
            step: 0,
        }
    }

    /// A perceptron that trains these features and no other, from nothing.
    pub(crate) fn limited_to(rows: &[Row]) -> Triples {
        let mut new = Triples::with_room((rows.len() * 2).next_power_of_two().max(4));
        for row in rows {
            new.get_or_add(row.key);
        }
        new.frozen = true;
        new
    }

    /// Where a key is or would be.
    fn find(&self, key: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (key.wrapping_mul(0x9E37_79B1) >> 7) as usize & mask;
        while self.slots[at].key != key && self.slots[at].key != FREE {
            at = (at + 1) & mask;
        }
        at
    }

    fn get_or_add(&mut self, key: u32) -> usize {
        let at = self.find(key);
        if self.slots[at].key == key {
            return at;
        }
        self.used += 1;
        if self.used * 2 > self.slots.len() {
            let mut double = Triples::with_room(self.slots.len() * 2);
            for (slot, past) in self.slots.iter().zip(&self.past).filter(|(slot, _)| slot.key != FREE) {
                let at = double.find(slot.key);
                (double.slots[at], double.past[at]) = (*slot, *past);
            }
            (self.slots, self.past) = (double.slots, double.past);
        }
        let at = self.find(key);
        self.slots[at].key = key;
        at
    }

    /// Counts a decision.
    pub(crate) fn tick(&mut self) {
        self.step += 1;
    }

    /// Adds the present weights of the features to the scores.
    pub(crate) fn score(&self, features: &[u32], scores: &mut [i32; 3]) {
        for &key in features.iter().filter(|&&key| key != FREE) {
            let slot = &self.slots[self.find(key)];
            for (score, weight) in scores.iter_mut().zip(slot.weights) {
                *score += weight;
            }
        }
    }

    /// Moves the weights of the features towards `good` and away from `bad`.
    pub(crate) fn update(&mut self, features: &[u32], good: u8, bad: u8) {
        for &key in features.iter().filter(|&&key| key != FREE) {
            let at = if self.frozen { self.find(key) } else { self.get_or_add(key) };
            if self.slots[at].key != key {
                continue;
            }
            self.past[at].updates += 1;
            for (class, by) in [(good, 1), (bad, -1)] {
                self.slots[at].weights[usize::from(class)] += by;
                self.past[at].stamped[usize::from(class)] += i64::from(by) * i64::from(self.step);
            }
        }
    }

    /// The averaged weights of the features updated at least `least` times.
    pub(crate) fn average(&self, least: u32) -> Vec<Row> {
        let mut rows: Vec<Row> = self
            .slots
            .iter()
            .zip(&self.past)
            .filter(|(slot, past)| slot.key != FREE && past.updates >= least)
            .map(|(slot, past)| {
                let mean = |class: usize| average(slot.weights[class], past.stamped[class], self.step);
                Row { key: slot.key, weights: (0..3).map(|class| (class as u8, mean(class))).collect() }
            })
            .collect();
        rows.sort_by_key(|row| row.key);
        rows
    }

    /// The averaged weights of the features updated more than once; of all, where a small treebank leaves few of those.
    pub(crate) fn average_of_repeated(&self, most: usize) -> Vec<Row> {
        let repeated = self.average(2);
        if repeated.len() * 4 < most { self.average(1) } else { repeated }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_survive_growth() {
        let mut triples = Triples::new();
        for key in 1..=200_000 {
            triples.tick();
            triples.update(&[key], (key % 3) as u8, ((key + 1) % 3) as u8);
        }
        for key in [1, 77_777, 200_000] {
            let mut scores = [0; 3];
            triples.score(&[key, FREE], &mut scores);
            assert_eq!((scores[key as usize % 3], scores[(key as usize + 1) % 3]), (1, -1));
        }
        assert_eq!(triples.average(1).len(), 200_000);
        assert!(triples.average(2).is_empty());
        let mut frozen = Triples::limited_to(&triples.average(1)[..10]);
        frozen.update(&[3, 300_000], 0, 1);
        assert_eq!(frozen.average(1).len(), 1);
    }
}
