//! What is exported is loaded by the tools it is meant for, and every node, edge and value compared with the graph.
//!
//! The loaders are in `tests/loaders/tools`, one file a tool and format, in Python and for Node; to add one, add a file.
//! `.ci/tools` installs what they need into `target/`. A tool that is missing skips its loaders, loudly; under
//! `ATTACHE_REQUIRE_TOOLS=1` it fails.

#[path = "export/sample.rs"]
mod sample;
#[path = "export/scenes.rs"]
mod scenes;
#[path = "loaders/strange.rs"]
mod strange;
#[path = "export/tools.rs"]
mod tools;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use attache::export::{DrawOptions, Engine, Format, write_file};
use attache::graph::KnowledgeGraph;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, TestRunner};
use tools::available;

/// Graphs of strange texts that every loader reads, each with some dozens of texts.
const STRANGE: usize = 4;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The graphs that are loaded, by name.
fn graphs() -> Vec<(String, KnowledgeGraph)> {
    let text = std::fs::read_to_string(root().join("tests/loaders/hostile.json")).unwrap();
    let hostile = text.replace("%LONG%", &strange::long_text());
    let mut graphs = vec![
        ("small".to_owned(), scenes::small()),
        ("large".to_owned(), scenes::large()),
        ("hostile".to_owned(), KnowledgeGraph::from_json(&hostile).unwrap()),
        ("empty".to_owned(), attache::graph::build(&[], &sample::schema())),
    ];
    let mut runner = TestRunner::new_with_rng(
        Config::default(),
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    for number in 0..STRANGE {
        let graph = strange::graph().new_tree(&mut runner).unwrap().current();
        graphs.push((format!("strange-{number}"), KnowledgeGraph::from_json(&graph).unwrap()));
    }
    graphs
}

/// Writes a graph in every text format; the names of the files all begin with `graph`.
fn write_all(name: &str, tools: &str, graph: &KnowledgeGraph) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("loaders").join(tools).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    for format in Format::ALL.into_iter().filter(|format| format.is_text()) {
        for ending in format.endings() {
            let mut file = std::fs::File::create(folder.join(format!("graph.{ending}"))).unwrap();
            let options = DrawOptions::default();
            write_file(graph, format, ending, "graph", Engine::BuiltIn, &options, &mut file).unwrap();
        }
    }
    folder
}

/// The loaders of a language, by name.
fn loaders(extension: &str) -> Vec<String> {
    let entries = std::fs::read_dir(root().join("tests/loaders/tools")).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == extension))
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert!(!names.is_empty());
    names
}

/// Runs all loaders of a language over all graphs: each must have seen every node and every edge, and values.
fn load(extension: &str, command: impl Fn(&Path) -> Command) {
    let names = loaders(extension);
    for (name, graph) in graphs() {
        let folder = write_all(&name, extension, &graph);
        let output = command(&folder).output().unwrap();
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        let shown = String::from_utf8(output.stdout).unwrap();
        let mut seen: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for line in shown.lines() {
            let mut words = line.split(' ');
            let loader = words.next().unwrap();
            seen.insert(loader, words.map(|word| word.parse().unwrap()).collect());
        }
        assert_eq!(seen.keys().copied().collect::<Vec<_>>(), names, "{name}: every loader says what it saw");
        for (loader, counts) in seen {
            assert_eq!(counts[..2], [graph.node_count(), graph.edge_count()], "{name}: nodes and edges of {loader}");
            println!("{name}: {loader} compared {} values", counts[2]);
        }
    }
}

#[test]
fn python_tools_find_every_value() {
    let own = root().join("target/python/bin/python");
    let python = if own.exists() { own } else { PathBuf::from("python3") };
    let needs = "import igraph, ladybug, markdown_it, networkx, pandas, pyoxigraph, rdflib";
    if !available("python3 with the graph libraries", Command::new(&python).args(["-c", needs]))
        || !available("Graphviz", Command::new("dot").arg("-V"))
    {
        return;
    }
    load("py", |folder| {
        let mut command = Command::new(&python);
        command.arg(root().join("tests/loaders/run.py")).arg(folder);
        command
    });
}

#[test]
fn node_tools_find_every_value() {
    let modules = root().join("target/node");
    let needs =
        "for (const name of ['cytoscape', 'jsdom', 'mermaid', '@neo4j-cypher/language-support']) require.resolve(name)";
    if !available("node with the graph libraries", Command::new("node").current_dir(&modules).args(["-e", needs])) {
        return;
    }
    load("mjs", |folder| {
        let mut command = Command::new("node");
        command.arg(root().join("tests/loaders/run.mjs")).arg(folder).arg(&modules);
        command
    });
}
