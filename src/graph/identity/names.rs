//! Identity by key, by the pack's lists and by whole names.

use std::collections::BTreeMap;

use super::super::fold::Folder;
use super::super::schema::IdentityRules;
use super::clusters::Clusters;
use super::profile::Profile;
use super::reason::Reason;

/// Equal gazetteer keys are one entity.
pub(super) fn join_by_key(profiles: &[Profile], clusters: &mut Clusters<'_>) {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, profile) in profiles.iter().enumerate() {
        if let Some(key) = &profile.traits.key {
            let with = *first.entry(key).or_insert(at);
            if with != at {
                clusters.join(with, at, Reason::Key);
            }
        }
    }
}

/// The pack's `same` groups, by name or by key.
pub(super) fn join_listed(
    profiles: &[Profile],
    rules: &IdentityRules,
    folder: Folder<'_>,
    clusters: &mut Clusters<'_>,
) {
    let mut group_of: BTreeMap<String, usize> = BTreeMap::new();
    for (number, group) in rules.same.iter().enumerate() {
        for name in group {
            group_of.insert(folder.plain(name), number);
        }
    }
    let mut first: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, profile) in profiles.iter().enumerate().filter(|(_, profile)| profile.traits.nameless.is_none()) {
        let by_key = profile.traits.key.as_ref().and_then(|key| group_of.get(&folder.plain(key)));
        if let Some(&group) = group_of.get(&profile.traits.plain).or(by_key) {
            let with = *first.entry(group).or_insert(at);
            if with != at {
                clusters.join(with, at, Reason::Listed);
            }
        }
    }
}

/// Names of organisations, places and all else that is not a person match whole, within one broadest type.
///
/// Where the same name stands for several (ministries of two countries), one that does not tell which stays by itself.
pub(super) fn join_whole(profiles: &[Profile], clusters: &mut Clusters<'_>) {
    let mut groups: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (at, profile) in profiles.iter().enumerate() {
        let traits = &profile.traits;
        if traits.nameless.is_none() && traits.parts.is_empty() && !traits.plain.is_empty() {
            groups.entry((&traits.root, &traits.plain)).or_default().push(at);
        }
    }
    for group in groups.values().filter(|group| group.len() > 1) {
        let (telling, blank): (Vec<usize>, Vec<usize>) = group.iter().partition(|&&at| {
            profiles[at].traits.key.is_some() || profiles[at].traits.distinguishing.iter().any(Option::is_some)
        });
        for (number, &a) in telling.iter().enumerate() {
            for &b in &telling[..number] {
                clusters.try_join(b, a, Reason::WholeName);
            }
        }
        let mut known: Vec<usize> = telling.iter().map(|&at| clusters.find(at)).collect();
        known.dedup();
        known.sort_unstable();
        known.dedup();
        for pair in blank.windows(2) {
            clusters.try_join(pair[0], pair[1], Reason::WholeName);
        }
        if let ([only], Some(&first)) = (known.as_slice(), blank.first()) {
            clusters.try_join(*only, first, Reason::WholeName);
        }
    }
}
