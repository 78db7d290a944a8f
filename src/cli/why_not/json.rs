//! Why not, as data for programs: the same that is shown to people.

use serde::Serialize;
use serde_json::Value;

use super::mend::{self, Gained, Mend};
use super::reasons::{case, remarks};
use super::{strangers, unread};
use crate::cli::Console;
use crate::cli::inferred::{Conclusion, Missed};
use crate::cli::summary::standing;
use crate::cli::target::{Target, line_of};
use crate::extract::{Again, Miss, Scratch, Statement, sentence_text};
use crate::rules::RuleSet;
use crate::source::Source;

/// The whole answer.
#[derive(Debug, Default, Serialize)]
pub(super) struct Answer {
    pub relation: String,
    /// Where the relation is after all.
    pub there: Vec<There>,
    /// The rule that came nearest, where none found it.
    pub nearest: Option<Nearest>,
    /// Why nothing was looked for in the sentence, where that is so.
    pub unread: Option<String>,
    /// What looks like a name in the sentence and is known to no list and no rule.
    pub unknown_names: Vec<String>,
    /// Where it follows after all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inferred: Vec<Conclusion>,
    /// What keeps its inference rules back.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_inferred: Vec<Missed>,
}

/// A sentence and where it stands.
#[derive(Debug, Serialize)]
pub(super) struct Place {
    pub doc: String,
    pub line: usize,
    pub sentence: u32,
    pub text: String,
}

/// A relation that is there.
#[derive(Debug, Serialize)]
pub(super) struct There {
    #[serde(flatten)]
    pub place: Place,
    pub source: String,
    pub target: String,
    /// Its modality, or `denied`.
    pub told: &'static str,
    pub rule: String,
}

/// The rule that came nearest.
#[derive(Debug, Serialize)]
pub(super) struct Nearest {
    #[serde(flatten)]
    pub place: Place,
    pub rule: String,
    pub file: String,
    pub rule_line: usize,
    pub pattern: String,
    /// Words of the sentence that stood in the way.
    pub words: Vec<Remark>,
    /// Parts of the pattern at which it stopped.
    pub parts: Vec<Remark>,
    pub notes: Vec<String>,
    /// The smallest change of the pattern that would mend it, where one is known.
    pub change: Option<Change>,
}

/// A remark about a stretch of text.
#[derive(Debug, Serialize)]
pub(super) struct Remark {
    pub text: String,
    pub remark: String,
}

/// A change of a pattern, tried.
#[derive(Debug, Serialize)]
pub(super) struct Change {
    pub pattern: String,
    /// Whether the relation is found with it.
    pub works: bool,
    /// Documents in which was looked for what else it finds.
    pub documents: usize,
    pub finds: Vec<Gained>,
}

fn place(again: &Again<'_>) -> Place {
    Place {
        doc: again.analysis.document.source.id.clone(),
        line: line_of(again.analysis, again.sentence),
        sentence: again.sentence,
        text: sentence_text(again.analysis, again.sentence).to_string(),
    }
}

/// A relation that is there after all.
pub(super) fn there(again: &Again<'_>, statement: &Statement) -> There {
    There {
        place: place(again),
        source: again.entity(statement.source.0).to_owned(),
        target: again.entity(statement.target.0).to_owned(),
        told: standing(statement.modality, statement.polarity),
        rule: again.rules.rules[statement.rule as usize].id.to_string(),
    }
}

/// What is said of a sentence by itself.
pub(super) fn reading(
    target: &Target,
    number: u32,
    rules: &RuleSet,
    scratch: &mut Scratch,
) -> (Option<String>, Vec<String>) {
    let names = Again::new(&target.analysis, rules, number, scratch).map(|again| strangers(&again)).unwrap_or_default();
    (unread(&target.analysis, number), names)
}

/// The rule that came nearest, and what would mend it.
pub(super) fn nearest(
    again: &Again<'_>,
    miss: &Miss,
    mend: Option<&Mend>,
    packs: &[String],
    corpus: Vec<Source>,
    scratch: &mut Scratch,
) -> Option<Nearest> {
    let case = case(again, miss)?;
    let said = remarks(again, miss, &case);
    let words = said.sentence.into_iter().map(|(unit, remark)| Remark { text: again.text(unit).to_owned(), remark });
    let parts = said.pattern.into_iter();
    let parts = parts.map(|(span, remark)| Remark { text: span.slice(&case.pattern.text).to_owned(), remark });
    let change = mend.and_then(|mend| {
        let tried = mend::try_out(mend, again, miss, packs, scratch)?;
        let documents = if tried.works() { corpus.len() } else { 0 };
        let finds =
            tried.rules.as_ref().filter(|_| tried.works()).map(|rules| mend::gained(corpus, again.rules, rules));
        Some(Change {
            pattern: tried.pattern.clone(),
            works: tried.works(),
            documents,
            finds: finds.unwrap_or_default(),
        })
    });
    Some(Nearest {
        place: place(again),
        rule: case.rule.id.to_string(),
        file: case.pattern.file.name.clone(),
        rule_line: case.pattern.line(),
        pattern: case.pattern.text.clone(),
        words: words.collect(),
        parts: parts.collect(),
        notes: said.notes,
        change,
    })
}

/// Prints the answer.
pub(super) fn write(answer: &Answer, console: &mut Console<'_>) -> anyhow::Result<()> {
    let value: Value = serde_json::to_value(answer)?;
    serde_json::to_writer_pretty(console.out(), &value).map_err(std::io::Error::from)?;
    console.out().write_all(b"\n")?;
    Ok(())
}
