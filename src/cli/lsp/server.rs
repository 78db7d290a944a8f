//! The conversation: what the editor tells and asks, and when which pack is looked at.
//!
//! Nothing is looked at while somebody types: a pack is due a moment after the last change, and one look at a time runs
//! beside the conversation ([`worker`]). What it found is told only of buffers that have not changed since.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Sender, at, never, select};
use lsp_server::{Connection, Message, Notification, Request};
use lsp_types::notification::{
    DidChangeTextDocument, DidChangeWatchedFiles, DidCloseTextDocument, DidOpenTextDocument, DidSaveTextDocument,
    LogMessage, Notification as Told, PublishDiagnostics,
};
use lsp_types::{InitializeParams, MessageType, PublishDiagnosticsParams};
use serde_json::json;

use super::about::Hits;
use super::answer;
use super::client::{Client, Options, folder};
use super::counting::Corpus;
use super::documents::Documents;
use super::findings;
use super::keys::Schema;
use super::lines::Lines;
use super::packs::root_of;
use super::shelf::Shelf;
use super::uri::{path_of, uri_of};
use super::worker::{self, Job, Looked, Report};
use crate::cli::Status;
use crate::diagnostic::Diagnostic;
use crate::rules::Checked;

/// How long typing must rest before a look, unless the editor says otherwise.
const DEBOUNCE: Duration = Duration::from_millis(150);

/// A pack that has a file open.
#[derive(Debug, Default)]
pub(super) struct Pack {
    /// When to look at it.
    due: Option<Instant>,
    running: bool,
    /// What the last look saw.
    pub looked: Option<Looked>,
    /// What the last look saw that found no errors; before there was one, the packs below.
    pub good: Option<Arc<Checked>>,
    /// How often its rules fired in the editor's corpus, when that was last counted.
    pub hits: Option<Hits>,
    /// Files that findings were told of.
    told: BTreeSet<PathBuf>,
}

/// Everything that is known.
pub(super) struct Server<'c> {
    connection: &'c Connection,
    pub client: Client,
    pub documents: Documents,
    pub packs: BTreeMap<PathBuf, Pack>,
    pub shelf: Shelf,
    pub schema: Schema,
    debounce: Duration,
    jobs: Sender<Job>,
}

/// Talks until the editor says that it is enough. An end that the editor did not announce is no good end.
pub(super) fn serve(connection: &Connection) -> anyhow::Result<Status> {
    let (id, params) = connection.initialize_start()?;
    let params: InitializeParams = serde_json::from_value(params).unwrap_or_default();
    let about = json!({ "name": "attache", "version": env!("CARGO_PKG_VERSION") });
    connection.initialize_finish(id, json!({ "capabilities": answer::capabilities(), "serverInfo": about }))?;
    let options = Options::new(&params);
    let (jobs, results) = worker::start(Corpus::new(&options.corpus, folder(&params).as_deref()));
    let mut server = Server {
        connection,
        client: Client::new(&params.capabilities),
        documents: Documents::default(),
        packs: BTreeMap::new(),
        shelf: Shelf::default(),
        schema: Schema::default(),
        debounce: options.debounce.map_or(DEBOUNCE, Duration::from_millis),
        jobs,
    };
    server.watch();
    loop {
        let due = server.packs.values().filter(|pack| !pack.running).filter_map(|pack| pack.due).min();
        let timer = due.map_or_else(never, at);
        select! {
            recv(connection.receiver) -> message => match message {
                Err(_) => return Ok(Status::Findings),
                Ok(Message::Request(request)) => {
                    if connection.handle_shutdown(&request)? {
                        return Ok(Status::Done);
                    }
                    let response = answer::answer(&mut server, request);
                    server.send(Message::Response(response));
                }
                Ok(Message::Notification(told)) if told.method == "exit" => return Ok(Status::Findings),
                Ok(Message::Notification(told)) => server.hear(told),
                Ok(Message::Response(_)) => {}
            },
            recv(results) -> report => match report {
                Ok(Report::Looked(looked)) => server.take(looked),
                Ok(Report::Counted { root, hits, documents }) => server.count(&root, hits, documents),
                Err(_) => return Ok(Status::Findings),
            },
            recv(timer) -> _ => {}
        }
        server.look();
    }
}

impl Server<'_> {
    /// An editor that has gone is noticed where it is listened to.
    fn send(&self, message: Message) {
        let _ = self.connection.sender.send(message);
    }

    /// Asks to be told of files that change on disk.
    fn watch(&self) {
        if self.client.watches {
            let watchers = json!([{ "globPattern": "**/*.toml" }, { "globPattern": "**/*.csv" }]);
            let registration = json!({
                "id": "files", "method": DidChangeWatchedFiles::METHOD, "registerOptions": { "watchers": watchers },
            });
            let params = json!({ "registrations": [registration] });
            let method = "client/registerCapability".to_owned();
            self.send(Message::Request(Request::new("files".to_owned().into(), method, params)));
        }
    }

    fn hear(&mut self, told: Notification) {
        match told.method.as_str() {
            DidOpenTextDocument::METHOD => {
                if let Some(params) = read::<DidOpenTextDocument>(told)
                    && let Some(path) = self.documents.open(params.text_document)
                {
                    self.touch(&path, Duration::ZERO);
                }
            }
            DidChangeTextDocument::METHOD => {
                if let Some(params) = read::<DidChangeTextDocument>(told) {
                    let document = params.text_document;
                    if let Some(path) = self.documents.change(&document.uri, document.version, params.content_changes) {
                        self.touch(&path, self.debounce);
                    }
                }
            }
            DidCloseTextDocument::METHOD => {
                if let Some(params) = read::<DidCloseTextDocument>(told)
                    && let Some(path) = self.documents.close(&params.text_document.uri)
                {
                    self.forget(&path);
                    self.touch_readers(&path, self.debounce);
                }
            }
            DidSaveTextDocument::METHOD => {
                if let Some(params) = read::<DidSaveTextDocument>(told)
                    && let Some(path) = path_of(&params.text_document.uri)
                {
                    self.touch_readers(&path, self.debounce);
                }
            }
            DidChangeWatchedFiles::METHOD => {
                let changes = read::<DidChangeWatchedFiles>(told).map(|params| params.changes).unwrap_or_default();
                for path in changes.iter().filter_map(|change| path_of(&change.uri)) {
                    // A buffer stands for its file: what happens to the file says nothing new.
                    if self.documents.get(&path).is_none() {
                        self.touch_readers(&path, self.debounce);
                    }
                }
            }
            _ => {}
        }
    }

    /// The packs that a buffer bears on are due.
    fn touch(&mut self, path: &Path, rest: Duration) {
        let text = self.documents.get(path).map_or("", |document| document.text.as_str());
        if let Some(root) = root_of(path, text).filter(|_| !self.shelf.holds(path)) {
            self.packs.entry(root).or_default().due = Some(Instant::now() + rest);
        }
        self.touch_readers(path, rest);
    }

    /// Packs that read a file of another pack which they build on are due as well.
    fn touch_readers(&mut self, path: &Path, rest: Duration) {
        for (root, pack) in &mut self.packs {
            let written = pack.looked.iter().filter_map(|looked| looked.checked.as_deref()).map(|c| &c.written);
            let mut places = written.flat_map(|written| &written.packs).map(|files| Path::new(&files.place));
            if path.starts_with(root) || places.any(|place| place.is_absolute() && path.starts_with(place)) {
                pack.due = Some(Instant::now() + rest);
            }
        }
    }

    /// Packs that no buffer belongs to any more are no longer of interest.
    fn forget(&mut self, closed: &Path) {
        let held: BTreeSet<PathBuf> = self
            .documents
            .iter()
            .flat_map(|(path, document)| [Some(path.clone()), root_of(path, &document.text)])
            .flatten()
            .collect();
        let gone: Vec<PathBuf> = self.packs.keys().filter(|root| !held.contains(*root)).cloned().collect();
        for root in gone {
            let Some(pack) = self.packs.remove(&root) else { continue };
            pack.told.iter().for_each(|path| self.publish(path, Vec::new()));
        }
        if root_of(closed, "").is_none() {
            self.publish(closed, Vec::new());
        }
    }

    /// Starts a look at the packs that are due.
    fn look(&mut self) {
        let now = Instant::now();
        for (root, pack) in &mut self.packs {
            if pack.running || pack.due.is_none_or(|due| due > now) {
                continue;
            }
            let versions = self.documents.iter().map(|(path, document)| (path.clone(), document.version)).collect();
            let (unsaved, unknown) = (self.documents.unsaved(), pack.good.is_none());
            let job = Job { root: root.clone(), unsaved, versions, unknown };
            (pack.due, pack.running) = (None, self.jobs.send(job).is_ok());
        }
    }

    /// Tells what a look found, and that what was found before is gone.
    fn take(&mut self, mut looked: Looked) {
        let Some(mut pack) = self.packs.remove(&looked.root) else { return };
        pack.running = false;
        let Some(checked) = looked.checked.clone() else {
            self.packs.insert(looked.root, pack);
            return;
        };
        // Buffers without findings are told so, and so are files that had some.
        let buffers = looked.versions.keys().filter(|path| path.starts_with(&looked.root));
        let mut by_file: BTreeMap<PathBuf, Vec<&Diagnostic>> =
            buffers.chain(&pack.told).map(|path| (path.clone(), Vec::new())).collect();
        for finding in &checked.diagnostics {
            let path = PathBuf::from(finding.file_name());
            if path.is_absolute() {
                by_file.entry(path).or_default().push(finding);
            }
        }
        // Files of a pack that is looked at by itself are told of there.
        by_file.retain(|path, _| {
            self.root(path).is_none_or(|root| root == looked.root || !self.packs.contains_key(&root))
        });
        pack.told = by_file.iter().filter(|(_, found)| !found.is_empty()).map(|(path, _)| path.clone()).collect();
        for (path, found) in by_file {
            let version = self.documents.get(&path).map(|document| document.version);
            if version != looked.versions.get(&path).copied() {
                continue;
            }
            let shown = self.shown(&path, &found).into_iter().map(|(_, shown)| shown).collect();
            self.publish(&path, shown);
        }
        pack.good = Some(checked).filter(|checked| checked.rules.is_some()).or(looked.below.take()).or(pack.good);
        let root = looked.root.clone();
        pack.looked = Some(looked);
        self.packs.insert(root, pack);
    }

    /// Keeps how often the rules of a pack fired.
    fn count(&mut self, root: &Path, hits: Hits, documents: usize) {
        if let Some(pack) = self.packs.get_mut(root) {
            pack.hits = Some(hits);
        }
        let params = json!({ "type": MessageType::LOG, "message": format!("hits counted in {documents} documents") });
        self.send(Message::Notification(Notification::new(LogMessage::METHOD.to_owned(), params)));
    }

    /// The root of the pack that a file belongs to.
    pub fn root(&self, path: &Path) -> Option<PathBuf> {
        let text = self.documents.get(path).map_or("", |document| document.text.as_str());
        if self.packs.contains_key(path) {
            return Some(path.to_owned());
        }
        root_of(path, text)
    }

    /// Findings of one file as the editor shows them.
    pub fn shown<'d>(&mut self, path: &Path, found: &[&'d Diagnostic]) -> Vec<(&'d Diagnostic, lsp_types::Diagnostic)> {
        let open = self.documents.get(path).map(|document| document.uri.clone());
        let (Some(uri), Some(first)) = (open.or_else(|| uri_of(path)), found.first()) else { return Vec::new() };
        // All of them point into the same text.
        let lines = Lines::new(first.file.as_ref().map_or("", |file| file.text.as_str()));
        let show =
            |finding: &&'d Diagnostic| (*finding, findings::shown(finding, &uri, &lines, self.client, &mut self.shelf));
        found.iter().map(show).collect()
    }

    fn publish(&self, path: &Path, diagnostics: Vec<lsp_types::Diagnostic>) {
        let open = self.documents.get(path);
        let Some(uri) = open.map(|document| document.uri.clone()).or_else(|| uri_of(path)) else { return };
        let version = open.map(|document| document.version);
        let params = PublishDiagnosticsParams { uri, diagnostics, version };
        self.send(Message::Notification(Notification::new(PublishDiagnostics::METHOD.to_owned(), params)));
    }
}

/// What was told, as a notification of that kind; none where it cannot be read.
fn read<N: Told>(told: Notification) -> Option<N::Params> {
    told.extract(N::METHOD).ok()
}
