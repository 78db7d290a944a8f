//! What is known around a file when something is asked of it: the files of its pack as they are now, with all names in them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_types::Uri;

use super::names::{Names, RuleFile};
use super::server::Server;
use super::uri::uri_of;
use crate::diagnostic::SourceFile;
use crate::rules::{Checked, PackFiles};

/// The names of everything around a file.
pub(super) struct View {
    pub names: Names,
    /// Which of its files was asked about.
    pub file: usize,
}

/// Files of a language that are no rule files.
const OTHER: &[&str] = &["segmentation.toml", "inflection.toml"];

impl View {
    /// The pack of a file and those below it; with `wide`, those of other open packs that build on the same file as well.
    pub fn new(server: &Server<'_>, path: &Path, wide: bool) -> Option<View> {
        let text = &server.documents.get(path)?.text;
        let own = checked(server, path);
        let others = server.packs.values().filter(|_| wide).filter_map(|pack| pack.looked.as_ref()?.checked.as_deref());
        let others = others.filter(|other| own.is_none_or(|own| !std::ptr::eq(own, *other)) && reads(other, path));
        let mut files: Vec<RuleFile> = Vec::new();
        for pack in own.into_iter().chain(others).flat_map(|checked| &checked.written.packs) {
            add(server, pack, &mut files);
        }
        let here = |file: &RuleFile| file.path.as_deref() == Some(path);
        if !files.iter().any(here) {
            let source = Arc::new(SourceFile::new(path.display().to_string(), text.clone()));
            files.push(RuleFile { path: Some(path.to_owned()), source });
        }
        let file = files.iter().position(here)?;
        Some(View { names: Names::read(files), file })
    }
}

/// What the last look at the pack of a file saw.
pub(super) fn checked<'s>(server: &'s Server<'_>, path: &Path) -> Option<&'s Checked> {
    server.packs.get(&server.root(path)?)?.looked.as_ref()?.checked.as_deref()
}

/// The same, or where that had errors, the last that had none: how words inflect is known all the same.
pub(super) fn working<'s>(server: &'s Server<'_>, path: &Path) -> Option<&'s Checked> {
    let now = checked(server, path);
    let good = server.packs.get(&server.root(path)?)?.good.as_deref();
    now.filter(|now| now.rules.is_some()).or(good).or(now)
}

/// Whether a pack that was looked at reads a file.
fn reads(checked: &Checked, path: &Path) -> bool {
    checked.written.packs.iter().any(|pack| {
        let place = Path::new(&pack.place);
        place.is_absolute()
            && path
                .strip_prefix(place)
                .is_ok_and(|inside| pack.files.contains_key(&inside.to_string_lossy().replace('\\', "/")))
    })
}

fn add(server: &Server<'_>, pack: &PackFiles, files: &mut Vec<RuleFile>) {
    for (inside, bytes) in pack.files.iter().filter(|(inside, _)| inside.ends_with(".toml")) {
        let name = format!("{}/{inside}", pack.place);
        let other = OTHER.iter().any(|other| inside.ends_with(other));
        if other || files.iter().any(|known| known.source.name == name) {
            continue;
        }
        let path = Some(PathBuf::from(&name)).filter(|path| path.is_absolute());
        let buffer = path.as_deref().and_then(|path| server.documents.get(path)).map(|document| document.text.clone());
        let text = buffer.unwrap_or_else(|| String::from_utf8_lossy(bytes.bytes()).into_owned());
        files.push(RuleFile { path, source: Arc::new(SourceFile::new(name, text)) });
    }
}

/// Where a file can be opened: a file of a built-in pack as a copy of it.
pub(super) fn address(server: &mut Server<'_>, file: &RuleFile) -> Option<Uri> {
    match &file.path {
        Some(path) => match server.documents.get(path) {
            Some(document) => Some(document.uri.clone()),
            None => uri_of(path),
        },
        None => uri_of(&server.shelf.put(&file.source.name, file.source.text.as_bytes())?),
    }
}
