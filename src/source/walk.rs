//! Which files a folder holds: sorted, without hidden ones, without going round in circles.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Extensions of the documents that are picked up in folders.
const EXTENSIONS: [&str; 3] = ["txt", "md", "jsonl"];

/// A path as ids and messages show it.
pub(super) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}

/// Whether the file name ends in `.extension`, in any case.
pub(super) fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|found| found.eq_ignore_ascii_case(extension))
}

/// The documents under `folder`, sorted by path, and the folders and links that could not be read.
pub(super) fn documents(folder: &Path) -> (Vec<PathBuf>, Vec<(PathBuf, io::Error)>) {
    let mut walk = Walk::default();
    walk.enter(folder);
    walk.found.sort_by_key(|path| shown(path));
    walk.failed.sort_by_key(|(path, _)| shown(path));
    (walk.found, walk.failed)
}

#[derive(Default)]
struct Walk {
    found: Vec<PathBuf>,
    failed: Vec<(PathBuf, io::Error)>,
    /// The real paths of the folders that are open now: meeting one again is a loop.
    open: Vec<PathBuf>,
}

impl Walk {
    fn enter(&mut self, folder: &Path) {
        let entries = match fs::canonicalize(folder).and_then(|real| Ok((real, fs::read_dir(folder)?))) {
            Err(error) => return self.failed.push((folder.to_owned(), error)),
            Ok((real, _)) if self.open.contains(&real) => return,
            Ok((real, entries)) => {
                self.open.push(real);
                entries
            }
        };
        for entry in entries {
            match entry {
                Err(error) => self.failed.push((folder.to_owned(), error)),
                Ok(entry) if entry.file_name().to_string_lossy().starts_with('.') => {}
                Ok(entry) => self.visit(entry.path()),
            }
        }
        self.open.pop();
    }

    fn visit(&mut self, path: PathBuf) {
        let wanted = EXTENSIONS.iter().any(|extension| has_extension(&path, extension));
        match fs::metadata(&path) {
            Ok(meta) if meta.is_dir() => self.enter(&path),
            Ok(meta) if meta.is_file() && wanted => self.found.push(path),
            Err(error) if wanted => self.failed.push((path, error)),
            _ => {}
        }
    }
}
