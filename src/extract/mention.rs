//! Mentions: what the gazetteers and the name rules find, and the lattice they are found in.

use std::sync::Arc;

use crate::document::{Document, Sentence};
use crate::pattern::TypeId;
use crate::pattern::{Capture, Flags, Scratch, Start, Tokens, TypeMask, WordId};
use crate::rules::{Case, NameRule, RuleSet};

use super::compose::{make, members};
use super::lexed::Lexed;

/// A stretch of tokens that refers to something.
#[derive(Debug, Clone)]
pub struct Mention {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
    /// The token that heads it.
    pub head: u32,
    /// Tokens of the name proper, without titles.
    pub name: (u32, u32),
    /// Its type.
    pub type_id: TypeId,
    /// 0 noun, 1 adjective.
    pub form: u8,
    /// Whether it describes instead of naming.
    pub nominal: bool,
    /// Whether it is a pronoun.
    pub pronoun: bool,
    /// Id of the rule or gazetteer that made it.
    pub rule: Arc<str>,
    /// The gazetteer entry it stands for, if it is one entity wherever it stands.
    pub entry: Option<u32>,
    /// What it is called, canonical where known.
    pub value: String,
    /// Attributes.
    pub attributes: Vec<(Box<str>, String)>,
    /// Another name that the text gives it here.
    pub alias: Option<String>,
    /// Number of its sentence.
    pub sentence: u32,
    /// All tokens that its rule read: more than its own where the rule made several.
    pub read: (u32, u32),
    /// Mentions it was composed of that tell relations.
    pub parts: Vec<Part>,
}

/// A mention inside of another that a rule bound by a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The role.
    pub role: Arc<str>,
    /// Its number in the lattice of its sentence.
    pub id: u32,
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
}

impl Mention {
    /// An attribute's value.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(k, _)| &**k == name).map(|(_, v)| v.as_str())
    }

    /// Sets an attribute, replacing an earlier value.
    pub fn set(&mut self, name: &str, value: String) {
        match self.attributes.iter_mut().find(|(k, _)| &**k == name) {
            Some((_, v)) => *v = value,
            None => self.attributes.push((name.into(), value)),
        }
    }

    /// Whether it covers the other.
    pub fn covers(&self, other: &Mention) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// Everything found in one sentence: candidates in the order found, and those that stand.
#[derive(Debug, Default)]
pub struct Lattice {
    /// All candidates.
    pub all: Vec<Mention>,
    /// Candidates that begin at each token of the sentence.
    starts: Vec<Vec<Start>>,
}

struct View<'a> {
    document: &'a Document,
    lexed: &'a Lexed,
    base: usize,
    starts: &'a [Vec<Start>],
}

impl Tokens for View<'_> {
    fn len(&self) -> usize {
        self.starts.len()
    }
    fn word(&self, at: usize) -> WordId {
        self.lexed.words[self.base + at]
    }
    fn text(&self, at: usize) -> &str {
        self.document.surface((self.base + at) as u32)
    }
    fn flags(&self, at: usize) -> Flags {
        self.lexed.flags[self.base + at]
    }
    fn starts(&self, at: usize) -> &[Start] {
        &self.starts[at]
    }
}

/// Finds all mentions of one sentence: gazetteers first, then the name rules stage by stage. What stands in the end does
/// not overlap: of two that do the longer stands, then the one made later.
pub fn find(
    document: &Document,
    lexed: &Lexed,
    rules: &RuleSet,
    index: u32,
    sentence: &Sentence,
    scratch: &mut Scratch,
) -> (Vec<Mention>, Vec<Mention>) {
    lattice(document, lexed, rules, index, sentence, scratch).settle(rules)
}

/// Everything that gazetteers and name rules make of one sentence, building blocks and what does not stand in the end
/// included.
pub fn lattice(
    document: &Document,
    lexed: &Lexed,
    rules: &RuleSet,
    index: u32,
    sentence: &Sentence,
    scratch: &mut Scratch,
) -> Lattice {
    let range = sentence.range();
    let mut lattice = Lattice { all: Vec::new(), starts: vec![Vec::new(); range.len()] };
    let style = sentence.capitals_are_style();
    for token in range.clone() {
        gazetteer_at(
            document,
            lexed,
            rules,
            index,
            token,
            range.end,
            style,
            sentence.all_caps,
            &mut lattice,
            range.start,
        );
    }
    let mut captures = Vec::new();
    for stage in &rules.stages {
        let mut matches: Vec<(usize, usize, &NameRule, Vec<Capture>)> = Vec::new();
        for at in 0..range.len() {
            let view = View { document, lexed, base: range.start, starts: &lattice.starts };
            let mut best: Option<(usize, i32, &NameRule, Vec<Capture>)> = None;
            let mut consider = |number: u32, scratch: &mut Scratch, captures: &mut Vec<Capture>| {
                let rule = &stage.rules[number as usize];
                if let Some(end) = rule.sequence.longest(&view, at, scratch, captures)
                    && best.as_ref().is_none_or(|(e, p, ..)| end > *e || end == *e && rule.priority > *p)
                {
                    best = Some((end, rule.priority, rule, captures.clone()));
                }
            };
            for number in stage.by_word.get(&lexed.words[range.start + at]).into_iter().flatten() {
                consider(*number, scratch, &mut captures);
            }
            let here = lattice.starts[at].iter().fold(TypeMask::NONE, |m, s| m.union(s.types));
            if here.meets(stage.types) {
                for (types, number) in &stage.by_type {
                    if types.meets(here) {
                        consider(*number, scratch, &mut captures);
                    }
                }
            }
            for number in &stage.always {
                consider(*number, scratch, &mut captures);
            }
            matches.extend(best.map(|(end, _, rule, captures)| (at, end, rule, captures)));
        }
        // Of matches that overlap the longest stands, then the one with the higher priority, then the first.
        matches.sort_by_key(|(at, end, rule, _)| (std::cmp::Reverse(end - at), std::cmp::Reverse(rule.priority), *at));
        let mut found: Vec<Mention> = Vec::new();
        let mut taken = vec![false; range.len()];
        for (at, end, rule, captures) in matches {
            if taken[at..end].iter().any(|t| *t) {
                continue;
            }
            taken[at..end].fill(true);
            let whole = (at, end);
            for (at, end, captures) in members(rule, at, end, &captures) {
                let mut mention = make(document, rules, rule, index, range.start, at, end, &captures, &lattice.all);
                mention.read = ((range.start + whole.0) as u32, (range.start + whole.1) as u32);
                found.push(mention);
            }
        }
        found.sort_by_key(|m| m.start);
        for mention in found {
            lattice.add(mention, range.start);
        }
    }
    lattice
}

impl Lattice {
    fn add(&mut self, mention: Mention, base: usize) {
        let at = mention.start as usize - base;
        let start = Start {
            end: mention.end - base as u32,
            types: TypeMask::of(mention.type_id),
            id: self.all.len() as u32,
            form: mention.form,
        };
        self.starts[at].push(start);
        self.all.push(mention);
    }

    /// The mentions that stand, in text order, and the entities named inside of them.
    fn settle(self, rules: &RuleSet) -> (Vec<Mention>, Vec<Mention>) {
        let mut order: Vec<usize> = (0..self.all.len())
            .filter(|i| {
                rules.types.get(self.all[*i].type_id).node || rules.types.get(self.all[*i].type_id).name == UNKNOWN
            })
            .collect();
        // Longer first; of equals a known entity, then what a rule composed, which was made later.
        order.sort_by_key(|&i| {
            let mention = &self.all[i];
            let length = mention.end - mention.start;
            (
                !rules.types.get(mention.type_id).node,
                std::cmp::Reverse(length),
                mention.entry.is_none() && mention.read == (mention.start, mention.end),
                std::cmp::Reverse(i),
            )
        });
        let mut taken: Vec<usize> = Vec::new();
        let mut inner: Vec<usize> = Vec::new();
        for i in order {
            let mention = &self.all[i];
            match taken.iter().find(|t| self.all[**t].start < mention.end && mention.start < self.all[**t].end) {
                None => taken.push(i),
                Some(t) => {
                    let outer = &self.all[*t];
                    // Titles name countries and bodies of their own; parts of a name do not.
                    let in_name = mention.start < outer.name.1 && outer.name.0 < mention.end;
                    let clash =
                        inner.iter().any(|k| self.all[*k].start < mention.end && mention.start < self.all[*k].end);
                    if outer.covers(mention) && !in_name && mention.entry.is_some() && !clash {
                        inner.push(i);
                    }
                }
            }
        }
        // What relations are read off stands inside of its name, whatever else does.
        let mut owners = taken.clone();
        while let Some(owner) = owners.pop() {
            for part in &self.all[owner].parts {
                let (id, own) = (part.id as usize, &self.all[owner]);
                let in_name = part.start < own.name.1 && own.name.0 < part.end;
                let clash = inner.iter().chain(&taken).any(|k| {
                    let other = &self.all[*k];
                    let apart = other.end <= part.start || part.end <= other.start;
                    let nested = part.start <= other.start && other.end <= part.end
                        || other.start <= part.start && part.end <= other.end;
                    !apart && (!nested || (other.start, other.end) == (part.start, part.end))
                });
                if !in_name && !clash {
                    inner.push(id);
                    owners.push(id);
                }
            }
        }
        let pick = |mut list: Vec<usize>| {
            list.sort_by_key(|&i| self.all[i].start);
            list.into_iter().map(|i| self.all[i].clone()).collect::<Vec<_>>()
        };
        (pick(taken), pick(inner))
    }
}

/// The type that name rules give to a name of which nothing else is known. Packs define it as `node = false`.
pub const UNKNOWN: &str = "Unknown";

#[allow(clippy::too_many_arguments)]
fn gazetteer_at(
    document: &Document,
    lexed: &Lexed,
    rules: &RuleSet,
    index: u32,
    token: usize,
    limit: usize,
    style: bool,
    all_caps: bool,
    lattice: &mut Lattice,
    base: usize,
) {
    let word = lexed.words[token];
    if word == WordId::NONE {
        return;
    }
    for surface in rules.gazetteer.starting(word) {
        let rest = rules.gazetteer.rest_of(surface);
        let end = token + 1 + rest.len();
        if end > limit || lexed.words[token + 1..end] != *rest {
            continue;
        }
        if surface.case == Case::Exact && !case_fits(lexed, token, end, surface.cap, surface.caps, style, all_caps) {
            continue;
        }
        let entry = rules.gazetteer.entry(surface.entry);
        let attributes = entry.attributes.iter().map(|(k, v)| (k.clone(), v.to_string())).collect();
        let mention = Mention {
            start: token as u32,
            end: end as u32,
            head: end as u32 - 1,
            name: (token as u32, end as u32),
            type_id: entry.type_id,
            form: surface.form,
            nominal: entry.nominal,
            pronoun: false,
            rule: rules.types.get(entry.type_id).name.to_lowercase().into(),
            entry: entry.entity.then_some(surface.entry),
            value: if entry.entity || !rules.types.get(entry.type_id).node {
                entry.name.to_string()
            } else {
                document.span(token as u32..end as u32).slice(document.text()).to_owned()
            },
            attributes,
            alias: None,
            sentence: index,
            read: (token as u32, end as u32),
            parts: Vec::new(),
        };
        lattice.add(mention, base);
    }
}

/// Capitals bind as the gazetteer writes them; where capitals are style, ordinary words are not taken for names.
fn case_fits(lexed: &Lexed, start: usize, end: usize, cap: u32, caps: u32, style: bool, all_caps: bool) -> bool {
    let fits = (start..end).enumerate().all(|(i, token)| {
        let flags = lexed.flags[token];
        let (cap, caps) = (cap & (1 << i.min(31)) != 0, caps & (1 << i.min(31)) != 0);
        (!cap || flags.has(Flags::CAP) || flags.has(Flags::CAPS) || flags.has(Flags::INITIAL))
            && (!caps || flags.has(Flags::CAPS) || flags.has(Flags::INITIAL))
    });
    // US in a headline of capitals may be the pronoun; a single ordinary word with a headline's capital is no name.
    let ordinary = end == start + 1 && style && lexed.flags[start].has(Flags::KNOWN) && (all_caps || caps == 0);
    fits && !ordinary
}

/// One space between words, none at the ends.
pub fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
