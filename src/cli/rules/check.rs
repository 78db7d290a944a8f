//! `attache rules check`: everything that is wrong with packs, and everything doubtful.

use super::checked;
use crate::cli::summary::counted;
use crate::cli::{Console, Status};
use crate::compare::idle_examples;
use crate::diagnostic::{Diagnostic, Severity, to_json};
use crate::pipeline;
use crate::rules::Checked;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit status: 0 nothing wrong; 1 errors, or warnings with --deny-warnings; 2 a pack cannot be found.
`attache explain-code CODE` says what a code means."
)]
pub(super) struct Args {
    /// Packs: folders, rule files, names of built-in packs. Default: the built-in packs
    packs: Vec<String>,
    /// Let warnings count as errors in the exit status
    #[arg(long)]
    deny_warnings: bool,
    /// Leave out warnings of this code. May be given several times
    #[arg(long, value_name = "CODE")]
    allow: Vec<String>,
    /// Do not run examples to see whether they use their rules
    #[arg(long)]
    skip_examples: bool,
    /// Print findings as JSON on standard output
    #[arg(long)]
    json: bool,
}

/// Runs the examples of the packs that were asked about, and adds those that do not use their rules to the findings.
pub(in crate::cli) fn add_idle_examples(checked: &mut Checked) {
    let Some(rules) = &checked.rules else { return };
    let asked = |pack: usize| checked.asked.get(pack).copied().unwrap_or(false);
    let found = idle_examples(rules, &checked.written, &asked, &pipeline::one_by_one(rules));
    checked.diagnostics.extend(found);
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Status> {
    let mut checked = checked(&args.packs);
    if !args.skip_examples {
        add_idle_examples(&mut checked);
    }
    let allowed = |d: &Diagnostic| {
        d.severity != Severity::Error && args.allow.iter().any(|code| code.eq_ignore_ascii_case(d.code))
    };
    checked.diagnostics.retain(|d| !allowed(d));
    let count = |severity| checked.diagnostics.iter().filter(|d| d.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if args.json {
        serde_json::to_writer_pretty(console.out(), &to_json(&checked.diagnostics))?;
        writeln!(console.out())?;
    } else {
        console.report(&checked.diagnostics);
        if let Some(rules) = &checked.rules {
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
        let mendable = checked.diagnostics.iter().filter(|d| !d.patches.is_empty()).count();
        let mending = match mendable {
            0 => String::new(),
            n => format!("; `attache rules fix` mends {n} of them"),
        };
        writeln!(console.out(), "{}, {}{mending}", counted(errors, "error"), counted(warnings, "warning"))?;
    }
    let absent = checked.diagnostics.iter().any(|d| d.code == "E008" && d.file.is_none());
    Ok(match (absent, errors, warnings) {
        (true, ..) => Status::Unable,
        (_, 0, 0) => Status::Done,
        (_, 0, _) if !args.deny_warnings => Status::Done,
        _ => Status::Findings,
    })
}
