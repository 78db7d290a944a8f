//! `attache rules try`: a pattern typed on the command line, and where it matches.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::CorpusArgs;
use crate::cli::console::Paint;
use crate::cli::packs::load_with;
use crate::cli::summary::{counted, standing};
use crate::cli::target::line_of;
use crate::cli::{Console, Status};
use crate::diagnostic::{Diagnostic, Severity, SourceFile};
use crate::extract::{Analysis, Hit, Modality, Polarity, Scratch, analyse, hits};
use crate::pattern::{AstKind, PatternError, parse};
use crate::rules::RuleSet;
use crate::source::Span;

/// Arguments of `attache rules try`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Shows every match in its sentence; in colours on a terminal, else with *words* and {role: names} marked. A match that some
rule of the pack found already says which.

Examples:
  attache rules try '{a:Actor} mediate between {b:Actor}' reports/
  attache rules try '{a:Person} resign' reports/
  attache rules try '{a} meet {b}' reports/ --between Minister,Minister")]
pub(in crate::cli) struct TryArgs {
    /// The pattern, in single quotes so that the shell leaves it alone
    #[arg(value_name = "PATTERN")]
    pattern: String,
    #[command(flatten)]
    corpus: CorpusArgs,
    /// Types of the ends, where the pattern leaves them open: `{a} meet {b}`
    #[arg(long, value_name = "TYPE,TYPE")]
    between: Option<String>,
    /// Most matches shown; 0 shows all
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
}

/// The relation and rule that a tried pattern makes.
const NAME: &str = "tried-pattern";

pub(in crate::cli) fn trial(args: &TryArgs, console: &mut Console<'_>) -> anyhow::Result<Status> {
    let Some(pattern) = typed(args, console)? else { return Ok(Status::Unable) };
    let Some(rules) = compiled(&pattern, &args.corpus.rules.packs, console) else { return Ok(Status::Unable) };
    let Some(rule) = rules.rules.iter().position(|rule| &*rule.id == NAME) else { return Ok(Status::Unable) };
    let rule = rule as u32;
    let (sources, refused) = args.corpus.read(console)?;
    let found: Vec<(Analysis, Vec<Hit>)> = sources
        .into_par_iter()
        .map_init(Scratch::default, |scratch, source| {
            let analysis = analyse(Arc::new(source), &rules, scratch);
            let hits = hits(&analysis, &rules, rule, scratch);
            (analysis, hits)
        })
        .collect();
    let paint = console.paint;
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let (mut count, mut sentences, mut documents) = (0, 0, 0);
    for (analysis, hits) in &found {
        documents += usize::from(!hits.is_empty());
        let mut last = None;
        for hit in hits {
            count += 1;
            sentences += usize::from(last != Some(hit.sentence));
            last = Some(hit.sentence);
            let by = found_by(analysis, &rules, hit, rule);
            if let Some(relation) = &by {
                *known.entry(relation.clone()).or_default() += 1;
            }
            if args.limit == 0 || count <= args.limit {
                writeln!(console.out(), "{}", line(analysis, hit, by.as_deref(), paint))?;
            }
        }
    }
    if args.limit > 0 && count > args.limit {
        writeln!(console.out(), "{}", paint.faint(&format!("… and {} more; --limit 0 shows all", count - args.limit)))?;
    }
    let matches = format!("{count} match{}", if count == 1 { "" } else { "es" });
    let mut total = format!("{matches} in {} of {}", counted(sentences, "sentence"), counted(documents, "document"));
    if !known.is_empty() {
        let each: Vec<String> = known.iter().map(|(relation, count)| format!("{relation} {count}")).collect();
        total.push_str(&format!("; found already: {}", each.join(", ")));
    }
    writeln!(console.out(), "{}", paint.bold(&total))?;
    Ok(if refused { Status::Findings } else { Status::Done })
}

/// The pattern with types written in; none where it does not parse, which is shown.
fn typed(args: &TryArgs, console: &mut Console<'_>) -> anyhow::Result<Option<String>> {
    let mut pattern = args.pattern.clone();
    if let Some(between) = &args.between {
        let types = between.split_once(',').map_or((between.as_str(), between.as_str()), |(a, b)| (a.trim(), b.trim()));
        // Slots without a type take those asked for, the first the first.
        for type_name in [types.0, types.1] {
            let open = pattern.match_indices('{').find_map(|(at, _)| {
                let close = at + pattern[at..].find('}')?;
                (!pattern[at..close].contains(':')).then_some(close)
            });
            if let Some(close) = open {
                pattern.insert_str(close, &format!(":{type_name}"));
            }
        }
    }
    match parse(&pattern) {
        Ok(_) => Ok(Some(pattern)),
        Err(fault) => {
            console.report(&[pattern_error(&pattern, &fault)]);
            Ok(None)
        }
    }
}

fn pattern_error(pattern: &str, fault: &PatternError) -> Diagnostic {
    let file = Arc::new(SourceFile::new("pattern", pattern));
    let mut error = Diagnostic::error("E003", fault.message.clone()).in_file(file).label(fault.span, "");
    if let Some(help) = &fault.help {
        error = error.help(help.clone());
    }
    error
}

/// The rules with the pattern as a rule of its own. What is wrong with it is shown in the pattern as typed.
fn compiled(pattern: &str, packs: &[String], console: &mut Console<'_>) -> Option<RuleSet> {
    let mut roles: Vec<String> = Vec::new();
    if let Ok(ast) = parse(pattern) {
        ast.walk(&mut |node| {
            if let AstKind::Slot { role: Some(role), .. } = &node.kind
                && !roles.contains(role)
            {
                roles.push(role.clone());
            }
        });
    }
    let Some(source) = roles.first() else {
        let whole = Span::new(0, pattern.len() as u32);
        let fault = PatternError::new(whole, "a pattern to try names somebody")
            .help("write a slot, a role and a type, such as {a:Actor}");
        console.report(&[pattern_error(pattern, &fault)]);
        return None;
    };
    let target = roles.get(1).unwrap_or(source);
    let head = format!(
        "[relation.{NAME}]\n[[rule]]\nid = \"{NAME}\"\ngives = \"{NAME}\"\nsource = \"{source}\"\ntarget = \"{target}\"\nmatch = ['''"
    );
    let base = head.len() as u32;
    let place = "command line";
    let compiled = load_with(packs, place, format!("{head}{pattern}''']\n"));
    let shown = Arc::new(SourceFile::new("pattern", pattern));
    let end = pattern.len() as u32;
    let moved =
        |span: Span| Span::new(span.start.saturating_sub(base).min(end), span.end.saturating_sub(base).min(end));
    let ours = |found: &Diagnostic| found.file.as_ref().is_some_and(|file| file.name.starts_with(place));
    let mut report = Vec::new();
    for mut found in compiled.diagnostics {
        if !ours(&found) {
            report.push(found);
        } else if found.severity == Severity::Error {
            found.file = Some(shown.clone());
            found.labels.iter_mut().for_each(|label| label.span = moved(label.span));
            found.patches.iter_mut().for_each(|patch| patch.span = moved(patch.span));
            report.push(found);
        }
    }
    console.report(&report);
    compiled.rules
}

/// The relation that joins the same ends of a hit already, in the same sentence.
pub(super) fn found_by(analysis: &Analysis, rules: &RuleSet, hit: &Hit, rule: u32) -> Option<String> {
    let slots: Vec<&[u32]> = hit.parts.iter().filter(|p| p.role.is_some()).map(|p| p.entities.as_slice()).collect();
    let [one, other, ..] = slots.as_slice() else { return None };
    let root = |id: u32| analysis.discourse.root(id);
    let joins = |a: u32, b: u32| one.contains(&a) && other.contains(&b) || one.contains(&b) && other.contains(&a);
    analysis
        .sentences
        .iter()
        .filter(|sentence| sentence.index == hit.sentence)
        .flat_map(|sentence| &sentence.statements)
        .find(|statement| statement.rule != rule && joins(root(statement.source.0), root(statement.target.0)))
        .map(|statement| rules.relations[statement.relation as usize].name.clone())
}

/// A hit in its sentence, what matched marked.
pub(super) fn line(analysis: &Analysis, hit: &Hit, by: Option<&str>, paint: Paint) -> String {
    let text = analysis.document.text();
    let sentence = analysis.document.sentences[hit.sentence as usize].span;
    let mut parts: Vec<_> = hit.parts.iter().collect();
    parts.sort_by_key(|part| part.span);
    let squeeze = |text: &str| {
        let mut out = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let ends = |c: Option<char>| c.is_some_and(char::is_whitespace);
        if ends(text.chars().next()) && !out.is_empty() {
            out.insert(0, ' ');
        }
        if ends(text.chars().next_back()) {
            out.push(' ');
        }
        out
    };
    let (mut shown, mut at) = (String::new(), sentence.start);
    for part in parts {
        if part.span.start < at {
            continue;
        }
        shown.push_str(&squeeze(Span::new(at, part.span.start).slice(text)));
        let words = squeeze(part.span.slice(text));
        shown.push_str(&match (&part.role, paint.0) {
            (None, true) => paint.blue(&words),
            (Some(_), true) => paint.green(&words),
            (None, false) => format!("*{words}*"),
            (Some(role), false) => format!("{{{role}: {words}}}"),
        });
        at = part.span.end;
    }
    shown.push_str(&squeeze(Span::new(at, sentence.end).slice(text)));
    let place = format!("{}:{} [{}]", analysis.document.source.id, line_of(analysis, hit.sentence), hit.sentence);
    let mut line = format!("{} {shown}", paint.faint(&place));
    if (hit.modality, hit.polarity) != (Modality::Asserted, Polarity::Positive) {
        line.push_str(&format!("  {}", paint.yellow(standing(hit.modality, hit.polarity))));
    }
    if let Some(by) = by {
        line.push_str(&paint.faint(&format!("  (already {by})")));
    }
    line
}
