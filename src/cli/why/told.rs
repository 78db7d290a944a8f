//! How each relation of a sentence came about, as plain data.

use serde::Serialize;

use crate::cli::inferred::Conclusion;
use crate::cli::target::line_of;
use crate::extract::{
    Again, Analysis, Fragment, Modality, Polarity, Scratch, SentenceAnalysis, Statement, fragment, sentence_text,
};
use crate::pattern::{AtomKind, Link, WordSet, parse, trace};
use crate::rules::{PartReading, RuleSet, Status};
use crate::source::{CodePoints, Span};

/// A sentence.
#[derive(Debug, Serialize)]
pub(super) struct Sentence {
    pub doc: String,
    pub line: usize,
    pub sentence: u32,
    pub text: String,
    /// Why nothing was looked for, where that is so.
    pub unread: Option<String>,
    pub relations: Vec<Relation>,
    /// What follows from them.
    pub follows: Vec<Conclusion>,
}

/// A relation and how it was found.
#[derive(Debug, Serialize)]
pub(super) struct Relation {
    pub relation: String,
    pub source: End,
    pub target: End,
    pub modality: Modality,
    pub polarity: Polarity,
    /// The words that made it so.
    pub cues: Vec<Cue>,
    pub rule: String,
    pub file: String,
    pub line: usize,
    pub pattern: String,
    /// The pattern's parts with what they matched, in the order of the pattern.
    pub parts: Vec<Part>,
    /// Whether by grammar; on the surface otherwise.
    pub grammatical: bool,
    /// The same in words.
    #[serde(skip)]
    pub how: &'static str,
    pub confidence: f64,
    /// Whether it went into the graph.
    pub kept: bool,
}

/// One end of a relation.
#[derive(Debug, Serialize)]
pub(super) struct End {
    pub name: String,
    #[serde(rename = "type")]
    pub type_name: String,
    /// The words that stand for it here.
    pub text: String,
    /// Where it is named, if not here: number of the sentence, and the words.
    pub named: Option<(u32, String)>,
}

/// A word that says how a statement is to be taken.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Cue {
    pub word: String,
    pub says: &'static str,
    /// What the rule makes of that, where it reads it otherwise.
    pub read_as: Option<&'static str>,
}

/// A part of a pattern.
#[derive(Debug, Serialize)]
pub(super) struct Part {
    /// Bytes of the pattern.
    pub span: [u32; 2],
    /// As written.
    pub part: String,
    /// What it matched.
    pub matched: String,
    /// What it is to the rest.
    pub role: String,
}

/// The sentences of these numbers.
pub(super) fn sentences(analysis: &Analysis, rules: &RuleSet, numbers: &[u32], scratch: &mut Scratch) -> Vec<Sentence> {
    let points = CodePoints::new(analysis.document.text());
    let fragment = fragment(analysis, rules);
    let teller = Teller { analysis, rules, points, fragment };
    numbers.iter().map(|number| teller.sentence(*number, scratch)).collect()
}

/// Why a sentence is not looked at, where that is so.
pub(in crate::cli) fn unread(analysis: &Analysis, number: u32) -> Option<String> {
    let document = &analysis.document;
    let sentence = document.sentences.get(number as usize)?;
    let kind = document.kind(sentence);
    if !kind.is_content() {
        return Some(format!("it stands in a part that is not read: {}", kind.name()));
    }
    let mentions = analysis.mentions.iter().take(analysis.outer).filter(|m| m.sentence == number).count();
    if mentions < 2 {
        return Some(match mentions {
            0 => "nobody known stands in it".to_owned(),
            _ => "only one known name or description stands in it, and a relation takes two".to_owned(),
        });
    }
    let read = analysis.sentences.iter().any(|read| read.index == number && !read.units.is_empty());
    (!read).then(|| "no rule has all of its words in it".to_owned())
}

struct Teller<'a> {
    analysis: &'a Analysis,
    rules: &'a RuleSet,
    points: CodePoints,
    fragment: Fragment,
}

impl Teller<'_> {
    fn sentence(&self, number: u32, scratch: &mut Scratch) -> Sentence {
        let analysis = self.analysis;
        let found = analysis.sentences.iter().find(|sentence| sentence.index == number);
        let again = found
            .filter(|sentence| !sentence.statements.is_empty())
            .and_then(|_| Again::new(analysis, self.rules, number, scratch));
        let relations = found
            .zip(again)
            .map(|(found, again)| found.statements.iter().map(|s| self.relation(found, s, &again)).collect())
            .unwrap_or_default();
        Sentence {
            doc: analysis.document.source.id.clone(),
            line: line_of(analysis, number),
            sentence: number,
            text: sentence_text(analysis, number).to_string(),
            unread: unread(analysis, number),
            relations,
            follows: Vec::new(),
        }
    }

    fn relation(&self, sentence: &SentenceAnalysis, statement: &Statement, again: &Again<'_>) -> Relation {
        let rule = &self.rules.rules[statement.rule as usize];
        let pattern = rule.pattern_of(statement.clause);
        let mut cues = Vec::new();
        for (unit, status) in again.cues(statement) {
            let name = |status| Status::NAMED.iter().find(|(_, known)| *known == status).map_or("", |(name, _)| name);
            let read_as = rule.reading.iter().find(|(from, _)| *from == status).map(|(_, to)| name(*to));
            let cue = Cue { word: again.text(unit).to_owned(), says: name(status), read_as };
            if !cues.contains(&cue) {
                cues.push(cue);
            }
        }
        let (written, parts) = match (pattern, &rule.reads) {
            (Some(pattern), _) => (pattern.text.clone(), self.parts(&pattern.text, statement, again)),
            (None, Some(reads)) => self.name_parts(reads, statement),
            (None, None) => (String::new(), Vec::new()),
        };
        Relation {
            relation: self.rules.relations[statement.relation as usize].name.clone(),
            source: self.end(statement.source),
            target: self.end(statement.target),
            modality: statement.modality,
            polarity: statement.polarity,
            cues,
            rule: rule.id.to_string(),
            file: rule.file.name.clone(),
            line: pattern.map_or_else(|| rule.file.line_of(rule.span.start), crate::rules::PatternSource::line),
            pattern: written,
            parts,
            grammatical: statement.grammatical,
            how: match (&rule.reads, statement.grammatical) {
                (Some(_), _) => "read off the name",
                (None, true) => "by grammar",
                (None, false) => "on the surface, as the grammar gave nothing",
            },
            confidence: (statement.confidence * 100.0).round() / 100.0,
            kept: self.kept(sentence, statement),
        }
    }

    /// A rule that reads the parts of names, as if it were a pattern: the name, and the part of it that is the target.
    fn name_parts(&self, reads: &PartReading, statement: &Statement) -> (String, Vec<Part>) {
        let roles = format!("({})", reads.roles.join(" | "));
        let written = format!("{} {roles}", reads.of_name);
        let (middle, end) = (reads.of_name.len() as u32, written.len() as u32);
        let part = |span, part: &str, mention, role: String| Part {
            span,
            part: part.to_owned(),
            matched: self.text(mention),
            role,
        };
        let name = part([0, middle], &reads.of_name, statement.source.1, "the name".to_owned());
        let inside = part([middle + 1, end], &roles, statement.target.1, "a part of it".to_owned());
        (written, vec![name, inside])
    }

    fn parts(&self, pattern: &str, statement: &Statement, again: &Again<'_>) -> Vec<Part> {
        let rule = &self.rules.rules[statement.rule as usize];
        let clause = &rule.clauses[statement.clause as usize];
        let traced = parse(pattern).ok().and_then(|ast| trace(&ast, clause, &self.rules.lexis, &self.rules.function));
        let Some(traced) = traced else { return Vec::new() };
        let name = |atom: usize| match &clause.atoms[atom].kind {
            AtomKind::Slot { role, .. } => format!("{{{role}}}"),
            AtomKind::Word { .. } => traced.atoms[atom].slice(pattern).to_owned(),
        };
        // The word of the sentence; where it stands elsewhere (coordination), the first of the pattern.
        let adposition = |unit: Option<usize>, set: &WordSet| match unit.and_then(|unit| again.adposition(unit)) {
            Some(unit) => again.text(unit).to_owned(),
            None => set.iter().next().map_or_else(String::new, |word| self.rules.lexis.word(word).to_owned()),
        };
        let unit_of = |mention: u32| again.syntax.units.iter().position(|unit| unit.mention == Some(mention));
        let mut words = statement.words.iter();
        let mut parts = Vec::new();
        for (atom, span) in clause.atoms.iter().zip(&traced.atoms) {
            let (matched, unit) = match &atom.kind {
                AtomKind::Word { .. } => {
                    let unit = words.next().copied();
                    (unit.map(|unit| again.text(unit).to_owned()), unit)
                }
                AtomKind::Slot { role, .. } if **role == *rule.source => {
                    (Some(self.text(statement.source.1)), unit_of(statement.source.1))
                }
                AtomKind::Slot { role, .. } if **role == *rule.target => {
                    (Some(self.text(statement.target.1)), unit_of(statement.target.1))
                }
                AtomKind::Slot { .. } => (None, None),
            };
            let anchor = atom.anchors.first().map_or_else(String::new, |anchor| name(usize::from(*anchor)));
            let role = match &atom.link {
                Link::Head if clause.verbal => "the predicate".to_owned(),
                Link::Head => "the noun".to_owned(),
                Link::Subject => format!("subject of {anchor}"),
                Link::Object => format!("object of {anchor}"),
                Link::Oblique(set) | Link::ObliqueOrInfinitive(set) => {
                    format!("after “{}” on {anchor}", adposition(unit, set))
                }
                Link::ClauseSubject => format!("subject of the clause after {anchor}"),
                Link::Dependent => format!("hangs on {anchor}"),
                Link::Owner => format!("owner of {anchor}"),
                Link::Conjunct => format!("joined to {anchor}"),
            };
            if let Some(matched) = matched {
                let part = span.slice(pattern).to_owned();
                parts.push(Part { span: [span.start, span.end], part, matched, role });
            }
        }
        parts
    }

    fn text(&self, mention: u32) -> String {
        let mention = &self.analysis.mentions[mention as usize];
        let span = self.analysis.document.span(mention.start..mention.end);
        span.slice(self.analysis.document.text()).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn end(&self, (entity, mention): (u32, u32)) -> End {
        let discourse = &self.analysis.discourse;
        let entity = &discourse.entities[discourse.root(entity) as usize];
        let here = &self.analysis.mentions[mention as usize];
        let named = entity
            .mentions
            .iter()
            .find(|other| {
                let other = &self.analysis.mentions[**other as usize];
                !other.pronoun && !other.nominal
            })
            .filter(|other| (here.pronoun || here.nominal) && **other != mention)
            .map(|other| (self.analysis.mentions[*other as usize].sentence, self.text(*other)));
        End {
            name: entity.name.clone(),
            type_name: self.rules.types.get(entity.type_id).name.clone(),
            text: self.text(mention),
            named,
        }
    }

    fn kept(&self, sentence: &SentenceAnalysis, statement: &Statement) -> bool {
        let document = &self.analysis.document;
        let at = |mention: u32| {
            let mention = &self.analysis.mentions[mention as usize];
            let span: Span = document.span(mention.start..mention.end);
            [self.points.offset(document.text(), span.start), self.points.offset(document.text(), span.end)]
        };
        let spans = (at(statement.source.1), at(statement.target.1));
        let rule = &*self.rules.rules[statement.rule as usize].id;
        self.fragment.relations.iter().map(|record| &record.evidence).any(|evidence| {
            evidence.sentence == sentence.index
                && evidence.rule == rule
                && (evidence.source_span, evidence.target_span) == spans
        })
    }
}
