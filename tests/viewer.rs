//! The page in a browser: it opens from a disk without a word to anywhere, and does what it is for.
//!
//! The steps are in `tests/viewer/*.mjs`, one file a purpose; to add one, add a file that exports `run`. They need Node,
//! `playwright-core`, which `.ci/tools` installs, and Chromium. What is missing skips them, loudly; under
//! `ATTACHE_REQUIRE_TOOLS=1` it fails.

#[path = "export/sample.rs"]
mod sample;
#[path = "export/scenes.rs"]
mod scenes;
#[path = "export/tools.rs"]
mod tools;

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use attache::export::{DrawOptions, Engine, Format, render};
use attache::graph::{KnowledgeGraph, build};
use sample::{Report, schema};
use tools::available;

/// Names that would break out of a script, an attribute or a text.
fn hostile() -> KnowledgeGraph {
    let mut r = Report::new("</script><script>document.title='broken'</script>", None);
    let a = r.named("Organization", "</script><img src=x onerror=\"document.title='broken'\">", &[]);
    let b = r.named("Organization", "<!--<script>\u{0}\u{2028} 'é' 👍🏽 \u{202e}נתניהו", &[("__proto__", "constructor")]);
    r.says(a, "accused", b, &[("date", "2019-07"), ("toString", "</script>")]);
    build(&[r.fragment()], &schema())
}

/// A report as the built-in rules read it.
fn report() -> KnowledgeGraph {
    let rules = attache::rules::load(&["diplomacy".to_owned()]).rules.unwrap();
    let text = "Norwegian Foreign Minister Pia Lund met President Ana Rojas of Peru in Oslo on 2 July 2019.";
    attache::pipeline::run(vec![attache::source::Source::new("report", text)], &rules, &|_| {})
}

/// As many nodes as the page has to be fluid with: 3,000 of them and 10,000 edges.
fn large() -> KnowledgeGraph {
    let mut r = Report::new("large", None);
    let nodes: Vec<u32> = (0..3000)
        .map(|number| {
            let mut name = String::from("Office ");
            let _ = write!(name, "{number}");
            r.named("Organization", &name, &[])
        })
        .collect();
    let mut at = 1u64;
    for number in 0..10_000usize {
        // A multiplicative generator (Lehmer's, modulus 2³¹ − 1) picks a target; low numbers are picked more often.
        at = at * 48_271 % 2_147_483_647;
        let source = 1 + number % 2999;
        let target = (at as usize % source) * (number % 7 + 1) / 7;
        let relation = ["accused", "met-with", "pledged-support"][number / 2999 % 3];
        let date = format!("20{:02}-{:02}", number % 20, 1 + number % 12);
        r.says(nodes[source], relation, nodes[target], &[("date", &date)]);
    }
    build(&[r.fragment()], &schema())
}

#[test]
fn the_page_does_what_it_is_for() {
    let modules = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/node");
    let needs = "require.resolve('playwright-core')";
    if !available("node with playwright-core", Command::new("node").current_dir(&modules).args(["-e", needs]))
        || !available("Chromium", Command::new("chromium").arg("--version"))
    {
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("viewer");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, graph) in [("small", scenes::small()), ("report", report()), ("hostile", hostile()), ("large", large())]
    {
        let page = render(&graph, Format::Html, Engine::Auto, &DrawOptions::default()).unwrap();
        assert_eq!(page, render(&graph, Format::Html, Engine::Auto, &DrawOptions::default()).unwrap(), "{name}");
        std::fs::write(folder.join(format!("{name}.html")), page).unwrap();
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/viewer/run.mjs");
    let output = Command::new("node").arg(script).arg(&folder).arg(&modules).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    println!("{said}");
}
