//! Where one rule matches in a document, whatever other rules make of the same words: for trying patterns out.

use std::time::{Duration, Instant};

use crate::pattern::AtomKind;
use crate::rules::{ClauseId, Present, RuleSet};
use crate::source::Span;

use super::again::Again;
use super::analysis::{Analysis, LONGEST, Scratch};
use super::discourse::EntityId;
use super::fragment::{Modality, Polarity};
use super::reading::EntityRef;
use super::relate::{Heads, excluded, places_at, read_standing, standing_of};

/// One match of one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Number of the sentence.
    pub sentence: u32,
    /// What each atom of the pattern matched, in the order written.
    pub parts: Vec<HitPart>,
    /// How it is told.
    pub modality: Modality,
    /// Affirmed or denied.
    pub polarity: Polarity,
    /// Whether it was read by grammar, not on the surface.
    pub grammatical: bool,
}

/// What one atom of a pattern matched.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct HitPart {
    /// Bytes of the document's text.
    pub span: Span,
    /// The role, for a slot.
    pub role: Option<String>,
    /// Whom it stands for, for a slot.
    pub name: String,
    /// The entities, those that the document itself knows.
    pub entities: Vec<EntityId>,
}

/// Every match of a rule in a document, in the order of the text.
pub fn hits(analysis: &Analysis, rules: &RuleSet, rule: u32, scratch: &mut Scratch) -> Vec<Hit> {
    let mut out: Vec<Hit> = Vec::new();
    for sentence in 0..analysis.document.sentences.len() as u32 {
        let clauses: Vec<(u32, u32)> = (candidates(analysis, rules, sentence).into_iter())
            .filter(|((r, _), _)| *r == rule)
            .map(|((_, clause), set)| (clause, set))
            .collect();
        if clauses.is_empty() {
            continue;
        }
        let Some(again) = Again::new(analysis, rules, sentence, scratch) else { continue };
        out.extend(in_sentence(&again, rule, &clauses));
    }
    out
}

/// The clauses that a sentence can hold, each with the number of its predicate's words: none where it is not read.
fn candidates(analysis: &Analysis, rules: &RuleSet, sentence: u32) -> Vec<(ClauseId, u32)> {
    let document = &analysis.document;
    let Some(read) = document.sentences.get(sentence as usize) else { return Vec::new() };
    if !document.kind(read).is_content() || read.range().is_empty() || read.range().len() > LONGEST as usize {
        return Vec::new();
    }
    let (mut present, mut out) = (Present::default(), Vec::new());
    let words = read.range().map(|token| analysis.lexed.words[token]);
    rules.index.candidates(words, &mut present, &mut out);
    out
}

fn in_sentence(again: &Again<'_>, number: u32, clauses: &[(u32, u32)]) -> Vec<Hit> {
    let (syntax, rules) = (&again.syntax, again.rules);
    let (rule, reading) = (&rules.rules[number as usize], again.reading());
    let mut out: Vec<Hit> = Vec::new();
    let (heads, mut places) = (Heads::new(syntax, rules), Vec::new());
    for (clause, set) in clauses {
        let clause = &rule.clauses[*clause as usize];
        for head in heads.of(*set) {
            let grammatical = places_at(&reading, rule, clause, head, &mut places);
            for place in &places {
                let units: Vec<usize> = place.iter().map(|unit| *unit as usize).collect();
                let words: Vec<usize> = clause.words_at(place).collect();
                if excluded(syntax, rule, &words).is_some() {
                    continue;
                }
                let Ok((modality, polarity)) = read_standing(rule, &standing_of(syntax, rules, rule, head, &words))
                else {
                    continue;
                };
                let parts = clause.atoms.iter().zip(&units).map(|(atom, unit)| {
                    let it = &syntax.units[*unit];
                    let mut part = HitPart {
                        span: again.analysis.document.span(it.start..it.end),
                        role: None,
                        name: String::new(),
                        entities: Vec::new(),
                    };
                    if let AtomKind::Slot { role, types, reach } = &atom.kind {
                        part.role = Some(role.to_string());
                        let mut names = Vec::new();
                        for filler in reading.fillers(*unit, *types, *reach).iter() {
                            match &filler.entity {
                                EntityRef::Known(id) => {
                                    part.entities.push(reading.discourse.root(*id));
                                    names.push(again.entity(*id).to_owned());
                                }
                                EntityRef::Meant(_, name) | EntityRef::Guessed(_, name) => names.push(name.clone()),
                            }
                        }
                        part.name = names.join(" + ");
                    }
                    part
                });
                let parts = parts.collect();
                let hit = Hit { sentence: again.sentence, parts, modality, polarity, grammatical };
                if !out.iter().any(|known| known.parts == hit.parts) {
                    out.push(hit);
                }
            }
        }
    }
    out.sort_by(|a, b| a.parts.cmp(&b.parts));
    out
}

/// Adds to `spent` how long each rule takes to be tried in a document, by the number of the rule. Parsing is not counted:
/// it is done once for all rules.
pub fn time_rules(analysis: &Analysis, rules: &RuleSet, scratch: &mut Scratch, spent: &mut [Duration]) {
    for sentence in &analysis.sentences {
        if sentence.units.is_empty() {
            continue;
        }
        let Some(again) = Again::new(analysis, rules, sentence.index, scratch) else { continue };
        let (reading, mut places) = (again.reading(), Vec::new());
        let heads = Heads::new(&again.syntax, rules);
        for ((r, c), set) in candidates(analysis, rules, sentence.index) {
            let rule = &rules.rules[r as usize];
            let start = Instant::now();
            for head in heads.of(set) {
                places_at(&reading, rule, &rule.clauses[c as usize], head, &mut places);
            }
            if let Some(spent) = spent.get_mut(r as usize) {
                *spent += start.elapsed();
            }
        }
    }
}
