//! Ids that a person can read and that stay the same when documents are added: `person/amir-hatami`.

use std::collections::{BTreeMap, BTreeSet};

use super::build::Owners;
use super::fold::{Folder, slug};
use super::identity::EntityRef;
use super::model::Node;
use super::schema::GraphSchema;
use crate::extract::Fragment;

/// Fillers that an event's id names at most.
const FILLERS_IN_ID: usize = 3;

/// Gives every node its id; entities first, because events are named after them.
pub(super) fn assign(
    nodes: &mut [Node],
    clusters: &[Vec<EntityRef>],
    first_event: usize,
    fragments: &[&Fragment],
    owners: &Owners,
    schema: &GraphSchema,
) {
    let mut bases: Vec<String> = nodes[..first_event].iter().map(|node| entity_base(node, schema)).collect();
    for members in &clusters[first_event..] {
        bases.push(event_base(members, bases.len(), nodes, fragments, owners, schema));
    }
    let qualifiers: Vec<String> = nodes.iter().map(|node| qualifier(node, schema)).collect();
    for (node, id) in nodes.iter_mut().zip(unique(&bases, &qualifiers)) {
        node.id = id;
    }
}

fn prefix(type_name: &str, schema: &GraphSchema) -> String {
    let given = schema.type_info(type_name).map(|info| slug(&info.prefix)).filter(|prefix| !prefix.is_empty());
    given.unwrap_or_else(|| slug(schema.root(type_name)))
}

fn entity_base(node: &Node, schema: &GraphSchema) -> String {
    let named = node.observations.iter().any(|observation| observation.named);
    let told: Vec<String> =
        schema.identity.nameless.iter().filter_map(|name| node.attributes.get(name)).map(|value| slug(value)).collect();
    let all_told = !told.is_empty() && told.len() == schema.identity.nameless.len();
    let name = if named || !all_told { slug(&node.name) } else { told.into_iter().rev().collect::<Vec<_>>().join("-") };
    let name = if name.is_empty() { String::from("unnamed") } else { name };
    format!("{}/{name}", prefix(&node.type_name, schema))
}

fn event_base(
    members: &[EntityRef],
    at: usize,
    nodes: &[Node],
    fragments: &[&Fragment],
    owners: &Owners,
    schema: &GraphSchema,
) -> String {
    let node = &nodes[at];
    let mut parts = vec![slug(&node.type_name)];
    let roles = members.first().and_then(|&(document, number)| {
        Some((document, fragments[document as usize].entities[number as usize].event.as_ref()?))
    });
    if let Some((document, event)) = roles {
        let mut seen = BTreeSet::new();
        for cluster in event.roles.iter().filter_map(|(_, filler)| owners.of(document, *filler)) {
            if seen.insert(cluster) && seen.len() <= FILLERS_IN_ID && cluster != at {
                parts.push(short_name(&nodes[cluster], schema));
            }
        }
    }
    parts.extend(node.attributes.get("date").map(|date| slug(date)));
    parts.retain(|part| !part.is_empty());
    format!("{}/{}", prefix(&node.type_name, schema), parts.join("-"))
}

/// A person's surname with its particles, any other name whole.
fn short_name(node: &Node, schema: &GraphSchema) -> String {
    let whole = slug(&node.name);
    let personal = node.types.last().is_some_and(|root| schema.identity.personal.contains(root));
    if !personal {
        return whole;
    }
    let folder = Folder::new(&schema.identity);
    let words: Vec<&str> = whole.split('-').collect();
    let mut from = words.len() - 1;
    while from > 0 && folder.is_particle(words[from - 1]) {
        from -= 1;
    }
    words[from..].join("-")
}

/// What tells namesakes apart: their distinguishing attributes.
fn qualifier(node: &Node, schema: &GraphSchema) -> String {
    let values: Vec<String> = schema
        .identity
        .distinguishing
        .iter()
        .filter_map(|name| node.attributes.get(name))
        .map(|value| slug(value))
        .collect();
    values.join("-")
}

/// Namesakes get their qualifier, those that are still alike a number, in the order of their first mention.
fn unique(bases: &[String], qualifiers: &[String]) -> Vec<String> {
    let mut by_base: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, base) in bases.iter().enumerate() {
        by_base.entry(base).or_default().push(at);
    }
    let mut ids = vec![String::new(); bases.len()];
    let mut taken: BTreeSet<String> =
        by_base.iter().filter(|(_, nodes)| nodes.len() == 1).map(|(base, _)| (*base).to_string()).collect();
    for (base, nodes) in &by_base {
        if let [only] = nodes.as_slice() {
            ids[*only] = (*base).to_string();
            continue;
        }
        for &at in nodes {
            let said = qualifiers[at].is_empty() || base.ends_with(&format!("-{}", qualifiers[at]));
            let wanted = if said { (*base).to_string() } else { format!("{base}-{}", qualifiers[at]) };
            let mut id = wanted.clone();
            let mut number = 1u32;
            while !taken.insert(id.clone()) {
                number += 1;
                id = format!("{wanted}-{number}");
            }
            ids[at] = id;
        }
    }
    ids
}
