//! The graph in the formats others read: JSON, DOT and pictures.
//!
//! [`Format`] knows every format; [`render`] writes any of them. JSON carries everything and is read back by
//! [`KnowledgeGraph::from_json`](crate::graph::KnowledgeGraph::from_json). Drawings show the same [view](DrawOptions),
//! whether Graphviz or the built-in layout gives it places.

mod coarse;
mod dot;
mod error;
mod format;
mod json;
mod layout;
mod legend;
mod measure;
mod path;
#[cfg(feature = "png")]
mod png;
mod render;
mod route;
mod svg;
mod view;

pub use dot::dot;
pub use error::ExportError;
pub use format::Format;
pub use json::json;
pub use render::{Engine, has_graphviz, render};
pub use svg::svg;
pub use view::{Direction, DrawOptions, Isolated};
