//! Relations: the clauses whose trigger stands in the sentence are tried, and matches become statements.

use std::sync::Arc;

use crate::language::{Deprel, Upos};
use crate::pattern::{AtomKind, Clause, Places, Reach, TypeMask};
use crate::rules::{ANY, ClauseId, Relation, Rule, RuleSet, Status};

use super::discourse::{Discourse, EntityId};
use super::fragment::{Modality, Polarity};
use super::reading::{EntityRef, Filler, Reading};
use super::status::{Standing, standing};
use super::syntax::Syntax;

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
    /// The unit of the predicate; none where a name tells the relation by itself.
    pub predicate: Option<usize>,
    /// Units of all words of the match.
    pub words: Vec<usize>,
    /// Modality after the rule's own reading.
    pub modality: Modality,
    /// Polarity.
    pub polarity: Polarity,
    /// Speakers, as units.
    pub speakers: Vec<usize>,
    /// Whom the speaker, who is the source, speaks for: *she said that Peru will not forget*.
    pub spoken_for: Vec<EntityId>,
    /// Further attributes from the rule's optional parts: role and mention.
    pub roles: Vec<(String, u32)>,
    /// Between 0 and 1.
    pub confidence: f64,
    /// Whether it was read by grammar, not on the surface.
    pub grammatical: bool,
}

/// Finds what the clauses of `candidates`, each with the number of its predicate's words, say in a sentence.
pub fn find(
    reading: &Reading<'_, '_>,
    candidates: &[(ClauseId, u32)],
    mut entity: impl FnMut(&EntityRef) -> EntityId,
) -> Vec<Statement> {
    let (syntax, rules) = (reading.syntax, reading.rules);
    let heads = Heads::new(syntax, rules);
    let mut out: Vec<Statement> = Vec::new();
    let mut places: Vec<Places> = Vec::new();
    for &((r, c), set) in candidates {
        let rule = &rules.rules[r as usize];
        let clause = &rule.clauses[c as usize];
        for head in heads.of(set) {
            let grammatical = places_at(reading, rule, clause, head, &mut places);
            for place in &places {
                statements(reading, (r, c), rule, clause, place, grammatical, &mut entity, &mut out);
            }
        }
    }
    keep_best(out, rules)
}

/// Where the words of each set stand in a sentence that a predicate can be.
pub(super) struct Heads {
    /// Numbers of sets with units, sorted.
    of_sets: Vec<(u32, usize)>,
    every: Vec<(u32, usize)>,
}

impl Heads {
    pub(super) fn new(syntax: &Syntax<'_>, rules: &RuleSet) -> Self {
        let mut of_sets: Vec<(u32, usize)> = Vec::new();
        for (unit, of) in syntax.units.iter().enumerate() {
            of_sets.extend(rules.index.sets_of(of.word).iter().map(|set| (*set, unit)));
        }
        of_sets.sort_unstable();
        Self { of_sets, every: (0..syntax.units.len()).map(|unit| (ANY, unit)).collect() }
    }

    /// The units at which a predicate of that set can stand, in the order of the text.
    pub(super) fn of(&self, set: u32) -> impl Iterator<Item = usize> + '_ {
        let from = self.of_sets.partition_point(|h| h.0 < set);
        let here = if set == ANY { self.every.as_slice() } else { &self.of_sets[from..] };
        here.iter().take_while(move |h| h.0 == set).map(|(_, unit)| *unit)
    }
}

/// Puts into `places` where a clause matches with its predicate at `head`: by grammar, which is said, or else on the surface.
pub(super) fn places_at(
    reading: &Reading<'_, '_>,
    rule: &Rule,
    clause: &Clause,
    head: usize,
    places: &mut Vec<Places>,
) -> bool {
    places.clear();
    clause.by_grammar(reading, head, places);
    if rule.as_written {
        places.retain(|p| p.windows(2).all(|w| w[0] <= w[1]));
    }
    let grammatical = !places.is_empty();
    if !grammatical && surface_allowed(reading.syntax, clause, head) {
        places.extend(clause.on_surface(reading, head, 3));
    }
    grammatical
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
    reading: &Reading<'_, '_>,
    (r, c): ClauseId,
    rule: &Rule,
    clause: &Clause,
    place: &Places,
    grammatical: bool,
    entity: &mut impl FnMut(&EntityRef) -> EntityId,
    out: &mut Vec<Statement>,
) {
    let (syntax, rules) = (reading.syntax, reading.rules);
    let unit_of = |role: &str| {
        clause
            .atoms
            .iter()
            .zip(place)
            .find(|(a, _)| matches!(&a.kind, AtomKind::Slot { role: x, .. } if **x == *role))
            .map(|(a, u)| (a, *u as usize))
    };
    let Some((target_atom, target_unit)) = unit_of(&rule.target) else { return };
    let source = unit_of(&rule.source);
    if source.is_none() && !rule.by_speaker {
        return;
    }
    let relation = &rules.relations[rule.relation as usize];
    let words: Vec<usize> = clause.words_at(place).collect();
    if excluded(syntax, rule, &words).is_some() {
        return;
    }
    let head = place[clause.head] as usize;
    let standing = standing_of(syntax, rules, rule, head, &words);
    let Ok((modality, polarity)) = read_standing(rule, &standing) else { return };
    let fillers = |atom: &crate::pattern::Atom, unit: usize| match &atom.kind {
        AtomKind::Slot { types, reach, .. } => reading.fillers(unit, *types, *reach),
        AtomKind::Word { .. } => Vec::new().into(),
    };
    let targets = fillers(target_atom, target_unit);
    let sources = match source {
        Some((atom, unit)) => fillers(atom, unit),
        None => {
            let types = relation.between.map_or(TypeMask::ALL, |b| b.0);
            let mut said = standing.speakers.iter().map(|speaker| reading.fillers(*speaker, types, Reach::Own));
            said.find(|found| !found.is_empty()).unwrap_or_default()
        }
    };
    let mut spoken_for = Vec::new();
    if source.is_none() {
        for (atom, unit) in clause.atoms.iter().zip(place) {
            if matches!(&atom.kind, AtomKind::Slot { role, .. } if **role != *rule.target) {
                spoken_for.extend(fillers(atom, *unit as usize).iter().map(|f| entity(&f.entity)));
            }
        }
    }
    let roles = optional_roles(reading, rule, &words);
    for from in sources.iter() {
        for to in targets.iter() {
            let guessed = |filler: &Filler| matches!(filler.entity, EntityRef::Guessed(..));
            if from.entity == to.entity || from.mention == to.mention && guessed(from) && guessed(to) {
                continue;
            }
            let (one, other) = (entity(&from.entity), entity(&to.entity));
            if one == other || !typed(relation, reading, one, other) {
                continue;
            }
            // A plural mention at both ends of a coordination gives each pair once.
            if source.is_some_and(|(_, unit)| unit == target_unit) && relation.symmetric && one > other {
                continue;
            }
            let mut confidence = rule.confidence;
            if !grammatical {
                confidence *= 0.7;
            }
            if [from, to].iter().any(|f| reading.mentions.get(f.mention as usize).is_some_and(|m| m.pronoun)) {
                confidence *= 0.9;
            }
            if from.reached || to.reached {
                confidence *= 0.9;
            }
            out.push(Statement {
                relation: rule.relation,
                rule: r,
                clause: c,
                source: (one, from.mention),
                target: (other, to.mention),
                predicate: Some(head),
                words: words.clone(),
                modality,
                polarity,
                speakers: standing.speakers.clone(),
                spoken_for: spoken_for.clone(),
                roles: roles.clone(),
                confidence,
                grammatical,
            });
        }
    }
}

/// The first unit among the words of a match and what hangs on them that the rule excludes.
pub(super) fn excluded(syntax: &Syntax<'_>, rule: &Rule, words: &[usize]) -> Option<usize> {
    if rule.unless.is_empty() {
        return None;
    }
    let mut units = words.iter().flat_map(|word| syntax.children(*word).chain([*word]));
    units.find(|unit| rule.unless.contains(syntax.units[*unit].word))
}

fn typed(relation: &Relation, reading: &Reading<'_, '_>, source: EntityId, target: EntityId) -> bool {
    let Some((a, b)) = relation.between else { return true };
    let type_of = |id: EntityId| reading.discourse.entities.get(id as usize).map(|e| e.type_id);
    let fits = |id: EntityId, mask: TypeMask| type_of(id).is_none_or(|t| mask.contains(t));
    fits(source, a) && fits(target, b) || relation.symmetric && fits(source, b) && fits(target, a)
}

/// Whether a relation takes an entity at one of its ends; either end of a symmetric one.
pub(super) fn fits_relation(relation: &Relation, discourse: &Discourse, entity: &EntityRef, source: bool) -> bool {
    let Some((a, b)) = relation.between else { return true };
    let type_id = match entity {
        EntityRef::Known(id) => discourse.entities[discourse.root(*id) as usize].type_id,
        EntityRef::Meant(type_id, _) | EntityRef::Guessed(type_id, _) => *type_id,
    };
    let (this, other) = if source { (a, b) } else { (b, a) };
    this.contains(type_id) || relation.symmetric && other.contains(type_id)
}

/// How the sentence tells a match of a rule, with its predicate at `head`.
pub(super) fn standing_of(syntax: &Syntax<'_>, rules: &RuleSet, rule: &Rule, head: usize, words: &[usize]) -> Standing {
    let standing = standing(syntax, rules, head, words);
    if rule.by_speaker { Standing { speakers: standing.speakers, ..Standing::default() } } else { standing }
}

/// What the rule makes of the sentence's standing; where it does not take it, how the sentence tells it.
pub(super) fn read_standing(rule: &Rule, standing: &Standing) -> Result<(Modality, Polarity), Status> {
    let status = match (standing.modality, standing.polarity) {
        (Modality::Asserted, Polarity::Negative) => Status::Negative,
        (modality, _) => modality.into(),
    };
    // A denied plan is a denial to a rule that asks what is denied.
    let asked = if standing.polarity == Polarity::Negative { Status::Negative } else { status };
    if !rule.only.is_empty() && (!rule.only.contains(&asked) || standing.replaced) {
        return Err(asked);
    }
    if standing.replaced {
        return Ok((standing.modality, standing.polarity));
    }
    let read = rule.reading.iter().find(|(from, _)| *from == asked || *from == status).map(|(from, to)| (*from, *to));
    let Some((from, to)) = read else { return Ok((standing.modality, standing.polarity)) };
    // What is read as denied is denied, and a denial read as something else is that.
    let polarity = match (from, to) {
        (_, Status::Negative) => Polarity::Negative,
        (Status::Negative, _) => Polarity::Positive,
        _ => standing.polarity,
    };
    Ok((Modality::of(to), polarity))
}

fn optional_roles(reading: &Reading<'_, '_>, rule: &Rule, words: &[usize]) -> Vec<(String, u32)> {
    let mut out = Vec::new();
    for part in &rule.optional {
        let mut units = Vec::new();
        for word in words {
            reading.syntax.obliques(*word, &part.adpositions, &mut units);
        }
        if let Some(mention) =
            units.iter().find_map(|u| reading.fillers(*u, part.types, Reach::Own).first().map(|f| f.mention))
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
        let rule = &rules.rules[statement.rule as usize];
        let beaten = out.iter().any(|kept| {
            let ends = (kept.source.0, kept.target.0) == (statement.source.0, statement.target.0);
            let turned = (kept.source.0, kept.target.0) == (statement.target.0, statement.source.0);
            let overlap = kept.words.iter().any(|w| statement.words.contains(w));
            let same = kept.relation == statement.relation && (ends || symmetric && turned);
            let outranked = overlap
                && (ends || turned)
                && (rules.rules[kept.rule as usize].outranks(rule) || kept.grammatical && !statement.grammatical);
            same || outranked
        });
        if !beaten {
            out.push(statement);
        }
    }
    // What somebody says for others is told once: it is the speaker who thanks.
    let said: Vec<_> =
        out.iter().flat_map(|s| s.spoken_for.iter().map(|whom| (s.predicate, s.relation, *whom, s.target.0))).collect();
    out.retain(|s| !said.contains(&(s.predicate, s.relation, s.source.0, s.target.0)));
    out.sort_by_key(|s| (s.predicate, s.relation, s.source.1, s.target.1));
    out
}

/// The rule's id.
pub fn rule_id(rules: &RuleSet, statement: &Statement) -> Arc<str> {
    rules.rules[statement.rule as usize].id.clone()
}
