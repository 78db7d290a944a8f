//! Who is who within one document: names, then descriptions and pronouns in the order of the text.
//!
//! Named mentions are gathered first, the fullest name first, so that *Inad* finds *Juma Inad* wherever it stands. Then
//! descriptions (*the Iraqi minister*), plural descriptions (*both sides*) and pronouns go to the nearest compatible
//! entity. Nobody is merged across countries or genders.

mod anaphora;
mod described;
mod named;

use std::collections::{BTreeMap, BTreeSet};

use crate::pattern::{TypeId, TypeMask};
use crate::rules::{Back, RuleSet};

use super::mention::Mention;
use super::naming::{initials, name_tokens, office_words, tokens_equal};

/// The attribute that says what somebody is; packs set it.
const OFFICE: &str = "office";

/// The attribute that says of what country somebody is; packs set it.
const COUNTRY: &str = "country";

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
    /// Mentions, by number, of names of which nothing is known that look like a name where they stand.
    pub strangers: BTreeSet<u32>,
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
    /// Whether a mention describes several: *two officers*.
    pub plural: &'a dyn Fn(&Mention) -> bool,
    /// Whether the mark of an owner stands behind a mention.
    pub owning: &'a dyn Fn(&Mention) -> bool,
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

    fn gender_fits(&self, wanted: Option<&str>, entity: &Entity) -> bool {
        match (wanted, entity.attributes.get("gender")) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        }
    }
}
