//! A trained model: one file of bytes, used where it lies.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use super::hashrows::HashRows;
use super::lexicon::Lexicon;
use super::marks::Marks;
use super::morph::{MORPH_BYTES, Morph, Tag, Upos};
use super::network::Network;
use super::parser::{Parse, Parser, Work};
use super::table::{CLASSES, SparseTable};
use super::tagger::{Memory, Tagger};
use super::word::{Word, lower_hash};

/// The first bytes of a model file: its kind and the number of its format.
const MAGIC: &[u8; 8] = b"ATLANG02";
const SECTIONS: usize = 6;

/// Weights and words learnt from a treebank: tags and parses sentences.
///
/// Immutable and shared between threads; each thread brings its own [`Scratch`].
#[derive(Clone, Debug)]
pub struct Model {
    bytes: Cow<'static, [u8]>,
    morphs: Vec<Morph>,
    sections: [Range<usize>; SECTIONS],
    network: Network,
    /// Its own among all models of the process, so that what a thread remembers of one is never taken for another's.
    number: u64,
}

/// The number of the next model; 0 is none's.
static NEXT: AtomicU64 = AtomicU64::new(1);

/// Working memory of one thread, reused from sentence to sentence.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    tagged: Memory,
    work: Work,
    marks: Marks,
}

/// The packed parts of a model under training.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parts {
    pub lexicon: Vec<u8>,
    pub tagger: Vec<u8>,
    pub network: Vec<u8>,
    pub words: Vec<u8>,
    pub outside: Vec<u8>,
}

/// Bytes that are no model, or one of another format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ModelError {
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    NotAModel,
    Damaged,
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            Kind::NotAModel => "not a language model of this version: train it again from the treebank",
            Kind::Damaged => "the language model is cut short or damaged",
        })
    }
}

impl std::error::Error for ModelError {}

impl Model {
    /// Takes a model in. Nothing is copied or built but the short list of tags, so this costs microseconds.
    ///
    /// # Errors
    /// When the bytes are no model of this format, or end too early.
    pub fn load(bytes: &'static [u8]) -> Result<Model, ModelError> {
        Model::from_bytes(Cow::Borrowed(bytes))
    }

    /// As [`Model::load`], for bytes read from a file.
    ///
    /// # Errors
    /// When the bytes are no model of this format, or end too early.
    pub fn from_bytes(bytes: Cow<'static, [u8]>) -> Result<Model, ModelError> {
        if bytes.get(..MAGIC.len()) != Some(MAGIC) {
            return Err(ModelError { kind: Kind::NotAModel });
        }
        let damaged = ModelError { kind: Kind::Damaged };
        let mut at = MAGIC.len();
        let mut sections: [Range<usize>; SECTIONS] = std::array::from_fn(|_| 0..0);
        for section in &mut sections {
            let length = bytes.get(at..at + 4).and_then(|b| b.first_chunk()).ok_or(damaged)?;
            let start = at + 4;
            let end = start.checked_add(u32::from_le_bytes(*length) as usize).ok_or(damaged)?;
            if end > bytes.len() {
                return Err(damaged);
            }
            *section = start..end;
            at = end;
        }
        let morphs: Vec<Morph> =
            bytes[sections[0].clone()].chunks(MORPH_BYTES).map(Morph::decode).collect::<Option<_>>().ok_or(damaged)?;
        let network = Network::read(&bytes[sections[3].clone()]).ok_or(damaged)?;
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let model = Model { bytes, morphs, sections, network, number };
        let readable = model.tagger().is_some() && model.parser().is_some();
        if at != model.bytes.len() || model.morphs.is_empty() || model.morphs.len() > CLASSES || !readable {
            return Err(damaged);
        }
        Ok(model)
    }

    /// Joins the parts of a freshly trained model.
    pub(crate) fn assemble(morphs: &[Morph], parts: &Parts) -> Vec<u8> {
        let morphs: Vec<u8> = morphs.iter().flat_map(|morph| morph.encode()).collect();
        let mut out = MAGIC.to_vec();
        for section in [&morphs, &parts.lexicon, &parts.tagger, &parts.network, &parts.words, &parts.outside] {
            out.extend((section.len() as u32).to_le_bytes());
            out.extend(section);
        }
        out
    }

    fn section(&self, number: usize) -> &[u8] {
        &self.bytes[self.sections[number].clone()]
    }

    fn tagger(&self) -> Option<Tagger<'_>> {
        Some(Tagger {
            lexicon: Lexicon::read(self.section(1))?,
            table: SparseTable::read(self.section(2))?,
            tags: self.morphs.len(),
        })
    }

    fn parser(&self) -> Option<Parser<'_>> {
        let (words, outside) = (HashRows::read(self.section(4))?, HashRows::read(self.section(5))?);
        Some(Parser { network: &self.network, words, outside })
    }

    /// What a tag says. A tag of another model that this one lacks is read as `X`.
    #[must_use]
    pub fn morph(&self, tag: Tag) -> Morph {
        self.morphs.get(tag.index()).copied().unwrap_or(Morph::of(Upos::X))
    }

    /// All tags, in their order.
    pub fn tags(&self) -> impl Iterator<Item = Tag> + '_ {
        (0..self.morphs.len()).map(|index| Tag(index as u8))
    }

    /// The tag that says this and as little more as the tagset allows: to override the tagger, for a folded name say.
    ///
    /// The part of speech always agrees where the tagset has it; among its tags the one sharing most features is taken.
    #[must_use]
    pub fn nearest_tag(&self, wanted: Morph) -> Tag {
        let closeness = |morph: &Morph| {
            let same = [
                morph.verb_form == wanted.verb_form,
                morph.tense == wanted.tense,
                morph.number == wanted.number,
                morph.passive == wanted.passive,
                morph.pron_type == wanted.pron_type,
                morph.poss == wanted.poss,
                morph.person == wanted.person,
                morph.degree == wanted.degree,
            ];
            let shared = same.iter().filter(|&&agrees| agrees).count();
            if morph.upos == wanted.upos { 100 + shared } else { shared }
        };
        let mut nearest = 0;
        for (index, morph) in self.morphs.iter().enumerate() {
            if closeness(morph) > closeness(&self.morphs[nearest]) {
                nearest = index;
            }
        }
        Tag(nearest as u8)
    }

    /// Whether the word was seen in the treebank in lower case and as no name.
    #[must_use]
    pub fn knows(&self, lowercase_word: &str) -> bool {
        self.entry(lowercase_word).is_some_and(|entry| entry.vocabulary())
    }

    /// About how often the word was seen in lower case and as no name: the greatest power of two not above the count.
    #[must_use]
    pub fn frequency(&self, lowercase_word: &str) -> u32 {
        self.entry(lowercase_word).map_or(0, |entry| entry.count())
    }

    fn entry(&self, word: &str) -> Option<super::lexicon::Entry> {
        Lexicon::read(self.section(1))?.get(lower_hash(word))
    }

    /// Tags the words of a sentence. `out` is cleared first and gets a tag for each.
    pub fn tag(&self, words: &[Word<'_>], scratch: &mut Scratch, out: &mut Vec<Tag>) {
        match self.tagger() {
            Some(tagger) => {
                scratch.tagged.belong_to(self.number);
                tagger.tag(words, &mut scratch.tagged, out);
            }
            None => out.clear(),
        }
    }

    /// Parses a tagged sentence. `out` is cleared first and gets a head and a relation for each word.
    ///
    /// The tags may be the caller's own. Words without a tag are left out; a sentence of more than 60,000 words is cut
    /// there, and the rest hangs on its first word as `dep`.
    pub fn parse(&self, words: &[Word<'_>], tags: &[Tag], scratch: &mut Scratch, out: &mut Parse) {
        const LONGEST: usize = 60_000;
        out.heads.clear();
        out.rels.clear();
        let Some(parser) = self.parser() else { return };
        let length = words.len().min(tags.len());
        if length == 0 {
            return;
        }
        let cut = length.min(LONGEST);
        scratch.work.belong_to(self.number);
        parser.run(&words[..cut], &tags[..cut], &mut scratch.work, out);
        scratch.marks.hang(|place| words[place].form, out);
        out.heads.resize(length, 1);
        out.rels.resize(length, super::deprel::Deprel::Dep);
    }
}
