//! Draws sentences from a grammar of constructions.

use std::collections::BTreeSet;

use super::{Form, Grammar, Line, Part, Role, What};
use crate::language::conllu::{Sentence, Token};
use crate::language::deprel::Deprel;
use crate::language::morph::{Morph, Upos};
use crate::language::random::Random;

/// Words a sentence has at most: the length past which news is cut up.
const MOST_WORDS: usize = 44;
const LEAST_WORDS: usize = 4;
/// How deep phrases go: past it a grammar that calls itself would not end.
const DEEPEST: usize = 16;
/// Draws in a row that give nothing new, after which the grammar is taken to hold no more.
const PATIENCE: usize = 2000;

pub(super) fn sentences(grammar: &Grammar, count: usize, random: &mut Random) -> Vec<Sentence> {
    let mut seen = BTreeSet::new();
    let mut sentences = Vec::new();
    let mut vain = 0;
    while sentences.len() < count && vain < PATIENCE {
        vain += 1;
        let mut draft = Draft { grammar, tokens: Vec::new() };
        let Some(grown) = draft.phrase(grammar.start, None, 0, random) else { continue };
        let Some(head) = grown.head else { continue };
        draft.hang(&grown.free, head);
        draft.tokens[head].rel = Deprel::Root;
        let tokens = finish(draft.tokens);
        let text: Vec<&str> = tokens.iter().map(|token| token.form.as_str()).collect();
        if tokens.len() < LEAST_WORDS || !seen.insert(text.join(" ")) {
            continue;
        }
        vain = 0;
        sentences.push(Sentence { id: format!("made-{}", sentences.len() + 1), tokens });
    }
    sentences
}

/// A sentence being built: heads are numbers of tokens counted from 1, and 0 where none is known yet.
struct Draft<'a> {
    grammar: &'a Grammar,
    tokens: Vec<Token>,
}

/// What a phrase came to.
#[derive(Default)]
struct Grown {
    head: Option<usize>,
    /// Dependents that no head of the phrase has taken.
    free: Vec<(usize, Deprel)>,
}

impl Draft<'_> {
    fn add(&mut self, form: &str, morph: Morph) -> Option<Grown> {
        if self.tokens.len() == MOST_WORDS {
            return None;
        }
        self.tokens.push(Token { form: form.to_owned(), morph, head: 0, rel: Deprel::Dep, space_after: true });
        Some(Grown { head: Some(self.tokens.len() - 1), free: Vec::new() })
    }

    fn hang(&mut self, dependents: &[(usize, Deprel)], head: usize) {
        for &(index, rel) in dependents {
            self.tokens[index].head = head as u16 + 1;
            self.tokens[index].rel = rel;
        }
    }

    /// One of the phrase's lines; nothing when the sentence grew too long or too deep.
    fn phrase(&mut self, phrase: usize, form: Option<Form>, depth: usize, random: &mut Random) -> Option<Grown> {
        if depth == DEEPEST {
            return None;
        }
        let lines = &self.grammar.phrases[phrase];
        let mut at = random.below(lines.iter().map(|line| line.weight).sum::<usize>().max(1));
        let line = lines.iter().find(|line| {
            let taken = at < line.weight;
            at = at.wrapping_sub(if taken { 0 } else { line.weight });
            taken
        })?;
        self.line(line, form, depth, random)
    }

    fn line(&mut self, line: &Line, form: Option<Form>, depth: usize, random: &mut Random) -> Option<Grown> {
        // What is joined to a head takes the head's form: "shot and killed".
        let own = line.parts.iter().find(|part| part.role == Role::Head).and_then(|part| part.form);
        let form = own.or(form);
        let mut grown = Grown::default();
        for part in &line.parts {
            if part.chance < 1.0 && !random.chance(part.chance) {
                continue;
            }
            let inherits = matches!(part.role, Role::Head | Role::Bare | Role::Dependent(Deprel::Conj));
            let form = part.form.or(form.filter(|_| inherits));
            let inner = self.part(part, form, depth, random)?;
            match part.role {
                Role::Dependent(rel) => {
                    let head = inner.head?;
                    self.hang(&inner.free, head);
                    grown.free.push((head, rel));
                }
                Role::Head | Role::Bare => {
                    grown.head = grown.head.or(inner.head);
                    grown.free.extend(inner.free);
                }
            }
        }
        if let Some(head) = grown.head {
            let free = std::mem::take(&mut grown.free);
            self.hang(&free, head);
        }
        Some(grown)
    }

    fn part(&mut self, part: &Part, form: Option<Form>, depth: usize, random: &mut Random) -> Option<Grown> {
        let verb = |forms: &super::Conjugated, draft: &mut Self| {
            let form = form.unwrap_or(Form::Base);
            draft.add(&forms[form as usize], form.morph())
        };
        match &part.what {
            What::Phrase(phrase) => self.phrase(*phrase, form, depth + 1, random),
            What::Words(list) => {
                let list = &self.grammar.words[*list];
                let word = list.forms.get(random.below(list.forms.len().max(1)))?;
                self.add(word, list.morph)
            }
            What::Verbs(list) => {
                let list = &self.grammar.verbs[*list];
                let forms = list.get(random.below(list.len().max(1)))?;
                verb(forms, self)
            }
            What::Word(word, morph) => self.add(word, *morph),
            What::Verb(forms) => verb(forms, self),
        }
    }
}

/// Takes out marks that two phrases have brought side by side, and gives the first word its capital.
fn finish(tokens: Vec<Token>) -> Vec<Token> {
    let mark = |token: &Token| token.morph.upos == Upos::Punct;
    let doubled = |index: usize| {
        let (this, next) = (&tokens[index], tokens.get(index + 1));
        next.is_some_and(|next| {
            mark(this) && mark(next) && (this.form == next.form || this.form == "," && next.form == ".")
        })
    };
    let mut number = vec![0u16];
    let mut kept = 0;
    for index in 0..tokens.len() {
        kept += u16::from(!doubled(index));
        number.push(kept);
    }
    let gone: Vec<bool> = (0..tokens.len()).map(doubled).collect();
    let mut finished: Vec<Token> = tokens
        .into_iter()
        .zip(gone)
        .filter(|(_, gone)| !gone)
        .map(|(token, _)| Token { head: number[usize::from(token.head)], ..token })
        .collect();
    if let Some(first) = finished.iter_mut().find(|token| token.morph.upos != Upos::Punct) {
        first.capitalise();
    }
    finished
}
