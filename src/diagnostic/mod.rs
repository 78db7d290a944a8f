//! What is wrong and where, for people and for programs.
//!
//! A [`Diagnostic`] has a code that `explain-code` explains, labels that point into a file, helps and suggested patches.
//! Mistakes of users are collected, never thrown; [`render`] shows them as a compiler would and [`to_json`] hands them to
//! editors and build servers. [`codes`] is the table of every code.

pub mod codes;
mod finding;
mod json;
mod nearest;
mod patch;
mod render;
mod visible;

pub use crate::source::Severity;
pub use codes::{CodeInfo, all, explain};
pub use finding::{Diagnostic, Label, Patch, SourceFile};
pub use json::to_json;
pub use nearest::nearest;
pub use patch::apply;
pub use render::render;
