//! Writes the forms a rule word may take in a text.
//!
//! Document words are never reduced to lemmas: the rule compiler inflects each rule word once and looks the forms up.
//! How the language spells its forms stands in the pack: ordered suffix rules in `inflection.toml`, exceptions in
//! `irregular.csv`, pairs of spellings in `spelling.csv`. Nothing here knows a word or an ending.

mod error;
mod irregular;
mod rules;
mod spelling;

pub use error::InflectError;

use irregular::Irregular;
use rules::{Form, Rules};
use spelling::Spellings;

/// The forms of a verb. Each list holds at least one form and no form twice; where usage knows two, both are there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VerbForms {
    /// The lemma, and other forms of the plain present or infinitive.
    pub base: Vec<String>,
    /// Third person singular of the present.
    pub third: Vec<String>,
    /// Past tense.
    pub past: Vec<String>,
    /// Past participle.
    pub participle: Vec<String>,
    /// Gerund and present participle.
    pub gerund: Vec<String>,
}

impl VerbForms {
    /// Every form once, in the order of the fields.
    #[must_use]
    pub fn all(&self) -> Vec<String> {
        let lists = [&self.base, &self.third, &self.past, &self.participle, &self.gerund];
        distinct(lists.into_iter().flatten().cloned())
    }

    /// Every form, some more than once.
    pub fn into_all(self) -> impl Iterator<Item = String> {
        [self.base, self.third, self.past, self.participle, self.gerund].into_iter().flatten()
    }
}

/// Inflects the words of rules, by the tables of a language pack.
///
/// ```
/// use attache::language::Inflector;
/// let rules = "[[verb.past]]\nends = 'e'\nadd = 'd'\n[[verb.past]]\nadd = 'ed'\n";
/// let inflector = Inflector::new(rules, "lemma,pos,past\nmeet,verb,met\n")?;
/// assert_eq!(inflector.verb_forms("meet").past, ["met"]);
/// assert_eq!(inflector.verb_forms("pledge").participle, ["pledged"]);
/// # Ok::<(), attache::language::InflectError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Inflector {
    rules: Rules,
    irregular: Irregular,
    spellings: Spellings,
}

impl Inflector {
    /// Reads the suffix rules (`inflection.toml`) and the table of exceptions (`irregular.csv`) of a pack.
    ///
    /// # Errors
    /// The first line that cannot be read: broken TOML or CSV, an unknown key or column, an invalid expression.
    pub fn new(rules_toml: &str, irregular_csv: &str) -> Result<Inflector, InflectError> {
        let (rules, pairs) = rules::read(rules_toml)?;
        Ok(Inflector { rules, irregular: Irregular::read(irregular_csv)?, spellings: Spellings::new(pairs) })
    }

    /// Adds a table of words with two spellings (`spelling.csv`).
    ///
    /// # Errors
    /// The first line that is no pair.
    pub fn with_spellings(mut self, spelling_csv: &str) -> Result<Inflector, InflectError> {
        self.spellings.add_table(spelling_csv)?;
        Ok(self)
    }

    /// The forms of a verb, in the spelling given. In `take-off` and the like the last part is inflected.
    #[must_use]
    pub fn verb_forms(&self, lemma: &str) -> VerbForms {
        let past = self.forms(lemma, Form::Past);
        let participle = if self.irregular.has(lemma, Form::Participle) || self.rules.has(Form::Participle) {
            self.forms(lemma, Form::Participle)
        } else {
            past.clone()
        };
        let base = std::iter::once(lemma.to_owned())
            .chain(self.irregular.get(lemma, Form::Base).unwrap_or_default().iter().cloned());
        VerbForms {
            base: distinct(base),
            third: self.forms(lemma, Form::Third),
            past,
            participle,
            gerund: self.forms(lemma, Form::Gerund),
        }
    }

    /// The plurals of a noun; the noun itself where it does not change.
    #[must_use]
    pub fn noun_plural(&self, lemma: &str) -> Vec<String> {
        self.forms(lemma, Form::Plural)
    }

    /// The other spellings of a lemma, itself not among them. Some of what comes out may be no word, which does no harm
    /// to a look-up: no text holds it.
    #[must_use]
    pub fn variants(&self, word: &str) -> Vec<String> {
        self.spellings.of(word)
    }

    /// The verbs of which a word may be a form, the likeliest first; last the word itself. Which of them are words of the
    /// language is for the caller to tell: this is for writing rules, documents are never reduced.
    #[must_use]
    pub fn verbs_of(&self, word: &str) -> Vec<String> {
        let forms = [Form::Third, Form::Past, Form::Participle, Form::Gerund];
        let guessed = forms.into_iter().flat_map(|form| self.rules.unapply(word, form));
        let fits = |lemma: &String| self.verb_forms(lemma).all().iter().any(|form| form == word);
        let known = self.irregular.lemmas(word, false);
        distinct(known.into_iter().chain(guessed.filter(fits)).chain([word.to_owned()]))
    }

    /// Whether the table of exceptions gives the verb a past tense.
    #[must_use]
    pub fn is_irregular(&self, verb: &str) -> bool {
        self.irregular.has(verb, Form::Past)
    }

    /// The nouns of which a word may be the singular or plural, the same way.
    #[must_use]
    pub fn nouns_of(&self, word: &str) -> Vec<String> {
        let guessed = self.rules.unapply(word, Form::Plural).into_iter();
        let fits = |lemma: &String| self.noun_plural(lemma).iter().any(|form| form == word);
        let known = self.irregular.lemmas(word, true);
        distinct(known.into_iter().chain(guessed.filter(fits)).chain([word.to_owned()]))
    }

    fn forms(&self, lemma: &str, form: Form) -> Vec<String> {
        if let Some(forms) = self.irregular.get(lemma, form) {
            return forms.to_vec();
        }
        if let Some((first, last)) = lemma.rsplit_once('-')
            && !last.is_empty()
        {
            return self.forms(last, form).into_iter().map(|form| format!("{first}-{form}")).collect();
        }
        let forms = self.rules.apply(lemma, form);
        if forms.len() < 2 { forms } else { distinct(forms.into_iter()) }
    }
}

/// The strings without repetitions, in the order of their first appearance.
fn distinct(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in words {
        if !out.contains(&word) {
            out.push(word);
        }
    }
    out
}
