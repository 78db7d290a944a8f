//! The knowledge graph: what many documents say, as one graph in which every claim shows its sentence.
//!
//! The graph is a pure function of the *set* of fragments: [`build`] resolves who is who across documents, gathers the
//! statements about the same two entities into one edge and keeps everything needed to take the graph apart again
//! ([`KnowledgeGraph::fragments`]). Merging two graphs is therefore building one from the fragments of both, which makes
//! it associative, commutative and idempotent by construction.

mod assemble;
mod build;
mod calendar;
mod copies;
mod dates;
mod edges;
mod error;
mod events;
mod fold;
mod identity;
mod inverse;
mod knowledge;
mod measure;
mod model;
mod naming;
mod offices;
mod read;
mod schema;
mod select;

pub(crate) use calendar::days;
pub(crate) use fold::{names_agree, plain_name};

pub use build::{build, conflicting_documents, merge, without};
pub use error::GraphError;
pub use identity::{MergeStep, Merges, Party, Reason, Refusal, explain as explain_identity};
pub use knowledge::KnowledgeGraph;
pub use model::{
    Edge, EdgeRef, EventDetails, Evidence, Ground, Manifest, Mention, Node, Observation, Origin, RelationStyle,
    SetAside, Tenure, TypeStyle,
};
pub use schema::{
    EdgeStyle, GraphSchema, IdentityRules, NodeStyle, PackInfo, RelationInfo, Shape, TenureRules, TypeInfo,
};
pub use select::{Selection, Told};
