//! Places as editors count them: lines from 0, and columns from 0 in UTF-16 code units.

use lsp_types::{Position, Range};

use crate::source::{LineIndex, Span};

/// A text with its lines.
#[derive(Debug, Clone)]
pub(super) struct Lines<'t> {
    text: &'t str,
    index: LineIndex,
}

impl<'t> Lines<'t> {
    pub fn new(text: &'t str) -> Self {
        Lines { text, index: LineIndex::new(text) }
    }

    /// The place of a byte; past the end, of the end.
    pub fn position(&self, byte: u32) -> Position {
        let mut byte = (byte as usize).min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        let line = self.index.position(self.text, byte as u32).line;
        let start = self.index.start(line).unwrap_or(0) as usize;
        let units = self.text.get(start..byte).map_or(0, |before| before.encode_utf16().count());
        Position::new(line - 1, units as u32)
    }

    /// The place of a span.
    pub fn range(&self, span: Span) -> Range {
        Range::new(self.position(span.start), self.position(span.end.max(span.start)))
    }

    /// The byte at a place; past the end of a line, the end of that line.
    pub fn byte(&self, position: Position) -> u32 {
        let Some(start) = self.index.start(position.line.saturating_add(1)) else { return self.text.len() as u32 };
        let line = self.text[start as usize..].split('\n').next().unwrap_or_default();
        let line = line.strip_suffix('\r').unwrap_or(line);
        let mut left = position.character as usize;
        for (at, c) in line.char_indices() {
            if left < c.len_utf16() {
                return start + at as u32;
            }
            left -= c.len_utf16();
        }
        start + line.len() as u32
    }

    /// The bytes of a range.
    pub fn span(&self, range: Range) -> Span {
        Span::new(self.byte(range.start), self.byte(range.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_utf16_units() {
        let text = "a😀é\r\nسلام = 1\n";
        let lines = Lines::new(text);
        for (byte, line, column) in [(0, 0, 0), (1, 0, 1), (5, 0, 3), (7, 0, 4), (9, 1, 0), (11, 1, 1), (22, 2, 0)] {
            assert_eq!(lines.position(byte), Position::new(line, column), "byte {byte}");
            assert_eq!(lines.byte(Position::new(line, column)), byte);
        }
        // Inside a character, past the end of a line, past the end of the text.
        assert_eq!(lines.position(3), Position::new(0, 1));
        assert_eq!(lines.byte(Position::new(0, 2)), 1);
        assert_eq!(lines.byte(Position::new(0, 99)), 7);
        assert_eq!(lines.byte(Position::new(99, 0)), text.len() as u32);
        assert_eq!(lines.byte(Position::new(u32::MAX, u32::MAX)), text.len() as u32);
    }
}
