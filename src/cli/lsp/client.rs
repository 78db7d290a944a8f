//! What the editor can do, as far as answers depend on it.

use std::path::PathBuf;

use lsp_types::{ClientCapabilities, InitializeParams};
use serde::Deserialize;

use super::uri::path_of;

/// What the editor can do.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Client {
    /// Findings may point at further places.
    pub related: bool,
    /// Codes of findings may link to what they mean.
    pub described: bool,
    /// What completion inserts may have a place to go on at.
    pub snippets: bool,
    /// It can be asked to say which files change on disk.
    pub watches: bool,
}

/// Options that the editor's configuration may hand over.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Options {
    /// Files and folders of documents in which hits of rules are counted.
    pub corpus: Vec<String>,
    /// How long typing must rest before the rules are looked at, in milliseconds.
    pub debounce: Option<u64>,
}

impl Client {
    pub fn new(capabilities: &ClientCapabilities) -> Self {
        let text = capabilities.text_document.as_ref();
        let findings = text.and_then(|text| text.publish_diagnostics.as_ref());
        let item = text.and_then(|text| text.completion.as_ref()).and_then(|c| c.completion_item.as_ref());
        let files = capabilities.workspace.as_ref().and_then(|workspace| workspace.did_change_watched_files);
        Client {
            related: findings.and_then(|findings| findings.related_information) == Some(true),
            described: findings.and_then(|findings| findings.code_description_support) == Some(true),
            snippets: item.and_then(|item| item.snippet_support) == Some(true),
            watches: files.and_then(|files| files.dynamic_registration) == Some(true),
        }
    }
}

impl Options {
    /// Options that cannot be read are as none.
    pub fn new(params: &InitializeParams) -> Self {
        let mut options = params.initialization_options.clone().unwrap_or_default();
        // One path is as good as a list of one.
        if let Some(corpus) = options.get_mut("corpus").filter(|corpus| corpus.is_string()) {
            *corpus = serde_json::Value::Array(vec![corpus.take()]);
        }
        serde_json::from_value(options).unwrap_or_default()
    }
}

/// The folder that the editor works in.
// Editors that know no workspace folders still name their root in the old way.
#[allow(deprecated)]
pub(super) fn folder(params: &InitializeParams) -> Option<PathBuf> {
    let first = params.workspace_folders.as_ref().and_then(|folders| folders.first()).map(|folder| &folder.uri);
    first.or(params.root_uri.as_ref()).and_then(path_of)
}
