//! What a language pack knows of its language: tags, dependency arcs and inflection.
//!
//! The engine knows none itself. A [`Model`] holds weights learnt from a treebank in CoNLL-U ([`train`]) and gives every
//! word a tag and every sentence a tree; an [`Inflector`] reads spelling rules and tables of the pack and writes the
//! forms a rule word may take. Another language is another treebank and other tables.

pub mod conllu;
pub mod construct;
mod deprel;
mod encode;
pub mod eval;
mod features;
mod hash;
mod hashrows;
mod inflect;
mod kernel;
mod lexicon;
mod marks;
mod memory;
mod model;
mod morph;
mod network;
mod oracle;
mod parser;
mod random;
mod regions;
mod state;
mod table;
mod tagger;
pub mod train;
mod word;

pub use deprel::Deprel;
pub use eval::{Scores, evaluate};
pub use inflect::{InflectError, Inflector, VerbForms};
pub use model::{Model, ModelError, Scratch};
pub use morph::{Degree, Morph, Number, PronType, Tag, Tense, UnknownName, Upos, VerbForm};
pub use parser::Parse;
pub use train::{Progress, TrainOptions, TreebankSet, VectorError, WordVectors, train};
pub use word::Word;
