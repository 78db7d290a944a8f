//! One document, read: every stage's result, kept so that it can be explained.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::document::{Document, Segmenter, Sentence};
use crate::language::{Number, Scratch as ModelScratch, Upos};
use crate::pattern::{Flags, TypeId, WordId};
use crate::rules::{Back, ClauseId, Present, Pronoun, RuleSet};
use crate::source::Source;

use super::cast::Cast;
use super::discourse::{Discourse, Doer, Surroundings, resolve};
use super::forms::Forms;
use super::lattice::{Scratch as MentionScratch, find, lattice};
use super::lexed::{KnownWords, Lexed, lex};
use super::mention::{Mention, UNKNOWN};
use super::reading::{EntityRef, Reading};
use super::relate::Statement;
use super::syntax::{Syntax, Unit, units};
use super::time::{DateMention, publication};

/// A sentence's parse and what was found in it.
#[derive(Debug)]
pub struct SentenceAnalysis {
    /// Number of the sentence.
    pub index: u32,
    /// Units of the parse; empty where it was not parsed.
    pub units: Vec<Unit>,
    /// Heads plus one.
    pub heads: Vec<u16>,
    /// Relations to the heads.
    pub rels: Vec<crate::language::Deprel>,
    /// Statements.
    pub statements: Vec<Statement>,
    /// Dates.
    pub dates: Vec<DateMention>,
}

/// Everything the engine saw in one document.
pub struct Analysis {
    /// The text, cut up.
    pub document: Document,
    /// Its tokens as rules see them.
    pub lexed: Lexed,
    /// Mentions in text order, then those that stand inside of titles.
    pub mentions: Vec<Mention>,
    /// How many of `mentions` stand by themselves.
    pub outer: usize,
    /// Who is who.
    pub discourse: Discourse,
    /// Sentences of content.
    pub sentences: Vec<SentenceAnalysis>,
    /// The day of publication.
    pub published: Option<Date>,
    /// SHA-256 of the text.
    pub sha256: String,
}

impl Analysis {
    /// For a pronoun the last mention before it in its sentence that names the same entity: a reader points at the name.
    pub fn named_beside(&self, mention: u32) -> u32 {
        let it = &self.mentions[mention as usize];
        let [id] = self.discourse.entities_of(mention)[..] else { return mention };
        if !it.pronoun {
            return mention;
        }
        let named = self.discourse.entities[id as usize].mentions.iter().copied().filter(|m| {
            let other = &self.mentions[*m as usize];
            other.sentence == it.sentence && !other.pronoun && other.end <= it.start
        });
        named.max_by_key(|m| self.mentions[*m as usize].start).unwrap_or(mention)
    }
}

/// Working memory of one thread.
#[derive(Default)]
pub struct Scratch {
    forms: Forms,
    model: ModelScratch,
    mentions: MentionScratch,
    present: Present,
    candidates: Vec<(ClauseId, u32)>,
    cast: Cast,
}

impl Scratch {
    pub(super) fn model(&mut self) -> &mut ModelScratch {
        &mut self.model
    }
}

/// Longest sentence, in tokens, that is taken as one and parsed.
pub(super) const LONGEST: u32 = 400;
/// Tokens of a stretch of a longer one.
const STRETCH: u32 = 200;

/// Reads one document.
pub fn analyse(source: Arc<Source>, rules: &RuleSet, scratch: &mut Scratch) -> Analysis {
    let sha256 = Sha256::digest(source.text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
    let document = Segmenter::new(rules.conventions.clone()).segment(source, &KnownWords(rules));
    let lexed = lex(&document, rules, &mut scratch.forms, &mut scratch.model);
    let (mut mentions, mut inner) = (Vec::new(), Vec::new());
    for (index, sentence) in document.sentences.iter().enumerate() {
        if document.kind(sentence).is_content() && !sentence.range().is_empty() {
            // No name is longer than a stretch; a text without sentences is taken in stretches, so that it stays linear.
            let mut start = sentence.tokens.start;
            while start < sentence.tokens.end {
                let end = if sentence.tokens.end - start <= LONGEST { sentence.tokens.end } else { start + STRETCH };
                let stretch = Sentence { tokens: start..end, ..sentence.clone() };
                let (outer, inside) = find(&document, &lexed, rules, index as u32, &stretch, &mut scratch.mentions);
                mentions.extend(with_pronouns(&document, &lexed, rules, index as u32, stretch.range(), outer));
                inner.extend(inside);
                start = end;
            }
        }
    }
    let published = publication(&document, &lexed, rules);
    let around = Around { document: &document, lexed: &lexed, rules };
    let mut discourse = around.resolve(&mentions, &inner);
    discourse.strangers = around.strangers(&mentions, discourse.unknown);
    let outer = mentions.len();
    mentions.extend(inner);
    let sentences = relate(&document, &lexed, rules, &mentions, outer, &mut discourse, published, scratch);
    Analysis { document, lexed, mentions, outer, discourse, sentences, published, sha256 }
}

/// Every mention that gazetteers and name rules make of a short text, building blocks included, with its words as they
/// stand there: what the examples of name rules are held against.
pub fn candidates(source: Arc<Source>, rules: &RuleSet) -> Vec<(Mention, String)> {
    let mut scratch = Scratch::default();
    let document = Segmenter::new(rules.conventions.clone()).segment(source, &KnownWords(rules));
    let lexed = lex(&document, rules, &mut scratch.forms, &mut scratch.model);
    let mut out = Vec::new();
    for (index, sentence) in document.sentences.iter().enumerate() {
        if !sentence.range().is_empty() && sentence.tokens.end - sentence.tokens.start <= LONGEST {
            let found = lattice(&document, &lexed, rules, index as u32, sentence, &mut scratch.mentions);
            out.extend(found.all.iter().map(|candidate| {
                let words = document.span(candidate.start..candidate.end).slice(document.text()).to_owned();
                (candidate.mention(&document, rules, index as u32), words)
            }));
        }
    }
    out
}

/// Adds pronouns where no other mention stands.
fn with_pronouns(
    document: &Document,
    lexed: &Lexed,
    rules: &RuleSet,
    index: u32,
    range: std::ops::Range<usize>,
    mut mentions: Vec<Mention>,
) -> Vec<Mention> {
    let Some(person) = rules.types.iter().next().map(|(id, _)| id) else { return mentions };
    let mut pronouns = Vec::new();
    for token in range {
        let token = token as u32;
        if !rules.pronouns.contains_key(&lexed.words[token as usize])
            || mentions.iter().any(|m| m.start <= token && token < m.end)
        {
            continue;
        }
        // US is no pronoun.
        if lexed.flags[token as usize].has(Flags::CAPS)
            && document.surface(token).chars().count() > 1
            && !document.sentences[index as usize].all_caps
        {
            continue;
        }
        pronouns.push(Mention {
            start: token,
            end: token + 1,
            head: token,
            name: (token, token + 1),
            type_id: person,
            form: 0,
            nominal: false,
            pronoun: true,
            rule: "pronoun".into(),
            entry: None,
            value: document.surface(token).to_owned(),
            attributes: Vec::new(),
            alias: None,
            sentence: index,
            read: (token, token + 1),
            parts: Vec::new(),
        });
    }
    mentions.extend(pronouns);
    mentions.sort_by_key(|m| m.start);
    mentions
}

struct Around<'a> {
    document: &'a Document,
    lexed: &'a Lexed,
    rules: &'a RuleSet,
}

impl Around<'_> {
    /// Names of which nothing is known that can be taken for somebody: written with a capital, and where a sentence or a
    /// line gives every word one, with a capital elsewhere as well, or of several words.
    fn strangers(&self, mentions: &[Mention], unknown: Option<TypeId>) -> BTreeSet<u32> {
        let capital = |m: &Mention| m.value.chars().next().is_some_and(char::is_uppercase);
        let opens = |m: &Mention| self.lexed.flags[m.start as usize].has(Flags::FIRST);
        let names = || mentions.iter().enumerate().filter(|(_, m)| Some(m.type_id) == unknown && capital(m));
        let inside: BTreeSet<&str> = names().filter(|(_, m)| !opens(m)).map(|(_, m)| m.value.as_str()).collect();
        let sure = |m: &Mention| {
            !opens(m)
                || m.end - m.start > 1
                || self.lexed.morphs[m.start as usize].upos == Upos::Propn
                || inside.contains(m.value.as_str())
        };
        names().filter(|(_, m)| sure(m)).map(|(i, _)| i as u32).collect()
    }

    fn resolve(&self, mentions: &[Mention], inner: &[Mention]) -> Discourse {
        let word = |t: u32| self.lexed.words[t as usize];
        let rules = self.rules;
        let definite = |m: &Mention| {
            let sentence = &self.document.sentences[m.sentence as usize];
            let mut open = m.start;
            // A determiner may stand inside of the mention or just before it.
            let owned = (m.start..m.head).any(|t| crate::pattern::is_possessive(self.document.surface(t)));
            let inside = owned
                || (m.start..m.head).any(|t| {
                    rules.function.determiner.contains(word(t)) && !rules.classes.indefinite.contains(word(t))
                });
            if open > sentence.tokens.start {
                open -= 1;
                return inside
                    || rules.function.determiner.contains(word(open))
                        && !rules.classes.indefinite.contains(word(open));
            }
            inside
        };
        let covered = |t: u32| {
            let next = mentions.partition_point(|m| m.start <= t);
            next.checked_sub(1).is_some_and(|i| t < mentions[i].end)
        };
        // The first actor of a sentence before its first verb is its subject.
        let subject = |m: &Mention| {
            let sentence = &self.document.sentences[m.sentence as usize];
            let before = sentence.tokens.start..m.start;
            let verb = |t: u32| matches!(self.lexed.morphs[t as usize].upos, Upos::Verb);
            let adposition = m.start > sentence.tokens.start
                && (m.start.saturating_sub(3).max(sentence.tokens.start)..m.start)
                    .any(|t| self.lexed.morphs[t as usize].upos == Upos::Adp && !covered(t));
            before.len() <= LONGEST as usize && !before.clone().any(verb) && !adposition
        };
        let speaks = |m: &Mention| {
            let sentence = &self.document.sentences[m.sentence as usize];
            let reporting = |t: u32| {
                sentence.tokens.contains(&t)
                    && rules.discourse.reporting.contains(word(t))
                    && matches!(self.lexed.morphs[t as usize].upos, Upos::Verb)
            };
            let near_after = (m.end..m.end + 3).find(|t| {
                sentence.tokens.contains(t) && !matches!(self.lexed.morphs[*t as usize].upos, Upos::Adv | Upos::Aux)
            });
            m.form == 0
                && (near_after.is_some_and(reporting) || m.start > sentence.tokens.start && reporting(m.start - 1))
        };
        let quoted = |m: &Mention| self.lexed.flags[m.start as usize].has(Flags::QUOTED);
        let pronoun = |m: &Mention| -> Vec<Pronoun> {
            if m.pronoun { rules.pronouns.get(&word(m.start)).cloned().unwrap_or_default() } else { Vec::new() }
        };
        let pair = |m: &Mention| {
            let words: Vec<WordId> =
                (m.start..m.end).map(word).filter(|w| !rules.function.determiner.contains(*w)).collect();
            let with_determiners: Vec<WordId> = (m.start..m.end).map(word).collect();
            let fits = |back: &Back| match back.count {
                1 => words.last() == back.words.last() && m.nominal,
                _ => back.words == words || back.words == with_determiners,
            };
            rules.discourse.pairs.iter().position(fits)
        };
        let joined = |first: &Mention, second: &Mention| {
            let mut open = second.start;
            while open > first.end && rules.function.determiner.contains(word(open - 1)) {
                open -= 1;
            }
            first.sentence == second.sentence
                && open > first.end
                && rules.function.conjunction.contains(word(open - 1))
                && !(first.end..open).any(|t| matches!(self.lexed.morphs[t as usize].upos, Upos::Verb | Upos::Aux))
        };
        let listed = |first: &Mention, second: &Mention| {
            first.sentence == second.sentence
                && first.end < second.start
                && (first.end..second.start).all(|t| {
                    self.lexed.flags[t as usize].has(Flags::PUNCT)
                        || rules.function.conjunction.contains(word(t))
                        || rules.function.determiner.contains(word(t))
                })
        };
        let done_to = |m: &Mention| {
            let start = self.document.sentences[m.sentence as usize].tokens.start;
            let upos = |t: u32| self.lexed.morphs[t as usize].upos;
            let end = self.document.sentences[m.sentence as usize].tokens.end;
            // Neither the subject of a clause of its own nor the owner of a noun that follows.
            // *invited him to come*: who comes is no subject of a clause of his own.
            let opens_clause = m.end < end
                && !rules.function.infinitive.contains(word(m.end))
                && matches!(
                    upos(m.end),
                    Upos::Verb | Upos::Aux | Upos::Adv | Upos::Part | Upos::Noun | Upos::Adj | Upos::Num | Upos::Propn
                );
            let mut at = m.start.checked_sub(1).filter(|t| *t >= start && upos(*t) == Upos::Verb && !opens_clause)?;
            while at > start && matches!(upos(at), Upos::Verb | Upos::Aux | Upos::Adv | Upos::Part) && !covered(at) {
                at -= 1;
            }
            if rules.function.conjunction.contains(word(at)) { Some(Doer::Subject) } else { Some(Doer::Before(at + 1)) }
        };
        let placed = |m: &Mention| {
            let start = self.document.sentences[m.sentence as usize].tokens.start;
            m.start > start && rules.discourse.place_adpositions.contains(word(m.start - 1))
        };
        let plural =
            |m: &Mention| m.nominal && !m.pronoun && self.lexed.morphs[m.head as usize].number == Some(Number::Plur);
        let owning = |m: &Mention| {
            let end = self.document.sentences[m.sentence as usize].tokens.end;
            m.end < end && crate::pattern::is_possessive(self.document.surface(m.end))
        };
        let contact = |m: &Mention| {
            m.start > self.document.sentences[m.sentence as usize].tokens.start
                && self.lexed.morphs[m.start as usize - 1].upos == Upos::Noun
        };
        let aside = |m: &Mention| {
            let start = self.document.sentences[m.sentence as usize].tokens.start.max(m.start.saturating_sub(LONGEST));
            let clause = (start..m.start).rev().take_while(|t| self.document.surface(*t) != ",");
            let mut verb = false;
            clause.into_iter().any(|t| {
                verb |= self.lexed.morphs[t as usize].upos == Upos::Verb;
                verb && rules.classes.relative.contains(word(t)) && self.lexed.morphs[t as usize].upos != Upos::Sconj
            })
        };
        let counterpart = |m: &Mention| (m.read.0..m.read.1).any(|t| rules.discourse.counterpart.contains(word(t)));
        let find = |name: &str| rules.types.find(name);
        // The type that personal pronouns of the third person ask for is what the pack calls a person.
        let around = Surroundings {
            definite: &definite,
            subject: &subject,
            speaks: &speaks,
            quoted: &quoted,
            pronoun: &pronoun,
            pair: &pair,
            done_to: &done_to,
            contact: &contact,
            placed: &placed,
            plural: &plural,
            owning: &owning,
            joined: &joined,
            listed: &listed,
            aside: &aside,
            counterpart: &counterpart,
            actors: rules.types.masks().get("Actor").copied(),
            person: find("Person"),
            unknown: find(UNKNOWN),
        };
        resolve(mentions, inner, rules, &around)
    }
}

#[allow(clippy::too_many_arguments)]
fn relate(
    document: &Document,
    lexed: &Lexed,
    rules: &RuleSet,
    mentions: &[Mention],
    outer: usize,
    discourse: &mut Discourse,
    published: Option<Date>,
    scratch: &mut Scratch,
) -> Vec<SentenceAnalysis> {
    let mut out = Vec::new();
    let mut next = 0;
    let mut meant: Vec<EntityRef> = Vec::new();
    for (index, sentence) in document.sentences.iter().enumerate() {
        if !document.kind(sentence).is_content() || sentence.range().is_empty() {
            continue;
        }
        while next < outer && (mentions[next].sentence as usize) < index {
            next += 1;
        }
        let here: Vec<(u32, &Mention)> = mentions[next..outer]
            .iter()
            .take_while(|m| m.sentence as usize == index)
            .enumerate()
            .map(|(i, m)| ((next + i) as u32, m))
            .collect();
        let dates = super::time::find(document, lexed, rules, sentence.range(), published);
        let mut analysis = SentenceAnalysis {
            index: index as u32,
            units: Vec::new(),
            heads: Vec::new(),
            rels: Vec::new(),
            statements: Vec::new(),
            dates,
        };
        scratch.candidates.clear();
        // A plural mention stands for several who may have to do with each other.
        let actors: usize = here.iter().map(|(m, _)| discourse.of[*m as usize].len().max(1)).sum();
        let mut parts = Vec::new();
        if actors >= 2 && sentence.range().len() <= LONGEST as usize {
            parts = units(document, lexed, rules, sentence.range(), &here);
            let Scratch { candidates, cast, present, .. } = scratch;
            rules.index.candidates(parts.iter().map(|unit| unit.word), present, candidates);
            cast.gather(&here, discourse, rules);
            candidates.retain(|((r, c), _)| {
                let rule = &rules.rules[*r as usize];
                cast.can_play(rule, &rule.clauses[*c as usize])
            });
        }
        if !scratch.candidates.is_empty() {
            let (dates, model) = (&analysis.dates, &mut scratch.model);
            let syntax = Syntax::of_units(document, lexed, rules, sentence, parts, &here, dates, model);
            let reading = Reading::new(&syntax, mentions, discourse, rules);
            analysis.statements = super::relate::find(&reading, &scratch.candidates, |reference| match reference {
                EntityRef::Known(id) => *id,
                EntityRef::Meant(..) | EntityRef::Guessed(..) => {
                    let at = meant.iter().position(|known| known == reference).unwrap_or_else(|| {
                        meant.push(reference.clone());
                        meant.len() - 1
                    });
                    MEANT + at as u32
                }
            });
            for statement in &mut analysis.statements {
                for end in [&mut statement.source, &mut statement.target] {
                    match end.0.checked_sub(MEANT).and_then(|i| meant.get(i as usize)) {
                        Some(EntityRef::Meant(type_id, name)) => {
                            end.0 = discourse.by_key(*type_id, name, rules);
                            discourse.stand_for(end.0, end.1);
                        }
                        Some(EntityRef::Guessed(type_id, name)) => {
                            end.0 = discourse.guessed(*type_id, name);
                            discourse.attach(end.0, end.1, &mentions[end.1 as usize], rules);
                        }
                        _ => {}
                    }
                }
            }
            analysis.statements.retain(|s| discourse.root(s.source.0) != discourse.root(s.target.0));
            (analysis.units, analysis.heads, analysis.rels) = (syntax.units, syntax.heads, syntax.rels);
        }
        let told = super::parts::read(mentions, outer, lexed, index as u32, rules, discourse);
        analysis.statements.extend(told);
        out.push(analysis);
    }
    out
}

/// Entities that a mention stands for by metonymy or by guess get ids from here on until the sentence is done.
const MEANT: u32 = 1 << 30;
