//! Questions to a graph: every `tests/query/NAME.toml` asks one of the graph below, `NAME.out` is what came.
//!
//! To add a case, add a `.toml` and run `BLESS=1 cargo test --test query`; then read what was written.
//!
//! ```toml
//! doc = "What is shown."
//! ask = ["(m:Minister)-[met-with]->(x)", "--format", "json"]
//! ```

#[path = "export/sample.rs"]
mod sample;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use attache::export;
use attache::extract::{Modality, Polarity};
use attache::graph::{KnowledgeGraph, build};
use attache::query::Question;
use proptest::prelude::*;
use sample::{Report, schema};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    doc: String,
    ask: Vec<String>,
}

/// Two reports on four people, three countries and a city.
fn graph() -> KnowledgeGraph {
    let mut may = Report::new("may.txt", Some("2019-05-04"));
    let chile = may.known("Country", "Chile");
    let peru = may.known("Country", "Peru");
    let lund = may.person("Minister", "Pia Lund", "Chile", "foreign minister");
    let rojas = may.person("Commander", "Ana Rojas", "Peru", "");
    let okoro = may.person("Minister", "Tom Okoro", "Peru", "defence minister");
    may.says(lund, "met-with", rojas, &[("date", "2019-05-02"), ("place", "Lima")]);
    may.says(lund, "visited", peru, &[("date", "2019-05")]);
    may.says(rojas, "accused", chile, &[]).modality = Modality::Alleged;
    may.says(okoro, "met-with", lund, &[]).polarity = Polarity::Negative;
    may.says(chile, "signed-agreement", peru, &[("date", "2018")]);
    may.event("Meeting", &[("took-part-in", lund), ("took-part-in", rojas)], Some("2019-05-02"));
    let mut june = Report::new("june.txt", Some("2020-06-01"));
    let norway = june.known("Country", "Norway");
    let chile = june.known("Country", "Chile");
    let lund = june.person("Minister", "Pia Lund", "Chile", "foreign minister");
    let berg = june.person("Minister", "Nils Bérg", "Norway", "foreign minister");
    june.says(berg, "met-with", lund, &[("date", "2020-05-30")]);
    june.says(lund, "visited", norway, &[]).modality = Modality::Planned;
    june.says(norway, "pledged-support", chile, &[]);
    build(&[may.fragment(), june.fragment()], &schema())
}

#[test]
fn every_question_is_answered_as_written() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/query");
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("graph.json"), export::json(&graph())).unwrap();
    let mut paths: Vec<PathBuf> = fs::read_dir(cases).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let (mut wrong, mut count) = (Vec::new(), 0);
    for path in &paths {
        let name = path.display();
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("toml") => count += 1,
            Some("out") => {
                assert!(path.with_extension("toml").exists(), "{name} belongs to no case");
                continue;
            }
            _ => panic!("{name} is neither a case nor what comes of one"),
        }
        let case: Case = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap_or_else(|e| panic!("{name}: {e}"));
        let output = Command::new(env!("CARGO_BIN_EXE_attache"))
            .current_dir(folder.path())
            .args(["query", "graph.json"])
            .args(&case.ask)
            .env("COLUMNS", "100")
            .output()
            .unwrap();
        let texts = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        let shown = format!("exit status {}\n{}{}", output.status.code().unwrap_or(-1), texts[0], texts[1]);
        let out = path.with_extension("out");
        if std::env::var_os("BLESS").is_some() {
            fs::write(&out, shown).unwrap();
        } else {
            let expected = fs::read_to_string(&out).unwrap_or_default();
            if expected != shown {
                wrong.push(format!("=== {name}: {}\n--- expected ---\n{expected}--- came ---\n{shown}", case.doc));
            }
        }
    }
    assert!(count >= 20, "only {count} cases were found");
    assert!(wrong.is_empty(), "{} of {count} cases:\n{}", wrong.len(), wrong.join("\n"));
}

/// Rows as texts, for questions that must be answered alike.
fn rows(graph: &KnowledgeGraph, question: &str) -> Vec<String> {
    let question = Question::parse(question).unwrap_or_else(|found| panic!("{question}: {}", found[0].title));
    let answer = question.ask(graph).unwrap_or_else(|found| panic!("{}", found[0].title));
    answer.rows.iter().map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>().join(" | ")).collect()
}

#[test]
fn equal_questions_have_equal_answers() {
    let graph = graph();
    for (one, other) in [
        ("(a)-[accused]->(b) return a, b", "(b)<-[accused]-(a) return a, b"),
        ("(a:Minister) return a", "(a) where a:Minister return a"),
        ("(a {country: 'Peru'}) return a", "(a) where a.country = \"peru\" return a"),
        ("(a)-[met-with]->(b) return a, b", "(a)-[met-with]-(b) return a, b"),
        ("(a)-[r:visited]->(b) return a, b, r", "match (a)-[r]->(b) where r.type = 'visited' return a, b, r"),
        ("(a)-[visited|accused]->(b) return a", "(a)-[r]->(b) where r.type in ['visited', 'accused'] return a"),
        ("(a)-[visited]->(b), (c)-[accused]->(d) return a, c", "(c)-[accused]->(d), (a)-[visited]->(b) return a, c"),
        ("(a)-[*2..2]->(b) return a, b", "(a)-->()-->(b) return a, b"),
        (
            "(a:Person) where not (a)-[visited]->() return a",
            "(a:Person) where not exists (a)-[:visited]->(:Country) return a",
        ),
    ] {
        let (mut first, mut second) = (rows(&graph, one), rows(&graph, other));
        first.sort();
        second.sort();
        assert!(!first.is_empty(), "{one} finds nothing");
        assert_eq!(first, second, "{one}\n{other}");
    }
}

#[test]
fn a_question_that_asks_for_everything_ends() {
    // Everyone with everyone, so that ways are many.
    let mut report = Report::new("all.txt", None);
    let people: Vec<u32> =
        (0..24u8).map(|n| report.person("Minister", &format!("{0}{0} {0}o", char::from(b'A' + n)), "", "")).collect();
    for &a in &people {
        for &b in &people {
            if a != b {
                report.says(a, "accused", b, &[]);
            }
        }
    }
    let graph = build(&[report.fragment()], &schema());
    let question = Question::parse("(a)-[*1..12]->(b)").unwrap();
    assert_eq!(question.ask(&graph).unwrap_err()[0].code, "Q005");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_breaks_the_reader(text in "[-(){}<>\\[\\]:,.*|=~ a-m0-9'\"`]{0,60}") {
        if let Ok(question) = Question::parse(&text) {
            let _ = question.ask(&graph());
        }
    }

    #[test]
    fn pieces_of_questions_break_nothing(pieces in prop::collection::vec(prop::sample::select(vec![
        "(a)", "(b:Minister)", "()", "-[r]->", "<-[accused]-", "-[*1..2]-", "--", ",", " where ", " and ", " not ", "a.name",
        " = ", "'x'", " return ", "count(*)", "a", " order by ", " limit 2", "(", ")", "r.date", " >= 2019-07", " is null", " or ",
    ]), 0..12)) {
        if let Ok(question) = Question::parse(&pieces.concat()) {
            let _ = question.ask(&graph());
        }
    }
}
