//! What a parse is made over: words, and names taken as one.

use crate::document::Document;
use crate::extract::lexed::Lexed;
use crate::extract::mention::Mention;
use crate::language::{Morph, Upos};
use crate::pattern::{Flags, WordId, is_possessive};
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
    /// Whether it is a mention with a determiner or an owner inside of it.
    pub determined: bool,
    /// Whether it is a mention of what *who* never stands for.
    pub thing: bool,
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
            let determined = (mention.start..mention.head).any(|t| {
                rules.function.determiner.contains(lexed.words[t as usize]) || is_possessive(document.surface(t))
            });
            let flags = lexed.flags[head];
            let thing = !mention.pronoun && rules.discourse.things.contains(mention.type_id);
            out.push(Unit { start: mention.start, end, word, mention: named, morph, flags, determined, thing });
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
            determined: false,
            thing: false,
        });
        token += 1;
    }
    out
}
