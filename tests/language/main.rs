//! The language room seen from outside.

mod inflection;
mod training;
