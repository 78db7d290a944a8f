//! Every rule's examples, run: what must come out comes out, and what must not fire keeps still.
//!
//! Reading a text is the caller's business (it takes the whole pipeline); this room looks at the graph that came of it.

use rayon::prelude::*;

use super::fact::{Fact, relations};
use crate::graph::KnowledgeGraph;
use crate::rules::{Example, Relation, Rule, RuleSet};
use crate::source::Source;

/// How an example went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// As it should.
    Passed,
    /// A `yes` whose relation did not come out.
    Missing,
    /// A `no` on which the rule fired.
    Noisy,
    /// A `todo` that does not work yet, as expected.
    Todo,
    /// A `todo` that works: it can become a `yes`.
    Fixed,
}

/// Why an example failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What came out instead, one relation a line.
    pub found: Vec<String>,
}

/// One example of one rule, run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The rule's id.
    pub rule: String,
    /// Its relation.
    pub relation: String,
    /// The example.
    pub example: Example,
    /// How it went.
    pub verdict: Verdict,
    /// Why not, where it went wrong.
    pub failure: Option<Failure>,
}

/// All examples, run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SelfTest {
    /// In the order of the rules and their examples.
    pub outcomes: Vec<Outcome>,
}

impl SelfTest {
    /// How many ended so.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.outcomes.iter().filter(|outcome| outcome.verdict == verdict).count()
    }

    /// Those that went wrong.
    pub fn failures(&self) -> impl Iterator<Item = &Outcome> {
        self.outcomes.iter().filter(|o| matches!(o.verdict, Verdict::Missing | Verdict::Noisy))
    }
}

/// Runs the examples of every rule whose id `wanted` accepts. `read` makes the graph of one text.
pub fn self_test(
    rules: &RuleSet,
    wanted: &dyn Fn(&str) -> bool,
    read: &(dyn Fn(Source) -> KnowledgeGraph + Sync),
) -> SelfTest {
    let work: Vec<(&Rule, &Example)> = rules
        .rules
        .iter()
        .filter(|rule| wanted(&rule.id))
        .flat_map(|rule| rule.examples.iter().map(move |example| (rule, example)))
        .collect();
    let outcomes = work
        .into_par_iter()
        .map(|(rule, example)| {
            let relation = &rules.relations[rule.relation as usize];
            let graph = read(Source::new("example", example.text.clone()));
            judge(rule, relation, example, &graph)
        })
        .collect();
    SelfTest { outcomes }
}

fn judge(rule: &Rule, relation: &Relation, example: &Example, graph: &KnowledgeGraph) -> Outcome {
    let holds = if example.yes { comes_out(relation, example, graph) } else { !fires(rule, graph) };
    let verdict = match (example.todo, example.yes, holds) {
        (true, _, true) => Verdict::Fixed,
        (true, _, false) => Verdict::Todo,
        (false, _, true) => Verdict::Passed,
        (false, true, false) => Verdict::Missing,
        (false, false, false) => Verdict::Noisy,
    };
    let wrong = matches!(verdict, Verdict::Missing | Verdict::Noisy);
    Outcome {
        rule: rule.id.to_string(),
        relation: relation.name.clone(),
        example: example.clone(),
        verdict,
        failure: wrong.then(|| Failure { found: relations(graph) }),
    }
}

/// Whether an edge of the relation joins the two that the example names, whichever rule drew it and however it is told.
fn comes_out(relation: &Relation, example: &Example, graph: &KnowledgeGraph) -> bool {
    let (source, target) = example.expect.clone().unwrap_or_default();
    Fact { source, relation: relation.name.clone(), target, told: None, symmetric: relation.symmetric }.holds(graph)
}

fn fires(rule: &Rule, graph: &KnowledgeGraph) -> bool {
    let by_rule = |id: &str| *id == *rule.id;
    graph.edges().any(|edge| edge.evidence.iter().any(|evidence| by_rule(&evidence.rule)))
        || graph.manifest().set_aside.iter().any(|aside| by_rule(&aside.relation.evidence.rule))
}
