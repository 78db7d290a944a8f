//! What the editor can do, as far as answers depend on it.

use lsp_types::{ClientCapabilities, InitializeParams};
use serde::Deserialize;

/// What the editor can do.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Client {
    /// Findings may point at further places.
    pub related: bool,
    /// Codes of findings may link to what they mean.
    pub described: bool,
    /// It can be asked to say which files change on disk.
    pub watches: bool,
}

/// Options that the editor's configuration may hand over.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Options {
    /// How long typing must rest before the rules are looked at, in milliseconds.
    pub debounce: Option<u64>,
}

impl Client {
    pub fn new(capabilities: &ClientCapabilities) -> Self {
        let text = capabilities.text_document.as_ref();
        let findings = text.and_then(|text| text.publish_diagnostics.as_ref());
        let files = capabilities.workspace.as_ref().and_then(|workspace| workspace.did_change_watched_files);
        Client {
            related: findings.and_then(|findings| findings.related_information) == Some(true),
            described: findings.and_then(|findings| findings.code_description_support) == Some(true),
            watches: files.and_then(|files| files.dynamic_registration) == Some(true),
        }
    }
}

impl Options {
    /// Options that cannot be read are as none.
    pub fn new(params: &InitializeParams) -> Self {
        let options = params.initialization_options.clone().unwrap_or_default();
        serde_json::from_value(options).unwrap_or_default()
    }
}
