//! Relations that names tell by what they are composed of: *NATO spokeswoman Ada Lund* needs no verb to speak for NATO.

use crate::pattern::TypeMask;
use crate::rules::{PartReading, Rule, RuleSet};

use super::discourse::Discourse;
use super::fragment::{Modality, Polarity};
use super::lexed::Lexed;
use super::mention::Mention;
use super::relate::Statement;

/// What the names of one sentence tell. `mentions` are those of the document, from `outer` on those that stand inside of
/// others.
pub fn read(
    mentions: &[Mention],
    outer: usize,
    lexed: &Lexed,
    sentence: u32,
    rules: &RuleSet,
    discourse: &Discourse,
) -> Vec<Statement> {
    let mut out = Vec::new();
    if rules.part_rules.is_empty() {
        return out;
    }
    let of_sentence = |from: usize, to: usize| {
        let list = &mentions[from..to];
        from + list.partition_point(|m| m.sentence < sentence)..from + list.partition_point(|m| m.sentence <= sentence)
    };
    let inside = of_sentence(outer, mentions.len());
    let place = Place { discourse, rules };
    for index in of_sentence(0, outer).chain(inside.clone()) {
        let mention = &mentions[index];
        for part in &mention.parts {
            let Some(target) =
                inside.clone().find(|i| (mentions[*i].start, mentions[*i].end) == (part.start, part.end))
            else {
                continue;
            };
            let without = |rule: &Rule| {
                rule.unless.is_empty()
                    || (mention.read.0..mention.read.1).all(|t| !rule.unless.contains(lexed.words[t as usize]))
            };
            let tells =
                |rule: &Rule| rule.reads.as_ref().is_some_and(|r| holds(r, mention, &part.role)) && without(rule);
            let Some(&number) = rules.part_rules.iter().find(|r| tells(&rules.rules[**r as usize])) else { continue };
            statements(&place, number, index as u32, target as u32, &mut out);
        }
    }
    out
}

struct Place<'a> {
    discourse: &'a Discourse,
    rules: &'a RuleSet,
}

fn holds(reading: &PartReading, mention: &Mention, role: &str) -> bool {
    reading.of.contains(mention.type_id)
        && reading.roles.iter().any(|r| **r == *role)
        && reading.when.iter().all(|(name, regex)| regex.is_match(mention.attribute(name).unwrap_or_default()))
}

fn statements(place: &Place<'_>, number: u32, source: u32, target: u32, out: &mut Vec<Statement>) {
    let rule = &place.rules.rules[number as usize];
    let relation = &place.rules.relations[rule.relation as usize];
    let masks = relation.between.unwrap_or((TypeMask::ALL, TypeMask::ALL));
    let of = |mention: u32, types: TypeMask| {
        let mut ids = place.discourse.entities_of(mention);
        ids.retain(|id| types.contains(place.discourse.entities[*id as usize].type_id));
        ids
    };
    for from in of(source, masks.0) {
        for to in of(target, masks.1) {
            if from == to {
                continue;
            }
            out.push(Statement {
                relation: rule.relation,
                rule: number,
                clause: 0,
                source: (from, source),
                target: (to, target),
                predicate: None,
                words: Vec::new(),
                modality: Modality::Asserted,
                polarity: Polarity::Positive,
                speakers: Vec::new(),
                spoken_for: Vec::new(),
                roles: Vec::new(),
                confidence: rule.confidence,
                grammatical: true,
            });
        }
    }
}
