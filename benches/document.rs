//! Measures cutting texts up, in bytes a second, on ordinary reports and on texts made to be hard: what is linear takes as
//! long for a byte of one as for a byte of another; and reading, positions and messages on a file of one long line.

use std::hint::black_box;
use std::sync::Arc;

use attache::diagnostic::{Diagnostic, SourceFile, render};
use attache::document::{Conventions, SegmentationFile, Segmenter, Vocabulary};
use attache::source::{CodePoints, LineIndex, Options, Source, Span, collect};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};

const ENGLISH: &str = include_str!("../rules/english/segmentation.toml");

const PARAGRAPH: &str = "The Foreign Minister of Norway, Ane Lund, met her Chadian counterpart in Oslo on Monday, the \
    ministry's spokesman said. \"We aren't far from an agreement on fishing,\" he added, noting that the U.S. had sent \
    Lt. Gen. P. Okoro. ";

/// Megabytes of each hard text.
const MEGABYTES: usize = 10;

fn main() {
    divan::main();
}

struct Words;

impl Vocabulary for Words {
    fn knows(&self, lower_word: &str) -> bool {
        PARAGRAPH.contains(lower_word)
    }

    fn is_name(&self, word: &str) -> bool {
        word == "Oslo" || word == "Norway"
    }
}

fn report() -> String {
    format!("Norway and Chad near agreement\n\nOSLO, May 3 (Wire) – {}\n\n", PARAGRAPH.repeat(4)).repeat(6)
}

fn segmenter() -> Segmenter {
    let written: SegmentationFile = toml::from_str(ENGLISH).expect("segmentation.toml has the shape of one");
    Segmenter::new(Arc::new(Conventions::compile(&written, &[]).expect("segmentation.toml compiles")))
}

#[divan::bench]
fn compile_conventions() -> Segmenter {
    segmenter()
}

fn cut(bencher: Bencher<'_, '_>, text: String) {
    let segmenter = segmenter();
    let bytes = text.len();
    let source = Arc::new(Source::new("t", text));
    bencher.counter(BytesCount::new(bytes)).bench_local(|| segmenter.segment(source.clone(), &Words).tokens.len());
}

#[divan::bench]
fn one_report(bencher: Bencher<'_, '_>) {
    cut(bencher, report());
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn reports_in_one_text(bencher: Bencher<'_, '_>) {
    let report = report();
    cut(bencher, report.repeat(MEGABYTES * 1_000_000 / report.len()));
}

/// What is repeated to make a hard text.
const HARD: &[(&str, &str)] = &[
    ("no space", "ab"),
    ("capitals", "Ab"),
    ("double quotes", "\""),
    ("apostrophes in words", "x's"),
    ("lone apostrophes", "s' "),
    ("brackets", "("),
    ("marks", "?."),
    ("marks apart", "? . "),
    ("dotted letters", "a."),
    ("names with dots", "ab.c@"),
    ("hyphens", "a-b-"),
    ("addresses", "(http://a"),
    ("list heads", "Recent Posts\n"),
    ("short lines", "Ab cd\n"),
    ("opened quotations", "“a "),
    ("initials", "A. "),
    ("spaces after initials", "A.                                                                      "),
    ("hidden characters", "\u{AD}"),
];

#[divan::bench(args = HARD.iter().map(|(name, _)| *name), sample_count = 3, sample_size = 1)]
fn hard(bencher: Bencher<'_, '_>, name: &str) {
    let (_, part) = HARD.iter().find(|(of, _)| *of == name).expect("one of the list");
    cut(bencher, part.repeat(MEGABYTES * 1_000_000 / part.len()) + "x");
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn read_a_line_and_records(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().expect("a folder");
    let line = "The envoy’s talks ended. ".repeat(MEGABYTES * 40_000);
    let record = serde_json::json!({"text": "The envoy’s talks ended. ".repeat(40)}).to_string() + "\n";
    let records = record.repeat(MEGABYTES * 1_000);
    std::fs::write(folder.path().join("one.txt"), &line).expect("written");
    std::fs::write(folder.path().join("feed.jsonl"), &records).expect("written");
    bencher.counter(BytesCount::new(line.len() + records.len())).bench_local(|| {
        let (sources, problems) = collect(&[folder.path().to_owned()], &mut std::io::empty(), Options::default());
        assert_eq!((sources.len(), problems.len()), (MEGABYTES * 1_000 + 1, 0));
    });
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn positions_in_a_line(bencher: Bencher<'_, '_>) {
    let text = "The envoy’s talks ended. ".repeat(MEGABYTES * 40_000);
    let (lines, points) = (LineIndex::new(&text), CodePoints::new(&text));
    bencher.counter(ItemsCount::new(text.len() / 50)).bench_local(|| {
        for at in (0..text.len() as u32).step_by(50) {
            black_box((lines.position(&text, at).column, points.offset(&text, at)));
        }
    });
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn message_in_a_line(bencher: Bencher<'_, '_>) {
    let text = "The envoy’s talks ended. ".repeat(MEGABYTES * 40_000);
    let file = Arc::new(SourceFile::new("one.txt", &text));
    let at = text.len() as u32 - 20;
    let found = [Diagnostic::error("E000", "here").in_file(file).label(Span::new(at, at + 5), "this")];
    bencher.bench_local(|| {
        let shown = render(&found, false);
        assert!(shown.len() < 1000, "only what stands around the place is shown");
    });
}
