//! Every rule's examples, run: what must come out comes out, and what must not fire keeps still.
//!
//! Reading a text is the caller's business (it takes the whole pipeline); this room looks at the graph that came of it.

use std::sync::Arc;

use rayon::prelude::*;

use super::fact::{Fact, relations};
use crate::extract::{Mention, Modality, Polarity, candidates};
use crate::graph::KnowledgeGraph;
use crate::rules::{Example, PackTest, Relation, RuleSet};
use crate::source::Source;

/// How an example went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// As it should.
    Passed,
    /// A `yes` whose relation did not come out.
    Missing,
    /// A `no` on which the rule fired, or which gave the relation that it says must not come out.
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
    /// What it gives: a relation, or the type of a mention.
    pub relation: String,
    /// The example.
    pub example: Example,
    /// How it went.
    pub verdict: Verdict,
    /// The rules that made what the example speaks of, its own among them or not.
    pub by: Vec<String>,
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
    let told = rules.rules.iter().map(|rule| (&*rule.id, rule.relation, &rule.examples));
    let inferred = rules.inferences.iter().map(|rule| (&*rule.id, rule.relation, &rule.examples));
    let work: Vec<(&str, u32, &Example)> = told
        .chain(inferred)
        .filter(|(id, ..)| wanted(id))
        .flat_map(|(id, relation, examples)| examples.iter().map(move |example| (id, relation, example)))
        .collect();
    let mut outcomes: Vec<Outcome> = work
        .into_par_iter()
        .map(|(rule, relation, example)| {
            let graph = read(Source::new("example", example.text.clone()));
            judge(rule, &rules.relations[relation as usize], example, &graph)
        })
        .collect();
    let names: Vec<&(Arc<str>, Example)> = rules.name_examples.iter().filter(|(id, _)| wanted(id)).collect();
    outcomes.extend(names.into_par_iter().map(|(id, example)| judge_name(rules, id, example)).collect::<Vec<_>>());
    let tests: Vec<&PackTest> = rules.tests.iter().filter(|test| wanted(&test.name) || wanted("")).collect();
    let tested = tests.into_par_iter().map(|test| {
        let graph = read(Source::new("example", test.text.clone()));
        judge_test(rules, test, &graph)
    });
    outcomes.extend(tested.collect::<Vec<_>>().into_iter().flatten());
    SelfTest { outcomes }
}

fn verdict(example: &Example, holds: bool) -> Verdict {
    match (example.todo, example.yes, holds) {
        (true, _, true) => Verdict::Fixed,
        (true, _, false) => Verdict::Todo,
        (false, _, true) => Verdict::Passed,
        (false, true, false) => Verdict::Missing,
        (false, false, false) => Verdict::Noisy,
    }
}

fn failure(verdict: Verdict, found: impl FnOnce() -> Vec<String>) -> Option<Failure> {
    matches!(verdict, Verdict::Missing | Verdict::Noisy).then(|| Failure { found: found() })
}

fn judge(rule: &str, relation: &Relation, example: &Example, graph: &KnowledgeGraph) -> Outcome {
    let by = fact(relation, example).drawn_by(graph);
    // A `no` that names two says that the relation must not come out between them, whichever rule would draw it.
    let noisy = if example.expect.is_some() { !by.is_empty() } else { fires(rule, graph) };
    let holds = if example.yes { !by.is_empty() } else { !noisy };
    let verdict = verdict(example, holds);
    Outcome {
        rule: rule.to_owned(),
        relation: relation.name.clone(),
        example: example.clone(),
        verdict,
        by: if noisy && by.is_empty() { vec![rule.to_owned()] } else { by },
        failure: failure(verdict, || relations(graph)),
    }
}

/// A name rule keeps its word where it makes a mention with that name, and those attributes; of a `no`, where it makes
/// none.
fn judge_name(rules: &RuleSet, id: &str, example: &Example) -> Outcome {
    let made = candidates(Arc::new(Source::new("example", example.text.clone())), rules);
    let (name, attributes) = example.expect.clone().unwrap_or_default();
    let called = |mention: &Mention, text: &str| {
        let same = |a: &str| a.to_lowercase() == name.to_lowercase();
        name.is_empty() || same(&mention.value) || same(text)
    };
    let described = |mention: &Mention| {
        attributes.split(',').filter(|part| !part.trim().is_empty()).all(|part| {
            part.split_once('=').is_some_and(|(key, value)| mention.attribute(key.trim()) == Some(value.trim()))
        })
    };
    let holds = made.iter().any(|(m, text)| &*m.rule == id && (!example.yes || called(m, text) && described(m)));
    let verdict = verdict(example, holds == example.yes);
    let mut by: Vec<String> = made
        .iter()
        .filter(|(m, t)| example.yes && called(m, t) || &*m.rule == id)
        .map(|(m, _)| m.rule.to_string())
        .collect();
    by.sort();
    by.dedup();
    let line = |(m, text): &(Mention, String)| {
        let attributes: String = m.attributes.iter().map(|(key, value)| format!(", {key} = {value}")).collect();
        format!("{text} = {}{attributes} [{}] by {}", m.value, rules.types.get(m.type_id).name, m.rule)
    };
    let gives = rules.stages.iter().flat_map(|stage| &stage.rules).find(|rule| &*rule.id == id);
    Outcome {
        rule: id.to_owned(),
        relation: gives.map_or_else(String::new, |rule| rules.types.get(rule.gives).name.clone()),
        example: example.clone(),
        verdict,
        by,
        failure: failure(verdict, || made.iter().map(line).collect()),
    }
}

/// Each line of a pack's test is an outcome of its own.
fn judge_test(rules: &RuleSet, test: &PackTest, graph: &KnowledgeGraph) -> Vec<Outcome> {
    let lists = [(&test.yes, true, false), (&test.no, false, false), (&test.todo, true, true)];
    let mut out = Vec::new();
    for (lines, yes, todo) in lists {
        for line in lines {
            // Lines without a relation were reported when the pack was compiled.
            let Ok(mut fact) = Fact::parse(line, rules) else { continue };
            let plain = fact.told == Some((Modality::Asserted, Polarity::Positive));
            if !yes && plain && !line.ends_with(" asserted") {
                fact.told = None;
            }
            let by = fact.drawn_by(graph);
            let example = Example { text: line.clone(), expect: None, yes, todo };
            let verdict = verdict(&example, by.is_empty() != yes);
            out.push(Outcome {
                rule: test.name.clone(),
                relation: fact.relation.clone(),
                example,
                verdict,
                by,
                failure: failure(verdict, || relations(graph)),
            });
        }
    }
    out
}

fn fact(relation: &Relation, example: &Example) -> Fact {
    let (source, target) = example.expect.clone().unwrap_or_default();
    Fact { source, relation: relation.name.clone(), target, told: None, symmetric: relation.symmetric }
}

fn fires(rule: &str, graph: &KnowledgeGraph) -> bool {
    let by_rule = |id: &str| id == rule;
    graph.edges().any(|edge| edge.evidence.iter().any(|evidence| by_rule(&evidence.rule)))
        || graph.edges().any(|edge| edge.grounds.iter().any(|ground| by_rule(&ground.rule)))
        || graph.manifest().set_aside.iter().any(|aside| by_rule(&aside.relation.evidence.rule))
}
