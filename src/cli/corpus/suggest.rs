//! `attache rules suggest`: rule files for sentences that wait for one, tried before they are shown.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;

use super::survey::{Gap, Sample, survey};
use super::{CorpusArgs, ends};
use crate::cli::packs::load_with;
use crate::cli::summary::counted;
use crate::cli::{Console, Status, files};
use crate::compare::{Verdict, self_test};
use crate::extract::{Scratch, analyse, hits};
use crate::pipeline;
use crate::rules::RuleSet;
use crate::source::Source;

/// Examples in one suggested rule.
const EXAMPLES: usize = 3;

/// Arguments of `attache rules suggest`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Each suggestion is a rule file: a relation, a pattern made of what joins two actors in several sentences without a relation,
and examples out of those sentences, marked as such. It has been tried: its examples pass, and the lines above it say how
often it matches in the corpus and which relations of other rules it meets there.

Examples:
  attache rules suggest reports/
  attache rules suggest reports/ --top 10 -o suggested

Read a suggestion before you use it; give the relation a better name and the rule examples of your own.")]
pub(in crate::cli) struct SuggestArgs {
    #[command(flatten)]
    corpus: CorpusArgs,
    /// How many rules
    #[arg(long, value_name = "N", default_value_t = 5)]
    top: usize,
    /// Types of the two actors. Default: what most relations of the pack join
    #[arg(long, value_name = "TYPE,TYPE")]
    between: Option<String>,
    /// Write a file for each to this folder, instead of all to standard output
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

pub(in crate::cli) fn suggest(args: &SuggestArgs, console: &mut Console<'_>) -> anyhow::Result<Status> {
    let Some(rules) = args.corpus.rules.load(console) else { return Ok(Status::Unable) };
    let ends = ends(args.between.as_deref(), &rules)?;
    let (sources, refused) = args.corpus.read(console)?;
    let gaps = survey(sources.clone(), &rules, &ends, false).gaps;
    let mut made: Vec<(String, String)> = Vec::new();
    for gap in gaps.iter().filter(|gap| gap.is_pattern) {
        if made.len() == args.top {
            break;
        }
        made.extend(suggestion(gap, &ends, &rules, &args.corpus.rules.packs, &sources));
    }
    if made.is_empty() {
        console.note("nothing to suggest: no two known actors are joined by the same words without a relation");
    }
    match &args.output {
        None => {
            let texts: Vec<&str> = made.iter().map(|(_, text)| text.as_str()).collect();
            console.out().write_all(texts.join("\n").as_bytes())?;
        }
        Some(folder) => {
            files::check_folder(folder)?;
            let ready: Vec<(PathBuf, Vec<u8>)> = (made.into_iter())
                .map(|(name, text)| (folder.join(format!("{name}.toml")), text.into_bytes()))
                .collect();
            files::write_all(&ready)?;
            for (path, _) in &ready {
                writeln!(console.out(), "wrote {}", path.display())?;
            }
        }
    }
    Ok(if refused { Status::Findings } else { Status::Done })
}

/// A rule file for a group, with the name of its relation; none where the pattern does not find its own sentences.
fn suggestion(
    gap: &Gap,
    ends: &(String, String),
    rules: &RuleSet,
    packs: &[String],
    sources: &[Source],
) -> Option<(String, String)> {
    let name = name_of(&gap.pattern, rules);
    // The shortest sentences make the best examples, one of a kind.
    let mut samples: Vec<&Sample> = gap.samples.iter().collect();
    samples.sort_by_key(|sample| (sample.text.chars().count(), &sample.text));
    samples.dedup_by_key(|sample| &sample.text);
    let all = file(&name, gap, ends, &samples, &[]);
    let tried = load_with(packs, "suggested", all).rules?;
    let id = format!("{name}.suggested");
    let tested = self_test(&tried, &|rule| rule == id, &pipeline::one_by_one(&tried));
    let good: Vec<&Sample> = (samples.iter().zip(&tested.outcomes))
        .filter(|(_, outcome)| outcome.verdict == Verdict::Passed)
        .map(|(sample, _)| *sample)
        .take(EXAMPLES)
        .collect();
    let (count, conflicts) = matches(&tried, &id, sources);
    // A rule without an example that holds is no rule to start from: its sentences need those around them.
    if count == 0 || good.is_empty() {
        return None;
    }
    let mut notes = vec![
        format!(
            "Suggested: {} without a relation, in which the same words join two actors.",
            counted(gap.count, "sentence")
        ),
        format!(
            "Tried on {}: {}.",
            counted(sources.len(), "document"),
            format!("{count} match{}", if count == 1 { "" } else { "es" })
        ),
    ];
    for (relation, count) in conflicts {
        notes.push(format!("Beside {relation}, which other rules find between the same two: {count}."));
    }
    notes.push(
        "The examples are sentences of the corpus: read them, and give the relation a name of its own.".to_owned(),
    );
    Some((name.clone(), file(&name, gap, ends, &good, &notes)))
}

/// The words of a pattern, as the name of a relation that is not there yet.
fn name_of(pattern: &str, rules: &RuleSet) -> String {
    let mut depth = 0usize;
    let words: String = pattern
        .replace("}'s", "}")
        .chars()
        .map(|c| {
            match c {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 && c.is_alphanumeric() { c } else { ' ' }
        })
        .collect();
    let name = words.split_whitespace().collect::<Vec<_>>().join("-");
    let mut out = name.clone();
    let mut number = 2;
    while rules.relation(&out).is_some() {
        out = format!("{name}-{number}");
        number += 1;
    }
    out
}

/// How often the rule matches in the corpus, and which relations of other rules it meets between the same two.
fn matches(rules: &RuleSet, id: &str, sources: &[Source]) -> (usize, BTreeMap<String, usize>) {
    let Some(rule) = rules.rules.iter().position(|rule| &*rule.id == id) else { return Default::default() };
    let rule = rule as u32;
    let each: Vec<(usize, Vec<String>)> = sources
        .par_iter()
        .map_init(Scratch::default, |scratch, source| {
            let analysis = analyse(Arc::new(source.clone()), rules, scratch);
            let found = hits(&analysis, rules, rule, scratch);
            let met = found.iter().filter_map(|hit| super::trial::found_by(&analysis, rules, hit, rule)).collect();
            (found.len(), met)
        })
        .collect();
    let mut conflicts: BTreeMap<String, usize> = BTreeMap::new();
    for relation in each.iter().flat_map(|(_, met)| met) {
        *conflicts.entry(relation.clone()).or_default() += 1;
    }
    (each.iter().map(|(count, _)| count).sum(), conflicts)
}

fn file(name: &str, gap: &Gap, ends: &(String, String), samples: &[&Sample], notes: &[String]) -> String {
    let text = |value: &str| toml::Value::String(value.to_owned()).to_string();
    let mut out: String = notes.iter().map(|note| format!("# {note}\n")).collect();
    let label = name.replace('-', " ");
    out.push_str(&format!(
        "\n[relation.{name}]\ndoc = {}\nbetween = [{}, {}]\nlabel = {}\n\n[[rule]]\nid = \"{name}.suggested\"\ngives = \"{name}\"\nmatch = [{}]\nyes = [\n",
        text(&format!("What joins two in: {}", gap.pattern)),
        text(&ends.0),
        text(&ends.1),
        text(&label),
        text(&gap.pattern)
    ));
    for sample in samples {
        let example = format!("{} => {}, {}", sample.text, sample.source, sample.target);
        out.push_str(&format!("    {}, # {} [{}]\n", text(&example), sample.doc, sample.sentence));
    }
    out.push_str("]\nno = []\n");
    out
}
