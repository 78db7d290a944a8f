//! Figures and findings, laid out for a person.

use crate::cli::Console;
use crate::cli::summary::counted;
use crate::compare::{Figure, Finding, Kind, Row, Scores};

/// Writes the figures, and below them what was missed and what is wrong.
pub(super) fn write(scores: &Scores, gold: &str, brief: bool, console: &mut Console<'_>) -> anyhow::Result<()> {
    if !brief {
        findings(&scores.findings, console)?;
    }
    let paint = console.paint;
    let heading = format!("{} of {gold}", counted(scores.documents, "document"));
    writeln!(console.out(), "{}", paint.bold(&heading))?;
    let widest = scores.names().chain(["denied but told as a fact"]).map(|name| name.chars().count()).max();
    let width = widest.unwrap_or_default();
    let head = format!(
        "{:width$} {:>6} {:>6} {:>6}  {:<19} {:<19} {:<19}",
        "", "found", "missed", "wrong", "precision", "recall", "F1"
    );
    writeln!(console.out(), "{}", paint.faint(head.trim_end()))?;
    for (name, rows) in [("entities", &scores.entities), ("relations", &scores.relations)] {
        let (last, parts) = rows.split_last().map_or((None, &[][..]), |(last, parts)| (Some(last), parts));
        for row in parts {
            writeln!(console.out(), "{}", line(&format!("  {}", row.name), row, width))?;
        }
        if let Some(row) = last {
            writeln!(console.out(), "{}", paint.bold(&line(name, row, width)))?;
        }
    }
    writeln!(console.out(), "{}", paint.bold(&line("overall", &scores.overall, width)))?;
    writeln!(console.out())?;
    let mut says = |name: &str, what: String| writeln!(console.out(), "{name:width$}  {what}");
    for row in &scores.attributes {
        let stated = row.right + row.wrong + row.missing;
        says(&row.name, format!("right {} of {stated}, wrong {}, missing {}", row.right, row.wrong, row.missing))?;
    }
    let (right, stated) = scores.told_otherwise;
    if stated > 0 {
        says("told otherwise", format!("right {right} of {stated}"))?;
    }
    says("denied but told as a fact", scores.denied_but_asserted.to_string())?;
    let (right, stated) = scores.identity;
    if stated > 0 {
        says("identity", format!("right {right} of {stated}"))?;
    }
    if scores.not_judged > 0 {
        says("not judged", counted(scores.not_judged, "relation"))?;
    }
    Ok(())
}

fn line(name: &str, row: &Row, width: usize) -> String {
    let figure = |figure: Option<Figure>| match figure {
        Some(Figure { value, interval: Some([low, high]) }) => format!("{value:.3} {low:.3}–{high:.3}"),
        Some(Figure { value, interval: None }) => format!("{value:.3}"),
        None => String::from("–"),
    };
    let counts = row.counts;
    let line = format!(
        "{name:width$} {:>6} {:>6} {:>6}  {:<19} {:<19} {:<19}",
        counts.found,
        counts.missed,
        counts.wrong,
        figure(row.precision),
        figure(row.recall),
        figure(row.f1)
    );
    line.trim_end().to_owned()
}

fn findings(findings: &[Finding], console: &mut Console<'_>) -> anyhow::Result<()> {
    let paint = console.paint;
    let mut document = "";
    for finding in findings {
        if finding.document != document {
            document = &finding.document;
            let shown = if document.is_empty() { "all documents" } else { document };
            writeln!(console.out(), "{}", paint.bold(shown))?;
        }
        let said = match finding.kind {
            Kind::Asserted => paint.red(&format!("! {}", finding.statement)),
            Kind::Missed => paint.red(&format!("- {}", finding.statement)),
            Kind::Wrong => paint.yellow(&format!("+ {}", finding.statement)),
            Kind::Attribute => paint.yellow(&format!("~ {}", finding.statement)),
            Kind::Identity => paint.yellow(&format!("= {}", finding.statement)),
        };
        let line = finding.line.map(|line| format!("  line {line}")).unwrap_or_default();
        writeln!(console.out(), "  {said}{}", paint.faint(&line))?;
        if let Some(instead) = &finding.instead {
            writeln!(console.out(), "      {instead}")?;
        }
        if let Some(sentence) = &finding.sentence {
            writeln!(console.out(), "      {}", paint.faint(&format!("“{sentence}”")))?;
        }
        if !finding.rules.is_empty() {
            writeln!(console.out(), "      by {}", paint.green(&finding.rules.join(", ")))?;
        }
    }
    if !findings.is_empty() {
        writeln!(console.out())?;
    }
    Ok(())
}
