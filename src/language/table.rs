//! The tagger's weights as they lie in the model file: probed in place, nothing is built at load.
//!
//! A slot points to a short row of (class, weight) pairs, since a feature speaks about few of the classes, and equal rows
//! are stored once. Keys are kept as a few check bits only; a false meeting adds the noise of one wrong feature and no
//! more. Damaged bytes can give wrong scores but never a panic: every access is checked.

/// The number of classes a score row has room for.
pub(crate) const CLASSES: usize = 64;

/// The scores of all classes.
pub(crate) type Scores = [i32; CLASSES];

const EMPTY: u32 = u32::MAX;
const CHECK_BITS: u32 = 11;
const CHECK: u32 = (1 << CHECK_BITS) - 1;
const LAST: u8 = 0x80;
/// The row area's largest size in pairs: what the offset bits of a slot can address.
const MAX_PAIRS: usize = (1 << (32 - CHECK_BITS)) - 1;

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn place(key: u32, slots: u32) -> u32 {
    ((u64::from(key) * u64::from(slots)) >> 32) as u32
}

/// One feature's weights while a table is packed.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub key: u32,
    /// (class, weight), in the order of the classes.
    pub weights: Vec<(u8, f32)>,
}

/// A slot that was read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Slot {
    at: usize,
    value: u32,
}

/// A row that was found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    at: usize,
    first: [u8; 2],
}

/// A table from feature keys to weights of a few out of many classes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SparseTable<'a> {
    slots: &'a [u8],
    rows: &'a [u8],
    homes: u32,
}

impl<'a> SparseTable<'a> {
    pub(crate) fn read(bytes: &'a [u8]) -> Option<SparseTable<'a>> {
        let slots = u32_at(bytes, 0)? as usize;
        let homes = u32_at(bytes, 4)?;
        let end = 8 + slots.checked_mul(4)?;
        Some(SparseTable { slots: bytes.get(8..end)?, rows: bytes.get(end..)?, homes })
    }

    /// The slots where the searches for features begin. What is asked of the table in one go is read in one go: it is
    /// larger than the processor's caches, and so the waits for memory overlap.
    #[inline]
    pub(crate) fn homes<const N: usize>(&self, keys: &[u32; N]) -> [Slot; N] {
        keys.map(|key| {
            let at = place(key, self.homes) as usize;
            Slot { at, value: u32_at(self.slots, at * 4).unwrap_or(EMPTY) }
        })
    }

    /// The row of a feature, its first pair read.
    #[inline]
    pub(crate) fn find(&self, home: Slot, key: u32) -> Option<Found> {
        let Slot { mut at, value: mut slot } = home;
        while slot & CHECK != key & CHECK || slot == EMPTY {
            if slot == EMPTY {
                return None;
            }
            at += 1;
            slot = u32_at(self.slots, at * 4)?;
        }
        let at = (slot >> CHECK_BITS) as usize * 2;
        Some(Found { at, first: *self.rows.get(at..)?.first_chunk()? })
    }

    /// Spreads the weights of a row out over all classes.
    #[inline]
    pub(crate) fn spread(&self, row: Found, out: &mut [i16; CLASSES]) {
        *out = [0; CLASSES];
        let rest = self.rows.get(row.at + 2..).unwrap_or_default().as_chunks().0;
        for [class, weight] in std::iter::once(row.first).chain(rest.iter().copied()) {
            let sum = &mut out[usize::from(class) % CLASSES];
            *sum = sum.wrapping_add(value(weight));
            if class & LAST != 0 {
                break;
            }
        }
    }

    /// Lays rows out; a weight of `1 / scale` gets the largest byte. Features left without a weight vanish.
    pub(crate) fn pack(rows: &[Row], scale: f32) -> Vec<u8> {
        let mut quantised: Vec<(u32, Vec<u8>)> = Vec::with_capacity(rows.len());
        for row in rows {
            let mut pairs = Vec::new();
            for &(class, weight) in &row.weights {
                let weight = quantise(weight, scale);
                if weight != 0 {
                    pairs.extend([class, weight as u8]);
                }
            }
            if let Some(at) = pairs.len().checked_sub(2) {
                pairs[at] |= LAST;
                quantised.push((row.key, pairs));
            }
        }
        quantised.sort();
        let home = ((quantised.len() as f64 / 0.62) as u32).max(4);
        // Probing never wraps round: slots behind the last home hold the overflow, and an empty one ends the table.
        let mut slots: Vec<u32> = vec![EMPTY; home as usize];
        let mut area: Vec<u8> = Vec::new();
        let mut known: std::collections::BTreeMap<Vec<u8>, u32> = std::collections::BTreeMap::new();
        for (key, pairs) in quantised {
            let offset = *known.entry(pairs).or_insert_with_key(|pairs| {
                let offset = (area.len() / 2) as u32;
                area.extend(pairs);
                offset
            });
            if offset as usize >= MAX_PAIRS {
                break;
            }
            let mut at = place(key, home) as usize;
            while slots.get(at).is_some_and(|&slot| slot != EMPTY) {
                at += 1;
            }
            if at >= slots.len() {
                slots.push(EMPTY);
            }
            slots[at] = offset << CHECK_BITS | key & CHECK;
        }
        let mut out = (slots.len() as u32 + 1).to_le_bytes().to_vec();
        out.extend(home.to_le_bytes());
        for slot in slots.into_iter().chain([EMPTY]) {
            out.extend(slot.to_le_bytes());
        }
        out.extend(area);
        out
    }
}

/// A weight as the file holds it: the signed root, so that the many small weights keep their proportions.
fn quantise(weight: f32, scale: f32) -> i8 {
    ((weight.abs() * scale).sqrt().min(1.0) * 127.0).round().copysign(weight) as i8
}

/// A weight as it is added up: the signed square of its byte.
#[inline]
fn value(byte: u8) -> i16 {
    let root = i16::from(byte as i8);
    root * root.abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(number: u32) -> u32 {
        super::super::hash::one(1, number)
    }

    fn spread(table: &SparseTable<'_>, key: u32, out: &mut [i16; CLASSES]) -> bool {
        let [home] = table.homes(&[key]);
        let found = table.find(home, key);
        found.inspect(|row| table.spread(*row, out)).is_some()
    }

    #[test]
    fn rows_come_back_from_the_sparse_table() {
        let rows: Vec<Row> = (0..1000)
            .map(|n| Row {
                key: key(n),
                weights: vec![((n % 7) as u8, 1.0), (9, if n % 2 == 0 { -0.25 } else { 0.0 })],
            })
            .collect();
        let bytes = SparseTable::pack(&rows, 1.0);
        let table = SparseTable::read(&bytes).expect("a table");
        for n in 0..1000 {
            let mut scores = [0; CLASSES];
            assert!(spread(&table, key(n), &mut scores), "row {n}");
            assert_eq!(scores[n as usize % 7], value(127), "row {n}");
            assert_eq!(scores[9], if n % 2 == 0 { -value(64) } else { 0 }, "row {n}");
        }
        let strangers = (1000..9000)
            .filter(|&n| {
                let mut scores = [0; CLASSES];
                spread(&table, key(n), &mut scores)
            })
            .count();
        assert!(strangers < 40, "{strangers} of 8000 unknown keys were taken for known ones");
    }

    #[test]
    fn damaged_bytes_do_no_harm() {
        assert!(SparseTable::read(&[9, 0, 0, 0]).is_none());
        let rows = [Row { key: key(1), weights: vec![(3, 1.0)] }];
        let mut bytes = SparseTable::pack(&rows, 1.0);
        for slot in &mut bytes[8..] {
            *slot = 0x55;
        }
        if let Some(table) = SparseTable::read(&bytes) {
            for n in 0..100 {
                spread(&table, key(n), &mut [0; CLASSES]);
                spread(&table, n, &mut [0; CLASSES]);
            }
        }
    }
}
