//! What a type, a list, a relation or a rule is, as a page for hovering.

use std::collections::BTreeSet;

use super::names::Kind;
use crate::cli::rules::described;
use crate::rules::{Checked, Item, RuleSet};

/// Words of a list shown; the rest is counted.
const WORDS: usize = 40;

/// How often rules fired in the editor's corpus.
pub(super) type Hits = std::collections::BTreeMap<String, usize>;

/// A page about what has that name; none where there is nothing of the kind.
pub(super) fn about(kind: Kind, name: &str, checked: &Checked, hits: Option<&Hits>) -> Option<String> {
    let rules = checked.rules.as_ref();
    match kind {
        Kind::Type => a_type(name, checked, rules),
        Kind::List => a_list(name, checked),
        Kind::Relation => a_relation(name, checked, rules, hits),
        Kind::Rule => a_rule(name, checked, rules, hits),
    }
}

/// What it is for, in the words of its author.
pub(super) fn doc(kind: Kind, name: &str, checked: &Checked) -> Option<String> {
    fn last<'i, T>(items: &'i [Item<T>], name: &str, doc: impl Fn(&'i T) -> &'i str) -> Option<String> {
        items.iter().rfind(|item| item.name == name).map(|item| doc(&item.value).to_owned())
    }
    let written = &checked.written;
    match kind {
        Kind::Type => last(&written.types, name, |item| &item.doc),
        Kind::List => last(&written.lists, name, |item| &item.doc),
        Kind::Relation => last(&written.relations, name, |item| &item.doc),
        Kind::Rule => {
            let rule = written.rules.iter().rfind(|item| item.value.id.get_ref() == name);
            let names = || written.names.iter().rfind(|item| item.value.id.get_ref() == name);
            let inferred = || written.inferences.iter().rfind(|item| item.value.id.get_ref() == name);
            let of_name = || names().map(|item| item.value.doc.clone());
            rule.map(|item| item.value.doc.clone())
                .or_else(of_name)
                .or_else(|| inferred().map(|item| item.value.doc.clone()))
        }
    }
}

fn head(kind: Kind, name: &str, checked: &Checked) -> Option<String> {
    let doc = doc(kind, name, checked)?;
    Some(if doc.is_empty() {
        format!("**{name}**, a {}", kind.name())
    } else {
        format!("**{name}**, a {}: {doc}", kind.name())
    })
}

fn a_type(name: &str, checked: &Checked, rules: Option<&RuleSet>) -> Option<String> {
    let mut out = head(Kind::Type, name, checked)?;
    let Some(rules) = rules else { return Some(out) };
    if let Some(id) = rules.types.find(name) {
        let lineage = rules.types.lineage(id);
        if lineage.len() > 1 {
            out.push_str(&format!("\n\nA {}.", lineage.join(" ⊂ ")));
        }
    }
    let mask = rules.types.mask(name);
    let covered = rules.types.iter().filter(|(other, def)| mask.contains(*other) && def.name != name);
    let covered: Vec<&str> = covered.map(|(_, def)| def.name.as_str()).collect();
    if !covered.is_empty() {
        out.push_str(&format!("\n\nCovers {}.", covered.join(", ")));
    }
    let ends = rules.relations.iter().filter(|r| r.between_names.as_ref().is_some_and(|(a, b)| a == name || b == name));
    let ends: BTreeSet<&str> = ends.map(|relation| relation.name.as_str()).collect();
    if !ends.is_empty() {
        out.push_str(&format!("\n\nAn end of {}.", ends.into_iter().collect::<Vec<_>>().join(", ")));
    }
    Some(out)
}

fn a_list(name: &str, checked: &Checked) -> Option<String> {
    let mut out = head(Kind::List, name, checked)?;
    let items = checked.written.lists.iter().filter(|item| item.name == name);
    let mut words: Vec<&str> = Vec::new();
    for item in items {
        if let Some(pattern) = &item.value.pattern {
            out.push_str(&format!("\n\nStands for `{}`", pattern.get_ref().replace('`', "'")));
        }
        if let Some(file) = &item.value.file {
            out.push_str(&format!("\n\nTakes words from {}.", file.get_ref()));
        }
        words.extend(item.value.words.iter().map(|word| word.get_ref().as_str()));
    }
    if !words.is_empty() {
        let more = words.len().saturating_sub(WORDS);
        let more = if more == 0 { String::new() } else { format!(" … and {more} more") };
        words.truncate(WORDS);
        out.push_str(&format!("\n\n*{}*{more}", words.join("*, *")));
    }
    Some(out)
}

fn a_relation(name: &str, checked: &Checked, rules: Option<&RuleSet>, hits: Option<&Hits>) -> Option<String> {
    let mut out = head(Kind::Relation, name, checked)?;
    let Some(rules) = rules else { return Some(out) };
    let number = rules.relations.iter().position(|relation| relation.name == name);
    let Some(relation) = number.map(|number| &rules.relations[number]) else { return Some(out) };
    if let Some((a, b)) = &relation.between_names {
        out.push_str(&format!("\n\n{a} {} {b}", if relation.symmetric { "—" } else { "→" }));
        let codes: Vec<String> = relation.codes.iter().map(|(scheme, code)| format!("{scheme} {code}")).collect();
        if !codes.is_empty() {
            out.push_str(&format!(" ({})", codes.join(", ")));
        }
    }
    let given = rules.rules.iter().filter(|rule| number == Some(rule.relation as usize));
    let inferred = rules.inferences.iter().filter(|rule| number == Some(rule.relation as usize)).map(|rule| &*rule.id);
    let ids: Vec<&str> = given.map(|rule| &*rule.id).chain(inferred).collect();
    if !ids.is_empty() {
        out.push_str(&format!("\n\nGiven by {}.", ids.join(", ")));
    }
    if let Some(hits) = hits {
        let all = ids.iter().map(|id| hits.get(*id).copied().unwrap_or(0)).sum();
        out.push_str(&counted(all));
    }
    Some(out)
}

fn a_rule(name: &str, checked: &Checked, rules: Option<&RuleSet>, hits: Option<&Hits>) -> Option<String> {
    let mut out = head(Kind::Rule, name, checked)?;
    let of_relation = rules.is_some_and(|rules| rules.rules.iter().any(|rule| &*rule.id == name));
    if let (Some(hits), true) = (hits, of_relation) {
        out.push_str(&counted(hits.get(name).copied().unwrap_or(0)));
    }
    if let Some(told) = rules.and_then(|rules| described(rules, checked, name)) {
        out.push_str(&format!("\n\n```text\n{}\n```", told.trim_end().replace("```", "'''")));
    }
    Some(out)
}

fn counted(hits: usize) -> String {
    let hits = if hits == 1 { "once".to_owned() } else { format!("{hits} times") };
    format!("\n\nFound {hits} in the corpus.")
}
