//! The layout of rule files: one canonical form that says what was written and lasts; and the schema by which editors
//! complete them.

#[path = "export/validator.rs"]
mod validator;

use std::fs;
use std::path::{Path, PathBuf};

use attache::rules::{format, written_schema};
use proptest::prelude::*;
use validator::violations;

fn toml_files(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            out.extend(toml_files(&path));
        } else if path.extension().is_some_and(|e| e == "toml") {
            out.push(path);
        }
    }
    out.sort();
    out
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_shipped_packs_are_laid_out() {
    let files = toml_files(&root().join("rules"));
    assert!(files.len() > 60);
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let once = format(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let same = toml::from_str::<toml::Table>(&once) == toml::from_str::<toml::Table>(&text);
        assert!(same, "{}", path.display());
        assert!(once == text, "{} is laid out otherwise: `attache rules fmt rules`", path.display());
        // The layout that hand leaves, lines joined, is found again.
        let joined = text.replace(",\n    ", ", ");
        let again = format(&joined).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        assert_eq!(format(&again).unwrap(), again, "{}", path.display());
    }
}

#[test]
fn comments_and_blank_lines_stay_where_they_belong() {
    let written = "# A head.\n\n\n[pack]\nversion = '1'\n# its name\nname='x' # behind\n\n\n[list.a]\nwords = [ 'b',\n  # above c\n  'c', # behind c\n  'd' ]\n# the end\n";
    let laid_out = "# A head.\n\n[pack]\n# its name\nname = 'x' # behind\nversion = '1'\n\n[list.a]\nwords = [\n    'b',\n    # above c\n    'c', # behind c\n    'd',\n]\n# the end\n";
    assert_eq!(format(written).unwrap(), laid_out);
}

#[test]
fn words_fill_lines_between_comments() {
    let words = ["'consultation'"; 12].join(",");
    let out = format(&format!("[list.a]\nwords = [ {words},\n# the others\n {words} ] # behind\n")).unwrap();
    assert!(out.lines().all(|line| line.len() <= 120) && out.lines().count() == 8, "{out}");
    assert_eq!(format(&out).unwrap(), out);
}

#[test]
fn text_stands_as_it_is_meant_where_it_can() {
    let written = r#"a = ["\"Choir\" of", "it's \"so\"", "/\\d+/", "a\tb", 'c']"#;
    let laid_out = format(written).unwrap();
    assert_eq!(laid_out, "a = ['\"Choir\" of', \"it's \\\"so\\\"\", '/\\d+/', \"a\\tb\", 'c']\n");
    assert_eq!(format(&laid_out).unwrap(), laid_out);
}

#[test]
fn long_lists_are_broken_and_short_ones_are_not() {
    let word = "\"consultation\"";
    let words = vec![word; 20].join(",");
    let out = format(&format!("[list.a]\nwords = [{words}]\n")).unwrap();
    assert!(out.lines().all(|line| line.len() <= 120) && out.lines().count() == 6, "{out}");
    let sentence = format!("\"{}\"", "Peru met Chile in Oslo. ".repeat(3));
    let out = format(&format!("[[rule]]\nyes = [{sentence}, {sentence}]\n")).unwrap();
    assert_eq!(out.lines().count(), 5, "{out}");
}

/// Every file of the packs and of the broken examples, cut up and joined at random.
fn pieces() -> Vec<String> {
    let mut out = Vec::new();
    for folder in ["rules", "tests/rules"] {
        for path in toml_files(&root().join(folder)) {
            let Ok(text) = fs::read_to_string(path) else { continue };
            if text.len() < 20_000 {
                out.extend(text.split("\n\n").map(str::to_owned));
            }
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 64 } else { 1024 }))]

    /// What is laid out once stays as it is, and says what was written.
    #[test]
    fn laying_out_twice_is_laying_out_once(
        numbers in prop::collection::vec(any::<prop::sample::Index>(), 1..4),
        spaces in 0usize..4,
        comment in "[a-z ]{0,12}",
    ) {
        let pieces = pieces();
        let blank = "\n".repeat(spaces + 1);
        let mut text = numbers.iter().map(|n| n.get(&pieces).clone()).collect::<Vec<_>>().join(&blank);
        text.push_str(&format!("{blank}# {comment}"));
        if let Ok(once) = format(&text) {
            let same: Result<toml::Table, _> = toml::from_str(&once);
            prop_assert_eq!(same.ok(), toml::from_str::<toml::Table>(&text).ok());
            prop_assert_eq!(format(&once).unwrap(), once);
        }
    }
}

fn as_json(text: &str) -> Option<serde_json::Value> {
    serde_json::to_value(toml::from_str::<toml::Table>(text).ok()?).ok()
}

/// Files of a language that have a form of their own.
fn of_another_form(path: &Path) -> bool {
    path.ends_with("segmentation.toml") || path.ends_with("inflection.toml")
}

#[test]
fn the_schema_accepts_the_shipped_packs() {
    let schema = written_schema();
    for path in toml_files(&root().join("rules")).into_iter().filter(|path| !of_another_form(path)) {
        let value = as_json(&fs::read_to_string(&path).unwrap()).unwrap();
        let found = violations(&schema, &value);
        assert!(found.is_empty(), "{}:\n{}", path.display(), found.join("\n"));
    }
}

#[test]
fn the_schema_rejects_files_of_a_wrong_shape() {
    let schema = written_schema();
    let mut rejected = 0;
    for path in toml_files(&root().join("tests/rules")).into_iter().filter(|path| !of_another_form(path)) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let Some(value) = fs::read_to_string(&path).ok().and_then(|text| as_json(&text)) else { continue };
        let shape = name.starts_with("E002") && !name.contains("lexicon-without-type");
        let found = violations(&schema, &value);
        assert_eq!(!found.is_empty(), shape, "{name}: {found:?}");
        rejected += usize::from(shape);
    }
    assert!(rejected >= 7, "only {rejected} files were rejected");
}

#[test]
fn every_key_is_explained_to_editors() {
    fn walk(schema: &serde_json::Value, at: &str, bare: &mut Vec<String>, count: &mut usize) {
        if let Some(properties) = schema.get("properties").and_then(|p| p.as_object()) {
            for (key, value) in properties {
                *count += 1;
                if value.get("description").is_none() {
                    bare.push(format!("{at}.{key}"));
                }
                walk(value, &format!("{at}.{key}"), bare, count);
            }
        }
        for inner in ["items", "additionalProperties"] {
            if let Some(inner) = schema.get(inner) {
                walk(inner, at, bare, count);
            }
        }
    }
    let (mut bare, mut count) = (Vec::new(), 0);
    walk(&written_schema(), "", &mut bare, &mut count);
    assert!(count > 100, "only {count} keys");
    assert!(bare.is_empty(), "keys without a word about them: {}", bare.join(", "));
}
