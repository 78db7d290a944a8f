//! `attache watch`: on every save of a rule file or document, what is wrong, which examples fail, and what changed.
//!
//! [`session`] holds what was read and redoes what a change touches; this file waits for changes.

mod session;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::Context;
use notify::{EventKind, RecursiveMode, Watcher};

use super::packs::PackArgs;
use super::{Console, Status};
use session::Session;

/// Arguments of `attache watch`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Checks the rules, runs their examples and reads the documents; then waits, and does so again whenever a rule file or a
document is saved, and shows what that changed in the graph. Only what a change touches is done again. End it with Ctrl-C.

Examples:
  attache watch reports/ --rules mine.toml
  attache watch reports/ --rules my-rules/diplomacy
  attache watch reports/ --rules mine.toml --once")]
pub(super) struct Args {
    /// Documents: files and folders
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    rules: PackArgs,
    /// Do it once and end; exit status 1 when something is wrong
    #[arg(long)]
    once: bool,
    /// How long to wait for further changes after one, in milliseconds
    #[arg(long, value_name = "MS", default_value_t = 150)]
    settle: u64,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Status> {
    let mut session = Session::new(args.rules.packs.clone(), args.paths.clone());
    if args.once {
        return Ok(if session.round(console)? { Status::Done } else { Status::Findings });
    }
    // Watched before the first round, so that nothing saved meanwhile is missed.
    let (sender, changes) = channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Whoever waited may be gone.
        let _ = sender.send(event);
    })
    .context("cannot watch files here")?;
    let rules = args.rules.packs.iter().map(PathBuf::from).filter(|path| path.exists());
    let places = Places::new(rules.chain(args.paths.iter().cloned()));
    for (folder, deep) in &places.folders {
        let mode = if *deep { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
        watcher.watch(folder, mode).with_context(|| format!("cannot watch {}", folder.display()))?;
    }
    loop {
        let start = Instant::now();
        session.round(console)?;
        let took = format!("{:.2} s; waiting for changes", start.elapsed().as_secs_f64());
        let took = console.paint.faint(&took);
        writeln!(console.out(), "{took}")?;
        console.flush()?;
        let Some(changed) = wait(&changes, &places, Duration::from_millis(args.settle)) else {
            return Ok(Status::Done);
        };
        let here = std::env::current_dir().unwrap_or_default();
        let names: Vec<String> =
            changed.iter().map(|path| path.strip_prefix(&here).unwrap_or(path).display().to_string()).collect();
        let saved = console.paint.bold(&format!("saved {}", names.join(", ")));
        writeln!(console.out(), "\n{saved}")?;
    }
}

/// Waits for a change, and then until nothing has changed for a while; the files that did. None when watching has ended.
fn wait(
    changes: &Receiver<notify::Result<notify::Event>>,
    places: &Places,
    settle: Duration,
) -> Option<BTreeSet<PathBuf>> {
    let mut changed = BTreeSet::new();
    loop {
        let event = if changed.is_empty() {
            changes.recv().ok()?
        } else {
            match changes.recv_timeout(settle) {
                Ok(event) => event,
                Err(RecvTimeoutError::Timeout) => return Some(changed),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        };
        // What could not be told apart is looked at again in any case.
        let Ok(event) = event else { continue };
        if !matches!(event.kind, EventKind::Access(_)) {
            changed.extend(event.paths.into_iter().filter(|path| places.concerns(path)));
        }
    }
}

/// What is watched. Editors put a new file in the place of an old one, so a file is watched by its folder.
struct Places {
    /// Folders, and whether what lies below counts as well.
    folders: BTreeSet<(PathBuf, bool)>,
    files: BTreeSet<PathBuf>,
    roots: Vec<PathBuf>,
}

impl Places {
    fn new(paths: impl Iterator<Item = PathBuf>) -> Self {
        let mut places = Places { folders: BTreeSet::new(), files: BTreeSet::new(), roots: Vec::new() };
        for path in paths {
            let path = std::fs::canonicalize(&path).unwrap_or(path);
            if path.is_dir() {
                places.folders.insert((path.clone(), true));
                places.roots.push(path);
            } else {
                let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
                places.folders.insert((folder.to_owned(), false));
                places.files.insert(path);
            }
        }
        // What stands below a folder that is watched with all below it is watched already.
        let roots = &places.roots;
        places
            .folders
            .retain(|(folder, deep)| !roots.iter().any(|root| folder.starts_with(root) && (folder != root || !deep)));
        places
    }

    /// Whether a file may be a rule file or a document: temporary files of editors are none.
    fn concerns(&self, path: &Path) -> bool {
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        let passing = name.starts_with('.') || name.starts_with('#') || name.ends_with('~') || name.ends_with(".swp");
        let known = ["toml", "csv", "bin", "txt", "md", "jsonl", "json", "gz", "zst", "html", "htm"];
        let ending = path.extension().is_some_and(|ending| known.iter().any(|known| ending == *known));
        self.files.contains(path) || !passing && ending && self.roots.iter().any(|root| path.starts_with(root))
    }
}
