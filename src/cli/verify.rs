//! `attache verify`: whether a graph is what it says it is.

use std::path::PathBuf;

use anyhow::{Context, bail};

use super::packs::PackArgs;
use super::summary::counted;
use super::{Console, Status, inputs};
use crate::compare::{Maker, verify};
use crate::graph::KnowledgeGraph;
use crate::pipeline::schema;

/// Arguments of `attache verify`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Every quotation must stand where it says it stands, every id be one of something in the graph, and the manifest
be of these documents, these rules and this program. What is not so is listed, and the exit status is 1.

Example:
  attache verify out/graph.json reports/")]
pub(super) struct Args {
    /// A graph written by `attache extract`; `-` is standard input
    #[arg(value_name = "GRAPH.json")]
    graph: PathBuf,
    /// The documents that it was made from: files or folders
    #[arg(required = true, value_name = "PATH")]
    documents: Vec<PathBuf>,
    #[command(flatten)]
    rules: PackArgs,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Status> {
    let Some(rules) = args.rules.load(console) else { return Ok(Status::Unable) };
    let text = if args.graph.as_os_str() == "-" {
        std::io::read_to_string(std::io::stdin().lock()).context("cannot read standard input")?
    } else {
        std::fs::read_to_string(&args.graph).with_context(|| format!("cannot read {}", args.graph.display()))?
    };
    let graph = match KnowledgeGraph::from_json(&text) {
        Ok(graph) => graph,
        Err(error) if error.is_contradiction() => {
            writeln!(console.out(), "{error}")?;
            return Ok(Status::Findings);
        }
        Err(error) => return Err(error).with_context(|| args.graph.display().to_string()),
    };
    let inputs = inputs::read(&args.documents, console);
    if inputs.sources.is_empty() {
        bail!("no document could be read");
    }
    let pack = schema(&rules).pack;
    let verified = verify(&graph, &inputs.sources, Maker { version: env!("CARGO_PKG_VERSION"), pack: &pack });
    for fault in &verified.faults {
        writeln!(console.out(), "{fault}")?;
    }
    let checked =
        format!("{} in {} checked", counted(verified.quotes, "quotation"), counted(verified.documents, "document"));
    match verified.faults.len() {
        0 => writeln!(console.out(), "{checked}; everything is as the graph says")?,
        faults => writeln!(console.out(), "{checked}; {} found", counted(faults, "fault"))?,
    }
    Ok(if verified.faults.is_empty() && inputs.refused == 0 { Status::Done } else { Status::Findings })
}
