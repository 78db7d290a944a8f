//! Subjects that a parser hangs on the wrong verb, or on none.

use crate::language::{Deprel, Parse, Upos, VerbForm};
use crate::rules::RuleSet;

use super::{children, head_of, is_subject};
use crate::extract::syntax::Unit;

/// *met her counterpart Bo Lee*, *talks with Bo Lee, Ann Berg praised Chile*: two mentions are never one name, so what was
/// read as the rest of one is a noun that a pronoun owns, or the subject of the verb right behind it.
pub(super) fn run_together(units: &[Unit], parse: &mut Parse) {
    for unit in 1..units.len() {
        let Some(first) = head_of(parse, unit).filter(|f| *f < unit && parse.rels[unit] == Deprel::Flat) else {
            continue;
        };
        if units[unit].mention.is_none() || units[first].mention.is_none() {
            continue;
        }
        if first + 1 == unit && units[first].morph.upos == Upos::Pron {
            parse.hang_like(unit, first);
            parse.hang(first, unit, Deprel::NmodPoss);
            continue;
        }
        let verb = unit + 1;
        let finite =
            units.get(verb).is_some_and(|u| u.mention.is_none() && u.morph.upos == Upos::Verb && u.morph.is_finite());
        if first + 2 == unit
            && units[first + 1].morph.upos == Upos::Punct
            && finite
            && children(parse, verb).all(|c| !is_subject(parse, c))
        {
            parse.hang(unit, verb, Deprel::Nsubj);
        }
    }
}

/// *Ann Berg is due to meet Bo Lee*, read as a name with an auxiliary: the adjective is what she is said to be.
pub(super) fn predicates(units: &[Unit], parse: &mut Parse, rules: &RuleSet) {
    for name in 0..units.len() {
        let root = matches!(parse.rels[name], Deprel::Root | Deprel::Ccomp | Deprel::Parataxis | Deprel::Dep);
        let helper = name + 1;
        if !root
            || !units[name].morph.is_nominal()
            || units.get(helper).is_none_or(|u| u.mention.is_some() || !rules.function.copula.contains(u.word))
        {
            continue;
        }
        let next = (helper + 1..units.len()).find(|u| !matches!(units[*u].morph.upos, Upos::Adv | Upos::Part));
        let Some(predicate) = next else { continue };
        let describes = units[predicate].mention.is_none()
            && (units[predicate].morph.upos == Upos::Adj || units[predicate].morph.verb_form == Some(VerbForm::Part));
        let below = [Some(name), Some(helper)].contains(&head_of(parse, predicate));
        if !describes || !below {
            continue;
        }
        parse.hang_like(predicate, name);
        for child in helper + 1..units.len() {
            if [name + 1, helper + 1].contains(&(parse.heads[child] as usize)) && child != predicate {
                parse.heads[child] = predicate as u16 + 1;
            }
        }
        parse.hang(name, predicate, Deprel::Nsubj);
        parse.hang(helper, predicate, Deprel::Cop);
        for (child, unit) in units.iter().enumerate().skip(predicate + 1) {
            let infinitive = unit.morph.verb_form == Some(VerbForm::Inf);
            if infinitive && head_of(parse, child) == Some(predicate) && parse.rels[child] == Deprel::Advcl {
                parse.rels[child] = Deprel::Xcomp;
            }
        }
    }
}

/// *Croatia, citing a letter, criticized Austria*: the noun before a participle is the subject of the finite verb after it.
pub(super) fn before_participles(units: &[Unit], parse: &mut Parse) {
    for noun in 0..units.len() {
        if parse.rels[noun] != Deprel::Nsubj {
            continue;
        }
        let Some(participle) = head_of(parse, noun).filter(|p| *p > noun) else { continue };
        let bare = matches!(units[participle].morph.verb_form, Some(VerbForm::Part | VerbForm::Ger))
            && children(parse, participle)
                .all(|c| !matches!(parse.rels[c], Deprel::Aux | Deprel::AuxPass | Deprel::Cop))
            && units[noun + 1..participle].iter().any(|u| u.morph.upos == Upos::Punct);
        let main = head_of(parse, participle).filter(|m| {
            *m > participle
                && parse.rels[participle] == Deprel::Advcl
                && units[*m].morph.upos == Upos::Verb
                && children(parse, *m).all(|c| !is_subject(parse, c))
        });
        if let Some(main) = main.filter(|_| bare) {
            parse.heads[noun] = main as u16 + 1;
        }
    }
}

/// *A deal between Chile and Peru was signed*, read as *a deal between Chile, and Peru was signed*: no noun is joined with a
/// clause; the noun is the subject, and what the parser took for it belongs to the list.
pub(super) fn nouns_joined_with_clauses(units: &[Unit], parse: &mut Parse) {
    for verb in 3..units.len() {
        let Some(noun) = head_of(parse, verb).filter(|n| *n < verb && parse.rels[verb] == Deprel::Conj) else {
            continue;
        };
        let nominal = |u: usize| units[u].morph.is_nominal();
        if !nominal(noun)
            || units[verb].morph.upos != Upos::Verb
            || children(parse, noun).any(|c| parse.rels[c] == Deprel::Cop)
        {
            continue;
        }
        let Some(second) = children(parse, verb).find(|c| *c < verb && is_subject(parse, *c)) else { continue };
        let start = children(parse, second).filter(|c| *c < second).min().unwrap_or(second);
        let joint = start.checked_sub(1).filter(|c| units[*c].morph.upos == Upos::Cconj);
        let last = joint.and_then(|j| j.checked_sub(1)).filter(|l| nominal(*l) && *l > noun);
        let (Some(joint), Some(last)) = (joint, last) else { continue };
        let rel = parse.rels[second];
        parse.hang_like(verb, noun);
        parse.hang(noun, verb, rel);
        parse.hang(second, last, Deprel::Conj);
        parse.hang(joint, second, Deprel::Cc);
    }
}

/// One verb with two subjects.
pub(super) fn doubled(units: &[Unit], parse: &mut Parse, rules: &RuleSet) {
    for second in 1..units.len() {
        if !is_subject(parse, second) {
            continue;
        }
        let Some(verb) = head_of(parse, second).filter(|v| *v > second) else { continue };
        let Some(first) = (0..second).find(|f| is_subject(parse, *f) && head_of(parse, *f) == Some(verb)) else {
            continue;
        };
        let mark = (first + 1..second).find(|m| {
            units[*m].mention.is_none()
                && rules.function.complementizer.contains(units[*m].word)
                && head_of(parse, *m) == Some(verb)
        });
        if mark.is_some() {
            // *told Peru that Chile had left*: the first is told.
            if let Some(teller) = head_of(parse, verb).filter(|t| *t < first && units[*t].morph.upos == Upos::Verb) {
                parse.hang(first, teller, Deprel::Obj);
            }
            continue;
        }
        // *a meeting between the Pole and the Greek was held*: the second belongs to the list before the conjunction.
        let start = children(parse, second).filter(|c| *c < second).min().unwrap_or(second);
        let joint = start.checked_sub(1).filter(|c| units[*c].morph.upos == Upos::Cconj);
        let last = joint.and_then(|j| j.checked_sub(1)).filter(|l| units[*l].morph.is_nominal());
        // Names, or two nouns with nothing but what belongs to the first between them.
        let plain = |u: &Unit| !matches!(u.morph.upos, Upos::Verb | Upos::Aux | Upos::Punct);
        if let (Some(joint), Some(last)) = (joint, last)
            && (last > first && units[last].mention.is_some() && units[second].mention.is_some()
                || last >= first && units[first..second].iter().all(plain))
        {
            parse.hang(second, last, Deprel::Conj);
            parse.hang(joint, second, Deprel::Cc);
        }
    }
}

/// The same where the parser took the whole list for the object and the verb after it for a complement.
fn shared_list(units: &[Unit], parse: &mut Parse, rules: &RuleSet) {
    for verb in 4..units.len() {
        let (first, joint, second) = (verb - 3, verb - 2, verb - 1);
        let alone = units[verb].mention.is_none()
            && units[verb].morph.upos == Upos::Verb
            && units[verb].morph.verb_form == Some(VerbForm::Fin)
            && rules.index.verbs.contains(units[verb].word)
            && children(parse, verb).all(|c| !is_subject(parse, c) && parse.rels[c] != Deprel::Mark);
        let Some(before) = head_of(parse, first).filter(|b| *b < first) else { continue };
        if alone
            && head_of(parse, verb) == Some(before)
            && parse.rels[first] == Deprel::Obj
            && parse.rels[second] == Deprel::Conj
            && head_of(parse, second) == Some(first)
            && units[joint].morph.upos == Upos::Cconj
        {
            parse.hang(second, verb, Deprel::Nsubj);
            parse.hang(joint, verb, Deprel::Cc);
            parse.rels[verb] = Deprel::Conj;
        }
    }
}

/// *Spain thanked Peru and Chile thanked Cuba*: of a list between two verbs the first is the object of the verb before, the
/// second the subject of the one after.
pub(super) fn between_verbs(units: &[Unit], parse: &mut Parse, rules: &RuleSet) {
    shared_list(units, parse, rules);
    for second in 3..units.len().saturating_sub(1) {
        let (first, joint) = (second - 2, second - 1);
        let verb = first - 1;
        let listed = parse.rels[second] == Deprel::Conj
            && head_of(parse, second) == Some(first)
            && units[joint].morph.upos == Upos::Cconj
            && is_subject(parse, first)
            && units[first].is_name()
            && units[second].is_name();
        if !listed
            || units[verb].mention.is_some()
            || units[verb].morph.upos != Upos::Verb
            || !rules.index.verbs.contains(units[verb].word)
            || rules.cues.reports(units[verb].word)
            || children(parse, verb).any(|c| parse.rels[c] == Deprel::Obj)
        {
            continue;
        }
        let Some(next) = head_of(parse, first).filter(|n| *n > second) else { continue };
        parse.hang(second, next, Deprel::Nsubj);
        parse.hang(first, verb, Deprel::Obj);
        parse.hang(joint, next, Deprel::Cc);
        if head_of(parse, verb) == Some(next) {
            parse.hang_like(verb, next);
        }
        parse.hang(next, verb, Deprel::Conj);
    }
}

/// *Laos, a small exporter of tin, invaded Nepal*, read as the exporter's deed: what stands between commas behind the name
/// that opens a sentence, with an indefinite determiner, says what the name is.
pub(super) fn opening_names(units: &[Unit], parse: &mut Parse, rules: &RuleSet) {
    for noun in 3..units.len() {
        let Some(verb) = head_of(parse, noun).filter(|v| *v > noun && is_subject(parse, noun)) else { continue };
        let start =
            children(parse, noun).filter(|c| *c < noun && parse.rels[*c] != Deprel::Punct).min().unwrap_or(noun);
        let indefinite = units[start].mention.is_none()
            && units[start].morph.upos == Upos::Det
            && rules.classes.indefinite.contains(units[start].word);
        if !indefinite || start < 2 || units[start - 1].morph.upos != Upos::Punct {
            continue;
        }
        let name = start - 2;
        let loose =
            !matches!(parse.rels[name], Deprel::Conj | Deprel::Obj | Deprel::NmodPoss) && !is_subject(parse, name);
        let closed = units[noun + 1..verb].iter().any(|u| u.morph.upos == Upos::Punct);
        let bare = children(parse, name).all(|c| parse.rels[c] != Deprel::Case);
        if loose && closed && bare && name <= 1 && units[name].is_name() && head_of(parse, name) == Some(verb) {
            parse.rels[name] = parse.rels[noun];
            parse.hang(noun, name, Deprel::Appos);
        }
    }
}
