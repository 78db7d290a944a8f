//! Offices over time: from when to when documents have somebody in one.
//!
//! A document speaks of the holder of an office at its own date, so the first and the last such document bound the time
//! from inside. An appointment or dismissal that is told with its date, and the first document that calls somebody a
//! former holder, bound it from outside. Which words and relations say so is the pack's business.

use std::collections::{BTreeMap, BTreeSet};

use super::dates::day_number;
use super::identity::{canonical, is_held, is_vague};
use super::model::{Edge, Node, Tenure};
use super::schema::GraphSchema;
use crate::extract::{DocumentRecord, Modality, Polarity};

/// The values that make an office: `country`, `office`.
type Role = BTreeMap<String, String>;

/// Gives every person its offices, in the order of their first documents.
pub(super) fn assign(nodes: &mut [Node], edges: &[Edge], documents: &[DocumentRecord], schema: &GraphSchema) {
    let rules = &schema.identity;
    let Some(office) = rules.roles.first() else { return };
    let dates: BTreeMap<&str, &str> =
        documents.iter().filter_map(|document| Some((document.id.as_str(), document.date.as_deref()?))).collect();
    let turns = turns(edges, schema);
    for node in nodes {
        let personal = node.types.last().is_some_and(|root| rules.personal.contains(root));
        if !personal || !node.observations.iter().any(|seen| seen.named) {
            continue;
        }
        let mut tenures = told(node, office, &dates, schema);
        for turn in turns.get(node.id.as_str()).map_or(&[][..], Vec::as_slice) {
            turn.mark(&mut tenures);
        }
        node.offices = tenures;
    }
}

/// The offices that the documents give a person.
fn told(node: &Node, office: &str, dates: &BTreeMap<&str, &str>, schema: &GraphSchema) -> Vec<Tenure> {
    let rules = &schema.identity;
    let mut seen: BTreeMap<Role, Vec<(&str, bool)>> = BTreeMap::new();
    for observation in &node.observations {
        let said = observation.attributes.get(office);
        if said.is_none_or(|value| is_vague(schema, office, value)) {
            continue;
        }
        let value = |name: &String| {
            let value = observation.attributes.get(name)?;
            Some((name.clone(), canonical(schema, name, value).to_owned()))
        };
        let role: Role = rules.nameless.iter().filter_map(value).collect();
        let held = is_held(&observation.attributes, &rules.tenure);
        seen.entry(role).or_default().push((&observation.doc, held));
    }
    // A document that leaves out the country means the only one that the others name.
    let roles: Vec<Role> = seen.keys().cloned().collect();
    let mut whole: BTreeMap<&Role, Vec<(&str, bool)>> = BTreeMap::new();
    for (role, documents) in &seen {
        let fuller = |other: &&Role| other.len() > role.len() && role.iter().all(|(k, v)| other.get(k) == Some(v));
        let mut fits = roles.iter().filter(fuller);
        let meant = match (fits.next(), fits.next()) {
            (Some(only), None) => only,
            _ => role,
        };
        whole.entry(meant).or_default().extend(documents);
    }
    let mut tenures: Vec<Tenure> = whole.into_iter().map(|(role, documents)| tenure(role, documents, dates)).collect();
    tenures.sort_by(|a, b| (a.first.is_none(), &a.first, &a.role).cmp(&(b.first.is_none(), &b.first, &b.role)));
    tenures
}

fn tenure(role: &Role, mut documents: Vec<(&str, bool)>, dates: &BTreeMap<&str, &str>) -> Tenure {
    documents.sort_unstable();
    documents.dedup();
    let dated =
        |held: bool| documents.iter().filter(move |d| d.1 == held).filter_map(|(doc, _)| dates.get(doc)).copied();
    // An office that is held after somebody was called its former holder was taken up again.
    let last = dated(true).max();
    let former = dated(false).filter(|date| last.is_none_or(|last| *date > last)).min();
    let distinct: BTreeSet<&str> = documents.iter().map(|document| document.0).collect();
    Tenure {
        role: role.clone(),
        first: dated(true).min().map(str::to_owned),
        last: last.map(str::to_owned),
        begun: None,
        ended: former.map(|date| format!("../{date}")),
        support: u32::try_from(distinct.len()).unwrap_or(u32::MAX),
    }
}

/// A date on which somebody entered or left an office.
struct Turn<'a> {
    begins: bool,
    date: &'a str,
}

impl Turn<'_> {
    /// Marks the office that it is about: the only one, or the one whose documents stand closest on the right side.
    fn mark(&self, tenures: &mut [Tenure]) {
        let Some(day) = day_number(self.date) else { return };
        let several = tenures.len() > 1;
        let distance = |tenure: &Tenure| {
            let known = if self.begins { &tenure.first } else { &tenure.last };
            match known.as_deref().and_then(day_number) {
                Some(other) if self.begins => (other >= day).then_some(other - day),
                Some(other) => (other <= day).then_some(day - other),
                None => (!several).then_some(0),
            }
        };
        let near = tenures.iter_mut().filter_map(|tenure| Some((distance(tenure)?, tenure)));
        if let Some((_, tenure)) = near.min_by_key(|(distance, _)| *distance) {
            let mark = if self.begins { &mut tenure.begun } else { &mut tenure.ended };
            *mark = Some(self.date.to_owned());
        }
    }
}

/// Appointments and dismissals that are told as facts with their dates, by person.
fn turns<'a>(edges: &'a [Edge], schema: &GraphSchema) -> BTreeMap<&'a str, Vec<Turn<'a>>> {
    let rules = &schema.identity.tenure;
    let mut turns: BTreeMap<&str, Vec<Turn<'_>>> = BTreeMap::new();
    for edge in edges.iter().filter(|e| (e.modality, e.polarity) == (Modality::Asserted, Polarity::Positive)) {
        let (begins, ends) = (rules.begins.contains(&edge.type_name), rules.ends.contains(&edge.type_name));
        if let Some(date) = edge.attributes.get("date").filter(|_| begins || ends) {
            turns.entry(&edge.target).or_default().push(Turn { begins, date });
        }
    }
    turns
}
