//! One cluster of entities becomes one node: the name, type and attributes that most documents give it.

use std::collections::{BTreeMap, BTreeSet};

use super::identity::{EntityRef, canonical, is_vague};
use super::model::{EventDetails, Mention, Node, Observation};
use super::schema::GraphSchema;
use crate::extract::{EntityRecord, Fragment};

/// The node of a cluster, without an id.
pub(super) fn node(members: &[EntityRef], fragments: &[&Fragment], schema: &GraphSchema) -> Node {
    let records: Vec<(&str, u32, &EntityRecord)> = members
        .iter()
        .map(|&(document, number)| {
            let fragment = fragments[document as usize];
            (fragment.document.id.as_str(), number, &fragment.entities[number as usize])
        })
        .collect();
    let type_name = type_name(&records, schema);
    let name = name(&records, schema);
    let mut aliases: BTreeSet<&str> = records
        .iter()
        .flat_map(|(_, _, record)| record.aliases.iter().chain([&record.name]))
        .map(String::as_str)
        .collect();
    aliases.remove(name.as_str());
    let mut mentions: Vec<Mention> = records
        .iter()
        .flat_map(|&(doc, number, record)| {
            record.mentions.iter().map(move |mention| self::mention(doc, number, mention))
        })
        .collect();
    mentions.sort();
    mentions.dedup();
    let support = records.iter().map(|(doc, _, _)| doc).collect::<BTreeSet<_>>().len();
    Node {
        id: String::new(),
        types: schema.ancestors(&type_name),
        type_name,
        aliases: aliases.into_iter().map(String::from).collect(),
        name,
        attributes: attributes(&records, schema),
        offices: Vec::new(),
        support: u32::try_from(support).unwrap_or(u32::MAX),
        sources: None,
        mentions,
        observations: records.iter().map(|&(doc, number, record)| observation(doc, number, record)).collect(),
    }
}

fn mention(doc: &str, entity: u32, mention: &crate::extract::MentionRecord) -> Mention {
    Mention {
        doc: doc.to_string(),
        start: mention.start,
        end: mention.end,
        quote: mention.quote.clone(),
        kind: mention.kind,
        rule: mention.rule.clone(),
        entity,
    }
}

fn observation(doc: &str, entity: u32, record: &EntityRecord) -> Observation {
    Observation {
        doc: doc.to_string(),
        entity,
        type_name: record.type_name.clone(),
        name: record.name.clone(),
        aliases: record.aliases.clone(),
        attributes: record.attributes.clone(),
        key: record.key.clone(),
        named: record.named,
        event: record.event.as_ref().map(|event| EventDetails { roles: event.roles.clone(), date: event.date.clone() }),
    }
}

/// The type most documents give, among those that are not the broader form of another that is given; then the narrowest,
/// then the first by name.
fn type_name(records: &[(&str, u32, &EntityRecord)], schema: &GraphSchema) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, _, record) in records {
        *counts.entry(&record.type_name).or_default() += 1;
    }
    let broader: BTreeSet<String> = counts.keys().flat_map(|name| schema.ancestors(name).into_iter().skip(1)).collect();
    let narrow = counts.iter().filter(|(name, _)| !broader.contains(**name));
    let best = narrow.max_by_key(|(name, count)| (**count, schema.ancestors(name).len(), std::cmp::Reverse(**name)));
    best.map(|(name, _)| (*name).to_string()).unwrap_or_default()
}

/// A gazetteer's name first, then a name rather than a description, then, of a personal name, one of several parts; of
/// these the most frequent, the longest, the first by letters.
fn name(records: &[(&str, u32, &EntityRecord)], schema: &GraphSchema) -> String {
    let mut counts: BTreeMap<&str, (bool, bool, bool, usize)> = BTreeMap::new();
    for (_, _, record) in records {
        let personal = schema.identity.personal.iter().any(|root| root == schema.root(&record.type_name));
        let entry = counts.entry(&record.name).or_default();
        entry.0 |= record.key.is_some();
        entry.1 |= record.named;
        entry.2 |= personal && record.name.split_whitespace().nth(1).is_some();
        entry.3 += 1;
    }
    let best = counts.iter().max_by_key(|(name, rank)| (**rank, name.chars().count(), std::cmp::Reverse(**name)));
    best.map(|(name, _)| (*name).to_string()).unwrap_or_default()
}

/// The value most documents give each attribute, one that tells something before a vague one, ties by document.
fn attributes(records: &[(&str, u32, &EntityRecord)], schema: &GraphSchema) -> BTreeMap<String, String> {
    let mut values: BTreeMap<&str, Vec<(&str, usize)>> = BTreeMap::new();
    for (_, _, record) in records {
        for (attribute, value) in &record.attributes {
            let value = canonical(schema, attribute, value);
            let counts = values.entry(attribute).or_default();
            match counts.iter_mut().find(|(other, _)| *other == value) {
                Some((_, count)) => *count += 1,
                None => counts.push((value, 1)),
            }
        }
    }
    let best = |attribute: &str, counts: &[(&str, usize)]| {
        let rank = |at: usize| (!is_vague(schema, attribute, counts[at].0), counts[at].1, std::cmp::Reverse(at));
        (0..counts.len()).max_by_key(|&at| rank(at)).map(|at| counts[at].0.to_string())
    };
    values.iter().filter_map(|(attribute, counts)| Some(((*attribute).to_string(), best(attribute, counts)?))).collect()
}
