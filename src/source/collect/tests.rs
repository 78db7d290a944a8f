//! Reading from a folder made for each test.

use super::*;
use crate::source::Severity;

/// A folder with the given files; the folder goes when the value is dropped.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    dir
}

fn read(paths: &[PathBuf]) -> (Vec<Source>, Vec<Problem>) {
    collect(paths, &mut io::empty(), Options::default())
}

fn kinds(problems: &[Problem]) -> Vec<ProblemKind> {
    problems.iter().map(|problem| problem.kind).collect()
}

#[test]
fn a_folder_is_read_in_order_without_what_is_hidden() {
    let dir = folder(&[
        ("b.txt", b"two"),
        ("a/z.MD", b"---\ntitle: One\n---\nbody"),
        ("a/.secret.txt", b"no"),
        (".git/x.txt", b"no"),
        ("c.html", b"no"),
    ]);
    let (sources, problems) = read(&[dir.path().to_owned()]);
    let root = shown(dir.path());
    assert_eq!(
        sources.iter().map(|s| s.id.clone()).collect::<Vec<_>>(),
        [format!("{root}/a/z.MD"), format!("{root}/b.txt")]
    );
    assert_eq!(sources[0].title.as_deref(), Some("One"));
    assert!(sources[0].text.starts_with("---"));
    assert!(problems.is_empty());
}

#[test]
fn every_bad_file_is_named_and_the_rest_is_read() {
    let dir = folder(&[
        ("empty.txt", b" \n\t"),
        ("image.txt", b"\x89PNG\0\0"),
        ("legacy.txt", b"S\xE3o Paulo e Bras\xEDlia"),
        ("page.html", b"Plain words."),
        ("void/readme", b""),
        ("crlf.txt", b"a\r\nb\r\n"),
    ]);
    let at = |name: &str| dir.path().join(name);
    let paths =
        ["missing.txt", "empty.txt", "image.txt", "legacy.txt", "void", "page.html", "crlf.txt", "crlf.txt"].map(at);
    let (sources, problems) = read(&paths);
    use ProblemKind::*;
    assert_eq!(kinds(&problems), [Unreadable, Empty, Binary, Repaired, NoDocuments, Duplicate]);
    assert_eq!(problems[3].severity, Severity::Note);
    assert_eq!(problems[3].message, "not UTF-8, read as windows-1252");
    let texts: Vec<_> = sources.iter().map(|source| source.text.as_str()).collect();
    assert_eq!(texts, ["São Paulo e Brasília", "Plain words.", "a\r\nb\r\n"]);
}

#[cfg(unix)]
#[test]
fn links_that_go_round_in_circles_end() {
    let dir = folder(&[("a/one.txt", b"x")]);
    std::os::unix::fs::symlink(dir.path(), dir.path().join("a/up")).unwrap();
    std::os::unix::fs::symlink("nowhere.txt", dir.path().join("a/gone.txt")).unwrap();
    let (sources, problems) = read(&[dir.path().to_owned()]);
    assert_eq!(sources.len(), 1);
    assert_eq!(kinds(&problems), [ProblemKind::Unreadable]);
}

#[test]
fn records_are_checked_one_by_one() {
    let feed = concat!(
        "{\"id\": \"a\", \"title\": \"T\", \"date\": \"2024\", \"url\": null, \"text\": \"one\", \"more\": [1]}\n",
        "\n",
        "{\"text\": \"two\"}\r\n",
        "{\"id\": \"ä\", \"text\" \"broken\"}\n",
        "{\"id\": \"a\", \"text\": \"again\"}\n",
        "{\"id\": 7, \"text\": 5}\n",
        "{\"id\": 7}\n",
        "[1]\n",
        "{\"id\": 7, \"text\": \"\\n\"}\n",
        "{\"id\": 7, \"text\": \"seven\"}",
    );
    let dir = folder(&[("feed.jsonl", feed.as_bytes())]);
    let (sources, problems) = read(&[dir.path().join("feed.jsonl")]);
    let ids: Vec<_> = sources.iter().map(|source| source.id.rsplit('/').next().unwrap().to_owned()).collect();
    assert_eq!(ids, ["a", "feed.jsonl:3", "7"]);
    use ProblemKind::*;
    assert_eq!(kinds(&problems), [Record, Duplicate, Record, Record, Record, Empty]);
    assert_eq!((problems[0].line, problems[0].column), (Some(4), Some(20)));
    assert_eq!(problems[0].message, "expected `:`");
    assert!(problems[1].message.contains("feed.jsonl:1"), "{}", problems[1].message);
    assert_eq!(problems[2].message, "`text` must be a string, found a number");
    assert_eq!(problems[3].message, "the record has no `text`");
    assert_eq!(problems[4].line, Some(8));
}

#[test]
fn standard_input_is_text_or_records() {
    let stdin = |bytes: &[u8]| collect(&["-".into()], &mut &*bytes, Options::default()).0;
    assert_eq!(stdin(b"{braces} in prose")[0].text, "{braces} in prose");
    assert_eq!(stdin(b"{\"text\": \"x\"}\n{\"text\": \"y\"}").len(), 2);
    assert_eq!(stdin(b"x")[0].id, "-");
}

#[test]
fn utf16_records() {
    let bytes: Vec<u8> = "\u{FEFF}{\"text\": \"é\"}\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let dir = folder(&[("feed.jsonl", &bytes)]);
    assert_eq!(read(&[dir.path().join("feed.jsonl")]).0[0].text, "é");
}
