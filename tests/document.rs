//! How English texts are cut into blocks, sentences and tokens.
//!
//! Every file in `tests/document/` is a test: what the vocabulary knows, a text, and what is expected of it. To add a
//! test, add a file with the first two parts and run `BLESS=1 cargo test --test document`; then read what was written.
//!
//! In the expected part a block is shown by its kind in brackets, then one sentence a line, tokens parted by spaces.
//! `~` marks a token that was cut out of dirt, `'` one that marks a possessor. `title` and `caps` mark headline case.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use attache::document::{Conventions, Document, NoVocabulary, SegmentationFile, Segmenter, Shape, Vocabulary};
use attache::source::{Source, Span};
use proptest::prelude::*;

const ENGLISH: &str = include_str!("../rules/english/segmentation.toml");

fn segmenter() -> Segmenter {
    let written: SegmentationFile = toml::from_str(ENGLISH).expect("segmentation.toml has the shape of one");
    Segmenter::new(Arc::new(Conventions::compile(&written, &[]).expect("segmentation.toml compiles")))
}

/// The words that a test file lists.
#[derive(Default)]
struct Words {
    known: Vec<String>,
    names: Vec<String>,
}

impl Vocabulary for Words {
    fn knows(&self, lower_word: &str) -> bool {
        self.known.iter().any(|word| word == lower_word)
    }

    fn is_name(&self, word: &str) -> bool {
        self.names.iter().any(|name| name == word)
    }
}

fn show(document: &Document) -> String {
    let mut out = String::new();
    for (number, block) in document.blocks.iter().enumerate() {
        writeln!(out, "[{}]", block.kind.name()).unwrap();
        for sentence in document.sentences.iter().filter(|sentence| sentence.block as usize == number) {
            let mut line = String::new();
            for token in sentence.tokens.clone() {
                let shape = document.tokens[token as usize].shape;
                let marks = [(Shape::REPAIRED, "~"), (Shape::POSSESSIVE, "'")];
                let marks: String = marks.iter().filter(|(bit, _)| shape.has(*bit)).map(|(_, mark)| *mark).collect();
                let marks =
                    if document.surface(token).starts_with(['\'', '’']) { marks.replace('\'', "") } else { marks };
                write!(line, " {marks}{}", document.word(token)).unwrap();
            }
            let case = if sentence.all_caps {
                " caps"
            } else if sentence.title_case {
                " title"
            } else {
                ""
            };
            writeln!(out, "-{line}{case}").unwrap();
        }
    }
    for quotation in &document.quotations {
        writeln!(
            out,
            "quotation: {}",
            document.span(quotation.tokens.clone()).slice(document.text()).replace('\n', "⏎")
        )
        .unwrap();
    }
    if let Some(dateline) = &document.dateline {
        writeln!(out, "dateline: {}", document.span(dateline.place.clone()).slice(document.text())).unwrap();
    }
    if let Some(date) = &document.date {
        writeln!(out, "date: {}", date.text).unwrap();
    }
    out
}

fn run(file: &str) -> (String, String) {
    let (head, rest) = file.split_once("--- text\n").expect("a line `--- text`");
    let (text, expected) = rest.split_once("--- expected\n").unwrap_or((rest, ""));
    let mut words = Words::default();
    for line in head.lines() {
        let list = |list: &str| list.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        if let Some(known) = line.strip_prefix("known:") {
            words.known.extend(list(known));
        } else if let Some(names) = line.strip_prefix("names:") {
            words.names.extend(list(names));
        }
    }
    // Characters that editors would lose are written as escapes.
    let text = text
        .replace("<shy>", "\u{AD}")
        .replace("<nbsp>", "\u{A0}")
        .replace("<zw>", "\u{200B}")
        .replace("<lrm>", "\u{200E}");
    let document = segmenter().segment(Arc::new(Source::new("test", text.trim_end_matches('\n'))), &words);
    check(&document);
    (show(&document), expected.to_owned())
}

/// What must hold of every document.
fn check(document: &Document) {
    let text = document.text();
    let mut end = 0;
    for token in &document.tokens {
        assert!(token.span.start >= end && token.span.end > token.span.start, "{:?} in {text:?}", token.span);
        let surface = text.get(token.span.range()).expect("a token is a slice of the text");
        assert!(!surface.contains(char::is_whitespace), "{surface:?} in {text:?}");
        end = token.span.end;
    }
    // Whatever is no token is white space or does not show.
    let mut at = 0;
    let skipped = |part: &str| {
        let shown = |c: &char| {
            !c.is_whitespace()
                && !matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
        };
        assert_eq!(part.chars().find(shown), None, "lost in {text:?}");
    };
    if !text.starts_with("---") {
        for token in &document.tokens {
            skipped(&text[at..token.span.start as usize]);
            at = token.span.end as usize;
        }
        skipped(&text[at..]);
    }
    let mut next = 0;
    for sentence in &document.sentences {
        assert_eq!(sentence.tokens.start, next);
        assert!(sentence.tokens.end > next);
        next = sentence.tokens.end;
        let block = document.blocks[sentence.block as usize].span;
        assert_eq!(document.span(sentence.tokens.clone()), sentence.span);
        assert!(block.contains(sentence.span), "{text:?}");
    }
    assert_eq!(next as usize, document.tokens.len());
    assert!(document.blocks.is_sorted_by(|a, b| a.span.end <= b.span.start));
    for quotation in &document.quotations {
        assert_eq!((quotation.tokens.start, quotation.tokens.end), (quotation.open + 1, quotation.close));
        assert!(quotation.open < quotation.close && quotation.close <= next);
    }
    if let Some(dateline) = &document.dateline {
        assert!(
            dateline.place.start < dateline.place.end && dateline.place.end <= dateline.end && dateline.end <= next
        );
    }
}

#[test]
fn files() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/document");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    assert!(paths.len() >= 5, "the test files are there");
    let bless = std::env::var_os("BLESS").is_some();
    let mut failed = Vec::new();
    for path in paths {
        let file = fs::read_to_string(&path).unwrap();
        let (found, expected) = run(&file);
        if bless {
            let input = file.split("--- expected\n").next().unwrap();
            fs::write(&path, format!("{input}--- expected\n{found}")).unwrap();
        } else if found != expected {
            failed.push(format!("{}:\n--- expected\n{expected}--- found\n{found}", path.display()));
        }
    }
    assert!(failed.is_empty(), "{} (BLESS=1 rewrites)", failed.join("\n"));
}

/// Words and names that look as if something were glued to them. `whole.list` lists them, and the words around them.
#[test]
fn nothing_whole_is_cut() {
    let list = include_str!("document/whole.list");
    let (mut known, mut names) = (Vec::new(), Vec::new());
    for line in list.lines() {
        if let Some(words) = line.strip_prefix("known:") {
            known.extend(words.split_whitespace().map(str::to_owned));
        } else if let Some(words) = line.strip_prefix("names:") {
            names.extend(words.split_whitespace().map(str::to_owned));
        }
    }
    let words = Words { known, names };
    let segmenter = segmenter();
    let mut count = 0;
    let mut cut = Vec::new();
    for word in
        list.lines().filter(|line| !line.contains(':') && !line.starts_with('#')).flat_map(str::split_whitespace)
    {
        count += 1;
        for text in [format!("They saw {word} again."), format!("{word} army")] {
            let document = segmenter.segment(Arc::new(Source::new("t", text)), &words);
            if !(0..document.tokens.len() as u32).any(|token| document.surface(token) == word) {
                cut.push(word);
            }
        }
    }
    assert!(count >= 200, "only {count} words");
    assert_eq!(cut, Vec::<&str>::new());
}

#[test]
fn a_fault_in_the_file_is_pointed_at() {
    let toml = "[tokens]\nsplit = [\"cannot\"]\n[layout]\nmeta = ['ok', '(']\ndateline = ['x']\n";
    let written: SegmentationFile = toml::from_str(toml).unwrap();
    let faults = Conventions::compile(&written, &[]).unwrap_err();
    let found: Vec<_> = faults.iter().map(|fault| (fault.key, fault.value.as_str(), fault.span)).collect();
    let at =
        |part: &str| Some(Span::new(toml.find(part).unwrap() as u32, (toml.find(part).unwrap() + part.len()) as u32));
    assert_eq!(
        found,
        [("layout.dateline", "x", at("'x'")), ("tokens.split", "cannot", None), ("layout.meta", "(", at("'('"))]
    );
}

#[test]
fn records_bring_their_date() {
    let mut source =
        Source::new("r", "Talks end\n\n3 May 2021\n\nThe two ministers ended their talks on Monday in Oslo.");
    let date = |source: &Source| segmenter().segment(Arc::new(source.clone()), &NoVocabulary).date.unwrap();
    assert_eq!(date(&source).text, "3 May 2021");
    source.date = Some("2021-05-04".into());
    assert_eq!((date(&source).text.as_str(), date(&source).span), ("2021-05-04", None));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_holds_together(text in any::<String>()) {
        check(&segmenter_once().segment(Arc::new(Source::new("p", text)), &NoVocabulary));
    }

    #[test]
    fn any_likely_text_holds_together(parts in proptest::collection::vec(proptest::sample::select(PARTS.to_vec()), 0..60)) {
        let words = Words { known: vec!["help".into(), "country".into(), "the".into()], names: vec!["Oslo".into(), "Chad".into()] };
        check(&segmenter_once().segment(Arc::new(Source::new("p", parts.concat())), &words));
    }
}

const PARTS: [&str; 60] = [
    "Oslo",
    "Chad",
    "help",
    "country",
    "the",
    "s",
    "'",
    "’",
    "‘",
    "\"",
    "“",
    "”",
    ".",
    "..",
    "…",
    "?",
    "!",
    ",",
    "-",
    "--",
    "–",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\u{AD}",
    "\u{200B}",
    "\u{A0}",
    "U.S.",
    "Lt.",
    "No.",
    "5",
    "30-09-2022",
    "3.5",
    "$",
    "@a",
    "www.a.com",
    "http://",
    "a@b.org",
    "(",
    ")",
    "[",
    "--- ",
    "Recent Posts",
    "Leave a Reply",
    "9 hours ago",
    "By Ann",
    "J.",
    "al-",
    "ǅ",
    "ß",
    "İ",
    "é",
    "中文",
    "😀",
    "\u{301}",
    "n't",
    "&",
    "_",
];

fn segmenter_once() -> &'static Segmenter {
    static ONCE: std::sync::OnceLock<Segmenter> = std::sync::OnceLock::new();
    ONCE.get_or_init(segmenter)
}
