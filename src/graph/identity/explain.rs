//! Who became whom and why, in the words of the entities themselves.

use std::collections::BTreeSet;

use super::super::build::distinct;
use super::super::fold::Folder;
use super::super::schema::GraphSchema;
use super::clusters::{Clusters, Step};
use super::profile::{Profile, profiles};
use super::reason::{Reason, Refusal};
use super::{EntityRef, join};
use crate::extract::Fragment;

/// Entities that look alike in everything that identity looks at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Party {
    /// Its name, or the description of somebody without one.
    pub name: String,
    /// The narrowest type.
    pub type_name: String,
    /// What identity knows of it: attributes and values.
    pub attributes: Vec<(String, String)>,
    /// The gazetteer's key.
    pub key: Option<String>,
    /// Ids of the documents that have it, with its number there, sorted.
    pub members: Vec<(String, u32)>,
}

/// A pair that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MergeStep {
    /// The number of one of the parties.
    pub first: usize,
    /// The number of the other.
    pub second: usize,
    /// What speaks for their being one; none where their names were alike and nothing more.
    pub reason: Option<Reason>,
    /// Why they are not; none where they are.
    pub refusal: Option<Refusal>,
}

/// Every decision about who is who.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merges {
    /// Who was looked at.
    pub parties: Vec<Party>,
    /// Which parties became one, each group sorted.
    pub groups: Vec<Vec<usize>>,
    /// The decisions, those that put parties together first; a pair is there once a reason.
    pub steps: Vec<MergeStep>,
}

impl Merges {
    /// The group that an entity of a document belongs to.
    pub fn group_of(&self, document: &str, entity: u32) -> Option<&[usize]> {
        let is = |party: &Party| party.members.iter().any(|(doc, number)| doc == document && *number == entity);
        let party = self.parties.iter().position(is)?;
        self.groups.iter().find(|group| group.contains(&party)).map(Vec::as_slice)
    }

    /// The decisions that made a group one.
    pub fn joined(&self, group: &[usize]) -> impl Iterator<Item = &MergeStep> {
        let within = |step: &&MergeStep| group.contains(&step.first) && group.contains(&step.second);
        self.steps.iter().filter(|step| step.refusal.is_none()).filter(within)
    }

    /// The decisions that kept others out of a group, the member of the group first.
    pub fn kept_apart(&self, group: &[usize]) -> Vec<MergeStep> {
        let turned = |step: &MergeStep| {
            let (first, second) = (group.contains(&step.first), group.contains(&step.second));
            match (first, second) {
                (true, false) => Some(step.clone()),
                (false, true) => {
                    let refusal = step.refusal.clone().map(Refusal::turned);
                    Some(MergeStep { first: step.second, second: step.first, refusal, ..step.clone() })
                }
                _ => None,
            }
        };
        self.steps.iter().filter(|step| step.refusal.is_some()).filter_map(turned).collect()
    }
}

/// Decides who is who as the graph of these fragments does, and keeps why.
pub fn explain(fragments: &[Fragment], schema: &GraphSchema) -> Merges {
    let fragments = distinct(fragments);
    let folder = Folder::new(&schema.identity);
    let profiles = profiles(&fragments, schema, folder);
    let mut clusters = Clusters::new(&profiles, &schema.identity, folder).logged();
    join(&fragments, &profiles, schema, &mut clusters);
    let steps: BTreeSet<Step> = clusters.take_log().into_iter().collect();
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); profiles.len()];
    for at in 0..profiles.len() {
        groups[clusters.find(at)].push(at);
    }
    groups.retain(|group| !group.is_empty());
    let mut steps: Vec<MergeStep> = steps
        .into_iter()
        .map(|Step { first, second, reason, refusal }| MergeStep { first, second, reason, refusal })
        .collect();
    steps.sort_by(|a, b| (a.refusal.is_some(), a).cmp(&(b.refusal.is_some(), b)));
    Merges { parties: profiles.iter().map(|profile| party(profile, &fragments, schema)).collect(), groups, steps }
}

fn party(profile: &Profile, fragments: &[&Fragment], schema: &GraphSchema) -> Party {
    let record = |&(document, number): &EntityRef| &fragments[document as usize].entities[number as usize];
    let rules = &schema.identity;
    let mut names: Vec<&String> = rules.distinguishing.iter().chain(&rules.roles).collect();
    names.extend(Some(&rules.tenure.attribute).filter(|name| !name.is_empty()));
    // All members look alike in what counts; the first one speaks for them.
    let first = profile.members.first().map(record);
    let value = |name: &&String| Some(((*name).clone(), first?.attributes.get(*name)?.clone()));
    let of = |&(document, number): &EntityRef| (fragments[document as usize].document.id.clone(), number);
    Party {
        name: first.map(|record| record.name.clone()).unwrap_or_default(),
        type_name: first.map(|record| record.type_name.clone()).unwrap_or_default(),
        attributes: names.iter().filter_map(value).collect(),
        key: profile.traits.key.clone(),
        members: profile.members.iter().map(of).collect(),
    }
}
