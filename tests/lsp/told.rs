//! Answers of the server as people read them: places with the text that stands there.

use serde_json::{Value, json};

use crate::editor::{Editor, bytes_in};

/// Everything that is asked of one place.
pub const AT_CURSOR: &[&str] = &[
    "textDocument/completion",
    "textDocument/hover",
    "textDocument/definition",
    "textDocument/references",
    "textDocument/prepareRename",
    "textDocument/rename",
    "textDocument/documentSymbol",
];

/// What comes of asking something where the cursor stands.
pub fn answer(editor: &mut Editor, ask: &str, name: &str, cursor: usize, found: &[Value]) -> String {
    match ask {
        "diagnostics" => found.iter().map(|finding| diagnostic(editor, name, finding)).collect(),
        "actions" => actions(editor, name, cursor, found, json!({ "diagnostics": found })),
        "fix-all" => actions(
            editor,
            name,
            cursor,
            found,
            json!({ "diagnostics": [], "only": ["source.fixAll.attache", "source"] }),
        ),
        "format" => {
            let options = json!({ "options": { "tabSize": 4, "insertSpaces": true } });
            let edits = editor.ask("textDocument/formatting", name, options);
            edited(editor, name, &edits)
        }
        "completion" => {
            let mut items = editor.ask_at("textDocument/completion", name, cursor).as_array().unwrap().clone();
            items.sort_by_key(|item| item["sortText"].as_str().unwrap().to_owned());
            items.iter().map(|item| completion(editor, name, item)).collect()
        }
        "hover" => {
            let told = editor.ask_at("textDocument/hover", name, cursor);
            if told.is_null() {
                return "nothing\n".to_owned();
            }
            let page = told["contents"]["value"].as_str().unwrap();
            let page = page.replace(&format!("{}/", editor.folder.display()), "");
            format!("{}\n{page}\n", place(editor, name, &told["range"]))
        }
        "definition" | "references" => {
            let found = editor.ask_at(&format!("textDocument/{ask}"), name, cursor);
            locations(editor, &found)
        }
        "prepare-rename" => match editor.ask_at("textDocument/prepareRename", name, cursor) {
            refusal if refusal["message"].is_string() => refused(editor, &refusal),
            range => format!("{}\n", place(editor, name, &range)),
        },
        "symbols" => {
            let symbols = editor.ask_at("textDocument/documentSymbol", name, cursor);
            tree(editor, name, &symbols, 0)
        }
        other if other.starts_with("rename ") => {
            let more = json!({ "position": editor.position(name, cursor), "newName": other["rename ".len()..] });
            let answer = editor.ask("textDocument/rename", name, more);
            if answer["message"].is_string() {
                return refused(editor, &answer);
            }
            let mut files: Vec<(String, Value)> = Vec::new();
            for (uri, edits) in answer["changes"].as_object().unwrap() {
                files.push((editor.name(uri), edits.clone()));
            }
            files.sort_by(|a, b| a.0.cmp(&b.0));
            files.iter().map(|(name, edits)| edited(editor, name, edits)).collect()
        }
        other => panic!("`{other}` is nothing that can be asked"),
    }
}

fn refused(editor: &Editor, refusal: &Value) -> String {
    format!("refused: {}\n", refusal["message"].as_str().unwrap().replace(&format!("{}/", editor.folder.display()), ""))
}

/// `label (what it is): what it puts in place of what`, and what it is for.
fn completion(editor: &Editor, name: &str, item: &Value) -> String {
    let edit = &item["textEdit"];
    let old = editor.text(name);
    let old = &old[editor.bytes(name, &edit["range"])];
    let detail = item["detail"].as_str().map_or_else(String::new, |detail| format!(" ({detail})"));
    let doc = item["documentation"]["value"].as_str().and_then(|doc| doc.lines().next()).unwrap_or_default();
    let label = item["label"].as_str().unwrap();
    format!("{label}{detail}: {:?} for {old:?} {doc}\n", edit["newText"].as_str().unwrap()).replace(" \n", "\n")
}

/// Places, those outside the folder of the case by their last name.
fn locations(editor: &Editor, found: &Value) -> String {
    let list = found.as_array().map(Vec::as_slice).unwrap_or_default();
    let mut lines: Vec<String> = list
        .iter()
        .map(|location| {
            let uri = location["uri"].as_str().unwrap();
            let name = editor.name(uri);
            if !name.starts_with('…') {
                return format!("{}\n", place(editor, &name, &location["range"]));
            }
            let text = std::fs::read_to_string(uri.strip_prefix("file://").unwrap()).unwrap();
            format!("{name} {:?}\n", &text[bytes_in(&text, &location["range"])])
        })
        .collect();
    lines.sort();
    if lines.is_empty() { "nowhere\n".to_owned() } else { lines.concat() }
}

fn tree(editor: &Editor, name: &str, symbols: &Value, depth: usize) -> String {
    let mut out = String::new();
    for symbol in symbols.as_array().into_iter().flatten() {
        let (whole, own) = (editor.bytes(name, &symbol["range"]), editor.bytes(name, &symbol["selectionRange"]));
        assert!(whole.start <= own.start && own.end <= whole.end, "{symbol}");
        let lines = editor.text(name)[whole].lines().count();
        let (called, detail) = (symbol["name"].as_str().unwrap(), symbol["detail"].as_str().unwrap());
        out.push_str(&format!("{}{called} ({detail}), {lines} lines\n", "  ".repeat(depth)));
        out.push_str(&tree(editor, name, &symbol["children"], depth + 1));
    }
    out
}

/// `file:line:column "text"`.
fn place(editor: &Editor, name: &str, range: &Value) -> String {
    let start = &range["start"];
    let (line, column) = (start["line"].as_u64().unwrap() + 1, start["character"].as_u64().unwrap() + 1);
    let text = editor.text(name);
    let shown = text.get(editor.bytes(name, range)).unwrap_or("(not in the file)");
    format!("{name}:{line}:{column} {shown:?}")
}

fn diagnostic(editor: &Editor, name: &str, finding: &Value) -> String {
    let severity = ["", "error", "warning", "information"][finding["severity"].as_u64().unwrap() as usize];
    let mut out =
        format!("{severity}[{}] {}\n", finding["code"].as_str().unwrap(), place(editor, name, &finding["range"]));
    let message = finding["message"].as_str().unwrap().replace('\n', "\n  ");
    // Where the case was laid out is another place each time.
    out.push_str(&format!("  {}\n", message.replace(&format!("{}/", editor.folder.display()), "")));
    for related in finding["relatedInformation"].as_array().into_iter().flatten() {
        let other = editor.name(related["location"]["uri"].as_str().unwrap());
        let at = place(editor, &other, &related["location"]["range"]);
        out.push_str(&format!("  {}: {at}\n", related["message"].as_str().unwrap()));
    }
    let described = finding["codeDescription"]["href"].as_str().unwrap();
    let page = std::fs::read_to_string(described.strip_prefix("file://").unwrap()).unwrap();
    out.push_str(&format!("  see {}\n", page.lines().next().unwrap()));
    if finding["tags"] == json!([1]) {
        out.push_str("  faded\n");
    }
    out
}

fn actions(editor: &mut Editor, name: &str, cursor: usize, found: &[Value], context: Value) -> String {
    // What is found around the cursor is what the editor asks about.
    let at = editor.position(name, cursor);
    assert!(!found.is_empty(), "nothing is found, so nothing can be mended");
    let asked = json!({ "range": { "start": at, "end": at }, "context": context });
    let actions = editor.ask("textDocument/codeAction", name, asked);
    let mut out = String::new();
    for action in actions.as_array().unwrap() {
        let (title, kind) = (action["title"].as_str().unwrap(), action["kind"].as_str().unwrap());
        let codes: Vec<&str> =
            action["diagnostics"].as_array().into_iter().flatten().map(|d| d["code"].as_str().unwrap()).collect();
        out.push_str(&format!("{kind}: {title} {}\n", codes.join(", ")).replace(" \n", "\n"));
        for (uri, edits) in action["edit"]["changes"].as_object().unwrap() {
            out.push_str(&edited(editor, &editor.name(uri), edits));
        }
    }
    out
}

/// The lines that edits change.
pub fn edited(editor: &Editor, name: &str, edits: &Value) -> String {
    if edits.is_null() {
        return "nothing\n".to_owned();
    }
    let before = editor.text(name);
    let mut after = before.clone();
    let mut edits: Vec<_> = edits
        .as_array()
        .unwrap()
        .iter()
        .map(|edit| (editor.bytes(name, &edit["range"]), edit["newText"].as_str().unwrap()))
        .collect();
    edits.sort_by_key(|(span, _)| (span.start, span.end));
    assert!(edits.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start), "edits overlap: {edits:?}");
    for (span, text) in edits.into_iter().rev() {
        after.replace_range(span, text);
    }
    let diff = similar::TextDiff::from_lines(&before, &after);
    let lines = diff.iter_all_changes().filter(|change| change.tag() != similar::ChangeTag::Equal);
    lines.map(|change| format!("{name} {}{}", change.tag(), change.value())).collect()
}
