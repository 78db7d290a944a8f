//! A parsed sentence over units, and the grammatical relations read off its arcs.
//!
//! Names are one unit each, so a title with a name and three prepositions is one noun to the parser. Passive and active,
//! control, relative clauses and coordination are seen through here, once, so that a pattern never has to know of them.
//! The relations are those of Universal Dependencies, the same for every language.

use crate::document::{Document, Sentence};
use crate::language::{Deprel, Parse, Scratch as ModelScratch, Tag, Upos, VerbForm, Word};
use crate::pattern::WordSet;
use crate::rules::RuleSet;

use super::lexed::Lexed;
mod arguments;
mod units;
mod verbs;

pub use units::{Unit, units};
use verbs::{verbs_of_leads, verbs_of_sentences};

use super::mention::Mention;
use super::repair::repair;
use super::skip::Asides;
use super::time::DateMention;

/// A parsed sentence.
pub struct Syntax<'r> {
    /// Its units.
    pub units: Vec<Unit>,
    /// Head of each unit plus one; 0 is the root.
    pub heads: Vec<u16>,
    /// Relation to the head.
    pub rels: Vec<Deprel>,
    /// Whether the sentence is a headline or otherwise no full clause.
    pub broken: bool,
    children: Vec<Vec<u16>>,
    rules: &'r RuleSet,
}

impl<'r> Syntax<'r> {
    /// Parses a sentence with the mentions that stand in it, as [`units`] takes them, and its dates.
    pub fn of_sentence(
        document: &Document,
        lexed: &Lexed,
        rules: &'r RuleSet,
        sentence: &Sentence,
        mentions: &[(u32, &Mention)],
        dates: &[DateMention],
        scratch: &mut ModelScratch,
    ) -> Self {
        let parts = units(document, lexed, rules, sentence.range(), mentions);
        Self::of_units(document, lexed, rules, sentence, parts, mentions, dates, scratch)
    }

    /// Parses a sentence that was cut into units.
    #[allow(clippy::too_many_arguments)]
    pub fn of_units(
        document: &Document,
        lexed: &Lexed,
        rules: &'r RuleSet,
        sentence: &Sentence,
        mut parts: Vec<Unit>,
        mentions: &[(u32, &Mention)],
        dates: &[DateMention],
        scratch: &mut ModelScratch,
    ) -> Self {
        verbs_of_leads(document, rules, dates, &mut parts);
        if !document.is_headline(sentence) {
            verbs_of_sentences(document, rules, &mut parts);
        }
        let first = mentions.first().map_or(0, |(index, _)| *index);
        let head = |mention: u32| mentions[(mention - first) as usize].1.head;
        Self::parse(document, lexed, rules, parts, dates, document.is_headline(sentence), scratch, head)
    }

    #[allow(clippy::too_many_arguments)]
    fn parse(
        document: &Document,
        lexed: &Lexed,
        rules: &'r RuleSet,
        units: Vec<Unit>,
        dates: &[DateMention],
        broken: bool,
        scratch: &mut ModelScratch,
        head_token: impl Fn(u32) -> u32,
    ) -> Self {
        let count = units.len();
        let mut parse = Parse::default();
        if let Some(model) = &rules.model {
            let asides = Asides::find(document, lexed, rules, &units, dates);
            let kept = asides.kept(count);
            let parts: Vec<Unit> = kept.iter().map(|u| units[*u]).collect();
            let tokens: Vec<u32> = parts
                .iter()
                .map(|u| match u.mention {
                    Some(mention) if u.morph.upos != Upos::Adj => head_token(mention),
                    _ => u.end - 1,
                })
                .collect();
            let forms: Vec<_> = tokens.iter().map(|t| document.word(*t)).collect();
            let words: Vec<Word<'_>> = forms.iter().map(|f| Word::new(f)).collect();
            let tags: Vec<Tag> = parts
                .iter()
                .zip(&tokens)
                .map(|(u, t)| {
                    if u.morph == lexed.morphs[*t as usize] {
                        lexed.tags[*t as usize]
                    } else {
                        model.nearest_tag(u.morph)
                    }
                })
                .collect();
            model.parse(&words, &tags, scratch, &mut parse);
            if kept.len() < count && parse.heads.len() == kept.len() {
                parse = asides.hang_on(&kept, &units, &parse);
            }
        }
        if parse.heads.len() != count {
            parse.heads = vec![0; count];
            parse.rels = vec![Deprel::Dep; count];
        }
        repair(&units, &mut parse, broken, rules);
        let mut children = vec![Vec::new(); count];
        for (unit, head) in parse.heads.iter().enumerate() {
            if *head > 0 {
                children[*head as usize - 1].push(unit as u16);
            }
        }
        Self { units, heads: parse.heads, rels: parse.rels, broken, children, rules }
    }

    /// Dependents of a unit, in text order.
    pub fn children(&self, unit: usize) -> impl Iterator<Item = usize> + '_ {
        self.children[unit].iter().map(|c| *c as usize)
    }

    /// Dependents by one of these relations.
    pub fn by(&self, unit: usize, rels: &'static [Deprel]) -> impl Iterator<Item = usize> + '_ {
        self.children(unit).filter(move |c| rels.contains(&self.rels[*c]))
    }

    /// The head of a unit.
    pub fn head(&self, unit: usize) -> Option<usize> {
        (self.heads[unit] as usize).checked_sub(1)
    }

    /// Whether a unit is a verb in the passive, or a participle with passive meaning.
    pub fn is_passive(&self, unit: usize) -> bool {
        if self.by(unit, &[Deprel::AuxPass, Deprel::NsubjPass, Deprel::CsubjPass]).next().is_some() {
            return true;
        }
        let morph = &self.units[unit].morph;
        let participle = morph.upos == Upos::Verb && morph.is_past_participle();
        // *got criticized by Botswana*
        let done_by = participle
            && self.by(unit, &[Deprel::OblAgent]).next().is_some()
            && self.by(unit, &[Deprel::Obj]).next().is_none();
        if done_by {
            return true;
        }
        let bare = self.by(unit, &[Deprel::Aux, Deprel::Nsubj]).next().is_none();
        match self.rels[unit] {
            Deprel::Acl | Deprel::Advcl | Deprel::Xcomp if participle && bare => {
                self.by(unit, &[Deprel::Obj]).next().is_none()
            }
            // A verb coordinated with a passive one shares its auxiliary and its voice.
            Deprel::Conj if participle && bare => self
                .head(unit)
                .is_some_and(|h| h != unit && self.units[h].morph.upos == Upos::Verb && self.is_passive(h)),
            _ => false,
        }
    }

    /// Whether one of these opens the phrase or clause of a unit. *Out of* is *of* as well, *according to* is no *to*.
    fn case_of(&self, unit: usize, set: &WordSet) -> bool {
        self.children(unit).any(|c| {
            let word = self.units[c].word;
            matches!(self.rels[c], Deprel::Case | Deprel::Mark)
                && (set.contains(word)
                    || self.rules.function.adposition.contains(word)
                        && self.by(c, &[Deprel::Fixed]).any(|f| set.contains(self.units[f].word)))
        })
    }

    /// The unit and everything coordinated below it.
    pub fn with_conjuncts(&self, unit: usize, out: &mut Vec<usize>) {
        if out.contains(&unit) || out.len() > 64 {
            return;
        }
        out.push(unit);
        for child in self.by(unit, &[Deprel::Conj]) {
            // A coordinated clause is no coordinated argument.
            let clause = self.by(child, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Cop]).next().is_some();
            // *thanked Greece, not Albania*
            let denied = self.by(child, &[Deprel::Advmod]).any(|c| self.rules.cues.denies(self.units[c].word));
            if !clause && !denied {
                self.with_conjuncts(child, out);
            }
        }
        // *several countries, including Chile*
        for child in self.by(unit, &[Deprel::Nmod]).filter(|c| *c > unit) {
            let start = self.children(child).min().unwrap_or(child).min(child);
            let parted = start > 0 && self.units[start - 1].morph.upos == Upos::Punct
                || self.units[start].morph.upos == Upos::Punct;
            if parted && self.case_of(child, &self.rules.classes.including) {
                self.with_conjuncts(child, out);
            }
        }
        // *met A, B and C*: a parser takes the second name of a list for an apposition of the first.
        if self.units[unit].is_name() {
            for child in self.by(unit, &[Deprel::Appos, Deprel::List, Deprel::Flat]) {
                if self.units[child].is_name() && self.listed(child) {
                    self.with_conjuncts(child, out);
                }
            }
        }
    }

    /// Whether a comma or a conjunction stands before a unit and its determiner.
    fn listed(&self, unit: usize) -> bool {
        let mut before = unit;
        while before > 0 && self.units[before - 1].morph.upos == Upos::Det {
            before -= 1;
        }
        before > 0 && matches!(self.units[before - 1].morph.upos, Upos::Punct | Upos::Cconj)
    }

    fn is_relative(&self, unit: usize) -> bool {
        self.units[unit].mention.is_none() && self.rules.classes.relative.contains(self.units[unit].word)
    }

    /// The noun that a relative clause with root `verb` stands on.
    fn antecedent(&self, verb: usize) -> Option<usize> {
        let mut at = verb;
        for _ in 0..6 {
            match self.rels[at] {
                Deprel::AclRelcl => return self.head(at),
                Deprel::Conj | Deprel::Xcomp | Deprel::Ccomp => at = self.head(at)?,
                _ => return None,
            }
        }
        None
    }

    fn resolve_relative(&self, verb: usize, unit: usize) -> usize {
        if self.is_relative(unit) { self.antecedent(verb).unwrap_or(unit) } else { unit }
    }

    /// The grammatical subject of a verb, active or passive, found through control and coordination.
    pub fn surface_subjects(&self, unit: usize, depth: usize, out: &mut Vec<usize>) {
        let before = out.len();
        const SUBJECTS: &[Deprel] = &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::NsubjOuter];
        // A verb has one subject; where a relative pronoun stands beside another, it is no subject.
        let own = self.by(unit, SUBJECTS).any(|c| !self.is_relative(c));
        for child in self.by(unit, SUBJECTS).filter(|c| !own || !self.is_relative(*c)) {
            self.with_conjuncts(self.resolve_relative(unit, child), out);
        }
        if out.len() > before || depth > 6 {
            return;
        }
        let Some(head) = self.head(unit) else { return };
        match self.rels[unit] {
            Deprel::Conj
                if (self.units[head].morph.upos == Upos::Verb
                    || self.units[head].morph.upos == Upos::Aux
                    || self.units[unit].morph.upos != Upos::Noun) =>
            {
                self.surface_subjects(head, depth + 1, out);
            }
            Deprel::Xcomp | Deprel::Ccomp => {
                if self.rels[unit] == Deprel::Ccomp && self.units[unit].morph.verb_form == Some(VerbForm::Fin) {
                    return;
                }
                let mut objects = Vec::new();
                if self.asks(head) && self.by(head, &[Deprel::Obj, Deprel::Iobj]).next().is_none() {
                    self.asked(head, unit, &mut objects);
                }
                let links = self.rules.discourse.linking.contains(self.units[head].word);
                for child in self.by(head, &[Deprel::Obj, Deprel::Iobj]).filter(|_| !links) {
                    if self.units[child].mention.is_some()
                        || self.rules.discourse.transparent.contains(self.units[child].word)
                    {
                        self.with_conjuncts(child, &mut objects);
                    }
                }
                if objects.is_empty() { self.surface_subjects(head, depth + 1, out) } else { out.extend(objects) }
            }
            Deprel::Advcl | Deprel::AdvclRelcl => {
                // An object before a purpose or complement clause controls it (*urged B to leave*), and so does one
                // before an adposition of cause (*praised B for leaving*).
                let infinitive = self.units[unit].morph.verb_form == Some(VerbForm::Inf);
                let asks = infinitive && self.asks(head);
                let cause = self.case_of(unit, &self.rules.classes.object_control);
                let mut objects = Vec::new();
                if asks || cause {
                    self.objects(head, &mut objects);
                    objects.retain(|o| self.units[*o].mention.is_some());
                    if asks && objects.is_empty() {
                        self.asked(head, unit, &mut objects);
                    }
                }
                if objects.is_empty() {
                    self.surface_subjects(head, depth + 1, out);
                } else {
                    out.extend(objects);
                }
            }
            Deprel::Acl => {
                let infinitive = self.units[unit].morph.verb_form == Some(VerbForm::Inf);
                if infinitive {
                    let mut owners = Vec::new();
                    self.owners(head, &mut owners);
                    if owners.is_empty() {
                        // *discussed the campaign to free Mosul*: who does it is not said.
                        if let Some(verb) = self.head(head).filter(|verb| {
                            matches!(self.rels[head], Deprel::Obj | Deprel::NsubjPass | Deprel::Obl | Deprel::Xcomp)
                                && !self.rules.discourse.topics.contains(self.units[*verb].word)
                        }) {
                            self.surface_subjects(verb, depth + 1, out);
                        }
                    } else {
                        out.extend(owners);
                    }
                } else {
                    self.with_conjuncts(head, out);
                }
            }
            Deprel::AclRelcl => self.with_conjuncts(head, out),
            // *hails Malaysia, slams Denmark*
            Deprel::Parataxis
                if self.broken
                    || unit > head
                        && self.units[head].morph.upos == Upos::Verb
                        && self.units[unit - 1].morph.upos == Upos::Punct =>
            {
                self.surface_subjects(head, depth + 1, out);
            }
            _ => {}
        }
    }

    /// Whether a verb asks somebody for something.
    fn asks(&self, verb: usize) -> bool {
        self.rules.cues.asks(self.units[verb].word)
    }

    /// Who is asked where the verb takes an adposition: *called on B to leave*, *appealed to B to stay*.
    fn asked(&self, verb: usize, deed: usize, out: &mut Vec<usize>) {
        let between = |c: &usize| (verb..deed).contains(c) && self.units[*c].mention.is_some();
        if let Some(asked) = self.by(verb, &[Deprel::Obl]).filter(between).last() {
            self.with_conjuncts(asked, out);
        }
    }

    fn agents(&self, unit: usize, out: &mut Vec<usize>) {
        for child in self.by(unit, &[Deprel::OblAgent, Deprel::Obl]) {
            if self.rels[child] == Deprel::OblAgent || self.case_of(child, &self.rules.function.agent) {
                self.with_conjuncts(child, out);
            }
        }
        // *was praised and thanked by Chile*: coordinated passives share the agent that follows the last.
        if out.is_empty() {
            for child in self.by(unit, &[Deprel::Conj]).filter(|c| self.is_passive(*c)) {
                self.agents(child, out);
            }
        }
        // The same with the agent hung on the first of them.
        if out.is_empty()
            && self.rels[unit] == Deprel::Conj
            && let Some(first) = self.head(unit).filter(|first| self.is_passive(*first))
        {
            for child in self.by(first, &[Deprel::OblAgent]).filter(|c| *c > unit) {
                self.with_conjuncts(child, out);
            }
        }
        // *was accused of smuggling by Chile*: the agent may hang on what the verb is about.
        if out.is_empty() {
            for about in self.by(unit, &[Deprel::Obl, Deprel::Advcl, Deprel::Xcomp]) {
                for child in self.by(about, &[Deprel::OblAgent, Deprel::Obl, Deprel::Nmod]) {
                    if self.case_of(child, &self.rules.function.agent) {
                        self.with_conjuncts(child, out);
                    }
                }
            }
        }
    }

    /// Whether a verb has a mark of the infinitive or is one.
    pub fn is_infinitive(&self, unit: usize) -> bool {
        self.units[unit].morph.verb_form == Some(VerbForm::Inf)
            || self.by(unit, &[Deprel::Mark]).any(|c| self.rules.function.infinitive.contains(self.units[c].word))
    }
}
