//! Inference rules as written.

use serde::Deserialize;

use crate::rules::spanned::Spanned;

/// `[[inference]]`: a rule that concludes a relation from other relations of the graph.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct InferenceWritten {
    /// Its id.
    pub id: Spanned<String>,
    /// What it is for.
    #[serde(default)]
    pub doc: String,
    /// What must be in the graph: `"(m:Minister)-[met-with]-(n:Minister), (a:Country {name: m.country}) where not …"`.
    #[serde(rename = "if")]
    pub condition: Spanned<String>,
    /// The relation to conclude: `"(a)-[engaged-with]->(b)"`.
    #[serde(rename = "then")]
    pub conclusion: Spanned<String>,
    /// The least number of documents that what it rests on must come from.
    #[serde(rename = "min-support")]
    pub min_support: Option<u32>,
    /// How sure the conclusion is where all it rests on is certain, between 0 and 1; default 0.9.
    pub confidence: Option<Spanned<f64>>,
    /// Texts with what must be concluded.
    #[serde(default)]
    pub yes: Vec<Spanned<String>>,
    /// Texts from which this rule must conclude nothing.
    #[serde(default)]
    pub no: Vec<Spanned<String>>,
    /// Examples known not to work yet.
    #[serde(default)]
    pub todo: Vec<Spanned<String>>,
}
