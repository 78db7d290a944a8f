//! "Did you mean …?"

/// The candidate a misspelt `word` most likely meant, if one is near enough: at most a third of its letters wrong
/// (a swap of neighbours counts once: Damerau 1964), letter case not counted. Ties go to the first candidate.
///
/// ```
/// use attache::diagnostic::nearest;
/// assert_eq!(nearest("symetric", ["between", "symmetric"].into_iter()), Some("symmetric"));
/// assert_eq!(nearest("color", ["between", "doc"].into_iter()), None);
/// ```
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = word.to_lowercase();
    let length = wanted.chars().count();
    let most = (length / 3).clamp(1, 4);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        // Words whose lengths differ by more cannot be near: the distance is not worked out.
        if candidate.chars().count().abs_diff(length) > most {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&wanted, &candidate.to_lowercase());
        // For words of one or two letters a single change is another word, unless it is only a swap or letter case.
        let allowed = if length <= 2 { distance == 0 } else { distance <= most };
        if allowed && candidate != word && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn near_and_far() {
        let keys = ["match", "where", "gives", "priority", "between"];
        for (typed, meant) in [("mtach", "match"), ("were", "where"), ("Match", "match"), ("prioritty", "priority")] {
            assert_eq!(nearest(typed, keys.into_iter()), Some(meant));
        }
        for typed in ["give_up_now", "x", "", "colour"] {
            assert_eq!(nearest(typed, keys.into_iter()), None);
        }
    }
}
