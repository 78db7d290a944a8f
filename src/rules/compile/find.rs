//! Finds packs: by path, or else by name among those that ship with the program, each after what it extends.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Compiled, compile, span_of};
use crate::diagnostic::{Diagnostic, SourceFile, nearest};
use crate::rules::files::PackFiles;
use crate::rules::read::Written;
use crate::source::Span;

/// Files as an editor holds them, by the paths that packs are found under: they stand in place of those on disk, or beside
/// them where they were never saved.
pub type Unsaved = BTreeMap<PathBuf, String>;

/// Finds packs by path, or else by name among those that ship with the program, and compiles them with all they extend.
pub fn load(packs: &[String]) -> Compiled {
    let (packs, errors) = gather(packs);
    compile(packs, errors)
}

/// Finds packs as [`load`] does, with all they extend, in reading order: to lay something over them before they are
/// compiled. What could not be found comes second.
pub fn gather(packs: &[String]) -> (Vec<PackFiles>, Vec<Diagnostic>) {
    let unsaved = Unsaved::new();
    let mut loader = Loader::new(&unsaved);
    for pack in packs {
        loader.add(pack, None);
    }
    (loader.order, loader.errors)
}

/// Finds packs, each after what it extends; says of each whether it is one of `packs`, and what could not be found.
/// Files of `unsaved` stand in place of those on disk.
pub(in crate::rules) fn find(
    base: &[String],
    packs: &[String],
    unsaved: &Unsaved,
) -> (Vec<PackFiles>, Vec<bool>, Vec<Diagnostic>) {
    let mut loader = Loader::new(unsaved);
    base.iter().for_each(|pack| loader.add(pack, None));
    let mut asked = vec![false; loader.order.len()];
    for pack in packs {
        // A pack comes last of those that are found for its sake.
        loader.add(pack, None);
        asked.resize(loader.order.len(), false);
        let place = Path::new(pack).display().to_string();
        let named = |files: &PackFiles| files.place == place || files.place == format!("rules/{pack}");
        if let Some(at) = loader.order.iter().rposition(named) {
            asked[at] = true;
        } else if let Some(last) = asked.last_mut() {
            *last = true;
        }
    }
    (loader.order, asked, loader.errors)
}

struct Loader<'u> {
    unsaved: &'u Unsaved,
    seen: Vec<String>,
    order: Vec<PackFiles>,
    errors: Vec<Diagnostic>,
}

impl<'u> Loader<'u> {
    fn new(unsaved: &'u Unsaved) -> Self {
        Loader { unsaved, seen: Vec::new(), order: Vec::new(), errors: Vec::new() }
    }

    fn is_pack(&self, folder: &Path) -> bool {
        let head = folder.join("pack.toml");
        head.exists() || self.unsaved.contains_key(&head)
    }

    fn add(&mut self, pack: &str, from: Option<(&Arc<SourceFile>, Span)>) {
        if self.seen.iter().any(|s| s == pack) {
            return;
        }
        self.seen.push(pack.to_owned());
        let path = Path::new(pack);
        let files = if path.exists() || self.unsaved.contains_key(path) {
            PackFiles::from_path_with(path, self.unsaved)
                .map_err(|(path, error)| format!("{}: {error}", path.display()))
        } else {
            PackFiles::embedded(pack).ok_or_else(|| {
                let known = PackFiles::embedded_names();
                let near = nearest(pack, known.iter().map(String::as_str))
                    .map_or_else(String::new, |n| format!("; did you mean `{n}`?"));
                format!("there is no rule pack `{pack}`: no such path, and none of that name ships with attache{near}")
            })
        };
        match files {
            Err(message) => {
                let mut error = Diagnostic::error("E008", message)
                    .help(format!("packs that ship with attache: {}", PackFiles::embedded_names().join(", ")));
                if let Some((file, span)) = from {
                    error = error.in_file(file.clone()).label(span, "named here");
                }
                self.errors.push(error);
            }
            Ok(files) => {
                // What a pack extends comes before it.
                let mut written = Written::default();
                let mut ignored = Vec::new();
                let only_head = PackFiles {
                    place: files.place.clone(),
                    files: files
                        .files
                        .iter()
                        .filter(|(p, _)| p.as_str() == "pack.toml")
                        .map(|(p, b)| (p.clone(), b.clone()))
                        .collect(),
                };
                written.read(only_head, &mut ignored);
                let extends: Vec<(String, Arc<SourceFile>, Span)> = written
                    .pack
                    .iter()
                    .flat_map(|p| p.value.extends.iter().map(|e| (e.get_ref().clone(), p.file.clone(), span_of(e))))
                    .collect();
                // A folder without pack.toml, or a single file, layers on what else is asked for.
                for (name, file, span) in &extends {
                    let beside = path.parent().map(|p| p.join(name)).filter(|p| path.exists() && self.is_pack(p));
                    let target = beside.map_or_else(|| name.clone(), |p| p.display().to_string());
                    self.add(&target, Some((file, *span)));
                }
                self.order.push(files);
            }
        }
    }
}
