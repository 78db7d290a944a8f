//! A pattern read as a plain clause.
//!
//! The small grammar here reads grammatical roles off the line and nothing else: what stands before the verb is its
//! subject, what follows it is its object, what follows a preposition is that oblique; `'s` marks an owner. So what a
//! pattern means never depends on a tagger. Alternatives, options and lists are spread out into *clauses*, each a plain
//! row of atoms with one link each to an earlier one; [`super::matcher`] looks those links up in a parsed sentence.

use super::ast::{Ast, AstKind, WordClass};
use super::lexis::{WordId, WordSet, fold};
use super::parse::{MAX_WORK, PatternError, PatternFault};
use super::sequence::{name_of, unknown};
use super::vocabulary::{Definition, TypeMask, Vocabulary};
use crate::source::Span;

/// Most plain clauses one pattern may spread out into.
pub const MAX_CLAUSES: usize = 256;
/// Most words and slots in one plain clause.
const MAX_ROW: usize = 64;

/// One plain clause.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// Slots and content words, in the order written.
    pub atoms: Vec<Atom>,
    /// Index of the predicate in `atoms`.
    pub head: usize,
    /// Whether the predicate is read as a verb (or adjective) with a subject; otherwise as a noun.
    pub verbal: bool,
    /// Atoms in the order they are looked up; the head first.
    pub order: Vec<usize>,
    /// Index of the word that stands rarest in text: the clause is tried only where it occurs.
    pub trigger: usize,
    /// Whether it asks for a passive that names no agent; its subject is then what the verb is done to.
    pub passive: bool,
    /// The row as written, for matching on the surface.
    pub row: Vec<RowItem>,
}

/// A slot or content word with its place in the grammar.
#[derive(Debug, Clone, PartialEq)]
pub struct Atom {
    /// What it is.
    pub kind: AtomKind,
    /// How it hangs on the rest.
    pub link: Link,
    /// The atoms it may hang on, nearest first.
    pub anchors: Vec<usize>,
}

/// What an atom matches.
#[derive(Debug, Clone, PartialEq)]
pub enum AtomKind {
    /// A mention of one of these types.
    Slot {
        /// The role it fills.
        role: String,
        /// Acceptable types.
        types: TypeMask,
        /// How far a mention may stand from the slot's place.
        reach: Reach,
    },
    /// One of these words.
    Word {
        /// All inflected forms.
        forms: WordSet,
        /// The class asked for.
        class: Option<WordClass>,
    },
}

/// How far a slot reaches where its place is taken by a common noun that is no mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reach {
    /// Not at all.
    #[default]
    Own,
    /// To its owner, maker or agent: *condemned Chile's decision*, *the killing of Poles*.
    Owner,
    /// To whatever hangs on it: *raided a camp in Poland*.
    Any,
}

impl Reach {
    /// All that rule files can ask for, by name.
    pub const NAMED: &'static [(&'static str, Reach)] =
        &[("own", Reach::Own), ("owner", Reach::Owner), ("any", Reach::Any)];
}

/// How an atom hangs on its anchors.
#[derive(Debug, Clone, PartialEq)]
pub enum Link {
    /// It is the predicate.
    Head,
    /// Subject of the predicate.
    Subject,
    /// Direct or indirect object.
    Object,
    /// Governed by one of these adpositions.
    Oblique(WordSet),
    /// Governed by an adposition, or an infinitive (`to` says both).
    ObliqueOrInfinitive(WordSet),
    /// Any dependent that is no subject: object noun, particle, predicate, complement clause.
    Dependent,
    /// Subject of a clause that complements its anchor.
    ClauseSubject,
    /// Owner of a noun: possessive, compound, adjective of nationality.
    Owner,
    /// Coordinated with its anchor.
    Conjunct,
}

/// One item of the row as written, function words included.
#[derive(Debug, Clone, PartialEq)]
pub enum RowItem {
    /// `atoms[i]`.
    Atom(usize),
    /// One of these function words.
    Function(WordSet),
    /// A possessive mark.
    Possessive,
    /// A bounded gap.
    Gap,
}

/// One item of a row before its grammar is read.
#[derive(Debug, Clone)]
pub(super) enum Raw {
    Slot {
        role: String,
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

impl Clause {
    /// Spreads a pattern out into plain clauses.
    ///
    /// # Errors
    /// Every unknown name and every form that has no place in a clause.
    pub fn compile(ast: &Ast, vocabulary: &mut Vocabulary<'_>) -> Result<Vec<Clause>, Vec<PatternError>> {
        let mut spreader = Spreader { vocabulary, errors: Vec::new(), depth: 0, slots: 0, work: 0 };
        let rows = spreader.spread(ast);
        let mut errors = spreader.errors;
        if errors.is_empty() && rows.len() > MAX_CLAUSES {
            errors.push(
                PatternError::new(
                    ast.span,
                    format!("this pattern spreads out into more than {MAX_CLAUSES} plain clauses"),
                )
                .help("write several patterns, or move alternatives into a @list"),
            );
        }
        if errors.is_empty() && rows.iter().any(|row| row.len() > MAX_ROW) {
            errors.push(too_long(ast.span));
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let mut clauses = Vec::new();
        // *to reach a deal* and *to peace talks*: the words after `to` are headed by the first or by the last.
        let readings = rows.iter().flat_map(|row| {
            let run = row.windows(3).any(|w| matches!(w, [Raw::ToWord(_), Raw::Word { .. }, Raw::Word { .. }]));
            [false, true].into_iter().take(1 + usize::from(run)).map(move |first| (row, first))
        });
        for (row, infinitive) in readings {
            match read(row, infinitive) {
                Ok(clause) if clauses.contains(&clause) => {}
                Ok(clause) => clauses.push(clause),
                // The other reading of a particle may be no clause.
                Err(_) if !clauses.is_empty() => {}
                Err(message) => {
                    return Err(vec![PatternError::new(ast.span, message).help("a pattern is a plain clause, such as {a:Person} meet {b:Person}, or a noun with what hangs on it, such as talks between {a:Person} and {b:Person}")]);
                }
            }
        }
        Ok(clauses)
    }

    /// Names of the roles that this clause fills.
    pub fn roles(&self) -> impl Iterator<Item = &str> {
        self.atoms.iter().filter_map(|a| match &a.kind {
            AtomKind::Slot { role, .. } => Some(role.as_str()),
            AtomKind::Word { .. } => None,
        })
    }

    /// Lets the slot of `role` reach through nouns.
    pub fn reach_through(&mut self, role: &str, how: Reach) {
        for atom in &mut self.atoms {
            if let AtomKind::Slot { role: r, reach, .. } = &mut atom.kind
                && r == role
            {
                *reach = how;
            }
        }
    }

    /// How much room its sets of words take, in stretches of 64 words.
    pub fn stretches(&self) -> usize {
        let of = |atom: &Atom| match &atom.kind {
            AtomKind::Word { forms, .. } => forms.stretches(),
            AtomKind::Slot { .. } => 0,
        };
        self.atoms.iter().map(of).sum()
    }

    /// The words at whose occurrence the clause is tried.
    pub fn trigger_words(&self) -> &WordSet {
        match &self.atoms[self.trigger].kind {
            AtomKind::Word { forms, .. } => forms,
            AtomKind::Slot { .. } => unreachable!("the trigger is a word"),
        }
    }

    /// Says in words how the clause is read.
    pub fn describe(&self, word: &dyn Fn(WordId) -> String) -> String {
        let name = |i: usize| match &self.atoms[i].kind {
            AtomKind::Slot { role, .. } => format!("{{{role}}}"),
            AtomKind::Word { forms, .. } => forms.iter().next().map(word).unwrap_or_default(),
        };
        let set = |s: &WordSet| s.iter().map(word).collect::<Vec<_>>().join("/");
        let mut parts = vec![format!("{} {}", if self.verbal { "verb" } else { "noun" }, name(self.head))];
        for &i in self.order.iter().skip(1) {
            let atom = &self.atoms[i];
            let on = atom.anchors.iter().map(|a| name(*a)).collect::<Vec<_>>().join(" or ");
            parts.push(match &atom.link {
                Link::Head => continue,
                Link::Subject => format!("{} its subject", name(i)),
                Link::Object => format!("{} object of {on}", name(i)),
                Link::Oblique(p) => format!("{} after {} on {on}", name(i), set(p)),
                Link::ObliqueOrInfinitive(p) => format!("{} after {} on {on}, noun or infinitive", name(i), set(p)),
                Link::ClauseSubject => format!("{} subject of the clause after {on}", name(i)),
                Link::Dependent => format!("{} hanging on {on}", name(i)),
                Link::Owner => format!("{} owner of {on}", name(i)),
                Link::Conjunct => format!("{} joined to {on}", name(i)),
            });
        }
        parts.join("; ")
    }
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
                    rows = rows
                        .iter()
                        .flat_map(|row| tails.iter().map(move |tail| row.iter().chain(tail).cloned().collect()))
                        .collect();
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
                let role = role.clone().unwrap_or_else(|| format!("_{}", self.slots));
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
            AstKind::Tag(super::ast::TagExpr::Name(name, _)) if name == "verb" => {
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

    /// A word of a list, which may ask for a class as a word of a pattern does: `arrest/noun`.
    fn listed(&mut self, word: &str) -> Vec<Raw> {
        let (word, class) = match word.rsplit_once('/').and_then(|(w, c)| Some((w, WordClass::named(c)?))) {
            Some((word, class)) => (word, Some(class)),
            None => (word, None),
        };
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

/// Reads grammatical roles off one row.
fn read(row: &[Raw], infinitive: bool) -> Result<Clause, String> {
    // Atom numbers by position in the row.
    let mut atoms: Vec<Atom> = Vec::new();
    let mut number = vec![usize::MAX; row.len()];
    let mut items = Vec::new();
    for (i, raw) in row.iter().enumerate() {
        let kind = match raw {
            Raw::Slot { role, types } => AtomKind::Slot { role: role.clone(), types: *types, reach: Reach::Own },
            Raw::Word { forms, class, .. } => AtomKind::Word { forms: forms.clone(), class: *class },
            Raw::Preposition(set) | Raw::Particle(set) | Raw::ToWord(set) | Raw::And(set) => {
                items.push(RowItem::Function(set.clone()));
                continue;
            }
            Raw::Possessive => {
                items.push(RowItem::Possessive);
                continue;
            }
            Raw::Gap => {
                items.push(RowItem::Gap);
                continue;
            }
            Raw::Copula | Raw::That => continue,
        };
        number[i] = atoms.len();
        items.push(RowItem::Atom(atoms.len()));
        atoms.push(Atom { kind, link: Link::Head, anchors: Vec::new() });
    }
    let is_word = |i: usize| matches!(row[i], Raw::Word { .. });
    let Some(mut first_word) = (0..row.len()).find(|i| is_word(*i)) else {
        return Err("a pattern needs at least one word to look for".to_owned());
    };
    // *must [verb]*: the verb is the predicate, and the auxiliary hangs on it.
    let helper = (matches!(row[first_word], Raw::Word { auxiliary: true, .. })
        && matches!(row.get(first_word + 1), Some(Raw::Word { class: Some(WordClass::Verb), .. })))
    .then_some(first_word);
    first_word += usize::from(helper.is_some());
    // Nominal when nothing that could be a subject stands before the first word, or an owner does.
    let before: Vec<&Raw> = row[..first_word].iter().filter(|r| !matches!(r, Raw::Gap)).collect();
    let owner_first = matches!(before.last(), Some(Raw::Possessive));
    let verbal = !before.is_empty() && !owner_first && matches!(before[0], Raw::Slot { .. });
    if !before.is_empty() && !matches!(before[0], Raw::Slot { .. }) {
        return Err("a pattern begins with a {role:Type} or with a word".to_owned());
    }
    let explicit_noun = matches!(row[first_word], Raw::Word { class: Some(WordClass::Noun), .. });
    let verbal = verbal && !explicit_noun;
    let mut walker = Walker { row, number: &number, atoms, order: Vec::new(), verbal, infinitive };
    walker.head(first_word)?;
    if let Some(helper) = helper {
        walker.place(helper, Link::Dependent, vec![number[first_word]]);
    }
    walker.before(helper.unwrap_or(first_word));
    walker.after(first_word + 1, row.len(), vec![number[first_word]])?;
    let Walker { atoms, order, .. } = walker;
    if order.len() != atoms.len() {
        return Err("not every part of this pattern has a place in the clause".to_owned());
    }
    let trigger = (0..row.len())
        .filter_map(|i| match &row[i] {
            Raw::Word { rarity, forms, .. } if !forms.is_empty() => Some((*rarity, number[i])),
            _ => None,
        })
        .min()
        .map_or(number[first_word], |(_, n)| n);
    Ok(Clause { head: number[first_word], verbal, order, trigger, atoms, passive: false, row: items })
}

struct Walker<'r> {
    row: &'r [Raw],
    number: &'r [usize],
    atoms: Vec<Atom>,
    order: Vec<usize>,
    verbal: bool,
    /// Whether the first of the words after `to` heads them.
    infinitive: bool,
}

impl Walker<'_> {
    fn place(&mut self, at: usize, link: Link, anchors: Vec<usize>) {
        let atom = self.number[at];
        self.atoms[atom].link = link;
        self.atoms[atom].anchors = anchors;
        self.order.push(atom);
    }

    fn head(&mut self, at: usize) -> Result<(), String> {
        let atom = self.number[at];
        self.order.push(atom);
        Ok(())
    }

    /// What stands before the predicate: subject, coordinated subjects, an owner.
    fn before(&mut self, head: usize) {
        let head_atom = self.order[0];
        let owner = matches!(self.row[..head].last(), Some(Raw::Possessive));
        let slots: Vec<usize> = (0..head).filter(|i| matches!(self.row[*i], Raw::Slot { .. })).collect();
        for (n, &i) in slots.iter().enumerate() {
            if n == 0 {
                let link = if self.verbal && !owner { Link::Subject } else { Link::Owner };
                self.place(i, link, vec![head_atom]);
            } else {
                let first = self.number[slots[0]];
                self.place(i, Link::Conjunct, vec![first]);
            }
        }
    }

    /// What follows the predicate, from left to right. `chain` holds the content words so far, nearest first.
    fn after(&mut self, from: usize, to: usize, mut chain: Vec<usize>) -> Result<(), String> {
        let mut i = from;
        let mut last_slot: Option<usize> = None;
        while i < to {
            match &self.row[i] {
                Raw::That if matches!(self.row.get(i + 1), Some(Raw::Slot { .. })) => {
                    i = self.phrase(i + 1, to, Link::ClauseSubject, &mut chain, &mut last_slot)?;
                }
                Raw::Gap | Raw::Copula | Raw::That => i += 1,
                Raw::Possessive => return Err("`'s` stands after an owner and before what it owns".to_owned()),
                Raw::Particle(_) if !matches!(self.row.get(i + 1), Some(Raw::Slot { .. } | Raw::Word { .. })) => {
                    return Err("a particle here is no adposition".to_owned());
                }
                Raw::Preposition(set) | Raw::Particle(set) | Raw::ToWord(set) => {
                    let both = matches!(self.row[i], Raw::ToWord(_));
                    // Two adpositions in a row (out of, along with) are read as the last one.
                    if i + 1 < to && matches!(self.row[i + 1], Raw::Preposition(_) | Raw::ToWord(_)) {
                        i += 1;
                        continue;
                    }
                    if i + 1 >= to {
                        // A pattern that ends in a preposition: the word hangs there as a particle would; nothing to bind.
                        return Err("a pattern cannot end in a preposition".to_owned());
                    }
                    let link = if both { Link::ObliqueOrInfinitive(set.clone()) } else { Link::Oblique(set.clone()) };
                    i = self.phrase(i + 1, to, link, &mut chain, &mut last_slot)?;
                }
                Raw::And(_) => {
                    let Some(first) = last_slot else {
                        return Err("a conjunction joins two {role:Type}".to_owned());
                    };
                    if i + 1 < to && matches!(self.row[i + 1], Raw::Slot { .. }) {
                        let anchor = self.number[first];
                        self.place(i + 1, Link::Conjunct, vec![anchor]);
                        i += 2;
                    } else {
                        return Err("a {role:Type} is expected after the conjunction".to_owned());
                    }
                }
                Raw::Slot { .. } | Raw::Word { .. } => {
                    let link = if matches!(self.row[i], Raw::Slot { .. }) { Link::Object } else { Link::Dependent };
                    i = self.phrase(i, to, link, &mut chain, &mut last_slot)?;
                }
            }
        }
        Ok(())
    }

    /// One phrase: a slot, an owner with what it owns, or a run of words whose last is the head.
    fn phrase(
        &mut self,
        at: usize,
        to: usize,
        link: Link,
        chain: &mut Vec<usize>,
        last_slot: &mut Option<usize>,
    ) -> Result<usize, String> {
        let owned = matches!(self.row[at], Raw::Slot { .. })
            && at + 2 < to
            && matches!(self.row[at + 1], Raw::Possessive)
            && matches!(self.row[at + 2], Raw::Word { .. });
        if owned {
            let noun = at + 2;
            self.place(noun, link, chain.clone());
            let noun_atom = self.number[noun];
            self.place(at, Link::Owner, vec![noun_atom]);
            chain.insert(0, noun_atom);
            *last_slot = Some(at);
            return Ok(noun + 1);
        }
        match &self.row[at] {
            Raw::Slot { .. } => {
                self.place(at, link, chain.clone());
                *last_slot = Some(at);
                Ok(at + 1)
            }
            Raw::Word { .. } => {
                let mut end = at + 1;
                while end < to && matches!(self.row[end], Raw::Word { .. }) {
                    end += 1;
                }
                if self.infinitive && end > at + 1 && matches!(link, Link::ObliqueOrInfinitive(_)) {
                    self.place(at, link, chain.clone());
                    chain.insert(0, self.number[at]);
                    return self.phrase(at + 1, end.max(at + 2), Link::Dependent, chain, last_slot);
                }
                // The last word heads the run; the others hang on it or on what came before.
                let head = end - 1;
                self.place(head, link, chain.clone());
                let mut reach = vec![self.number[head]];
                reach.extend(chain.iter().copied());
                for i in (at..head).rev() {
                    self.place(i, Link::Dependent, reach.clone());
                    reach.insert(0, self.number[i]);
                }
                *chain = reach;
                Ok(end)
            }
            Raw::Possessive => Err("`'s` stands after an owner".to_owned()),
            _ => Err("a word or a {role:Type} is expected after the preposition".to_owned()),
        }
    }
}
