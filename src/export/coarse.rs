//! Places for a part too large for careful layers: columns by distance from its busiest node.
//!
//! Linear in nodes and lines, so that any graph is drawn in the time it takes to read it. Nodes never overlap; labels of
//! so many lines may.

use std::collections::VecDeque;
use std::collections::btree_map::{BTreeMap, Entry};

use super::layout::{Course, Part, PlacedLine, Point, Wanted};

/// Times the columns are sorted by where their neighbours stand.
const SWEEPS: usize = 6;
const BETWEEN_COLUMNS: f64 = 260.0;
const BETWEEN_NODES: f64 = 20.0;

/// Lays out one connected part; `lines` are the numbers of its lines.
pub(super) fn columns(members: &[usize], lines: &[usize], wanted: &Wanted) -> Part {
    let mut neighbours: BTreeMap<usize, Vec<usize>> = members.iter().map(|&at| (at, Vec::new())).collect();
    for &line in lines {
        let (source, target, _, _) = wanted.lines[line];
        neighbours.entry(source).or_default().push(target);
        neighbours.entry(target).or_default().push(source);
    }
    let mut columns = by_distance(members, &neighbours);
    let mut place: BTreeMap<usize, f64> = BTreeMap::new();
    for _ in 0..SWEEPS {
        for column in &mut columns {
            let mean = |at: usize| {
                let known: Vec<f64> = neighbours[&at].iter().filter_map(|other| place.get(other)).copied().collect();
                if known.is_empty() { 0.5 } else { known.iter().sum::<f64>() / known.len() as f64 }
            };
            let mut sorted: Vec<(f64, usize)> = column.iter().map(|&at| (mean(at), at)).collect();
            sorted.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
            *column = sorted.into_iter().map(|(_, at)| at).collect();
            let count = column.len() as f64;
            place.extend(column.iter().enumerate().map(|(row, &at)| (at, (row as f64 + 0.5) / count)));
        }
    }
    set(&columns, lines, wanted)
}

/// Columns of nodes by how many lines they are from the busiest one; a column that grows too high goes on in the next.
fn by_distance(members: &[usize], neighbours: &BTreeMap<usize, Vec<usize>>) -> Vec<Vec<usize>> {
    let busiest = members.iter().copied().max_by_key(|at| (neighbours[at].len(), std::cmp::Reverse(*at)));
    let mut distance: BTreeMap<usize, usize> = BTreeMap::new();
    let mut queue: VecDeque<usize> = busiest.into_iter().collect();
    distance.extend(busiest.map(|at| (at, 0)));
    while let Some(at) = queue.pop_front() {
        let next = distance[&at] + 1;
        for &other in &neighbours[&at] {
            if let Entry::Vacant(unseen) = distance.entry(other) {
                unseen.insert(next);
                queue.push_back(other);
            }
        }
    }
    let mut layers: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, distance) in distance {
        layers.entry(distance).or_default().push(at);
    }
    let highest = (members.len() as f64).sqrt().ceil() as usize * 2;
    layers
        .into_values()
        .flat_map(|layer| layer.chunks(highest.max(1)).map(<[usize]>::to_vec).collect::<Vec<_>>())
        .collect()
}

fn set(columns: &[Vec<usize>], lines: &[usize], wanted: &Wanted) -> Part {
    let height = |column: &Vec<usize>| column.iter().map(|&at| wanted.nodes[at].1 + BETWEEN_NODES).sum::<f64>();
    let highest = columns.iter().map(height).fold(0.0, f64::max);
    let mut centres: BTreeMap<usize, Point> = BTreeMap::new();
    let mut column_of: BTreeMap<usize, usize> = BTreeMap::new();
    let mut gaps: Vec<f64> = Vec::new();
    let mut x = 0.0;
    for (number, column) in columns.iter().enumerate() {
        let widest = column.iter().map(|&at| wanted.nodes[at].0).fold(0.0, f64::max);
        let mut y = (highest - height(column)) / 2.0;
        for &at in column {
            let own = wanted.nodes[at].1;
            centres.insert(at, Point { x: x + widest / 2.0, y: y + own / 2.0 });
            column_of.insert(at, number);
            y += own + BETWEEN_NODES;
        }
        gaps.push(x + widest + BETWEEN_COLUMNS / 2.0);
        x += widest + BETWEEN_COLUMNS;
    }
    let line = |&line: &usize| {
        let (source, target, _, _) = wanted.lines[line];
        let (from, to) = (centres[&source], centres[&target]);
        // The label stands in the gap beside its source, where no node is.
        let (own, other) = (column_of[&source], column_of[&target]);
        let gap = gaps[if other < own { own - 1 } else { own }];
        let share = if own == other { 0.5 } else { (gap - from.x) / (to.x - from.x) };
        let label = Point { x: gap, y: from.y + (to.y - from.y) * share };
        (line, PlacedLine { bends: vec![from, label, to], label, course: Course::Across })
    };
    Part {
        width: 0.0,
        height: 0.0,
        lines: lines.iter().map(line).collect(),
        nodes: centres.iter().map(|(&at, &centre)| (at, centre)).collect(),
    }
}
