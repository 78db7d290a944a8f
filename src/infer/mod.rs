//! Inference: relations that follow from others by the rules of a pack.
//!
//! Rules run stratum by stratum, each stratum until nothing new follows (the least fixed point of stratified Datalog; Abiteboul,
//! Hull and Vianu 1995, ch. 13 and 15), semi-naively: after the first round only what rests on a new relation is looked
//! for. It ends because a conclusion joins two nodes that are there, so that there are only so many. What was concluded is
//! marked, names what it rests on, and stands behind all that texts state: the rest of the graph is as it was.

mod conclude;
mod ways;

use std::cell::Cell;
use std::collections::BTreeSet;

use conclude::Conclusions;
use petgraph::stable_graph::EdgeIndex;
pub use ways::{Obstacle, Way, obstacle, ways};

use crate::graph::{GraphSchema, KnowledgeGraph, RelationStyle};
use crate::query::{Match, Prepared, TooMany, search};
use crate::rules::Inference;

/// Most relations and nodes that are looked at for one graph: a few seconds.
const MOST_LOOKS: u64 = 300_000_000;
/// Most ways in which the condition of one rule is fulfilled.
const MOST_MATCHES: usize = 250_000;
/// Most conclusions of one graph.
const MOST_CONCLUSIONS: usize = 200_000;

/// The graph with everything that follows by these rules, which must be those that the schema was made of.
///
/// Where a rule concludes too much, nothing is inferred, and the manifest names the rule as `unfinished`.
pub fn infer(graph: KnowledgeGraph, rules: &[Inference], schema: &GraphSchema) -> KnowledgeGraph {
    if rules.is_empty() {
        return graph;
    }
    let stated = graph.edge_count();
    let mut work = Work { graph, schema, conclusions: Conclusions::default(), looks: Cell::new(MOST_LOOKS) };
    work.conclusions.know(&work.graph, schema);
    let last = rules.iter().map(|rule| rule.stratum).max().unwrap_or_default();
    for stratum in 0..=last {
        let own: Vec<&Inference> = rules.iter().filter(|rule| rule.stratum == stratum).collect();
        if let Err(unfinished) = work.stratum(&own) {
            return without(work.graph, stated, unfinished);
        }
    }
    if work.graph.edge_count() == stated {
        return work.graph;
    }
    let mut manifest = work.graph.manifest().clone();
    for edge in work.graph.edges().skip(stated) {
        manifest.relations.entry(edge.type_name.clone()).or_insert_with(|| {
            let info = schema.relation(&edge.type_name);
            RelationStyle {
                label: edge.label.clone(),
                symmetric: info.is_some_and(|info| info.symmetric),
                draw: info.map(|info| info.draw.clone()).unwrap_or_default(),
            }
        });
    }
    work.graph.settled(manifest)
}

/// The graph as it was, and the rule that would not end.
fn without(mut graph: KnowledgeGraph, stated: usize, rule: &Inference) -> KnowledgeGraph {
    graph.keep_first(stated);
    let mut manifest = graph.manifest().clone();
    manifest.unfinished = Some(rule.id.to_string());
    graph.settled(manifest)
}

struct Work<'s> {
    graph: KnowledgeGraph,
    schema: &'s GraphSchema,
    conclusions: Conclusions,
    looks: Cell<u64>,
}

impl Work<'_> {
    /// Runs rules until nothing new follows.
    fn stratum<'r>(&mut self, rules: &[&'r Inference]) -> Result<(), &'r Inference> {
        let mut fresh: Option<Vec<EdgeIndex>> = None;
        loop {
            let mut last = None;
            for rule in rules {
                let found = self.matches(rule, fresh.as_deref()).map_err(|TooMany| *rule)?;
                self.conclusions.add(rule, &found, &self.graph, self.schema);
                if self.conclusions.count() > MOST_CONCLUSIONS {
                    return Err(rule);
                }
                last = Some(rule);
            }
            let edges = self.conclusions.take(&self.graph, self.schema);
            if last.is_none() || edges.is_empty() {
                return Ok(());
            }
            let indices = self.graph.append(edges);
            self.conclusions.settle(&indices);
            fresh = Some(indices);
        }
    }

    /// What fulfils a rule's condition; after the first round, what does so by a relation that is new.
    fn matches(&self, rule: &Inference, fresh: Option<&[EdgeIndex]>) -> Result<Vec<Match>, TooMany> {
        let plan = &rule.plan;
        let Some(fresh) = fresh else {
            return search(&self.prepare(rule)?, &self.looks, MOST_MATCHES);
        };
        let inside = self.graph.as_petgraph();
        let new: BTreeSet<&str> =
            fresh.iter().filter_map(|index| inside.edge_weight(*index)).map(|edge| edge.type_name.as_str()).collect();
        let touched: Vec<usize> = (0..plan.hops.len())
            .filter(|hop| plan.hops[*hop].relations.iter().any(|r| new.contains(r.as_str())))
            .collect();
        if touched.is_empty() {
            return Ok(Vec::new());
        }
        // Support adds up over all ways to conclude, and a row of relations may be new in any of them.
        if rule.min_support > 1 || touched.iter().any(|hop| plan.hops[*hop].length.is_some()) {
            return search(&self.prepare(rule)?, &self.looks, MOST_MATCHES);
        }
        let mut is_fresh = vec![false; inside.edge_count()];
        fresh.iter().for_each(|index| is_fresh[index.index()] = true);
        let mut found = Vec::new();
        for (number, hop) in touched.iter().enumerate() {
            let mut prepared = self.prepare(rule)?;
            // New here, and not new in those before: every match is found once.
            prepared.narrow(*hop, |index| is_fresh[index]);
            touched[..number].iter().for_each(|before| prepared.narrow(*before, |index| !is_fresh[index]));
            prepared.start_from(*hop);
            found.extend(search(&prepared, &self.looks, MOST_MATCHES)?);
        }
        Ok(found)
    }

    fn prepare<'p>(&'p self, rule: &'p Inference) -> Result<Prepared<'p, 'p>, TooMany> {
        let cost = self.graph.node_count() * rule.plan.nodes.len() + self.graph.edge_count() * rule.plan.hops.len();
        let left = self.looks.get().checked_sub(cost as u64).ok_or(TooMany)?;
        self.looks.set(left);
        Ok(Prepared::new(&rule.plan, &self.graph, &[]))
    }
}
