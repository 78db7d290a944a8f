//! From matches to conclusions: one edge for all the ways in which a relation between two nodes follows.
//!
//! A conclusion is as well founded as the best of its grounds: its confidence is the greatest product of those of the
//! relations that it rests on (the Viterbi semiring of provenance; Green, Karvounarakis and Tannen 2007). It is told as what
//! it rests on is: from a plan follows a plan.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::stable_graph::{EdgeIndex, NodeIndex};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::extract::{Modality, Polarity};
use crate::graph::{Edge, EdgeRef, GraphSchema, Ground, KnowledgeGraph, Origin};
use crate::query::Match;
use crate::rules::Inference;

/// No chain of reasons makes certain.
const MOST_CONFIDENCE: f64 = 0.99;
/// Ways to a conclusion that are written down; all of them count.
const MOST_GROUNDS: usize = 20;

/// A relation as far as two conclusions are the same: its ends, its number in the schema, how it is told.
type Subject = (NodeIndex, NodeIndex, u32, Modality);

/// Documents, as numbers of the manifest.
type Documents = BTreeSet<u32>;

/// What the grounds of one rule come to.
#[derive(Default)]
struct Reasons {
    id: String,
    min_support: u32,
    ways: BTreeSet<Vec<EdgeIndex>>,
    confidence: f64,
}

/// What was concluded so far.
#[derive(Default)]
pub(super) struct Conclusions {
    /// What is stated or was concluded in an earlier round.
    known: FxHashSet<Subject>,
    /// Conclusions of this round, by rule.
    open: BTreeMap<Subject, BTreeMap<usize, Reasons>>,
    /// Documents behind edges that were concluded.
    behind: FxHashMap<EdgeIndex, Documents>,
    /// Those of the edges that are being added, in their order.
    waiting: Vec<Documents>,
    documents: FxHashMap<String, u32>,
    /// The next key between two nodes.
    keys: FxHashMap<(NodeIndex, NodeIndex), u32>,
    rules: FxHashMap<String, usize>,
}

impl Conclusions {
    /// Takes in what is stated.
    pub(super) fn know(&mut self, graph: &KnowledgeGraph, schema: &GraphSchema) {
        let numbers: FxHashMap<&str, u32> =
            schema.relations.iter().zip(0..).map(|(info, number)| (info.name.as_str(), number)).collect();
        for (number, document) in (0..).zip(&graph.manifest().documents) {
            self.documents.insert(document.id.clone(), number);
        }
        let inside = graph.as_petgraph();
        for index in inside.edge_indices() {
            let (Some((source, target)), Some(edge)) = (inside.edge_endpoints(index), inside.edge_weight(index)) else {
                continue;
            };
            let next = self.keys.entry((source, target)).or_default();
            *next = (*next).max(edge.key + 1);
            if let (Polarity::Positive, Some(relation)) = (edge.polarity, numbers.get(edge.type_name.as_str())) {
                self.known.insert((source, target, *relation, edge.modality));
            }
        }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.behind.len() + self.open.len()
    }

    /// Adds what follows from matches of a rule's condition.
    pub(super) fn add(&mut self, rule: &Inference, found: &[Match], graph: &KnowledgeGraph, schema: &GraphSchema) {
        let symmetric = schema.relations.get(rule.relation as usize).is_some_and(|info| info.symmetric);
        let next = self.rules.len();
        let number = *self.rules.entry(rule.id.to_string()).or_insert(next);
        for one in found {
            let (mut source, mut target) = (one.nodes[rule.source], one.nodes[rule.target]);
            // Nodes stand in the order of their ids, which is that of the ends of a symmetric relation.
            if symmetric && source > target {
                std::mem::swap(&mut source, &mut target);
            }
            let mut way: Vec<EdgeIndex> = one.hops.iter().flatten().copied().collect();
            way.sort_unstable();
            way.dedup();
            let edges: Vec<&Edge> = way.iter().filter_map(|index| graph.as_petgraph().edge_weight(*index)).collect();
            let Some(modality) = told(&edges).filter(|_| source != target) else { continue };
            let is_known = |modality| self.known.contains(&(source, target, rule.relation, modality));
            if is_known(modality) || is_known(Modality::Asserted) {
                continue;
            }
            let confidence = edges.iter().map(|edge| edge.confidence).product::<f64>() * rule.confidence;
            let reasons =
                self.open.entry((source, target, rule.relation, modality)).or_default().entry(number).or_default();
            reasons.confidence = reasons.confidence.max(confidence);
            if reasons.id.is_empty() {
                (reasons.id, reasons.min_support) = (rule.id.to_string(), rule.min_support);
            }
            reasons.ways.insert(way);
        }
    }

    /// The conclusions of this round as edges; they are known from here on.
    pub(super) fn take(&mut self, graph: &KnowledgeGraph, schema: &GraphSchema) -> Vec<Edge> {
        let mut edges = Vec::new();
        for (subject, rules) in std::mem::take(&mut self.open) {
            let counted: Vec<(Reasons, Documents)> = rules
                .into_values()
                .map(|reasons| {
                    let documents =
                        reasons.ways.iter().flatten().flat_map(|edge| self.documents(*edge, graph)).collect();
                    (reasons, documents)
                })
                .filter(|(reasons, documents): &(Reasons, Documents)| documents.len() >= reasons.min_support as usize)
                .collect();
            if counted.is_empty() {
                continue;
            }
            self.known.insert(subject);
            let documents: Documents = counted.iter().flat_map(|(_, documents)| documents).copied().collect();
            edges.push(self.edge(subject, &counted, &documents, graph, schema));
            self.waiting.push(documents);
        }
        edges
    }

    /// Where the edges that were taken stand now.
    pub(super) fn settle(&mut self, indices: &[EdgeIndex]) {
        self.behind.extend(indices.iter().copied().zip(std::mem::take(&mut self.waiting)));
    }

    fn documents(&self, edge: EdgeIndex, graph: &KnowledgeGraph) -> Documents {
        if let Some(known) = self.behind.get(&edge) {
            return known.clone();
        }
        let evidence = graph.as_petgraph().edge_weight(edge).into_iter().flat_map(|edge| &edge.evidence);
        evidence.filter_map(|seen| self.documents.get(&seen.doc).copied()).collect()
    }

    fn edge(
        &mut self,
        (source, target, relation, modality): Subject,
        rules: &[(Reasons, Documents)],
        documents: &Documents,
        graph: &KnowledgeGraph,
        schema: &GraphSchema,
    ) -> Edge {
        let inside = graph.as_petgraph();
        let info = schema.relations.get(relation as usize);
        let id = |index| inside.node_weight(index).map(|node| node.id.clone()).unwrap_or_default();
        let mut attributes = info.map(|info| info.codes.clone()).unwrap_or_default();
        let all = rules.iter().flat_map(|(reasons, _)| reasons.ways.iter().flatten());
        let dates: BTreeSet<Option<&str>> =
            all.filter_map(|index| inside.edge_weight(*index)).map(|edge| graph.date_of(edge)).collect();
        // Dates that do not agree are none.
        if let (Some(Some(date)), 1) = (dates.first(), dates.len()) {
            attributes.insert("date".to_owned(), (*date).to_owned());
        }
        // At least as many as stand behind one relation of the grounds.
        let behind = rules.iter().flat_map(|(reasons, _)| reasons.ways.iter().flatten());
        let sources = behind.filter_map(|index| inside.edge_weight(*index)).map(|edge| edge.sources).max().unwrap_or(0);
        let refer = |index: &EdgeIndex| inside.edge_weight(*index).map(EdgeRef::from);
        let mut grounds: Vec<Ground> = rules
            .iter()
            .flat_map(|(reasons, _)| {
                let ways = reasons.ways.iter().take(MOST_GROUNDS);
                ways.map(|way| Ground { rule: reasons.id.clone(), edges: way.iter().filter_map(refer).collect() })
            })
            .collect();
        grounds.iter_mut().for_each(|ground| ground.edges.sort());
        grounds.sort();
        grounds.truncate(MOST_GROUNDS);
        let confidence = rules.iter().map(|(reasons, _)| reasons.confidence).fold(0.0, f64::max);
        let next = self.keys.entry((source, target)).or_default();
        *next += 1;
        let name = info.map(|info| info.name.clone()).unwrap_or_default();
        Edge {
            source: id(source),
            target: id(target),
            key: *next - 1,
            label: info
                .map(|info| info.label.clone())
                .filter(|label| !label.is_empty())
                .unwrap_or_else(|| name.clone()),
            type_name: name,
            modality,
            polarity: Polarity::Positive,
            confidence: (confidence.min(MOST_CONFIDENCE) * 100.0).round() / 100.0,
            support: u32::try_from(documents.len()).unwrap_or(u32::MAX),
            sources,
            attributes,
            origin: Origin::Inferred,
            evidence: Vec::new(),
            grounds,
        }
    }
}

/// How a conclusion is told: as a fact where all it rests on is; as the one other thing that some of it is; not at all
/// where that is several, or denied.
pub(super) fn told(edges: &[&Edge]) -> Option<Modality> {
    let mut told = Modality::Asserted;
    for edge in edges {
        match (edge.polarity, edge.modality) {
            (Polarity::Negative, _) => return None,
            (_, Modality::Asserted) => {}
            (_, other) if told == Modality::Asserted || told == other => told = other,
            _ => return None,
        }
    }
    Some(told)
}
