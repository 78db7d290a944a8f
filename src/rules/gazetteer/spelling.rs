//! How a name as a list writes it becomes words: its capitals, and where it is cut as a text would be.

/// Whether there are small letters and capitals in a word that is nothing but letters of ASCII.
pub(super) fn plain(text: &str) -> Option<(bool, bool)> {
    const CASE: u8 = 0x20;
    let (mut any, mut all, mut letters) = (0, CASE, !text.is_empty());
    for byte in text.bytes() {
        any |= byte;
        all &= byte;
        letters &= byte.is_ascii_alphabetic();
    }
    letters.then_some((any & CASE != 0, all & CASE == 0))
}

/// What of a word is capital.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Capitals {
    No,
    /// Its first letter, or its only one.
    First,
    /// All of its letters, two at least.
    All,
}

pub(super) fn capitals(word: &str) -> Capitals {
    if let Some((small, capital)) = plain(word) {
        let first = word.starts_with(|c: char| c.is_ascii_uppercase());
        return match (capital && !small && word.len() > 1, first) {
            (true, _) => Capitals::All,
            (false, true) => Capitals::First,
            (false, false) => Capitals::No,
        };
    }
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let first = word.chars().next();
    if first.is_some_and(|c| !c.is_alphabetic() || c.is_uppercase())
        && letters.clone().nth(1).is_some()
        && letters.all(char::is_uppercase)
    {
        Capitals::All
    } else if first.is_some_and(char::is_uppercase) {
        Capitals::First
    } else {
        Capitals::No
    }
}

/// Cuts a name into tokens as the segmenter would; a hyphen between two capitalised parts is given both ways.
pub(super) fn spellings(text: &str) -> Vec<Vec<&str>> {
    let mut plain = Vec::new();
    for piece in text.split_whitespace() {
        // A possessive inside a name (Lord's) is a token of its own.
        let stem = piece.strip_suffix(['s', 'S']).and_then(|p| p.strip_suffix(['\'', '’', '‘', 'ʼ', '`']));
        if let Some(stem) = stem.filter(|stem| !stem.is_empty()) {
            plain.extend([stem, "'s"]);
        } else if let Some(stem) = piece.strip_suffix(',') {
            plain.extend([stem, ","]);
        } else {
            plain.push(piece);
        }
    }
    let cut = |word: &&str| {
        word.split_once('-').is_some_and(|(a, b)| b.chars().next().is_some_and(char::is_uppercase) && !a.is_empty())
    };
    if !plain.iter().any(&cut) {
        return vec![plain];
    }
    let mut split = Vec::new();
    for word in &plain {
        match word.split_once('-').filter(|_| cut(word)) {
            Some((a, b)) => split.extend([a, "-", b]),
            None => split.push(word),
        }
    }
    vec![plain, split]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_of_words() {
        for (word, expected) in
            [("UN", Capitals::All), ("U", Capitals::First), ("Un", Capitals::First), ("uN", Capitals::No)]
                .into_iter()
                .chain([("U.N.", Capitals::All), ("É", Capitals::First), ("ÉU", Capitals::All), ("eU", Capitals::No)])
                .chain([("G7", Capitals::First), ("7TV", Capitals::All), ("", Capitals::No), ("un-", Capitals::No)])
        {
            assert_eq!(capitals(word), expected, "{word}");
        }
    }

    #[test]
    fn hyphens_and_possessives() {
        assert_eq!(spellings("Guinea-Bissau").len(), 2);
        assert_eq!(spellings("Guinea-Bissau")[1], ["Guinea", "-", "Bissau"]);
        assert_eq!(spellings("Lord’s Resistance Army"), [["Lord", "'s", "Resistance", "Army"]]);
        assert_eq!(spellings("Smith, John-paul"), [["Smith", ",", "John-paul"]]);
    }
}
