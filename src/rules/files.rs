//! Where the files of a pack come from: the binary itself or a folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// SHA-256 of every embedded file, sorted by its path, pack included. The build script works them out.
static DIGESTS: &[(&str, [u8; 32])] = &include!(concat!(env!("OUT_DIR"), "/digests.rs"));

/// The files of one pack, by their path inside it.
#[derive(Debug, Clone, Default)]
pub struct PackFiles {
    /// What errors call the pack: its path, or `<embedded>/name`.
    pub place: String,
    /// File contents by path inside the pack, `/` separators.
    pub files: BTreeMap<String, FileBytes>,
}

/// Contents of a file, embedded or read.
#[derive(Debug, Clone)]
pub enum FileBytes {
    /// Part of the binary, with its SHA-256 where that is known.
    Static(&'static [u8], Option<&'static [u8; 32]>),
    /// Read from disk.
    Owned(Vec<u8>),
}

impl FileBytes {
    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        match self {
            FileBytes::Static(b, _) => b,
            FileBytes::Owned(b) => b,
        }
    }

    /// Their SHA-256.
    pub fn sha256(&self) -> [u8; 32] {
        match self {
            FileBytes::Static(_, Some(known)) => **known,
            FileBytes::Static(bytes, None) => Sha256::digest(bytes).into(),
            FileBytes::Owned(bytes) => Sha256::digest(bytes).into(),
        }
    }
}

impl PackFiles {
    /// The pack of that name that ships with the program.
    pub fn embedded(name: &str) -> Option<PackFiles> {
        let dir = EMBEDDED.get_dir(name)?;
        let mut files = BTreeMap::new();
        collect_embedded(dir, name, &mut files);
        Some(PackFiles { place: format!("rules/{name}"), files })
    }

    /// The name of the pack that ships with the program, if this is one with all of its files as they are.
    pub(super) fn built_in(&self) -> Option<&str> {
        let name = self.place.strip_prefix("rules/")?;
        let ships = |path: &str| {
            let path = format!("{name}/{path}");
            DIGESTS.binary_search_by_key(&path.as_str(), |d| d.0).ok().map(|at| &DIGESTS[at].1)
        };
        let unchanged = |(path, bytes): (&String, &FileBytes)| match bytes {
            FileBytes::Static(_, Some(digest)) => ships(path) == Some(*digest),
            FileBytes::Static(_, None) | FileBytes::Owned(_) => false,
        };
        self.files.iter().all(unchanged).then_some(name)
    }

    /// Whether the pack there is complete, or says itself what it builds on: a folder with `pack.toml`, or a built-in one.
    pub fn stands_alone(pack: &str) -> bool {
        let path = Path::new(pack);
        if path.exists() { path.join("pack.toml").is_file() } else { PackFiles::embedded(pack).is_some() }
    }

    /// Names of the packs that ship with the program.
    pub fn embedded_names() -> Vec<String> {
        let mut names: Vec<String> = EMBEDDED.dirs().filter_map(|d| d.path().to_str()).map(str::to_owned).collect();
        names.sort();
        names
    }

    /// The pack in a folder; or a single rule file as a pack of its own.
    ///
    /// # Errors
    /// The path and why it cannot be read.
    pub fn from_path(path: &Path) -> Result<PackFiles, (PathBuf, std::io::Error)> {
        let mut pack = PackFiles { place: path.display().to_string(), files: BTreeMap::new() };
        if path.is_file() {
            let name = path.file_name().map_or_else(|| "rules.toml".to_owned(), |n| n.to_string_lossy().into_owned());
            pack.place = path
                .parent()
                .map(|p| p.display().to_string())
                .filter(|p| !p.is_empty())
                .unwrap_or_else(|| ".".to_owned());
            pack.files.insert(name, FileBytes::Owned(fs::read(path).map_err(|e| (path.to_owned(), e))?));
            return Ok(pack);
        }
        read_folder(path, path, &mut pack.files)?;
        Ok(pack)
    }
}

impl PackFiles {
    /// The same with files as an editor holds them, by their paths, in place of those on disk.
    ///
    /// # Errors
    /// The path and why it cannot be read.
    pub fn from_path_with(
        path: &Path,
        unsaved: &BTreeMap<PathBuf, String>,
    ) -> Result<PackFiles, (PathBuf, std::io::Error)> {
        if let Some(text) = unsaved.get(path) {
            // A single file, which the disk may not even have.
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            let place = path.parent().map(|p| p.display().to_string()).unwrap_or_default();
            return Ok(PackFiles { place, files: [(name, FileBytes::Owned(text.clone().into_bytes()))].into() });
        }
        let mut pack = PackFiles::from_path(path)?;
        for (file, text) in unsaved {
            let Ok(inside) = file.strip_prefix(path) else { continue };
            let hidden = inside.iter().any(|part| part.to_string_lossy().starts_with('.'));
            if !hidden && is_read(inside) {
                let inside = inside.to_string_lossy().replace('\\', "/");
                pack.files.insert(inside, FileBytes::Owned(text.clone().into_bytes()));
            }
        }
        Ok(pack)
    }
}

/// Whether a file is one that packs are made of.
fn is_read(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "toml" || e == "csv" || e == "bin")
}

fn collect_embedded(dir: &'static Dir<'static>, root: &str, files: &mut BTreeMap<String, FileBytes>) {
    for file in dir.files() {
        if let Some(path) = file.path().to_str() {
            let path = path.replace('\\', "/");
            let digest = DIGESTS.binary_search_by_key(&path.as_str(), |d| d.0).ok().map(|at| &DIGESTS[at].1);
            let inside = path.strip_prefix(root).unwrap_or(&path).trim_start_matches('/').to_owned();
            files.insert(inside, FileBytes::Static(file.contents(), digest));
        }
    }
    for sub in dir.dirs() {
        collect_embedded(sub, root, files);
    }
}

fn read_folder(
    root: &Path,
    folder: &Path,
    files: &mut BTreeMap<String, FileBytes>,
) -> Result<(), (PathBuf, std::io::Error)> {
    let failed = |e| (folder.to_owned(), e);
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.')) {
            continue;
        }
        if path.is_dir() {
            read_folder(root, &path, files)?;
        } else if is_read(&path) {
            let inside = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            let bytes = fs::read(&path).map_err(|e| (path.clone(), e))?;
            files.insert(inside, FileBytes::Owned(bytes));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_files_have_their_digests() {
        for name in PackFiles::embedded_names() {
            for (path, bytes) in PackFiles::embedded(&name).unwrap_or_default().files {
                assert!(matches!(bytes, FileBytes::Static(_, Some(_))), "{name}/{path}");
                assert_eq!(bytes.sha256(), FileBytes::Owned(bytes.bytes().to_vec()).sha256(), "{name}/{path}");
            }
        }
    }
}
