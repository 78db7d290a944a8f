//! Whether a graph is what it says it is: every quotation where it says it stands, every id one of something.
//!
//! A graph travels: it is edited, merged and mailed. With the documents at hand, all that it claims about them can be
//! checked, and this does.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use sha2::{Digest, Sha256};

use crate::graph::{Edge, KnowledgeGraph, Origin, PackInfo};
use crate::source::{CodePoints, Source};

/// Characters of a quotation that a fault shows.
const SHOWN: usize = 60;
/// Digits of a hash that a fault shows.
const SHOWN_HASH: usize = 12;

/// Something in a graph that is not so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where: the manifest, a document, a mention of a node, evidence of an edge.
    pub place: String,
    /// What is wrong there.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

/// What was checked, and what was found wrong.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verified {
    /// In the order of the graph: manifest, nodes, edges.
    pub faults: Vec<Fault>,
    /// How many quotations were held against their text.
    pub quotes: usize,
    /// How many documents the graph was held against.
    pub documents: usize,
}

/// With what a graph says that it was made.
#[derive(Debug, Clone, Copy)]
pub struct Maker<'a> {
    /// Version of the program.
    pub version: &'a str,
    /// The rules.
    pub pack: &'a PackInfo,
}

/// Checks a graph against the documents that it was made from and what it was made with. A document that is not found by
/// its id is found by its hash, since ids are paths and a folder may have moved.
pub fn verify(graph: &KnowledgeGraph, sources: &[Source], maker: Maker<'_>) -> Verified {
    let mut check = Check { verified: Verified::default(), texts: BTreeMap::new(), known: BTreeSet::new() };
    check.manifest(graph, maker);
    check.documents(graph, sources);
    check.nodes(graph);
    check.edges(graph);
    check.verified
}

struct Check<'a> {
    verified: Verified,
    /// Texts by document id.
    texts: BTreeMap<&'a str, (&'a str, CodePoints)>,
    /// Ids of documents in the manifest.
    known: BTreeSet<&'a str>,
}

impl<'a> Check<'a> {
    fn fault(&mut self, place: impl Into<String>, what: impl Into<String>) {
        self.verified.faults.push(Fault { place: place.into(), what: what.into() });
    }

    fn manifest(&mut self, graph: &KnowledgeGraph, maker: Maker<'_>) {
        let manifest = graph.manifest();
        if manifest.generator_version != maker.version {
            let what = format!("made by version {}, and this is {}", manifest.generator_version, maker.version);
            self.fault("the program", what);
        }
        if manifest.pack != *maker.pack {
            let (theirs, ours) = (&manifest.pack, maker.pack);
            let hash: String = theirs.sha256.chars().take(SHOWN_HASH).collect();
            let what = format!(
                "made with {} {} ({hash}), and those at hand are {} {}, with another hash",
                theirs.name, theirs.version, ours.name, ours.version
            );
            self.fault("the rules", what);
        }
    }

    fn documents(&mut self, graph: &'a KnowledgeGraph, sources: &'a [Source]) {
        let by_id: BTreeMap<&str, &Source> = sources.iter().map(|source| (source.id.as_str(), source)).collect();
        let by_hash: BTreeMap<String, &Source> = sources.iter().map(|source| (sha256(&source.text), source)).collect();
        for document in &graph.manifest().documents {
            self.known.insert(&document.id);
            let found = by_id.get(document.id.as_str()).or_else(|| by_hash.get(&document.sha256));
            let Some(source) = found else {
                self.fault(&document.id, "it was not given, so that nothing it is quoted for can be checked");
                continue;
            };
            self.verified.documents += 1;
            if sha256(&source.text) != document.sha256 {
                self.fault(&document.id, "its text is another: the hash differs");
            }
            let characters = source.text.chars().count();
            if characters != document.characters as usize {
                let what = format!("it has {characters} characters, and the graph says {}", document.characters);
                self.fault(&document.id, what);
            }
            self.texts.insert(&document.id, (&source.text, CodePoints::new(&source.text)));
        }
    }

    fn nodes(&mut self, graph: &KnowledgeGraph) {
        for node in graph.nodes() {
            let name = format!("node {}", node.id);
            if !graph.manifest().types.contains_key(&node.type_name) {
                self.fault(&name, format!("its type {} is not in the manifest", node.type_name));
            }
            if node.types.first() != Some(&node.type_name) {
                self.fault(&name, format!("its types do not begin with {}", node.type_name));
            }
            let seen: BTreeSet<(&str, u32)> =
                node.observations.iter().map(|seen| (seen.doc.as_str(), seen.entity)).collect();
            for (number, mention) in node.mentions.iter().enumerate() {
                let place = format!("{name}, mention {number}");
                if !seen.contains(&(mention.doc.as_str(), mention.entity)) {
                    self.fault(&place, format!("entity {} of {} is not this node", mention.entity, mention.doc));
                }
                self.quote(&place, &mention.doc, [mention.start, mention.end], &mention.quote);
            }
            let documents: BTreeSet<&str> = node.observations.iter().map(|seen| seen.doc.as_str()).collect();
            self.support(&name, node.support, documents.len());
        }
    }

    fn edges(&mut self, graph: &KnowledgeGraph) {
        for edge in graph.edges() {
            let name = format!("edge {} → {} {} ({})", edge.source, edge.target, edge.type_name, edge.key);
            if !graph.manifest().relations.contains_key(&edge.type_name) {
                self.fault(&name, "its relation is not in the manifest");
            }
            let ends = [(&edge.source, "source"), (&edge.target, "target")].map(|(id, end)| (graph.node(id), end));
            for (number, evidence) in edge.evidence.iter().enumerate() {
                let place = format!("{name}, evidence {number}");
                for ((node, end), entity) in ends.iter().zip([evidence.source_entity, evidence.target_entity]) {
                    let is_seen = |node: &&crate::graph::Node| {
                        node.observations.iter().any(|seen| seen.doc == evidence.doc && seen.entity == entity)
                    };
                    if node.as_ref().is_none_or(|node| !is_seen(node)) {
                        self.fault(&place, format!("entity {entity} of {} is not its {end}", evidence.doc));
                    }
                }
                self.quote(&place, &evidence.doc, [evidence.start, evidence.end], &evidence.quote);
                for (span, end) in [(evidence.source_span, "source"), (evidence.target_span, "target")] {
                    let within = self.texts.get(evidence.doc.as_str()).is_none_or(|(text, points)| {
                        let length = points.offset(text, u32::try_from(text.len()).unwrap_or(u32::MAX));
                        span[0] <= span[1] && span[1] <= length
                    });
                    if !within {
                        self.fault(
                            &place,
                            format!("the place of its {end}, {}–{}, is not in the text", span[0], span[1]),
                        );
                    }
                }
            }
            let documents: BTreeSet<&str> = edge.evidence.iter().map(|evidence| evidence.doc.as_str()).collect();
            if edge.origin == Origin::Inferred {
                self.grounds(&name, edge, graph);
            } else {
                self.support(&name, edge.support, documents.len());
            }
        }
    }

    /// What an inferred edge rests on must be there, and be told.
    fn grounds(&mut self, name: &str, edge: &Edge, graph: &KnowledgeGraph) {
        if edge.grounds.is_empty() {
            self.fault(name, "it is inferred, and does not say from what");
        }
        if !edge.evidence.is_empty() {
            self.fault(name, "it is inferred, and no text tells it");
        }
        for wanted in edge.grounds.iter().flat_map(|ground| &ground.edges) {
            if graph.edge(wanted).is_none() {
                let what = format!(
                    "it rests on an edge {} → {} ({}) that is not there",
                    wanted.source, wanted.target, wanted.key
                );
                self.fault(name, what);
            }
        }
        let below = graph.rests_on(edge);
        let documents: BTreeSet<&str> =
            below.iter().flat_map(|edge| &edge.evidence).map(|evidence| evidence.doc.as_str()).collect();
        // Not all grounds of a conclusion that follows in many ways are written down.
        if (edge.support as usize) < documents.len() {
            self.support(name, edge.support, documents.len());
        }
    }

    fn support(&mut self, place: &str, told: u32, counted: usize) {
        if told as usize != counted {
            self.fault(place, format!("it says that {told} documents support it, and {counted} do"));
        }
    }

    fn quote(&mut self, place: &str, doc: &str, [start, end]: [u32; 2], quote: &str) {
        if !self.known.contains(doc) {
            return self.fault(place, format!("the document {doc} is not in the manifest"));
        }
        let Some((text, points)) = self.texts.get(doc) else { return };
        let (from, to) = (points.byte(text, start) as usize, points.byte(text, end) as usize);
        let there = text.get(from..to.max(from)).unwrap_or_default();
        // An end beyond the text is taken for its end: the length tells.
        let whole = end >= start && quote.chars().count() == (end - start) as usize;
        if there != quote || !whole {
            let shown = |text: &str| text.chars().take(SHOWN).collect::<String>();
            let what = format!("{doc} {start}–{end} is {:?}, not {:?}", shown(there), shown(quote));
            self.fault(place, what);
        }
        self.verified.quotes += 1;
    }
}

fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
