//! A written value with its place in the file.
//!
//! The TOML reader hands places out through a type of its own; this one wraps it, so that a written form can also
//! describe itself to editors: for a schema a value with a place is that value.

use std::borrow::Borrow;
use std::ops::Range;

use serde::Deserialize;

use crate::source::Span;

/// A value and the bytes of the file in which it stands, quotation marks included. Two are equal when their values are.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(transparent)]
pub struct Spanned<T>(#[serde(bound(deserialize = "T: Deserialize<'de>"))] serde_spanned::Spanned<T>);

impl<T> Spanned<T> {
    /// A value that stands at `range`.
    pub fn new(range: Range<usize>, value: T) -> Spanned<T> {
        Spanned(serde_spanned::Spanned::new(range, value))
    }

    /// The value.
    pub fn get_ref(&self) -> &T {
        self.0.get_ref()
    }

    /// The value alone.
    pub fn into_inner(self) -> T {
        self.0.into_inner()
    }

    /// Its bytes, as the TOML library counts them.
    pub fn span(&self) -> Range<usize> {
        self.0.span()
    }

    /// Its bytes in the file.
    pub fn place(&self) -> Span {
        let range = self.0.span();
        Span::new(range.start as u32, range.end as u32)
    }
}

impl Borrow<str> for Spanned<String> {
    fn borrow(&self) -> &str {
        self.get_ref()
    }
}

#[cfg(feature = "cli")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Spanned<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        T::json_schema(generator)
    }
}
