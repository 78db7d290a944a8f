//! A document's tokens as rules see them: interned words, flags and tags.

use crate::document::{Document, Shape, Vocabulary};
use crate::language::{Morph, Number, Scratch as ModelScratch, Tag, Tense, Upos, VerbForm, Word};
use crate::pattern::{Flags, WordId, fold_into};
use crate::rules::{Case, RuleSet};

use super::forms::Forms;

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

/// After *will* and after a *to* that no noun phrase follows stands a verb, where rules know it as one.
fn bare_verbs(
    lexed: &mut Lexed,
    rules: &RuleSet,
    range: std::ops::Range<usize>,
    set: &dyn Fn(&mut Lexed, usize, Morph),
) {
    let is_mark = |lexed: &Lexed, token: usize| rules.function.infinitive.contains(lexed.words[token]);
    for token in range.start + 1..range.end.saturating_sub(1) {
        let upos = lexed.morphs[token].upos;
        let noun = matches!(upos, Upos::Noun | Upos::Adj | Upos::Propn) && lexed.flags[token].has(Flags::LOWER);
        if !noun || !rules.index.verbs.contains(lexed.words[token]) {
            continue;
        }
        let mut before = token - 1;
        while before > range.start
            && matches!(lexed.morphs[before].upos, Upos::Adv | Upos::Part)
            && !is_mark(lexed, before)
        {
            before -= 1;
        }
        let modal = lexed.morphs[before].upos == Upos::Aux && rules.classes.modal.contains(lexed.words[before]);
        let next = &lexed.morphs[token + 1];
        let takes = matches!(next.upos, Upos::Det | Upos::Pron | Upos::Propn);
        let governed = token >= range.start + 2
            && matches!(lexed.morphs[token - 2].upos, Upos::Verb | Upos::Adj | Upos::Propn)
            && lexed.morphs[token].number != Some(Number::Plur);
        // *vowed to block roads*, but not *linked to attack plots*.
        let promised = next.upos == Upos::Noun
            && next.number == Some(Number::Plur)
            && token >= range.start + 2
            && rules.cues.govern.contains_key(&lexed.words[token - 2]);
        let infinitive = is_mark(lexed, token - 1) && (takes || promised) && governed;
        // *will pledge support*: of two verbs in a row the second is a noun.
        let second = next.upos == Upos::Verb && matches!(next.verb_form, Some(VerbForm::Inf | VerbForm::Fin));
        if modal && (second || !matches!(next.upos, Upos::Aux | Upos::Verb)) || infinitive {
            if second && modal {
                set(lexed, token + 1, Morph { number: Some(Number::Sing), ..Morph::of(Upos::Noun) });
            }
            set(lexed, token, Morph { verb_form: Some(VerbForm::Inf), ..Morph::of(Upos::Verb) });
            if infinitive {
                set(lexed, token - 1, Morph::of(Upos::Part));
            }
        }
    }
}

/// Gives a sentence its verb: names that a gazetteer knows are names, and where that leaves no finite verb, the first word
/// that rules take for a verb and that stands after a noun is one.
fn retag(document: &Document, lexed: &mut Lexed, rules: &RuleSet, range: std::ops::Range<usize>, headline: bool) {
    let Some(model) = &rules.model else { return };
    let set = |lexed: &mut Lexed, token: usize, morph: Morph| {
        lexed.flags[token].clear(morph_flags(&lexed.morphs[token]));
        (lexed.tags[token], lexed.morphs[token]) = (model.nearest_tag(morph), morph);
        lexed.flags[token].set(morph_flags(&morph));
    };
    for token in range.clone() {
        if !matches!(lexed.morphs[token].upos, Upos::Propn | Upos::Noun | Upos::Adj)
            && (lexed.flags[token].has(Flags::CAP) || lexed.flags[token].has(Flags::CAPS))
            && is_entity(rules, lexed, token)
        {
            set(lexed, token, Morph { number: Some(Number::Sing), ..Morph::of(Upos::Propn) });
        }
    }
    // *besides*, *regarding* before a noun phrase, where nothing else knows it as a verb.
    for token in range.start..range.end.saturating_sub(1) {
        let word = lexed.words[token];
        if lexed.morphs[token].upos == Upos::Verb
            && lexed.morphs[token].verb_form != Some(VerbForm::Inf)
            && rules.function.adposition.contains(word)
            && !rules.index.verbs.contains(word)
        {
            set(lexed, token, Morph::of(Upos::Adp));
        }
    }
    bare_verbs(lexed, rules, range.clone(), &set);
    past_forms(lexed, rules, range.clone(), &set);
    lost_verb(document, lexed, rules, range.clone(), headline, &set);
    // *demanded that Peru release him*
    for token in range.start + 1..range.end {
        if rules.function.complementizer.contains(lexed.words[token]) && lexed.morphs[token].upos == Upos::Sconj {
            lost_verb(document, lexed, rules, token + 1..range.end, headline, &set);
        }
    }
}

/// *Peru froze trade*: a word that is a verb's past form and nothing else is that verb, whatever a tagger that never saw it
/// takes it for.
fn past_forms(
    lexed: &mut Lexed,
    rules: &RuleSet,
    range: std::ops::Range<usize>,
    set: &dyn Fn(&mut Lexed, usize, Morph),
) {
    let Some(inflector) = &rules.inflector else { return };
    for token in range.start + 1..range.end.saturating_sub(1) {
        let (word, upos) = (lexed.words[token], lexed.morphs[token].upos);
        let (before, next) = (&lexed.morphs[token - 1], &lexed.morphs[token + 1]);
        let opens = matches!(next.upos, Upos::Det | Upos::Pron | Upos::Propn | Upos::Num);
        let wrong = match upos {
            Upos::Verb | Upos::Adj | Upos::Propn | Upos::Num | Upos::Punct | Upos::Part => false,
            Upos::Aux => !rules.classes.auxiliary.contains(word) && !rules.function.copula.contains(word),
            Upos::Noun => opens,
            _ => opens || matches!(next.upos, Upos::Noun | Upos::Adj | Upos::Adp | Upos::Adv),
        };
        if !wrong
            || !before.is_nominal()
            || !lexed.flags[token].has(Flags::LOWER)
            || rules.function.uninflected.contains(word)
            || !rules.index.verbs.contains(word)
        {
            continue;
        }
        let word = rules.lexis.word(word);
        let only_past = inflector.verbs_of(word).iter().any(|lemma| {
            let forms = inflector.verb_forms(lemma);
            forms.past.iter().any(|f| f == word) && (upos == Upos::Aux || lemma != word)
        });
        if only_past {
            set(
                lexed,
                token,
                Morph { verb_form: Some(VerbForm::Fin), tense: Some(Tense::Past), ..Morph::of(Upos::Verb) },
            );
        }
    }
}

/// Where no finite verb stands in a stretch, the first word that can be one and stands after a noun is taken for it.
fn lost_verb(
    document: &Document,
    lexed: &mut Lexed,
    rules: &RuleSet,
    range: std::ops::Range<usize>,
    headline: bool,
    set: &dyn Fn(&mut Lexed, usize, Morph),
) {
    if range.len() < 3 || lexed.morphs[range.clone()].iter().any(Morph::is_finite) {
        return;
    }
    let verb = (range.start + 1..range.end - 1).find(|&t| {
        let (morph, before, next) = (&lexed.morphs[t], &lexed.morphs[t - 1], &lexed.morphs[t + 1]);
        let opens = matches!(next.upos, Upos::Det | Upos::Pron | Upos::Propn | Upos::Num);
        let fits = match morph.upos {
            Upos::Verb => !headline && morph.is_past_participle() && !rules.function.agent.contains(lexed.words[t + 1]),
            Upos::Noun | Upos::Adv | Upos::Adp | Upos::X => next.upos != Upos::Punct,
            Upos::Adj => opens,
            _ => false,
        };
        fits && before.is_nominal()
            && !lexed.flags[t].has(Flags::CAP)
            && (morph.upos == Upos::Verb
                || rules.index.verbs.contains(lexed.words[t])
                    && (opens
                        || matches!(next.upos, Upos::Adj | Upos::Noun | Upos::Adp)
                        || rules.function.adposition.contains(lexed.words[t + 1])))
            && document.surface(t as u32).chars().all(char::is_alphabetic)
    });
    let Some(verb) = verb else { return };
    let tense = if lexed.morphs[verb].number == Some(Number::Plur) { Tense::Pres } else { Tense::Past };
    set(lexed, verb, Morph { verb_form: Some(VerbForm::Fin), tense: Some(tense), ..Morph::of(Upos::Verb) });
}

/// Whether what follows this mark begins with a capital whatever it is.
fn opens(mark: &str) -> bool {
    matches!(mark, ":" | "“" | "\"" | "‘" | "«" | "„" | "•" | "–" | "—" | "--")
}

/// Whether a gazetteer knows a token by itself as the name of an entity, written as it stands.
fn is_entity(rules: &RuleSet, lexed: &Lexed, token: usize) -> bool {
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

fn morph_flags(morph: &Morph) -> Flags {
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
