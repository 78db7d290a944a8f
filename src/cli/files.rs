//! Files are written whole or not at all.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use tempfile::NamedTempFile;

/// Writes all files, or none, as [`write_outputs`].
pub(super) fn write_all(files: &[(PathBuf, Vec<u8>)]) -> anyhow::Result<()> {
    let outputs = files.iter().map(|(path, bytes)| Output {
        path: path.clone(),
        write: Box::new(|out: &mut dyn Write| Ok(out.write_all(bytes)?)),
    });
    write_outputs(&outputs.collect::<Vec<_>>())
}

/// What writes a file.
type WriteFile<'a> = Box<dyn Fn(&mut dyn Write) -> anyhow::Result<()> + 'a>;

/// One file to write: where, and what writes it.
pub(super) struct Output<'a> {
    pub path: PathBuf,
    pub write: WriteFile<'a>,
}

/// Writes all files, or none: each goes to a temporary file beside its place, and only when all of them are complete
/// are they moved there. Folders that are missing are made.
pub(super) fn write_outputs(files: &[Output<'_>]) -> anyhow::Result<()> {
    let mut complete: Vec<(&Path, NamedTempFile)> = Vec::new();
    for Output { path, write } in files {
        let folder = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        check_folder(folder)?;
        if path.is_dir() {
            bail!("cannot write {}: it is a folder", path.display());
        }
        fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
        let mut file = temporary(folder).with_context(|| format!("cannot write {}", path.display()))?;
        write(&mut file)?;
        file.flush().with_context(|| format!("cannot write {}", path.display()))?;
        complete.push((path, file));
    }
    for (path, file) in complete {
        file.persist(path).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// That an output folder can be a folder: neither it nor anything above it is a file.
pub(super) fn check_folder(folder: &Path) -> anyhow::Result<()> {
    for part in folder.ancestors().filter(|part| !part.as_os_str().is_empty()) {
        if part.exists() && !part.is_dir() {
            bail!("cannot write to the folder {}: {} is a file", folder.display(), part.display());
        }
    }
    Ok(())
}

/// A file that anyone may read who may read what else the user writes.
fn temporary(folder: &Path) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".attache-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}
