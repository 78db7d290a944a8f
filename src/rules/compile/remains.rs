//! What compiling built for itself and rules do not need: patterns as they were parsed, words inflected, files as read.
//!
//! It is tens of thousands of small pieces. To take them apart takes as long as many a step of compiling, so nobody waits
//! for it; and a program that is about to end lets them be.

use std::any::Any;

/// The scaffold of compiled rules. Dropping it gives its memory back on another thread.
#[derive(Default)]
pub struct Remains(Vec<Box<dyn Any + Send>>);

impl Remains {
    /// Keeps something until all is dropped.
    pub(super) fn add(&mut self, piece: impl Any + Send) {
        self.0.push(Box::new(piece));
    }
}

impl Drop for Remains {
    fn drop(&mut self) {
        let pieces = std::mem::take(&mut self.0);
        if !pieces.is_empty() {
            rayon::spawn(move || drop(pieces));
        }
    }
}

impl std::fmt::Debug for Remains {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Remains").field("pieces", &self.0.len()).finish()
    }
}
