//! Graph against graph, and graph against what was wanted of it.
//!
//! A [`Fact`] is one relation written on a line; [`self_test`] runs the examples that rules carry: what a rule says of
//! itself must be so. [`verify`] holds a graph against the documents that it was made from; [`diff`] says what two graphs
//! tell differently; [`evaluate`] measures graphs by a [`Gold`] that a reader wrote.

mod diff;
mod fact;
mod gold;
mod idle;
mod score;
mod selftest;
mod verify;

pub use diff::{Change, EdgeChange, Field, GraphDiff, Named, NodeChange, Overlay, Telling, diff, overlay};
pub use fact::{Fact, is_called, relations};
pub use gold::{Gold, GoldDocument, GoldEntity, GoldFact, GoldIdentity, Need, draft, read as read_gold};
pub use idle::idle_examples;
pub use score::{AttributeRow, Counts, Figure, Finding, Kind, Reading, Row, Scores, evaluate, is_of};
pub use selftest::{Failure, Outcome, SelfTest, Verdict, self_test};
pub use verify::{Fault, Maker, Verified, verify};
