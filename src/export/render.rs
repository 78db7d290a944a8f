//! One door to every format, and the choice of who draws.

use std::io::{BufWriter, Write};
use std::process::{Command, Stdio};

use graphviz_rust::cmd::{CommandArg, Format as GraphvizFormat};
use graphviz_rust::printer::PrinterContext;

use super::error::ExportError;
use super::format::Format;
use super::svg::svg;
use super::tables::{self, Dialect};
use super::view::{self, DrawOptions};
use super::{brief, cypher, cytoscape, dot, events, gexf, graphml, html, json, jsonl, jsonld, kuzu, mermaid, turtle};
use crate::graph::KnowledgeGraph;

/// Bytes that go out at once.
const BUFFER: usize = 1 << 16;

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

/// The graph in a format of one file, in memory.
///
/// # Errors
/// As [`write`].
pub fn render(
    graph: &KnowledgeGraph,
    format: Format,
    engine: Engine,
    options: &DrawOptions,
) -> Result<Vec<u8>, ExportError> {
    let mut bytes = Vec::new();
    write(graph, format, engine, options, &mut bytes)?;
    Ok(bytes)
}

/// Writes the graph in a format of one file. Texts are written as they come to be: what is held in memory does not grow
/// with the graph, but for drawings and DOT, which need to see it whole.
///
/// # Errors
/// When the format has several files, needs Graphviz and it is not installed or fails, a picture in pixels cannot be made
/// because no font is found, or it cannot be written. A reader that has gone is an error here, too.
pub fn write(
    graph: &KnowledgeGraph,
    format: Format,
    engine: Engine,
    options: &DrawOptions,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    write_file(graph, format, format.only_ending()?, "graph", engine, options, out)
}

/// Writes one file of a format: the one with this of its [endings](Format::endings). `stem` is what stands before the
/// endings, for a file that names the others.
///
/// # Errors
/// As [`write`], and when the format has no such file.
pub fn write_file(
    graph: &KnowledgeGraph,
    format: Format,
    ending: &str,
    stem: &str,
    engine: Engine,
    options: &DrawOptions,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    if !format.endings().contains(&ending) {
        return Err(ExportError::no_such_file(format, ending));
    }
    let mut out = BufWriter::with_capacity(BUFFER, out);
    let to = &mut out;
    let dialect = match format {
        Format::CsvNeo4j => Dialect::Neo4j,
        Format::CsvKuzu => Dialect::Kuzu,
        _ => Dialect::Plain,
    };
    match format {
        Format::Json => json::write(graph, to)?,
        Format::JsonLines => jsonl::jsonl(graph, to)?,
        Format::GraphMl => graphml::graphml(graph, to)?,
        Format::Gexf => gexf::gexf(graph, to)?,
        Format::Cytoscape => cytoscape::cytoscape(graph, to)?,
        Format::Csv | Format::CsvNeo4j | Format::CsvKuzu => match ending.rsplit('.').nth(1) {
            Some("nodes") => tables::nodes(graph, dialect, to)?,
            Some("edges") => tables::edges(graph, dialect, to)?,
            _ => kuzu::schema(graph, stem, to)?,
        },
        #[cfg(feature = "parquet")]
        Format::Parquet => match ending {
            "nodes.parquet" => super::parquet::nodes(graph, to)?,
            _ => super::parquet::edges(graph, to)?,
        },
        Format::Cypher => cypher::cypher(graph, to)?,
        Format::Turtle => turtle::turtle(graph, to)?,
        Format::NTriples => turtle::ntriples(graph, to)?,
        Format::JsonLd => jsonld::jsonld(graph, to)?,
        Format::Events => events::events(graph, to)?,
        Format::Brief => brief::brief(graph, &view::title(graph, options), &view::summary(graph), to)?,
        Format::Html => html::html(graph, options, to)?,
        Format::Mermaid => mermaid::mermaid(graph, &view::title(graph, options), to)?,
        Format::Dot => dot::write(graph, options, to)?,
        Format::Svg | Format::Png | Format::Pdf => to.write_all(&drawn(graph, format, engine, options)?)?,
    }
    Ok(out.flush()?)
}

fn drawn(
    graph: &KnowledgeGraph,
    format: Format,
    engine: Engine,
    options: &DrawOptions,
) -> Result<Vec<u8>, ExportError> {
    match (format, engine) {
        (Format::Svg | Format::Png, Engine::Auto) if options.cluster_by.is_some() => graphviz(graph, format, options),
        (Format::Svg, Engine::Auto | Engine::BuiltIn) => Ok(svg(graph, options).into_bytes()),
        (Format::Png, Engine::Auto | Engine::BuiltIn) => pixels(graph, engine, options),
        (Format::Pdf, Engine::BuiltIn) => Err(ExportError::cannot_draw(format)),
        _ => graphviz(graph, format, options),
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
        _ => return Err(ExportError::cannot_draw(format)),
    };
    graphviz_rust::exec(dot::tree(graph, options), &mut PrinterContext::default(), vec![CommandArg::Format(wanted)])
        .map_err(ExportError::graphviz)
}
