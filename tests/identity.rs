//! Who is who across documents, through the whole program with the built-in pack: every `tests/identity/*.toml` holds
//! short documents, the names that must be one node and those that must not.
//!
//! To add a case, add a file:
//!
//! ```toml
//! doc = "What is shown."
//! same = [["Pia Lund", "P. Lund"]]
//! different = [["Pia Lund", "Ada Lund"]]
//! [[document]]
//! date = "2019-05-01"
//! text = "…"
//! [offices]
//! "Pia Lund" = ["foreign minister, Norway: 2019-05-01 to 2020-01-05"]
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use attache::Extractor;
use attache::compare::is_called;
use attache::graph::{KnowledgeGraph, Tenure};
use attache::source::Source;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    doc: String,
    #[serde(default)]
    rules: String,
    #[serde(default)]
    same: Vec<Vec<String>>,
    #[serde(default)]
    different: Vec<Vec<String>>,
    #[serde(default)]
    nodes: BTreeMap<String, usize>,
    #[serde(default)]
    offices: BTreeMap<String, Vec<String>>,
    document: Vec<Document>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    date: Option<String>,
    text: String,
}

fn called<'g>(graph: &'g KnowledgeGraph, name: &str) -> BTreeSet<&'g str> {
    graph.nodes().filter(|node| is_called(node, name)).map(|node| node.id.as_str()).collect()
}

fn told(tenure: &Tenure) -> String {
    let mut values: Vec<&str> = tenure.role.values().map(String::as_str).collect();
    values.reverse();
    let shown = |date: &Option<String>| date.clone().unwrap_or_else(|| "?".to_owned());
    let mut text = format!("{}: {} to {}", values.join(", "), shown(&tenure.first), shown(&tenure.last));
    if let Some(begun) = &tenure.begun {
        text.push_str(&format!(", begun {begun}"));
    }
    if let Some(ended) = &tenure.ended {
        text.push_str(&format!(", ended {ended}"));
    }
    text
}

fn faults(case: &Case, graph: &KnowledgeGraph) -> Vec<String> {
    let mut faults = Vec::new();
    for group in &case.same {
        let nodes: Vec<BTreeSet<&str>> = group.iter().map(|name| called(graph, name)).collect();
        let all: BTreeSet<&str> = nodes.iter().flatten().copied().collect();
        if all.len() != 1 || nodes.iter().any(BTreeSet::is_empty) {
            faults.push(format!("{group:?} should be one node: {nodes:?}"));
        }
    }
    for group in &case.different {
        let nodes: Vec<BTreeSet<&str>> = group.iter().map(|name| called(graph, name)).collect();
        let all: usize = nodes.iter().flatten().collect::<BTreeSet<_>>().len();
        if nodes.iter().map(BTreeSet::len).sum::<usize>() != all || nodes.iter().any(BTreeSet::is_empty) {
            faults.push(format!("{group:?} should be several nodes: {nodes:?}"));
        }
    }
    for (name, count) in &case.nodes {
        let nodes = called(graph, name);
        if nodes.len() != *count {
            faults.push(format!("{name} should be {count} nodes: {nodes:?}"));
        }
    }
    for (name, wanted) in &case.offices {
        let found: Vec<String> =
            graph.nodes().filter(|node| is_called(node, name)).flat_map(|node| &node.offices).map(told).collect();
        if found != *wanted {
            faults.push(format!("{name} should have the offices {wanted:#?}, and has {found:#?}"));
        }
    }
    faults
}

#[test]
fn every_case_has_its_nodes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/identity");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() >= 8);
    let extractor = Extractor::builder().build().unwrap();
    let mut failed = Vec::new();
    for path in &paths {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let case: Case = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap_or_else(|e| panic!("{name}: {e}"));
        let sources = |turned: bool| {
            let mut sources: Vec<Source> = case
                .document
                .iter()
                .enumerate()
                .map(|(number, document)| {
                    let mut source = Source::new(format!("d{number}"), document.text.clone());
                    source.date.clone_from(&document.date);
                    source
                })
                .collect();
            if turned {
                sources.reverse();
            }
            sources
        };
        let own;
        let extractor = if case.rules.is_empty() {
            &extractor
        } else {
            own = Extractor::builder().rules("own.toml", case.rules.clone()).build().unwrap();
            &own
        };
        let graph = extractor.read(sources(false));
        assert_eq!(graph, extractor.read(sources(true)), "{name}: the order of documents must not matter");
        for fault in faults(&case, &graph) {
            let nodes: Vec<String> = graph
                .nodes()
                .filter(|node| node.types.last().is_some_and(|root| root == "Person"))
                .map(|node| format!("  {} {:?} {:?}", node.id, node.attributes, node.aliases))
                .collect();
            failed.push(format!("{name} ({}): {fault}\n{}", case.doc, nodes.join("\n")));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}
