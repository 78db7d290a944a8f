//! From a set of fragments to the graph.

use std::collections::BTreeMap;

use super::error::GraphError;
use super::knowledge::KnowledgeGraph;
use super::model::{Edge, Manifest, Node, RelationStyle, SetAside, TypeStyle};
use super::schema::GraphSchema;
use super::{assemble, copies, edges, events, identity, naming, offices};
use crate::extract::Fragment;

/// Builds the graph of a set of fragments.
///
/// A pure function of the set: neither the order of the fragments nor doubles matter. Where two fragments have the same
/// document id, one is kept: the one with the later date, then the greater digest ([`conflicting_documents`] names them).
///
/// ```
/// use attache::graph::{GraphSchema, build, merge};
/// let empty = build(&[], &GraphSchema::default());
/// assert_eq!(merge(&[empty.clone(), empty.clone()], &GraphSchema::default())?, empty);
/// # Ok::<(), attache::graph::GraphError>(())
/// ```
pub fn build(fragments: &[Fragment], schema: &GraphSchema) -> KnowledgeGraph {
    let fragments = distinct(fragments);
    let mut clusters = identity::resolve(&fragments, schema);
    let mut owners = Owners::new(&fragments, &clusters);
    let found = events::resolve(&fragments, schema, &owners);
    for event in &found {
        owners.own(clusters.len(), &event.members);
        clusters.push(event.members.clone());
    }
    let first_event = clusters.len() - found.len();
    let sentences = copies::Sentences::new(&fragments);
    let mut nodes: Vec<Node> = clusters.iter().map(|members| assemble::node(members, &fragments, schema)).collect();
    for (node, event) in nodes[first_event..].iter_mut().zip(&found) {
        if let Some(date) = &event.date {
            node.attributes.insert(String::from("date"), date.clone());
        }
        let told = event.members.iter().filter_map(|&(document, number)| {
            let fragment = fragments[document as usize];
            let (id, shown) = (fragment.document.id.as_str(), fragment.entities[number as usize].mentions.first()?);
            Some((id, sentences.around(id, shown.start).unwrap_or(&shown.quote)))
        });
        node.sources = Some(copies::independent(told));
    }
    naming::assign(&mut nodes, &clusters, first_event, &fragments, &owners, schema);
    let gathered = edges::gather(&fragments, schema, &owners, &nodes, &sentences);
    let manifest = manifest(&fragments, schema, &nodes, first_event, &gathered.edges, gathered.set_aside);
    offices::assign(&mut nodes, &gathered.edges, &manifest.documents, schema);
    KnowledgeGraph::from_parts(manifest, nodes, gathered.edges)
}

/// Merges graphs into the graph of all their documents. What was inferred in them is left out: it may not follow any more,
/// and [`Extractor::merge`](crate::Extractor::merge) infers it anew.
///
/// Associative, commutative and idempotent, because it is [`build`] over the union of what the graphs were built from.
///
/// # Errors
/// When a graph lacks a node or an observation that it was built with (someone cut it).
pub fn merge(graphs: &[KnowledgeGraph], schema: &GraphSchema) -> Result<KnowledgeGraph, GraphError> {
    let mut fragments = Vec::new();
    for graph in graphs {
        fragments.extend(graph.fragments()?);
    }
    Ok(build(&fragments, schema))
}

/// The graph as it would be had it never had these documents, named by their ids.
///
/// # Errors
/// When the graph lacks a node or an observation that it was built with (someone cut it).
pub fn without(graph: &KnowledgeGraph, documents: &[&str], schema: &GraphSchema) -> Result<KnowledgeGraph, GraphError> {
    let mut fragments = graph.fragments()?;
    fragments.retain(|fragment| !documents.contains(&fragment.document.id.as_str()));
    Ok(build(&fragments, schema))
}

/// Ids of documents that occur with different texts, sorted: all but one of each are left out of the graph.
pub fn conflicting_documents(fragments: &[Fragment]) -> Vec<&str> {
    let mut digests: BTreeMap<&str, &str> = BTreeMap::new();
    let mut conflicting: Vec<&str> = Vec::new();
    for fragment in fragments {
        let digest = digests.entry(&fragment.document.id).or_insert(&fragment.document.sha256);
        if *digest != fragment.document.sha256 {
            conflicting.push(&fragment.document.id);
        }
    }
    conflicting.sort_unstable();
    conflicting.dedup();
    conflicting
}

/// One fragment a document, by document id.
pub(super) fn distinct(fragments: &[Fragment]) -> Vec<&Fragment> {
    let mut kept: BTreeMap<&str, &Fragment> = BTreeMap::new();
    for fragment in fragments {
        let id = fragment.document.id.as_str();
        match kept.get(id) {
            Some(known) if rank(known) >= rank(fragment) => {}
            _ => {
                kept.insert(id, fragment);
            }
        }
    }
    kept.into_values().collect()
}

/// What decides between fragments of one document id: a total order, so that keeping the greatest does not depend on the
/// order in which they come. The same text read by different rules is told apart by what was found.
fn rank(fragment: &Fragment) -> (Option<&str>, &str, String) {
    let document = &fragment.document;
    (document.date.as_deref(), &document.sha256, super::inverse::canonical_json(fragment))
}

/// Which cluster each entity of each document belongs to.
pub(super) struct Owners {
    clusters: Vec<Vec<Option<usize>>>,
}

impl Owners {
    fn new(fragments: &[&Fragment], clusters: &[Vec<identity::EntityRef>]) -> Self {
        let mut owners =
            Owners { clusters: fragments.iter().map(|fragment| vec![None; fragment.entities.len()]).collect() };
        for (number, members) in clusters.iter().enumerate() {
            owners.own(number, members);
        }
        owners
    }

    fn own(&mut self, cluster: usize, members: &[identity::EntityRef]) {
        for &(document, entity) in members {
            self.clusters[document as usize][entity as usize] = Some(cluster);
        }
    }

    /// The cluster of an entity; none where the number is out of range, or an event before events are resolved.
    pub(super) fn of(&self, document: u32, entity: u32) -> Option<usize> {
        *self.clusters.get(document as usize)?.get(entity as usize)?
    }
}

fn manifest(
    fragments: &[&Fragment],
    schema: &GraphSchema,
    nodes: &[Node],
    first_event: usize,
    edges: &[Edge],
    set_aside: Vec<SetAside>,
) -> Manifest {
    let mut types = BTreeMap::new();
    for (at, node) in nodes.iter().enumerate() {
        types.entry(node.type_name.clone()).or_insert_with(|| TypeStyle {
            types: node.types.clone(),
            event: at >= first_event,
            draw: schema.type_info(&node.type_name).map(|info| info.draw.clone()).unwrap_or_default(),
        });
    }
    let mut relations = BTreeMap::new();
    for edge in edges {
        relations.entry(edge.type_name.clone()).or_insert_with(|| {
            let info = schema.relation(&edge.type_name);
            RelationStyle {
                label: edge.label.clone(),
                symmetric: info.is_some_and(|info| info.symmetric),
                draw: info.map(|info| info.draw.clone()).unwrap_or_default(),
            }
        });
    }
    Manifest {
        generator: String::from(env!("CARGO_PKG_NAME")),
        generator_version: String::from(env!("CARGO_PKG_VERSION")),
        pack: schema.pack.clone(),
        documents: fragments.iter().map(|fragment| fragment.document.clone()).collect(),
        types,
        relations,
        set_aside,
        unfinished: None,
    }
}
