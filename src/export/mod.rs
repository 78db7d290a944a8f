//! The graph in the formats others read: JSON, DOT, SVG.

mod json;

pub use json::json;
