//! Who is who across documents: every entity of every document gets a cluster, one cluster a node.
//!
//! Four steps, each surer than the next: gazetteer keys and the pack's `same` lists; nameless roles by their attributes;
//! whole names of organisations and places, and personal names part by part; at last bare surnames, which join a full name
//! only where exactly one fits. A cluster is grown pair by pair, surest pair first, and a pair is refused when it would put
//! two countries, two keys or two names that do not agree into one cluster. Every choice is made on sorted data, so that
//! the outcome depends on the set of documents and not on their order. Pairs are looked for among names that share
//! consonants, which keeps the work near linear.

mod clusters;
mod nameless;
mod names;
mod people;
mod profile;

use super::fold::Folder;
use super::schema::GraphSchema;
use crate::extract::Fragment;
use clusters::Clusters;

/// An entity: the position of its document among the sorted ones, and its number there.
pub(super) type EntityRef = (u32, u32);

/// Clusters of the entities that are not events, each sorted, the clusters by their first member.
pub(super) fn resolve(fragments: &[&Fragment], schema: &GraphSchema) -> Vec<Vec<EntityRef>> {
    let folder = Folder::new(&schema.identity);
    let profiles = profile::profiles(fragments, schema, folder);
    let mut clusters = Clusters::new(&profiles, &schema.identity, folder);
    names::join_by_key(&profiles, &mut clusters);
    names::join_listed(&profiles, &schema.identity, folder, &mut clusters);
    nameless::join(fragments, &profiles, &mut clusters);
    names::join_whole(&profiles, &mut clusters);
    people::join_full_names(&profiles, folder, &mut clusters);
    people::join_surnames(&profiles, folder, &mut clusters);
    clusters.into_members(&profiles)
}

/// The value that stands for an attribute's value among its equivalents.
pub(super) fn canonical<'a>(schema: &'a GraphSchema, attribute: &str, value: &'a str) -> &'a str {
    let groups = schema.identity.equivalent.get(attribute).map_or(&[][..], Vec::as_slice);
    groups
        .iter()
        .find(|group| group.iter().any(|other| other.eq_ignore_ascii_case(value)))
        .and_then(|group| group.first())
        .map_or(value, String::as_str)
}

/// Whether a value says too little to contradict another.
pub(super) fn is_vague(schema: &GraphSchema, attribute: &str, value: &str) -> bool {
    schema
        .identity
        .vague
        .get(attribute)
        .is_some_and(|values| values.iter().any(|other| other.eq_ignore_ascii_case(value)))
}
