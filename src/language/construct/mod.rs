//! Sentences made from constructions: analysed by whoever writes the construction, so that no treebank need hold them.
//!
//! A treebank of letters and reviews has few headlines and few envoys. A grammar of constructions says how such sentences
//! are built, word by word with tag and head, and [`Grammar::sentences`] draws as many of them as training asks for. What
//! they say makes no sense, which does no harm: a parser learns from how words hang together.

mod error;
mod grow;
mod read;
mod written;

pub use error::GrammarError;

use std::collections::BTreeMap;

use super::conllu::Sentence;
use super::deprel::Deprel;
use super::inflect::Inflector;
use super::morph::{Morph, Tense, Upos, VerbForm};
use super::random::Random;

/// A grammar of constructions, read and checked.
#[derive(Clone, Debug)]
pub struct Grammar {
    phrases: Vec<Vec<Line>>,
    words: Vec<Words>,
    verbs: Vec<Vec<Conjugated>>,
    /// The phrase a sentence begins with.
    start: usize,
}

/// One way to build a phrase, and how often it is taken beside the others.
#[derive(Clone, Debug)]
struct Line {
    weight: usize,
    parts: Vec<Part>,
}

#[derive(Clone, Debug)]
struct Part {
    role: Role,
    what: What,
    /// The form that the verb at the part's head takes, when the part says so itself.
    form: Option<Form>,
    /// The chance that the part stands there.
    chance: f64,
}

/// How a part hangs in its phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// It is the phrase's head.
    Head,
    /// A dependent of the head.
    Dependent(Deprel),
    /// It has a head, which is that of the phrase, or it has none, and what it holds hangs on that of the phrase.
    Bare,
}

#[derive(Clone, Debug)]
enum What {
    Phrase(usize),
    Words(usize),
    Verbs(usize),
    /// A word with its tag.
    Word(String, Morph),
    /// A verb whose form comes from outside.
    Verb(Box<Conjugated>),
}

/// Words that can stand for each other.
#[derive(Clone, Debug)]
struct Words {
    morph: Morph,
    forms: Vec<String>,
}

/// A verb in all forms, by [`Form`].
type Conjugated = [String; Form::ALL.len()];

/// A form of a verb that a part can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Base,
    Third,
    Past,
    Infinitive,
    Participle,
    Passive,
    Present,
    Gerund,
}

impl Form {
    const ALL: [Form; 8] = [
        Form::Base,
        Form::Third,
        Form::Past,
        Form::Infinitive,
        Form::Participle,
        Form::Passive,
        Form::Present,
        Form::Gerund,
    ];

    const fn name(self) -> &'static str {
        match self {
            Form::Base => "base",
            Form::Third => "third",
            Form::Past => "past",
            Form::Infinitive => "inf",
            Form::Participle => "part",
            Form::Passive => "pass",
            Form::Present => "ing",
            Form::Gerund => "ger",
        }
    }

    fn parse(name: &str) -> Option<Form> {
        Form::ALL.into_iter().find(|form| form.name() == name)
    }

    fn morph(self) -> Morph {
        let (verb_form, tense) = match self {
            Form::Base | Form::Third => (VerbForm::Fin, Some(Tense::Pres)),
            Form::Past => (VerbForm::Fin, Some(Tense::Past)),
            Form::Infinitive => (VerbForm::Inf, None),
            Form::Participle | Form::Passive => (VerbForm::Part, Some(Tense::Past)),
            Form::Present => (VerbForm::Part, Some(Tense::Pres)),
            Form::Gerund => (VerbForm::Ger, None),
        };
        let passive = self == Form::Passive;
        Morph { verb_form: Some(verb_form), tense, passive, ..Morph::of(Upos::Verb) }
    }
}

impl Grammar {
    /// Reads a grammar (TOML); `inflector` gives the forms of its verbs. The format is told in `docs/language.md`.
    ///
    /// # Errors
    /// Everything that is wrong, each with its line: a broken file, a name that nothing defines, an unknown relation, tag
    /// or form, a phrase with two heads or with nothing in it.
    pub fn read(text: &str, inflector: &Inflector) -> Result<Grammar, Vec<GrammarError>> {
        read::read(text, inflector)
    }

    /// So many different sentences; the same number and seed give the same ones. Fewer come back only when the grammar
    /// holds no more that are neither shorter than 4 words nor longer than 44.
    #[must_use]
    pub fn sentences(&self, count: usize, seed: u64) -> Vec<Sentence> {
        grow::sentences(self, count, &mut Random::new(seed))
    }
}

/// Numbers of the names of one kind.
type Names = BTreeMap<String, usize>;
