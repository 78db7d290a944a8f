//! The two Parquet tables, read back by pandas: every node, edge and value compared with the graph.
//!
//! With the feature `parquet` alone: `cargo test --features parquet --test parquet`.

#[path = "export/sample.rs"]
mod sample;
#[path = "export/scenes.rs"]
mod scenes;
#[allow(dead_code)]
#[path = "loaders/strange.rs"]
mod strange;
#[path = "export/tools.rs"]
mod tools;

use std::path::{Path, PathBuf};
use std::process::Command;

use attache::export::{DrawOptions, Engine, Format, write_file};
use attache::graph::KnowledgeGraph;
use tools::available;

#[test]
fn pandas_finds_every_value() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let own = root.join("target/python/bin/python");
    let python = if own.exists() { own } else { PathBuf::from("python3") };
    if !available("python3 with pyarrow", Command::new(&python).args(["-c", "import pandas, pyarrow"])) {
        return;
    }
    let text = std::fs::read_to_string(root.join("tests/loaders/hostile.json")).unwrap();
    let hostile = KnowledgeGraph::from_json(&text.replace("%LONG%", &strange::long_text())).unwrap();
    let empty = attache::graph::build(&[], &sample::schema());
    for (name, graph) in
        [("small", scenes::small()), ("large", scenes::large()), ("hostile", hostile), ("empty", empty)]
    {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("parquet").join(name);
        std::fs::create_dir_all(&folder).unwrap();
        for format in [Format::Json, Format::Parquet] {
            for ending in format.endings() {
                let mut file = std::fs::File::create(folder.join(format!("graph.{ending}"))).unwrap();
                let options = DrawOptions::default();
                write_file(&graph, format, ending, "graph", Engine::BuiltIn, &options, &mut file).unwrap();
            }
        }
        let output = Command::new(&python).arg(root.join("tests/loaders/parquet.py")).arg(&folder).output().unwrap();
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        let said = String::from_utf8(output.stdout).unwrap();
        let counts: Vec<usize> = said.split_whitespace().map(|word| word.parse().unwrap()).collect();
        assert_eq!(counts[..2], [graph.node_count(), graph.edge_count()], "{name}");
    }
}
