//! Descriptions: *the Iraqi minister*, *his counterpart*, and whom of those known they fit.

use super::{COUNTRY, Entity, EntityId, OFFICE, REACH, Resolver};
use crate::extract::mention::Mention;
use crate::extract::naming::office_words;
use crate::pattern::fold;

/// Whether a description ends with the words of another.
fn ends_with_words(long: &str, short: &str) -> bool {
    let (long, short) = (fold(long), fold(short));
    long.strip_suffix(short.as_str()).is_some_and(|rest| rest.ends_with(' '))
}

impl Resolver<'_> {
    /// A description goes to the nearest entity that it can describe; otherwise it is an entity without a name.
    pub(super) fn description(&mut self, index: usize) {
        let mention = &self.mentions[index];
        let rules = self.rules;
        if mention.entry.is_some() {
            let id = self.discourse.by_key(mention.type_id, &mention.value, rules);
            self.discourse.attach(id, index as u32, mention, rules);
            return;
        }
        let mut mention = mention.clone();
        // *its envoy* is of the country that *it* is.
        if mention.attribute(COUNTRY).is_none()
            && let Some(owner) = self.owner(index).map(|id| &self.discourse.entities[id as usize])
            && self.rules.stands_for.iter().any(|s| self.rules.types.is_a(owner.type_id, s.meant))
            && self.is_person(mention.type_id)
        {
            mention.set(COUNTRY, owner.name.clone());
        }
        if (self.around.counterpart)(&mention) {
            self.as_counterpart(&mut mention, index);
        }
        let definite = (self.around.definite)(&mention);
        let person = self.is_person(mention.type_id);
        let mut best: Option<(u32, u32, EntityId)> = None;
        let latest = self.discourse.entities.len().saturating_sub(REACH);
        for (id, entity) in self.discourse.entities.iter().enumerate().skip(latest) {
            if entity.merged.is_some() || entity.key.is_some() {
                continue;
            }
            if person != self.is_person(entity.type_id) {
                continue;
            }
            let grade = if !self.compatible(&mention, entity) {
                0
            } else if fold(&entity.name) == fold(&mention.value) && !entity.attributes.contains_key(OFFICE) {
                3
            } else if person {
                self.describes(&mention, entity, definite)
            } else {
                // *the workers* after *textile workers*.
                u32::from(definite && !entity.named && ends_with_words(&entity.name, &mention.value)) * 2
            };
            if grade == 0 {
                continue;
            }
            // Those mentioned before win over those still to come; the nearest before wins.
            let before = entity.last_before(index);
            if before.is_none() && grade < 3 {
                continue;
            }
            // *Ann Berg and the minister* are two.
            if before.is_some_and(|b| (self.around.joined)(&self.mentions[b as usize], &mention)) {
                continue;
            }
            let rank = (grade.min(2) + u32::from(before.is_some()) * 2, before.unwrap_or(0), id as u32);
            if best.is_none_or(|b| (rank.0, rank.1) > (b.0, b.1)) {
                best = Some(rank);
            }
        }
        let id = match best {
            Some((_, _, id)) => id,
            None => {
                let name = mention.value.clone();
                self.discourse.push(mention.type_id, name, false)
            }
        };
        self.discourse.attach(id, index as u32, &mention, rules);
    }

    /// How well a description fits an entity: 3 says the same office and country, 2 does not contradict, 0 does.
    fn describes(&self, mention: &Mention, entity: &Entity, definite: bool) -> u32 {
        if !self.compatible(mention, entity) {
            return 0;
        }
        let office = |v: Option<&str>| v.map(|v| office_words(v, self.rules));
        let (wanted, has) =
            (office(mention.attribute("office")), office(entity.attributes.get("office").map(String::as_str)));
        let same_country = mention.attribute("country").is_some()
            && mention.attribute("country") == entity.attributes.get("country").map(String::as_str);
        let generic = wanted.as_ref().is_none_or(|w| w.is_empty());
        let offices = match (&wanted, &has) {
            (Some(w), Some(h)) => {
                (w.is_empty() || w == h || w.iter().all(|x| h.contains(x))) && self.same_rank(mention, entity)
            }
            (None, _) => self.same_rank(mention, entity),
            _ => true,
        };
        if !offices {
            return 0;
        }
        // Who is known to be a lawmaker is not *the diplomat*.
        let settled = has.as_ref().is_some_and(|h| !h.is_empty());
        if settled && !self.rules.types.is_a(entity.type_id, mention.type_id) {
            return 0;
        }
        match (&wanted, &has) {
            (Some(w), Some(_))
                if !w.is_empty() && (same_country || mention.attribute("country").is_none() && definite) =>
            {
                3
            }
            (Some(_), Some(_)) if same_country => 3,
            (Some(_), Some(_)) if definite && mention.attribute("country").is_none() => 2,
            (Some(w), Some(_)) if w.is_empty() && definite && !entity.attributes.contains_key("country") => 2,
            // Someone without an office so far can be described by a general word only, and only definitely.
            (Some(_), None) if generic && definite && (same_country || !entity.attributes.contains_key("country")) => 2,
            (None, _) if definite && same_country => 2,
            _ => 0,
        }
    }

    /// A minister is no president: the types that the offices give must lie on one line.
    fn same_rank(&self, mention: &Mention, entity: &Entity) -> bool {
        self.rules.types.narrower(mention.type_id, entity.type_id).is_some()
    }

    /// *his Iraqi counterpart Juma Inad*: the name holds the same office.
    pub(super) fn named_counterpart(&mut self, index: usize) {
        let mut mention = self.mentions[index].clone();
        let Some(&id) = self.discourse.entities_of(index as u32).first() else { return };
        self.as_counterpart(&mut mention, index);
        if let Some(office) = mention.attribute(OFFICE) {
            let entity = &mut self.discourse.entities[id as usize];
            entity.attributes.entry(OFFICE.to_owned()).or_insert_with(|| office.to_owned());
            if let Some(narrower) = self.rules.types.narrower(entity.type_id, mention.type_id) {
                entity.type_id = narrower;
            }
        }
    }

    /// A counterpart holds the office of whom it is compared with.
    fn as_counterpart(&self, mention: &mut Mention, index: usize) {
        if mention.attribute("office").is_some() {
            return;
        }
        let here = self.sentence(mention.sentence);
        let holder = here
            .clone()
            .filter(|i| *i < index)
            .chain(here.filter(|i| *i > index))
            .chain((0..index).rev().take(REACH))
            .filter_map(|i| {
                let id = self.discourse.entities_of(i as u32).first().copied()?;
                let entity = &self.discourse.entities[id as usize];
                let elsewhere = mention
                    .attribute("country")
                    .is_none_or(|c| entity.attributes.get("country").is_some_and(|e| e != c));
                (self.is_person(entity.type_id) && elsewhere)
                    .then(|| (entity.attributes.get("office").cloned(), entity.type_id))
            })
            .find(|(office, _)| office.is_some());
        if let Some((Some(office), type_id)) = holder {
            if let Some(narrower) = self.rules.types.narrower(mention.type_id, type_id) {
                mention.type_id = narrower;
            }
            mention.value = match mention.attribute("country") {
                Some(country) => format!("{office} of {country}"),
                None => office.clone(),
            };
            mention.set("office", office);
        }
    }

    /// A name that follows a nameless description and of which nothing else is known fills it in.
    pub(super) fn name_after_description(&mut self, index: usize) {
        let mention = &self.mentions[index];
        let Some(&id) = self.discourse.entities_of(index as u32).first() else { return };
        let entity = &self.discourse.entities[id as usize];
        let bare = self.is_person(entity.type_id)
            && entity.named
            && entity.key.is_none()
            && !entity.attributes.contains_key("office")
            && !entity.attributes.contains_key("country");
        if !bare || entity.mentions.first() != Some(&(index as u32)) {
            return;
        }
        let subject = (self.around.subject)(mention);
        let mut found = None;
        let latest = self.discourse.entities.len().saturating_sub(REACH);
        for (other, candidate) in self.discourse.entities.iter().enumerate().skip(latest) {
            if candidate.merged.is_some()
                || candidate.named
                || !self.is_person(candidate.type_id)
                || !candidate.attributes.contains_key("office")
            {
                continue;
            }
            let Some(last) = candidate.last_before(index) else { continue };
            let described = &self.mentions[last as usize];
            let distance = mention.sentence - described.sentence;
            let fits = if (self.around.counterpart)(described) {
                distance <= 1
            } else {
                subject && (1..=2).contains(&distance) && (self.around.subject)(described)
            };
            let gender = match (entity.attributes.get("gender"), candidate.attributes.get("gender")) {
                (Some(a), Some(b)) => a == b,
                _ => true,
            };
            if fits && gender {
                found = Some((last, other as u32)).max(found);
            }
        }
        if let Some((_, other)) = found {
            self.discourse.merge(other, id, self.rules);
        }
    }
}
