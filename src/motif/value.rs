//! Values, and the properties of nodes and relations that have them.

use std::borrow::Cow;

use deunicode::deunicode;

use super::ast::Literal;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Scalar<'a> {
    Text(Cow<'a, str>),
    Number(f64),
}

impl From<&Literal> for Scalar<'static> {
    fn from(literal: &Literal) -> Self {
        match literal {
            Literal::Text(text) => Scalar::Text(Cow::Owned(text.clone())),
            Literal::Number(number) => Scalar::Number(*number),
        }
    }
}

impl<'a> From<&'a str> for Scalar<'a> {
    fn from(text: &'a str) -> Self {
        Scalar::Text(Cow::Borrowed(text))
    }
}

/// What of a node or relation is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Property {
    Id,
    Name,
    Type,
    Label,
    Support,
    Documents,
    Modality,
    Polarity,
    Told,
    Confidence,
    Origin,
    Quote,
    Rule,
    Source,
    Target,
    Attribute(String),
}

/// Properties that every node has.
pub(crate) const OF_NODES: [(&str, Property); 6] = [
    ("name", Property::Name),
    ("type", Property::Type),
    ("id", Property::Id),
    ("support", Property::Support),
    ("documents", Property::Documents),
    ("rule", Property::Rule),
];

/// Properties that every relation has.
pub(crate) const OF_EDGES: [(&str, Property); 13] = [
    ("type", Property::Type),
    ("label", Property::Label),
    ("modality", Property::Modality),
    ("polarity", Property::Polarity),
    ("told", Property::Told),
    ("confidence", Property::Confidence),
    ("support", Property::Support),
    ("documents", Property::Documents),
    ("quote", Property::Quote),
    ("rule", Property::Rule),
    ("origin", Property::Origin),
    ("source", Property::Source),
    ("target", Property::Target),
];

/// A text without case and accents.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { deunicode(text).to_lowercase() }
}
