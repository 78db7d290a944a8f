//! Word vectors made elsewhere, from much more text than a treebank has.

use std::fmt;

use crate::language::hashrows::HashRows;
use crate::language::network::{OUTSIDE, OUTSIDE_BITS, fix};
use crate::language::word::lower_hash;

/// Vectors of words, learnt elsewhere from plain text: what a tagger or parser can know of a word no treebank holds.
#[derive(Clone, Debug, Default)]
pub struct WordVectors {
    width: usize,
    rows: Vec<(u32, Vec<i8>)>,
}

/// A line that is no word with its numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VectorError {
    line: usize,
}

impl fmt::Display for VectorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: expected a word and its numbers, at most {OUTSIDE} and as many in each line", self.line)
    }
}

impl std::error::Error for VectorError {}

impl WordVectors {
    /// None.
    #[must_use]
    pub fn new() -> WordVectors {
        WordVectors::default()
    }

    /// Reads the text form of word2vec and GloVe: a word and its numbers a line, commonest word first, of which the first
    /// `most` are kept.
    ///
    /// # Errors
    /// When a line has another count of numbers than the first, or more than 64.
    ///
    /// ```
    /// use attache::language::WordVectors;
    /// let vectors = WordVectors::read("peace 0.5 -1\nwar 0.25 1\n", 1000)?;
    /// assert_eq!(vectors.len(), 2);
    /// # Ok::<(), attache::language::VectorError>(())
    /// ```
    pub fn read(text: &str, most: usize) -> Result<WordVectors, VectorError> {
        let mut vectors = WordVectors::default();
        for (line, content) in text.lines().enumerate().take(most) {
            let error = VectorError { line: line + 1 };
            let mut fields = content.split(' ');
            let word = fields.next().unwrap_or_default();
            let row: Result<Vec<i8>, _> =
                fields.map(|field| field.parse::<f32>().map(|value| fix(value, OUTSIDE_BITS, 8) as i8)).collect();
            let Ok(row) = row else { return Err(error) };
            if row.is_empty() || row.len() > OUTSIDE || (vectors.width != 0 && row.len() != vectors.width) {
                return Err(error);
            }
            vectors.width = row.len();
            vectors.rows.push((lower_hash(word), row));
        }
        Ok(vectors)
    }

    /// How many words have a vector.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(crate) fn pack(&self) -> Vec<u8> {
        HashRows::pack(self.rows.clone(), self.width)
    }
}
