//! How relations came about, laid out for a person.

use std::collections::BTreeSet;

use super::told::{End, Part, Relation, Sentence};
use crate::cli::console::Paint;
use crate::cli::summary::standing;
use crate::cli::{Console, inferred};
use crate::extract::{Modality, Polarity};

/// Writes the sentences; of several only those that tell something.
pub(super) fn write(sentences: &[Sentence], console: &mut Console<'_>) -> anyhow::Result<()> {
    let paint = console.paint;
    let some = sentences.iter().any(|sentence| !sentence.relations.is_empty());
    let mut shown = BTreeSet::new();
    for sentence in sentences {
        if some && sentence.relations.is_empty() {
            continue;
        }
        let place = format!("{}:{} [{}]", sentence.doc, sentence.line, sentence.sentence);
        writeln!(console.out(), "{} {}", paint.faint(&place), paint.bold(&sentence.text))?;
        if sentence.relations.is_empty() {
            let why = sentence.unread.as_deref().unwrap_or("rules were tried, and none matched");
            writeln!(console.out(), "  no relation: {why}")?;
        }
        for relation in &sentence.relations {
            for line in relation_lines(relation, paint) {
                writeln!(console.out(), "{}", format!("  {line}").trim_end())?;
            }
        }
        // What rests on several sentences is shown with the first of them.
        for conclusion in &sentence.follows {
            if !shown.insert((&conclusion.source.id, &conclusion.relation, &conclusion.target.id, conclusion.modality))
            {
                continue;
            }
            writeln!(console.out())?;
            for line in inferred::lines(conclusion, paint) {
                writeln!(console.out(), "{}", format!("  {line}").trim_end())?;
            }
        }
    }
    Ok(())
}

fn relation_lines(relation: &Relation, paint: Paint) -> Vec<String> {
    let name = |end: &End| paint.green(&format!("{} [{}]", end.name, end.type_name));
    let arrow = paint.blue(&format!("--{}-->", relation.relation));
    let told = standing(relation.modality, relation.polarity);
    let told = match (relation.modality, relation.polarity) {
        (Modality::Asserted, Polarity::Positive) => told.to_owned(),
        (_, Polarity::Negative) => paint.red(told),
        _ => paint.yellow(told),
    };
    let mut lines =
        vec![String::new(), format!("{} {arrow} {}  {told}", name(&relation.source), name(&relation.target))];
    lines.push(format!(
        "  rule {} {}",
        paint.bold(&relation.rule),
        paint.faint(&format!("{}:{}", relation.file, relation.line))
    ));
    let (pattern, marks) = marked(relation);
    lines.push(format!("    {pattern}"));
    if !relation.parts.is_empty() {
        lines.push(format!("    {}", paint.blue(&marks)));
    }
    let parts: Vec<[String; 3]> = relation
        .parts
        .iter()
        .map(|part| [short(&part.part), part.matched.clone(), role_of(part, &relation.parts)])
        .collect();
    let width = |column: usize| parts.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let (first, second) = (width(0), width(1));
    for [part, matched, role] in &parts {
        let pad = |text: &str, width: usize| " ".repeat(width.saturating_sub(text.chars().count()));
        let (left, middle) = (pad(part, first), pad(matched, second));
        lines.push(format!("    {part}{left}  {}{middle}  {}", paint.green(matched), paint.faint(role)));
    }
    for end in [&relation.source, &relation.target] {
        if let Some((sentence, text)) = &end.named {
            lines.push(format!("    “{}” is {}, named in sentence {sentence} as “{text}”", end.text, end.name));
        }
    }
    for cue in &relation.cues {
        let read = cue.read_as.map_or_else(String::new, |read| format!(", which the rule reads as {read}"));
        lines.push(format!("    {}, for “{}”{read}", paint.yellow(cue.says), cue.word));
    }
    lines.push(paint.faint(&format!("    {}, confidence {}", relation.how, relation.confidence)));
    if !relation.kept {
        lines.push(paint.yellow("    left out of the graph: one of the two is nobody known"));
    }
    lines
}

/// Characters of a part of a pattern that are shown; alternatives can be many.
const WIDEST: usize = 40;

/// A part of a pattern, its middle alternatives left out where they are many.
fn short(part: &str) -> String {
    if part.chars().count() <= WIDEST {
        return part.to_owned();
    }
    match (part.split_once('|'), part.rsplit_once('|')) {
        (Some((first, _)), Some((_, last))) => format!("{}| … |{last}", first),
        _ => part.to_owned(),
    }
}

/// The pattern with long parts shortened, and marks under the parts that matched: by turns `^` and `-`, so that
/// neighbours are told apart.
fn marked(relation: &Relation) -> (String, String) {
    let mut spans: Vec<[u32; 2]> = relation.parts.iter().map(|part| part.span).collect();
    spans.sort();
    spans.dedup();
    let (mut line, mut marks, mut at) = (String::new(), String::new(), 0);
    let text = |from: usize, to: usize| relation.pattern.get(from..to).unwrap_or_default();
    for (number, [start, end]) in spans.into_iter().enumerate() {
        let (start, end) = (start as usize, end as usize);
        if start < at {
            continue;
        }
        let (between, part) = (text(at, start), short(text(start, end)));
        line.push_str(between);
        line.push_str(&part);
        marks.extend(between.chars().map(|_| ' '));
        marks.extend(part.chars().map(|_| if number % 2 == 0 { '^' } else { '-' }));
        at = end;
    }
    line.push_str(text(at, relation.pattern.len()));
    (line, marks)
}

/// What a part is to the rest, with the parts that it names shortened as well.
fn role_of(part: &Part, all: &[Part]) -> String {
    all.iter().fold(part.role.clone(), |role, other| role.replace(&other.part, &short(&other.part)))
}
