//! The pattern language: text → [`Ast`] → a compiled form → matches.
//!
//! One language, two readings. [`Sequence`] reads a pattern over neighbouring tokens, to compose names, titles and dates.
//! [`Clause`] reads it as a plain clause and matches it by grammar, to find relations. Both are compiled once, are
//! immutable, and yield ids and ranges, never text.

mod ast;
#[allow(dead_code, reason = "the build script writes what the program reads")]
pub(crate) mod bytes;
mod clause;
mod fault;
mod lexis;
mod matcher;
mod near;
mod parse;
mod satisfiable;
mod sequence;
mod spread;
mod trace;
mod vocabulary;

pub use ast::{Ast, AstKind, TagExpr, WordClass};
pub use clause::{Atom, AtomKind, Clause, Link, Reach, RowItem};
pub use fault::{PatternError, PatternFault};
pub use lexis::{Lexis, WordId, WordSet, fold, fold_into};
pub use matcher::{Grammar, Places};
pub use near::{Fault, FaultKind, Near, Way};
pub use parse::{MAX_DEPTH, MAX_LENGTH, parse};
pub use sequence::{Capture, First, Hopes, Openers, Scratch, Sequence, Start, Tokens, WINDOW, is_possessive, unknown};
pub use spread::{MAX_CLAUSES, listed};
pub use trace::{Trace, trace};
pub use vocabulary::{
    Definition, Flags, FunctionWords, Inflect, MAX_TYPES, MAX_WORDS, Memo, TypeId, TypeMask, Vocabulary,
};
