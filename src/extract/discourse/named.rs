//! Named mentions: gazetteer entities by key, others by their name, the fullest first.

use std::collections::{BTreeMap, BTreeSet};

use super::{Entity, EntityId, OFFICE, REACH, Resolver};
use crate::extract::mention::Mention;
use crate::extract::naming::{acronym_of, name_tokens, office_words, person_name_fits, tokens_equal};
use crate::pattern::fold;

impl Resolver<'_> {
    /// Whom a mention stands for that stands inside of another.
    pub(super) fn inside(&mut self, mention: &Mention) -> EntityId {
        if mention.entry.is_some() {
            return self.discourse.by_key(mention.type_id, &mention.value, self.rules);
        }
        let index = self.mentions.partition_point(|m| m.start < mention.start);
        let known = if mention.nominal {
            let value = fold(&mention.value);
            let latest = self.discourse.entities.len().saturating_sub(REACH);
            let alike = |entity: &Entity| {
                entity.merged.is_none()
                    && entity.key.is_none()
                    && self.rules.types.narrower(entity.type_id, mention.type_id).is_some()
                    && fold(&entity.name) == value
                    && self.compatible(mention, entity)
            };
            self.discourse.entities[latest..].iter().rposition(alike).map(|at| (latest + at) as u32)
        } else {
            self.same_name(mention, index)
        };
        known.unwrap_or_else(|| self.discourse.push(mention.type_id, mention.value.clone(), !mention.nominal))
    }

    /// Named mentions: gazetteer entities by key; others by their name, the fullest first.
    pub(super) fn named(&mut self) {
        let mut order: Vec<usize> =
            (0..self.mentions.len()).filter(|i| !self.mentions[*i].nominal && !self.mentions[*i].pronoun).collect();
        order.sort_by_key(|&i| (std::cmp::Reverse(name_tokens(&self.mentions[i].value).len()), i));
        for &i in &order {
            let mention = &self.mentions[i];
            if mention.entry.is_some() && !self.may_be_surname(mention) {
                self.known(i);
            }
        }
        for &i in &order {
            let mention = &self.mentions[i];
            if mention.entry.is_some() && !self.discourse.of[i].is_empty() {
                continue;
            }
            if mention.entry.is_some() {
                match self.surname_of(mention, i) {
                    Some(id) => self.discourse.attach(
                        id,
                        i as u32,
                        &Mention { attributes: Vec::new(), ..mention.clone() },
                        self.rules,
                    ),
                    None => self.known(i),
                }
            } else if let Some(id) = self.same_name(mention, i) {
                self.discourse.attach(id, i as u32, mention, self.rules);
                self.alias(id, mention);
            } else if Some(mention.type_id) != self.around.unknown {
                let id = self.discourse.push(mention.type_id, mention.value.clone(), true);
                self.discourse.attach(id, i as u32, mention, self.rules);
                self.alias(id, mention);
            } else if let Some(person) = self.around.person.filter(|_| (self.around.speaks)(mention)) {
                // A name that speaks is a person's.
                let id = self.discourse.push(person, mention.value.clone(), true);
                let mut known = mention.clone();
                known.type_id = person;
                self.discourse.attach(id, i as u32, &known, self.rules);
                self.alias(id, mention);
            }
        }
        // Names that nothing explained, once more, now that all entities stand.
        for &i in &order {
            if self.discourse.of[i].is_empty()
                && let Some(id) = self.same_name(&self.mentions[i], i)
            {
                self.discourse.attach(id, i as u32, &self.mentions[i], self.rules);
                self.alias(id, &self.mentions[i]);
            }
        }
    }

    /// A description of somebody who is named elsewhere with the same office of the same country: of one such person alone.
    pub(super) fn nameless(&mut self) {
        let mut holders: BTreeMap<(&str, BTreeSet<String>), Vec<EntityId>> = BTreeMap::new();
        let mut described = Vec::new();
        for (id, entity) in self.discourse.entities.iter().enumerate() {
            let (Some(country), Some(office)) = (entity.attributes.get("country"), entity.attributes.get(OFFICE))
            else {
                continue;
            };
            let office = office_words(office, self.rules);
            if entity.merged.is_some() || !self.is_person(entity.type_id) || office.is_empty() {
                continue;
            }
            if entity.named {
                holders.entry((country, office)).or_default().push(id as EntityId);
            } else {
                described.push((id as EntityId, (country.as_str(), office)));
            }
        }
        let mut same = Vec::new();
        for (id, post) in &described {
            let Some([holder]) = holders.get(post).map(Vec::as_slice) else { continue };
            let (nameless, named) =
                (&self.discourse.entities[*id as usize], &self.discourse.entities[*holder as usize]);
            let told = |(key, value): (&String, &String)| key == OFFICE || named.attributes.get(key) == Some(value);
            let one_line = self.rules.types.narrower(named.type_id, nameless.type_id).is_some();
            if one_line && nameless.attributes.iter().all(told) {
                same.push((*id, *holder));
            }
        }
        for (id, holder) in same {
            self.discourse.merge(id, holder, self.rules);
        }
    }

    /// A mention of a gazetteer's entity.
    fn known(&mut self, index: usize) {
        let mention = &self.mentions[index];
        let id = self.discourse.by_key(mention.type_id, &mention.value, self.rules);
        self.discourse.attach(id, index as u32, mention, self.rules);
        self.alias(id, mention);
    }

    /// *Lyons said*: a place of one word that nothing places, where the report may speak of a person of that name.
    fn may_be_surname(&self, mention: &Mention) -> bool {
        self.around.actors.is_some_and(|actors| !actors.contains(mention.type_id))
            && mention.form == 0
            && mention.end - mention.start == 1
            && !(self.around.placed)(mention)
    }

    /// The person of the report whose last name a mention is.
    fn surname_of(&self, mention: &Mention, index: usize) -> Option<EntityId> {
        let tokens = name_tokens(&mention.value);
        let person = self.around.person?;
        let named = Mention { type_id: person, attributes: Vec::new(), ..mention.clone() };
        self.same_name(&named, index).filter(|id| {
            let entity = &self.discourse.entities[*id as usize];
            self.is_person(entity.type_id) && entity.tokens.len() > 1 && entity.tokens.last() == tokens.last()
        })
    }

    fn alias(&mut self, id: EntityId, mention: &Mention) {
        let id = self.discourse.root(id);
        if let Some(alias) = &mention.alias {
            self.discourse.also_called(id, alias);
        }
        let entity = &mut self.discourse.entities[id as usize];
        if mention.form == 0 && mention.value != entity.name {
            entity.aliases.insert(mention.value.clone());
        }
    }

    /// The entity whose name contains this mention's, compatible in all else; of several the one mentioned nearest before.
    fn same_name(&self, mention: &Mention, index: usize) -> Option<EntityId> {
        let tokens = name_tokens(&mention.value);
        let unknown = Some(mention.type_id) == self.around.unknown;
        let person = self.is_person(mention.type_id) || unknown;
        let mut best: Option<(bool, u32, EntityId)> = None;
        for id in self.discourse.alike(&tokens) {
            let entity = &self.discourse.entities[id as usize];
            if entity.merged.is_some()
                || !entity.named
                || entity.key.is_some()
                    && !tokens_equal(&tokens, &entity.tokens)
                    && !entity.aliases.contains(&mention.value)
            {
                continue;
            }
            let fits = if self.is_person(entity.type_id) {
                person
                    && person_name_fits(&tokens, &entity.tokens, &self.rules.identity.particles)
                    && self.compatible(mention, entity)
            } else {
                let same_kind = unknown || self.rules.types.narrower(mention.type_id, entity.type_id).is_some();
                same_kind
                    && (tokens_equal(&tokens, &entity.tokens)
                        || acronym_of(&mention.value, &entity.tokens)
                        || entity.aliases.contains(&mention.value))
            };
            if !fits {
                continue;
            }
            let first = entity.mentions.first().copied().unwrap_or(u32::MAX);
            let before = first < index as u32;
            let nearest = entity.last_before(index).unwrap_or(0);
            let rank = (before, nearest, id);
            if best.is_none_or(|b| (rank.0, rank.1) > (b.0, b.1)) {
                best = Some(rank);
            }
        }
        best.map(|(_, _, id)| id)
    }
}
