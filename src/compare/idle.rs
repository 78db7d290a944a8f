//! Examples that do not use their rule: what they show comes out, but through another rule.
//!
//! Such an example goes on passing when its rule is broken or taken away, so it guards nothing.

use rayon::prelude::*;

use super::Fact;
use crate::diagnostic::Diagnostic;
use crate::graph::KnowledgeGraph;
use crate::rules::{RuleSet, Written};
use crate::source::Source;

/// Warnings about the examples in those packs that `asked` accepts. `read` makes the graph of one text.
pub fn idle_examples(
    rules: &RuleSet,
    written: &Written,
    asked: &(dyn Fn(usize) -> bool + Sync),
    read: &(dyn Fn(Source) -> KnowledgeGraph + Sync),
) -> Vec<Diagnostic> {
    let work: Vec<_> = rules
        .rules
        .iter()
        .filter_map(|rule| {
            let item = written.rules.iter().rfind(|item| *item.value.id.get_ref() == *rule.id)?;
            asked(item.pack).then_some((rule, item))
        })
        .flat_map(|(rule, item)| {
            // The `yes` examples come first and in the order written.
            rule.examples.iter().zip(&item.value.yes).map(move |(example, place)| (rule, item, example, place))
        })
        .collect();
    work.into_par_iter()
        .filter_map(|(rule, item, example, place)| {
            let graph = read(Source::new("example", example.text.clone()));
            let relation = &rules.relations[rule.relation as usize];
            let (source, target) = example.expect.clone().unwrap_or_default();
            let name = relation.name.clone();
            let fact = Fact { source, relation: name, target, told: None, symmetric: relation.symmetric };
            let by = fact.drawn_by(&graph);
            if by.is_empty() || by.iter().any(|id| *id == *rule.id) {
                return None;
            }
            Some(
                Diagnostic::warning("W003", format!("this example does not use the rule `{}`", rule.id))
                    .in_file(item.file.clone())
                    .label(place.place(), format!("found by `{}`", by.join("`, `")))
                    .help("move it to that rule, or write a sentence that only this rule finds"),
            )
        })
        .collect()
}
