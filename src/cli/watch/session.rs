//! What was read last, and what of it a change makes anew.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::cli::diff::text;
use crate::cli::packs::layered;
use crate::cli::rules::show_failures;
use crate::cli::summary::counted;
use crate::cli::{Console, inputs};
use crate::compare::{Verdict, diff, self_test};
use crate::extract::Fragment;
use crate::graph::KnowledgeGraph;
use crate::pipeline;
use crate::rules::{RuleSet, compile, fingerprint, gather};
use crate::source::Source;

/// Rules, documents and graph as they were after the last round.
pub(super) struct Session {
    packs: Vec<String>,
    paths: Vec<PathBuf>,
    /// Digest of all rule files, also of those that do not compile.
    digest: String,
    rules: Option<RuleSet>,
    /// Whether the rule files were right when they were last read.
    right: bool,
    /// Documents by id, as read by `rules`.
    read: BTreeMap<String, (Source, Fragment)>,
    graph: Option<KnowledgeGraph>,
}

impl Session {
    pub(super) fn new(packs: Vec<String>, paths: Vec<PathBuf>) -> Self {
        let (digest, read) = (String::new(), BTreeMap::new());
        Session { packs: layered(&packs), paths, digest, rules: None, right: false, read, graph: None }
    }

    /// Looks at everything once more. Says whether all is well.
    pub(super) fn round(&mut self, console: &mut Console<'_>) -> anyhow::Result<bool> {
        let tests = self.check(console)?;
        let Some(rules) = &self.rules else { return Ok(false) };
        let inputs = inputs::read(&self.paths, console);
        let mut known = std::mem::take(&mut self.read);
        let (mut kept, mut new): (Vec<(Source, Fragment)>, Vec<Source>) = (Vec::new(), Vec::new());
        for source in inputs.sources {
            match known.remove(&source.id) {
                Some((same, fragment)) if same == source => kept.push((source, fragment)),
                _ => new.push(source),
            }
        }
        let count = new.len();
        let fragments = pipeline::fragments(new.clone(), rules, &|_| {});
        kept.extend(new.into_iter().zip(fragments));
        let fragments: Vec<Fragment> = kept.iter().map(|(_, fragment)| fragment.clone()).collect();
        self.read = kept.into_iter().map(|(source, fragment)| (source.id.clone(), (source, fragment))).collect();
        let graph = pipeline::graph(&fragments, rules);
        match &self.graph {
            None => writeln!(
                console.out(),
                "{}: {}, {}",
                counted(fragments.len(), "document"),
                counted(graph.node_count(), "node"),
                counted(graph.edge_count(), "edge")
            )?,
            Some(before) => {
                text::write(&diff(before, &graph), console)?;
                let unread = fragments.len() - count;
                if unread > 0 && count > 0 {
                    let note = format!("read {}; {unread} as before", counted(count, "document"));
                    let note = console.paint.faint(&note);
                    writeln!(console.out(), "{note}")?;
                }
            }
        }
        self.graph = Some(graph);
        Ok(self.right && tests && inputs.refused == 0)
    }

    /// Compiles the rules and runs their examples, where a rule file changed. Rules with errors are shown, and those before
    /// stay. Says whether the examples are right.
    fn check(&mut self, console: &mut Console<'_>) -> anyhow::Result<bool> {
        let (files, errors) = gather(&self.packs);
        let digest = fingerprint(&files);
        if digest == self.digest && errors.is_empty() {
            return Ok(true);
        }
        self.digest = digest;
        let compiled = compile(files, errors);
        console.report(&compiled.diagnostics);
        self.right = compiled.rules.is_some();
        let Some(rules) = compiled.rules else {
            let stay =
                if self.rules.is_some() { "the rules have errors; those before stay" } else { "the rules have errors" };
            let stay = console.paint.red(stay);
            writeln!(console.out(), "{stay}")?;
            return Ok(false);
        };
        let tested = self_test(&rules, &|_| true, &pipeline::one_by_one(&rules));
        show_failures(&tested, console)?;
        let failed = tested.failures().count();
        let examples = format!(
            "{}, {}; {}: {} as they should be, {failed} not",
            counted(rules.relations.len(), "relation"),
            counted(rules.rules.len(), "rule"),
            counted(tested.outcomes.len(), "example"),
            tested.count(Verdict::Passed) + tested.count(Verdict::Todo) + tested.count(Verdict::Fixed)
        );
        let examples = if failed > 0 { console.paint.red(&examples) } else { examples };
        writeln!(console.out(), "{examples}")?;
        // Every document is read anew by new rules.
        self.read.clear();
        self.rules = Some(rules);
        Ok(failed == 0)
    }
}
