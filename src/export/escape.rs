//! Texts as formats can hold them, written straight to where they go.
//!
//! A name from the news may hold anything: quotes, line ends, control characters, the end mark of whatever it is put
//! into. Each format's own rules stand in its file; what they share stands here.

use std::io::{self, Write};

/// Writes a text, some of whose characters are written otherwise.
///
/// `special` says of a first byte that its character may need to be; it must not be true of continuation bytes. `write` is
/// handed the rest of the text from there, writes what stands for its beginning and returns how many bytes that covers;
/// none when the character can stay.
pub(super) fn replace<W: Write + ?Sized>(
    out: &mut W,
    text: &str,
    special: impl Fn(u8) -> bool,
    write: impl Fn(&mut W, &str) -> io::Result<usize>,
) -> io::Result<()> {
    let bytes = text.as_bytes();
    let (mut from, mut at) = (0, 0);
    while at < bytes.len() {
        if !special(bytes[at]) {
            at += 1;
            continue;
        }
        out.write_all(&bytes[from..at])?;
        let covered = write(out, &text[at..])?;
        from = at + covered;
        at += covered.max(1);
    }
    out.write_all(&bytes[from..])
}

/// A writer whose every text is escaped on its way, so that JSON can be written into a cell of another format without
/// being held in memory first. What is written to it must be whole characters.
pub(super) struct Escaping<'a, W> {
    pub out: &'a mut W,
    pub escape: fn(&mut W, &str) -> io::Result<()>,
}

impl<W: Write> Write for Escaping<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = std::str::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        (self.escape)(self.out, text)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Text in XML, in content and between double quotes alike.
///
/// Characters that XML 1.0 has no place for are written `_xHHHH_`, as Office Open XML does (ECMA-376-1, 22.9.2.19), and
/// an underscore that would be read as the beginning of one is written `_x005F_`: nothing is lost.
pub(super) fn xml<W: Write + ?Sized>(out: &mut W, text: &str) -> io::Result<()> {
    let special = |byte| matches!(byte, 0..=0x1f | b'&' | b'<' | b'>' | b'"' | b'_' | 0xef);
    replace(out, text, special, |out, rest| {
        let Some(character) = rest.chars().next() else { return Ok(0) };
        match character {
            '&' => out.write_all(b"&amp;")?,
            '<' => out.write_all(b"&lt;")?,
            '>' => out.write_all(b"&gt;")?,
            '"' => out.write_all(b"&quot;")?,
            '\t' => out.write_all(b"&#9;")?,
            '\n' => out.write_all(b"&#10;")?,
            '\r' => out.write_all(b"&#13;")?,
            '_' if !is_hidden_character(rest) => return Ok(0),
            '_' | '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => write!(out, "_x{:04X}_", u32::from(character))?,
            _ => return Ok(0),
        }
        Ok(character.len_utf8())
    })
}

/// Whether a text begins as a hidden character does: `_x` and four hexadecimal digits and `_`.
fn is_hidden_character(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 7 && bytes[1] == b'x' && bytes[6] == b'_' && bytes[2..6].iter().all(u8::is_ascii_hexdigit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str) -> String {
        let mut out = Vec::new();
        xml(&mut out, text).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn xml_keeps_what_it_cannot_hold() {
        assert_eq!(escaped("a<b>&\"é\r\n"), "a&lt;b&gt;&amp;&quot;é&#13;&#10;");
        assert_eq!(escaped("\u{0}\u{ffff}ﻯ"), "_x0000__xFFFF_ﻯ");
        assert_eq!(escaped("_x0041_x0042_ _x_"), "_x005F_x0041_x005F_x0042_ _x_");
    }
}
