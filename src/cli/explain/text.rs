//! What was seen, laid out for a person.

use std::collections::BTreeMap;

use super::seen::{Document, Entity, Named, Related, Sentence, Word};
use crate::cli::console::Paint;
use crate::cli::summary::standing;
use crate::cli::{Console, inferred};
use crate::extract::{Modality, Polarity};

/// Characters of a word that a column shows; names can be long.
const WIDEST: usize = 44;

/// Writes a document, a sentence at a time.
pub(super) fn write(document: &Document, brief: bool, console: &mut Console<'_>) -> anyhow::Result<()> {
    let paint = console.paint;
    let date = document.date.as_ref().map_or_else(String::new, |date| format!(", published {date}"));
    writeln!(console.out(), "{}{date}", paint.bold(&document.id))?;
    for sentence in &document.sentences {
        write_sentence(sentence, brief, console)?;
    }
    if !document.follows.is_empty() {
        writeln!(console.out(), "\n{}", paint.bold("what follows"))?;
        for conclusion in &document.follows {
            writeln!(console.out())?;
            for line in inferred::lines(conclusion, paint) {
                writeln!(console.out(), "  {line}")?;
            }
        }
    }
    Ok(())
}

fn write_sentence(sentence: &Sentence, brief: bool, console: &mut Console<'_>) -> anyhow::Result<()> {
    let paint = console.paint;
    let number = paint.bold(&format!("[{}]", sentence.number));
    if !sentence.content {
        let kind = paint.faint(&format!("{}, not read:", sentence.kind));
        writeln!(console.out(), "\n{number} {kind} {}", paint.faint(&sentence.text))?;
        return Ok(());
    }
    let kind = if sentence.kind == "body" { String::new() } else { paint.faint(&format!("{}: ", sentence.kind)) };
    writeln!(console.out(), "\n{number} {kind}{}", paint.bold(&sentence.text))?;
    if !brief {
        if !sentence.parsed {
            let why = "not parsed: no rule's word beside two mentions";
            writeln!(console.out(), "\n  {}", paint.faint(why))?;
        }
        columns(&words(&sentence.words), "  ", console)?;
    }
    section("mentions", &sentence.mentions.iter().map(|m| mention(m, paint)).collect::<Vec<_>>(), console)?;
    let dates: Vec<_> = sentence.dates.iter().map(|d| vec![cell(&d.text), cell(&d.date)]).collect();
    section("dates", &dates, console)?;
    if !sentence.relations.is_empty() {
        writeln!(console.out(), "\n  {}", paint.faint("relations"))?;
        for relation in &sentence.relations {
            for line in related(relation, paint) {
                writeln!(console.out(), "    {line}")?;
            }
        }
    }
    Ok(())
}

/// A cell: what it shows, and how wide that is.
type Cell = (String, usize);

fn cell(text: &str) -> Cell {
    (text.to_owned(), text.chars().count())
}

fn painted(text: &str, paint: impl Fn(&str) -> String) -> Cell {
    (paint(text), text.chars().count())
}

fn section(heading: &str, rows: &[Vec<Cell>], console: &mut Console<'_>) -> anyhow::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let heading = console.paint.faint(heading);
    writeln!(console.out(), "\n  {heading}")?;
    rows_of(rows, "    ", console)
}

fn columns(rows: &[Vec<Cell>], indent: &str, console: &mut Console<'_>) -> anyhow::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(console.out())?;
    rows_of(rows, indent, console)
}

fn rows_of(rows: &[Vec<Cell>], indent: &str, console: &mut Console<'_>) -> anyhow::Result<()> {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows {
        for (column, (_, width)) in row.iter().enumerate() {
            if column == widths.len() {
                widths.push(0);
            }
            widths[column] = widths[column].max(*width);
        }
    }
    for row in rows {
        let mut line = indent.to_owned();
        for (column, (text, width)) in row.iter().enumerate() {
            line.push_str(text);
            if column + 1 < row.len() {
                line.extend(std::iter::repeat_n(' ', widths[column] - width + 2));
            }
        }
        writeln!(console.out(), "{}", line.trim_end())?;
    }
    Ok(())
}

/// Number, word, tag, and the arc with the word that it hangs on.
fn words(words: &[Word]) -> Vec<Vec<Cell>> {
    let row = |(index, word): (usize, &Word)| {
        let arc = match (word.arc, word.head) {
            (Some(_), Some(0)) => "root".to_owned(),
            (Some(arc), Some(head)) => {
                let of = words.get(usize::from(head) - 1).map_or("", |word| word.text.as_str());
                format!("{arc} of {head} {}", cut(of))
            }
            _ => String::new(),
        };
        vec![cell(&format!("{:>3}", index + 1)), cell(&cut(&word.text)), cell(&word.tag), cell(&arc)]
    };
    words.iter().enumerate().map(row).collect()
}

fn cut(text: &str) -> String {
    if text.chars().count() <= WIDEST {
        return text.to_owned();
    }
    text.chars().take(WIDEST - 1).chain(['…']).collect()
}

fn mention(mention: &Named, paint: Paint) -> Vec<Cell> {
    let who = match mention.stands_for.as_slice() {
        [] => "nobody known".to_owned(),
        all => all.iter().map(name).collect::<Vec<_>>().join(" + "),
    };
    let unknown = mention.stands_for.is_empty();
    // Attributes of whom it stands for hold everything that this mention says, and what others said before.
    let attributes = match mention.stands_for.as_slice() {
        [one] => list(&one.attributes),
        _ => list(&mention.attributes),
    };
    vec![
        painted(&cut(&mention.text), |text| paint.green(text)),
        cell(mention.how),
        // What a pronoun may stand for depends on the word; who it stands for follows.
        cell(if mention.how == "pronoun" { "" } else { &mention.type_name }),
        painted(&mention.rule, |text| paint.faint(text)),
        painted(&format!("= {who}"), |text| if unknown { paint.yellow(text) } else { text.to_owned() }),
        painted(&attributes, |text| paint.faint(text)),
    ]
}

fn name(entity: &Entity) -> String {
    format!("{} [{}]", entity.name, entity.type_name)
}

fn list(attributes: &BTreeMap<String, String>) -> String {
    attributes
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}: {value}"))
        .collect::<Vec<_>>()
        .join(", ")
}

fn related(relation: &Related, paint: Paint) -> Vec<String> {
    let told = standing(relation.modality, relation.polarity);
    let told = match (relation.modality, relation.polarity) {
        (Modality::Asserted, Polarity::Positive) => told.to_owned(),
        (_, Polarity::Negative) => paint.red(told),
        _ => paint.yellow(told),
    };
    let mut first = format!(
        "{} {} {}  {told}",
        paint.green(&name(&relation.source)),
        paint.blue(&format!("--{}-->", relation.relation)),
        paint.green(&name(&relation.target))
    );
    if !relation.speakers.is_empty() {
        first.push_str(&format!(", says {}", relation.speakers.join(", ")));
    }
    if !relation.kept {
        first.push_str(&paint.yellow(", left out of the graph: one of the two is nobody known"));
    }
    let how = if relation.by == "name" { "off the name".to_owned() } else { format!("by {}", relation.by) };
    let mut second = format!("    rule {} {how}, confidence {}", relation.rule, relation.confidence);
    let attributes = list(&relation.attributes);
    if !attributes.is_empty() {
        second.push_str(&format!("; {attributes}"));
    }
    vec![first, paint.faint(&second), paint.faint(&format!("    matched {}", relation.matched))]
}
