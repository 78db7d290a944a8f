//! What kept a rule back, in words, under the sentence and under the pattern.

use std::sync::Arc;

use super::mend::Mend;
use crate::cli::Console;
use crate::diagnostic::{Diagnostic, Severity, SourceFile, render};
use crate::extract::{Again, Block, Miss, lemma};
use crate::pattern::{AtomKind, FaultKind, Link, Trace, Way, parse, trace};
use crate::rules::{PatternSource, Rule, Status};
use crate::source::Span;

/// A remark, under the sentence or under the pattern.
pub(super) struct Remarks {
    /// Under units of the sentence.
    pub sentence: Vec<(usize, String)>,
    /// Under bytes of the pattern.
    pub pattern: Vec<(Span, String)>,
    /// Neither here nor there.
    pub notes: Vec<String>,
}

/// The parts of a miss that everything else needs.
pub(super) struct Case<'a> {
    pub rule: &'a Rule,
    pub pattern: &'a PatternSource,
    pub trace: Option<Trace>,
}

/// The rule, its pattern, and where its atoms stand in it.
pub(super) fn case<'a>(again: &Again<'a>, miss: &Miss) -> Option<Case<'a>> {
    let rule = &again.rules.rules[miss.rule as usize];
    let pattern = rule.pattern_of(miss.clause)?;
    let clause = &rule.clauses[miss.clause as usize];
    let trace =
        parse(&pattern.text).ok().and_then(|ast| trace(&ast, clause, &again.rules.lexis, &again.rules.function));
    Some(Case { rule, pattern, trace })
}

/// Shows the rule that came nearest, and where it stopped.
pub(super) fn write(
    again: &Again<'_>,
    miss: &Miss,
    mend: Option<&Mend>,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let Some(case) = case(again, miss) else { return Ok(()) };
    let remarks = remarks(again, miss, &case);
    let document = &again.analysis.document;
    let relation = &again.rules.relations[case.rule.relation as usize].name;
    let sentence = document.sentences[again.sentence as usize].span;
    let mut first = Diagnostic::new(
        Severity::Note,
        "",
        format!("no {relation} here; the rule that comes nearest is {}", case.rule.id),
    )
    .in_file(Arc::new(SourceFile::new(document.source.id.clone(), document.text())));
    for (unit, remark) in &remarks.sentence {
        let unit = &again.syntax.units[*unit];
        first = first.label(document.span(unit.start..unit.end), remark.clone());
    }
    if first.labels.is_empty() {
        first = first.label(sentence, "");
    }
    let mut second =
        Diagnostic::new(Severity::Note, "", "it stopped in this pattern").in_file(case.pattern.file.clone());
    if remarks.pattern.is_empty() {
        second.title = "its pattern matches".to_owned();
        second = second.label(case.pattern.span, "");
    }
    for (span, remark) in &remarks.pattern {
        second = second.label(case.pattern.place(*span), remark.clone());
    }
    for note in &remarks.notes {
        second = second.note(note.clone());
    }
    if let Some(mend) = mend {
        second = second.help("change the pattern to");
        for (span, replacement) in &mend.changes {
            second = second.patch(case.pattern.place(*span), replacement.clone());
        }
    }
    let colour = console.paint.0;
    write!(console.out(), "{}{}", render(&[first], colour), render(&[second], colour))?;
    Ok(())
}

pub(super) fn remarks(again: &Again<'_>, miss: &Miss, case: &Case<'_>) -> Remarks {
    let clause = &case.rule.clauses[miss.clause as usize];
    let whole = Span::new(0, case.pattern.text.len() as u32);
    let span = |atom: usize| case.trace.as_ref().and_then(|t| t.atoms.get(atom).copied()).unwrap_or(whole);
    let written = |atom: usize| span(atom).slice(&case.pattern.text).to_owned();
    let mut out = Remarks { sentence: Vec::new(), pattern: Vec::new(), notes: Vec::new() };
    for fault in &miss.near.faults {
        let (atom, anchor) = (fault.atom, clause.atoms[fault.atom].anchors.first().map(|anchor| usize::from(*anchor)));
        let of = anchor.map_or_else(String::new, |anchor| match miss.near.places[anchor] {
            Some(unit) => format!(" of “{}”", again.text(unit)),
            None => String::new(),
        });
        match fault.kind {
            FaultKind::Word(found) => {
                if let Some(unit) = found {
                    let word = again.text(unit);
                    let base = lemma(again.rules, word, &again.syntax.units[unit].morph);
                    let form =
                        if base == word.to_lowercase() { String::new() } else { format!(", a form of “{base}”,") };
                    out.sentence
                        .push((unit, format!("“{word}”{form} stands where the pattern wants {}", written(atom))));
                }
                out.pattern.push((span(atom), "no form of this stands there".to_owned()));
            }
            FaultKind::Filler(unit) => {
                out.sentence.push((
                    unit,
                    match again.named(unit) {
                        Some((name, type_name)) => format!("this is {name}, a {type_name}"),
                        None => "no known name or description".to_owned(),
                    },
                ));
                out.pattern.push((span(atom), format!("wanted: {}", role(&clause.atoms[atom].link, atom, case, &of))));
            }
            FaultKind::Linked(unit, way) => {
                out.sentence.push((
                    unit,
                    match way {
                        Way::Subject => format!("this is the subject{of}"),
                        Way::Object => format!("this is the object{of}"),
                        Way::Oblique => match again.adposition(unit) {
                            Some(word) => format!("this stands after “{}”", again.text(word)),
                            None => format!("this hangs otherwise on the rest{of}"),
                        },
                    },
                ));
                let at = case.trace.as_ref().and_then(|t| t.before(atom)).unwrap_or(span(atom));
                out.pattern.push((at, format!("wanted: {}", role(&clause.atoms[atom].link, atom, case, &of))));
            }
            FaultKind::Apart(unit) => {
                out.sentence.push((
                    unit,
                    format!(
                        "this stands in another part of the sentence, not as {}",
                        role(&clause.atoms[atom].link, atom, case, &of)
                    ),
                ));
                out.pattern.push((span(atom), "stopped here".to_owned()));
            }
            FaultKind::Nobody => {
                let wanted = role(&clause.atoms[atom].link, atom, case, &of);
                out.pattern.push((span(atom), format!("nobody in the sentence can be this: {wanted}")));
            }
            FaultKind::Object(found) => {
                if let Some(unit) = found {
                    out.sentence.push((unit, "an object, of which the pattern says nothing".to_owned()));
                }
                out.pattern.push((span(atom), "a verb without an object or companion is wanted".to_owned()));
            }
        }
    }
    for block in &miss.blocks {
        blocked(again, case, block, &mut out);
    }
    out
}

fn blocked(again: &Again<'_>, case: &Case<'_>, block: &Block, out: &mut Remarks) {
    let name = |wanted: Status| Status::NAMED.iter().find(|(_, s)| *s == wanted).map_or("", |(name, _)| *name);
    let relation = &again.rules.relations[case.rule.relation as usize];
    match block {
        Block::Unless(unit) => {
            out.sentence.push((*unit, "`unless` of the rule excludes this word".to_owned()));
            out.notes.push(format!("take “{}” out of `unless` to let the rule match", again.text(*unit)));
        }
        Block::Only(status, cues) => {
            for unit in cues {
                out.sentence.push((*unit, format!("for this word the statement is {}", name(*status))));
            }
            let wanted: Vec<&str> = case.rule.only.iter().map(|status| name(*status)).collect();
            out.notes.push(format!(
                "the statement is {}, and the rule takes only what is {}: see `only`",
                name(*status),
                wanted.join(", ")
            ));
        }
        Block::AsWritten => out.notes.push(
            "the rule takes only the voice and order it is written in: `voice = \"as-written\"` says so".to_owned(),
        ),
        Block::Between { source } => {
            let ends = relation.between_names.clone().unwrap_or_default();
            let (end, wanted) = if *source { ("source", ends.0) } else { ("target", ends.1) };
            out.notes.push(format!("{} takes a {wanted} for its {end}: see `between`", relation.name));
        }
        Block::Same => out.notes.push("both ends are one and the same".to_owned()),
        Block::Outranked(rule) => {
            let other = &again.rules.rules[*rule as usize];
            out.notes.push(format!("the rule matches, but another reading of the same words stands: {}", other.id));
            if other.outranks(case.rule) {
                out.notes.push(format!("with `priority = {}` it would stand beside that one", other.priority));
            }
        }
    }
}

/// What an atom is to the rest, as the pattern writes it.
fn role(link: &Link, atom: usize, case: &Case<'_>, of: &str) -> String {
    let Some(trace) = &case.trace else { return "this".to_owned() };
    let written = trace.atoms.get(atom).map_or("", |span| span.slice(&case.pattern.text));
    let adposition = trace.before(atom).map_or("", |span| span.slice(&case.pattern.text));
    match link {
        Link::Head => written.to_owned(),
        Link::Subject => format!("{written}, the subject{of}"),
        Link::Object => format!("{written}, the object{of}"),
        Link::Oblique(_) | Link::ObliqueOrInfinitive(_) => format!("{written} after “{adposition}”"),
        Link::ClauseSubject => format!("{written}, the subject of a clause after the rest"),
        Link::Dependent => format!("{written}, hanging on the rest"),
        Link::Owner => format!("{written}, the owner{of}"),
        Link::Conjunct => format!("{written}, joined to another"),
    }
}

/// The word that a slot of a pattern asks for, where it is one: `Actor` of `{a:Actor}`.
pub(super) fn slot_type(kind: &AtomKind, written: &str) -> Option<String> {
    match kind {
        AtomKind::Slot { .. } => {
            let inside = written.strip_prefix('{')?.strip_suffix('}')?;
            Some(inside.rsplit_once(':').map_or(inside, |(_, name)| name).trim().to_owned())
        }
        AtomKind::Word { .. } => None,
    }
}
