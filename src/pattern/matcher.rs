//! Finds a [`Clause`] in a sentence: by grammar where the sentence was parsed, on the surface where it could not be.

use super::ast::WordClass;
use super::clause::{Atom, AtomKind, Clause, Link, Reach, RowItem};
use super::lexis::{WordId, WordSet};
use super::vocabulary::TypeMask;

/// Most matches kept of one clause at one predicate: coordination multiplies.
pub const MAX_MATCHES: usize = 64;

/// A sentence as grammar sees it: units are words, or names taken as one.
pub trait Grammar {
    /// Number of units.
    fn len(&self) -> usize;
    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The unit's folded word.
    fn word(&self, unit: usize) -> WordId;
    /// Whether the unit's tag contradicts a class a rule insists on.
    fn is_class(&self, unit: usize, class: WordClass) -> bool;
    /// Whether a mention of one of these types can fill a slot here.
    fn fills(&self, unit: usize, types: TypeMask, reach: Reach) -> bool;
    /// Subjects, coordination, control and relative clauses seen through.
    fn subjects(&self, unit: usize, out: &mut Vec<usize>);
    /// The subject of a passive that names no agent.
    fn patients(&self, unit: usize, out: &mut Vec<usize>);
    /// Subjects of the clauses that complement the unit.
    fn clause_subjects(&self, unit: usize, out: &mut Vec<usize>);
    /// What one of these adpositions governs further down on the right of the unit, the last first.
    fn far_obliques(&self, unit: usize, adpositions: &WordSet, out: &mut Vec<usize>);
    /// Objects, passive subjects among them.
    fn objects(&self, unit: usize, out: &mut Vec<usize>);
    /// What one of these adpositions governs on the unit.
    fn obliques(&self, unit: usize, adpositions: &WordSet, out: &mut Vec<usize>);
    /// Infinitives that complement the unit.
    fn infinitives(&self, unit: usize, out: &mut Vec<usize>);
    /// Every dependent that is no subject.
    fn dependents(&self, unit: usize, out: &mut Vec<usize>);
    /// Possessors and compound or adjectival owners.
    fn owners(&self, unit: usize, out: &mut Vec<usize>);
    /// Those coordinated in what a noun of several is of: *the leaders of Chile and Peru*.
    fn members(&self, unit: usize, out: &mut Vec<usize>);
    /// Units coordinated with the unit, after it.
    fn conjuncts(&self, unit: usize, out: &mut Vec<usize>);
    /// Whether the unit has a companion: *agreed with Chile*.
    fn accompanied(&self, unit: usize) -> bool;
    /// Whether surface matching may pass over the unit.
    fn skippable(&self, unit: usize) -> bool;
    /// Whether the unit is a possessive mark.
    fn possessive(&self, unit: usize) -> bool;
}

/// Where the atoms of a clause stand: a unit for each.
pub type Places = Vec<u32>;

impl Clause {
    /// All matches by grammar with the predicate at `head`.
    pub fn by_grammar<G: Grammar>(&self, grammar: &G, head: usize, out: &mut Vec<Places>) {
        if !self.admits(grammar, head, &self.atoms[self.head]) {
            return;
        }
        // A clause that asks for nothing after its verb is not found where the verb has an object: two who meet a deadline do
        // not meet.
        if self.is_intransitive() {
            let mut objects = Vec::new();
            grammar.objects(head, &mut objects);
            if !objects.is_empty() || grammar.accompanied(head) {
                return;
            }
        }
        let mut places = vec![u32::MAX; self.atoms.len()];
        places[self.head] = head as u32;
        self.fill(grammar, 1, &mut places, out);
    }

    /// Whether it is about a verb and asks for nothing after it.
    pub(super) fn is_intransitive(&self) -> bool {
        self.verbal && self.atoms.iter().all(|a| matches!(a.link, Link::Head | Link::Subject | Link::Conjunct))
    }

    /// The units of its words, where its atoms stand at these places.
    pub fn words_at<'a>(&'a self, places: &'a [u32]) -> impl Iterator<Item = usize> + 'a {
        let words = self.atoms.iter().zip(places).filter(|(atom, _)| matches!(atom.kind, AtomKind::Word { .. }));
        words.map(|(_, unit)| *unit as usize)
    }

    /// Whether an atom can stand at a unit.
    pub(super) fn admits<G: Grammar>(&self, grammar: &G, unit: usize, atom: &Atom) -> bool {
        match &atom.kind {
            AtomKind::Slot { types, reach, .. } => grammar.fills(unit, *types, *reach),
            AtomKind::Word { forms, class } => {
                (forms.is_empty() || forms.contains(grammar.word(unit)))
                    && class.is_none_or(|c| grammar.is_class(unit, c))
            }
        }
    }

    /// The units that hang on `unit` by a link.
    pub(super) fn linked<G: Grammar>(&self, grammar: &G, link: &Link, unit: usize, out: &mut Vec<usize>) {
        match link {
            Link::Head => {}
            Link::Subject if self.passive => grammar.patients(unit, out),
            Link::Subject => grammar.subjects(unit, out),
            Link::ClauseSubject => grammar.clause_subjects(unit, out),
            Link::Object => grammar.objects(unit, out),
            Link::Oblique(set) => grammar.obliques(unit, set, out),
            Link::ObliqueOrInfinitive(set) => {
                grammar.obliques(unit, set, out);
                grammar.infinitives(unit, out);
            }
            Link::Dependent => {
                let from = out.len();
                grammar.dependents(unit, out);
                // *the talks that they held*: the noun may stand before its verb.
                let own = out.len();
                grammar.objects(unit, out);
                for i in (own..out.len()).rev() {
                    if out[from..own].contains(&out[i]) {
                        out.remove(i);
                    }
                }
            }
            Link::Owner => grammar.owners(unit, out),
            Link::Conjunct => grammar.conjuncts(unit, out),
        }
    }

    fn fill<G: Grammar>(&self, grammar: &G, step: usize, places: &mut Places, out: &mut Vec<Places>) {
        if out.len() >= MAX_MATCHES {
            return;
        }
        let Some(index) = self.order.get(step).map(|index| usize::from(*index)) else {
            out.push(places.clone());
            return;
        };
        let atom = &self.atoms[index];
        let mut candidates = Vec::new();
        for anchor in atom.anchors.iter().map(|anchor| usize::from(*anchor)) {
            let unit = places[anchor] as usize;
            candidates.clear();
            self.linked(grammar, &atom.link, unit, &mut candidates);
            if self.atoms.iter().any(|a| {
                a.link == Link::Conjunct && a.anchors.first().is_some_and(|first| usize::from(*first) == index)
            }) {
                for i in 0..candidates.len() {
                    grammar.members(candidates[i], &mut candidates);
                }
            }
            let before = out.len();
            for &candidate in &candidates {
                if places.contains(&(candidate as u32)) && !self.shares(index, places, candidate)
                    || !self.admits(grammar, candidate, atom)
                {
                    continue;
                }
                places[index] = candidate as u32;
                self.fill(grammar, step + 1, places, out);
                places[index] = u32::MAX;
            }
            // The nearest anchor that holds is the one that is meant.
            if out.len() > before {
                return;
            }
        }
        // What is asked for may hang on something between: *returned a vase stolen in the war to Peru*.
        if let Link::Oblique(set) | Link::ObliqueOrInfinitive(set) = &atom.link
            && let Some(unit) = atom.anchors.last().map(|anchor| places[usize::from(*anchor)] as usize)
        {
            let before = out.len();
            candidates.clear();
            grammar.far_obliques(unit, set, &mut candidates);
            for &candidate in &candidates {
                if !places.contains(&(candidate as u32)) && self.admits(grammar, candidate, atom) {
                    places[index] = candidate as u32;
                    self.fill(grammar, step + 1, places, out);
                    places[index] = u32::MAX;
                }
                if out.len() > before {
                    return;
                }
            }
        }
        // A plural mention (*both sides*) can fill both ends of a coordination.
        if atom.link == Link::Conjunct {
            let same = places[usize::from(atom.anchors[0])];
            if self.admits(grammar, same as usize, atom) {
                places[index] = same;
                self.fill(grammar, step + 1, places, out);
                places[index] = u32::MAX;
            }
        }
    }

    /// Two slots may stand on one unit only as the two ends of a coordination.
    fn shares(&self, index: usize, places: &Places, unit: usize) -> bool {
        self.atoms[index].link == Link::Conjunct && places[usize::from(self.atoms[index].anchors[0])] == unit as u32
    }

    /// The match on the surface with the predicate at `head`: the row in order, with only skippable material between.
    pub fn on_surface<G: Grammar>(&self, grammar: &G, head: usize, reach: usize) -> Option<Places> {
        let pivot = self.row.iter().position(|r| *r == RowItem::Atom(self.head))?;
        if !self.admits(grammar, head, &self.atoms[self.head]) {
            return None;
        }
        let mut places = vec![u32::MAX; self.atoms.len()];
        places[self.head] = head as u32;
        let mut at = head;
        for item in &self.row[pivot + 1..] {
            at = self.step(grammar, item, at, reach, true, &mut places)?;
        }
        let mut at = head;
        for item in self.row[..pivot].iter().rev() {
            at = self.step(grammar, item, at, reach, false, &mut places)?;
        }
        Some(places)
    }

    fn step<G: Grammar>(
        &self,
        grammar: &G,
        item: &RowItem,
        from: usize,
        reach: usize,
        forward: bool,
        places: &mut Places,
    ) -> Option<usize> {
        let mut at = from;
        let mut skipped = 0;
        let far = if *item == RowItem::Gap { return Some(from) } else { reach };
        loop {
            at = if forward { at + 1 } else { at.checked_sub(1)? };
            if at >= grammar.len() {
                return None;
            }
            let fits = match item {
                RowItem::Atom(i) => self.admits(grammar, at, &self.atoms[*i]),
                RowItem::Function(set) => set.contains(grammar.word(at)),
                RowItem::Possessive => grammar.possessive(at),
                RowItem::Gap => true,
            };
            if fits {
                if let RowItem::Atom(i) = item {
                    places[*i] = at as u32;
                }
                return Some(at);
            }
            skipped += 1;
            if skipped > far || !grammar.skippable(at) {
                return None;
            }
        }
    }
}
