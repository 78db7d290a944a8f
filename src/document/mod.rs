//! A text becomes blocks, sentences and tokens.
//!
//! Knows no rules, no domain and no word of any language: what ends a sentence, which words lose their apostrophe and
//! what a page's furniture looks like come in a compiled [`Conventions`]; which words exist comes from a
//! [`Vocabulary`]. Every token is an exact slice of the text; nothing is rewritten, so every later claim can point back.
//!
//! The [`Segmenter`] works in five linear steps:
//! 1. `lines`: lines, and which line breaks are only wrapping;
//! 2. `blocks`: headlines, bylines, page furniture, body;
//! 3. `scan`, `marks`, `word`, `repair`: tokens, among them those that dirt has glued together;
//! 4. `sentences`: where sentences end;
//! 5. `quotes`: what is said between quotation marks.

mod blocks;
mod conventions;
mod expression;
mod lines;
mod marks;
mod model;
mod pattern;
mod quotes;
mod repair;
mod scan;
mod segmenter;
mod sentences;
mod shape;
mod tail;
mod vocabulary;
mod word;
pub mod written;

pub use conventions::{AbbreviationKind, Conventions, Fault};
pub use expression::{Expression, LazyRegex};
pub use model::{Block, BlockKind, Dateline, Document, PublicationDate, Quotation, Sentence, Token};
pub use segmenter::Segmenter;
pub use shape::Shape;
pub use vocabulary::{NoVocabulary, Vocabulary};
pub use written::SegmentationFile;
