//! Takes a graph apart into the fragments it was built from.

use std::collections::BTreeMap;

use super::error::GraphError;
use super::knowledge::KnowledgeGraph;
use super::model::{Edge, Evidence, Observation, Origin};
use crate::extract::{EntityRecord, EventRecord, EvidenceRecord, Fragment, MentionRecord, RelationRecord};

impl KnowledgeGraph {
    /// The fragments the graph was built from, by document, relations in text order: building from them gives this graph.
    ///
    /// # Errors
    /// When the graph lacks an entity of a document: someone cut it, and a merge would say less than its documents do.
    pub fn fragments(&self) -> Result<Vec<Fragment>, GraphError> {
        let mut entities: BTreeMap<(&str, u32), EntityRecord> = BTreeMap::new();
        for node in self.nodes() {
            for observation in &node.observations {
                let twice = entities.insert((&observation.doc, observation.entity), entity(observation));
                if twice.is_some() {
                    return Err(GraphError::shape(format!(
                        "entity {} of {} stands in two nodes",
                        observation.entity, observation.doc
                    )));
                }
            }
        }
        for node in self.nodes() {
            for mention in &node.mentions {
                let Some(entity) = entities.get_mut(&(mention.doc.as_str(), mention.entity)) else {
                    return Err(GraphError::incomplete(format!(
                        "{} has a mention of entity {} of {} but no observation of it",
                        node.id, mention.entity, mention.doc
                    )));
                };
                entity.mentions.push(MentionRecord {
                    start: mention.start,
                    end: mention.end,
                    quote: mention.quote.clone(),
                    kind: mention.kind,
                    rule: mention.rule.clone(),
                });
            }
        }
        let mut fragments: BTreeMap<&str, Fragment> = BTreeMap::new();
        for document in &self.manifest().documents {
            fragments.insert(
                &document.id,
                Fragment { document: document.clone(), entities: Vec::new(), relations: Vec::new() },
            );
        }
        for ((doc, number), entity) in entities {
            let fragment = fragments
                .get_mut(doc)
                .ok_or_else(|| GraphError::incomplete(format!("the manifest does not list {doc}")))?;
            if fragment.entities.len() != number as usize {
                return Err(GraphError::incomplete(format!("entity {} of {doc} is missing", fragment.entities.len())));
            }
            fragment.entities.push(entity);
        }
        for edge in self.edges().filter(|edge| edge.origin == Origin::Stated) {
            for evidence in &edge.evidence {
                let fragment = fragments
                    .get_mut(evidence.doc.as_str())
                    .ok_or_else(|| GraphError::incomplete(format!("the manifest does not list {}", evidence.doc)))?;
                fragment.relations.push(relation(edge, evidence));
            }
        }
        for aside in &self.manifest().set_aside {
            let fragment = fragments
                .get_mut(aside.doc.as_str())
                .ok_or_else(|| GraphError::incomplete(format!("the manifest does not list {}", aside.doc)))?;
            fragment.relations.push(aside.relation.clone());
        }
        let mut fragments: Vec<Fragment> = fragments.into_values().collect();
        fragments.iter_mut().for_each(put_in_order);
        Ok(fragments)
    }
}

fn entity(observation: &Observation) -> EntityRecord {
    EntityRecord {
        type_name: observation.type_name.clone(),
        name: observation.name.clone(),
        aliases: observation.aliases.clone(),
        attributes: observation.attributes.clone(),
        key: observation.key.clone(),
        named: observation.named,
        event: observation
            .event
            .as_ref()
            .map(|event| EventRecord { roles: event.roles.clone(), date: event.date.clone() }),
        mentions: Vec::new(),
    }
}

fn relation(edge: &Edge, evidence: &Evidence) -> RelationRecord {
    let mut relation = RelationRecord {
        relation: edge.type_name.clone(),
        source: evidence.source_entity,
        target: evidence.target_entity,
        modality: edge.modality,
        polarity: edge.polarity,
        attributes: evidence.attributes.clone(),
        evidence: EvidenceRecord {
            sentence: evidence.sentence.unwrap_or_default(),
            start: evidence.start,
            end: evidence.end,
            source_span: evidence.source_span,
            target_span: evidence.target_span,
            quote: evidence.quote.clone(),
            rule: evidence.rule.clone(),
            confidence: evidence.confidence,
        },
    };
    if evidence.flipped {
        std::mem::swap(&mut relation.source, &mut relation.target);
        std::mem::swap(&mut relation.evidence.source_span, &mut relation.evidence.target_span);
    }
    relation
}

/// Mentions and relations in text order, doubles gone: the one order that every route to a graph agrees on.
fn put_in_order(fragment: &mut Fragment) {
    for entity in &mut fragment.entities {
        entity.mentions.sort();
        entity.mentions.dedup();
    }
    fragment.relations.sort_by(compare_relations);
    fragment.relations.dedup();
}

/// A total order of statements: where they stand, then everything else.
pub(super) fn compare_relations(a: &RelationRecord, b: &RelationRecord) -> std::cmp::Ordering {
    let place = |r: &RelationRecord| {
        (r.evidence.sentence, r.evidence.start, r.evidence.end, r.evidence.source_span, r.evidence.target_span)
    };
    let said = |r: &RelationRecord| (r.source, r.target, r.modality, r.polarity);
    (place(a).cmp(&place(b)))
        .then_with(|| a.relation.cmp(&b.relation))
        .then_with(|| said(a).cmp(&said(b)))
        .then_with(|| a.evidence.rule.cmp(&b.evidence.rule))
        .then_with(|| a.evidence.confidence.total_cmp(&b.evidence.confidence))
        .then_with(|| a.attributes.cmp(&b.attributes))
        .then_with(|| a.evidence.quote.cmp(&b.evidence.quote))
}

/// A fragment as text with everything in order: equal for fragments that make the same graph.
pub(super) fn canonical_json(fragment: &Fragment) -> String {
    let mut fragment = fragment.clone();
    put_in_order(&mut fragment);
    // A fragment is plain data with text keys, which JSON can always hold.
    serde_json::to_string(&fragment).unwrap_or_default()
}
