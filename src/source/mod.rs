//! Texts and where they came from: bytes in, decoded text, metadata, positions.
//!
//! Everything later points into a text by a [`Span`] of byte offsets, so this room keeps the decoded text exactly as it
//! was read: no line ending is changed and no character is dropped but a byte order mark. What could not be read, or was
//! read only after a repair, is a [`Problem`]; it is never silent and never stops the rest of a run.
//!
//! - [`collect()`] reads files, folders, JSON Lines feeds and standard input into [`Source`]s; [`each`] streams them;
//! - [`LineIndex`] and [`CodePoints`] turn byte offsets into lines, columns and code points;
//! - [`front_matter()`] reads the `---` header of a Markdown file.

mod collect;
mod decode;
mod front_matter;
mod jsonl;
mod position;
mod problem;
mod span;
mod text;
mod walk;

pub use collect::{InputFormat, Item, Options, collect, each};
pub use decode::{Decoded, NotText, decode};
pub use front_matter::{FrontMatter, front_matter};
pub use position::{CodePoints, LineIndex, Position};
pub use problem::{Problem, ProblemKind, Severity};
pub use span::Span;
pub use text::{Origin, Source};

/// The most bytes one document may have: 1 GiB. Larger files and records are refused by name, so that every offset
/// fits 32 bits whatever the encoding it was read from.
pub const MAX_BYTES: u64 = 1 << 30;
