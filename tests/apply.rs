//! Corrections from the page, written into a pack, and what the next run makes of them.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use attache::graph::KnowledgeGraph;

const REPORT: &str = "Minister Pia Lund greeted President Ana Rojas in Oslo. Minister Pernilla Strand greeted Chile. Minister Pia Lunde greeted Peru.\n";

const RULES: &str = r#"# What people do at doors.
[relation.greeted]
doc = "One greets another."
between = ["Actor", "Actor"]

[[rule]]
id = "greeted.verb" # the plain case
gives = "greeted"
match = ["{a:Actor} greet {b:Actor}"]
yes = ["President Ana Rojas greeted Peru. => Ana Rojas, Peru"]
no = [
    # a thing is greeted by nobody
    "President Ana Rojas greeted the news.",
]
"#;

fn attache(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_attache")).current_dir(folder).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn start() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("mine")).unwrap();
    fs::write(folder.path().join("mine/greeted.toml"), RULES).unwrap();
    fs::write(folder.path().join("may.txt"), REPORT).unwrap();
    folder
}

fn graph(folder: &Path) -> KnowledgeGraph {
    let output = attache(folder, &["extract", "may.txt", "--rules", "mine", "-q"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    KnowledgeGraph::from_json(&text(&output.stdout)).unwrap()
}

fn greetings(graph: &KnowledgeGraph) -> Vec<(String, String)> {
    let name = |id: &str| graph.node(id).unwrap().name.clone();
    graph.edges().filter(|e| e.type_name == "greeted").map(|e| (name(&e.source), name(&e.target))).collect()
}

fn patch(body: &str) -> String {
    format!(
        "# Corrections to a graph, made in its page.\nformat = \"attache-patch\"\nversion = 1\npack = \"diplomacy\"\n\n{body}"
    )
}

const WRONG: &str = "[[wrong]]\nrelation = \"greeted\"\nrule = \"greeted.verb\"\nsource = \"Pia Lund\"\ntarget = \"Ana Rojas\"\nsource_text = \"Minister Pia Lund\"\ntarget_text = \"President Ana Rojas\"\nsource_id = \"person/pia-lund\"\ntarget_id = \"person/ana-rojas\"\ndoc = \"may.txt\"\nstart = 0\nend = 54\nquote = \"Minister Pia Lund greeted President Ana Rojas in Oslo.\"\n";

#[test]
fn a_wrong_sentence_becomes_an_example_that_fails_until_the_rule_is_mended() {
    let folder = start();
    let ana = |found: &[(String, String)]| found.iter().any(|(_, target)| target == "Ana Rojas");
    let before = greetings(&graph(folder.path()));
    assert!(ana(&before) && before.len() == 3, "{before:?}");
    fs::write(folder.path().join("patch.toml"), patch(WRONG)).unwrap();
    let dry = attache(folder.path(), &["apply", "patch.toml", "--rules", "mine", "--dry-run"]);
    assert!(text(&dry.stdout).contains("+    \"Minister Pia Lund greeted"), "{}", text(&dry.stdout));
    assert_eq!(fs::read_to_string(folder.path().join("mine/greeted.toml")).unwrap(), RULES);

    let applied = attache(folder.path(), &["apply", "patch.toml", "--rules", "mine"]);
    assert_eq!(applied.status.code(), Some(1), "{}{}", text(&applied.stdout), text(&applied.stderr));
    assert!(
        text(&applied.stdout).contains("noisy greeted.verb (no): Minister Pia Lund greeted"),
        "{}",
        text(&applied.stdout)
    );
    assert!(text(&applied.stderr).contains("1 sentence still read as before"), "{}", text(&applied.stderr));
    let line =
        "    \"Minister Pia Lund greeted President Ana Rojas in Oslo. => Minister Pia Lund, President Ana Rojas\",\n";
    let with_line = RULES.replace("the news.\",\n", &format!("the news.\",\n{line}"));
    let written = fs::read_to_string(folder.path().join("mine/greeted.toml")).unwrap();
    assert_eq!(written, with_line, "nothing else of the file has changed");

    // A second time nothing changes.
    attache(folder.path(), &["apply", "patch.toml", "--rules", "mine"]);
    assert_eq!(fs::read_to_string(folder.path().join("mine/greeted.toml")).unwrap(), with_line);

    // Who knows what the rule should say mends it, and the relation is gone.
    let mended = with_line.replace("greet {b:Actor}", "greet {b:Country}");
    fs::write(folder.path().join("mine/greeted.toml"), mended).unwrap();
    let tested = attache(folder.path(), &["rules", "test", "mine", "--rule", "greeted"]);
    assert!(tested.status.success(), "{}", text(&tested.stdout));
    let after = greetings(&graph(folder.path()));
    assert!(!ana(&after) && after.len() == 2, "{after:?}");
}

/// A rule of the built-in pack is mended in a copy that takes its place.
#[test]
fn a_built_in_rule_is_copied_to_be_mended() {
    let folder = start();
    let body = "[[wrong]]\nrelation = \"met-with\"\nrule = \"met-with.verb\"\nsource = \"Pia Lund\"\ntarget = \"Ana Rojas\"\nsource_text = \"Pia Lund\"\ntarget_text = \"Ana Rojas\"\nquote = \"Minister Pia Lund met President Ana Rojas in Oslo.\"\n";
    fs::write(folder.path().join("patch.toml"), patch(body)).unwrap();
    let applied = attache(folder.path(), &["apply", "patch.toml", "--rules", "mine"]);
    assert_eq!(applied.status.code(), Some(1), "{}{}", text(&applied.stdout), text(&applied.stderr));
    assert!(text(&applied.stderr).contains("copied to mine/corrections.toml"), "{}", text(&applied.stderr));
    let path = folder.path().join("mine/corrections.toml");
    let written = fs::read_to_string(&path).unwrap();
    assert_eq!(written.matches("[[rule]]").count(), 1, "{written}");
    assert!(written.contains("Minister Pia Lund met President Ana Rojas in Oslo. => Pia Lund, Ana Rojas"), "{written}");
    attache(folder.path(), &["apply", "patch.toml", "--rules", "mine"]);
    assert_eq!(fs::read_to_string(&path).unwrap(), written, "a second time nothing changes");

    // With the copy mended, here by having it say nothing of the sort, the built-in rule is silent, too.
    fs::write(folder.path().join("may.txt"), "Minister Pia Lund met President Ana Rojas in Oslo.\n").unwrap();
    let met = |graph: &KnowledgeGraph| graph.edges().any(|edge| edge.type_name == "met-with");
    assert!(met(&graph(folder.path())));
    let mended =
        "[[rule]]\nid = \"met-with.verb\"\ngives = \"met-with\"\nmatch = [\"{a:Person} meet {b:Person} quietly\"]\n";
    fs::write(&path, mended).unwrap();
    assert!(!met(&graph(folder.path())));
}

#[test]
fn names_that_are_one_become_one_node_and_names_that_never_are_two() {
    let folder = start();
    let people = |graph: &KnowledgeGraph| -> Vec<String> {
        graph.nodes().map(|node| node.name.clone()).filter(|name| name.starts_with('P') && name != "Peru").collect()
    };
    fs::write(
        folder.path().join("may.txt"),
        "Minister Pia Lund greeted Peru. Minister Pernilla Strand greeted Chile.\n",
    )
    .unwrap();
    let before = people(&graph(folder.path()));
    assert_eq!(before, ["Pernilla Strand", "Pia Lund"]);
    let apply = |names: &str, table: &str| {
        fs::write(folder.path().join("patch.toml"), patch(&format!("[[{table}]]\nnames = [{names}]\nids = []\n")))
            .unwrap();
        let applied = attache(folder.path(), &["apply", "patch.toml", "--rules", "mine"]);
        assert!(applied.status.success(), "{}", text(&applied.stderr));
        fs::read_to_string(folder.path().join("mine/identity.toml")).unwrap()
    };

    let identity = apply("\"Pia Lund\", \"Pernilla Strand\"", "same");
    assert_eq!(identity, "[identity]\nsame = [[\"Pia Lund\", \"Pernilla Strand\"]]\n");
    assert_eq!(people(&graph(folder.path())).len(), 1);
    fs::remove_file(folder.path().join("mine/identity.toml")).unwrap();
    assert_eq!(people(&graph(folder.path())), before, "taking the file back undoes it");

    // Two spellings of one name are one, unless it is said that they are not.
    fs::write(folder.path().join("may.txt"), "Minister Pia Lund greeted Peru. Minister Pia Lunde greeted Chile.\n")
        .unwrap();
    assert_eq!(people(&graph(folder.path())).len(), 1);
    let identity = apply("\"Pia Lund\", \"Pia Lunde\"", "never_same");
    assert_eq!(identity, "[identity]\nnever_same = [[\"Pia Lund\", \"Pia Lunde\"]]\n");
    assert_eq!(people(&graph(folder.path())), ["Pia Lund", "Pia Lunde"]);
}

#[test]
fn what_cannot_be_written_is_said() {
    let folder = start();
    let body = "[[same]]\nnames = [\"Pia Lund\", \"Pia Lund\"]\n\n[[wrong]]\nrule = \"met-with.nowhere\"\nsource = \"A\"\ntarget = \"B\"\nquote = \"A met B.\"\n";
    fs::write(folder.path().join("patch.toml"), patch(body)).unwrap();
    let applied = attache(folder.path(), &["apply", "patch.toml", "--rules", "mine"]);
    assert_eq!(applied.status.code(), Some(1));
    let told = text(&applied.stderr);
    assert!(told.contains("both called Pia Lund") && told.contains("has a [[rule]] met-with.nowhere"), "{told}");

    fs::write(folder.path().join("patch.toml"), "format = \"other\"\nversion = 1\n").unwrap();
    let refused = attache(folder.path(), &["apply", "patch.toml", "--rules", "mine"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("its format is \"other\""), "{}", text(&refused.stderr));
    let nowhere = attache(folder.path(), &["apply", "patch.toml", "--rules", "nowhere"]);
    assert_eq!(nowhere.status.code(), Some(2));
}
