//! `attache rules fmt`: one canonical layout.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::cli::summary::counted;
use crate::cli::{Console, Status, files};
use crate::rules::format;

#[derive(Debug, clap::Args)]
#[command(after_help = "Exit status with --check: 0 nothing to change; 1 some files are laid out otherwise.")]
pub(super) struct Args {
    /// Rule files, or folders of them
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Change nothing; list the files that are laid out otherwise
    #[arg(long)]
    check: bool,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Status> {
    let mut paths = Vec::new();
    for path in &args.paths {
        if !path.exists() {
            bail!("there is no file or folder {}", path.display());
        }
        collect(path, &mut paths)?;
    }
    let (mut changed, mut unreadable) = (Vec::new(), false);
    for path in &paths {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        match format(&text) {
            Ok(after) if after != text => changed.push((path.clone(), after.into_bytes())),
            Ok(_) => {}
            Err(message) => {
                unreadable = true;
                console.note(&format!("{} is left as it is: {message}", path.display()));
            }
        }
    }
    for (path, _) in &changed {
        writeln!(console.out(), "{}", path.display())?;
    }
    let verb = if args.check { "would change" } else { "laid out anew" };
    let fine = paths.len() - changed.len();
    writeln!(console.out(), "{} {verb}, {fine} as they should be", counted(changed.len(), "file"))?;
    if !args.check {
        files::write_all(&changed)?;
    }
    let findings = unreadable || args.check && !changed.is_empty();
    Ok(if findings { Status::Findings } else { Status::Done })
}

/// Rule files below a path, sorted.
fn collect(path: &Path, out: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    if !path.is_dir() {
        out.push(path.to_owned());
        return Ok(());
    }
    let entries = fs::read_dir(path).with_context(|| format!("cannot read the folder {}", path.display()))?;
    let mut below = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    below.sort();
    for path in below {
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if !hidden && (path.is_dir() || path.extension().is_some_and(|e| e == "toml")) {
            collect(&path, out)?;
        }
    }
    Ok(())
}
