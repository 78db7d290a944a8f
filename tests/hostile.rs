//! No rule text, however it came about, panics, overflows the stack or takes the compiler seconds: a limit is named instead.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use attache::diagnostic::render;
use attache::pattern::parse;
use attache::rules::{Compiled, FileBytes, PackFiles, check_files, compile};
use proptest::prelude::*;

/// What one compilation may take; programs built for debugging are many times slower, and machines are shared.
const PATIENCE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 40 } else { 4 });

const HEAD: &str = r#"
[pack]
name = "small"
[type.Person]
[type.Month]
[relation.met]
between = ["Person", "Person"]
"#;

fn compiled(text: &str) -> Compiled {
    let files = [("rules.toml".to_owned(), FileBytes::Owned(text.as_bytes().to_vec()))].into();
    let begun = Instant::now();
    let compiled = compile(vec![PackFiles { place: "small".to_owned(), files }], Vec::new());
    assert!(begun.elapsed() < PATIENCE, "{:?} for {:.200}", begun.elapsed(), text);
    let _ = render(&compiled.diagnostics, false);
    compiled
}

fn rule(pattern: &str) -> String {
    format!("[[rule]]\nid = \"r\"\ngives = \"met\"\nmatch = [{}]\n", quoted(pattern))
}

fn name(pattern: &str) -> String {
    format!("[[name]]\nid = \"n\"\ngives = \"Person\"\nmatch = [{}]\n", quoted(pattern))
}

/// A string of TOML.
fn quoted(text: &str) -> String {
    let each = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_control() => format!("\\u{:04x}", c as u32),
        c => c.to_string(),
    };
    format!("\"{}\"", text.chars().map(each).collect::<String>())
}

/// Every code that a text is refused with.
fn codes(text: &str) -> Vec<&'static str> {
    let compiled = compiled(&format!("{HEAD}{text}"));
    assert!(compiled.rules.is_none(), "accepted: {text:.200}");
    compiled.diagnostics.iter().map(|d| d.code).collect()
}

/// Fragments each of which holds the one before it many times.
fn tower(floors: usize, joined: &str, times: usize, ground: &str) -> String {
    let mut text = format!("[list.f0]\nmatch = {ground:?}\n");
    for floor in 1..floors {
        let below = vec![format!("@f{}", floor - 1); times].join(joined);
        let _ = write!(text, "[list.f{floor}]\nmatch = \"({below})\"\n");
    }
    text
}

fn many(n: usize, each: &dyn Fn(usize) -> String) -> String {
    (0..n).map(each).collect()
}

fn deep(open: &str, close: &str, n: usize) -> String {
    format!("{}a{}", open.repeat(n), close.repeat(n))
}

#[test]
fn doubts_about_many_rules_take_time_in_proportion_to_them() {
    let rule = |n| format!("[[rule]]\nid = \"r{n}\"\ngives = \"met\"\nmatch = [\"{{a:Person}} w{n}x {{b:Person}}\"]\n");
    let text = format!("{HEAD}{}", (0..8_000).map(rule).collect::<String>());
    let files = [("rules.toml".to_owned(), FileBytes::Owned(text.into_bytes()))].into();
    let begun = Instant::now();
    let checked = check_files(vec![PackFiles { place: "small".to_owned(), files }], vec![true], Vec::new());
    assert!(begun.elapsed() < PATIENCE, "{:?}", begun.elapsed());
    assert!(checked.rules.is_some());
    assert!(checked.diagnostics.iter().any(|found| found.code == "W004"));
}

#[test]
fn patterns_that_blow_up() {
    for pattern in [
        deep("(", "){20}", 20),
        deep("(", "{0}){20}", 10),
        deep("(", ")?", 2000),
        deep("!", "", 3000),
        format!("[{}]", vec!["noun"; 600].join("|")),
        format!("[{}noun]", "!".repeat(3000)),
        "a? ".repeat(1300),
        "(a | b c) ".repeat(300),
        "{a:Person} ".repeat(300),
        "/(?:(?:(?:a{1000}){1000}){1000})/".to_owned(),
        format!("/{}/", "(".repeat(4000)),
        "x".repeat(1_000_000),
        "\u{1}\u{7f}\u{0}\u{202e}".repeat(50),
        "\"".repeat(4001),
    ] {
        for text in [rule(&pattern), name(&pattern)] {
            compiled(&format!("{HEAD}{text}"));
        }
    }
    assert!(codes(&rule(&"{a:Person} (x | y z)? ".repeat(100))).contains(&"E003"));
    assert!(codes(&name(&deep("(", "){20}", 20))).contains(&"E003"));
}

#[test]
fn fragments_that_blow_up() {
    for (joined, times) in [(" ", 2), (" | ", 2), (" ", 300), (" | ", 300)] {
        for ground in ["x", ",", "x y", "(x)?"] {
            for floors in [6, 16, 40] {
                let tower = tower(floors, joined, times, ground);
                let top = format!("{{a:Person}} meet @f{} {{b:Person}}", floors - 1);
                compiled(&format!("{HEAD}{tower}{}{}", rule(&top), name(&top)));
            }
        }
    }
    let ring = many(3000, &|i| format!("[list.r{i}]\nmatch = \"@r{} x\"\n", (i + 1) % 3000));
    assert!(codes(&ring).contains(&"E013"));
}

#[test]
fn very_many_of_everything() {
    let words = many(30_000, &|i| format!("\"w{i} x{i}\","));
    let list = format!("[list.l]\nwords = [{words}]\n");
    assert!(codes(&format!("{list}{}", rule("{a:Person} @l {b:Person}"))).contains(&"E003"));
    let single = many(110_000, &|i| format!("\"{i:x}\","));
    assert!(codes(&format!("[list.l]\nwords = [{single}]\n{}", name("@l"))).contains(&"E025"));
    let patterns = many(2000, &|i| format!("\"{{a:Person}} m{i} {{b:Person}}\","));
    let rule_with_many = format!("[[rule]]\nid = \"r\"\ngives = \"met\"\nmatch = [{patterns}]\n");
    assert!(codes(&rule_with_many).contains(&"E025"));
    assert!(codes(&many(400, &|i| format!("[type.T{i}]\n"))).contains(&"E012"));
    let relations = many(2_000, &|i| format!("[relation.q{i}]\nbetween=[\"X{i}\",\"Y\"]\n"));
    assert!(codes(&relations).contains(&"E025"));
    let rules = many(5_000, &|i| format!("[[rule]]\nid=\"r{i}\"\ngives=\"g{i}\"\nmatch=[\"x\"]\n"));
    assert!(codes(&rules).contains(&"E025"));
    assert!(codes(&format!("# {}", "x".repeat(1 << 21))).contains(&"E010"));
    assert!(codes(&format!("x = {}", "[".repeat(100_000))).contains(&"E001"));
    compiled(&format!("{HEAD}{}a = 1", "a.".repeat(100_000)));
    compiled(&format!("{HEAD}x = {}", "{a=".repeat(100_000)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_pattern(parts in prop::collection::vec(0..PARTS.len(), 0..40)) {
        let pattern: String = parts.iter().map(|&part| PARTS[part]).collect();
        let _ = parse(&pattern);
        let list = "[list.l]\nwords = [\"talks\", \"a long list\"]\n";
        compiled(&format!("{HEAD}{list}{}{}", rule(&pattern), name(&pattern)));
    }

    #[test]
    fn any_text_is_no_crash(pattern in "\\PC{0,60}") {
        let _ = parse(&pattern);
    }
}

#[rustfmt::skip]
const PARTS: &[&str] = &[
    "(", ")", " | ", "?", "*", "+", "{2}", "{0,20}", " ", "meet", "{a:Person}", "{b:Person}", "{:Month.adjective}", "@l",
    "@none", "...", "!", "~", "[noun & !past]", "/a[bc]+/", "/(/", "\"of the\"", "'s", "x:(", ",", "é", "\u{301}",
    "with/verb", "{", "}", "[", "\\",
];

#[rustfmt::skip]
const SPICES: &[&[u8]] = &[
    b"(", b"){20}", b"\"", b"[", b"{", b"|", b"\n", b"\xff", b"\0", b"@talks", b"?", b"'''", b"=", b"...", b"{a:",
];

/// Files of the packs that ship with the program, damaged at a few places: the compiler says so and lives.
#[test]
fn damaged_rule_files() {
    let packs = || -> Vec<PackFiles> {
        let mut packs: Vec<PackFiles> = ["english", "diplomacy"].into_iter().filter_map(PackFiles::embedded).collect();
        packs.iter_mut().for_each(|pack| pack.files.retain(|path, _| path.ends_with(".toml")));
        packs
    };
    let mut names: Vec<(usize, String)> = Vec::new();
    for (i, pack) in packs().iter().enumerate() {
        names.extend(pack.files.keys().map(|file| (i, file.clone())));
    }
    let mut seed = 7_u64;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((seed >> 33) as usize) % below.max(1)
    };
    for _ in 0..40 {
        let mut packs = packs();
        let (pack, file) = &names[random(names.len())];
        let mut bytes = packs[*pack].files[file].bytes().to_vec();
        for _ in 0..=random(4) {
            let at = random(bytes.len());
            match random(4) {
                0 => {
                    let end = (at + random(40)).min(bytes.len());
                    bytes.drain(at..end);
                }
                1 => {
                    bytes.splice(at..at, SPICES[random(SPICES.len())].iter().copied());
                }
                2 => {
                    bytes.splice(at..at, SPICES[random(SPICES.len())].repeat(60));
                }
                _ => {
                    let from = random(bytes.len());
                    let end = (from + random(400)).min(bytes.len());
                    let piece = bytes[from..end].to_vec();
                    bytes.splice(at..at, piece);
                }
            }
        }
        packs[*pack].files.insert(file.clone(), FileBytes::Owned(bytes));
        let begun = Instant::now();
        let compiled = compile(packs, Vec::new());
        let _ = render(&compiled.diagnostics, false);
        assert!(begun.elapsed() < PATIENCE, "{file}");
    }
}
