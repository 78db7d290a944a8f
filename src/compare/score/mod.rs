//! How well graphs agree with a gold: what was found, what was missed, what is wrong, and what each comes from.
//!
//! Every document is judged by its own graph, so that no document is helped by another; who is one across documents is
//! judged by the graph of them all. The figures are those of [`interval`]; each miss has the sentence where it should have
//! been found, and each wrong statement the sentence and rule that made it.

mod interval;
mod judge;
mod names;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::gold::{Gold, GoldDocument, GoldIdentity};
use crate::graph::{IdentityRules, KnowledgeGraph};
use names::Names;

pub use interval::{Counts, Figure, f1};

/// A document as it was read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Its id.
    pub id: String,
    /// The graph of it alone.
    pub graph: KnowledgeGraph,
    /// Its sentences: first code point, one past the last, text. Empty where the text is not at hand.
    pub sentences: Vec<(u32, u32, String)>,
}

/// Precision, recall and F1 of one kind of statement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// The type, relation or group; `all` for all together.
    pub name: String,
    /// What was found, missed and wrong.
    #[serde(flatten)]
    pub counts: Counts,
    /// Of what was found, the part that is right, with the Wilson score interval.
    pub precision: Option<Figure>,
    /// Of what is right, the part that was found, with the Wilson score interval.
    pub recall: Option<Figure>,
    /// Their harmonic mean, with the percentile bootstrap over documents.
    pub f1: Option<Figure>,
}

/// How often an attribute that a gold states was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct AttributeRow {
    /// The attribute.
    pub name: String,
    /// Found with the stated value.
    pub right: usize,
    /// Found with another value.
    pub wrong: usize,
    /// Not found.
    pub missing: usize,
}

/// What is not as the gold has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Told as a fact, and denied, planned or untrue: the worst that can happen.
    Asserted,
    /// In the gold, and not found.
    Missed,
    /// Found, and not in the gold.
    Wrong,
    /// Found with another value of an attribute, or without it.
    Attribute,
    /// One that are two, or two that are one.
    Identity,
}

/// One thing that is not as the gold has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What it is.
    pub kind: Kind,
    /// The document's id; empty for what is of all documents.
    pub document: String,
    /// The type, relation or group it is counted under.
    pub counted: String,
    /// The statement, as a gold writes it.
    pub statement: String,
    /// The line of the gold that is not met, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// What was found instead, or why it does not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead: Option<String>,
    /// The sentence that it was read in, or where it should have been.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sentence: Option<String>,
    /// The rules that made it, sorted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
}

/// What an evaluation found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scores {
    /// Documents that were judged.
    pub documents: usize,
    /// By type, as the gold names types; `all` last.
    pub entities: Vec<Row>,
    /// By attribute.
    pub attributes: Vec<AttributeRow>,
    /// By relation or group, told as a fact; `all` last.
    pub relations: Vec<Row>,
    /// Entities and relations together.
    pub overall: Row,
    /// Statements that the gold has as planned, requested, possible, alleged or denied: how many were found so.
    pub told_otherwise: (usize, usize),
    /// Statements told as a fact that the gold forbids or has told otherwise.
    pub denied_but_asserted: usize,
    /// Identities across documents: how many are as the gold has them, of how many.
    pub identity: (usize, usize),
    /// Relations that the gold does not speak of: told as a fact, and not judged.
    pub not_judged: usize,
    /// All that is not as the gold has it.
    pub findings: Vec<Finding>,
}

impl Scores {
    /// The row of that name: `all` or `overall`, `entities` and `relations` for all of them, or a type, relation or group.
    pub fn row(&self, name: &str) -> Option<&Row> {
        match name {
            "all" | "overall" => Some(&self.overall),
            "entities" => self.entities.last(),
            "relations" => self.relations.last(),
            _ => self.relations.iter().chain(&self.entities).find(|row| row.name == name),
        }
    }

    /// Names of rows.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let rows = self.relations.iter().chain(&self.entities).map(|row| row.name.as_str());
        ["overall", "entities", "relations"].into_iter().chain(rows.filter(|name| *name != ALL))
    }
}

/// The row of all rows.
const ALL: &str = "all";

/// What one document came to.
#[derive(Debug, Default)]
struct Judged {
    entities: BTreeMap<String, Counts>,
    relations: BTreeMap<String, Counts>,
    attributes: BTreeMap<String, AttributeRow>,
    told_otherwise: (usize, usize),
    not_judged: usize,
    findings: Vec<Finding>,
}

/// Judges documents by a gold. `readings` are the documents of the gold, in any order; a document of the gold that is not
/// among them is not judged. `whole` is the graph of all of them together, where there is one; `canonical` gives the name
/// under which a gazetteer knows a name.
pub fn evaluate(
    gold: &Gold,
    readings: &[Reading],
    whole: Option<&KnowledgeGraph>,
    identity: &IdentityRules,
    canonical: &dyn Fn(&str) -> Option<String>,
) -> Scores {
    let names = Names::new(identity, canonical);
    let (types, relations) = (gold.complete_types(), gold.complete_relations());
    let mut judged: Vec<Judged> = Vec::new();
    for document in &gold.documents {
        if let Some(reading) = readings.iter().find(|reading| is_of(document, &reading.id)) {
            judged.push(judge::document(gold, document, reading, &names, &types, &relations));
        }
    }
    let mut findings: Vec<Finding> = judged.iter_mut().flat_map(|judged| judged.findings.drain(..)).collect();
    let mut right = 0;
    let identities = if whole.is_some() { gold.identities.as_slice() } else { &[] };
    for wanted in identities {
        let found = whole.and_then(|graph| identity_fault(wanted, graph, &names));
        right += usize::from(found.is_none());
        findings.extend(found);
    }
    let (entity_rows, entity_counts) = rows(&judged, |judged| &judged.entities);
    let (relation_rows, relation_counts) = rows(&judged, |judged| &judged.relations);
    let mut attributes: BTreeMap<&str, AttributeRow> = BTreeMap::new();
    for (name, counts) in judged.iter().flat_map(|judged| &judged.attributes) {
        let row = attributes.entry(name).or_default();
        row.name.clone_from(name);
        row.right += counts.right;
        row.wrong += counts.wrong;
        row.missing += counts.missing;
    }
    let both: Vec<Counts> = entity_counts
        .iter()
        .zip(&relation_counts)
        .map(|(a, b)| {
            let mut sum = *a;
            sum.add(*b);
            sum
        })
        .collect();
    let told = |of: fn(&Judged) -> usize| judged.iter().map(of).sum();
    Scores {
        documents: judged.len(),
        entities: entity_rows,
        attributes: attributes.into_values().collect(),
        relations: relation_rows,
        overall: row(ALL, &both),
        told_otherwise: (told(|judged| judged.told_otherwise.0), told(|judged| judged.told_otherwise.1)),
        denied_but_asserted: findings.iter().filter(|finding| finding.kind == Kind::Asserted).count(),
        identity: (right, identities.len()),
        not_judged: told(|judged| judged.not_judged),
        findings,
    }
}

/// Whether an id is of a document of the gold: it is its name, or ends with it.
pub fn is_of(document: &GoldDocument, id: &str) -> bool {
    let rest = id.strip_suffix(document.name.as_str());
    rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
}

/// A row for each name, and one for all; with the counts of each document, all names together.
fn rows(judged: &[Judged], of: fn(&Judged) -> &BTreeMap<String, Counts>) -> (Vec<Row>, Vec<Counts>) {
    let names: BTreeSet<&str> = judged.iter().flat_map(|judged| of(judged).keys()).map(String::as_str).collect();
    let by_document = |name: &str| -> Vec<Counts> {
        judged.iter().map(|judged| of(judged).get(name).copied().unwrap_or_default()).collect()
    };
    let mut rows: Vec<Row> = names.iter().map(|name| row(name, &by_document(name))).collect();
    let mut all = vec![Counts::default(); judged.len()];
    for (sum, judged) in all.iter_mut().zip(judged) {
        of(judged).values().for_each(|counts| sum.add(*counts));
    }
    rows.push(row(ALL, &all));
    (rows, all)
}

fn row(name: &str, documents: &[Counts]) -> Row {
    let mut counts = Counts::default();
    documents.iter().for_each(|document| counts.add(*document));
    Row { name: name.to_owned(), counts, precision: counts.precision(), recall: counts.recall(), f1: f1(documents) }
}

fn identity_fault(wanted: &GoldIdentity, graph: &KnowledgeGraph, names: &Names<'_>) -> Option<Finding> {
    let called = |name: &String| -> BTreeSet<&str> {
        let fits = |node: &&crate::graph::Node| names.fit(std::slice::from_ref(name), node).is_some();
        graph.nodes().filter(fits).map(|node| node.id.as_str()).collect()
    };
    let (first, second) = (called(&wanted.first), called(&wanted.second));
    let met = if wanted.same { first.union(&second).count() == 1 } else { first.is_disjoint(&second) };
    if met && !first.is_empty() && !second.is_empty() {
        return None;
    }
    let list = |found: &BTreeSet<&str>| match found.len() {
        0 => String::from("nobody"),
        _ => found.iter().copied().collect::<Vec<_>>().join(", "),
    };
    Some(Finding {
        kind: Kind::Identity,
        document: String::new(),
        counted: String::from("identity"),
        statement: wanted.text.clone(),
        line: Some(wanted.line),
        instead: Some(format!("{} is {}, {} is {}", wanted.first, list(&first), wanted.second, list(&second))),
        sentence: None,
        rules: Vec::new(),
    })
}
