//! Words with two spellings: by suffix and by table.

use std::collections::BTreeMap;

use super::error::InflectError;
use crate::document::Expression;

const TABLE: &str = "spelling.csv";

/// Two suffixes that stand for one another.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    pub ends: [String; 2],
    /// What must stand before the suffix.
    pub after: Option<Expression>,
}

/// All spelling variants of a pack.
#[derive(Clone, Debug)]
pub(super) struct Spellings {
    pairs: Vec<Pair>,
    words: BTreeMap<String, Vec<String>>,
}

impl Spellings {
    pub(super) fn new(pairs: Vec<Pair>) -> Spellings {
        Spellings { pairs, words: BTreeMap::new() }
    }

    /// Adds a table whose every row holds spellings of one word, after a line of column names.
    pub(super) fn add_table(&mut self, text: &str) -> Result<(), InflectError> {
        let mut reader = csv::ReaderBuilder::new()
            .comment(Some(b'#'))
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        for record in reader.records() {
            let record = record.map_err(|error| InflectError::csv(TABLE, &error))?;
            let line = record.position().map_or(1, |position| position.line() as usize);
            let words: Vec<&str> = record.iter().filter(|word| !word.is_empty()).collect();
            if words.len() < 2 {
                return Err(InflectError::new(TABLE, line, "a row holds at least two spellings of a word"));
            }
            for word in &words {
                let others = words.iter().filter(|other| *other != word).map(|&other| other.to_owned());
                self.words.entry((*word).to_owned()).or_default().extend(others);
            }
        }
        Ok(())
    }

    /// The other spellings of a word: those of the table, else what the suffix pairs make of it.
    pub(super) fn of(&self, word: &str) -> Vec<String> {
        if let Some(others) = self.words.get(word) {
            return super::distinct(others.iter().cloned());
        }
        let mut out = Vec::new();
        for pair in &self.pairs {
            for (from, to) in [(0, 1), (1, 0)] {
                if let Some(stem) = word.strip_suffix(pair.ends[from].as_str())
                    && pair.after.as_ref().is_none_or(|after| after.is_match(stem))
                {
                    out.push(format!("{stem}{}", pair.ends[to]));
                }
            }
        }
        super::distinct(out.into_iter())
    }
}
