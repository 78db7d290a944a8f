//! Values of nodes and relations, and how two are held against each other.
//!
//! Texts are compared without case and accents; two dates by the days that they may mean; a text and a number as numbers
//! where the text is one.

use std::borrow::Cow;

use crate::extract::Polarity;
use crate::graph::{Edge, KnowledgeGraph, Node, Origin, Told, days};
use crate::motif::{Compare, Property, Scalar, fold};

/// Values of a node's property; a name has those of its aliases, too.
pub(super) fn of_node<'g>(node: &'g Node, property: &Property) -> Vec<Scalar<'g>> {
    let distinct = |texts: &mut dyn Iterator<Item = &'g str>| {
        let mut found: Vec<&str> = texts.collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(Scalar::from).collect()
    };
    match property {
        Property::Name => {
            let aliases = node.aliases.iter().map(|alias| Scalar::from(alias.as_str()));
            std::iter::once(Scalar::from(node.name.as_str())).chain(aliases).collect()
        }
        Property::Type => vec![node.type_name.as_str().into()],
        Property::Id => vec![node.id.as_str().into()],
        Property::Support => vec![Scalar::Number(f64::from(node.support))],
        Property::Documents => distinct(&mut node.mentions.iter().map(|mention| mention.doc.as_str())),
        Property::Rule => distinct(&mut node.mentions.iter().map(|mention| mention.rule.as_str())),
        Property::Attribute(name) => node.attributes.get(name).map(|value| value.as_str().into()).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Values of a relation's property.
pub(super) fn of_edge<'g>(graph: &'g KnowledgeGraph, edge: &'g Edge, property: &Property) -> Vec<Scalar<'g>> {
    // Of a relation that was inferred, the sentences are those of what it rests on.
    let seen = |text: fn(&'g crate::graph::Evidence) -> &'g str| {
        let below = graph.rests_on(edge).into_iter().flat_map(|below| &below.evidence);
        let mut found: Vec<&str> = edge.evidence.iter().chain(below).map(text).collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(Scalar::from).collect()
    };
    let name = |id: &'g str| graph.node(id).map(|node| node.name.as_str().into()).into_iter().collect();
    match property {
        Property::Type => vec![edge.type_name.as_str().into()],
        Property::Label => vec![edge.label.as_str().into()],
        Property::Modality => vec![Told::As(edge.modality).name().into()],
        Property::Polarity => vec![if edge.polarity == Polarity::Positive { "positive" } else { "negative" }.into()],
        Property::Told => vec![Told::of(edge).name().into()],
        Property::Confidence => vec![Scalar::Number(edge.confidence)],
        Property::Support => vec![Scalar::Number(f64::from(edge.support))],
        Property::Documents => seen(|evidence| &evidence.doc),
        Property::Quote => seen(|evidence| &evidence.quote),
        Property::Rule if !edge.grounds.is_empty() => {
            let rules: std::collections::BTreeSet<&str> =
                edge.grounds.iter().map(|ground| ground.rule.as_str()).collect();
            rules.into_iter().map(Scalar::from).collect()
        }
        Property::Rule => seen(|evidence| &evidence.rule),
        Property::Origin => vec![origin(edge.origin).into()],
        Property::Source => name(&edge.source),
        Property::Target => name(&edge.target),
        Property::Attribute(name) => edge.attributes.get(name).map(|value| value.as_str().into()).into_iter().collect(),
        Property::Id | Property::Name => Vec::new(),
    }
}

fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Stated => "stated",
        Origin::Role => "role",
        Origin::Inferred => "inferred",
    }
}

/// Whether it holds of any two; *different* where both are known and no two are equal.
pub(super) fn holds(left: &[Scalar<'_>], compare: Compare, right: &[Scalar<'_>]) -> bool {
    let any = |compare| left.iter().any(|a| right.iter().any(|b| one(a, compare, b)));
    match compare {
        Compare::Different => !left.is_empty() && !right.is_empty() && !any(Compare::Equal),
        _ => any(compare),
    }
}

fn one(left: &Scalar<'_>, compare: Compare, right: &Scalar<'_>) -> bool {
    use std::cmp::Ordering;
    if let (Compare::Contains | Compare::StartsWith | Compare::EndsWith, a, b) = (compare, left, right) {
        let (a, b) = (fold(&text(a)), fold(&text(b)));
        return match compare {
            Compare::Contains => a.contains(&b),
            Compare::StartsWith => a.starts_with(&b),
            _ => a.ends_with(&b),
        };
    }
    let order = match numbers(left, right) {
        Some((a, b)) => a.partial_cmp(&b),
        None => {
            let (a, b) = (text(left), text(right));
            if let (Some(a), Some(b)) = (days(&a), days(&b)) {
                return of_days(a, compare, b);
            }
            Some(if a.eq_ignore_ascii_case(&b) { Ordering::Equal } else { fold(&a).cmp(&fold(&b)) })
        }
    };
    order.is_some_and(|order| match compare {
        Compare::Equal => order.is_eq(),
        Compare::Less => order.is_lt(),
        Compare::AtMost => order.is_le(),
        Compare::More => order.is_gt(),
        Compare::AtLeast => order.is_ge(),
        _ => false,
    })
}

/// Both as numbers: where one is, and the other is or reads as one. A year is a date to a date.
fn numbers(left: &Scalar<'_>, right: &Scalar<'_>) -> Option<(f64, f64)> {
    let number = |scalar: &Scalar<'_>| match scalar {
        Scalar::Number(number) => Some(*number),
        Scalar::Text(text) => text.trim().parse().ok(),
    };
    let any = matches!(left, Scalar::Number(_)) || matches!(right, Scalar::Number(_));
    any.then(|| number(left).zip(number(right)))?
}

fn text<'s>(scalar: &'s Scalar<'_>) -> Cow<'s, str> {
    match scalar {
        Scalar::Text(text) => Cow::Borrowed(text),
        Scalar::Number(number) => Cow::Owned(number.to_string()),
    }
}

type Days = (jiff::civil::Date, jiff::civil::Date);

/// Dates of whatever precision: equal is what lies within the other; before or after is what may be so.
fn of_days((first, last): Days, compare: Compare, (from, to): Days) -> bool {
    match compare {
        Compare::Equal => first >= from && last <= to,
        Compare::Less => last < from,
        Compare::AtMost => first <= to,
        Compare::More => first > to,
        Compare::AtLeast => last >= from,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compared(left: &str, compare: Compare, right: &str) -> bool {
        one(&left.into(), compare, &right.into())
    }

    #[test]
    fn case_and_accents_do_not_count() {
        assert!(compared("Müller", Compare::Equal, "MULLER"));
        assert!(compared("defence minister", Compare::Contains, "Minister"));
        assert!(!compared("Mill", Compare::Equal, "Miller"));
    }

    #[test]
    fn dates_are_days() {
        assert!(compared("2019-07-02", Compare::Equal, "2019-07"));
        assert!(!compared("2019-07", Compare::Equal, "2019-07-02"));
        assert!(compared("2019-07", Compare::AtLeast, "2019-07-15"), "it may have been on the 20th");
        assert!(!compared("2019-07", Compare::More, "2019-07-15"));
        assert!(one(&"2020-03".into(), Compare::More, &Scalar::Number(2019.0)));
    }

    #[test]
    fn what_is_not_known_is_neither_equal_nor_different() {
        let inland: [Scalar<'_>; 1] = ["Inland".into()];
        assert!(!holds(&[], Compare::Equal, &inland));
        assert!(!holds(&[], Compare::Different, &inland));
        assert!(holds(&["Outland".into()], Compare::Different, &inland));
        assert!(!holds(&["Outland".into(), "Inland".into()], Compare::Different, &inland));
    }
}
