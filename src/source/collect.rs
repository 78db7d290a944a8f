//! Paths become documents.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use super::decode::decode;
use super::walk::{self, shown};
use super::{MAX_BYTES, Origin, Problem, ProblemKind, Source, front_matter, jsonl};

/// How files are to be taken.
#[derive(Debug, Default, Copy, Clone, PartialEq, Eq)]
pub enum InputFormat {
    /// `.jsonl` files are JSON Lines, others text; standard input is JSON Lines when its first line is a JSON object.
    #[default]
    Auto,
    /// Everything is text.
    Text,
    /// Everything is JSON Lines.
    Jsonl,
}

/// Settings for [`collect`] and [`each`].
#[derive(Debug, Default, Copy, Clone, PartialEq, Eq)]
pub struct Options {
    /// How files are to be taken.
    pub format: InputFormat,
}

/// What [`each`] hands over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A document.
    Source(Source),
    /// A document that is not there, or a remark on the next one.
    Problem(Problem),
}

/// Read every document that `paths` name, in that order: files, folders (all `.txt`, `.md` and `.jsonl` files below,
/// sorted by path), and `-` for `stdin`. A file named outright is read whatever its extension. Nothing stops the rest.
///
/// ```
/// use attache::source::{Options, collect};
/// let mut stdin = "Lund met Okoro.".as_bytes();
/// let (sources, problems) = collect(&["-".into()], &mut stdin, Options::default());
/// assert_eq!(sources[0].id, "-");
/// assert!(problems.is_empty());
/// ```
pub fn collect(paths: &[PathBuf], stdin: &mut dyn Read, options: Options) -> (Vec<Source>, Vec<Problem>) {
    let (mut sources, mut problems) = (Vec::new(), Vec::new());
    each(paths, stdin, options, &mut |item| match item {
        Item::Source(source) => sources.push(source),
        Item::Problem(problem) => problems.push(problem),
    });
    (sources, problems)
}

/// Like [`collect`], but hands over each document as soon as it is read, so that a large feed never stands in memory.
pub fn each(paths: &[PathBuf], stdin: &mut dyn Read, options: Options, sink: &mut dyn FnMut(Item)) {
    let mut reader = Reader { options, sink, ids: BTreeMap::new(), files: BTreeSet::new() };
    for path in paths {
        reader.path(path, stdin);
    }
}

struct Reader<'a> {
    options: Options,
    sink: &'a mut dyn FnMut(Item),
    /// Every id so far and where it was given.
    ids: BTreeMap<String, Origin>,
    /// The real path of every file so far.
    files: BTreeSet<PathBuf>,
}

impl Reader<'_> {
    fn path(&mut self, path: &Path, stdin: &mut dyn Read) {
        if path.as_os_str() == "-" {
            return self.stdin(stdin);
        }
        match fs::metadata(path) {
            Err(error) => self.unreadable(path, &error),
            Ok(meta) if meta.is_dir() => self.folder(path),
            Ok(_) => self.file(path),
        }
    }

    fn folder(&mut self, path: &Path) {
        let (found, failed) = walk::documents(path);
        if found.is_empty() && failed.is_empty() {
            let problem = Problem::new(ProblemKind::NoDocuments, &shown(path), "the folder holds no document");
            let help =
                "documents in folders end in .txt, .md or .jsonl; a file with another ending can be named itself";
            return (self.sink)(Item::Problem(problem.help(help)));
        }
        for (path, error) in &failed {
            self.unreadable(path, error);
        }
        for path in &found {
            self.file(path);
        }
    }

    fn file(&mut self, path: &Path) {
        if let Ok(real) = fs::canonicalize(path)
            && !self.files.insert(real)
        {
            let mut problem = Problem::new(ProblemKind::Duplicate, &shown(path), "the file is named twice; read once");
            problem.severity = super::Severity::Warning;
            return (self.sink)(Item::Problem(problem));
        }
        match File::open(path) {
            Err(error) => self.unreadable(path, &error),
            Ok(mut file) => {
                let jsonl = match self.options.format {
                    InputFormat::Auto => walk::has_extension(path, "jsonl"),
                    format => format == InputFormat::Jsonl,
                };
                let markdown = walk::has_extension(path, "md");
                if let Err(error) = self.stream(&shown(path), &mut file, jsonl, markdown) {
                    self.unreadable(path, &error);
                }
            }
        }
    }

    fn stdin(&mut self, stdin: &mut dyn Read) {
        let mut input = BufReader::new(stdin);
        let jsonl = match self.options.format {
            InputFormat::Auto => match input.fill_buf() {
                Ok(start) => looks_like_records(start),
                Err(error) => return self.unreadable(Path::new("-"), &error),
            },
            format => format == InputFormat::Jsonl,
        };
        if let Err(error) = self.stream("-", &mut input, jsonl, false) {
            self.unreadable(Path::new("-"), &error);
        }
    }

    fn stream(&mut self, path: &str, input: &mut dyn Read, jsonl: bool, markdown: bool) -> io::Result<()> {
        if jsonl {
            return self.records(path, input);
        }
        let mut bytes = Vec::new();
        input.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
        self.text(path, bytes, markdown);
        Ok(())
    }

    fn records(&mut self, path: &str, input: &mut dyn Read) -> io::Result<()> {
        let mut input = BufReader::with_capacity(1 << 16, input);
        let (ids, sink) = (&mut self.ids, &mut *self.sink);
        let mut keep = |item| match item {
            Item::Source(source) => unique(ids, source, sink),
            problem => sink(problem),
        };
        let start = input.fill_buf()?;
        if start.starts_with(b"\xFF\xFE") || start.starts_with(b"\xFE\xFF") {
            // UTF-16 has no line ends that bytes could show: decode the whole first.
            let mut bytes = Vec::new();
            input.take(MAX_BYTES).read_to_end(&mut bytes)?;
            match decode(bytes) {
                Ok(decoded) => return jsonl::read(path, &mut Cursor::new(decoded.text), &mut keep),
                Err(why) => keep(Item::Problem(Problem::new(ProblemKind::Binary, path, why.to_string()))),
            }
            return Ok(());
        }
        jsonl::read(path, &mut input, &mut keep)
    }

    fn text(&mut self, path: &str, bytes: Vec<u8>, markdown: bool) {
        if bytes.len() as u64 > MAX_BYTES {
            let problem = Problem::new(ProblemKind::TooLarge, path, "the document is larger than 1 GiB");
            return (self.sink)(Item::Problem(
                problem.help("split it into documents, one a file or one a JSON Lines record"),
            ));
        }
        let decoded = match decode(bytes) {
            Ok(decoded) => decoded,
            Err(why) => return (self.sink)(Item::Problem(Problem::new(ProblemKind::Binary, path, why.to_string()))),
        };
        if decoded.text.trim().is_empty() {
            return (self.sink)(Item::Problem(Problem::new(
                ProblemKind::Empty,
                path,
                "the document is empty; skipped",
            )));
        }
        if let Some(repair) = decoded.repair {
            (self.sink)(Item::Problem(Problem::new(ProblemKind::Repaired, path, repair)));
        }
        let mut source = Source::new(path, decoded.text);
        source.origin.file = path.to_owned();
        if markdown && let Some(header) = front_matter(&source.text) {
            (source.title, source.date, source.url) = (header.title, header.date, header.url);
        }
        unique(&mut self.ids, source, self.sink);
    }

    fn unreadable(&mut self, path: &Path, error: &io::Error) {
        let message = match error.kind() {
            io::ErrorKind::NotFound => "no such file or folder".to_owned(),
            io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
            _ => format!("cannot be read: {error}"),
        };
        (self.sink)(Item::Problem(Problem::new(ProblemKind::Unreadable, &shown(path), message)));
    }
}

/// Hand `source` on unless its id was given before.
fn unique(ids: &mut BTreeMap<String, Origin>, source: Source, sink: &mut dyn FnMut(Item)) {
    match ids.get(&source.id) {
        None => {
            ids.insert(source.id.clone(), source.origin.clone());
            sink(Item::Source(source));
        }
        Some(first) => {
            let message = format!("the id `{}` was given before, at {first}; this document is skipped", source.id);
            let mut problem = Problem::new(ProblemKind::Duplicate, &source.origin.file, message);
            problem.line = source.origin.line;
            sink(Item::Problem(problem.help("give each document an id of its own")));
        }
    }
}

/// Whether standard input starts with a JSON object that could be a record.
fn looks_like_records(start: &[u8]) -> bool {
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
    start.strip_prefix(b"{").is_some_and(|rest| rest.trim_ascii_start().starts_with(b"\""))
}

#[cfg(test)]
mod tests;
