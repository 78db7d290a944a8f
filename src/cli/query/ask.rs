//! The questions that have names, and their answers.
//!
//! Names are looked up in the whole graph, answers come from the part that was asked for.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::bail;

use super::By;
use crate::cli::{Console, named};
use crate::graph::{Edge, KnowledgeGraph, Node, Told};
use crate::query::{Answer, Cell};

/// Names of a community that its row shows.
const MOST_NAMED: usize = 8;

/// The shortest way between two.
pub(super) fn path<'a>(
    whole: &KnowledgeGraph,
    graph: &'a KnowledgeGraph,
    from: &str,
    to: &str,
) -> anyhow::Result<Answer<'a>> {
    let (from, to) = (named::node(whole, from)?, named::node(whole, to)?);
    let Some(edges) = graph.path(&from.id, &to.id) else {
        bail!("no relations lead from {} to {}", from.name, to.name);
    };
    Ok(of_edges(graph, edges, [&from.id, &to.id]))
}

/// All relations of one.
pub(super) fn neighbours<'a>(
    whole: &KnowledgeGraph,
    graph: &'a KnowledgeGraph,
    name: &str,
    console: &mut Console<'_>,
) -> anyhow::Result<Answer<'a>> {
    let node = looked_up(whole, name, console)?;
    Ok(of_edges(graph, touching(graph, node), [&node.id]))
}

/// All dated relations of one, the earliest first: by what the text says, or else by when it was written.
pub(super) fn timeline<'a>(
    whole: &KnowledgeGraph,
    graph: &'a KnowledgeGraph,
    name: &str,
    console: &mut Console<'_>,
) -> anyhow::Result<Answer<'a>> {
    let node = looked_up(whole, name, console)?;
    let all = touching(graph, node);
    let count = all.len();
    let mut dated: Vec<_> = all.into_iter().filter_map(|edge| Some((graph.days_of(edge)?, edge))).collect();
    dated.sort_by_key(|(days, _)| *days);
    if dated.len() < count {
        let (missing, name) = (count - dated.len(), &node.name);
        console
            .note(&format!("{missing} of {count} relations of {name} have no date, and neither have their documents"));
    }
    let edges = dated.iter().map(|(_, edge)| *edge).collect();
    let mut answer = of_edges(graph, edges, [&node.id]);
    let at = answer.columns.iter().position(|column| column == "date").unwrap_or_default();
    answer.columns.remove(at);
    answer.columns.insert(0, "when".to_owned());
    answer.columns.insert(1, "dated by".to_owned());
    for (row, ((first, last), _)) in answer.rows.iter_mut().zip(&dated) {
        let own = row.remove(at);
        let by = if own == Cell::Nothing { "report" } else { "text" };
        let shown = match own {
            Cell::Nothing if first == last => Cell::Text(first.to_string()),
            Cell::Nothing => Cell::Text(format!("{first}/{last}")),
            own => own,
        };
        row.insert(0, Cell::Text(by.to_owned()));
        row.insert(0, shown);
    }
    Ok(answer)
}

/// The nodes with the highest measure.
pub(super) fn top<'a>(graph: &'a KnowledgeGraph, by: By, limit: usize) -> Answer<'a> {
    // As many digits as say something.
    let (column, digits, values): (_, _, Vec<f64>) = match by {
        By::Degree => ("neighbours", 1.0, graph.neighbours().iter().map(|list| list.len() as f64).collect()),
        By::Betweenness => ("betweenness", 10.0, graph.betweenness()),
        By::Pagerank => ("pagerank", 10_000.0, graph.pagerank()),
    };
    let mut ranked: Vec<(f64, &Node)> = values.into_iter().zip(graph.nodes()).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.id.cmp(&b.1.id)));
    ranked.truncate(limit);
    let row = |(value, node): &(f64, &'a Node)| {
        vec![
            Cell::Node(node),
            Cell::Text(node.type_name.clone()),
            Cell::Number((value * digits).round() / digits),
            Cell::Number(f64::from(node.support)),
        ]
    };
    let nodes: BTreeSet<&str> = ranked.iter().map(|(_, node)| node.id.as_str()).collect();
    Answer {
        columns: headings(&["node", "type", column, "documents"]),
        rows: ranked.iter().map(row).collect(),
        edges: among(graph, &nodes),
        nodes,
        ..Answer::default()
    }
}

/// Nodes that belong together, where there are at least two of them.
pub(super) fn communities(graph: &KnowledgeGraph) -> Answer<'_> {
    let groups: Vec<Vec<&str>> = graph.communities().into_iter().filter(|group| group.len() > 1).collect();
    let nodes: BTreeSet<&str> = groups.iter().flatten().copied().collect();
    let neighbours = graph.neighbours();
    let degree: BTreeMap<&str, usize> =
        graph.nodes().zip(&neighbours).map(|(node, list)| (node.id.as_str(), list.len())).collect();
    let row = |group: &Vec<&str>| {
        let mut ranked = group.clone();
        ranked.sort_by(|a, b| degree[b].cmp(&degree[a]).then_with(|| a.cmp(b)));
        let mut names: Vec<&str> =
            ranked.iter().take(MOST_NAMED).filter_map(|id| graph.node(id)).map(|node| node.name.as_str()).collect();
        if group.len() > MOST_NAMED {
            names.push("…");
        }
        vec![Cell::Number(group.len() as f64), Cell::Text(names.join(", "))]
    };
    Answer {
        columns: headings(&["nodes", "names"]),
        rows: groups.iter().map(row).collect(),
        edges: among(graph, &nodes),
        nodes,
        ..Answer::default()
    }
}

/// How many nodes there are of each type, edges of each relation, and edges told in each way.
pub(super) fn stats(graph: &KnowledgeGraph) -> Answer<'_> {
    let row = |kind: &str, name: &str, count: usize| {
        let name = if name.is_empty() { Cell::Nothing } else { Cell::Text(name.to_owned()) };
        vec![Cell::Text(kind.to_owned()), name, Cell::Number(count as f64)]
    };
    let mut rows = vec![
        row("documents", "", graph.manifest().documents.len()),
        row("nodes", "", graph.node_count()),
        row("relations", "", graph.edge_count()),
    ];
    let mut tally = |kind: &str, names: &mut dyn Iterator<Item = &str>| {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        names.for_each(|name| *counts.entry(name).or_default() += 1);
        let mut sorted: Vec<_> = counts.into_iter().collect();
        sorted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        rows.extend(sorted.into_iter().map(|(name, count)| row(kind, name, count)));
    };
    tally("type", &mut graph.nodes().map(|node| node.type_name.as_str()));
    tally("relation", &mut graph.edges().map(|edge| edge.type_name.as_str()));
    tally("told", &mut graph.edges().map(|edge| Told::of(edge).name()));
    Answer {
        columns: headings(&["what", "name", "count"]),
        rows,
        nodes: graph.nodes().map(|node| node.id.as_str()).collect(),
        edges: graph.edges().collect(),
        ..Answer::default()
    }
}

/// The node of that name; who that is is said where another name was written.
fn looked_up<'a>(whole: &'a KnowledgeGraph, written: &str, console: &mut Console<'_>) -> anyhow::Result<&'a Node> {
    let node = named::node(whole, written)?;
    if node.name != written && node.id != written {
        console.note(&format!("{} ({})", node.name, node.id));
    }
    Ok(node)
}

fn headings(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn touching<'a>(graph: &'a KnowledgeGraph, node: &Node) -> Vec<&'a Edge> {
    graph.edges().filter(|edge| edge.source == node.id || edge.target == node.id).collect()
}

fn among<'a>(graph: &'a KnowledgeGraph, nodes: &BTreeSet<&str>) -> Vec<&'a Edge> {
    let inside = |id: &String| nodes.contains(id.as_str());
    graph.edges().filter(|edge| inside(&edge.source) && inside(&edge.target)).collect()
}

/// A row each relation; `ids` are nodes that the answer is about even where they have none.
fn of_edges<'a, const N: usize>(graph: &'a KnowledgeGraph, edges: Vec<&'a Edge>, ids: [&String; N]) -> Answer<'a> {
    let node = |id: &String| graph.node(id).map_or(Cell::Nothing, Cell::Node);
    let row = |edge: &&'a Edge| {
        vec![
            node(&edge.source),
            Cell::Text(edge.type_name.clone()),
            node(&edge.target),
            Cell::Text(Told::of(edge).name().to_owned()),
            graph.date_of(edge).map_or(Cell::Nothing, |date| Cell::Text(date.to_owned())),
            Cell::Number(f64::from(edge.support)),
        ]
    };
    let mut nodes: BTreeSet<&str> =
        ids.into_iter().filter_map(|id| graph.node(id)).map(|node| node.id.as_str()).collect();
    nodes.extend(edges.iter().flat_map(|edge| [edge.source.as_str(), edge.target.as_str()]));
    Answer {
        columns: headings(&["source", "relation", "target", "told", "date", "documents"]),
        rows: edges.iter().map(row).collect(),
        nodes,
        edges,
        ..Answer::default()
    }
}
