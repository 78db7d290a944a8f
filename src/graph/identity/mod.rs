//! Who is who across documents: every entity of every document gets a cluster, one cluster a node.
//!
//! Four steps, each surer than the next: gazetteer keys and the pack's `same` lists; whole names of organisations and
//! places, and personal names part by part; bare surnames, which join a full name only where exactly one fits; at last
//! nameless roles by their attributes and the time. A cluster is grown pair by pair, surest pair first, and a pair is refused when it would put
//! two countries, two keys or two names that do not agree into one cluster. Every choice is made on sorted data, so that
//! the outcome depends on the set of documents and not on their order. Pairs are looked for among names that share
//! consonants, which keeps the work near linear. [`explain`] does the same and says why.

mod clusters;
mod explain;
mod nameless;
mod names;
mod people;
mod profile;
mod reason;
mod surnames;

use super::fold::Folder;
use super::schema::GraphSchema;
use crate::extract::Fragment;
use clusters::Clusters;

pub use explain::{MergeStep, Merges, Party, explain};
pub(super) use profile::is_held;
pub use reason::{Reason, Refusal};

/// An entity: the position of its document among the sorted ones, and its number there.
pub(super) type EntityRef = (u32, u32);

/// Clusters of the entities that are not events, each sorted, the clusters by their first member.
pub(super) fn resolve(fragments: &[&Fragment], schema: &GraphSchema) -> Vec<Vec<EntityRef>> {
    let folder = Folder::new(&schema.identity);
    let profiles = profile::profiles(fragments, schema, folder);
    let mut clusters = Clusters::new(&profiles, &schema.identity, folder);
    join(fragments, &profiles, schema, &mut clusters);
    clusters.into_members(&profiles)
}

/// Puts together what is one, the surest first.
fn join(fragments: &[&Fragment], profiles: &[profile::Profile], schema: &GraphSchema, clusters: &mut Clusters<'_>) {
    let (rules, folder) = (&schema.identity, Folder::new(&schema.identity));
    names::join_by_key(profiles, clusters);
    names::join_listed(profiles, rules, folder, clusters);
    names::join_whole(profiles, clusters);
    people::join_full_names(profiles, folder, clusters);
    surnames::join_surnames(profiles, folder, clusters);
    nameless::join(fragments, profiles, rules, clusters);
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
