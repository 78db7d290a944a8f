//! Attaché reads reports and sends home a graph.
#[cfg(feature = "cli")]
pub mod cli;
pub mod compare;
pub mod diagnostic;
pub mod document;
pub mod export;
pub mod extract;
pub mod graph;
pub mod language;
pub mod pattern;
pub mod pipeline;
pub mod rules;
pub mod source;
