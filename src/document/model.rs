//! What a segmented document is made of. Everything is ids and ranges into flat lists; the text stays in its source.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::Shape;
use crate::source::{Source, Span};

/// One token: an exact slice of the text, never empty.
#[derive(Debug, Copy, Clone, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// How it looks.
    pub shape: Shape,
    /// Whether no white space stands before it.
    pub glued: bool,
}

/// What a block is for.
#[derive(Debug, Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockKind {
    /// A headline, or a subhead between paragraphs.
    Headline,
    /// A place, and perhaps a date, on a line of its own. A dateline that opens a paragraph is part of a `Body` block.
    Dateline,
    /// Who wrote it.
    Byline,
    /// A date line, a story code, a section name, a header.
    Meta,
    /// What the report says.
    Body,
    /// Page furniture: lists of other stories, invitations to subscribe, comment forms.
    Boilerplate,
}

impl BlockKind {
    /// Its name in lower case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            BlockKind::Headline => "headline",
            BlockKind::Dateline => "dateline",
            BlockKind::Byline => "byline",
            BlockKind::Meta => "meta",
            BlockKind::Body => "body",
            BlockKind::Boilerplate => "boilerplate",
        }
    }

    /// Whether statements are to be read from it: headlines and body.
    #[must_use]
    pub const fn is_content(self) -> bool {
        matches!(self, BlockKind::Headline | BlockKind::Body)
    }
}

/// A paragraph or a line of its own.
#[derive(Debug, Copy, Clone, PartialEq, Eq)]
pub struct Block {
    /// From its first to its last character that is not white space.
    pub span: Span,
    /// What it is for.
    pub kind: BlockKind,
}

/// A run of tokens that says one thing. The sentences of a document partition its tokens; each lies in one block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// From the start of its first token to the end of its last.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<u32>,
    /// The block it stands in, by number.
    pub block: u32,
    /// Written as headlines are: its words start with capitals, function words apart.
    pub title_case: bool,
    /// Written in capitals throughout.
    pub all_caps: bool,
}

impl Sentence {
    /// Whether its capitals are style and do not mark names.
    #[must_use]
    pub const fn capitals_are_style(&self) -> bool {
        self.title_case || self.all_caps
    }

    /// Its tokens, for slicing.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.tokens.start as usize..self.tokens.end as usize
    }
}

/// What stands between quotation marks. It may span sentences of one block; an unclosed one ends with its block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// The tokens between the marks; `tokens.start == open + 1` and `tokens.end == close`.
    pub tokens: Range<u32>,
    /// The opening mark.
    pub open: u32,
    /// The closing mark; in an unclosed quotation, the first token after the block (which may be one past the last).
    pub close: u32,
}

/// Where the report says it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dateline {
    /// The tokens of the place.
    pub place: Range<u32>,
    /// The first token after the dateline. The dateline is a sentence of its own.
    pub end: u32,
}

/// When the report says it was published, as written: making a date of it is done elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicationDate {
    /// Where in the text; `None` when the record says so.
    pub span: Option<Span>,
    /// As written.
    pub text: String,
}

/// A text, cut up.
#[derive(Debug, Clone)]
pub struct Document {
    /// The text and its metadata.
    pub source: Arc<Source>,
    /// In the order of the text.
    pub blocks: Vec<Block>,
    /// In the order of the text.
    pub sentences: Vec<Sentence>,
    /// In the order of the text.
    pub tokens: Vec<Token>,
    /// By opening mark.
    pub quotations: Vec<Quotation>,
    /// The first dateline.
    pub dateline: Option<Dateline>,
    /// The most telling date line: the record's, else that of the header.
    pub date: Option<PublicationDate>,
}

impl Document {
    /// Whether a sentence is written as headlines are: without auxiliaries and articles.
    #[must_use]
    pub fn is_headline(&self, sentence: &Sentence) -> bool {
        self.kind(sentence) == BlockKind::Headline || sentence.capitals_are_style()
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.source.text
    }

    /// Token number `token` as written.
    ///
    /// # Panics
    /// When there is no such token.
    #[must_use]
    pub fn surface(&self, token: u32) -> &str {
        self.tokens[token as usize].span.slice(self.text())
    }

    /// Token number `token` without characters that do not show; borrowed unless it has some.
    ///
    /// # Panics
    /// When there is no such token.
    #[must_use]
    pub fn word(&self, token: u32) -> Cow<'_, str> {
        let surface = self.surface(token);
        if self.tokens[token as usize].shape.has(Shape::HIDDEN) {
            Cow::Owned(surface.chars().filter(|&c| !super::scan::is_hidden(c)).collect())
        } else {
            Cow::Borrowed(surface)
        }
    }

    /// The kind of the block in which `sentence` stands.
    #[must_use]
    pub fn kind(&self, sentence: &Sentence) -> BlockKind {
        self.blocks[sentence.block as usize].kind
    }

    /// From the start of the first of `tokens` to the end of the last; empty at the end of the text for no tokens.
    #[must_use]
    pub fn span(&self, tokens: Range<u32>) -> Span {
        match self.tokens.get(tokens.start as usize..tokens.end as usize) {
            Some([first, .., last]) => Span::new(first.span.start, last.span.end),
            Some([only]) => only.span,
            _ => Span::new(self.text().len() as u32, self.text().len() as u32),
        }
    }

    /// The number of the sentence that holds token `token`.
    #[must_use]
    pub fn sentence_of(&self, token: u32) -> Option<u32> {
        let index = self.sentences.partition_point(|sentence| sentence.tokens.end <= token);
        (index < self.sentences.len()).then_some(index as u32)
    }

    /// The innermost quotation that holds token `token`.
    #[must_use]
    pub fn quotation_of(&self, token: u32) -> Option<&Quotation> {
        let after = self.quotations.partition_point(|quotation| quotation.open < token);
        // Two kinds of marks nest, so the one wanted is near; the bound keeps a text full of marks linear.
        self.quotations[..after].iter().rev().take(8).find(|quotation| quotation.tokens.contains(&token))
    }
}
