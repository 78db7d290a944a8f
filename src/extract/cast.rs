//! Who could fill the slots of a clause in a sentence, told before the sentence is parsed.
//!
//! A parse costs more than all else that is done to a sentence. Whatever its arcs are, a slot is filled by an entity that a
//! mention of the sentence stands for; so a clause that asks for others, or for two where there is one, finds nothing there. It is [`super::reading`] that fills
//! slots, and nothing may fill one there that is not counted here.

use crate::pattern::{AtomKind, Clause, TypeId, TypeMask};
use crate::rules::{Rule, RuleSet};

use super::discourse::{Discourse, EntityId};
use super::mention::Mention;

/// The entities that mentions of a sentence stand for.
#[derive(Debug, Default)]
pub struct Cast {
    /// Each with the types that a slot may ask for to get it.
    players: Vec<(Player, TypeMask)>,
    types: TypeMask,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Player {
    Entity(EntityId),
    /// The one of another type that an entity stands for.
    Meant(EntityId),
    /// A mention of which nothing is known, taken for somebody of a type: another slot may take it for another type.
    Guessed(u32, TypeId),
}

impl Player {
    /// Whether two are not one and the same: a name is nobody else, whatever it is taken for.
    fn differs(self, other: Self) -> bool {
        match (self, other) {
            (Self::Guessed(one, _), Self::Guessed(other, _)) => one != other,
            _ => self != other,
        }
    }
}

impl Cast {
    /// Takes in the mentions of another sentence.
    pub fn gather(&mut self, mentions: &[(u32, &Mention)], discourse: &Discourse, rules: &RuleSet) {
        self.players.clear();
        self.types = TypeMask::NONE;
        for (number, mention) in mentions {
            let entities = &discourse.of[*number as usize];
            for entity in entities.iter().map(|id| discourse.root(*id)) {
                let known = &discourse.entities[entity as usize];
                self.add(Player::Entity(entity), TypeMask::of(known.type_id));
                for stands in &rules.stands_for {
                    if rules.types.is_a(known.type_id, stands.mentioned)
                        && known.attributes.contains_key(&stands.attribute)
                    {
                        self.add(Player::Meant(entity), TypeMask::of(stands.meant));
                    }
                }
            }
            let guess = rules.discourse.guess.filter(|_| discourse.strangers.contains(number));
            if let Some((several, one)) = guess.filter(|_| entities.is_empty()) {
                match discourse.called(&mention.value) {
                    Some(id) => {
                        self.add(Player::Entity(id), TypeMask::of(discourse.entities[id as usize].type_id));
                    }
                    None => {
                        for type_id in [several, one] {
                            self.add(Player::Guessed(*number, type_id), TypeMask::of(type_id));
                        }
                    }
                }
            }
        }
    }

    fn add(&mut self, player: Player, types: TypeMask) {
        self.types = self.types.union(types);
        match self.players.iter_mut().find(|(known, _)| *known == player) {
            Some((_, all)) => *all = all.union(types),
            None => self.players.push((player, types)),
        }
    }

    fn of(&self, types: TypeMask) -> impl Iterator<Item = Player> + '_ {
        self.players.iter().filter(move |(_, all)| all.meets(types)).map(|(player, _)| *player)
    }

    /// Whether somebody is there for every slot of a clause, and two for the ends of the relation.
    pub fn can_play(&self, rule: &Rule, clause: &Clause) -> bool {
        let (mut source, mut target) = (None, None);
        for atom in &clause.atoms {
            let AtomKind::Slot { role, types, .. } = &atom.kind else { continue };
            if !self.types.meets(*types) {
                return false;
            }
            // The first of a role is the one that counts.
            if **role == *rule.target {
                target = target.or(Some(*types));
            }
            if **role == *rule.source {
                source = source.or(Some(*types));
            }
        }
        let Some(target) = target else { return false };
        let Some(source) = source else { return rule.by_speaker };
        self.of(source).any(|one| self.of(target).any(|other| one.differs(other)))
    }
}
