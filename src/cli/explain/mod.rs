//! `attache explain`: what was seen in a document, sentence by sentence, and which rule saw it.
//!
//! With `--identity`, why somebody is one node across documents: [`identity`]. Otherwise [`seen`] gathers it as plain data, [`text`] lays it out for a person; `--json` prints the data.

mod identity;
mod seen;
mod text;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::bail;

use super::packs::PackArgs;
use super::{Console, Status, inputs};
use crate::extract::{Scratch, analyse};
use crate::source::Source;

/// Arguments of `attache explain`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Sentences are numbered from 0, as in the evidence of a graph. Each shows its words with tags and arcs, the names in it
and who they stand for, and the relations with the rule that found each; at the end, what follows from these by inference
rules.

Examples:
  attache explain may.txt
  attache explain may.txt --sentence 3
  attache explain \"The minister met his counterpart in Oslo.\"
  attache explain may.txt --json
  attache explain --identity \"Amir Hatami\" reports/
  attache explain --identity person/amir-hatami out/graph.json")]
pub(super) struct Args {
    /// A document, `-` for standard input, or, if there is no such file, a text to read; with --identity, documents,
    /// folders, or a graph
    #[arg(required = true, value_name = "FILE|TEXT")]
    inputs: Vec<String>,
    /// Show why what documents say of somebody is one node, and who was kept apart: a name, or the id of a node
    #[arg(long, value_name = "NAME", conflicts_with_all = ["sentences", "brief"])]
    identity: Option<String>,
    /// Only this sentence; may be given several times
    #[arg(short, long = "sentence", value_name = "N")]
    sentences: Vec<u32>,
    /// As JSON
    #[arg(long)]
    json: bool,
    /// Leave out the words with their tags and arcs
    #[arg(long)]
    brief: bool,
    #[command(flatten)]
    rules: PackArgs,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Status> {
    let Some(rules) = args.rules.load(console) else { return Ok(Status::Unable) };
    if let Some(name) = &args.identity {
        let paths: Vec<PathBuf> = args.inputs.iter().map(PathBuf::from).collect();
        return identity::run(name, &paths, args.json, &rules, console);
    }
    let [input] = args.inputs.as_slice() else { bail!("one document at a time; several go with --identity") };
    let (sources, refused) = documents(input, console);
    if sources.is_empty() {
        bail!("no document could be read");
    }
    let mut scratch = Scratch::default();
    let mut all = Vec::new();
    for source in sources {
        let analysis = analyse(Arc::new(source), &rules, &mut scratch);
        let document = seen::document(&analysis, &rules, &args.sentences);
        if !args.sentences.is_empty() && document.sentences.is_empty() {
            let last = analysis.document.sentences.len().saturating_sub(1);
            bail!("{} has no such sentence; its sentences are 0 to {last}", document.id);
        }
        if args.json {
            all.push(document);
        } else {
            text::write(&document, args.brief, console)?;
        }
    }
    if args.json {
        serde_json::to_writer_pretty(console.out(), &all).map_err(std::io::Error::from)?;
        console.out().write_all(b"\n")?;
    }
    Ok(if refused > 0 { Status::Findings } else { Status::Done })
}

/// A file; or the argument itself, where it is no file and cannot be meant as one.
fn documents(input: &str, console: &mut Console<'_>) -> (Vec<Source>, usize) {
    let is_text = input != "-" && !Path::new(input).exists() && input.trim().contains(char::is_whitespace);
    if is_text {
        return (vec![Source::new("text", input)], 0);
    }
    let inputs = inputs::read(&[PathBuf::from(input)], console);
    (inputs.sources, inputs.refused)
}
