//! Graph against what was wanted of it.
//!
//! [`self_test`] runs the examples that rules carry: what a rule says of itself must be so.

mod selftest;

pub use selftest::{Failure, Outcome, SelfTest, Verdict, self_test};
