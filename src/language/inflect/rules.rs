//! Ordered suffix rules: the first that fits a lemma makes its form.

use std::collections::BTreeSet;

use serde::Deserialize;
use toml::Spanned;

use super::error::InflectError;
use super::spelling::Pair;
use crate::document::Expression;

const TABLE: &str = "inflection.toml";

/// A form that rules or the table of exceptions can give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    Base,
    Third,
    Past,
    Participle,
    Gerund,
    Plural,
}

impl Form {
    pub(super) const COUNT: usize = 6;

    /// The form a column or a rule list is called after.
    pub(super) fn parse(name: &str) -> Option<Form> {
        Some(match name {
            "base" => Form::Base,
            "third" => Form::Third,
            "past" => Form::Past,
            "participle" => Form::Participle,
            "gerund" => Form::Gerund,
            "plural" => Form::Plural,
            _ => return None,
        })
    }
}

/// The file as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    verb: WrittenVerb,
    #[serde(default)]
    noun: WrittenNoun,
    #[serde(default)]
    spelling: Vec<WrittenPair>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenVerb {
    #[serde(default)]
    third: Vec<WrittenRule>,
    #[serde(default)]
    past: Vec<WrittenRule>,
    #[serde(default)]
    participle: Vec<WrittenRule>,
    #[serde(default)]
    gerund: Vec<WrittenRule>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenNoun {
    #[serde(default)]
    plural: Vec<WrittenRule>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRule {
    /// An expression for the end of the lemma; without it the rule fits every lemma.
    ends: Option<Spanned<String>>,
    #[serde(default)]
    drop: usize,
    #[serde(default)]
    double: Double,
    #[serde(default)]
    add: Vecish,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Double {
    #[default]
    No,
    Yes,
    Either,
}

/// One ending or several.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Vecish {
    One(String),
    Many(Vec<String>),
}

impl Default for Vecish {
    fn default() -> Vecish {
        Vecish::One(String::new())
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPair {
    pair: [String; 2],
    after: Option<Spanned<String>>,
}

#[derive(Clone, Debug)]
struct Rule {
    ends: Option<Expression>,
    drop: usize,
    double: Double,
    add: Vec<String>,
}

/// The rules of a pack, by form.
#[derive(Clone, Debug)]
pub(super) struct Rules {
    of: [Vec<Rule>; Form::COUNT],
}

/// Reads the rule file: the suffix rules and the pairs of spellings by suffix.
pub(super) fn read(text: &str) -> Result<(Rules, Vec<Pair>), InflectError> {
    let line_of = |at: usize| text.get(..at).unwrap_or(text).matches('\n').count() + 1;
    let written: Written = toml::from_str(text).map_err(|error| {
        InflectError::new(TABLE, error.span().map_or(1, |span| line_of(span.start)), error.message())
    })?;
    let expression = |written: &Spanned<String>, whole: &dyn Fn(&str) -> String| {
        Expression::parse(&whole(written.get_ref())).map_err(|what| {
            InflectError::new(TABLE, line_of(written.span().start), format!("invalid expression: {what}"))
        })
    };
    let compile = |list: Vec<WrittenRule>| -> Result<Vec<Rule>, InflectError> {
        list.into_iter()
            .map(|rule| {
                let ends =
                    rule.ends.as_ref().map(|ends| expression(ends, &|text| format!("(?:{text})$"))).transpose()?;
                let add = match rule.add {
                    Vecish::One(one) => vec![one],
                    Vecish::Many(many) => many,
                };
                Ok(Rule { ends, drop: rule.drop, double: rule.double, add })
            })
            .collect()
    };
    let rules = Rules {
        of: [
            Vec::new(),
            compile(written.verb.third)?,
            compile(written.verb.past)?,
            compile(written.verb.participle)?,
            compile(written.verb.gerund)?,
            compile(written.noun.plural)?,
        ],
    };
    let pairs = written
        .spelling
        .into_iter()
        .map(|pair| {
            let after =
                pair.after.as_ref().map(|after| expression(after, &|text| format!("(?:{text})$"))).transpose()?;
            Ok(Pair { ends: pair.pair, after })
        })
        .collect::<Result<_, _>>()?;
    Ok((rules, pairs))
}

impl Rules {
    /// Whether the form has rules of its own.
    pub(super) fn has(&self, form: Form) -> bool {
        !self.of[form as usize].is_empty()
    }

    /// The forms the first fitting rule makes; the lemma itself when none fits.
    pub(super) fn apply(&self, lemma: &str, form: Form) -> Vec<String> {
        let fits = |rule: &&Rule| rule.ends.as_ref().is_none_or(|ends| ends.is_match(lemma));
        let Some(rule) = self.of[form as usize].iter().find(fits) else {
            return vec![lemma.to_owned()];
        };
        let cut = lemma.char_indices().rev().nth(rule.drop.wrapping_sub(1)).map_or(lemma.len(), |(at, _)| at);
        let stem = &lemma[..if rule.drop == 0 { lemma.len() } else { cut }];
        let doubled: &[bool] = match rule.double {
            Double::No => &[false],
            Double::Yes => &[true],
            Double::Either => &[true, false],
        };
        let mut forms = Vec::with_capacity(doubled.len() * rule.add.len());
        for doubled in doubled {
            let last = stem.chars().last().filter(|_| *doubled);
            for add in &rule.add {
                let mut form = String::with_capacity(stem.len() + add.len() + last.map_or(0, char::len_utf8));
                form.push_str(stem);
                form.extend(last);
                form.push_str(add);
                forms.push(form);
            }
        }
        forms
    }

    /// Words that may have `form` as a form: some of them are none, [`apply`](Self::apply) tells. Letters that a rule
    /// drops are guessed from those that it names.
    pub(super) fn unapply(&self, word: &str, form: Form) -> Vec<String> {
        let mut out = Vec::new();
        for rule in &self.of[form as usize] {
            for stem in rule.add.iter().filter_map(|add| word.strip_suffix(add.as_str())) {
                let mut stems = vec![stem.to_owned()];
                let mut letters = stem.chars().rev();
                if !matches!(rule.double, Double::No) && letters.next().is_some_and(|last| letters.next() == Some(last))
                {
                    stems.extend(stem.char_indices().next_back().map(|(at, _)| stem[..at].to_owned()));
                }
                let named: BTreeSet<char> =
                    rule.ends.iter().flat_map(|ends| ends.as_str().chars()).filter(|c| c.is_alphabetic()).collect();
                for _ in 0..rule.drop.min(2) {
                    stems = stems.iter().flat_map(|stem| named.iter().map(move |c| format!("{stem}{c}"))).collect();
                }
                out.extend(stems.into_iter().filter(|stem| !stem.is_empty()));
            }
        }
        out
    }
}
