//! Tables that say what a language's own words do.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Spanned;

/// `[[pronoun]]`: words that stand for a mention.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PronounWritten {
    /// The words.
    pub words: Vec<Spanned<String>>,
    /// Types it may stand for.
    #[serde(rename = "for")]
    pub types: Vec<Spanned<String>>,
    /// 1, 2 or 3.
    #[serde(default = "third")]
    pub person: u8,
    /// Whether it stands for several.
    #[serde(default)]
    pub plural: bool,
    /// The gender it asks for.
    pub gender: Option<String>,
    /// Whether it is a possessive determiner.
    #[serde(default)]
    pub possessive: bool,
}

fn third() -> u8 {
    3
}

/// `[[cue]]`: words that change how a statement is to be taken.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CueWritten {
    /// Its id.
    pub id: Spanned<String>,
    /// What it is for.
    #[serde(default)]
    pub doc: String,
    /// The words.
    pub words: Vec<Spanned<String>>,
    /// Where they act: `on` the predicate they hang on (adverbs, auxiliaries, markers), or on what they `govern`.
    pub acts: Spanned<String>,
    /// `negative`, `planned`, `requested`, `possible`, `alleged`, `reported`.
    pub gives: Spanned<String>,
    /// What an `on` word gives in a clause that somebody is reported to say: *said it would leave* is a plan.
    pub reported: Option<Spanned<String>>,
    /// For governors: only through these relations (`infinitive`, `clause`, `object`, `oblique`); default all.
    #[serde(default)]
    pub through: Vec<Spanned<String>>,
}

/// `[function]`: classes of function words.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FunctionWritten {
    /// See [`crate::pattern::FunctionWords`].
    #[serde(default)]
    pub determiner: Vec<String>,
    /// Adpositions.
    #[serde(default)]
    pub adposition: Vec<String>,
    /// Conjunctions that join equals.
    #[serde(default)]
    pub conjunction: Vec<String>,
    /// Marks of the infinitive.
    #[serde(default)]
    pub infinitive: Vec<String>,
    /// Words that open a clause.
    #[serde(default)]
    pub complementizer: Vec<String>,
    /// Copulas, in all their forms.
    #[serde(default)]
    pub copula: Vec<String>,
    /// Auxiliaries, in all their forms.
    #[serde(default)]
    pub auxiliary: Vec<String>,
    /// Marks of a passive's agent.
    #[serde(default)]
    pub agent: Vec<String>,
    /// Join a companion to a subject: *with*.
    #[serde(default)]
    pub comitative: Vec<String>,
    /// Links of a noun to its owner.
    #[serde(default)]
    pub genitive: Vec<String>,
    /// Adpositions after which a gerund belongs to the object of the verb.
    #[serde(default)]
    pub object_control: Vec<String>,
    /// Relative pronouns.
    #[serde(default)]
    pub relative: Vec<String>,
    /// Other words that do not inflect.
    #[serde(default)]
    pub other: Vec<String>,
    /// Auxiliaries before a bare verb: *will, did*.
    #[serde(default)]
    pub modal: Vec<String>,
    /// Conjunctions that end what was denied before: *but*.
    #[serde(default)]
    pub contrast: Vec<String>,
    /// Words that take the point of a negation: *not only*.
    #[serde(default)]
    pub focus: Vec<String>,
    /// Pronouns for each other, by their first words.
    #[serde(default)]
    pub reciprocal: Vec<String>,
    /// Words that count what follows them after a genitive: *dozens of*.
    #[serde(default)]
    pub quantity: Vec<String>,
    /// Phrases that make the number after them a rough one: *at least*.
    #[serde(default)]
    pub approximate: Vec<String>,
    /// Words that make what follows indefinite: *a, an*.
    #[serde(default)]
    pub indefinite: Vec<String>,
    /// Words that open a clause of what is waited for: *not until they meet*. It is no more certain than what waits for it.
    #[serde(default)]
    pub awaiting: Vec<String>,
    /// Last parts of adjectives that a name owns: *Iran-backed*, but not *Egypt-style*.
    #[serde(default)]
    pub owning: Vec<String>,
    /// Adpositions that open a clause as well: *after*.
    #[serde(default)]
    pub clausal: Vec<String>,
    /// Adpositions of time and circumstance: nothing behind them is what a verb is done to.
    #[serde(default)]
    pub circumstance: Vec<String>,
    /// What names members of the group before it: *including*.
    #[serde(default)]
    pub including: Vec<String>,
    /// What did not happen because something else did: *instead of leaving*.
    #[serde(default)]
    pub replaced: Vec<String>,
    /// Relative pronouns for people: *who*.
    #[serde(default)]
    pub personal: Vec<String>,
    /// Words that say where somebody stands in a picture: *second left*. They inflect as they like.
    #[serde(default)]
    pub caption: Vec<String>,
}

/// `[discourse]`: how reference works.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DiscourseWritten {
    /// Nouns that a slot looks through to what owns them: *the integrity of Iraq* stands for Iraq.
    #[serde(default)]
    pub transparent: Vec<Spanned<String>>,
    /// Nouns that nothing reaches through: *the enemies of Iran* are not Iran.
    #[serde(default)]
    pub opaque: Vec<Spanned<String>>,
    /// Nouns for a holder of the same office elsewhere: *counterpart*.
    #[serde(default)]
    pub counterpart: Vec<Spanned<String>>,
    /// Plural descriptions that stand for the last two actors: *both sides*; with the types they stand for.
    #[serde(default)]
    pub pairs: Vec<PairWritten>,
    /// Reporting verbs: their subject is the speaker.
    #[serde(default)]
    pub reporting: Vec<Spanned<String>>,
    /// Verbs that say no more than that what their noun names takes place: *hold, take place*.
    #[serde(default)]
    pub light: Vec<Spanned<String>>,
    /// Verbs whose participle may have an object: *the man called Bo*, *a group given weapons*.
    #[serde(default)]
    pub doubling: Vec<Spanned<String>>,
    /// Verbs that take a gerund for their object: *stopped funding rebels*.
    #[serde(default)]
    pub gerunds: Vec<Spanned<String>>,
    /// Verbs with two objects: *gave Peru food*.
    #[serde(default)]
    pub giving: Vec<Spanned<String>>,
    /// Verbs whose object is their subject's own: *the help Peru has provided* is Peru's help.
    #[serde(default)]
    pub rendering: Vec<Spanned<String>>,
    /// Verbs whose subject has no part in what their object is about to do: *discussed the plan to free Peru*.
    #[serde(default)]
    pub topics: Vec<Spanned<String>>,
    /// Types of what *who* does not stand for: *a senator from Peru who left*.
    #[serde(default)]
    pub things: Vec<Spanned<String>>,
    /// Nouns that take an infinitive: *a decision to free him*.
    #[serde(default)]
    pub aims: Vec<Spanned<String>>,
    /// Verbs whose object says what their subject is: *became the first country to leave*.
    #[serde(default)]
    pub linking: Vec<Spanned<String>>,
    /// Attributes that must not conflict between mentions of one entity.
    #[serde(default)]
    pub discriminating: Vec<String>,
    /// Attributes whose values are compared by their words, with words that mean the same.
    #[serde(default)]
    pub equivalent: Vec<Vec<String>>,
    /// Words of an office that say nothing about which office it is: *chief, minister, official*.
    #[serde(default)]
    pub generic: Vec<String>,
    /// Adpositions that open a place.
    #[serde(default)]
    pub place_adpositions: Vec<String>,
    /// What a name of which nothing is known is taken for where a rule asks for somebody.
    pub guess: Option<GuessWritten>,
}

/// `[discourse.guess]`: types for names of which nothing is known.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GuessWritten {
    /// For a name of several words.
    pub several_words: Spanned<String>,
    /// For a name of one word.
    pub one_word: Spanned<String>,
}

/// A plural description.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PairWritten {
    /// The pattern of words, without a determiner: `two ministers`.
    pub words: Vec<Spanned<String>>,
    /// Types it may stand for.
    #[serde(rename = "for")]
    pub types: Vec<Spanned<String>>,
    /// Whether they count only after a possessive pronoun: *its troops* are what *it* is.
    #[serde(default)]
    pub owned: bool,
    /// Whether how many is left open: *the ministers* are two only where two are about.
    #[serde(default)]
    pub several: bool,
    /// How many; 2 unless stated. One, told by the last word, goes back to a subject before: *the country*.
    #[serde(default = "two")]
    pub count: usize,
}

fn two() -> usize {
    2
}

/// `[dates]`: words of dates.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DatesWritten {
    /// CSV of months: `month,number,abbreviations`.
    pub months: Option<Spanned<String>>,
    /// CSV of weekdays: `weekday,number,abbreviations`; Monday is 1.
    pub weekdays: Option<Spanned<String>>,
    /// Words to a number of days from the day of publication.
    #[serde(default)]
    pub days: BTreeMap<String, i32>,
    /// Words for the one before, the present, the next.
    #[serde(default)]
    pub last: Vec<String>,
    /// The present one.
    #[serde(default)]
    pub this: Vec<String>,
    /// The next one.
    #[serde(default)]
    pub next: Vec<String>,
    /// Units: *week, month, year*.
    #[serde(default)]
    pub week: Vec<String>,
    /// Month.
    #[serde(default)]
    pub month: Vec<String>,
    /// Year.
    #[serde(default)]
    pub year: Vec<String>,
    /// Day.
    #[serde(default)]
    pub day: Vec<String>,
    /// After a number of units: *two weeks ago*.
    #[serde(default)]
    pub ago: Vec<String>,
    /// Beside a weekday: *Monday morning*, *late Monday*.
    #[serde(default)]
    pub daytime: Vec<String>,
    /// `day-first` or `month-first`, for dates in digits.
    pub order: Option<Spanned<String>>,
}
