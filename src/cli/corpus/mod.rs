//! Commands that hold rules against a corpus: `rules try`, `rules stats` and `rules suggest`.

mod stats;
mod suggest;
mod survey;
mod trial;

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::bail;

pub(super) use stats::{StatsArgs, stats};
pub(super) use suggest::{SuggestArgs, suggest};
pub(super) use trial::{TryArgs, trial};

use super::packs::PackArgs;
use super::{Console, inputs};
use crate::rules::RuleSet;
use crate::source::Source;

/// A corpus and the rules that it is held against.
#[derive(Debug, clap::Args)]
pub(super) struct CorpusArgs {
    /// Documents: files, folders, or `-` for standard input
    #[arg(required = true, value_name = "CORPUS")]
    corpus: Vec<PathBuf>,
    #[command(flatten)]
    rules: PackArgs,
}

impl CorpusArgs {
    /// The documents, and whether some could not be read.
    fn read(&self, console: &mut Console<'_>) -> anyhow::Result<(Vec<Source>, bool)> {
        let inputs = inputs::read(&self.corpus, console);
        if inputs.sources.is_empty() {
            bail!("no document could be read");
        }
        Ok((inputs.sources, inputs.refused > 0))
    }
}

/// The types of two ends: those asked for, or those that most relations of the pack join.
fn ends(asked: Option<&str>, rules: &RuleSet) -> anyhow::Result<(String, String)> {
    let Some(asked) = asked else {
        let mut counts: BTreeMap<&(String, String), usize> = BTreeMap::new();
        for between in rules.relations.iter().filter_map(|relation| relation.between_names.as_ref()) {
            *counts.entry(between).or_default() += 1;
        }
        let most = counts.into_iter().max_by_key(|(names, count)| (*count, std::cmp::Reverse(*names)));
        return match most {
            Some((names, _)) => Ok(names.clone()),
            None => bail!("no relation of these rules says what it joins: name two types with --between"),
        };
    };
    let Some((a, b)) = asked.split_once(',') else { bail!("--between takes two types, such as Person,Person") };
    let known = |name: &str| {
        let name = name.trim();
        if rules.types.masks().contains_key(name) {
            return Ok(name.to_owned());
        }
        let mut names: Vec<&String> = rules.types.masks().keys().collect();
        names.sort();
        match crate::diagnostic::nearest(name, names.iter().map(|n| n.as_str())) {
            Some(near) => bail!("there is no type {name}; did you mean {near}?"),
            None => bail!("there is no type {name}"),
        }
    };
    Ok((known(a)?, known(b)?))
}
