//! Whether a node is who a gold speaks of.
//!
//! A name in a gold need not be spelled as the graph spells it: letter case, accents and possessives do not count, what the
//! gazetteer knows under another name is meant by it, and a personal name may lack parts or be written after another
//! romanisation.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::extract::MentionKind;
use crate::graph::{IdentityRules, Node, names_agree, plain_name};

/// How closely a name fits a node: less is closer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// The node's own name.
    Name,
    /// A form of its name, or words that the text calls it by.
    Form,
    /// A personal name that agrees with one of its forms.
    Part,
    /// Anybody was meant.
    Anybody,
}

/// Names of a gold, looked up.
pub(super) struct Names<'a> {
    rules: &'a IdentityRules,
    canonical: &'a dyn Fn(&str) -> Option<String>,
    known: RefCell<BTreeMap<String, Vec<String>>>,
}

impl<'a> Names<'a> {
    /// `canonical` gives the name under which a gazetteer knows what a name stands for.
    pub(super) fn new(rules: &'a IdentityRules, canonical: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Names { rules, canonical, known: RefCell::default() }
    }

    /// A name and what it stands for, as plain words.
    fn plain(&self, name: &str) -> Vec<String> {
        let mut known = self.known.borrow_mut();
        let found = known.entry(name.to_owned()).or_insert_with(|| {
            let mut forms = vec![plain_name(name)];
            forms.extend((self.canonical)(name).map(|meant| plain_name(&meant)));
            forms.dedup();
            forms
        });
        found.clone()
    }

    /// How a node fits any of the names, if it does.
    pub(super) fn fit(&self, names: &[String], node: &Node) -> Option<Fit> {
        names.iter().filter_map(|name| self.fit_one(name, node)).min()
    }

    fn fit_one(&self, name: &str, node: &Node) -> Option<Fit> {
        if name == "*" {
            return Some(Fit::Anybody);
        }
        let wanted = self.plain(name);
        let is = |form: &str| wanted.contains(&plain_name(form));
        if is(&node.name) {
            return Some(Fit::Name);
        }
        let said = node.mentions.iter().filter(|mention| mention.kind != MentionKind::Pronoun);
        let role = ["office", "country"].map(|key| node.attributes.get(key).map_or("", String::as_str));
        let titles = [format!("{} of {}", role[0], role[1]), format!("{} {}", role[1], role[0])];
        let nameless = !node.observations.iter().any(|seen| seen.named);
        if node.aliases.iter().any(|alias| is(alias))
            || said.map(|mention| mention.quote.as_str()).any(&is)
            || nameless && titles.iter().any(|title| is(title))
        {
            return Some(Fit::Form);
        }
        let personal = node.types.last().is_some_and(|root| self.rules.personal.contains(root));
        let agrees = |form: &str| names_agree(self.rules, name, form);
        let named = personal && !nameless;
        (named && (agrees(&node.name) || node.aliases.iter().any(|alias| agrees(alias)))).then_some(Fit::Part)
    }

    /// Whether an attribute has one of the wanted values: the same, one that the rules hold for the same, or, of what a
    /// person may be at different times (an office), one that has all words of the other.
    pub(super) fn agrees(&self, attribute: &str, wanted: &[String], value: &str) -> bool {
        let groups = self.rules.equivalent.get(attribute).map_or(&[][..], Vec::as_slice);
        let stands_for = |value: &str| {
            let group = groups.iter().find(|group| group.iter().any(|other| plain_name(other) == value));
            group.and_then(|group| group.first()).map_or_else(|| value.to_owned(), |first| plain_name(first))
        };
        let has = stands_for(&plain_name(value));
        let loose = self.rules.roles.iter().any(|name| name == attribute);
        wanted.iter().flat_map(|value| self.plain(value)).any(|value| {
            let value = stands_for(&value);
            let within = |a: &str, b: &str| a.split(' ').all(|word| b.split(' ').any(|other| other == word));
            value == has || loose && (within(&value, &has) || within(&has, &value))
        })
    }
}
