//! Attaché reads news reports and draws the knowledge graph that rule files describe.
//!
//! Rule files say what an entity is and what counts as a relation; a compiled engine runs them over text; the result is
//! one graph in which every node and every edge shows the sentence, the place and the rule that it came from.
//!
//! ```
//! use attache::{Extractor, export, query::Question};
//!
//! let extractor = Extractor::builder().build()?;
//! let graph = extractor.read_text("report", "Foreign Minister Pia Lund met President Ana Rojas in Oslo.");
//! let met = graph.edges().find(|edge| edge.type_name == "met-with").expect("they met");
//! assert_eq!(met.evidence[0].quote, "Foreign Minister Pia Lund met President Ana Rojas in Oslo.");
//!
//! let question = Question::parse("(m:Minister)-[met-with]->(x) return x.name").expect("it reads");
//! assert_eq!(question.ask(&graph).expect("the graph has such").rows[0][0].to_string(), "Ana Rojas");
//! println!("{}", export::json(&graph));
//! # Ok::<(), attache::RulesError>(())
//! ```
//!
//! [`Extractor`] is the whole program as one value; `examples/` holds the usual jobs: a folder into a petgraph, rules of
//! one's own, an export, a question.
//!
//! # The flow
//!
//! Data flows one way, through rooms that import only what stands above them:
//!
//! 1. [`source`] owns texts; [`diagnostic`] says what is wrong with what a user wrote, and where.
//! 2. [`document`] cuts a text into blocks, sentences and words.
//! 3. [`language`] tags, parses and inflects; its weights are learnt from a treebank.
//! 4. [`pattern`] is the pattern language; [`rules`] makes rule files into one immutable rule set, or diagnostics.
//! 5. [`extract`] runs a rule set over a document: mentions, who is who, relations and how they are told.
//! 6. [`graph`] joins what all documents tell; [`export`] writes it as JSON, DOT and drawings.
//! 7. [`infer`] concludes relations from others; [`query`] answers questions to a graph; [`compare`] holds a graph against what was wanted of it; [`pipeline`] is the whole flow as one function.
//!
//! The engine holds no word of a language and no fact of the world: those live in rule packs, of which two are built in.
//!
//! # Features
//!
//! - `cli` (default): the command-line program.
//! - `png`: PNG pictures without Graphviz.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

#[cfg(feature = "cli")]
pub mod cli;
pub mod compare;
pub mod diagnostic;
pub mod document;
pub mod export;
pub mod extract;
pub mod graph;
pub mod infer;
pub mod language;
mod motif;
pub mod pattern;
pub mod pipeline;
pub mod query;
pub mod rules;
pub mod source;

pub use pipeline::{Extractor, ExtractorBuilder, RulesError};

/// The example of the README is run, too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
