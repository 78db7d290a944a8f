//! `attache rules stats`: which rules earn their keep, and which sentences wait for one.

use super::survey::{Gap, Survey, survey};
use super::{CorpusArgs, ends};
use crate::cli::summary::counted;
use crate::cli::{Console, Status};

/// Sentences shown of one group.
const SAMPLES: usize = 2;

/// Arguments of `attache rules stats`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Rules that fired, with how often and how long they took to be tried; rules that never did; and sentences in which two
known actors stand and no relation was found, grouped by the words that join the two, most frequent first.

Examples:
  attache rules stats reports/
  attache rules stats reports/ --rules mine.toml --groups 50
  attache rules stats reports/ --json --no-time

See also: attache rules suggest, which makes rules of such groups.")]
pub(in crate::cli) struct StatsArgs {
    #[command(flatten)]
    corpus: CorpusArgs,
    /// Types of the two actors. Default: what most relations of the pack join
    #[arg(long, value_name = "TYPE,TYPE")]
    between: Option<String>,
    /// How many groups of sentences without a relation are shown
    #[arg(long, value_name = "N", default_value_t = 15)]
    groups: usize,
    /// Do not measure time: the same output at every run
    #[arg(long)]
    no_time: bool,
    /// As JSON
    #[arg(long)]
    json: bool,
}

pub(in crate::cli) fn stats(args: &StatsArgs, console: &mut Console<'_>) -> anyhow::Result<Status> {
    let Some(rules) = args.corpus.rules.load(console) else { return Ok(Status::Unable) };
    let ends = ends(args.between.as_deref(), &rules)?;
    let (sources, refused) = args.corpus.read(console)?;
    let mut found = survey(sources, &rules, &ends, !args.no_time);
    if args.json {
        found.gaps.truncate(args.groups);
        serde_json::to_writer_pretty(console.out(), &found).map_err(std::io::Error::from)?;
        console.out().write_all(b"\n")?;
    } else {
        write(&found, args, &ends, console)?;
    }
    Ok(if refused { Status::Findings } else { Status::Done })
}

fn write(found: &Survey, args: &StatsArgs, ends: &(String, String), console: &mut Console<'_>) -> anyhow::Result<()> {
    let paint = console.paint;
    writeln!(
        console.out(),
        "{}, {}, {}",
        counted(found.documents, "document"),
        counted(found.sentences, "sentence"),
        counted(found.statements, "statement")
    )?;
    let mut fired: Vec<_> = found.rules.iter().filter(|rule| rule.fired > 0).collect();
    fired.sort_by(|a, b| (b.fired, &a.rule).cmp(&(a.fired, &b.rule)));
    let time = |micros: u128| match args.no_time {
        true => String::new(),
        false => format!("{:>9.2} ms", micros as f64 / 1000.0),
    };
    writeln!(console.out(), "\n{}", paint.bold("Relation rules that fired"))?;
    for rule in &fired {
        writeln!(console.out(), "{:>6}{}  {}", rule.fired, time(rule.micros), paint.green(&rule.rule))?;
    }
    if !args.no_time {
        let idle: u128 = found.rules.iter().filter(|rule| rule.fired == 0).map(|rule| rule.micros).sum();
        writeln!(console.out(), "{:>6}{}  all others", "", time(idle))?;
    }
    let mut names: Vec<(&String, &usize)> = found.names.iter().filter(|(_, count)| **count > 0).collect();
    names.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), *name));
    writeln!(console.out(), "\n{}", paint.bold("Name rules that fired"))?;
    for (name, count) in names {
        writeln!(console.out(), "{count:>6}  {}", paint.green(name))?;
    }
    let never: Vec<&str> = (found.rules.iter().filter(|rule| rule.fired == 0).map(|rule| rule.rule.as_str()))
        .chain(found.names.iter().filter(|(_, count)| **count == 0).map(|(name, _)| name.as_str()))
        .collect();
    writeln!(console.out(), "\n{} ({})", paint.bold("Rules that never fired"), never.len())?;
    for line in wrapped(&never, 96) {
        writeln!(console.out(), "  {line}")?;
    }
    let missed: usize = found.gaps.iter().map(|gap| gap.count).sum();
    let heading = format!("A known {} and {} in a sentence without a relation, by what joins them", ends.0, ends.1);
    writeln!(console.out(), "\n{} ({missed} in {})", paint.bold(&heading), counted(found.gaps.len(), "group"))?;
    for gap in found.gaps.iter().take(args.groups) {
        write_gap(gap, console)?;
    }
    Ok(())
}

fn write_gap(gap: &Gap, console: &mut Console<'_>) -> anyhow::Result<()> {
    let paint = console.paint;
    let pattern = if gap.is_pattern { paint.blue(&gap.pattern) } else { gap.pattern.clone() };
    writeln!(console.out(), "{:>6}  {pattern}", gap.count)?;
    for sample in gap.samples.iter().take(SAMPLES) {
        let place = format!("{} [{}]:", sample.doc, sample.sentence);
        writeln!(console.out(), "        {} {}", paint.faint(&place), sample.text)?;
    }
    Ok(())
}

/// Words parted by commas, in lines of at most so many characters.
fn wrapped(words: &[&str], width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (number, word) in words.iter().enumerate() {
        let word = if number + 1 < words.len() { format!("{word},") } else { (*word).to_owned() };
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}
