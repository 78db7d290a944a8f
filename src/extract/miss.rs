//! Why a sentence does not tell a relation: the rule that came nearest, and what kept it.
//!
//! Clauses are tried as [`Clause::nearest`](crate::pattern::Clause::nearest) does; what matches in full and still told
//! nothing was kept back by the rule itself or by another reading, and that is looked into here.

use crate::pattern::{AtomKind, Near};
use crate::rules::{Rule, RuleSet, Status};

use super::again::Again;
use super::reading::{Filler, Reading};
use super::relate::{Statement, excluded, fits_relation, read_standing, standing_of};

/// A rule that nearly found a relation.
#[derive(Debug, Clone)]
pub struct Miss {
    /// Index of the rule.
    pub rule: u32,
    /// Which of its clauses.
    pub clause: u32,
    /// How near the clause came.
    pub near: Near,
    /// What kept it back where the clause itself matches.
    pub blocks: Vec<Block>,
}

/// What keeps a rule back whose clause matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A word that the rule excludes hangs on the match.
    Unless(usize),
    /// The rule asks for statements that are told otherwise: this one is told so, for these words.
    Only(Status, Vec<usize>),
    /// The rule takes only the order it is written in.
    AsWritten,
    /// The relation does not join what stands at this end: the source, or else the target.
    Between {
        /// Whether it is the source.
        source: bool,
    },
    /// Both ends are the same.
    Same,
    /// Another reading of the same words stands: the rule that gave it.
    Outranked(u32),
}

impl Miss {
    /// How far the rule was from finding the relation. Only for comparing.
    pub fn distance(&self) -> u32 {
        self.near.cost + 4 * self.blocks.len() as u32
    }
}

/// The rules of a relation that come nearest in a sentence, the nearest first, one clause a rule. `found` are the
/// statements of the sentence.
pub fn misses(again: &Again<'_>, found: &[Statement], relation: u32) -> Vec<Miss> {
    let rules = again.rules;
    let reading = again.reading();
    let mut out: Vec<Miss> = Vec::new();
    for (r, rule) in (0u32..).zip(&rules.rules).filter(|(_, rule)| rule.relation == relation) {
        let mut best: Option<Miss> = None;
        for (c, clause) in (0u32..).zip(&rule.clauses) {
            let Some(near) = clause.nearest(&reading, &rules.function.adposition) else { continue };
            let mut miss = Miss { rule: r, clause: c, near, blocks: Vec::new() };
            miss.blocks = blocks(&reading, rule, found, &miss);
            if best.as_ref().is_none_or(|best| rank(&miss, rules) < rank(best, rules)) {
                best = Some(miss);
            }
        }
        out.extend(best);
    }
    out.sort_by_key(|miss| rank(miss, rules));
    out
}

/// Nearest first; of equals the one of which more words are there, then the first in the file.
fn rank(miss: &Miss, rules: &RuleSet) -> (u32, std::cmp::Reverse<usize>, u32, u32) {
    let clause = &rules.rules[miss.rule as usize].clauses[miss.clause as usize];
    let missing = |atom: usize| miss.near.faults.iter().any(|fault| fault.atom == atom);
    let words = (0..clause.atoms.len())
        .filter(|atom| matches!(clause.atoms[*atom].kind, AtomKind::Word { .. }) && !missing(*atom))
        .count();
    (miss.distance(), std::cmp::Reverse(words), miss.rule, miss.clause)
}

fn blocks(reading: &Reading<'_, '_>, rule: &Rule, found: &[Statement], miss: &Miss) -> Vec<Block> {
    let (syntax, near, rules) = (reading.syntax, &miss.near, reading.rules);
    let clause = &rule.clauses[miss.clause as usize];
    let placed = (clause.atoms.iter().zip(&near.places)).filter(|(atom, _)| matches!(atom.kind, AtomKind::Word { .. }));
    let words: Vec<usize> = placed.filter_map(|(_, unit)| *unit).collect();
    let mut out: Vec<Block> = excluded(syntax, rule, &words).map(Block::Unless).into_iter().collect();
    if let Some(head) = near.places[clause.head] {
        let standing = standing_of(syntax, rules, rule, head, &words);
        if let Err(status) = read_standing(rule, &standing) {
            out.push(Block::Only(status, standing.cues.iter().map(|(unit, _)| *unit).collect()));
        }
    }
    if rule.as_written && near.places.windows(2).any(|pair| matches!(pair, [Some(a), Some(b)] if a > b)) {
        out.push(Block::AsWritten);
    }
    if !near.faults.is_empty() {
        return out;
    }
    let slot = |wanted: &str| {
        clause.atoms.iter().zip(&near.places).find_map(|(atom, unit)| match &atom.kind {
            AtomKind::Slot { role, types, reach } if **role == *wanted => {
                unit.map(|unit| reading.fillers(unit, *types, *reach))
            }
            _ => None,
        })
    };
    let (Some(sources), Some(targets)) = (slot(&rule.source), slot(&rule.target)) else { return out };
    let same = |s: &Filler| targets.iter().all(|t| s.entity == t.entity);
    if !sources.is_empty() && !targets.is_empty() && sources.iter().all(same) {
        out.push(Block::Same);
    }
    let relation = &rules.relations[rule.relation as usize];
    for (list, source) in [(&sources, true), (&targets, false)] {
        if !list.iter().any(|filler| fits_relation(relation, reading.discourse, &filler.entity, source)) {
            out.push(Block::Between { source });
        }
    }
    if out.is_empty() {
        let overlaps = |statement: &&Statement| statement.words.iter().any(|word| words.contains(word));
        out.extend(found.iter().find(overlaps).map(|statement| Block::Outranked(statement.rule)));
    }
    out
}
