//! Every rule's examples, run: what must come out comes out, and what must not fire keeps still.
//!
//! Reading a text is the caller's business (it takes the whole pipeline); this room looks at the graph that came of it.

use rayon::prelude::*;

use crate::graph::{Edge, KnowledgeGraph, Node};
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
        failure: wrong.then(|| Failure { found: shown(graph) }),
    }
}

/// Whether an edge of the relation joins the two that the example names, whichever rule drew it and however it is told.
fn comes_out(relation: &Relation, example: &Example, graph: &KnowledgeGraph) -> bool {
    graph.edges().filter(|edge| edge.type_name == relation.name).any(|edge| match &example.expect {
        None => true,
        Some((source, target)) => {
            let (Some(from), Some(to)) = (graph.node(&edge.source), graph.node(&edge.target)) else { return false };
            is_called(from, source) && is_called(to, target)
                || relation.symmetric && is_called(from, target) && is_called(to, source)
        }
    })
}

fn fires(rule: &Rule, graph: &KnowledgeGraph) -> bool {
    let by_rule = |id: &str| *id == *rule.id;
    graph.edges().any(|edge| edge.evidence.iter().any(|evidence| by_rule(&evidence.rule)))
        || graph.manifest().set_aside.iter().any(|aside| by_rule(&aside.relation.evidence.rule))
}

/// Whether a node goes by that name, letter case and spacing aside.
fn is_called(node: &Node, name: &str) -> bool {
    let fold = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let wanted = fold(name);
    fold(&node.name) == wanted
        || node.aliases.iter().any(|alias| fold(alias) == wanted)
        || node.mentions.iter().any(|mention| fold(&mention.quote) == wanted)
}

fn shown(graph: &KnowledgeGraph) -> Vec<String> {
    let name = |id: &str| graph.node(id).map_or_else(|| id.to_owned(), |node| format!("{} [{}]", node.name, node.type_name));
    let line = |edge: &Edge| {
        let rules: Vec<&str> = edge.evidence.iter().map(|evidence| evidence.rule.as_str()).collect();
        format!("{} --{}--> {} by {}", name(&edge.source), edge.type_name, name(&edge.target), rules.join(", "))
    };
    let found: Vec<String> = graph.edges().map(line).collect();
    if found.is_empty() {
        let nodes: Vec<String> = graph.nodes().map(|node| name(&node.id)).collect();
        return vec![format!("no relation; seen: {}", if nodes.is_empty() { "nobody".to_owned() } else { nodes.join(", ") })];
    }
    found
}
