//! What was seen in a document, as plain data.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::cli::inferred::{Conclusion, conclusions};
use crate::extract::{Analysis, Fragment, Mention, RelationRecord, SentenceAnalysis, Statement, Unit, fragment};
use crate::language::Morph;
use crate::pipeline;
use crate::rules::RuleSet;
use crate::source::CodePoints;

/// A document.
#[derive(Debug, Serialize)]
pub(super) struct Document {
    pub id: String,
    pub date: Option<String>,
    pub sentences: Vec<Sentence>,
    /// What follows from its relations.
    pub follows: Vec<Conclusion>,
}

/// A sentence of it.
#[derive(Debug, Serialize)]
pub(super) struct Sentence {
    pub number: u32,
    /// Headline, body, boilerplate…
    pub kind: &'static str,
    pub text: String,
    /// Whether statements are looked for in it at all.
    pub content: bool,
    /// Whether it was parsed: it holds a word of some rule, and two mentions.
    pub parsed: bool,
    pub words: Vec<Word>,
    pub mentions: Vec<Named>,
    pub dates: Vec<Dated>,
    pub relations: Vec<Related>,
}

/// A word, or a name that is read as one.
#[derive(Debug, Serialize)]
pub(super) struct Word {
    pub text: String,
    pub tag: String,
    /// The arc that it hangs on.
    pub arc: Option<&'static str>,
    /// The word it hangs on, by number from 1; 0 is the root.
    pub head: Option<u16>,
}

/// A mention and who it stands for.
#[derive(Debug, Serialize)]
pub(super) struct Named {
    pub text: String,
    /// Named, described, pronoun; or within another mention.
    pub how: &'static str,
    #[serde(rename = "type")]
    pub type_name: String,
    pub rule: String,
    pub attributes: BTreeMap<String, String>,
    pub stands_for: Vec<Entity>,
}

/// Who somebody is in the document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Entity {
    pub name: String,
    #[serde(rename = "type")]
    pub type_name: String,
    pub attributes: BTreeMap<String, String>,
}

/// A date.
#[derive(Debug, Serialize)]
pub(super) struct Dated {
    pub text: String,
    pub date: String,
}

/// A relation and how it was found.
#[derive(Debug, Serialize)]
pub(super) struct Related {
    pub relation: String,
    pub source: Entity,
    pub target: Entity,
    pub modality: crate::extract::Modality,
    pub polarity: crate::extract::Polarity,
    pub speakers: Vec<String>,
    pub attributes: BTreeMap<String, String>,
    pub confidence: f64,
    pub rule: String,
    /// By grammar, on the surface, or off the name.
    pub by: &'static str,
    /// The words that the rule matched, in the order of the text, source and target in braces.
    pub matched: String,
    /// Whether it went into the graph.
    pub kept: bool,
}

/// Gathers what was seen in the sentences asked about, or in all of them.
pub(super) fn document(analysis: &Analysis, rules: &RuleSet, asked: &[u32]) -> Document {
    let reader = Reader {
        analysis,
        rules,
        points: CodePoints::new(analysis.document.text()),
        fragment: fragment(analysis, rules),
    };
    let count = analysis.document.sentences.len() as u32;
    let graph = pipeline::graph(std::slice::from_ref(&reader.fragment), rules);
    let wanted = |_: &str, number: u32| asked.is_empty() || asked.contains(&number);
    let follows = conclusions(&graph, rules, &wanted);
    Document {
        follows,
        id: analysis.document.source.id.clone(),
        date: analysis.published.map(|date| date.to_string()),
        sentences: (0..count).filter(|number| wanted("", *number)).map(|number| reader.sentence(number)).collect(),
    }
}

struct Reader<'a> {
    analysis: &'a Analysis,
    rules: &'a RuleSet,
    points: CodePoints,
    fragment: Fragment,
}

impl Reader<'_> {
    fn text(&self, start: u32, end: u32) -> String {
        let document = &self.analysis.document;
        squeeze(document.span(start..end).slice(document.text()))
    }

    fn sentence(&self, number: u32) -> Sentence {
        let document = &self.analysis.document;
        let sentence = &document.sentences[number as usize];
        let found = self.analysis.sentences.iter().find(|s| s.index == number);
        let parsed = found.is_some_and(|s| !s.units.is_empty());
        let kind = document.kind(sentence);
        Sentence {
            number,
            kind: kind.name(),
            text: squeeze(sentence.span.slice(document.text())),
            content: kind.is_content(),
            parsed,
            words: match found.filter(|_| parsed) {
                Some(found) => self.units(found),
                None => sentence.tokens.clone().map(|token| self.token(token)).collect(),
            },
            mentions: self.mentions(number),
            dates: found
                .iter()
                .flat_map(|s| &s.dates)
                .filter_map(|d| Some(Dated { text: self.text(d.start, d.end), date: d.edtf.clone()? }))
                .collect(),
            relations: found.map_or_else(Vec::new, |s| s.statements.iter().map(|st| self.related(s, st)).collect()),
        }
    }

    fn token(&self, token: u32) -> Word {
        let tag = tag(&self.analysis.lexed.morphs[token as usize]);
        Word { text: self.text(token, token + 1), tag, arc: None, head: None }
    }

    fn units(&self, sentence: &SentenceAnalysis) -> Vec<Word> {
        let word = |(index, unit): (usize, &Unit)| Word {
            text: self.text(unit.start, unit.end),
            tag: tag(&unit.morph),
            arc: sentence.rels.get(index).map(|rel| rel.as_str()),
            head: sentence.heads.get(index).copied(),
        };
        sentence.units.iter().enumerate().map(word).collect()
    }

    fn mentions(&self, number: u32) -> Vec<Named> {
        let analysis = self.analysis;
        let mut here: Vec<(usize, &Mention)> =
            analysis.mentions.iter().enumerate().filter(|(_, m)| m.sentence == number).collect();
        here.sort_by_key(|(index, m)| (m.start, std::cmp::Reverse(m.end), *index));
        let named = |(index, mention): (usize, &Mention)| Named {
            text: self.text(mention.start, mention.end),
            how: match mention {
                _ if index >= analysis.outer => "within",
                m if m.pronoun => "pronoun",
                m if m.nominal => "described",
                _ => "named",
            },
            type_name: self.rules.types.get(mention.type_id).name.clone(),
            rule: mention.rule.to_string(),
            attributes: mention.attributes.iter().map(|(k, v)| (k.to_string(), v.clone())).collect(),
            stands_for: analysis.discourse.entities_of(index as u32).into_iter().map(|id| self.entity(id)).collect(),
        };
        here.into_iter().map(named).collect()
    }

    fn entity(&self, id: u32) -> Entity {
        let discourse = &self.analysis.discourse;
        let entity = &discourse.entities[discourse.root(id) as usize];
        Entity {
            name: entity.name.clone(),
            type_name: self.rules.types.get(entity.type_id).name.clone(),
            attributes: entity.attributes.clone(),
        }
    }

    fn related(&self, sentence: &SentenceAnalysis, statement: &Statement) -> Related {
        let rule = &self.rules.rules[statement.rule as usize];
        let relation = &self.rules.relations[statement.relation as usize];
        let record = self.record(sentence, statement);
        let speaker = |unit: &usize| sentence.units.get(*unit).map(|unit| self.text(unit.start, unit.end));
        Related {
            relation: relation.name.clone(),
            source: self.entity(statement.source.0),
            target: self.entity(statement.target.0),
            modality: statement.modality,
            polarity: statement.polarity,
            speakers: statement.speakers.iter().filter_map(speaker).collect(),
            attributes: record.map_or_else(BTreeMap::new, |r| {
                let code = |name: &str| relation.codes.contains_key(name);
                r.attributes.iter().filter(|(k, _)| !code(k)).map(|(k, v)| (k.clone(), v.clone())).collect()
            }),
            confidence: (statement.confidence * 100.0).round() / 100.0,
            rule: rule.id.to_string(),
            by: match (&rule.reads, statement.grammatical) {
                (Some(_), _) => "name",
                (None, true) => "grammar",
                (None, false) => "surface",
            },
            matched: self.matched(sentence, statement),
            kept: record.is_some(),
        }
    }

    /// What the fragment made of a statement.
    fn record(&self, sentence: &SentenceAnalysis, statement: &Statement) -> Option<&RelationRecord> {
        let document = &self.analysis.document;
        let span = |mention: u32| {
            let mention = &self.analysis.mentions[self.analysis.named_beside(mention) as usize];
            let span = document.span(mention.start..mention.end);
            [self.points.offset(document.text(), span.start), self.points.offset(document.text(), span.end)]
        };
        let (source, target) = (span(statement.source.1), span(statement.target.1));
        let rule = &*self.rules.rules[statement.rule as usize].id;
        self.fragment.relations.iter().find(|record| {
            let evidence = &record.evidence;
            evidence.sentence == sentence.index
                && evidence.rule == rule
                && (evidence.source_span, evidence.target_span) == (source, target)
        })
    }

    fn matched(&self, sentence: &SentenceAnalysis, statement: &Statement) -> String {
        let mut parts: Vec<(u32, String)> = statement
            .words
            .iter()
            .filter_map(|unit| sentence.units.get(*unit))
            .map(|unit| (unit.start, self.text(unit.start, unit.end)))
            .collect();
        for mention in [statement.source.1, statement.target.1] {
            let mention = &self.analysis.mentions[mention as usize];
            parts.push((mention.start, format!("{{{}}}", self.text(mention.start, mention.end))));
        }
        parts.sort();
        parts.dedup();
        parts.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(" … ")
    }
}

/// A tag with what it says beyond the part of speech.
fn tag(morph: &Morph) -> String {
    let mut parts = vec![morph.upos.as_str()];
    parts.extend(morph.verb_form.map(|form| form.as_str()));
    parts.extend(morph.tense.map(|tense| tense.as_str()));
    parts.extend(morph.number.map(|number| number.as_str()));
    if morph.passive {
        parts.push("Pass");
    }
    parts.join(" ")
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
