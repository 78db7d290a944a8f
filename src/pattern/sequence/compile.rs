//! A pattern becomes a program, with what must stand somewhere in every match of it.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::program::{Inst, Phrases};
use super::token::{Class, Test};
use super::{MAX_PROGRAM, Need, RoleIndex, unknown};
use crate::pattern::ast::{Ast, AstKind, TagExpr};
use crate::pattern::fault::{PatternError, PatternFault};
use crate::pattern::lexis::{WordId, fold};
use crate::pattern::parse::MAX_WORK;
use crate::pattern::satisfiable::contradiction;
use crate::pattern::vocabulary::{Definition, Flags, TypeMask, Vocabulary};
use crate::source::Span;

/// Grammatical forms a slot may ask for, by name.
const FORMS: &[&str] = &["noun", "adjective", "possessive"];
/// Most things kept that a match needs.
const MOST_NEEDS: usize = 4;

/// The program of a part of a pattern. Targets count from the instruction they stand in.
#[derive(Debug, Default)]
pub(super) struct Piece {
    pub(super) code: Vec<Inst>,
    /// What every match holds.
    pub(super) needs: Vec<Need>,
    /// Tokens that every match has at least.
    least: u32,
}

impl Piece {
    fn take(class: Class) -> Piece {
        Piece { code: vec![Inst::Take(Arc::new(class))], needs: Vec::new(), least: 1 }
    }

    /// Notes what it needs, now that its class is not going to grow.
    pub(super) fn settle(mut self) -> Piece {
        if let Some(class) = self.one_class().filter(|class| !class.any).cloned() {
            self.needs = vec![Need { class, after: 0 }];
        }
        self
    }

    /// The class of a piece that takes one token and does no more.
    fn one_class(&self) -> Option<&Arc<Class>> {
        match &self.code[..] {
            [Inst::Take(class)] => Some(class),
            _ => None,
        }
    }

    /// Puts another piece after this one.
    fn then(&mut self, next: Piece) {
        let next = next.settle();
        self.code.extend(next.code);
        let least = self.least;
        self.needs.extend(next.needs.into_iter().map(|need| Need { after: need.after + least, ..need }));
        self.needs.sort_by_key(|need| need.class.breadth());
        self.needs.truncate(MOST_NEEDS);
        self.least += next.least;
    }
}

pub(super) struct Compiler<'c, 'v> {
    pub(super) roles: Vec<String>,
    pub(super) errors: Vec<PatternError>,
    pub(super) vocabulary: &'c mut Vocabulary<'v>,
    depth: usize,
    /// Parts looked at: some add nothing to the program.
    work: usize,
    /// Whether the program grew too long.
    pub(super) overfull: bool,
}

impl<'c, 'v> Compiler<'c, 'v> {
    pub(super) fn new(vocabulary: &'c mut Vocabulary<'v>) -> Self {
        Self { roles: Vec::new(), errors: Vec::new(), vocabulary, depth: 0, work: 0, overfull: false }
    }

    fn role(&mut self, name: &str) -> RoleIndex {
        let index = self.roles.iter().position(|r| r == name).unwrap_or_else(|| {
            self.roles.push(name.to_owned());
            self.roles.len() - 1
        });
        index.min(254) as RoleIndex
    }

    /// Whether a program of so many instructions is still short enough; remembered if it is not.
    fn fits(&mut self, length: usize) -> bool {
        self.overfull |= length > MAX_PROGRAM;
        !self.overfull
    }

    pub(super) fn emit(&mut self, ast: &Ast) -> Piece {
        self.work += 1;
        self.overfull |= self.work > MAX_WORK;
        if self.overfull {
            return Piece::default();
        }
        match &ast.kind {
            AstKind::Seq(parts) => {
                let mut whole = Piece::default();
                for part in parts {
                    let next = self.emit(part);
                    if self.fits(whole.code.len() + next.code.len()) {
                        whole.then(next);
                    }
                }
                whole
            }
            AstKind::Alt(parts) => self.alternatives(parts),
            AstKind::Repeat { inner, min, max } => self.repeat(inner, *min, *max),
            AstKind::Capture { role, inner } => {
                let role = self.role(role);
                let mut piece = self.emit(inner).settle();
                piece.code.insert(0, Inst::Open(role));
                piece.code.push(Inst::Close(role));
                piece
            }
            AstKind::Not(inner) => self.refusal(inner),
            AstKind::Tight(inner) => self.emit(inner),
            AstKind::Gap => {
                let any = Arc::new(Class::any());
                let code = (0..6).flat_map(|_| [Inst::Split(1, 2), Inst::Take(any.clone())]).collect();
                Piece { code, ..Piece::default() }
            }
            AstKind::Slot { role, type_name, type_span, form } => {
                self.slot(ast.span, role.as_deref(), (type_name, *type_span), form.as_deref())
            }
            AstKind::Word { text, class } => Piece::take(Class::words(self.vocabulary.forms(text, *class))),
            AstKind::Exact(text) => {
                let mut whole = Piece::default();
                text.split_whitespace().for_each(|word| whole.then(Piece::take(Class::exact(word))));
                whole
            }
            AstKind::Regex(text) => match self.vocabulary.expression(text) {
                Ok(expression) => Piece::take(Class::regex(expression.into())),
                Err(message) => {
                    let message = format!("this regular expression is wrong: {message}");
                    self.errors.push(PatternError::new(ast.span, message));
                    Piece::default()
                }
            },
            AstKind::Tag(expr) => {
                if let Some(error) = contradiction(expr, ast.span) {
                    self.errors.push(error);
                    return Piece::default();
                }
                self.test(expr, true).map_or_else(Piece::default, |test| Piece::take(Class::test(test)))
            }
            AstKind::Possessive => Piece::take(Class::possessive()),
            AstKind::Punct(mark) => Piece::take(Class::mark(mark)),
            AstKind::List(name) => self.list(name, ast),
        }
    }

    fn slot(&mut self, span: Span, role: Option<&str>, type_name: (&str, Span), form: Option<&str>) -> Piece {
        let Some(types) = self.types(type_name.0, type_name.1) else { return Piece::default() };
        let form = form.and_then(|f| {
            let found = FORMS.iter().position(|x| *x == f);
            if found.is_none() {
                let error = PatternError::new(span, format!("`{f}` is no grammatical form"));
                self.errors.push(error.help(format!("one of: {}", FORMS.join(", "))));
            }
            found.map(|i| i as u8)
        });
        let role = role.map(|r| self.role(r));
        let needs = vec![Need { class: Arc::new(Class::types(types)), after: 0 }];
        Piece { code: vec![Inst::Slot { types, form, role }], needs, least: 1 }
    }

    fn types(&mut self, name: &str, span: Span) -> Option<TypeMask> {
        let found = self.vocabulary.types.get(name).copied();
        if found.is_none() {
            self.errors.push(unknown(span, PatternFault::Type, name, self.vocabulary.types.keys()));
        }
        found
    }

    /// What must not stand here. A look-ahead of one token needs no search of its own.
    fn refusal(&mut self, inner: &Ast) -> Piece {
        let mut piece = self.emit(inner);
        let class = match &piece.code[..] {
            [Inst::Slot { types, form: None, .. }] => Some(Arc::new(Class::types(*types))),
            _ => piece.one_class().cloned(),
        };
        let code = match class {
            Some(class) => vec![Inst::Refuse(class)],
            None => {
                piece.code.insert(0, Inst::Unless { resume: piece.code.len() + 2 });
                piece.code.push(Inst::Accept);
                piece.code
            }
        };
        Piece { code, ..Piece::default() }
    }

    fn alternatives(&mut self, parts: &[Ast]) -> Piece {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut length = 0;
        for part in parts {
            let mut piece = self.emit(part);
            // Neighbours that take one token each are one class: which of them took it makes no difference.
            if let (Some([Inst::Take(last)]), Some(class)) =
                (pieces.last_mut().map(|last| &mut last.code[..]), piece.one_class())
            {
                Arc::make_mut(last).absorb(class);
                continue;
            }
            piece.needs.truncate(1);
            length += piece.code.len() + 2;
            if !self.fits(length) {
                return Piece::default();
            }
            pieces.push(piece);
        }
        if let [only] = &mut pieces[..] {
            return std::mem::take(only);
        }
        // Whichever matches, something of it is needed.
        let mut need = Some(Need { class: Arc::default(), after: u32::MAX });
        for piece in &pieces {
            let one = piece.one_class().map(|class| Need { class: class.clone(), after: 0 });
            need = need.zip(one.as_ref().or(piece.needs.first())).map(|(mut need, one)| {
                Arc::make_mut(&mut need.class).absorb(&one.class);
                Need { after: need.after.min(one.after), ..need }
            });
        }
        let least = pieces.iter().map(|piece| piece.least).min().unwrap_or(0);
        let mut code = Vec::with_capacity(length);
        let last = pieces.len().saturating_sub(1);
        let total: usize = pieces.iter().map(|piece| piece.code.len() + 2).sum::<usize>().saturating_sub(2);
        for (i, piece) in pieces.into_iter().enumerate() {
            let length = piece.code.len();
            if i < last {
                code.push(Inst::Split(1, length + 2));
            }
            code.extend(piece.code);
            if i < last {
                code.push(Inst::Jump(total - code.len()));
            }
        }
        Piece { code, needs: need.filter(|need| need.after != u32::MAX).into_iter().collect(), least }
    }

    fn repeat(&mut self, inner: &Ast, min: u32, max: Option<u32>) -> Piece {
        let piece = self.emit(inner).settle();
        let (length, times) = (piece.code.len(), max.unwrap_or(min.saturating_add(1)).max(min) as usize);
        if !self.fits((length + 2).saturating_mul(times)) {
            return Piece::default();
        }
        let mut code = Vec::with_capacity((length + 2) * times);
        for _ in 0..min {
            code.extend(piece.code.iter().cloned());
        }
        match max {
            None => {
                code.push(Inst::Split(1, length + 2));
                code.extend(piece.code.iter().cloned());
                code.push(Inst::Jump((length + 1).wrapping_neg()));
            }
            Some(max) => {
                let more = max.saturating_sub(min) as usize;
                for done in 0..more {
                    code.push(Inst::Split(1, (more - done) * (length + 1)));
                    code.extend(piece.code.iter().cloned());
                }
            }
        }
        if min == 0 {
            return Piece { code, ..Piece::default() };
        }
        Piece { code, needs: piece.needs, least: piece.least.saturating_mul(min) }
    }

    fn list(&mut self, name: &str, ast: &Ast) -> Piece {
        let definitions = self.vocabulary.definitions;
        match definitions.get(name) {
            None => {
                self.errors.push(unknown(name_of(ast.span), PatternFault::List, name, definitions.keys()));
                Piece::default()
            }
            Some(Definition::Fragment(fragment)) => {
                if self.depth > 16 {
                    self.errors.push(PatternError::new(ast.span, format!("@{name} stands inside itself")));
                    return Piece::default();
                }
                self.depth += 1;
                let before = self.errors.len();
                let piece = self.emit(fragment);
                // What is wrong inside of a list is pointed at where the list is named.
                self.errors[before..].iter_mut().for_each(|error| error.inside_of(name, ast.span));
                self.depth -= 1;
                piece
            }
            Some(Definition::Words(phrases)) => {
                let phrases = match self.vocabulary.memo.phrases.get(name) {
                    Some(known) => known.clone(),
                    None => {
                        let new = Arc::new(self.phrases(phrases));
                        self.vocabulary.memo.phrases.insert(name.to_owned(), new.clone());
                        new
                    }
                };
                let heads = Class::words(phrases.heads.clone());
                if phrases.single {
                    return Piece::take(heads);
                }
                let needs = vec![Need { class: Arc::new(heads), after: 0 }];
                Piece { code: vec![Inst::Phrase(phrases)], needs, least: 1 }
            }
        }
    }

    fn phrases(&mut self, written: &[String]) -> Phrases {
        let mut phrases = Phrases { single: true, ..Phrases::default() };
        let mut seen: FxHashSet<Vec<WordId>> = FxHashSet::default();
        for phrase in written {
            let words: Vec<&str> = phrase.split_whitespace().collect();
            let Some((last, front)) = words.split_last() else { continue };
            // The last word of a phrase inflects: *armed group* is also *armed groups*.
            let forms = self.vocabulary.forms(last, None);
            let front: Vec<WordId> = front.iter().map(|w| self.vocabulary.exact(&fold(w))).collect();
            for form in forms.iter() {
                let mut whole = front.clone();
                whole.push(form);
                if seen.insert(whole.clone()) {
                    let rest = whole.split_off(1);
                    phrases.single &= rest.is_empty();
                    phrases.heads.insert(whole[0]);
                    phrases.by_head.entry(whole[0]).or_default().push(rest);
                }
            }
        }
        phrases
    }

    /// The test that an expression, or what it denies, makes of a token.
    fn test(&mut self, expr: &TagExpr, wanted: bool) -> Option<Test> {
        Some(match expr {
            TagExpr::Name(name, span) => {
                if let Some(flag) = Flags::named(name) {
                    Test::flag(flag, wanted)
                } else if let Some(types) = self.vocabulary.types.get(name) {
                    Test::of_types(*types, wanted)
                } else {
                    let mut named = Flags::NAMED.iter().map(|(n, ..)| (*n).to_owned()).collect::<Vec<_>>();
                    named.extend(self.vocabulary.types.keys().cloned());
                    self.errors.push(unknown(*span, PatternFault::Tag, name, named.iter()));
                    return None;
                }
            }
            TagExpr::Not(inner) => self.test(inner, !wanted)?,
            TagExpr::And(a, b) | TagExpr::Or(a, b) => {
                let (one, other) = (self.test(a, wanted)?, self.test(b, wanted)?);
                let all = matches!(expr, TagExpr::And(..)) == wanted;
                if all { Test::both(one, other) } else { Test::either(one, other) }
            }
        })
    }
}

/// The name in `@name`.
pub(in crate::pattern) fn name_of(list: Span) -> Span {
    Span { start: (list.start + 1).min(list.end), end: list.end }
}
