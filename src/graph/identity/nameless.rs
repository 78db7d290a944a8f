//! Nameless roles: *the Iraqi defence minister* of one report and of another.
//!
//! Holders change, so a role is one node only among documents of about the same time: the next one is within a year, all of
//! them within two, and nobody else is known to have come into the office in between. Documents without a date join where
//! there is one such time only.

use std::collections::BTreeMap;

use super::super::dates::day_number;
use super::super::schema::IdentityRules;
use super::clusters::Clusters;
use super::profile::{Nameless, Profile, is_held};
use super::reason::{Reason, Refusal};
use crate::extract::Fragment;

/// Days within which a role is taken to have the same holder.
const SAME_HOLDER: i64 = 366;
/// Days from the first to the last mention of a role without a name, which a chain of mentions may not outgrow.
const LONGEST: i64 = 2 * SAME_HOLDER;

/// Type, values and, where a value is missing, the name.
type Role<'a> = (&'a str, &'a [Option<String>], Option<&'a str>);

/// Joins nameless entities of the same type and attributes. Those with a name must have their clusters.
pub(super) fn join(fragments: &[&Fragment], profiles: &[Profile], rules: &IdentityRules, clusters: &mut Clusters<'_>) {
    let holders = Holders::new(fragments, profiles, rules, clusters);
    let mut groups: BTreeMap<Role<'_>, Vec<(Option<i64>, usize)>> = BTreeMap::new();
    for (at, profile) in profiles.iter().enumerate().filter(|(_, profile)| profile.traits.only.is_none()) {
        if let Some(Nameless { type_name, values, name, .. }) = &profile.traits.nameless {
            let day = profile.members.first().and_then(|&(document, _)| day_of(fragments, document));
            groups.entry((type_name, values, name.as_deref())).or_default().push((day, at));
        }
    }
    for ((_, values, _), group) in &mut groups {
        group.sort_unstable();
        let undated: Vec<usize> = group.iter().filter(|(day, _)| day.is_none()).map(|(_, at)| *at).collect();
        let dated: Vec<(i64, usize)> = group.iter().filter_map(|&(day, at)| Some((day?, at))).collect();
        let runs = runs(&dated, |from, to| holders.changed(values, from, to));
        for run in &runs {
            run.windows(2).for_each(|pair| clusters.try_join(pair[0].1, pair[1].1, Reason::SameOffice));
        }
        for pair in runs.windows(2) {
            if let ([.., (before, a)], [(after, b), ..]) = (pair[0], pair[1]) {
                let changed = holders.changed(values, *before, *after);
                let refusal = if changed { Refusal::OtherHolder } else { Refusal::Time };
                clusters.refuse(*a, *b, Some(Reason::SameOffice), refusal);
            }
        }
        for pair in undated.windows(2) {
            clusters.try_join(pair[0], pair[1], Reason::SameOffice);
        }
        if let ([[(_, first), ..]], Some(&unknown)) = (runs.as_slice(), undated.first()) {
            clusters.try_join(*first, unknown, Reason::SameOffice);
        }
    }
}

fn day_of(fragments: &[&Fragment], document: u32) -> Option<i64> {
    fragments[document as usize].document.date.as_deref().and_then(day_number)
}

/// Cuts mentions in the order of their days where the holder may have changed.
fn runs(dated: &[(i64, usize)], changed: impl Fn(i64, i64) -> bool) -> Vec<&[(i64, usize)]> {
    let same = |a: &(i64, usize), b: &(i64, usize)| b.0 - a.0 <= SAME_HOLDER && !changed(a.0, b.0);
    let mut done = Vec::new();
    let mut waiting: Vec<&[(i64, usize)]> = dated.chunk_by(same).collect();
    waiting.reverse();
    while let Some(run) = waiting.pop() {
        let span = run.last().zip(run.first()).map_or(0, |(last, first)| last.0 - first.0);
        // Too long a run is cut at its longest pause, the earliest of equals.
        let gaps = run.windows(2).map(|pair| pair[1].0 - pair[0].0);
        match gaps.enumerate().max_by_key(|&(at, gap)| (gap, std::cmp::Reverse(at))) {
            Some((at, _)) if span > LONGEST => {
                let (before, after) = run.split_at(at + 1);
                waiting.extend([after, before]);
            }
            _ => done.push(run),
        }
    }
    done
}

/// Who is known to hold which office, and when.
struct Holders {
    /// By the values that make two nameless entities one: the day of a document, and the cluster of the holder.
    known: BTreeMap<Vec<Option<String>>, Vec<(i64, usize)>>,
}

impl Holders {
    fn new(fragments: &[&Fragment], profiles: &[Profile], rules: &IdentityRules, clusters: &mut Clusters<'_>) -> Self {
        let mut known: BTreeMap<Vec<Option<String>>, Vec<(i64, usize)>> = BTreeMap::new();
        for (at, profile) in profiles.iter().enumerate().filter(|(_, profile)| !profile.traits.parts.is_empty()) {
            let traits = &profile.traits;
            let value = |name: &String| {
                let of = |names: &[String], values: &[Option<String>]| {
                    names.iter().position(|other| other == name).and_then(|at| values.get(at).cloned().flatten())
                };
                of(&rules.distinguishing, &traits.distinguishing).or_else(|| of(&rules.roles, &traits.roles))
            };
            let values: Vec<Option<String>> = rules.nameless.iter().map(value).collect();
            if values.iter().any(Option::is_none) {
                continue;
            }
            let holder = clusters.find(at);
            let held = profile.members.iter().filter(|&&(document, number)| {
                let record = &fragments[document as usize].entities[number as usize];
                is_held(&record.attributes, &rules.tenure)
            });
            let days = held.filter_map(|&(document, _)| day_of(fragments, document));
            known.entry(values).or_default().extend(days.map(|day| (day, holder)));
        }
        known.values_mut().for_each(|holders| {
            holders.sort_unstable();
            holders.dedup();
        });
        Holders { known }
    }

    /// Whether the one who is known to hold the office at about one day is another than at the other.
    fn changed(&self, values: &[Option<String>], from: i64, to: i64) -> bool {
        let holders = self.known.get(values).map_or(&[][..], Vec::as_slice);
        let nearest = |day: i64| {
            let next = holders.partition_point(|(other, _)| *other < day);
            let around = [next.checked_sub(1), Some(next)].into_iter().flatten().filter_map(|at| holders.get(at));
            let near = around.filter(|(other, _)| (other - day).abs() <= SAME_HOLDER);
            near.min_by_key(|(other, holder)| ((other - day).abs(), *holder)).map(|(_, holder)| *holder)
        };
        nearest(from).zip(nearest(to)).is_some_and(|(a, b)| a != b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_run_is_cut_at_its_longest_pause() {
        let days = [0, 300, 600, 650, 900, 1_200].map(|day| (day, 0usize));
        let lengths: Vec<usize> = runs(&days, |_, _| false).iter().map(|run| run.len()).collect();
        assert_eq!(lengths, [1, 1, 4]);
        let lengths: Vec<usize> = runs(&days, |_, to| to == 650).iter().map(|run| run.len()).collect();
        assert_eq!(lengths, [3, 3]);
    }
}
