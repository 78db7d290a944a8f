//! From matches to rows: columns, totals, order, and the part of the graph that they are about.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::{Cell, way};
use super::search::Match;
use super::value::{of_edge, of_node};
use crate::diagnostic::Diagnostic;
use crate::graph::{Edge, KnowledgeGraph, Node};
use crate::motif::{Operand, Plan, Property, Shows, Slot, Total};

/// Rows, and the nodes and relations that they are about.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answer<'g> {
    /// Headings.
    pub columns: Vec<String>,
    /// As many cells each as there are headings.
    pub rows: Vec<Vec<Cell<'g>>>,
    /// Ids of the nodes that the rows are about.
    pub nodes: BTreeSet<&'g str>,
    /// The relations that they are about, in the order of the graph.
    pub edges: Vec<&'g Edge>,
    /// Doubts about the question: values that nothing in the graph has.
    pub remarks: Vec<Diagnostic>,
}

struct Row<'m, 'g> {
    cells: Vec<Cell<'g>>,
    matches: Vec<&'m Match>,
}

/// The answer of a plan from its matches.
pub(super) fn answer<'g>(plan: &Plan, graph: &'g KnowledgeGraph, matches: &[Match]) -> Answer<'g> {
    let view = View { plan, graph };
    let mut rows = if plan.columns.iter().any(|column| matches!(column.shows, Shows::Total(..))) {
        view.totals(matches)
    } else {
        let row = |found| Row { cells: view.each(found), matches: vec![found] };
        matches.iter().map(row).collect()
    };
    if plan.distinct {
        rows = distinct(rows);
    }
    rows.sort_by(|a, b| {
        let orders = plan.order.iter().map(|&(column, descending)| {
            let (a, b) = (&a.cells[column], &b.cells[column]);
            let unknown = a.is_nothing() || b.is_nothing();
            if descending && !unknown { b.compare(a) } else { a.compare(b) }
        });
        orders.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
    });
    let rows: Vec<Row<'_, 'g>> = rows.into_iter().skip(plan.skip).take(plan.limit.unwrap_or(usize::MAX)).collect();
    let all = || rows.iter().flat_map(|row| &row.matches);
    let indices: BTreeSet<_> = all().flat_map(|found| found.hops.iter().flatten().copied()).collect();
    let inside = graph.as_petgraph();
    let edges: Vec<&Edge> = indices.into_iter().filter_map(|index| inside.edge_weight(index)).collect();
    let own = all().flat_map(|found| &found.nodes).filter_map(|index| inside.node_weight(*index));
    let ends = edges.iter().flat_map(|edge| [edge.source.as_str(), edge.target.as_str()]);
    let nodes = own.map(|node| node.id.as_str()).chain(ends).collect();
    Answer {
        columns: plan.columns.iter().map(|column| column.heading.clone()).collect(),
        rows: rows.into_iter().map(|row| row.cells).collect(),
        nodes,
        edges,
        remarks: Vec::new(),
    }
}

struct View<'p, 'g> {
    plan: &'p Plan,
    graph: &'g KnowledgeGraph,
}

impl<'g> View<'_, 'g> {
    fn each(&self, found: &Match) -> Vec<Cell<'g>> {
        let cell = |shows: &Shows| match shows {
            Shows::Each(operand) => self.cell(operand, found),
            Shows::Total(..) => Cell::Nothing,
        };
        self.plan.columns.iter().map(|column| cell(&column.shows)).collect()
    }

    /// One row for all matches that agree in what is no total, in the order of the first of them.
    fn totals<'m>(&self, matches: &'m [Match]) -> Vec<Row<'m, 'g>> {
        let mut groups: Vec<Row<'m, 'g>> = Vec::new();
        let mut place: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        for found in matches {
            let cells = self.each(found);
            let key = cells.iter().map(Cell::key).collect();
            let at = *place.entry(key).or_insert(groups.len());
            match groups.get_mut(at) {
                Some(group) => group.matches.push(found),
                None => groups.push(Row { cells, matches: vec![found] }),
            }
        }
        if groups.is_empty() && self.plan.columns.iter().all(|column| matches!(column.shows, Shows::Total(..))) {
            // A count of nothing is none.
            groups.push(Row { cells: vec![Cell::Nothing; self.plan.columns.len()], matches: Vec::new() });
        }
        for row in &mut groups {
            for (at, column) in self.plan.columns.iter().enumerate() {
                if let Shows::Total(total, distinct, operand) = &column.shows {
                    row.cells[at] = self.total(*total, *distinct, operand.as_ref(), &row.matches);
                }
            }
        }
        groups
    }

    fn total(&self, total: Total, distinct: bool, operand: Option<&Operand>, matches: &[&Match]) -> Cell<'g> {
        let Some(operand) = operand else { return Cell::Number(matches.len() as f64) };
        let mut values: Vec<Cell<'g>> = matches.iter().map(|found| self.cell(operand, found)).collect();
        values.retain(|value| !value.is_nothing());
        if distinct {
            let mut seen = BTreeSet::new();
            values.retain(|value| seen.insert(value.key()));
        }
        match total {
            Total::Count => Cell::Number(values.len() as f64),
            Total::Collect => Cell::of(values),
            Total::Least => values.into_iter().min_by(Cell::compare).unwrap_or(Cell::Nothing),
            Total::Most => values.into_iter().max_by(Cell::compare).unwrap_or(Cell::Nothing),
        }
    }

    fn cell(&self, operand: &Operand, found: &Match) -> Cell<'g> {
        match operand {
            Operand::Slot(Slot::Node(slot)) => self.node(*slot, found).map_or(Cell::Nothing, Cell::Node),
            Operand::Slot(Slot::Hop(slot)) => {
                let edges = self.edges(*slot, found);
                self.node(self.plan.hops[*slot].from, found).map_or(Cell::Nothing, |from| way(self.graph, &edges, from))
            }
            Operand::Property(Slot::Node(slot), property) => {
                let Some(node) = self.node(*slot, found) else { return Cell::Nothing };
                // Shown is the name; that aliases do as well is for comparing.
                let mut values = of_node(node, property);
                if *property == Property::Name {
                    values.truncate(1);
                }
                Cell::of(values.into_iter().map(Cell::from).collect())
            }
            Operand::Property(Slot::Hop(slot), property) => {
                let edges = self.edges(*slot, found);
                let values = edges.iter().flat_map(|edge| of_edge(self.graph, edge, property));
                Cell::of(values.map(Cell::from).collect())
            }
            Operand::Literal(values) => Cell::of(values.iter().cloned().map(Cell::from).collect()),
        }
    }

    fn node(&self, slot: usize, found: &Match) -> Option<&'g Node> {
        self.graph.as_petgraph().node_weight(*found.nodes.get(slot)?)
    }

    /// The relations of a place, in the order in which the question reads them.
    fn edges(&self, slot: usize, found: &Match) -> Vec<&'g Edge> {
        let graph = self.graph.as_petgraph();
        found.hops[slot].iter().filter_map(|index| graph.edge_weight(*index)).collect()
    }
}

fn distinct<'m, 'g>(rows: Vec<Row<'m, 'g>>) -> Vec<Row<'m, 'g>> {
    let mut kept: Vec<Row<'m, 'g>> = Vec::new();
    let mut place: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for row in rows {
        let at = *place.entry(row.cells.iter().map(Cell::key).collect()).or_insert(kept.len());
        match kept.get_mut(at) {
            Some(first) => first.matches.extend(row.matches),
            None => kept.push(row),
        }
    }
    kept
}
