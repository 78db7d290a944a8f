//! A document's tokens as rules see them: interned words, flags and tags.

use crate::document::{Document, Shape, Vocabulary};
use crate::language::{Morph, Number, Scratch as ModelScratch, Tag, Tense, Upos, VerbForm, Word};
use crate::pattern::{Flags, WordId, fold_into};
use crate::rules::{Case, RuleSet};

use super::forms::Forms;
use super::retag::retag;

/// Tokens with what the lexis and the tagger know of them, in parallel to the document's tokens.
#[derive(Debug, Default)]
pub struct Lexed {
    /// Folded words.
    pub words: Vec<WordId>,
    /// Numbers of forms.
    pub forms: Vec<u32>,
    /// The numbering they come from, as [`Forms::start`] tells it.
    pub epoch: u64,
    /// Shape, part of speech and morphology.
    pub flags: Vec<Flags>,
    /// The tagger's tags.
    pub tags: Vec<Tag>,
    /// What the tags say.
    pub morphs: Vec<Morph>,
}

/// Tags a document and looks its words up. Only sentences of content are tagged.
pub fn lex(document: &Document, rules: &RuleSet, forms: &mut Forms, scratch: &mut ModelScratch) -> Lexed {
    let count = document.tokens.len();
    let mut lexed = Lexed {
        words: Vec::with_capacity(count),
        forms: Vec::with_capacity(count),
        epoch: forms.start(rules),
        flags: Vec::with_capacity(count),
        tags: vec![Tag::default(); count],
        morphs: vec![Morph::of(Upos::X); count],
    };
    for (at, token) in (0_u32..).zip(&document.tokens) {
        let number = forms.number(document.surface(at), &document.word(at), rules);
        let form = forms.get(number);
        let mut flags = shape_flags(token.shape, token.glued);
        if form.known {
            flags.set(Flags::KNOWN);
        }
        lexed.forms.push(number);
        lexed.words.push(form.word);
        lexed.flags.push(flags);
    }
    let mut tags = Vec::new();
    for sentence in &document.sentences {
        let range = sentence.range();
        if !document.kind(sentence).is_content() || range.is_empty() {
            continue;
        }
        if let Some(model) = &rules.model {
            // Where a capital is style, the tagger sees the word as it would stand inside a sentence.
            let style = sentence.capitals_are_style();
            let forms: Vec<_> = range
                .clone()
                .map(|t| {
                    let word = document.word(t as u32);
                    let opened = t == range.start || opens(document.surface(t as u32 - 1));
                    let lowered = (style || opened)
                        && lexed.flags[t].has(Flags::KNOWN)
                        && (lexed.flags[t].has(Flags::CAP) || lexed.flags[t].has(Flags::CAPS))
                        && !is_entity(rules, &lexed, t);
                    if lowered { word.to_lowercase().into() } else { word }
                })
                .collect();
            let words: Vec<Word<'_>> = forms.iter().map(|f| Word::new(f)).collect();
            tags.clear();
            model.tag(&words, scratch, &mut tags);
            for (token, tag) in range.clone().zip(&tags) {
                lexed.tags[token] = *tag;
                lexed.morphs[token] = model.morph(*tag);
                lexed.flags[token].set(morph_flags(&lexed.morphs[token]));
            }
        }
        retag(document, &mut lexed, rules, range.clone(), document.is_headline(sentence));
        lexed.flags[range.start].set(Flags::FIRST);
        lexed.flags[range.end - 1].set(Flags::LAST);
        for token in range.clone() {
            if token > range.start && opens(document.surface(token as u32 - 1)) {
                lexed.flags[token].set(Flags::FIRST);
            }
            if is_name_like(&lexed, token, sentence.capitals_are_style(), rules) {
                lexed.flags[token].set(Flags::NAME);
            }
        }
    }
    for quotation in &document.quotations {
        for token in quotation.tokens.clone() {
            lexed.flags[token as usize].set(Flags::QUOTED);
        }
    }
    lexed
}

/// Whether what follows this mark begins with a capital whatever it is.
fn opens(mark: &str) -> bool {
    matches!(mark, ":" | "“" | "\"" | "‘" | "«" | "„" | "•" | "–" | "—" | "--")
}

/// Whether a gazetteer knows a token by itself as the name of an entity, written as it stands.
pub(super) fn is_entity(rules: &RuleSet, lexed: &Lexed, token: usize) -> bool {
    rules.gazetteer.starting(lexed.words[token]).iter().any(|s| {
        let entry = rules.gazetteer.entry(s.entry);
        s.is_one_word()
            && s.case == Case::Exact
            && entry.entity
            && rules.types.get(entry.type_id).node
            && (s.caps == 0 || lexed.flags[token].has(Flags::CAPS))
    })
}

/// Whether a token looks like a part of a name. Where capitals say nothing (headlines, the first word of a sentence) only
/// words that are no ordinary words count.
fn is_name_like(lexed: &Lexed, token: usize, capitals_are_style: bool, rules: &RuleSet) -> bool {
    let flags = lexed.flags[token];
    let capital = flags.has(Flags::CAP) || flags.has(Flags::CAPS) || flags.has(Flags::INITIAL);
    if !capital || flags.has(Flags::NUMBER) || flags.has(Flags::PUNCT) {
        return false;
    }
    if flags.has(Flags::INITIAL) {
        return !flags.has(Flags::FIRST) || lexed.morphs[token].upos == Upos::Propn;
    }
    if rules.function.uninflected.contains(lexed.words[token]) && (!flags.has(Flags::CAPS) || capitals_are_style) {
        return false;
    }
    let known = flags.has(Flags::KNOWN);
    if capitals_are_style {
        return !known;
    }
    if flags.has(Flags::FIRST) {
        let upos = lexed.morphs[token].upos;
        let named = matches!(upos, Upos::Propn | Upos::Noun | Upos::Num | Upos::X);
        return if known { upos == Upos::Propn } else { named };
    }
    true
}

fn shape_flags(shape: Shape, glued: bool) -> Flags {
    let mut flags = Flags::default();
    for (has, flag) in [
        (shape.any(Shape::CAPITALISED) || shape.any(Shape::NAME_LIKE), Flags::CAP),
        (shape.has(Shape::ALL_CAPS), Flags::CAPS),
        (shape.has(Shape::LOWER), Flags::LOWER),
        (shape.has(Shape::INITIAL), Flags::INITIAL),
        (shape.has(Shape::NUMBER), Flags::NUMBER),
        (shape.has(Shape::PUNCT), Flags::PUNCT),
        (shape.has(Shape::HYPHENATED), Flags::HYPHENATED),
        (glued, Flags::GLUED),
    ] {
        if has {
            flags.set(flag);
        }
    }
    flags
}

pub(super) fn morph_flags(morph: &Morph) -> Flags {
    let mut flags = match morph.upos {
        Upos::Adj => Flags::ADJ,
        Upos::Adp => Flags::ADP,
        Upos::Adv => Flags::ADV,
        Upos::Aux => Flags::AUX,
        Upos::Cconj => Flags::CCONJ,
        Upos::Det => Flags::DET,
        Upos::Intj => Flags::INTJ,
        Upos::Noun => Flags::NOUN,
        Upos::Num => Flags::NUM,
        Upos::Part => Flags::PART,
        Upos::Pron => Flags::PRON,
        Upos::Propn => Flags::PROPN,
        Upos::Punct => Flags::PUNCT,
        Upos::Sconj => Flags::SCONJ,
        Upos::Sym => Flags::SYM,
        Upos::Verb => Flags::VERB,
        Upos::X => Flags::OTHER,
    };
    match morph.verb_form {
        Some(VerbForm::Fin) => flags.set(Flags::FINITE),
        Some(VerbForm::Inf) => flags.set(Flags::INFINITIVE),
        Some(VerbForm::Part) => flags.set(Flags::PARTICIPLE),
        Some(VerbForm::Ger) => flags.set(Flags::GERUND),
        None => {}
    }
    match morph.tense {
        Some(Tense::Past) => flags.set(Flags::PAST),
        Some(Tense::Pres) => flags.set(Flags::PRESENT),
        None => {}
    }
    match morph.number {
        Some(Number::Plur) => flags.set(Flags::PLURAL),
        Some(Number::Sing) => flags.set(Flags::SINGULAR),
        None => {}
    }
    flags
}

/// What the segmenter asks about words: the tagger's vocabulary and the gazetteer answer.
#[derive(Debug, Clone, Copy)]
pub struct KnownWords<'r>(pub &'r RuleSet);

impl Vocabulary for KnownWords<'_> {
    fn knows(&self, lower_word: &str) -> bool {
        let rules = self.0;
        rules.model.as_ref().is_some_and(|m| m.knows(lower_word)) || rules.lexis.find(lower_word) != WordId::NONE
    }

    fn is_name(&self, word: &str) -> bool {
        let rules = self.0;
        let mut folded = String::new();
        fold_into(word, &mut folded);
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        capital
            && rules.gazetteer.starting(rules.lexis.find(&folded)).iter().any(|s| {
                let entry = rules.gazetteer.entry(s.entry);
                s.is_one_word()
                    && s.case == Case::Exact
                    && rules.types.get(entry.type_id).node
                    && (s.caps == 0 || word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase))
            })
    }
}
