//! The command line as a user meets it: every `tests/cli/NAME.toml` is a command with its files, `NAME.out` what comes
//! of it: exit status, standard output, standard error and the files that are there afterwards.
//!
//! To add a case, add a `.toml` and run `BLESS=1 cargo test --test cli`; then read what was written.
//!
//! ```toml
//! doc = "What is shown."
//! command = ["extract", "a.txt"]
//! stdin = "…"
//! folders = ["empty"]
//! [files]
//! "a.txt" = "…"
//! [bytes]
//! "b.txt" = [0, 255]
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use rayon::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    doc: String,
    command: Vec<String>,
    stdin: Option<String>,
    #[serde(default)]
    folders: Vec<String>,
    #[serde(default)]
    files: BTreeMap<String, String>,
    #[serde(default)]
    bytes: BTreeMap<String, Vec<u8>>,
}

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli")
}

fn attache(folder: &Path, arguments: &[impl AsRef<std::ffi::OsStr>], stdin: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_attache"))
        .current_dir(folder)
        .args(arguments)
        .env_remove("NO_COLOR")
        .env("COLUMNS", "100")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that does not read its input may be gone before it is written.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    child.wait_with_output().unwrap()
}

fn files_below(folder: &Path) -> BTreeSet<String> {
    let (mut folders, mut found) = (vec![folder.to_owned()], BTreeSet::new());
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found
}

fn run(case: &Case) -> String {
    let folder = tempfile::tempdir().unwrap();
    for name in &case.folders {
        fs::create_dir_all(folder.path().join(name)).unwrap();
    }
    let texts = case.files.iter().map(|(name, text)| (name, text.as_bytes()));
    for (name, bytes) in texts.chain(case.bytes.iter().map(|(name, bytes)| (name, bytes.as_slice()))) {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let before = files_below(folder.path());
    let output = attache(folder.path(), &case.command, case.stdin.as_deref().unwrap_or_default());
    let mut shown = format!("exit status {}\n", output.status.code().map_or(-1, |code| code));
    for (name, bytes) in [("standard output", &output.stdout), ("standard error", &output.stderr)] {
        if !bytes.is_empty() {
            write!(shown, "--- {name}\n{}", String::from_utf8_lossy(bytes)).unwrap();
        }
    }
    for name in files_below(folder.path()).difference(&before) {
        writeln!(shown, "--- wrote {name}").unwrap();
    }
    shown
}

#[test]
fn every_command_answers_as_written() {
    let mut paths: Vec<PathBuf> = fs::read_dir(cases()).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let bless = std::env::var_os("BLESS").is_some();
    for path in &paths {
        let name = path.display();
        match path.extension().and_then(|e| e.to_str()) {
            Some("toml") => {}
            Some("out") => assert!(path.with_extension("toml").exists(), "{name} belongs to no case"),
            _ => panic!("{name} is neither a case nor what comes of one"),
        }
    }
    paths.retain(|path| path.extension().is_some_and(|e| e == "toml"));
    let count = paths.len();
    let check = |path: &PathBuf| -> Option<String> {
        let (name, out) = (path.display(), path.with_extension("out"));
        let case: Case = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap_or_else(|e| panic!("{name}: {e}"));
        let (shown, expected) = (run(&case), fs::read_to_string(&out).unwrap_or_default());
        if bless {
            fs::write(&out, &shown).unwrap();
            return None;
        }
        (expected != shown)
            .then(|| format!("=== {name}: {}\n--- expected ---\n{expected}--- came ---\n{shown}", case.doc))
    };
    let wrong: Vec<String> = paths.par_iter().filter_map(check).collect();
    assert!(count >= 15, "only {count} cases were found");
    assert!(wrong.is_empty(), "{} of {count} cases:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn one_endless_line_is_read() {
    // As large as the slow build of tests bears.
    let size = if cfg!(debug_assertions) { 128 << 10 } else { 50 << 20 };
    let folder = tempfile::tempdir().unwrap();
    let mut line = String::with_capacity(size + 64);
    while line.len() < size {
        line.push_str("Chile thanked Peru and the talks went on while ");
    }
    fs::write(folder.path().join("line.txt"), &line).unwrap();
    let output = attache(folder.path(), &["extract", "line.txt", "-q", "-o", "out"], "");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(folder.path().join("out/graph.json").metadata().unwrap().len() > 1000);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut child = Command::new(env!("CARGO_BIN_EXE_attache"))
        .current_dir(root)
        .args(["extract", "seeds"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{:?}", output.status);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn what_extract_writes_render_and_merge_read() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let ok = |arguments: &[&str]| {
        let output = attache(root, arguments, "");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    ok(&["extract", "seeds", "-q", "-o", &path("out")]);
    let json = fs::read(path("out/graph.json")).unwrap();
    assert_eq!(ok(&["extract", "seeds"]), json);
    assert_eq!(ok(&["merge", &path("out/graph.json"), &path("out/graph.json")]), json);
    ok(&["verify", &path("out/graph.json"), "seeds"]);
    ok(&["render", &path("out/graph.json"), "-o", &path("again.svg")]);
    assert_eq!(fs::read(path("again.svg")).unwrap(), fs::read(path("out/graph.svg")).unwrap());
    assert_eq!(ok(&["render", &path("out/graph.json"), "--format", "dot"]), fs::read(path("out/graph.dot")).unwrap());
}

#[test]
fn what_init_writes_reads_as_the_built_in_pack() {
    let folder = tempfile::tempdir().unwrap();
    let init = attache(folder.path(), &["rules", "init", "mine"], "");
    assert!(init.status.success(), "{}", String::from_utf8_lossy(&init.stderr));
    let text = "President Ana Rojas met President Tom Okoro in Oslo.";
    let built_in = attache(folder.path(), &["extract", "-"], text);
    let mine = attache(folder.path(), &["extract", "-", "--rules", "mine/diplomacy"], text);
    assert!(built_in.status.success() && mine.status.success(), "{}", String::from_utf8_lossy(&mine.stderr));
    assert_eq!(String::from_utf8_lossy(&built_in.stdout), String::from_utf8_lossy(&mine.stdout));
}
