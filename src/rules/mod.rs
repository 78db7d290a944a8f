//! Rule files become one immutable [`RuleSet`], or diagnostics.
//!
//! [`written`] is what an analyst types, read with the place of every value; [`RuleSet`] is what runs. Between the two
//! stands [`load`], which collects every mistake instead of stopping at the first.

mod amend;
mod compile;
mod files;
mod format;
mod gazetteer;
mod index;
mod inference;
mod inflected;
mod lint;
mod read;
mod ruleset;
#[cfg(feature = "cli")]
mod schema;
mod spanned;
mod types;
mod words;
pub mod written;

pub use amend::{add_identity, add_no, rule_text};
pub use compile::{Compiled, Remains, Unsaved, compile, fingerprint, gather, inside, load};
pub use files::{FileBytes, PackFiles};
pub use format::format;
pub use gazetteer::{Attributes, Case, Entry, Gazetteer, Surface};
pub use index::{ANY, ClauseId, ClauseIndex, Present};
pub use inference::Inference;
pub use lint::{Checked, check, check_files, check_unsaved};
pub use read::{Item, MAX_FILE, TABLES, Written};
pub use ruleset::{
    Degrees, EventRule, Example, Map, NameRule, OptionalPart, PackInfo, PackTest, PartReading, PatternSource, Recode,
    Refine, Relation, Rule, RuleSet, Stage, StandsFor, Status, Template, TemplatePart, View,
};
#[cfg(feature = "cli")]
pub use schema::written_schema;
pub use spanned::Spanned;
pub use types::{TypeDef, Types};
pub use words::{Back, Classes, Cues, Dates, Discourse, Pronoun, through};
