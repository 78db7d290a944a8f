//! Tags that a tagger gets wrong where rules and names leave no doubt, set right before names and clauses are read.

use crate::document::Document;
use crate::language::{Morph, Number, Tense, Upos, VerbForm};
use crate::pattern::Flags;
use crate::rules::RuleSet;

use super::lexed::{Lexed, is_entity, morph_flags};

type Set<'a> = &'a dyn Fn(&mut Lexed, usize, Morph);

/// *amid growing fears*: a word that is an adposition and no verb, behind a noun and before a noun phrase, is no noun.
fn adpositions(lexed: &mut Lexed, rules: &RuleSet, range: std::ops::Range<usize>, set: Set<'_>) {
    for token in range.start + 1..range.end.saturating_sub(1) {
        let word = lexed.words[token];
        if rules.classes.circumstance.contains(word)
            && rules.function.adposition.contains(word)
            && matches!(lexed.morphs[token].upos, Upos::Noun | Upos::Propn | Upos::Verb | Upos::Sconj | Upos::Adj)
            && lexed.flags[token].has(Flags::LOWER)
            && !rules.classes.clausal.contains(word)
            && matches!(
                lexed.morphs[token + 1].upos,
                Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num | Upos::Pron | Upos::Verb
            )
        {
            set(lexed, token, Morph::of(Upos::Adp));
        }
    }
}

/// *stopped funding rebels*, *accused of bombing Peru*: behind a verb that takes a gerund, an adposition or a comma a word
/// that is one, before a noun phrase, is no noun.
fn gerunds(document: &Document, lexed: &mut Lexed, rules: &RuleSet, range: std::ops::Range<usize>, set: Set<'_>) {
    let Some(inflector) = &rules.inflector else { return };
    for token in range.start + 1..range.end.saturating_sub(1) {
        let word = lexed.words[token];
        let candidate = lexed.morphs[token].upos == Upos::Noun
            && lexed.flags[token].has(Flags::LOWER)
            && rules.index.verbs.contains(word)
            && match lexed.morphs[token - 1].upos {
                Upos::Verb => rules.discourse.gerunds.contains(lexed.words[token - 1]),
                Upos::Adp | Upos::Sconj => !rules.function.infinitive.contains(lexed.words[token - 1]),
                Upos::Punct => document.surface(token as u32 - 1) == ",",
                _ => false,
            }
            && matches!(lexed.morphs[token + 1].upos, Upos::Det | Upos::Adj | Upos::Propn | Upos::Num | Upos::Pron)
            && !rules.dates.weekdays.contains_key(&lexed.words[token + 1])
            && !rules.dates.months.contains_key(&lexed.words[token + 1]);
        if !candidate {
            continue;
        }
        let word = rules.lexis.word(word);
        let gerund =
            inflector.verbs_of(word).iter().any(|lemma| inflector.verb_forms(lemma).gerund.iter().any(|f| f == word));
        if gerund {
            set(lexed, token, Morph { verb_form: Some(VerbForm::Ger), ..Morph::of(Upos::Verb) });
        }
    }
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
        // *a decision to free 12 men*
        let aimed = token >= range.start + 2
            && rules.discourse.aims.contains(lexed.words[token - 2])
            && lexed.morphs[token].number != Some(Number::Plur)
            && (takes || matches!(next.upos, Upos::Num | Upos::Noun | Upos::Adj));
        let infinitive = is_mark(lexed, token - 1) && ((takes || promised) && governed || aimed);
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
pub(super) fn retag(
    document: &Document,
    lexed: &mut Lexed,
    rules: &RuleSet,
    range: std::ops::Range<usize>,
    headline: bool,
) {
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
    adpositions(lexed, rules, range.clone(), &set);
    gerunds(document, lexed, rules, range.clone(), &set);
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
