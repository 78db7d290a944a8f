//! The rooms of `src/` import in one direction, and the engine holds no word of a language and no name of a country.

#[path = "architecture/strings.rs"]
mod strings;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;
use strings::Code;

/// Every room and those that it may import, in the order of the flow: no room imports one below it.
const ROOMS: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("diagnostic", &["source"]),
    ("document", &["source", "diagnostic"]),
    ("language", &["source", "diagnostic", "document"]),
    ("pattern", &["source", "diagnostic", "document", "language"]),
    // Patterns of graphs know no graph, since inference rules are compiled before there is one.
    ("motif", &["source", "diagnostic"]),
    // How texts are cut up is part of a language pack, so rules compile it.
    ("rules", &["source", "diagnostic", "document", "language", "pattern", "motif"]),
    ("extract", &["source", "document", "language", "pattern", "rules"]),
    ("graph", &["source", "rules", "extract"]),
    ("query", &["source", "diagnostic", "motif", "extract", "graph"]),
    ("infer", &["motif", "rules", "extract", "graph", "query"]),
    // Modality and polarity, which edges carry, are words of `extract`.
    ("export", &["source", "extract", "graph"]),
    ("compare", &["source", "diagnostic", "rules", "extract", "graph"]),
    (
        "pipeline",
        &["source", "diagnostic", "document", "language", "pattern", "rules", "extract", "graph", "infer", "export"],
    ),
    (
        "cli",
        &[
            "source",
            "diagnostic",
            "document",
            "language",
            "pattern",
            "rules",
            "extract",
            "graph",
            "query",
            "infer",
            "export",
            "compare",
            "pipeline",
        ],
    ),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every source file with its path below `src`, sorted; tests that have a file of their own left out.
fn files() -> Vec<(String, Code)> {
    let (mut folders, mut files) = (vec![root().join("src")], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs") {
                let name = path.strip_prefix(root().join("src")).unwrap().to_string_lossy().replace('\\', "/");
                files.push((name, strings::read(&fs::read_to_string(&path).unwrap())));
            }
        }
    }
    files.sort_by(|a, b| a.0.cmp(&b.0));
    assert!(files.len() > 50);
    files
}

#[test]
fn the_table_runs_one_way() {
    for (index, (room, imports)) in ROOMS.iter().enumerate() {
        for import in *imports {
            let at = ROOMS.iter().position(|(name, _)| name == import);
            assert!(at.is_some_and(|at| at < index), "{room} may not import {import}, which stands below it");
        }
    }
}

#[test]
fn rooms_import_only_what_stands_above_them() {
    let path = Regex::new(r"\bcrate::(?:([a-z_]+)|\{([^}]*)\})").unwrap();
    let mut wrong = BTreeSet::new();
    for (name, code) in files() {
        let room = name.split(['/', '.']).next().unwrap();
        if room == "lib" || room == "main" {
            continue;
        }
        let Some((_, allowed)) = ROOMS.iter().find(|(known, _)| *known == room) else {
            panic!("{name}: the room `{room}` stands in no table; add it to ROOMS");
        };
        for found in path.captures_iter(&code.code) {
            let list = found.get(1).or(found.get(2)).unwrap().as_str();
            for target in list.split(',').map(|part| part.trim().split("::").next().unwrap_or_default()) {
                let is_room = ROOMS.iter().any(|(known, _)| *known == target);
                if is_room && target != room && !allowed.contains(&target) {
                    wrong.insert(format!("{name} imports {target}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "against the order of rooms:\n{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
}

/// Words of a column of a table of the packs; cells hold several, parted by `|`.
fn column(path: &str, column: &str) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_path(root().join("rules").join(path)).unwrap();
    let at = reader.headers().unwrap().iter().position(|name| name == column).unwrap();
    reader
        .records()
        .flat_map(|row| row.unwrap()[at].split('|').map(str::to_owned).collect::<Vec<_>>())
        .filter(|word| !word.is_empty())
        .collect()
}

/// All strings below `words` in a table of a rule file.
fn listed(path: &str, table: &str) -> Vec<String> {
    let value: toml::Table = toml::from_str(&fs::read_to_string(root().join("rules").join(path)).unwrap()).unwrap();
    let entries = value[table].as_array().unwrap();
    let words = entries.iter().flat_map(|entry| entry["words"].as_array().unwrap());
    words.map(|word| word.as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_engine_holds_no_word_of_a_language() {
    // A word that is a whole string is what an engine compares with. These are keys and values of rule files and graphs.
    const KEYWORDS: &[&str] = &[
        "alleged", "head", "if", "no", "on", "order", "owner", "planned", "point", "possible", "rule", "set",
        "speaker", "told", "unless",
    ];
    // What stands around the engine speaks with its user, in words.
    const AROUND: &[&str] = &["source", "diagnostic", "motif", "query", "export", "compare", "cli"];
    let mut words = BTreeSet::new();
    words.extend(column("english/months.csv", "month"));
    words.extend(column("english/weekdays.csv", "weekday"));
    words.extend(column("diplomacy/lexicon/countries.csv", "name"));
    words.extend(column("diplomacy/lexicon/countries.csv", "demonyms"));
    words.extend(column("diplomacy/lexicon/ranks.csv", "rank"));
    words.extend(column("diplomacy/lexicon/honorifics.csv", "honorific"));
    words.extend(column("diplomacy/lexicon/offices.csv", "office"));
    words.extend(column("english/irregular.csv", "past"));
    words.extend(listed("english/pronouns.toml", "pronoun"));
    words.extend(listed("english/cues.toml", "cue"));
    let spelled = |word: &String| word.chars().any(char::is_alphabetic);
    let words: BTreeSet<String> = words.into_iter().map(|word| word.to_lowercase()).filter(spelled).collect();
    assert!(words.len() > 500);
    let mut wrong = Vec::new();
    for (name, code) in files() {
        if AROUND.contains(&name.split(['/', '.']).next().unwrap()) {
            continue;
        }
        for (line, text) in &code.strings {
            let text = text.trim().to_lowercase();
            if words.contains(&text) && !KEYWORDS.contains(&text.as_str()) {
                wrong.push(format!("{name}:{line}: \"{text}\""));
            }
        }
    }
    assert!(wrong.is_empty(), "words that belong in rule files:\n{}", wrong.join("\n"));
}

#[test]
fn the_engine_names_no_country() {
    let mut countries = column("diplomacy/lexicon/countries.csv", "name");
    countries.retain(|name| name.chars().count() > 3);
    let any: String = countries.iter().map(|name| regex::escape(name)).collect::<Vec<_>>().join("|");
    let any = Regex::new(&format!(r"\b(?:{any})\b")).unwrap();
    let mut wrong = Vec::new();
    for (name, code) in files() {
        for (line, text) in &code.strings {
            if let Some(found) = any.find(text) {
                wrong.push(format!("{name}:{line}: {}", found.as_str()));
            }
        }
    }
    assert!(wrong.is_empty(), "facts of the world outside rule files:\n{}", wrong.join("\n"));
}

#[test]
fn files_stay_small_and_say_what_they_are_for() {
    for (name, code) in files() {
        assert!(code.lines <= 700, "{name} has {} lines; it does more than one job", code.lines);
        assert!(code.begins_with_doc, "{name} does not say what it is for: begin it with //!");
    }
}
