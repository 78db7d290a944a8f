//! Statements about the same two nodes become one edge.
//!
//! One edge for each source, target, relation, modality and polarity, and for each date where dates cannot be the same;
//! the statement is denied here and affirmed there, planned in May and told as a fact in June: four edges, because what is
//! said is not what is so.

use std::collections::{BTreeMap, BTreeSet};

use super::build::Owners;
use super::copies::{self, Sentences};
use super::dates;
use super::model::{Edge, Evidence, Node, Origin, SetAside};
use super::schema::GraphSchema;
use crate::extract::{EntityRecord, Fragment, MentionRecord, Modality, Polarity, RelationRecord};

/// No sum of evidence makes certain.
const MOST_CONFIDENCE: f64 = 0.99;
/// A participant's role is as sure as the event's reading, which no rule vouches for.
const ROLE_CONFIDENCE: f64 = 0.5;

/// Edges, and the statements that made none.
pub(super) struct Gathered {
    pub edges: Vec<Edge>,
    pub set_aside: Vec<SetAside>,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Subject {
    source: usize,
    target: usize,
    relation: String,
    modality: Modality,
    polarity: Polarity,
    origin: Origin,
}

/// Gathers all relations and event roles.
pub(super) fn gather(
    fragments: &[&Fragment],
    schema: &GraphSchema,
    owners: &Owners,
    nodes: &[Node],
    sentences: &Sentences<'_>,
) -> Gathered {
    let mut statements: BTreeMap<Subject, Vec<Evidence>> = BTreeMap::new();
    let mut set_aside = Vec::new();
    for (document, fragment) in (0u32..).zip(fragments) {
        for relation in &fragment.relations {
            let ends = owners.of(document, relation.source).zip(owners.of(document, relation.target));
            match ends.filter(|(source, target)| source != target) {
                Some(ends) => add_statement(&mut statements, ends, relation, fragment, schema, nodes),
                None => set_aside.push(SetAside { doc: fragment.document.id.clone(), relation: relation.clone() }),
            }
        }
        for (number, record) in (0u32..).zip(&fragment.entities) {
            add_roles(&mut statements, document, number, record, fragment, schema, owners);
        }
    }
    sort_set_aside(&mut set_aside);
    let mut edges = Vec::new();
    for (subject, evidence) in statements {
        edges.extend(split_by_date(&subject, evidence, schema, nodes));
    }
    for edge in &mut edges {
        // A role is shown by the word for the event: its sentence is what is told.
        let told = edge.evidence.iter().map(|evidence| {
            let whole = evidence.sentence.is_none().then(|| sentences.around(&evidence.doc, evidence.start)).flatten();
            (evidence.doc.as_str(), whole.unwrap_or(&evidence.quote))
        });
        edge.sources = copies::independent(told);
    }
    number(&mut edges);
    Gathered { edges, set_aside }
}

fn add_statement(
    statements: &mut BTreeMap<Subject, Vec<Evidence>>,
    (source, target): (usize, usize),
    relation: &RelationRecord,
    fragment: &Fragment,
    schema: &GraphSchema,
    nodes: &[Node],
) {
    let symmetric = schema.relation(&relation.relation).is_some_and(|info| info.symmetric);
    let flipped = symmetric && nodes[source].id > nodes[target].id;
    let (source, target) = if flipped { (target, source) } else { (source, target) };
    let told = &relation.evidence;
    let mut evidence = Evidence {
        doc: fragment.document.id.clone(),
        sentence: Some(told.sentence),
        start: told.start,
        end: told.end,
        source_span: told.source_span,
        target_span: told.target_span,
        quote: told.quote.clone(),
        rule: told.rule.clone(),
        confidence: told.confidence,
        source_entity: relation.source,
        target_entity: relation.target,
        flipped,
        attributes: relation.attributes.clone(),
    };
    if flipped {
        std::mem::swap(&mut evidence.source_span, &mut evidence.target_span);
        std::mem::swap(&mut evidence.source_entity, &mut evidence.target_entity);
    }
    let subject = Subject {
        source,
        target,
        relation: relation.relation.clone(),
        modality: relation.modality,
        polarity: relation.polarity,
        origin: Origin::Stated,
    };
    statements.entry(subject).or_default().push(evidence);
}

fn add_roles(
    statements: &mut BTreeMap<Subject, Vec<Evidence>>,
    document: u32,
    number: u32,
    record: &EntityRecord,
    fragment: &Fragment,
    schema: &GraphSchema,
    owners: &Owners,
) {
    let Some((event, shown)) = record.event.as_ref().zip(record.mentions.iter().min()) else { return };
    let Some(node) = owners.of(document, number) else { return };
    for (role, filler) in &event.roles {
        let Some(other) = owners.of(document, *filler).filter(|other| *other != node) else { continue };
        let outward = schema.relation(role).is_some_and(|info| info.outward);
        let there = nearest(&fragment.entities[*filler as usize].mentions, shown);
        let (event_span, filler_span) = ([shown.start, shown.end], [there.start, there.end]);
        let pair = |event, filler| if outward { (event, filler) } else { (filler, event) };
        let (source_span, target_span) = if outward { (event_span, filler_span) } else { (filler_span, event_span) };
        let (source_entity, target_entity) = if outward { (number, *filler) } else { (*filler, number) };
        let (source, target) = pair(node, other);
        let evidence = Evidence {
            doc: fragment.document.id.clone(),
            sentence: None,
            start: shown.start,
            end: shown.end,
            source_span,
            target_span,
            quote: shown.quote.clone(),
            rule: shown.rule.clone(),
            confidence: ROLE_CONFIDENCE,
            source_entity,
            target_entity,
            flipped: false,
            attributes: BTreeMap::new(),
        };
        let subject = Subject {
            source,
            target,
            relation: role.clone(),
            modality: Modality::Asserted,
            polarity: Polarity::Positive,
            origin: Origin::Role,
        };
        statements.entry(subject).or_default().push(evidence);
    }
}

/// The mention closest to a place, the earlier of two; the place itself where there is none.
fn nearest<'a>(mentions: &'a [MentionRecord], place: &'a MentionRecord) -> &'a MentionRecord {
    mentions.iter().min_by_key(|mention| (mention.start.abs_diff(place.start), mention.start)).unwrap_or(place)
}

/// One edge a date: statements without one, or with a less precise one, join the only date they agree with.
fn split_by_date(subject: &Subject, mut evidence: Vec<Evidence>, schema: &GraphSchema, nodes: &[Node]) -> Vec<Edge> {
    evidence.sort_by(compare);
    evidence.dedup();
    let known: Vec<Option<&str>> =
        evidence.iter().map(|evidence| evidence.attributes.get("date").map(String::as_str)).collect();
    let groups = dates::group(&known);
    let mut by_date: BTreeMap<Option<String>, Vec<Evidence>> = BTreeMap::new();
    for (evidence, date) in evidence.into_iter().zip(groups) {
        by_date.entry(date).or_default().push(evidence);
    }
    by_date.into_iter().map(|(date, evidence)| edge(subject, date, evidence, schema, nodes)).collect()
}

fn edge(
    subject: &Subject,
    date: Option<String>,
    evidence: Vec<Evidence>,
    schema: &GraphSchema,
    nodes: &[Node],
) -> Edge {
    let info = schema.relation(&subject.relation);
    let mut attributes: BTreeMap<String, String> = info.map(|info| info.codes.clone()).unwrap_or_default();
    let mut counts: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for (attribute, value) in evidence.iter().flat_map(|evidence| &evidence.attributes) {
        *counts.entry(attribute).or_default().entry(value).or_default() += 1;
    }
    for (attribute, values) in &counts {
        if let Some((value, _)) = values.iter().max_by_key(|(value, count)| (**count, std::cmp::Reverse(**value))) {
            attributes.insert((*attribute).to_string(), (*value).to_string());
        }
    }
    if let Some(date) = date {
        attributes.insert(String::from("date"), date);
    }
    let documents: BTreeSet<&str> = evidence.iter().map(|evidence| evidence.doc.as_str()).collect();
    Edge {
        source: nodes[subject.source].id.clone(),
        target: nodes[subject.target].id.clone(),
        key: 0,
        type_name: subject.relation.clone(),
        label: info
            .map(|info| info.label.clone())
            .filter(|label| !label.is_empty())
            .unwrap_or_else(|| subject.relation.clone()),
        modality: subject.modality,
        polarity: subject.polarity,
        confidence: combined(evidence.iter().map(|evidence| evidence.confidence)),
        support: u32::try_from(documents.len()).unwrap_or(u32::MAX),
        sources: 0,
        attributes,
        origin: subject.origin,
        evidence,
        grounds: Vec::new(),
    }
}

/// Noisy-or (Pearl 1988) of the statements' confidences, capped and to two decimals.
fn combined(confidences: impl Iterator<Item = f64>) -> f64 {
    let all_wrong: f64 = confidences.map(|confidence| 1.0 - confidence.clamp(0.0, 1.0)).product();
    ((1.0 - all_wrong).min(MOST_CONFIDENCE) * 100.0).round() / 100.0
}

/// A total order of evidence, so that equal sets print equally.
fn compare(a: &Evidence, b: &Evidence) -> std::cmp::Ordering {
    let key = |e: &Evidence| {
        (e.sentence, e.start, e.end, e.source_span, e.target_span, e.source_entity, e.target_entity, e.flipped)
    };
    (a.doc.cmp(&b.doc))
        .then_with(|| key(a).cmp(&key(b)))
        .then_with(|| a.rule.cmp(&b.rule))
        .then_with(|| a.confidence.total_cmp(&b.confidence))
        .then_with(|| a.attributes.cmp(&b.attributes))
        .then_with(|| a.quote.cmp(&b.quote))
}

fn sort_set_aside(set_aside: &mut Vec<SetAside>) {
    set_aside
        .sort_by(|a, b| a.doc.cmp(&b.doc).then_with(|| super::inverse::compare_relations(&a.relation, &b.relation)));
    set_aside.dedup();
}

/// Numbers the edges between the same two nodes, by relation, modality, polarity and date.
fn number(edges: &mut [Edge]) {
    edges.sort_by(|a, b| {
        let key = |e: &Edge| (e.modality, e.polarity, e.origin);
        (&a.source, &a.target, &a.type_name)
            .cmp(&(&b.source, &b.target, &b.type_name))
            .then_with(|| key(a).cmp(&key(b)))
            .then_with(|| a.attributes.get("date").cmp(&b.attributes.get("date")))
    });
    for at in 1..edges.len() {
        if edges[at].source == edges[at - 1].source && edges[at].target == edges[at - 1].target {
            edges[at].key = edges[at - 1].key + 1;
        }
    }
}
