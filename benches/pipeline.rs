//! How long it takes until the first word is read, and how fast documents are read after that.
//!
//! - `startup`: compiling the embedded packs, which every run begins with.
//! - `extraction`: documents to fragments on one thread, in bytes of text a second. The corpus is `seeds/`, repeated with
//!   other numbers to about 2 MB, so that no copy is another's text. The count of relations is asserted: a fast wrong
//!   answer is no answer. `ATTACHE_BENCH_CORPUS` names a JSON Lines file to read instead, whose count is printed.
//! - `graph`: fragments of that corpus to one graph.
//!
//! `cargo bench --bench pipeline`

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use attache::extract::Fragment;
use attache::graph::build;
use attache::pipeline::{fragments, schema};
use attache::rules::{RuleSet, load};
use attache::source::{Options, Source, collect};
use divan::Bencher;
use divan::counter::BytesCount;

const SIZE: usize = 2 << 20;

static RULES: LazyLock<RuleSet> = LazyLock::new(rules);
static CORPUS: LazyLock<Vec<Source>> = LazyLock::new(corpus);

fn main() {
    divan::main();
}

fn rules() -> RuleSet {
    load(&["diplomacy".to_owned()]).rules.expect("the embedded pack compiles")
}

fn read(path: PathBuf) -> Vec<Source> {
    let (sources, problems) = collect(&[path], &mut std::io::empty(), Options::default());
    assert!(problems.is_empty() && !sources.is_empty(), "{problems:?}");
    sources
}

fn seeds() -> Vec<Source> {
    read(Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds"))
}

fn corpus() -> Vec<Source> {
    if let Some(path) = std::env::var_os("ATTACHE_BENCH_CORPUS") {
        let corpus = read(path.into());
        println!("{} relations in {} documents", relations(&run(corpus.clone())), corpus.len());
        return corpus;
    }
    let seeds = seeds();
    let (mut corpus, mut size, mut copy) = (Vec::new(), 0, 0);
    while size < SIZE {
        for seed in &seeds {
            let source =
                Source { text: renumbered(&seed.text, copy), ..Source::new(format!("{copy}/{}", seed.id), "") };
            size += source.text.len();
            corpus.push(source);
        }
        copy += 1;
    }
    let expected = copy as usize * relations(&run(seeds));
    assert_eq!(relations(&run(corpus.clone())), expected, "each copy has the relations of its original");
    corpus
}

/// Every digit of a number of four digits or more turned by the same amount: years and sums change, days of the month do
/// not, so that a date stays one.
fn renumbered(text: &str, by: u32) -> String {
    let characters: Vec<char> = text.chars().collect();
    let run_at = |at: usize| {
        let digits = |c: &&char| c.is_ascii_digit();
        let before = characters[..at].iter().rev().take_while(digits).count();
        before + characters[at..].iter().take_while(digits).count()
    };
    let turn = |(at, c): (usize, &char)| match c.to_digit(10) {
        // The first two digits of a year keep it a year.
        Some(digit) if run_at(at) >= 4 && at >= 2 && characters[at - 2..at].iter().all(char::is_ascii_digit) => {
            char::from_digit((digit + by) % 10, 10).unwrap_or(*c)
        }
        _ => *c,
    };
    characters.iter().enumerate().map(turn).collect()
}

fn run(sources: Vec<Source>) -> Vec<Fragment> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("one thread");
    pool.install(|| fragments(sources, &RULES, &|_| {}))
}

fn relations(fragments: &[Fragment]) -> usize {
    fragments.iter().map(|fragment| fragment.relations.len()).sum()
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn startup() -> RuleSet {
    rules()
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn extraction(bencher: Bencher) {
    let bytes: usize = CORPUS.iter().map(|source| source.text.len()).sum();
    bencher.counter(BytesCount::new(bytes)).with_inputs(|| CORPUS.clone()).bench_values(run);
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn graph(bencher: Bencher) {
    let fragments = run(CORPUS.clone());
    let schema = schema(&RULES);
    bencher.bench_local(|| build(&fragments, &schema));
}
