//! Averaged perceptrons under training: weights, running totals, and what remains of them after pruning.
//!
//! The average over all steps is kept lazily: a weight's total is brought up to date when the weight changes (Collins
//! 2002; the bookkeeping after H. Daumé III, 2006).

use crate::language::table::Row;

/// From feature keys to row numbers: open addressing over a power of two.
#[derive(Debug)]
struct KeyMap {
    slots: Vec<(u32, u32)>,
    used: usize,
}

const FREE: u32 = u32::MAX;

impl KeyMap {
    fn new() -> KeyMap {
        KeyMap { slots: vec![(0, FREE); 1 << 16], used: 0 }
    }

    fn find(&self, key: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (key.wrapping_mul(0x9E37_79B1) as usize) & mask;
        while self.slots[at].1 != FREE && self.slots[at].0 != key {
            at = (at + 1) & mask;
        }
        at
    }

    fn get(&self, key: u32) -> Option<usize> {
        let row = self.slots[self.find(key)].1;
        (row != FREE).then_some(row as usize)
    }

    fn get_or_add(&mut self, key: u32) -> usize {
        let at = self.find(key);
        if self.slots[at].1 != FREE {
            return self.slots[at].1 as usize;
        }
        let row = self.used;
        self.slots[at] = (key, row as u32);
        self.used += 1;
        if self.used * 2 > self.slots.len() {
            let double = vec![(0, FREE); self.slots.len() * 2];
            let old = std::mem::replace(&mut self.slots, double);
            for slot in old {
                if slot.1 != FREE {
                    let at = self.find(slot.0);
                    self.slots[at] = slot;
                }
            }
        }
        row
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    total: i64,
    weight: i32,
    stamp: u32,
    class: u8,
}

impl Cell {
    fn change(&mut self, by: i32, step: u32) {
        self.total += i64::from(self.weight) * i64::from(step - self.stamp);
        self.stamp = step;
        self.weight += by;
    }

    fn average(&self, step: u32) -> f32 {
        let total = self.total + i64::from(self.weight) * i64::from(step - self.stamp);
        (total as f64 / f64::from(step.max(1))) as f32
    }
}

/// A perceptron whose features each speak about a few of the classes.
#[derive(Debug)]
pub(crate) struct Perceptron {
    keys: KeyMap,
    rows: Vec<(u32, u32, Vec<Cell>)>,
    /// Only features that are already there are trained.
    frozen: bool,
    step: u32,
}

impl Perceptron {
    pub(crate) fn new() -> Perceptron {
        Perceptron { keys: KeyMap::new(), rows: Vec::new(), frozen: false, step: 0 }
    }

    /// A perceptron that trains these features and no other, from nothing.
    pub(crate) fn limited_to(rows: &[Row]) -> Perceptron {
        let mut new = Perceptron::new();
        for row in rows {
            new.keys.get_or_add(row.key);
            new.rows.push((row.key, 0, Vec::new()));
        }
        new.frozen = true;
        new
    }

    /// Counts a decision.
    pub(crate) fn tick(&mut self) {
        self.step += 1;
    }

    /// Adds the present weights of the features to the scores.
    pub(crate) fn score(&self, features: &[u32], scores: &mut [i32]) {
        for &key in features {
            if let Some(row) = self.keys.get(key) {
                for cell in &self.rows[row].2 {
                    scores[usize::from(cell.class)] += cell.weight;
                }
            }
        }
    }

    /// Moves the weights of the features towards `good` and away from `bad`.
    pub(crate) fn update(&mut self, features: &[u32], good: u8, bad: u8) {
        for &key in features {
            let row = if self.frozen {
                let Some(row) = self.keys.get(key) else {
                    continue;
                };
                row
            } else {
                self.keys.get_or_add(key)
            };
            if row == self.rows.len() {
                self.rows.push((key, 0, Vec::new()));
            }
            let (_, updates, cells) = &mut self.rows[row];
            *updates += 1;
            for (class, by) in [(good, 1), (bad, -1)] {
                let at = match cells.iter().position(|cell| cell.class == class) {
                    Some(at) => at,
                    None => {
                        cells.push(Cell { class, stamp: self.step, ..Cell::default() });
                        cells.len() - 1
                    }
                };
                cells[at].change(by, self.step);
            }
        }
    }

    /// The averaged weights of the features updated at least `least` times, in the order of their first update.
    pub(crate) fn average(&self, least: u32) -> Vec<Row> {
        self.rows
            .iter()
            .filter(|(_, updates, _)| *updates >= least)
            .map(|(key, _, cells)| {
                let mut weights: Vec<(u8, f32)> =
                    cells.iter().map(|cell| (cell.class, cell.average(self.step))).collect();
                weights.sort_by_key(|&(class, _)| class);
                Row { key: *key, weights }
            })
            .collect()
    }

    /// The averaged weights of the features updated more than once; of all, where a small treebank leaves few of those.
    pub(crate) fn average_of_repeated(&self, most: usize) -> Vec<Row> {
        let repeated = self.average(2);
        if repeated.len() * 4 < most { self.average(1) } else { repeated }
    }
}

/// The best class other than the right one: what an update moves away from.
pub(crate) fn rival(scores: &[i32], right: u8) -> u8 {
    let mut rival = u8::from(right == 0);
    for (class, &score) in scores.iter().enumerate() {
        if class != usize::from(right) && score > scores[usize::from(rival)] {
            rival = class as u8;
        }
    }
    rival
}

/// Keeps the `most` features with the largest weights, drops single weights below `least`, and gives the scale that
/// brings the largest weight to 1.
pub(crate) fn prune(rows: &mut Vec<Row>, most: usize, least: f32) -> f32 {
    for row in rows.iter_mut() {
        row.weights.retain(|(_, weight)| weight.abs() >= least);
    }
    rows.retain(|row| !row.weights.is_empty());
    let strength = |row: &Row| row.weights.iter().map(|(_, weight)| weight.abs()).fold(0.0, f32::max);
    if rows.len() > most {
        rows.sort_by(|a, b| strength(b).total_cmp(&strength(a)).then(a.key.cmp(&b.key)));
        rows.truncate(most);
    }
    rows.sort_by_key(|row| row.key);
    let top = rows.iter().map(strength).fold(0.0, f32::max);
    1.0 / top.max(1e-6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_average_counts_every_step() {
        let mut perceptron = Perceptron::new();
        perceptron.tick();
        perceptron.update(&[7], 0, 1);
        for _ in 0..3 {
            perceptron.tick();
        }
        perceptron.update(&[7], 0, 1);
        perceptron.tick();
        // +1 from step 1 to 4, +2 from step 4 to 5: (3 * 1 + 1 * 2) / 5.
        assert_eq!(perceptron.average(1)[0].weights, [(0, 1.0), (1, -1.0)]);
        let mut scores = [0; 2];
        perceptron.score(&[7, 8], &mut scores);
        assert_eq!(scores, [2, -2]);
    }

    #[test]
    fn pruning_keeps_the_strongest() {
        let row = |key, weight| Row { key, weights: vec![(0, weight)] };
        let mut rows = vec![row(1, 0.5), row(2, -4.0), row(3, 2.0), row(4, 0.01)];
        let scale = prune(&mut rows, 2, 0.1);
        assert_eq!(rows.iter().map(|r| r.key).collect::<Vec<_>>(), [2, 3]);
        assert!((scale - 1.0 / 4.0).abs() < 1e-3);
    }
}
