//! How a token looks, as bits.

use std::fmt;
use std::ops::{BitOr, BitOrAssign};

/// How a token looks. Several may hold at once.
///
/// ```
/// use attache::document::Shape;
/// let shape = Shape::CAPITALISED | Shape::HYPHENATED;
/// assert!(shape.has(Shape::CAPITALISED) && !shape.has(Shape::NUMBER));
/// ```
#[derive(Default, Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shape(pub u16);

impl Shape {
    /// No bit.
    pub const NONE: Shape = Shape(0);
    /// The first letter is upper case.
    pub const CAPITALISED: Shape = Shape(1);
    /// At least two letters, all upper case.
    pub const ALL_CAPS: Shape = Shape(1 << 1);
    /// Has letters, none of them upper case.
    pub const LOWER: Shape = Shape(1 << 2);
    /// An upper-case letter after a lower-case one, in one part of the word: McDonald.
    pub const MIXED: Shape = Shape(1 << 3);
    /// One upper-case letter, with or without its period.
    pub const INITIAL: Shape = Shape(1 << 4);
    /// Starts with a digit.
    pub const NUMBER: Shape = Shape(1 << 5);
    /// Punctuation, quotation marks included.
    pub const PUNCT: Shape = Shape(1 << 6);
    /// A word with a hyphen inside.
    pub const HYPHENATED: Shape = Shape(1 << 7);
    /// A quotation mark that opens.
    pub const QUOTE_OPEN: Shape = Shape(1 << 8);
    /// A quotation mark that closes.
    pub const QUOTE_CLOSE: Shape = Shape(1 << 9);
    /// The mark of the possessor: `'s`, a lone apostrophe, or the bare ending that lost its apostrophe.
    pub const POSSESSIVE: Shape = Shape(1 << 10);
    /// A currency sign, `%`, `#`, an address, a handle.
    pub const SYMBOL: Shape = Shape(1 << 11);
    /// Could be a name or a part of one: capitalised, or a lower-case particle tied to a capitalised part (al-Abadi).
    pub const NAME_LIKE: Shape = Shape(1 << 12);
    /// Holds characters that do not show (a soft hyphen, say): look it up as [`Document::word`](super::Document::word).
    pub const HIDDEN: Shape = Shape(1 << 13);
    /// Stood glued to its neighbour by mistake and was cut off.
    pub const REPAIRED: Shape = Shape(1 << 14);
    /// An abbreviation or initial that keeps its period.
    pub const ABBREVIATION: Shape = Shape(1 << 15);

    /// Whether all bits of `other` are set.
    #[must_use]
    pub const fn has(self, other: Shape) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether any bit of `other` is set.
    #[must_use]
    pub const fn any(self, other: Shape) -> bool {
        self.0 & other.0 != 0
    }

    /// Without the bits of `other`.
    #[must_use]
    pub const fn without(self, other: Shape) -> Shape {
        Shape(self.0 & !other.0)
    }

    /// Whether it is a word: has letters and is no symbol.
    #[must_use]
    pub const fn is_word(self) -> bool {
        self.any(Shape(Self::CAPITALISED.0 | Self::LOWER.0 | Self::ALL_CAPS.0)) && !self.any(Self::SYMBOL)
    }

    /// The names of the bits that are set, in order.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        NAMES.iter().enumerate().filter(move |(bit, _)| self.0 >> bit & 1 == 1).map(|(_, name)| *name)
    }
}

const NAMES: [&str; 16] = [
    "capitalised",
    "all-caps",
    "lower",
    "mixed",
    "initial",
    "number",
    "punct",
    "hyphenated",
    "quote-open",
    "quote-close",
    "possessive",
    "symbol",
    "name-like",
    "hidden",
    "repaired",
    "abbreviation",
];

impl BitOr for Shape {
    type Output = Shape;
    fn bitor(self, other: Shape) -> Shape {
        Shape(self.0 | other.0)
    }
}

impl BitOrAssign for Shape {
    fn bitor_assign(&mut self, other: Shape) {
        self.0 |= other.0;
    }
}

impl fmt::Debug for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.names()).finish()
    }
}
