//! Tests of one token, `[verb & past]`: names with `!` before them, joined by `&` and `|`.

use super::{MAX_DEPTH, Parser, span};
use crate::pattern::ast::{AstKind, TagExpr};
use crate::pattern::fault::PatternError;

/// Most names in one test of a token.
const MAX_TAGS: usize = 64;

impl Parser<'_> {
    pub(super) fn tag(&mut self) -> Result<AstKind, PatternError> {
        let start = self.at;
        self.at += 1;
        self.tags = 0;
        let expr = self.tag_or(start)?;
        self.space();
        if !self.take("]") {
            return Err(PatternError::new(span(start, start + 1), "this `[` is never closed")
                .help("a tag test is written [noun] or [verb & past]"));
        }
        Ok(AstKind::Tag(expr))
    }

    fn tag_or(&mut self, start: usize) -> Result<TagExpr, PatternError> {
        let mut left = self.tag_and(start)?;
        loop {
            self.space();
            if !self.take("|") {
                return Ok(left);
            }
            left = TagExpr::Or(Box::new(left), Box::new(self.tag_and(start)?));
        }
    }

    fn tag_and(&mut self, start: usize) -> Result<TagExpr, PatternError> {
        let mut left = self.tag_not(start)?;
        loop {
            self.space();
            if !self.take("&") {
                return Ok(left);
            }
            left = TagExpr::And(Box::new(left), Box::new(self.tag_not(start)?));
        }
    }

    fn tag_not(&mut self, start: usize) -> Result<TagExpr, PatternError> {
        self.space();
        if self.take("!") {
            self.depth += 1;
            if self.depth > MAX_DEPTH {
                return Err(self.too_deep(start));
            }
            let inner = self.tag_not(start)?;
            self.depth -= 1;
            return Ok(TagExpr::Not(Box::new(inner)));
        }
        self.tags += 1;
        if self.tags > MAX_TAGS {
            return Err(PatternError::new(span(start, start + 1), format!("this test has more than {MAX_TAGS} names")));
        }
        let from = self.at;
        let name = self.name("a tag", start)?;
        Ok(TagExpr::Name(name, span(from, self.at)))
    }
}
