//! Rows of small numbers, each found by the hash of a word: used where they lie in the model file.
//!
//! The keys are sorted and an index over their first bits says where to look, so a look-up touches the index, a few
//! neighbouring keys and one row. Damaged bytes can give wrong rows but never a panic: every access is checked.

/// A read-only map from word hashes to rows of bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HashRows<'a> {
    /// For each value of a hash's first bits where its keys begin; one more entry closes the last.
    index: &'a [[u8; 4]],
    keys: &'a [[u8; 4]],
    rows: &'a [u8],
    width: usize,
    shift: u32,
}

/// Bytes before the index: number of rows, bytes in a row, bits of the index.
const HEAD: usize = 12;

impl<'a> HashRows<'a> {
    pub(crate) fn read(bytes: &'a [u8]) -> Option<HashRows<'a>> {
        let (head, rest) = bytes.split_at_checked(HEAD)?;
        let [count, width, bits] =
            [0, 4, 8].map(|at| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]));
        if bits == 0 || bits > 24 {
            return None;
        }
        let (index, rest) = rest.split_at_checked(4 * ((1 << bits) + 1))?;
        let (keys, rows) = rest.split_at_checked(4 * count as usize)?;
        let fits = (count as usize).checked_mul(width as usize) == Some(rows.len());
        let (index, keys) = (index.as_chunks().0, keys.as_chunks().0);
        fits.then_some(HashRows { index, keys, rows, width: width as usize, shift: 32 - bits })
    }

    /// The number of a word's row.
    #[inline]
    pub(crate) fn find(&self, hash: u32) -> Option<usize> {
        let bucket = (hash >> self.shift) as usize;
        let start = u32::from_le_bytes(*self.index.get(bucket)?) as usize;
        let end = u32::from_le_bytes(*self.index.get(bucket + 1)?) as usize;
        let within = self.keys.get(start..end)?;
        Some(start + within.iter().position(|key| u32::from_le_bytes(*key) == hash)?)
    }

    /// A row by its number; empty where there is none.
    #[inline]
    pub(crate) fn row(&self, number: usize) -> &'a [u8] {
        let start = number.saturating_mul(self.width);
        self.rows.get(start..start.saturating_add(self.width)).unwrap_or_default()
    }

    /// A word's row; empty where there is none.
    #[inline]
    pub(crate) fn get(&self, hash: u32) -> &'a [u8] {
        self.find(hash).map_or(&[], |number| self.row(number))
    }

    /// Lays rows out; all are `width` bytes long, and of two with one key the first is kept.
    pub(crate) fn pack(mut rows: Vec<(u32, Vec<i8>)>, width: usize) -> Vec<u8> {
        rows.sort_by_key(|(key, _)| *key);
        rows.dedup_by_key(|(key, _)| *key);
        let bits = (rows.len() / 3).max(2).ilog2().clamp(1, 20);
        let mut out: Vec<u8> = [rows.len() as u32, width as u32, bits].into_iter().flat_map(u32::to_le_bytes).collect();
        for bucket in 0..=(1u64 << bits) {
            let first = rows.partition_point(|(key, _)| u64::from(*key) < bucket << (32 - bits));
            out.extend((first as u32).to_le_bytes());
        }
        out.extend(rows.iter().flat_map(|(key, _)| key.to_le_bytes()));
        out.extend(rows.iter().flat_map(|(_, row)| row.iter().map(|&value| value as u8)));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back() {
        let key = |n: u32| super::super::hash::one(3, n);
        let rows = (0..500).map(|n| (key(n), vec![n as i8, -7])).collect();
        let bytes = HashRows::pack(rows, 2);
        let table = HashRows::read(&bytes).expect("a table");
        for n in 0..500 {
            assert_eq!(table.get(key(n)), [n as i8 as u8, -7i8 as u8]);
        }
        assert!((500..5000).all(|n| table.get(key(n)).is_empty()));
        for cut in [0, 11, 40, bytes.len() - 1] {
            assert!(HashRows::read(&bytes[..cut]).is_none());
        }
    }

    #[test]
    fn an_empty_table_holds_nothing() {
        let bytes = HashRows::pack(Vec::new(), 5);
        assert!(HashRows::read(&bytes).expect("a table").get(7).is_empty());
    }
}
