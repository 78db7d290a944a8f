//! The forms of tokens that a thread has met, and what rules know of a form wherever it stands.
//!
//! A few thousand forms make up most of any text, so each is folded and looked up once, and whatever else depends on a
//! form alone can be kept by its number. The memory is bounded: it starts anew where it has grown large.

use std::sync::atomic::{AtomicU64, Ordering};

use rustc_hash::FxHashMap;

use crate::pattern::{WordId, fold_into};
use crate::rules::RuleSet;

/// Most forms kept from one document to the next.
const MOST: usize = 1 << 15;
/// Longest form that is known again, in bytes.
const LONGEST: usize = 64;

/// What rules know of a form.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    /// Its folded word.
    pub word: WordId,
    /// Whether it is a word of the language: the model has met it, or rules speak of it.
    pub known: bool,
}

/// Forms, by number.
#[derive(Debug, Default)]
pub struct Forms {
    /// The rules that know them.
    rules: u64,
    epoch: u64,
    numbers: FxHashMap<Box<str>, u32>,
    forms: Vec<Form>,
    folded: String,
}

impl Forms {
    /// Makes ready for a document, and says in which numbering its forms will come: one that is the same stays so.
    pub fn start(&mut self, rules: &RuleSet) -> u64 {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        if self.epoch == 0 || self.rules != rules.number || self.forms.len() > MOST {
            *self = Self { rules: rules.number, epoch: NEXT.fetch_add(1, Ordering::Relaxed), ..Self::default() };
        }
        self.epoch
    }

    /// The number of a form; `word` is the form without what does not show.
    pub fn number(&mut self, form: &str, word: &str, rules: &RuleSet) -> u32 {
        if let Some(number) = self.numbers.get(form) {
            return *number;
        }
        fold_into(word, &mut self.folded);
        let word = rules.lexis.find(&self.folded);
        let known = rules.model.as_ref().is_some_and(|model| model.knows(&self.folded))
            || rules.ordinary.contains(word)
            || rules.function.uninflected.contains(word);
        let number = self.forms.len() as u32;
        self.forms.push(Form { word, known });
        if form.len() <= LONGEST {
            self.numbers.insert(form.into(), number);
        }
        number
    }

    /// What rules know of a form.
    ///
    /// # Panics
    /// Where the number was not given out since [`Self::start`].
    pub fn get(&self, number: u32) -> Form {
        self.forms[number as usize]
    }
}
