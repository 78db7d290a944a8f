//! What a pattern says, as written: every node knows the characters it came from.
//!
//! The tree is close to the text on purpose: a formatter prints it back, an error points into it. Meaning is given later,
//! by [`super::reading`] for clauses and by [`super::sequence`] for names.

use crate::source::Span;

/// One node of a pattern with the bytes it was written in.
#[derive(Debug, Clone, PartialEq)]
pub struct Ast {
    /// What it is.
    pub kind: AstKind,
    /// Bytes of the pattern text.
    pub span: Span,
}

/// The part of speech a rule asks of a bare word (`visit/verb`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WordClass {
    /// Any inflection of the word as a verb.
    Verb,
    /// Any inflection of the word as a noun.
    Noun,
    /// The word itself, which does not inflect.
    Other,
}

impl WordClass {
    /// The class that `word/name` asks for.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "verb" => Some(Self::Verb),
            "noun" => Some(Self::Noun),
            "word" => Some(Self::Other),
            _ => None,
        }
    }
}

/// The forms a pattern is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum AstKind {
    /// `{role:Type}`, `{:Type}`, `{role:Type.adjective}`.
    Slot {
        /// The role the mention fills.
        role: Option<String>,
        /// A type of the pack; none means any mention.
        type_name: String,
        /// Bytes of the type's name.
        type_span: Span,
        /// A grammatical form asked of the mention.
        form: Option<String>,
    },
    /// A bare word, in all its inflections.
    Word {
        /// The word as written.
        text: String,
        /// The class asked for, if any.
        class: Option<WordClass>,
    },
    /// `"word"`: exactly these characters.
    Exact(String),
    /// `/regex/` on one token's surface.
    Regex(String),
    /// `[tag & !tag]`.
    Tag(TagExpr),
    /// `@name`: a list or fragment.
    List(String),
    /// `'s`.
    Possessive,
    /// A punctuation token.
    Punct(String),
    /// `...`: a bounded gap.
    Gap,
    /// `role:( … )`: what the group matched fills the role.
    Capture {
        /// The role.
        role: String,
        /// The group.
        inner: Box<Ast>,
    },
    /// One of several.
    Alt(Vec<Ast>),
    /// One after the other.
    Seq(Vec<Ast>),
    /// `x?`, `x*`, `x+`, `x{n,m}`.
    Repeat {
        /// What repeats.
        inner: Box<Ast>,
        /// At least so often.
        min: u32,
        /// At most so often; none is unbounded.
        max: Option<u32>,
    },
    /// `!x`: what must not stand here.
    Not(Box<Ast>),
    /// `~x`: nothing may be skipped before it.
    Tight(Box<Ast>),
}

/// A test of one token, in brackets.
#[derive(Debug, Clone, PartialEq)]
pub enum TagExpr {
    /// A tag, shape or type name, with its bytes.
    Name(String, Span),
    /// Both.
    And(Box<TagExpr>, Box<TagExpr>),
    /// Either.
    Or(Box<TagExpr>, Box<TagExpr>),
    /// Not so.
    Not(Box<TagExpr>),
}

impl Ast {
    /// Calls `see` on this node and every node below it, outermost first.
    pub fn walk<'a>(&'a self, see: &mut dyn FnMut(&'a Ast)) {
        see(self);
        match &self.kind {
            AstKind::Alt(parts) | AstKind::Seq(parts) => parts.iter().for_each(|p| p.walk(see)),
            AstKind::Repeat { inner, .. }
            | AstKind::Not(inner)
            | AstKind::Tight(inner)
            | AstKind::Capture { inner, .. } => inner.walk(see),
            _ => {}
        }
    }
}
