//! What joins two actors that no rule joins: the words between them on the way through the parse, written as a pattern.
//!
//! The pattern is read off the same grammatical relations that patterns are matched by, so that it finds its own sentence.
//! All of its words come from the text, reduced to their lemmas.

use crate::language::{Deprel, Upos};
use crate::pattern::{Grammar, Reach, TypeMask, WordClass, WordSet};

use super::again::Again;
use super::lemma::lemma;
use super::reading::{EntityRef, Reading};

/// Most actors of one sentence that are looked at in pairs.
const ACTORS: usize = 8;
/// Most words between two actors that are shown where no pattern can be made of them.
const BETWEEN: usize = 5;

/// Two actors and what joins them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bridge {
    /// A pattern with `{a:…}` and `{b:…}`; where none can be made, the words between the two.
    pub pattern: String,
    /// Whether it is a pattern.
    pub is_pattern: bool,
    /// Name of the one that fills `a`.
    pub source: String,
    /// Name of the one that fills `b`.
    pub target: String,
}

/// What joins the known actors of a sentence, a pair at a time, each by its shortest way. `ends` are the types of `a` and
/// `b` by name and by what satisfies them.
pub fn bridges(again: &Again<'_>, ends: [(&str, TypeMask); 2]) -> Vec<Bridge> {
    let reading = again.reading();
    let actor = |unit: usize, types: TypeMask| -> Option<(EntityRef, String)> {
        again.syntax.units[unit].mention?;
        let entity = reading.fillers(unit, types, Reach::Own).first()?.entity.clone();
        match &entity {
            EntityRef::Known(id) => {
                let known = &reading.discourse.entities[reading.discourse.root(*id) as usize];
                (known.named || known.key.is_some()).then(|| (entity.clone(), known.name.clone()))
            }
            EntityRef::Meant(_, name) | EntityRef::Guessed(_, name) => Some((entity.clone(), name.clone())),
        }
    };
    let units = 0..again.syntax.units.len();
    let actors: Vec<usize> =
        units.filter(|u| actor(*u, ends[0].1).or_else(|| actor(*u, ends[1].1)).is_some()).take(ACTORS).collect();
    let mut out: Vec<Bridge> = Vec::new();
    for (number, &one) in actors.iter().enumerate() {
        for &other in &actors[number + 1..] {
            let mut ways: Vec<(usize, String, String, String)> = Vec::new();
            for (a, b) in [(one, other), (other, one)] {
                let (Some((first, source)), Some((second, target))) = (actor(a, ends[0].1), actor(b, ends[1].1)) else {
                    continue;
                };
                if first == second {
                    continue;
                }
                let slots = [format!("{{a:{}}}", ends[0].0), format!("{{b:{}}}", ends[1].0)];
                let walker = Walker { again, reading: &reading, a, b, slots };
                ways.extend(
                    walker
                        .ways()
                        .into_iter()
                        .map(|way| (way.split_whitespace().count(), way, source.clone(), target.clone())),
                );
            }
            ways.sort();
            let distinct = actor(one, TypeMask::ALL).map(|a| a.0) != actor(other, TypeMask::ALL).map(|b| b.0);
            let best = match ways.into_iter().next() {
                Some((_, pattern, source, target)) => Some(Bridge { pattern, is_pattern: true, source, target }),
                None if distinct => surface(again, one, other).and_then(|pattern| {
                    let (source, target) = (actor(one, TypeMask::ALL)?.1, actor(other, TypeMask::ALL)?.1);
                    Some(Bridge { pattern, is_pattern: false, source, target })
                }),
                None => None,
            };
            out.extend(best.filter(|bridge| !out.iter().any(|known| known.pattern == bridge.pattern)));
        }
    }
    out
}

/// The lemmas of the words between two units, where they are few.
fn surface(again: &Again<'_>, one: usize, other: usize) -> Option<String> {
    let between = one + 1..other;
    if between.is_empty() || between.len() > BETWEEN || between.clone().any(|u| again.syntax.units[u].mention.is_some())
    {
        return None;
    }
    // Function words alone tell nothing.
    let content = between.clone().any(|unit| {
        let it = &again.syntax.units[unit];
        it.morph.upos != Upos::Punct && !again.rules.function.uninflected.contains(it.word)
    });
    let words: Vec<String> =
        between.map(|unit| lemma(again.rules, again.text(unit), &again.syntax.units[unit].morph)).collect();
    content.then(|| format!("… {} …", words.join(" ")))
}

struct Walker<'w, 'a> {
    again: &'w Again<'a>,
    reading: &'w Reading<'w, 'a>,
    a: usize,
    b: usize,
    slots: [String; 2],
}

impl Walker<'_, '_> {
    fn ways(&self) -> Vec<String> {
        let mut out = Vec::new();
        for unit in 0..self.again.syntax.units.len() {
            let it = &self.again.syntax.units[unit];
            let function = &self.again.rules.function;
            if it.mention.is_some() || function.copula.contains(it.word) || function.uninflected.contains(it.word) {
                continue;
            }
            match it.morph.upos {
                Upos::Verb => self.over_verb(unit, &mut out),
                Upos::Noun => self.over_noun(unit, &mut out),
                _ => {}
            }
        }
        out
    }

    fn over_verb(&self, verb: usize, out: &mut Vec<String>) {
        let (Some(word), [a, b]) = (self.word(verb), &self.slots) else { return };
        let subjects = self.list(|out| self.reading.subjects(verb, out));
        if !subjects.contains(&self.a) {
            return;
        }
        let objects = self.list(|out| self.reading.objects(verb, out));
        if subjects.contains(&self.b) {
            if let Some(and) = self.conjunction(self.b).filter(|_| objects.is_empty() && self.a < self.b) {
                out.push(format!("{a} {and} {b} {word}"));
            }
            return;
        }
        if objects.contains(&self.b) {
            out.push(format!("{a} {word} {b}"));
        }
        out.extend(self.oblique(verb).map(|adposition| format!("{a} {word} {adposition} {b}")));
        for child in self.again.syntax.by(verb, &[Deprel::Obj, Deprel::Obl]) {
            let Some(noun) = self.noun(child) else { continue };
            let opened = match (self.again.syntax.rels[child], self.adposition(child)) {
                (Deprel::Obj, None) => String::new(),
                (Deprel::Obl, Some((adposition, _))) => format!("{adposition} "),
                _ => continue,
            };
            out.extend(self.oblique(child).map(|last| format!("{a} {word} {opened}{noun} {last} {b}")));
            if self.list(|out| self.reading.owners(child, out)).contains(&self.b) {
                out.push(format!("{a} {word} {opened}{b}'s {noun}"));
            }
        }
        for next in self.list(|out| self.reading.infinitives(verb, out)) {
            let to =
                self.again.syntax.by(next, &[Deprel::Mark]).map(|mark| self.again.text(mark).to_lowercase()).next();
            let (Some(to), Some(second)) = (to.filter(|_| self.again.syntax.is_infinitive(next)), self.word(next))
            else {
                continue;
            };
            if self.list(|out| self.reading.objects(next, out)).contains(&self.b) {
                out.push(format!("{a} {word} {to} {second} {b}"));
            }
            out.extend(self.oblique(next).map(|last| format!("{a} {word} {to} {second} {last} {b}")));
        }
    }

    fn over_noun(&self, unit: usize, out: &mut Vec<String>) {
        let (Some(noun), [a, b]) = (self.noun(unit), &self.slots) else { return };
        let Some(second) = self.oblique(unit) else { return };
        if self.list(|out| self.reading.owners(unit, out)).contains(&self.a) {
            out.push(format!("{a}'s {noun} {second} {b}"));
        } else if let Some((first, set)) = self.adposition(self.a)
            && self.list(|out| self.reading.obliques(unit, &set, out)).contains(&self.a)
            && self.a < self.b
        {
            match self.conjunction(self.b) {
                Some(and) => out.push(format!("{noun} {first} {a} {and} {b}")),
                None => out.push(format!("{noun} {first} {a} {second} {b}")),
            }
        }
    }

    fn list(&self, fill: impl FnOnce(&mut Vec<usize>)) -> Vec<usize> {
        let mut out = Vec::new();
        fill(&mut out);
        out
    }

    /// The adposition by which `b` hangs on a unit.
    fn oblique(&self, unit: usize) -> Option<String> {
        // A member of a list goes by the adposition of its first.
        let mut first = self.b;
        while self.again.syntax.rels[first] == Deprel::Conj && self.adposition(first).is_none() {
            first = self.again.syntax.head(first)?;
        }
        let (adposition, set) = self.adposition(first)?;
        self.list(|out| self.reading.obliques(unit, &set, out)).contains(&self.b).then_some(adposition)
    }

    /// The adposition of a unit, as a word that patterns read as one.
    fn adposition(&self, unit: usize) -> Option<(String, WordSet)> {
        let at = self.again.adposition(unit)?;
        let word = self.again.syntax.units[at].word;
        let function = &self.again.rules.function;
        let known = function.adposition.contains(word) || function.infinitive.contains(word);
        known.then(|| (self.again.rules.lexis.word(word).to_owned(), [word].into_iter().collect()))
    }

    /// The conjunction before a unit that is coordinated with another.
    fn conjunction(&self, unit: usize) -> Option<String> {
        let syntax = &self.again.syntax;
        if syntax.rels[unit] != Deprel::Conj {
            return None;
        }
        let word = syntax.by(unit, &[Deprel::Cc]).map(|cc| syntax.units[cc].word).next()?;
        self.again.rules.function.conjunction.contains(word).then(|| self.again.rules.lexis.word(word).to_owned())
    }

    /// The lemma of a common noun.
    fn noun(&self, unit: usize) -> Option<String> {
        let it = &self.again.syntax.units[unit];
        let common =
            it.mention.is_none() && self.again.syntax.is_class(unit, WordClass::Noun) && it.morph.upos == Upos::Noun;
        common.then(|| self.word(unit)).flatten()
    }

    /// The lemma of a unit, where a pattern can hold it.
    fn word(&self, unit: usize) -> Option<String> {
        let it = &self.again.syntax.units[unit];
        let word = lemma(self.again.rules, self.again.text(unit), &it.morph);
        (word.chars().count() > 1 && word.chars().all(char::is_alphabetic)).then_some(word)
    }
}
