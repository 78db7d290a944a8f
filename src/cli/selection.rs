//! The options that ask for a part of a graph.

use anyhow::bail;

use super::{named, packs};
use crate::diagnostic::nearest;
use crate::graph::{KnowledgeGraph, Selection, Told};
use crate::rules::{PackFiles, RuleSet};

/// Options that narrow what of a graph is taken.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Which part of the graph")]
pub(super) struct SelectArgs {
    /// Only what this view of the rule pack shows: `meetings`, `support`, `conflict`, `offices` and `facts` of the built-in
    /// one
    #[arg(global = true, long, value_name = "NAME")]
    view: Option<String>,
    /// The rule pack whose views and maps are meant; without it, the one that made the graph, or the built-in one
    #[arg(global = true, long = "rules", value_name = "PACK")]
    packs: Vec<String>,
    /// Only nodes of this type or a narrower one; may be given again
    #[arg(global = true, long = "type", value_name = "TYPE")]
    types: Vec<String>,
    /// Only this relation; may be given again
    #[arg(global = true, long = "relation", value_name = "RELATION")]
    relations: Vec<String>,
    /// Only what is told so: asserted, planned, requested, possible, alleged, denied, or inferred; may be given
    /// again
    #[arg(global = true, long = "modality", value_name = "HOW", value_parser = told)]
    told: Vec<Told>,
    /// Only what was so on or after this date: 2019, 2019-07 or 2019-07-02
    #[arg(global = true, long, value_name = "DATE", value_parser = date)]
    since: Option<String>,
    /// Only what was so on or before this date
    #[arg(global = true, long, value_name = "DATE", value_parser = date)]
    until: Option<String>,
    /// Only relations that at least so many documents tell
    #[arg(global = true, long, value_name = "N", default_value_t = 1)]
    min_support: u32,
    /// Only what lies around this node; may be given again
    #[arg(global = true, long, value_name = "NAME")]
    around: Vec<String>,
    /// How many relations away
    #[arg(global = true, long, value_name = "N", default_value_t = 1, requires = "around")]
    depth: usize,
}

fn told(name: &str) -> Result<Told, String> {
    let found = Told::ALL.into_iter().find(|(known, _)| *known == name);
    found.map(|(_, told)| told).ok_or_else(|| {
        let known: Vec<&str> = Told::ALL.iter().map(|(known, _)| *known).collect();
        format!("it is one of {}", known.join(", "))
    })
}

fn date(text: &str) -> Result<String, String> {
    let numbers = text.split('-').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    if numbers && matches!(lengths.as_slice(), [4] | [4, 2] | [4, 2, 2]) {
        Ok(text.to_owned())
    } else {
        Err("a date is a year, a month or a day: 2019, 2019-07, 2019-07-02".to_owned())
    }
}

impl SelectArgs {
    /// The part of the graph that is asked for; the graph itself where that is all of it.
    pub(super) fn take(&self, graph: KnowledgeGraph) -> anyhow::Result<KnowledgeGraph> {
        Ok(self.part(&graph)?.unwrap_or(graph))
    }

    /// The part of the graph that is asked for; none where that is all of it.
    pub(super) fn part(&self, graph: &KnowledgeGraph) -> anyhow::Result<Option<KnowledgeGraph>> {
        let seen = self.view.as_ref().map(|name| self.view(name, graph)).transpose()?.map(|view| graph.select(&view));
        // Names are those of the whole graph, so that they are known whatever the view leaves.
        let selection = self.selection(graph)?;
        let part = match seen {
            None if selection.is_everything() => return Ok(None),
            None => graph.select(&selection),
            Some(seen) if selection.is_everything() => seen,
            Some(seen) => seen.select(&selection),
        };
        if part.node_count() == 0 {
            bail!("nothing of the graph is left by these options");
        }
        Ok(Some(part))
    }

    /// The rules of the packs that are asked for.
    pub(super) fn rules(&self, graph: &KnowledgeGraph) -> anyhow::Result<RuleSet> {
        let own = &graph.manifest().pack.name;
        let packs = match self.packs.as_slice() {
            [] if PackFiles::embedded(own).is_some() => vec![own.clone()],
            packs => packs.to_vec(),
        };
        let Some(rules) = packs::load_layered(&packs).rules else {
            bail!("the rule pack has errors; `attache rules check` shows them");
        };
        Ok(rules)
    }

    /// The view of that name, of the packs that are asked for.
    fn view(&self, name: &str, graph: &KnowledgeGraph) -> anyhow::Result<Selection> {
        let rules = self.rules(graph)?;
        let known = rules.views.iter().map(|view| view.name.as_str());
        let Some(view) = rules.views.iter().find(|view| view.name == name) else {
            if let Some(near) = nearest(name, known.clone()) {
                bail!("the rule pack has no view {name}; did you mean {near}?");
            }
            let shown = known.collect::<Vec<_>>().join(", ");
            bail!("the rule pack has no view {name}; it has {}", if shown.is_empty() { "none" } else { &shown });
        };
        let told = Told::ALL.into_iter().filter(|(name, _)| view.told.iter().any(|told| told == name));
        Ok(Selection {
            types: view.types.clone(),
            relations: view.relations.clone(),
            told: told.map(|(_, told)| told).collect(),
            min_support: view.min_support,
            ..Selection::default()
        })
    }

    fn selection(&self, graph: &KnowledgeGraph) -> anyhow::Result<Selection> {
        let manifest = graph.manifest();
        let types: std::collections::BTreeSet<&str> =
            graph.nodes().flat_map(|node| node.types.iter().map(String::as_str)).collect();
        let relations = manifest.relations.keys().map(String::as_str);
        let known = |name: &String| named::one_of("type", name, types.iter().copied());
        let types: Vec<String> = self.types.iter().map(known).collect::<anyhow::Result<_>>()?;
        let known = |name: &String| named::one_of("relation", name, relations.clone());
        let around = |name: &String| named::node(graph, name).map(|node| node.id.clone());
        Ok(Selection {
            types,
            relations: self.relations.iter().map(known).collect::<anyhow::Result<_>>()?,
            told: self.told.clone(),
            since: self.since.clone(),
            until: self.until.clone(),
            min_support: self.min_support,
            around: self.around.iter().map(around).collect::<anyhow::Result<_>>()?,
            depth: self.depth,
        })
    }
}
