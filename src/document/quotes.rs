//! What is said between quotation marks.

use super::{Quotation, Shape, Token};

/// Add the quotations among `tokens`, which are those of one block; the first of them is number `first`.
pub(super) fn find(text: &str, tokens: &[Token], first: u32, found: &mut Vec<Quotation>) {
    let before = found.len();
    // Double and single marks are told apart, since one stands inside the other.
    let mut open: [Option<u32>; 2] = [None, None];
    for (index, token) in tokens.iter().enumerate() {
        if !token.shape.any(Shape::QUOTE_OPEN | Shape::QUOTE_CLOSE) {
            continue;
        }
        let number = first + index as u32;
        let surface = token.span.slice(text);
        let kind = usize::from(matches!(surface, "'" | "‘" | "’" | "`" | "ʼ"));
        if token.shape.has(Shape::QUOTE_OPEN) {
            // A second opening mark without a close starts anew: the first one was not closed.
            open[kind] = open[kind].filter(|_| kind == 0 && surface != "“").or(Some(number));
        } else if let Some(start) = open[kind].take() {
            found.push(Quotation { tokens: start + 1..number, open: start, close: number });
        }
    }
    // An unclosed single mark is more often an apostrophe than a quotation.
    if let Some(start) = open[0] {
        let end = first + tokens.len() as u32;
        found.push(Quotation { tokens: start + 1..end, open: start, close: end });
    }
    found[before..].sort_by_key(|quotation| quotation.open);
}
