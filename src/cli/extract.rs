//! `attache extract`: documents in, graph out.

use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail};
use indicatif::{ProgressBar, ProgressStyle};

use super::exported::{How, outputs};
use super::packs::PackArgs;
use super::{Console, Status, exported, files, formats, inputs, summary, unfinished};
use crate::export::{DrawOptions, Engine, Format};
use crate::graph::KnowledgeGraph;
use crate::pipeline;
use crate::rules::RuleSet;
use crate::source::Source;

/// Fewer documents than this are done before a bar could be read.
const BAR_FROM: usize = 21;

/// Arguments of `attache extract`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  attache extract reports/ -o out                graph.json, graph.dot and graph.svg
  attache extract reports/ feed.jsonl > all.json
  attache extract may.txt --format svg -o out    out/graph.svg alone
  attache extract may.txt --format csv -o out    out/graph.nodes.csv and out/graph.edges.csv
  curl … | attache extract -                     standard input, text or JSON Lines
  attache extract reports/ --rules mine.toml     a rule file laid over the built-in pack")]
pub(super) struct Args {
    /// Documents: files, folders (all .txt, .md and .jsonl below them), or `-` for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Write files to this folder: graph.json, graph.dot and graph.svg, or what --format says
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// The format; without -o, on standard output (default: json)
    #[arg(short, long, value_parser = formats::parse)]
    format: Option<Format>,
    #[command(flatten)]
    rules: PackArgs,
    /// How many threads read documents; the result is the same. Default: one a core
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    threads: Option<u16>,
    /// No summary and no progress bar
    #[arg(short, long)]
    quiet: bool,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Status> {
    if let Some(folder) = &args.output {
        files::check_folder(folder)?;
    }
    exported::check(args.format.unwrap_or(Format::Json), args.output.as_deref())?;
    make_room();
    // This thread is one of those that share the work: it would do nothing but wait for them. A pool that is there
    // already does as well.
    let _ = rayon::ThreadPoolBuilder::new().use_current_thread().start_handler(|_| make_room()).build_global();
    let Some(rules) = args.rules.load(console) else { return Ok(Status::Unable) };
    // The program ends when this is done: to take tens of thousands of names apart would be time lost.
    let rules = ManuallyDrop::new(rules);
    let inputs = inputs::read(&args.paths, console);
    if inputs.sources.is_empty() {
        bail!("no document could be read");
    }
    let graph = read(inputs.sources, &rules, args, console)?;
    let unfinished = unfinished::report(&graph, &rules, console);
    match &args.output {
        None => {
            let format = args.format.unwrap_or(Format::Json);
            let how = How { format, engine: Engine::Auto, options: &DrawOptions::default() };
            exported::to(&graph, &how, None, console)?;
        }
        Some(folder) => {
            let written = write(&graph, folder, args.format)?;
            if !args.quiet {
                summary::write(&graph, inputs.refused, &written, console)?;
            }
        }
    }
    Ok(if inputs.refused > 0 || unfinished { Status::Findings } else { Status::Done })
}

/// Has the allocator ask the system for a thread's memory in one go, where a thousand small requests would take a
/// twentieth of the time of a start. GNU's does so from the second time on: what it is given back the first time tells
/// it that much memory comes and goes. Memory that is not written to costs nothing.
fn make_room() {
    const ROOM: usize = 12 << 20;
    for _ in 0..2 {
        drop(std::hint::black_box(Vec::<u8>::with_capacity(ROOM)));
    }
}

fn read(sources: Vec<Source>, rules: &RuleSet, args: &Args, console: &Console<'_>) -> anyhow::Result<KnowledgeGraph> {
    let bar = if console.watched && !args.quiet && sources.len() >= BAR_FROM {
        let bar = ProgressBar::new(sources.len() as u64);
        bar.set_style(ProgressStyle::with_template("{bar:40} {pos}/{len} documents, {eta} left")?);
        bar.enable_steady_tick(Duration::from_millis(200));
        bar
    } else {
        ProgressBar::hidden()
    };
    let work = || pipeline::run(sources, rules, &|_| bar.inc(1));
    let graph = match args.threads {
        None => work(),
        Some(threads) => rayon::ThreadPoolBuilder::new()
            .num_threads(threads.into())
            .build()
            .context("cannot start the threads")?
            .install(work),
    };
    bar.finish_and_clear();
    Ok(graph)
}

/// Writes the files of the format, or of the usual three.
fn write(graph: &KnowledgeGraph, folder: &Path, format: Option<Format>) -> anyhow::Result<Vec<PathBuf>> {
    let wanted = format.map_or_else(|| vec![Format::Json, Format::Dot, Format::Svg], |format| vec![format]);
    let options = DrawOptions::default();
    let mut ready = Vec::new();
    for format in wanted {
        ready.extend(outputs(graph, &How { format, engine: Engine::Auto, options: &options }, &folder.join("graph")));
    }
    files::write_outputs(&ready)?;
    Ok(ready.into_iter().map(|output| output.path).collect())
}
