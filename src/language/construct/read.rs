//! Reads a grammar of constructions and checks it.

use super::written::WrittenGrammar;
use super::{Conjugated, Form, Grammar, GrammarError, Line, Names, Part, Role, What, Words};
use crate::diagnostic::nearest;
use crate::language::deprel::Deprel;
use crate::language::inflect::Inflector;
use crate::language::morph::{Degree, Morph, Number, PronType, Tense, Upos, VerbForm};
use crate::source::LineIndex;
use serde_spanned::Spanned;

/// How heavy a line can be made.
const HEAVIEST: usize = 1000;

pub(super) fn read(text: &str, inflector: &Inflector) -> Result<Grammar, Vec<GrammarError>> {
    let lines = LineIndex::new(text);
    let written: WrittenGrammar = match toml::from_str(text) {
        Ok(written) => written,
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            return Err(vec![GrammarError::new(line_of(&lines, text, at), error.message())]);
        }
    };
    let number = |(at, name): (usize, &String)| (name.clone(), at);
    let mut reader = Reader {
        text,
        lines,
        inflector,
        phrases: written.phrases.keys().enumerate().map(number).collect(),
        words: written.words.keys().enumerate().map(number).collect(),
        verbs: written.verbs.keys().enumerate().map(number).collect(),
        errors: Vec::new(),
    };
    let words = written
        .words
        .values()
        .map(|list| Words {
            morph: reader.tag(list.tag.get_ref(), list.tag.span().start),
            forms: list.words.split_whitespace().map(str::to_owned).collect(),
        })
        .collect();
    let verbs = written
        .verbs
        .values()
        .map(|list| list.get_ref().split_whitespace().map(|verb| conjugate(inflector, verb)).collect())
        .collect();
    let mut phrases: Vec<Vec<Line>> = written.phrases.values().map(|lines| reader.lines(lines)).collect();
    phrases.push(reader.lines(&written.start));
    let grammar = Grammar { start: phrases.len() - 1, phrases, words, verbs };
    if let Some(name) = written.words.iter().find(|(_, list)| list.words.trim().is_empty()).map(|(name, _)| name) {
        reader.errors.push(GrammarError::new(1, format!("the list `{name}` holds no word")));
    }
    if reader.errors.is_empty() { Ok(grammar) } else { Err(reader.errors) }
}

fn conjugate(inflector: &Inflector, verb: &str) -> Conjugated {
    let forms = inflector.verb_forms(verb);
    let first = |list: &[String]| list.first().cloned().unwrap_or_else(|| verb.to_owned());
    Form::ALL.map(|form| match form {
        Form::Base | Form::Infinitive => verb.to_owned(),
        Form::Third => first(&forms.third),
        Form::Past => first(&forms.past),
        Form::Participle | Form::Passive => first(&forms.participle),
        Form::Present | Form::Gerund => first(&forms.gerund),
    })
}

/// The line of a byte, counted from 1.
fn line_of(lines: &LineIndex, text: &str, at: usize) -> usize {
    lines.position(text, u32::try_from(at).unwrap_or(u32::MAX)).line as usize
}

struct Reader<'a> {
    text: &'a str,
    lines: LineIndex,
    inflector: &'a Inflector,
    phrases: Names,
    words: Names,
    verbs: Names,
    errors: Vec<GrammarError>,
}

impl Reader<'_> {
    fn error(&mut self, at: usize, what: String) {
        self.errors.push(GrammarError::new(line_of(&self.lines, self.text, at), what));
    }

    fn lines(&mut self, lines: &[Spanned<String>]) -> Vec<Line> {
        lines.iter().map(|line| self.line(line.get_ref(), line.span().start)).collect()
    }

    fn line(&mut self, line: &str, at: usize) -> Line {
        let mut weight = 1;
        let mut rest = line.trim();
        if let Some((front, back)) = rest.split_once(' ')
            && let Some(digits) = front.strip_suffix('*')
            && let Ok(number) = digits.parse::<usize>()
        {
            weight = number.clamp(1, HEAVIEST);
            rest = back;
        }
        let parts: Vec<Part> = rest.split_whitespace().filter_map(|part| self.part(part, at)).collect();
        if parts.iter().filter(|part| part.role == Role::Head).count() > 1 {
            self.error(at, format!("`{line}` has two heads; one part of a line begins with `^`"));
        }
        if parts.is_empty() {
            self.error(at, "a line with no part".to_owned());
        }
        Line { weight, parts }
    }

    fn part(&mut self, written: &str, at: usize) -> Option<Part> {
        let mut rest = written;
        let mut chance = 1.0;
        if let Some((front, back)) = rest.rsplit_once('?')
            && !front.is_empty()
        {
            chance = if back.is_empty() { 0.5 } else { back.parse().ok().filter(|c| (0.0..=1.0).contains(c))? };
            rest = front;
        }
        let mut role = Role::Bare;
        if let Some(head) = rest.strip_prefix('^') {
            (role, rest) = (Role::Head, head);
        } else if let Some((rel, dependent)) = relation(rest) {
            let Some(known) = Deprel::parse(rel) else {
                let near = nearest(rel, Deprel::ALL.iter().map(|rel| rel.as_str()));
                self.error(at, format!("`{rel}` is no relation{}", meant(near)));
                return None;
            };
            (role, rest) = (Role::Dependent(known), dependent);
        }
        if let Some((word, tag)) = rest.rsplit_once('/') {
            let what = if tag == "V" {
                What::Verb(Box::new(conjugate(self.inflector, word)))
            } else {
                What::Word(word.to_owned(), self.tag(tag, at))
            };
            return Some(Part { role, what, form: None, chance });
        }
        let (name, form) = match rest.split_once('.') {
            None => (rest, None),
            Some((name, form)) => {
                let known = Form::parse(form);
                if known.is_none() {
                    let near = nearest(form, Form::ALL.iter().map(|form| form.name()));
                    self.error(at, format!("`{form}` is no form of a verb{}", meant(near)));
                }
                (name, known)
            }
        };
        let what = None
            .or_else(|| self.phrases.get(name).map(|&at| What::Phrase(at)))
            .or_else(|| self.words.get(name).map(|&at| What::Words(at)))
            .or_else(|| self.verbs.get(name).map(|&at| What::Verbs(at)));
        if what.is_none() {
            let names = self.phrases.keys().chain(self.words.keys()).chain(self.verbs.keys());
            let near = meant(nearest(name, names.map(String::as_str)));
            self.error(
                at,
                format!("nothing is called `{name}`{near}; a word is written with its tag: `{name}/NOUN.Sing`"),
            );
        }
        Some(Part { role, what: what?, form, chance })
    }

    /// `NOUN.Plur`: a part of speech and the values of its features.
    fn tag(&mut self, tag: &str, at: usize) -> Morph {
        let mut values = tag.split('.');
        let upos = values.next().unwrap_or_default();
        let known = Upos::parse(upos);
        let mut morph = Morph::of(known.unwrap_or(Upos::X));
        if known.is_none() {
            let near = nearest(upos, Upos::ALL.iter().map(|upos| upos.as_str()));
            self.error(at, format!("`{upos}` is no part of speech{}", meant(near)));
        }
        for value in values {
            match value {
                "Pass" => morph.passive = true,
                "Poss" => morph.poss = true,
                "1" | "2" | "3" => morph.person = value.parse().ok(),
                _ => {
                    let (form, tense) = (VerbForm::parse(value), Tense::parse(value));
                    let (number, kind) = (Number::parse(value), PronType::parse(value));
                    let degree = Degree::parse(value);
                    morph.verb_form = form.or(morph.verb_form);
                    morph.tense = tense.or(morph.tense);
                    morph.number = number.or(morph.number);
                    morph.pron_type = kind.or(morph.pron_type);
                    morph.degree = degree.or(morph.degree);
                    let none = form.is_none() && tense.is_none() && number.is_none() && kind.is_none();
                    if none && degree.is_none() {
                        self.error(
                            at,
                            format!("`{value}` is the value of no feature; as in `NOUN.Plur`, `VERB.Past.Fin`"),
                        );
                    }
                }
            }
        }
        morph
    }
}

/// A part's relation and the rest: `obl:agent:By` is `obl:agent` and `By`, `punct:,/PUNCT` is `punct` and `,/PUNCT`.
fn relation(part: &str) -> Option<(&str, &str)> {
    let colons: Vec<usize> =
        part.match_indices(':').map(|(at, _)| at).filter(|&at| at > 0 && at + 1 < part.len()).collect();
    let split = |&at: &usize| (&part[..at], &part[at + 1..]);
    let known = colons.iter().rev().map(split).find(|(rel, _)| Deprel::parse(rel).is_some());
    known.or_else(|| colons.last().map(split))
}

/// The end of a message that knows a nearer spelling.
fn meant(near: Option<&str>) -> String {
    near.map(|near| format!(": did you mean `{near}`?")).unwrap_or_default()
}
