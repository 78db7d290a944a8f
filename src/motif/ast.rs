//! A question as it was written.

use crate::source::Span;

/// A name and its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Name {
    pub text: String,
    pub span: Span,
}

/// A value that is written down.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Literal {
    Text(String),
    Number(f64),
}

/// One or several of which any will do, with their place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Literals {
    pub any: Vec<Literal>,
    pub span: Span,
}

/// What a property must be.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Asked {
    /// One of these.
    Literals(Literals),
    /// The same as a property of something else: `{name: m.country}`.
    Same(Name, Name),
}

/// `(m:Minister {country: "…"})`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NodePattern {
    pub variable: Option<Name>,
    pub types: Vec<Name>,
    pub wanted: Vec<(Name, Asked)>,
    pub span: Span,
}

/// Which way a relation must run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Forth,
    Back,
    Either,
}

/// `-[met-with|visited *1..3 {modality: "…"}]->`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct HopPattern {
    pub variable: Option<Name>,
    pub relations: Vec<Name>,
    /// Least and most relations in a row; none for exactly one.
    pub length: Option<(u32, u32)>,
    pub wanted: Vec<(Name, Asked)>,
    pub direction: Direction,
    pub span: Span,
}

/// Nodes and what leads from each to the next.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pattern {
    pub nodes: Vec<NodePattern>,
    pub hops: Vec<HopPattern>,
}

/// How two values are held against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compare {
    Equal,
    Different,
    Less,
    AtMost,
    More,
    AtLeast,
    Contains,
    StartsWith,
    EndsWith,
    Matches,
}

/// What has a value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Term {
    Variable(Name),
    Property(Name, Name),
    Literal(Literals),
}

/// What must hold.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Compare(Term, Compare, Term),
    /// `m.office is null`.
    Unknown(Term),
    /// `m:Minister`.
    Typed(Name, Vec<Name>),
    /// A pattern of which there must be a match.
    Exists(Pattern),
}

/// What is worked out over all rows that otherwise agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Total {
    Count,
    Collect,
    Least,
    Most,
}

/// What stands in a column.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shown {
    Each(Term),
    /// A total over distinct values or all; of rows where there is no term.
    Total(Total, bool, Option<Term>),
}

/// A column and its heading.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Column {
    pub shown: Shown,
    pub heading: String,
}

/// `return distinct … order by … skip … limit …`.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Return {
    /// Empty for what the patterns name.
    pub columns: Vec<Column>,
    pub distinct: bool,
    /// Headings, and whether the greatest comes first.
    pub order: Vec<(Name, bool)>,
    pub skip: usize,
    pub limit: Option<usize>,
}

/// A whole question.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Written {
    pub patterns: Vec<Pattern>,
    pub condition: Option<Condition>,
    pub answer: Return,
}
