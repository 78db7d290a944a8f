//! Second versions of training sentences, closer to what the parser meets in use.
//!
//! In use a recognised name is one unit, headlines leave out articles and auxiliaries, and pages lose capitals and full
//! stops. A treebank has little of that, so some of its sentences are learnt a second time in such a dress. What is
//! changed is decided on tags and relations alone; no word of any language is named here.

use crate::language::conllu::{Sentence, Token};
use crate::language::deprel::Deprel;
use crate::language::morph::{PronType, Upos};
use crate::language::random::Random;

/// The sentence with names folded into one unit each, hyphenated words joined, and some noun compounds folded as well;
/// nothing when it holds none of these.
pub(crate) fn folded(sentence: &Sentence, random: &mut Random) -> Option<Sentence> {
    let mut fold = Fold::new(sentence);
    fold.hyphens(random);
    fold.names(random);
    fold.compounds(random);
    fold.apply(sentence)
}

/// The sentence as a headline or a damaged page may show it.
pub(crate) fn rough(sentence: &Sentence, random: &mut Random) -> Sentence {
    let mut rough = sentence.clone();
    let headline = random.chance(0.4);
    let drop_stop = random.chance(0.8);
    let count = rough.tokens.len();
    let is_leaf = |index: usize| !sentence.tokens.iter().any(|t| usize::from(t.head) == index + 1);
    let dropped: Vec<bool> = sentence
        .tokens
        .iter()
        .enumerate()
        .map(|(index, token)| {
            let stop = drop_stop && index + 1 == count && token.rel == Deprel::Punct;
            let small = headline
                && match token.rel {
                    Deprel::Det => token.morph.pron_type == Some(PronType::Art),
                    Deprel::AuxPass => random.chance(0.6),
                    Deprel::Cop => random.chance(0.3),
                    _ => false,
                };
            count > 3 && token.head != 0 && (stop || small) && is_leaf(index)
        })
        .collect();
    remove(&mut rough, &dropped);
    match random.below(10) {
        0..=2 => rough.tokens.iter_mut().for_each(|token| capitalise(token, headline)),
        3..=4 => rough.tokens.iter_mut().for_each(|token| token.form = token.form.to_lowercase()),
        5 => rough.tokens.iter_mut().for_each(|token| token.form = token.form.to_uppercase()),
        6..=7 => {
            if let Some(first) = rough.tokens.first_mut().filter(|token| token.morph.upos != Upos::Propn) {
                first.form = first.form.to_lowercase();
            }
        }
        _ => {}
    }
    rough
}

/// Gives a word its headline capital: every word, or every one but the short function words.
fn capitalise(token: &mut Token, all: bool) {
    let function = matches!(token.morph.upos, Upos::Adp | Upos::Cconj | Upos::Det | Upos::Part);
    if !(all && function && token.form.len() < 5) {
        token.capitalise();
    }
}

/// Takes leaves out and numbers the heads anew.
fn remove(sentence: &mut Sentence, dropped: &[bool]) {
    let mut numbers = vec![0u16];
    let mut kept = 0;
    for &drop in dropped {
        kept += u16::from(!drop);
        numbers.push(kept);
    }
    let mut flags = dropped.iter();
    sentence.tokens.retain(|_| flags.next() == Some(&false));
    for token in &mut sentence.tokens {
        token.head = numbers[usize::from(token.head)];
    }
}

/// Units being formed: for every word the first word of its unit, and for every unit its head.
struct Fold<'a> {
    tokens: &'a [Token],
    /// Number of the unit a word belongs to, if any.
    unit: Vec<Option<usize>>,
    units: Vec<Unit>,
}

struct Unit {
    first: usize,
    last: usize,
    head: usize,
    form: String,
}

impl<'a> Fold<'a> {
    fn new(sentence: &'a Sentence) -> Fold<'a> {
        Fold { tokens: &sentence.tokens, unit: vec![None; sentence.tokens.len()], units: Vec::new() }
    }

    fn add(&mut self, first: usize, last: usize, head: usize, form: String) {
        for slot in &mut self.unit[first..=last] {
            *slot = Some(self.units.len());
        }
        self.units.push(Unit { first, last, head, form });
    }

    fn free(&self, first: usize, last: usize) -> bool {
        self.unit[first..=last].iter().all(Option::is_none)
    }

    /// The one word of a stretch whose head lies outside it.
    fn head_of(&self, first: usize, last: usize) -> Option<usize> {
        let inside = |index: &usize| {
            let head = usize::from(self.tokens[*index].head);
            head > first && head <= last + 1
        };
        let mut outer = (first..=last).filter(|index| !inside(index));
        let head = outer.next()?;
        outer.next().is_none().then_some(head)
    }

    fn hyphens(&mut self, random: &mut Random) {
        if !random.chance(0.7) {
            return;
        }
        let mut at = 0;
        while at + 2 < self.tokens.len() {
            let mut last = at;
            while last + 2 < self.tokens.len()
                && self.tokens[last + 1].form == "-"
                && !self.tokens[last].space_after
                && !self.tokens[last + 1].space_after
            {
                last += 2;
            }
            if last > at
                && let Some(head) = self.head_of(at, last)
            {
                let form = self.tokens[at..=last].iter().map(|token| token.form.as_str()).collect();
                self.add(at, last, head, form);
            }
            at = last + 1;
        }
    }

    fn names(&mut self, random: &mut Random) {
        let inner = |rel| matches!(rel, Deprel::Flat | Deprel::Compound | Deprel::NmodDesc);
        for head in 0..self.tokens.len() {
            let token = &self.tokens[head];
            if !matches!(token.morph.upos, Upos::Propn | Upos::Noun) || !self.free(head, head) {
                continue;
            }
            let (mut first, mut last) = (head, head);
            let belongs = |index: usize, first: usize, last: usize| {
                let token = &self.tokens[index];
                let to = usize::from(token.head);
                let rel = inner(token.rel)
                    || token.morph.upos == Upos::Propn && matches!(token.rel, Deprel::Amod | Deprel::Nummod);
                self.unit[index].is_none() && rel && to > first && to <= last + 1
            };
            while first > 0 && belongs(first - 1, first, last) {
                first -= 1;
            }
            while last + 1 < self.tokens.len() && belongs(last + 1, first, last) {
                last += 1;
            }
            let name = (first..=last).rev().find(|&index| self.tokens[index].morph.upos == Upos::Propn);
            let Some(name) = name else { continue };
            let titled = token.morph.upos == Upos::Propn || inner(self.tokens[name].rel) && name > head;
            if last > first && titled && self.head_of(first, last) == Some(head) && random.chance(0.92) {
                let form = self.tokens[name].form.clone();
                self.add(first, last, head, form);
            }
        }
    }

    fn compounds(&mut self, random: &mut Random) {
        for head in 1..self.tokens.len() {
            let mut first = head;
            while first > 0
                && self.unit[first - 1].is_none()
                && self.tokens[first - 1].rel == Deprel::Compound
                && usize::from(self.tokens[first - 1].head) == head + 1
            {
                first -= 1;
            }
            let whole = first < head && self.tokens[head].morph.upos == Upos::Noun && self.free(first, head);
            if whole && self.head_of(first, head) == Some(head) && random.chance(0.25) {
                let form = self.tokens[head].form.clone();
                self.add(first, head, head, form);
            }
        }
    }

    fn apply(self, sentence: &Sentence) -> Option<Sentence> {
        if self.units.is_empty() {
            return None;
        }
        let mut folded = sentence.clone();
        let mut dropped = vec![false; folded.tokens.len()];
        for unit in &self.units {
            let any_name = (unit.first..=unit.last).find(|&index| self.tokens[index].morph.upos == Upos::Propn);
            let token = &mut folded.tokens[unit.head];
            token.form.clone_from(&unit.form);
            if let Some(name) = any_name
                && !unit.form.contains('-')
            {
                token.morph = self.tokens[name].morph;
            }
            dropped[unit.first..=unit.last].fill(true);
            dropped[unit.head] = false;
        }
        for token in &mut folded.tokens {
            if let Some(index) = usize::from(token.head).checked_sub(1)
                && let Some(unit) = self.unit[index]
            {
                token.head = self.units[unit].head as u16 + 1;
            }
        }
        remove(&mut folded, &dropped);
        Some(folded)
    }
}
