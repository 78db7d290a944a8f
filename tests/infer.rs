//! Inference: what follows is marked, names what it rests on, and follows anew from whatever documents there are.
//!
//! Each test lays a few rules over the built-in pack and reads short texts.

use attache::graph::{Edge, KnowledgeGraph, Origin};
use attache::infer::infer;
use attache::pipeline::schema;
use attache::source::Source;
use attache::{Extractor, RulesError};

/// Relations between countries that the rules of a test conclude.
const RELATIONS: &str = r#"
[relation.near]
between = ["Country", "Country"]

[relation.cold]
between = ["Country", "Country"]

[relation.linked]
between = ["Country", "Country"]
symmetric = true
"#;

fn extractor(rules: &str) -> Extractor {
    let made: Result<Extractor, RulesError> =
        Extractor::builder().rules("test.toml", format!("{RELATIONS}{rules}")).build();
    made.unwrap_or_else(|error| panic!("{error}"))
}

fn read(extractor: &Extractor, texts: &[(&str, &str)]) -> KnowledgeGraph {
    extractor.read(texts.iter().map(|(id, text)| Source::new(*id, *text)).collect())
}

/// Inferred edges of a relation as `source target how`, in the order of the graph.
fn inferred(graph: &KnowledgeGraph, relation: &str) -> Vec<String> {
    let name = |id: &str| graph.node(id).map(|node| node.name.clone()).unwrap_or_default();
    let line = |edge: &Edge| {
        let how = format!("{:?}", edge.modality).to_lowercase();
        format!("{} {} {how}", name(&edge.source), name(&edge.target))
    };
    graph.edges().filter(|e| e.origin == Origin::Inferred && e.type_name == relation).map(line).collect()
}

const THANKS: &str = r#"
[[inference]]
id = "near.thanks"
if = "(a:Country)-[thanked]->(b:Country)"
then = "(a)-[near]->(b)"
"#;

#[test]
fn a_conclusion_names_its_grounds_and_leaves_the_rest_as_it_was() {
    let texts = [("may", "Chile thanked Peru. Kenya criticized Norway."), ("june", "Chile thanked Peru.")];
    let (with, without) = (read(&extractor(THANKS), &texts), read(&extractor(""), &texts));
    assert_eq!(inferred(&with, "near"), ["Chile Peru asserted"]);
    let edge = with.edges().find(|edge| edge.origin == Origin::Inferred && edge.type_name == "near").unwrap();
    assert_eq!(edge.support, 2);
    assert!(edge.evidence.is_empty());
    assert_eq!(edge.grounds.len(), 1);
    assert_eq!(edge.grounds[0].rule, "near.thanks");
    let below = with.edge(&edge.grounds[0].edges[0]).unwrap();
    assert_eq!(below.type_name, "thanked");
    assert_eq!(with.rests_on(edge), [below]);
    assert!(edge.confidence < below.confidence);
    let told = |graph: &KnowledgeGraph| -> Vec<Edge> {
        graph.edges().filter(|edge| edge.origin != Origin::Inferred).cloned().collect()
    };
    assert_eq!(told(&with), told(&without));
    assert!(with.nodes().eq(without.nodes()));
}

#[test]
fn merging_infers_from_all_documents_and_forgets_with_them() {
    let chain = r#"
        [[inference]]
        id = "near.chain"
        if = "(a:Country)-[thanked]->(b:Country)-[praised]->(c:Country)"
        then = "(a)-[near]->(c)"
    "#;
    let extractor = extractor(chain);
    let texts = [("may", "Chile thanked Peru."), ("june", "Peru praised Kenya."), ("july", "Chile thanked Norway.")];
    let whole = read(&extractor, &texts);
    assert_eq!(inferred(&whole, "near"), ["Chile Kenya asserted"]);
    let parts: Vec<KnowledgeGraph> = texts.iter().map(|text| read(&extractor, &[*text])).collect();
    assert!(parts.iter().all(|part| inferred(part, "near").is_empty()));
    let [may, june, july] = parts.as_slice() else { unreachable!() };
    let merge = |graphs: &[&KnowledgeGraph]| {
        extractor.merge(&graphs.iter().map(|graph| (*graph).clone()).collect::<Vec<_>>()).unwrap()
    };
    assert_eq!(merge(&[may, june, july]), whole);
    assert_eq!(merge(&[&merge(&[july, june]), may]), whole);
    assert_eq!(merge(&[&whole, &whole, june]), whole);
    let less = attache::graph::without(&whole, &["june"], &schema(extractor.rules())).unwrap();
    let less = infer(less, &extractor.rules().inferences, &schema(extractor.rules()));
    assert_eq!(less, merge(&[may, july]));
    assert!(inferred(&less, "near").is_empty());
    let json = String::from_utf8(attache::export::json(&whole).into_bytes()).unwrap();
    assert_eq!(KnowledgeGraph::from_json(&json).unwrap(), whole);
}

#[test]
fn only_what_is_asserted_counts_unless_the_rule_says_otherwise() {
    let text = [("may", "Chile may thank Peru. Kenya did not thank Norway. Japan plans to thank Nepal.")];
    assert!(inferred(&read(&extractor(THANKS), &text), "near").is_empty());
    let plans = r#"
        [[inference]]
        id = "near.plans"
        if = '(a:Country)-[thanked {modality: "planned"}]->(b:Country)'
        then = "(a)-[near]->(b)"
    "#;
    assert_eq!(inferred(&read(&extractor(plans), &text), "near"), ["Japan Nepal planned"]);
}

#[test]
fn what_must_be_absent_is_concluded_first() {
    let rules = r#"
        [[inference]]
        id = "cold.rest"
        if = "(a:Country)-[thanked]-(b:Country) where not (a)-[near]-(b)"
        then = "(a)-[cold]->(b)"

        [[inference]]
        id = "near.praise"
        if = "(a:Country)-[praised]->(b:Country)"
        then = "(a)-[near]->(b)"
    "#;
    let extractor = extractor(rules);
    let strata: Vec<u32> = extractor.rules().inferences.iter().map(|rule| rule.stratum).filter(|s| *s > 0).collect();
    assert_eq!(strata, [1]);
    let graph = read(&extractor, &[("may", "Chile thanked Peru. Chile praised Peru. Kenya thanked Norway.")]);
    assert_eq!(inferred(&graph, "near"), ["Chile Peru asserted"]);
    assert_eq!(inferred(&graph, "cold"), ["Kenya Norway asserted", "Norway Kenya asserted"]);
}

#[test]
fn chains_and_circles_end() {
    let rules = format!(
        "{THANKS}\n{}",
        r#"
        [[inference]]
        id = "near.chain"
        if = "(a)-[near]->(b)-[near]->(c)"
        then = "(a)-[near]->(c)"
    "#
    );
    let extractor = extractor(&rules);
    let chain = "Chile thanked Peru. Peru thanked Kenya. Kenya thanked Norway. Norway thanked Nepal.";
    let graph = read(&extractor, &[("may", chain)]);
    assert_eq!(inferred(&graph, "near").len(), 4 + 3 + 2 + 1);
    let last = graph.edges().find(|e| e.source == "country/chile" && e.target == "country/nepal").unwrap();
    assert_eq!(graph.rests_on(last).len(), 4);
    let circle = read(&extractor, &[("may", &format!("{chain} Nepal thanked Chile."))]);
    assert_eq!(inferred(&circle, "near").len(), 5 * 4);
}

#[test]
fn what_is_stated_is_not_inferred_and_support_is_counted() {
    let rules = r#"
        [[inference]]
        id = "linked.thanks"
        if = "(a:Country)-[thanked]->(b:Country)"
        then = "(a)-[linked]-(b)"
        min-support = 2

        [[inference]]
        id = "praised.thanks"
        if = "(a:Country)-[thanked]->(b:Country)"
        then = "(a)-[praised]->(b)"
    "#;
    let texts =
        [("may", "Peru thanked Chile. Kenya thanked Norway."), ("june", "Chile thanked Peru. Chile praised Peru.")];
    let graph = read(&extractor(rules), &texts);
    assert_eq!(inferred(&graph, "linked"), ["Chile Peru asserted"]);
    assert_eq!(inferred(&graph, "praised"), ["Kenya Norway asserted", "Peru Chile asserted"]);
}

#[test]
fn what_concludes_too_much_is_given_up_and_named() {
    let rules = r#"
        [[inference]]
        id = "near.anyhow"
        if = "(a:Country)-[thanked]-(x), (b:Country)-[thanked]-(y), (c:Country)-[thanked]-(z)"
        then = "(a)-[near]->(b)"
    "#;
    let names =
        ["Chile", "Peru", "Kenya", "Norway", "Nepal", "Japan", "Iran", "Iraq", "Egypt", "Ghana", "Mali", "Cuba"];
    let pairs = names.iter().flat_map(|a| names.iter().map(move |b| (a, b))).filter(|(a, b)| a != b);
    let text: String = pairs.map(|(a, b)| format!("{a} thanked {b}. ")).collect();
    let extractor = extractor(&format!("{THANKS}{rules}"));
    let graph = read(&extractor, &[("may", &text)]);
    assert_eq!(graph.manifest().unfinished.as_deref(), Some("near.anyhow"));
    assert!(graph.edges().all(|edge| edge.origin != Origin::Inferred));
}
