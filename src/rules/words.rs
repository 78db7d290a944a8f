//! What rule files say of a language's own words: classes of function words, cues, reference, dates.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::ruleset::Status;
use crate::pattern::{TypeId, TypeMask, WordId, WordSet};

/// Classes of function words that extraction needs beside those of patterns.
#[derive(Debug, Clone, Default)]
pub struct Classes {
    /// Auxiliaries.
    pub auxiliary: WordSet,
    /// Relative pronouns.
    pub relative: WordSet,
    /// Indefinite determiners.
    pub indefinite: WordSet,
    /// Adpositions after which a gerund belongs to the object of the verb.
    pub object_control: WordSet,
    /// Auxiliaries before a bare verb: *will, did*.
    pub modal: WordSet,
    /// Conjunctions that end what was denied before: *but*.
    pub contrast: WordSet,
    /// Words that take the point of a negation: *not only*.
    pub focus: WordSet,
    /// First words of *each other*.
    pub reciprocal: WordSet,
    /// Words that count what follows them after a genitive: *dozens of*.
    pub quantity: WordSet,
    /// Phrases that make the number after them a rough one: *at least*.
    pub approximate: Vec<Vec<WordId>>,
    /// Words that open a clause of what is waited for: *until*.
    pub awaiting: WordSet,
    /// Last parts of adjectives that a name owns: *Iran-backed*.
    pub owning: WordSet,
    /// Adpositions that open a clause as well: *after*.
    pub clausal: WordSet,
    /// Adpositions of time and circumstance: nothing behind them is what a verb is done to.
    pub circumstance: WordSet,
    /// What names members of the group before it: *including*.
    pub including: WordSet,
    /// What did not happen because something else did: *instead of leaving*.
    pub replaced: WordSet,
    /// Relative pronouns for people: *who*.
    pub personal: WordSet,
    /// Words that say where somebody stands in a picture: *second left*.
    pub caption: WordSet,
}

/// A reading of a pronoun.
#[derive(Debug, Clone)]
pub struct Pronoun {
    /// Types it may stand for.
    pub types: TypeMask,
    /// 1, 2 or 3.
    pub person: u8,
    /// Whether it stands for several.
    pub plural: bool,
    /// The gender it asks for.
    pub gender: Option<String>,
    /// Whether it is a possessive determiner.
    pub possessive: bool,
}

/// How a governor reaches what it governs, as bits.
pub mod through {
    /// An infinitive or gerund: *refused to meet*.
    pub const INFINITIVE: u8 = 1;
    /// A clause: *denied that …*.
    pub const CLAUSE: u8 = 2;
    /// An object noun: *denied a meeting*.
    pub const OBJECT: u8 = 4;
    /// A noun after an adposition: *plans for a meeting*.
    pub const OBLIQUE: u8 = 8;
    /// All of them.
    pub const ALL: u8 = 15;
    /// Names in rule files.
    pub const NAMED: &[(&str, u8)] =
        &[("infinitive", INFINITIVE), ("clause", CLAUSE), ("object", OBJECT), ("oblique", OBLIQUE)];
}

/// Words that change a statement's status.
#[derive(Debug, Clone, Default)]
pub struct Cues {
    /// Acting on the predicate they hang on.
    pub on: FxHashMap<WordId, Status>,
    /// What those give instead in a clause that somebody is reported to say.
    pub on_reported: FxHashMap<WordId, Status>,
    /// Acting on what they govern, with the ways they reach it.
    pub govern: FxHashMap<WordId, Vec<(Status, u8)>>,
}

impl Cues {
    /// Whether a word denies what it hangs on: *not*.
    pub fn denies(&self, word: WordId) -> bool {
        self.on.get(&word) == Some(&Status::Negative)
    }

    /// Whether a word tells what its clause says: *say*.
    pub fn reports(&self, word: WordId) -> bool {
        self.govern.get(&word).is_some_and(|cues| cues.iter().any(|(status, _)| *status == Status::Reported))
    }

    /// Whether a word asks for what it governs: *urge*.
    pub fn asks(&self, word: WordId) -> bool {
        self.govern.get(&word).is_some_and(|cues| cues.iter().any(|(status, _)| *status == Status::Requested))
    }
}

/// A description that stands for what was named before: *both sides*, *the country*, *its troops*.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Back {
    /// Its words, without a determiner; for one entity the last of them tells.
    pub words: Vec<WordId>,
    /// What it may stand for.
    pub types: TypeMask,
    /// How many.
    pub count: usize,
    /// Whether only after a possessive pronoun.
    pub owned: bool,
    /// Whether how many is left open.
    pub several: bool,
}

/// How reference works.
#[derive(Debug, Clone, Default)]
pub struct Discourse {
    /// Nouns a slot looks through.
    pub transparent: WordSet,
    /// Nouns that no slot reaches through.
    pub opaque: WordSet,
    /// *counterpart*
    pub counterpart: WordSet,
    /// Descriptions that stand for what was named before.
    pub pairs: Vec<Back>,
    /// Verbs that say no more than that what their noun names takes place.
    pub light: WordSet,
    /// Verbs whose subject speaks.
    pub reporting: WordSet,
    /// Verbs whose participle may have an object: *the man called Bo*.
    pub doubling: WordSet,
    /// Verbs that take a gerund for their object: *stopped funding rebels*.
    pub gerunds: WordSet,
    /// Verbs with two objects: *gave Peru food*.
    pub giving: WordSet,
    /// Verbs whose object is their subject's own: *the help Peru has provided* is Peru's help.
    pub rendering: WordSet,
    /// Verbs whose subject has no part in what their object is about to do: *discussed the plan to free Peru*.
    pub topics: WordSet,
    /// Types of what no relative pronoun for people stands for.
    pub things: TypeMask,
    /// Nouns that take an infinitive: *a decision to free him*.
    pub aims: WordSet,
    /// Verbs whose object says what their subject is: *became the first country to leave*.
    pub linking: WordSet,
    /// Attributes that must not conflict.
    pub discriminating: Vec<String>,
    /// Words that mean the same in attribute values: word to its representative.
    pub equivalent: BTreeMap<String, String>,
    /// Words of an office that do not tell which.
    pub generic: Vec<String>,
    /// Adpositions that open a place.
    pub place_adpositions: WordSet,
    /// What a name of which nothing is known is taken for where a rule asks for somebody: one of several words, one of one.
    pub guess: Option<(TypeId, TypeId)>,
}

/// Words of dates.
#[derive(Debug, Clone, Default)]
pub struct Dates {
    /// Month names to 1–12.
    pub months: FxHashMap<WordId, u8>,
    /// Weekday names to 1–7, Monday first.
    pub weekdays: FxHashMap<WordId, u8>,
    /// Words to days from publication.
    pub days: FxHashMap<WordId, i32>,
    /// *last*
    pub last: WordSet,
    /// *this*
    pub this: WordSet,
    /// *next*
    pub next: WordSet,
    /// *week*
    pub week: WordSet,
    /// *month*
    pub month: WordSet,
    /// *year*
    pub year: WordSet,
    /// *day*
    pub day: WordSet,
    /// *ago*
    pub ago: WordSet,
    /// *morning*, *late*
    pub daytime: WordSet,
    /// Whether 1/2/2020 is the first of February.
    pub day_first: bool,
}
