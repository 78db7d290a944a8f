//! The whole of segmentation, step by step.

use std::sync::Arc;

use super::blocks::layout;
use super::scan::Scanner;
use super::sentences::Sentences;
use super::{Block, BlockKind, Conventions, Dateline, Document, PublicationDate, Shape, Token, Vocabulary, quotes};
use crate::source::{Source, Span, front_matter};

/// Only the start of a paragraph is looked at for a dateline.
const DATELINE_BYTES: usize = 160;
/// A dateline opens one of the first paragraphs or none.
const DATELINE_PARAGRAPHS: usize = 3;

/// Cuts texts into blocks, sentences and tokens. One serves any number of threads.
///
/// ```
/// use std::sync::Arc;
/// use attache::document::{Conventions, NoVocabulary, SegmentationFile, Segmenter};
/// use attache::source::Source;
/// let mut written = SegmentationFile::default();
/// written.tokens.clitics = vec!["'s".into()];
/// let conventions = Conventions::compile(&written, &[]).unwrap();
/// let source = Arc::new(Source::new("note", "Norway's envoy left. He was tired."));
/// let document = Segmenter::new(Arc::new(conventions)).segment(source, &NoVocabulary);
/// assert_eq!(document.sentences.len(), 2);
/// assert_eq!(document.surface(1), "'s");
/// ```
#[derive(Debug, Clone)]
pub struct Segmenter {
    conventions: Arc<Conventions>,
}

impl Segmenter {
    /// A segmenter that follows `conventions`.
    #[must_use]
    pub fn new(conventions: Arc<Conventions>) -> Self {
        Segmenter { conventions }
    }

    /// Cut up one text; linear in its length, whatever it holds.
    #[must_use]
    pub fn segment(&self, source: Arc<Source>, vocabulary: &dyn Vocabulary) -> Document {
        let text = source.text.as_str();
        let from = front_matter(text).map_or(0, |header| header.end as usize);
        let layout = layout(&source, from, &self.conventions);
        let mut scanner = Scanner::new(text, &self.conventions, vocabulary);
        let mut sentences = Sentences::new(text, &self.conventions);
        let mut quotations = Vec::new();
        let mut dates = Datelines {
            conventions: &self.conventions,
            vocabulary,
            left: DATELINE_PARAGRAPHS,
            found: None,
            date: None,
        };
        for (number, block) in layout.blocks.iter().enumerate() {
            let first = scanner.tokens.len();
            scanner.scan(block.span);
            let tokens = &scanner.tokens[first..];
            let cut = dates.look(text, block, tokens, first as u32);
            sentences.add(tokens, first as u32, number as u32, cut);
            quotes::find(text, tokens, first as u32, &mut quotations);
        }
        let (tokens, sentences) = (scanner.tokens, sentences.found);
        let (dateline, date) = (dates.found, layout.date.or(dates.date));
        Document { blocks: layout.blocks, sentences, tokens, quotations, dateline, date, source }
    }
}

/// The search for the place where a report was written.
struct Datelines<'a> {
    conventions: &'a Conventions,
    vocabulary: &'a dyn Vocabulary,
    /// How many more paragraphs are looked at.
    left: usize,
    found: Option<Dateline>,
    date: Option<PublicationDate>,
}

impl Datelines<'_> {
    /// Look for a dateline at the start of a block with these tokens, the first of which is number `first`; the answer
    /// is how many of them it has.
    fn look(&mut self, text: &str, block: &Block, tokens: &[Token], first: u32) -> usize {
        if self.found.is_some() || self.left == 0 || !matches!(block.kind, BlockKind::Body | BlockKind::Dateline) {
            return 0;
        }
        self.left -= 1;
        let line = block.span.slice(text);
        let start = &line[..line.floor_char_boundary(DATELINE_BYTES)];
        for (pattern, named) in &self.conventions.dateline {
            let Some(groups) = pattern.on(start).and_then(|regex| regex.captures(start)) else { continue };
            let (Some(whole), Some(place)) = (groups.get(0), groups.name("place")) else { continue };
            if *named && !place.as_str().split_whitespace().any(|word| self.vocabulary.is_name(word)) {
                continue;
            }
            let count =
                |bytes: usize| tokens.partition_point(|token| ((token.span.start - block.span.start) as usize) < bytes);
            let (from, to, end) = (count(place.start()), count(place.end()), count(whole.end()));
            // A dash before a small letter is an aside, not a dateline.
            let aside = tokens.get(end).is_some_and(|token| token.shape.has(Shape::LOWER));
            if to > from && !aside {
                self.found = Some(Dateline { place: first + from as u32..first + to as u32, end: first + end as u32 });
                self.date = groups.name("date").map(|date| PublicationDate {
                    span: Some(Span::new(block.span.start + date.start() as u32, block.span.start + date.end() as u32)),
                    text: date.as_str().to_owned(),
                });
                return end;
            }
        }
        if block.kind == BlockKind::Dateline {
            let end = first + tokens.len() as u32;
            self.found = Some(Dateline { place: first..end, end });
        }
        0
    }
}
