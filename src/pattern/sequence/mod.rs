//! Patterns over neighbouring tokens: how names, titles and dates are composed.
//!
//! A pattern becomes a small program that a backtracking machine runs from one token. The machine never visits the same
//! instruction at the same token twice, so a run costs at most *program length × window*, whatever the pattern
//! (the bounded backtracker of Russ Cox, "Regular Expression Matching: the Virtual Machine Approach", 2009). Of many
//! programs only those are run that [`Openers`] cannot rule out.

mod compile;
mod openers;
mod program;
mod run;
mod token;

use std::sync::Arc;

pub use openers::{Hopes, Openers};
pub use run::Scratch;
pub use token::is_possessive;

pub(super) use compile::name_of;
pub(super) use program::Phrases;

use super::ast::Ast;
use super::fault::{PatternError, PatternFault};
use super::lexis::{WordId, WordSet};
use super::vocabulary::{Flags, TypeId, TypeMask, Vocabulary};
use crate::source::Span;
use compile::Compiler;
use program::{Inst, Program};
use token::Class;

/// Most tokens one match may span.
pub const WINDOW: usize = 48;
/// Most instructions of one program.
pub const MAX_PROGRAM: usize = 4000;

/// Index of a role's name in [`Sequence::roles`].
pub type RoleIndex = u8;

/// One mention that begins at a token, as the matcher sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start {
    /// One past its last token.
    pub end: u32,
    /// Handed back in captures.
    pub id: u32,
    /// Its type.
    pub type_id: TypeId,
    /// Its grammatical form, as an index the caller knows: 0 noun, 1 adjective.
    pub form: u8,
}

/// The tokens a sequence is matched on.
pub trait Tokens {
    /// Number of tokens.
    fn len(&self) -> usize;
    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The token's folded word.
    fn word(&self, at: usize) -> WordId;
    /// The number of its form: tokens with the same one are written alike.
    fn form(&self, at: usize) -> u32;
    /// The token as written.
    fn text(&self, at: usize) -> &str;
    /// What is known of it.
    fn flags(&self, at: usize) -> Flags;
    /// The types of the mentions that begin here.
    fn types(&self, at: usize) -> &TypeMask;
    /// The mentions that begin here, those found last first.
    fn starts(&self, at: usize) -> impl Iterator<Item = &Start>;
}

/// What filled a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capture {
    /// Which role.
    pub role: RoleIndex,
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
    /// The mention, where a slot was filled.
    pub mention: Option<u32>,
}

/// A compiled pattern over neighbouring tokens.
#[derive(Debug, Clone)]
pub struct Sequence {
    program: Program,
    roles: Vec<String>,
    first: First,
    needs: Vec<Need>,
}

/// What a match can begin with.
#[derive(Debug, Clone, Default)]
pub struct First {
    /// One of these words.
    pub words: WordSet,
    /// A mention of one of these types.
    pub types: TypeMask,
    /// More than words and mentions: the class below tells.
    pub anything: bool,
    /// All tokens that a match can begin with.
    class: Arc<Class>,
}

/// Something that every match holds.
#[derive(Debug, Clone)]
struct Need {
    class: Arc<Class>,
    /// It stands at least so many tokens after the first.
    after: u32,
}

impl Sequence {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// Every unknown name and every form that has no meaning in a sequence.
    pub fn compile(ast: &Ast, vocabulary: &mut Vocabulary<'_>) -> Result<Self, Vec<PatternError>> {
        let mut compiler = Compiler::new(vocabulary);
        let piece = compiler.emit(ast).settle();
        if compiler.overfull && compiler.errors.is_empty() {
            compiler.errors.push(
                PatternError::new(ast.span, format!("this pattern needs more than {MAX_PROGRAM} steps"))
                    .help("lower the counts of its repetitions"),
            );
        }
        let (roles, errors) = (compiler.roles, compiler.errors);
        if !errors.is_empty() {
            return Err(errors);
        }
        let mut code = piece.code;
        code.push(Inst::Accept);
        let program = Program::new(code);
        let (takers, empty) = program.takers();
        if empty {
            return Err(vec![
                PatternError::new(ast.span, "this pattern can match no token at all")
                    .fault(PatternFault::Never)
                    .help("make at least one element obligatory"),
            ]);
        }
        let first = First::of(&program, &takers);
        // What alone can begin a match was looked at already.
        let begins = |need: &Need| {
            need.after == 0
                && matches!(takers[..], [one] if matches!(&program.code[one], Inst::Take(c) if c.same(&need.class)))
        };
        let needs = piece.needs.into_iter().filter(|need| !begins(need)).collect();
        Ok(Self { program, roles, first, needs })
    }

    /// Names of the roles, by index.
    pub fn roles(&self) -> &[String] {
        &self.roles
    }

    /// What a match can begin with.
    pub fn first(&self) -> &First {
        &self.first
    }
}

impl First {
    fn of(program: &Program, takers: &[usize]) -> Self {
        let (mut first, mut class) = (Self::default(), Class::default());
        for inst in takers.iter().map(|at| &program.code[*at]) {
            match inst {
                Inst::Take(taken) => {
                    class.absorb(taken);
                    first.anything |= !taken.only_words();
                }
                Inst::Phrase(phrases) => class.words.extend(&phrases.heads),
                Inst::Slot { types, .. } => first.types = first.types.union(*types),
                _ => {}
            }
        }
        first.words.clone_from(&class.words);
        if !first.types.is_empty() {
            class.absorb(&Class::types(first.types));
        }
        first.class = Arc::new(class);
        first
    }
}

/// Most names that an unknown one is compared with.
const MAX_KNOWN: usize = 5_000;

/// An error for a name that the pack does not define, with the nearest spelling.
pub fn unknown<'n>(
    span: Span,
    fault: PatternFault,
    name: &str,
    known: impl Iterator<Item = &'n String>,
) -> PatternError {
    let mut known: Vec<&str> = known.map(String::as_str).collect();
    known.sort_unstable();
    let what = match fault {
        PatternFault::Type => "type",
        PatternFault::List => "list",
        _ => "tag",
    };
    let error = PatternError::new(span, format!("there is no {what} `{name}`")).fault(fault);
    // Of very many names not all are compared: that would cost more than compiling them.
    match crate::diagnostic::nearest(name, known.into_iter().take(MAX_KNOWN)) {
        Some(near) => PatternError { instead: Some(near.to_owned()), ..error.help(format!("did you mean `{near}`?")) },
        None => error,
    }
}
