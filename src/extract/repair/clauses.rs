//! Verbs that a parser takes for something else, and clauses that it hangs on the wrong one.

use crate::extract::syntax::Unit;
use crate::language::{Deprel, Parse, Tense, Upos, VerbForm};
use crate::rules::RuleSet;

use super::{below, children, head_of, is_subject};

/// *The rebels captured Aden*, read as a noun with a participle and another noun beside it: where a sentence has no other
/// verb, it is a clause.
pub(super) fn clauses_read_as_nouns(units: &[Unit], parse: &mut Parse) {
    let Some(root) = (0..units.len()).find(|u| parse.heads[*u] == 0) else { return };
    if !units[root].morph.is_nominal() {
        return;
    }
    let beside = |u: usize| matches!(parse.rels[u], Deprel::Xcomp | Deprel::Ccomp | Deprel::Dep) && u == root + 1;
    let describes =
        |u: usize| matches!(parse.rels[u], Deprel::Acl | Deprel::Amod) || head_of(parse, u) == Some(root) && beside(u);
    if (0..units.len()).any(|u| units[u].morph.is_finite() && !describes(u)) {
        return;
    }
    let past = |u: usize| {
        let morph = &units[u].morph;
        units[u].mention.is_none() && (morph.is_past_participle() || morph.upos == Upos::Verb && morph.is_finite())
    };
    let verb = children(parse, root).find(|c| *c > root && (parse.rels[*c] == Deprel::Acl || beside(*c)) && past(*c));
    let Some(verb) = verb else { return described(units, parse, root, past) };
    // A finite verb needs no more than its subject.
    if units[verb].morph.is_finite() && children(parse, verb).all(|c| parse.rels[c] != Deprel::Mark) {
        (parse.heads[verb], parse.rels[verb]) = (0, Deprel::Root);
        parse.hang(root, verb, Deprel::Nsubj);
        return;
    }
    let bare = |u: usize| children(parse, u).all(|c| parse.rels[c] != Deprel::Case);
    let object = children(parse, verb).find(|c| {
        *c == verb + 1 + usize::from(units.get(verb + 1).is_some_and(|u| u.morph.upos == Upos::Det))
            && matches!(parse.rels[*c], Deprel::Obj | Deprel::Obl | Deprel::OblUnmarked | Deprel::Xcomp)
            && units[*c].morph.is_nominal()
            && bare(*c)
    });
    let Some(object) = object else { return };
    parse.rels[object] = Deprel::Obj;
    (parse.heads[verb], parse.rels[verb]) = (0, Deprel::Root);
    parse.hang(root, verb, Deprel::Nsubj);
}

/// The same where the verb was taken for an adjective of its object: *Chile imposed new sanctions*.
fn described(units: &[Unit], parse: &mut Parse, root: usize, past: impl Fn(usize) -> bool) {
    let verb = children(parse, root).find(|c| {
        *c > 0 && *c < root && parse.rels[*c] == Deprel::Amod && past(*c) && units[*c - 1].morph.is_nominal()
    });
    let Some(verb) = verb else { return };
    let subject = verb - 1;
    if below(parse, root, subject) {
        return;
    }
    for child in 0..units.len() {
        let before = parse.heads[child] as usize == root + 1 && child < subject;
        if before {
            parse.heads[child] = subject as u16 + 1;
        }
    }
    (parse.heads[verb], parse.rels[verb]) = (0, Deprel::Root);
    parse.hang(root, verb, Deprel::Obj);
    parse.hang(subject, verb, Deprel::Nsubj);
}

/// *has closed roads and imposed curfews*, read as *roads and imposed-upon curfews*: a past form after a conjunction with a
/// bare noun behind it is a second verb.
pub(super) fn second_verbs(units: &[Unit], parse: &mut Parse) {
    for verb in 2..units.len() {
        let Some(noun) = head_of(parse, verb).filter(|n| *n > verb && parse.rels[verb] == Deprel::Amod) else {
            continue;
        };
        let fits = units[verb].mention.is_none()
            && units[verb].morph.is_past_participle()
            && units[verb - 1].morph.upos == Upos::Cconj
            && units[verb - 2].morph.is_nominal()
            && matches!(parse.rels[noun], Deprel::Obj | Deprel::Conj | Deprel::OblUnmarked);
        let main = (0..verb - 1).rev().find(|u| units[*u].morph.upos == Upos::Verb && units[*u].mention.is_none());
        let Some(main) = main.filter(|m| fits && below(parse, noun, *m)) else { continue };
        let objects = children(parse, main).any(|c| parse.rels[c] == Deprel::Obj && c < verb);
        let same_form = units[main].morph.is_past_participle() || units[main].morph.verb_form == Some(VerbForm::Fin);
        if !objects || !same_form {
            continue;
        }
        parse.hang(verb, main, Deprel::Conj);
        parse.hang(noun, verb, Deprel::Obj);
        parse.hang(verb - 1, verb, Deprel::Cc);
    }
}

/// Relative clauses: *the minister, who heads the party, praised …* is not about heading, and *… Ann Berg, whom he met*
/// is about her.
pub(super) fn relative_clauses(units: &[Unit], parse: &mut Parse, rules: &RuleSet) {
    let relative = |u: usize| {
        units[u].mention.is_none()
            && rules.classes.relative.contains(units[u].word)
            && units[u].morph.upos != Upos::Sconj
    };
    for pronoun in (1..units.len()).filter(|u| relative(*u)) {
        let Some(verb) = head_of(parse, pronoun).filter(|v| *v > pronoun) else { continue };
        let comma = units[pronoun - 1].morph.upos == Upos::Punct;
        let Some(noun) = pronoun.checked_sub(1 + usize::from(comma)) else { continue };
        if !units[noun].morph.is_nominal() {
            continue;
        }
        let loose = matches!(
            parse.rels[noun],
            Deprel::Vocative | Deprel::Dislocated | Deprel::NsubjOuter | Deprel::Dep | Deprel::Parataxis
        );
        if head_of(parse, noun) == Some(verb) && (is_subject(parse, noun) || loose) && is_subject(parse, pronoun) {
            // The noun waits for a verb after the clause; the first without a subject of its own takes it.
            let waits = |v: &usize| {
                units[*v].mention.is_none()
                    && units[*v].morph.upos == Upos::Verb
                    && !matches!(units[*v].morph.verb_form, Some(VerbForm::Inf | VerbForm::Ger))
                    && units[verb..*v].iter().any(|u| u.morph.upos == Upos::Punct)
                    && children(parse, *v)
                        .all(|c| !is_subject(parse, c) && parse.rels[c] != Deprel::Case && parse.rels[c] != Deprel::Cc)
            };
            let Some(main) = (verb + 1..units.len()).find(waits) else { continue };
            parse.hang_like(main, verb);
            parse.hang(verb, noun, Deprel::AclRelcl);
            parse.hang(noun, main, Deprel::Nsubj);
        } else if parse.rels[verb] == Deprel::AclRelcl
            && units[noun].is_name()
            && head_of(parse, verb).is_some_and(|h| h < noun)
            && !below(parse, noun, verb)
        {
            parse.heads[verb] = noun as u16 + 1;
        }
    }
}

/// No passive without its auxiliary: *the talks that Ann Berg held* were held by her.
pub(super) fn false_passives(units: &[Unit], parse: &mut Parse, headline: bool, rules: &RuleSet) {
    for unit in 0..units.len() {
        if parse.rels[unit] != Deprel::NsubjPass {
            continue;
        }
        let Some(verb) = head_of(parse, unit) else { continue };
        let helped = |v: usize| {
            children(parse, v).any(|c| {
                matches!(parse.rels[c], Deprel::AuxPass | Deprel::Aux | Deprel::Cop)
                    || units[c].mention.is_none() && rules.function.copula.contains(units[c].word)
            })
        };
        let bare = !helped(verb);
        let relative = parse.rels[verb] == Deprel::AclRelcl && bare;
        let passive = children(parse, verb).any(|c| parse.rels[c] == Deprel::AuxPass);
        let perfect = children(parse, verb).any(|c| parse.rels[c] == Deprel::Aux);
        // *Jets struck targets*: what has an object right behind it is active.
        let object = units.len() > verb + 1
            && bare
            && children(parse, verb).any(|c| {
                c > verb
                    && matches!(parse.rels[c], Deprel::Obj | Deprel::Xcomp | Deprel::OblUnmarked)
                    && units[c].morph.is_nominal()
                    && children(parse, c).all(|d| parse.rels[d] != Deprel::Case)
            });
        if unit < verb && object {
            let beside = (verb + 1..units.len()).find(|c| {
                parse.heads[*c] as usize == verb + 1
                    && matches!(parse.rels[*c], Deprel::Xcomp | Deprel::OblUnmarked)
                    && units[*c].morph.is_nominal()
            });
            if let Some(beside) = beside {
                parse.rels[beside] = Deprel::Obj;
            }
        }
        // Only headlines leave the auxiliary out.
        let agent = children(parse, verb).any(|c| parse.rels[c] == Deprel::OblAgent);
        let told = !headline && bare && !agent;
        if unit < verb && (relative || perfect && !passive || object || told) {
            parse.rels[unit] = Deprel::Nsubj;
            let object = children(parse, verb).find(|c| {
                *c < unit
                    && matches!(parse.rels[*c], Deprel::OblUnmarked | Deprel::Obl | Deprel::Mark)
                    && rules.classes.relative.contains(units[*c].word)
            });
            if let Some(object) = object {
                parse.rels[object] = Deprel::Obj;
            }
        }
    }
}

/// *has freed two men*: an auxiliary taken for the verb gives way to the participle taken for its object.
pub(super) fn perfects(units: &[Unit], parse: &mut Parse, rules: &RuleSet) {
    for helper in 0..units.len() {
        if units[helper].mention.is_some()
            || units[helper].morph.upos != Upos::Verb
            || !rules.classes.auxiliary.contains(units[helper].word)
        {
            continue;
        }
        let Some(verb) = (helper + 1..units.len()).find(|u| units[*u].morph.upos != Upos::Adv) else { continue };
        // *had earlier released prisoners*, read as prisoners that are had
        let object = head_of(parse, verb).filter(|object| {
            *object > verb
                && parse.rels[verb] == Deprel::Amod
                && verb > helper + 1
                && head_of(parse, *object) == Some(helper)
                && parse.rels[*object] == Deprel::Obj
                && units[verb].morph.is_past_participle()
        });
        if let Some(object) = object {
            parse.hang(verb, helper, Deprel::Xcomp);
            parse.hang(object, verb, Deprel::Obj);
        }
        let participle = units[verb].mention.is_none()
            && units[verb].morph.is_past_participle()
            && head_of(parse, verb) == Some(helper)
            && matches!(parse.rels[verb], Deprel::Obj | Deprel::Xcomp | Deprel::Ccomp | Deprel::Conj | Deprel::Advcl);
        if !participle {
            continue;
        }
        parse.hang_like(verb, helper);
        for child in 0..units.len() {
            if child != verb && parse.heads[child] as usize == helper + 1 {
                parse.heads[child] = verb as u16 + 1;
            }
        }
        parse.hang(helper, verb, Deprel::Aux);
        // *Peru had earlier released prisoners*, read as a name with a clause about it
        let before = verb_subject(units, parse, helper, verb);
        if let Some(name) = before {
            parse.hang_like(verb, name);
            parse.hang(name, verb, Deprel::Nsubj);
        }
    }
}

/// The name that a clause hangs on though it stands right before its auxiliary and has no other verb.
fn verb_subject(units: &[Unit], parse: &Parse, helper: usize, verb: usize) -> Option<usize> {
    let name = helper.checked_sub(1)?;
    let clause = parse.rels[verb] == Deprel::Acl && head_of(parse, verb) == Some(name);
    let open = matches!(parse.rels[name], Deprel::Root | Deprel::Ccomp | Deprel::Parataxis | Deprel::Obj);
    (clause && open && units[name].mention.is_some() && parse.rels[name] != Deprel::Obj).then_some(name)
}

/// *Peru to host talks*: a name with an infinitive and no other verb is a clause about what is to come.
pub(super) fn headlines(units: &[Unit], parse: &mut Parse, rules: &RuleSet) {
    for mark in 1..units.len().saturating_sub(1) {
        let (name, verb) = (mark - 1, mark + 1);
        let clause = units[mark].mention.is_none()
            && rules.function.infinitive.contains(units[mark].word)
            && units[name].mention.is_some()
            && units[name].morph.is_nominal()
            && matches!(parse.rels[name], Deprel::Root | Deprel::Ccomp | Deprel::Parataxis)
            && units[verb].mention.is_none()
            && head_of(parse, verb) == Some(name)
            && units[verb].morph.verb_form == Some(VerbForm::Inf)
            && matches!(parse.rels[verb], Deprel::Acl | Deprel::Xcomp | Deprel::Advcl)
            && (0..name).all(|u| below(parse, u, name))
            && children(parse, name).all(|c| !matches!(parse.rels[c], Deprel::Cop | Deprel::Nsubj));
        if !clause {
            continue;
        }
        parse.hang_like(verb, name);
        for child in verb + 1..units.len() {
            if parse.heads[child] as usize == name + 1 && parse.rels[child] != Deprel::Conj {
                parse.heads[child] = verb as u16 + 1;
            }
        }
        parse.hang(name, verb, Deprel::Nsubj);
        parse.hang(mark, verb, Deprel::Mark);
    }
}

/// *Jets bombed targets*, read as targets that were bombed: no adjective is a finite verb.
pub(super) fn finite_verbs(units: &[Unit], parse: &mut Parse) {
    for verb in 1..units.len().saturating_sub(1) {
        let Some(noun) = head_of(parse, verb).filter(|n| *n > verb && parse.rels[verb] == Deprel::Amod) else {
            continue;
        };
        // The comma of *the president, Bo Lee,* belongs to the name before.
        let closed = verb > 1 && parse.rels[verb - 1] == Deprel::Punct && head_of(parse, verb - 1) == Some(verb - 2);
        let subject = verb - 1 - usize::from(closed);
        let rel = match parse.rels[noun] {
            rel @ (Deprel::Root | Deprel::Ccomp | Deprel::Parataxis | Deprel::Advcl) => rel,
            Deprel::Obj | Deprel::Xcomp if head_of(parse, noun).is_some_and(|h| h < subject) => Deprel::Ccomp,
            _ => continue,
        };
        let finite = units[verb].mention.is_none()
            && units[verb].morph.upos == Upos::Verb
            && units[verb].morph.verb_form == Some(VerbForm::Fin)
            && units[subject].morph.is_nominal()
            && [Some(noun), Some(verb)].contains(&head_of(parse, subject))
            && units[subject].morph.upos != Upos::Punct
            && !below(parse, noun, subject);
        if !finite {
            continue;
        }
        for child in 0..units.len() {
            let of_noun = parse.heads[child] as usize == noun + 1;
            if of_noun && child < subject {
                let belongs = matches!(parse.rels[child], Deprel::Det | Deprel::Amod | Deprel::Compound);
                parse.heads[child] = if belongs { subject } else { verb } as u16 + 1;
            } else if of_noun && matches!(parse.rels[child], Deprel::Punct | Deprel::Mark) {
                parse.heads[child] = verb as u16 + 1;
            }
        }
        parse.heads[verb] = parse.heads[noun];
        parse.rels[verb] = rel;
        parse.hang(noun, verb, Deprel::Obj);
        parse.hang(subject, verb, Deprel::Nsubj);
    }
}

/// *Cuba denied that a ship had sailed and accused Peru*: a plain past joined with a perfect or a future inside of a clause
/// belongs to the plain past outside of it.
pub(super) fn outer_verbs(units: &[Unit], parse: &mut Parse) {
    let past = |u: usize| {
        units[u].mention.is_none()
            && units[u].morph.verb_form == Some(VerbForm::Fin)
            && units[u].morph.tense == Some(Tense::Past)
            && units[u].morph.upos == Upos::Verb
    };
    for verb in 2..units.len() {
        let Some(inner) = head_of(parse, verb).filter(|i| *i < verb && parse.rels[verb] == Deprel::Conj) else {
            continue;
        };
        let Some(outer) = head_of(parse, inner).filter(|o| *o < inner && parse.rels[inner] == Deprel::Ccomp) else {
            continue;
        };
        let helped = |p: &Parse, v: usize| {
            children(p, v).any(|c| matches!(p.rels[c], Deprel::Aux | Deprel::AuxPass | Deprel::Cop))
        };
        let own = children(parse, verb).any(|c| is_subject(parse, c) || parse.rels[c] == Deprel::Mark);
        if past(verb) && past(outer) && helped(parse, inner) && !helped(parse, verb) && !own {
            parse.hang(verb, outer, Deprel::Conj);
        }
    }
}
