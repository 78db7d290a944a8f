//! The language room seen from outside.

mod english;
mod inflection;
mod training;
