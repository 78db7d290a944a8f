//! A gold to start from: what was found, written down to be corrected by hand.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::line::shown;
use crate::compare::fact::Fact;
use crate::graph::{KnowledgeGraph, Node, Origin};

const HEAD: &str = "\
# What a reader finds in these documents. This is a draft: it says what was found, right or wrong.
# Take out what is wrong, mend what is not quite right, and add what is missing.
#
# NAME / OTHER NAME : Type, country = …          who is there
# NAME relation NAME                             what is told as a fact; planned, requested, possible, alleged or
#                                                negative at the end where it is not
# ? …                                            right, but not missed where it is not found
# not NAME relation NAME                         what must not come out as a fact
# same NAME | NAME                               who is one across documents; different, who is not
";

/// Writes the gold of graphs of one document each, named as they are. Everybody who is called by a name is listed, and
/// every relation that is stated.
pub fn draft(graphs: &[(String, KnowledgeGraph)]) -> String {
    let mut out = String::from(HEAD);
    for (name, graph) in graphs {
        let _ = writeln!(out, "\ndocument {name}");
        let is_relation = |word: &str| graph.edges().any(|edge| edge.type_name == word);
        let write = |name: &str| shown(name, is_relation);
        for node in in_text_order(graph).filter(|node| node.observations.iter().any(|seen| seen.named)) {
            let _ = write!(out, "{} : {}", write(&node.name), node.type_name);
            for key in ["country", "office"] {
                let value = node.attributes.get(key).filter(|value| !value.contains(['/', '=', '"']));
                let _ = value.map(|value| write!(out, ", {key} = {value}"));
            }
            out.push('\n');
        }
        let mut lines = BTreeSet::new();
        for edge in graph.edges().filter(|edge| edge.origin == Origin::Stated) {
            let (Some(source), Some(target)) = (graph.node(&edge.source), graph.node(&edge.target)) else { continue };
            let fact = Fact {
                source: write(&source.name),
                relation: edge.type_name.clone(),
                target: write(&target.name),
                told: Some((edge.modality, edge.polarity)),
                symmetric: false,
            };
            let at = edge.evidence.iter().map(|evidence| evidence.start).min().unwrap_or_default();
            lines.insert((at, fact.to_string()));
        }
        let mut said: Vec<String> = Vec::new();
        for (_, line) in lines {
            if !said.contains(&line) {
                let _ = writeln!(out, "{line}");
                said.push(line);
            }
        }
    }
    out
}

/// Nodes by their first mention.
fn in_text_order(graph: &KnowledgeGraph) -> impl Iterator<Item = &Node> {
    let mut nodes: Vec<&Node> = graph.nodes().collect();
    nodes.sort_by_key(|node| (node.mentions.iter().map(|mention| mention.start).min(), &node.id));
    nodes.into_iter()
}
