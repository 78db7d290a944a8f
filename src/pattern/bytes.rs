//! Tables of numbers and texts as bytes, one after the other: what is made when the program is built and read at its start.
//!
//! A piece is its length in bytes and then that many; numbers are four bytes each, the lowest first.

/// Adds numbers.
pub(crate) fn put_numbers(out: &mut Vec<u8>, numbers: impl Iterator<Item = u32>) {
    let numbers: Vec<u8> = numbers.flat_map(u32::to_le_bytes).collect();
    put(out, &numbers);
}

/// Adds a text.
pub(crate) fn put_text(out: &mut Vec<u8>, text: &str) {
    put(out, text.as_bytes());
}

/// Adds texts, as one with the places where each ends.
pub(crate) fn put_texts<'t>(out: &mut Vec<u8>, texts: impl Iterator<Item = &'t str>) {
    let (mut all, mut ends) = (String::new(), Vec::new());
    for text in texts {
        all.push_str(text);
        ends.push(all.len() as u32);
    }
    put_text(out, &all);
    put_numbers(out, ends.into_iter());
}

fn put(out: &mut Vec<u8>, piece: &[u8]) {
    out.extend((piece.len() as u32).to_le_bytes());
    out.extend(piece);
}

/// Pieces that are still to be read. Nothing comes of bytes that are no pieces.
pub(crate) struct Pieces<'b>(&'b [u8]);

impl<'b> Pieces<'b> {
    /// All pieces.
    pub(crate) fn new(bytes: &'b [u8]) -> Pieces<'b> {
        Pieces(bytes)
    }

    fn next(&mut self) -> Option<&'b [u8]> {
        let (length, rest) = self.0.split_first_chunk()?;
        let (piece, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        self.0 = rest;
        Some(piece)
    }

    /// Numbers.
    pub(crate) fn numbers(&mut self) -> Option<impl ExactSizeIterator<Item = u32> + use<'b>> {
        Some(self.next()?.as_chunks().0.iter().map(|number| u32::from_le_bytes(*number)))
    }

    /// Numbers that belong together, so many at a time.
    pub(crate) fn rows<const N: usize>(&mut self) -> Option<impl ExactSizeIterator<Item = [u32; N]> + use<'b, N>> {
        let (numbers, _) = self.next()?.as_chunks::<4>();
        let (rows, _) = numbers.as_chunks::<N>();
        Some(rows.iter().map(|row| row.map(u32::from_le_bytes)))
    }

    /// A text.
    pub(crate) fn text(&mut self) -> Option<&'b str> {
        std::str::from_utf8(self.next()?).ok()
    }

    /// Texts.
    pub(crate) fn texts(&mut self) -> Option<impl Iterator<Item = &'b str> + use<'b>> {
        let text = self.text()?;
        let mut start = 0;
        Some(self.numbers()?.map_while(move |end| {
            let one = text.get(start..end as usize)?;
            start = end as usize;
            Some(one)
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_read_as_they_were_written() {
        let mut bytes = Vec::new();
        put_numbers(&mut bytes, [7, u32::MAX, 1, 2].into_iter());
        put_texts(&mut bytes, ["é", "", "ab"].into_iter());
        let mut pieces = Pieces::new(&bytes);
        assert_eq!(pieces.rows().map(|rows| rows.collect()), Some(vec![[7, u32::MAX], [1, 2]]));
        assert_eq!(pieces.texts().map(|texts| texts.collect()), Some(vec!["é", "", "ab"]));
        assert!(pieces.text().is_none());
        assert!(Pieces::new(&bytes[..9]).text().is_none());
    }
}
