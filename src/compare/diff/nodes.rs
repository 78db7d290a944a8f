//! Nodes: which is which in the other graph, and what differs.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, Field, Named, NodeChange, Telling, attributes, field};
use crate::graph::{KnowledgeGraph, Mention, Node};

/// Ids of the nodes of a graph before, by ids after and the other way round.
pub(super) struct Pairs {
    pub after: BTreeMap<String, String>,
    pub before: BTreeMap<String, String>,
}

/// A place of a text.
type Spot<'a> = (&'a str, u32, u32);

fn spot(mention: &Mention) -> Spot<'_> {
    (&mention.doc, mention.start, mention.end)
}

/// Pairs nodes by id; what is left over by the places they share, most of them first.
pub(super) fn pair(before: &KnowledgeGraph, after: &KnowledgeGraph) -> Pairs {
    let mut pairs = Pairs { after: BTreeMap::new(), before: BTreeMap::new() };
    for node in before.nodes().filter(|node| after.node(&node.id).is_some()) {
        pairs.add(&node.id, &node.id);
    }
    let mut places: BTreeMap<Spot<'_>, Vec<&Node>> = BTreeMap::new();
    for node in after.nodes().filter(|node| !pairs.before.contains_key(&node.id)) {
        for mention in &node.mentions {
            places.entry(spot(mention)).or_default().push(node);
        }
    }
    let mut shared: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for node in before.nodes().filter(|node| !pairs.after.contains_key(&node.id)) {
        for mention in &node.mentions {
            for other in places.get(&spot(mention)).into_iter().flatten() {
                *shared.entry((&node.id, &other.id)).or_default() += 1;
            }
        }
    }
    let mut ranked: Vec<(usize, (&str, &str))> = shared.into_iter().map(|(pair, count)| (count, pair)).collect();
    ranked.sort_by_key(|(count, pair)| (std::cmp::Reverse(*count), *pair));
    for (_, (old, new)) in ranked {
        if !pairs.after.contains_key(old) && !pairs.before.contains_key(new) {
            pairs.add(old, new);
        }
    }
    pairs
}

impl Pairs {
    fn add(&mut self, before: &str, after: &str) {
        self.after.insert(before.to_owned(), after.to_owned());
        self.before.insert(after.to_owned(), before.to_owned());
    }
}

pub(super) fn named(node: &Node) -> Named {
    Named { id: node.id.clone(), name: node.name.clone(), type_name: node.type_name.clone() }
}

/// The nodes that differ.
pub(super) fn compare(before: &KnowledgeGraph, after: &KnowledgeGraph, pairs: &Pairs) -> Vec<NodeChange> {
    let (told_before, told_after) = (Sentences::of(before), Sentences::of(after));
    let mut out = Vec::new();
    let one_sided = |node: &Node, change, sentences: &Sentences| NodeChange {
        change,
        node: named(node),
        was: None,
        fields: Vec::new(),
        told: sentences.tell(node.mentions.iter()),
    };
    for node in after.nodes() {
        match pairs.before.get(&node.id).and_then(|id| before.node(id)) {
            None => out.push(one_sided(node, Change::Gained, &told_after)),
            Some(old) => {
                let fields = fields(old, node);
                if fields.is_empty() {
                    continue;
                }
                let spots = |node: &Node| -> BTreeSet<(String, u32, u32)> {
                    node.mentions.iter().map(|m| (m.doc.clone(), m.start, m.end)).collect()
                };
                let (was, is) = (spots(old), spots(node));
                let only = |other: &BTreeSet<(String, u32, u32)>, mention: &&Mention| {
                    !other.contains(&(mention.doc.clone(), mention.start, mention.end))
                };
                let mut told = told_after.tell(node.mentions.iter().filter(|m| only(&was, m)));
                told.extend(told_before.tell(old.mentions.iter().filter(|m| only(&is, m))));
                if told.is_empty() {
                    told = told_after.tell(node.mentions.iter().take(1));
                }
                told.sort();
                told.dedup();
                let was = (old.id != node.id).then(|| old.id.clone());
                out.push(NodeChange { change: Change::Changed, node: named(node), was, fields, told });
            }
        }
    }
    let lost = before.nodes().filter(|node| !pairs.after.contains_key(&node.id));
    out.extend(lost.map(|node| one_sided(node, Change::Lost, &told_before)));
    out.sort_by(|a, b| (a.change, &a.node).cmp(&(b.change, &b.node)));
    out
}

fn fields(before: &Node, after: &Node) -> Vec<Field> {
    let text = |value: &str| Some(value.to_owned());
    let list = |aliases: &[String]| (!aliases.is_empty()).then(|| aliases.join(", "));
    let mut all: Vec<Field> = [
        field("name", text(&before.name), text(&after.name)),
        field("type", text(&before.type_name), text(&after.type_name)),
        field("aliases", list(&before.aliases), list(&after.aliases)),
    ]
    .into_iter()
    .flatten()
    .collect();
    all.extend(attributes(&before.attributes, &after.attributes));
    let number = |count: usize| Some(count.to_string());
    all.extend(field("documents", number(before.support as usize), number(after.support as usize)));
    all.extend(field("mentions", number(before.mentions.len()), number(after.mentions.len())));
    all
}

/// The sentences that a graph quotes, by document: a node shows the one around its mention, where some edge quotes it.
struct Sentences<'g> {
    quotes: BTreeMap<&'g str, BTreeMap<u32, (u32, u32, &'g str)>>,
}

/// Places shown of one node; the first will do for a person, and a program has the graph.
const SHOWN: usize = 3;

impl<'g> Sentences<'g> {
    fn of(graph: &'g KnowledgeGraph) -> Self {
        let mut quotes: BTreeMap<&str, BTreeMap<u32, (u32, u32, &str)>> = BTreeMap::new();
        for evidence in graph.edges().flat_map(|edge| &edge.evidence) {
            if let Some(sentence) = evidence.sentence {
                let place = (evidence.end, sentence, evidence.quote.as_str());
                quotes.entry(&evidence.doc).or_default().insert(evidence.start, place);
            }
        }
        Sentences { quotes }
    }

    fn tell<'m>(&self, mentions: impl Iterator<Item = &'m Mention>) -> Vec<Telling> {
        let mut out: Vec<Telling> = Vec::new();
        for mention in mentions {
            let around = self
                .quotes
                .get(mention.doc.as_str())
                .and_then(|quotes| quotes.range(..=mention.start).next_back())
                .filter(|(_, (end, ..))| mention.end <= *end);
            let (span, sentence, quote) = match around {
                Some((start, (end, sentence, quote))) => ([*start, *end], Some(*sentence), *quote),
                None => ([mention.start, mention.end], None, mention.quote.as_str()),
            };
            let rule = mention.rule.clone();
            let telling = Telling { doc: mention.doc.clone(), sentence, span, quote: quote.to_owned(), rule };
            if !out.iter().any(|known| (&known.doc, known.span) == (&telling.doc, telling.span)) {
                out.push(telling);
            }
            if out.len() == SHOWN {
                break;
            }
        }
        out
    }
}
