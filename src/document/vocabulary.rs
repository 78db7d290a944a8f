//! Which words exist, as far as anyone here can tell.

/// What the segmenter asks when it meets a token that looks glued together or lost an apostrophe, and when it decides
/// whether `X-Y` is two names. Without answers nothing is repaired and nothing of the kind is split.
pub trait Vocabulary {
    /// Whether `lower_word` (lower-case) is a common word, in any inflection. Every form that is missing here may be
    /// taken for two words glued together.
    fn knows(&self, lower_word: &str) -> bool;

    /// Whether `word`, cased as written, is by itself the name of a place, a people or an organisation. It should hold
    /// for the plural of a people's name as well (else `Danes` could be taken for `Dane's`), and not for given names
    /// (else `Jean-Luc` would be split).
    fn is_name(&self, word: &str) -> bool;
}

/// Knows nothing: the text is taken as it stands.
#[derive(Debug, Default, Copy, Clone)]
pub struct NoVocabulary;

impl Vocabulary for NoVocabulary {
    fn knows(&self, _: &str) -> bool {
        false
    }

    fn is_name(&self, _: &str) -> bool {
        false
    }
}
