//! The language server as an editor meets it: through its standard input and output.
//!
//! Every `tests/lsp/WHAT.toml` is a case: files of a folder, one of them with a cursor (`‸`), which is open in the editor,
//! and what is asked; `WHAT.out` beside it is what comes back. Packs of a case can extend `base`, the small pack in
//! `tests/rules/base`, which is laid beside them. To add a case, add a file and run `BLESS=1 cargo test --test lsp`.

#[path = "lsp/editor.rs"]
mod editor;
#[path = "lsp/told.rs"]
mod told;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use editor::Editor;
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::json;

/// A case, as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What it shows.
    #[allow(dead_code)]
    doc: String,
    /// What is asked: `diagnostics`, `actions`, `fix-all`, `format`, `completion`, `hover`, `definition`, `references`,
    /// `prepare-rename`, `rename NAME`, `symbols`.
    ask: Vec<String>,
    /// Files by path; the one with the cursor is open.
    files: BTreeMap<String, String>,
    /// What the open file holds on disk, where that is something else; nothing for a file that was never saved.
    saved: Option<String>,
    /// What is then typed in its place, before anything is asked.
    typed: Option<String>,
}

const CURSOR: char = '‸';

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder with the base pack and the files of a case, without cursors.
fn laid_out(case: &Case) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let base = folder.path().join("base");
    fs::create_dir(&base).unwrap();
    for entry in fs::read_dir(root().join("tests/rules/base")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, base.join(path.file_name().unwrap())).unwrap();
    }
    for (name, text) in &case.files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let text = if text.contains(CURSOR) { case.saved.as_ref().unwrap_or(text) } else { text };
        if !text.is_empty() {
            fs::write(path, text.replace(CURSOR, "")).unwrap();
        }
    }
    folder
}

fn answered(case: &Case) -> String {
    let folder = laid_out(case);
    let (name, text) = case.files.iter().find(|(_, text)| text.contains(CURSOR)).expect("no file holds a cursor");
    let mut editor = Editor::start(folder.path(), json!({}));
    editor.open(name, &text.replace(CURSOR, ""));
    let typed = case.typed.as_ref().unwrap_or(text);
    if case.typed.is_some() {
        editor.found(name);
        editor.change(name, &typed.replace(CURSOR, ""));
    }
    let cursor = typed.find(CURSOR).expect("what is typed holds no cursor");
    let found = editor.found(name);
    let mut out = String::new();
    for ask in &case.ask {
        out.push_str(&format!("--- {ask}\n"));
        out.push_str(&told::answer(&mut editor, ask, name, cursor, &found));
    }
    editor.stop();
    out
}

#[test]
fn every_case_is_answered_as_written() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut paths: Vec<PathBuf> =
        fs::read_dir(root().join("tests/lsp")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|e| e == "out")) {
        assert!(path.with_extension("toml").exists(), "{} belongs to no case", path.display());
    }
    paths.retain(|path| path.extension().is_some_and(|e| e == "toml"));
    let check = |path: &PathBuf| -> Option<String> {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let case: Case = match toml::from_str(&fs::read_to_string(path).unwrap()) {
            Ok(case) => case,
            Err(error) => return Some(format!("=== {name}: {error}")),
        };
        let came = answered(&case);
        let out = path.with_extension("out");
        if bless {
            fs::write(&out, &came).unwrap();
            return None;
        }
        let expected = fs::read_to_string(&out).unwrap_or_default();
        (expected != came).then(|| format!("=== {name}\n--- expected ---\n{expected}\n--- came ---\n{came}"))
    };
    let wrong: Vec<String> = paths.par_iter().filter_map(check).collect();
    assert!(paths.len() >= 8, "only {} cases were found", paths.len());
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), paths.len(), wrong.join("\n"));
}

fn bare(files: &[(&str, &str)]) -> Case {
    let files = files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    Case { doc: String::new(), ask: Vec::new(), files, saved: None, typed: None }
}

const PACK: &str = "[pack]\nname = \"mine\"\nextends = [\"base\"]\n";
const RULE: &str = "[relation.outpaced]\nbetween = [\"Actor\", \"Actor\"]\n\n[[rule]]\nid = \"outpaced.verb\"\n\
                    gives = \"outpaced\"\nmatch = [\"{a:Actor} outpace {b:Actor}\"]\nyes = [\"Peru outpaced Chile. => Peru, Chile\"]\n\
                    no = [\"Peru set the pace.\"]\n";

#[test]
fn mending_on_saving_knows_the_last_keystroke() {
    let folder = laid_out(&bare(&[("mine/pack.toml", PACK), ("mine/outpaced.toml", RULE)]));
    // Nothing is looked at while the test runs, but what is asked for.
    let mut editor = Editor::start(folder.path(), json!({ "debounce": 600_000 }));
    let name = "mine/outpaced.toml";
    editor.open(name, RULE);
    assert_eq!(editor.found(name).len(), 0);
    editor.change(name, &RULE.replace("{b:Actor}", "{b:Actr}"));
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } });
    let context = json!({ "diagnostics": [], "only": ["source.fixAll"] });
    let offered = editor.ask("textDocument/codeAction", name, json!({ "range": range, "context": context }));
    let edits = &offered[0]["edit"]["changes"][editor.uri(name)];
    assert_eq!(edits[0]["newText"], "Actor", "{offered}");
    editor.stop();
}

#[test]
fn findings_come_and_go_with_what_is_typed() {
    let folder = laid_out(&bare(&[("mine/pack.toml", PACK), ("mine/outpaced.toml", RULE)]));
    let mut editor = Editor::start(folder.path(), json!({ "debounce": 20 }));
    let name = "mine/outpaced.toml";
    editor.open(name, RULE);
    assert_eq!(editor.found(name).len(), 0);
    // A fault in one buffer is told of another file, which is not open.
    editor.open("mine/pack.toml", PACK);
    editor.found("mine/pack.toml");
    editor.change(name, &RULE.replace("{b:Actor}", "{b:Actr}"));
    let found = editor.found(name);
    assert_eq!(found[0]["code"], "E004", "{found:?}");
    editor.change(name, &RULE.replace("[relation.outpaced]", "[relation.outran]"));
    let found = editor.found(name);
    assert!(found.iter().any(|finding| finding["code"] == "E005"), "{found:?}");
    editor.change(name, RULE);
    assert_eq!(editor.found(name).len(), 0);
    // What is closed unsaved is forgotten; what the disk holds counts again.
    editor.change(name, "[relation");
    assert_eq!(editor.found(name)[0]["code"], "E001");
    editor.close(name);
    assert!(editor.told(name).is_empty());
    editor.stop();
}

#[test]
fn a_pack_is_looked_at_again_when_one_below_it_changes() {
    let folder = laid_out(&bare(&[("mine/pack.toml", PACK), ("mine/outpaced.toml", RULE)]));
    let mut editor = Editor::start(folder.path(), json!({ "debounce": 20 }));
    editor.open("mine/outpaced.toml", RULE);
    assert_eq!(editor.found("mine/outpaced.toml").len(), 0);
    let types = fs::read_to_string(folder.path().join("base/types.toml")).unwrap();
    editor.open("base/types.toml", &types.replace("[type.Actor]", "[type.Agent]"));
    let found = editor.told("mine/outpaced.toml");
    assert_eq!(found[0]["code"], "E004", "{found:?}");
    editor.stop();
}

#[test]
fn files_that_are_no_rules_are_left_alone() {
    let folder = laid_out(&bare(&[]));
    let mut editor = Editor::start(folder.path(), json!({ "debounce": 20 }));
    editor.open("Cargo.toml", "[package]\nname = 1\n");
    editor.open("lone.toml", "[[rule]]\n");
    assert_eq!(editor.found("lone.toml")[0]["code"], "E002");
    assert!(editor.never_told("Cargo.toml"));
    editor.stop();
}

#[test]
fn hits_are_counted_in_the_corpus_of_the_editor() {
    let folder = laid_out(&bare(&[("mine/pack.toml", PACK), ("mine/outpaced.toml", RULE)]));
    fs::create_dir(folder.path().join("docs")).unwrap();
    fs::write(folder.path().join("docs/a.txt"), "Peru outpaced Chile. Norway outpaced Kenya.").unwrap();
    fs::write(folder.path().join("docs/b.txt"), "Kenya was outpaced by Peru.").unwrap();
    let mut editor = Editor::start(folder.path(), json!({ "corpus": "docs" }));
    editor.open("mine/outpaced.toml", RULE);
    editor.logged("hits counted in 2 documents");
    let told = editor.ask_at("textDocument/hover", "mine/outpaced.toml", RULE.find("outpaced.verb").unwrap());
    let page = told["contents"]["value"].as_str().unwrap();
    assert!(page.contains("Found 3 times in the corpus."), "{page}");
    editor.stop();
}

#[test]
fn half_written_files_harm_nothing() {
    let folder = laid_out(&bare(&[("mine/pack.toml", PACK)]));
    let mut editor = Editor::start(folder.path(), json!({ "debounce": 1000000 }));
    let whole = format!(
        "{RULE}where = [\"in {{place:Place}}\"]\n[list.x]\nwords = ['a', \"\"\"b😀\"\"\"]\nonly = {{ a = \"سلام\" }}\n"
    );
    editor.open("mine/half.toml", "");
    for (end, _) in whole.char_indices() {
        editor.change("mine/half.toml", &whole[..end]);
        for method in told::AT_CURSOR {
            editor.ask_at(method, "mine/half.toml", end);
        }
        editor.ask(
            "textDocument/formatting",
            "mine/half.toml",
            json!({ "options": { "tabSize": 4, "insertSpaces": true } }),
        );
    }
    editor.stop();
}

#[test]
fn what_cannot_be_answered_is_refused() {
    let folder = laid_out(&bare(&[]));
    let mut editor = Editor::start(folder.path(), json!(null));
    assert_eq!(editor.request("textDocument/colors", json!({}))["error"]["code"], -32601);
    assert_eq!(editor.request("textDocument/codeAction", json!({ "textDocument": 1 }))["error"]["code"], -32602);
    editor.stop();
}
