//! `attache apply`: corrections that were collected in a page, written into the rule files of a pack.
//!
//! [`patch`] reads the file, [`edit`] works out what becomes of the rule files. What was added is tested at once, because an
//! example by itself changes nothing: a rule that still fires has to be mended by whoever knows what it should say.

mod edit;
mod patch;

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use self::edit::Edited;
use super::packs::load_layered;
use super::rules::show_failures;
use super::summary::counted;
use super::{Console, Status, files};
use crate::compare::{Outcome, SelfTest, Verdict, self_test};
use crate::pipeline;

/// Arguments of `attache apply`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Names that are one, or never are, go to the [identity] table of the pack; a sentence that was misread becomes a `no` of
the rule that misread it, and is tested at once: a rule that still fires in it is shown, to be mended by hand. A rule of
the built-in pack is copied to corrections.toml of the folder, where it takes the place of the built-in one.
Everything else in the files stays as it was, and so `git checkout` undoes it.

Exit status: 0 all is written and no rule fires any more; 1 something could not be written, or a rule still fires.

Examples:
  attache apply patch.toml --rules my-rules/diplomacy
  attache apply patch.toml --rules my-rules --dry-run")]
pub(super) struct Args {
    /// What the page of `attache render -o graph.html` saved
    #[arg(value_name = "PATCH.toml")]
    patch: PathBuf,
    /// The pack to write to: a folder, as `attache rules init` makes one
    #[arg(long, value_name = "FOLDER")]
    rules: PathBuf,
    /// Show what would be changed, as a diff, and change nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Status> {
    let shown = args.patch.display();
    let text = std::fs::read_to_string(&args.patch).with_context(|| format!("cannot read {shown}"))?;
    let patch = patch::read(&text).map_err(|error| anyhow::anyhow!("{shown}: {error}"))?;
    if !args.rules.is_dir() {
        bail!("{} is no folder; `attache rules init FOLDER` writes the built-in pack into one", args.rules.display());
    }
    let edited = edit::edit(&patch, &args.rules)?;
    for reason in &edited.refused {
        console.note(&format!("not written: {reason}"));
    }
    let changed: Vec<(PathBuf, Vec<u8>)> = edited
        .files
        .iter()
        .filter(|file| file.before != file.after)
        .map(|file| (file.path.clone(), file.after.clone().into_bytes()))
        .collect();
    if args.dry_run {
        for file in &edited.files {
            let name = file.path.display().to_string();
            let diff = similar::TextDiff::from_lines(&file.before, &file.after);
            write!(console.out(), "{}", diff.unified_diff().context_radius(2).header(&name, &name))?;
        }
        return Ok(if edited.refused.is_empty() { Status::Done } else { Status::Findings });
    }
    files::write_all(&changed)?;
    for (rule, path) in &edited.copied {
        console.note(&format!(
            "{rule} is a rule of the built-in pack: it was copied to {}, where it takes the place of that one",
            path.display()
        ));
    }
    for (path, _) in &changed {
        writeln!(console.out(), "changed {}", path.display())?;
    }
    if changed.is_empty() && edited.refused.is_empty() {
        writeln!(console.out(), "nothing to change: the pack says all of it already")?;
    }
    let tested = test(&edited, &args.rules, console)?;
    Ok(if edited.refused.is_empty() { tested } else { tested.max(Status::Findings) })
}

/// Runs the examples that the patch is about.
fn test(edited: &Edited, folder: &Path, console: &mut Console<'_>) -> anyhow::Result<Status> {
    let compiled = load_layered(&[folder.display().to_string()]);
    console.report(&compiled.diagnostics);
    let Some(rules) = compiled.rules else { return Ok(Status::Unable) };
    let wanted = |id: &str| edited.examples.iter().any(|(rule, _)| rule == id);
    let result = self_test(&rules, &wanted, &|source| pipeline::run(vec![source], &rules, &|_| {}));
    let about = |outcome: &Outcome| {
        let (source, target) = outcome.example.expect.clone().unwrap_or_default();
        let line = format!("{} => {source}, {target}", outcome.example.text);
        !outcome.example.yes && edited.examples.iter().any(|(rule, example)| *rule == outcome.rule && *example == line)
    };
    let result = SelfTest { outcomes: result.outcomes.into_iter().filter(about).collect() };
    show_failures(&result, console)?;
    let noisy = result.count(Verdict::Noisy);
    if noisy > 0 {
        let rules: std::collections::BTreeSet<&str> = result.failures().map(|outcome| outcome.rule.as_str()).collect();
        let count = counted(noisy, "sentence");
        let named = rules.into_iter().collect::<Vec<_>>().join(", ");
        console.note(&format!(
            "{count} still read as before: mend {named}, until `attache rules test {}` is content",
            folder.display()
        ));
    }
    for outcome in result.outcomes.iter().filter(|outcome| outcome.verdict == Verdict::Passed) {
        console.note(&format!(
            "by itself the sentence is not read so by {}, the text around it plays a part: {}",
            outcome.rule, outcome.example.text
        ));
    }
    Ok(if noisy > 0 { Status::Findings } else { Status::Done })
}
