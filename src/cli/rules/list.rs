//! `attache rules list`: relations with their rules.

use super::checked;
use crate::cli::summary::counted;
use crate::cli::{Console, Status};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  attache rules list\n  attache rules list my-rules --only met")]
pub(super) struct Args {
    /// Packs: folders, rule files, names of built-in packs. Default: the built-in packs
    packs: Vec<String>,
    /// Only relations and rules whose name contains this
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Status> {
    let checked = checked(&args.packs);
    let Some(rules) = &checked.rules else {
        console.report(&checked.diagnostics);
        return Ok(Status::Unable);
    };
    let paint = console.paint;
    let wanted = |name: &str| args.only.as_ref().is_none_or(|part| name.contains(part.as_str()));
    let mut shown = 0;
    for (number, relation) in rules.relations.iter().enumerate() {
        let own: Vec<_> = rules.rules.iter().filter(|rule| rule.relation as usize == number).collect();
        let whole = wanted(&relation.name);
        let inferred: Vec<_> = rules.inferences.iter().filter(|rule| rule.relation as usize == number).collect();
        if !whole && !inferred.iter().any(|rule| wanted(&rule.id)) && !own.iter().any(|rule| wanted(&rule.id)) {
            continue;
        }
        shown += 1;
        let arrow = if relation.symmetric { "—" } else { "→" };
        let ends = relation.between_names.as_ref().map_or_else(String::new, |(a, b)| format!("  {a} {arrow} {b}"));
        writeln!(console.out(), "{}{ends}  {}", paint.bold(&relation.name), paint.faint(&relation.doc))?;
        for rule in own.into_iter().filter(|rule| whole || wanted(&rule.id)) {
            let todo = rule.examples.iter().filter(|example| example.todo).count();
            let examples = counted(rule.examples.len() - todo, "example");
            let todo = if todo > 0 { format!(", {todo} to do") } else { String::new() };
            writeln!(console.out(), "    {}  {}, {examples}{todo}", rule.id, counted(rule.patterns.len(), "pattern"))?;
        }
        for rule in inferred.into_iter().filter(|rule| whole || wanted(&rule.id)) {
            let examples = counted(rule.examples.iter().filter(|example| !example.todo).count(), "example");
            writeln!(console.out(), "    {}  inferred, {examples}", rule.id)?;
        }
    }
    if shown == 0 {
        console.note("nothing has such a name");
        return Ok(Status::Findings);
    }
    Ok(Status::Done)
}
