//! Relations, the rules that find them, their examples and the events they give rise to.

use std::sync::Arc;

use super::{Context, inside, latest, span_of};
use crate::pattern::{AstKind, Clause, Reach, TypeMask, WordSet, parse};
use crate::rules::ruleset::{EventRule, Example, OptionalPart, PatternSource, Recode, Relation, Rule, Status};
use crate::source::Span;

/// The source of a rule whose relation runs from whoever says it.
const SPEAKER: &str = "speaker";

#[derive(Clone, Copy, PartialEq)]
enum Voice {
    Free,
    AsWritten,
    Passive,
}

const VOICES: &[(&str, Voice)] =
    &[("free", Voice::Free), ("as-written", Voice::AsWritten), ("passive", Voice::Passive)];

impl Context<'_> {
    pub(super) fn compile_recodes(&mut self) -> Vec<Recode> {
        let mut out = Vec::new();
        for item in &self.written.recodes {
            if let Some(when) = self.one_of("E018", "standing", &item.value.when, &item.file, Status::NAMED) {
                out.push(Recode { when, codes: item.value.codes.clone() });
            }
        }
        out
    }

    pub(super) fn compile_relations(&mut self) -> (Vec<Relation>, Vec<Rule>) {
        let items = latest(&self.written.relations, |i| i.name.as_str(), &mut self.errors, "relation");
        let (mut relations, mut reaches) = (Vec::new(), Vec::new());
        for item in items {
            let value = &item.value;
            reaches.push([self.reach(value.through.as_ref(), item), self.reach(value.source_through.as_ref(), item)]);
            let masks: Vec<TypeMask> = value.between.iter().filter_map(|t| self.mask_named(t, &item.file)).collect();
            if !value.between.is_empty() && value.between.len() != 2 {
                self.error(
                    "E020",
                    &item.file,
                    item.span,
                    "`between` takes two types: the source's and the target's",
                    Some("for example between = [\"Person\", \"Person\"]".to_owned()),
                );
            }
            let between = match (masks.as_slice(), value.between.len()) {
                ([a, b], 2) => Some((*a, *b)),
                _ => None,
            };
            let between_names = match value.between.as_slice() {
                [a, b] => Some((a.get_ref().clone(), b.get_ref().clone())),
                _ => None,
            };
            let label = value
                .label
                .clone()
                .or_else(|| value.draw.get("label").cloned())
                .unwrap_or_else(|| item.name.replace('-', " "));
            relations.push(Relation {
                name: item.name.clone(),
                doc: value.doc.clone(),
                between,
                between_names,
                symmetric: value.symmetric,
                codes: value.codes.clone(),
                draw: value.draw.clone(),
                label,
            });
        }
        let names: Vec<String> = relations.iter().map(|r: &Relation| r.name.clone()).collect();
        let mut rules = Vec::new();
        for item in latest(&self.written.rules, |i| i.value.id.get_ref(), &mut self.errors, "rule") {
            let value = &item.value;
            let Some(relation) = names.iter().position(|n| n == value.gives.get_ref()) else {
                self.unknown("E005", "relation", &value.gives, &item.file, &names);
                continue;
            };
            let mut clauses = Vec::new();
            let mut patterns = Vec::new();
            for pattern in &value.patterns {
                match parse(pattern.get_ref()) {
                    Err(fault) => self.pattern_errors(vec![fault], pattern, &item.file),
                    Ok(ast) => match self.with_vocabulary(|v| Clause::compile(&ast, v)) {
                        Err(faults) => self.pattern_errors(faults, pattern, &item.file),
                        Ok(found) => {
                            self.check_roles(&found, value, pattern, item);
                            let from = clauses.len() as u32;
                            clauses.extend(found);
                            let start = inside(&item.file, pattern, Span::new(0, 0)).start;
                            let span = span_of(pattern);
                            patterns.push(PatternSource {
                                text: pattern.get_ref().clone(),
                                file: item.file.clone(),
                                span,
                                body: (start > span.start).then_some(start),
                                clauses: from..clauses.len() as u32,
                            });
                        }
                    },
                }
            }
            let [to, from] = reaches[relation];
            let reach = self.reach(value.through.as_ref(), item).or(to).unwrap_or_default();
            let source_reach = self.reach(value.source_through.as_ref(), item).or(from).unwrap_or_default();
            let source = value.source.as_ref().map_or("a", |s| s.get_ref());
            let target = value.target.as_ref().map_or("b", |s| s.get_ref());
            for clause in &mut clauses {
                clause.reach_through(source, source_reach);
                clause.reach_through(target, reach);
            }
            let reads = self.part_reading(item);
            if value.patterns.is_empty() && value.of.is_none() {
                self.error(
                    "E021",
                    &item.file,
                    item.span,
                    "a rule needs at least one pattern",
                    Some("add match = [\"{a:Person} meet {b:Person}\"]".to_owned()),
                );
            }
            let voice = match &value.voice {
                None => Voice::Free,
                Some(voice) => self.one_of("E018", "voice", voice, &item.file, VOICES).unwrap_or(Voice::Free),
            };
            clauses.iter_mut().for_each(|c| c.passive = voice == Voice::Passive);
            let by_speaker = value.source.as_ref().is_some_and(|s| s.get_ref() == SPEAKER);
            let mut reading = Vec::new();
            for (from, to) in &value.modality {
                let from = serde_spanned::Spanned::new(span_of(to).range(), from.clone());
                let from = self.one_of("E018", "modality", &from, &item.file, Status::NAMED);
                let to = self.one_of("E018", "modality", to, &item.file, Status::NAMED);
                reading.extend(from.zip(to));
            }
            let only = value
                .only
                .iter()
                .filter_map(|m| self.one_of("E018", "modality", m, &item.file, Status::NAMED))
                .collect();
            let confidence = match &value.confidence {
                None => 0.9,
                Some(c) if (0.0..=1.0).contains(c.get_ref()) => *c.get_ref(),
                Some(c) => {
                    self.error("E018", &item.file, span_of(c), "a confidence lies between 0 and 1", None);
                    0.9
                }
            };
            let optional = value.optional.iter().filter_map(|p| self.optional_part(p, item)).collect();
            let unless = self.unless(value, item);
            rules.push(Rule {
                id: Arc::from(value.id.get_ref().as_str()),
                relation: relation as u32,
                clauses,
                patterns,
                source: value.source.as_ref().map_or_else(|| "a".to_owned(), |s| s.get_ref().clone()),
                target: value.target.as_ref().map_or_else(|| "b".to_owned(), |s| s.get_ref().clone()),
                optional,
                unless,
                as_written: voice == Voice::AsWritten,
                by_speaker,
                reading,
                only,
                confidence,
                priority: value.priority,
                examples: examples(&value.yes, &value.no, &value.todo),
                reads,
            });
        }
        (relations, rules)
    }

    fn reach<T>(&mut self, written: Option<&serde_spanned::Spanned<String>>, item: &super::Item<T>) -> Option<Reach> {
        self.one_of("E018", "reach", written?, &item.file, Reach::NAMED)
    }

    fn check_roles(
        &mut self,
        clauses: &[Clause],
        value: &crate::rules::written::RuleWritten,
        pattern: &serde_spanned::Spanned<String>,
        item: &super::Item<crate::rules::written::RuleWritten>,
    ) {
        let (a, b) =
            (value.source.as_ref().map_or("a", |s| s.get_ref()), value.target.as_ref().map_or("b", |s| s.get_ref()));
        for role in [a, b].into_iter().filter(|role| *role != SPEAKER) {
            if !clauses.iter().all(|c| c.roles().any(|r| r == role)) {
                self.error(
                    "E019",
                    &item.file,
                    span_of(pattern),
                    format!("this pattern does not fill the role `{role}` in every reading"),
                    Some(format!("a relation needs both ends: write {{{role}:Type}}, outside of any `?`, or name other roles with source = and target =")),
                );
            }
        }
    }

    fn optional_part(
        &mut self,
        part: &serde_spanned::Spanned<String>,
        item: &super::Item<crate::rules::written::RuleWritten>,
    ) -> Option<OptionalPart> {
        let ast = match parse(part.get_ref()) {
            Ok(ast) => ast,
            Err(fault) => {
                self.pattern_errors(vec![fault], part, &item.file);
                return None;
            }
        };
        let mut adpositions = WordSet::default();
        let mut slot = None;
        ast.walk(&mut |node| match &node.kind {
            AstKind::Word { text, .. } => adpositions.insert(self.lexis.intern(text)),
            AstKind::Slot { role: Some(role), type_name, .. } => slot = Some((role.clone(), type_name.clone())),
            _ => {}
        });
        let Some((role, type_name)) = slot else {
            self.error("E003", &item.file, span_of(part), "an optional part is written in {place:Place}", None);
            return None;
        };
        match self.types.masks().get(&type_name).copied() {
            Some(types) => Some(OptionalPart { adpositions, role, types }),
            None => {
                let mut known: Vec<String> = self.types.masks().keys().cloned().collect();
                known.sort();
                let name = serde_spanned::Spanned::new(part.span(), type_name);
                self.unknown("E004", "type", &name, &item.file, &known);
                None
            }
        }
    }

    fn unless(
        &mut self,
        value: &crate::rules::written::RuleWritten,
        item: &super::Item<crate::rules::written::RuleWritten>,
    ) -> WordSet {
        let mut set = WordSet::default();
        for word in &value.unless {
            let words: Vec<String> = match word.get_ref().strip_prefix('@') {
                None => vec![word.get_ref().clone()],
                Some(name) => match self.definitions.get(name) {
                    Some(crate::pattern::Definition::Words(words)) => words.clone(),
                    _ => {
                        let mut known: Vec<String> = self.definitions.keys().cloned().collect();
                        known.sort();
                        self.unknown("E006", "list", word, &item.file, &known);
                        continue;
                    }
                },
            };
            for word in words {
                let forms = self.with_vocabulary(|v| v.forms(&word, None));
                forms.iter().for_each(|w| set.insert(w));
            }
        }
        set
    }

    pub(super) fn compile_events(&mut self, relations: &[Relation]) -> Vec<EventRule> {
        let names: Vec<String> = relations.iter().map(|r| r.name.clone()).collect();
        let mut out = Vec::new();
        for item in latest(&self.written.events, |i| i.name.as_str(), &mut self.errors, "event") {
            let value = &item.value;
            let name = serde_spanned::Spanned::new(item.span.range(), item.name.clone());
            let Some(type_id) = self.type_named(&name, &item.file) else { continue };
            let mut from = Vec::new();
            for relation in &value.from {
                match names.iter().position(|n| n == relation.get_ref()) {
                    Some(i) => from.push(i as u32),
                    None => self.unknown("E005", "relation", relation, &item.file, &names),
                }
            }
            for role in [&value.source, &value.target].into_iter().chain(&value.place) {
                if !names.contains(role.get_ref()) {
                    self.unknown("E005", "relation", role, &item.file, &names);
                }
            }
            let place = value.place.as_ref().map(|p| p.get_ref().clone());
            out.push(EventRule {
                type_id,
                from,
                source: value.source.get_ref().clone(),
                target: value.target.get_ref().clone(),
                place,
                name: value.name.clone(),
            });
        }
        out
    }
}

/// Reads `"text => source, target"`.
fn examples(
    yes: &[serde_spanned::Spanned<String>],
    no: &[serde_spanned::Spanned<String>],
    todo: &[serde_spanned::Spanned<String>],
) -> Vec<Example> {
    let read = |written: &serde_spanned::Spanned<String>, yes: bool, todo: bool| {
        let (text, expect) = match written.get_ref().rsplit_once("=>") {
            None => (written.get_ref().as_str(), None),
            Some((text, ends)) => {
                (text.trim_end(), ends.split_once(',').map(|(a, b)| (a.trim().to_owned(), b.trim().to_owned())))
            }
        };
        Example { text: text.to_owned(), expect, yes, todo }
    };
    yes.iter()
        .map(|w| read(w, true, false))
        .chain(no.iter().map(|w| read(w, false, false)))
        .chain(todo.iter().map(|w| read(w, true, true)))
        .collect()
}
