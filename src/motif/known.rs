//! The names there are: types, relations and properties of a graph, or of rules, to hold those of a pattern against.

use std::collections::BTreeSet;

use super::ast::Name;
use super::check::Checker;
use super::value::{OF_EDGES, OF_NODES, Property};
use crate::diagnostic::{Diagnostic, nearest};

/// How many names are listed where none is near.
const MOST_LISTED: usize = 12;

/// Attributes that texts tell of relations: they may be asked for where no relation of the graph has any.
const TOLD: [&str; 3] = ["date", "place", "speaker"];

/// Who has the names: what is not among them is told so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    /// The graph that a question is asked of.
    Graph,
    /// The packs that an inference rule stands in.
    Rules,
}

/// Names of a graph or of rules.
#[derive(Debug)]
pub(crate) struct Known<'n> {
    pub owner: Owner,
    pub types: BTreeSet<&'n str>,
    pub relations: BTreeSet<&'n str>,
    pub node_attributes: BTreeSet<&'n str>,
    pub edge_attributes: BTreeSet<&'n str>,
}

impl Checker<'_> {
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
        let known_by = self.known.owner;
        // openCypher spells relations in capitals and with low lines.
        let plain = |text: &str| text.to_lowercase().replace('_', "-");
        if let Some(found) = known.clone().find(|known| plain(known) == plain(&name.text)) {
            return Some(found.to_owned());
        }
        let (code, title) = match (known_by, kind) {
            (Owner::Graph, _) => ("Q002", format!("the graph has no {kind} `{}`", name.text)),
            (Owner::Rules, "type") => ("E004", format!("there is no type `{}`", name.text)),
            (Owner::Rules, "relation") => ("E005", format!("there is no relation `{}`", name.text)),
            (Owner::Rules, _) => ("E028", format!("there is no {kind} `{}`", name.text)),
        };
        let mut finding = Diagnostic::error(code, title).label(name.span, "");
        if let Some(near) = nearest(&name.text, known.clone()) {
            finding = finding.help(format!("did you mean `{near}`?")).patch(name.span, near);
        } else {
            let names: Vec<&str> = known.clone().take(MOST_LISTED).collect();
            let more = known.count().saturating_sub(MOST_LISTED);
            let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
            let has = if known_by == Owner::Graph { "it has" } else { "known:" };
            finding = finding.help(format!("{has} {}{rest}", names.join(", ")));
        }
        self.findings.push(finding);
        None
    }
}
