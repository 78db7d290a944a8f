//! Inflection (placeholder).
/// Errors.
#[derive(Debug)]
pub struct InflectError;
/// Inflector.
#[derive(Debug)]
pub struct Inflector;
/// Forms.
#[derive(Debug)]
pub struct VerbForms;
