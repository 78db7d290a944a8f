//! What a parse is made over: words, and names taken as one.

use crate::document::Document;
use crate::extract::lexed::Lexed;
use crate::extract::mention::Mention;
use crate::extract::time::DateMention;
use crate::language::{Morph, Tense, Upos, VerbForm};
use crate::pattern::{Flags, WordId};
use crate::rules::RuleSet;

/// One node of the parse: a word, or a mention taken as one.
#[derive(Debug, Clone, Copy)]
pub struct Unit {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
    /// The folded word that heads it; `NONE` for names.
    pub word: WordId,
    /// Index of its mention, if it is one.
    pub mention: Option<u32>,
    /// Tag and morphology.
    pub morph: Morph,
    /// Flags of its head token.
    pub flags: Flags,
}

impl Unit {
    /// Whether it is a mention by name.
    #[must_use]
    pub fn is_name(&self) -> bool {
        self.mention.is_some() && self.morph.upos == Upos::Propn
    }
}

/// Cuts a sentence into units, given the mentions that stand in it (in text order, not overlapping; first index is `offset`).
pub fn units(
    document: &Document,
    lexed: &Lexed,
    rules: &RuleSet,
    range: std::ops::Range<usize>,
    mentions: &[(u32, &Mention)],
) -> Vec<Unit> {
    let mut out = Vec::new();
    let mut next = mentions.iter().peekable();
    let mut token = range.start as u32;
    while token < range.end as u32 {
        while next.peek().is_some_and(|(_, m)| m.start < token) {
            next.next();
        }
        if let Some((index, mention)) = next.peek().filter(|(_, m)| m.start == token) {
            let head = mention.head as usize;
            let upos = if mention.pronoun {
                lexed.morphs[head].upos
            } else if mention.form == 1 && mention.end - mention.start == 1 && lexed.morphs[head].upos == Upos::Adj {
                Upos::Adj
            } else if mention.nominal {
                Upos::Noun
            } else {
                Upos::Propn
            };
            let mut morph = lexed.morphs[head];
            if upos != morph.upos {
                morph = Morph { number: morph.number, ..Morph::of(upos) };
            }
            let word =
                if mention.nominal || mention.pronoun || mention.form == 1 { lexed.words[head] } else { WordId::NONE };
            let (mut end, mut named) = (mention.end, Some(*index));
            // *Iran-backed*, *US-led*: one adjective that the name owns.
            let glued = |t: u32| (t as usize) < range.end && lexed.flags[t as usize].has(Flags::GLUED);
            if glued(end)
                && glued(end + 1)
                && document.surface(end) == "-"
                && lexed.flags[end as usize + 1].has(Flags::LOWER)
            {
                // *Egypt-style* is a word like any other.
                named = named.filter(|_| rules.classes.owning.contains(lexed.words[end as usize + 1]));
                end += 2;
                morph = Morph::of(Upos::Adj);
            }
            out.push(Unit { start: mention.start, end, word, mention: named, morph, flags: lexed.flags[head] });
            token = end;
            continue;
        }
        let t = token as usize;
        out.push(Unit {
            start: token,
            end: token + 1,
            word: lexed.words[t],
            mention: None,
            morph: lexed.morphs[t],
            flags: lexed.flags[t],
        });
        token += 1;
    }
    out
}

/// *Chadian police detained three men on Friday, a day after …*: a past form between who does it and to whom it is done is
/// finite, though taggers that see another verb further on take it for a participle.
pub(super) fn verbs_of_leads(document: &Document, rules: &RuleSet, dates: &[DateMention], units: &mut [Unit]) {
    let dated = |unit: &Unit| dates.iter().any(|date| (date.start..date.end).contains(&unit.start));
    for verb in 1..units.len().saturating_sub(1) {
        let (it, before) = (&units[verb], &units[verb - 1]);
        let candidate = it.mention.is_none()
            && it.morph.upos == Upos::Verb
            && it.morph.is_past_participle()
            && before.mention.is_some()
            && before.morph.is_nominal()
            && rules.index.verbs.contains(it.word)
            && !rules.discourse.doubling.contains(it.word);
        if !candidate {
            continue;
        }
        let opens = |u: &Unit| u.mention.is_none() && matches!(u.morph.upos, Upos::Det | Upos::Num | Upos::Adj);
        let Some(object) = (verb + 1..units.len()).take(4).find(|u| !opens(&units[*u])) else { continue };
        if units[object].mention.is_none() || !units[object].morph.is_nominal() || dated(&units[object]) {
            continue;
        }
        // *the man called Bo Lee was seen*: what follows before the clause ends would be its verb.
        let ends = |u: &Unit| {
            matches!(u.morph.upos, Upos::Sconj | Upos::Cconj)
                || u.mention.is_none() && (rules.classes.relative.contains(u.word) || document.surface(u.start) == ",")
        };
        let another =
            units[object + 1..].iter().take_while(|u| !ends(u)).any(|u| u.mention.is_none() && u.morph.is_finite());
        if !another {
            units[verb].morph =
                Morph { verb_form: Some(VerbForm::Fin), tense: Some(Tense::Past), ..Morph::of(Upos::Verb) };
        }
    }
}
