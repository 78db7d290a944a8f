//! What the editor asks, and who answers.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_server::{ErrorCode, Request, Response};
use lsp_types::request::{
    CodeActionRequest, Completion, DocumentSymbolRequest, Formatting, GotoDefinition, HoverRequest,
    PrepareRenameRequest, References, Rename, Request as Asked,
};
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionParams, CodeActionProviderCapability, CodeActionResponse,
    CompletionOptions, CompletionResponse, DocumentSymbolResponse, GotoDefinitionResponse, HoverProviderCapability,
    Location, OneOf, Position, PrepareRenameResponse, RenameOptions, ServerCapabilities, TextDocumentPositionParams,
    TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions, TextDocumentSyncSaveOptions, Uri,
    WorkspaceEdit,
};

use super::hover::hover;
use super::lines::Lines;
use super::server::Server;
use super::uri::path_of;
use super::view::{View, address, checked, working};
use super::{actions, helping, layout, packs, places, symbols};
use crate::diagnostic::Diagnostic;
use crate::rules::{Checked, check_unsaved};

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
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(["[", "{", "@", ":", "/", "\"", "=", ".", " "].map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: Default::default(),
        })),
        document_symbol_provider: Some(OneOf::Left(true)),
        document_formatting_provider: Some(OneOf::Left(true)),
        ..ServerCapabilities::default()
    }
}

/// Answers a request.
pub(super) fn answer(server: &mut Server<'_>, request: Request) -> Response {
    match request.method.as_str() {
        CodeActionRequest::METHOD => reply::<CodeActionRequest>(request, |asked| Ok(mending(server, &asked))),
        Completion::METHOD => reply::<Completion>(request, |asked| {
            let place = asked.text_document_position;
            let path = path_of(&place.text_document.uri);
            Ok(path.and_then(|path| helping::help(server, &path, place.position)).map(CompletionResponse::Array))
        }),
        HoverRequest::METHOD => reply::<HoverRequest>(request, |asked| {
            Ok(Place::of(server, &asked.text_document_position_params, false).and_then(|place| {
                let hits = server.root(&place.path).and_then(|root| server.packs.get(&root)?.hits.as_ref());
                let (names, checked) = (&place.view.names, working(server, &place.path));
                hover(&server.schema, names, place.view.file, place.byte, checked, hits)
            }))
        }),
        GotoDefinition::METHOD => reply::<GotoDefinition>(request, |asked| {
            let found = found(server, &asked.text_document_position_params, false);
            Ok(found.map(GotoDefinitionResponse::Array))
        }),
        References::METHOD => {
            reply::<References>(request, |asked| Ok(found(server, &asked.text_document_position, true)))
        }
        PrepareRenameRequest::METHOD => reply::<PrepareRenameRequest>(request, |asked| {
            let Some(place) = Place::of(server, &asked, true) else { return Ok(None) };
            let names = &place.view.names;
            let name = places::renameable(names, place.view.file, place.byte)?;
            let lines = Lines::new(&names.files[place.view.file].source.text);
            Ok(Some(PrepareRenameResponse::Range(lines.range(name.span))))
        }),
        Rename::METHOD => {
            reply::<Rename>(request, |asked| renamed(server, &asked.text_document_position, &asked.new_name))
        }
        DocumentSymbolRequest::METHOD => reply::<DocumentSymbolRequest>(request, |asked| {
            let path = path_of(&asked.text_document.uri);
            let document = path.and_then(|path| server.documents.get(&path));
            Ok(document.map(|document| DocumentSymbolResponse::Nested(symbols::symbols(&document.text))))
        }),
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

/// A place that is asked about, with what is known around it.
struct Place {
    path: PathBuf,
    view: View,
    byte: u32,
}

impl Place {
    /// None for files that are no rules.
    fn of(server: &Server<'_>, asked: &TextDocumentPositionParams, wide: bool) -> Option<Place> {
        let path = path_of(&asked.text_document.uri)?;
        server.root(&path)?;
        let byte = byte(server, &path, asked.position)?;
        Some(Place { view: View::new(server, &path, wide)?, path, byte })
    }
}

fn byte(server: &Server<'_>, path: &Path, position: Position) -> Option<u32> {
    Some(Lines::new(&server.documents.get(path)?.text).byte(position))
}

/// Where every file of a view can be opened.
fn addresses(server: &mut Server<'_>, view: &View, wanted: impl Fn(usize) -> bool) -> Vec<Option<Uri>> {
    let files = view.names.files.iter().enumerate();
    files.map(|(number, file)| if wanted(number) { address(server, file) } else { None }).collect()
}

/// Definitions, or every place, of what is named at a place.
fn found(server: &mut Server<'_>, asked: &TextDocumentPositionParams, uses: bool) -> Option<Vec<Location>> {
    let Place { view, byte, .. } = Place::of(server, asked, uses)?;
    let named = view.names.at(view.file, byte)?;
    let files: Vec<usize> =
        view.names.of(named.kind, &named.name).filter(|n| uses || n.defines).map(|n| n.file).collect();
    let addresses = addresses(server, &view, |file| files.contains(&file));
    places::places(&view.names, view.file, byte, uses, &|file| addresses.get(file).cloned().flatten())
}

/// The changes that give what is named at a place another name.
fn renamed(
    server: &mut Server<'_>,
    asked: &TextDocumentPositionParams,
    new: &str,
) -> Result<Option<WorkspaceEdit>, String> {
    let Some(Place { view, byte, path }) = Place::of(server, asked, true) else { return Ok(None) };
    let own: Vec<bool> = view.names.files.iter().map(|file| file.path.is_some()).collect();
    let addresses = addresses(server, &view, |file| own[file]);
    let tables = checked(server, &path).map(places::typed_tables).unwrap_or_default();
    let edit =
        places::rename(&view.names, view.file, byte, new, &tables, &|file| addresses.get(file).cloned().flatten())?;
    Ok(Some(edit))
}

/// Changes that mend what was found in a buffer as it stands.
/// The pack as it is at this moment, without what takes long.
fn look_now(server: &Server<'_>, root: &Path) -> Option<Arc<Checked>> {
    let (base, packs) = packs::asked(root);
    let unsaved = server.documents.unsaved();
    catch_unwind(AssertUnwindSafe(|| Arc::new(check_unsaved(&base, &packs, &unsaved)))).ok()
}

fn mending(server: &mut Server<'_>, asked: &CodeActionParams) -> Option<CodeActionResponse> {
    let uri = &asked.text_document.uri;
    let path = path_of(uri)?;
    let text = server.documents.get(&path)?.text.clone();
    let root = server.root(&path)?;
    let looked = server.packs.get(&root)?.looked.as_ref();
    let seen =
        looked.is_some_and(|looked| looked.versions.get(&path) == server.documents.get(&path).map(|d| &d.version));
    // Whoever mends on saving does not wait for the look that follows the last change.
    let saving =
        asked.context.only.as_deref().is_some_and(|only| only.iter().all(|kind| kind.as_str().starts_with("source")));
    let checked = match looked.and_then(|looked| looked.checked.clone()) {
        Some(checked) if seen || !saving => checked,
        _ if saving => look_now(server, &root)?,
        _ => return None,
    };
    let own = |finding: &&Diagnostic| {
        finding.file.as_ref().is_some_and(|file| Path::new(&file.name) == path && file.text == text)
    };
    let found: Vec<&Diagnostic> = checked.diagnostics.iter().filter(own).collect();
    let shown = server.shown(&path, &found);
    Some(actions::offered(&shown, uri, &text, asked.range, asked.context.only.as_deref()))
}
