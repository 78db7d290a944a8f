//! The graph in the formats others read, one file a format.
//!
//! [`Format`] knows every format; [`write`] writes any of them. JSON carries everything and is read back by
//! [`KnowledgeGraph::from_json`](crate::graph::KnowledgeGraph::from_json). Drawings show the same [view](DrawOptions),
//! whether Graphviz or the built-in layout gives it places.

mod boxes;
mod brief;
mod cluster;
mod coarse;
mod columns;
mod cypher;
mod cytoscape;
mod dot;
mod error;
mod escape;
mod events;
mod force;
mod format;
mod gexf;
mod graphml;
mod ground;
mod html;
mod iri;
mod json;
mod jsonl;
mod jsonld;
mod kuzu;
mod label;
mod layout;
mod legend;
mod lit;
mod mapped;
mod marks;
mod measure;
mod mermaid;
mod pack;
#[cfg(feature = "parquet")]
mod parquet;
mod path;
#[cfg(feature = "png")]
mod png;
mod quadtree;
mod rdf;
mod refine;
mod render;
mod route;
mod stroke;
mod svg;
mod tables;
mod turtle;
mod twice;
mod view;
mod words;

pub use dot::dot;
pub use error::ExportError;
pub use format::Format;
pub use ground::Map;
pub use json::json;
pub use layout::Arrangement;
pub use lit::Lit;
pub use marks::{Mark, Marks};
pub use render::{Engine, has_graphviz, render, write, write_file};
pub use svg::svg;
pub use view::{Direction, DrawOptions, Events, Isolated};
