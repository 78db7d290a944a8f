//! Byte offsets as people and exports name them: line and column, or code points.
//!
//! Both indexes are built once a text, in linear time, and answer in constant time plus at most one [`STEP`] of
//! counting, even on a text that is one line of 50 MB.

/// Bytes between two checkpoints.
const STEP: usize = 256;

/// A place in a text as an editor names it.
#[derive(Debug, Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1. Lines end with `\n`.
    pub line: u32,
    /// Column, from 1, in code points.
    pub column: u32,
}

/// Byte offset to code point offset (the W3C Web Annotation unit), and back.
///
/// ```
/// use attache::source::CodePoints;
/// let text = "Türkiye’s envoy";
/// let points = CodePoints::new(text);
/// assert_eq!(points.offset(text, 13), 10);
/// assert_eq!(points.byte(text, 10), 13);
/// ```
#[derive(Debug, Default, Clone)]
pub struct CodePoints {
    /// Code points that start before byte `i * STEP`; empty for ASCII, where the two offsets are the same.
    before: Vec<u32>,
}

impl CodePoints {
    /// Index `text`; the same text must be handed to the questions.
    #[must_use]
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return CodePoints::default();
        }
        let mut before = Vec::with_capacity(text.len() / STEP + 1);
        let mut count = 0;
        for chunk in text.as_bytes().chunks(STEP) {
            before.push(count);
            count += starts(chunk);
        }
        CodePoints { before }
    }

    /// Code points before byte `byte`; past the end, those of the whole text.
    #[must_use]
    pub fn offset(&self, text: &str, byte: u32) -> u32 {
        let byte = (byte as usize).min(text.len());
        if self.before.is_empty() {
            return byte as u32;
        }
        let slot = (byte / STEP).min(self.before.len() - 1);
        self.before[slot] + starts(&text.as_bytes()[slot * STEP..byte])
    }

    /// The byte where code point number `point` (from 0) starts; past the end, the length of the text.
    #[must_use]
    pub fn byte(&self, text: &str, point: u32) -> u32 {
        if self.before.is_empty() {
            return point.min(text.len() as u32);
        }
        let slot = self.before.partition_point(|&count| count <= point).saturating_sub(1);
        let mut left = point - self.before[slot];
        for (at, &byte) in text.as_bytes().iter().enumerate().skip(slot * STEP) {
            if !is_continuation(byte) {
                if left == 0 {
                    return at as u32;
                }
                left -= 1;
            }
        }
        text.len() as u32
    }
}

/// Byte offset to line and column.
///
/// ```
/// use attache::source::LineIndex;
/// let text = "one\ntwo";
/// let place = LineIndex::new(text).position(text, 5);
/// assert_eq!((place.line, place.column), (2, 2));
/// ```
#[derive(Debug, Default, Clone)]
pub struct LineIndex {
    /// First byte of every line but the first.
    starts: Vec<u32>,
    points: CodePoints,
}

impl LineIndex {
    /// Index `text`; the same text must be handed to [`position`](Self::position).
    #[must_use]
    pub fn new(text: &str) -> Self {
        let starts = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1).collect();
        LineIndex { starts, points: CodePoints::new(text) }
    }

    /// Line and column of byte `byte`; past the end, of the end.
    #[must_use]
    pub fn position(&self, text: &str, byte: u32) -> Position {
        let byte = byte.min(text.len() as u32);
        let line = self.starts.partition_point(|&start| start <= byte);
        let start = if line == 0 { 0 } else { self.starts[line - 1] };
        let column = self.points.offset(text, byte) - self.points.offset(text, start);
        Position { line: line as u32 + 1, column: column + 1 }
    }

    /// Number of lines; an empty text has one.
    #[must_use]
    pub fn lines(&self) -> u32 {
        self.starts.len() as u32 + 1
    }

    /// First byte of line `line` (from 1); past the last line, `None`.
    #[must_use]
    pub fn start(&self, line: u32) -> Option<u32> {
        match line {
            0 => None,
            1 => Some(0),
            _ => self.starts.get(line as usize - 2).copied(),
        }
    }
}

fn is_continuation(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&byte| !is_continuation(byte)).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_agree_with_counting() {
        let text = "aé”😀\n".repeat(300);
        let points = CodePoints::new(&text);
        let lines = LineIndex::new(&text);
        for (point, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(points.offset(&text, byte as u32), point as u32);
            assert_eq!(points.byte(&text, point as u32), byte as u32);
            let place = lines.position(&text, byte as u32);
            assert_eq!((place.line, place.column), (point as u32 / 5 + 1, point as u32 % 5 + 1));
        }
        assert_eq!(points.byte(&text, u32::MAX), text.len() as u32);
        assert_eq!(points.offset(&text, u32::MAX), 1500);
        assert_eq!(lines.lines(), 301);
    }
}
