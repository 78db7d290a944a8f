//! Which clauses a sentence can hold at all, told by its words alone.
//!
//! A clause needs every one of its words and adpositions, so most sentences are known to hold no relation before they are
//! parsed, and of thousands of clauses a handful is tried. Equal sets of words, which lists make many of, are one set here.

use rustc_hash::FxHashMap;

use super::ruleset::Rule;
use crate::pattern::{AtomKind, Link, WordId, WordSet};

/// A clause, as the numbers of its rule and of the clause within it.
pub type ClauseId = (u32, u32);

/// Number of a set of words that stands for any word.
pub const ANY: u32 = u32::MAX;

/// Clauses by the sets of words they need.
#[derive(Debug, Default)]
pub struct ClauseIndex {
    /// Where the sets of each word begin in `sets`; one more than there are words.
    offsets: Vec<u32>,
    sets: Vec<u32>,
    /// Clauses by the set of their rarest word.
    triggered: Vec<Vec<u32>>,
    clauses: Vec<Needs>,
    /// The sets that clauses need beside those they are found by, one clause's after the other's.
    others: Vec<u32>,
    /// Words that head a clause with a subject.
    pub verbs: WordSet,
}

#[derive(Debug)]
struct Needs {
    id: ClauseId,
    head: u32,
    /// Where its other sets stand.
    others: (u32, u32),
}

/// The sets that a sentence's words stand in, reused from sentence to sentence.
#[derive(Debug, Default)]
pub struct Present {
    bits: Vec<u64>,
    sets: Vec<u32>,
}

impl ClauseIndex {
    /// Indexes all clauses of `rules` over a lexis of `words` words.
    pub fn new(rules: &[Rule], words: usize) -> Self {
        let mut sets = Sets::default();
        let mut index = Self::default();
        for (r, rule) in rules.iter().enumerate() {
            for (c, clause) in rule.clauses.iter().enumerate() {
                if clause.verbal
                    && let AtomKind::Word { forms, .. } = &clause.atoms[clause.head].kind
                    && !sets.holds(forms)
                {
                    index.verbs.extend(forms);
                }
                let (mut head, mut trigger, mut others) = (ANY, 0, Vec::new());
                for (i, atom) in clause.atoms.iter().enumerate() {
                    if let AtomKind::Word { forms, .. } = &atom.kind {
                        let set = if forms.is_empty() { ANY } else { sets.number(forms) };
                        if i == clause.head {
                            head = set;
                        }
                        match set {
                            ANY => {}
                            set if i == clause.trigger => trigger = set,
                            set => others.push(set),
                        }
                    }
                    // An infinitive needs no adposition, so only these are needed for sure.
                    if let Link::Oblique(adpositions) = &atom.link {
                        others.push(sets.number(adpositions));
                    }
                }
                index.triggered.resize_with(index.triggered.len().max(trigger as usize + 1), Vec::new);
                index.triggered[trigger as usize].push(index.clauses.len() as u32);
                let from = index.others.len() as u32;
                index.others.append(&mut others);
                let others = (from, index.others.len() as u32);
                index.clauses.push(Needs { id: (r as u32, c as u32), head, others });
            }
        }
        index.triggered.resize_with(sets.all.len(), Vec::new);
        index.file(&sets.all, words);
        index
    }

    /// Files the sets under their words.
    fn file(&mut self, all: &[&WordSet], words: usize) {
        let mut counts = vec![0u32; words + 1];
        for word in all.iter().flat_map(|set| set.iter()) {
            if let Some(count) = counts.get_mut(word.0 as usize + 1) {
                *count += 1;
            }
        }
        for i in 1..counts.len() {
            counts[i] += counts[i - 1];
        }
        self.sets = vec![0; counts.last().copied().unwrap_or(0) as usize];
        let mut next = counts.clone();
        for (number, set) in all.iter().enumerate() {
            for word in set.iter() {
                if let Some(at) = next.get_mut(word.0 as usize).filter(|_| (word.0 as usize) < words) {
                    self.sets[*at as usize] = number as u32;
                    *at += 1;
                }
            }
        }
        self.offsets = counts;
    }

    /// Numbers of the sets that a word stands in.
    pub fn sets_of(&self, word: WordId) -> &[u32] {
        let at = word.0 as usize;
        match (self.offsets.get(at), self.offsets.get(at + 1)) {
            (Some(from), Some(to)) if word != WordId::NONE => &self.sets[*from as usize..*to as usize],
            _ => &[],
        }
    }

    /// Puts into `out` every clause all of whose words stand among `words`, with the set of its predicate, in order of
    /// rules and of clauses within them.
    pub fn candidates(
        &self,
        words: impl Iterator<Item = WordId>,
        present: &mut Present,
        out: &mut Vec<(ClauseId, u32)>,
    ) {
        out.clear();
        present.clear(self.triggered.len());
        for word in words {
            for set in self.sets_of(word) {
                present.add(*set);
            }
        }
        let mut found: Vec<u32> = Vec::new();
        for set in &present.sets {
            for clause in &self.triggered[*set as usize] {
                let (from, to) = self.clauses[*clause as usize].others;
                if self.others[from as usize..to as usize].iter().all(|set| present.has(*set)) {
                    found.push(*clause);
                }
            }
        }
        found.sort_unstable();
        out.extend(found.into_iter().map(|c| (self.clauses[c as usize].id, self.clauses[c as usize].head)));
    }
}

/// Numbers sets of words, equal ones alike. Most are copies of one another, which are known by their place: to read all
/// of the words of long lists again for every pattern that names them would take most of the time.
#[derive(Default)]
struct Sets<'r> {
    by_place: FxHashMap<usize, u32>,
    by_words: FxHashMap<&'r WordSet, u32>,
    all: Vec<&'r WordSet>,
}

impl<'r> Sets<'r> {
    fn holds(&self, set: &WordSet) -> bool {
        self.by_place.contains_key(&set.place()) || self.by_words.contains_key(set)
    }

    fn number(&mut self, set: &'r WordSet) -> u32 {
        *self.by_place.entry(set.place()).or_insert_with(|| {
            *self.by_words.entry(set).or_insert_with(|| {
                self.all.push(set);
                self.all.len() as u32 - 1
            })
        })
    }
}

impl Present {
    fn clear(&mut self, sets: usize) {
        for set in self.sets.drain(..) {
            self.bits[set as usize / 64] = 0;
        }
        self.bits.resize(sets.div_ceil(64), 0);
    }

    fn add(&mut self, set: u32) {
        let bit = 1 << (set % 64);
        let block = &mut self.bits[set as usize / 64];
        if *block & bit == 0 {
            *block |= bit;
            self.sets.push(set);
        }
    }

    fn has(&self, set: u32) -> bool {
        self.bits[set as usize / 64] & 1 << (set % 64) != 0
    }
}
