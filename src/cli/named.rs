//! Nodes by the names that people write: case, accents and the rest of the name may be left out where it is clear who is
//! meant, and where it is not, it is said who might be.

use anyhow::bail;

use crate::diagnostic::nearest;
use crate::graph::{KnowledgeGraph, Node};

/// How many of those that might be meant are named.
const MOST_NAMED: usize = 6;
/// How many names of types, relations or documents are listed.
const MOST_LISTED: usize = 60;

/// The node of that id or name.
pub(super) fn node<'a>(graph: &'a KnowledgeGraph, wanted: &str) -> anyhow::Result<&'a Node> {
    if let Some(node) = graph.node(wanted) {
        return Ok(node);
    }
    let folded = fold(wanted);
    let exact = matching(graph, |name| fold(name) == folded);
    let close = if exact.is_empty() { matching(graph, |name| words(&fold(name), &folded)) } else { exact };
    match close.as_slice() {
        [only] => Ok(only),
        [] => {
            let known = graph.nodes().flat_map(names);
            let hint = nearest(wanted, known).map(|name| format!("; did you mean {name}?")).unwrap_or_default();
            bail!("no node is called {wanted}{hint}")
        }
        several => {
            // Among equals the one that most documents tell of, where it is one.
            let most = several.iter().map(|node| node.support).max().unwrap_or_default();
            let mut first = several.iter().filter(|node| node.support == most && fold(&node.name) == folded);
            if let (Some(only), None) = (first.next(), first.next()) {
                return Ok(only);
            }
            let shown: Vec<String> =
                several.iter().take(MOST_NAMED).map(|node| format!("\n  {}  {}", node.id, node.name)).collect();
            let more = several.len().saturating_sub(MOST_NAMED);
            let rest = if more > 0 { format!("\n  and {more} more") } else { String::new() };
            bail!("{wanted} may be one of several; write its id:{}{rest}", shown.concat())
        }
    }
}

/// One of a closed set of names, or what it may have been meant to be.
pub(super) fn one_of<'a>(
    kind: &str,
    wanted: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> anyhow::Result<String> {
    let exact = known.clone().find(|name| *name == wanted);
    if let Some(found) = exact.or_else(|| known.clone().find(|name| name.eq_ignore_ascii_case(wanted))) {
        return Ok(found.to_owned());
    }
    if let Some(name) = nearest(wanted, known.clone()) {
        bail!("the graph has no {kind} {wanted}; did you mean {name}?");
    }
    let some: Vec<&str> = known.clone().take(MOST_LISTED).collect();
    let more = known.count().saturating_sub(MOST_LISTED);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    bail!("the graph has no {kind} {wanted}; it has {}{rest}", some.join(", "))
}

fn names(node: &Node) -> impl Iterator<Item = &str> {
    std::iter::once(node.name.as_str()).chain(node.aliases.iter().map(String::as_str))
}

fn matching(graph: &KnowledgeGraph, fits: impl Fn(&str) -> bool) -> Vec<&Node> {
    graph.nodes().filter(|node| names(node).any(&fits)).collect()
}

fn fold(name: &str) -> String {
    deunicode::deunicode(name).to_lowercase()
}

/// Whether a name holds the wanted words, whole.
fn words(name: &str, wanted: &str) -> bool {
    let cut = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let (name, wanted) = (cut(name), cut(wanted));
    !wanted.is_empty() && name.windows(wanted.len()).any(|window| window == wanted)
}
