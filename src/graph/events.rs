//! Events of several reports that are one event: the same type, the same participants, dates and places that agree.
//!
//! Where a report does not tell the place, it is the event whose place another report tells, as long as there is one such.

use std::collections::BTreeMap;

use super::build::Owners;
use super::dates;
use super::identity::EntityRef;
use super::schema::GraphSchema;
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
    /// Who takes part; places are looked at later.
    fillers: Vec<(&'a str, usize)>,
    /// Set for an event that cannot be compared: without participants, or with another event among them.
    only: Option<EntityRef>,
}

/// An event as one document tells it.
struct Telling<'a> {
    member: EntityRef,
    date: Option<&'a str>,
    /// Where it was, as far as it is told.
    places: Vec<usize>,
}

/// Groups all events; entities must have their clusters.
pub(super) fn resolve(fragments: &[&Fragment], schema: &GraphSchema, owners: &Owners) -> Vec<Found> {
    let mut groups: BTreeMap<Signature<'_>, Vec<Telling<'_>>> = BTreeMap::new();
    for (document, fragment) in (0u32..).zip(fragments) {
        for (number, record) in (0u32..).zip(&fragment.entities) {
            let Some(event) = &record.event else { continue };
            let (mut fillers, mut places) = (Vec::new(), Vec::new());
            let mut comparable = true;
            for (role, filler) in &event.roles {
                match owners.of(document, *filler) {
                    Some(cluster) if schema.relation(role).is_some_and(|info| info.outward) => places.push(cluster),
                    Some(cluster) => fillers.push((role.as_str(), cluster)),
                    None => comparable = false,
                }
            }
            fillers.sort_unstable();
            fillers.dedup();
            let only = (!comparable || fillers.is_empty()).then_some((document, number));
            let signature = Signature { type_name: &record.type_name, fillers, only };
            places.sort_unstable();
            places.dedup();
            let telling = Telling { member: (document, number), date: event.date.as_deref(), places };
            groups.entry(signature).or_default().push(telling);
        }
    }
    let mut found = Vec::new();
    for tellings in groups.values() {
        let tellings: Vec<&Telling<'_>> = tellings.iter().collect();
        for (_, of_one_date) in by_date(&tellings) {
            for of_one_place in by_place(&of_one_date) {
                // A place of its own takes away the date that the tellings of another place lent.
                for (date, told) in by_date(&of_one_place) {
                    let mut members: Vec<EntityRef> = told.iter().map(|telling| telling.member).collect();
                    members.sort_unstable();
                    found.push(Found { members, date });
                }
            }
        }
    }
    found
}

fn by_date<'t>(tellings: &[&'t Telling<'t>]) -> BTreeMap<Option<String>, Vec<&'t Telling<'t>>> {
    let known: Vec<Option<&str>> = tellings.iter().map(|telling| telling.date).collect();
    let mut by_date: BTreeMap<Option<String>, Vec<&Telling<'_>>> = BTreeMap::new();
    for (telling, date) in tellings.iter().zip(dates::group(&known)) {
        by_date.entry(date).or_default().push(telling);
    }
    by_date
}

/// Tellings by place; those without one join the only place there is.
fn by_place<'t>(tellings: &[&'t Telling<'t>]) -> Vec<Vec<&'t Telling<'t>>> {
    let mut by_place: BTreeMap<&[usize], Vec<&Telling<'_>>> = BTreeMap::new();
    for telling in tellings {
        by_place.entry(&telling.places).or_default().push(telling);
    }
    if by_place.len() == 2 && by_place.contains_key(&[][..]) {
        return vec![tellings.to_vec()];
    }
    by_place.into_values().collect()
}
