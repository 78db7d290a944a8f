//! What the exports write, and that others can read it.

#[path = "export/sample.rs"]
mod sample;
#[path = "export/scenes.rs"]
mod scenes;

use attache::export::{self, DrawOptions};
use attache::graph::KnowledgeGraph;

fn all() -> [(&'static str, KnowledgeGraph); 4] {
    [("small", scenes::small()), ("middling", scenes::middling()), ("large", scenes::large()), ("hub", scenes::hub())]
}

#[test]
fn pictures_to_look_at() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    for (name, graph) in all() {
        let picture = export::svg(&graph, &DrawOptions::default());
        assert_eq!(picture, export::svg(&graph, &DrawOptions::default()), "the same graph gives the same picture");
        std::fs::write(folder.join(format!("{name}.svg")), picture).unwrap();
        std::fs::write(folder.join(format!("{name}.dot")), export::dot(&graph, &DrawOptions::default())).unwrap();
        std::fs::write(folder.join(format!("{name}.json")), export::json(&graph)).unwrap();
    }
}
