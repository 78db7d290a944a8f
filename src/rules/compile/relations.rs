//! Relations, the rules that find them, their examples and the events they give rise to.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::examples::Kind;
use super::{Context, inside, latest, plain, span_of};
use crate::diagnostic::{Diagnostic, SourceFile, nearest};
use crate::pattern::{AstKind, AtomKind, Clause, PatternFault, Reach, TypeMask, WordSet, parse, unknown};
use crate::rules::Spanned;
use crate::rules::read::Item;
use crate::rules::ruleset::{EventRule, OptionalPart, PatternSource, Recode, Relation, Rule, Status};
use crate::rules::written::{EventWritten, RuleWritten};
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
            if let (Some(first), Some(last)) = (value.between.first(), value.between.last())
                && value.between.len() != 2
            {
                self.error(
                    "E020",
                    &item.file,
                    Span::new(span_of(first).start, span_of(last).end),
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
                .or_else(|| value.draw.iter().find(|(k, _)| k.get_ref() == "label").map(|(_, v)| v.clone()))
                .unwrap_or_else(|| item.name.replace('-', " "));
            relations.push(Relation {
                name: item.name.clone(),
                doc: value.doc.clone(),
                between,
                between_names,
                symmetric: value.symmetric,
                codes: value.codes.clone(),
                draw: plain(&value.draw),
                label,
            });
        }
        let names: Vec<String> = relations.iter().map(|r: &Relation| r.name.clone()).collect();
        let numbers: FxHashMap<&String, usize> = names.iter().zip(0..).collect();
        let mut rules = Vec::new();
        for item in latest(&self.written.rules, |i| i.value.id.get_ref(), &mut self.errors, "rule") {
            let value = &item.value;
            if self.crowded() || self.too_many_patterns(value.patterns.len(), &item.file, item.span) {
                continue;
            }
            let Some(&relation) = numbers.get(value.gives.get_ref()) else {
                self.unknown("E005", "relation", &value.gives, &item.file, &names);
                // What else is wrong with the rule is said as well.
                for pattern in &value.patterns {
                    self.clauses_of(pattern, &item.file);
                }
                continue;
            };
            let mut clauses = Vec::new();
            let mut patterns = Vec::new();
            let unless = self.unless(value, item);
            for pattern in &value.patterns {
                let Some(found) = self.clauses_of(pattern, &item.file) else { continue };
                self.check_roles(&found, pattern, item);
                self.check_ends(&found, &relations[relation], pattern, item);
                self.check_unless(&found, &unless, pattern, item);
                let room = found.iter().map(Clause::stretches).sum();
                if !self.has_room(room, &item.file, span_of(pattern)) {
                    break;
                }
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
                let from = self.one_of("E018", "modality", from, &item.file, Status::NAMED);
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
            let lists = [(&value.yes, Kind::Yes), (&value.no, Kind::No), (&value.todo, Kind::Todo)];
            let examples = self.examples(lists, &item.file, false);
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
                pack: item.pack,
                reads,
                examples,
                file: item.file.clone(),
                span: span_of(&value.id),
            });
        }
        (relations, rules)
    }

    fn reach<T>(&mut self, written: Option<&Spanned<String>>, item: &Item<T>) -> Option<Reach> {
        self.one_of("E018", "reach", written?, &item.file, Reach::NAMED)
    }

    /// What a pattern asks for; what is wrong with it is noted.
    fn clauses_of(&mut self, pattern: &Spanned<String>, file: &Arc<SourceFile>) -> Option<Vec<Clause>> {
        let ahead = self.ahead.clone();
        let found = match ahead.pattern(pattern.get_ref()) {
            Ok(ast) => self.with_vocabulary(|v| Clause::compile(&ast, v)),
            Err(fault) => Err(vec![fault]),
        };
        found.map_err(|faults| self.pattern_errors(faults, pattern, file)).ok()
    }

    fn check_roles(&mut self, clauses: &[Clause], pattern: &Spanned<String>, item: &Item<RuleWritten>) {
        for role in ends(item).into_iter().filter(|role| *role != SPEAKER) {
            let bound = clauses.iter().filter(|c| c.roles().any(|r| r == role)).count();
            if bound == clauses.len() {
                continue;
            }
            let found: Vec<&str> = clauses.iter().flat_map(Clause::roles).filter(|r| !r.starts_with('_')).collect();
            let title = match bound {
                0 => format!("this pattern has no role `{role}`"),
                _ => format!("this pattern does not fill the role `{role}` in every reading"),
            };
            let mut error = Diagnostic::error("E019", title)
                .in_file(item.file.clone())
                .label(body(&item.file, pattern), "")
                .help(format!("a relation needs both ends: write {{{role}:Type}} outside of any `?`"));
            if bound == 0 && !found.is_empty() {
                let key = if ends(item)[0] == role { "source" } else { "target" };
                error = error.help(format!("or name another role with {key} = \"{}\"", found[0]));
            }
            self.errors.push(error);
        }
    }

    /// The types that a pattern binds at its two ends and those that the relation takes must have something in common.
    fn check_ends(
        &mut self,
        clauses: &[Clause],
        relation: &Relation,
        pattern: &Spanned<String>,
        item: &Item<RuleWritten>,
    ) {
        let (Some(between), Some(names)) = (relation.between, &relation.between_names) else { return };
        let sides = [("source", between.0, &names.0), ("target", between.1, &names.1)];
        for (role, (side, takes, name)) in ends(item).into_iter().zip(sides) {
            let takes = if relation.symmetric { between.0.union(between.1) } else { takes };
            let types = |clause: &Clause| {
                clause.atoms.iter().find_map(|atom| match &atom.kind {
                    AtomKind::Slot { role: bound, types, .. } if **bound == *role => Some(*types),
                    _ => None,
                })
            };
            if !clauses.iter().filter_map(types).any(|bound| !bound.meets(takes)) {
                continue;
            }
            let Some(slot) = slot_of(pattern.get_ref(), role) else { continue };
            let span = inside(&item.file, pattern, slot.1);
            let mut error =
                Diagnostic::error("E022", format!("no {} can be the {side} of `{}`", slot.0, relation.name))
                    .in_file(item.file.clone())
                    .label(span, format!("`{}` takes a {name} here", relation.name));
            // Of two definitions the one that counts is the last.
            if let Some(defined) = self.written.relations.iter().rfind(|r| r.name == relation.name) {
                let place = defined.value.between.get(usize::from(side == "target")).map_or(defined.span, span_of);
                if Arc::ptr_eq(&defined.file, &item.file) {
                    error = error.context(place, format!("the {side} is defined here"));
                } else {
                    error = error.note(format!("`{}` is defined in {}", relation.name, defined.file.name));
                }
            }
            self.errors.push(error.help(format!("bind a {name}, or widen `between` of the relation")));
        }
    }

    /// A word that the rule needs must not be one that it excludes.
    fn check_unless(
        &mut self,
        clauses: &[Clause],
        unless: &WordSet,
        pattern: &Spanned<String>,
        item: &Item<RuleWritten>,
    ) {
        let excluded = |clause: &Clause| {
            clause.atoms.iter().any(|atom| match &atom.kind {
                AtomKind::Word { forms, .. } => !forms.is_empty() && forms.iter().all(|form| unless.contains(form)),
                AtomKind::Slot { .. } => false,
            })
        };
        if unless.is_empty() || clauses.is_empty() || !clauses.iter().all(excluded) {
            return;
        }
        let mut error =
            Diagnostic::error("E023", "this pattern can never match: `unless` excludes a word that it needs")
                .in_file(item.file.clone())
                .label(body(&item.file, pattern), "needs the word");
        if let (Some(first), Some(last)) = (item.value.unless.first(), item.value.unless.last()) {
            error = error.context(Span::new(span_of(first).start, span_of(last).end), "excluded here");
        }
        self.errors.push(error.help("take the word out of `unless` or out of the pattern"));
    }

    fn optional_part(&mut self, part: &Spanned<String>, item: &Item<RuleWritten>) -> Option<OptionalPart> {
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
            AstKind::Slot { role: Some(role), type_name, type_span, .. } => {
                slot = Some((role.clone(), type_name.clone(), *type_span));
            }
            _ => {}
        });
        let Some((role, type_name, type_span)) = slot else {
            self.error("E003", &item.file, span_of(part), "an optional part is written in {place:Place}", None);
            return None;
        };
        match self.types.masks().get(&type_name).copied() {
            Some(types) => Some(OptionalPart { adpositions, role, types }),
            None => {
                let fault = unknown(type_span, PatternFault::Type, &type_name, self.types.masks().keys());
                self.pattern_errors(vec![fault], part, &item.file);
                None
            }
        }
    }

    fn unless(&mut self, value: &RuleWritten, item: &Item<RuleWritten>) -> WordSet {
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
        let numbers: FxHashMap<&String, usize> = names.iter().zip(0..).collect();
        for item in latest(&self.written.events, |i| i.name.as_str(), &mut self.errors, "event") {
            let value = &item.value;
            let name = Spanned::new(item.span.range(), item.name.clone());
            let Some(type_id) = self.type_named(&name, &item.file) else { continue };
            let mut from = Vec::new();
            for relation in &value.from {
                match numbers.get(relation.get_ref()) {
                    Some(&i) => from.push(i as u32),
                    None => self.unknown("E005", "relation", relation, &item.file, &names),
                }
            }
            for role in [&value.source, &value.target].into_iter().chain(&value.place) {
                if !numbers.contains_key(role.get_ref()) {
                    self.unknown("E005", "relation", role, &item.file, &names);
                }
            }
            let place = value.place.as_ref().map(|p| p.get_ref().clone());
            self.check_event_name(item);
            out.push(EventRule {
                type_id,
                from,
                source: value.source.get_ref().clone(),
                target: value.target.get_ref().clone(),
                place,
                name: value.name.get_ref().clone(),
            });
        }
        out
    }
}

impl Context<'_> {
    /// What an event is called is put together of a few things only.
    fn check_event_name(&mut self, item: &Item<EventWritten>) {
        const KNOWN: [&str; 4] = ["source", "target", "place", "date"];
        let name = &item.value.name;
        let text = name.get_ref();
        for (open, _) in text.match_indices('{') {
            let Some(length) = text[open..].find('}') else {
                self.error("E003", &item.file, body(&item.file, name), "a `{` is never closed", None);
                return;
            };
            let role = &text[open + 1..open + length];
            if !KNOWN.contains(&role) {
                let span = inside(&item.file, name, Span::new(open as u32 + 1, (open + length) as u32));
                let error = Diagnostic::error("E019", format!("an event has no `{role}`"))
                    .in_file(item.file.clone())
                    .label(span, "");
                self.errors.push(match nearest(role, KNOWN.into_iter()) {
                    Some(near) => error.help(format!("did you mean `{near}`?")).patch(span, near),
                    None => error.help(format!("known: {}", KNOWN.join(", "))),
                });
            }
        }
    }
}

/// The roles of the relation's source and target.
fn ends(item: &Item<RuleWritten>) -> [&str; 2] {
    let value = &item.value;
    [value.source.as_ref().map_or("a", |s| s.get_ref()), value.target.as_ref().map_or("b", |s| s.get_ref())]
}

/// The bytes of a written string without its quotation marks.
pub(super) fn body(file: &crate::diagnostic::SourceFile, value: &Spanned<String>) -> Span {
    inside(file, value, Span::new(0, value.get_ref().len() as u32))
}

/// The type that a pattern binds to a role, and the bytes of the pattern that say so.
fn slot_of(pattern: &str, role: &str) -> Option<(String, Span)> {
    let ast = parse(pattern).ok()?;
    let mut found = None;
    ast.walk(&mut |node| match &node.kind {
        AstKind::Slot { role: Some(bound), type_name, type_span, .. } if bound == role => {
            found = Some((type_name.clone(), *type_span));
        }
        _ => {}
    });
    found
}
