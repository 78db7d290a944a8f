//! `attache rules`: check packs, run the examples in them, and write built-in ones out.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Subcommand;

use super::packs::{DEFAULT, count, load_layered};
use super::summary::counted;
use super::{Console, Status, corpus, files};
use crate::compare::{SelfTest, Verdict, self_test};
use crate::pipeline;
use crate::rules::{Compiled, PackFiles};

/// Arguments of `attache rules`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  attache rules init my-rules\n  attache rules check my-rules/diplomacy\n  attache rules test my-rules/diplomacy --rule met-with"
)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Say everything that is wrong with rule packs
    Check(Check),
    /// Run the examples that rules carry: `yes`, `no` and `todo`
    Test(Test),
    /// Write the built-in packs to a folder, to change them there
    Init(Init),
    /// Show where a pattern matches in a corpus
    Try(corpus::TryArgs),
    /// Count how often each rule fires in a corpus, and what waits for a rule
    Stats(corpus::StatsArgs),
    /// Make rules of what waits for one
    Suggest(corpus::SuggestArgs),
}

#[derive(Debug, clap::Args)]
struct Check {
    /// Packs: folders, rule files, names of built-in packs. Default: the built-in pack
    packs: Vec<String>,
}

#[derive(Debug, clap::Args)]
struct Test {
    /// Packs: folders, rule files, names of built-in packs. Default: the built-in pack
    packs: Vec<String>,
    /// Only rules whose id contains this
    #[arg(long, value_name = "TEXT")]
    rule: Option<String>,
}

#[derive(Debug, clap::Args)]
struct Init {
    /// The folder to make
    folder: PathBuf,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Status> {
    match &args.command {
        Command::Check(args) => check(args, console),
        Command::Test(args) => test(args, console),
        Command::Init(args) => init(args, console),
        Command::Try(args) => corpus::trial(args, console),
        Command::Stats(args) => corpus::stats(args, console),
        Command::Suggest(args) => corpus::suggest(args, console),
    }
}

fn loaded(packs: &[String], console: &mut Console<'_>) -> Compiled {
    let compiled = load_layered(packs);
    console.report(&compiled.diagnostics);
    compiled
}

fn check(args: &Check, console: &mut Console<'_>) -> anyhow::Result<Status> {
    let compiled = loaded(&args.packs, console);
    let (errors, warnings) = count(&compiled);
    if let Some(rules) = &compiled.rules {
        let packs: Vec<String> = rules.packs.iter().map(|p| format!("{} {}", p.name, p.version)).collect();
        writeln!(
            console.out(),
            "{}: {}, {}, {}",
            packs.join(", "),
            counted(rules.types.iter().count(), "type"),
            counted(rules.relations.len(), "relation"),
            counted(rules.rules.len(), "relation rule")
        )?;
    }
    writeln!(console.out(), "{}, {}", counted(errors, "error"), counted(warnings, "warning"))?;
    Ok(if errors > 0 { Status::Findings } else { Status::Done })
}

fn test(args: &Test, console: &mut Console<'_>) -> anyhow::Result<Status> {
    let Some(rules) = loaded(&args.packs, console).rules else { return Ok(Status::Unable) };
    let wanted = |id: &str| args.rule.as_ref().is_none_or(|part| id.contains(part.as_str()));
    if !rules.rules.iter().any(|rule| wanted(&rule.id)) {
        bail!("no rule's id contains {}", args.rule.as_deref().unwrap_or_default());
    }
    let result = self_test(&rules, &wanted, &|source| pipeline::run(vec![source], &rules, &|_| {}));
    show(&result, console)?;
    Ok(if result.failures().next().is_some() { Status::Findings } else { Status::Done })
}

/// Shows the examples that went wrong, and those to do that work now.
pub(super) fn show_failures(result: &SelfTest, console: &mut Console<'_>) -> anyhow::Result<()> {
    let paint = console.paint;
    for outcome in &result.outcomes {
        let (word, text) = match outcome.verdict {
            Verdict::Missing => (paint.red("missing"), "yes"),
            Verdict::Noisy => (paint.red("noisy"), "no"),
            Verdict::Fixed => (paint.green("works now"), "todo"),
            Verdict::Passed | Verdict::Todo => continue,
        };
        let expected = outcome.example.expect.as_ref().map_or_else(String::new, |(a, b)| format!(" => {a}, {b}"));
        writeln!(console.out(), "{word} {} ({text}): {}{expected}", paint.bold(&outcome.rule), outcome.example.text)?;
        for line in outcome.failure.iter().flat_map(|failure| &failure.found) {
            writeln!(console.out(), "    found {line}")?;
        }
    }
    Ok(())
}

fn show(result: &SelfTest, console: &mut Console<'_>) -> anyhow::Result<()> {
    show_failures(result, console)?;
    writeln!(
        console.out(),
        "{}: {} passed, {} missing, {} noisy; of those to do, {} fail as expected and {} work now",
        counted(result.outcomes.len(), "example"),
        result.count(Verdict::Passed),
        result.count(Verdict::Missing),
        result.count(Verdict::Noisy),
        result.count(Verdict::Todo),
        result.count(Verdict::Fixed)
    )?;
    Ok(())
}

fn init(args: &Init, console: &mut Console<'_>) -> anyhow::Result<Status> {
    files::check_folder(&args.folder)?;
    if fs::read_dir(&args.folder).is_ok_and(|mut entries| entries.next().is_some()) {
        bail!("the folder {} is not empty; nothing was written", args.folder.display());
    }
    let mut all = Vec::new();
    for name in PackFiles::embedded_names() {
        let pack = PackFiles::embedded(&name).with_context(|| format!("the built-in pack {name} is not there"))?;
        for (path, bytes) in &pack.files {
            all.push((args.folder.join(&name).join(path), bytes.bytes().to_vec()));
        }
    }
    files::write_all(&all)?;
    writeln!(
        console.out(),
        "wrote {} to {}; use them with --rules {}",
        counted(all.len(), "file"),
        args.folder.display(),
        args.folder.join(DEFAULT).display()
    )?;
    Ok(Status::Done)
}
