//! `attache merge`: one graph of several.

use std::path::{Path, PathBuf};

use anyhow::Context;

use super::exported::How;
use super::packs::PackArgs;
use super::{Console, Status, exported, formats, named, unfinished};
use crate::export::{DrawOptions, Engine, Format};
use crate::graph::{KnowledgeGraph, conflicting_documents};
use crate::pipeline;

/// Arguments of `attache merge`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The result is what one run over all documents would have given, in whatever order the graphs are named.\n\nExample:\n  attache merge may.json june.json -o summer.json\n  attache merge summer.json --without reports/may-3.txt -o summer.json"
)]
pub(super) struct Args {
    /// Graphs written by `attache extract`; `-` is standard input
    #[arg(required = true, value_name = "GRAPH.json")]
    graphs: Vec<PathBuf>,
    /// Write to this file, whose ending says the format, or to this folder, instead of standard output
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// The format, where the file's ending does not say it (default: json)
    #[arg(short, long, value_parser = formats::parse)]
    format: Option<Format>,
    /// Leave this document out, as if it had never been read: its id, which is its path as it was given. May be given
    /// several times
    #[arg(long, value_name = "DOC")]
    without: Vec<String>,
    #[command(flatten)]
    rules: PackArgs,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Status> {
    // A graph is JSON unless another format is asked for, whatever its file is called.
    let format = args.format.or_else(|| Format::from_path(args.output.as_deref()?)).unwrap_or(Format::Json);
    exported::check(format, args.output.as_deref())?;
    let Some(rules) = args.rules.load(console) else { return Ok(Status::Unable) };
    let mut fragments = Vec::new();
    for path in &args.graphs {
        let graph = read_graph(path)?;
        fragments.extend(graph.fragments().with_context(|| path.display().to_string())?);
    }
    let known = |document: &String| {
        named::one_of("document", document, fragments.iter().map(|fragment| fragment.document.id.as_str()))
    };
    let without: Vec<String> = args.without.iter().map(known).collect::<anyhow::Result<_>>()?;
    fragments.retain(|fragment| !without.contains(&fragment.document.id));
    let mut status = Status::Done;
    for document in conflicting_documents(&fragments) {
        console.note(&format!("warning: the document {document} occurs with different texts; one of them is kept"));
        status = Status::Findings;
    }
    let graph = pipeline::graph(&fragments, &rules);
    if unfinished::report(&graph, &rules, console) {
        status = Status::Findings;
    }
    let how = How { format, engine: Engine::Auto, options: &DrawOptions::default() };
    exported::to(&graph, &how, args.output.as_deref(), console)?;
    Ok(status)
}

/// Reads a graph that was written as JSON.
pub(super) fn read_graph(path: &Path) -> anyhow::Result<KnowledgeGraph> {
    let text = if path.as_os_str() == "-" {
        std::io::read_to_string(std::io::stdin().lock()).context("cannot read standard input")?
    } else {
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?
    };
    KnowledgeGraph::from_json(&text).with_context(|| path.display().to_string())
}
