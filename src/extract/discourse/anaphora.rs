//! Whom pronouns and plural descriptions stand for: the near, the compatible, subjects first.

use super::{Doer, EntityId, REACH, Resolver};
use crate::extract::mention::Mention;
use crate::pattern::TypeMask;

/// How many countries and bodies are weighed against each other for *the two sides*.
const SIDES: usize = 6;

impl Resolver<'_> {
    /// Finds whom a pronoun stands for.
    pub(super) fn pronoun(&mut self, index: usize) {
        let mention = self.mentions[index].clone();
        for reading in (self.around.pronoun)(&mention) {
            let found = if reading.person == 1 {
                self.speaker_side(index, reading.plural)
            } else if reading.plural {
                self.plural_antecedent(index, reading.types)
            } else {
                self.antecedent(index, reading.types, reading.gender.as_deref()).into_iter().collect()
            };
            if !found.is_empty() {
                for id in found {
                    self.discourse.attach(id, index as u32, &mention, self.rules);
                }
                return;
            }
        }
    }

    /// The first compatible entity of the same sentence before the pronoun, else of the sentences before, nearest first:
    /// subjects come first in a sentence, and subjects are what pronouns go on about.
    fn antecedent(&self, index: usize, types: TypeMask, gender: Option<&str>) -> Option<EntityId> {
        let here = self.mentions[index].sentence;
        for back in 0..4 {
            let Some(sentence) = here.checked_sub(back) else { break };
            let mut subject = None;
            let mut other = None;
            for i in self.sentence(sentence).filter(|i| *i < index) {
                let mention = &self.mentions[i];
                if mention.sentence != sentence
                    || mention.form == 1
                    || (self.around.quoted)(mention) != (self.around.quoted)(&self.mentions[index]) && back == 0
                {
                    continue;
                }
                // *Peru attacked it*: who does it is not who it is done to.
                let does = match (self.around.done_to)(&self.mentions[index]) {
                    Some(Doer::Before(end)) => back == 0 && mention.end == end,
                    Some(Doer::Subject) => back == 0 && (self.around.subject)(mention),
                    None => false,
                };
                // *it* is no group of people.
                if does || (self.around.plural)(mention) {
                    continue;
                }
                // Where something happened is not what it is about.
                if (self.around.placed)(mention) {
                    continue;
                }
                // *We … it*: who speaks is not spoken of.
                if mention.pronoun && (self.around.pronoun)(mention).iter().any(|r| r.person != 3) {
                    continue;
                }
                let ids = self.discourse.entities_of(i as u32);
                let [id] = ids.as_slice() else { continue };
                let entity = &self.discourse.entities[*id as usize];
                if types.contains(entity.type_id) && self.gender_fits(gender, entity) {
                    if (self.around.subject)(mention) || (self.around.speaks)(mention) {
                        subject = subject.or(Some(*id));
                    }
                    // What the noun of a relative clause is of was named just before.
                    if back == 0 && (self.around.contact)(&self.mentions[index]) {
                        subject = Some(*id);
                    }
                    other = other.or(Some(*id));
                }
            }
            if let Some(id) = subject.or(other) {
                return Some(id);
            }
        }
        None
    }

    fn plural_antecedent(&self, index: usize, types: TypeMask) -> Vec<EntityId> {
        let here = self.mentions[index].sentence;
        for sentence in (here.saturating_sub(2)..=here).rev() {
            let mut persons: Vec<EntityId> = Vec::new();
            let mut others: Vec<EntityId> = Vec::new();
            for i in self.sentence(sentence).rev().filter(|i| *i < index) {
                let mention = &self.mentions[i];
                let ids = self.discourse.entities_of(i as u32);
                if ids.len() > 1 {
                    return ids;
                }
                // *we will stand by them*: they are not we.
                if mention.pronoun && sentence == here {
                    continue;
                }
                let Some(&id) = ids.first() else { continue };
                let entity = &self.discourse.entities[id as usize];
                if mention.form == 1 || !types.contains(entity.type_id) {
                    continue;
                }
                let list = if self.is_person(entity.type_id) { &mut persons } else { &mut others };
                if !list.contains(&id) {
                    list.push(id);
                }
            }
            // Two people of one sentence are they, of more those that a list names; else the nearest group, body or country.
            match persons.as_slice() {
                [] | [_] => {}
                [second, first] => return vec![*first, *second],
                [last, ..] => {
                    let list = self.list_of(index, sentence, *last);
                    return if list.len() > 1 { list } else { Vec::new() };
                }
            }
            if let Some(&first) = others.first() {
                return self.list_of(index, sentence, first);
            }
        }
        Vec::new()
    }

    /// An entity with those of its kind that a list names before it: *Chile, Peru and Cuba said they …*.
    fn list_of(&self, index: usize, sentence: u32, last: EntityId) -> Vec<EntityId> {
        let mut out = vec![last];
        let mut second: Option<usize> = None;
        for i in self.sentence(sentence).rev().filter(|i| *i < index) {
            let ids = self.discourse.entities_of(i as u32);
            match second {
                None if ids.first() == Some(&last) => second = Some(i),
                Some(next) if (self.around.listed)(&self.mentions[i], &self.mentions[next]) => {
                    match ids.as_slice() {
                        [id] if !out.contains(id) => out.push(*id),
                        _ => break,
                    }
                    second = Some(i);
                }
                Some(_) => break,
                None => {}
            }
        }
        out.reverse();
        out
    }

    /// Who speaks in this sentence; for *we* the country that the speaker speaks for.
    fn speaker_side(&self, index: usize, plural: bool) -> Vec<EntityId> {
        let here = self.mentions[index].sentence;
        let speaks_in = |sentence: u32| {
            self.sentence(sentence)
                .filter(|i| (self.around.speaks)(&self.mentions[*i]) && !(self.around.quoted)(&self.mentions[*i]))
                .filter_map(|i| self.discourse.entities_of(i as u32).first().copied())
                .find(|id| self.is_person(self.discourse.entities[*id as usize].type_id))
        };
        let speaker = [Some(here), here.checked_sub(1), Some(here + 1), here.checked_sub(2)]
            .into_iter()
            .flatten()
            .find_map(speaks_in);
        let Some(speaker) = speaker else { return Vec::new() };
        if plural && let Some(country) = self.discourse.entities[speaker as usize].attributes.get("country") {
            let side = self
                .discourse
                .entities
                .iter()
                .position(|e| e.merged.is_none() && e.key.is_some() && e.name == *country);
            if let Some(side) = side {
                return vec![side as u32];
            }
        }
        vec![speaker]
    }

    /// The last distinct entities of a type before a plural description, in text order; the present sentence last.
    pub(super) fn last_several(&self, index: usize, types: TypeMask, count: usize) -> Vec<EntityId> {
        // Sides that talk are people where two of different countries are about; else whoever else can act.
        if let Some(person) = self.around.person.filter(|p| types.contains(*p)) {
            let mask = self.rules.types.mask(&self.rules.types.get(person).name);
            if types != mask {
                let people = self.last_of(index, mask, count);
                if !people.is_empty() {
                    return people;
                }
            }
        }
        self.last_of(index, types, count)
    }

    /// Whom the possessive pronoun right before a mention stands for.
    pub(super) fn owner(&self, index: usize) -> Option<EntityId> {
        let before = index.checked_sub(1)?;
        let possessive = |r: &crate::rules::Pronoun| r.possessive;
        let (owner, owned) = (&self.mentions[before], &self.mentions[index]);
        let owns = owner.end == owned.start && (self.around.pronoun)(owner).iter().any(possessive)
            // *Bo Lee's government*
            || owner.end + 1 == owned.start && (self.around.owning)(owner);
        let ids = self.discourse.entities_of(before as u32);
        ids.first().copied().filter(|_| owns && ids.len() == 1)
    }

    /// What *the country* and *his country* stand for: the owner or the owner's country, else a subject before.
    pub(super) fn back(&mut self, index: usize, types: TypeMask) -> Option<EntityId> {
        let Some(owner) = self.owner(index) else {
            let known = (self.around.definite)(&self.mentions[index]);
            return if known { self.country_before(index, types) } else { None };
        };
        let entity = &self.discourse.entities[owner as usize];
        if types.contains(entity.type_id) {
            return Some(owner);
        }
        let country = entity.attributes.get("country")?.clone();
        let same = |e: &super::Entity| e.merged.is_none() && e.key.is_some() && e.name == country;
        if let Some(at) = self.discourse.entities.iter().position(same) {
            return Some(at as EntityId);
        }
        // Named so far by nothing but a title: *Kenyan President Bo Lee said his country …*.
        let type_id = self.rules.stands_for.iter().map(|s| s.meant).find(|meant| types.contains(*meant))?;
        Some(self.discourse.by_key(type_id, &country, self.rules))
    }

    /// Whom *the country* stands for: nobody who is the subject of the same sentence, nor whose minister is. Of the others
    /// the nearest sentence's, subjects first; else whom the text speaks of most.
    fn country_before(&self, index: usize, types: TypeMask) -> Option<EntityId> {
        let here = self.mentions[index].sentence;
        let subject = (self.around.subject)(&self.mentions[index]);
        let mut taken: Vec<EntityId> = Vec::new();
        for i in self.sentence(here).filter(|i| *i < index && !subject) {
            if (self.around.subject)(&self.mentions[i]) {
                for id in self.discourse.entities_of(i as u32) {
                    taken.push(id);
                    let country = self.discourse.entities[id as usize].attributes.get("country");
                    let same = |e: &super::Entity| e.merged.is_none() && e.key.is_some() && Some(&e.name) == country;
                    taken.extend(self.discourse.entities.iter().position(same).map(|at| at as EntityId));
                }
            }
        }
        for back in 0..4 {
            let Some(sentence) = here.checked_sub(back) else { break };
            let mut found: Option<(bool, EntityId)> = None;
            for i in self.sentence(sentence).filter(|i| *i < index) {
                let mention = &self.mentions[i];
                for id in self.discourse.entities_of(i as u32) {
                    let fits = types.contains(self.discourse.entities[id as usize].type_id) && !taken.contains(&id);
                    let rank = (self.around.subject)(mention);
                    if fits && mention.form == 0 && found.is_none_or(|(best, _)| rank && !best) {
                        found = Some((rank, id));
                    }
                }
            }
            if let Some((_, id)) = found {
                return Some(id);
            }
        }
        self.last_of(index, types, 1).first().copied().filter(|id| !taken.contains(id))
    }

    /// How often the text so far speaks of an entity or of those who belong to it.
    fn salience(&self, index: usize, id: EntityId) -> usize {
        let entity = &self.discourse.entities[id as usize];
        (index.saturating_sub(REACH)..index)
            .flat_map(|i| self.discourse.of[i].first().copied())
            .filter(|other| {
                let other = self.discourse.root(*other);
                other == id || self.discourse.entities[other as usize].attributes.get("country") == Some(&entity.name)
            })
            .count()
    }

    /// The entities that the last sentences speak of, where they are that many and no more.
    pub(super) fn those_about(&self, index: usize, types: TypeMask, count: usize) -> Vec<EntityId> {
        let mut found: Vec<EntityId> = Vec::new();
        for i in (0..index).rev().take(REACH) {
            let mention = &self.mentions[i];
            if mention.sentence + 3 < self.mentions[index].sentence || found.len() > count {
                break;
            }
            for id in self.discourse.entities_of(i as u32) {
                let fits =
                    types.contains(self.discourse.entities[id as usize].type_id) && !(self.around.aside)(mention);
                if fits && !found.contains(&id) {
                    found.push(id);
                }
            }
        }
        found.reverse();
        if found.len() == count { found } else { Vec::new() }
    }

    /// The last entities of a type before a description, those in the main clauses before all others.
    fn last_of(&self, index: usize, types: TypeMask, count: usize) -> Vec<EntityId> {
        let found = self.last_where(index, types, count, &|mention| !(self.around.aside)(mention));
        if found.is_empty() { self.last_where(index, types, count, &|_| true) } else { found }
    }

    fn last_where(
        &self,
        index: usize,
        types: TypeMask,
        count: usize,
        takes: &dyn Fn(&Mention) -> bool,
    ) -> Vec<EntityId> {
        let mut found: Vec<EntityId> = Vec::new();
        let mut countries: Vec<String> = Vec::new();
        let people = self.around.person.is_some_and(|p| types.contains(p));
        for i in (0..index).rev().take(REACH) {
            let mention = &self.mentions[i];
            if !takes(mention) {
                continue;
            }
            for id in self.discourse.entities_of(i as u32).into_iter().rev() {
                let entity = &self.discourse.entities[id as usize];
                if !types.contains(entity.type_id) || found.contains(&id) {
                    continue;
                }
                // Two sides are two countries, or people of two countries.
                let side = entity.attributes.get("country").cloned().unwrap_or_else(|| entity.name.clone());
                if countries.contains(&side) {
                    continue;
                }
                countries.push(side);
                found.push(id);
            }
            // Of people the last are meant; of countries and bodies those that the text is about, unless the sentence itself
            // has named enough.
            let here = mention.sentence == self.mentions[index].sentence;
            let enough = if people || here { count } else { SIDES };
            if found.len() >= enough || mention.sentence + 6 < self.mentions[index].sentence {
                break;
            }
        }
        if found.len() > count {
            let mut ranked: Vec<usize> = (0..found.len()).collect();
            ranked.sort_by_key(|at| (std::cmp::Reverse(self.salience(index, found[*at])), *at));
            ranked.truncate(count);
            ranked.sort_unstable();
            found = ranked.into_iter().map(|at| found[at]).collect();
        }
        if found.len() < count {
            return Vec::new();
        }
        found.reverse();
        found
    }
}
