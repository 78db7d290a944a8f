//! Relations: the clauses whose trigger stands in the sentence are tried, and matches become statements.

use std::sync::Arc;

use crate::language::{Deprel, Upos};
use crate::pattern::{AtomKind, Clause, Places, TypeMask};
use crate::rules::{Relation, Rule, RuleSet, Status};

use super::discourse::{Discourse, EntityId};
use super::fragment::{Modality, Polarity};
use super::mention::Mention;
use super::status::{Standing, standing};
use super::syntax::{Filled, Syntax};

/// One statement found in a sentence.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Index of the relation.
    pub relation: u32,
    /// Index of the rule.
    pub rule: u32,
    /// Which of its clauses.
    pub clause: u32,
    /// Source entity and the mention it was bound by.
    pub source: (EntityId, u32),
    /// Target entity and the mention it was bound by.
    pub target: (EntityId, u32),
    /// The unit of the predicate.
    pub predicate: usize,
    /// Units of all words of the match.
    pub words: Vec<usize>,
    /// Modality after the rule's own reading.
    pub modality: Modality,
    /// Polarity.
    pub polarity: Polarity,
    /// Speakers, as units.
    pub speakers: Vec<usize>,
    /// Further attributes from the rule's optional parts: role and mention.
    pub roles: Vec<(String, u32)>,
    /// Between 0 and 1.
    pub confidence: f64,
    /// Whether it was read by grammar, not on the surface.
    pub grammatical: bool,
}

/// Who can fill a slot at a unit: entity and the mention that stands for it.
pub struct Fillers<'a> {
    /// The document's mentions, inner ones after the others.
    pub mentions: &'a [Mention],
    /// Who they are.
    pub discourse: &'a Discourse,
    /// The rules.
    pub rules: &'a RuleSet,
}

impl Fillers<'_> {
    /// The entities of these types that a mention stands for. A capital stands for its country where no place is asked for.
    pub fn of_mention(&self, mention: u32, types: TypeMask) -> Vec<(EntityRef, u32)> {
        let mut out = Vec::new();
        for id in self.discourse.entities_of(mention) {
            let entity = &self.discourse.entities[id as usize];
            let mut meant = None;
            for stands in &self.rules.stands_for {
                let applies = self.rules.types.is_a(entity.type_id, stands.mentioned)
                    && types.contains(stands.meant)
                    && !types.within(stands.literal);
                if applies {
                    meant = meant.or(entity.attributes.get(&stands.attribute).map(|name| (stands.meant, name.clone())));
                }
            }
            match meant {
                Some((type_id, name)) => out.push((EntityRef::Meant(type_id, name), mention)),
                None if types.contains(entity.type_id) => out.push((EntityRef::Known(id), mention)),
                None => {}
            }
        }
        out
    }
}

/// An entity that a mention stands for: itself, or one of another type that it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntityRef {
    /// The entity of the mention.
    Known(EntityId),
    /// A gazetteer entity by type and name.
    Meant(crate::pattern::TypeId, String),
}

/// Finds the mentions that fill a slot at a unit: its own, or, where the unit is a noun that is looked through, its owner's.
pub fn fillers_at(
    syntax: &Syntax<'_>,
    fillers: &Fillers<'_>,
    unit: usize,
    types: TypeMask,
    depth: usize,
) -> Vec<(EntityRef, u32)> {
    if let Some(mention) = syntax.units[unit].mention {
        let own = fillers.of_mention(mention, types);
        if !own.is_empty() {
            return own;
        }
        // *his counterpart, Juma Inad*: the apposition can fill what the description cannot.
        for child in syntax.by(unit, &[Deprel::Appos, Deprel::Flat]) {
            if let Some(mention) = syntax.units[child].mention {
                let found = fillers.of_mention(mention, types);
                if !found.is_empty() {
                    return found;
                }
            }
        }
    }
    if depth > 3 {
        return Vec::new();
    }
    let rules = fillers.rules;
    if rules.discourse.transparent.contains(syntax.units[unit].word) {
        let mut owners = Vec::new();
        syntax.owners(unit, &mut owners);
        syntax.obliques(unit, &rules.function.genitive, &mut owners);
        syntax.obliques(unit, &rules.discourse.place_adpositions, &mut owners);
        for owner in owners {
            let found = fillers_at(syntax, fillers, owner, types, depth + 1);
            if !found.is_empty() {
                return found;
            }
        }
    }
    if syntax.units[unit].mention.is_none() {
        for child in syntax.by(unit, &[Deprel::Appos]) {
            if syntax.units[child].mention.is_some() {
                return fillers_at(syntax, fillers, child, types, depth + 1);
            }
        }
    }
    Vec::new()
}

/// Tries every clause whose trigger stands in the sentence.
pub fn find(
    syntax: &Syntax<'_>,
    fillers: &Fillers<'_>,
    rules: &RuleSet,
    mut entity: impl FnMut(&EntityRef) -> EntityId,
) -> Vec<Statement> {
    let mut tried: Vec<(u32, u32)> = Vec::new();
    for unit in 0..syntax.units.len() {
        if let Some(list) = rules.triggers.get(&syntax.units[unit].word) {
            tried.extend(list.iter().copied());
        }
    }
    tried.sort_unstable();
    tried.dedup();
    let can = |unit: usize, types: TypeMask| !fillers_at(syntax, fillers, unit, types, 0).is_empty();
    let filled = Filled { syntax, can: &can };
    let mut out: Vec<Statement> = Vec::new();
    let mut places: Vec<Places> = Vec::new();
    for (r, c) in tried {
        let rule = &rules.rules[r as usize];
        let clause = &rule.clauses[c as usize];
        for head in 0..syntax.units.len() {
            places.clear();
            clause.by_grammar(&filled, head, &mut places);
            if rule.as_written {
                places.retain(|p| p.windows(2).all(|w| w[0] <= w[1]));
            }
            let grammatical = !places.is_empty();
            if !grammatical && surface_allowed(syntax, clause, head) {
                places.extend(clause.on_surface(&filled, head, 3));
            }
            for place in &places {
                statements(syntax, fillers, rules, (r, c), rule, clause, place, grammatical, &mut entity, &mut out);
            }
        }
    }
    keep_best(out, rules)
}

/// Matching on the surface is for what is no full clause, and for predicates that the parse left without arguments.
fn surface_allowed(syntax: &Syntax<'_>, clause: &Clause, head: usize) -> bool {
    if syntax.is_passive(head) {
        return false;
    }
    let mut subjects = Vec::new();
    if clause.verbal {
        syntax.subjects(head, &mut subjects);
    }
    syntax.broken
        || clause.verbal
            && subjects.is_empty()
            && syntax.units[head].morph.upos == Upos::Verb
            && !matches!(syntax.rels[head], Deprel::Acl | Deprel::Advcl | Deprel::Xcomp)
}

#[allow(clippy::too_many_arguments)]
fn statements(
    syntax: &Syntax<'_>,
    fillers: &Fillers<'_>,
    rules: &RuleSet,
    (r, c): (u32, u32),
    rule: &Rule,
    clause: &Clause,
    place: &Places,
    grammatical: bool,
    entity: &mut impl FnMut(&EntityRef) -> EntityId,
    out: &mut Vec<Statement>,
) {
    let unit_of = |role: &str| {
        clause
            .atoms
            .iter()
            .zip(place)
            .find(|(a, _)| matches!(&a.kind, AtomKind::Slot { role: x, .. } if x == role))
            .map(|(a, u)| (a, *u as usize))
    };
    let (Some((source_atom, source_unit)), Some((target_atom, target_unit))) =
        (unit_of(&rule.source), unit_of(&rule.target))
    else {
        return;
    };
    let relation = &rules.relations[rule.relation as usize];
    let words: Vec<usize> = clause
        .atoms
        .iter()
        .zip(place)
        .filter(|(a, _)| matches!(a.kind, AtomKind::Word { .. }))
        .map(|(_, u)| *u as usize)
        .collect();
    if !rule.unless.is_empty()
        && words.iter().any(|w| {
            syntax.children(*w).any(|c| rule.unless.contains(syntax.units[c].word))
                || rule.unless.contains(syntax.units[*w].word)
        })
    {
        return;
    }
    let head = place[clause.head] as usize;
    let standing = standing(syntax, rules, head, &words);
    let Some((modality, polarity)) = read_standing(rule, &standing) else { return };
    let types = |atom: &crate::pattern::Atom, bound: Option<TypeMask>| match (&atom.kind, bound) {
        (AtomKind::Slot { types, .. }, _) => *types,
        (AtomKind::Word { .. }, bound) => bound.unwrap_or(TypeMask::ALL),
    };
    let sources = fillers_at(syntax, fillers, source_unit, types(source_atom, relation.between.map(|b| b.0)), 0);
    let targets = fillers_at(syntax, fillers, target_unit, types(target_atom, relation.between.map(|b| b.1)), 0);
    let roles = optional_roles(syntax, fillers, rule, &words);
    for (source, source_mention) in &sources {
        for (target, target_mention) in &targets {
            if source == target {
                continue;
            }
            let (source, target) = (entity(source), entity(target));
            if source == target || !typed(relation, fillers, source, target) {
                continue;
            }
            // A plural mention at both ends of a coordination gives each pair once.
            if source_unit == target_unit && relation.symmetric && source > target {
                continue;
            }
            let mut confidence = rule.confidence;
            if !grammatical {
                confidence *= 0.7;
            }
            if fillers.mentions.get(*source_mention as usize).is_some_and(|m| m.pronoun)
                || fillers.mentions.get(*target_mention as usize).is_some_and(|m| m.pronoun)
            {
                confidence *= 0.9;
            }
            out.push(Statement {
                relation: rule.relation,
                rule: r,
                clause: c,
                source: (source, *source_mention),
                target: (target, *target_mention),
                predicate: head,
                words: words.clone(),
                modality,
                polarity,
                speakers: standing.speakers.clone(),
                roles: roles.clone(),
                confidence,
                grammatical,
            });
        }
    }
}

fn typed(relation: &Relation, fillers: &Fillers<'_>, source: EntityId, target: EntityId) -> bool {
    let Some((a, b)) = relation.between else { return true };
    let type_of = |id: EntityId| fillers.discourse.entities.get(id as usize).map(|e| e.type_id);
    let fits = |id: EntityId, mask: TypeMask| type_of(id).is_none_or(|t| mask.contains(t));
    fits(source, a) && fits(target, b) || relation.symmetric && fits(source, b) && fits(target, a)
}

/// What the rule makes of the sentence's standing: none where it does not take it.
fn read_standing(rule: &Rule, standing: &Standing) -> Option<(Modality, Polarity)> {
    let status = match (standing.modality, standing.polarity) {
        (Modality::Asserted, Polarity::Negative) => Status::Negative,
        (Modality::Asserted, Polarity::Positive) => Status::Asserted,
        (Modality::Planned, _) => Status::Planned,
        (Modality::Requested, _) => Status::Requested,
        (Modality::Possible, _) => Status::Possible,
        (Modality::Alleged, _) => Status::Alleged,
    };
    if !rule.only.is_empty() && !rule.only.contains(&status) {
        return None;
    }
    let modality = match rule.reading.iter().find(|(from, _)| *from == status).map(|(_, to)| *to) {
        None => standing.modality,
        Some(Status::Planned) => Modality::Planned,
        Some(Status::Requested) => Modality::Requested,
        Some(Status::Possible) => Modality::Possible,
        Some(Status::Alleged) => Modality::Alleged,
        Some(_) => Modality::Asserted,
    };
    Some((modality, standing.polarity))
}

fn optional_roles(syntax: &Syntax<'_>, fillers: &Fillers<'_>, rule: &Rule, words: &[usize]) -> Vec<(String, u32)> {
    let mut out = Vec::new();
    for part in &rule.optional {
        let mut units = Vec::new();
        for word in words {
            syntax.obliques(*word, &part.adpositions, &mut units);
        }
        if let Some((_, mention)) =
            units.iter().find_map(|u| fillers_at(syntax, fillers, *u, part.types, 0).into_iter().next())
        {
            out.push((part.role.clone(), mention));
        }
    }
    out
}

/// Of statements about the same two ends by the same predicate, one a relation stands: by grammar before on the surface,
/// then by the rule's priority, then by the more specific clause, then the first in the file.
fn keep_best(mut all: Vec<Statement>, rules: &RuleSet) -> Vec<Statement> {
    let rank = |s: &Statement| {
        let rule = &rules.rules[s.rule as usize];
        (
            s.grammatical,
            rule.priority,
            rule.clauses[s.clause as usize].atoms.len(),
            std::cmp::Reverse((s.rule, s.clause)),
        )
    };
    all.sort_by_key(|s| std::cmp::Reverse(rank(s)));
    let mut out: Vec<Statement> = Vec::new();
    for statement in all {
        let symmetric = rules.relations[statement.relation as usize].symmetric;
        let priority = rules.rules[statement.rule as usize].priority;
        let beaten = out.iter().any(|kept| {
            let ends = (kept.source.0, kept.target.0) == (statement.source.0, statement.target.0);
            let turned = (kept.source.0, kept.target.0) == (statement.target.0, statement.source.0);
            let overlap = kept.words.iter().any(|w| statement.words.contains(w));
            let same = kept.relation == statement.relation && (ends || symmetric && turned);
            let outranked = overlap
                && (ends || turned)
                && (rules.rules[kept.rule as usize].priority > priority || kept.grammatical && !statement.grammatical);
            same || outranked
        });
        if !beaten {
            out.push(statement);
        }
    }
    out.sort_by_key(|s| (s.predicate, s.relation, s.source.1, s.target.1));
    out
}

/// The rule's id.
pub fn rule_id(rules: &RuleSet, statement: &Statement) -> Arc<str> {
    rules.rules[statement.rule as usize].id.clone()
}
