//! Leads the atoms of a [`Clause`] back to the characters of the pattern that they were written in.
//!
//! Compiling spreads a pattern out and merges its alternatives, and matching has no use for characters; so they are worked
//! out again when somebody asks, by reading the pattern beside the clause. Lists are taken at their word: whatever words of
//! the clause stand where `@name` stands came from it.

use super::ast::{Ast, AstKind};
use super::clause::{Atom, AtomKind, Clause};
use super::lexis::{Lexis, fold};
use super::vocabulary::FunctionWords;
use crate::source::Span;

/// Most steps of one search; patterns of a sane size take a few dozen.
const STEPS: usize = 20_000;
/// Most words of one phrase of a list.
const PHRASE: usize = 5;

/// Where the parts of a clause stand in its pattern.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trace {
    /// For each atom the part that it was written in.
    pub atoms: Vec<Span>,
    /// For function words that are no atoms: the number of atoms before, and where.
    pub function: Vec<(usize, Span)>,
}

impl Trace {
    /// The last function word before an atom with nothing else between: the adposition that governs it.
    pub fn before(&self, atom: usize) -> Option<Span> {
        self.function.iter().rev().find(|(at, _)| *at == atom).map(|(_, span)| *span)
    }
}

/// Reads `ast` beside the clause that was compiled from it. None where the two do not go together.
pub fn trace(ast: &Ast, clause: &Clause, lexis: &Lexis, function: &FunctionWords) -> Option<Trace> {
    let mut reader = Reader { atoms: &clause.atoms, lexis, function, steps: STEPS };
    let mut trace = Trace::default();
    reader.read(vec![ast], &mut trace).then_some(trace)
}

struct Reader<'a> {
    atoms: &'a [Atom],
    lexis: &'a Lexis,
    function: &'a FunctionWords,
    steps: usize,
}

impl Reader<'_> {
    /// Reads what is left of the pattern, the next node last; takes back what led nowhere.
    fn read(&mut self, mut todo: Vec<&Ast>, out: &mut Trace) -> bool {
        if self.steps == 0 {
            return false;
        }
        self.steps -= 1;
        let Some(ast) = todo.pop() else { return out.atoms.len() == self.atoms.len() };
        match &ast.kind {
            AstKind::Seq(parts) => {
                todo.extend(parts.iter().rev());
                self.read(todo, out)
            }
            AstKind::Alt(parts) => {
                // Alternatives of one word each are one atom.
                let single =
                    parts.iter().any(|part| matches!(&part.kind, AstKind::Word { text, .. } if self.is(text, out)));
                single && self.consume(1, ast.span, &todo, out)
                    || parts.iter().any(|part| {
                        let mut todo = todo.clone();
                        todo.push(part);
                        self.read(todo, out)
                    })
            }
            AstKind::Repeat { inner, min, .. } => {
                let mut with = todo.clone();
                with.push(inner);
                self.read(with, out) || *min == 0 && self.read(todo, out)
            }
            AstKind::Capture { inner, .. } | AstKind::Tight(inner) => {
                todo.push(inner);
                self.read(todo, out)
            }
            AstKind::Not(_) | AstKind::Gap | AstKind::Punct(_) | AstKind::Possessive | AstKind::Regex(_) => {
                self.read(todo, out)
            }
            AstKind::Slot { role, .. } => {
                let fits = |atom: &Atom| match (&atom.kind, role) {
                    (AtomKind::Slot { role: filled, .. }, Some(role)) => **filled == **role,
                    (AtomKind::Slot { role: filled, .. }, None) => filled.starts_with('_'),
                    _ => false,
                };
                self.atoms.get(out.atoms.len()).is_some_and(fits) && self.consume(1, ast.span, &todo, out)
            }
            AstKind::Word { text, .. } => {
                self.is(text, out) && self.consume(1, ast.span, &todo, out)
                    || self.is_function(text) && self.pass(ast.span, todo, out)
            }
            AstKind::Exact(text) => self.consume(text.split_whitespace().count(), ast.span, &todo, out),
            AstKind::Tag(_) => self.consume(1, ast.span, &todo, out),
            AstKind::List(_) => {
                (1..=PHRASE).any(|count| self.consume(count, ast.span, &todo, out)) || self.pass(ast.span, todo, out)
            }
        }
    }

    /// Whether the next atom has this word among its own.
    fn is(&self, text: &str, out: &Trace) -> bool {
        let word = self.lexis.find(&fold(text));
        self.atoms
            .get(out.atoms.len())
            .is_some_and(|atom| matches!(&atom.kind, AtomKind::Word { forms, .. } if forms.contains(word)))
    }

    fn is_function(&self, text: &str) -> bool {
        let word = self.lexis.find(&fold(text));
        let sets = [
            &self.function.determiner,
            &self.function.complementizer,
            &self.function.adposition,
            &self.function.infinitive,
            &self.function.conjunction,
            &self.function.copula,
        ];
        sets.into_iter().any(|set| set.contains(word))
    }

    /// Takes the next word atoms as written at `span`, and reads on.
    fn consume(&mut self, count: usize, span: Span, todo: &[&Ast], out: &mut Trace) -> bool {
        let from = out.atoms.len();
        let Some(taken) = self.atoms.get(from..from + count) else { return false };
        if count != 1 && taken.iter().any(|atom| matches!(atom.kind, AtomKind::Slot { .. })) {
            return false;
        }
        let function = out.function.len();
        out.atoms.extend(std::iter::repeat_n(span, count));
        let done = self.read(todo.to_vec(), out);
        if !done {
            out.atoms.truncate(from);
            out.function.truncate(function);
        }
        done
    }

    /// Passes over a function word.
    fn pass(&mut self, span: Span, todo: Vec<&Ast>, out: &mut Trace) -> bool {
        out.function.push((out.atoms.len(), span));
        let at = out.function.len();
        let done = self.read(todo, out);
        if !done {
            out.function.truncate(at - 1);
        }
        done
    }
}
