//! `attache why`: which rules fired in a sentence, and how.
//!
//! [`told`] gathers it as plain data, [`text`] lays it out for a person; `--json` prints the data.

mod text;
mod told;

pub(super) use told::unread;

use super::packs::PackArgs;
use super::{Console, Status, inferred, target};
use crate::extract::Scratch;

/// Arguments of `attache why`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Shows every relation of the sentences on that line: the rule, the line of its file, its pattern, the words that each part
of it matched, whom a pronoun or title stands for, and which words made it planned, denied or alleged; and what follows
from them by inference rules, with what it rests on.

Examples:
  attache why may.txt:12
  attache why \"The minister will not meet his counterpart in Oslo.\"
  attache why may.txt --json

See also: attache why-not, for a relation that is missing; attache explain, for everything that was seen.")]
pub(super) struct Args {
    /// A line of a document, a document, or a sentence
    #[arg(value_name = "FILE:LINE|FILE|TEXT")]
    input: String,
    /// As JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    rules: PackArgs,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Status> {
    let Some(rules) = args.rules.load(console) else { return Ok(Status::Unable) };
    let mut scratch = Scratch::default();
    let targets = target::read(&args.input, &rules, &mut scratch, console)?;
    let mut all = Vec::new();
    for target in &targets {
        all.extend(told::sentences(&target.analysis, &rules, &target.sentences, &mut scratch));
    }
    let graph = target::graph(&targets, &rules);
    for sentence in &mut all {
        let here = |doc: &str, number: u32| doc == sentence.doc && number == sentence.sentence;
        sentence.follows = inferred::conclusions(&graph, &rules, &here);
    }
    if args.json {
        serde_json::to_writer_pretty(console.out(), &all).map_err(std::io::Error::from)?;
        console.out().write_all(b"\n")?;
    } else {
        text::write(&all, console)?;
    }
    let found = all.iter().any(|sentence| !sentence.relations.is_empty());
    Ok(if found { Status::Done } else { Status::Findings })
}
