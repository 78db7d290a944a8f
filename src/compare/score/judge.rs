//! One document held against its gold.

use std::collections::BTreeSet;

use super::names::{Fit, Names};
use super::{Finding, Judged, Kind, Reading};
use crate::compare::fact::Fact;
use crate::compare::gold::{Gold, GoldDocument, GoldEntity, GoldFact, Need};
use crate::extract::{Modality, Polarity};
use crate::graph::{Edge, KnowledgeGraph, Node, Origin};

/// Judges one document; `types` and `relations` are those of which its gold names all.
pub(super) fn document(
    gold: &Gold,
    wanted: &GoldDocument,
    reading: &Reading,
    names: &Names<'_>,
    types: &BTreeSet<&str>,
    relations: &BTreeSet<&str>,
) -> Judged {
    let mut judge = Judge { gold, reading, names, out: Judged::default() };
    judge.entities(&wanted.entities, types);
    judge.facts(&wanted.facts, relations);
    judge.out.findings.sort_by_key(|finding| (finding.kind, finding.line));
    judge.out
}

struct Judge<'a> {
    gold: &'a Gold,
    reading: &'a Reading,
    names: &'a Names<'a>,
    out: Judged,
}

impl<'a> Judge<'a> {
    fn graph(&self) -> &'a KnowledgeGraph {
        &self.reading.graph
    }

    fn finding(&mut self, kind: Kind, counted: &str, statement: String) -> &mut Finding {
        self.out.findings.push(Finding {
            kind,
            document: self.reading.id.clone(),
            counted: counted.to_owned(),
            statement,
            line: None,
            instead: None,
            sentence: None,
            rules: Vec::new(),
        });
        let last = self.out.findings.len() - 1;
        &mut self.out.findings[last]
    }

    fn entities(&mut self, wanted: &[GoldEntity], types: &BTreeSet<&str>) {
        let mut used: BTreeSet<&str> = BTreeSet::new();
        for entity in wanted.iter().filter(|entity| entity.need == Need::Required) {
            let found = self.node_of(entity, &used);
            let counts = self.out.entities.entry(entity.type_name.clone()).or_default();
            match found {
                Some(node) => {
                    counts.found += 1;
                    used.insert(&node.id);
                    self.attributes(entity, Some(node));
                }
                None => {
                    counts.missed += 1;
                    self.attributes(entity, None);
                    let other = self.graph().nodes().find(|node| self.names.fit(&entity.names, node).is_some());
                    let instead = match other {
                        Some(node) if used.contains(node.id.as_str()) => format!("{} stands for another line", node.id),
                        Some(node) => format!("{} is a {}", node.id, node.type_name),
                        None => String::from("nobody is called so"),
                    };
                    let sentence = self.sentence_with(&entity.names);
                    let finding = self.finding(Kind::Missed, &entity.type_name, entity.text.clone());
                    (finding.line, finding.instead, finding.sentence) = (Some(entity.line), Some(instead), sentence);
                }
            }
        }
        for entity in wanted.iter().filter(|entity| entity.need == Need::Allowed) {
            let fits = |node: &&Node| self.names.fit(&entity.names, node).is_some();
            used.extend(self.graph().nodes().filter(fits).map(|node| node.id.as_str()));
        }
        for node in self.graph().nodes() {
            let named = node.observations.iter().any(|seen| seen.named);
            let counted = node.types.iter().find(|name| types.contains(name.as_str()));
            let Some(counted) = counted.filter(|_| named && !used.contains(node.id.as_str())) else { continue };
            self.out.entities.entry(counted.clone()).or_default().wrong += 1;
            let again = wanted.iter().find(|entity| self.names.fit(&entity.names, node).is_some_and(|f| f < Fit::Part));
            let statement = format!("{} : {}", node.name, node.type_name);
            let rules: BTreeSet<String> = node.mentions.iter().map(|mention| mention.rule.clone()).collect();
            let sentence = node.mentions.first().and_then(|mention| self.sentence_at(mention.start));
            let finding = self.finding(Kind::Wrong, counted, statement);
            finding.instead = again.map(|entity| format!("a second node for line {}", entity.line));
            (finding.sentence, finding.rules) = (sentence, rules.into_iter().collect());
        }
    }

    /// The node of an entity: of those that are called so and have the type, one with the right attributes first, then
    /// the one whose name fits most closely.
    fn node_of(&self, entity: &GoldEntity, used: &BTreeSet<&str>) -> Option<&'a Node> {
        let nodes = self.graph().nodes().filter(|node| node.types.contains(&entity.type_name));
        let free = nodes.filter(|node| !used.contains(node.id.as_str()));
        let fits = free.filter_map(|node| Some((self.names.fit(&entity.names, node)?, node)));
        let wrong = |node: &Node| entity.attributes.iter().filter(|(key, v)| !self.has(node, key, v)).count();
        fits.min_by_key(|(fit, node)| (wrong(node), *fit)).map(|(_, node)| node)
    }

    fn has(&self, node: &Node, key: &str, values: &[String]) -> bool {
        node.attributes.get(key).is_some_and(|value| self.names.agrees(key, values, value))
    }

    fn attributes(&mut self, entity: &GoldEntity, node: Option<&Node>) {
        for (key, values) in &entity.attributes {
            let value = node.and_then(|node| node.attributes.get(key));
            let right = value.is_some_and(|value| self.names.agrees(key, values, value));
            let row = self.out.attributes.entry(key.clone()).or_default();
            match value {
                Some(_) if right => row.right += 1,
                Some(_) => row.wrong += 1,
                None => row.missing += 1,
            }
            if let Some(node) = node.filter(|_| !right) {
                let instead =
                    value.map_or_else(|| format!("{} has none", node.id), |value| format!("{} has {value}", node.id));
                let statement = format!("{}, {key} = {}", entity.names[0], values.join(" / "));
                let finding = self.finding(Kind::Attribute, key, statement);
                (finding.line, finding.instead) = (Some(entity.line), Some(instead));
            }
        }
    }

    fn facts(&mut self, wanted: &[GoldFact], judged: &BTreeSet<&str>) {
        let told = |edge: &&Edge| edge.origin == Origin::Stated && edge.source != edge.target;
        let edges: Vec<&Edge> = self.graph().edges().filter(told).collect();
        let asserted = |edge: &Edge| (edge.modality, edge.polarity) == (Modality::Asserted, Polarity::Positive);
        let (mut used, mut spent) = (BTreeSet::new(), BTreeSet::new());
        // Required facts first: what they take, no allowed one has.
        for (need, plainly) in
            [(Need::Required, true), (Need::Allowed, true), (Need::Required, false), (Need::Forbidden, true)]
        {
            let of_this_kind =
                |fact: &&GoldFact| fact.need == need && (need != Need::Required || fact.is_asserted() == plainly);
            for fact in wanted.iter().filter(of_this_kind) {
                let fits: Vec<usize> = (0..edges.len()).filter(|&at| self.says(edges[at], fact)).collect();
                let as_fact: Vec<usize> = fits.iter().copied().filter(|&at| asserted(edges[at])).collect();
                match need {
                    Need::Allowed => used.extend(as_fact),
                    Need::Forbidden => self.forbidden(fact, as_fact.first().map(|&at| edges[at])),
                    Need::Required if plainly => {
                        used.extend(&as_fact);
                        let found = as_fact.iter().copied().find(|at| spent.insert(*at));
                        let counts = self.out.relations.entry(fact.label.clone()).or_default();
                        match found {
                            Some(_) => counts.found += 1,
                            None => {
                                counts.missed += 1;
                                self.missed(fact, fits.iter().find(|at| !asserted(edges[**at])).map(|&at| edges[at]));
                            }
                        }
                    }
                    Need::Required => {
                        let so = fits.iter().any(|&at| (edges[at].modality, edges[at].polarity) == fact.told);
                        self.out.told_otherwise.0 += usize::from(so);
                        self.out.told_otherwise.1 += 1;
                        // Where another line has it as a fact as well, it is told both ways.
                        match as_fact.iter().find(|at| !used.contains(*at)) {
                            Some(&at) => self.forbidden(fact, Some(edges[at])),
                            None if !so => self.missed(fact, fits.first().map(|&at| edges[at])),
                            None => {}
                        }
                    }
                }
            }
        }
        for (at, edge) in edges.iter().enumerate().filter(|(_, edge)| asserted(edge)) {
            if !judged.contains(edge.type_name.as_str()) {
                self.out.not_judged += usize::from(!used.contains(&at));
            } else if !used.contains(&at) {
                let label = self.gold.label(&edge.type_name).to_owned();
                self.out.relations.entry(label.clone()).or_default().wrong += 1;
                let statement = statement(edge, self.graph());
                let finding = self.finding(Kind::Wrong, &label, statement);
                (finding.sentence, finding.rules) = shown(edge);
            }
        }
    }

    fn says(&self, edge: &Edge, fact: &GoldFact) -> bool {
        if !fact.relations.contains(&edge.type_name) {
            return false;
        }
        let (Some(source), Some(target)) = (self.graph().node(&edge.source), self.graph().node(&edge.target)) else {
            return false;
        };
        let ends = |a: &Node, b: &Node| {
            self.names.fit(&fact.sources, a).is_some() && self.names.fit(&fact.targets, b).is_some()
        };
        let symmetric = self.graph().manifest().relations.get(&edge.type_name).is_some_and(|style| style.symmetric);
        ends(source, target) || symmetric && ends(target, source)
    }

    fn forbidden(&mut self, fact: &GoldFact, edge: Option<&Edge>) {
        let Some(edge) = edge else { return };
        let instead = statement(edge, self.graph());
        let finding = self.finding(Kind::Asserted, &fact.label, fact.text.clone());
        (finding.line, finding.instead) = (Some(fact.line), Some(format!("told as a fact: {instead}")));
        (finding.sentence, finding.rules) = shown(edge);
    }

    fn missed(&mut self, fact: &GoldFact, otherwise: Option<&Edge>) {
        let (instead, sentence, rules) = match otherwise {
            Some(edge) => {
                let (sentence, rules) = shown(edge);
                (Some(format!("told as {}", statement(edge, self.graph()))), sentence, rules)
            }
            None => {
                let (instead, sentence) = self.where_both_stand(fact);
                (instead, sentence, Vec::new())
            }
        };
        let finding = self.finding(Kind::Missed, &fact.label, fact.text.clone());
        finding.line = Some(fact.line);
        (finding.instead, finding.sentence, finding.rules) = (instead, sentence, rules);
    }

    /// The first sentence in which both ends of a fact are spoken of; or why there is none.
    fn where_both_stand(&self, fact: &GoldFact) -> (Option<String>, Option<String>) {
        let places = |names: &[String]| -> Vec<u32> {
            let fits = |node: &&Node| self.names.fit(names, node).is_some();
            let nodes = self.graph().nodes().filter(fits);
            nodes.flat_map(|node| &node.mentions).map(|mention| mention.start).collect()
        };
        let (sources, targets) = (places(&fact.sources), places(&fact.targets));
        for (name, found) in [(&fact.sources, &sources), (&fact.targets, &targets)] {
            if found.is_empty() {
                return (Some(format!("nobody is called {}", name.join(" / "))), self.sentence_with(name));
            }
        }
        let within = |at: &[u32], from: u32, to: u32| at.iter().any(|place| (from..to).contains(place));
        let both = self
            .reading
            .sentences
            .iter()
            .find(|(from, to, _)| within(&sources, *from, *to) && within(&targets, *from, *to));
        match both {
            Some((_, _, text)) => (None, Some(text.clone())),
            None if self.reading.sentences.is_empty() => (None, None),
            None => (Some(String::from("no sentence speaks of both")), None),
        }
    }

    fn sentence_at(&self, point: u32) -> Option<String> {
        self.reading
            .sentences
            .iter()
            .find(|(from, to, _)| (*from..*to).contains(&point))
            .map(|(_, _, text)| text.clone())
    }

    /// The first sentence that has one of the names letter for letter.
    fn sentence_with(&self, names: &[String]) -> Option<String> {
        let found =
            self.reading.sentences.iter().find(|(_, _, text)| names.iter().any(|name| text.contains(name.as_str())));
        found.map(|(_, _, text)| text.clone())
    }
}

/// An edge as a gold writes it.
fn statement(edge: &Edge, graph: &KnowledgeGraph) -> String {
    let name = |id: &str| graph.node(id).map_or_else(|| id.to_owned(), |node| node.name.clone());
    Fact {
        source: name(&edge.source),
        relation: edge.type_name.clone(),
        target: name(&edge.target),
        told: Some((edge.modality, edge.polarity)),
        symmetric: false,
    }
    .to_string()
}

/// The first sentence of an edge, and the rules behind all of them.
fn shown(edge: &Edge) -> (Option<String>, Vec<String>) {
    let rules: BTreeSet<String> = edge.evidence.iter().map(|evidence| evidence.rule.clone()).collect();
    let sentence =
        edge.evidence.first().map(|evidence| evidence.quote.split_whitespace().collect::<Vec<_>>().join(" "));
    (sentence, rules.into_iter().collect())
}
