//! What a thread remembers of the words and features it has tagged: the sums come out the same, only sooner.
//!
//! A few thousand words make up most of any text, so what a word's form alone says is added up once for the form. Rows of
//! features seen lately are kept spread out over all classes, which adds up many times faster than pairs do. Both are
//! bounded, whatever the text.

use rustc_hash::FxHashMap;

use super::lexicon::{Lexicon, NONE};
use super::table::{CLASSES, Found, Scores, SparseTable};
use super::word::{EDGE, Keys, Word};

/// Most forms remembered; then all are forgotten.
const MOST_FORMS: usize = 1 << 14;
/// Longest form remembered, in bytes.
const LONGEST_FORM: usize = 64;
/// Features remembered: a power of two, one place each.
const FEATURES: usize = 1 << 12;

/// Weights of all classes; one is at most 127 squared.
pub(super) type Spread = [i16; CLASSES];

/// What is known of a form.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    pub keys: Keys,
    /// The key of its usual tags.
    pub outlook: u32,
    /// Its tag, if that needs no decision, or [`NONE`].
    pub certain: u8,
}

impl Form {
    /// Before the first word of a sentence.
    pub(super) const BEFORE: Form = Form { keys: EDGE, outlook: 0xFFFF_FF00, certain: NONE };
    /// After the last.
    pub(super) const AFTER: Form = Form { keys: EDGE, outlook: 0xFFFF_FF01, certain: NONE };

    pub(super) fn of(word: &Word<'_>, lexicon: &Lexicon<'_>) -> Form {
        let keys = Keys::of(word);
        let entry = lexicon.get(keys.lower);
        let certain = if keys.plain { entry.and_then(|e| e.certain()).unwrap_or(NONE) } else { NONE };
        Form { keys, outlook: Lexicon::outlook(entry, &keys), certain }
    }
}

/// The forms met, by number.
#[derive(Clone, Debug, Default)]
pub(super) struct Forms {
    numbers: FxHashMap<Box<str>, u32>,
    forms: Vec<Form>,
    /// By form, what it says by itself.
    own: Vec<Option<Box<Scores>>>,
}

impl Forms {
    pub(super) fn clear(&mut self) {
        self.numbers.clear();
        self.forms.clear();
        self.own.clear();
    }

    /// Makes room for the words of a sentence: numbers given out before may be forgotten.
    pub(super) fn make_room(&mut self) {
        if self.forms.len() > MOST_FORMS {
            self.clear();
        }
    }

    /// The number of a word's form.
    pub(super) fn number(&mut self, word: &Word<'_>, lexicon: &Lexicon<'_>) -> u32 {
        if let Some(number) = self.numbers.get(word.form) {
            return *number;
        }
        let number = self.forms.len() as u32;
        self.forms.push(Form::of(word, lexicon));
        self.own.push(None);
        if word.form.len() <= LONGEST_FORM {
            self.numbers.insert(word.form.into(), number);
        }
        number
    }

    pub(super) fn form(&self, number: u32) -> &Form {
        &self.forms[number as usize]
    }

    /// What a form says by itself: worked out where it is not known.
    pub(super) fn own(&mut self, number: u32, work: impl FnOnce(&Form) -> Scores) -> &Scores {
        let form = &self.forms[number as usize];
        self.own[number as usize].get_or_insert_with(|| Box::new(work(form)))
    }
}

/// Rows of features met lately.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    /// Key and state of each place.
    places: Vec<(u32, State)>,
    spread: Vec<Spread>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Free,
    /// No weights.
    Unknown,
    Known,
}

impl Rows {
    pub(super) fn clear(&mut self) {
        self.places.clear();
    }

    /// Adds the weights of the features to the scores.
    #[inline(always)]
    pub(super) fn add<const N: usize>(&mut self, table: &SparseTable<'_>, keys: &[u32; N], scores: &mut Scores) {
        if self.places.is_empty() {
            self.places.resize(FEATURES, (0, State::Free));
            self.spread.resize(FEATURES, [0; CLASSES]);
        }
        let homes = table.homes(keys);
        let mut steps = [Step::Pass; N];
        for ((step, &key), home) in steps.iter_mut().zip(keys).zip(homes) {
            let place = &mut self.places[key as usize % FEATURES];
            if place.0 != key || place.1 == State::Free {
                let found = table.find(home, key);
                *place = (key, if found.is_some() { State::Known } else { State::Unknown });
                *step = found.map_or(Step::Pass, Step::Spread);
            } else if place.1 == State::Known {
                *step = Step::Add;
            }
        }
        // In the same order: where two features share a place, each finds there what it left or what it is to put there.
        for (&key, step) in keys.iter().zip(steps) {
            let row = &mut self.spread[key as usize % FEATURES];
            match step {
                Step::Pass => continue,
                Step::Add => {}
                Step::Spread(found) => table.spread(found, row),
            }
            add(scores, row);
        }
    }
}

/// What is to be done about a feature.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// It has no weights.
    Pass,
    /// Its weights are remembered.
    Add,
    /// They are to be read.
    Spread(Found),
}

/// Adds a row to the scores.
#[inline(always)]
pub(super) fn add(scores: &mut Scores, row: &Spread) {
    for (score, &weight) in scores.iter_mut().zip(row) {
        *score = score.wrapping_add(i32::from(weight));
    }
}
