//! tmp
/// Errors.
#[derive(Debug)]
pub struct InflectError;
impl std::fmt::Display for InflectError { fn fmt(&self, _f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { Ok(()) } }
/// Inflector.
#[derive(Debug)]
pub struct Inflector;
/// Forms.
#[derive(Debug)]
pub struct VerbForms;
#[allow(missing_docs)]
impl VerbForms { pub fn all(&self) -> Vec<String> { vec![] } }
#[allow(missing_docs)]
impl Inflector {
  pub fn new(_a:&str,_b:&str,_c:&str)->Result<Self,InflectError>{Ok(Inflector)}
  pub fn verb_forms(&self,_w:&str)->VerbForms{VerbForms}
  pub fn noun_plural(&self,_w:&str)->Vec<String>{vec![]}
  pub fn variants(&self,w:&str)->Vec<String>{vec![w.to_owned()]}
}
