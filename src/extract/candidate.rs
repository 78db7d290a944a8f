//! What may become a mention: a name that a gazetteer knows, or what a name rule composed.
//!
//! A sentence has many times more candidates than mentions, most of them building blocks, so a known name is the number of
//! its entry until it is needed as a mention.

use crate::document::Document;
use crate::pattern::TypeId;
use crate::rules::RuleSet;

use super::mention::{Mention, Part};

/// A candidate for a mention.
#[derive(Debug)]
pub struct Candidate {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
    /// Its type.
    pub type_id: TypeId,
    /// 0 noun, 1 adjective.
    pub form: u8,
    origin: Origin,
}

#[derive(Debug)]
enum Origin {
    /// The number of an entry of the gazetteer.
    Known(u32),
    Made(Box<Mention>),
}

impl Candidate {
    /// The tokens from `start` to `end` as a way to write an entry of the gazetteer.
    pub fn known(rules: &RuleSet, entry: u32, form: u8, start: u32, end: u32) -> Self {
        Self { start, end, type_id: rules.gazetteer.entry(entry).type_id, form, origin: Origin::Known(entry) }
    }

    /// What a rule composed.
    pub fn made(mention: Mention) -> Self {
        Self {
            start: mention.start,
            end: mention.end,
            type_id: mention.type_id,
            form: mention.form,
            origin: Origin::Made(mention.into()),
        }
    }

    /// The gazetteer entry it stands for, if it is one entity wherever it stands.
    pub fn entry(&self, rules: &RuleSet) -> Option<u32> {
        match &self.origin {
            Origin::Known(entry) => Some(*entry).filter(|entry| rules.gazetteer.entry(*entry).entity),
            Origin::Made(mention) => mention.entry,
        }
    }

    /// What it is called.
    pub fn value<'a>(&'a self, document: &'a Document, rules: &'a RuleSet) -> &'a str {
        match &self.origin {
            Origin::Known(entry) => {
                let entry = rules.gazetteer.entry(*entry);
                if entry.entity || !rules.types.get(entry.type_id).node {
                    entry.name
                } else {
                    document.span(self.start..self.end).slice(document.text())
                }
            }
            Origin::Made(mention) => &mention.value,
        }
    }

    /// Names and values of its attributes.
    pub fn attributes<'a>(&'a self, rules: &'a RuleSet) -> impl Iterator<Item = (&'a str, &'a str)> {
        let (known, made) = match &self.origin {
            Origin::Known(entry) => (rules.gazetteer.entry(*entry).attributes, &[][..]),
            Origin::Made(mention) => (&[][..], &mention.attributes[..]),
        };
        let known = known.iter().map(|(name, value)| (&**name, &**value));
        known.chain(made.iter().map(|(name, value)| (&**name, value.as_str())))
    }

    /// An attribute's value.
    pub fn attribute<'a>(&'a self, name: &str, rules: &'a RuleSet) -> Option<&'a str> {
        self.attributes(rules).find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// Mentions it was composed of that tell relations.
    pub fn parts(&self) -> &[Part] {
        match &self.origin {
            Origin::Known(_) => &[],
            Origin::Made(mention) => &mention.parts,
        }
    }

    /// Tokens of the name proper, without titles.
    pub fn name(&self) -> (u32, u32) {
        match &self.origin {
            Origin::Known(_) => (self.start, self.end),
            Origin::Made(mention) => mention.name,
        }
    }

    /// All tokens that its rule read.
    pub fn read(&self) -> (u32, u32) {
        match &self.origin {
            Origin::Known(_) => (self.start, self.end),
            Origin::Made(mention) => mention.read,
        }
    }

    /// The mention it makes in a sentence of that number.
    pub fn mention(&self, document: &Document, rules: &RuleSet, sentence: u32) -> Mention {
        let entry = match &self.origin {
            Origin::Made(mention) => return (**mention).clone(),
            Origin::Known(entry) => rules.gazetteer.entry(*entry),
        };
        Mention {
            start: self.start,
            end: self.end,
            head: self.end - 1,
            name: (self.start, self.end),
            type_id: self.type_id,
            form: self.form,
            nominal: entry.nominal,
            pronoun: false,
            rule: rules.types.get(self.type_id).name.to_lowercase().into(),
            entry: self.entry(rules),
            value: self.value(document, rules).to_owned(),
            attributes: entry.attributes.iter().map(|(k, v)| (k.clone(), v.to_string())).collect(),
            alias: None,
            sentence,
            read: (self.start, self.end),
            parts: Vec::new(),
        }
    }
}
