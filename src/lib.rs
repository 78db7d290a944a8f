//! Attaché reads reports and sends home a graph.
pub mod source;
pub mod diagnostic;
pub mod document;
pub mod language;
pub mod pattern;
pub mod rules;
pub mod extract;
pub mod graph;
pub mod export;
pub mod compare;
pub mod pipeline;
#[cfg(feature = "cli")]
pub mod cli;
