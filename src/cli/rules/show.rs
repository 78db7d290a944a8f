//! `attache rules show`: what a rule, relation, type or list is, said in words.

use std::collections::BTreeSet;

use anyhow::bail;

use super::checked;
use crate::cli::{Console, Status};
use crate::diagnostic::nearest;
use crate::pattern::{AstKind, parse};
use crate::rules::{Checked, Example, Item, Rule, RuleSet};

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  attache rules show met-with.verb\n  attache rules show Minister\n  attache rules show @talks"
)]
pub(super) struct Args {
    /// The id of a rule, or the name of a relation, a type or a list
    id: String,
    /// Packs: folders, rule files, names of built-in packs. Default: the built-in packs
    packs: Vec<String>,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Status> {
    let checked = checked(&args.packs);
    let Some(rules) = &checked.rules else {
        console.report(&checked.diagnostics);
        return Ok(Status::Unable);
    };
    let id = args.id.trim_start_matches('@');
    let shown = [
        show_rule(rules, &checked, id, console)?,
        show_inference(rules, id, console)?,
        show_relation(rules, &checked, id, console)?,
        show_name_rule(&checked, id, console)?,
        show_type(rules, &checked, id, console)?,
        show_list(rules, &checked, id, console)?,
    ];
    if shown.contains(&true) {
        return Ok(Status::Done);
    }
    let written = &checked.written;
    let mut known: Vec<&str> = rules.rules.iter().map(|rule| &*rule.id).collect();
    known.extend(rules.inferences.iter().map(|rule| &*rule.id));
    known.extend(rules.relations.iter().map(|relation| relation.name.as_str()));
    known.extend(written.names.iter().map(|item| item.value.id.get_ref().as_str()));
    known.extend(written.types.iter().map(|item| item.name.as_str()));
    known.extend(written.lists.iter().map(|item| item.name.as_str()));
    let near = nearest(id, known.into_iter()).map_or_else(String::new, |near| format!(", did you mean {near}?"));
    bail!("there is no rule, relation, type or list {id}{near}");
}

/// What a rule is, in words, for where there is no console.
pub(in crate::cli) fn described(rules: &RuleSet, checked: &Checked, id: &str) -> Option<String> {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut console = Console::plain(&mut out, &mut err);
    let shown = show_rule(rules, checked, id, &mut console).ok()?
        || show_inference(rules, id, &mut console).ok()?
        || show_name_rule(checked, id, &mut console).ok()?;
    shown.then(|| String::from_utf8_lossy(&out).into_owned())
}

/// `file:line` of a table.
fn place<T>(item: &Item<T>) -> String {
    let text = &item.file.text;
    let line = text[..(item.span.start as usize).min(text.len())].matches('\n').count() + 1;
    format!("{}:{line}", item.file.name)
}

fn show_rule(rules: &RuleSet, checked: &Checked, id: &str, console: &mut Console<'_>) -> anyhow::Result<bool> {
    let Some(rule) = rules.rules.iter().find(|rule| &*rule.id == id) else { return Ok(false) };
    let paint = console.paint;
    let relation = &rules.relations[rule.relation as usize];
    writeln!(console.out(), "{} gives {}: {}", paint.bold(&rule.id), paint.bold(&relation.name), relation.doc)?;
    let place = format!("in {}:{}", rule.file.name, rule.file.line_of(rule.span.start));
    writeln!(console.out(), "{}", paint.faint(&place))?;
    writeln!(console.out(), "the source is {{{}}}, the target {{{}}}", rule.source, rule.target)?;
    for pattern in &rule.patterns {
        writeln!(console.out(), "\n  {}", paint.blue(&pattern.text))?;
        let range = pattern.clauses.start as usize..pattern.clauses.end as usize;
        for clause in rule.clauses.get(range).unwrap_or_default() {
            let word = |id| rules.lexis.word(id).to_owned();
            writeln!(console.out(), "    read as {}", clause.describe(&word))?;
        }
        for (word, forms) in words(rules, &pattern.text) {
            writeln!(console.out(), "    {word} matches {}", forms.join(", "))?;
        }
    }
    if let Some(reads) = &rule.reads {
        let of = paint.blue(&reads.of_name);
        writeln!(console.out(), "\n  read off every name of a {of}: its {}", reads.roles.join(", its "))?;
    }
    settings(rules, checked, rule, console)?;
    examples(&rule.examples, console)?;
    Ok(true)
}

fn show_inference(rules: &RuleSet, id: &str, console: &mut Console<'_>) -> anyhow::Result<bool> {
    let Some(rule) = rules.inferences.iter().find(|rule| &*rule.id == id) else { return Ok(false) };
    let (paint, relation) = (console.paint, &rules.relations[rule.relation as usize]);
    writeln!(console.out(), "{} concludes {}: {}", paint.bold(&rule.id), paint.bold(&relation.name), rule.doc)?;
    writeln!(console.out(), "{}", paint.faint(&format!("in {}", rule.file.name)))?;
    let condition = rule.condition.split_whitespace().collect::<Vec<_>>().join(" ");
    writeln!(console.out(), "\n  if   {}", paint.blue(&condition))?;
    writeln!(console.out(), "  then {}\n", paint.blue(&rule.conclusion))?;
    if rule.min_support > 1 {
        writeln!(console.out(), "  only where {} documents stand behind it", rule.min_support)?;
    }
    writeln!(console.out(), "  confidence {}, stratum {}", rule.confidence, rule.stratum)?;
    examples(&rule.examples, console)?;
    Ok(true)
}

/// The words of a pattern with the forms in which they match; words that stay as they are left out.
fn words(rules: &RuleSet, pattern: &str) -> Vec<(String, Vec<String>)> {
    let Ok(ast) = parse(pattern) else { return Vec::new() };
    let mut out: Vec<(String, Vec<String>)> = Vec::new();
    ast.walk(&mut |node| {
        if let AstKind::Word { text, class } = &node.kind
            && out.iter().all(|(known, _)| known != text)
        {
            let forms = rules.likely_forms(text, *class);
            if forms.len() > 1 {
                out.push((text.clone(), forms));
            }
        }
    });
    out
}

fn settings(rules: &RuleSet, checked: &Checked, rule: &Rule, console: &mut Console<'_>) -> anyhow::Result<()> {
    let words =
        |set: &crate::pattern::WordSet| set.iter().map(|id| rules.lexis.word(id)).collect::<Vec<_>>().join(", ");
    writeln!(console.out())?;
    if rule.as_written {
        writeln!(console.out(), "  only in the voice and order written")?;
    }
    if !rule.unless.is_empty() {
        let written = checked.written.rules.iter().rfind(|item| *item.value.id.get_ref() == *rule.id);
        let unless = written.map(|item| item.value.unless.as_slice()).unwrap_or_default();
        let unless: Vec<&str> = unless.iter().map(|word| word.get_ref().as_str()).collect();
        writeln!(console.out(), "  not where one of these words hangs on it: {}", unless.join(", "))?;
    }
    for part in &rule.optional {
        let after =
            if part.adpositions.is_empty() { String::new() } else { format!(" after {}", words(&part.adpositions)) };
        writeln!(console.out(), "  what stands{after} fills `{}`", part.role)?;
    }
    for (from, to) in &rule.reading {
        writeln!(console.out(), "  what is told as {} counts as {}", status(*from), status(*to))?;
    }
    if !rule.only.is_empty() {
        let names: Vec<&str> = rule.only.iter().map(|s| status(*s)).collect();
        writeln!(console.out(), "  only what is told as {}", names.join(" or "))?;
    }
    writeln!(console.out(), "  confidence {}, priority {}", rule.confidence, rule.priority)?;
    Ok(())
}

fn status(status: crate::rules::Status) -> &'static str {
    crate::rules::Status::NAMED.iter().find(|(_, s)| *s == status).map_or("", |(name, _)| name)
}

fn examples(examples: &[Example], console: &mut Console<'_>) -> anyhow::Result<()> {
    for example in examples {
        let kind = if example.todo {
            "to do"
        } else if example.yes {
            "yes"
        } else {
            "no"
        };
        let expect = example.expect.as_ref().map_or_else(String::new, |(a, b)| format!(" => {a}, {b}"));
        writeln!(console.out(), "  {kind}: {}{expect}", example.text)?;
    }
    Ok(())
}

fn show_relation(rules: &RuleSet, checked: &Checked, id: &str, console: &mut Console<'_>) -> anyhow::Result<bool> {
    let Some(number) = rules.relations.iter().position(|relation| relation.name == id) else { return Ok(false) };
    let (paint, relation) = (console.paint, &rules.relations[number]);
    writeln!(console.out(), "{} is a relation: {}", paint.bold(id), relation.doc)?;
    if let Some(item) = checked.written.relations.iter().rfind(|item| item.name == id) {
        writeln!(console.out(), "{}", paint.faint(&format!("in {}", place(item))))?;
    }
    if let Some((a, b)) = &relation.between_names {
        let direction = if relation.symmetric { "and" } else { "to" };
        writeln!(console.out(), "  from a {a} {direction} a {b}, drawn as \"{}\"", relation.label)?;
    }
    for (scheme, code) in &relation.codes {
        writeln!(console.out(), "  {scheme} {code}")?;
    }
    for rule in rules.rules.iter().filter(|rule| rule.relation as usize == number) {
        writeln!(console.out(), "  rule {}", rule.id)?;
        for pattern in &rule.patterns {
            writeln!(console.out(), "    {}", paint.blue(&pattern.text))?;
        }
    }
    for rule in rules.inferences.iter().filter(|rule| rule.relation as usize == number) {
        writeln!(console.out(), "  inferred by {}\n    {}", rule.id, paint.blue(&rule.condition))?;
    }
    for event in rules.events.iter().filter(|event| event.from.contains(&(number as u32))) {
        writeln!(console.out(), "  makes an event of type {}", rules.types.get(event.type_id).name)?;
    }
    Ok(true)
}

fn show_name_rule(checked: &Checked, id: &str, console: &mut Console<'_>) -> anyhow::Result<bool> {
    let Some(item) = checked.written.names.iter().rfind(|item| item.value.id.get_ref() == id) else { return Ok(false) };
    let (paint, value) = (console.paint, &item.value);
    writeln!(console.out(), "{} makes a {}: {}", paint.bold(id), paint.bold(value.gives.get_ref()), value.doc)?;
    writeln!(console.out(), "{}", paint.faint(&format!("in {}", place(item))))?;
    writeln!(console.out(), "  runs at stage {}, priority {}", value.stage, value.priority)?;
    for pattern in &value.patterns {
        writeln!(console.out(), "  {}", paint.blue(pattern.get_ref()))?;
    }
    for (attribute, template) in &value.set {
        writeln!(console.out(), "  {attribute} is {}", template.get_ref())?;
    }
    for (kind, list) in [("yes", &value.yes), ("no", &value.no), ("to do", &value.todo)] {
        for example in list {
            writeln!(console.out(), "  {kind}: {}", example.get_ref())?;
        }
    }
    Ok(true)
}

fn show_type(rules: &RuleSet, checked: &Checked, id: &str, console: &mut Console<'_>) -> anyhow::Result<bool> {
    let Some(item) = checked.written.types.iter().rfind(|item| item.name == id) else { return Ok(false) };
    let paint = console.paint;
    writeln!(console.out(), "{} is a type: {}", paint.bold(id), item.value.doc)?;
    writeln!(console.out(), "{}", paint.faint(&format!("in {}", place(item))))?;
    if let Some(type_id) = rules.types.find(id) {
        writeln!(console.out(), "  from narrow to broad: {}", rules.types.lineage(type_id).join(", "))?;
    }
    let covered: Vec<&str> = rules
        .types
        .iter()
        .filter(|(other, def)| rules.types.mask(id).contains(*other) && def.name != id)
        .map(|(_, def)| def.name.as_str())
        .collect();
    if !covered.is_empty() {
        writeln!(console.out(), "  covers {}", covered.join(", "))?;
    }
    let named = rules.relations.iter().filter(|r| r.between_names.as_ref().is_some_and(|(a, b)| a == id || b == id));
    let relations: BTreeSet<&str> = named.map(|relation| relation.name.as_str()).collect();
    if !relations.is_empty() {
        writeln!(console.out(), "  is an end of {}", relations.into_iter().collect::<Vec<_>>().join(", "))?;
    }
    Ok(true)
}

fn show_list(rules: &RuleSet, checked: &Checked, id: &str, console: &mut Console<'_>) -> anyhow::Result<bool> {
    let items: Vec<_> = checked.written.lists.iter().filter(|item| item.name == id).collect();
    let Some(item) = items.last() else { return Ok(false) };
    let (paint, value) = (console.paint, &item.value);
    writeln!(console.out(), "@{} is a list: {}", paint.bold(id), value.doc)?;
    writeln!(console.out(), "{}", paint.faint(&format!("in {}", place(item))))?;
    if let Some(pattern) = &value.pattern {
        writeln!(console.out(), "  stands for {}", paint.blue(pattern.get_ref()))?;
    }
    for word in items.iter().flat_map(|item| &item.value.words) {
        let forms = if word.get_ref().contains(' ') { Vec::new() } else { rules.likely_forms(word.get_ref(), None) };
        let forms = if forms.len() > 1 { format!(": {}", forms.join(", ")) } else { String::new() };
        writeln!(console.out(), "  {}{forms}", word.get_ref())?;
    }
    let uses = rules.rules.iter().filter(|rule| {
        rule.patterns.iter().any(|pattern| {
            let mut found = false;
            if let Ok(ast) = parse(&pattern.text) {
                ast.walk(&mut |node| found |= matches!(&node.kind, AstKind::List(name) if name == id));
            }
            found
        })
    });
    let uses: Vec<&str> = uses.map(|rule| &*rule.id).collect();
    if !uses.is_empty() {
        writeln!(console.out(), "  used by {}", uses.join(", "))?;
    }
    Ok(true)
}
