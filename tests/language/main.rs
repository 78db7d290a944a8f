//! The language room seen from outside.

mod construct;
mod english;
mod inflection;
mod training;
