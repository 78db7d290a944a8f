//! In which order inference rules run: what a rule asks the absence of is concluded before the rule begins.
//!
//! The strata are those of stratified Datalog (Apt, Blair and Walker 1988): a relation stands at least as high as what it
//! is concluded from, and higher than what must be absent for it. Rules that would have to run before themselves have no
//! meaning, and the circle is named.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::rules::inference::{Inference, needs};
use crate::rules::ruleset::Relation;

/// What each relation is concluded from: the relation, whether it must be absent, and the number of the rule.
type Wanted<'r> = BTreeMap<&'r str, BTreeSet<(&'r str, bool, usize)>>;

impl Context<'_> {
    /// Gives every rule its stratum, or says which rules wait for themselves.
    pub(super) fn stratify(&mut self, rules: &mut [Inference], relations: &[Relation]) {
        let mut edges: Wanted<'_> = BTreeMap::new();
        for (number, rule) in rules.iter().enumerate() {
            let head = relations[rule.relation as usize].name.as_str();
            let of = edges.entry(head).or_default();
            of.extend(needs(&rule.plan).into_iter().map(|need| (need.relation, need.absent, number)));
        }
        let mut found = Vec::new();
        let mut told: BTreeSet<BTreeSet<&str>> = BTreeSet::new();
        for (head, of) in &edges {
            for &(relation, _, number) in of.iter().filter(|(_, absent, _)| *absent) {
                if let Some(back) = way(&edges, relation, head) {
                    // A circle is told once, wherever it is entered.
                    if told.insert(back.iter().copied().collect()) {
                        found.push(circle(&edges, head, relation, &back, &rules[number]));
                    }
                }
            }
        }
        if !found.is_empty() {
            self.errors.extend(found);
            return;
        }
        let mut stratum: BTreeMap<&str, u32> = edges.keys().map(|head| (*head, 0)).collect();
        // Without circles through absence it settles after as many rounds as there are relations.
        for _ in 0..=edges.len() {
            for (head, of) in &edges {
                let above = of
                    .iter()
                    .map(|(relation, absent, _)| stratum.get(relation).map_or(0, |below| below + u32::from(*absent)));
                let least = above.max().unwrap_or(0);
                if let Some(own) = stratum.get_mut(head) {
                    *own = least.max(*own);
                }
            }
        }
        let strata: Vec<u32> = rules
            .iter()
            .map(|rule| stratum.get(relations[rule.relation as usize].name.as_str()).copied().unwrap_or(0))
            .collect();
        for (rule, own) in rules.iter_mut().zip(strata) {
            rule.stratum = own;
        }
    }
}

/// The relations from `from` to `to`, each concluded from the next; none where `to` plays no part in `from`.
fn way<'r>(edges: &Wanted<'r>, from: &'r str, to: &'r str) -> Option<Vec<&'r str>> {
    let mut before: BTreeMap<&str, &str> = BTreeMap::new();
    let mut queue = VecDeque::from([from]);
    while let Some(at) = queue.pop_front() {
        if at == to {
            let mut path = vec![at];
            let mut here = at;
            while let Some(previous) = before.get(here).filter(|_| here != from) {
                path.push(previous);
                here = previous;
            }
            path.reverse();
            return Some(path);
        }
        for (next, _, _) in edges.get(at).into_iter().flatten() {
            if *next != from && !before.contains_key(next) {
                before.insert(next, at);
                queue.push_back(next);
            }
        }
    }
    None
}

fn circle(edges: &Wanted<'_>, head: &str, absent: &str, back: &[&str], rule: &Inference) -> Diagnostic {
    let mut told = format!("`{head}` is concluded where there is no `{absent}`");
    for pair in back.windows(2) {
        let directly = edges[pair[0]].iter().any(|(relation, absent, _)| *relation == pair[1] && !absent);
        let from = if directly { "from" } else { "where there is no" };
        told.push_str(&format!(", `{}` {from} `{}`", pair[0], pair[1]));
    }
    // The place where the absence is asked for, if it is written there as it is meant.
    let text = rule.span.slice(&rule.file.text);
    let at = text.match_indices(absent).map(|(at, _)| at).last();
    let span = at.map_or(rule.span, |at| {
        let start = rule.span.start + at as u32;
        crate::source::Span::new(start, start + absent.len() as u32)
    });
    Diagnostic::error("E029", format!("`{head}` would have to be concluded before itself"))
        .in_file(rule.file.clone())
        .label(span, format!("there must be no `{absent}`"))
        .note(told)
        .help("let what must be absent be a relation that no rule of the circle concludes")
}
