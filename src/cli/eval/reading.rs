//! Documents read one by one, each to a graph of its own and its sentences, and together to one.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use rayon::prelude::*;

use crate::cli::merge::read_graph;
use crate::cli::{Console, inputs};
use crate::compare::{Gold, Reading, is_of};
use crate::extract::{Analysis, Fragment, Scratch, analyse, fragment, sentence_text};
use crate::graph::{GraphSchema, KnowledgeGraph, build};
use crate::pipeline::schema;
use crate::rules::RuleSet;
use crate::source::{CodePoints, Source};

/// What was read.
pub(super) struct Readings {
    /// Each document by itself.
    pub readings: Vec<Reading>,
    /// All of them together.
    pub whole: KnowledgeGraph,
    /// Ids of documents that the gold does not speak of.
    pub others: Vec<String>,
    /// How many could not be read.
    pub refused: usize,
}

/// Reads documents, or the documents of a graph; of those, the ones that a gold speaks of, if there is one.
pub(super) fn read(
    paths: &[PathBuf],
    gold: Option<&Gold>,
    rules: &RuleSet,
    console: &mut Console<'_>,
) -> anyhow::Result<Readings> {
    let schema = schema(rules);
    let wanted = |id: &str| match gold {
        Some(gold) => gold.documents.iter().any(|document| is_of(document, id)),
        None => true,
    };
    if let [path] = paths
        && path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
    {
        let fragments = read_graph(path)?.fragments().with_context(|| path.display().to_string())?;
        let (chosen, others) = fragments.into_iter().partition(|fragment: &Fragment| wanted(&fragment.document.id));
        let others: Vec<Fragment> = others;
        let others = others.into_iter().map(|fragment| fragment.document.id).collect();
        return Ok(together(chosen.into_iter().map(|fragment| (fragment, Vec::new())).collect(), &schema, others, 0));
    }
    let inputs = inputs::read(paths, console);
    let (chosen, others): (Vec<Source>, Vec<Source>) = inputs.sources.into_iter().partition(|s| wanted(&s.id));
    let parts: Vec<(Fragment, Sentences)> = chosen
        .into_par_iter()
        .map_init(Scratch::default, |scratch, source| {
            let analysis = analyse(Arc::new(source), rules, scratch);
            (fragment(&analysis, rules), sentences(&analysis))
        })
        .collect();
    Ok(together(parts, &schema, others.into_iter().map(|source| source.id).collect(), inputs.refused))
}

type Sentences = Vec<(u32, u32, String)>;

fn together(parts: Vec<(Fragment, Sentences)>, schema: &GraphSchema, others: Vec<String>, refused: usize) -> Readings {
    let (fragments, sentences): (Vec<Fragment>, Vec<Sentences>) = parts.into_iter().unzip();
    let readings = fragments.iter().zip(sentences).map(|(fragment, sentences)| Reading {
        id: fragment.document.id.clone(),
        graph: build(std::slice::from_ref(fragment), schema),
        sentences,
    });
    Readings { readings: readings.collect(), whole: build(&fragments, schema), others, refused }
}

fn sentences(analysis: &Analysis) -> Sentences {
    let text = analysis.document.text();
    let points = CodePoints::new(text);
    let place = |(number, sentence): (u32, &crate::document::Sentence)| {
        let (from, to) = (points.offset(text, sentence.span.start), points.offset(text, sentence.span.end));
        (from, to, sentence_text(analysis, number).to_string())
    };
    (0u32..).zip(&analysis.document.sentences).map(place).collect()
}
