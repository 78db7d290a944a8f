//! Entities that look alike in everything identity looks at, taken as one.
//!
//! A person named in ten thousand documents with the same name, country and office is one profile, so that pairs are
//! counted over distinct profiles and not over mentions.

use std::collections::BTreeMap;

use super::super::fold::Folder;
use super::super::schema::GraphSchema;
use super::{EntityRef, canonical, is_vague};
use crate::extract::{EntityRecord, Fragment};

/// What identity looks at; ordered, and that order decides between equal scores.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Traits {
    /// The broadest type.
    pub root: String,
    /// The name as lower-case words.
    pub plain: String,
    /// Parts of the name, for a personal one; empty for all others.
    pub parts: Vec<String>,
    /// Parts of other full forms of a personal name.
    pub other_forms: Vec<Vec<String>>,
    /// Values of the distinguishing attributes, in the rules' order.
    pub distinguishing: Vec<Option<String>>,
    /// Values of the role attributes, in the rules' order; a vague one counts as missing.
    pub roles: Vec<Option<String>>,
    /// The gazetteer's key.
    pub key: Option<String>,
    /// For a nameless entity: what makes it one with others.
    pub nameless: Option<Nameless>,
    /// Set where nothing but its own document can say who it is: a bare surname without country and office, a nameless
    /// entity without attributes.
    pub only: Option<EntityRef>,
}

/// What two nameless entities must share.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Nameless {
    /// The narrowest type.
    pub type_name: String,
    /// Values of the attributes that count.
    pub values: Vec<Option<String>>,
    /// The name, where one of the values is missing.
    pub name: Option<String>,
    /// The document's date, so that profiles of far dates stay apart.
    pub date: Option<String>,
}

/// Entities with the same traits.
#[derive(Debug, Clone)]
pub(super) struct Profile {
    pub traits: Traits,
    pub members: Vec<EntityRef>,
}

impl Profile {
    /// Whether it has a personal name of one part only.
    pub(super) fn is_surname(&self) -> bool {
        self.traits.nameless.is_none() && self.traits.parts.len() == 1
    }

    /// Whether it has a personal name of several parts.
    pub(super) fn is_full_name(&self) -> bool {
        self.traits.nameless.is_none() && self.traits.parts.len() > 1
    }
}

/// The profiles of all entities that are not events, in the order of their traits.
pub(super) fn profiles(fragments: &[&Fragment], schema: &GraphSchema, folder: Folder<'_>) -> Vec<Profile> {
    let mut found: BTreeMap<Traits, Vec<EntityRef>> = BTreeMap::new();
    for (document, fragment) in (0u32..).zip(fragments) {
        for (number, record) in (0u32..).zip(&fragment.entities) {
            if record.event.is_none() {
                let traits = traits(record, (document, number), fragment, schema, folder);
                found.entry(traits).or_default().push((document, number));
            }
        }
    }
    found.into_iter().map(|(traits, members)| Profile { traits, members }).collect()
}

fn traits(
    record: &EntityRecord,
    at: EntityRef,
    fragment: &Fragment,
    schema: &GraphSchema,
    folder: Folder<'_>,
) -> Traits {
    let rules = &schema.identity;
    let values = |names: &[String], keep_vague: bool| -> Vec<Option<String>> {
        let value = |name: &String| {
            let value = record.attributes.get(name)?;
            let value = canonical(schema, name, value);
            (keep_vague || !is_vague(schema, name, value)).then(|| folder.plain(value))
        };
        names.iter().map(value).collect()
    };
    let root = schema.root(&record.type_name).to_string();
    let personal = record.named && rules.personal.contains(&root);
    let parts = if personal { folder.parts(&record.name) } else { Vec::new() };
    let mut other_forms: Vec<Vec<String>> = if personal {
        record.aliases.iter().map(|alias| folder.parts(alias)).filter(|form| form.len() > 1 && *form != parts).collect()
    } else {
        Vec::new()
    };
    other_forms.sort();
    other_forms.dedup();
    let plain = folder.plain(&record.name);
    let distinguishing = values(&rules.distinguishing, true);
    let roles = values(&rules.roles, false);
    let nameless = (!record.named).then(|| {
        let values = values(&rules.nameless, true);
        let name = values.iter().any(Option::is_none).then(|| plain.clone());
        Nameless { type_name: record.type_name.clone(), values, name, date: fragment.document.date.clone() }
    });
    let alone = match &nameless {
        Some(nameless) => nameless.values.iter().all(Option::is_none),
        None => {
            parts.len() == 1
                && !(distinguishing.first().is_some_and(Option::is_some) && roles.iter().any(Option::is_some))
        }
    };
    let only = (alone && record.key.is_none()).then_some(at);
    Traits { root, plain, parts, other_forms, distinguishing, roles, key: record.key.clone(), nameless, only }
}
