//! The whole flow: sources in, graph out.

mod extractor;
mod schema;

use std::sync::Arc;

use rayon::prelude::*;

pub use extractor::{Extractor, ExtractorBuilder, RulesError};
pub use schema::schema;

use crate::extract::{Fragment, Scratch, extract};
use crate::graph::{KnowledgeGraph, build};
use crate::infer::infer;
use crate::rules::RuleSet;
use crate::source::Source;

/// Reads every source and builds the graph. Documents are read in parallel on rayon's current pool; the result does not
/// depend on how many threads it has. `done` is called once for each document, from any thread.
pub fn run(sources: Vec<Source>, rules: &RuleSet, done: &(dyn Fn(&str) + Sync)) -> KnowledgeGraph {
    graph(&fragments(sources, rules, done), rules)
}

/// The graph of documents that these rules read, with all that follows by inference.
pub fn graph(fragments: &[Fragment], rules: &RuleSet) -> KnowledgeGraph {
    let schema = schema(rules);
    infer(build(fragments, &schema), &rules.inferences, &schema)
}

/// Reads documents each to a graph of its own. What all of the graphs have in common is made once.
pub fn one_by_one(rules: &RuleSet) -> impl Fn(Source) -> KnowledgeGraph + Sync {
    let schema = schema(rules);
    move |source| infer(build(&fragments(vec![source], rules, &|_| {}), &schema), &rules.inferences, &schema)
}

/// Reads every source, in order.
pub fn fragments(sources: Vec<Source>, rules: &RuleSet, done: &(dyn Fn(&str) + Sync)) -> Vec<Fragment> {
    let read = |scratch: &mut Scratch, source: Source| {
        let fragment = extract(Arc::new(source), rules, scratch);
        done(&fragment.document.id);
        fragment
    };
    if sources.len() < 2 || rayon::current_num_threads() == 1 {
        let mut scratch = Scratch::default();
        return sources.into_iter().map(|source| read(&mut scratch, source)).collect();
    }
    sources.into_par_iter().map_init(Scratch::default, read).collect()
}
