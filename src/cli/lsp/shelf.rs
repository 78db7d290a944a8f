//! Texts that are part of the program, put where an editor can open them: what codes mean, and the built-in packs.
//!
//! They go to a temporary folder of this session, which is removed with it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use lsp_types::Uri;
use tempfile::TempDir;

use super::uri::uri_of;
use crate::diagnostic::explain;

/// The folder, made when the first text is asked for.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    folder: Option<TempDir>,
    written: BTreeSet<String>,
}

impl Shelf {
    /// A page that says what a code means.
    pub fn code(&mut self, code: &str) -> Option<Uri> {
        let info = explain(code)?;
        let page = format!("# {}: {}\n\n{}\n", info.code, info.title, info.explanation.trim());
        uri_of(&self.put(&format!("{}.md", info.code), page.as_bytes())?)
    }

    /// Whether a file is one of these, and no concern of the user's.
    pub fn holds(&self, path: &Path) -> bool {
        self.folder.as_ref().is_some_and(|folder| path.starts_with(folder.path()))
    }

    /// Puts a text on the shelf, once; where it stands.
    pub fn put(&mut self, name: &str, text: &[u8]) -> Option<PathBuf> {
        if self.folder.is_none() {
            self.folder = tempfile::Builder::new().prefix("attache-").tempdir().ok();
        }
        let path = self.folder.as_ref()?.path().join(name);
        if self.written.insert(name.to_owned()) {
            fs::create_dir_all(path.parent()?).ok()?;
            fs::write(&path, text).ok()?;
        }
        Some(path)
    }
}
