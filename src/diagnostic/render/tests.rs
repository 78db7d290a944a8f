//! What a terminal gets to see.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, SourceFile, render, to_json};
use crate::source::Span;

fn file(text: &str) -> Arc<SourceFile> {
    Arc::new(SourceFile::new("rules.toml", text))
}

fn at(text: &str, part: &str) -> Span {
    let start = text.find(part).unwrap() as u32;
    Span::new(start, start + part.len() as u32)
}

#[test]
fn labels_helps_and_patches() {
    let text = "[relation.met]\ndoc = \"a\"\nsymetric = true\n";
    let found = Diagnostic::error("E002", "unknown key `symetric`")
        .in_file(file(text))
        .label(at(text, "symetric"), "no such key here")
        .context(at(text, "relation.met"), "in this relation")
        .note("keys are lower-case")
        .help("did you mean `symmetric`?")
        .patch(at(text, "symetric"), "symmetric");
    let expected = "\
error[E002]: unknown key `symetric`
 --> rules.toml:3:1
  |
1 | [relation.met]
  |  ------------ in this relation
2 | doc = \"a\"
3 | symetric = true
  | ^^^^^^^^ no such key here
  |
  = note: keys are lower-case
help: did you mean `symmetric`?
  |
3 | symmetric = true
  |    +

";
    assert_eq!(render(&[found], false), expected);
}

#[test]
fn order_is_by_file_then_place() {
    let text = "abc";
    let find = |code, span| Diagnostic::warning(code, "x").in_file(file(text)).label(span, "");
    let shown = render(&[find("W002", Span::new(2, 3)), find("W001", Span::new(0, 1))], false);
    assert!(shown.find("W001") < shown.find("W002"));
}

#[test]
fn nothing_reaches_the_terminal_raw() {
    let text = "a\u{1b}[31mred\u{202e}\r\nnext";
    let found = Diagnostic::error("E001", "bad \u{7}").in_file(file(text)).label(at(text, "red"), "here\u{1b}");
    let shown = render(&[found], false);
    assert!(!shown.contains(['\u{1b}', '\u{7}', '\u{202e}', '\r']), "{shown}");
    assert!(shown.contains("a␛[31mred<U+202E>"), "{shown}");
    assert!(shown.contains("|       ^^^ here"), "{shown}");
}

#[test]
fn a_long_line_is_cut_around_the_place() {
    let text = format!("{}fault{}", "é ".repeat(400_000), " y".repeat(400_000));
    let found = Diagnostic::error("E001", "bad").in_file(file(&text)).label(at(&text, "fault"), "here");
    let shown = render(&[found], false);
    assert!(shown.len() < 1500, "{} bytes", shown.len());
    assert!(shown.contains("fault") && shown.contains("^^^^^ here") && shown.contains('…'), "{shown}");
}

#[test]
fn hostile_spans_do_not_panic() {
    for text in ["", "é", "a\n", "\n\n", "x\r\n"] {
        for (start, end) in [(0, 0), (0, 9), (1, 1), (1, 2), (5, 3), (u32::MAX, u32::MAX)] {
            let found = Diagnostic::error("E001", "bad")
                .in_file(file(text))
                .label(Span::new(start, end), "l")
                .patch(Span::new(start, end), "p");
            assert!(!render(std::slice::from_ref(&found), true).is_empty());
            assert!(to_json(&[found]).is_array());
        }
    }
}

#[test]
fn json_gives_lines_and_columns() {
    let text = "é\nfaulty";
    let found = Diagnostic::error("E001", "bad").in_file(file(text)).label(at(text, "fault"), "here");
    let json = to_json(&[found]);
    let first = &json[0];
    assert_eq!((first["line"].as_u64(), first["column"].as_u64()), (Some(2), Some(1)));
    assert_eq!((first["end_line"].as_u64(), first["end_column"].as_u64()), (Some(2), Some(6)));
    assert_eq!(first["labels"][0]["message"], "here");
}
