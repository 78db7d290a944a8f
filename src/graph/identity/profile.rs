//! Entities that look alike in everything identity looks at, taken as one.
//!
//! A person named in ten thousand documents with the same name, country and office is one profile, so that pairs are
//! counted over distinct profiles and not over mentions.

use std::collections::BTreeMap;

use super::super::fold::Folder;
use super::super::schema::{GraphSchema, TenureRules};
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
    /// Parts of other full forms of a personal name, those that the pack lists for it among them.
    pub other_forms: Vec<Vec<String>>,
    /// Whether a personal name may begin with the family name.
    pub family_first: bool,
    /// Values of the distinguishing attributes, in the rules' order.
    pub distinguishing: Vec<Option<String>>,
    /// Values of the role attributes, in the rules' order; a vague one counts as missing.
    pub roles: Vec<Option<String>>,
    /// The gazetteer's key.
    pub key: Option<String>,
    /// For a nameless entity: what makes it one with others.
    pub nameless: Option<Nameless>,
    /// For a bare surname: the year of its document, so that namesakes of far times stay apart.
    pub year: Option<i16>,
    /// Set where nothing but its own document can say who it is: a bare surname without country and office, a nameless
    /// entity without attributes.
    pub only: Option<EntityRef>,
}

impl Traits {
    /// The parts of each form of a personal name that has several.
    pub(super) fn full_forms(&self) -> impl Iterator<Item = &Vec<String>> {
        std::iter::once(&self.parts).chain(&self.other_forms).filter(|form| form.len() > 1)
    }

    /// What a bare surname may be of it: the last part, and where the family name may come first, the first one.
    pub(super) fn family_names(&self) -> impl Iterator<Item = &String> {
        self.full_forms().flat_map(|form| form.last().into_iter().chain(form.first().filter(|_| self.family_first)))
    }
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

    /// Whether a personal name of several parts is known of it.
    pub(super) fn has_full_name(&self) -> bool {
        self.traits.nameless.is_none() && self.traits.full_forms().next().is_some()
    }
}

/// The profiles of all entities that are not events, in the order of their traits.
pub(super) fn profiles(fragments: &[&Fragment], schema: &GraphSchema, folder: Folder<'_>) -> Vec<Profile> {
    let listed = Listed::new(schema, folder);
    let mut found: BTreeMap<Traits, Vec<EntityRef>> = BTreeMap::new();
    for (document, fragment) in (0u32..).zip(fragments) {
        for (number, record) in (0u32..).zip(&fragment.entities) {
            if record.event.is_none() {
                let traits = traits(record, (document, number), fragment, schema, folder, &listed);
                found.entry(traits).or_default().push((document, number));
            }
        }
    }
    found.into_iter().map(|(traits, members)| Profile { traits, members }).collect()
}

/// Whether an entity holds its office when it is spoken of, as far as the text tells.
pub(in crate::graph) fn is_held(attributes: &BTreeMap<String, String>, rules: &TenureRules) -> bool {
    let status = attributes.get(&rules.attribute);
    let mut not_now = rules.past.iter().chain(&rules.future);
    status.is_none_or(|status| !not_now.any(|other| other.eq_ignore_ascii_case(status)))
}

/// The groups of names that the pack lists as one, by each of their names.
struct Listed<'a> {
    groups: BTreeMap<String, &'a [String]>,
}

impl<'a> Listed<'a> {
    fn new(schema: &'a GraphSchema, folder: Folder<'_>) -> Self {
        let groups = schema.identity.same.iter();
        Listed { groups: groups.flat_map(|g| g.iter().map(|name| (folder.plain(name), g.as_slice()))).collect() }
    }

    /// The names that are listed with any of these.
    fn with<'b>(
        &self,
        names: impl Iterator<Item = &'b String>,
        folder: Folder<'_>,
    ) -> impl Iterator<Item = &'a String> {
        let found: Vec<&'a [String]> = names.filter_map(|name| self.groups.get(&folder.plain(name)).copied()).collect();
        found.into_iter().flatten()
    }
}

fn traits(
    record: &EntityRecord,
    at: EntityRef,
    fragment: &Fragment,
    schema: &GraphSchema,
    folder: Folder<'_>,
    listed: &Listed<'_>,
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
        let listed = listed.with(std::iter::once(&record.name).chain(&record.key), folder);
        let forms = record.aliases.iter().chain(listed).map(|form| folder.parts(form));
        forms.filter(|form| form.len() > 1 && *form != parts).collect()
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
        // Former holders of an office are many.
        Some(nameless) => nameless.values.iter().all(Option::is_none) || !is_held(&record.attributes, &rules.tenure),
        None => {
            parts.len() == 1
                && !(distinguishing.first().is_some_and(Option::is_some) && roles.iter().any(Option::is_some))
        }
    };
    let only = (alone && record.key.is_none()).then_some(at);
    let date = fragment.document.date.as_deref();
    let year = if parts.len() == 1 { date.and_then(|date| date.get(..4)?.parse().ok()) } else { None };
    let country = rules.distinguishing.first().and_then(|name| record.attributes.get(name));
    let family_first = personal && country.is_some_and(|country| rules.family_first.contains(country));
    let key = record.key.clone();
    Traits { root, plain, parts, other_forms, family_first, distinguishing, roles, key, nameless, year, only }
}
