//! `attache explain --identity`: which spellings became one node and why, and who was kept apart.

use std::path::PathBuf;

use anyhow::{Context, bail};
use serde_json::{Value, json};

use crate::cli::merge::read_graph;
use crate::cli::summary::counted;
use crate::cli::{Console, Status, inputs, named};
use crate::extract::Fragment;
use crate::graph::{MergeStep, Merges, Node, Party, Tenure, build, explain_identity};
use crate::pipeline::{fragments, schema};
use crate::rules::RuleSet;

/// Documents of a party that are shown.
const SHOWN: usize = 4;

/// Explains the node of a name.
pub(super) fn run(
    name: &str,
    paths: &[PathBuf],
    as_json: bool,
    rules: &RuleSet,
    console: &mut Console<'_>,
) -> anyhow::Result<Status> {
    let (fragments, refused) = read(paths, rules, console)?;
    let schema = schema(rules);
    let graph = build(&fragments, &schema);
    let merges = explain_identity(&fragments, &schema);
    let node = named::node(&graph, name)?;
    let Some(seen) = node.observations.first() else { bail!("{} stands in no document", node.id) };
    let Some(group) = merges.group_of(&seen.doc, seen.entity) else {
        bail!("{} is an event: events are one where type, participants and dates agree", node.id)
    };
    if as_json {
        serde_json::to_writer_pretty(console.out(), &to_json(node, group, &merges)).map_err(std::io::Error::from)?;
        console.out().write_all(b"\n")?;
    } else {
        write(node, group, &merges, console)?;
    }
    Ok(if refused > 0 { Status::Findings } else { Status::Done })
}

fn read(paths: &[PathBuf], rules: &RuleSet, console: &mut Console<'_>) -> anyhow::Result<(Vec<Fragment>, usize)> {
    if let [path] = paths
        && path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
    {
        return Ok((read_graph(path)?.fragments().with_context(|| path.display().to_string())?, 0));
    }
    let inputs = inputs::read(paths, console);
    if inputs.sources.is_empty() {
        bail!("no document could be read");
    }
    Ok((fragments(inputs.sources, rules, &|_| {}), inputs.refused))
}

fn write(node: &Node, group: &[usize], merges: &Merges, console: &mut Console<'_>) -> anyhow::Result<()> {
    let paint = console.paint;
    let parties = &merges.parties;
    let support = counted(node.support as usize, "document");
    writeln!(console.out(), "{} [{}]  {}, {support}", paint.green(&node.name), node.type_name, node.id)?;
    for tenure in &node.offices {
        writeln!(console.out(), "  {}", told(tenure))?;
    }
    writeln!(console.out(), "{}", paint.bold("Told as"))?;
    for &at in group {
        writeln!(console.out(), "  {}", described(&parties[at]))?;
        writeln!(console.out(), "      {}", paint.faint(&places(&parties[at], node)))?;
    }
    let mut joined = merges.joined(group).peekable();
    if joined.peek().is_some() {
        writeln!(console.out(), "{}", paint.bold("One because"))?;
    }
    for step in joined {
        let why = step.reason.map(|reason| reason.to_string()).unwrap_or_default();
        writeln!(console.out(), "  {} = {}: {why}", brief(&parties[step.first]), brief(&parties[step.second]))?;
    }
    let apart = merges.kept_apart(group);
    if !apart.is_empty() {
        writeln!(console.out(), "{}", paint.bold("Kept apart from"))?;
    }
    for step in &apart {
        let refusal = step.refusal.as_ref().map(ToString::to_string).unwrap_or_default();
        let (own, other) = (brief(&parties[step.first]), described(&parties[step.second]));
        writeln!(console.out(), "  {}  {}", paint.yellow(&other), paint.faint(&format!("({own})")))?;
        writeln!(console.out(), "      {}{refusal}", but(step))?;
    }
    Ok(())
}

/// What would have made the two one.
fn but(step: &MergeStep) -> String {
    step.reason.map(|reason| format!("{reason}, but: ")).unwrap_or_default()
}

/// `defense minister, Iran: 2015-05-18 to 2016-02-01`.
fn told(tenure: &Tenure) -> String {
    let mut values: Vec<&str> = tenure.role.values().map(String::as_str).collect();
    values.reverse();
    let dates = match (&tenure.first, &tenure.last) {
        (Some(first), Some(last)) if first == last => format!(", told {first}"),
        (Some(first), Some(last)) => format!(", told {first} to {last}"),
        _ => String::new(),
    };
    let begun = tenure.begun.as_ref().map(|date| format!(", begun {date}")).unwrap_or_default();
    let ended = tenure.ended.as_ref().map(|date| match date.strip_prefix("../") {
        Some(date) => format!(", ended by {date}"),
        None => format!(", ended {date}"),
    });
    format!("{}{dates}{begun}{}", values.join(", "), ended.unwrap_or_default())
}

fn brief(party: &Party) -> String {
    let values: Vec<&str> = party.attributes.iter().map(|(_, value)| value.as_str()).collect();
    if values.is_empty() { party.name.clone() } else { format!("{} ({})", party.name, values.join(", ")) }
}

fn described(party: &Party) -> String {
    let values = party.attributes.iter().map(|(name, value)| format!(", {name} = {value}"));
    let key = party.key.as_ref().map(|key| format!(", key {key}")).unwrap_or_default();
    format!("{} : {}{}{key}", party.name, party.type_name, values.collect::<String>())
}

/// The documents of a party, and the words that they use.
fn places(party: &Party, node: &Node) -> String {
    let shown: Vec<String> = party
        .members
        .iter()
        .take(SHOWN)
        .map(|(doc, entity)| {
            let here = node.mentions.iter().filter(|mention| mention.doc == *doc && mention.entity == *entity);
            let mut quotes: Vec<String> = Vec::new();
            for quote in here.map(|mention| mention.quote.split_whitespace().collect::<Vec<_>>().join(" ")) {
                if !quotes.contains(&quote) {
                    quotes.push(quote);
                }
            }
            format!("{doc}: {}", quotes.join(" | "))
        })
        .collect();
    let more = party.members.len().saturating_sub(SHOWN);
    let rest = if more > 0 { format!("; and {more} more") } else { String::new() };
    format!("{}{rest}", shown.join("; "))
}

fn to_json(node: &Node, group: &[usize], merges: &Merges) -> Value {
    let party = |at: usize| {
        let party = &merges.parties[at];
        let attributes: serde_json::Map<String, Value> =
            party.attributes.iter().map(|(name, value)| (name.clone(), Value::from(value.clone()))).collect();
        let members: Vec<Value> =
            party.members.iter().map(|(doc, entity)| json!({ "doc": doc, "entity": entity })).collect();
        json!({ "name": party.name, "type": party.type_name, "attributes": attributes, "key": party.key, "members": members })
    };
    let step = |step: &MergeStep| {
        json!({
            "first": party(step.first), "second": party(step.second),
            "reason": step.reason.map(|reason| reason.to_string()),
            "refusal": step.refusal.as_ref().map(ToString::to_string),
        })
    };
    json!({
        "format": "attache-identity", "version": 1, "id": node.id, "name": node.name, "type": node.type_name,
        "offices": node.offices, "told_as": group.iter().map(|&at| party(at)).collect::<Vec<_>>(),
        "one_because": merges.joined(group).map(step).collect::<Vec<_>>(),
        "kept_apart_from": merges.kept_apart(group).iter().map(step).collect::<Vec<_>>(),
    })
}
