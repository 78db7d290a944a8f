//! Where a graph goes that a command writes in some format: to files, or to standard output.

use std::path::{Path, PathBuf};

use anyhow::bail;

use super::files::Output;
use super::{Console, files, formats};
use crate::export::{DrawOptions, Engine, ExportError, Format, write, write_file};
use crate::graph::KnowledgeGraph;

/// How a graph is written.
pub(super) struct How<'a> {
    pub format: Format,
    pub engine: Engine,
    pub options: &'a DrawOptions,
}

/// The format that was asked for, or that the name of the output says.
pub(super) fn format(asked: Option<Format>, output: Option<&Path>) -> anyhow::Result<Option<Format>> {
    match (asked, output) {
        (Some(format), _) => Ok(Some(format)),
        (None, Some(path)) => match Format::from_path(path) {
            Some(format) => Ok(Some(format)),
            None => {
                let known = formats::names().join(", ");
                bail!("{}: its ending names no format; say one with --format; known formats: {known}", path.display())
            }
        },
        (None, None) => Ok(None),
    }
}

/// That standard output can take the format, where it would have to: to be asked before the work is done.
pub(super) fn check(format: Format, output: Option<&Path>) -> anyhow::Result<()> {
    if output.is_none() {
        format.only_ending()?;
    }
    Ok(())
}

/// Writes a graph to where `-o` says: a file, or a folder. A format of several files is named by what they begin with
/// (`out/may.csv`) or by a folder, too. Without `-o` it goes to standard output.
pub(super) fn to(
    graph: &KnowledgeGraph,
    how: &How<'_>,
    output: Option<&Path>,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    match output {
        None => Ok(write(graph, how.format, how.engine, how.options, console.out())?),
        Some(path) => {
            let ready = match stem(path, how.format) {
                Some(stem) => outputs(graph, how, &stem),
                None => vec![one(graph, how, path.to_owned())],
            };
            files::write_outputs(&ready)
        }
    }
}

/// The files of a format, each with what writes it; their paths begin with `stem`.
pub(super) fn outputs<'a>(graph: &'a KnowledgeGraph, how: &How<'a>, stem: &Path) -> Vec<Output<'a>> {
    let How { format, engine, options } = *how;
    let name = stem.file_name().map_or_else(|| "graph".into(), |name| name.to_string_lossy().into_owned());
    let file = |&ending: &&'static str| {
        let name = name.clone();
        let path = stem.with_file_name(format!("{name}.{ending}"));
        let shown = path.display().to_string();
        let write = move |out: &mut dyn std::io::Write| -> anyhow::Result<()> {
            write_file(graph, format, ending, &name, engine, options, out).map_err(|error| place(error, &shown))
        };
        Output { path, write: Box::new(write) }
    };
    format.endings().iter().map(file).collect()
}

fn one<'a>(graph: &'a KnowledgeGraph, how: &How<'a>, path: PathBuf) -> Output<'a> {
    let How { format, engine, options } = *how;
    let shown = path.display().to_string();
    let write = move |out: &mut dyn std::io::Write| -> anyhow::Result<()> {
        write(graph, format, engine, options, out).map_err(|error| place(error, &shown))
    };
    Output { path, write: Box::new(write) }
}

/// An error of writing says where; what else went wrong has nothing to do with the file.
fn place(error: ExportError, shown: &str) -> anyhow::Error {
    if error.is_io() { anyhow::Error::new(error).context(format!("cannot write {shown}")) } else { error.into() }
}

/// What the files begin with, where the path does not name the one file there is: a folder, or the common beginning.
fn stem(path: &Path, format: Format) -> Option<PathBuf> {
    let is_folder = path.is_dir() || path.to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR]);
    if is_folder {
        return Some(path.join("graph"));
    }
    let [_, _, ..] = format.endings() else { return None };
    let name = path.file_name()?.to_string_lossy().into_owned();
    let bare = format.endings().iter().find_map(|ending| name.strip_suffix(&format!(".{ending}")));
    match bare.or_else(|| name.rsplit_once('.').filter(|(_, last)| *last == "csv").map(|(bare, _)| bare)) {
        Some(bare) => Some(path.with_file_name(bare)),
        None => Some(path.join("graph")),
    }
}
