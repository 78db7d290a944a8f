//! Text made safe and short enough to print: a terminal must not obey what a file holds.

use std::borrow::Cow;
use std::ops::Range;

/// Lines longer than this many characters are cut around what is pointed at.
const LONG: usize = 200;
/// Characters kept before the first and after the last pointed-at place of a cut line.
const CONTEXT: usize = 60;
/// What stands for a part that is left out.
const GAP: &str = "…";

/// What to print for a character that would not show, or that would steer the terminal.
fn stand_in(c: char) -> Option<Cow<'static, str>> {
    let code = c as u32;
    match c {
        '\n' | '\t' => None,
        '\r' => Some(Cow::Borrowed("␍")),
        // The pictures of the control characters stand in the same order.
        '\0'..='\u{1F}' => char::from_u32(0x2400 + code).map(|picture| Cow::Owned(picture.to_string())),
        '\u{7F}' => Some(Cow::Borrowed("␡")),
        '\u{80}'..='\u{9F}'
        | '\u{AD}'
        | '\u{61C}'
        | '\u{200B}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}' => Some(Cow::Owned(format!("<U+{code:04X}>"))),
        _ => None,
    }
}

/// One line of text with every control character shown; line ends become `␊`.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c == '\n' || stand_in(c).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match stand_in(c) {
            Some(text) => shown.push_str(&text),
            None if c == '\n' => shown.push('␊'),
            None => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

/// Lines as shown, with spans moved along.
pub(super) struct Shown {
    /// The text to print.
    pub text: String,
    /// Where each given span went, in bytes of `text`.
    pub spans: Vec<Range<usize>>,
    /// Characters cut from the start of the line in which the first span begins.
    pub cut: usize,
}

/// Show whole `lines`, in which `spans` (byte ranges) are pointed at; long lines are cut around them.
pub(super) fn lines(lines: &str, spans: &[Range<usize>]) -> Shown {
    let spans: Vec<_> = spans.iter().map(|span| on_boundaries(lines, span.clone())).collect();
    let mut shown = Shown { text: String::with_capacity(lines.len().min(4096)), spans: spans.clone(), cut: 0 };
    let mut start = 0;
    for line in lines.split_inclusive('\n') {
        let body = line.strip_suffix('\n').unwrap_or(line);
        let body = body.strip_suffix('\r').unwrap_or(body);
        let kept = kept(body, start, &spans);
        if spans.first().is_some_and(|span| (start..start + line.len().max(1)).contains(&span.start)) {
            shown.cut = body[..kept.start].chars().count();
        }
        copy(lines, start + kept.start..start + kept.end, start..start + line.len(), &spans, &mut shown);
        if line.ends_with('\n') {
            shown.text.push('\n');
        }
        start += line.len();
    }
    // What points at the end of the text points at the end of what is shown.
    let end = shown.text.len();
    for (span, place) in spans.iter().zip(&mut shown.spans) {
        if span.start >= lines.len() {
            place.start = end;
        }
        if span.end >= lines.len() {
            place.end = end;
        }
    }
    shown
}

/// The part of a line worth showing: all of it, or the places pointed at with some context.
fn kept(line: &str, start: usize, spans: &[Range<usize>]) -> Range<usize> {
    if line.chars().nth(LONG).is_none() {
        return 0..line.len();
    }
    let inside = spans.iter().filter(|span| span.start <= start + line.len() && span.end >= start);
    let first = inside.clone().map(|span| span.start.saturating_sub(start).min(line.len())).min().unwrap_or(0);
    // A span of thousands of characters is itself shown only at its start.
    let most = line[first..].char_indices().nth(LONG / 2).map_or(line.len(), |(at, _)| first + at);
    let last = inside.map(|span| (span.end - start).min(line.len())).max().unwrap_or(first).clamp(first, most);
    let from = line[..first].char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
    let to = line[last..].char_indices().nth(CONTEXT).map_or(line.len(), |(at, _)| last + at);
    from..to
}

/// Copy `kept` of the whole line `line`, moving the ends of `spans` that lie in it.
fn copy(text: &str, kept: Range<usize>, line: Range<usize>, spans: &[Range<usize>], shown: &mut Shown) {
    // Ends of spans in the line, sorted, so that the line is walked once.
    let mut ends: Vec<(usize, usize, bool)> = Vec::new();
    for (index, span) in spans.iter().enumerate() {
        ends.extend(line.contains(&span.start).then_some((span.start, index, true)));
        ends.extend(line.contains(&span.end).then_some((span.end, index, false)));
    }
    ends.sort_unstable();
    let mut ends = ends.into_iter().peekable();
    let mut settle = |at: usize, place: usize, spans: &mut Vec<Range<usize>>| {
        while let Some((_, index, is_start)) = ends.next_if(|&(end, ..)| end <= at) {
            let span = &mut spans[index];
            if is_start { span.start = place } else { span.end = place }
        }
    };
    if kept.start > line.start {
        shown.text.push_str(GAP);
    }
    for (offset, c) in text[kept.clone()].char_indices() {
        settle(kept.start + offset, shown.text.len(), &mut shown.spans);
        match stand_in(c) {
            Some(picture) => shown.text.push_str(&picture),
            None => shown.text.push(c),
        }
    }
    settle(line.end, shown.text.len(), &mut shown.spans);
    if kept.end < line.end && !text[kept.end..line.end].trim_end_matches(['\r', '\n']).is_empty() {
        shown.text.push_str(GAP);
    }
}

fn on_boundaries(text: &str, span: Range<usize>) -> Range<usize> {
    let floor = |at: usize| (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let start = floor(span.start);
    start..floor(span.end).max(start)
}
