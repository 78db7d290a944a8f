//! Personal names: full names part by part.

use std::collections::{BTreeMap, BTreeSet};

use super::super::fold::{Agreement, Folder};
use super::clusters::Clusters;
use super::profile::{Profile, Traits};
use super::reason::{Reason, Refusal};

/// Joins full names that agree, surest pair first.
pub(super) fn join_full_names(profiles: &[Profile], folder: Folder<'_>, clusters: &mut Clusters<'_>) {
    let mut pairs: BTreeSet<(Score, usize, usize)> = BTreeSet::new();
    for block in blocks(profiles, folder).values() {
        for (number, &b) in block.iter().enumerate() {
            for &a in &block[..number] {
                match score(folder, &profiles[a].traits, &profiles[b].traits) {
                    Scored::As(score) => {
                        pairs.insert((score, a, b));
                    }
                    Scored::NothingShared => clusters.refuse(a, b, None, Refusal::NothingShared),
                    // The cluster says which attribute it is; that costs more than to know that there is one.
                    Scored::Contradiction if clusters.is_logged() => {
                        if let Some(refusal) = clusters.conflict(a, b) {
                            clusters.refuse(a, b, None, refusal);
                        }
                    }
                    Scored::Contradiction | Scored::Unlike => {}
                }
            }
        }
    }
    let unshared = pairs.iter().filter(|(score, ..)| score.unshared == UNSHARED);
    let mut others: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &(_, a, b) in unshared {
        others.entry(a).or_default().push(b);
        others.entry(b).or_default().push(a);
    }
    for (score, a, b) in pairs {
        let reason = score.reason();
        let several = score.unshared == UNSHARED
            && [(a, b), (b, a)].into_iter().any(|(at, with)| may_be_another(at, with, &others, clusters));
        if several {
            clusters.refuse(a, b, Some(reason), Refusal::Ambiguous);
        } else {
            clusters.try_join(a, b, reason);
        }
    }
}

/// Whether one that shares nothing but its name with another may as well be a third, who is not that other.
fn may_be_another(at: usize, with: usize, others: &BTreeMap<usize, Vec<usize>>, clusters: &mut Clusters<'_>) -> bool {
    let others = others.get(&at).map_or(&[][..], Vec::as_slice);
    others.iter().any(|&other| {
        other != with && clusters.conflict(at, other).is_none() && clusters.conflict(with, other).is_some()
    })
}

/// Root of the type, which end of the name anchors, skeleton of that end, first consonant of another part.
type Block<'a> = (&'a str, bool, String, String);

/// Profiles of full names that may agree: pairs are looked for within a block only.
fn blocks<'a>(profiles: &'a [Profile], folder: Folder<'_>) -> BTreeMap<Block<'a>, Vec<usize>> {
    let mut blocks: BTreeMap<Block<'_>, Vec<usize>> = BTreeMap::new();
    for (at, profile) in profiles.iter().enumerate().filter(|(_, profile)| profile.has_full_name()) {
        let traits = &profile.traits;
        let mut keys = BTreeSet::new();
        for form in traits.full_forms() {
            let mut skeletons: Vec<String> = form.iter().map(|part| folder.skeleton(part)).collect();
            // A name that may be turned about is looked for as it stands and turned either way.
            for _ in 0..if traits.family_first { skeletons.len().min(3) } else { 1 } {
                if let ([first, rest @ ..], [start @ .., last]) = (skeletons.as_slice(), skeletons.as_slice()) {
                    // An initial or a vowel at the front leaves one consonant, or none, to compare by.
                    let initial = |other: &String| other.chars().take(1).collect::<String>();
                    keys.extend(start.iter().map(|other| (false, last.clone(), initial(other))));
                    keys.extend(rest.iter().map(|other| (true, first.clone(), other.clone())));
                }
                skeletons.rotate_left(1);
            }
        }
        for (by_first, anchor, other) in keys {
            blocks.entry((&traits.root, by_first, anchor, other)).or_default().push(at);
        }
    }
    blocks
}

/// Neither country nor office is shared.
const UNSHARED: u8 = 2;

/// Less is surer: attributes that do not agree, then how the names differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Score {
    unshared: u8,
    names: Agreement,
}

impl Score {
    fn reason(self) -> Reason {
        match self.names {
            Agreement { turned: true, .. } => Reason::Order,
            Agreement { missing: 0, cost: 0, .. } => Reason::SameName,
            Agreement { missing: 0, .. } => Reason::Spelling,
            _ => Reason::MissingParts,
        }
    }
}

enum Scored {
    As(Score),
    /// The names agree, an attribute does not.
    Contradiction,
    /// The names agree, but not well enough by themselves.
    NothingShared,
    /// The names do not agree.
    Unlike,
}

fn score(folder: Folder<'_>, a: &Traits, b: &Traits) -> Scored {
    let mut best: Option<Agreement> = None;
    for left in a.full_forms() {
        for right in b.full_forms() {
            if let Some(found) = folder.agreement(left, right) {
                best = Some(best.map_or(found, |known| known.min(found)));
            }
        }
    }
    let Some(names) = best else { return Scored::Unlike };
    let shared = |x: &[Option<String>], y: &[Option<String>]| x.iter().zip(y).any(|(x, y)| x.is_some() && x == y);
    let contradict = |(x, y): (&Option<String>, &Option<String>)| x.is_some() && y.is_some() && x != y;
    // Names are turned about in some countries only; elsewhere the other order is another name.
    if names.turned && !(a.family_first || b.family_first) {
        return Scored::Unlike;
    }
    if a.distinguishing.iter().zip(&b.distinguishing).any(contradict) {
        return Scored::Contradiction;
    }
    let place = shared(&a.distinguishing, &b.distinguishing);
    let role = shared(&a.roles, &b.roles);
    // Names that agree in all but the surname, or letter for letter not quite, need more than the absence of a contradiction.
    if !(place || role || !names.turned && !names.by_first && names.cost <= 1) {
        return Scored::NothingShared;
    }
    Scored::As(Score { unshared: u8::from(!place) + u8::from(!role), names })
}
