//! One door to every format, and the choice of who draws.

use std::process::{Command, Stdio};

use graphviz_rust::cmd::{CommandArg, Format as GraphvizFormat};
use graphviz_rust::printer::PrinterContext;

use super::dot;
use super::error::ExportError;
use super::format::Format;
use super::json::json;
use super::svg::svg;
use super::view::DrawOptions;
use crate::graph::KnowledgeGraph;

/// Who lays the graph out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Engine {
    /// The built-in drawing wherever it can write the format, so that a picture is the same on every machine; Graphviz
    /// for the rest.
    #[default]
    Auto,
    /// The built-in drawing or nothing.
    BuiltIn,
    /// Graphviz or nothing.
    Graphviz,
}

impl Engine {
    /// The engine of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "auto" => Some(Engine::Auto),
            "built-in" => Some(Engine::BuiltIn),
            "graphviz" | "dot" => Some(Engine::Graphviz),
            _ => None,
        }
    }
}

/// The graph in a format.
///
/// # Errors
/// When the format needs Graphviz and it is not installed or fails, or a picture in pixels cannot be made because no font
/// is found. JSON and DOT cannot fail.
pub fn render(
    graph: &KnowledgeGraph,
    format: Format,
    engine: Engine,
    options: &DrawOptions,
) -> Result<Vec<u8>, ExportError> {
    match (format, engine) {
        (Format::Json, _) => Ok(json(graph).into_bytes()),
        (Format::Dot, _) => Ok(dot::dot(graph, options).into_bytes()),
        (Format::Svg, Engine::Auto | Engine::BuiltIn) => Ok(svg(graph, options).into_bytes()),
        (Format::Png, Engine::Auto | Engine::BuiltIn) => pixels(graph, engine, options),
        (Format::Pdf, Engine::BuiltIn) => Err(ExportError::cannot_draw(format)),
        (Format::Pdf, Engine::Auto) | (_, Engine::Graphviz) => graphviz(graph, format, options),
    }
}

#[cfg(feature = "png")]
fn pixels(graph: &KnowledgeGraph, _engine: Engine, options: &DrawOptions) -> Result<Vec<u8>, ExportError> {
    super::png::png(&svg(graph, options))
}

#[cfg(not(feature = "png"))]
fn pixels(graph: &KnowledgeGraph, engine: Engine, options: &DrawOptions) -> Result<Vec<u8>, ExportError> {
    match engine {
        Engine::BuiltIn => Err(ExportError::cannot_draw(Format::Png)),
        _ => graphviz(graph, Format::Png, options),
    }
}

/// Whether Graphviz's `dot` can be run.
pub fn has_graphviz() -> bool {
    Command::new("dot")
        .arg("-V")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn graphviz(graph: &KnowledgeGraph, format: Format, options: &DrawOptions) -> Result<Vec<u8>, ExportError> {
    if !has_graphviz() {
        return Err(ExportError::needs_graphviz(format));
    }
    let wanted = match format {
        Format::Svg => GraphvizFormat::Svg,
        Format::Png => GraphvizFormat::Png,
        Format::Pdf => GraphvizFormat::Pdf,
        Format::Json | Format::Dot => return Err(ExportError::cannot_draw(format)),
    };
    graphviz_rust::exec(dot::tree(graph, options), &mut PrinterContext::default(), vec![CommandArg::Format(wanted)])
        .map_err(ExportError::graphviz)
}
