//! `attache why-not`: the rule that came nearest to a relation that is missing, where it stopped, and how to mend it.
//!
//! [`reasons`] says what kept a rule back, under the words of the sentence and under the parts of the pattern; [`mend`]
//! works out the smallest change of the pattern, tries it, and shows what else it would find.

mod json;
mod mend;
mod reasons;

use std::path::PathBuf;

use anyhow::bail;
use json::Answer;

use super::packs::PackArgs;
use super::summary::{counted, standing};
use super::target::{self, Target, line_of};
use super::why::unread;
use super::{Console, Status, inferred, inputs};
use crate::diagnostic::nearest;
use crate::extract::{Again, Miss, Scratch, Statement, misses, sentence_text};
use crate::pattern::Flags;
use crate::rules::RuleSet;

/// Arguments of `attache why-not`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Of all rules of the relation, the one that came nearest is shown, with a mark under the word of the sentence and under the
part of the pattern where it stopped. Where a small change of the pattern would mend it, the change is tried and shown;
with --corpus, with everything else that it would newly find there.

Examples:
  attache why-not met-with \"Minister Okoro parleyed with President Lund.\"
  attache why-not visited may.txt:12
  attache why-not met-with may.txt:12 --corpus reports/

Exit status: 0 the relation is there after all; 1 it is not.")]
pub(super) struct Args {
    /// The relation that is missing, such as met-with
    relation: String,
    /// A line of a document, a document, or a sentence
    #[arg(value_name = "FILE:LINE|FILE|TEXT")]
    input: String,
    /// Only this rule of the relation
    #[arg(long, value_name = "ID")]
    rule: Option<String>,
    /// Documents in which to look for what the change would newly find. May be given several times
    #[arg(long, value_name = "PATH")]
    corpus: Vec<PathBuf>,
    /// As JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    rules: PackArgs,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Status> {
    let Some(rules) = args.rules.load(console) else { return Ok(Status::Unable) };
    let relation = relation_number(&rules, &args.relation)?;
    let mut scratch = Scratch::default();
    let targets = target::read(&args.input, &rules, &mut scratch, console)?;
    let mut there = Vec::new();
    let mut is_there = false;
    let mut best: Option<(u32, &Target, u32, Miss)> = None;
    for target in &targets {
        for &number in &target.sentences {
            let found = statements(target, number);
            let here: Vec<&Statement> = found.iter().filter(|s| s.relation == relation).collect();
            if let Some(again) = Again::new(&target.analysis, &rules, number, &mut scratch) {
                for statement in here {
                    is_there = true;
                    if args.json {
                        there.push(json::there(&again, statement));
                    } else {
                        say_there(&again, statement, console)?;
                    }
                }
                let mut all = misses(&again, found, relation);
                all.retain(|miss| args.rule.as_ref().is_none_or(|id| *rules.rules[miss.rule as usize].id == **id));
                if let Some(miss) = all.into_iter().next()
                    && best.as_ref().is_none_or(|(distance, ..)| miss.distance() < *distance)
                {
                    best = Some((miss.distance(), target, number, miss));
                }
            }
        }
    }
    let mut answer = Answer { relation: args.relation.clone(), there, ..Answer::default() };
    if is_there {
        if args.json {
            json::write(&answer, console)?;
        }
        return Ok(Status::Done);
    }
    let by_text = rules.rules.iter().any(|rule| rule.relation == relation);
    if rules.inferences.iter().any(|rule| rule.relation == relation) {
        let graph = target::graph(&targets, &rules);
        let asked = |doc: &str, number: u32| {
            let own =
                |target: &Target| *target.analysis.document.source.id == *doc && target.sentences.contains(&number);
            targets.iter().any(own)
        };
        let mut follows = inferred::conclusions(&graph, &rules, &asked);
        follows.retain(|conclusion| conclusion.relation == args.relation);
        let is_there = !follows.is_empty();
        answer.not_inferred = if is_there { Vec::new() } else { inferred::missed(&graph, &rules, relation) };
        answer.inferred = follows;
        if !args.json {
            say_inferred(&answer, console)?;
        }
        if is_there || !by_text {
            if args.json {
                json::write(&answer, console)?;
            }
            return Ok(if is_there { Status::Done } else { Status::Findings });
        }
    } else if !by_text {
        bail!("no rule gives {}; it comes from the graph alone", args.relation);
    }
    if let [target] = targets.as_slice()
        && let [number] = target.sentences.as_slice()
    {
        if args.json {
            (answer.unread, answer.unknown_names) = json::reading(target, *number, &rules, &mut scratch);
        } else {
            say_unread(target, *number, &rules, &mut scratch, console)?;
        }
    }
    let Some((_, target, number, miss)) = best else {
        if args.rule.is_some() {
            bail!("no rule {} of {} could be tried", args.rule.as_deref().unwrap_or_default(), args.relation);
        }
        if args.json {
            json::write(&answer, console)?;
            return Ok(Status::Findings);
        }
        writeln!(console.out(), "no rule of {} comes near: no word of the text could be its predicate", args.relation)?;
        return Ok(Status::Findings);
    };
    let Some(again) = Again::new(&target.analysis, &rules, number, &mut scratch) else { return Ok(Status::Findings) };
    let mend = mend::propose(&again, &miss);
    if args.json {
        let corpus = if mend.is_some() { inputs::read_some(&args.corpus, console) } else { Vec::new() };
        answer.nearest = json::nearest(&again, &miss, mend.as_ref(), &args.rules.packs, corpus, &mut scratch);
        json::write(&answer, console)?;
        return Ok(Status::Findings);
    }
    reasons::write(&again, &miss, mend.as_ref(), console)?;
    if let Some(mend) = mend {
        let corpus = inputs::read_some(&args.corpus, console);
        mend::write(&mend, &again, &miss, &args.rules.packs, corpus, &mut scratch, console)?;
    }
    Ok(Status::Findings)
}

pub(super) fn relation_number(rules: &RuleSet, name: &str) -> anyhow::Result<u32> {
    if let Some(at) = rules.relations.iter().position(|relation| relation.name == name) {
        return Ok(at as u32);
    }
    match nearest(name, rules.relations.iter().map(|relation| relation.name.as_str())) {
        Some(near) => bail!("there is no relation {name}; did you mean {near}?"),
        None => {
            let names: Vec<&str> = rules.relations.iter().map(|relation| relation.name.as_str()).collect();
            bail!("there is no relation {name}; known: {}", names.join(", "))
        }
    }
}

fn statements(target: &Target, number: u32) -> &[Statement] {
    let found = target.analysis.sentences.iter().find(|sentence| sentence.index == number);
    found.map_or(&[], |sentence| sentence.statements.as_slice())
}

fn say_there(again: &Again<'_>, statement: &Statement, console: &mut Console<'_>) -> anyhow::Result<()> {
    let (rules, paint) = (again.rules, console.paint);
    let relation = &rules.relations[statement.relation as usize].name;
    let told = standing(statement.modality, statement.polarity);
    let mut cues: Vec<String> =
        again.cues(statement).iter().map(|(unit, _)| format!("“{}”", again.text(*unit))).collect();
    cues.dedup();
    let cues = if cues.is_empty() { String::new() } else { format!(", for {}", cues.join(", ")) };
    let place = format!("{}:{}", again.analysis.document.source.id, line_of(again.analysis, again.sentence));
    writeln!(console.out(), "{} {}", paint.faint(&place), sentence_text(again.analysis, again.sentence))?;
    writeln!(
        console.out(),
        "  it is there: {} --{relation}--> {}, {}{cues}, by rule {}; attache why says more",
        paint.green(again.entity(statement.source.0)),
        paint.green(again.entity(statement.target.0)),
        paint.yellow(told),
        rules.rules[statement.rule as usize].id
    )?;
    Ok(())
}

/// That the relation is inferred after all, or what keeps its inference rules back.
fn say_inferred(answer: &Answer, console: &mut Console<'_>) -> anyhow::Result<()> {
    let paint = console.paint;
    for conclusion in &answer.inferred {
        writeln!(console.out(), "it is there, for it follows:")?;
        for line in inferred::lines(conclusion, paint) {
            writeln!(console.out(), "  {line}")?;
        }
    }
    if answer.inferred.is_empty() {
        writeln!(console.out(), "no {} follows from what is told here:", answer.relation)?;
    }
    for missed in &answer.not_inferred {
        for line in inferred::missed_lines(missed, paint) {
            writeln!(console.out(), "{line}")?;
        }
    }
    Ok(())
}

/// What keeps a sentence from being looked at, and names in it that nobody knows.
fn say_unread(
    target: &Target,
    number: u32,
    rules: &RuleSet,
    scratch: &mut Scratch,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    if let Some(why) = unread(&target.analysis, number) {
        writeln!(console.out(), "no rule was tried in this sentence: {why}")?;
    }
    let Some(again) = Again::new(&target.analysis, rules, number, scratch) else { return Ok(()) };
    let strangers: Vec<String> = strangers(&again).into_iter().map(|name| format!("“{name}”")).collect();
    if !strangers.is_empty() {
        let what = if strangers.len() == 1 {
            "looks like a name, and no list and no rule knows it"
        } else {
            "look like names, and no list and no rule knows them"
        };
        writeln!(console.out(), "{} {what}", strangers.join(", "))?;
    }
    Ok(())
}

/// What looks like a name, and no list and no rule knows it.
fn strangers(again: &Again<'_>) -> Vec<String> {
    let unknown = |unit: &usize| {
        let unit = &again.syntax.units[*unit];
        unit.mention.is_none() && unit.flags.has(Flags::NAME)
    };
    (0..again.syntax.units.len()).filter(unknown).map(|unit| again.text(unit).to_owned()).collect()
}

/// `3 sentences` of a corpus that was searched.
fn searched(count: usize) -> String {
    counted(count, "document")
}
