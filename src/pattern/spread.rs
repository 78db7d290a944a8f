//! Alternatives, options and lists of a pattern spread out into plain rows, before their grammar is read.
//!
//! Alternatives of one word each stay together as one item, so that lists do not multiply rows. The rest is multiplied
//! out, up to limits: a few nested options could otherwise make millions of rows.

use std::sync::Arc;

use super::ast::{Ast, AstKind, TagExpr, WordClass};
use super::fault::{PatternError, PatternFault};
use super::lexis::{WordSet, fold};
use super::parse::MAX_WORK;
use super::sequence::{name_of, unknown};
use super::vocabulary::{Definition, TypeMask, Vocabulary};
use crate::source::Span;

/// Most plain clauses one pattern may spread out into.
pub const MAX_CLAUSES: usize = 256;
/// Most words and slots in one plain clause.
const MAX_ROW: usize = 64;

/// One item of a row before its grammar is read.
#[derive(Debug, Clone)]
pub(super) enum Raw {
    Slot {
        role: Arc<str>,
        types: TypeMask,
    },
    Word {
        forms: WordSet,
        class: Option<WordClass>,
        rarity: u32,
        /// Whether it can help another verb.
        auxiliary: bool,
    },
    Preposition(WordSet),
    /// Both an adposition and the mark of an infinitive.
    ToWord(WordSet),
    And(WordSet),
    Copula,
    /// A particle read as an adposition of what follows.
    Particle(WordSet),
    /// Opens a clause that complements what stands before.
    That,
    Possessive,
    Gap,
}

/// The plain rows that a pattern stands for.
///
/// # Errors
/// Every unknown name, every form that has no place in a clause, and what makes it spread out too far.
pub(super) fn spread(ast: &Ast, vocabulary: &mut Vocabulary<'_>) -> Result<Vec<Vec<Raw>>, Vec<PatternError>> {
    let mut spreader = Spreader { vocabulary, errors: Vec::new(), depth: 0, slots: 0, work: 0 };
    let rows = spreader.spread(ast);
    let mut errors = spreader.errors;
    if errors.is_empty() && rows.len() > MAX_CLAUSES {
        errors.push(
            PatternError::new(ast.span, format!("this pattern spreads out into more than {MAX_CLAUSES} plain clauses"))
                .help("write several patterns, or move alternatives into a @list"),
        );
    }
    if errors.is_empty() && rows.iter().any(|row| row.len() > MAX_ROW) {
        errors.push(too_long(ast.span));
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(rows)
}

struct Spreader<'s, 'v> {
    vocabulary: &'s mut Vocabulary<'v>,
    errors: Vec<PatternError>,
    depth: usize,
    slots: usize,
    /// Parts looked at.
    work: usize,
}

fn too_many(span: Span) -> PatternError {
    PatternError::new(span, "this makes the pattern spread out into too many plain clauses")
        .help(format!("at most {MAX_CLAUSES}: write several patterns, or move alternatives into a @list"))
}

fn too_long(span: Span) -> PatternError {
    PatternError::new(span, format!("a plain clause may have at most {MAX_ROW} words and slots"))
}

impl Spreader<'_, '_> {
    fn fail(&mut self, error: PatternError) -> Vec<Vec<Raw>> {
        self.errors.push(error);
        vec![Vec::new()]
    }

    fn spread(&mut self, ast: &Ast) -> Vec<Vec<Raw>> {
        self.work += 1;
        if self.work > MAX_WORK {
            return if self.errors.is_empty() { self.fail(too_many(ast.span)) } else { vec![Vec::new()] };
        }
        match &ast.kind {
            AstKind::Seq(parts) => {
                let mut rows: Vec<Vec<Raw>> = vec![Vec::new()];
                for part in parts {
                    let tails = self.spread(part);
                    if rows.len() * tails.len() > MAX_CLAUSES * 2 {
                        return self.fail(too_many(part.span));
                    }
                    rows = joined(rows, tails);
                    if rows.iter().any(|row| row.len() > MAX_ROW) {
                        return self.fail(too_long(part.span));
                    }
                }
                rows
            }
            AstKind::Alt(parts) => {
                let mut rows = Vec::new();
                for part in parts {
                    rows.extend(self.spread(part));
                    if rows.len() > MAX_CLAUSES * 2 {
                        rows = merge_single_words(rows);
                    }
                    if rows.len() > MAX_CLAUSES * 2 {
                        return self.fail(too_many(part.span));
                    }
                }
                merge_single_words(rows)
            }
            AstKind::Repeat { inner, min: 0, max: Some(1) } => {
                let mut rows = vec![Vec::new()];
                rows.extend(self.spread(inner));
                rows
            }
            AstKind::Repeat { .. } => self.fail(PatternError::new(
                ast.span,
                "only `?` has a place in a clause: what may stand between is skipped anyway",
            )),
            AstKind::Tight(inner) => self.spread(inner),
            AstKind::Capture { role, .. } => self.fail(
                PatternError::new(ast.span, format!("`{role}:( … )` has no place in a clause"))
                    .help(format!("a role of a relation is filled by a mention: write {{{role}:Type}}")),
            ),
            AstKind::Not(_) => self.fail(
                PatternError::new(ast.span, "`!` has no place in a clause").help("give the rule an `unless` line"),
            ),
            AstKind::Gap => vec![vec![Raw::Gap]],
            AstKind::Punct(_) => vec![Vec::new()],
            AstKind::Possessive => vec![vec![Raw::Possessive]],
            AstKind::Slot { form: Some(form), .. } => self.fail(
                PatternError::new(ast.span, format!("`.{form}` has no place in a clause"))
                    .help("a grammatical form is asked for in name rules only"),
            ),
            AstKind::Slot { role, type_name, type_span, .. } => {
                let Some(types) = self.vocabulary.types.get(type_name).copied() else {
                    let error = unknown(*type_span, PatternFault::Type, type_name, self.vocabulary.types.keys());
                    return self.fail(error);
                };
                self.slots += 1;
                let role = role.as_deref().map_or_else(|| format!("_{}", self.slots).into(), Arc::from);
                vec![vec![Raw::Slot { role, types }]]
            }
            AstKind::Word { text, class } => self.word(text, *class),
            AstKind::Exact(text) => text
                .split_whitespace()
                .map(|w| {
                    let id = self.vocabulary.exact(w);
                    Raw::Word {
                        forms: [id].into_iter().collect(),
                        class: Some(WordClass::Other),
                        rarity: (self.vocabulary.frequency)(&fold(w)),
                        auxiliary: false,
                    }
                })
                .fold(vec![Vec::new()], |mut rows, raw| {
                    rows[0].push(raw);
                    rows
                }),
            // [verb] stands for any verb: what somebody does at a meeting tells that there was one.
            AstKind::Tag(TagExpr::Name(name, _)) if name == "verb" => {
                vec![vec![Raw::Word {
                    forms: WordSet::default(),
                    class: Some(WordClass::Verb),
                    rarity: u32::MAX,
                    auxiliary: false,
                }]]
            }
            AstKind::Regex(_) | AstKind::Tag(_) => self.fail(
                PatternError::new(ast.span, "a test of one token has no place in a clause")
                    .help("write the words, or a @list of them"),
            ),
            AstKind::List(name) => {
                let definitions = self.vocabulary.definitions;
                match definitions.get(name) {
                    None => self.fail(unknown(name_of(ast.span), PatternFault::List, name, definitions.keys())),
                    Some(Definition::Fragment(fragment)) => {
                        if self.depth > 16 {
                            return self.fail(PatternError::new(ast.span, format!("@{name} stands inside itself")));
                        }
                        self.depth += 1;
                        let before = self.errors.len();
                        let rows = self.spread(fragment);
                        // What is wrong inside of a list is pointed at where the list is named.
                        self.errors[before..].iter_mut().for_each(|error| error.inside_of(name, ast.span));
                        self.depth -= 1;
                        rows
                    }
                    Some(Definition::Words(phrases)) => {
                        if let Some(known) = self.vocabulary.memo.rows.get(name) {
                            return known.clone();
                        }
                        let long = phrases.iter().filter(|phrase| phrase.split_whitespace().nth(1).is_some()).count();
                        if long > MAX_CLAUSES * 2 {
                            return self.fail(too_many(ast.span));
                        }
                        let rows = phrases
                            .iter()
                            .map(|phrase| phrase.split_whitespace().flat_map(|w| self.listed(w)).collect())
                            .collect();
                        let rows = merge_single_words(rows);
                        self.vocabulary.memo.rows.insert(name.clone(), rows.clone());
                        rows
                    }
                }
            }
        }
    }

    fn listed(&mut self, word: &str) -> Vec<Raw> {
        let (word, class) = listed(word);
        self.word(word, class).swap_remove(0)
    }

    fn word(&mut self, text: &str, class: Option<WordClass>) -> Vec<Vec<Raw>> {
        let id = self.vocabulary.exact(text);
        let one = || [id].into_iter().collect::<WordSet>();
        let function = self.vocabulary.function;
        let raw = if class.is_some() {
            None
        } else if function.complementizer.contains(id) {
            Some(Raw::That)
        } else if function.determiner.contains(id) {
            return vec![Vec::new()];
        } else if function.infinitive.contains(id) {
            Some(Raw::ToWord(one()))
        } else if function.adposition.contains(id) {
            Some(Raw::Preposition(one()))
        } else if function.conjunction.contains(id) {
            Some(Raw::And(one()))
        } else if function.copula.contains(id) {
            Some(Raw::Copula)
        } else {
            None
        };
        // *call off a strike*: a particle is an adverb of the verb to one parser and an adposition of the noun to another.
        let particle = class == Some(WordClass::Other) && function.adposition.contains(id);
        let raw = raw.unwrap_or_else(|| {
            if let Some(known) = self.vocabulary.memo.atoms.get(&class).and_then(|words| words.get(text)) {
                return known.clone();
            }
            let forms = self.vocabulary.forms(text, class);
            let rarity =
                forms.iter().map(|w| (self.vocabulary.frequency)(self.vocabulary.lexis.word(w))).max().unwrap_or(0);
            let auxiliary = function.auxiliary.contains(id);
            let raw = Raw::Word { forms, class, rarity, auxiliary };
            self.vocabulary.memo.atoms.entry(class).or_default().insert(text.into(), raw.clone());
            raw
        });
        match particle {
            true => vec![vec![raw], vec![Raw::Particle(one())]],
            false => vec![vec![raw]],
        }
    }
}

/// A word of a list, which may ask for a class as a word of a pattern does: `arrest/noun`.
pub fn listed(word: &str) -> (&str, Option<WordClass>) {
    match word.rsplit_once('/').and_then(|(word, class)| Some((word, WordClass::named(class)?))) {
        Some((word, class)) => (word, Some(class)),
        None => (word, None),
    }
}

/// Every row with every tail after it.
fn joined(mut rows: Vec<Vec<Raw>>, tails: Vec<Vec<Raw>>) -> Vec<Vec<Raw>> {
    match (rows.as_mut_slice(), tails.as_slice()) {
        ([only], _) if only.is_empty() => tails,
        (_, [tail]) => {
            rows.iter_mut().for_each(|row| row.extend_from_slice(tail));
            rows
        }
        _ => {
            let with_tails =
                |row: &Vec<Raw>| tails.iter().map(|tail| [row.as_slice(), tail].concat()).collect::<Vec<_>>();
            rows.iter().flat_map(with_tails).collect()
        }
    }
}

/// Alternatives that are one word each become one atom, so that lists do not multiply clauses.
fn merge_single_words(rows: Vec<Vec<Raw>>) -> Vec<Vec<Raw>> {
    let mut merged: Option<(WordSet, Option<WordClass>, u32)> = None;
    let mut prepositions: Option<WordSet> = None;
    let mut rest = Vec::new();
    for row in rows {
        match row.as_slice() {
            [Raw::Word { forms, class, rarity, auxiliary: false }] => match &mut merged {
                Some((set, c, r)) if *c == *class => {
                    set.extend(forms);
                    *r = (*r).max(*rarity);
                }
                None => merged = Some((forms.clone(), *class, *rarity)),
                Some(_) => rest.push(row),
            },
            [Raw::Preposition(set)] => {
                let all = prepositions.get_or_insert_with(WordSet::default);
                all.extend(set);
            }
            _ => rest.push(row),
        }
    }
    let words = merged.map(|(forms, class, rarity)| vec![Raw::Word { forms, class, rarity, auxiliary: false }]);
    words.into_iter().chain(prepositions.map(|set| vec![Raw::Preposition(set)])).chain(rest).collect()
}
