//! Relations that follow from others: which rule concludes them, and what they rest on.
//!
//! `attache why` and `attache explain` show them beside what the texts say; `attache why-not` says what keeps a rule from
//! concluding. All three look at the graph of the documents asked about.

use std::collections::BTreeSet;

use serde::Serialize;

use super::console::Paint;
use super::summary::standing;
use crate::extract::{Modality, Polarity};
use crate::graph::{Edge, EdgeRef, KnowledgeGraph, Origin};
use crate::infer::{Obstacle, Way, obstacle, ways};
use crate::rules::{Inference, RuleSet};

/// Most ways to one conclusion that are shown.
const MOST_SHOWN: usize = 3;

/// A relation that was inferred.
#[derive(Debug, Serialize)]
pub(super) struct Conclusion {
    pub relation: String,
    pub source: Named,
    pub target: Named,
    pub modality: Modality,
    pub confidence: f64,
    /// Every rule and every way in which it follows; the first few of many.
    pub reasons: Vec<Reason>,
}

/// A node.
#[derive(Debug, Serialize)]
pub(super) struct Named {
    pub id: String,
    pub name: String,
    #[serde(rename = "type")]
    pub type_name: String,
}

/// One way in which it follows.
#[derive(Debug, Serialize)]
pub(super) struct Reason {
    pub rule: String,
    pub file: String,
    pub line: usize,
    /// The condition of the rule.
    pub condition: String,
    /// What stands for what the rule names, by name.
    pub names: Vec<(String, String)>,
    pub rests_on: Vec<Ground>,
}

/// A relation that a conclusion rests on.
#[derive(Debug, Serialize)]
pub(super) struct Ground {
    pub source: String,
    pub relation: String,
    pub target: String,
    pub modality: Modality,
    pub polarity: Polarity,
    /// Whether it was inferred itself.
    pub inferred: bool,
    pub told: Vec<Told>,
}

/// A sentence that tells it.
#[derive(Debug, Serialize)]
pub(super) struct Told {
    pub doc: String,
    pub sentence: Option<u32>,
    pub rule: String,
}

/// What a rule does not conclude, and why.
#[derive(Debug, Serialize)]
pub(super) struct Missed {
    pub rule: String,
    pub file: String,
    pub line: usize,
    pub condition: String,
    /// What keeps it from concluding.
    pub obstacle: String,
    /// What stands for what the rule names, as far as it is there.
    pub names: Vec<(String, String)>,
}

/// Everything that follows, in the order of the graph, and rests on a sentence that is asked about.
pub(super) fn conclusions(
    graph: &KnowledgeGraph,
    rules: &RuleSet,
    asked: &dyn Fn(&str, u32) -> bool,
) -> Vec<Conclusion> {
    let inferred = graph.edges().filter(|edge| edge.origin == Origin::Inferred);
    let rests = |edge: &Edge| {
        let told = graph.rests_on(edge);
        let mut evidence = told.iter().flat_map(|edge| &edge.evidence);
        evidence.any(|seen| seen.sentence.is_some_and(|sentence| asked(&seen.doc, sentence)))
    };
    inferred.filter(|edge| rests(edge)).map(|edge| conclusion(edge, graph, rules)).collect()
}

/// What keeps each rule of a relation from concluding it.
pub(super) fn missed(graph: &KnowledgeGraph, rules: &RuleSet, relation: u32) -> Vec<Missed> {
    let own = rules.inferences.iter().filter(|rule| rule.relation == relation);
    own.map(|rule| {
        let (obstacle, way) = in_words(obstacle(rule, graph), rule, graph);
        Missed {
            rule: rule.id.to_string(),
            file: rule.file.name.clone(),
            line: line(rule),
            condition: condition(rule),
            obstacle,
            names: way.map(|way| names(&way, graph)).unwrap_or_default(),
        }
    })
    .collect()
}

fn conclusion(edge: &Edge, graph: &KnowledgeGraph, rules: &RuleSet) -> Conclusion {
    let by: BTreeSet<&str> = edge.grounds.iter().map(|ground| ground.rule.as_str()).collect();
    let mut reasons = Vec::new();
    for rule in rules.inferences.iter().filter(|rule| by.contains(&*rule.id)) {
        let same = |way: &&Way| {
            let symmetric = rules.relations[rule.relation as usize].symmetric;
            let ends = (way.source == edge.source && way.target == edge.target)
                || symmetric && way.source == edge.target && way.target == edge.source;
            ends && way.modality == Some(edge.modality)
        };
        for way in ways(rule, graph).iter().filter(same).take(MOST_SHOWN) {
            reasons.push(Reason {
                rule: rule.id.to_string(),
                file: rule.file.name.clone(),
                line: line(rule),
                condition: condition(rule),
                names: names(way, graph),
                rests_on: way.edges.iter().filter_map(|edge| ground(edge, graph)).collect(),
            });
        }
    }
    Conclusion {
        relation: edge.type_name.clone(),
        source: named(&edge.source, graph),
        target: named(&edge.target, graph),
        modality: edge.modality,
        confidence: edge.confidence,
        reasons,
    }
}

fn line(rule: &Inference) -> usize {
    rule.file.line_of(rule.span.start)
}

/// The condition, without the space around its lines.
fn condition(rule: &Inference) -> String {
    rule.condition.trim().lines().map(str::trim).collect::<Vec<_>>().join("\n")
}

fn named(id: &str, graph: &KnowledgeGraph) -> Named {
    let node = graph.node(id);
    Named {
        id: id.to_owned(),
        name: node.map_or_else(|| id.to_owned(), |node| node.name.clone()),
        type_name: node.map(|node| node.type_name.clone()).unwrap_or_default(),
    }
}

fn names(way: &Way, graph: &KnowledgeGraph) -> Vec<(String, String)> {
    way.names.iter().map(|(name, id)| (name.clone(), named(id, graph).name)).collect()
}

fn ground(edge: &EdgeRef, graph: &KnowledgeGraph) -> Option<Ground> {
    let edge = graph.edge(edge)?;
    let told = edge.evidence.iter().map(|seen| Told {
        doc: seen.doc.clone(),
        sentence: seen.sentence,
        rule: seen.rule.clone(),
    });
    Some(Ground {
        source: named(&edge.source, graph).name,
        relation: edge.type_name.clone(),
        target: named(&edge.target, graph).name,
        modality: edge.modality,
        polarity: edge.polarity,
        inferred: edge.origin == Origin::Inferred,
        told: told.collect(),
    })
}

fn in_words(obstacle: Obstacle, rule: &Inference, graph: &KnowledgeGraph) -> (String, Option<Way>) {
    let called = |name: &str, way: &Way| {
        let id = way.names.iter().find(|(known, _)| known == name).map(|(_, id)| named(id, graph));
        id.map_or_else(String::new, |node| format!("{} [{}]", node.name, node.type_name))
    };
    let wanted = |name: &str| format!("`({name}…)` of the condition");
    match obstacle {
        Obstacle::Absent(relations) => {
            let what = if relations.is_empty() { "relation".to_owned() } else { relations.join(" and no ") };
            (format!("there is no {what}"), None)
        }
        Obstacle::Told(way) => {
            let otherwise = way
                .edges
                .iter()
                .filter_map(|edge| ground(edge, graph))
                .find(|ground| (ground.modality, ground.polarity) != (Modality::Asserted, Polarity::Positive));
            let text = otherwise.map_or_else(
                || "a relation is told otherwise than the rule asks for".to_owned(),
                |ground| {
                    format!(
                        "{} is {}, and the rule takes what is told as a fact, unless it says otherwise",
                        arrow(&ground),
                        standing(ground.modality, ground.polarity)
                    )
                },
            );
            (text, Some(way))
        }
        Obstacle::Nobody(name, way) => (format!("all else is there, but no node fits {}", wanted(&name)), Some(way)),
        Obstacle::Unfit(name, way) => {
            (format!("all else is there, but {} does not fit {}", called(&name, &way), wanted(&name)), Some(way))
        }
        Obstacle::Where(way) => ("all else is there, but not what `where` asks for".to_owned(), Some(way)),
        Obstacle::Apart => ("its parts are there, but they do not meet".to_owned(), None),
        Obstacle::Support(way) => {
            (format!("it is fulfilled, but in fewer than the {} documents it asks for", rule.min_support), Some(way))
        }
        Obstacle::Same(way) => ("it is fulfilled, but both ends are the same".to_owned(), Some(way)),
        Obstacle::Nothing(way) => (
            "it is fulfilled, but texts state it already, or what it rests on is told in different ways".to_owned(),
            Some(way),
        ),
    }
}

fn arrow(ground: &Ground) -> String {
    format!("{} --{}--> {}", ground.source, ground.relation, ground.target)
}

/// A conclusion, laid out for a person.
pub(super) fn lines(conclusion: &Conclusion, paint: Paint) -> Vec<String> {
    let name = |node: &Named| paint.green(&format!("{} [{}]", node.name, node.type_name));
    let told = standing(conclusion.modality, Polarity::Positive);
    let mut lines = vec![format!(
        "{} {} {}  {told}, {}",
        name(&conclusion.source),
        paint.blue(&format!("--{}-->", conclusion.relation)),
        name(&conclusion.target),
        paint.yellow("inferred")
    )];
    for reason in &conclusion.reasons {
        lines.extend(head(&reason.rule, &reason.file, reason.line, &reason.condition, &reason.names, paint));
        for ground in &reason.rests_on {
            lines.push(format!("    rests on {}, {}", arrow(ground), where_told(ground)));
        }
    }
    lines.push(paint.faint(&format!("    confidence {}", conclusion.confidence)));
    lines
}

/// What keeps a rule back, laid out for a person.
pub(super) fn missed_lines(missed: &Missed, paint: Paint) -> Vec<String> {
    let mut lines = head(&missed.rule, &missed.file, missed.line, &missed.condition, &missed.names, paint);
    lines.push(format!("    {}", paint.yellow(&missed.obstacle)));
    lines
}

fn head(rule: &str, file: &str, line: usize, condition: &str, names: &[(String, String)], paint: Paint) -> Vec<String> {
    let mut lines = vec![format!("  rule {} {}", paint.bold(rule), paint.faint(&format!("{file}:{line}")))];
    lines.extend(condition.lines().map(|line| format!("    {}", paint.blue(line))));
    let names: Vec<String> = names.iter().map(|(name, node)| format!("{name} = {node}")).collect();
    lines.extend((!names.is_empty()).then(|| format!("    {}", names.join(", "))));
    lines
}

fn where_told(ground: &Ground) -> String {
    match ground.told.first() {
        _ if ground.inferred => "which is inferred".to_owned(),
        Some(told) => {
            let sentence = told.sentence.map_or_else(String::new, |number| format!(" [{number}]"));
            let more = ground.told.len() - 1;
            let more = if more == 0 { String::new() } else { format!(", and {more} more") };
            format!("in {}{sentence} by {}{more}", told.doc, told.rule)
        }
        None => "told nowhere".to_owned(),
    }
}
