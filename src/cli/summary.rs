//! What a run found, in a few lines.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::Console;
use crate::extract::{Modality, Polarity};
use crate::graph::{KnowledgeGraph, Origin};

/// Shows the size of the graph by kinds, and the files it was written to.
pub(super) fn write(
    graph: &KnowledgeGraph,
    refused: usize,
    written: &[PathBuf],
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let paint = console.paint;
    let documents = graph.manifest().documents.len();
    writeln!(console.out(), "{} read", paint.bold(&counted(documents, "document")))?;
    if refused > 0 {
        writeln!(console.out(), "{} could not be read", paint.red(&counted(refused, "document")))?;
    }
    let mut broad: BTreeMap<&str, usize> = BTreeMap::new();
    for node in graph.nodes() {
        *broad.entry(node.types.last().map_or(node.type_name.as_str(), String::as_str)).or_default() += 1;
    }
    table(console, &counted(graph.node_count(), "node"), &broad)?;
    let (mut types, mut told): (BTreeMap<&str, usize>, BTreeMap<&str, usize>) = Default::default();
    let (mut roles, mut inferred) = (0, 0);
    for edge in graph.edges() {
        match edge.origin {
            Origin::Role => roles += 1,
            Origin::Inferred => inferred += 1,
            Origin::Stated => {}
        }
        if edge.origin != Origin::Stated {
            continue;
        }
        *types.entry(&edge.type_name).or_default() += 1;
        *told.entry(standing(edge.modality, edge.polarity)).or_default() += 1;
    }
    table(console, &counted(types.values().sum(), "relation"), &types)?;
    if roles > 0 {
        writeln!(console.out(), "  and {} in events", counted(roles, "role"))?;
    }
    if inferred > 0 {
        writeln!(console.out(), "  and {inferred} inferred from them")?;
    }
    table(console, "Told as", &told)?;
    writeln!(console.out())?;
    for path in written {
        writeln!(console.out(), "wrote {}", paint.green(&path.display().to_string()))?;
    }
    Ok(())
}

/// One word for how a relation is told.
pub(super) fn standing(modality: Modality, polarity: Polarity) -> &'static str {
    match (polarity, modality) {
        (Polarity::Negative, _) => "denied",
        (_, Modality::Asserted) => "asserted",
        (_, Modality::Planned) => "planned",
        (_, Modality::Requested) => "requested",
        (_, Modality::Possible) => "possible",
        (_, Modality::Alleged) => "alleged",
    }
}

/// Most first, then by name.
fn table(console: &mut Console<'_>, heading: &str, counts: &BTreeMap<&str, usize>) -> anyhow::Result<()> {
    if counts.is_empty() {
        return Ok(());
    }
    let mut rows: Vec<(&str, usize)> = counts.iter().map(|(name, count)| (*name, *count)).collect();
    rows.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    let heading = console.paint.bold(heading);
    writeln!(console.out(), "\n{heading}")?;
    for (name, count) in rows {
        writeln!(console.out(), "{count:>6}  {name}")?;
    }
    Ok(())
}

/// `1 document`, `2 documents`.
pub(super) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
