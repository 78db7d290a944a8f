//! Who is who within one document: names, then descriptions and pronouns in the order of the text.
//!
//! Named mentions are gathered first, the fullest name first, so that *Inad* finds *Juma Inad* wherever it stands. Then
//! descriptions (*the Iraqi minister*), plural descriptions (*both sides*) and pronouns go to the nearest compatible
//! entity. Nobody is merged across countries or genders.

mod anaphora;
mod named;

use std::collections::{BTreeMap, BTreeSet};

use crate::pattern::{TypeId, TypeMask, fold};
use crate::rules::{Back, RuleSet};

use super::mention::Mention;
use super::naming::{initials, name_tokens, office_words, tokens_equal};

/// The attribute that says what somebody is; packs set it.
const OFFICE: &str = "office";

/// Index of an entity of the document.
pub type EntityId = u32;

/// An entity as the document builds it up.
#[derive(Debug, Clone)]
pub struct Entity {
    /// Its narrowest type so far.
    pub type_id: TypeId,
    /// Its best name.
    pub name: String,
    /// Forms of its name.
    pub aliases: BTreeSet<String>,
    /// Folded tokens of its fullest name.
    pub tokens: Vec<String>,
    /// Attributes.
    pub attributes: BTreeMap<String, String>,
    /// Gazetteer key.
    pub key: Option<String>,
    /// Whether it has a name.
    pub named: bool,
    /// Its mentions, as indices, in text order once complete.
    pub mentions: Vec<u32>,
    /// Where it was taken over by another entity.
    pub merged: Option<EntityId>,
}

impl Entity {
    /// The last of its mentions before another one.
    fn last_before(&self, mention: usize) -> Option<u32> {
        let after = self.mentions.partition_point(|m| *m < mention as u32);
        after.checked_sub(1).map(|i| self.mentions[i])
    }
}

/// How many mentions back, and how many entities, are looked at for whom a mention stands: reference is local, and a
/// text of any length stays linear.
const REACH: usize = 400;

/// The entities of a document and who each mention stands for.
#[derive(Debug, Default)]
pub struct Discourse {
    /// All entities; some are merged into others.
    pub entities: Vec<Entity>,
    /// Entities by mention; several for a plural one, none where nobody fits.
    pub of: Vec<Vec<EntityId>>,
    /// The type of names of which nothing is known.
    pub unknown: Option<TypeId>,
    keys: BTreeMap<String, EntityId>,
    /// Named entities by each token of their name and by its initials.
    by_token: BTreeMap<String, Vec<EntityId>>,
}

impl Discourse {
    /// The entity that an id stands for after merging.
    pub fn root(&self, mut id: EntityId) -> EntityId {
        while let Some(next) = self.entities[id as usize].merged {
            id = next;
        }
        id
    }

    /// The entities a mention stands for.
    pub fn entities_of(&self, mention: u32) -> Vec<EntityId> {
        let mut out: Vec<EntityId> = Vec::new();
        for id in &self.of[mention as usize] {
            let root = self.root(*id);
            if !out.contains(&root) {
                out.push(root);
            }
        }
        out
    }

    /// The entity of a gazetteer's key, made where it is new.
    pub fn by_key(&mut self, type_id: TypeId, name: &str, rules: &RuleSet) -> EntityId {
        let broadest = *rules.types.get(type_id).ancestors.last().unwrap_or(&type_id);
        let key = format!("{}/{name}", rules.types.get(broadest).name);
        if let Some(id) = self.keys.get(&key) {
            return self.root(*id);
        }
        let id = self.push(type_id, name.to_owned(), true);
        self.entities[id as usize].key = Some(key.clone());
        self.keys.insert(key, id);
        id
    }

    /// The latest entity of that very name that no gazetteer knows.
    pub fn called(&self, name: &str) -> Option<EntityId> {
        let tokens = name_tokens(name);
        let same = |id: &EntityId| {
            let entity = &self.entities[*id as usize];
            entity.named && entity.key.is_none() && entity.merged.is_none() && tokens_equal(&entity.tokens, &tokens)
        };
        self.alike(&tokens).into_iter().rev().find(same)
    }

    /// The entity of a name of which nothing else is known, made where it is new.
    pub fn guessed(&mut self, type_id: TypeId, name: &str) -> EntityId {
        self.called(name).unwrap_or_else(|| self.push(type_id, name.to_owned(), true))
    }

    fn push(&mut self, type_id: TypeId, name: String, named: bool) -> EntityId {
        let tokens = name_tokens(&name);
        let id = self.entities.len() as u32;
        if named {
            for token in tokens.iter().cloned().chain(initials(&tokens)) {
                let list = self.by_token.entry(token).or_default();
                if list.last() != Some(&id) {
                    list.push(id);
                }
            }
        }
        self.entities.push(Entity {
            type_id,
            name,
            aliases: BTreeSet::new(),
            tokens,
            attributes: BTreeMap::new(),
            key: None,
            named,
            mentions: Vec::new(),
            merged: None,
        });
        id
    }

    /// A further name by which later mentions find an entity.
    fn also_called(&mut self, id: EntityId, alias: &str) {
        for token in name_tokens(alias) {
            let list = self.by_token.entry(token).or_default();
            if let Err(at) = list.binary_search(&id) {
                list.insert(at, id);
            }
        }
        self.entities[id as usize].aliases.insert(alias.to_owned());
    }

    /// Named entities that share a token with a name, or whose initials it is; the latest of each, in order.
    fn alike(&self, tokens: &[String]) -> Vec<EntityId> {
        let mut out: Vec<EntityId> = Vec::new();
        for token in tokens {
            if let Some(list) = self.by_token.get(token) {
                out.extend(&list[list.len().saturating_sub(REACH)..]);
            }
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    /// Adds a mention to an entity, with what it tells of it.
    pub fn attach(&mut self, id: EntityId, index: u32, mention: &Mention, rules: &RuleSet) {
        let id = self.root(id);
        let entity = &mut self.entities[id as usize];
        if let Err(at) = entity.mentions.binary_search(&index) {
            entity.mentions.insert(at, index);
        }
        if let Some(narrower) = rules.types.narrower(entity.type_id, mention.type_id) {
            entity.type_id = narrower;
        }
        if !mention.pronoun {
            for (name, value) in &mention.attributes {
                // *the Iraqi official* does not make a minister an official.
                if mention.nominal && entity.named && name.as_ref() == OFFICE && office_words(value, rules).is_empty() {
                    continue;
                }
                entity.attributes.entry(name.to_string()).or_insert_with(|| value.clone());
            }
        }
        if !self.of[index as usize].contains(&id) {
            self.of[index as usize].push(id);
        }
    }

    /// Notes that a mention of something else stands for an entity here.
    pub fn stand_for(&mut self, id: EntityId, mention: u32) {
        let entity = &mut self.entities[id as usize];
        if let Err(at) = entity.mentions.binary_search(&mention) {
            entity.mentions.insert(at, mention);
        }
    }

    fn merge(&mut self, from: EntityId, into: EntityId, rules: &RuleSet) {
        let (from, into) = (self.root(from), self.root(into));
        if from == into {
            return;
        }
        let gone = self.entities[from as usize].clone();
        let kept = &mut self.entities[into as usize];
        kept.mentions.extend(gone.mentions.iter().copied());
        kept.mentions.sort_unstable();
        kept.mentions.dedup();
        for (k, v) in gone.attributes {
            kept.attributes.entry(k).or_insert(v);
        }
        if gone.named {
            kept.aliases.extend(gone.aliases);
        }
        if let Some(narrower) = rules.types.narrower(kept.type_id, gone.type_id) {
            kept.type_id = narrower;
        }
        self.entities[from as usize].merged = Some(into);
    }
}

/// Who does what is done to a pronoun, and so is not the pronoun: *Peru attacked it*.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doer {
    /// The mention that ends at this token.
    Before(u32),
    /// The subject of the sentence, across a conjunction.
    Subject,
}

/// What resolving needs to see of the text beside the mentions.
pub struct Surroundings<'a> {
    /// Whether a mention is definite: has a definite determiner, an owner or an adjective of nationality.
    pub definite: &'a dyn Fn(&Mention) -> bool,
    /// Whether a mention opens its sentence or is the subject of its first verb.
    pub subject: &'a dyn Fn(&Mention) -> bool,
    /// Whether a reporting verb stands beside a mention.
    pub speaks: &'a dyn Fn(&Mention) -> bool,
    /// Whether a mention stands inside quotation marks.
    pub quoted: &'a dyn Fn(&Mention) -> bool,
    /// The pronoun readings of a mention.
    pub pronoun: &'a dyn Fn(&Mention) -> Vec<crate::rules::Pronoun>,
    /// Which of the pack's descriptions that go back to what was named a mention is.
    pub pair: &'a dyn Fn(&Mention) -> Option<usize>,
    /// Whether a conjunction joins the second mention to the first.
    pub joined: &'a dyn Fn(&Mention, &Mention) -> bool,
    /// Whether two mentions are members of one list, with nothing but its marks between them.
    pub listed: &'a dyn Fn(&Mention, &Mention) -> bool,
    /// For a pronoun that a verb governs, the first token after which no subject of that verb stands; see below.
    pub done_to: &'a dyn Fn(&Mention) -> Option<Doer>,
    /// Whether a mention says where: *in Singapore*.
    pub placed: &'a dyn Fn(&Mention) -> bool,
    /// Whether a pronoun opens a clause that stands on the noun before it: *the war it wages*.
    pub contact: &'a dyn Fn(&Mention) -> bool,
    /// Whether a mention stands in a clause that only describes: *the meeting, which was attended by Bo Lee, …*.
    pub aside: &'a dyn Fn(&Mention) -> bool,
    /// Whether a mention is a *counterpart*.
    pub counterpart: &'a dyn Fn(&Mention) -> bool,
    /// Types that can act.
    pub actors: Option<TypeMask>,
    /// The type of persons.
    pub person: Option<TypeId>,
    /// The type of a name of which nothing else is known.
    pub unknown: Option<TypeId>,
}

/// Resolves all mentions of a document; they are in text order.
pub fn resolve(mentions: &[Mention], inner: &[Mention], rules: &RuleSet, around: &Surroundings<'_>) -> Discourse {
    let mut resolver = Resolver {
        discourse: Discourse {
            of: vec![Vec::new(); mentions.len() + inner.len()],
            unknown: around.unknown,
            ..Discourse::default()
        },
        mentions,
        rules,
        around,
    };
    resolver.named();
    resolver.in_order();
    resolver.nameless();
    // Entities that only stand inside of titles come last, so that they never win over those of the text proper.
    for (i, mention) in inner.iter().enumerate() {
        let id = resolver.inside(mention);
        resolver.discourse.attach(id, (mentions.len() + i) as u32, mention, rules);
    }
    resolver.discourse
}

/// Whether a description ends with the words of another.
fn ends_with_words(long: &str, short: &str) -> bool {
    let (long, short) = (fold(long), fold(short));
    long.strip_suffix(short.as_str()).is_some_and(|rest| rest.ends_with(' '))
}

struct Resolver<'a> {
    discourse: Discourse,
    mentions: &'a [Mention],
    rules: &'a RuleSet,
    around: &'a Surroundings<'a>,
}

impl Resolver<'_> {
    /// The mentions of a sentence, as far as reference reaches.
    fn sentence(&self, number: u32) -> std::ops::Range<usize> {
        let start = self.mentions.partition_point(|m| m.sentence < number);
        let end = self.mentions.partition_point(|m| m.sentence <= number);
        start..end.min(start + REACH)
    }

    fn is_person(&self, type_id: TypeId) -> bool {
        self.around.person.is_some_and(|p| self.rules.types.is_a(type_id, p))
    }

    fn compatible(&self, mention: &Mention, entity: &Entity) -> bool {
        self.rules.discourse.discriminating.iter().all(|name| {
            match (mention.attribute(name), entity.attributes.get(name)) {
                (Some(a), Some(b)) => a == b,
                _ => true,
            }
        })
    }

    /// Descriptions and pronouns, in the order of the text.
    fn in_order(&mut self) {
        for index in 0..self.mentions.len() {
            let mention = &self.mentions[index];
            if mention.pronoun {
                self.pronoun(index);
            } else if let Some(back) = (self.around.pair)(mention).map(|at| &self.rules.discourse.pairs[at])
                && (!back.owned || self.owner(index).is_some())
            {
                let Back { types, count, several, .. } = *back;
                let found = if several {
                    self.those_about(index, types, count)
                } else if count > 1 {
                    self.last_several(index, types, count)
                } else {
                    self.back(index, types).into_iter().collect()
                };
                for id in &found {
                    self.discourse.attach(*id, index as u32, mention, self.rules);
                }
                // *Ministers met in Oslo* before any of them is named: a group.
                if found.is_empty() && count > 1 && mention.nominal && (several || mention.end - mention.start == 1) {
                    self.description(index);
                }
            } else if mention.nominal && self.discourse.of[index].is_empty() {
                self.description(index);
            } else if !mention.nominal {
                if (self.around.counterpart)(mention) {
                    self.named_counterpart(index);
                }
                self.name_after_description(index);
            }
        }
    }

    /// A description goes to the nearest entity that it can describe; otherwise it is an entity without a name.
    fn description(&mut self, index: usize) {
        let mention = &self.mentions[index];
        let rules = self.rules;
        if mention.entry.is_some() {
            let id = self.discourse.by_key(mention.type_id, &mention.value, rules);
            self.discourse.attach(id, index as u32, mention, rules);
            return;
        }
        let mut mention = mention.clone();
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
    fn named_counterpart(&mut self, index: usize) {
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
    fn name_after_description(&mut self, index: usize) {
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

    fn gender_fits(&self, wanted: Option<&str>, entity: &Entity) -> bool {
        match (wanted, entity.attributes.get("gender")) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        }
    }
}
