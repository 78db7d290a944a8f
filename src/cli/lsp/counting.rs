//! How often each rule fires in the documents that the editor's configuration names.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::about::Hits;
use crate::extract::{Scratch, analyse};
use crate::rules::RuleSet;
use crate::source::{Options, Source, collect};

/// Documents read between two looks at whether somebody waits.
const STRETCH: usize = 64;

/// The documents, read when they are first wanted.
#[derive(Debug, Default)]
pub(super) struct Corpus {
    paths: Vec<PathBuf>,
    sources: Option<Vec<Source>>,
}

impl Corpus {
    /// Paths of documents; those that are relative lie below `folder`.
    pub fn new(paths: &[String], folder: Option<&Path>) -> Corpus {
        let place = |path: &String| folder.map_or_else(|| PathBuf::from(path), |folder| folder.join(path));
        Corpus { paths: paths.iter().map(place).collect(), sources: None }
    }

    pub fn is_empty(&self) -> bool {
        self.paths.is_empty()
    }

    /// How often each rule fires, and in how many documents it was looked for; none where `wanted` ends before.
    pub fn count(&mut self, rules: &RuleSet, wanted: &dyn Fn() -> bool) -> Option<(Hits, usize)> {
        let paths = &self.paths;
        // What cannot be read is told by the commands that read documents.
        let sources = self.sources.get_or_insert_with(|| collect(paths, &mut std::io::empty(), Options::default()).0);
        let mut hits = Hits::new();
        for stretch in sources.chunks(STRETCH) {
            if !wanted() {
                return None;
            }
            let fired: Vec<Vec<u32>> = stretch
                .par_iter()
                .map_init(Scratch::default, |scratch, source| {
                    let analysis = analyse(Arc::new(source.clone()), rules, scratch);
                    let statements = analysis.sentences.iter().flat_map(|sentence| &sentence.statements);
                    statements.map(|statement| statement.rule).collect()
                })
                .collect();
            for rule in fired.into_iter().flatten() {
                if let Some(rule) = rules.rules.get(rule as usize) {
                    *hits.entry(rule.id.to_string()).or_default() += 1;
                }
            }
        }
        Some((hits, sources.len()))
    }
}
