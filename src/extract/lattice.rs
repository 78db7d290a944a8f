//! The lattice of a sentence: every name that gazetteers know and name rules compose, and which of them stand.

use crate::document::{Document, Sentence};
use crate::pattern::{Capture, Flags, Hopes, Scratch as SequenceScratch, Start, Tokens, TypeMask, WordId};
use crate::rules::{Case, NameRule, RuleSet};

use super::candidate::Candidate;
use super::compose::{make, members};
use super::lexed::Lexed;
use super::mention::{Mention, UNKNOWN};

/// Everything found in one sentence: candidates in the order found, and those that stand.
#[derive(Debug, Default)]
pub struct Lattice {
    /// All candidates.
    pub all: Vec<Candidate>,
    starts: Starts,
    /// The first token of the sentence.
    base: usize,
}

/// The candidates that begin at each token of the sentence.
#[derive(Debug, Default)]
struct Starts {
    /// By token: the one found last, and the types of all.
    heads: Vec<(u32, TypeMask)>,
    /// By candidate, with the one found before it at the same token.
    links: Vec<(Start, u32)>,
}

/// No candidate.
const NOBODY: u32 = u32::MAX;

impl Starts {
    fn new(tokens: usize) -> Self {
        Self { heads: vec![(NOBODY, TypeMask::NONE); tokens], links: Vec::new() }
    }

    fn push(&mut self, at: usize, start: Start) {
        let (head, types) = &mut self.heads[at];
        self.links.push((start, *head));
        *head = self.links.len() as u32 - 1;
        types.insert(start.type_id);
    }

    fn at(&self, at: usize) -> impl Iterator<Item = &Start> {
        let mut next = self.heads[at].0;
        std::iter::from_fn(move || {
            let (start, before) = self.links.get(next as usize)?;
            next = *before;
            Some(start)
        })
    }
}

struct View<'a> {
    document: &'a Document,
    lexed: &'a Lexed,
    base: usize,
    starts: &'a Starts,
}

impl Tokens for View<'_> {
    fn len(&self) -> usize {
        self.starts.heads.len()
    }
    fn word(&self, at: usize) -> WordId {
        self.lexed.words[self.base + at]
    }
    fn form(&self, at: usize) -> u32 {
        self.lexed.forms[self.base + at]
    }
    fn text(&self, at: usize) -> &str {
        self.document.surface((self.base + at) as u32)
    }
    fn flags(&self, at: usize) -> Flags {
        self.lexed.flags[self.base + at]
    }
    fn types(&self, at: usize) -> &TypeMask {
        &self.starts.heads[at].1
    }
    fn starts(&self, at: usize) -> impl Iterator<Item = &Start> {
        self.starts.at(at)
    }
}

/// Working memory, reused from sentence to sentence.
#[derive(Debug, Default)]
pub struct Scratch {
    sequence: SequenceScratch,
    /// By stage.
    hopes: Vec<Hopes>,
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
    let lattice = lattice(document, lexed, rules, index, sentence, scratch);
    let (outer, inner) = lattice.settle(rules);
    let made = |list: Vec<usize>| list.into_iter().map(|i| lattice.all[i].mention(document, rules, index)).collect();
    (made(outer), made(inner))
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
    let mut lattice = Lattice { all: Vec::new(), starts: Starts::new(range.len()), base: range.start };
    let text = Text { lexed, rules, sentence };
    for token in range.clone() {
        text.gazetteer_at(token, &mut lattice);
    }
    let (mut captures, mut chosen) = (Vec::new(), Vec::new());
    let Scratch { sequence, hopes } = scratch;
    hopes.resize_with(hopes.len().max(rules.stages.len()), Hopes::default);
    for (stage, hopes) in rules.stages.iter().zip(hopes) {
        let mut matches: Vec<(usize, usize, &NameRule, Vec<Capture>)> = Vec::new();
        let view = View { document, lexed, base: range.start, starts: &lattice.starts };
        stage.openers.survey(&view, lexed.epoch, hopes);
        for at in 0..range.len() {
            if text.is_verb(range.start + at) {
                continue;
            }
            let mut best: Option<(usize, &NameRule)> = None;
            stage.openers.at(at, hopes, |number| {
                let rule = &stage.rules[number as usize];
                if let Some(end) = rule.sequence.longest(&view, at, sequence, &mut captures)
                    && best.is_none_or(|(e, r)| end > e || end == e && rule.priority > r.priority)
                {
                    best = Some((end, rule));
                    std::mem::swap(&mut captures, &mut chosen);
                }
            });
            matches.extend(best.map(|(end, rule)| (at, end, rule, chosen.clone())));
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
            lattice.add(Candidate::made(mention));
        }
    }
    lattice
}

/// A sentence, for look-ups.
struct Text<'a> {
    lexed: &'a Lexed,
    rules: &'a RuleSet,
    sentence: &'a Sentence,
}

impl Text<'_> {
    /// Adds the names that a gazetteer knows and that begin at a token.
    fn gazetteer_at(&self, token: usize, lattice: &mut Lattice) {
        let Text { lexed, rules, sentence } = *self;
        let word = lexed.words[token];
        if word == WordId::NONE {
            return;
        }
        for surface in rules.gazetteer.starting(word) {
            let rest = rules.gazetteer.rest_of(surface);
            let end = token + 1 + rest.len();
            if end > sentence.range().end
                || lexed.words[token + 1..end] != *rest
                || surface.case == Case::Exact && !self.case_fits(token, end, surface.cap, surface.caps)
            {
                continue;
            }
            lattice.add(Candidate::known(rules, surface.entry, surface.form, token as u32, end as u32));
        }
    }

    /// *General Bo Lee deposed President Ann Berg*: no name begins with the verb of the name before.
    fn is_verb(&self, token: usize) -> bool {
        let flags = self.lexed.flags[token];
        flags.has(Flags::VERB)
            && flags.has(Flags::FINITE)
            && flags.has(Flags::LOWER)
            && token > self.sentence.range().start
            && self.lexed.flags[token - 1].has(Flags::NAME)
    }

    /// Capitals bind as the gazetteer writes them; where capitals are style, ordinary words are not taken for names.
    fn case_fits(&self, start: usize, end: usize, cap: u32, caps: u32) -> bool {
        let flags = &self.lexed.flags;
        let fits = (start..end).enumerate().all(|(i, token)| {
            let flags = flags[token];
            let (cap, caps) = (cap & (1 << i.min(31)) != 0, caps & (1 << i.min(31)) != 0);
            (!cap || flags.has(Flags::CAP) || flags.has(Flags::CAPS) || flags.has(Flags::INITIAL))
                && (!caps || flags.has(Flags::CAPS) || flags.has(Flags::INITIAL))
        });
        let style = self.sentence.capitals_are_style();
        // US in a headline of capitals may be the pronoun; a single ordinary word with a headline's capital is no name.
        let ordinary =
            end == start + 1 && style && flags[start].has(Flags::KNOWN) && (self.sentence.all_caps || caps == 0);
        fits && !ordinary
    }
}

impl Lattice {
    fn add(&mut self, candidate: Candidate) {
        let Candidate { start, end, type_id, form, .. } = candidate;
        let id = self.all.len() as u32;
        self.starts.push(start as usize - self.base, Start { end: end - self.base as u32, id, type_id, form });
        self.all.push(candidate);
    }

    /// The numbers of the candidates that stand, in text order, and of the entities named inside of them.
    fn settle(&self, rules: &RuleSet) -> (Vec<usize>, Vec<usize>) {
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
                mention.entry(rules).is_none() && mention.read() == (mention.start, mention.end),
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
                    let name = outer.name();
                    let in_name = mention.start < name.1 && name.0 < mention.end;
                    let clash =
                        inner.iter().any(|k| self.all[*k].start < mention.end && mention.start < self.all[*k].end);
                    let covers = outer.start <= mention.start && mention.end <= outer.end;
                    if covers && !in_name && mention.entry(rules).is_some() && !clash {
                        inner.push(i);
                    }
                }
            }
        }
        // What relations are read off stands inside of its name, whatever else does.
        let mut owners = taken.clone();
        while let Some(owner) = owners.pop() {
            let name = self.all[owner].name();
            for part in self.all[owner].parts() {
                let id = part.id as usize;
                let in_name = part.start < name.1 && name.0 < part.end;
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
        taken.sort_by_key(|&i| self.all[i].start);
        inner.sort_by_key(|&i| self.all[i].start);
        (taken, inner)
    }
}
