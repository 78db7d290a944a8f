//! `attache render`: a graph drawn anew, without reading the documents again.

use std::path::PathBuf;

use anyhow::bail;

use super::merge::read_graph;
use super::{Console, Status, files, formats};
use crate::export::{DrawOptions, Engine, Format, render};

/// Arguments of `attache render`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  attache render out/graph.json -o graph.svg\n  attache render out/graph.json -o graph.pdf --engine dot\n  attache extract may.txt | attache render - --format dot"
)]
pub(super) struct Args {
    /// A graph written by `attache extract`; `-` is standard input
    #[arg(value_name = "GRAPH.json")]
    graph: PathBuf,
    /// The file to write; its ending says the format. Without it, standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The format, where the file's ending does not say it
    #[arg(short, long, value_parser = formats::parse)]
    format: Option<Format>,
    /// Who lays it out: the built-in drawing, Graphviz, or whichever can write the format
    #[arg(long, default_value = "auto", value_parser = engine, value_name = "auto|dot|built-in")]
    engine: Engine,
    /// Headline of the drawing
    #[arg(long)]
    title: Option<String>,
}

fn engine(name: &str) -> Result<Engine, String> {
    Engine::from_name(name).ok_or_else(|| "known engines: auto, dot, built-in".to_owned())
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Status> {
    let known = formats::names().join(", ");
    let format = match (args.format, &args.output) {
        (Some(format), _) => format,
        (None, None) => bail!("say which format to write with --format, or a file with -o; known formats: {known}"),
        (None, Some(path)) => match Format::from_path(path) {
            Some(format) => format,
            None => {
                bail!("{}: its ending names no format; known endings: {known} (or say --format)", path.display())
            }
        },
    };
    let graph = read_graph(&args.graph)?;
    let options = DrawOptions { title: args.title.clone(), ..DrawOptions::default() };
    let bytes = render(&graph, format, args.engine, &options)?;
    match &args.output {
        Some(path) => files::write_all(&[(path.clone(), bytes)])?,
        None => console.out().write_all(&bytes)?,
    }
    Ok(Status::Done)
}
