//! The graph as a function of what documents say: who is who, what is one edge, and that merging loses nothing.

#[path = "export/sample.rs"]
mod sample;

use attache::export;
use attache::extract::{Fragment, Modality, Polarity};
use attache::graph::{KnowledgeGraph, build, conflicting_documents, merge, without};
use proptest::prelude::*;
use sample::{Report, schema};

/// Each person in a document of its own; whether all of them are one node.
fn same(people: &[(&str, &str, &str)]) -> bool {
    people_nodes(people).len() == 1
}

fn people_nodes(people: &[(&str, &str, &str)]) -> Vec<String> {
    let fragments: Vec<Fragment> = people
        .iter()
        .enumerate()
        .map(|(number, (name, country, office))| {
            let mut report = Report::new(&format!("d{number}"), Some("2019-05-01"));
            report.person("Minister", name, country, office);
            report.fragment()
        })
        .collect();
    let mut reversed = fragments.clone();
    reversed.reverse();
    let graph = build(&fragments, &schema());
    assert_eq!(graph, build(&reversed, &schema()), "the order of documents must not matter");
    graph.nodes().map(|node| node.id.clone()).collect()
}

const IRAN: &str = "Iran";
const IRAQ: &str = "Iraq";
const DEFENCE: &str = "defence minister";

#[test]
fn spellings_of_one_person_are_one_node() {
    assert!(same(&[("Mohammadreza Ashtiani", IRAN, DEFENCE), ("Mohamamdreza Ashtiani", IRAN, "minister of defence")]));
    assert!(same(&[("Juma Inad", IRAQ, DEFENCE), ("Juma Anad Saadoun", IRAQ, DEFENCE)]));
    assert!(same(&[("Haidar al-Abadi", IRAQ, "prime minister"), ("Heidar al-Abadi", IRAQ, "prime minister")]));
    assert!(same(&[("Khalid al-Ubaydi", IRAQ, DEFENCE), ("Khaled al-Obeidi", IRAQ, DEFENCE)]));
    assert!(same(&[("Mohammad Hossein Baqeri", IRAN, "chief of staff"), ("Mohammad Bagheri", IRAN, "chief of staff")]));
    assert!(same(&[
        ("Thabet Muhammad Saeed Al Abbasi", IRAQ, DEFENCE),
        ("Thabet Mohammed Saeed Al-Abbasii", IRAQ, DEFENCE)
    ]));
    assert!(same(&[("Donald Trump", "", ""), ("Donald J. Trump", "United States", "president")]));
    assert!(same(&[("Recep Tayyip Erdoğan", "Turkey", "president"), ("Recep Tayyip Erdogan", "Turkey", "")]));
    assert!(
        same(&[("Amir Hatami", IRAN, DEFENCE), ("Amir Hatami", IRAN, "commander in chief")]),
        "people change office"
    );
    assert!(same(&[("Abu Mazen", "", ""), ("Mahmoud Abbas", "Palestine", "president")]), "the pack's list wins");
}

#[test]
fn a_surname_joins_the_one_person_it_can_mean() {
    assert!(same(&[("Mohammadreza Ashtiani", IRAN, DEFENCE), ("Ashtiani", IRAN, DEFENCE)]));
    assert!(
        same(&[("Mohammadreza Ashtiani", IRAN, DEFENCE), ("Ashtiani", IRAN, "general")]),
        "a vague office contradicts nothing"
    );
    assert!(same(&[("Amir Hatami", IRAN, DEFENCE), ("Khatami", IRAN, "defense minister")]));
    assert!(same(&[("Mohammad Hossein Baqeri", IRAN, "chief of staff"), ("Bagheri", IRAN, "chief of staff")]));
    assert!(same(&[("Qassem Soleimani", IRAN, "general"), ("Soleimani", IRAN, "")]));
    assert!(
        same(&[("Ashtiani", IRAN, DEFENCE), ("Ashtiani", IRAN, DEFENCE)]),
        "no full name is needed where office and country agree"
    );
}

#[test]
fn different_people_stay_apart() {
    let ministers = [
        ("Najah Hassan Ali Al-Shammari", IRAQ, DEFENCE),
        ("Khalid al-Ubaydi", IRAQ, DEFENCE),
        ("Juma Inad", IRAQ, DEFENCE),
        ("Hassan Ali", IRAQ, DEFENCE),
    ];
    assert_eq!(people_nodes(&ministers).len(), 4);
    assert!(!same(&[("Hossein Dehqan", IRAN, DEFENCE), ("Amir Hatami", IRAN, DEFENCE)]));
    assert!(!same(&[("Ali Rezaei", IRAN, DEFENCE), ("Ali Rezaei", IRAQ, DEFENCE)]), "two countries");
    assert!(!same(&[("Amir Hatami", IRAN, DEFENCE), ("Omar Hatami", IRAN, DEFENCE)]));
    assert!(!same(&[("Hassan Rouhani", IRAN, "president"), ("Hossein Rouhani", IRAN, "president")]));
    assert!(
        !same(&[("George Bush", "United States", "president"), ("George W. Bush", "United States", "president")]),
        "the pack's list wins"
    );
    assert!(!same(&[("Mohammad Khatami", IRAN, "president"), ("Khatami", IRAN, DEFENCE)]), "another office");
    assert!(!same(&[("Boris Johnson", "", ""), ("Johnson", "", "")]), "nothing but a surname is shared");
}

#[test]
fn an_ambiguous_surname_stays_alone() {
    let nodes =
        people_nodes(&[("Ali Larijani", IRAN, "speaker"), ("Sadeq Larijani", IRAN, "judge"), ("Larijani", IRAN, "")]);
    assert_eq!(nodes, ["person/ali-larijani", "person/larijani", "person/sadeq-larijani"]);
    let nodes = people_nodes(&[
        ("Ali Larijani", IRAN, "speaker"),
        ("Sadeq Larijani", IRAN, "judge"),
        ("Larijani", IRAN, "speaker"),
    ]);
    assert_eq!(nodes.len(), 2, "its office tells which: {nodes:?}");
}

#[test]
fn a_cluster_never_holds_a_contradiction() {
    // The name in the middle agrees with both ends, which do not agree with each other.
    let nodes =
        people_nodes(&[("Ali Rezaei", IRAN, ""), ("Ali Mohammad Rezaei", IRAN, ""), ("Mohammad Rezaei", IRAN, "")]);
    assert_eq!(nodes.len(), 2, "{nodes:?}");
}

#[test]
fn the_chosen_name_type_and_attributes_say_most() {
    let mut first = Report::new("a", None);
    first.person("Person", "Khatami", IRAN, DEFENCE);
    let mut second = Report::new("b", None);
    second.person("Minister", "Amir Hatami", IRAN, "defense minister");
    let graph = build(&[first.fragment(), second.fragment()], &schema());
    let node = graph.node("person/amir-hatami").unwrap();
    assert_eq!((node.name.as_str(), node.type_name.as_str(), node.support), ("Amir Hatami", "Minister", 2));
    assert_eq!(node.aliases, ["Khatami"]);
    assert_eq!(node.types, ["Minister", "Official", "Person"]);
    assert_eq!(node.attributes["office"], DEFENCE);
}

fn one_role(id: &str, date: Option<&str>, country: &str) -> Fragment {
    let mut report = Report::new(id, date);
    report.role("Minister", &format!("the defence minister ({country})"), country, DEFENCE);
    report.fragment()
}

#[test]
fn a_nameless_role_is_one_node_within_a_year() {
    let graph = build(
        &[one_role("a", Some("2019-05-01"), IRAN), one_role("b", Some("2019-12"), IRAN), one_role("c", None, IRAN)],
        &schema(),
    );
    assert_eq!(graph.nodes().map(|node| node.id.as_str()).collect::<Vec<_>>(), ["person/defence-minister-iran"]);
    let graph = build(
        &[
            one_role("a", Some("2015-05-01"), IRAN),
            one_role("b", Some("2019"), IRAN),
            one_role("c", Some("2019"), IRAQ),
        ],
        &schema(),
    );
    assert_eq!(graph.node_count(), 3);
    let ids: Vec<&str> = graph.nodes().map(|node| node.id.as_str()).collect();
    assert_eq!(ids, ["person/defence-minister-iran", "person/defence-minister-iran-2", "person/defence-minister-iraq"]);
}

#[test]
fn keys_and_whole_names_join_what_is_no_person() {
    let mut first = Report::new("a", None);
    first.known("Country", "Iran");
    first.named("Organization", "Ministry of Defence", &[("country", IRAN)]);
    let mut second = Report::new("b", None);
    second.named("Country", "Iran", &[]);
    second.named("Organization", "Ministry of Defence", &[("country", IRAQ)]);
    let mut third = Report::new("c", None);
    third.named("Organization", "Ministry of Defence", &[]);
    let graph = build(&[first.fragment(), second.fragment(), third.fragment()], &schema());
    assert_eq!(graph.node("country/iran").unwrap().support, 2);
    let ministries = graph.nodes().filter(|node| node.type_name == "Organization").count();
    assert_eq!(ministries, 3, "the one that does not tell its country stays by itself");
}

fn meeting(id: &str, date: Option<&str>, turned: bool) -> Fragment {
    let mut report = Report::new(id, date);
    let a = report.person("Minister", "Hossein Dehqan", IRAN, DEFENCE);
    let b = report.person("Official", "Haidar al-Abadi", IRAQ, "prime minister");
    let city = report.known("City", "Baghdad");
    report.event("Meeting", &[("located-in", city), ("took-part-in", a), ("took-part-in", b)], date);
    let dated: Vec<(&str, &str)> = date.map(|date| ("date", date)).into_iter().collect();
    let (from, to) = if turned { (b, a) } else { (a, b) };
    report.says(from, "met-with", to, &dated);
    report.fragment()
}

#[test]
fn statements_gather_into_one_edge() {
    let graph = build(
        &[meeting("a", Some("2015-05-18"), false), meeting("b", Some("2015-05"), true), meeting("c", None, true)],
        &schema(),
    );
    let edges: Vec<_> = graph.edges().filter(|edge| edge.type_name == "met-with").collect();
    assert_eq!(edges.len(), 1);
    let edge = edges[0];
    assert_eq!(
        (edge.source.as_str(), edge.target.as_str()),
        ("person/haidar-al-abadi", "person/hossein-dehqan"),
        "a symmetric relation has one order"
    );
    assert_eq!((edge.support, edge.confidence), (3, 0.99));
    assert_eq!(edge.attributes["date"], "2015-05-18");
    assert_eq!(edge.attributes["plover"], "CONSULT");
    for evidence in &edge.evidence {
        let source = &graph.node(&edge.source).unwrap().mentions;
        assert!(
            source
                .iter()
                .any(|mention| mention.doc == evidence.doc && [mention.start, mention.end] == evidence.source_span),
            "spans follow the edge's order"
        );
    }
}

#[test]
fn copies_of_a_report_are_one_source() {
    let mut fragments = vec![meeting("a", None, false), meeting("b", None, false), meeting("c", None, true)];
    let told = |fragments: &[Fragment]| {
        let graph = build(fragments, &schema());
        let edge = graph.edges().find(|edge| edge.type_name == "met-with").unwrap();
        let event = graph.nodes().find(|node| node.type_name == "Meeting").unwrap();
        (edge.support, edge.sources, event.support, event.sources)
    };
    assert_eq!(told(&fragments[..2]), (2, 1, 2, Some(1)), "the same sentence in both");
    fragments[1].relations[0].evidence.quote =
        "In Baghdad the two sat down together on Monday, for two hours.".to_string();
    assert_eq!(told(&fragments[..2]).1, 2, "a sentence of its own");
    assert_eq!(told(&fragments).1, 3, "the third tells it the other way round");
}

#[test]
fn an_event_without_a_place_is_the_only_one_it_can_be() {
    let told = |id: &str, place: Option<&str>, date: Option<&str>| {
        let mut report = Report::new(id, date);
        let a = report.person("Minister", "Hossein Dehqan", IRAN, DEFENCE);
        let b = report.person("Official", "Haidar al-Abadi", IRAQ, "prime minister");
        let mut roles = vec![("took-part-in", a), ("took-part-in", b)];
        roles.extend(place.map(|place| ("located-in", report.known("City", place))));
        report.event("Meeting", &roles, date);
        report.fragment()
    };
    let events = |fragments: &[Fragment]| {
        let graph = build(fragments, &schema());
        let mut support: Vec<u32> =
            graph.nodes().filter(|node| node.type_name == "Meeting").map(|node| node.support).collect();
        support.sort_unstable();
        support
    };
    let day = Some("2015-05-18");
    assert_eq!(events(&[told("a", Some("Baghdad"), day), told("b", None, day), told("c", None, None)]), [3]);
    assert_eq!(events(&[told("a", Some("Baghdad"), day), told("b", Some("Basra"), day)]), [1, 1]);
    assert_eq!(events(&[told("a", Some("Baghdad"), day), told("b", Some("Basra"), None)]), [1, 1]);
    let three = [told("a", Some("Baghdad"), day), told("b", Some("Basra"), day), told("c", None, day)];
    assert_eq!(events(&three), [1, 1, 1], "it may be either");
    let apart = [told("a", Some("Baghdad"), day), told("b", None, Some("2016-01-02"))];
    assert_eq!(events(&apart), [1, 1], "another day");
}

#[test]
fn offices_have_their_times() {
    let report = |id: &str, date: &str, office: &str| {
        let mut report = Report::new(id, Some(date));
        let person = report.person("Minister", "Amir Hatami", IRAN, office);
        (report, person)
    };
    let (mut first, hatami) = report("a", "2017-08-25", DEFENCE);
    let president = first.person("Official", "Hassan Rouhani", IRAN, "president");
    first.says(president, "appointed", hatami, &[("date", "2017-08-20")]);
    let (second, _) = report("b", "2019-07-02", "minister of defence");
    let (third, _) = report("c", "2022-01", "adviser");
    let mut fourth = Report::new("d", Some("2021-09-01"));
    fourth.person("Minister", "Amir Hatami", IRAN, DEFENCE);
    let mut fourth = fourth.fragment();
    fourth.entities[0].attributes.insert("status".to_string(), "Former".to_string());
    let graph = build(&[first.fragment(), second.fragment(), third.fragment(), fourth], &schema());
    let offices = &graph.node("person/amir-hatami").unwrap().offices;
    let told: Vec<[Option<&str>; 4]> =
        offices.iter().map(|o| [&o.first, &o.last, &o.begun, &o.ended].map(|date| date.as_deref())).collect();
    assert_eq!(
        told,
        [
            [Some("2017-08-25"), Some("2019-07-02"), Some("2017-08-20"), Some("../2021-09-01")],
            [Some("2022-01"), Some("2022-01"), None, None],
        ]
    );
    assert_eq!((offices[0].role["office"].as_str(), offices[0].support), (DEFENCE, 3));
    assert_eq!(merged(std::slice::from_ref(&graph)), graph);
}

#[test]
fn dates_that_differ_are_two_edges() {
    let graph = build(&[meeting("a", Some("2015-05-18"), false), meeting("b", Some("2016-01"), false)], &schema());
    let keys: Vec<u32> = graph.edges().filter(|edge| edge.type_name == "met-with").map(|edge| edge.key).collect();
    assert_eq!(keys, [0, 1]);
}

#[test]
fn denied_and_planned_statements_are_edges_of_their_own() {
    let mut report = Report::new("a", None);
    let (a, b) = (report.known("Country", "Iran"), report.known("Country", "Iraq"));
    report.says(a, "accused", b, &[]);
    report.says(a, "accused", b, &[]).polarity = Polarity::Negative;
    report.says(a, "accused", b, &[]).modality = Modality::Planned;
    assert_eq!(build(&[report.fragment()], &schema()).edge_count(), 3);
}

#[test]
fn an_event_is_a_node_with_its_roles() {
    let graph = build(&[meeting("a", Some("2015-05-18"), false), meeting("b", None, false)], &schema());
    let event = graph.node("event/meeting-baghdad-dehqan-al-abadi-2015-05-18").expect("one event for both reports");
    assert_eq!((event.support, event.attributes["date"].as_str()), (2, "2015-05-18"));
    let roles: Vec<(&str, &str)> = graph
        .edges()
        .filter(|edge| edge.source == event.id || edge.target == event.id)
        .map(|edge| (edge.source.as_str(), edge.type_name.as_str()))
        .collect();
    assert_eq!(
        roles,
        [
            (event.id.as_str(), "located-in"),
            ("person/haidar-al-abadi", "took-part-in"),
            ("person/hossein-dehqan", "took-part-in")
        ]
    );
}

#[test]
fn a_statement_about_one_and_the_same_is_set_aside_and_not_lost() {
    let mut first = Report::new("a", None);
    let (a, b) = (
        first.person("Minister", "Amir Hatami", IRAN, DEFENCE),
        first.person("Minister", "Amir Khatami", IRAN, DEFENCE),
    );
    first.says(a, "accused", b, &[]);
    let fragment = first.fragment();
    let graph = build(std::slice::from_ref(&fragment), &schema());
    assert_eq!((graph.node_count(), graph.edge_count(), graph.manifest().set_aside.len()), (1, 0, 1));
    assert_eq!(graph.fragments().unwrap(), [fragment]);
}

#[test]
fn two_texts_of_one_id_are_named() {
    let (first, mut second) = (meeting("a", None, false), meeting("a", None, true));
    assert!(conflicting_documents(&[first.clone(), first.clone()]).is_empty());
    second.document.sha256 = "ff".repeat(32);
    assert_eq!(conflicting_documents(&[first.clone(), second.clone()]), ["a"]);
    assert_eq!(build(&[first.clone(), second.clone()], &schema()), build(&[second, first], &schema()));
}

#[test]
fn a_cut_graph_is_read_but_not_merged() {
    let text = export::json(&build(&[meeting("a", None, false)], &schema()));
    let cut: String = text
        .lines()
        .filter(|line| !line.contains("\"id\":\"place/baghdad\"") && !line.contains("\"target\":\"place/baghdad\""))
        .collect::<Vec<_>>()
        .join("\n");
    let cut = cut.replace(",\n  ]", "\n  ]");
    let graph = KnowledgeGraph::from_json(&cut).unwrap();
    assert_eq!(graph.node_count(), 3);
    let message = graph.fragments().unwrap_err().to_string();
    assert!(message.contains("entity 2 of a is missing"), "{message}");
}

#[test]
fn what_is_no_graph_is_refused_with_the_reason() {
    let message = |text: &str| KnowledgeGraph::from_json(text).unwrap_err().to_string();
    assert!(message("{").contains("line 1"));
    assert!(message("{}").contains("it has no \"format\""));
    assert!(message(r#"{"format":"graph","version":1}"#).contains("its format is \"graph\""));
    assert!(message(r#"{"format":"attache-graph","version":9}"#).contains("version 9"));
    let text = export::json(&build(&[meeting("a", None, false)], &schema()));
    assert!(
        message(&text.replace("\"source\":\"person/hossein-dehqan\"", "\"source\":\"person/nobody\""))
            .contains("person/nobody")
    );
}

/// A report drawn at random from a small world, so that entities, dates and edges of several reports meet.
fn any_report() -> impl Strategy<Value = Fragment> {
    const NAMES: [&str; 9] = [
        "Amir Hatami",
        "Khatami",
        "Ali Larijani",
        "Sadeq Larijani",
        "Larijani",
        "Juma Inad",
        "Juma Anad Saadoun",
        "Ali Rezaei",
        "Ali Mohammad Rezaei",
    ];
    const DATES: [Option<&str>; 5] = [None, Some("2015"), Some("2015-05"), Some("2015-05-18"), Some("2018-01")];
    let person = (0..NAMES.len(), 0..3usize, 0..3usize, any::<bool>());
    let said = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..3usize, 0..DATES.len(), any::<bool>());
    (0..6u8, 0..DATES.len(), prop::collection::vec(person, 1..5), prop::collection::vec(said, 0..5)).prop_map(
        |(id, date, people, statements)| {
            let mut report = Report::new(&format!("doc{id}"), DATES[date]);
            let mut numbers = vec![report.known("Country", "Iran")];
            for (name, country, office, named) in people {
                let (country, office) = (["", IRAN, IRAQ][country], ["", DEFENCE, "general"][office]);
                numbers.push(if named {
                    report.person("Minister", NAMES[name], country, office)
                } else {
                    report.role("Minister", "the minister", country, office)
                });
            }
            for (a, b, relation, date, denied) in statements {
                let (a, b) = (*a.get(&numbers), *b.get(&numbers));
                let dated: Vec<(&str, &str)> = DATES[date].map(|date| ("date", date)).into_iter().collect();
                match relation {
                    0 => {
                        report.event("Meeting", &[("took-part-in", a), ("took-part-in", b)], DATES[date]);
                    }
                    _ => {
                        let said = report.says(a, ["met-with", "accused"][relation - 1], b, &dated);
                        said.polarity = if denied { Polarity::Negative } else { Polarity::Positive };
                    }
                }
            }
            report.fragment()
        },
    )
}

fn graph_of(fragments: &[Fragment]) -> KnowledgeGraph {
    build(fragments, &schema())
}

/// Through JSON, as separate runs would hand graphs over.
fn merged(graphs: &[KnowledgeGraph]) -> KnowledgeGraph {
    let read: Vec<KnowledgeGraph> =
        graphs.iter().map(|graph| KnowledgeGraph::from_json(&export::json(graph)).unwrap()).collect();
    merge(&read, &schema()).unwrap()
}

#[test]
fn namesakes_are_told_apart_by_country() {
    assert_eq!(
        people_nodes(&[("Ali Rezaei", IRAN, ""), ("Ali Rezaei", IRAQ, "")]),
        ["person/ali-rezaei-iran", "person/ali-rezaei-iraq"]
    );
}

/// Twenty thousand people in ten thousand documents: pairs must be looked for among few, or this takes hours.
#[test]
fn identity_is_near_linear() {
    let syllables = ["ba", "ra", "ki", "so", "lei", "ma", "ni", "had", "mo", "far", "zan", "tu", "rez", "gol", "bar"];
    let word = |mut seed: usize| {
        let mut word = String::new();
        for _ in 0..3 {
            word.push_str(syllables[seed % syllables.len()]);
            seed /= syllables.len();
        }
        word
    };
    let fragments: Vec<Fragment> = (0..10_000usize)
        .map(|number| {
            let mut report = Report::new(&format!("d{number:05}"), Some("2019"));
            report.person("Minister", &format!("{} {}", word(number % 211), word(number * 7919)), IRAN, "");
            report.person("Minister", &word(number * 104_729), IRAQ, DEFENCE);
            report.fragment()
        })
        .collect();
    let start = std::time::Instant::now();
    let graph = build(&fragments, &schema());
    assert!(graph.node_count() > 1_000);
    assert!(start.elapsed().as_secs() < 60, "took {:?}", start.elapsed());
    println!("{} nodes in {:?}", graph.node_count(), start.elapsed());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_run_and_merged_runs_give_the_same_bytes(reports in prop::collection::vec(any_report(), 1..6)) {
        let whole = graph_of(&reports);
        let parts: Vec<KnowledgeGraph> = reports.iter().map(|report| graph_of(std::slice::from_ref(report))).collect();
        prop_assert_eq!(export::json(&whole), export::json(&merged(&parts)));
        let mut reversed = reports;
        reversed.reverse();
        prop_assert_eq!(export::json(&whole), export::json(&graph_of(&reversed)));
    }

    #[test]
    fn merging_is_associative_commutative_and_idempotent(a in prop::collection::vec(any_report(), 0..3), b in prop::collection::vec(any_report(), 0..3), c in prop::collection::vec(any_report(), 0..3)) {
        let (a, b, c) = (graph_of(&a), graph_of(&b), graph_of(&c));
        let left = merged(&[merged(&[a.clone(), b.clone()]), c.clone()]);
        let right = merged(&[a.clone(), merged(&[b.clone(), c])]);
        prop_assert_eq!(export::json(&left), export::json(&right));
        prop_assert_eq!(export::json(&merged(&[a.clone(), b.clone()])), export::json(&merged(&[b, a.clone()])));
        prop_assert_eq!(export::json(&merged(&[a.clone(), a.clone()])), export::json(&a));
    }

    #[test]
    fn without_a_document_is_as_if_it_had_never_been(reports in prop::collection::vec(any_report(), 1..6), at in any::<prop::sample::Index>()) {
        let whole = graph_of(&reports);
        let gone = at.get(&reports).document.id.clone();
        let rest: Vec<Fragment> = reports.into_iter().filter(|report| report.document.id != gone).collect();
        let read = KnowledgeGraph::from_json(&export::json(&whole)).unwrap();
        let left = without(&read, &[&gone], &schema()).unwrap();
        prop_assert_eq!(export::json(&left), export::json(&graph_of(&rest)));
    }

    #[test]
    fn reading_gives_back_what_was_written(reports in prop::collection::vec(any_report(), 0..5)) {
        let graph = graph_of(&reports);
        prop_assert_eq!(KnowledgeGraph::from_json(&export::json(&graph)).unwrap(), graph);
    }

    #[test]
    fn spans_and_ids_hold(reports in prop::collection::vec(any_report(), 0..5)) {
        let graph = graph_of(&reports);
        for edge in graph.edges() {
            prop_assert!(edge.source != edge.target);
            prop_assert!(graph.node(&edge.source).is_some() && graph.node(&edge.target).is_some());
            for evidence in &edge.evidence {
                let owner = |id: &str, entity: u32| graph.node(id).unwrap().observations.iter().any(|seen| seen.doc == evidence.doc && seen.entity == entity);
                prop_assert!(owner(&edge.source, evidence.source_entity) && owner(&edge.target, evidence.target_entity));
            }
        }
    }
}
