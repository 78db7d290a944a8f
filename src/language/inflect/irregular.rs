//! The table of exceptions: forms that no suffix rule makes.

use rustc_hash::FxHashMap;

use super::error::InflectError;
use super::rules::Form;

const TABLE: &str = "irregular.csv";

/// Exceptional forms by lemma.
#[derive(Clone, Debug, Default)]
pub(super) struct Irregular {
    forms: FxHashMap<String, [Vec<String>; Form::COUNT]>,
}

impl Irregular {
    /// Reads the table: columns `lemma`, `pos` and any of the forms; a cell holds forms separated by spaces, or nothing
    /// where the rules are right.
    pub(super) fn read(text: &str) -> Result<Irregular, InflectError> {
        let mut reader = csv::ReaderBuilder::new()
            .comment(Some(b'#'))
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let headers = reader.headers().map_err(|error| InflectError::csv(TABLE, &error))?.clone();
        if headers.get(0) != Some("lemma") || headers.get(1) != Some("pos") {
            return Err(InflectError::new(TABLE, 1, "the first two columns are `lemma` and `pos`"));
        }
        let columns: Vec<Form> = headers
            .iter()
            .skip(2)
            .map(|name| {
                Form::parse(name).ok_or_else(|| InflectError::new(TABLE, 1, format!("unknown column `{name}`")))
            })
            .collect::<Result<_, _>>()?;
        let mut forms: FxHashMap<String, [Vec<String>; Form::COUNT]> = FxHashMap::default();
        for record in reader.records() {
            let record = record.map_err(|error| InflectError::csv(TABLE, &error))?;
            let line = record.position().map_or(1, |position| position.line() as usize);
            let lemma = record.get(0).unwrap_or_default();
            let verb = match record.get(1) {
                Some("verb") => true,
                Some("noun") => false,
                other => {
                    let other = other.unwrap_or_default();
                    return Err(InflectError::new(TABLE, line, format!("`{other}` is neither `verb` nor `noun`")));
                }
            };
            if lemma.is_empty() {
                return Err(InflectError::new(TABLE, line, "the lemma is missing"));
            }
            if record.len() > headers.len() {
                return Err(InflectError::new(TABLE, line, "more cells than columns"));
            }
            for (&form, cell) in columns.iter().zip(record.iter().skip(2)) {
                if cell.is_empty() {
                    continue;
                }
                if verb == (form == Form::Plural) {
                    return Err(InflectError::new(
                        TABLE,
                        line,
                        format!("`{cell}` stands in a column of another kind of word"),
                    ));
                }
                let list = &mut forms.entry(lemma.to_owned()).or_default()[form as usize];
                if !list.is_empty() {
                    return Err(InflectError::new(TABLE, line, format!("`{lemma}` has this form already")));
                }
                list.extend(cell.split_whitespace().map(str::to_owned));
            }
        }
        Ok(Irregular { forms })
    }

    pub(super) fn get(&self, lemma: &str, form: Form) -> Option<&[String]> {
        self.forms.get(lemma).map(|forms| forms[form as usize].as_slice()).filter(|forms| !forms.is_empty())
    }

    pub(super) fn has(&self, lemma: &str, form: Form) -> bool {
        self.get(lemma, form).is_some()
    }

    /// The lemmas of which the table gives a word as a form, sorted: of nouns, or else of verbs.
    pub(super) fn lemmas(&self, word: &str, noun: bool) -> Vec<String> {
        let gives = |forms: &[Vec<String>; Form::COUNT]| {
            let (verb, plural) = forms.split_at(Form::Plural as usize);
            if noun { plural } else { verb }.iter().flatten().any(|form| form == word)
        };
        let mut lemmas: Vec<String> =
            self.forms.iter().filter(|(_, forms)| gives(forms)).map(|(lemma, _)| lemma.clone()).collect();
        lemmas.sort();
        lemmas
    }
}
