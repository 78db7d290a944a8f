//! Broken and doubtful rule files: every `tests/rules/CODE-what.toml`, or folder of that name, is laid over the small pack
//! `tests/rules/base`, and `CODE-what.out` beside it is what is said of it, and what `rules fix` would make of it.
//!
//! To add a case, add a file and run `BLESS=1 cargo test --test rules`; then look whether it points at the right
//! characters.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use attache::compare::idle_examples;
use attache::diagnostic::{Diagnostic, all, apply, render};
use attache::pipeline;
use attache::rules::check;
use rayon::prelude::*;

const BASE: &str = "tests/rules/base";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Everything that is said of a rule file or pack, over the base.
fn findings(path: &str) -> Vec<Diagnostic> {
    let mut checked = check(&[BASE.to_owned()], &[path.to_owned()]);
    if let Some(rules) = &checked.rules {
        let asked = |pack: usize| checked.asked[pack];
        let found = idle_examples(rules, &checked.written, &asked, &pipeline::one_by_one(rules));
        checked.diagnostics.extend(found);
    }
    checked.diagnostics
}

fn cases() -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(root().join("tests/rules")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in &paths {
        let name = path.display();
        match path.extension().and_then(|e| e.to_str()) {
            Some("out") => {
                let (file, folder) = (path.with_extension("toml"), path.with_extension(""));
                assert!(file.exists() || folder.is_dir(), "{name} belongs to no case");
            }
            Some("toml") => {}
            _ => assert!(path.is_dir(), "{name} is neither a case nor what comes of one"),
        }
    }
    paths.retain(|path| !path.ends_with("base") && path.extension().is_none_or(|e| e == "toml"));
    paths
}

fn code_of(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().chars().take(4).collect()
}

/// Findings as they are shown, then the lines that mending would change.
fn shown(path: &str) -> (Vec<Diagnostic>, String) {
    let found = findings(path);
    let mut out = render(&found, false);
    let mut files: Vec<_> = found.iter().filter_map(|d| d.file.clone()).collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files.dedup_by(|a, b| a.name == b.name);
    for file in files {
        let own: Vec<&Diagnostic> = found.iter().filter(|d| d.file_name() == file.name).collect();
        let (after, applied) = apply(&file.text, &own);
        if !applied.is_empty() {
            let reads = |text: &str| toml::from_str::<toml::Table>(text).is_ok();
            assert!(reads(&after) || !reads(&file.text), "mending spoils {}:\n{after}", file.name);
            out.push_str("\n--- mended\n");
            let diff = similar::TextDiff::from_lines(&file.text, &after);
            let lines = diff.iter_all_changes().filter(|change| change.tag() != similar::ChangeTag::Equal);
            lines.for_each(|change| out.push_str(&format!("{}{}", change.tag(), change.value())));
        }
    }
    (found, out)
}

#[test]
fn every_broken_file_is_answered_as_written() {
    let bless = std::env::var_os("BLESS").is_some();
    let paths = cases();
    let check = |path: &PathBuf| -> Option<String> {
        let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
        let (found, shown) = shown(&name);
        let out = path.with_extension("out");
        let expected = fs::read_to_string(&out).unwrap_or_default();
        let code = code_of(path);
        if !found.iter().any(|d| d.code == code) {
            return Some(format!("=== {name} does not yield {code}:\n{shown}"));
        }
        // Whatever is said of a file that could be read points into it.
        for finding in found.iter().filter(|d| !matches!(d.code, "E008" | "E010" | "E011")) {
            let span = finding.span().unwrap_or_default();
            let text = finding.file.as_ref().map_or("", |file| file.text.as_str());
            if finding.labels.is_empty() || span.is_empty() && finding.code != "E001" || span.end as usize > text.len()
            {
                return Some(format!("=== {name}: nothing is pointed at:\n{shown}"));
            }
        }
        if bless {
            fs::write(&out, &shown).unwrap();
            return None;
        }
        (expected != shown).then(|| format!("=== {name}\n--- expected ---\n{expected}--- came ---\n{shown}"))
    };
    let wrong: Vec<String> = paths.par_iter().filter_map(check).collect();
    assert!(paths.len() >= 60, "only {} cases were found", paths.len());
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), paths.len(), wrong.join("\n"));
}

#[test]
fn the_base_is_without_fault() {
    let found = check(&[], &[BASE.to_owned()]).diagnostics;
    assert!(found.is_empty(), "{}", render(&found, false));
}

/// What is wrong with documents is shown by the cases of the command line; a file of megabytes is made here.
#[test]
fn every_code_has_a_case() {
    let mut cased: BTreeSet<String> = cases().iter().map(|path| code_of(path)).collect();
    let folder = tempfile::tempdir().unwrap();
    let large = folder.path().join("large.toml");
    fs::write(&large, "# ".repeat(attache::rules::MAX_FILE / 2 + 1)).unwrap();
    cased.extend(findings(&large.to_string_lossy()).iter().map(|finding| finding.code.to_owned()));
    for entry in fs::read_dir(root().join("tests/cli")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "out") {
            let text = fs::read_to_string(path).unwrap();
            cased.extend(text.split(['[', ']']).filter(|part| part.len() == 4).map(str::to_owned));
        }
    }
    // Questions have cases of their own, in tests/query.
    let asked = |code: &&str| !code.starts_with('Q');
    // A document of more than a gibibyte is too much for a test.
    cased.insert("S008".to_owned());
    // What a rule concludes shows in a graph: tests/infer.rs.
    cased.insert("E030".to_owned());
    let bare: Vec<&str> =
        all().iter().map(|info| info.code).filter(asked).filter(|code| !cased.contains(*code)).collect();
    assert!(bare.is_empty(), "codes without a case: {}", bare.join(", "));
}

/// Blocks of a page: ` ```toml ` is a rule file, ` ```csv towns.csv ` a file of that name beside it.
fn blocks(page: &str) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let text: Vec<&str> = lines.by_ref().take_while(|line| !line.starts_with("```")).collect();
        let name = match info.split_once(' ') {
            Some((_, name)) => name.to_owned(),
            None if info == "toml" && out.iter().all(|(name, _)| name != "rules.toml") => "rules.toml".to_owned(),
            None => continue,
        };
        out.push((name, text.join("\n") + "\n"));
    }
    out
}

/// The first example on the page of a code yields that code. Faults of texts, questions and golds are shown elsewhere; faults of size and encoding cannot be shown on one.
#[test]
fn every_page_shows_its_fault() {
    let wrong: Vec<String> = all()
        .par_iter()
        .filter(|info| {
            !info.code.starts_with(['S', 'Q', 'G']) && !matches!(info.code, "E010" | "E011" | "E012" | "E025" | "E030")
        })
        .filter_map(|info| {
            let folder = tempfile::tempdir().unwrap();
            for (name, text) in blocks(info.explanation) {
                let path = folder.path().join(name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap();
            }
            let found = findings(&folder.path().to_string_lossy());
            let yields = found.iter().any(|finding| finding.code == info.code);
            (!yields).then(|| format!("=== {} is not what its page yields:\n{}", info.code, render(&found, false)))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
