//! The smallest change of a pattern that would let it match: worked out, tried, and held against a corpus.

use std::collections::BTreeSet;

use serde::Serialize;

use super::reasons::{case, slot_type};
use super::searched;
use crate::cli::Console;
use crate::cli::packs::layered;
use crate::cli::summary::counted;
use crate::extract::{Again, Miss, Scratch, analyse, lemma};
use crate::pattern::{AtomKind, FaultKind, Link, Way};
use crate::pipeline;
use crate::rules::{FileBytes, RuleSet, compile, gather};
use crate::source::{Source, Span};

/// New findings shown; the rest are counted.
const SHOWN: usize = 12;

/// Changes of a pattern, in the order of its text.
pub(super) struct Mend {
    /// Bytes of the pattern, and what to write there.
    pub changes: Vec<(Span, String)>,
}

/// The change that mends every fault of a miss; none where a change of the pattern cannot, or would say something else.
pub(super) fn propose(again: &Again<'_>, miss: &Miss) -> Option<Mend> {
    if miss.near.faults.is_empty() || !miss.blocks.is_empty() {
        return None;
    }
    let case = case(again, miss)?;
    let (clause, trace, text) = (&case.rule.clauses[miss.clause as usize], case.trace.as_ref()?, &case.pattern.text);
    case.pattern.body?;
    let mut changes: Vec<(Span, String)> = Vec::new();
    for fault in &miss.near.faults {
        let span = *trace.atoms.get(fault.atom)?;
        let (written, atom) = (span.slice(text), &clause.atoms[fault.atom]);
        changes.push(match fault.kind {
            FaultKind::Word(Some(unit)) => {
                let word = lemma(again.rules, again.text(unit), &again.syntax.units[unit].morph);
                if !word.chars().all(char::is_alphanumeric) {
                    return None;
                }
                // Where the word is there already, something else keeps it from matching.
                if bare(written).split('|').any(|branch| branch.trim().split('/').next() == Some(&*word)) {
                    return None;
                }
                (span, or(written, &word))
            }
            FaultKind::Filler(unit) => {
                let (_, type_name) = again.named(unit)?;
                (span, wider(again.rules, &atom.kind, written, &type_name)?)
            }
            FaultKind::Linked(unit, way) => {
                let before = trace.before(fault.atom);
                match (way, &atom.link, before) {
                    (Way::Oblique, Link::Oblique(_) | Link::ObliqueOrInfinitive(_), Some(at)) => {
                        (at, or(at.slice(text), &again.text(again.adposition(unit)?).to_lowercase()))
                    }
                    (Way::Oblique, Link::Object, _) => {
                        let word = again.text(again.adposition(unit)?).to_lowercase();
                        (Span::new(span.start, span.start), format!("({word})? "))
                    }
                    (Way::Object, Link::Oblique(_), Some(at)) => (at, format!("({})?", bare(at.slice(text)))),
                    _ => return None,
                }
            }
            FaultKind::Word(None) | FaultKind::Apart(_) | FaultKind::Nobody | FaultKind::Object(_) => return None,
        });
    }
    changes.sort();
    changes.dedup();
    let apart = changes.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start);
    apart.then_some(Mend { changes })
}

/// `x` → `(x | word)`; `(x | y)` → `(x | y | word)`.
fn or(written: &str, word: &str) -> String {
    format!("({} | {word})", bare(written))
}

fn bare(written: &str) -> &str {
    let inside = written.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    inside.filter(|inside| !inside.contains(['(', ')'])).unwrap_or(written)
}

/// A slot that takes another type as well: by the name of both together where there is one, else one or the other.
fn wider(rules: &RuleSet, kind: &AtomKind, written: &str, type_name: &str) -> Option<String> {
    let AtomKind::Slot { types, .. } = kind else { return None };
    let both = types.union(rules.types.mask(type_name));
    let old = slot_type(kind, written)?;
    let mut names: Vec<&String> =
        rules.types.masks().iter().filter(|(_, mask)| **mask == both).map(|(n, _)| n).collect();
    names.sort();
    let slot = |name: &str| written.replacen(&format!(":{old}"), &format!(":{name}"), 1);
    Some(match names.first() {
        Some(name) => slot(name),
        None => format!("({written} | {})", slot(type_name)),
    })
}

fn apply(mend: &Mend, text: &str) -> String {
    let mut out = text.to_owned();
    for (span, replacement) in mend.changes.iter().rev() {
        out.replace_range(span.start as usize..span.end as usize, replacement);
    }
    out
}

/// A change that was tried.
pub(super) struct Tried {
    /// The pattern with the change made.
    pub pattern: String,
    /// The rules with it; none where it would not compile.
    pub rules: Option<RuleSet>,
    /// Whether the rule matches now.
    matches: bool,
}

impl Tried {
    /// Whether the change mends what was missing.
    pub fn works(&self) -> bool {
        self.rules.is_some() && self.matches
    }
}

/// Makes the change and reads the sentence with it.
pub(super) fn try_out(
    mend: &Mend,
    again: &Again<'_>,
    miss: &Miss,
    packs: &[String],
    scratch: &mut Scratch,
) -> Option<Tried> {
    let case = case(again, miss)?;
    let pattern = apply(mend, &case.pattern.text);
    let rules = with_change(mend, &case.pattern.file.name, case.pattern, packs);
    let matches = rules.as_ref().is_some_and(|rules| {
        let tried = analyse(again.analysis.document.source.clone(), rules, scratch);
        tried
            .sentences
            .iter()
            .filter(|sentence| sentence.index == again.sentence)
            .flat_map(|sentence| &sentence.statements)
            .any(|statement| rules.rules[statement.rule as usize].id == case.rule.id)
    });
    Some(Tried { pattern, rules, matches })
}

/// Tries the change, says whether it helps, and shows what else it would find.
pub(super) fn write(
    mend: &Mend,
    again: &Again<'_>,
    miss: &Miss,
    packs: &[String],
    corpus: Vec<Source>,
    scratch: &mut Scratch,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let Some((case, tried)) = case(again, miss).zip(try_out(mend, again, miss, packs, scratch)) else { return Ok(()) };
    let (paint, id) = (console.paint, &case.rule.id);
    let Some(rules) = &tried.rules else {
        writeln!(console.out(), "the change was tried, and the pattern would not compile")?;
        return Ok(());
    };
    if !tried.works() {
        writeln!(console.out(), "with that alone {id} would still not match: more than one thing is in its way")?;
        return Ok(());
    }
    writeln!(console.out(), "tried: with {} {id} finds it", paint.green(&tried.pattern))?;
    if corpus.is_empty() {
        writeln!(console.out(), "{}", paint.faint("name a --corpus to see what else that would find"))?;
        return Ok(());
    }
    let count = corpus.len();
    let found = gained(corpus, again.rules, rules);
    writeln!(console.out(), "in {} it would newly find {}", searched(count), counted(found.len(), "relation"))?;
    for one in found.iter().take(SHOWN) {
        let (source, target) = (paint.green(&one.source), paint.green(&one.target));
        let place = paint.faint(&format!("{} [{}]:", one.doc, one.sentence));
        writeln!(console.out(), "  {source} --{}--> {target}  {place} {}", one.relation, one.quote)?;
    }
    if found.len() > SHOWN {
        writeln!(console.out(), "  and {} more", found.len() - SHOWN)?;
    }
    Ok(())
}

/// The rules with the change made, everything else as it is.
fn with_change(mend: &Mend, file: &str, pattern: &crate::rules::PatternSource, packs: &[String]) -> Option<RuleSet> {
    let (mut files, errors) = gather(&layered(packs));
    for pack in &mut files {
        let place = pack.place.clone();
        for (path, bytes) in &mut pack.files {
            if format!("{place}/{path}") == file {
                let mut text = String::from_utf8(bytes.bytes().to_vec()).ok()?;
                for (span, replacement) in mend.changes.iter().rev() {
                    let at = pattern.place(*span);
                    text.get(at.start as usize..at.end as usize)?;
                    text.replace_range(at.start as usize..at.end as usize, replacement);
                }
                *bytes = FileBytes::Owned(text.into_bytes());
            }
        }
    }
    compile(files, errors).rules
}

/// A relation that a change newly finds.
#[derive(Debug, Serialize)]
pub(super) struct Gained {
    pub source: String,
    pub relation: String,
    pub target: String,
    pub doc: String,
    pub sentence: u32,
    pub quote: String,
}

/// Relations of documents that the new rules find and the old ones do not.
pub(super) fn gained(corpus: Vec<Source>, old: &RuleSet, new: &RuleSet) -> Vec<Gained> {
    let before = pipeline::fragments(corpus.clone(), old, &|_| {});
    let after = pipeline::fragments(corpus, new, &|_| {});
    let mut found = Vec::new();
    for (before, after) in before.iter().zip(&after) {
        type Key<'a> = (&'a str, u32, [u32; 2], [u32; 2]);
        fn key(record: &crate::extract::RelationRecord) -> Key<'_> {
            let evidence = &record.evidence;
            (&record.relation, evidence.sentence, evidence.source_span, evidence.target_span)
        }
        let known: BTreeSet<Key<'_>> = before.relations.iter().map(key).collect();
        for record in after.relations.iter().filter(|record| !known.contains(&key(record))) {
            let name = |entity: u32| after.entities[entity as usize].name.clone();
            found.push(Gained {
                source: name(record.source),
                relation: record.relation.clone(),
                target: name(record.target),
                doc: after.document.id.clone(),
                sentence: record.evidence.sentence,
                quote: record.evidence.quote.split_whitespace().collect::<Vec<_>>().join(" "),
            });
        }
    }
    found
}
