//! What the parser need not see: dates, short brackets after a name, members of lists, and *at least* before a number.
//!
//! A greedy parser trips over such asides, and takes a *last month* between subject and verb for the subject. They are
//! left out of the parse and hung on afterwards, where they can neither be an argument nor part the words around them.

use std::ops::Range;

use crate::document::Document;
use crate::language::{Deprel, Parse, Upos};
use crate::pattern::Flags;
use crate::rules::RuleSet;

use super::lexed::Lexed;
use super::syntax::Unit;
use super::time::DateMention;

/// Most units inside of brackets that are passed over.
const BRACKETED: usize = 4;

/// Most words of *, second from left,* and the comma.
const CAPTION: usize = 4;

/// Most units of *, he argued,*.
const SPOKEN: usize = 8;

/// Stretches of units that the parse leaves out.
#[derive(Debug, Default)]
pub struct Asides {
    stretches: Vec<Aside>,
}

#[derive(Debug)]
struct Aside {
    start: usize,
    end: usize,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    /// A date, or another phrase that hangs on the verb.
    Adverbial,
    /// Hangs on what stands before.
    Bracket,
    /// A comma that closes the name before.
    Closing,
    /// Hangs on the number that follows.
    Approximate,
    /// Further members of a list, whose first stands before.
    Listed,
    /// The first of two names with a hyphen between them; joined to the second.
    Paired,
    /// Who says the rest: *, he argued,*; its verb becomes the head of the whole, the second number is its place.
    Said(usize),
}

impl Asides {
    /// Finds the asides of a sentence's units.
    pub fn find(document: &Document, lexed: &Lexed, rules: &RuleSet, units: &[Unit], dates: &[DateMention]) -> Self {
        let mut taken = vec![false; units.len()];
        let mut stretches = Vec::new();
        let mut take = |start: usize, end: usize, kind: Kind| {
            if start < end && !taken[start..end].contains(&true) {
                taken[start..end].fill(true);
                stretches.push(Aside { start, end, kind });
            }
        };
        for date in dates {
            if let Some((start, end)) = time(document, rules, units, date) {
                take(start, end, Kind::Adverbial);
            }
        }
        let dated: Vec<usize> = units_of_dates(units, dates);
        for start in 0..units.len() {
            if let Some(end) = bracket(document, units, start) {
                take(start, end, Kind::Bracket);
            } else if let Some(end) = list(document, units, start) {
                take(start, end, Kind::Listed);
            } else if paired(document, units, start) {
                take(start, start + 2, Kind::Paired);
            } else if let Some(end) = caption(document, rules, units, start) {
                take(start, end, Kind::Bracket);
            } else if let Some(end) = phrase(document, units, start) {
                take(start, end, Kind::Adverbial);
            } else if let Some((end, verb)) = said(document, rules, units, start, &dated) {
                take(start, end, Kind::Said(verb));
            } else if closes(document, units, start) {
                take(start, start + 1, Kind::Closing);
            } else if let Some(end) = approximate(lexed, rules, units, start) {
                take(start, end, Kind::Approximate);
            }
        }
        stretches.sort_by_key(|a| a.start);
        if stretches.iter().map(|a| a.end - a.start).sum::<usize>() + 2 > units.len() {
            stretches.clear();
        }
        Self { stretches }
    }

    /// Numbers of the units that are parsed.
    pub fn kept(&self, count: usize) -> Vec<usize> {
        let mut out = Vec::with_capacity(count);
        let mut from = 0;
        for aside in &self.stretches {
            out.extend(from..aside.start);
            from = aside.end;
        }
        out.extend(from..count);
        out
    }

    /// Makes a parse of the kept units one of all, with the asides hung on.
    pub fn hang_on(&self, kept: &[usize], units: &[Unit], parse: &Parse) -> Parse {
        let mut whole = Parse { heads: vec![0; units.len()], rels: vec![Deprel::Dep; units.len()] };
        let mut root = None;
        for (at, &unit) in kept.iter().enumerate() {
            let head = parse.heads[at];
            whole.heads[unit] = head.checked_sub(1).map_or(0, |h| kept[h as usize] as u16 + 1);
            whole.rels[unit] = parse.rels[at];
            if head == 0 {
                root = root.or(Some(unit));
            }
        }
        for aside in &self.stretches {
            let before = kept.partition_point(|unit| *unit < aside.start);
            let verb = |unit: &&usize| units[**unit].morph.upos == Upos::Verb;
            let left = before.checked_sub(1).map(|i| kept[i]);
            let right = kept.get(before).copied();
            let (host, rel) = match aside.kind {
                Kind::Adverbial => {
                    let near = kept[..before].iter().rev().find(verb).or_else(|| kept[before..].iter().find(verb));
                    (near.copied().or(root), Deprel::Obl)
                }
                Kind::Bracket => (left.or(root), Deprel::Parataxis),
                Kind::Closing => (left.or(root), Deprel::Punct),
                Kind::Approximate => (right.or(root), Deprel::Advmod),
                Kind::Listed => {
                    hang_list(aside, units, &mut whole);
                    continue;
                }
                Kind::Paired => {
                    whole.hang(aside.start, aside.end, Deprel::Conj);
                    whole.hang(aside.start + 1, aside.start, Deprel::Punct);
                    continue;
                }
                Kind::Said(verb) => {
                    hang_speech(aside, verb, units, root, &mut whole);
                    continue;
                }
            };
            let head = (aside.start..aside.end)
                .rev()
                .find(|u| !matches!(units[*u].morph.upos, Upos::Punct | Upos::Adp))
                .unwrap_or(aside.start);
            for (unit, it) in units.iter().enumerate().take(aside.end).skip(aside.start) {
                let (at, rel) = match it.morph.upos {
                    _ if unit == head => (host, rel),
                    Upos::Punct => (Some(head), Deprel::Punct),
                    Upos::Adp => (Some(head), Deprel::Case),
                    _ => (Some(head), Deprel::Nmod),
                };
                whole.heads[unit] = at.map_or(0, |h| h as u16 + 1);
                whole.rels[unit] = rel;
            }
        }
        whole
    }
}

/// The units of a date with the adposition before it, unless it belongs to a noun that follows.
fn time(document: &Document, rules: &RuleSet, units: &[Unit], date: &DateMention) -> Option<(usize, usize)> {
    let mut start = units.partition_point(|u| u.start < date.start);
    let mut end = units.partition_point(|u| u.start < date.end);
    if start >= end || units[start..end].iter().any(|u| u.mention.is_some()) {
        return None;
    }
    if let Some(next) = units.get(end) {
        let owned = next.morph.upos == Upos::Part && next.mention.is_none();
        // *Friday prayers*, but not *this week police …*
        let named = matches!(units[end - 1].morph.upos, Upos::Propn | Upos::Num);
        let noun = named && next.morph.upos == Upos::Noun && next.mention.is_none();
        if owned || noun {
            return None;
        }
    }
    if let Some(before) = start.checked_sub(1).map(|b| &units[b])
        && before.mention.is_none()
        && before.morph.upos == Upos::Adp
        && rules.function.adposition.contains(before.word)
    {
        start -= 1;
    }
    // The comma that closes it goes with it: *On Tuesday, …*, *on Tuesday, June 19, …*, *…, on Tuesday, …*.
    let comma = |unit: &Unit| document.surface(unit.start) == ",";
    let after = start > 0 && comma(&units[start - 1]);
    let parted = start == 0 || after || units[start..end].iter().any(comma);
    if parted && units.get(end).is_some_and(comma) {
        end += 1;
        let verb = units.get(end).is_some_and(|u| matches!(u.morph.upos, Upos::Verb | Upos::Aux));
        start -= usize::from(after && verb);
    }
    Some((start, end))
}

/// A short bracket without a verb after a name or noun.
fn bracket(document: &Document, units: &[Unit], start: usize) -> Option<usize> {
    let text = |unit: &Unit| document.surface(unit.start);
    let closes = match text(&units[start]) {
        "(" => ")",
        "[" => "]",
        _ => return None,
    };
    if start == 0 || !matches!(units[start - 1].morph.upos, Upos::Noun | Upos::Propn | Upos::Num) {
        return None;
    }
    let inside = units[start + 1..].iter().take(BRACKETED + 1).position(|u| text(u) == closes)?;
    let verb = units[start + 1..start + 1 + inside].iter().any(|u| u.morph.upos == Upos::Verb && u.mention.is_none());
    (!verb && inside > 0).then_some(start + inside + 2)
}

/// A phrase with an adposition between commas, before a verb or between it and its object: *has, despite the dispute,
/// helped*.
fn phrase(document: &Document, units: &[Unit], start: usize) -> Option<usize> {
    let inner = between_commas(document, units, start, SPOKEN)?;
    if units[inner.start].morph.upos != Upos::Adp {
        return None;
    }
    let end = inner.end + 1;
    let plain = units[inner.start + 1..inner.end].iter().all(|u| {
        matches!(u.morph.upos, Upos::Noun | Upos::Propn | Upos::Det | Upos::Adj | Upos::Num | Upos::Adp)
            || u.mention.is_some() && u.morph.upos != Upos::Verb
    });
    let before_verb =
        matches!(units[start - 1].morph.upos, Upos::Noun | Upos::Propn | Upos::Aux | Upos::Adv | Upos::Part)
            && units.get(end).is_some_and(|u| matches!(u.morph.upos, Upos::Verb | Upos::Aux) && u.mention.is_none());
    // *received, at the palace, Bo Lee*
    let before_object = units[start - 1].mention.is_none()
        && units[start - 1].morph.upos == Upos::Verb
        && units.get(end).is_some_and(|u| u.mention.is_some() && u.morph.is_nominal());
    (plain && (before_verb || before_object)).then_some(end)
}

/// What stands between a comma at `start`, not the first unit, and the next; less than `most` units, and not nothing.
fn between_commas(document: &Document, units: &[Unit], start: usize, most: usize) -> Option<Range<usize>> {
    let comma = |unit: &Unit| unit.mention.is_none() && document.surface(unit.start) == ",";
    if start == 0 || !comma(&units[start]) {
        return None;
    }
    let inside = units[start + 1..].iter().take(most).position(comma)?;
    (inside > 0).then_some(start + 1..start + 1 + inside)
}

/// *Chile, Peru and Cuba*: from the first comma to the end of a list of three names or more.
fn list(document: &Document, units: &[Unit], start: usize) -> Option<usize> {
    let comma = |at: usize| units.get(at).is_some_and(|u| u.mention.is_none() && document.surface(u.start) == ",");
    let upos = |at: usize| units.get(at).filter(|u| u.mention.is_none()).map(|u| u.morph.upos);
    if start == 0 || !comma(start) || !units[start - 1].is_name() {
        return None;
    }
    let (mut at, mut members) = (start, 1);
    loop {
        let parted = comma(at);
        at += usize::from(parted);
        let last = upos(at) == Some(Upos::Cconj);
        at += usize::from(last);
        at += usize::from(upos(at) == Some(Upos::Det));
        if !(parted || last) || !units.get(at).is_some_and(Unit::is_name) {
            return None;
        }
        (at, members) = (at + 1, members + 1);
        if last {
            break;
        }
    }
    // *Chile, Peru and Cuba's ministers*: what follows belongs to the last alone, or to all of them.
    let owns = matches!(upos(at), Some(Upos::Part | Upos::Noun | Upos::Propn));
    (members > 2 && !owns).then_some(at)
}

/// *Iran-Iraq's border*, *US–China talks*: two names with nothing but a hyphen between them.
fn paired(document: &Document, units: &[Unit], start: usize) -> bool {
    let [first, hyphen, second] = units.get(start..start + 3).unwrap_or_default() else { return false };
    let glued = |unit: &Unit| document.tokens.get(unit.start as usize).is_some_and(|token| token.glued);
    first.is_name()
        && second.is_name()
        && hyphen.mention.is_none()
        && matches!(document.surface(hyphen.start), "-" | "–" | "/")
        && glued(hyphen)
        && glued(second)
}

/// Joins the members of a list to the first of them.
fn hang_list(aside: &Aside, units: &[Unit], whole: &mut Parse) {
    let first = aside.start - 1;
    let mut next = aside.end - 1;
    for unit in (aside.start..aside.end).rev() {
        if units[unit].is_name() {
            next = unit;
            whole.hang(unit, first, Deprel::Conj);
            continue;
        }
        let rel = match units[unit].morph.upos {
            Upos::Cconj => Deprel::Cc,
            Upos::Det => Deprel::Det,
            _ => Deprel::Punct,
        };
        whole.hang(unit, next, rel);
    }
}

/// Makes the verb of *, he argued,* the head of what it stands in.
fn hang_speech(aside: &Aside, verb: usize, units: &[Unit], root: Option<usize>, whole: &mut Parse) {
    let subject = (aside.start..aside.end)
        .filter(|u| matches!(units[*u].morph.upos, Upos::Noun | Upos::Propn | Upos::Pron))
        .min_by_key(|u| (units[*u].mention.is_none(), u.abs_diff(verb)));
    for (unit, it) in units.iter().enumerate().take(aside.end).skip(aside.start) {
        let (head, rel) = match it.morph.upos {
            _ if unit == verb => (None, Deprel::Root),
            _ if Some(unit) == subject => (Some(verb), Deprel::Nsubj),
            Upos::Punct => (Some(verb), Deprel::Punct),
            Upos::Aux => (Some(verb), Deprel::Aux),
            _ => (Some(subject.unwrap_or(verb)), Deprel::Dep),
        };
        whole.heads[unit] = head.map_or(0, |h| h as u16 + 1);
        whole.rels[unit] = rel;
    }
    if let Some(root) = root.filter(|r| whole.heads[*r] == 0) {
        whole.hang(root, verb, Deprel::Ccomp);
    }
}

/// Who says the sentence, put between commas into it, and the place of the verb.
///
/// The same at the end, *…, officials said on Monday.*; `dated` are the units of dates, which hang elsewhere.
fn said(document: &Document, rules: &RuleSet, units: &[Unit], start: usize, dated: &[usize]) -> Option<(usize, usize)> {
    let (inner, last) = match between_commas(document, units, start, SPOKEN + 1) {
        Some(inner) => (inner, false),
        None => (tail(document, units, start, dated)?, true),
    };
    let mut verbs = inner.clone().filter(|u| units[*u].morph.upos == Upos::Verb && units[*u].mention.is_none());
    let verb = verbs.next()?;
    // A verb's past form is often taken for its participle.
    let told = units[verb].morph.is_finite() || units[verb].morph.is_past_participle();
    let names =
        |u: &Unit| u.mention.is_some() || matches!(u.morph.upos, Upos::Propn | Upos::Pron | Upos::Det | Upos::Num);
    let opens = &units[inner.start];
    let spoken = verbs.next().is_none()
        && rules.discourse.reporting.contains(units[verb].word)
        && told
        // *…, Chad condemned Togo* says what was done, not who says so.
        && !(last && (verb == inner.start || units[verb + 1..inner.end].iter().any(names)))
        && inner.clone().all(|u| units[u].mention.is_some() || !rules.function.agent.contains(units[u].word))
        && (verb == inner.start || units[verb + 1..inner.end].iter().all(|u| u.morph.upos != Upos::Noun))
        && !matches!(opens.morph.upos, Upos::Cconj | Upos::Sconj | Upos::Adp)
        && !rules.classes.relative.contains(opens.word)
        && inner.clone().any(|u| matches!(units[u].morph.upos, Upos::Noun | Upos::Propn | Upos::Pron));
    spoken.then_some((inner.end + usize::from(!last), verb))
}

/// What stands between a comma at `start` and the end of the sentence or a date that ends it.
fn tail(document: &Document, units: &[Unit], start: usize, dated: &[usize]) -> Option<Range<usize>> {
    let comma = |unit: &Unit| unit.mention.is_none() && document.surface(unit.start) == ",";
    if start == 0 || !comma(&units[start]) {
        return None;
    }
    let mut end = units.len();
    while end > start + 1 && (units[end - 1].morph.upos == Upos::Punct || dated.contains(&(end - 1))) {
        end -= 1;
    }
    // The adposition goes with its date.
    if end < units.len() && dated.contains(&end) && units[end - 1].morph.upos == Upos::Adp {
        end -= 1;
    }
    let inner = start + 1..end;
    (!inner.is_empty() && inner.len() <= SPOKEN && !inner.clone().any(|u| dated.contains(&u) || comma(&units[u])))
        .then_some(inner)
}

/// *Bo Lee, Peru's president, praised …*: the comma behind a name that has one inside of it parts nothing from the verb.
fn closes(document: &Document, units: &[Unit], start: usize) -> bool {
    let comma = |token: u32| document.surface(token) == ",";
    start > 0
        && units[start].mention.is_none()
        && comma(units[start].start)
        && units[start - 1].mention.is_some()
        && (units[start - 1].start..units[start - 1].end).any(comma)
        && units.get(start + 1).is_some_and(|next| {
            next.mention.is_none() && matches!(next.morph.upos, Upos::Verb | Upos::Aux | Upos::Adv | Upos::Adp)
        })
}

/// The units that dates are made of.
fn units_of_dates(units: &[Unit], dates: &[DateMention]) -> Vec<usize> {
    let within = |unit: &Unit| dates.iter().any(|date| (date.start..date.end).contains(&unit.start));
    (0..units.len()).filter(|unit| within(&units[*unit])).collect()
}

/// *…, second left, …*: where somebody stands in a picture.
fn caption(document: &Document, rules: &RuleSet, units: &[Unit], start: usize) -> Option<usize> {
    let inner = between_commas(document, units, start, CAPTION)?;
    let tells = |u: &Unit| u.mention.is_none() && rules.classes.caption.contains(u.word);
    (units[start - 1].mention.is_some() && units[inner.clone()].iter().all(tells)).then_some(inner.end + 1)
}

/// *at least*, *up to* before a number.
fn approximate(lexed: &Lexed, rules: &RuleSet, units: &[Unit], start: usize) -> Option<usize> {
    let ends = rules.classes.approximate.iter().filter_map(|phrase| {
        let end = start + phrase.len();
        let fits = end < units.len()
            && phrase.iter().zip(&units[start..end]).all(|(word, unit)| unit.word == *word && unit.mention.is_none());
        // The number may open a mention: *at least four Kenyan refugees*.
        let number = |u: &Unit| {
            let first = u.start as usize;
            matches!(lexed.morphs[first].upos, Upos::Num | Upos::Sym) || lexed.flags[first].has(Flags::NUMBER)
        };
        (fits && number(&units[end])).then_some(end)
    });
    ends.max()
}
