//! The compiled rules: immutable, shared by threads, without a word of any language in its code.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::gazetteer::Gazetteer;
use super::index::ClauseIndex;
use super::inference::Inference;
use super::types::Types;
use super::words::{Classes, Cues, Dates, Discourse, Pronoun};
use super::written::IdentityWritten;
use crate::diagnostic::SourceFile;
use crate::document::{Conventions, LazyRegex};
use crate::language::{Inflector, Model};
use crate::pattern::{Clause, FunctionWords, Lexis, Openers, Sequence, TypeId, TypeMask, WordId, WordSet};
use crate::source::Span;

/// A pack that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackInfo {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// Everything rule files say, compiled.
pub struct RuleSet {
    /// Tells it apart from every other rule set of the program.
    pub number: u64,
    /// The packs, those built upon first.
    pub packs: Vec<PackInfo>,
    /// SHA-256 over the paths and SHA-256 sums of all files of all packs, in lower-case hexadecimal.
    pub sha256: String,
    /// The closed vocabulary.
    pub lexis: Lexis,
    /// Ordinary words that rules speak of, in all their inflections.
    pub ordinary: WordSet,
    /// Function words.
    pub function: FunctionWords,
    /// Further classes of function words.
    pub classes: Classes,
    /// The types.
    pub types: Types,
    /// Known names.
    pub gazetteer: Gazetteer,
    /// Rules that compose mentions, by stage.
    pub stages: Vec<Stage>,
    /// Rules that narrow types.
    pub refine: Vec<Refine>,
    /// Metonymy.
    pub stands_for: Vec<StandsFor>,
    /// The relations, in order of definition.
    pub relations: Vec<Relation>,
    /// Codes that change with a statement's standing.
    pub recodes: Vec<Recode>,
    /// The rules that find them.
    pub rules: Vec<Rule>,
    /// Rules that conclude relations from others, in order of definition.
    pub inferences: Vec<Inference>,
    /// Which clauses to try in a sentence.
    pub index: ClauseIndex,
    /// Rules that read the parts of names, the one to try first first.
    pub part_rules: Vec<u32>,
    /// Examples of the rules that compose mentions, by the rule's id: `expect` is the name, and attributes to be found.
    pub name_examples: Vec<(Arc<str>, Example)>,
    /// Longer texts with what must come out of them.
    pub tests: Vec<PackTest>,
    /// Parts of a graph that have a name, by name.
    pub views: Vec<View>,
    /// Where things lie, by the attribute that says so.
    pub maps: Vec<Map>,
    /// Events that relations give rise to.
    pub events: Vec<EventRule>,
    /// Pronouns.
    pub pronouns: FxHashMap<WordId, Vec<Pronoun>>,
    /// Cues for polarity and modality.
    pub cues: Cues,
    /// How reference works.
    pub discourse: Discourse,
    /// Words of dates.
    pub dates: Dates,
    /// Who is who across documents.
    pub identity: IdentityWritten,
    /// How texts are cut up.
    pub conventions: Arc<Conventions>,
    /// Tagger and parser.
    pub model: Option<Model>,
    /// How words inflect: only for what writes rules, never for documents.
    pub inflector: Option<Inflector>,
}

/// A part of a graph that has a name. What is empty does not narrow it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct View {
    /// Its name.
    pub name: String,
    /// What it shows.
    pub doc: String,
    /// Its relations.
    pub relations: Vec<String>,
    /// Types of its nodes, narrower ones included.
    pub types: Vec<String>,
    /// How its relations are told: a modality, or `denied`.
    pub told: Vec<String>,
    /// The least number of documents behind a relation.
    pub min_support: u32,
}

/// A latitude and a longitude, in thousandths of a degree north and east.
pub type Degrees = (i32, i32);

/// Where nodes are drawn by the value of an attribute.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Map {
    /// The attribute.
    pub by: String,
    /// Places by name, sorted.
    pub places: Vec<(String, Degrees)>,
    /// Outlines of land.
    pub land: Vec<Vec<Degrees>>,
    /// Lines on it.
    pub borders: Vec<Vec<Degrees>>,
}

/// The name rules that run together.
#[derive(Debug, Default)]
pub struct Stage {
    /// Its rules.
    pub rules: Vec<NameRule>,
    /// Which of their patterns to try at a token.
    pub openers: Openers,
}

/// A compiled name rule, one pattern of it.
#[derive(Debug)]
pub struct NameRule {
    /// The rule's id.
    pub id: Arc<str>,
    /// The type it gives.
    pub gives: TypeId,
    /// The pattern.
    pub sequence: Sequence,
    /// Longer first, then this.
    pub priority: i32,
    /// Whether it names or describes.
    pub nominal: bool,
    /// Attributes.
    pub set: Vec<(Box<str>, Template)>,
    /// The name.
    pub value: Option<Template>,
    /// The gazetteer entity that is meant.
    pub key: Option<Template>,
    /// Another name that the text gives it.
    pub alias: Option<Template>,
    /// Index of the role that heads it.
    pub head: Option<u8>,
    /// Index of the role that makes a mention of every stretch it matched.
    pub each: Option<u8>,
    /// Index of the role that all of these share, wherever it stands.
    pub shared: Option<u8>,
    /// Roles whose fillers relations are read off: their indices and names.
    pub parts: Vec<(u8, Arc<str>)>,
}

/// A text with places for what roles matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Literal text and roles, alternating as written.
    pub parts: Vec<TemplatePart>,
}

/// A part of a [`Template`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplatePart {
    /// Taken as it stands.
    Text(Box<str>),
    /// What a role matched; with an attribute, that attribute of the mention.
    Role(u8, Option<Box<str>>),
}

/// Narrows a type.
#[derive(Debug)]
pub struct Refine {
    /// From this type.
    pub from: TypeId,
    /// By this attribute.
    pub attribute: String,
    /// That matches.
    pub matches: LazyRegex,
    /// To this type.
    pub to: TypeId,
    /// Setting these attributes.
    pub set: BTreeMap<String, String>,
}

/// A mention of one type may stand for an entity of another.
#[derive(Debug, Clone)]
pub struct StandsFor {
    /// The type mentioned.
    pub mentioned: TypeId,
    /// The type meant.
    pub meant: TypeId,
    /// The attribute of the mention that names the entity meant.
    pub attribute: String,
    /// Slots that take no more than these are meant literally.
    pub literal: TypeMask,
}

/// A relation.
#[derive(Debug, Clone)]
pub struct Relation {
    /// Its name.
    pub name: String,
    /// What it says.
    pub doc: String,
    /// What its ends may be; empty is anything.
    pub between: Option<(TypeMask, TypeMask)>,
    /// The same, as written.
    pub between_names: Option<(String, String)>,
    /// Whether direction has no meaning.
    pub symmetric: bool,
    /// Codes in other schemes.
    pub codes: BTreeMap<String, String>,
    /// How it is drawn.
    pub draw: BTreeMap<String, String>,
    /// The words on an edge.
    pub label: String,
}

/// Codes that relations carry when a statement has a certain standing: a visit refused is no visit to most schemes.
#[derive(Debug, Clone)]
pub struct Recode {
    /// The standing.
    pub when: Status,
    /// By scheme, code by code; a code stands for all that begin with it, and the longest that fits counts.
    pub codes: BTreeMap<String, BTreeMap<String, String>>,
}

impl Recode {
    /// Changes the codes of a relation.
    pub fn apply(&self, codes: &mut BTreeMap<String, String>) {
        for (scheme, changes) in &self.codes {
            let Some(code) = codes.get_mut(scheme) else { continue };
            let fits = changes.iter().filter(|(from, _)| code.starts_with(from.as_str()));
            if let Some((_, to)) = fits.max_by_key(|(from, _)| from.len()) {
                to.clone_into(code);
            }
        }
    }
}

/// A statement's status, as cues and rules say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Told as a fact.
    Asserted,
    /// Denied.
    Negative,
    /// Intended.
    Planned,
    /// Asked for.
    Requested,
    /// May be.
    Possible,
    /// Hearsay or accusation.
    Alleged,
    /// Said by someone: the speaker is recorded, the status stays.
    Reported,
}

impl Status {
    /// All, with the words rule files use.
    pub const NAMED: &'static [(&'static str, Status)] = &[
        ("asserted", Status::Asserted),
        ("negative", Status::Negative),
        ("planned", Status::Planned),
        ("requested", Status::Requested),
        ("possible", Status::Possible),
        ("alleged", Status::Alleged),
        ("reported", Status::Reported),
    ];
}

/// A compiled relation rule.
#[derive(Debug)]
pub struct Rule {
    /// Its id.
    pub id: Arc<str>,
    /// Index of its relation.
    pub relation: u32,
    /// Its plain clauses.
    pub clauses: Vec<Clause>,
    /// The patterns that they were spread out from.
    pub patterns: Vec<PatternSource>,
    /// The role that is the source.
    pub source: String,
    /// The role that is the target.
    pub target: String,
    /// Optional attribute parts: adpositions, role, types.
    pub optional: Vec<OptionalPart>,
    /// Words that must not hang on any word of the match.
    pub unless: WordSet,
    /// Whether only the written voice and order counts.
    pub as_written: bool,
    /// Whether its source is who says it.
    pub by_speaker: bool,
    /// Status read otherwise than the sentence says.
    pub reading: Vec<(Status, Status)>,
    /// Statuses the rule asks for; empty is any.
    pub only: Vec<Status>,
    /// Confidence of a match by grammar.
    pub confidence: f64,
    /// Which of two readings stands.
    pub priority: i32,
    /// Which pack it comes from, as an index in reading order: packs that are built upon come first.
    pub pack: usize,
    /// Examples: what must come out, and what must not.
    pub examples: Vec<Example>,
    /// What it reads off the parts of names, where it has no clauses.
    pub reads: Option<PartReading>,
    /// The file it stands in.
    pub file: Arc<SourceFile>,
    /// Bytes of the file that hold its id.
    pub span: Span,
}

/// A relation that a name's own parts tell: *the army's spokesman Col. Lund*.
#[derive(Debug)]
pub struct PartReading {
    /// Types of the name.
    pub of: TypeMask,
    /// The same, as written.
    pub of_name: String,
    /// Roles that fill the target.
    pub roles: Vec<Arc<str>>,
    /// Attributes of the name and what they must match.
    pub when: Vec<(Box<str>, LazyRegex)>,
}

/// A pattern as an analyst wrote it, so that what it did can be shown in its own words.
#[derive(Debug, Clone)]
pub struct PatternSource {
    /// The pattern.
    pub text: String,
    /// The file it stands in.
    pub file: Arc<SourceFile>,
    /// Bytes of the file, quotation marks included.
    pub span: Span,
    /// Byte of the file where the pattern begins; none where the file writes it with escapes.
    pub body: Option<u32>,
    /// Which of the rule's clauses it gave.
    pub clauses: Range<u32>,
}

impl Rule {
    /// Whether it puts another rule aside that reads the same words: by a higher priority, and not from a pack below the
    /// other's, since whoever builds on a pack has the last word.
    pub fn outranks(&self, other: &Rule) -> bool {
        self.priority > other.priority && self.pack >= other.pack
    }

    /// The pattern that a clause was spread out from.
    pub fn pattern_of(&self, clause: u32) -> Option<&PatternSource> {
        self.patterns.iter().find(|pattern| pattern.clauses.contains(&clause))
    }
}

impl PatternSource {
    /// Bytes of the file for bytes of the pattern: the whole string where the file writes it with escapes.
    pub fn place(&self, part: Span) -> Span {
        self.body.map_or(self.span, |body| Span::new(body + part.start, body + part.end))
    }

    /// The line of the file that the pattern begins on, from 1.
    pub fn line(&self) -> usize {
        self.file.line_of(self.span.start)
    }
}

/// An optional part of a relation rule.
#[derive(Debug, Clone)]
pub struct OptionalPart {
    /// Adpositions that open it; empty is any.
    pub adpositions: WordSet,
    /// The attribute it fills.
    pub role: String,
    /// What may fill it.
    pub types: TypeMask,
}

/// An example sentence of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The text.
    pub text: String,
    /// `source, target` that must come out; none where only the rule's firing counts.
    pub expect: Option<(String, String)>,
    /// Whether the rule must fire.
    pub yes: bool,
    /// Whether it is known not to work yet.
    pub todo: bool,
}

/// A text of a pack with what must, and what must not, come out of it, each as a line: `Ana Rojas met-with Tom Okoro`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackTest {
    /// What it shows, or else its file and line.
    pub name: String,
    /// The text.
    pub text: String,
    /// What must come out.
    pub yes: Vec<String>,
    /// What must not.
    pub no: Vec<String>,
    /// What should, and is known not to.
    pub todo: Vec<String>,
}

/// A compiled event definition.
#[derive(Debug, Clone)]
pub struct EventRule {
    /// The event's type.
    pub type_id: TypeId,
    /// Relations that make one.
    pub from: Vec<u32>,
    /// Relation between source and event.
    pub source: String,
    /// Relation between target and event.
    pub target: String,
    /// Relation between event and place.
    pub place: Option<String>,
    /// Its name, with `{source}` and `{target}`.
    pub name: String,
}

impl RuleSet {
    /// The codes of a relation that is told with this standing; of several that apply, denial counts first.
    pub fn codes(&self, relation: &Relation, mut standings: impl Iterator<Item = Status>) -> BTreeMap<String, String> {
        let mut codes = relation.codes.clone();
        if let Some(recode) = standings.find_map(|s| self.recodes.iter().find(|r| r.when == s)) {
            recode.apply(&mut codes);
        }
        codes
    }

    /// The relation of that name.
    pub fn relation(&self, name: &str) -> Option<&Relation> {
        self.relations.iter().find(|r| r.name == name)
    }
}

impl std::fmt::Debug for RuleSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RuleSet").field("packs", &self.packs).field("rules", &self.rules.len()).finish_non_exhaustive()
    }
}
