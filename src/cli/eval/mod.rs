//! `attache eval`: how well documents are read, measured by what a reader wrote down.

mod reading;
mod text;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};

use super::packs::PackArgs;
use super::{Console, Status};
use crate::compare::{Gold, Scores, draft, evaluate, is_of, read_gold};
use crate::diagnostic::{Diagnostic, SourceFile, nearest};
use crate::extract::candidates;
use crate::pipeline::schema;
use crate::rules::RuleSet;
use crate::source::{Source, Span};
use reading::Readings;

/// Arguments of `attache eval`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
A gold is a plain text that says of each document who is there and who did what to whom:

  document may.txt
  Pia Lund / Lund : Minister, office = foreign minister
  Pia Lund met-with Omar Diop
  Pia Lund thanked Omar Diop planned
  not Pia Lund accused Omar Diop

Precision and recall have 95 % Wilson intervals, F1 a bootstrap over documents. docs/evaluation.md tells the rest.

Examples:
  attache eval --draft reports/ > gold.txt      what is found, to be corrected by hand
  attache eval gold.txt                         the documents stand beside the gold
  attache eval gold.txt reports/ --min-f1 0.85 --min-f1 met-with=0.9
  attache eval gold.txt out/graph.json --json

Exit status: 0 done; 1 a figure below --min-f1, or a document of the gold that could not be read; 2 it could not run.")]
pub(super) struct Args {
    /// The gold; with --draft, a document
    #[arg(value_name = "GOLD")]
    gold: PathBuf,
    /// The documents, or a graph that was made of them (default: where the gold is)
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Write the gold of what is found in documents, to be corrected by hand
    #[arg(long, conflicts_with_all = ["json", "min_f1", "brief"])]
    draft: bool,
    /// As JSON
    #[arg(long)]
    json: bool,
    /// Only the figures, not what was missed and what is wrong
    #[arg(long)]
    brief: bool,
    /// Fail where an F1 is below N: of everything, or of `entities`, `relations`, a type, a relation or a group of the
    /// gold. May be given several times
    #[arg(long, value_name = "[NAME=]N", value_parser = floor)]
    min_f1: Vec<Floor>,
    #[command(flatten)]
    rules: PackArgs,
}

/// The least F1 of a row.
#[derive(Debug, Clone, PartialEq)]
struct Floor {
    name: String,
    least: f64,
}

fn floor(text: &str) -> Result<Floor, String> {
    let (name, number) = text.rsplit_once('=').unwrap_or(("overall", text));
    match number.parse::<f64>() {
        Ok(least) if (0.0..=1.0).contains(&least) => Ok(Floor { name: name.to_owned(), least }),
        _ => Err(format!("{number} is no number from 0 to 1")),
    }
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Status> {
    let Some(rules) = args.rules.load(console) else { return Ok(Status::Unable) };
    if args.draft {
        return write_draft(args, &rules, console);
    }
    let name = args.gold.display().to_string();
    let text = std::fs::read_to_string(&args.gold).with_context(|| format!("cannot read {name}"))?;
    let file = Arc::new(SourceFile::new(name, text));
    let (gold, findings) = read_gold(&file, &rules);
    console.report(&findings);
    if !findings.is_empty() {
        return Ok(Status::Unable);
    }
    if gold.documents.is_empty() {
        bail!("{} names no document", file.name);
    }
    let beside: Vec<PathBuf>;
    let paths = match args.paths.as_slice() {
        [] => {
            let folder = args.gold.parent().unwrap_or(Path::new(""));
            beside = gold.documents.iter().map(|document| folder.join(&document.name)).collect();
            &beside
        }
        paths => paths,
    };
    let found = reading::read(paths, Some(&gold), &rules, console)?;
    let absent = absent(&gold, &found, &file);
    console.report(&absent);
    if found.readings.is_empty() {
        bail!("none of the documents of {} could be read", file.name);
    }
    let identity = schema(&rules).identity;
    let canonical = |name: &str| canonical(name, &rules);
    let scores = evaluate(&gold, &found.readings, Some(&found.whole), &identity, &canonical);
    if args.json {
        let value = serde_json::json!({ "format": "attache-eval", "version": 1, "gold": file.name, "scores": scores });
        serde_json::to_writer_pretty(console.out(), &value).map_err(std::io::Error::from)?;
        console.out().write_all(b"\n")?;
    } else {
        text::write(&scores, &file.name, args.brief, console)?;
    }
    let low = below(&scores, &args.min_f1, console)?;
    Ok(if low || !absent.is_empty() || found.refused > 0 { Status::Findings } else { Status::Done })
}

fn write_draft(args: &Args, rules: &RuleSet, console: &mut Console<'_>) -> anyhow::Result<Status> {
    let paths: Vec<PathBuf> = std::iter::once(&args.gold).chain(&args.paths).cloned().collect();
    let found = reading::read(&paths, None, rules, console)?;
    if found.readings.is_empty() {
        bail!("no document could be read");
    }
    let graphs: Vec<_> = found.readings.into_iter().map(|reading| (reading.id, reading.graph)).collect();
    console.out().write_all(draft(&graphs).as_bytes())?;
    Ok(if found.refused > 0 { Status::Findings } else { Status::Done })
}

/// Documents of the gold that are not among those that were read.
fn absent(gold: &Gold, found: &Readings, file: &Arc<SourceFile>) -> Vec<Diagnostic> {
    let missing =
        gold.documents.iter().filter(|document| !found.readings.iter().any(|reading| is_of(document, &reading.id)));
    missing
        .map(|document| {
            let line = file.text.lines().nth(document.line as usize - 1).unwrap_or_default();
            let start = file.text.split_inclusive('\n').take(document.line as usize - 1).map(str::len).sum::<usize>();
            let at = start + line.find(&document.name).unwrap_or(0);
            let span = Span::new(at as u32, (at + document.name.len()) as u32);
            let title = format!("the document {} is not among those that were read", document.name);
            let mut diagnostic = Diagnostic::error("G003", title).in_file(Arc::clone(file)).label(span, "not judged");
            let near = nearest(&document.name, found.others.iter().map(|id| id.rsplit('/').next().unwrap_or(id)));
            diagnostic.helps.extend(near.map(|name| format!("did you mean `{name}`?")));
            diagnostic
        })
        .collect()
}

/// The name under which the gazetteer, or a rule, knows what a whole name stands for.
fn canonical(name: &str, rules: &RuleSet) -> Option<String> {
    let made = candidates(Arc::new(Source::new("name", name)), rules);
    made.into_iter().find(|(mention, words)| words == name && !mention.nominal).map(|(mention, _)| mention.value)
}

/// Whether a figure is below its floor; says which.
fn below(scores: &Scores, floors: &[Floor], console: &mut Console<'_>) -> anyhow::Result<bool> {
    let mut low = false;
    for Floor { name, least } in floors {
        let Some(row) = scores.row(name) else {
            let hint = nearest(name, scores.names()).map(|near| format!("; did you mean {near}?")).unwrap_or_default();
            bail!("the gold has no {name}{hint}");
        };
        let value = row.f1.map_or(0.0, |figure| figure.value);
        if value < *least {
            console.note(&format!("F1 of {name} is {value:.3}, below {least}"));
            low = true;
        }
    }
    Ok(low)
}
