//! Events of several reports that are one event: the same type, the same participants, dates that agree.

use std::collections::BTreeMap;

use super::build::Owners;
use super::dates;
use super::identity::EntityRef;
use crate::extract::Fragment;

/// One event and where it is told.
pub(super) struct Found {
    /// The entities that tell it, sorted.
    pub members: Vec<EntityRef>,
    /// Its date with the best precision any of them gives.
    pub date: Option<String>,
}

/// What events must share before their dates are looked at.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Signature<'a> {
    type_name: &'a str,
    fillers: Vec<(&'a str, usize)>,
    /// Set for an event that cannot be compared: without participants, or with another event among them.
    only: Option<EntityRef>,
}

/// Groups all events; entities must have their clusters.
pub(super) fn resolve(fragments: &[&Fragment], owners: &Owners) -> Vec<Found> {
    let mut groups: BTreeMap<Signature<'_>, Vec<(EntityRef, Option<&str>)>> = BTreeMap::new();
    for (document, fragment) in (0u32..).zip(fragments) {
        for (number, record) in (0u32..).zip(&fragment.entities) {
            let Some(event) = &record.event else { continue };
            let mut fillers = Vec::new();
            let mut comparable = true;
            for (role, filler) in &event.roles {
                match owners.of(document, *filler) {
                    Some(cluster) => fillers.push((role.as_str(), cluster)),
                    None => comparable = false,
                }
            }
            fillers.sort_unstable();
            fillers.dedup();
            let only = (!comparable || fillers.is_empty()).then_some((document, number));
            let signature = Signature { type_name: &record.type_name, fillers, only };
            groups.entry(signature).or_default().push(((document, number), event.date.as_deref()));
        }
    }
    let mut found = Vec::new();
    for tellings in groups.into_values() {
        let known: Vec<Option<&str>> = tellings.iter().map(|(_, date)| *date).collect();
        let mut by_date: BTreeMap<Option<String>, Vec<EntityRef>> = BTreeMap::new();
        for ((member, _), date) in tellings.into_iter().zip(dates::group(&known)) {
            by_date.entry(date).or_default().push(member);
        }
        found.extend(by_date.into_iter().map(|(date, members)| Found { members, date }));
    }
    found
}
