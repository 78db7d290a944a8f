//! Texts with what must come out of them: every file in `tests/extract/` is a test.
//!
//! To add one, add a file:
//!
//! ```toml
//! doc = "What it is about."
//! rules = "diplomacy"              # the pack; this is the default
//! text = "…"
//! expect = ["Pia Lund met-with Tom Okoro planned"]       # source relation target [modality] [negative]
//! never = ["Tom Okoro visited Oslo"]                     # in no way
//! entities = ["Pia Lund: Minister, country Norway"]      # name: a type it has, then attributes
//! ```

use std::fs;
use std::path::Path;

use attache::compare::{Fact, is_called, relations};
use attache::graph::KnowledgeGraph;
use attache::pipeline;
use attache::rules::load;
use attache::source::Source;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    doc: String,
    #[serde(default = "diplomacy")]
    rules: String,
    text: String,
    #[serde(default)]
    expect: Vec<String>,
    #[serde(default)]
    never: Vec<String>,
    #[serde(default)]
    entities: Vec<String>,
}

fn diplomacy() -> String {
    "diplomacy".to_owned()
}

fn has_entity(graph: &KnowledgeGraph, line: &str) -> bool {
    let (name, rest) = line.split_once(':').unwrap_or_else(|| panic!("no colon in `{line}`"));
    let mut parts = rest.split(',').map(str::trim);
    let type_name = parts.next().unwrap_or_default();
    let attributes: Vec<(&str, &str)> = parts.map(|part| part.split_once(' ').expect("attribute and value")).collect();
    graph.nodes().any(|node| {
        is_called(node, name.trim())
            && node.types.iter().any(|t| t == type_name)
            && attributes.iter().all(|(key, value)| node.attributes.get(*key).is_some_and(|v| v == value))
    })
}

#[test]
fn every_text_says_what_it_should() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/extract");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut packs: Vec<(String, attache::rules::RuleSet)> = Vec::new();
    let mut wrong = Vec::new();
    for path in &paths {
        let name = path.file_name().unwrap().to_string_lossy();
        let case: Case =
            toml::from_str(&fs::read_to_string(path).unwrap()).unwrap_or_else(|error| panic!("{name}: {error}"));
        if !packs.iter().any(|(pack, _)| *pack == case.rules) {
            let rules = load(std::slice::from_ref(&case.rules)).rules;
            packs.push((case.rules.clone(), rules.unwrap_or_else(|| panic!("the pack {} compiles", case.rules))));
        }
        let rules = &packs.iter().find(|(pack, _)| *pack == case.rules).unwrap().1;
        let graph = pipeline::run(vec![Source::new(name.clone(), case.text.clone())], rules, &|_| {});
        let fact = |line: &String| Fact::parse(line, rules).unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut faults = Vec::new();
        faults.extend(case.expect.iter().filter(|l| !fact(l).holds(&graph)).map(|l| format!("missing  {l}")));
        faults.extend(
            case.never.iter().filter(|l| Fact { told: None, ..fact(l) }.holds(&graph)).map(|l| format!("wrong    {l}")),
        );
        faults.extend(case.entities.iter().filter(|l| !has_entity(&graph, l)).map(|l| format!("nobody   {l}")));
        assert!(
            !case.expect.is_empty() || !case.never.is_empty() || !case.entities.is_empty(),
            "{name} expects nothing"
        );
        if !faults.is_empty() {
            let found: Vec<String> = relations(&graph).iter().map(|line| format!("found    {line}")).collect();
            wrong.push(format!("{name}: {}\n    {}\n    {}", case.doc, faults.join("\n    "), found.join("\n    ")));
        }
    }
    assert!(paths.len() >= 6, "only {} files were found", paths.len());
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
