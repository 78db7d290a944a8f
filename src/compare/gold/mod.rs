//! What a reader finds in documents, written by hand: the gold that an extraction is measured against.
//!
//! A gold is a plain text, one statement a line, in the words of the rules: who is there and of which type, who did what
//! to whom and how it is told, what must not come out, and who is the same across documents. [`read`] makes a [`Gold`] of
//! it or says what is wrong with it; [`draft`] writes one from a graph, to be corrected. The form is described in
//! `docs/evaluation.md`.

mod draft;
mod line;
mod read;

use std::collections::{BTreeMap, BTreeSet};

use crate::extract::{Modality, Polarity};

pub use draft::draft;
pub use read::read;

/// What a gold says of all its documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gold {
    /// The documents, in the order of the file.
    pub documents: Vec<GoldDocument>,
    /// Relations that count as one, by the name of the group.
    pub groups: BTreeMap<String, Vec<String>>,
    /// Types and relations, groups resolved, of which the gold does not name all that is right.
    pub partial: BTreeSet<String>,
    /// Who is one across the documents, and who is not.
    pub identities: Vec<GoldIdentity>,
}

/// What a gold says of one document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GoldDocument {
    /// Its name: the id, or the end of the id, of one that is read.
    pub name: String,
    /// The line that names it, from 1.
    pub line: u32,
    /// Who is there.
    pub entities: Vec<GoldEntity>,
    /// What is told.
    pub facts: Vec<GoldFact>,
}

/// What becomes of a statement that is found, and of one that is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// It must be found.
    Required,
    /// It must not be told as a fact.
    Forbidden,
    /// It is right, and not missed.
    Allowed,
}

/// Somebody or something that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldEntity {
    /// Required or allowed.
    pub need: Need,
    /// Its names, any of which will do.
    pub names: Vec<String>,
    /// The type, or a broader one than it has to be found with.
    pub type_name: String,
    /// Attributes, each with the values of which any will do.
    pub attributes: Vec<(String, Vec<String>)>,
    /// The line, from 1.
    pub line: u32,
    /// The line as written.
    pub text: String,
}

/// A relation that is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldFact {
    /// Required, forbidden or allowed.
    pub need: Need,
    /// Names of who, any of which will do; `*` is anybody.
    pub sources: Vec<String>,
    /// The relation or group as written, under which it is counted.
    pub label: String,
    /// The relations that will do.
    pub relations: Vec<String>,
    /// Names of whom, any of which will do; `*` is anybody.
    pub targets: Vec<String>,
    /// How it is told.
    pub told: (Modality, Polarity),
    /// The line, from 1.
    pub line: u32,
    /// The line as written.
    pub text: String,
}

/// Two names across documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldIdentity {
    /// Whether the two are one.
    pub same: bool,
    /// One name.
    pub first: String,
    /// The other.
    pub second: String,
    /// The line, from 1.
    pub line: u32,
    /// The line as written.
    pub text: String,
}

impl GoldFact {
    /// Whether it is told as a fact.
    pub fn is_asserted(&self) -> bool {
        self.told == (Modality::Asserted, Polarity::Positive)
    }
}

impl Gold {
    /// Types for which the gold names all that is there.
    pub fn complete_types(&self) -> BTreeSet<&str> {
        let named = self.documents.iter().flat_map(|document| &document.entities);
        named.map(|entity| entity.type_name.as_str()).filter(|name| !self.partial.contains(*name)).collect()
    }

    /// Relations for which the gold names all that is told as a fact.
    pub fn complete_relations(&self) -> BTreeSet<&str> {
        let named = self.documents.iter().flat_map(|document| &document.facts);
        named.flat_map(|f| &f.relations).map(String::as_str).filter(|name| !self.partial.contains(*name)).collect()
    }

    /// The group that counts a relation, or the relation itself.
    pub fn label<'a>(&'a self, relation: &'a str) -> &'a str {
        let group = self.groups.iter().find(|(_, members)| members.iter().any(|member| member == relation));
        group.map_or(relation, |(name, _)| name)
    }
}
