//! Personal names: full names part by part, then bare surnames.

use std::collections::{BTreeMap, BTreeSet};

use super::super::fold::{Agreement, Folder};
use super::clusters::{Clusters, Facts};
use super::profile::{Profile, Traits};

/// Joins full names that agree, surest pair first.
pub(super) fn join_full_names(profiles: &[Profile], folder: Folder<'_>, clusters: &mut Clusters<'_>) {
    let mut blocks: BTreeMap<(&str, bool, String, String), Vec<usize>> = BTreeMap::new();
    for (at, profile) in profiles.iter().enumerate().filter(|(_, profile)| profile.is_full_name()) {
        let traits = &profile.traits;
        let mut keys = BTreeSet::new();
        for form in std::iter::once(&traits.parts).chain(&traits.other_forms) {
            let skeletons: Vec<String> = form.iter().map(|part| folder.skeleton(part)).collect();
            if let ([first, rest @ ..], [start @ .., last]) = (skeletons.as_slice(), skeletons.as_slice()) {
                // An initial or a vowel at the front leaves one consonant, or none, to compare by.
                keys.extend(start.iter().map(|other| (false, last.clone(), other.chars().take(1).collect::<String>())));
                keys.extend(rest.iter().map(|other| (true, first.clone(), other.clone())));
            }
        }
        for (by_first, anchor, other) in keys {
            blocks.entry((&traits.root, by_first, anchor, other)).or_default().push(at);
        }
    }
    let mut pairs: BTreeSet<(Score, usize, usize)> = BTreeSet::new();
    for block in blocks.values() {
        for (number, &b) in block.iter().enumerate() {
            for &a in &block[..number] {
                if let Some(score) = score(folder, &profiles[a].traits, &profiles[b].traits) {
                    pairs.insert((score, a, b));
                }
            }
        }
    }
    for (_, a, b) in pairs {
        clusters.try_join(a, b);
    }
}

/// Less is surer: attributes that do not agree, then how the names differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Score {
    unshared: u8,
    names: Agreement,
}

fn score(folder: Folder<'_>, a: &Traits, b: &Traits) -> Option<Score> {
    let shared = |x: &[Option<String>], y: &[Option<String>]| x.iter().zip(y).any(|(x, y)| x.is_some() && x == y);
    let contradict = |(x, y): (&Option<String>, &Option<String>)| x.is_some() && y.is_some() && x != y;
    if a.distinguishing.iter().zip(&b.distinguishing).any(contradict) {
        return None;
    }
    let place = shared(&a.distinguishing, &b.distinguishing);
    let role = shared(&a.roles, &b.roles);
    let mut best: Option<Agreement> = None;
    for left in std::iter::once(&a.parts).chain(&a.other_forms) {
        for right in std::iter::once(&b.parts).chain(&b.other_forms) {
            if let Some(found) = folder.agreement(left, right) {
                best = Some(best.map_or(found, |known| known.min(found)));
            }
        }
    }
    // Names that agree in all but the surname, or letter for letter not quite, need more than the absence of a contradiction.
    let names = best.filter(|names| place || role || (!names.by_first && names.cost <= 1))?;
    Some(Score { unshared: u8::from(!place) + u8::from(!role), names })
}

/// Joins bare surnames: to the one full name they can mean, or else to each other where country and office agree.
pub(super) fn join_surnames(profiles: &[Profile], folder: Folder<'_>, clusters: &mut Clusters<'_>) {
    let mut by_surname: BTreeMap<(&str, String), Vec<usize>> = BTreeMap::new();
    for (at, profile) in profiles.iter().enumerate().filter(|(_, profile)| profile.is_full_name()) {
        for form in std::iter::once(&profile.traits.parts).chain(&profile.traits.other_forms) {
            if let Some(last) = form.last() {
                by_surname.entry((&profile.traits.root, folder.skeleton(last))).or_default().push(at);
            }
        }
    }
    let surnames: Vec<usize> = (0..profiles.len()).filter(|&at| profiles[at].is_surname()).collect();
    // All decisions first, so that none depends on one made before it.
    let mut decisions = Vec::new();
    let mut alone: BTreeMap<(&str, String), Vec<usize>> = BTreeMap::new();
    for &at in &surnames {
        let traits = &profiles[at].traits;
        let block = (traits.root.as_str(), folder.skeleton(&traits.parts[0]));
        let candidates = by_surname.get(&block).map_or(&[][..], Vec::as_slice);
        match only_candidate(at, candidates, profiles, folder, clusters) {
            Some(with) => decisions.push((with, at)),
            None => alone.entry(block).or_default().push(at),
        }
    }
    for (with, at) in decisions {
        clusters.try_join(with, at);
    }
    for block in alone.values() {
        for (number, &b) in block.iter().enumerate() {
            for &a in &block[..number] {
                let (x, y) = (&profiles[a].traits, &profiles[b].traits);
                let told = x.only.is_none()
                    && y.only.is_none()
                    && x.distinguishing.first() == y.distinguishing.first()
                    && x.roles == y.roles;
                if told && folder.part_cost(&x.parts[0], &y.parts[0]).is_some() {
                    clusters.try_join(a, b);
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
    candidates: &[usize],
    profiles: &[Profile],
    folder: Folder<'_>,
    clusters: &mut Clusters<'_>,
) -> Option<usize> {
    let traits = &profiles[at].traits;
    let mut tiers: [BTreeMap<usize, u32>; 2] = [BTreeMap::new(), BTreeMap::new()];
    for &candidate in candidates {
        let other = &profiles[candidate].traits;
        let forms = std::iter::once(&other.parts).chain(&other.other_forms);
        let Some(cost) = forms.filter_map(|form| folder.part_cost(&traits.parts[0], form.last()?)).min() else {
            continue;
        };
        if clusters.conflict(candidate, at) {
            continue;
        }
        let root = clusters.find(candidate);
        let tier = match fit(traits, clusters.facts(root)) {
            Fit::SameOffice => 0,
            Fit::SameCountry => 1,
            Fit::Unknown => continue,
        };
        let known = tiers[tier].entry(root).or_insert(cost);
        *known = cost.min(*known);
    }
    let tier = tiers.into_iter().find(|tier| !tier.is_empty())?;
    let least = *tier.values().min()?;
    let mut closest = tier.into_iter().filter(|&(_, cost)| cost == least).map(|(root, _)| root);
    closest.next().filter(|_| closest.next().is_none())
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
