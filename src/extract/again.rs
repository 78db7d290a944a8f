//! A sentence looked at once more, for whoever asks why: what an [`Analysis`] does not keep is worked out again.

use std::sync::Arc;

use crate::language::Deprel;
use crate::rules::{RuleSet, Status};

use super::analysis::{Analysis, Scratch};
use super::mention::Mention;
use super::reading::Reading;
use super::relate::{Statement, standing_of};
use super::syntax::Syntax;

/// A sentence with its parse, whether or not its document's reading needed one.
pub struct Again<'a> {
    /// The document.
    pub analysis: &'a Analysis,
    /// The rules.
    pub rules: &'a RuleSet,
    /// Number of the sentence.
    pub sentence: u32,
    /// Its parse.
    pub syntax: Syntax<'a>,
}

impl<'a> Again<'a> {
    /// Parses a sentence. None where it is empty or there is none of that number.
    pub fn new(analysis: &'a Analysis, rules: &'a RuleSet, sentence: u32, scratch: &mut Scratch) -> Option<Self> {
        let document = &analysis.document;
        let read = document.sentences.get(sentence as usize)?;
        if read.range().is_empty() || read.range().len() > super::analysis::LONGEST as usize {
            return None;
        }
        let here: Vec<(u32, &Mention)> = analysis
            .mentions
            .iter()
            .take(analysis.outer)
            .enumerate()
            .filter(|(_, mention)| mention.sentence == sentence)
            .map(|(index, mention)| (index as u32, mention))
            .collect();
        let dates = analysis.sentences.iter().find(|read| read.index == sentence).map_or(&[][..], |read| &read.dates);
        let syntax = Syntax::of_sentence(document, &analysis.lexed, rules, read, &here, dates, scratch.model());
        Some(Again { analysis, rules, sentence, syntax })
    }

    /// The sentence, ready for clauses.
    pub fn reading(&self) -> Reading<'_, 'a> {
        Reading::new(&self.syntax, &self.analysis.mentions, &self.analysis.discourse, self.rules)
    }

    /// The name of an entity of the document.
    pub fn entity(&self, id: u32) -> &str {
        let discourse = &self.analysis.discourse;
        &discourse.entities[discourse.root(id) as usize].name
    }

    /// Name and type of whoever is mentioned at a unit.
    pub fn named(&self, unit: usize) -> Option<(String, String)> {
        let id = *self.analysis.discourse.entities_of(self.syntax.units[unit].mention?).first()?;
        let entity = &self.analysis.discourse.entities[id as usize];
        Some((entity.name.clone(), self.rules.types.get(entity.type_id).name.clone()))
    }

    /// The adposition that governs a unit.
    pub fn adposition(&self, unit: usize) -> Option<usize> {
        self.syntax.by(unit, &[Deprel::Case, Deprel::Mark]).next()
    }

    /// The words that made a statement what it is, as units, and what each says.
    pub fn cues(&self, statement: &Statement) -> Vec<(usize, Status)> {
        let rule = &self.rules.rules[statement.rule as usize];
        let Some(predicate) = statement.predicate else { return Vec::new() };
        standing_of(&self.syntax, self.rules, rule, predicate, &statement.words).cues
    }

    /// The text of a unit.
    pub fn text(&self, unit: usize) -> &str {
        let unit = &self.syntax.units[unit];
        self.analysis.document.span(unit.start..unit.end).slice(self.analysis.document.text())
    }
}

/// The text of a sentence, white space squeezed.
pub fn sentence_text(analysis: &Analysis, sentence: u32) -> Arc<str> {
    let document = &analysis.document;
    let span = document.sentences.get(sentence as usize).map(|sentence| sentence.span);
    super::mention::squeeze(span.map_or("", |span| span.slice(document.text()))).into()
}
