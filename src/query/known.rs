//! What a graph has: types, relations, properties and their values, to hold the names of a question against.

use std::collections::BTreeSet;

use super::ast::Name;
use super::check::Checker;
use super::value::{OF_EDGES, OF_NODES, Property, Scalar, fold, of_edge};
use crate::diagnostic::{Diagnostic, nearest};
use crate::graph::KnowledgeGraph;
use crate::source::Span;

/// How many names are listed where none is near.
const MOST_LISTED: usize = 12;

/// Attributes that texts tell of relations: they may be asked for where no relation of the graph has any.
const TOLD: [&str; 3] = ["date", "place", "speaker"];

/// Names of one graph.
pub(super) struct Known<'g> {
    pub graph: &'g KnowledgeGraph,
    pub types: BTreeSet<&'g str>,
    pub relations: BTreeSet<&'g str>,
    node_attributes: BTreeSet<&'g str>,
    edge_attributes: BTreeSet<&'g str>,
}

impl<'g> Known<'g> {
    pub(super) fn of(graph: &'g KnowledgeGraph) -> Self {
        let hierarchies = graph.manifest().types.values().map(|style| &style.types);
        let types = graph.nodes().map(|node| &node.types).chain(hierarchies).flatten().map(String::as_str).collect();
        let styles = graph.manifest().relations.keys().map(String::as_str);
        Known {
            graph,
            types,
            relations: graph.edges().map(|edge| edge.type_name.as_str()).chain(styles).collect(),
            node_attributes: graph.nodes().flat_map(|node| node.attributes.keys()).map(String::as_str).collect(),
            edge_attributes: graph.edges().flat_map(|edge| edge.attributes.keys()).map(String::as_str).collect(),
        }
    }
}

impl Checker<'_, '_> {
    pub(super) fn type_name(&mut self, name: &Name) -> Option<String> {
        let known = self.known;
        self.one_of("type", name, known.types.iter().copied())
    }

    pub(super) fn relation(&mut self, name: &Name) -> Option<String> {
        let known = self.known;
        self.one_of("relation", name, known.relations.iter().copied())
    }

    pub(super) fn property(&mut self, name: &Name, of_node: bool) -> Option<Property> {
        let built_in: &[(&str, Property)] = if of_node { &OF_NODES } else { &OF_EDGES };
        if let Some((_, property)) = built_in.iter().find(|(known, _)| *known == name.text) {
            return Some(property.clone());
        }
        if !of_node && TOLD.contains(&name.text.as_str()) {
            return Some(Property::Attribute(name.text.clone()));
        }
        let known = self.known;
        let attributes = if of_node { &known.node_attributes } else { &known.edge_attributes };
        // An attribute that is spelt otherwise, then a property of another case.
        let names = attributes.iter().copied().chain(built_in.iter().map(|(name, _)| *name));
        let kind = if of_node { "property of nodes" } else { "property of relations" };
        let found = self.one_of(kind, name, names)?;
        let own = built_in.iter().find(|(known, _)| *known == found && !attributes.contains(found.as_str()));
        Some(own.map_or(Property::Attribute(found), |(_, property)| property.clone()))
    }

    /// The name as the graph spells it, in whatever case it is written.
    fn one_of<'a>(&mut self, kind: &str, name: &Name, known: impl Iterator<Item = &'a str> + Clone) -> Option<String> {
        if let Some(found) = known.clone().find(|known| *known == name.text) {
            return Some(found.to_owned());
        }
        // openCypher spells relations in capitals and with low lines.
        let plain = |text: &str| text.to_lowercase().replace('_', "-");
        if let Some(found) = known.clone().find(|known| plain(known) == plain(&name.text)) {
            return Some(found.to_owned());
        }
        let mut finding =
            Diagnostic::error("Q002", format!("the graph has no {kind} `{}`", name.text)).label(name.span, "");
        if let Some(near) = nearest(&name.text, known.clone()) {
            finding = finding.help(format!("did you mean `{near}`?")).patch(name.span, near);
        } else {
            let names: Vec<&str> = known.clone().take(MOST_LISTED).collect();
            let more = known.count().saturating_sub(MOST_LISTED);
            let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
            finding = finding.help(format!("it has {}{rest}", names.join(", ")));
        }
        self.findings.push(finding);
        None
    }

    /// Warns of values that nothing in the graph has.
    pub(super) fn remark_on(&mut self, property: &Property, values: &[Scalar<'_>], span: Span, of_node: bool) {
        let graph = self.known.graph;
        let all = || -> Box<dyn Iterator<Item = Scalar<'_>>> {
            if of_node {
                Box::new(graph.nodes().flat_map(|node| super::value::of_node(node, property)))
            } else {
                Box::new(graph.edges().flat_map(|edge| of_edge(graph, edge, property)))
            }
        };
        let equal = super::ast::Compare::Equal;
        if values.is_empty() || all().any(|known| super::value::holds(&[known], equal, values)) {
            return;
        }
        let mut finding = Diagnostic::warning("Q004", "a value that nothing in the graph has").label(span, "");
        if let [Scalar::Text(wanted)] = values {
            let texts: BTreeSet<String> = all()
                .filter_map(|known| match known {
                    Scalar::Text(text) => Some(text.into_owned()),
                    Scalar::Number(_) => None,
                })
                .collect();
            // A part of a name is the commonest slip.
            let part = texts.iter().find(|known| fold(known).split(' ').any(|word| word == fold(wanted)));
            if let Some(near) = nearest(wanted, texts.iter().map(String::as_str)).or(part.map(String::as_str)) {
                finding = finding.help(format!("did you mean \"{near}\"?"));
            }
        }
        self.findings.push(finding);
    }
}
