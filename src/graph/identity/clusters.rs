//! Clusters of profiles that grow pair by pair and refuse what contradicts them.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use super::super::fold::Folder;
use super::super::schema::IdentityRules;
use super::EntityRef;
use super::profile::{Profile, Traits};
use super::reason::{Reason, Refusal};

/// A union-find forest (Tarjan 1975) whose roots know what their cluster holds.
pub(super) struct Clusters<'a> {
    profiles: &'a [Profile],
    folder: Folder<'a>,
    parent: Vec<usize>,
    facts: Vec<Facts>,
    never: FxHashSet<(String, String)>,
    distinguishing: &'a [String],
    log: Option<Vec<Step>>,
}

/// A pair of profiles that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Step {
    pub first: usize,
    pub second: usize,
    /// What speaks for their being one; none where only their names were alike.
    pub reason: Option<Reason>,
    /// What spoke against it; none where they are one.
    pub refusal: Option<Refusal>,
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
    pub(super) fn new(profiles: &'a [Profile], rules: &'a IdentityRules, folder: Folder<'a>) -> Self {
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
            distinguishing: &rules.distinguishing,
            log: None,
        }
    }

    /// Keeps what is decided, and why.
    pub(super) fn logged(mut self) -> Self {
        self.log = Some(Vec::new());
        self
    }

    /// Whether decisions are kept.
    pub(super) fn is_logged(&self) -> bool {
        self.log.is_some()
    }

    /// Keeps a decision against a pair.
    pub(super) fn refuse(&mut self, first: usize, second: usize, reason: Option<Reason>, refusal: Refusal) {
        self.decided(first, second, reason, Some(refusal));
    }

    fn decided(&mut self, first: usize, second: usize, reason: Option<Reason>, refusal: Option<Refusal>) {
        if let Some(log) = &mut self.log {
            log.push(Step { first, second, reason, refusal });
        }
    }

    /// What was decided, where it was kept.
    pub(super) fn take_log(&mut self) -> Vec<Step> {
        self.log.take().unwrap_or_default()
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
    pub(super) fn join(&mut self, a: usize, b: usize, reason: Reason) {
        self.decided(a, b, Some(reason), None);
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
    pub(super) fn try_join(&mut self, a: usize, b: usize, reason: Reason) {
        match self.conflict(a, b) {
            None => self.join(a, b, reason),
            Some(refusal) => self.refuse(a, b, Some(reason), refusal),
        }
    }

    /// Why two clusters cannot be one: two values of a distinguishing attribute, two keys, two names that the pack keeps
    /// apart or that do not agree, or two offices without anything that ties them.
    pub(super) fn conflict(&mut self, a: usize, b: usize) -> Option<Refusal> {
        let (a, b) = (self.find(a), self.find(b));
        if a == b {
            return None;
        }
        let (left, right) = (&self.facts[a], &self.facts[b]);
        let contradicts =
            |(x, y): (&BTreeSet<String>, &BTreeSet<String>)| !x.is_empty() && !y.is_empty() && x.is_disjoint(y);
        if let Some(at) = left.distinguishing.iter().zip(&right.distinguishing).position(contradicts) {
            let shown = |values: &BTreeSet<String>| values.iter().cloned().collect::<Vec<_>>().join(", ");
            return Some(Refusal::Attribute {
                name: self.distinguishing.get(at).cloned().unwrap_or_default(),
                first: shown(&left.distinguishing[at]),
                second: shown(&right.distinguishing[at]),
            });
        }
        if contradicts((&left.keys, &right.keys)) {
            return Some(Refusal::Keys);
        }
        let known = !left.keys.is_empty() || !right.keys.is_empty();
        let apart = |&x: &usize| right.profiles.iter().find_map(|&y| self.names_conflict(x, y, known));
        if let Some(refusal) = left.profiles.iter().find_map(apart) {
            return Some(refusal);
        }
        // People change office; but two who share nothing but a name of two parts and hold different offices are two.
        let share = |(x, y): (&BTreeSet<String>, &BTreeSet<String>)| !x.is_disjoint(y);
        let tied = left.distinguishing.iter().zip(&right.distinguishing).take(1).any(share)
            || left.roles.iter().zip(&right.roles).any(share);
        let mut both = left.profiles.iter().chain(&right.profiles).map(|&at| self.profiles[at].traits.parts.len());
        let short = both.all(|parts| (1..3).contains(&parts));
        let offices = left.roles.iter().zip(&right.roles).any(contradicts);
        (offices && !tied && short && !known).then_some(Refusal::Offices)
    }

    fn names_conflict(&self, a: usize, b: usize, known: bool) -> Option<Refusal> {
        let (a, b) = (&self.profiles[a].traits, &self.profiles[b].traits);
        if self.never.contains(&(a.plain.clone(), b.plain.clone())) {
            return Some(Refusal::Listed(a.plain.clone(), b.plain.clone()));
        }
        // Where a gazetteer knows the person, names need not agree: pen names and noms de guerre are in its list.
        let apart = !known && !a.parts.is_empty() && !b.parts.is_empty() && !forms_agree(self.folder, a, b);
        apart.then(|| Refusal::Names(a.plain.clone(), b.plain.clone()))
    }

    /// The clusters as entities.
    pub(super) fn into_members(mut self, profiles: &'a [Profile]) -> Vec<Vec<EntityRef>> {
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

fn forms_agree(folder: Folder<'_>, a: &Traits, b: &Traits) -> bool {
    let forms = |traits: &Traits| -> Vec<Vec<String>> {
        std::iter::once(&traits.parts).chain(&traits.other_forms).cloned().collect()
    };
    // A bare family name may be the first part of the other.
    let family = |bare: &Traits, full: &Traits| match bare.parts.as_slice() {
        [only] => full.family_names().any(|name| folder.part_cost(only, name).is_some()),
        _ => false,
    };
    let right = forms(b);
    forms(a).iter().any(|x| right.iter().any(|y| folder.agreement(x, y).is_some())) || family(a, b) || family(b, a)
}
