//! From a pattern as it was written to a plan, or to what is wrong with it.
//!
//! Every name is held against those there are: a type, relation or property that is not among them is an error with the
//! nearest spelling. Values that are asked for are noted, for who can say whether there are such.

use std::collections::BTreeMap;

use super::ast::{Asked, Compare, Condition, HopPattern, Name, NodePattern, Pattern, Return, Shown, Term, Written};
use super::known::{Known, Owner};
use super::plan::{Check, HopSlot, Inner, NodeSlot, Operand, Plan, PlannedColumn, Shows, Slot, Wanted};
use super::value::{Property, Scalar};
use crate::diagnostic::{Diagnostic, nearest};
use crate::source::Span;

/// Most nodes and relations in one question.
const MOST_SLOTS: usize = 64;

/// What names stand for.
pub(crate) type Bound = BTreeMap<String, Slot>;

/// What checking gave.
pub(crate) struct Checked {
    /// The plan; none where there are errors.
    pub plan: Option<Plan>,
    /// What is wrong.
    pub findings: Vec<Diagnostic>,
    /// Values that properties of nodes (or else of relations) are held against, and where they are written.
    pub sought: Vec<Sought>,
    /// What the names stand for.
    pub bound: Bound,
}

/// Values that a property must have one of.
pub(crate) struct Sought {
    pub property: Property,
    pub of_node: bool,
    pub values: Vec<Scalar<'static>>,
    pub span: Span,
}

/// Plans a question or the condition of a rule.
pub(crate) fn check(written: &Written, known: &Known<'_>) -> Checked {
    let mut checker =
        Checker { known, findings: Vec::new(), used: used(written), sought: Vec::new(), alike: Vec::new() };
    let (plan, bound) = checker.plan(written);
    let failed = checker.findings.iter().any(|finding| finding.severity == crate::diagnostic::Severity::Error);
    Checked { plan: (!failed).then_some(plan), findings: checker.findings, sought: checker.sought, bound }
}

pub(super) struct Checker<'k> {
    pub(super) known: &'k Known<'k>,
    pub(super) findings: Vec<Diagnostic>,
    /// Names that conditions and columns speak of.
    used: Vec<String>,
    sought: Vec<Sought>,
    /// Properties that must be the same as another's, which may be named further on.
    alike: Vec<Alike>,
}

/// A property of what stands in a place, and whose property it must be the same as.
struct Alike {
    slot: Slot,
    property: Property,
    other: Name,
    its: Name,
}

impl Checker<'_> {
    fn plan(&mut self, written: &Written) -> (Plan, Bound) {
        let mut plan = Plan::default();
        let mut bound = Bound::new();
        let mut order: Vec<Slot> = Vec::new();
        for pattern in &written.patterns {
            for slot in self.pattern(pattern, &mut plan, &mut bound) {
                if !order.contains(&slot) {
                    order.push(slot);
                }
            }
        }
        plan.columns = order.into_iter().map(|slot| column(&plan, slot)).collect();
        plan.checks = self.alike(&bound);
        if let Some(condition) = &written.condition {
            let mut inner = Vec::new();
            let check = self.condition(condition, &bound, &mut inner);
            plan.inner = inner;
            match check {
                Some(Check::All(checks)) => plan.checks.extend(checks),
                check => plan.checks.extend(check),
            }
        }
        if plan.nodes.len() + plan.hops.len() > MOST_SLOTS {
            let span = written.patterns[0].nodes[0].span;
            let title = format!("a question of more than {MOST_SLOTS} nodes and relations");
            self.findings.push(Diagnostic::error("Q001", title).label(span, "it begins here"));
        }
        self.answer(&written.answer, &mut plan, &bound);
        (plan, bound)
    }

    /// Adds a pattern to the plan, and says where its parts are, in the order in which they are read.
    fn pattern(&mut self, pattern: &Pattern, plan: &mut Plan, bound: &mut Bound) -> Vec<Slot> {
        let mut last = self.node(&pattern.nodes[0], plan, bound);
        let mut order = vec![Slot::Node(last)];
        for (hop, node) in pattern.hops.iter().zip(&pattern.nodes[1..]) {
            let number = plan.hops.len();
            let mut slot = self.hop(hop, last, bound, number);
            last = self.node(node, plan, bound);
            slot.to = last;
            plan.hops.push(slot);
            order.extend([Slot::Hop(number), Slot::Node(last)]);
        }
        order
    }

    fn node(&mut self, node: &NodePattern, plan: &mut Plan, bound: &mut Bound) -> usize {
        let types: Vec<String> = node.types.iter().filter_map(|name| self.type_name(name)).collect();
        let known = node.variable.as_ref().and_then(|name| bound.get(&name.text));
        let at = match known {
            Some(Slot::Node(at)) => *at,
            Some(Slot::Hop(_)) => {
                let span = node.variable.as_ref().map_or(node.span, |name| name.span);
                self.error("Q003", "a name of a relation and of a node", span, "it names a relation before");
                0
            }
            None => {
                let heading = match (&node.variable, types.as_slice()) {
                    (Some(name), _) => name.text.clone(),
                    (None, []) => "node".to_owned(),
                    (None, types) => types.join("|"),
                };
                plan.nodes.push(NodeSlot { heading, ..NodeSlot::default() });
                let at = plan.nodes.len() - 1;
                if let Some(name) = &node.variable {
                    bound.insert(name.text.clone(), Slot::Node(at));
                }
                at
            }
        };
        let wanted = self.wanted(&node.wanted, Slot::Node(at));
        if let Some(slot) = plan.nodes.get_mut(at) {
            slot.wanted.extend(wanted);
            slot.types.extend((!types.is_empty()).then_some(types));
        }
        at
    }

    fn hop(&mut self, hop: &HopPattern, from: usize, bound: &mut Bound, number: usize) -> HopSlot {
        let (mut variable, mut names) = (hop.variable.as_ref(), hop.relations.as_slice());
        // `-[r]->` names the relation, as openCypher has it, where the graph has no relation r and the question speaks of r.
        if let (None, [only]) = (variable, names)
            && !self.known.relations.contains(only.text.as_str())
            && (self.used.contains(&only.text) || bound.contains_key(&only.text))
        {
            (variable, names) = (Some(only), &[]);
        }
        let found = self.findings.len();
        let relations = names.iter().filter_map(|name| self.relation(name)).collect();
        if let ([only], Some(finding)) = (names, self.findings.get_mut(found))
            && hop.variable.is_none()
            && finding.patches.is_empty()
        {
            finding.helps.push(format!("for any relation, to be called so, write `-[{}:]-`", only.text));
        }
        if let Some(name) = variable
            && bound.insert(name.text.clone(), Slot::Hop(number)).is_some()
        {
            self.error("Q003", "a name for two things", name.span, "it names something else before");
        }
        HopSlot {
            from,
            to: from,
            relations,
            wanted: self.wanted(&hop.wanted, Slot::Hop(number)),
            direction: hop.direction,
            length: hop.length,
            heading: variable.map_or_else(|| "relation".to_owned(), |name| name.text.clone()),
        }
    }

    fn wanted(&mut self, wanted: &[(Name, Asked)], slot: Slot) -> Vec<Wanted> {
        let of_node = matches!(slot, Slot::Node(_));
        let mut found = Vec::new();
        for (name, asked) in wanted {
            let Some(property) = self.property(name, of_node) else { continue };
            let literals = match asked {
                Asked::Literals(literals) => literals,
                Asked::Same(other, its) => {
                    self.alike.push(Alike { slot, property, other: other.clone(), its: its.clone() });
                    continue;
                }
            };
            let values: Vec<Scalar<'static>> = literals.any.iter().map(Scalar::from).collect();
            self.seek(&property, &values, literals.span, of_node);
            found.push((property, values));
        }
        found
    }

    /// The checks of properties that must be the same as another's, now that all names are known.
    fn alike(&mut self, bound: &Bound) -> Vec<Check> {
        let mut checks = Vec::new();
        for Alike { slot, property, other, its } in std::mem::take(&mut self.alike) {
            if let Some(right) = self.operand(&Term::Property(other, its), bound) {
                checks.push(Check::Compare(Operand::Property(slot, property), Compare::Equal, right));
            }
        }
        checks
    }

    fn condition(&mut self, condition: &Condition, bound: &Bound, inner: &mut Vec<Inner>) -> Option<Check> {
        let mut each = |checker: &mut Self, conditions: &[Condition]| -> Vec<Check> {
            conditions.iter().filter_map(|condition| checker.condition(condition, bound, inner)).collect()
        };
        Some(match condition {
            Condition::All(conditions) => Check::All(each(self, conditions)),
            Condition::Any(conditions) => Check::Any(each(self, conditions)),
            Condition::Not(condition) => Check::Not(Box::new(self.condition(condition, bound, inner)?)),
            Condition::Unknown(term) => Check::Unknown(self.operand(term, bound)?),
            Condition::Typed(name, types) => {
                let slot = self.slot(name, bound, false)?;
                let types: Vec<String> = types.iter().filter_map(|name| self.type_name(name)).collect();
                match slot {
                    Slot::Node(node) => Check::Typed(node, types),
                    Slot::Hop(_) => {
                        self.error("Q003", "a relation where a node must stand", name.span, "this is a relation");
                        return None;
                    }
                }
            }
            Condition::Compare(left, compare, right) => return self.comparison(left, *compare, right, bound),
            Condition::Exists(pattern) => {
                inner.push(self.inner(pattern, bound));
                Check::Exists(inner.len() - 1)
            }
        })
    }

    fn comparison(&mut self, left: &Term, compare: Compare, right: &Term, bound: &Bound) -> Option<Check> {
        let (first, second) = (self.operand(left, bound), self.operand(right, bound));
        let (first, second) = (first?, second?);
        if let (Compare::Equal, Operand::Property(slot, property), Operand::Literal(values), Term::Literal(literals)) =
            (compare, &first, &second, right)
        {
            self.seek(property, values, literals.span, matches!(slot, Slot::Node(_)));
        }
        let slots = [&first, &second].map(|operand| matches!(operand, Operand::Slot(_)));
        let whole = slots == [true, true] && matches!(compare, Compare::Equal | Compare::Different);
        if slots.contains(&true) && !whole {
            for (term, operand) in [left, right].into_iter().zip([&first, &second]) {
                if let (Term::Variable(name), Operand::Slot(slot)) = (term, operand) {
                    let property = if matches!(slot, Slot::Node(_)) { "name" } else { "date" };
                    let text = format!("a property was expected here, such as `{}.{property}`", name.text);
                    self.error("Q003", "a whole node or relation where a value must stand", name.span, &text);
                }
            }
            return None;
        }
        if compare == Compare::Matches {
            let Term::Literal(literals) = right else {
                self.findings.push(Diagnostic::error("Q001", "`=~` takes a regular expression in quotes"));
                return None;
            };
            let text = match literals.any.as_slice() {
                [super::ast::Literal::Text(text)] => text.as_str(),
                _ => "",
            };
            // Bounded, as everything is that a question can ask for.
            return match regex::RegexBuilder::new(text).size_limit(1 << 20).build() {
                Ok(regex) => Some(Check::Matches(first, regex)),
                Err(error) => {
                    let reason = error.to_string();
                    let last = reason.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
                    self.error("Q001", "a regular expression that cannot be read", literals.span, &last);
                    None
                }
            };
        }
        Some(Check::Compare(first, compare, second))
    }

    /// A pattern in a condition: its nodes that the question names are those, everything else is its own.
    fn inner(&mut self, pattern: &Pattern, outer: &Bound) -> Inner {
        let mut plan = Plan::default();
        let mut bound = Bound::new();
        self.pattern(pattern, &mut plan, &mut bound);
        plan.checks = self.alike(&bound);
        let shared = bound.iter().filter_map(|(name, slot)| match (slot, outer.get(name)) {
            (Slot::Node(inner), Some(Slot::Node(outer))) => Some((*inner, *outer)),
            _ => None,
        });
        let shared = shared.collect();
        Inner { plan, shared }
    }

    fn operand(&mut self, term: &Term, bound: &Bound) -> Option<Operand> {
        Some(match term {
            Term::Literal(literals) => Operand::Literal(literals.any.iter().map(Scalar::from).collect()),
            Term::Variable(name) => Operand::Slot(self.slot(name, bound, true)?),
            Term::Property(name, property) => {
                let slot = self.slot(name, bound, false)?;
                Operand::Property(slot, self.property(property, matches!(slot, Slot::Node(_)))?)
            }
        })
    }

    /// What a name stands for; `whole` where it is written without a property.
    fn slot(&mut self, name: &Name, bound: &Bound, whole: bool) -> Option<Slot> {
        if let Some(slot) = bound.get(&name.text) {
            return Some(*slot);
        }
        let what = if self.known.owner == Owner::Graph { "question" } else { "condition" };
        let text = format!("no node and no relation of the {what} is called so");
        let mut finding =
            Diagnostic::error("Q003", format!("`{}` stands for nothing", name.text)).label(name.span, text);
        if let Some(near) = nearest(&name.text, bound.keys().map(String::as_str)) {
            finding = finding.help(format!("did you mean `{near}`?")).patch(name.span, near);
        } else if self.known.relations.contains(name.text.as_str()) {
            finding = finding.help(format!("to speak of a relation, name it: `-[r:{}]-`", name.text));
        } else if bound.is_empty() {
            finding = finding.help("name a node or relation to speak of it: `(m:Minister)-[r:met-with]-(x)`");
        } else if whole {
            finding = finding.help("put texts between quotes").patch(name.span, format!("\"{}\"", name.text));
        } else {
            let names: Vec<&str> = bound.keys().map(String::as_str).collect();
            finding = finding.help(format!("the {what} names {}", names.join(", ")));
        }
        self.findings.push(finding);
        None
    }

    fn answer(&mut self, answer: &Return, plan: &mut Plan, bound: &Bound) {
        (plan.distinct, plan.skip, plan.limit) = (answer.distinct, answer.skip, answer.limit);
        if !answer.columns.is_empty() {
            let mut columns = Vec::new();
            for column in &answer.columns {
                let shows = match &column.shown {
                    Shown::Each(term) => self.operand(term, bound).map(Shows::Each),
                    Shown::Total(total, distinct, None) => Some(Shows::Total(*total, *distinct, None)),
                    Shown::Total(total, distinct, Some(term)) => {
                        self.operand(term, bound).map(|operand| Shows::Total(*total, *distinct, Some(operand)))
                    }
                };
                columns.extend(shows.map(|shows| PlannedColumn { heading: column.heading.clone(), shows }));
            }
            plan.columns = columns;
        }
        for (heading, descending) in &answer.order {
            let headings = plan.columns.iter().map(|column| column.heading.as_str());
            let plain = |text: &str| text.split_whitespace().collect::<String>();
            match headings.clone().position(|known| plain(known) == plain(&heading.text)) {
                Some(column) => plan.order.push((column, *descending)),
                None => {
                    let shown: Vec<String> = headings.map(|known| format!("`{known}`")).collect();
                    let finding = Diagnostic::error("Q003", "an order by what is not returned")
                        .label(heading.span, "this is no column of the answer")
                        .help(format!("the columns are {}", shown.join(", ")));
                    self.findings.push(finding);
                }
            }
        }
    }

    fn seek(&mut self, property: &Property, values: &[Scalar<'static>], span: Span, of_node: bool) {
        self.sought.push(Sought { property: property.clone(), of_node, values: values.to_vec(), span });
    }

    fn error(&mut self, code: &'static str, title: &str, span: Span, label: &str) {
        self.findings.push(Diagnostic::error(code, title).label(span, label));
    }
}

/// A column for a place, as answers have them where the question asks for no others.
fn column(plan: &Plan, slot: Slot) -> PlannedColumn {
    let heading = match slot {
        Slot::Node(at) => plan.nodes[at].heading.clone(),
        Slot::Hop(at) => plan.hops[at].heading.clone(),
    };
    PlannedColumn { heading, shows: Shows::Each(Operand::Slot(slot)) }
}

/// Names that conditions and columns speak of.
fn used(written: &Written) -> Vec<String> {
    fn of_term(term: &Term, found: &mut Vec<String>) {
        if let Term::Variable(name) | Term::Property(name, _) = term {
            found.push(name.text.clone());
        }
    }
    fn of_condition(condition: &Condition, found: &mut Vec<String>) {
        match condition {
            Condition::All(conditions) | Condition::Any(conditions) => {
                conditions.iter().for_each(|condition| of_condition(condition, found));
            }
            Condition::Not(condition) => of_condition(condition, found),
            Condition::Compare(left, _, right) => [left, right].into_iter().for_each(|term| of_term(term, found)),
            Condition::Unknown(term) => of_term(term, found),
            Condition::Typed(..) | Condition::Exists(_) => {}
        }
    }
    let mut found = Vec::new();
    written.condition.iter().for_each(|condition| of_condition(condition, &mut found));
    for column in &written.answer.columns {
        if let Shown::Each(term) | Shown::Total(_, _, Some(term)) = &column.shown {
            of_term(term, &mut found);
        }
    }
    found
}
