//! Mentions: stretches of text that refer to something.

use std::sync::Arc;

use crate::pattern::TypeId;

/// A stretch of tokens that refers to something.
#[derive(Debug, Clone)]
pub struct Mention {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
    /// The token that heads it.
    pub head: u32,
    /// Tokens of the name proper, without titles.
    pub name: (u32, u32),
    /// Its type.
    pub type_id: TypeId,
    /// 0 noun, 1 adjective.
    pub form: u8,
    /// Whether it describes instead of naming.
    pub nominal: bool,
    /// Whether it is a pronoun.
    pub pronoun: bool,
    /// Id of the rule or gazetteer that made it.
    pub rule: Arc<str>,
    /// The gazetteer entry it stands for, if it is one entity wherever it stands.
    pub entry: Option<u32>,
    /// What it is called, canonical where known.
    pub value: String,
    /// Attributes.
    pub attributes: Vec<(Box<str>, String)>,
    /// Another name that the text gives it here.
    pub alias: Option<String>,
    /// Number of its sentence.
    pub sentence: u32,
    /// All tokens that its rule read: more than its own where the rule made several.
    pub read: (u32, u32),
    /// Mentions it was composed of that tell relations.
    pub parts: Vec<Part>,
}

/// A mention inside of another that a rule bound by a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The role.
    pub role: Arc<str>,
    /// Its number in the lattice of its sentence.
    pub id: u32,
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
}

impl Mention {
    /// An attribute's value.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(k, _)| &**k == name).map(|(_, v)| v.as_str())
    }

    /// Sets an attribute, replacing an earlier value.
    pub fn set(&mut self, name: &str, value: String) {
        match self.attributes.iter_mut().find(|(k, _)| &**k == name) {
            Some((_, v)) => *v = value,
            None => self.attributes.push((name.into(), value)),
        }
    }

    /// Whether it covers the other.
    pub fn covers(&self, other: &Mention) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// The type that name rules give to a name of which nothing else is known. Packs define it as `node = false`.
pub const UNKNOWN: &str = "Unknown";

/// One space between words, none at the ends.
pub fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
