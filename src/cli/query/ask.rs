//! The questions and their answers: rows, and the nodes and edges that they are about.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::bail;

use super::By;
use crate::cli::named;
use crate::graph::{Edge, KnowledgeGraph, Node, Told};

/// Names of a community that its row shows.
const MOST_NAMED: usize = 8;

pub(super) struct Answer<'a> {
    pub columns: Vec<&'static str>,
    pub rows: Vec<Vec<String>>,
    pub nodes: BTreeSet<&'a str>,
    pub edges: Vec<&'a Edge>,
}

const EDGE: [&str; 6] = ["source", "relation", "target", "told", "date", "documents"];

/// The shortest way between two.
pub(super) fn path<'a>(graph: &'a KnowledgeGraph, from: &str, to: &str) -> anyhow::Result<Answer<'a>> {
    let (from, to) = (named::node(graph, from)?, named::node(graph, to)?);
    let Some(edges) = graph.path(&from.id, &to.id) else {
        bail!("no relations lead from {} to {}", from.name, to.name);
    };
    Ok(of_edges(graph, edges, [from.id.as_str(), to.id.as_str()].into()))
}

/// All relations of one.
pub(super) fn neighbours<'a>(graph: &'a KnowledgeGraph, name: &str) -> anyhow::Result<Answer<'a>> {
    let node = named::node(graph, name)?;
    Ok(of_edges(graph, touching(graph, node), [node.id.as_str()].into()))
}

/// All dated relations of one, the earliest first.
pub(super) fn timeline<'a>(graph: &'a KnowledgeGraph, name: &str) -> anyhow::Result<Answer<'a>> {
    let node = named::node(graph, name)?;
    let mut dated: Vec<_> =
        touching(graph, node).into_iter().filter_map(|edge| Some((graph.days_of(edge)?, edge))).collect();
    dated.sort_by_key(|(days, _)| *days);
    let edges = dated.iter().map(|(_, edge)| *edge).collect();
    let mut answer = of_edges(graph, edges, [node.id.as_str()].into());
    answer.columns.insert(0, "from");
    answer.columns.insert(1, "to");
    for (row, ((first, last), _)) in answer.rows.iter_mut().zip(&dated) {
        row.insert(0, last.to_string());
        row.insert(0, first.to_string());
    }
    Ok(answer)
}

/// The nodes with the highest measure.
pub(super) fn top<'a>(graph: &'a KnowledgeGraph, by: By, limit: usize) -> Answer<'a> {
    let (column, values): (_, Vec<f64>) = match by {
        By::Degree => ("neighbours", graph.neighbours().iter().map(|list| list.len() as f64).collect()),
        By::Betweenness => ("betweenness", graph.betweenness()),
        By::Pagerank => ("pagerank", graph.pagerank()),
    };
    let mut ranked: Vec<(f64, &Node)> = values.into_iter().zip(graph.nodes()).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.id.cmp(&b.1.id)));
    ranked.truncate(limit);
    let shown = |value: f64| match by {
        By::Degree => format!("{value:.0}"),
        By::Betweenness => format!("{value:.1}"),
        By::Pagerank => format!("{value:.4}"),
    };
    let row = |(value, node): &(f64, &Node)| {
        vec![shown(*value), node.name.clone(), node.type_name.clone(), node.support.to_string()]
    };
    let nodes: BTreeSet<&str> = ranked.iter().map(|(_, node)| node.id.as_str()).collect();
    Answer {
        columns: vec![column, "name", "type", "documents"],
        rows: ranked.iter().map(row).collect(),
        edges: among(graph, &nodes),
        nodes,
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
        let names = ranked.iter().take(MOST_NAMED).filter_map(|id| graph.node(id)).map(|node| node.name.as_str());
        let mut shown = names.collect::<Vec<_>>().join(", ");
        if group.len() > MOST_NAMED {
            shown.push_str(", …");
        }
        vec![group.len().to_string(), shown]
    };
    Answer {
        columns: vec!["nodes", "names"],
        rows: groups.iter().map(row).collect(),
        edges: among(graph, &nodes),
        nodes,
    }
}

/// How many nodes there are of each type, edges of each relation, and edges told in each way.
pub(super) fn stats(graph: &KnowledgeGraph) -> Answer<'_> {
    let mut rows = vec![
        vec!["documents".to_owned(), String::new(), graph.manifest().documents.len().to_string()],
        vec!["nodes".to_owned(), String::new(), graph.node_count().to_string()],
        vec!["relations".to_owned(), String::new(), graph.edge_count().to_string()],
    ];
    let mut tally = |kind: &str, names: &mut dyn Iterator<Item = &str>| {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        names.for_each(|name| *counts.entry(name).or_default() += 1);
        let mut sorted: Vec<_> = counts.into_iter().collect();
        sorted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        rows.extend(sorted.into_iter().map(|(name, count)| vec![kind.to_owned(), name.to_owned(), count.to_string()]));
    };
    tally("type", &mut graph.nodes().map(|node| node.type_name.as_str()));
    tally("relation", &mut graph.edges().map(|edge| edge.type_name.as_str()));
    tally("told", &mut graph.edges().map(told));
    Answer {
        columns: vec!["what", "name", "count"],
        rows,
        nodes: graph.nodes().map(|node| node.id.as_str()).collect(),
        edges: graph.edges().collect(),
    }
}

fn told(edge: &Edge) -> &'static str {
    let told = Told::of(edge);
    Told::ALL.into_iter().find(|(_, known)| *known == told).map_or("", |(name, _)| name)
}

fn touching<'a>(graph: &'a KnowledgeGraph, node: &Node) -> Vec<&'a Edge> {
    graph.edges().filter(|edge| edge.source == node.id || edge.target == node.id).collect()
}

fn among<'a>(graph: &'a KnowledgeGraph, nodes: &BTreeSet<&str>) -> Vec<&'a Edge> {
    let inside = |id: &String| nodes.contains(id.as_str());
    graph.edges().filter(|edge| inside(&edge.source) && inside(&edge.target)).collect()
}

fn of_edges<'a>(graph: &'a KnowledgeGraph, edges: Vec<&'a Edge>, mut nodes: BTreeSet<&'a str>) -> Answer<'a> {
    let name = |id: &String| graph.node(id).map_or_else(|| id.clone(), |node| node.name.clone());
    let row = |edge: &&Edge| {
        let date = edge.attributes.get("date").cloned().unwrap_or_default();
        let (source, target) = (name(&edge.source), name(&edge.target));
        vec![source, edge.type_name.clone(), target, told(edge).to_owned(), date, edge.support.to_string()]
    };
    let rows = edges.iter().map(row).collect();
    nodes.extend(edges.iter().flat_map(|edge| [edge.source.as_str(), edge.target.as_str()]));
    Answer { columns: EDGE.to_vec(), rows, nodes, edges }
}
