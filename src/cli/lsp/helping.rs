//! Completion with what the pack of a file knows: its names, its tables of names and their columns, its neighbours.

use std::path::Path;

use lsp_types::CompletionItem;

use super::about::doc;
use super::completion::{Known, complete};
use super::lines::Lines;
use super::server::Server;
use super::view::{View, checked};
use crate::rules::{FileBytes, PackFiles};

/// Completions at a place of a buffer.
pub(super) fn help(server: &Server<'_>, path: &Path, position: lsp_types::Position) -> Option<Vec<CompletionItem>> {
    let text = &server.documents.get(path)?.text;
    let root = server.root(path)?;
    let view = View::new(server, path, false)?;
    let checked = checked(server, path);
    let own = checked.and_then(|checked| {
        checked.written.packs.iter().find(|pack| path.starts_with(&pack.place) && !pack.place.is_empty())
    });
    let tables: Vec<String> =
        own.iter().flat_map(|pack| pack.files.keys()).filter(|f| f.ends_with(".csv")).cloned().collect();
    let known = Known {
        schema: &server.schema,
        names: &view.names,
        doc: &|kind, name| doc(kind, name, checked?),
        tables: &tables,
        columns: &|file| own.and_then(|pack| pack.files.get(file)).map(columns).unwrap_or_default(),
        packs: &neighbours(&root),
        snippets: server.client.snippets,
    };
    Some(complete(text, Lines::new(text).byte(position), &known))
}

/// The columns of a CSV file.
fn columns(bytes: &FileBytes) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).flexible(true).from_reader(bytes.bytes());
    reader.headers().map(|headers| headers.iter().map(str::to_owned).collect()).unwrap_or_default()
}

/// Packs that can be built upon: those built in and those beside.
fn neighbours(root: &Path) -> Vec<String> {
    let mut packs = PackFiles::embedded_names();
    let beside = root.parent().and_then(|folder| std::fs::read_dir(folder).ok());
    for entry in beside.into_iter().flatten().filter_map(Result::ok) {
        if entry.path() != root && entry.path().join("pack.toml").is_file() {
            packs.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    packs.sort();
    packs.dedup();
    packs
}
