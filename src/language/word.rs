//! A word as the tagger and the parser see it: a form and the hashes computed from it once.

use super::hash;

/// One unit of a sentence, ready to be tagged: a token, or a recognised name folded into one unit.
#[derive(Clone, Copy, Debug)]
pub struct Word<'a> {
    /// The unit as written; for a folded name, its most telling word.
    pub form: &'a str,
    lower: u32,
}

impl<'a> Word<'a> {
    /// Hashes the form.
    ///
    /// ```
    /// use attache::language::Word;
    /// assert_eq!(Word::new("talks").form, "talks");
    /// ```
    #[must_use]
    pub fn new(form: &'a str) -> Word<'a> {
        Word { form, lower: lower_hash(form) }
    }

    /// The hash of the lower-case form.
    #[inline]
    pub(crate) fn lower(&self) -> u32 {
        self.lower
    }
}

/// The hash of the lower-case spelling of a form.
pub(crate) fn lower_hash(form: &str) -> u32 {
    if form.is_ascii() {
        hash::bytes(form.bytes().map(|b| if b.is_ascii_digit() { b'0' } else { b.to_ascii_lowercase() }))
    } else {
        let lower = form.to_lowercase();
        hash::bytes(lower.bytes().map(|b| if b.is_ascii_digit() { b'0' } else { b }))
    }
}

/// The keys of one word that the tagger's templates mix.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Keys {
    /// The lower-case form.
    pub lower: u32,
    /// Endings of one to four letters.
    pub suffix: [u32; 4],
    /// Beginnings of one to three letters.
    pub prefix: [u32; 3],
    /// Capitals, digits, hyphens and length, as flags.
    pub shape: u32,
    /// No upper-case letter in it.
    pub plain: bool,
}

/// The word before the first and after the last one.
pub(crate) const EDGE: Keys = Keys { lower: 0x51ED_270B, suffix: [1; 4], prefix: [1; 3], shape: 0xFFFF, plain: false };

impl Keys {
    /// Computes the keys of a word.
    pub(crate) fn of(word: &Word<'_>) -> Keys {
        let form = word.form;
        let mut keys = Keys { lower: word.lower, ..Keys::default() };
        let ascii = form.is_ascii();
        let owned;
        let text = if ascii {
            form
        } else {
            owned = form.to_lowercase();
            &owned
        };
        let bytes = text.as_bytes();
        let mut h: u64 = 0xCBF2_9CE4_8422_2325;
        for (slot, b) in keys.suffix.iter_mut().zip(bytes.iter().rev().map(fold).chain(std::iter::repeat(0))) {
            h = (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01B3);
            *slot = hash::finish(h);
        }
        let mut h: u64 = 0x8422_2325_CBF2_9CE4;
        for (slot, b) in keys.prefix.iter_mut().zip(bytes.iter().map(fold).chain(std::iter::repeat(0))) {
            h = (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01B3);
            *slot = hash::finish(h);
        }
        keys.shape = shape(form, ascii);
        keys.plain = keys.shape & (FIRST_UPPER | OTHER_UPPER) == 0;
        keys
    }
}

fn fold(b: &u8) -> u8 {
    if b.is_ascii_digit() { b'0' } else { b.to_ascii_lowercase() }
}

const FIRST_UPPER: u32 = 1;
const OTHER_UPPER: u32 = 2;

/// Flags for the look of a form: first capital, other capital, lower letter, digit, hyphen, full stop, other sign, and
/// a length class.
fn shape(form: &str, ascii: bool) -> u32 {
    let mut flags = 0;
    if ascii {
        for (index, b) in form.bytes().enumerate() {
            flags |= match b {
                b'A'..=b'Z' if index == 0 => FIRST_UPPER,
                b'A'..=b'Z' => OTHER_UPPER,
                b'a'..=b'z' => 4,
                b'0'..=b'9' => 8,
                b'-' => 16,
                b'.' => 32,
                _ => 64,
            };
        }
    } else {
        for (index, c) in form.chars().enumerate() {
            flags |= if c.is_uppercase() {
                if index == 0 { FIRST_UPPER } else { OTHER_UPPER }
            } else if c.is_alphabetic() {
                4
            } else if c.is_numeric() {
                8
            } else {
                match c {
                    '-' | '‐' | '‑' => 16,
                    '.' => 32,
                    _ => 64,
                }
            };
        }
    }
    let length = match form.len() {
        0..=1 => 0,
        2 => 1,
        3 => 2,
        4..=6 => 3,
        _ => 4,
    };
    flags | length << 8
}
