//! What each paragraph or line is for: headline, byline, page furniture, body.
//!
//! The patterns of the conventions decide first; then the place and the build of the paragraph. In doubt it is body:
//! furniture read as body costs little, body taken for furniture is lost.

use super::conventions::Conventions;
use super::lines::{Line, Wrapping, ends, lines, starts_item};
use super::scan::is_hidden;
use super::{Block, BlockKind, PublicationDate};
use crate::source::{Source, Span};

/// Longer paragraphs are not tried against the patterns for whole lines.
const MAX_LINE: u32 = 400;

/// A head has at most so many paragraphs; what looks like a longer one is a list, and is kept as text.
const MAX_HEAD: usize = 24;

/// The blocks of a text and the date it states.
pub(super) struct Layout {
    pub blocks: Vec<Block>,
    pub date: Option<PublicationDate>,
}

/// What the patterns say of a line.
#[derive(Debug, Copy, Clone, PartialEq, Eq)]
enum Mark {
    None,
    Meta,
    Byline,
    Boilerplate,
    Listing,
    Teaser,
    ToEnd,
}

/// A paragraph on its way to a block.
#[derive(Debug)]
struct Paragraph {
    span: Span,
    mark: Mark,
    kind: BlockKind,
    /// Number of words; counting stops above 60.
    words: usize,
    /// Whether it ends as a sentence does.
    ends: bool,
}

/// Lay out `source` from byte `from` on.
pub(super) fn layout(source: &Source, from: usize, conventions: &Conventions) -> Layout {
    let text = source.text.as_str();
    let mut date = Dates { best: None, conventions };
    let mut paragraphs = paragraphs(text, from, conventions, &mut date);
    furniture(&mut paragraphs);
    head(text, &mut paragraphs, conventions);
    subheads(text, &mut paragraphs, conventions);
    repeated(text, &mut paragraphs, source.title.as_deref());
    let blocks = paragraphs.iter().map(|p| Block { span: p.span, kind: p.kind }).collect();
    let stated = source.date.clone().map(|text| PublicationDate { span: None, text });
    let found = date.best.map(|(_, span)| PublicationDate { span: Some(span), text: span.slice(text).to_owned() });
    Layout { blocks, date: stated.or(found) }
}

fn paragraphs(text: &str, from: usize, conventions: &Conventions, dates: &mut Dates<'_>) -> Vec<Paragraph> {
    let lines = lines(text, from);
    let wrapping = Wrapping::of(&lines);
    let mut found: Vec<Paragraph> = Vec::with_capacity(lines.len());
    let mut last: Option<(&Line, Mark)> = None;
    for line in &lines {
        let mark = mark(line.span, text, conventions, dates);
        match (last, found.last_mut()) {
            (Some((before, Mark::None)), Some(open)) if mark == Mark::None && wrapping.joins(text, before, line) => {
                open.span.end = line.span.end;
            }
            _ => found.push(Paragraph { span: line.span, mark, kind: BlockKind::Body, words: 0, ends: false }),
        }
        last = Some((line, mark));
    }
    for paragraph in &mut found {
        let whole = paragraph.span.slice(text);
        paragraph.words = whole.split_whitespace().take(61).count();
        paragraph.ends = sentence_ends(whole, conventions);
    }
    found
}

/// Whether a paragraph ends as a sentence does; a trailing remark in parentheses and an abbreviation do not count.
fn sentence_ends(paragraph: &str, conventions: &Conventions) -> bool {
    let mut rest = paragraph;
    if rest.ends_with(')')
        && let Some(at) = rest.rfind('(')
        && at > 0
    {
        rest = rest[..at].trim_end();
    }
    let last = rest.rsplit(char::is_whitespace).next().unwrap_or_default();
    ends(rest) && !(last.len() <= 24 && conventions.abbreviations.contains_key(last) && paragraph.len() < 200)
}

fn mark(span: Span, text: &str, conventions: &Conventions, dates: &mut Dates<'_>) -> Mark {
    if span.len() > MAX_LINE {
        return Mark::None;
    }
    let line = span.slice(text);
    let dated = dates.look(span, line);
    let sets = [
        (&conventions.to_end, Mark::ToEnd),
        (&conventions.listing, Mark::Listing),
        (&conventions.teaser, Mark::Teaser),
        (&conventions.boilerplate, Mark::Boilerplate),
        (&conventions.byline, Mark::Byline),
        (&conventions.meta, Mark::Meta),
    ];
    let found = sets.iter().find(|(set, _)| set.is_match(line)).map_or(Mark::None, |(_, mark)| *mark);
    if dated && found == Mark::None { Mark::Meta } else { found }
}

/// The date lines seen so far.
struct Dates<'a> {
    /// The number of the pattern that matched, and where the date stands; the lower number is the better one.
    best: Option<(usize, Span)>,
    conventions: &'a Conventions,
}

impl Dates<'_> {
    fn look(&mut self, span: Span, line: &str) -> bool {
        // Every date holds a figure, and most lines hold none.
        if span.len() > 120 || !line.contains(char::is_numeric) {
            return false;
        }
        for (number, pattern) in self.conventions.date_lines.iter().enumerate() {
            let groups = pattern.on(line).and_then(|regex| regex.captures(line));
            let Some(found) = groups.and_then(|groups| groups.name("date")) else { continue };
            let place = Span::new(span.start + found.start() as u32, span.start + found.end() as u32);
            if self.best.is_none_or(|(best, _)| number < best) {
                self.best = Some((number, place));
            }
            return true;
        }
        false
    }
}

/// Mark page furniture: single lines, lists of other stories, and all that follows the end of the report.
fn furniture(paragraphs: &mut [Paragraph]) {
    // Found once, so that a page of nothing but list heads stays linear.
    let last = Last {
        teaser: paragraphs.iter().rposition(|p| p.mark == Mark::Teaser),
        sentence: paragraphs.iter().rposition(|p| p.ends),
        report: paragraphs.iter().rposition(|p| p.mark == Mark::None && p.ends && p.words > 12),
    };
    let mut body_seen = false;
    let mut at = 0;
    while at < paragraphs.len() {
        let paragraph = &mut paragraphs[at];
        match paragraph.mark {
            Mark::None => body_seen |= paragraph.ends && paragraph.words > 8,
            Mark::Meta => paragraph.kind = BlockKind::Meta,
            Mark::Byline => paragraph.kind = BlockKind::Byline,
            Mark::Boilerplate => paragraph.kind = BlockKind::Boilerplate,
            // Outside a list, a line cut short may still be the report's.
            Mark::Teaser if paragraph.words > 4 => body_seen = true,
            Mark::Teaser => paragraph.kind = BlockKind::Meta,
            Mark::ToEnd if body_seen => {
                return paragraphs[at..].iter_mut().for_each(|rest| rest.kind = BlockKind::Boilerplate);
            }
            Mark::ToEnd => paragraph.kind = BlockKind::Boilerplate,
            Mark::Listing => {
                let end = listing_end(paragraphs, at, &last, body_seen);
                paragraphs[at..end].iter_mut().for_each(|rest| rest.kind = BlockKind::Boilerplate);
                at = end - 1;
            }
        }
        at += 1;
    }
}

/// The last paragraph of each sort, by number.
struct Last {
    teaser: Option<usize>,
    sentence: Option<usize>,
    report: Option<usize>,
}

/// Where the list ends that paragraph `head` heads.
fn listing_end(paragraphs: &[Paragraph], head: usize, last: &Last, body_seen: bool) -> usize {
    if last.teaser.is_none_or(|teaser| teaser < head) {
        // A list without marks of its own ends the page if only lines without a full sentence follow.
        let bare = body_seen && last.sentence.is_none_or(|sentence| sentence < head);
        return if bare { paragraphs.len() } else { head + 1 };
    }
    // Teasers come every few lines; a gap larger than that is the report going on.
    let mut end = head;
    for (index, paragraph) in paragraphs.iter().enumerate().skip(head) {
        if paragraph.mark == Mark::Teaser {
            end = index;
        } else if index - end > 4 {
            break;
        }
    }
    let report_goes_on = last.report.is_some_and(|report| report > end);
    if body_seen && !report_goes_on { paragraphs.len() } else { end + 1 }
}

/// The head of a report: all that stands before its first paragraph of text.
fn head(text: &str, paragraphs: &mut [Paragraph], conventions: &Conventions) {
    let is_body = |p: &Paragraph| p.kind == BlockKind::Body && (p.ends || p.words > conventions.headline_words);
    let Some(mut body) = paragraphs.iter().position(is_body) else { return };
    // A question or an exclamation can head a report that goes on.
    let asks =
        paragraphs[body].span.slice(text).ends_with(['?', '!']) && paragraphs[body].words <= conventions.headline_words;
    let first = paragraphs[..body].iter().all(|p| p.kind != BlockKind::Body);
    if asks
        && first
        && let Some(next) = paragraphs[body + 1..].iter().position(is_body)
    {
        body += next + 1;
    }
    let body = body.min(MAX_HEAD);
    let last = paragraphs[..body].iter().rposition(|p| p.kind == BlockKind::Body).unwrap_or(0);
    let mut headed = false;
    for (at, paragraph) in paragraphs[..body].iter_mut().enumerate() {
        let more = at < last;
        if paragraph.kind != BlockKind::Body {
            continue;
        }
        let line = paragraph.span.slice(text);
        let capitals = paragraph.words <= 3 && line.chars().all(|c| c.is_uppercase() || !c.is_alphanumeric());
        paragraph.kind = if is_dateline(line, conventions) || (capitals && headed) {
            BlockKind::Dateline
        } else if starts_item(line) || (capitals && more) {
            BlockKind::Meta
        } else {
            headed = true;
            BlockKind::Headline
        };
    }
}

fn is_dateline(line: &str, conventions: &Conventions) -> bool {
    line.len() <= 120
        && conventions.dateline.iter().any(|(pattern, _)| {
            pattern.on(line).and_then(|regex| regex.find(line)).is_some_and(|found| found.end() == line.len())
        })
}

/// Short lines without a period between paragraphs.
fn subheads(text: &str, paragraphs: &mut [Paragraph], conventions: &Conventions) {
    let Some(first) = paragraphs.iter().position(|p| p.kind == BlockKind::Body) else { return };
    for at in first + 1..paragraphs.len().saturating_sub(1) {
        let follows = paragraphs[at + 1].kind == BlockKind::Body && paragraphs[at + 1].ends;
        let before = paragraphs[at - 1].kind != BlockKind::Body || paragraphs[at - 1].ends;
        let paragraph = &mut paragraphs[at];
        if paragraph.kind != BlockKind::Body
            || !follows
            || !before
            || paragraph.ends
            || paragraph.words > conventions.subhead_words
        {
            continue;
        }
        let line = paragraph.span.slice(text);
        let open = line.ends_with([',', ';', ':', '-', '–', '—'])
            || line.starts_with(['"', '“', '‘', '«', '('])
            || starts_item(line);
        if !open && !line.starts_with(char::is_lowercase) {
            paragraph.kind = BlockKind::Headline;
        }
    }
}

/// Lines that say again what the headline or the record's title says.
fn repeated(text: &str, paragraphs: &mut [Paragraph], title: Option<&str>) {
    let headline = paragraphs.iter().find(|p| p.kind == BlockKind::Headline).map(|p| p.span.slice(text));
    let titles: Vec<&str> = headline.into_iter().chain(title.map(str::trim)).collect();
    for paragraph in paragraphs.iter_mut().filter(|p| p.kind == BlockKind::Body && p.words <= 40) {
        let line = paragraph.span.slice(text).trim_end_matches(is_hidden);
        if titles.contains(&line) {
            paragraph.kind = BlockKind::Headline;
        }
    }
}
