//! `attache rules doc`: a page about a whole pack.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::bail;

use super::checked;
use crate::cli::{Console, Status, files};
use crate::rules::{Checked, Example, RuleSet};

#[derive(Debug, clap::Args)]
#[command(
    after_help = "The page is Markdown; its diagram of types is Mermaid, which GitHub, GitLab and most editors draw.
Examples:\n  attache rules doc > pack.md\n  attache rules doc my-rules -o my-rules.md"
)]
pub(super) struct Args {
    /// Packs: folders, rule files, names of built-in packs. Default: the built-in packs
    packs: Vec<String>,
    /// Where to write it. Default: standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Status> {
    if let Some(path) = &args.output
        && path.extension().is_some_and(|ending| ["html", "htm", "pdf", "docx"].iter().any(|other| ending == *other))
    {
        bail!("the page is Markdown: name it {}", path.with_extension("md").display());
    }
    let checked = checked(&args.packs);
    let Some(rules) = &checked.rules else {
        console.report(&checked.diagnostics);
        return Ok(Status::Unable);
    };
    let page = page(&checked, rules);
    match &args.output {
        Some(path) => {
            files::write_all(&[(path.clone(), page.into_bytes())])?;
            console.note(&format!("wrote {}", path.display()));
        }
        None => write!(console.out(), "{page}")?,
    }
    Ok(Status::Done)
}

fn page(checked: &Checked, rules: &RuleSet) -> String {
    let mut out = String::new();
    let written = &checked.written;
    let names: Vec<&str> = rules.packs.iter().map(|pack| pack.name.as_str()).collect();
    let _ = writeln!(out, "# Rules of {}\n", names.last().unwrap_or(&"a pack"));
    for item in &written.pack {
        let _ = writeln!(out, "- **{}** {}: {}", item.value.name.get_ref(), item.value.version, item.value.doc);
    }
    let _ = writeln!(
        out,
        "\n{} types, {} relations, {} rules with {} examples.\n",
        rules.types.iter().count(),
        rules.relations.len(),
        rules.rules.len(),
        rules.rules.iter().map(|rule| rule.examples.len()).sum::<usize>()
    );
    types(checked, rules, &mut out);
    relations(rules, &mut out);
    lists(checked, &mut out);
    out
}

fn types(checked: &Checked, rules: &RuleSet, out: &mut String) {
    let _ = writeln!(out, "## Types\n\n```mermaid\nflowchart LR");
    for (_, def) in rules.types.iter().filter(|(_, def)| def.node) {
        match def.parent.map(|parent| rules.types.get(parent)) {
            Some(parent) => {
                let _ = writeln!(out, "    {} --> {}", parent.name, def.name);
            }
            None => {
                let _ = writeln!(out, "    {}", def.name);
            }
        }
    }
    let _ = writeln!(out, "```\n\n| type | what it is |\n|---|---|");
    for item in &checked.written.types {
        let value = &item.value;
        if value.node == Some(false) {
            continue;
        }
        let any: Vec<&str> = value.any.iter().map(|member| member.get_ref().as_str()).collect();
        let any = if any.is_empty() { String::new() } else { format!(" Any of {}.", any.join(", ")) };
        let _ = writeln!(out, "| {} | {}{any} |", item.name, cell(&value.doc));
    }
}

fn relations(rules: &RuleSet, out: &mut String) {
    let _ = writeln!(out, "\n## Relations\n");
    for (number, relation) in rules.relations.iter().enumerate() {
        let _ = writeln!(out, "### {}\n\n{}\n", relation.name, relation.doc);
        if let Some((a, b)) = &relation.between_names {
            let arrow = if relation.symmetric { "—" } else { "→" };
            let codes: Vec<String> = relation.codes.iter().map(|(scheme, code)| format!("{scheme} {code}")).collect();
            let codes = if codes.is_empty() { String::new() } else { format!(" ({})", codes.join(", ")) };
            let _ = writeln!(out, "{a} {arrow} {b}{codes}\n");
        }
        for rule in rules.rules.iter().filter(|rule| rule.relation as usize == number) {
            let _ = writeln!(out, "- `{}`", rule.id);
            for pattern in &rule.patterns {
                let _ = writeln!(out, "  - `{}`", pattern.text.replace('`', "'"));
            }
            examples(&rule.examples, out);
        }
        for rule in rules.inferences.iter().filter(|rule| rule.relation as usize == number) {
            let _ = writeln!(out, "- `{}`, inferred: {}", rule.id, rule.doc);
            let condition = rule.condition.split_whitespace().collect::<Vec<_>>().join(" ");
            let _ = writeln!(out, "  - if `{}` then `{}`", condition.replace('`', "'"), rule.conclusion);
            examples(&rule.examples, out);
        }
        out.push('\n');
    }
}

fn examples(examples: &[Example], out: &mut String) {
    for example in examples.iter().filter(|example| !example.todo) {
        let sign = if example.yes { "✓" } else { "✗" };
        let ends = example.expect.as_ref().map_or_else(String::new, |(a, b)| format!(" ({a}, {b})"));
        let _ = writeln!(out, "  - {sign} *{}*{ends}", example.text);
    }
}

fn lists(checked: &Checked, out: &mut String) {
    let _ = writeln!(out, "## Lists\n\n| list | what it is | words |\n|---|---|---|");
    for item in &checked.written.lists {
        let value = &item.value;
        let words: Vec<&str> = value.words.iter().map(|word| word.get_ref().as_str()).collect();
        let content = match &value.pattern {
            Some(pattern) => format!("`{}`", pattern.get_ref()),
            None => words.join(", "),
        };
        let _ = writeln!(out, "| @{} | {} | {} |", item.name, cell(&value.doc), cell(&content));
    }
}

/// A bar would end the cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
