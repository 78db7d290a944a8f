//! `attache diff`: what two graphs, two rule packs or two sets of documents tell differently.

pub(super) mod text;

use std::path::{Path, PathBuf};

use anyhow::bail;

use super::merge::read_graph;
use super::packs::{PackArgs, load_layered};
use super::{Console, Status, files, formats, inputs};
use crate::compare::{Change, GraphDiff, Overlay, diff, overlay};
use crate::export::{DrawOptions, Engine, Format, Mark, Marks, render};
use crate::graph::KnowledgeGraph;
use crate::pipeline;
use crate::rules::RuleSet;

/// Arguments of `attache diff`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
A graph is a .json file that `attache extract` wrote; anything else is read as documents. Exit status 1 when the two
differ, so that a check can rest on it.

Examples:
  attache diff old/graph.json new/graph.json
  attache diff --rules diplomacy --rules-new my-rules/diplomacy reports/
  attache diff reports/may reports/june -o may-june.svg
  attache diff old.json new.json --format json")]
pub(super) struct Args {
    /// Before and after: graphs or documents. With --rules-new, documents that are read by both packs
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    rules: PackArgs,
    /// The rules after, where the rules are what differs. May be given several times
    #[arg(long, value_name = "PACK")]
    rules_new: Vec<String>,
    /// Text, or json for programs, or a format of graphs for a drawing of both: svg, dot, …
    #[arg(short, long, value_name = "FORMAT", value_parser = shape)]
    format: Option<Shape>,
    /// Write to this file instead of standard output; its ending says the format
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Draw what is the same as well, faintly
    #[arg(long)]
    whole: bool,
}

/// In which form differences are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Text,
    Json,
    Drawing(Format),
}

fn shape(name: &str) -> Result<Shape, String> {
    match name {
        "text" => Ok(Shape::Text),
        "json" => Ok(Shape::Json),
        other => formats::parse(other).map(Shape::Drawing),
    }
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Status> {
    let shape = match (args.format, &args.output) {
        (Some(shape), _) => shape,
        (None, None) => Shape::Text,
        (None, Some(path)) => match Format::from_path(path) {
            Some(Format::Json) => Shape::Json,
            Some(format) => Shape::Drawing(format),
            None => Shape::Text,
        },
    };
    let Some(Both { before, after, refused }) = both(args, console)? else { return Ok(Status::Unable) };
    let found = diff(&before, &after);
    let bytes = match shape {
        Shape::Text => match &args.output {
            None => {
                text::write(&found, console)?;
                None
            }
            Some(_) => {
                let (mut out, mut err) = (Vec::new(), Vec::new());
                text::write(&found, &mut Console::plain(&mut out, &mut err))?;
                Some(out)
            }
        },
        Shape::Json => Some(json(&found)?),
        Shape::Drawing(format) => Some(draw(&overlay(&before, &after, &found, args.whole), &found, format)?),
    };
    match (bytes, &args.output) {
        (None, _) => {}
        (Some(bytes), Some(path)) => files::write_all(&[(path.clone(), bytes)])?,
        (Some(bytes), None) => console.out().write_all(&bytes)?,
    }
    Ok(if found.is_empty() && refused == 0 { Status::Done } else { Status::Findings })
}

/// The two graphs, and how many documents could not be read.
struct Both {
    before: KnowledgeGraph,
    after: KnowledgeGraph,
    refused: usize,
}

fn both(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Option<Both>> {
    if args.rules_new.is_empty() {
        let [before, after] = args.paths.as_slice() else {
            bail!("two things are compared: name two graphs or two sets of documents, or give --rules-new");
        };
        let mut rules = None;
        let mut refused = 0;
        let Some(before) = graph_of(before, args, &mut rules, &mut refused, console)? else { return Ok(None) };
        let Some(after) = graph_of(after, args, &mut rules, &mut refused, console)? else { return Ok(None) };
        return Ok(Some(Both { before, after, refused }));
    }
    let Some(old) = args.rules.load(console) else { return Ok(None) };
    let compiled = load_layered(&args.rules_new);
    console.report(&compiled.diagnostics);
    let Some(new) = compiled.rules else { return Ok(None) };
    let inputs = inputs::read(&args.paths, console);
    if inputs.sources.is_empty() {
        bail!("no document could be read");
    }
    let before = pipeline::run(inputs.sources.clone(), &old, &|_| {});
    let after = pipeline::run(inputs.sources, &new, &|_| {});
    Ok(Some(Both { before, after, refused: inputs.refused }))
}

/// A graph as written, or what documents give. Documents of a folder are called by their path inside of it, so that two
/// folders can be compared.
fn graph_of(
    path: &Path,
    args: &Args,
    rules: &mut Option<RuleSet>,
    refused: &mut usize,
    console: &mut Console<'_>,
) -> anyhow::Result<Option<KnowledgeGraph>> {
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
        return read_graph(path).map(Some);
    }
    if rules.is_none() {
        *rules = args.rules.load(console);
    }
    let Some(rules) = rules else { return Ok(None) };
    let mut inputs = inputs::read(&[path.to_owned()], console);
    if inputs.sources.is_empty() {
        bail!("{}: no document could be read", path.display());
    }
    *refused += inputs.refused;
    if path.is_dir() {
        for source in &mut inputs.sources {
            let inside = Path::new(&source.id).strip_prefix(path).map(|inside| inside.to_string_lossy().into_owned());
            source.id = inside.unwrap_or_else(|_| source.id.clone());
        }
    }
    Ok(Some(pipeline::run(inputs.sources, rules, &|_| {})))
}

fn json(found: &GraphDiff) -> anyhow::Result<Vec<u8>> {
    let value = serde_json::json!({
        "format": "attache-diff", "version": 1, "different": !found.is_empty(),
        "nodes": found.nodes, "edges": found.edges,
    });
    let mut bytes = serde_json::to_vec_pretty(&value)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn draw(overlay: &Overlay, found: &GraphDiff, format: Format) -> anyhow::Result<Vec<u8>> {
    let mark = |change: &Change| match change {
        Change::Gained => Mark::Gained,
        Change::Lost => Mark::Lost,
        Change::Changed => Mark::Changed,
    };
    let marks = Marks {
        nodes: overlay.nodes.iter().map(|(id, change)| (id.clone(), mark(change))).collect(),
        edges: overlay.edges.iter().map(|(id, change)| (id.clone(), mark(change))).collect(),
    };
    let options = DrawOptions { title: Some(text::headline(found)), marks: Some(marks), ..DrawOptions::default() };
    Ok(render(&overlay.graph, format, Engine::Auto, &options)?)
}
