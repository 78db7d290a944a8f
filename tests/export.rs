//! What the exports write, and that others can read it.

#[path = "export/sample.rs"]
mod sample;
#[path = "export/scenes.rs"]
mod scenes;
#[path = "export/tools.rs"]
mod tools;
#[path = "export/validator.rs"]
mod validator;

use std::path::{Path, PathBuf};
use std::process::Command;

use attache::export::{self, Arrangement, Direction, DrawOptions, Engine, Events, Format, Isolated, Lit};
use attache::graph::{KnowledgeGraph, Selection, build};
use sample::{Report, schema};
use serde_json::Value;
use tools::available;

fn all() -> [(&'static str, KnowledgeGraph); 4] {
    [("small", scenes::small()), ("middling", scenes::middling()), ("large", scenes::large()), ("hub", scenes::hub())]
}

fn folder() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
}

fn written(name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder().join(name);
    std::fs::write(&path, content).unwrap();
    path
}

fn picture(graph: &KnowledgeGraph) -> String {
    export::svg(graph, &DrawOptions::default())
}

#[test]
fn json_keeps_to_its_schema() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema/attache-graph.schema.json");
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut aside = Report::new("aside", None);
    let (a, b) =
        (aside.person("Minister", "Amir Hatami", "Iran", ""), aside.person("Minister", "Amir Khatami", "Iran", ""));
    aside.says(a, "accused", b, &[("date", "2019")]);
    let aside = build(&[aside.fragment()], &sample::schema());
    for graph in all().into_iter().map(|(_, graph)| graph).chain([aside, build(&[], &sample::schema())]) {
        let mut value: Value = serde_json::from_str(&export::json(&graph)).unwrap();
        assert_eq!(validator::violations(&schema, &value), Vec::<String>::new());
        if let Some(node) = value["nodes"].get_mut(0) {
            node["surplus"] = Value::from(1);
            node.as_object_mut().unwrap().remove("name");
            assert_eq!(validator::violations(&schema, &value).len(), 2, "the validator must be able to fail");
        }
    }
}

#[test]
fn json_has_one_node_and_one_edge_a_line() {
    let graph = scenes::small();
    let text = export::json(&graph);
    assert_eq!(text.lines().filter(|line| line.starts_with("    {\"id\":")).count(), graph.node_count());
    assert_eq!(text.lines().filter(|line| line.starts_with("    {\"source\":")).count(), graph.edge_count());
}

#[test]
fn networkx_reads_the_json() {
    if !available("python3 with networkx", Command::new("python3").args(["-c", "import networkx"])) {
        return;
    }
    let graph = scenes::large();
    let path = written("networkx.json", export::json(&graph));
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/export/networkx_reads.py");
    let output = Command::new("python3").arg(script).arg(path).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let node_attributes: usize = graph.nodes().map(|node| node.attributes.len()).sum();
    let edge_attributes: usize = graph.edges().map(|edge| edge.attributes.len()).sum();
    let evidence: usize = graph.edges().map(|edge| edge.evidence.len()).sum();
    let wanted =
        format!("{} {} {node_attributes} {edge_attributes} {evidence}", graph.node_count(), graph.edge_count());
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), wanted);
}

/// The small scene in every text format but the page, byte for byte; `BLESS=1` rewrites what is expected.
#[test]
fn texts_are_as_expected() {
    let graph = scenes::small();
    let files = Format::ALL.into_iter().flat_map(|format| format.endings().iter().map(move |ending| (format, ending)));
    for (format, ending) in files.filter(|(format, _)| format.is_text() && *format != Format::Html) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/export/small.{ending}"));
        let mut text = Vec::new();
        let options = DrawOptions::default();
        export::write_file(&graph, format, ending, "small", Engine::BuiltIn, &options, &mut text).unwrap();
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let expected = std::fs::read(&path).unwrap_or_default();
        assert!(text == expected, "{} differs; look at it and run with BLESS=1 if it is right", path.display());
    }
}

/// Names that try to break out of every kind of quoting.
fn hostile() -> KnowledgeGraph {
    let mut r = Report::new("dir\\new \"report\".txt", None);
    let a = r.named("Organization", "A \"quoted\" \\N <b>&amp;</b> ]]> ;} \\", &[]);
    let b = r.named("Organization", "line\nbreak\u{0}\u{b} 'é' -->  \u{1f600}", &[]);
    let c = r.named("Organization", ">> >", &[]);
    r.says(a, "accused", b, &[]);
    r.says(b, "met-with", c, &[]);
    build(&[r.fragment()], &schema())
}

#[test]
fn dot_is_read_by_a_parser_and_by_graphviz() {
    let graphviz = available("Graphviz", Command::new("dot").arg("-V"));
    for (name, graph) in all().into_iter().chain([("hostile", hostile()), ("empty", build(&[], &schema()))]) {
        let text = export::dot(&graph, &DrawOptions::default());
        let parsed = graphviz_rust::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
        let graphviz_rust::dot_structures::Graph::DiGraph { stmts, .. } = parsed else {
            panic!("{name} is no digraph")
        };
        let nodes = stmts.iter().filter(|stmt| matches!(stmt, graphviz_rust::dot_structures::Stmt::Node(_))).count();
        assert_eq!(nodes, graph.node_count(), "{name}");
        let path = written(&format!("{name}.dot"), text);
        if graphviz {
            let output = Command::new("dot").arg("-Tcanon").arg(path).output().unwrap();
            let complaint = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success() && complaint.is_empty(), "{name}: {complaint}");
        }
    }
}

#[test]
fn a_backslash_in_a_name_is_no_escape_sequence() {
    let text = export::dot(&hostile(), &DrawOptions::default());
    assert!(text.contains(r#"tooltip="A \"quoted\" \\N <b>&amp;</b> ]]> ;} \\ (Organization)"#), "{text}");
}

/// A box in a drawing: left, top, right, bottom.
type Area = [f64; 4];

fn overlap(a: &Area, b: &Area) -> bool {
    a[0] < b[2] - 0.5 && b[0] < a[2] - 0.5 && a[1] < b[3] - 0.5 && b[1] < a[3] - 0.5
}

fn number(line: &str, name: &str) -> f64 {
    let from = line.find(&format!(" {name}=\"")).unwrap_or_else(|| panic!("{name} in {line}")) + name.len() + 3;
    line[from..].split('"').next().unwrap().parse().unwrap()
}

/// Areas of nodes and of labels.
fn areas(svg: &str) -> (Vec<Area>, Vec<Area>) {
    let drawing = svg.split("</g>\n<g transform").next().unwrap();
    let (mut nodes, mut labels) = (Vec::new(), Vec::new());
    let mut in_node = false;
    for line in drawing.lines() {
        in_node |= line.starts_with("<g class=\"node\"");
        if line.starts_with("<rect") && line.contains(" x=") {
            let (x, y) = (number(line, "x"), number(line, "y"));
            let area = [x, y, x + number(line, "width"), y + number(line, "height")];
            if in_node { nodes.push(area) } else { labels.push(area) }
        } else if line.starts_with("<ellipse") {
            let (x, y, rx, ry) = (number(line, "cx"), number(line, "cy"), number(line, "rx"), number(line, "ry"));
            nodes.push([x - rx, y - ry, x + rx, y + ry]);
        } else if line.starts_with("<polygon") {
            let from = line.find("points=\"").unwrap() + 8;
            let points: Vec<f64> = line[from..]
                .split('"')
                .next()
                .unwrap()
                .split([' ', ','])
                .map(|number| number.parse().unwrap())
                .collect();
            let range = |offset: usize| {
                points
                    .iter()
                    .skip(offset)
                    .step_by(2)
                    .fold((f64::MAX, f64::MIN), |(low, high), &value| (low.min(value), high.max(value)))
            };
            let (x, y) = (range(0), range(1));
            nodes.push([x.0, y.0, x.1, y.1]);
        }
        in_node &= line != "</g>";
    }
    (nodes, labels)
}

#[test]
fn nothing_in_a_drawing_overlaps() {
    for direction in [Direction::Best, Direction::Across, Direction::Down] {
        for (name, graph) in all() {
            let arrangement = Some(Arrangement::Layered);
            let options = DrawOptions { direction, arrangement, events: Some(Events::All), ..DrawOptions::default() };
            let svg = export::svg(&graph, &options);
            let (nodes, labels) = areas(&svg);
            assert_eq!(nodes.len(), graph.node_count(), "{name}");
            assert!(!labels.is_empty(), "{name}");
            let everything: Vec<&Area> = nodes.iter().chain(&labels).collect();
            for (at, a) in everything.iter().enumerate() {
                for b in &everything[..at] {
                    assert!(!overlap(a, b), "{name} {direction:?}: {a:?} {b:?}");
                }
            }
            let (width, height) = (number(&svg, "width"), number(&svg, "height"));
            assert!(
                everything
                    .iter()
                    .all(|area| area[0] >= -28.0 && area[1] >= -28.0 && area[2] <= width && area[3] <= height),
                "{name}: out of the picture"
            );
        }
    }
}

#[test]
fn no_node_or_label_lies_on_another_by_force_or_on_a_circle() {
    for arrangement in [Arrangement::Force, Arrangement::Circular] {
        for (name, graph) in [("small", scenes::small()), ("middling", scenes::middling())] {
            let arrangement = Some(arrangement);
            let options = DrawOptions { arrangement, events: Some(Events::All), ..DrawOptions::default() };
            let (nodes, labels) = areas(&export::svg(&graph, &options));
            assert_eq!(nodes.len(), graph.node_count());
            let everything: Vec<&Area> = nodes.iter().chain(&labels).collect();
            for (at, a) in everything.iter().enumerate() {
                assert!(everything[..at].iter().all(|b| !overlap(a, b)), "{name} {arrangement:?}: {a:?}");
            }
        }
    }
}

/// On a map every node stands on a place of its own, what belongs to a place around it, and what lies west to the west.
#[test]
fn nodes_stand_where_they_lie_on_a_map() {
    let places = [("Iran", (32_000, 53_000)), ("Iraq", (33_000, 44_000)), ("United States", (39_000, -98_000))];
    let map = export::Map {
        by: "country".into(),
        places: places.map(|(name, place)| (name.to_owned(), place)).into(),
        land: vec![vec![(10_000, -10_000), (10_000, 70_000), (50_000, 30_000)]],
        borders: vec![vec![(20_000, 50_000), (40_000, 48_000)]],
    };
    let options = DrawOptions { arrangement: Some(Arrangement::Map), map: Some(map), ..DrawOptions::default() };
    for (name, graph) in [("small", scenes::small()), ("middling", scenes::middling())] {
        let svg = export::svg(&graph, &options);
        assert_eq!(svg, export::svg(&graph, &options));
        well_formed(&svg).unwrap();
        let (nodes, _) = areas(&svg);
        assert_eq!(nodes.len(), graph.node_count(), "{name}");
        for (at, a) in nodes.iter().enumerate() {
            assert!(nodes[..at].iter().all(|b| !overlap(a, b)), "{name}: {a:?}");
        }
        let place = |wanted: &str| {
            let at = graph.nodes().position(|node| node.name == wanted).unwrap_or_else(|| panic!("{wanted}"));
            ((nodes[at][0] + nodes[at][2]) / 2.0, (nodes[at][1] + nodes[at][3]) / 2.0)
        };
        let apart = |a: &str, b: &str| (place(a).0 - place(b).0).hypot(place(a).1 - place(b).1);
        assert!(place("United States").0 < place("Iraq").0 && place("Iraq").0 < place("Iran").0, "{name}");
        assert!(apart("Amir Hatami", "Iran") < apart("Amir Hatami", "Iraq"), "{name}");
        // Israel is not on this map: it stands below everything that is.
        assert!(place("Israel").1 > place("Iran").1 && svg.contains(">no country</text>"), "{name}");
    }
}

/// A graph far beyond what careful layers are for is still drawn, in seconds, with no node on another.
#[test]
fn a_large_graph_is_drawn_by_force_and_in_columns() {
    let mut r = Report::new("large", None);
    let nodes: Vec<u32> = (0..1500).map(|number| r.named("Organization", &format!("Office {number}"), &[])).collect();
    for at in 1..nodes.len() {
        r.says(nodes[at], "accused", nodes[at / 3], &[]);
        r.says(nodes[at], "met-with", nodes[at / 7], &[]);
    }
    let graph = build(&[r.fragment()], &schema());
    for arrangement in [Arrangement::Force, Arrangement::Layered] {
        let start = std::time::Instant::now();
        let options = DrawOptions { arrangement: Some(arrangement), ..DrawOptions::default() };
        let (nodes, _) = areas(&export::svg(&graph, &options));
        assert!(start.elapsed().as_secs() < 30, "{arrangement:?} took {:?}", start.elapsed());
        assert_eq!(nodes.len(), 1500);
        for (at, a) in nodes.iter().enumerate() {
            assert!(nodes[..at].iter().all(|b| !overlap(a, b)), "{arrangement:?}");
        }
    }
}

/// Whether a text is well-formed XML, as far as tags, attributes and entities go.
fn well_formed(text: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(from) = rest.find('<') {
        if rest[..from].contains('>') {
            return Err(format!("a bare > before {:?}", &rest[from..rest.len().min(from + 40)]));
        }
        let to = rest[from..].find('>').ok_or("an unclosed tag")? + from;
        let tag = &rest[from + 1..to];
        if !tag.matches('"').count().is_multiple_of(2) {
            return Err(format!("quotes in <{tag}>"));
        }
        match tag.strip_prefix('/') {
            Some(name) if open.pop() == Some(name) => {}
            Some(name) => return Err(format!("</{name}> closes nothing")),
            None if tag.ends_with('/') => {}
            None => open.push(tag.split_whitespace().next().unwrap_or_default()),
        }
        rest = &rest[to + 1..];
    }
    if let Some(bad) = text.chars().find(|character| character.is_control() && *character != '\n') {
        return Err(format!("the character {bad:?}"));
    }
    if open.is_empty() { Ok(()) } else { Err(format!("{open:?} stay open")) }
}

#[test]
fn a_drawing_is_well_formed_and_says_what_it_shows() {
    for (name, graph) in all().into_iter().chain([("hostile", hostile()), ("empty", build(&[], &schema()))]) {
        let svg = picture(&graph);
        written(&format!("{name}.svg"), &svg);
        well_formed(&svg).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(
            svg.matches("<g class=\"node\" role=\"graphics-symbol img\" aria-label=").count(),
            graph.node_count(),
            "{name}"
        );
        assert_eq!(svg, picture(&graph), "the same graph gives the same picture");
    }
    let svg = picture(&scenes::small());
    for shown in [
        "Amir Hatami",
        "defence minister, Iran",
        "pledged support to",
        "“Amir Hatami accused United States.” talks.txt",
        "planned or requested",
        ">denied<",
        "not named",
    ] {
        assert!(svg.contains(shown), "{shown}");
    }
    assert!(!svg.contains("told by more documents"), "the legend shows only what occurs");
}

/// What two did is a line between them; the event says nothing more and is left out of a picture, with a word in the
/// legend, but never out of DOT.
#[test]
fn an_event_that_a_line_tells_is_not_drawn_twice() {
    let rules = attache::rules::load(&["diplomacy".to_owned()]).rules.unwrap();
    let text = "Norwegian Foreign Minister Pia Lund met President Ana Rojas of Peru on 2 July 2019.";
    let graph = attache::pipeline::run(vec![attache::source::Source::new("report", text)], &rules, &|_| {});
    let events = graph.nodes().filter(|node| node.types.last().is_some_and(|root| root == "Event")).count();
    assert_eq!(events, 1);
    let drawn = |events| {
        let svg = export::svg(&graph, &DrawOptions { events, ..DrawOptions::default() });
        (svg.matches("class=\"node\"").count(), svg.contains("1 event not drawn"))
    };
    assert_eq!(drawn(None), (graph.node_count() - 1, true));
    assert_eq!(drawn(Some(Events::All)), (graph.node_count(), false));
    assert!(export::dot(&graph, &DrawOptions::default()).contains("event/"));
}

/// What is asked for is brought out, and all else stays, palely.
#[test]
fn a_part_is_brought_out() {
    let graph = scenes::small();
    let accused = Selection { relations: vec!["accused".to_owned()], ..Selection::default() };
    let part = graph.select(&accused);
    let all = DrawOptions { events: Some(Events::All), ..DrawOptions::default() };
    let options = DrawOptions { lit: Some(Lit::of(&part)), ..all.clone() };
    let svg = export::svg(&graph, &options);
    well_formed(&svg).unwrap();
    let nodes = |svg: &str, faint: bool| {
        let lines = svg.lines().filter(|line| line.starts_with("<g class=\"node\""));
        lines.filter(|line| line.contains("opacity=\"0.3\"") == faint).count()
    };
    assert_eq!((nodes(&svg, false), nodes(&svg, true)), (part.node_count(), graph.node_count() - part.node_count()));
    assert_eq!(nodes(&export::svg(&graph, &all), true), 0);
    let dot = export::dot(&graph, &options);
    let pale = dot.lines().filter(|line| line.contains("fillcolor=\"#fafbfc\"")).count();
    assert_eq!(pale, graph.node_count() - part.node_count());
    let page = export::render(&graph, Format::Html, Engine::Auto, &options).unwrap();
    let page = String::from_utf8(page).unwrap();
    assert!(page.contains("<script type=\"application/json\" id=\"lit\">[["));
}

#[test]
fn isolated_nodes_are_left_out_only_when_told_or_many() {
    let graph = scenes::large();
    let count = |isolated| {
        export::svg(&graph, &DrawOptions { isolated, ..DrawOptions::default() }).matches("class=\"node\"").count()
    };
    assert_eq!((count(Isolated::Few), count(Isolated::All)), (graph.node_count(), graph.node_count()));
    assert_eq!(count(Isolated::None), graph.node_count() - 9);
    let mut r = Report::new("many", None);
    for number in 0..41 {
        r.named("Organization", &format!("Office {number}"), &[]);
    }
    let svg = picture(&build(&[r.fragment()], &schema()));
    assert!(svg.contains("41 entities without relations not drawn") && !svg.contains("class=\"node\""));
}

#[test]
fn formats_are_found_by_name_and_by_file() {
    for format in Format::ALL {
        assert_eq!(Format::from_name(format.name()), Some(format));
        for ending in format.endings() {
            let path = format!("a.b/graph.{}", ending.to_uppercase());
            assert_eq!(Format::from_path(Path::new(&path)), Some(format), "{path}");
        }
        assert!(format.media_type().contains('/'));
    }
    assert_eq!(Format::from_name("gv"), Some(Format::Dot));
    assert_eq!(Format::from_path(Path::new("graph")), None);
    assert_eq!(Format::Json.loses(), None);
}

#[test]
fn every_format_is_written_or_refused_with_a_reason() {
    let graph = scenes::small();
    let options = DrawOptions::default();
    let begins = |format, engine, magic: &[u8]| {
        export::render(&graph, format, engine, &options).is_ok_and(|bytes| bytes.starts_with(magic))
    };
    assert!(begins(Format::Json, Engine::Auto, b"{"));
    assert!(begins(Format::Dot, Engine::Auto, b"digraph"));
    assert!(begins(Format::Svg, Engine::Auto, b"<svg"));
    let refused = export::render(&graph, Format::Pdf, Engine::BuiltIn, &options).unwrap_err().to_string();
    assert_eq!(refused, "the built-in drawing cannot write pdf; it writes svg");
    if available("Graphviz", Command::new("dot").arg("-V")) {
        assert!(begins(Format::Svg, Engine::Graphviz, b"<?xml"));
        assert!(begins(Format::Pdf, Engine::Auto, b"%PDF"));
        assert!(begins(Format::Png, Engine::Graphviz, b"\x89PNG"));
    }
}

/// Text must show: without a font it would silently be missing.
#[cfg(feature = "png")]
#[test]
fn pixels_show_the_text() {
    let mut r = Report::new("a", None);
    r.named("Organization", "MMMM", &[]);
    let graph = build(&[r.fragment()], &schema());
    let bytes = export::render(&graph, Format::Png, Engine::BuiltIn, &DrawOptions::default())
        .expect("a font is installed where this test runs");
    written("pixels.png", &bytes);
    let mut nameless = Report::new("a", None);
    nameless.named("Organization", "    ", &[]);
    let blank = export::render(
        &build(&[nameless.fragment()], &schema()),
        Format::Png,
        Engine::BuiltIn,
        &DrawOptions::default(),
    )
    .unwrap();
    assert!(bytes.len() > blank.len(), "letters take bytes");
}
