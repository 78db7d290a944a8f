//! Runs a rule set over a document: mentions, coreference, relations, events, modality and time.

mod fragment;

pub use fragment::{
    DocumentRecord, EntityRecord, EventRecord, EvidenceRecord, Fragment, MentionKind, MentionRecord, Modality, Polarity, RelationRecord,
};
