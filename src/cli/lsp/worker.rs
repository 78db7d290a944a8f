//! The look at a pack, beside the conversation: it takes longer than a keystroke may wait.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::thread;

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::packs::asked;
use crate::cli::rules::add_idle_examples;
use crate::diagnostic::Diagnostic;
use crate::rules::{Checked, Unsaved, check_unsaved};

/// A pack to look at.
#[derive(Debug)]
pub(super) struct Job {
    pub root: PathBuf,
    /// Buffers, and which versions of them these are.
    pub unsaved: Unsaved,
    pub versions: BTreeMap<PathBuf, i32>,
}

/// What came of it.
#[derive(Debug)]
pub(super) struct Looked {
    pub root: PathBuf,
    pub versions: BTreeMap<PathBuf, i32>,
    /// None where looking failed, which is no fault of the rules.
    pub checked: Option<Checked>,
}

/// Starts the thread; it ends when no more jobs can come.
pub(super) fn start() -> (Sender<Job>, Receiver<Looked>) {
    let (jobs, inbox) = unbounded::<Job>();
    let (outbox, results) = unbounded();
    thread::spawn(move || {
        for Job { root, unsaved, versions } in inbox {
            // A fault of the program must not take the editor's session with it.
            let checked = catch_unwind(AssertUnwindSafe(|| look(&root, &unsaved))).ok();
            if outbox.send(Looked { root, versions, checked }).is_err() {
                return;
            }
        }
    });
    (jobs, results)
}

fn look(root: &std::path::Path, unsaved: &Unsaved) -> Checked {
    let (base, packs) = asked(root);
    let mut checked = check_unsaved(&base, &packs, unsaved);
    add_idle_examples(&mut checked);
    checked.diagnostics.sort_by(Diagnostic::order);
    checked
}
