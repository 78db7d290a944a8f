//! The look at a pack, beside the conversation: it takes longer than a keystroke may wait.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::about::Hits;
use super::counting::Corpus;
use super::packs::asked;
use crate::cli::rules::add_idle_examples;
use crate::diagnostic::Diagnostic;
use crate::rules::{Checked, PackFiles, Unsaved, check_files, check_unsaved};

/// A pack to look at.
#[derive(Debug)]
pub(super) struct Job {
    pub root: PathBuf,
    /// Buffers, and which versions of them these are.
    pub unsaved: Unsaved,
    pub versions: BTreeMap<PathBuf, i32>,
    /// Whether the pack was never seen without errors: then the packs below it tell how words inflect.
    pub unknown: bool,
}

/// What came of it.
#[derive(Debug)]
pub(super) enum Report {
    /// The pack was looked at.
    Looked(Looked),
    /// Hits of its rules were counted, in so many documents.
    Counted { root: PathBuf, hits: Hits, documents: usize },
}

/// A pack that was looked at.
#[derive(Debug)]
pub(super) struct Looked {
    pub root: PathBuf,
    pub versions: BTreeMap<PathBuf, i32>,
    /// None where looking failed, which is no fault of the rules.
    pub checked: Option<Arc<Checked>>,
    /// The packs below it, where it has errors and that was asked for.
    pub below: Option<Arc<Checked>>,
}

/// Starts the thread; it ends when no more jobs can come.
pub(super) fn start(mut corpus: Corpus) -> (Sender<Job>, Receiver<Report>) {
    let (jobs, inbox) = unbounded::<Job>();
    let (outbox, results) = unbounded();
    thread::spawn(move || {
        while let Ok(Job { root, unsaved, versions, unknown }) = inbox.recv() {
            // A fault of the program must not take the editor's session with it.
            let checked = catch_unwind(AssertUnwindSafe(|| look(&root, &unsaved))).ok().map(Arc::new);
            let broken = checked.as_deref().filter(|checked| unknown && checked.rules.is_none());
            let below = broken.and_then(|broken| catch_unwind(AssertUnwindSafe(|| below(broken))).ok()).map(Arc::new);
            let looked = Looked { root: root.clone(), versions, checked: checked.clone(), below };
            if outbox.send(Report::Looked(looked)).is_err() {
                return;
            }
            let Some(rules) = checked.as_ref().and_then(|checked| checked.rules.as_ref()) else { continue };
            if corpus.is_empty() {
                continue;
            }
            let counted = catch_unwind(AssertUnwindSafe(|| corpus.count(rules, &|| inbox.is_empty())));
            if let Ok(Some((hits, documents))) = counted {
                // Who does not listen any more ends the next round.
                let _ = outbox.send(Report::Counted { root, hits, documents });
            }
        }
    });
    (jobs, results)
}

/// The packs that a pack builds on, by themselves.
fn below(broken: &Checked) -> Checked {
    let packs = broken.written.packs.iter().zip(&broken.asked).filter(|(_, asked)| !**asked);
    let packs: Vec<PackFiles> = packs.map(|(pack, _)| pack.clone()).collect();
    let asked = vec![false; packs.len()];
    check_files(packs, asked, Vec::new())
}

fn look(root: &Path, unsaved: &Unsaved) -> Checked {
    let (base, packs) = asked(root);
    let mut checked = check_unsaved(&base, &packs, unsaved);
    add_idle_examples(&mut checked);
    checked.diagnostics.sort_by(Diagnostic::order);
    checked
}
