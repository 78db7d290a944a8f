//! Nameless roles: *the Iraqi defence minister* of one report and of another.
//!
//! Holders change, so a role is one node only among documents whose dates are within a year of the next, or unknown.

use std::collections::BTreeMap;

use super::super::dates::day_number;
use super::clusters::Clusters;
use super::profile::{Nameless, Profile};
use crate::extract::Fragment;

/// Days within which a role is taken to have the same holder.
const SAME_HOLDER: i64 = 366;

/// Type, values and, where a value is missing, the name.
type Role<'a> = (&'a str, &'a [Option<String>], Option<&'a str>);

/// Joins nameless entities of the same type and attributes.
pub(super) fn join(fragments: &[&Fragment], profiles: &[Profile], clusters: &mut Clusters<'_>) {
    let mut groups: BTreeMap<Role<'_>, Vec<(Option<i64>, usize)>> = BTreeMap::new();
    for (at, profile) in profiles.iter().enumerate().filter(|(_, profile)| profile.traits.only.is_none()) {
        if let Some(Nameless { type_name, values, name, .. }) = &profile.traits.nameless {
            let day = profile
                .members
                .first()
                .and_then(|&(document, _)| fragments[document as usize].document.date.as_deref())
                .and_then(day_number);
            groups.entry((type_name, values, name.as_deref())).or_default().push((day, at));
        }
    }
    for group in groups.values_mut() {
        group.sort_unstable();
        let (undated, dated): (Vec<_>, Vec<_>) = group.iter().copied().partition(|(day, _)| day.is_none());
        let mut runs = usize::from(!dated.is_empty());
        for pair in dated.windows(2) {
            if pair[1].0.zip(pair[0].0).is_some_and(|(later, earlier)| later - earlier <= SAME_HOLDER) {
                clusters.try_join(pair[0].1, pair[1].1);
            } else {
                runs += 1;
            }
        }
        for pair in undated.windows(2) {
            clusters.try_join(pair[0].1, pair[1].1);
        }
        if let (1, Some(first), Some(unknown)) = (runs, dated.first(), undated.first()) {
            clusters.try_join(first.1, unknown.1);
        }
    }
}
