//! One relation, written on a line, and whether a graph holds it.

use std::fmt;

use crate::extract::{Modality, Polarity};
use crate::graph::{Edge, KnowledgeGraph, Node, Origin};
use crate::rules::RuleSet;

/// A relation as tests and examples write it: `Amir Hatami met-with Juma Inad planned negative`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Who; empty for anybody.
    pub source: String,
    /// The relation.
    pub relation: String,
    /// Whom; empty for anybody.
    pub target: String,
    /// How it is told; none for any way.
    pub told: Option<(Modality, Polarity)>,
    /// Whether the ends may stand the other way round.
    pub symmetric: bool,
}

/// What a line may say at its end, beside `negative`.
pub(super) const MODALITIES: [(&str, Modality); 5] = [
    ("asserted", Modality::Asserted),
    ("planned", Modality::Planned),
    ("requested", Modality::Requested),
    ("possible", Modality::Possible),
    ("alleged", Modality::Alleged),
];

impl Fact {
    /// Reads a line: the first word that is the name of a relation parts source and target; words at the end say how it
    /// is told, `asserted` and affirmed unless they say otherwise.
    ///
    /// # Errors
    /// When no word of the line is a relation, or one of its ends is missing.
    pub fn parse(line: &str, rules: &RuleSet) -> Result<Fact, String> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let at = words
            .iter()
            .position(|word| rules.relation(word).is_some())
            .ok_or_else(|| format!("no word of `{line}` is a relation"))?;
        let relation = rules.relation(words[at]).ok_or("no relation")?;
        let (mut end, mut modality, mut polarity) = (words.len(), Modality::Asserted, Polarity::Positive);
        while end > at + 1 {
            match MODALITIES.iter().find(|(name, _)| words[end - 1] == *name) {
                Some((_, said)) => modality = *said,
                None if words[end - 1] == "negative" => polarity = Polarity::Negative,
                None => break,
            }
            end -= 1;
        }
        let (source, target) = (words[..at].join(" "), words[at + 1..end].join(" "));
        if source.is_empty() || target.is_empty() {
            return Err(format!("`{line}` lacks one of its ends"));
        }
        let (name, told) = (relation.name.clone(), Some((modality, polarity)));
        Ok(Fact { source, relation: name, target, told, symmetric: relation.symmetric })
    }

    /// Whether an edge of the graph says so, whichever rule drew it.
    pub fn holds(&self, graph: &KnowledgeGraph) -> bool {
        graph.edges().any(|edge| self.is_said_by(edge, graph))
    }

    /// The rules that drew the edges that say so, sorted.
    pub fn drawn_by(&self, graph: &KnowledgeGraph) -> Vec<String> {
        let edges = graph.edges().filter(|edge| self.is_said_by(edge, graph));
        let of_edge = |edge: &Edge| -> Vec<String> {
            let told = edge.evidence.iter().map(|evidence| evidence.rule.clone());
            told.chain(edge.grounds.iter().map(|ground| ground.rule.clone())).collect()
        };
        let mut rules: Vec<String> = edges.flat_map(of_edge).collect();
        rules.sort();
        rules.dedup();
        rules
    }

    fn is_said_by(&self, edge: &Edge, graph: &KnowledgeGraph) -> bool {
        if edge.type_name != self.relation || self.told.is_some_and(|told| told != (edge.modality, edge.polarity)) {
            return false;
        }
        let (Some(source), Some(target)) = (graph.node(&edge.source), graph.node(&edge.target)) else { return false };
        let ends = |a: &Node, b: &Node| is_called(a, &self.source) && is_called(b, &self.target);
        ends(source, target) || self.symmetric && ends(target, source)
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.source, self.relation, self.target)?;
        let Some((modality, polarity)) = self.told else { return Ok(()) };
        if let Some((name, _)) = MODALITIES.iter().skip(1).find(|(_, said)| *said == modality) {
            write!(f, " {name}")?;
        }
        f.write_str(if polarity == Polarity::Negative { " negative" } else { "" })
    }
}

/// Whether a node goes by that name, letter case and spacing aside: its name, a form of it, a mention; or, for somebody
/// without a name, `office of country`. Everybody goes by the empty name.
pub fn is_called(node: &Node, name: &str) -> bool {
    let wanted = fold(name);
    let role = || {
        let (office, country) = (node.attributes.get("office")?, node.attributes.get("country")?);
        Some(fold(&format!("{office} of {country}")))
    };
    wanted.is_empty()
        || fold(&node.name) == wanted
        || node.aliases.iter().any(|alias| fold(alias) == wanted)
        || node.mentions.iter().any(|mention| fold(&mention.quote) == wanted)
        || role().is_some_and(|role| role == wanted)
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The relations of a graph, one a line, with the rules that drew them: what to show where a fact is missing.
pub fn relations(graph: &KnowledgeGraph) -> Vec<String> {
    let name =
        |id: &str| graph.node(id).map_or_else(|| id.to_owned(), |node| format!("{} [{}]", node.name, node.type_name));
    let line = |edge: &Edge| {
        let grounds = edge.grounds.iter().map(|ground| ground.rule.as_str());
        let rules: Vec<&str> = edge.evidence.iter().map(|evidence| evidence.rule.as_str()).chain(grounds).collect();
        let told = Fact {
            source: name(&edge.source),
            relation: edge.type_name.clone(),
            target: name(&edge.target),
            told: Some((edge.modality, edge.polarity)),
            symmetric: false,
        };
        format!("{told} by {}", rules.join(", "))
    };
    let found: Vec<String> = graph.edges().filter(|e| e.origin != Origin::Role).map(line).collect();
    if !found.is_empty() {
        return found;
    }
    let nodes: Vec<String> = graph.nodes().map(|node| name(&node.id)).collect();
    vec![format!("no relation; seen: {}", if nodes.is_empty() { "nobody".to_owned() } else { nodes.join(", ") })]
}
