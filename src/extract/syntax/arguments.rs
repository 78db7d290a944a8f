//! The grammatical relations that patterns ask for, read off the arcs.
//!
//! Coordination, control, relative clauses, passives and what hangs a little too high or too deep are seen through here.

use crate::language::{Deprel, Upos, VerbForm};
use crate::pattern::{Flags, WordClass, WordSet};

use super::Syntax;

/// The grammatical relations that patterns ask for; [`crate::pattern::Grammar`] says what each means.
impl Syntax<'_> {
    /// Whether a unit is of a word class.
    pub fn is_class(&self, unit: usize, class: WordClass) -> bool {
        let upos = self.units[unit].morph.upos;
        match class {
            WordClass::Verb => {
                matches!(upos, Upos::Verb | Upos::Aux) && !matches!(self.rels[unit], Deprel::Aux | Deprel::AuxPass)
                    || self.by(unit, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Aux, Deprel::Obj]).next().is_some()
            }
            WordClass::Noun => {
                matches!(upos, Upos::Noun | Upos::Propn)
                    || upos != Upos::Verb && self.by(unit, &[Deprel::Det, Deprel::NmodPoss]).next().is_some()
            }
            WordClass::Other => true,
        }
    }

    /// See [`crate::pattern::Grammar::subjects`].
    pub fn subjects(&self, unit: usize, out: &mut Vec<usize>) {
        if self.is_passive(unit) {
            self.agents(unit, out);
        } else {
            self.surface_subjects(unit, 0, out);
        }
    }

    /// See [`crate::pattern::Grammar::objects`].
    pub fn objects(&self, unit: usize, out: &mut Vec<usize>) {
        let before = out.len();
        for child in self.by(unit, &[Deprel::Obj, Deprel::Iobj]) {
            self.with_conjuncts(self.resolve_relative(unit, child), out);
        }
        if self.is_passive(unit) {
            self.surface_subjects(unit, 0, out);
            return;
        }
        if out.len() > before {
            return;
        }
        // *the man whom Iran accused*, *the man Iran accused*
        if let Some(noun) = self.antecedent(unit).filter(|_| self.rels[unit] == Deprel::AclRelcl) {
            let own_subject = self.by(unit, &[Deprel::Nsubj]).any(|c| !self.is_relative(c));
            if own_subject {
                out.push(noun);
                return;
            }
        }
        // Coordinated verbs share the object that follows the last of them.
        for child in self.by(unit, &[Deprel::Conj]) {
            if self.units[child].morph.upos == Upos::Verb
                && self.by(child, &[Deprel::Nsubj, Deprel::NsubjPass]).next().is_none()
            {
                for object in self.by(child, &[Deprel::Obj]) {
                    self.with_conjuncts(object, out);
                }
            }
        }
        if out.len() == before
            && self.rels[unit] == Deprel::Conj
            && let Some(head) = self.head(unit).filter(|h| self.units[*h].morph.upos == Upos::Verb)
        {
            for object in self.by(head, &[Deprel::Obj]).filter(|o| *o > unit) {
                self.with_conjuncts(object, out);
            }
        }
    }

    /// See [`crate::pattern::Grammar::obliques`].
    pub fn obliques(&self, unit: usize, adpositions: &WordSet, out: &mut Vec<usize>) {
        const RELS: &[Deprel] = &[
            Deprel::Obl,
            Deprel::OblAgent,
            Deprel::Nmod,
            Deprel::Advcl,
            Deprel::Acl,
            Deprel::NmodDesc,
            Deprel::Xcomp,
            Deprel::Advmod,
        ];
        // What follows a genitive stands right behind its noun.
        let genitive = self.units[unit].morph.upos != Upos::Verb
            && self.rules.function.genitive.iter().any(|word| adpositions.contains(word));
        // A name takes no complement of its own: what a parser hangs on it belongs to what the name hangs on
        // (*the visit of the minister to Iraq*).
        let through = self
            .by(unit, &[Deprel::Nmod, Deprel::Obl, Deprel::Obj, Deprel::NmodPoss])
            .filter(|c| self.units[*c].mention.is_some() && !genitive);
        let through: Vec<usize> = through.flat_map(|c| self.by(c, &[Deprel::Nmod])).collect();
        for child in self.by(unit, RELS).chain(through) {
            let resolved = self.resolve_relative(unit, child);
            if self.case_of(child, adpositions) {
                let before = out.len();
                self.with_conjuncts(resolved, out);
                // A conjunct with an adposition of its own goes by that one (*in Iraq and with Iran*).
                let own: Vec<usize> = out.drain(before..).collect();
                out.extend(
                    own.into_iter().filter(|c| *c == resolved || !self.has_case(*c) || self.case_of(*c, adpositions)),
                );
            } else {
                // The other way round: the conjunct has the adposition asked for.
                for conjunct in self.by(child, &[Deprel::Conj]) {
                    if self.case_of(conjunct, adpositions) {
                        self.with_conjuncts(conjunct, out);
                    }
                }
            }
        }
        // *the killing of B in an attack*: what follows a noun may hang on the verb that governs it.
        if let Some(verb) = self.governor(unit) {
            for child in self.by(verb, &[Deprel::Obl, Deprel::OblAgent]).filter(|c| *c > unit) {
                if self.case_of(child, adpositions) && !out.contains(&child) {
                    self.with_conjuncts(child, out);
                }
            }
        }
    }

    /// The verb that governs a noun, through nouns between.
    fn governor(&self, noun: usize) -> Option<usize> {
        if self.units[noun].morph.upos != Upos::Noun || self.units[noun].mention.is_some() {
            return None;
        }
        let mut at = noun;
        for _ in 0..5 {
            match self.rels[at] {
                Deprel::Obj | Deprel::Nmod | Deprel::Obl | Deprel::NsubjPass | Deprel::Conj | Deprel::Appos => {
                    at = self.head(at)?;
                }
                _ => return None,
            }
            if self.units[at].morph.upos == Upos::Verb {
                return Some(at);
            }
        }
        None
    }

    /// See [`crate::pattern::Grammar::complements`].
    pub fn complements(&self, unit: usize, out: &mut Vec<usize>) {
        for child in self.by(unit, &[Deprel::Xcomp, Deprel::Ccomp, Deprel::Advcl, Deprel::Acl]) {
            self.with_conjuncts(child, out);
        }
        // *announced its readiness to help*: the infinitive after a noun may hang on the verb.
        if let Some(verb) = self.governor(unit) {
            for child in self.by(verb, &[Deprel::Advcl, Deprel::Xcomp]) {
                if child > unit && self.is_infinitive(child) {
                    self.with_conjuncts(child, out);
                }
            }
        }
    }

    /// See [`crate::pattern::Grammar::clause_subjects`].
    pub fn clause_subjects(&self, unit: usize, out: &mut Vec<usize>) {
        let mut clauses = Vec::new();
        self.complements(unit, &mut clauses);
        for child in self.by(unit, &[Deprel::Parataxis]) {
            clauses.push(child);
        }
        for clause in clauses {
            self.surface_subjects(clause, 0, out);
        }
        out.retain(|subject| *subject > unit);
    }

    /// See [`crate::pattern::Grammar::patients`].
    pub fn patients(&self, unit: usize, out: &mut Vec<usize>) {
        let mut agents = Vec::new();
        if self.is_passive(unit) {
            self.agents(unit, &mut agents);
            if agents.is_empty() {
                self.surface_subjects(unit, 0, out);
            }
        }
    }

    /// See [`crate::pattern::Grammar::far_obliques`].
    pub fn far_obliques(&self, unit: usize, adpositions: &WordSet, out: &mut Vec<usize>) {
        // What owns a noun stands right behind it.
        if self.rules.function.genitive.iter().any(|word| adpositions.contains(word)) {
            return;
        }
        const DOWN: &[Deprel] = &[
            Deprel::Obj,
            Deprel::Obl,
            Deprel::OblAgent,
            Deprel::Nmod,
            Deprel::Acl,
            Deprel::Appos,
            Deprel::Xcomp,
            Deprel::Conj,
            Deprel::AclRelcl,
            Deprel::Advcl,
        ];
        let mut stack: Vec<(usize, usize)> = self.by(unit, DOWN).filter(|c| *c > unit).map(|c| (c, 0)).collect();
        while let Some((at, depth)) = stack.pop() {
            let clause = self.by(at, &[Deprel::Nsubj, Deprel::NsubjPass]).any(|c| !self.is_relative(c));
            // Nor into what another verb is joined with.
            let joined = self.rels[at] == Deprel::Conj && self.units[at].morph.upos == Upos::Verb;
            // Nor into a clause that says when or why; a bare participle describes: *a book, missing since May, to Peru*.
            let told = self.rels[at] == Deprel::Advcl
                && (self.units[at].morph.verb_form != Some(VerbForm::Part)
                    || self.by(at, &[Deprel::Mark]).next().is_some())
                || self.case_of(at, &self.rules.classes.circumstance);
            if clause || joined || told || depth > 3 {
                continue;
            }
            for child in self.by(at, DOWN).filter(|c| *c > at) {
                if matches!(self.rels[child], Deprel::Obl | Deprel::Nmod) && self.case_of(child, adpositions) {
                    self.with_conjuncts(child, out);
                }
                stack.push((child, depth + 1));
            }
        }
        out.sort_unstable();
        out.reverse();
    }

    /// See [`crate::pattern::Grammar::dependents`].
    pub fn dependents(&self, unit: usize, out: &mut Vec<usize>) {
        for child in self.children(unit) {
            match self.rels[child] {
                Deprel::Nsubj
                | Deprel::Csubj
                | Deprel::Punct
                | Deprel::AuxPass
                | Deprel::Det
                | Deprel::Cc
                | Deprel::Conj
                | Deprel::Case
                | Deprel::Mark => {}
                // What an adposition opens is asked for with that adposition.
                Deprel::Obl | Deprel::Nmod | Deprel::OblAgent if self.has_adposition(child) => {}
                _ => self.with_conjuncts(child, out),
            }
        }
    }

    fn has_adposition(&self, unit: usize) -> bool {
        self.by(unit, &[Deprel::Case]).any(|c| self.rules.function.adposition.contains(self.units[c].word))
    }

    /// See [`crate::pattern::Grammar::owners`].
    pub fn owners(&self, unit: usize, out: &mut Vec<usize>) {
        for child in
            self.by(unit, &[Deprel::NmodPoss, Deprel::Compound, Deprel::Amod, Deprel::NmodDesc, Deprel::NmodUnmarked])
        {
            self.with_conjuncts(child, out);
        }
        // *the help that Peru has provided*, *the support given by Peru*
        for clause in self.by(unit, &[Deprel::AclRelcl, Deprel::Acl]) {
            if !self.rules.discourse.rendering.contains(self.units[clause].word) {
                continue;
            }
            if self.units[clause].morph.is_past_participle() && self.by(clause, &[Deprel::Nsubj]).next().is_none() {
                self.agents(clause, out);
            } else if self.rels[clause] == Deprel::AclRelcl
                && self.by(clause, &[Deprel::Aux, Deprel::Nsubj]).next().is_some()
            {
                let relative_subject = self.by(clause, &[Deprel::Nsubj]).any(|c| self.is_relative(c));
                if !relative_subject && !self.is_passive(clause) {
                    self.surface_subjects(clause, 0, out);
                }
            }
        }
    }

    /// See [`crate::pattern::Grammar::members`].
    pub fn members(&self, unit: usize, out: &mut Vec<usize>) {
        if self.units[unit].morph.upos != Upos::Noun {
            return;
        }
        let mut owners = Vec::new();
        self.owners(unit, &mut owners);
        self.obliques(unit, &self.rules.function.genitive, &mut owners);
        owners.retain(|owner| self.units[*owner].mention.is_some());
        if owners.len() > 1 {
            out.extend(owners);
        } else if owners.len() == 1
            && self.units[unit].mention.is_some()
            && self.by(unit, &[Deprel::Cc]).next().is_some()
        {
            // *Indian and Chinese officials*: the second adjective is part of the mention.
            out.extend([owners[0], unit]);
        }
    }

    /// See [`crate::pattern::Grammar::conjuncts`].
    pub fn conjuncts(&self, unit: usize, out: &mut Vec<usize>) {
        let mut all = Vec::new();
        let mut first = unit;
        if let Some(head) = self.head(unit).filter(|h| *h > unit && self.units[unit].morph.upos == Upos::Adj)
            && self.by(head, &[Deprel::Cc]).any(|c| c > unit)
        {
            out.push(head);
        }
        while self.rels[first] == Deprel::Conj {
            match self.head(first) {
                Some(head) => first = head,
                None => break,
            }
        }
        self.with_conjuncts(first, &mut all);
        out.extend(all.into_iter().filter(|c| *c > unit));
    }

    /// See [`crate::pattern::Grammar::skippable`].
    pub fn skippable(&self, unit: usize) -> bool {
        let unit = &self.units[unit];
        if unit.mention.is_some() {
            return unit.morph.upos == Upos::Adj;
        }
        matches!(unit.morph.upos, Upos::Adv | Upos::Aux | Upos::Det | Upos::Adj | Upos::Part | Upos::Num)
            || self.rules.function.determiner.contains(unit.word)
    }

    /// See [`crate::pattern::Grammar::possessive`].
    pub fn possessive(&self, unit: usize) -> bool {
        self.units[unit].mention.is_none()
            && self.units[unit].flags.has(Flags::GLUED)
            && self.units[unit].end - self.units[unit].start == 1
            && self.units[unit].morph.upos == Upos::Part
    }
}

impl Syntax<'_> {
    fn has_case(&self, unit: usize) -> bool {
        self.by(unit, &[Deprel::Case]).next().is_some()
    }
}
