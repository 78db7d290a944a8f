//! Lines, and which line breaks are only wrapping.
//!
//! A page has a paragraph on each line; an agency's wire breaks its lines at some width. Which of the two a text is, its
//! own lines tell: when most lines that are followed by another one are nearly equally long, and about as long as a
//! screen is wide, they were wrapped. In a wrapped text a break is a real one only where the next word would have fitted.

use super::scan::is_hidden;
use crate::source::Span;

/// A line without the white space around it; never empty.
#[derive(Debug, Copy, Clone)]
pub(super) struct Line {
    pub span: Span,
    /// Whether an empty line, or nothing, stands before it.
    pub after_blank: bool,
    /// White space before it, in characters.
    indent: u32,
    /// Length in characters.
    width: u32,
    /// Length of its first word in characters.
    first_word: u32,
}

/// The lines of `text` from byte `from` on that are not empty.
pub(super) fn lines(text: &str, from: usize) -> Vec<Line> {
    let mut found = Vec::new();
    let mut after_blank = true;
    let mut start = from;
    let blank = |c: char| c.is_whitespace() || is_hidden(c);
    for line in text[from..].split_inclusive(['\n', '\u{2028}', '\u{2029}', '\u{0C}']) {
        let trimmed = line.trim_start_matches(blank);
        let first = start + line.len() - trimmed.len();
        let trimmed = trimmed.trim_end_matches(blank);
        if trimmed.is_empty() {
            after_blank = true;
        } else {
            let indent = text[start..first].chars().count() as u32;
            let width = trimmed.chars().count() as u32;
            let first_word = trimmed.chars().take_while(|c| !c.is_whitespace()).count() as u32;
            let span = Span::new(first as u32, (first + trimmed.len()) as u32);
            found.push(Line { span, after_blank, indent, width, first_word });
            after_blank = false;
        }
        start += line.len();
    }
    found
}

/// How a text breaks its lines.
#[derive(Debug, Copy, Clone)]
pub(super) struct Wrapping {
    /// The width in characters at which lines were broken; `None` when each line is a paragraph.
    width: Option<u32>,
}

impl Wrapping {
    /// What the lines tell.
    pub fn of(lines: &[Line]) -> Self {
        let followed = lines.windows(2).filter(|pair| !pair[1].after_blank).map(|pair| pair[0].width);
        let mut widths: Vec<u32> = followed.collect();
        if widths.len() < 3 {
            return Wrapping { width: None };
        }
        widths.sort_unstable();
        // One overlong line (an address) must not hide the width of the others.
        let width = widths[(widths.len() - 1) * 9 / 10];
        let near = widths.iter().filter(|&&other| other * 4 >= width * 3).count();
        let wrapped = (45..=120).contains(&width) && near * 10 >= widths.len() * 6;
        Wrapping { width: wrapped.then_some(width) }
    }

    /// Whether `next` goes on where `line` was broken.
    pub fn joins(self, text: &str, line: &Line, next: &Line) -> bool {
        if next.after_blank || next.indent >= line.indent + 2 || starts_item(next.span.slice(text)) {
            return false;
        }
        let (before, after) = (line.span.slice(text), next.span.slice(text));
        let goes_on = after.starts_with(char::is_lowercase) && !ends(before);
        match self.width {
            Some(width) => {
                let full = line.width + 1 + next.first_word > width;
                (full || goes_on) && line.width * 2 >= width
            }
            None => goes_on,
        }
    }
}

/// Whether a line starts an item of a list.
pub(super) fn starts_item(line: &str) -> bool {
    let mut chars = line.chars();
    matches!(chars.next(), Some('•' | '*' | '·' | '▪' | '-' | '–' | '◦' | '●'))
        && chars.next().is_some_and(char::is_whitespace)
}

/// Whether `text` ends as a sentence does: with a period or its like, and perhaps a closing mark.
pub(super) fn ends(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»']);
    text.ends_with(['.', '!', '?', '…', '。', '؟', '।', '！', '？'])
}
