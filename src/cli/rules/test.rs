//! `attache rules test`: the examples of rules and the test files of packs, run.

use anyhow::bail;
use serde_json::json;

use crate::cli::packs::load_layered;
use crate::cli::summary::counted;
use crate::cli::{Console, Status};
use crate::compare::{Outcome, SelfTest, Verdict, self_test};
use crate::pipeline;
use crate::rules::RuleSet;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "An example ends in one of four ways: passed; missing, a `yes` that does not come out; noisy, a `no` on which
its rule fires; known gap, a `todo` that does not work yet. A `todo` that works is shown, to become a `yes`.
Exit status: 0 all as it should be; 1 something is missing or noisy; 2 it could not run."
)]
pub(super) struct Args {
    /// Packs: folders, rule files, names of built-in packs. Default: the built-in pack
    packs: Vec<String>,
    /// Only rules whose id contains this
    #[arg(long, value_name = "TEXT")]
    rule: Option<String>,
    /// Show known gaps as well
    #[arg(long)]
    todo: bool,
    /// Print every outcome as JSON on standard output
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Status> {
    let compiled = load_layered(&args.packs);
    console.report(&compiled.diagnostics);
    let Some(rules) = compiled.rules else { return Ok(Status::Unable) };
    let wanted = |id: &str| args.rule.as_ref().is_none_or(|part| id.contains(part.as_str()));
    let ids = rules.rules.iter().map(|rule| &rule.id).chain(rules.name_examples.iter().map(|(id, _)| id));
    let ids = ids.chain(rules.inferences.iter().map(|rule| &rule.id));
    if !ids.into_iter().any(|id| wanted(id)) {
        bail!("no rule's id contains {}", args.rule.as_deref().unwrap_or_default());
    }
    let result = self_test(&rules, &wanted, &pipeline::one_by_one(&rules));
    if args.json {
        let list: Vec<_> = result.outcomes.iter().map(to_json).collect();
        serde_json::to_writer_pretty(console.out(), &list)?;
        writeln!(console.out())?;
    } else {
        show(&result, &rules, args.todo, &args.packs, console)?;
    }
    Ok(if result.failures().next().is_some() { Status::Findings } else { Status::Done })
}

fn to_json(outcome: &Outcome) -> serde_json::Value {
    json!({
        "rule": outcome.rule,
        "gives": outcome.relation,
        "text": outcome.example.text,
        "expect": outcome.example.expect,
        "kind": kind(outcome),
        "verdict": match outcome.verdict {
            Verdict::Passed => "passed",
            Verdict::Missing => "missing",
            Verdict::Noisy => "noisy",
            Verdict::Todo => "known gap",
            Verdict::Fixed => "works now",
        },
        "by": outcome.by,
        "found": outcome.failure.as_ref().map(|failure| &failure.found),
    })
}

fn kind(outcome: &Outcome) -> &'static str {
    match (outcome.example.todo, outcome.example.yes) {
        (true, _) => "todo",
        (_, true) => "yes",
        _ => "no",
    }
}

/// Shows the examples that went wrong, and those to do that work now.
pub(in crate::cli) fn show_failures(result: &SelfTest, console: &mut Console<'_>) -> anyhow::Result<()> {
    show_each(result, false, console)
}

fn show_each(result: &SelfTest, gaps: bool, console: &mut Console<'_>) -> anyhow::Result<()> {
    let paint = console.paint;
    for outcome in &result.outcomes {
        let word = match outcome.verdict {
            Verdict::Missing => paint.red("missing"),
            Verdict::Noisy => paint.red("noisy"),
            Verdict::Fixed => paint.green("works now"),
            Verdict::Todo if gaps => paint.yellow("known gap"),
            Verdict::Passed | Verdict::Todo => continue,
        };
        let expected = outcome.example.expect.as_ref().map_or_else(String::new, |(a, b)| {
            let parts: Vec<&str> = [a.as_str(), b.as_str()].into_iter().filter(|part| !part.is_empty()).collect();
            format!(" => {}", parts.join(", "))
        });
        let (rule, text) = (paint.bold(&outcome.rule), &outcome.example.text);
        writeln!(console.out(), "{word} {rule} ({}): {text}{expected}", kind(outcome))?;
        let others: Vec<&str> = outcome.by.iter().filter(|by| **by != outcome.rule).map(String::as_str).collect();
        if outcome.verdict == Verdict::Noisy && !others.is_empty() {
            writeln!(console.out(), "    made by {}", others.join(", "))?;
        }
        for line in outcome.failure.iter().flat_map(|failure| &failure.found) {
            writeln!(console.out(), "    found {line}")?;
        }
    }
    Ok(())
}

/// A word of a command line, in quotation marks where it needs them.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./".contains(c);
    if text.chars().all(plain) { text.to_owned() } else { format!("\"{}\"", text.replace('"', "\\\"")) }
}

fn show(
    result: &SelfTest,
    rules: &RuleSet,
    gaps: bool,
    packs: &[String],
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    show_each(result, gaps, console)?;
    let relation = |outcome: &&Outcome| outcome.example.expect.is_some() && rules.relation(&outcome.relation).is_some();
    let mut missing = result.outcomes.iter().filter(|outcome| outcome.verdict == Verdict::Missing);
    if let Some(missing) = missing.find(relation) {
        let packs: String = packs.iter().map(|pack| format!(" --rules {}", quoted(pack))).collect();
        let text = quoted(&missing.example.text);
        console.note(&format!("what keeps it back says `attache why-not {} {text}{packs}`", missing.relation));
    }
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
