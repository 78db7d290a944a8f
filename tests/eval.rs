//! The gold of the sample reports, and drafts of golds, through the program.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn attache(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_attache"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .output()
        .expect("the program runs")
}

fn scores(gold: &str, documents: &str) -> Value {
    let output = attache(&["eval", gold, documents, "--json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    value["scores"].clone()
}

#[test]
fn the_sample_reports_are_read_as_a_reader_reads_them() {
    let scores = scores("tests/eval/seeds.gold", "seeds");
    assert_eq!(scores["documents"], 5);
    assert_eq!(scores["denied_but_asserted"], 0, "{:#}", scores["findings"]);
    let all = |rows: &str| scores[rows].as_array().unwrap().last().unwrap().clone();
    for (rows, figure, least) in
        [("entities", "f1", 0.93), ("relations", "recall", 0.80), ("relations", "precision", 0.60)]
    {
        let value = all(rows)[figure]["value"].as_f64().unwrap();
        assert!(value >= least, "{figure} of {rows} is {value}, below {least}: {:#}", scores["findings"]);
    }
    // An interval that does not hold its figure, or holds everything, says nothing.
    let figure = &all("relations")["f1"];
    let bound = |at: usize| figure["interval"][at].as_f64().unwrap();
    assert!(bound(0) < figure["value"].as_f64().unwrap() && figure["value"].as_f64().unwrap() < bound(1), "{figure}");
}

#[test]
fn a_draft_agrees_with_what_it_was_drafted_from() {
    let folder = tempfile::tempdir().unwrap();
    let gold = folder.path().join("gold.txt");
    let draft = attache(&["eval", "--draft", "seeds"]);
    assert!(draft.status.success());
    std::fs::write(&gold, &draft.stdout).unwrap();
    let scores = scores(gold.to_str().unwrap(), "seeds");
    let overall = &scores["overall"];
    assert_eq!((&overall["missed"], &overall["wrong"]), (&Value::from(0), &Value::from(0)), "{:#}", scores["findings"]);
    assert!(overall["found"].as_u64().unwrap() > 50);
    assert_eq!(scores["denied_but_asserted"], 0);
    // A statement more is a miss, a statement less is wrong.
    let text = String::from_utf8(draft.stdout).unwrap();
    let spoiled = text.replacen(" thanked ", " threatened ", 1);
    assert_ne!(text, spoiled);
    std::fs::write(&gold, spoiled).unwrap();
    let overall = self::scores(gold.to_str().unwrap(), "seeds")["overall"].clone();
    assert_eq!(overall["missed"], 1, "{overall}");
}

#[test]
fn a_graph_stands_for_its_documents() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    assert!(attache(&["extract", "seeds", "-o", out, "--format", "json", "--quiet"]).status.success());
    let graph = Path::new(out).join("graph.json");
    let from_graph = scores("tests/eval/seeds.gold", graph.to_str().unwrap());
    let from_documents = scores("tests/eval/seeds.gold", "seeds");
    for part in ["overall", "attributes", "identity"] {
        assert_eq!(from_graph[part], from_documents[part], "{part}");
    }
}
