//! Clusters of profiles that grow pair by pair and refuse what contradicts them.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use super::super::fold::Folder;
use super::super::schema::IdentityRules;
use super::EntityRef;
use super::profile::Profile;

/// A union-find forest (Tarjan 1975) whose roots know what their cluster holds.
pub(super) struct Clusters<'a> {
    profiles: &'a [Profile],
    folder: Folder<'a>,
    parent: Vec<usize>,
    facts: Vec<Facts>,
    never: FxHashSet<(String, String)>,
}

/// What a cluster holds.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    /// Profiles, sorted.
    pub profiles: Vec<usize>,
    /// Values by distinguishing attribute.
    pub distinguishing: Vec<BTreeSet<String>>,
    /// Values by role attribute.
    pub roles: Vec<BTreeSet<String>>,
    /// Gazetteer keys.
    pub keys: BTreeSet<String>,
}

impl<'a> Clusters<'a> {
    /// Every profile by itself.
    pub(super) fn new(profiles: &'a [Profile], rules: &IdentityRules, folder: Folder<'a>) -> Self {
        let set = |values: &[Option<String>]| values.iter().map(|value| value.iter().cloned().collect()).collect();
        let facts = profiles.iter().enumerate().map(|(at, profile)| Facts {
            profiles: vec![at],
            distinguishing: set(&profile.traits.distinguishing),
            roles: set(&profile.traits.roles),
            keys: profile.traits.key.iter().cloned().collect(),
        });
        let pair = |(a, b): &(String, String)| [(folder.plain(a), folder.plain(b)), (folder.plain(b), folder.plain(a))];
        Clusters {
            profiles,
            folder,
            parent: (0..profiles.len()).collect(),
            facts: facts.collect(),
            never: rules.never_same.iter().flat_map(pair).collect(),
        }
    }

    /// The profile that stands for the cluster of a profile.
    pub(super) fn find(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    /// What the cluster of a profile holds.
    pub(super) fn facts(&mut self, at: usize) -> &Facts {
        let root = self.find(at);
        &self.facts[root]
    }

    /// Puts two clusters together whatever they hold.
    pub(super) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        if a == b {
            return;
        }
        let (keep, gone) = (a.min(b), a.max(b));
        self.parent[gone] = keep;
        let facts = std::mem::take(&mut self.facts[gone]);
        let kept = &mut self.facts[keep];
        kept.profiles.extend(facts.profiles);
        kept.profiles.sort_unstable();
        for (into, from) in kept.distinguishing.iter_mut().zip(facts.distinguishing) {
            into.extend(from);
        }
        for (into, from) in kept.roles.iter_mut().zip(facts.roles) {
            into.extend(from);
        }
        kept.keys.extend(facts.keys);
    }

    /// Puts two clusters together unless something speaks against it.
    pub(super) fn try_join(&mut self, a: usize, b: usize) {
        if !self.conflict(a, b) {
            self.join(a, b);
        }
    }

    /// Whether two clusters cannot be one: two values of a distinguishing attribute, two keys, or two names that the pack
    /// keeps apart or that do not agree.
    pub(super) fn conflict(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.find(a), self.find(b));
        if a == b {
            return false;
        }
        let (left, right) = (&self.facts[a], &self.facts[b]);
        let contradicts =
            |(x, y): (&BTreeSet<String>, &BTreeSet<String>)| !x.is_empty() && !y.is_empty() && x.is_disjoint(y);
        if left.distinguishing.iter().zip(&right.distinguishing).any(contradicts)
            || contradicts((&left.keys, &right.keys))
        {
            return true;
        }
        let known = !left.keys.is_empty() || !right.keys.is_empty();
        left.profiles.iter().any(|&x| right.profiles.iter().any(|&y| self.names_conflict(x, y, known)))
    }

    fn names_conflict(&self, a: usize, b: usize, known: bool) -> bool {
        let (a, b) = (&self.profiles[a].traits, &self.profiles[b].traits);
        if self.never.contains(&(a.plain.clone(), b.plain.clone())) {
            return true;
        }
        // Where a gazetteer knows the person, names need not agree: pen names and noms de guerre are in its list.
        !known && !a.parts.is_empty() && !b.parts.is_empty() && !forms_agree(self.folder, a, b)
    }

    /// The clusters as entities.
    pub(super) fn into_members(mut self, profiles: &[Profile]) -> Vec<Vec<EntityRef>> {
        let mut members: Vec<Vec<EntityRef>> = vec![Vec::new(); profiles.len()];
        for (at, profile) in profiles.iter().enumerate() {
            let root = self.find(at);
            members[root].extend(&profile.members);
        }
        members.retain(|cluster| !cluster.is_empty());
        members.iter_mut().for_each(|cluster| cluster.sort_unstable());
        members.sort_unstable();
        members
    }
}

fn forms_agree(folder: Folder<'_>, a: &super::profile::Traits, b: &super::profile::Traits) -> bool {
    let forms = |traits: &'_ super::profile::Traits| -> Vec<Vec<String>> {
        std::iter::once(&traits.parts).chain(&traits.other_forms).cloned().collect()
    };
    let right = forms(b);
    forms(a).iter().any(|x| right.iter().any(|y| folder.agreement(x, y).is_some()))
}
