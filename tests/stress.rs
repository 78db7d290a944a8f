//! Sentences written to be hard, by the difficulty: `tests/stress/*.toml`; each file's head says what its keys mean.
//!
//! Not all of them work, so what is asserted is a floor: `tests/stress/floor.toml` holds, for each file, how many of its
//! cases must pass. To raise it to what passes now, run `BLESS=1 cargo test --test stress`; it never goes down that way.
//! What fails is printed: `cargo test --test stress -- --nocapture`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use attache::compare::{Fact, relations};
use attache::extract::{Modality, Polarity};
use attache::graph::KnowledgeGraph;
use attache::pipeline;
use attache::rules::{RuleSet, load};
use attache::source::Source;
use rayon::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    #[serde(default)]
    expect: Vec<String>,
    #[serde(default)]
    never: Vec<String>,
    #[serde(default)]
    todo: bool,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stress")
}

/// What is wrong with the reading of a case.
fn faults(case: &Case, rules: &RuleSet, graph: &KnowledgeGraph) -> Vec<String> {
    let asserted = Some((Modality::Asserted, Polarity::Positive));
    let fact = |line: &String| Fact::parse(line, rules).unwrap_or_else(|error| panic!("{}: {error}", case.text));
    let mut faults = Vec::new();
    for wanted in case.expect.iter().map(fact) {
        if !wanted.holds(graph) {
            faults.push(format!("missing   {wanted}"));
        }
        let plain = Fact { told: asserted, ..wanted.clone() };
        if wanted.told != asserted && plain.holds(graph) {
            faults.push(format!("asserted  {wanted}"));
        }
    }
    for line in &case.never {
        if (Fact { told: asserted, ..fact(line) }).holds(graph) {
            faults.push(format!("wrong     {line}"));
        }
    }
    faults
}

#[test]
fn no_file_falls_below_its_floor() {
    let rules = load(&["diplomacy".to_owned()]).rules.expect("the embedded pack compiles");
    let floor_path = folder().join("floor.toml");
    let mut floor: BTreeMap<String, usize> =
        fs::read_to_string(&floor_path).map(|text| toml::from_str(&text).unwrap()).unwrap_or_default();
    let mut files: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "toml") && *path != floor_path);
    files.sort();
    let bless = std::env::var_os("BLESS").is_some();
    let (mut below, mut passed, mut all) = (Vec::new(), 0, 0);
    let names: Vec<String> = files.iter().map(|f| f.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    for (path, name) in files.iter().zip(&names) {
        let text = fs::read_to_string(path).unwrap();
        let cases = toml::from_str::<File>(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display())).case;
        let results: Vec<(Vec<String>, KnowledgeGraph)> = cases
            .par_iter()
            .map(|case| {
                let graph = pipeline::run(vec![Source::new("case", case.text.clone())], &rules, &|_| {});
                (faults(case, &rules, &graph), graph)
            })
            .collect();
        let counted = cases.iter().filter(|case| !case.todo).count();
        let good = cases.iter().zip(&results).filter(|(case, (faults, _))| !case.todo && faults.is_empty()).count();
        println!("\n{name}: {good} of {counted}");
        for (case, (faults, graph)) in cases.iter().zip(&results) {
            match (case.todo, faults.is_empty()) {
                (true, true) => println!("  works now, no longer to do: {}", case.text),
                (false, false) => {
                    println!("  {}", case.text);
                    faults.iter().for_each(|fault| println!("      {fault}"));
                    relations(graph).iter().for_each(|line| println!("      found     {line}"));
                }
                _ => {}
            }
        }
        (passed, all) = (passed + good, all + counted);
        let least = floor.entry(name.clone()).or_default();
        if bless {
            *least = good.max(*least);
        }
        if good < *least {
            below.push(format!("{name}: {good} pass, {least} must"));
        }
    }
    println!("\n{passed} of {all}");
    let orphans: Vec<&String> = floor.keys().filter(|name| !names.contains(name)).collect();
    assert!(orphans.is_empty(), "floor.toml names files that are not there: {orphans:?}");
    if bless {
        let head = "# How many cases of each file must pass. Only ever raised: BLESS=1 cargo test --test stress\n";
        fs::write(&floor_path, format!("{head}{}", toml::to_string(&floor).unwrap())).unwrap();
    }
    assert!(all > 200, "only {all} cases were found");
    assert!(below.is_empty(), "{}", below.join("\n"));
}
