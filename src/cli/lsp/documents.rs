//! What the editor holds: its buffers stand in place of the files on disk.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use lsp_types::{TextDocumentContentChangeEvent, TextDocumentItem, Uri};

use super::uri::path_of;
use crate::rules::Unsaved;

/// A buffer.
#[derive(Debug, Clone)]
pub(super) struct Document {
    /// As the editor writes it: an address can be spelt in several ways.
    pub uri: Uri,
    pub version: i32,
    pub text: String,
}

/// All buffers, by path.
#[derive(Debug, Default)]
pub(super) struct Documents {
    open: BTreeMap<PathBuf, Document>,
}

impl Documents {
    /// Takes in a buffer; none for what is no file.
    pub fn open(&mut self, item: TextDocumentItem) -> Option<PathBuf> {
        let path = path_of(&item.uri)?;
        let document = Document { uri: item.uri, version: item.version, text: item.text };
        self.open.insert(path.clone(), document);
        Some(path)
    }

    /// Takes in what was typed: the whole text, each time.
    pub fn change(&mut self, uri: &Uri, version: i32, changes: Vec<TextDocumentContentChangeEvent>) -> Option<PathBuf> {
        let path = path_of(uri)?;
        let document = self.open.get_mut(&path)?;
        document.version = version;
        if let Some(last) = changes.into_iter().next_back() {
            document.text = last.text;
        }
        Some(path)
    }

    /// Forgets a buffer: from here on its file counts.
    pub fn close(&mut self, uri: &Uri) -> Option<PathBuf> {
        let path = path_of(uri)?;
        self.open.remove(&path).map(|_| path)
    }

    pub fn get(&self, path: &Path) -> Option<&Document> {
        self.open.get(path)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&PathBuf, &Document)> {
        self.open.iter()
    }

    /// The texts as they are now, for a look at the rules.
    pub fn unsaved(&self) -> Unsaved {
        self.open.iter().map(|(path, document)| (path.clone(), document.text.clone())).collect()
    }
}
