//! Tests of a token that no token can pass: `[noun & !noun]`, `[noun & verb]`, `[lower & caps]`.
//!
//! A test is taken apart into its alternatives, each a row of what must and what must not be so. Where all of them
//! contradict themselves, the pattern can never match, and its author is told.

use super::ast::TagExpr;
use super::fault::{PatternError, PatternFault};
use super::vocabulary::Flags;
use crate::source::Span;

/// Most alternatives looked at; a test that has more is taken to be possible.
const MOST: usize = 64;

/// Parts of speech: a token has one of them.
const CLASSES: Flags = Flags(0x1_FFFF_0000);
/// Of these a token has at most one each.
const APART: &[Flags] = &[
    CLASSES,
    Flags(Flags::LOWER.0 | Flags::CAP.0),
    Flags(Flags::LOWER.0 | Flags::CAPS.0),
    Flags(Flags::PAST.0 | Flags::PRESENT.0),
    Flags(Flags::PLURAL.0 | Flags::SINGULAR.0),
];

/// A name that must hold, or must not.
type Demand<'e> = (&'e str, bool);

/// Why no token passes the test, if none does.
pub(super) fn contradiction(test: &TagExpr, span: Span) -> Option<PatternError> {
    let rows = alternatives(test, true)?;
    let mut clash = None;
    for row in &rows {
        clash = Some(clash_in(row)?);
    }
    let (a, b) = clash?;
    let message =
        if a == b { format!("no token is `{a}` and not `{a}`") } else { format!("no token is both `{a}` and `{b}`") };
    Some(PatternError::new(span, message).fault(PatternFault::Never).help("write `|` where either will do"))
}

/// The alternatives of a test; none where there are too many to look at.
fn alternatives(test: &TagExpr, holds: bool) -> Option<Vec<Vec<Demand<'_>>>> {
    let rows = match (test, holds) {
        (TagExpr::Name(name, _), holds) => vec![vec![(name.as_str(), holds)]],
        (TagExpr::Not(inner), holds) => alternatives(inner, !holds)?,
        (TagExpr::And(a, b), true) | (TagExpr::Or(a, b), false) => {
            let (mut a, b) = (alternatives(a, holds)?, alternatives(b, holds)?);
            if let ([row], [more]) = (a.as_mut_slice(), b.as_slice()) {
                row.extend(more);
                return Some(a);
            }
            if a.len() * b.len() > MOST {
                return None;
            }
            a.iter().flat_map(|x| b.iter().map(move |y| x.iter().chain(y).copied().collect())).collect()
        }
        (TagExpr::And(a, b), false) | (TagExpr::Or(a, b), true) => {
            let mut rows = alternatives(a, holds)?;
            rows.extend(alternatives(b, holds)?);
            rows
        }
    };
    (rows.len() <= MOST).then_some(rows)
}

/// Two demands of a row that cannot both be met.
fn clash_in<'e>(row: &[Demand<'e>]) -> Option<(&'e str, &'e str)> {
    for (i, (name, holds)) in row.iter().enumerate() {
        for (other, also) in &row[..i] {
            if name == other && holds != also {
                return Some((name, name));
            }
            let apart = |a: Flags, b: Flags| a != b && APART.iter().any(|set| set.0 & a.0 != 0 && set.0 & b.0 != 0);
            if *holds && *also && Flags::named(other).zip(Flags::named(name)).is_some_and(|(a, b)| apart(a, b)) {
                return Some((other, name));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::{AstKind, parse};

    #[test]
    fn impossible_tests_are_told_from_odd_ones() {
        let clash = |text: &str| {
            let AstKind::Tag(test) = parse(text).unwrap().kind else { panic!("{text}") };
            contradiction(&test, Span::new(0, 1)).map(|error| error.message)
        };
        assert_eq!(clash("[noun & !noun]").unwrap(), "no token is `noun` and not `noun`");
        assert_eq!(clash("[noun & verb]").unwrap(), "no token is both `noun` and `verb`");
        for fine in ["[noun | verb]", "[!noun & !verb]", "[verb & past]", "[cap & caps]", "[name & !Country & !caps]"] {
            assert_eq!(clash(fine), None, "{fine}");
        }
        assert!(clash("[lower & caps | noun & adj]").is_some());
        assert!(clash("[lower & caps | noun]").is_none());
    }
}
