//! How formats without types of their own spell what is neither text nor number.

use crate::extract::{MentionKind, Modality, Polarity};
use crate::graph::{Edge, KnowledgeGraph, Origin};

/// As the JSON spells it.
pub(super) fn modality(modality: Modality) -> &'static str {
    match modality {
        Modality::Asserted => "asserted",
        Modality::Planned => "planned",
        Modality::Requested => "requested",
        Modality::Possible => "possible",
        Modality::Alleged => "alleged",
    }
}

/// As the JSON spells it.
pub(super) fn polarity(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Positive => "positive",
        Polarity::Negative => "negative",
    }
}

/// As the JSON spells it, also where the JSON leaves it out.
pub(super) fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Stated => "stated",
        Origin::Role => "role",
        Origin::Inferred => "inferred",
    }
}

/// Whether the relation of an edge has no direction.
pub(super) fn is_symmetric(graph: &KnowledgeGraph, edge: &Edge) -> bool {
    graph.manifest().relations.get(&edge.type_name).is_some_and(|style| style.symmetric)
}

/// A relation as the property-graph world spells it: `met-with` is `MET_WITH`. Where two relations come to be spelt the
/// same, the property `type` still tells them apart.
pub(super) fn relationship(name: &str) -> String {
    name.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect()
}

/// As the JSON spells it.
pub(super) fn mention_kind(kind: MentionKind) -> &'static str {
    match kind {
        MentionKind::Named => "named",
        MentionKind::Nominal => "nominal",
        MentionKind::Pronoun => "pronoun",
    }
}

/// A number with a point in it and no exponent, which every format takes for a fraction.
pub(super) fn fraction(number: f64) -> String {
    let shown = number.to_string();
    if shown.contains('.') { shown } else { format!("{shown}.0") }
}
