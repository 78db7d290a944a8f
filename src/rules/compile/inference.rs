//! Inference rules: conditions over the graph and what follows from them.
//!
//! A condition is read and checked as a question is, against the names of the packs in place of those of a graph. What
//! counts as said is made explicit here: a relation of a condition is one that is asserted, unless the rule names another
//! way of telling, and what is denied proves nothing.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::examples::Kind;
use super::{Context, inside, latest, span_of};
use crate::diagnostic::{Diagnostic, SourceFile, nearest};
use crate::motif::{
    Bound, Condition, Direction, Known, Name, Owner, Pattern, Plan, Property, Scalar, Term, Written, check, parse_only,
};
use crate::rules::Spanned;
use crate::rules::inference::{Inference, covered, node, spell_out_unions};
use crate::rules::read::Item;
use crate::rules::ruleset::{Relation, Rule};
use crate::rules::written::InferenceWritten;
use crate::source::Span;

/// How sure a conclusion is where nothing else is said.
const CONFIDENCE: f64 = 0.9;
/// Properties of a relation that say how it is told.
const WAYS: [Property; 3] = [Property::Told, Property::Modality, Property::Polarity];
/// The only way of telling that proves nothing, as graphs name it, and its polarity.
const DISPROVES: [&str; 2] = ["denied", "negative"];

/// Names that conditions may speak of.
struct Names {
    types: BTreeSet<String>,
    relations: BTreeSet<String>,
    of_nodes: BTreeSet<String>,
    of_edges: BTreeSet<String>,
}

impl Names {
    fn known(&self) -> Known<'_> {
        fn strings(names: &BTreeSet<String>) -> BTreeSet<&str> {
            names.iter().map(String::as_str).collect()
        }
        Known {
            owner: Owner::Rules,
            types: strings(&self.types),
            relations: strings(&self.relations),
            node_attributes: strings(&self.of_nodes),
            edge_attributes: strings(&self.of_edges),
        }
    }
}

/// What a conclusion says, once its names are known.
struct Head {
    relation: usize,
    source: usize,
    target: usize,
}

impl Context<'_> {
    /// `[[inference]]`, with the stratum of each.
    pub(super) fn compile_inferences(&mut self, relations: &[Relation], rules: &[Rule]) -> Vec<Inference> {
        let mut errors = Vec::new();
        let items = latest(&self.written.inferences, |item| item.value.id.get_ref(), &mut errors, "rule");
        self.errors.extend(errors);
        if items.is_empty() {
            return Vec::new();
        }
        let names = self.names(relations, rules);
        let mut compiled = Vec::new();
        for item in items {
            if let Some(other) = rules.iter().find(|rule| *rule.id == **item.value.id.get_ref()) {
                let finding = Diagnostic::error("E007", format!("the rule `{}` is defined twice", other.id))
                    .in_file(item.file.clone())
                    .label(span_of(&item.value.id), "a [[rule]] has this id, too")
                    .help("give one of them another name, or remove it");
                self.errors.push(finding);
            }
            compiled.extend(self.inference(item, relations, &names));
        }
        self.stratify(&mut compiled, relations);
        compiled
    }

    fn names(&self, relations: &[Relation], rules: &[Rule]) -> Names {
        let written = self.written;
        let mut of_nodes: BTreeSet<String> = BTreeSet::new();
        of_nodes.extend(written.lexicons.iter().flat_map(|item| item.value.attributes.keys().cloned()));
        of_nodes.extend(written.names.iter().flat_map(|item| item.value.set.keys().cloned()));
        for item in &written.refine {
            of_nodes.extend(item.value.set.keys().cloned().chain([item.value.attribute.clone()]));
        }
        for item in &written.identity {
            let value = &item.value;
            of_nodes.extend(value.distinguishing.iter().chain(&value.roles).chain(&value.nameless).cloned());
        }
        if !written.events.is_empty() {
            of_nodes.insert("date".to_owned());
        }
        let mut of_edges: BTreeSet<String> = relations.iter().flat_map(|r| r.codes.keys().cloned()).collect();
        of_edges.extend(rules.iter().flat_map(|rule| rule.optional.iter().map(|part| part.role.clone())));
        Names {
            types: self.types.masks().keys().cloned().collect(),
            relations: relations.iter().map(|relation| relation.name.clone()).collect(),
            of_nodes,
            of_edges,
        }
    }

    fn inference(&mut self, item: &Item<InferenceWritten>, relations: &[Relation], names: &Names) -> Option<Inference> {
        let (value, file) = (&item.value, &item.file);
        let lists = [(&value.yes, Kind::Yes), (&value.no, Kind::No), (&value.todo, Kind::Todo)];
        let examples = self.examples(lists, file, false);
        let confidence = match &value.confidence {
            None => CONFIDENCE,
            Some(c) if (0.0..=1.0).contains(c.get_ref()) => *c.get_ref(),
            Some(c) => {
                self.error("E018", file, span_of(c), "a confidence lies between 0 and 1", None);
                CONFIDENCE
            }
        };
        let text = &value.condition;
        let written = parse_only(text.get_ref(), "condition").map_err(|found| self.motif(found, text, file)).ok();
        let conclusion = parse_only(value.conclusion.get_ref(), "conclusion");
        let conclusion = conclusion.map_err(|found| self.motif(found, &value.conclusion, file)).ok();
        let written = written?;
        let checked = check(&written, &names.known());
        let read = checked.findings.is_empty();
        self.motif(checked.findings, text, file);
        let head = self.head(&conclusion?, &value.conclusion, &checked.bound, relations, file);
        let mut plan = checked.plan.filter(|_| read)?;
        let sound = self.says_enough(&written, &mut plan, text, file);
        spell_out_unions(&mut plan, &self.types);
        let head = head.filter(|_| sound)?;
        self.fit_ends(&head, &mut plan, &relations[head.relation], value, file)?;
        Some(Inference {
            id: Arc::from(value.id.get_ref().as_str()),
            doc: value.doc.clone(),
            relation: head.relation as u32,
            condition: text.get_ref().clone(),
            conclusion: value.conclusion.get_ref().clone(),
            min_support: value.min_support.unwrap_or(1),
            confidence,
            stratum: 0,
            examples,
            file: file.clone(),
            span: span_of(text),
            plan,
            source: head.source,
            target: head.target,
        })
    }

    /// Findings about a text of the motif language, with the places they have in the file.
    fn motif(&mut self, found: Vec<Diagnostic>, text: &Spanned<String>, file: &Arc<SourceFile>) {
        for mut finding in found {
            finding.code = match finding.code {
                "Q001" => "E031",
                "Q003" => "E027",
                code => code,
            };
            for label in &mut finding.labels {
                let place = inside(file, text, label.span);
                // What is missing at the end is pointed at by the last character.
                let last = Span::new(place.start.saturating_sub(1), place.end);
                label.span = if place.is_empty() { last } else { place };
            }
            // Where only the whole string can be pointed at, a part of it cannot be replaced.
            finding.patches.retain_mut(|patch| {
                let place = inside(file, text, patch.span);
                let exact = place.len() == patch.span.len();
                patch.span = place;
                exact
            });
            self.errors.push(finding.in_file(file.clone()));
        }
    }

    fn refuse(&mut self, text: &Spanned<String>, at: Span, file: &Arc<SourceFile>, title: &str, help: &str) {
        self.error("E031", file, inside(file, text, at), title, Some(help.to_owned()));
    }

    /// The conclusion: one relation between two things that the condition names.
    fn head(
        &mut self,
        conclusion: &Written,
        text: &Spanned<String>,
        bound: &Bound,
        relations: &[Relation],
        file: &Arc<SourceFile>,
    ) -> Option<Head> {
        const FORM: &str = "a conclusion is one relation between two names of the condition: \"(a)-[met-with]->(b)\"";
        let whole = Span::new(0, text.get_ref().len() as u32);
        let ([Pattern { nodes, hops }], None) = (conclusion.patterns.as_slice(), &conclusion.condition) else {
            self.refuse(text, whole, file, "a conclusion of more than one relation", FORM);
            return None;
        };
        let ([first, second], [hop]) = (nodes.as_slice(), hops.as_slice()) else {
            self.refuse(text, whole, file, "a conclusion of other than one relation", FORM);
            return None;
        };
        let mut slots = [None, None];
        for (node_pattern, slot) in [first, second].into_iter().zip(&mut slots) {
            if !node_pattern.types.is_empty() || !node_pattern.wanted.is_empty() {
                let title = "a conclusion that says what its ends must be";
                self.refuse(text, node_pattern.span, file, title, "say it in the condition; here, only its name");
            }
            *slot = match &node_pattern.variable {
                Some(name) => self.bound(name, bound, text, file),
                None => {
                    self.refuse(text, node_pattern.span, file, "an end of the conclusion without a name", FORM);
                    None
                }
            };
        }
        let plain = hop.variable.is_none() && hop.length.is_none() && hop.wanted.is_empty();
        let relation = match hop.relations.as_slice() {
            [only] if plain => {
                let at = relations.iter().position(|relation| relation.name == only.text);
                if at.is_none() {
                    let known: Vec<String> = relations.iter().map(|relation| relation.name.clone()).collect();
                    self.unknown_at("E005", "relation", only, text, file, &known);
                }
                at?
            }
            _ => {
                self.refuse(text, hop.span, file, "a conclusion that does not name one relation", FORM);
                return None;
            }
        };
        if hop.direction == Direction::Either && !relations[relation].symmetric {
            let help = format!("write `-[{0}]->` or `<-[{0}]-`", relations[relation].name);
            self.refuse(text, hop.span, file, "a conclusion that does not say which way it runs", &help);
            return None;
        }
        let [Some(first), Some(second)] = slots else { return None };
        if first == second {
            self.refuse(text, whole, file, "a conclusion from something to itself", FORM);
            return None;
        }
        let turned = hop.direction == Direction::Back;
        let (source, target) = if turned { (second, first) } else { (first, second) };
        Some(Head { relation, source, target })
    }

    /// The node that a name of the conclusion stands for.
    fn bound(&mut self, name: &Name, bound: &Bound, text: &Spanned<String>, file: &Arc<SourceFile>) -> Option<usize> {
        let found = node(bound.get(&name.text));
        if found.is_none() {
            let span = inside(file, text, name.span);
            let mut finding = Diagnostic::error("E027", format!("`{}` stands for nothing", name.text))
                .in_file(file.clone())
                .label(span, "no node of the condition is called so");
            let names: Vec<&str> =
                bound.iter().filter(|(_, slot)| node(Some(slot)).is_some()).map(|(n, _)| &**n).collect();
            finding = match nearest(&name.text, names.iter().copied()) {
                Some(near) => finding.help(format!("did you mean `{near}`?")).patch(span, near),
                None if names.is_empty() => finding.help("name the nodes of the condition: `(m:Minister)`"),
                None => finding.help(format!("the condition names {}", names.join(", "))),
            };
            self.errors.push(finding);
        }
        found
    }

    fn unknown_at(
        &mut self,
        code: &'static str,
        what: &str,
        name: &Name,
        text: &Spanned<String>,
        file: &Arc<SourceFile>,
        known: &[String],
    ) {
        let place = inside(file, text, name.span);
        let value = Spanned::new(place.start as usize..place.end as usize, name.text.clone());
        self.unknown(code, what, &value, file, known);
    }

    /// Whether a condition names every relation it needs; and from here on each of them must be asserted, unless told.
    fn says_enough(
        &mut self,
        written: &Written,
        plan: &mut Plan,
        text: &Spanned<String>,
        file: &Arc<SourceFile>,
    ) -> bool {
        let before = self.errors.len();
        if plan.hops.is_empty() {
            let whole = Span::new(0, text.get_ref().len() as u32);
            let help = "what is concluded rests on relations: name one, such as `(a)-[met-with]-(b)`";
            self.refuse(text, whole, file, "a condition without a relation", help);
        }
        let spans: Vec<Span> = written.patterns.iter().flat_map(|p| p.hops.iter().map(|hop| hop.span)).collect();
        for (number, span) in spans.iter().enumerate() {
            let hop = &plan.hops[number];
            let denied = hop.wanted.iter().filter(|(property, _)| WAYS.contains(property)).any(|(_, any)| {
                any.iter().any(|value| matches!(value, Scalar::Text(told) if DISPROVES.contains(&told.as_ref())))
            });
            if hop.relations.is_empty() {
                let help = "name the relations that count: `-[met-with|visited]-`";
                self.refuse(text, *span, file, "a relation of the condition without a name", help);
            } else if denied {
                let help = "ask for its absence with `where not (a)-[…]-(b)`, or rest on what is affirmed";
                self.refuse(text, *span, file, "what is denied proves nothing", help);
            }
        }
        if let Some(condition) = &written.condition {
            self.inner_relations(condition, text, file);
        }
        assert_all(plan);
        self.errors.len() == before
    }

    /// Patterns inside of `where` name their relations, and how a relation is told is not asked there.
    fn inner_relations(&mut self, condition: &Condition, text: &Spanned<String>, file: &Arc<SourceFile>) {
        match condition {
            Condition::All(all) | Condition::Any(all) => {
                all.iter().for_each(|condition| self.inner_relations(condition, text, file));
            }
            Condition::Not(inner) => self.inner_relations(inner, text, file),
            Condition::Exists(pattern) => {
                for hop in pattern.hops.iter().filter(|hop| hop.relations.is_empty()) {
                    let help = "name the relations that count: `-[met-with|visited]-`";
                    self.refuse(text, hop.span, file, "a relation of the condition without a name", help);
                }
            }
            Condition::Compare(left, _, right) => {
                for term in [left, right] {
                    self.told_in_braces(term, text, file);
                }
            }
            Condition::Unknown(term) => self.told_in_braces(term, text, file),
            Condition::Typed(..) => {}
        }
    }

    fn told_in_braces(&mut self, term: &Term, text: &Spanned<String>, file: &Arc<SourceFile>) {
        if let Term::Property(_, property) = term
            && ["told", "modality", "polarity"].contains(&property.text.as_str())
        {
            let help = "say it where the relation stands: `-[met-with {modality: \"planned\"}]-`";
            self.refuse(text, property.span, file, "how a relation is told is part of the relation", help);
        }
    }

    /// The ends must be of types that the relation takes; one whose type is not said is of those.
    fn fit_ends(
        &mut self,
        head: &Head,
        plan: &mut Plan,
        relation: &Relation,
        value: &InferenceWritten,
        file: &Arc<SourceFile>,
    ) -> Option<()> {
        let (Some((source, target)), Some(names)) = (relation.between, &relation.between_names) else {
            return Some(());
        };
        let ends = [(head.source, source, &names.0, "source"), (head.target, target, &names.1, "target")];
        for (slot, mask, name, end) in ends {
            let types = &mut plan.nodes[slot].types;
            if types.is_empty() {
                types.push(covered(name, &self.types));
                continue;
            }
            let fits = types.iter().any(|any| any.iter().any(|own| self.types.mask(own).meets(mask)));
            if !fits {
                let title = format!("the {end} of `{}` is a {name}, which this never is", relation.name);
                let help = format!("widen `between` of the relation, or let the condition ask for a {name}");
                self.error("E022", file, span_of(&value.conclusion), title, Some(help));
                return None;
            }
            types.push(covered(name, &self.types));
        }
        Some(())
    }
}

/// A relation of a plan must be asserted where the plan does not say how it must be told, and affirmed in any case where it
/// does not ask for denials: a plan that is denied is no plan.
fn assert_all(plan: &mut Plan) {
    for hop in &mut plan.hops {
        let says = |properties: &[Property]| hop.wanted.iter().any(|(property, _)| properties.contains(property));
        let (modality, polarity) =
            (says(&[Property::Told, Property::Modality]), says(&[Property::Told, Property::Polarity]));
        hop.wanted.extend((!modality).then(|| (Property::Modality, vec![Scalar::from("asserted")])));
        hop.wanted.extend((!polarity).then(|| (Property::Polarity, vec![Scalar::from("positive")])));
    }
    plan.inner.iter_mut().for_each(|inner| assert_all(&mut inner.plan));
}
