//! The same input gives the same bytes, at any number of threads; and many runs merged are one run over everything.

use std::fs;
use std::path::Path;

use attache::export::json;
use attache::graph::{KnowledgeGraph, merge};
use attache::infer::infer;
use attache::pipeline::{self, schema};
use attache::rules::{PackFiles, RuleSet, load};
use attache::source::{Options, Source, collect};

fn rules() -> RuleSet {
    load(&["diplomacy".to_owned()]).rules.expect("the embedded pack compiles")
}

fn seeds() -> Vec<Source> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let (sources, problems) = collect(&[folder], &mut std::io::empty(), Options::default());
    assert!(problems.is_empty() && sources.len() >= 5, "{problems:?}");
    sources
}

fn with_threads(threads: usize, sources: Vec<Source>, rules: &RuleSet) -> KnowledgeGraph {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| pipeline::run(sources, rules, &|_| {}))
}

#[test]
fn one_thread_and_eight_give_the_same_bytes() {
    let rules = rules();
    // Enough documents for every thread: each report under several names.
    let many: Vec<Source> = (0..8)
        .flat_map(|copy| {
            seeds().into_iter().map(move |mut source| {
                source.id = format!("{copy}/{}", source.id);
                source
            })
        })
        .collect();
    let one = json(&with_threads(1, many.clone(), &rules));
    assert_eq!(one, json(&with_threads(8, many.clone(), &rules)));
    let turned: Vec<Source> = many.into_iter().rev().collect();
    assert_eq!(one, json(&with_threads(8, turned, &rules)), "the order of documents shows");
}

#[test]
fn rules_compiled_twice_read_alike() {
    let graph = |rules: &RuleSet| json(&pipeline::run(seeds(), rules, &|_| {}));
    assert_eq!(graph(&rules()), graph(&rules()));
}

#[test]
fn packs_in_the_program_and_their_copies_on_disk_give_the_same_bytes() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("packs");
    let _ = fs::remove_dir_all(&folder);
    for name in PackFiles::embedded_names() {
        for (path, bytes) in PackFiles::embedded(&name).unwrap().files {
            let path = folder.join(&name).join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes.bytes()).unwrap();
        }
    }
    let copy = load(&[folder.join("diplomacy").display().to_string()]).rules.expect("the copy compiles");
    let embedded = rules();
    assert_eq!(copy.sha256, embedded.sha256);
    let graph = |rules: &RuleSet| json(&pipeline::run(seeds(), rules, &|_| {}));
    assert_eq!(graph(&copy), graph(&embedded));
}

#[test]
fn runs_merged_are_one_run() {
    let rules = rules();
    let whole = pipeline::run(seeds(), &rules, &|_| {});
    assert!(whole.edge_count() > 20, "only {} edges", whole.edge_count());
    let mut parts: Vec<KnowledgeGraph> =
        seeds().into_iter().map(|source| pipeline::run(vec![source], &rules, &|_| {})).collect();
    let schema = schema(&rules);
    // What follows by inference follows from all that was merged.
    let merge = |graphs: &[KnowledgeGraph]| infer(merge(graphs, &schema).unwrap(), &rules.inferences, &schema);
    assert_eq!(json(&merge(&parts)), json(&whole));
    parts.reverse();
    let first = merge(&parts[..2]);
    let rest = merge(&parts[2..]);
    assert_eq!(json(&merge(&[rest, first])), json(&whole), "grouping and order show");
    let back = KnowledgeGraph::from_json(&json(&whole)).unwrap();
    assert_eq!(json(&merge(&[back, whole.clone()])), json(&whole), "reading back loses something");
}
