//! Edges: which is which between the same two nodes, and what differs.

use std::collections::{BTreeMap, BTreeSet};

use super::nodes::{Pairs, named};
use super::{Change, EdgeChange, Field, Named, Telling, attributes, field};
use crate::graph::{Edge, Evidence, KnowledgeGraph};

/// Source and target as ids of the graph after (of the graph before, where a node is lost), and the relation.
type Between = (String, String, String);

/// The edges that differ.
pub(super) fn compare(before: &KnowledgeGraph, after: &KnowledgeGraph, pairs: &Pairs) -> Vec<EdgeChange> {
    let mut groups: BTreeMap<Between, (Vec<&Edge>, Vec<&Edge>)> = BTreeMap::new();
    let symmetric = |graph: &KnowledgeGraph, edge: &Edge| {
        graph.manifest().relations.get(&edge.type_name).is_some_and(|style| style.symmetric)
    };
    for edge in before.edges() {
        let is = |id: &String| pairs.after.get(id).cloned().unwrap_or_else(|| format!("\0{id}"));
        let (mut source, mut target) = (is(&edge.source), is(&edge.target));
        if symmetric(before, edge) && source > target {
            std::mem::swap(&mut source, &mut target);
        }
        groups.entry((source, target, edge.type_name.clone())).or_default().0.push(edge);
    }
    for edge in after.edges() {
        let (mut source, mut target) = (edge.source.clone(), edge.target.clone());
        if symmetric(after, edge) && source > target {
            std::mem::swap(&mut source, &mut target);
        }
        groups.entry((source, target, edge.type_name.clone())).or_default().1.push(edge);
    }
    let mut out = Vec::new();
    for (_, (mut old, new)) in groups {
        let mut left: Vec<&Edge> = new;
        // First those told the same way, then those that rest on a common sentence, then on a common document.
        let same = |a: &Edge, b: &Edge| {
            (a.modality, a.polarity, a.origin, a.attributes.get("date"))
                == (b.modality, b.polarity, b.origin, b.attributes.get("date"))
        };
        let shares = |a: &Edge, b: &Edge| {
            let spots: BTreeSet<Spot<'_>> = a.evidence.iter().map(spot).collect();
            b.evidence.iter().any(|evidence| spots.contains(&spot(evidence)))
        };
        let near = |a: &Edge, b: &Edge| {
            let docs: BTreeSet<&str> = a.evidence.iter().map(|evidence| evidence.doc.as_str()).collect();
            b.evidence.iter().any(|evidence| docs.contains(evidence.doc.as_str()))
        };
        for alike in [&same as &dyn Fn(&Edge, &Edge) -> bool, &shares, &near] {
            old.retain(|was| {
                let Some(at) = left.iter().position(|is| alike(was, is)) else { return true };
                out.extend(changed(was, left.remove(at), after));
                false
            });
        }
        out.extend(left.into_iter().filter_map(|edge| one_sided(edge, Change::Gained, after)));
        out.extend(old.into_iter().filter_map(|edge| one_sided(edge, Change::Lost, before)));
    }
    out.sort_by(|a, b| order(a).cmp(&order(b)));
    out
}

fn order(edge: &EdgeChange) -> (Change, bool, &Named, &str, &Named, u32) {
    let role = edge.origin == crate::graph::Origin::Role;
    (edge.change, role, &edge.source, &edge.type_name, &edge.target, edge.key)
}

type Spot<'a> = (&'a str, u32, u32);

fn spot(evidence: &Evidence) -> Spot<'_> {
    (&evidence.doc, evidence.start, evidence.end)
}

fn tell<'e>(evidence: impl Iterator<Item = &'e Evidence>) -> Vec<Telling> {
    evidence
        .map(|evidence| Telling {
            doc: evidence.doc.clone(),
            sentence: evidence.sentence,
            span: [evidence.start, evidence.end],
            quote: evidence.quote.clone(),
            rule: evidence.rule.clone(),
        })
        .collect()
}

fn one_sided(edge: &Edge, change: Change, graph: &KnowledgeGraph) -> Option<EdgeChange> {
    Some(EdgeChange {
        change,
        type_name: edge.type_name.clone(),
        source: named(graph.node(&edge.source)?),
        target: named(graph.node(&edge.target)?),
        key: edge.key,
        modality: edge.modality,
        polarity: edge.polarity,
        origin: edge.origin,
        fields: Vec::new(),
        told: tell(edge.evidence.iter().chain(graph.rests_on(edge).into_iter().flat_map(|below| &below.evidence))),
    })
}

fn changed(before: &Edge, after: &Edge, graph: &KnowledgeGraph) -> Option<EdgeChange> {
    let fields = fields(before, after);
    if fields.is_empty() {
        return None;
    }
    let only = |edge: &Edge, other: &Edge| {
        let known: BTreeSet<Spot<'_>> = other.evidence.iter().map(spot).collect();
        tell(edge.evidence.iter().filter(|evidence| !known.contains(&spot(evidence))))
    };
    let mut told = only(after, before);
    told.extend(only(before, after));
    if told.is_empty() {
        told = tell(after.evidence.iter().take(1));
    }
    let mut change = one_sided(after, Change::Changed, graph)?;
    (change.fields, change.told) = (fields, told);
    Some(change)
}

fn fields(before: &Edge, after: &Edge) -> Vec<Field> {
    let rules = |edge: &Edge| {
        let grounds = edge.grounds.iter().map(|ground| ground.rule.as_str());
        let rules: BTreeSet<&str> =
            edge.evidence.iter().map(|evidence| evidence.rule.as_str()).chain(grounds).collect();
        Some(rules.into_iter().collect::<Vec<_>>().join(", "))
    };
    let name = |value: &dyn std::fmt::Debug| Some(format!("{value:?}").to_lowercase());
    let mut all: Vec<Field> = [
        field("modality", name(&before.modality), name(&after.modality)),
        field("polarity", name(&before.polarity), name(&after.polarity)),
        field("origin", name(&before.origin), name(&after.origin)),
    ]
    .into_iter()
    .flatten()
    .collect();
    all.extend(attributes(&before.attributes, &after.attributes));
    all.extend(field("rules", rules(before), rules(after)));
    let number = |count: usize| Some(count.to_string());
    let grounds = |edge: &Edge| number(edge.grounds.len()).filter(|_| !edge.grounds.is_empty());
    all.extend(field("documents", number(before.support as usize), number(after.support as usize)));
    all.extend(field("grounds", grounds(before), grounds(after)));
    all.extend(field("sentences", number(before.evidence.len()), number(after.evidence.len())));
    let confidence = |edge: &Edge| Some(format!("{:.2}", edge.confidence));
    all.extend(field("confidence", confidence(before), confidence(after)));
    all
}
