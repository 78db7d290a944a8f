//! Suggested changes, applied to a text.

use super::Diagnostic;

/// The text with the changes of all findings that suggest any, and those findings. All changes of a finding are made or
/// none; of findings whose changes touch, the first in the text is heeded.
///
/// ```
/// use attache::diagnostic::{Diagnostic, apply};
/// use attache::source::Span;
/// let found = Diagnostic::error("E004", "there is no type `Persn`").patch(Span::new(3, 8), "Person");
/// assert_eq!(apply("{a:Persn}", &[&found]).0, "{a:Person}");
/// ```
#[must_use]
pub fn apply<'d>(text: &str, findings: &[&'d Diagnostic]) -> (String, Vec<&'d Diagnostic>) {
    let mut able: Vec<&Diagnostic> = findings.iter().copied().filter(|finding| !finding.patches.is_empty()).collect();
    able.sort_by_key(|finding| finding.patches.iter().map(|patch| (patch.span.start, patch.span.end)).min());
    let fits = |at: u32| (at as usize) <= text.len() && text.is_char_boundary(at as usize);
    let mut changes: Vec<(u32, u32, &str)> = Vec::new();
    let mut applied = Vec::new();
    for finding in able {
        let free = finding.patches.iter().all(|patch| {
            let (start, end) = (patch.span.start, patch.span.end);
            let apart = |&(from, to, _): &(u32, u32, &str)| (end <= from || to <= start) && (from, to) != (start, end);
            start <= end && fits(start) && fits(end) && changes.iter().all(apart)
        });
        if free {
            changes.extend(finding.patches.iter().map(|p| (p.span.start, p.span.end, p.replacement.as_str())));
            applied.push(finding);
        }
    }
    changes.sort_unstable();
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for (start, end, replacement) in changes {
        out.push_str(&text[at..start as usize]);
        out.push_str(replacement);
        at = end as usize;
    }
    out.push_str(&text[at..]);
    (out, applied)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    #[test]
    fn of_changes_that_touch_one_is_made() {
        let cut = |start, end| Diagnostic::warning("W006", "twice").patch(Span::new(start, end), "");
        let (a, b, c) = (cut(0, 3), cut(2, 5), cut(6, 7));
        let (text, applied) = apply("abcdefgh", &[&c, &b, &a]);
        assert_eq!((text.as_str(), applied.len()), ("defh", 2));
        assert_eq!(apply("ab", &[&cut(1, 9)]).0, "ab");
    }
}
