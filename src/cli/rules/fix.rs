//! `attache rules fix`: applies the changes that findings suggest.

use std::path::PathBuf;

use super::{checked, files_on_disk};
use crate::cli::summary::counted;
use crate::cli::{Console, Status, files};
use crate::diagnostic::{Diagnostic, apply};
use crate::source::LineIndex;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "A change can bring another one to light, so files are checked again until nothing is left to mend.
What is misspelt is taken for the nearest name there is: look at what is printed, or at --dry-run first."
)]
pub(super) struct Args {
    /// Packs: folders or rule files
    #[arg(required = true)]
    packs: Vec<String>,
    /// Show what would be changed, as a diff, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Apply only changes for this code. May be given several times
    #[arg(long, value_name = "CODE")]
    only: Vec<String>,
}

/// Rounds of mending; what is not mended then goes round in circles.
const ROUNDS: usize = 10;

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Status> {
    let wanted = |d: &Diagnostic| args.only.is_empty() || args.only.iter().any(|c| c.eq_ignore_ascii_case(d.code));
    let mut mended = 0;
    for round in 0..ROUNDS {
        let checked = checked(&args.packs);
        if round == 0 && checked.diagnostics.iter().any(|d| d.code == "E008" && d.file.is_none()) {
            console.report(&checked.diagnostics);
            return Ok(Status::Unable);
        }
        let mut changed: Vec<(PathBuf, Vec<u8>)> = Vec::new();
        for (name, text) in files_on_disk(&checked) {
            let findings: Vec<&Diagnostic> =
                checked.diagnostics.iter().filter(|d| d.file_name() == name && wanted(d)).collect();
            let (after, applied) = apply(&text, &findings);
            if applied.is_empty() || after == text {
                continue;
            }
            mended += applied.len();
            if args.dry_run {
                let diff = similar::TextDiff::from_lines(&text, &after);
                write!(console.out(), "{}", diff.unified_diff().context_radius(2).header(&name, &name))?;
            } else {
                let lines = LineIndex::new(&text);
                for finding in applied {
                    let at = lines.position(&text, finding.patches[0].span.start);
                    writeln!(console.out(), "{name}:{}:{}: {} {}", at.line, at.column, finding.code, finding.title)?;
                }
                changed.push((PathBuf::from(&name), after.into_bytes()));
            }
        }
        files::write_all(&changed)?;
        if changed.is_empty() {
            break;
        }
    }
    let verb = if args.dry_run { "could be mended" } else { "mended" };
    writeln!(console.out(), "{} {verb}", counted(mended, "finding"))?;
    Ok(Status::Done)
}
