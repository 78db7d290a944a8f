//! Bytes become text: UTF-8 as it is, UTF-16 by its mark, anything else by a guess that is told.
//!
//! The guess is chardetng's, the detector of a widely used browser. A text that is UTF-8 but for a few stray bytes stays
//! UTF-8: only the strays are read as windows-1252, which is where the curly quotes of pasted pages come from.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// Bytes that became text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// What was done to read it, when the bytes were neither UTF-8 nor marked as UTF-16.
    pub repair: Option<String>,
}

/// Bytes that are not text, and how that was seen.
#[derive(Debug, Copy, Clone, PartialEq, Eq)]
pub enum NotText {
    /// It holds a zero byte.
    Nul,
    /// More than one character in fifty is a control character.
    Control,
    /// It starts like a PDF file.
    Pdf,
}

impl std::fmt::Display for NotText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            NotText::Nul => "it is not text: it holds zero bytes",
            NotText::Control => "it is not text: it is full of control characters",
            NotText::Pdf => "it is a PDF file, not text",
        })
    }
}

/// Decode a whole document.
///
/// # Errors
/// When the bytes are not text at all.
pub fn decode(bytes: Vec<u8>) -> Result<Decoded, NotText> {
    if bytes.starts_with(b"%PDF-") {
        return Err(NotText::Pdf);
    }
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes)
        && encoding != UTF_8
    {
        let (text, broken) = encoding.decode_without_bom_handling(&bytes[mark..]);
        let repair = broken.then(|| format!("broken {} sequences became U+FFFD", encoding.name()));
        return checked(Decoded { text: text.into_owned(), repair });
    }
    if memchr::memchr(0, &bytes).is_some() {
        return Err(NotText::Nul);
    }
    match String::from_utf8(bytes) {
        Ok(text) => checked(Decoded { text: without_mark(text), repair: None }),
        Err(error) => checked(guess(&error.into_bytes())),
    }
}

fn without_mark(mut text: String) -> String {
    if text.starts_with('\u{FEFF}') {
        text.drain(..'\u{FEFF}'.len_utf8());
    }
    text
}

fn checked(decoded: Decoded) -> Result<Decoded, NotText> {
    let control = |byte: &&u8| matches!(**byte, 0..=7 | 14..=26 | 28..=31 | 127);
    let bytes = decoded.text.as_bytes();
    if bytes.contains(&0) {
        return Err(NotText::Nul);
    }
    if bytes.iter().filter(control).count() * 50 > bytes.len() {
        return Err(NotText::Control);
    }
    Ok(decoded)
}

fn guess(bytes: &[u8]) -> Decoded {
    let (mut strays, mut sequences) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        strays += chunk.invalid().len();
        sequences += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
    }
    if sequences > strays {
        let mut text = String::with_capacity(bytes.len() + 2 * strays);
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
        }
        let plural = if strays == 1 { "byte that is" } else { "bytes that are" };
        let repair = format!("{strays} {plural} not UTF-8 read as windows-1252");
        return Decoded { text: without_mark(text), repair: Some(repair) };
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), repair: Some(format!("not UTF-8, read as {}", encoding.name())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> (String, bool) {
        let decoded = decode(bytes.to_vec()).unwrap();
        (decoded.text, decoded.repair.is_some())
    }

    #[test]
    fn marks_and_guesses() {
        assert_eq!(text("\u{FEFF}één".as_bytes()), ("één".into(), false));
        assert_eq!(text(b"\xFF\xFEH\0i\0\n\0"), ("Hi\n".into(), false));
        assert_eq!(text(b"\xFE\xFF\0H\0i"), ("Hi".into(), false));
        let legacy = b"The minister said \x93we won\x92t wait\x94 in S\xE3o Paulo.";
        assert_eq!(text(legacy), ("The minister said “we won’t wait” in São Paulo.".into(), true));
        let mixed = [b"\xE2\x80\x9Cyes\xE2\x80\x9D it\x92s".as_slice()].concat();
        assert_eq!(text(&mixed), ("“yes” it’s".into(), true));
    }

    #[test]
    fn what_is_not_text() {
        assert_eq!(decode(b"ab\0cd".to_vec()), Err(NotText::Nul));
        assert_eq!(decode(b"\x01\x02\x03\x04 x".to_vec()), Err(NotText::Control));
        assert_eq!(decode(b"%PDF-1.7 ...".to_vec()), Err(NotText::Pdf));
        assert!(decode(Vec::new()).is_ok());
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..80)) {
            let valid = std::str::from_utf8(&bytes).is_ok();
            if let Ok(decoded) = decode(bytes) {
                assert!(valid || decoded.repair.is_some() || !decoded.text.contains('\u{FFFD}'));
            }
        }
    }
}
