//! What the editor asks, and who answers.

use lsp_server::{ErrorCode, Request, Response};
use lsp_types::request::{CodeActionRequest, Formatting, Request as Asked};
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionParams, CodeActionProviderCapability, CodeActionResponse, OneOf,
    ServerCapabilities, TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions,
    TextDocumentSyncSaveOptions,
};

use super::server::Server;
use super::uri::path_of;
use super::{actions, layout};
use crate::diagnostic::Diagnostic;

/// What can be asked.
pub(super) fn capabilities() -> ServerCapabilities {
    ServerCapabilities {
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::FULL),
            save: Some(TextDocumentSyncSaveOptions::Supported(true)),
            ..TextDocumentSyncOptions::default()
        })),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, CodeActionKind::SOURCE_FIX_ALL]),
            ..CodeActionOptions::default()
        })),
        document_formatting_provider: Some(OneOf::Left(true)),
        ..ServerCapabilities::default()
    }
}

/// Answers a request.
pub(super) fn answer(server: &mut Server<'_>, request: Request) -> Response {
    match request.method.as_str() {
        CodeActionRequest::METHOD => reply::<CodeActionRequest>(request, |asked| Ok(mending(server, &asked))),
        Formatting::METHOD => reply::<Formatting>(request, |asked| {
            let path = path_of(&asked.text_document.uri);
            let document = path.and_then(|path| server.documents.get(&path));
            Ok(document.and_then(|document| layout::edits(&document.text)))
        }),
        other => {
            let message = format!("no answer to {other}");
            Response::new_err(request.id, ErrorCode::MethodNotFound as i32, message)
        }
    }
}

/// Reads what is asked, and writes what is answered; an `Err` is a refusal for the user to read.
fn reply<R: Asked>(request: Request, run: impl FnOnce(R::Params) -> Result<R::Result, String>) -> Response {
    let id = request.id.clone();
    match serde_json::from_value(request.params) {
        Ok(asked) => match run(asked) {
            Ok(answer) => Response::new_ok(id, answer),
            Err(refusal) => Response::new_err(id, ErrorCode::RequestFailed as i32, refusal),
        },
        Err(error) => Response::new_err(id, ErrorCode::InvalidParams as i32, error.to_string()),
    }
}

/// Changes that mend what was found in a buffer as it stands.
fn mending(server: &mut Server<'_>, asked: &CodeActionParams) -> Option<CodeActionResponse> {
    let uri = &asked.text_document.uri;
    let path = path_of(uri)?;
    let text = server.documents.get(&path)?.text.clone();
    let root = server.root(&path)?;
    // Taken out for the while, so that the rest of the server can be asked meanwhile.
    let looked = server.packs.get_mut(&root)?.looked.take()?;
    let findings = looked.checked.iter().flat_map(|checked| &checked.diagnostics);
    let own = |finding: &&Diagnostic| {
        let file = finding.file.as_ref();
        file.is_some_and(|file| std::path::Path::new(&file.name) == path && file.text == text)
    };
    let found: Vec<&Diagnostic> = findings.filter(own).collect();
    let shown = server.shown(&path, &found);
    let offered = actions::offered(&shown, uri, &text, asked.range, asked.context.only.as_deref());
    if let Some(pack) = server.packs.get_mut(&root) {
        pack.looked = Some(looked);
    }
    Some(offered)
}
