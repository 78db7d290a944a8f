//! How fast a large graph is written in each text format, and how much memory that takes beside the graph.
//!
//! - `write`: 100,000 nodes and 500,000 edges, in bytes of output a second of the processor. Each format has to reach
//!   50 MB/s, and with the graph no more than twice the memory of the graph; the table at the beginning tells both, and the
//!   run fails where one does not. Memory is what Linux says the process has; elsewhere it is not looked at.
//! - `svg`, `html`: 1,000 nodes and 3,000 edges drawn, which has to take less than 3 seconds, and made a page, less than 2.
//!
//! `cargo bench --bench export`; `ATTACHE_BENCH_NODES` asks for another size (edges are five times as many).

use std::fmt::Write as _;
use std::io::{self, Write};
use std::sync::LazyLock;
use std::time::Instant;

use attache::export::{DrawOptions, Engine, Format, svg, write_file};
use attache::graph::KnowledgeGraph;
use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher};

/// What a format has to reach.
const MEGABYTES_A_SECOND: f64 = 50.0;

/// Seconds in one count of the processor's time, on every Linux there is.
const TICK: f64 = 0.01;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

static LARGE: LazyLock<KnowledgeGraph> = LazyLock::new(|| {
    let nodes = std::env::var("ATTACHE_BENCH_NODES").map_or(100_000, |nodes| nodes.parse().expect("a number"));
    graph(nodes, 5)
});

/// Every file of every text format but those that lay the graph out.
fn files() -> Vec<(Format, &'static str)> {
    let text =
        Format::ALL.into_iter().filter(|format| format.is_text() && !matches!(format, Format::Svg | Format::Html));
    text.flat_map(|format| format.endings().iter().map(move |ending| (format, *ending))).collect()
}

fn main() {
    let memory = resident();
    let (nodes, edges) = (LARGE.node_count(), LARGE.edge_count());
    let own = resident().saturating_sub(memory);
    println!("{nodes} nodes and {edges} edges take {} MB", own >> 20);
    let mut missed = Vec::new();
    for (format, ending) in files() {
        let before = forget_peak();
        let start = seconds_of_processor();
        let (size, _) = written(&LARGE, format, ending);
        let seconds = (seconds_of_processor() - start).max(TICK);
        let speed = size as f64 / 1e6 / seconds;
        let more = peak().saturating_sub(before);
        println!("{ending:<16} {:>6} MB  {speed:>6.0} MB/s  {:>6} MB more memory", size / 1_000_000, more >> 20);
        if size > 1_000_000 && speed < MEGABYTES_A_SECOND {
            missed.push(format!("{ending} is written at {speed:.0} MB/s"));
        }
        if more > own {
            missed.push(format!("{ending} takes {} MB beside the graph", more >> 20));
        }
    }
    let start = Instant::now();
    svg(&graph(1000, 3), &DrawOptions::default());
    println!("1,000 nodes drawn in {:?}", start.elapsed());
    if start.elapsed().as_secs() >= 3 {
        missed.push(format!("1,000 nodes are drawn in {:?}", start.elapsed()));
    }
    let start = Instant::now();
    let (size, _) = written(&graph(1000, 3), Format::Html, "html");
    println!("1,000 nodes made a page of {} KB in {:?}", size / 1000, start.elapsed());
    if start.elapsed().as_secs() >= 2 {
        missed.push(format!("1,000 nodes are made a page in {:?}", start.elapsed()));
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    divan::main();
}

#[divan::bench(args = files(), sample_count = 3)]
fn write(bencher: Bencher, (format, ending): (Format, &str)) {
    let (size, _) = written(&LARGE, format, ending);
    bencher.counter(BytesCount::new(size)).bench(|| written(&LARGE, format, ending));
}

#[divan::bench(sample_count = 3)]
fn draw(bencher: Bencher) {
    let graph = graph(1000, 3);
    bencher.bench(|| svg(&graph, &DrawOptions::default()));
}

/// Counts what is written, and sums it up so that nothing is left undone.
#[derive(Default)]
struct Counted {
    bytes: usize,
    sum: u64,
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes += bytes.len();
        self.sum = self.sum.wrapping_add(u64::from(bytes.first().copied().unwrap_or_default()));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn written(graph: &KnowledgeGraph, format: Format, ending: &str) -> (usize, u64) {
    let mut out = Counted::default();
    write_file(graph, format, ending, "graph", Engine::BuiltIn, &DrawOptions::default(), &mut out).expect("written");
    (out.bytes, out.sum)
}

/// A field of this process's status in bytes; nothing where the system has none.
fn status(field: &str) -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(field)).unwrap_or_default();
    line.split_whitespace().find_map(|word| word.parse::<usize>().ok()).unwrap_or_default() << 10
}

/// Seconds that the processor has worked for this process, in hundredths: a busy machine does not count. Where the system
/// does not say, those of the clock.
fn seconds_of_processor() -> f64 {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // User and system time are the twelfth and thirteenth field behind the name, which may hold anything.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: Vec<f64> = fields.skip(11).take(2).filter_map(|field| field.parse().ok()).collect();
    if ticks.len() == 2 { (ticks[0] + ticks[1]) * TICK } else { START.elapsed().as_secs_f64() }
}

/// Memory of this process.
fn resident() -> usize {
    status("VmRSS:")
}

/// Begins to look for the most memory anew; memory as it is.
fn forget_peak() -> usize {
    // Where this cannot be done, the peak is that of the whole process, and the bar is harder.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    resident()
}

/// The most memory this process has had.
fn peak() -> usize {
    status("VmHWM:")
}

/// A graph like those of reports: each node with attributes and two mentions, each edge with a sentence.
fn graph(nodes: usize, edges_a_node: usize) -> KnowledgeGraph {
    let mut text = String::from(
        r#"{"format": "attache-graph", "version": 1, "graph": {"generator": "attache", "generator_version": "0.1.0",
        "pack": {"name": "bench", "version": "0", "sha256": "00"}, "documents": [{"id": "report.txt", "date": "2019-07-02",
        "sha256": "00", "characters": 1000}], "types": {"Minister": {"types": ["Minister", "Official", "Person"],
        "draw": {"fill": "lightblue", "detail": ["office", "country"]}}}, "relations": {"met-with": {"label": "met",
        "symmetric": true, "draw": {"color": "steelblue"}}}}, "nodes": ["#,
    );
    for number in 0..nodes {
        let comma = if number == 0 { "" } else { "," };
        let _ = write!(
            text,
            r#"{comma}{{"id": "person/minister-{number}", "type": "Minister", "types": ["Minister", "Official", "Person"],
            "name": "Minister {number}", "aliases": ["Minister Number {number}"], "attributes": {{"country": "Iran",
            "office": "defence minister"}}, "support": 1, "mentions": [{{"doc": "report.txt", "start": 10, "end": 20,
            "quote": "Minister {number}", "kind": "named", "rule": "person.titled", "entity": 0}}, {{"doc": "report.txt",
            "start": 30, "end": 32, "quote": "he", "kind": "pronoun", "rule": "pronoun", "entity": 0}}],
            "observations": [{{"doc": "report.txt", "entity": 0, "type": "Minister", "name": "Minister {number}",
            "named": true}}]}}"#
        );
    }
    text.push_str("], \"edges\": [");
    for number in 0..nodes * edges_a_node {
        let comma = if number == 0 { "" } else { "," };
        // Far and near, a hub now and then; never the same pair twice.
        let source = number % nodes;
        let target = (source + 1 + (number / nodes) * 37 % nodes.saturating_sub(1)) % nodes;
        let _ = write!(
            text,
            r#"{comma}{{"source": "person/minister-{source}", "target": "person/minister-{target}", "key": {},
            "type": "met-with", "label": "met", "modality": "asserted", "polarity": "positive", "confidence": 0.9,
            "support": 1, "attributes": {{"cameo": "040", "date": "2019-07-{:02}", "place": "Tehran", "plover": "CONSULT"}},
            "evidence": [{{"doc": "report.txt", "sentence": 3, "start": 120, "end": 220, "source_span": [120, 130],
            "target_span": [140, 150], "quote": "Minister {source} met with his counterpart, Minister {target}, in Tehran on Tuesday for talks on trade and borders.",
            "rule": "met-with.verb", "confidence": 0.9, "source_entity": 0, "target_entity": 1}}]}}"#,
            number / nodes,
            1 + number % 28
        );
    }
    text.push_str("]}");
    KnowledgeGraph::from_json(&text).expect("a graph")
}
