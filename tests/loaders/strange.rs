//! Graphs whose every text is strange: what is quoted, escaped, reserved or forbidden somewhere.

use proptest::prelude::*;
use serde_json::{Value, json};

/// What trips one format or another.
const PIECES: [&str; 48] = [
    "\"",
    "'",
    "`",
    "\\",
    "\\n",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "\0",
    "\u{1}",
    "\u{7f}",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "\u{fffe}",
    "\u{ffff}",
    "]]>",
    "</script>",
    "<!--",
    "-->",
    "<b>",
    "&amp;",
    "&",
    "#35;",
    "%%",
    "{{",
    "}}",
    "$$",
    "=",
    "+",
    "-",
    "@",
    ";",
    ",",
    "|",
    ":",
    "_x0041_",
    "* ",
    "# ",
    "1. ",
    "שלום",
    "\u{202e}",
    "\u{1f468}\u{200d}\u{1f680}",
    "é",
    "a",
    " ",
    "style a:b",
];

/// A text of 100,000 characters with something of everything.
pub fn long_text() -> String {
    let text: String = "Said “so”, שלום 😀 <b>&; ".chars().cycle().take(100_000).collect();
    serde_json::to_string(&text).unwrap().trim_matches('"').to_owned()
}

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![4 => proptest::sample::select(&PIECES[..]).prop_map(str::to_owned), 1 => any::<String>()];
    proptest::collection::vec(piece, 1..6).prop_map(|pieces| pieces.concat())
}

fn attributes() -> impl Strategy<Value = Value> {
    proptest::collection::btree_map("[a-z]{1,3}|[A-Z:. /-]{1,4}", text(), 0..4).prop_map(|found| json!(found))
}

/// Ids begin with a word, as all do: Graphviz keeps names that begin with a percent sign to itself.
fn node(number: usize) -> impl Strategy<Value = Value> {
    (text(), text(), proptest::collection::btree_set(text(), 0..3), attributes()).prop_map(
        move |(id, name, aliases, attributes)| {
            json!({"id": format!("person/{id}/{number}"), "type": "Person", "types": ["Person"], "name": name, "aliases": aliases,
                "attributes": attributes, "support": 1, "observations": [], "mentions": [{"doc": "one", "start": 0,
                "end": 1, "quote": name, "kind": "named", "rule": "r", "entity": number}]})
        },
    )
}

fn edge() -> impl Strategy<Value = Value> {
    (text(), text(), attributes(), 0..100u32, any::<bool>()).prop_map(|(label, quote, attributes, percent, told)| {
        json!({"type": "said", "label": label, "modality": if told { "asserted" } else { "alleged" },
            "polarity": "positive", "confidence": f64::from(percent) / 100.0, "support": 1, "attributes": attributes,
            "evidence": [{"doc": "one", "sentence": 0, "start": 0, "end": 9, "source_span": [0, 1], "target_span": [2, 3],
            "quote": quote, "rule": "r", "confidence": 0.5, "source_entity": 0, "target_entity": 1}]})
    })
}

/// A graph as its JSON: a ring of nodes.
pub fn graph() -> impl Strategy<Value = String> {
    let nodes: Vec<_> = (0..25).map(node).collect();
    (nodes, proptest::collection::vec(edge(), 25)).prop_map(|(nodes, mut edges)| {
        for (number, edge) in edges.iter_mut().enumerate() {
            edge["source"] = nodes[number]["id"].clone();
            edge["target"] = nodes[(number + 1) % nodes.len()]["id"].clone();
            edge["key"] = json!(0);
        }
        let manifest = json!({"generator": "attache", "generator_version": "0", "pack": {"name": "p", "version": "0",
            "sha256": ""}, "documents": [{"id": "one", "sha256": "", "characters": 10}],
            "types": {"Person": {"types": ["Person"], "draw": {}}}, "relations": {"said": {"label": "said", "draw": {}}}});
        json!({"format": "attache-graph", "version": 1, "graph": manifest, "nodes": nodes, "edges": edges}).to_string()
    })
}
