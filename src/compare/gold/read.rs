//! A gold file becomes a [`Gold`], or findings that say what is wrong with it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::line::{Word, names, words};
use super::{Gold, GoldDocument, GoldEntity, GoldFact, GoldIdentity, Need};
use crate::compare::fact::MODALITIES;
use crate::diagnostic::{Diagnostic, SourceFile, nearest};
use crate::extract::{Modality, Polarity};
use crate::rules::RuleSet;
use crate::source::Span;

/// Words that begin a line of a kind of its own.
const KEYWORDS: [&str; 6] = ["document", "group", "partial", "same", "different", "not"];

/// Whether a line that begins with this word is not about the word.
pub(super) fn is_keyword(word: &str) -> bool {
    KEYWORDS.contains(&word)
}

/// Reads a gold. Types, relations and attributes are held against the rules; what is wrong is said of every line.
pub fn read(file: &Arc<SourceFile>, rules: &RuleSet) -> (Gold, Vec<Diagnostic>) {
    let mut reader = Reader { file, rules, gold: Gold::default(), findings: Vec::new(), seen: BTreeMap::new() };
    let mut start = 0;
    let mut lines = Vec::new();
    for (number, line) in (1u32..).zip(file.text.split_inclusive('\n')) {
        let text = line.trim_end();
        if !text.trim_start().starts_with('#') && !text.trim().is_empty() {
            lines.push((number, text, words(text, start)));
        }
        start += line.len() as u32;
    }
    // Groups may be used before they are defined.
    for (_, _, words) in lines.iter().filter(|(_, _, words)| words[0].is("group")) {
        reader.group(words);
    }
    for (number, text, words) in lines.iter().filter(|(_, _, words)| !words[0].is("group")) {
        reader.line(*number, text.trim(), words);
    }
    (reader.gold, reader.findings)
}

struct Reader<'a> {
    file: &'a Arc<SourceFile>,
    rules: &'a RuleSet,
    gold: Gold,
    findings: Vec<Diagnostic>,
    /// Statements of the current document, and where each stands.
    seen: BTreeMap<String, (Need, Span)>,
}

impl Reader<'_> {
    fn fault(&mut self, code: &'static str, title: impl Into<String>, span: Span, label: impl Into<String>) {
        self.faults(Diagnostic::error(code, title).label(span, label));
    }

    fn faults(&mut self, found: Diagnostic) {
        self.findings.push(found.in_file(Arc::clone(self.file)));
    }

    fn line(&mut self, number: u32, text: &str, words: &[Word]) {
        let (first, rest) = (&words[0], &words[1..]);
        match first.text.as_str() {
            _ if first.quoted => self.statement(Need::Required, number, text, words),
            "document" => self.document(number, first, rest),
            "partial" => self.partial(rest),
            "same" | "different" => self.identity(first, rest, number, text),
            "not" => self.statement(Need::Forbidden, number, text, rest),
            "?" => self.statement(Need::Allowed, number, text, rest),
            _ => self.statement(Need::Required, number, text, words),
        }
    }

    fn document(&mut self, line: u32, first: &Word, rest: &[Word]) {
        let name = rest.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            return self.fault("G001", "a document without a name", first.span, "which one?");
        }
        if let Some(known) = self.gold.documents.iter().find(|document| document.name == name) {
            let title = format!("the document {name} stands here twice, first in line {}", known.line);
            self.fault("G004", title, whole(rest), "put its lines together");
        }
        self.seen.clear();
        self.gold.documents.push(GoldDocument { name, line, ..GoldDocument::default() });
    }

    fn group(&mut self, words: &[Word]) {
        let list = words.iter().position(|word| word.is("="));
        let (Some(name), Some(2)) = (words.get(1), list) else {
            let label = "a group is a name, an equals sign and its relations: group talks = met-with, spoke-with";
            return self.fault("G001", "a group that cannot be read", whole(words), label);
        };
        let mut members = Vec::new();
        for (word, span) in listed(&words[3..]) {
            match self.rules.relation(&word) {
                Some(relation) => members.push(relation.name.clone()),
                None => self.unknown("relation", &word, span, false),
            }
        }
        if self.rules.relation(&name.text).is_some() {
            let title = format!("the group {} has the name of a relation", name.text);
            return self.fault("G004", title, name.span, "call it something else");
        }
        self.gold.groups.insert(name.text.clone(), members);
    }

    fn partial(&mut self, words: &[Word]) {
        for (word, span) in listed(words) {
            match self.relations(&word) {
                Some(relations) => self.gold.partial.extend(relations),
                None if self.rules.types.find(&word).is_some() => {
                    self.gold.partial.insert(word);
                }
                None => self.unknown("relation or type", &word, span, true),
            }
        }
    }

    fn identity(&mut self, first: &Word, rest: &[Word], line: u32, text: &str) {
        let sides: Vec<Option<Vec<String>>> = rest.split(|word| word.is("|")).map(names).collect();
        match sides.as_slice() {
            [Some(a), Some(b)] if a.len() == 1 && b.len() == 1 => self.gold.identities.push(GoldIdentity {
                same: first.text == "same",
                first: a[0].clone(),
                second: b[0].clone(),
                line,
                text: text.to_owned(),
            }),
            _ => {
                let label = format!("two names with a bar between them: {} Amir Hatami | Hatami", first.text);
                let title = format!("a line of `{}` that cannot be read", first.text);
                self.fault("G001", title, first.span, label);
            }
        }
    }

    fn statement(&mut self, need: Need, line: u32, text: &str, words: &[Word]) {
        let Some(last) = words.last() else { return };
        let span = Span::new(words[0].span.start, last.span.end);
        if self.gold.documents.is_empty() {
            let found = Diagnostic::error("G001", "a statement about no document").label(span, "of which one?");
            return self.faults(found.help("write `document NAME` above it"));
        }
        // The same statement may be required once, and forbidden or allowed once: not both.
        let said = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        if let Some((before, at)) = self.seen.insert(said, (need, span)) {
            let title = if before == need { "a statement that stands here twice" } else { "a contradiction" };
            let found = Diagnostic::error("G004", title).label(span, "here");
            self.faults(found.context(at, "and here"));
        }
        match words.iter().position(|word| word.is(":")) {
            Some(at) => self.entity(need, line, text, words, at),
            None => self.fact(need, line, text, words),
        }
    }

    fn entity(&mut self, need: Need, line: u32, text: &str, words: &[Word], colon: usize) {
        let said = &words[colon + 1..];
        let (Some(names), Some(kind)) = (names(&words[..colon]), said.first()) else {
            let label = "write NAME : TYPE, attribute = value";
            return self.fault("G001", "an entity that lacks its name or type", whole(words), label);
        };
        if need == Need::Forbidden {
            let found = Diagnostic::error("G001", "only relations can be forbidden").label(whole(words), "an entity");
            return self.faults(found.help("leave it out: what a gold does not name is wrong where it is found"));
        }
        let type_name = kind.text.trim_end_matches(',').to_owned();
        if self.rules.types.find(&type_name).is_none() {
            self.unknown("type", &type_name, kind.span, true);
        }
        let mut attributes: Vec<(String, Vec<String>)> = Vec::new();
        for (at, word) in said.iter().enumerate().filter(|(_, word)| word.is("=")) {
            let end = said[at + 1..].iter().position(|word| word.is("=")).map_or(said.len(), |next| at + next);
            let (Some(key), Some(value)) = (said.get(at.wrapping_sub(1)), said.get(at + 1..end)) else { continue };
            let values = super::line::names(value).unwrap_or_default();
            let values: Vec<String> = values.iter().map(|v| v.trim_end_matches(',').to_owned()).collect();
            if values.is_empty() || at < 2 {
                self.fault("G001", "an attribute without a name or value", word.span, "write attribute = value");
            }
            self.attribute(key);
            attributes.push((key.text.clone(), values));
        }
        if attributes.is_empty() && said.len() > 1 {
            let label = "after the type come attributes: , country = …, office = …";
            self.fault("G001", "attributes that cannot be read", whole(&said[1..]), label);
        }
        let entity = GoldEntity { need, names, type_name, attributes, line, text: text.to_owned() };
        if let Some(document) = self.gold.documents.last_mut() {
            document.entities.push(entity);
        }
    }

    fn fact(&mut self, need: Need, line: u32, text: &str, words: &[Word]) {
        let relation = words.iter().enumerate().find_map(|(at, word)| {
            let relations = (!word.quoted).then(|| self.relations(&word.text))??;
            Some((at, relations))
        });
        let Some((at, relations)) = relation else { return self.no_relation(words) };
        let (mut end, mut told) = (words.len(), (Modality::Asserted, Polarity::Positive));
        while end > at + 2 {
            match MODALITIES.iter().find(|(name, _)| words[end - 1].is(name)) {
                Some((_, said)) => told.0 = *said,
                None if words[end - 1].is("negative") => told.1 = Polarity::Negative,
                None => break,
            }
            end -= 1;
        }
        let (Some(sources), Some(targets)) = (names(&words[..at]), names(&words[at + 1..end])) else {
            let label = "write WHO RELATION WHOM; * is anybody";
            return self.fault("G001", "a relation that lacks one of its ends", words[at].span, label);
        };
        let label = words[at].text.clone();
        let fact = GoldFact { need, sources, label, relations, targets, told, line, text: text.to_owned() };
        if let Some(document) = self.gold.documents.last_mut() {
            document.facts.push(fact);
        }
    }

    /// The relations that a word stands for: a relation, a group, or several of them parted by slashes.
    fn relations(&self, word: &str) -> Option<Vec<String>> {
        let mut found = Vec::new();
        for part in word.split('/') {
            match (self.rules.relation(part), self.gold.groups.get(part)) {
                (Some(relation), _) => found.push(relation.name.clone()),
                (None, Some(members)) => found.extend(members.iter().cloned()),
                (None, None) => return None,
            }
        }
        Some(found)
    }

    fn no_relation(&mut self, words: &[Word]) {
        let known = || self.names_of_relations();
        let meant = words.iter().filter(|word| !word.quoted).find_map(|w| Some((w.span, nearest(&w.text, known())?)));
        let found = match meant {
            Some((span, name)) => {
                let help = format!("did you mean `{name}`?");
                Diagnostic::error("G002", "no word of the line is a relation").label(span, "no relation").help(help)
            }
            None => Diagnostic::error("G001", "a line that says nothing known")
                .label(whole(words), "neither WHO RELATION WHOM nor NAME : TYPE")
                .help("`attache rules list` shows the relations and types"),
        };
        self.faults(found);
    }

    fn names_of_relations(&self) -> impl Iterator<Item = &str> + Clone {
        let relations = self.rules.relations.iter().map(|relation| relation.name.as_str());
        relations.chain(self.gold.groups.keys().map(String::as_str))
    }

    fn unknown(&mut self, kind: &str, word: &str, span: Span, types: bool) {
        let mut known: Vec<&str> = self.names_of_relations().collect();
        if types {
            known.extend(self.rules.types.iter().map(|(_, def)| def.name.as_str()));
        }
        let help = nearest(word, known.into_iter()).map(|name| format!("did you mean `{name}`?"));
        let mut found = Diagnostic::error("G002", format!("no {kind} is called `{word}`")).label(span, "not known");
        found.helps.extend(help);
        self.faults(found);
    }

    fn attribute(&mut self, key: &Word) {
        let lists = [&self.rules.identity.distinguishing, &self.rules.identity.roles, &self.rules.identity.nameless];
        let set = self.rules.stages.iter().flat_map(|stage| &stage.rules).flat_map(|rule| &rule.set);
        let mut known: Vec<&str> = lists.into_iter().flatten().map(String::as_str).collect();
        known.extend(set.map(|(name, _)| &**name));
        known.extend(self.rules.refine.iter().flat_map(|refine| refine.set.keys()).map(String::as_str));
        if known.contains(&key.text.as_str()) {
            return;
        }
        let listed = || self.rules.gazetteer.entries().flat_map(|entry| entry.attributes).map(|(name, _)| &**name);
        if listed().any(|name| name == key.text) {
            return;
        }
        let help = nearest(&key.text, known.into_iter()).map(|name| format!("did you mean `{name}`?"));
        let title = format!("no rule gives an attribute `{}`", key.text);
        let mut found = Diagnostic::error("G002", title).label(key.span, "not known");
        found.helps.extend(help);
        self.faults(found);
    }
}

/// Words of a list that is parted by commas, each with its place.
fn listed(words: &[Word]) -> Vec<(String, Span)> {
    let parts = words.iter().flat_map(|word| {
        let mut at = word.span.start;
        word.text
            .split(',')
            .map(|part| {
                let span = Span::new(at, at + part.len() as u32);
                at = span.end + 1;
                (part.to_owned(), span)
            })
            .collect::<Vec<_>>()
    });
    parts.filter(|(part, _)| !part.is_empty()).collect()
}

fn whole(words: &[Word]) -> Span {
    match (words.first(), words.last()) {
        (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
        _ => Span::new(0, 0),
    }
}
