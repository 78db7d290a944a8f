//! Runs a rule set over a document: mentions, coreference, relations, events, modality and time.
//!
//! The stages, each linear and fed by rule files: [`lexed`](self) tokens with words and tags → mentions (gazetteers, then
//! name rules) → discourse (who is who) → syntax (a parse over units) → relations (clauses matched by grammar) with their
//! standing (polarity, modality, speaker) → a [`Fragment`]. [`analyse`] keeps every stage's result for explaining;
//! [`extract`] keeps only the fragment.

mod again;
mod analysis;
mod bridge;
mod candidate;
mod cast;
mod compose;
mod discourse;
mod forms;
mod fragment;
mod hits;
mod lattice;
mod lemma;
mod lexed;
mod mention;
mod miss;
mod naming;
mod output;
mod parts;
mod reading;
mod relate;
mod repair;
mod retag;
mod skip;
mod status;
mod syntax;
mod time;

use std::sync::Arc;

pub use again::{Again, sentence_text};
pub use analysis::{Analysis, Scratch, SentenceAnalysis, analyse, candidates};
pub use bridge::{Bridge, bridges};
pub use discourse::{Discourse, Entity, EntityId};
pub use fragment::{
    DocumentRecord, EntityRecord, EventRecord, EvidenceRecord, Fragment, MentionKind, MentionRecord, Modality,
    Polarity, RelationRecord,
};
pub use hits::{Hit, HitPart, hits, time_rules};
pub use lemma::lemma;
pub use lexed::{KnownWords, Lexed};
pub use mention::{Mention, UNKNOWN};
pub use miss::{Block, Miss, misses};
pub use naming::{name_tokens, office_words};
pub use output::fragment;
pub use relate::Statement;
pub use syntax::{Syntax, Unit};
pub use time::{DateMention, parse_text};

use crate::rules::RuleSet;
use crate::source::Source;

/// Reads one document and gives what it yields.
pub fn extract(source: Arc<Source>, rules: &RuleSet, scratch: &mut Scratch) -> Fragment {
    fragment(&analyse(source, rules, scratch), rules)
}
