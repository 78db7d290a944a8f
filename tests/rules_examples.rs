//! Every example in the embedded rule packs: a `yes` must come out, on a `no` the rule must keep still.
//!
//! To add a test, add a sentence to the `yes` or `no` of a rule under `rules/`. `todo` holds what is known not to work
//! yet; a `todo` that works fails here, so that it becomes a `yes`.

use attache::compare::{Verdict, self_test};
use attache::pipeline;

#[test]
fn every_rule_keeps_its_word() {
    let compiled = attache::rules::load(&["diplomacy".to_owned()]);
    let rules = compiled.rules.expect("the embedded pack compiles");
    let result = self_test(&rules, &|_| true, &pipeline::one_by_one(&rules));
    let mut wrong = Vec::new();
    for outcome in &result.outcomes {
        let word = match outcome.verdict {
            Verdict::Missing => "missing",
            Verdict::Noisy => "noisy",
            Verdict::Fixed => "works now, make it a yes",
            Verdict::Passed | Verdict::Todo => continue,
        };
        let found = outcome.failure.iter().flat_map(|failure| &failure.found);
        let found: String = found.map(|line| format!("\n    found {line}")).collect();
        wrong.push(format!("{word} {}: {}{found}", outcome.rule, outcome.example.text));
    }
    assert!(result.outcomes.len() > 300, "only {} examples were found", result.outcomes.len());
    assert!(wrong.is_empty(), "{} of {} examples:\n{}", wrong.len(), result.outcomes.len(), wrong.join("\n"));
}

#[test]
fn every_rule_has_a_yes() {
    let rules = attache::rules::load(&["diplomacy".to_owned()]).rules.expect("the embedded pack compiles");
    let silent: Vec<&str> =
        rules.rules.iter().filter(|rule| !rule.examples.iter().any(|e| e.yes)).map(|rule| &*rule.id).collect();
    assert!(silent.is_empty(), "rules without an example of what they find: {}", silent.join(", "));
}
