//! Bare surnames: to the one full name they can mean, or else to each other.

use std::collections::{BTreeMap, BTreeSet};

use super::super::fold::Folder;
use super::clusters::{Clusters, Facts};
use super::profile::{Profile, Traits};
use super::reason::{Reason, Refusal};

/// Years between two who are known by surname, country and office alone, within which they are taken to be one.
const SAME_SURNAME: i16 = 10;

/// Joins bare surnames: to the one full name they can mean, or else to each other where country and office agree.
pub(super) fn join_surnames(profiles: &[Profile], folder: Folder<'_>, clusters: &mut Clusters<'_>) {
    let mut by_surname: BTreeMap<(&str, String), BTreeSet<usize>> = BTreeMap::new();
    for (at, profile) in profiles.iter().enumerate().filter(|(_, profile)| profile.has_full_name()) {
        for family in profile.traits.family_names() {
            by_surname.entry((&profile.traits.root, folder.skeleton(family))).or_default().insert(at);
        }
    }
    let surnames: Vec<usize> = (0..profiles.len()).filter(|&at| profiles[at].is_surname()).collect();
    // All decisions first, so that none depends on one made before it.
    let mut decisions = Vec::new();
    let mut alone: BTreeMap<(&str, String), Vec<usize>> = BTreeMap::new();
    let none = BTreeSet::new();
    for &at in &surnames {
        let traits = &profiles[at].traits;
        let block = (traits.root.as_str(), folder.skeleton(&traits.parts[0]));
        let candidates = by_surname.get(&block).unwrap_or(&none);
        match only_candidate(at, candidates, profiles, folder, clusters) {
            Some((with, reason)) => decisions.push((with, at, reason)),
            None => alone.entry(block).or_default().push(at),
        }
    }
    for (with, at, reason) in decisions {
        clusters.try_join(with, at, reason);
    }
    for block in alone.values() {
        for (number, &b) in block.iter().enumerate() {
            for &a in &block[..number] {
                let (x, y) = (&profiles[a].traits, &profiles[b].traits);
                if folder.part_cost(&x.parts[0], &y.parts[0]).is_none() {
                    continue;
                }
                let told = x.only.is_none()
                    && y.only.is_none()
                    && x.distinguishing.first() == y.distinguishing.first()
                    && x.roles == y.roles;
                let apart = x.year.zip(y.year).is_some_and(|(x, y)| x.abs_diff(y) > SAME_SURNAME as u16);
                match (told, apart) {
                    (true, false) => clusters.try_join(a, b, Reason::SameSurname),
                    (true, true) => clusters.refuse(a, b, Some(Reason::SameSurname), Refusal::Time),
                    (false, _) => clusters.refuse(a, b, None, Refusal::BareSurname),
                }
            }
        }
    }
}

/// The one cluster of full names that a bare surname can mean: the only one with its office; or, where none has, the only
/// one that shares the first distinguishing attribute (the country) and has no other office. Of several, one that is
/// spelled closer than all others.
fn only_candidate(
    at: usize,
    candidates: &BTreeSet<usize>,
    profiles: &[Profile],
    folder: Folder<'_>,
    clusters: &mut Clusters<'_>,
) -> Option<(usize, Reason)> {
    let traits = &profiles[at].traits;
    let mut tiers: [BTreeMap<usize, u32>; 2] = [BTreeMap::new(), BTreeMap::new()];
    for &candidate in candidates.iter().filter(|candidate| **candidate != at) {
        let families = profiles[candidate].traits.family_names();
        let Some(cost) = families.filter_map(|family| folder.part_cost(&traits.parts[0], family)).min() else {
            continue;
        };
        if let Some(refusal) = clusters.conflict(candidate, at) {
            clusters.refuse(candidate, at, None, refusal);
            continue;
        }
        let root = clusters.find(candidate);
        let tier = match fit(traits, clusters.facts(root)) {
            Fit::SameOffice => 0,
            Fit::SameCountry => 1,
            Fit::Unknown => {
                clusters.refuse(candidate, at, None, Refusal::BareSurname);
                continue;
            }
        };
        let known = tiers[tier].entry(root).or_insert(cost);
        *known = cost.min(*known);
    }
    let reasons = [Reason::SurnameAndOffice, Reason::SurnameAndCountry];
    let (tier, reason) = tiers.into_iter().zip(reasons).find(|(tier, _)| !tier.is_empty())?;
    let least = *tier.values().min()?;
    let closest: Vec<usize> = tier.into_iter().filter(|&(_, cost)| cost == least).map(|(root, _)| root).collect();
    match closest.as_slice() {
        [only] => Some((*only, reason)),
        several => {
            several.iter().for_each(|&root| clusters.refuse(root, at, Some(reason), Refusal::Ambiguous));
            None
        }
    }
}

enum Fit {
    SameOffice,
    SameCountry,
    Unknown,
}

fn fit(traits: &Traits, facts: &Facts) -> Fit {
    let told = |values: &[Option<String>], known: &[BTreeSet<String>]| {
        values
            .iter()
            .zip(known)
            .filter(|(value, known)| value.is_some() && !known.is_empty())
            .map(|(value, known)| value.as_ref().is_some_and(|value| known.contains(value)))
            .collect::<Vec<bool>>()
    };
    let roles = told(&traits.roles, &facts.roles);
    if roles.contains(&true) {
        return Fit::SameOffice;
    }
    let country = told(&traits.distinguishing[..1.min(traits.distinguishing.len())], &facts.distinguishing);
    if roles.is_empty() && country.contains(&true) { Fit::SameCountry } else { Fit::Unknown }
}
