//! A pattern read as a plain clause.
//!
//! The small grammar here reads grammatical roles off the line and nothing else: what stands before the verb is its
//! subject, what follows it is its object, what follows a preposition is that oblique; `'s` marks an owner. So what a
//! pattern means never depends on a tagger. Alternatives, options and lists are spread out into *clauses*, each a plain
//! row of atoms with one link each to an earlier one (`spread` does that); [`super::matcher`] looks those links up in a
//! parsed sentence.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rustc_hash::FxHasher;
use smallvec::{SmallVec, smallvec};

use super::ast::{Ast, WordClass};
use super::fault::PatternError;
use super::lexis::{WordId, WordSet};
use super::spread::{Raw, spread};
use super::vocabulary::{TypeMask, Vocabulary};

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
    pub order: Few,
    /// Index of the word that stands rarest in text: the clause is tried only where it occurs.
    pub trigger: usize,
    /// Whether it asks for a passive that names no agent; its subject is then what the verb is done to.
    pub passive: bool,
    /// The row as written, for matching on the surface.
    pub row: Vec<RowItem>,
}

/// Numbers of atoms: a few, and never more than a row holds.
pub type Few = SmallVec<[u8; 8]>;

/// A slot or content word with its place in the grammar.
#[derive(Debug, Clone, PartialEq)]
pub struct Atom {
    /// What it is.
    pub kind: AtomKind,
    /// How it hangs on the rest.
    pub link: Link,
    /// The atoms it may hang on, nearest first.
    pub anchors: Few,
}

/// What an atom matches.
#[derive(Debug, Clone, PartialEq)]
pub enum AtomKind {
    /// A mention of one of these types.
    Slot {
        /// The role it fills.
        role: Arc<str>,
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

impl Clause {
    /// Spreads a pattern out into plain clauses.
    ///
    /// # Errors
    /// Every unknown name and every form that has no place in a clause.
    pub fn compile(ast: &Ast, vocabulary: &mut Vocabulary<'_>) -> Result<Vec<Clause>, Vec<PatternError>> {
        let rows = spread(ast, vocabulary)?;
        let mut clauses: Vec<Clause> = Vec::new();
        let mut hashes = Vec::new();
        // *to reach a deal* and *to peace talks*: the words after `to` are headed by the first or by the last.
        let readings = rows.iter().flat_map(|row| {
            let run = row.windows(3).any(|w| matches!(w, [Raw::ToWord(_), Raw::Word { .. }, Raw::Word { .. }]));
            [false, true].into_iter().take(1 + usize::from(run)).map(move |first| (row, first))
        });
        for (row, infinitive) in readings {
            match read(row, infinitive) {
                Ok(clause) => {
                    // Of hundreds of clauses a few are equal.
                    let hash = clause.digest();
                    if !hashes.iter().zip(&clauses).any(|(other, known)| *other == hash && *known == clause) {
                        hashes.push(hash);
                        clauses.push(clause);
                    }
                }
                // The other reading of a particle may be no clause.
                Err(_) if !clauses.is_empty() => {}
                Err(message) => {
                    return Err(vec![PatternError::new(ast.span, message).help("a pattern is a plain clause, such as {a:Person} meet {b:Person}, or a noun with what hangs on it, such as talks between {a:Person} and {b:Person}")]);
                }
            }
        }
        Ok(clauses)
    }

    /// Equal for equal clauses, and seldom for others.
    fn digest(&self) -> u64 {
        let mut hasher = FxHasher::default();
        for atom in &self.atoms {
            match &atom.kind {
                AtomKind::Slot { types, .. } => types.hash(&mut hasher),
                AtomKind::Word { forms, class } => (forms.iter().next(), class).hash(&mut hasher),
            }
        }
        self.row.len().hash(&mut hasher);
        hasher.finish()
    }

    /// Names of the roles that this clause fills.
    pub fn roles(&self) -> impl Iterator<Item = &str> {
        self.atoms.iter().filter_map(|a| match &a.kind {
            AtomKind::Slot { role, .. } => Some(&**role),
            AtomKind::Word { .. } => None,
        })
    }

    /// Lets the slot of `role` reach through nouns.
    pub fn reach_through(&mut self, role: &str, how: Reach) {
        for atom in &mut self.atoms {
            if let AtomKind::Slot { role: r, reach, .. } = &mut atom.kind
                && **r == *role
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
            let i = usize::from(i);
            let atom = &self.atoms[i];
            let on = atom.anchors.iter().map(|a| name(usize::from(*a))).collect::<Vec<_>>().join(" or ");
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

/// Reads grammatical roles off one row.
fn read(row: &[Raw], infinitive: bool) -> Result<Clause, String> {
    // Atom numbers by position in the row.
    let contents = row.iter().filter(|raw| matches!(raw, Raw::Slot { .. } | Raw::Word { .. })).count();
    let mut atoms: Vec<Atom> = Vec::with_capacity(contents);
    let mut number: SmallVec<[u8; 32]> = smallvec![u8::MAX; row.len()];
    let mut items = Vec::with_capacity(row.len());
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
        number[i] = atoms.len() as u8;
        items.push(RowItem::Atom(atoms.len()));
        atoms.push(Atom { kind, link: Link::Head, anchors: Few::new() });
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
    let mut walker = Walker { row, number: &number, atoms, order: Few::new(), verbal, infinitive };
    walker.head(first_word)?;
    if let Some(helper) = helper {
        walker.place(helper, Link::Dependent, &[number[first_word]]);
    }
    walker.before(helper.unwrap_or(first_word));
    walker.after(first_word + 1, row.len(), smallvec![number[first_word]])?;
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
    let (head, trigger) = (number[first_word].into(), trigger.into());
    Ok(Clause { head, verbal, order, trigger, atoms, passive: false, row: items })
}

struct Walker<'r> {
    row: &'r [Raw],
    number: &'r [u8],
    atoms: Vec<Atom>,
    order: Few,
    verbal: bool,
    /// Whether the first of the words after `to` heads them.
    infinitive: bool,
}

impl Walker<'_> {
    fn place(&mut self, at: usize, link: Link, anchors: &[u8]) {
        let number = self.number[at];
        let atom = &mut self.atoms[usize::from(number)];
        (atom.link, atom.anchors) = (link, Few::from_slice(anchors));
        self.order.push(number);
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
                self.place(i, link, &[head_atom]);
            } else {
                let first = self.number[slots[0]];
                self.place(i, Link::Conjunct, &[first]);
            }
        }
    }

    /// What follows the predicate, from left to right. `chain` holds the content words so far, nearest first.
    fn after(&mut self, from: usize, to: usize, mut chain: Few) -> Result<(), String> {
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
                        self.place(i + 1, Link::Conjunct, &[anchor]);
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
        chain: &mut Few,
        last_slot: &mut Option<usize>,
    ) -> Result<usize, String> {
        let owned = matches!(self.row[at], Raw::Slot { .. })
            && at + 2 < to
            && matches!(self.row[at + 1], Raw::Possessive)
            && matches!(self.row[at + 2], Raw::Word { .. });
        if owned {
            let noun = at + 2;
            self.place(noun, link, chain);
            let noun_atom = self.number[noun];
            self.place(at, Link::Owner, &[noun_atom]);
            chain.insert(0, noun_atom);
            *last_slot = Some(at);
            return Ok(noun + 1);
        }
        match &self.row[at] {
            Raw::Slot { .. } => {
                self.place(at, link, chain);
                *last_slot = Some(at);
                Ok(at + 1)
            }
            Raw::Word { .. } => {
                let mut end = at + 1;
                while end < to && matches!(self.row[end], Raw::Word { .. }) {
                    end += 1;
                }
                if self.infinitive && end > at + 1 && matches!(link, Link::ObliqueOrInfinitive(_)) {
                    self.place(at, link, chain);
                    chain.insert(0, self.number[at]);
                    return self.phrase(at + 1, end.max(at + 2), Link::Dependent, chain, last_slot);
                }
                // The last word heads the run; the others hang on it or on what came before.
                let head = end - 1;
                self.place(head, link, chain);
                chain.insert(0, self.number[head]);
                for i in (at..head).rev() {
                    self.place(i, Link::Dependent, chain);
                    chain.insert(0, self.number[i]);
                }
                Ok(end)
            }
            Raw::Possessive => Err("`'s` stands after an owner".to_owned()),
            _ => Err("a word or a {role:Type} is expected after the preposition".to_owned()),
        }
    }
}
