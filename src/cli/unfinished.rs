//! What is said where inference was given up.

use super::Console;
use crate::diagnostic::Diagnostic;
use crate::graph::KnowledgeGraph;
use crate::rules::RuleSet;

/// Says which rule concluded too much; whether there is one.
pub(super) fn report(graph: &KnowledgeGraph, rules: &RuleSet, console: &mut Console<'_>) -> bool {
    let Some(id) = &graph.manifest().unfinished else { return false };
    let mut finding = Diagnostic::error("E030", format!("the rule `{id}` concludes too much; nothing was inferred"))
        .help("let the patterns of its condition share a node, or say more about their nodes");
    if let Some(rule) = rules.inferences.iter().find(|rule| *rule.id == **id) {
        finding = finding.in_file(rule.file.clone()).label(rule.span, "");
    }
    console.report(&[finding]);
    true
}
