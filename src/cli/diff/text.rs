//! Differences, laid out for a person.

use crate::cli::Console;
use crate::cli::console::Paint;
use crate::cli::summary::standing;
use crate::compare::{Change, EdgeChange, Field, GraphDiff, NodeChange, Telling};
use crate::extract::{Modality, Polarity};
use crate::graph::Origin;

/// Sentences shown of one edge.
const SHOWN: usize = 3;

/// Writes what differs, a line for each node and edge with its sentences below, and the count of it all.
pub(in crate::cli) fn write(found: &GraphDiff, console: &mut Console<'_>) -> anyhow::Result<()> {
    let paint = console.paint;
    for node in &found.nodes {
        for line in node_lines(node, paint) {
            writeln!(console.out(), "{line}")?;
        }
    }
    for edge in &found.edges {
        for line in edge_lines(edge, paint) {
            writeln!(console.out(), "{line}")?;
        }
    }
    writeln!(console.out(), "{}", paint.bold(&headline(found)))?;
    Ok(())
}

/// One line that counts what differs.
pub(in crate::cli) fn headline(found: &GraphDiff) -> String {
    if found.is_empty() {
        return "no difference".to_owned();
    }
    let part = |name: &str, of: &dyn Fn((usize, usize)) -> usize| {
        let count = |change| of(found.count(change));
        format!(
            "{name}: {} gained, {} lost, {} changed",
            count(Change::Gained),
            count(Change::Lost),
            count(Change::Changed)
        )
    };
    format!("{}; {}", part("nodes", &|count| count.0), part("edges", &|count| count.1))
}

fn signed(change: Change, text: &str, paint: Paint) -> String {
    match change {
        Change::Gained => paint.green(&format!("+ {text}")),
        Change::Lost => paint.red(&format!("- {text}")),
        Change::Changed => paint.yellow(&format!("~ {text}")),
    }
}

fn node_lines(node: &NodeChange, paint: Paint) -> Vec<String> {
    let mut first = signed(node.change, &format!("{} [{}]", node.node.name, node.node.type_name), paint);
    first.push_str(&paint.faint(&match &node.was {
        None => format!("  {}", node.node.id),
        Some(was) => format!("  {was} → {}", node.node.id),
    }));
    let mut lines = vec![first];
    lines.extend(node.fields.iter().map(|field| field_line(field, paint)));
    lines.extend(tellings(&node.told, paint));
    lines
}

fn edge_lines(edge: &EdgeChange, paint: Paint) -> Vec<String> {
    let mut first = signed(
        edge.change,
        &format!(
            "{} [{}] --{}--> {} [{}]",
            edge.source.name, edge.source.type_name, edge.type_name, edge.target.name, edge.target.type_name
        ),
        paint,
    );
    match edge.origin {
        Origin::Role => first.push_str(&paint.faint("  role in an event")),
        Origin::Inferred => first.push_str(&paint.faint("  inferred")),
        Origin::Stated => {}
    }
    if (edge.modality, edge.polarity) != (Modality::Asserted, Polarity::Positive) {
        first.push_str(&format!("  {}", standing(edge.modality, edge.polarity)));
    }
    let mut lines = vec![first];
    lines.extend(edge.fields.iter().map(|field| field_line(field, paint)));
    if edge.origin != Origin::Role {
        lines.extend(tellings(&edge.told, paint));
    }
    lines
}

fn field_line(field: &Field, paint: Paint) -> String {
    let (before, after) = (field.before.as_deref(), field.after.as_deref());
    let told = match (before, after) {
        (None, Some(after)) => paint.green(after),
        (Some(before), None) => format!("{}, no longer", paint.red(before)),
        (before, after) => {
            format!("{} → {}", paint.red(before.unwrap_or_default()), paint.green(after.unwrap_or_default()))
        }
    };
    format!("    {}: {told}", field.field.trim_start_matches("attributes."))
}

fn tellings(told: &[Telling], paint: Paint) -> Vec<String> {
    let line = |telling: &Telling| {
        let place = match telling.sentence {
            Some(sentence) => format!("{} [{sentence}]", telling.doc),
            None => format!("{} {}-{}", telling.doc, telling.span[0], telling.span[1]),
        };
        let quote = telling.quote.split_whitespace().collect::<Vec<_>>().join(" ");
        format!("    {} {quote} {}", paint.faint(&format!("{place}:")), paint.faint(&format!("({})", telling.rule)))
    };
    let mut lines: Vec<String> = told.iter().take(SHOWN).map(line).collect();
    if told.len() > SHOWN {
        lines.push(paint.faint(&format!("    and {} more", told.len() - SHOWN)));
    }
    lines
}
