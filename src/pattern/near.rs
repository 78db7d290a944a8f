//! How near a [`Clause`] comes to matching a sentence that it does not match, and what keeps it.
//!
//! The search is that of [`super::matcher`], but an atom that finds nobody where it looks is taken down as a fault, with
//! what stands there instead, and the search goes on. Of all ways through the clause the one with the lightest faults is
//! the nearest. It is run only when somebody asks why, and within a bound of steps.

use super::ast::WordClass;
use super::clause::{Atom, AtomKind, Clause, Link, Reach};
use super::lexis::WordSet;
use super::matcher::Grammar;
use super::vocabulary::TypeMask;

/// Most steps of one search.
const STEPS: u32 = 4000;
/// Most ways followed from one atom.
const WIDTH: usize = 6;
/// What it costs a clause to be about anything.
const VAGUE: u32 = 4;

/// The nearest that a clause comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// The unit of each atom: where it matched, or what stands there instead; none where nothing does.
    pub places: Vec<Option<usize>>,
    /// What keeps the clause from matching; empty where nothing does.
    pub faults: Vec<Fault>,
    /// How grave the faults are together. Only for comparing.
    pub cost: u32,
}

/// One atom that does not match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// The atom.
    pub atom: usize,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What keeps an atom from matching.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// None of its words is there; this unit stands where it should.
    Word(Option<usize>),
    /// This unit stands there, and what it names does not fill the slot.
    Filler(usize),
    /// This unit would do, but it hangs there otherwise.
    Linked(usize, Way),
    /// This unit would do, but it stands elsewhere in the sentence.
    Apart(usize),
    /// Nobody in the sentence would do.
    Nobody,
    /// The predicate has an object or companion that the clause does not speak of.
    Object(Option<usize>),
}

/// How a unit hangs on another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// As its subject.
    Subject,
    /// As its object.
    Object,
    /// After another adposition, or after one at all.
    Oblique,
}

impl FaultKind {
    fn cost(self, head: bool) -> u32 {
        match self {
            FaultKind::Word(_) if head => 9,
            FaultKind::Word(Some(_)) => 9,
            FaultKind::Word(None) => 12,
            FaultKind::Filler(_) => 7,
            FaultKind::Linked(_, Way::Oblique) => 6,
            FaultKind::Linked(..) => 8,
            FaultKind::Apart(_) => 10,
            FaultKind::Nobody => 13,
            FaultKind::Object(_) => 5,
        }
    }
}

impl Clause {
    /// The nearest that the clause comes to matching. `adpositions` are all there are. None where not even a word that
    /// could be its predicate stands in the sentence.
    pub fn nearest<G: Grammar>(&self, grammar: &G, adpositions: &WordSet) -> Option<Near> {
        let mut search = Search { clause: self, grammar, adpositions, steps: STEPS, best: None };
        let head = &self.atoms[self.head];
        // A predicate that any verb can be says little.
        let vague = matches!(&head.kind, AtomKind::Word { forms, .. } if forms.is_empty());
        for unit in 0..grammar.len() {
            if self.admits(grammar, unit, head) {
                search.start(unit, Vec::new(), if vague { VAGUE } else { 0 });
            }
        }
        // Another word in its place: a verb for a verb, a noun for a noun, and never a name.
        let class = if self.verbal { WordClass::Verb } else { WordClass::Noun };
        for unit in 0..grammar.len() {
            let other = grammar.is_class(unit, class) && !grammar.fills(unit, TypeMask::ALL, Reach::Own);
            if other && !self.admits(grammar, unit, head) {
                search.start(unit, vec![Fault { atom: self.head, kind: FaultKind::Word(Some(unit)) }], 0);
            }
        }
        search.best
    }
}

struct Search<'a, G> {
    clause: &'a Clause,
    grammar: &'a G,
    adpositions: &'a WordSet,
    steps: u32,
    best: Option<Near>,
}

impl<G: Grammar> Search<'_, G> {
    fn start(&mut self, head: usize, mut faults: Vec<Fault>, cost: u32) {
        let clause = self.clause;
        if clause.is_intransitive() {
            let mut objects = Vec::new();
            self.grammar.objects(head, &mut objects);
            if !objects.is_empty() || self.grammar.accompanied(head) {
                let kind = FaultKind::Object(objects.first().copied());
                faults.push(Fault { atom: clause.head, kind });
            }
        }
        let mut near = Near { places: vec![None; clause.atoms.len()], faults, cost: 0 };
        near.cost = cost + near.faults.iter().map(|fault| fault.kind.cost(true)).sum::<u32>();
        near.places[clause.head] = Some(head);
        self.fill(1, near);
    }

    fn fill(&mut self, step: usize, near: Near) {
        if self.steps == 0 || self.best.as_ref().is_some_and(|best| best.cost <= near.cost) {
            return;
        }
        self.steps -= 1;
        let clause = self.clause;
        let Some(index) = clause.order.get(step).map(|index| usize::from(*index)) else {
            self.best = Some(near);
            return;
        };
        let atom = &clause.atoms[index];
        let there = self.there(atom, &near);
        let free = |unit: &usize| !near.places.contains(&Some(*unit));
        let fitting: Vec<usize> =
            there.iter().copied().filter(free).filter(|u| clause.admits(self.grammar, *u, atom)).collect();
        for &unit in fitting.iter().take(WIDTH) {
            let mut next = near.clone();
            next.places[index] = Some(unit);
            self.fill(step + 1, next);
        }
        // A plural mention can fill both ends of a coordination.
        if atom.link == Link::Conjunct
            && let Some(same) =
                near.places[usize::from(atom.anchors[0])].filter(|u| clause.admits(self.grammar, *u, atom))
        {
            let mut next = near.clone();
            next.places[index] = Some(same);
            self.fill(step + 1, next);
        }
        if !fitting.is_empty() {
            return;
        }
        let there: Vec<usize> = there.into_iter().filter(free).collect();
        for kind in self.faults(atom, &near, &there) {
            let mut next = near.clone();
            next.places[index] = match kind {
                FaultKind::Word(unit) => unit,
                FaultKind::Filler(unit) | FaultKind::Linked(unit, _) | FaultKind::Apart(unit) => Some(unit),
                FaultKind::Nobody | FaultKind::Object(_) => None,
            };
            next.cost += kind.cost(false);
            next.faults.push(Fault { atom: index, kind });
            self.fill(step + 1, next);
        }
    }

    /// The units that stand where the atom looks.
    fn there(&self, atom: &Atom, near: &Near) -> Vec<usize> {
        let mut out = Vec::new();
        for unit in atom.anchors.iter().filter_map(|anchor| near.places[usize::from(*anchor)]) {
            self.clause.linked(self.grammar, &atom.link, unit, &mut out);
            // What is asked for may hang on something between.
            if let Link::Oblique(set) | Link::ObliqueOrInfinitive(set) = &atom.link {
                self.grammar.far_obliques(unit, set, &mut out);
            }
        }
        out
    }

    /// What may be wrong with an atom that finds nothing where it looks, the likeliest first.
    fn faults(&self, atom: &Atom, near: &Near, there: &[usize]) -> Vec<FaultKind> {
        let mut out = Vec::new();
        let free = |unit: &usize| !near.places.contains(&Some(*unit));
        let fits = |unit: &usize| free(unit) && self.clause.admits(self.grammar, *unit, atom);
        if let AtomKind::Word { .. } = atom.kind {
            out.extend(there.iter().take(2).map(|unit| FaultKind::Word(Some(*unit))));
            out.extend((0..self.grammar.len()).find(fits).map(FaultKind::Apart));
            out.push(FaultKind::Word(None));
            return out;
        }
        let anchors: Vec<usize> = atom.anchors.iter().filter_map(|anchor| near.places[usize::from(*anchor)]).collect();
        for &unit in &anchors {
            for way in [Way::Oblique, Way::Object, Way::Subject] {
                let mut found = Vec::new();
                match (way, &atom.link) {
                    (Way::Subject, Link::Subject) | (Way::Object, Link::Object) => {}
                    (Way::Subject, _) => self.grammar.subjects(unit, &mut found),
                    (Way::Object, _) => self.grammar.objects(unit, &mut found),
                    (Way::Oblique, _) => self.grammar.obliques(unit, self.adpositions, &mut found),
                }
                out.extend(found.into_iter().find(fits).map(|unit| FaultKind::Linked(unit, way)));
            }
        }
        out.extend(there.iter().take(2).map(|unit| FaultKind::Filler(*unit)));
        let near_head = near.places[self.clause.head].unwrap_or(0);
        out.extend((0..self.grammar.len()).filter(fits).min_by_key(|u| u.abs_diff(near_head)).map(FaultKind::Apart));
        out.push(FaultKind::Nobody);
        out
    }
}
