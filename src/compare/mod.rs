//! Graph against what was wanted of it.
//!
//! A [`Fact`] is one relation written on a line; [`self_test`] runs the examples that rules carry: what a rule says of
//! itself must be so.

mod fact;
mod selftest;

pub use fact::{Fact, is_called, relations};
pub use selftest::{Failure, Outcome, SelfTest, Verdict, self_test};
