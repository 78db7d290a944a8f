//! Patterns of relation rules that add nothing: another one finds the same, or finds it as well.
//!
//! Compared is what patterns compile to, so that `a | b` and a list of the two are the same. One pattern covers another
//! when it asks for the same row with, at every place, at least the words and types of the other.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{View, beside, cut, warning};
use crate::diagnostic::Diagnostic;
use crate::pattern::{Atom, AtomKind, Clause, Link, RowItem, WordId, WordSet};
use crate::rules::read::Item;
use crate::rules::ruleset::{Rule, RuleSet};
use crate::rules::written::RuleWritten;

/// A pattern by the number of its rule and its own.
type Place = (usize, usize);

/// Only patterns of one relation, with as many parts and a word in common at their head can cover one another: the relation,
/// whether the head is a verb, the number of parts, and one form of the head, none where any word may stand there.
type Alike = (u32, bool, usize, Option<WordId>);

/// The words that may head a clause; none where any word may.
fn head_forms(clause: &Clause) -> Option<&WordSet> {
    match &clause.atoms.get(clause.head)?.kind {
        AtomKind::Word { forms, .. } if !forms.is_empty() => Some(forms),
        _ => None,
    }
}

pub(super) fn look(view: &View<'_>, rules: &RuleSet, out: &mut Vec<Diagnostic>) {
    let written: BTreeMap<&str, &Item<RuleWritten>> =
        view.written.rules.iter().map(|item| (item.value.id.get_ref().as_str(), item)).collect();
    let covering = covering(rules, &|rule| written.get(&*rule.id).is_some_and(|item| view.asks(item)));
    for (r, rule) in rules.rules.iter().enumerate() {
        let Some(item) = written.get(&*rule.id).filter(|item| view.asks(item)) else { continue };
        for p in 0..rule.patterns.len() {
            let Some(&(by_rule, by)) = covering.get(&(r, p)) else { continue };
            let (own, other) = (&rule.patterns[p], &rules.rules[by_rule].patterns[by]);
            let same = same(rules, (r, p), (by_rule, by));
            let named =
                if by_rule == r { "of this rule".to_owned() } else { format!("of `{}`", rules.rules[by_rule].id) };
            let (code, title, label) = if same {
                ("W001", format!("this pattern says the same as another {named}"), "says the same")
            } else {
                ("W002", format!("this pattern adds nothing to a broader one {named}"), "finds all that it finds")
            };
            let mut found = beside(warning(code, title, &own.file, own.span, ""), &other.file, other.span, label);
            if let Some(number) = item.value.patterns.iter().position(|w| w.place() == own.span)
                && let Some(span) = cut(&item.value.patterns, number, &own.file)
            {
                found = found.help("remove it").patch(span, "");
            }
            out.push(found);
        }
    }
    for item in view.own(&view.written.inferences, |i| i.value.id.get_ref()) {
        let value = &item.value;
        if value.yes.is_empty() && value.todo.is_empty() {
            let title = format!("the rule `{}` has no example of what it concludes", value.id.get_ref());
            out.push(
                warning("W004", title, &item.file, value.id.place(), "")
                    .help("add yes = [\"A text from which it follows. => source, target\"]"),
            );
        }
    }
    for item in view.own(&view.written.rules, |i| i.value.id.get_ref()) {
        let value = &item.value;
        if value.yes.is_empty() && value.todo.is_empty() {
            let title = format!("the rule `{}` has no example of what it finds", value.id.get_ref());
            out.push(
                warning("W004", title, &item.file, value.id.place(), "")
                    .help("add yes = [\"A sentence in which it fires. => source, target\"]"),
            );
        }
    }
}

/// Of patterns of these rules that add nothing the first that covers each.
fn covering(rules: &RuleSet, asked: &dyn Fn(&Rule) -> bool) -> FxHashMap<Place, Place> {
    // What covers a pattern takes every form of its head, so that one of them is enough to find it by.
    let mut narrow: FxHashMap<Alike, Vec<Place>> = FxHashMap::default();
    for (r, rule) in rules.rules.iter().enumerate().filter(|(_, rule)| asked(rule)) {
        for (p, pattern) in rule.patterns.iter().enumerate() {
            for clause in clauses(rule, pattern.clauses.clone()) {
                let first = head_forms(clause).and_then(|forms| forms.iter().next());
                for head in [None, first].into_iter().take(1 + usize::from(first.is_some())) {
                    let group = narrow.entry((rule.relation, clause.verbal, clause.atoms.len(), head)).or_default();
                    if group.last() != Some(&(r, p)) {
                        group.push((r, p));
                    }
                }
            }
        }
    }
    let mut found: FxHashMap<Place, Place> = FxHashMap::default();
    for (r, rule) in rules.rules.iter().enumerate() {
        for (p, pattern) in rule.patterns.iter().enumerate() {
            let mut looked: FxHashSet<Place> = FxHashSet::default();
            for clause in clauses(rule, pattern.clauses.clone()) {
                let key = |head| (rule.relation, clause.verbal, clause.atoms.len(), head);
                let heads: Vec<Option<WordId>> =
                    head_forms(clause).map_or_else(|| vec![None], |forms| forms.iter().map(Some).collect());
                for other in heads.into_iter().filter_map(|head| narrow.get(&key(head))).flatten() {
                    // Rules are gone through in their order, so what was found first stays.
                    if *other != (r, p)
                        && !found.contains_key(other)
                        && looked.insert(*other)
                        && adds_nothing(rules, *other, (r, p))
                    {
                        found.insert(*other, (r, p));
                    }
                }
            }
        }
    }
    found
}

fn clauses(rule: &Rule, range: std::ops::Range<u32>) -> &[Clause] {
    rule.clauses.get(range.start as usize..range.end as usize).unwrap_or_default()
}

/// Whether everything that `own` finds is found by `other` in the same way. Of two that say the same the later one adds
/// nothing.
fn adds_nothing(rules: &RuleSet, own: Place, other: Place) -> bool {
    let (rule, by) = (&rules.rules[own.0], &rules.rules[other.0]);
    let alike = rule.as_written == by.as_written
        && rule.reading == by.reading
        && rule.only == by.only
        && by.unless.iter().all(|word| rule.unless.contains(word))
        && by.optional.len() >= rule.optional.len();
    if !alike || !covers(rules, other, own) {
        return false;
    }
    if covers(rules, own, other) {
        return other < own;
    }
    // A narrow pattern may be surer than a broad one, or stand before it: then it has its use.
    rule.confidence <= by.confidence && rule.priority <= by.priority
}

fn same(rules: &RuleSet, a: Place, b: Place) -> bool {
    covers(rules, a, b) && covers(rules, b, a)
}

fn covers(rules: &RuleSet, wide: Place, narrow: Place) -> bool {
    let of = |(r, p): Place| clauses(&rules.rules[r], rules.rules[r].patterns[p].clauses.clone());
    let ends = |(r, _): Place| [rules.rules[r].source.as_str(), rules.rules[r].target.as_str()];
    let (wide_clauses, narrow_clauses) = (of(wide), of(narrow));
    !narrow_clauses.is_empty()
        && narrow_clauses.iter().all(|n| wide_clauses.iter().any(|w| clause_covers(w, n, ends(wide), ends(narrow))))
}

fn clause_covers(wide: &Clause, narrow: &Clause, wide_ends: [&str; 2], narrow_ends: [&str; 2]) -> bool {
    let end = |role: &str, ends: [&str; 2]| ends.iter().position(|e| *e == role);
    let kinds = |w: &Atom, n: &Atom| match (&w.kind, &n.kind) {
        (AtomKind::Slot { role, types, reach }, AtomKind::Slot { role: own, types: narrow, reach: far }) => {
            end(role, wide_ends) == end(own, narrow_ends) && narrow.within(*types) && reach == far
        }
        (AtomKind::Word { forms, class }, AtomKind::Word { forms: narrow, class: own }) => {
            (class.is_none() || class == own)
                && (forms.is_empty() || !narrow.is_empty() && narrow.iter().all(|word| forms.contains(word)))
        }
        _ => false,
    };
    let links = |w: &Link, n: &Link| match (w, n) {
        (Link::Oblique(set), Link::Oblique(narrow))
        | (Link::ObliqueOrInfinitive(set), Link::ObliqueOrInfinitive(narrow)) => {
            narrow.iter().all(|word| set.contains(word))
        }
        (w, n) => w == n,
    };
    let rows = |w: &RowItem, n: &RowItem| match (w, n) {
        (RowItem::Function(set), RowItem::Function(narrow)) => narrow.iter().all(|word| set.contains(word)),
        (w, n) => w == n,
    };
    wide.verbal == narrow.verbal
        && wide.head == narrow.head
        && wide.atoms.len() == narrow.atoms.len()
        && wide.row.len() == narrow.row.len()
        && wide.row.iter().zip(&narrow.row).all(|(w, n)| rows(w, n))
        && wide
            .atoms
            .iter()
            .zip(&narrow.atoms)
            .all(|(w, n)| kinds(w, n) && links(&w.link, &n.link) && w.anchors == n.anchors)
}
