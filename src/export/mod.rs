//! The graph in the formats others read: JSON, DOT, SVG.

mod json;
mod layout;
mod legend;
mod measure;
mod path;
mod route;
mod svg;
mod view;

pub use json::json;
pub use svg::svg;
pub use view::{Direction, DrawOptions, Isolated};
