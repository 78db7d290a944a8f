//! Written rules become one immutable [`RuleSet`], or diagnostics: all of them at once.
//!
//! `read` (syntax and shape) → `types` → `words` (function words, inflection, lists) → `lexicon` → `names` → `relations`
//! → `discourse`. Each step is total: it reports what is wrong, leaves that item out and goes on.

mod ahead;
mod discourse;
mod examples;
mod find;
mod inference;
mod lexicon;
mod limits;
mod map;
mod names;
mod parts;
mod ready;
mod relations;
mod remains;
mod rows;
mod strata;
mod table;
mod types;
mod views;
mod words;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use ahead::Ahead;
pub(super) use find::find;
pub use find::{Unsaved, gather, load};
pub use remains::Remains;
pub(super) use words::inflect;

use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use super::files::PackFiles;
use super::gazetteer::Gazetteer;
use super::index::ClauseIndex;
use super::read::{Item, Written};
use super::ruleset::{PackInfo, RuleSet};
use super::spanned::Spanned;
use super::types::Types;
use super::words::Classes;
use crate::diagnostic::{Diagnostic, Severity, SourceFile, nearest};
use crate::pattern::{
    Definition, FunctionWords, Lexis, Memo, PatternError, PatternFault, Vocabulary, WordClass, WordSet,
};
use crate::source::Span;

/// What compiling gave: the rules, if no error stood in the way, and everything there is to say.
#[derive(Debug)]
pub struct Compiled {
    /// The rules; none when there were errors.
    pub rules: Option<RuleSet>,
    /// Errors and warnings, in order of file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// What only compiling needed.
    pub remains: Remains,
}

/// Compiles packs in reading order.
pub fn compile(packs: Vec<PackFiles>, mut errors: Vec<Diagnostic>) -> Compiled {
    let sha256 = fingerprint(&packs);
    let mut written = Written::default();
    for pack in packs {
        written.read(pack, &mut errors);
    }
    let mut compiled = compile_written(&written, sha256, errors);
    compiled.remains.add(written);
    compiled
}

/// Compiles what was read. Each step is done on as many cores as it can use.
fn compile_written(written: &Written, sha256: String, errors: Vec<Diagnostic>) -> Compiled {
    let mut context = Context::new(written, errors);
    context.compile_types();
    // Names have a lexis of their own while the rules are compiled beside them.
    let mut names = Context::new(written, Vec::new());
    names.types = context.types.clone();
    let (classes, (ahead, ((conventions, faults), tables))) = rayon::join(
        || context.compile_language(),
        || {
            rayon::join(
                || Ahead::read(written),
                || rayon::join(|| Context::compile_conventions(written), || lexicon::tables(written)),
            )
        },
    );
    names.tables = tables;
    context.look_ahead(ahead);
    let (mut rules, gazetteer) = rayon::join(|| compile_rules(&mut context, classes), || names.compile_lexicons());
    let Context { mut errors, memo, ahead, .. } = context;
    let gazetteer = gazetteer.join(names.lexis, &mut rules.lexis);
    let mut remains = Remains::default();
    remains.add(memo);
    if let Some(ahead) = Arc::into_inner(ahead) {
        ahead.remain(&mut remains);
    }
    errors.extend(names.errors.into_iter().chain(faults));
    errors.sort_by(Diagnostic::order);
    errors.dedup();
    limits::shorten(&mut errors);
    if errors.iter().any(|e| e.severity == Severity::Error) {
        return Compiled { rules: None, diagnostics: errors, remains };
    }
    rules.sha256 = sha256;
    rules.conventions = Arc::new(conventions);
    rules.gazetteer = gazetteer;
    Compiled { rules: Some(rules), diagnostics: errors, remains }
}

/// Everything but the names known beforehand, the conventions and the fingerprint.
fn compile_rules(context: &mut Context<'_>, classes: Classes) -> RuleSet {
    let (stages, refine) = context.compile_names();
    let stands_for = context.compile_stands_for();
    let (relations, rules) = context.compile_relations();
    let recodes = context.compile_recodes();
    let inferences = context.compile_inferences(&relations, &rules);
    let name_examples = context.name_examples();
    let tests = context.compile_tests(&relations);
    let views = context.compile_views(&relations);
    let maps = context.compile_maps();
    let events = context.compile_events(&relations);
    let (pronouns, cues, discourse) = (context.compile_pronouns(), context.compile_cues(), context.compile_discourse());
    let dates = context.compile_dates();
    let identity = context.compile_identity();
    context.check_words();
    let index = ClauseIndex::new(&rules, context.lexis.len());
    let mut part_rules: Vec<u32> = (0..rules.len() as u32).filter(|r| rules[*r as usize].reads.is_some()).collect();
    part_rules.sort_by_key(|r| (std::cmp::Reverse(rules[*r as usize].priority), *r));
    let packs = context
        .written
        .pack
        .iter()
        .map(|p| PackInfo { name: p.value.name.get_ref().clone(), version: p.value.version.clone() })
        .collect();
    static NEXT: AtomicU64 = AtomicU64::new(1);
    RuleSet {
        number: NEXT.fetch_add(1, Ordering::Relaxed),
        packs,
        sha256: String::new(),
        lexis: std::mem::take(&mut context.lexis),
        ordinary: std::mem::take(&mut context.ordinary),
        function: std::mem::take(&mut context.function),
        classes,
        types: std::mem::take(&mut context.types),
        gazetteer: Gazetteer::default(),
        stages,
        refine,
        stands_for,
        relations,
        recodes,
        rules,
        inferences,
        index,
        part_rules,
        name_examples,
        tests,
        views,
        maps,
        events,
        pronouns,
        cues,
        discourse,
        dates,
        identity,
        conventions: Arc::default(),
        model: context.model.take(),
        inflector: context.inflector.take(),
    }
}

/// SHA-256 over path and SHA-256 of every file: the same for a pack in the binary and its copy on disk.
pub fn fingerprint(packs: &[PackFiles]) -> String {
    let mut hash = Sha256::new();
    for pack in packs {
        for (path, bytes) in &pack.files {
            hash.update((path.len() as u64).to_le_bytes());
            hash.update(path.as_bytes());
            hash.update(bytes.sha256());
        }
    }
    hash.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

/// What every step reads and adds to.
struct Context<'w> {
    written: &'w Written,
    errors: Vec<Diagnostic>,
    lexis: Lexis,
    function: FunctionWords,
    definitions: FxHashMap<String, Definition>,
    types: Types,
    inflector: Option<crate::language::Inflector>,
    model: Option<crate::language::Model>,
    memo: Memo,
    /// What was worked out before.
    ahead: Arc<Ahead<'w>>,
    /// CSV files by pack and path, those that could be read.
    tables: FxHashMap<(usize, String), Arc<table::Table<'w>>>,
    ordinary: WordSet,
    /// Room that the sets of words of all patterns take.
    stretches: usize,
}

/// What a written table says, without its places.
fn plain(table: &BTreeMap<Spanned<String>, String>) -> BTreeMap<String, String> {
    table.iter().map(|(key, value)| (key.get_ref().clone(), value.clone())).collect()
}

/// Bytes of a written value.
fn span_of<T>(value: &Spanned<T>) -> Span {
    value.place()
}

/// The bytes in the file of a part of a written string. Exact where the string stands in the file as it is decoded;
/// otherwise the whole string.
pub fn inside(file: &SourceFile, value: &Spanned<String>, part: Span) -> Span {
    let whole = span_of(value);
    let raw = whole.slice(&file.text);
    for quote in ["\"\"\"", "'''", "\"", "'"] {
        if let Some(body) = raw.strip_prefix(quote).and_then(|r| r.strip_suffix(quote)) {
            if body == value.get_ref() {
                let base = whole.start + quote.len() as u32;
                return Span::new(
                    base + part.start.min(body.len() as u32),
                    base + part.end.min(body.len() as u32).max(part.start),
                );
            }
            break;
        }
    }
    whole
}

impl<'w> Context<'w> {
    fn new(written: &'w Written, errors: Vec<Diagnostic>) -> Context<'w> {
        Context {
            written,
            errors,
            lexis: Lexis::default(),
            function: FunctionWords::default(),
            definitions: FxHashMap::default(),
            types: Types::default(),
            inflector: None,
            model: None,
            memo: Memo::default(),
            ahead: Arc::default(),
            tables: FxHashMap::default(),
            ordinary: WordSet::default(),
            stretches: 0,
        }
    }
}

impl<'w> Context<'w> {
    /// What the rules build upon: the model, function words, inflection and lists.
    fn compile_language(&mut self) -> Classes {
        self.load_model();
        let classes = self.compile_function_words();
        self.load_inflector();
        self.compile_lists();
        classes
    }

    /// Takes what was read ahead, and inflects its words.
    fn look_ahead(&mut self, mut ahead: Ahead<'w>) {
        let inflector = self.inflector.as_ref();
        ahead.inflect(self.written, inflector, &self.definitions, &self.function, &self.lexis);
        self.ahead = Arc::new(ahead);
    }
}

impl Context<'_> {
    fn error(
        &mut self,
        code: &'static str,
        file: &Arc<SourceFile>,
        span: Span,
        title: impl Into<String>,
        help: Option<String>,
    ) {
        let mut error = Diagnostic::error(code, title).in_file(file.clone()).label(span, "");
        if let Some(help) = help {
            error = error.help(help);
        }
        self.errors.push(error);
    }

    /// An unknown name, with the nearest one there is.
    fn unknown(
        &mut self,
        code: &'static str,
        what: &str,
        value: &Spanned<String>,
        file: &Arc<SourceFile>,
        known: &[String],
    ) {
        let name = value.get_ref();
        let near = if limits::few(known) { nearest(name, known.iter().map(String::as_str)) } else { None };
        let near = near.map(str::to_owned);
        let span = inside(file, value, Span::new(0, name.len() as u32));
        let mut error =
            Diagnostic::error(code, format!("there is no {what} `{name}`")).in_file(file.clone()).label(span, "");
        match near {
            Some(near) => error = error.help(format!("did you mean `{near}`?")).patch(span, near),
            None if known.len() <= 40 && !known.is_empty() => {
                error = error.help(format!("known: {}", known.join(", ")))
            }
            None => {}
        }
        self.errors.push(error);
    }

    fn pattern_errors(&mut self, faults: Vec<PatternError>, value: &Spanned<String>, file: &Arc<SourceFile>) {
        for fault in faults {
            let code = match fault.fault {
                PatternFault::Type => "E004",
                PatternFault::List => "E006",
                PatternFault::Never => "E023",
                PatternFault::Form | PatternFault::Tag => "E003",
            };
            let span = inside(file, value, fault.span);
            let mut error = Diagnostic::error(code, fault.message).in_file(file.clone()).label(span, "");
            error.helps.extend(fault.help);
            // Where only the whole string can be pointed at, a part of it cannot be replaced.
            if let Some(instead) = fault.instead.filter(|_| span.len() == fault.span.len()) {
                error = error.patch(span, instead);
            }
            self.errors.push(error);
        }
    }

    fn one_of<T: Copy>(
        &mut self,
        code: &'static str,
        what: &str,
        value: &Spanned<String>,
        file: &Arc<SourceFile>,
        known: &[(&str, T)],
    ) -> Option<T> {
        let found = known.iter().find(|(n, _)| n == value.get_ref()).map(|(_, v)| *v);
        if found.is_none() {
            let names: Vec<String> = known.iter().map(|(n, _)| (*n).to_owned()).collect();
            self.unknown(code, what, value, file, &names);
        }
        found
    }

    /// Runs `work` with the vocabulary that patterns compile against.
    fn with_vocabulary<R>(&mut self, work: impl FnOnce(&mut Vocabulary<'_>) -> R) -> R {
        let (inflector, model, ahead) = (self.inflector.as_ref(), self.model.as_ref(), &*self.ahead);
        let inflect = |word: &str, class: Option<WordClass>| match ahead.forms(word, class) {
            Some(forms) => Cow::Borrowed(forms),
            None => Cow::Owned(words::inflect(inflector, word, class)),
        };
        let frequency = |word: &str| model.map_or(0, |m| m.frequency(word));
        let mut vocabulary = Vocabulary {
            lexis: &mut self.lexis,
            types: self.types.masks(),
            definitions: &self.definitions,
            function: &self.function,
            inflect: &inflect,
            ordinary: &mut self.ordinary,
            frequency: &frequency,
            memo: &mut self.memo,
        };
        work(&mut vocabulary)
    }
}

/// Items by name, a later pack's in place of an earlier one's; within one pack a second one is an error.
fn latest<'w, T>(
    items: &'w [Item<T>],
    name: impl Fn(&'w Item<T>) -> &'w str,
    errors: &mut Vec<Diagnostic>,
    what: &str,
) -> Vec<&'w Item<T>> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut out: Vec<Option<&Item<T>>> = Vec::new();
    for item in items {
        let key = name(item);
        if let Some(&at) = seen.get(key) {
            if let Some(first) = out[at].filter(|first| first.pack == item.pack) {
                let mut error = Diagnostic::error("E007", format!("the {what} `{key}` is defined twice"))
                    .in_file(item.file.clone())
                    .label(item.span, "defined again here");
                if Arc::ptr_eq(&first.file, &item.file) {
                    error = error.context(first.span, "first defined here");
                } else {
                    error = error.note(format!("first defined in {}", first.file.name));
                }
                errors.push(error.help("give one of them another name, or remove it"));
                continue;
            }
            out[at] = None;
        }
        seen.insert(key, out.len());
        out.push(Some(item));
    }
    out.into_iter().flatten().collect()
}
