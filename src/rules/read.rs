//! Rule files become written items, each with its place; everything that is wrong is collected.
//!
//! Every table is deserialised on its own, so one mistake costs one table and hides no other.

mod fault;

use std::cell::OnceCell;
use std::sync::Arc;

use fault::Step;
use rayon::prelude::*;
use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::files::{FileBytes, PackFiles};
use super::written::{
    CueWritten, DatesWritten, DiscourseWritten, EventWritten, FunctionWritten, IdentityWritten, InferenceWritten,
    LexiconWritten, ListWritten, MapWritten, NameWritten, PackWritten, PronounWritten, RecodeWritten, RefineWritten,
    RelationWritten, RuleWritten, StandsForWritten, TestWritten, TypeWritten, ViewWritten,
};
use crate::diagnostic::{Diagnostic, SourceFile, nearest};
use crate::document::SegmentationFile;
use crate::source::Span;

/// Largest rule file read, in bytes.
pub const MAX_FILE: usize = 1 << 20;

/// A written table and where it stands.
#[derive(Debug, Clone)]
pub struct Item<T> {
    /// The name in the table's header (`type.Name`), if it has one there.
    pub name: String,
    /// Bytes of the name, or of the table.
    pub span: Span,
    /// The file.
    pub file: Arc<SourceFile>,
    /// What was read.
    pub value: T,
    /// Which pack it comes from, as an index in reading order.
    pub pack: usize,
}

/// Everything the packs say, in reading order: packs that are built upon come first.
#[derive(Debug, Default)]
pub struct Written {
    /// The packs' files, for the data files that tables name.
    pub packs: Vec<PackFiles>,
    /// `[pack]`
    pub pack: Vec<Item<PackWritten>>,
    /// `[type.X]`
    pub types: Vec<Item<TypeWritten>>,
    /// `[list.x]`
    pub lists: Vec<Item<ListWritten>>,
    /// `[[lexicon]]`
    pub lexicons: Vec<Item<LexiconWritten>>,
    /// `[[name]]`
    pub names: Vec<Item<NameWritten>>,
    /// `[[refine]]`
    pub refine: Vec<Item<RefineWritten>>,
    /// `[[stands-for]]`
    pub stands_for: Vec<Item<StandsForWritten>>,
    /// `[[recode]]`
    pub recodes: Vec<Item<RecodeWritten>>,
    /// `[relation.x]`
    pub relations: Vec<Item<RelationWritten>>,
    /// `[[rule]]`
    pub rules: Vec<Item<RuleWritten>>,
    /// `[[test]]`
    pub tests: Vec<Item<TestWritten>>,
    /// `[[inference]]`
    pub inferences: Vec<Item<InferenceWritten>>,
    /// `[view.x]`
    pub views: Vec<Item<ViewWritten>>,
    /// `[map.x]`
    pub maps: Vec<Item<MapWritten>>,
    /// `[event.X]`
    pub events: Vec<Item<EventWritten>>,
    /// `[[pronoun]]`
    pub pronouns: Vec<Item<PronounWritten>>,
    /// `[[cue]]`
    pub cues: Vec<Item<CueWritten>>,
    /// `[function]`
    pub functions: Vec<Item<FunctionWritten>>,
    /// `[discourse]`
    pub discourse: Vec<Item<DiscourseWritten>>,
    /// `[dates]`
    pub dates: Vec<Item<DatesWritten>>,
    /// `[identity]`
    pub identity: Vec<Item<IdentityWritten>>,
    /// `segmentation.toml`
    pub segmentation: Vec<Item<SegmentationFile>>,
    /// `inflection.toml` with its tables, as text.
    pub inflection: Vec<(usize, Arc<SourceFile>)>,
}

/// Names of the tables that a rule file may hold.
pub const TABLES: &[&str] = &[
    "pack",
    "type",
    "list",
    "lexicon",
    "name",
    "refine",
    "stands-for",
    "recode",
    "relation",
    "rule",
    "inference",
    "test",
    "view",
    "map",
    "event",
    "pronoun",
    "cue",
    "function",
    "discourse",
    "dates",
    "identity",
];

impl Written {
    /// Reads one pack's files and adds what they say, in the order of their paths.
    pub fn read(&mut self, pack: PackFiles, errors: &mut Vec<Diagnostic>) {
        let index = self.packs.len();
        let files: Vec<(&String, &FileBytes)> = pack.files.iter().filter(|(path, _)| path.ends_with(".toml")).collect();
        let read = |(path, bytes): (&String, &FileBytes)| {
            let (mut written, mut errors) = (Written::default(), Vec::new());
            let name = format!("{}/{path}", pack.place);
            if let Some(text) = text_of(&name, bytes, &mut errors) {
                written.read_file(path, &Arc::new(SourceFile::new(name, text)), index, &mut errors);
            }
            (written, errors)
        };
        let files: Vec<(Written, Vec<Diagnostic>)> = files.into_par_iter().map(read).collect();
        for (written, faults) in files {
            self.append(written);
            errors.extend(faults);
        }
        self.packs.push(pack);
    }

    fn append(&mut self, other: Written) {
        // Taken apart whole, so that no table can be forgotten.
        let Written {
            packs,
            pack,
            types,
            lists,
            lexicons,
            names,
            refine,
            stands_for,
            relations,
            recodes,
            rules,
            inferences,
            tests,
            views,
            maps,
            events,
            pronouns,
            cues,
            functions,
            discourse,
            dates,
            identity,
            segmentation,
            inflection,
        } = other;
        self.packs.extend(packs);
        self.pack.extend(pack);
        self.types.extend(types);
        self.lists.extend(lists);
        self.lexicons.extend(lexicons);
        self.names.extend(names);
        self.refine.extend(refine);
        self.stands_for.extend(stands_for);
        self.relations.extend(relations);
        self.recodes.extend(recodes);
        self.rules.extend(rules);
        self.inferences.extend(inferences);
        self.tests.extend(tests);
        self.views.extend(views);
        self.maps.extend(maps);
        self.events.extend(events);
        self.pronouns.extend(pronouns);
        self.cues.extend(cues);
        self.functions.extend(functions);
        self.discourse.extend(discourse);
        self.dates.extend(dates);
        self.identity.extend(identity);
        self.segmentation.extend(segmentation);
        self.inflection.extend(inflection);
    }

    fn read_file(&mut self, path: &str, file: &Arc<SourceFile>, pack: usize, errors: &mut Vec<Diagnostic>) {
        if path.ends_with("inflection.toml") {
            self.inflection.push((pack, file.clone()));
            return;
        }
        if path.ends_with("segmentation.toml") {
            match toml::from_str::<SegmentationFile>(&file.text) {
                Ok(value) => self.segmentation.push(Item {
                    name: String::new(),
                    span: Span::new(0, 0),
                    file: file.clone(),
                    value,
                    pack,
                }),
                Err(error) => errors.push(fault::from_toml(&error, file, Span::new(0, 0), "E002")),
            }
            return;
        }
        let (table, faults) = DeTable::parse_recoverable(&file.text);
        for fault in &faults {
            errors.push(fault::from_toml(fault, file, Span::new(0, 0), "E001"));
        }
        if !faults.is_empty() {
            return;
        }
        let again = OnceCell::new();
        let mut entries: Vec<(Spanned<std::borrow::Cow<'_, str>>, Spanned<DeValue<'_>>)> =
            table.into_inner().into_iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in entries {
            let place = Place { file, pack, key: span_of(key.span()), again: &again };
            match key.get_ref().as_ref() {
                "pack" => single(value, &place, &mut self.pack, errors),
                "type" => named(value, &place, &mut self.types, errors),
                "list" => named(value, &place, &mut self.lists, errors),
                "lexicon" => several(value, &place, &mut self.lexicons, errors),
                "name" => several(value, &place, &mut self.names, errors),
                "refine" => several(value, &place, &mut self.refine, errors),
                "stands-for" => several(value, &place, &mut self.stands_for, errors),
                "recode" => several(value, &place, &mut self.recodes, errors),
                "relation" => named(value, &place, &mut self.relations, errors),
                "rule" => several(value, &place, &mut self.rules, errors),
                "inference" => several(value, &place, &mut self.inferences, errors),
                "test" => several(value, &place, &mut self.tests, errors),
                "view" => named(value, &place, &mut self.views, errors),
                "map" => named(value, &place, &mut self.maps, errors),
                "event" => named(value, &place, &mut self.events, errors),
                "pronoun" => several(value, &place, &mut self.pronouns, errors),
                "cue" => several(value, &place, &mut self.cues, errors),
                "function" => single(value, &place, &mut self.functions, errors),
                "discourse" => single(value, &place, &mut self.discourse, errors),
                "dates" => single(value, &place, &mut self.dates, errors),
                "identity" => single(value, &place, &mut self.identity, errors),
                other => {
                    let mut error = Diagnostic::error("E002", format!("unknown table `{other}`"))
                        .in_file(file.clone())
                        .label(place.key, "not a table of a rule file");
                    error = match nearest(other, TABLES.iter().copied()) {
                        Some(near) => error.help(format!("did you mean `{near}`?")).patch(place.key, near),
                        None => error.help(format!("a rule file may hold: {}", TABLES.join(", "))),
                    };
                    errors.push(error);
                }
            }
        }
    }
}

struct Place<'a> {
    file: &'a Arc<SourceFile>,
    pack: usize,
    key: Span,
    /// The file read again, where a table of it has a fault: the first reading is used up.
    again: &'a OnceCell<Option<Spanned<DeTable<'a>>>>,
}

fn text_of(name: &str, bytes: &FileBytes, errors: &mut Vec<Diagnostic>) -> Option<String> {
    let empty = || Arc::new(SourceFile::new(name, ""));
    if bytes.bytes().len() > MAX_FILE {
        errors.push(
            Diagnostic::error("E010", format!("a rule file may be at most {} MB", MAX_FILE >> 20))
                .in_file(empty())
                .help("split it into several files of the pack"),
        );
        return None;
    }
    match std::str::from_utf8(bytes.bytes()) {
        Ok(text) => Some(text.to_owned()),
        Err(fault) => {
            errors.push(
                Diagnostic::error("E011", format!("a rule file must be UTF-8; byte {} is not", fault.valid_up_to()))
                    .in_file(empty())
                    .help("save it as UTF-8 in your editor"),
            );
            None
        }
    }
}

fn span_of(range: std::ops::Range<usize>) -> Span {
    Span::new(range.start as u32, range.end as u32)
}

fn read_value<T: for<'de> Deserialize<'de>>(
    value: Spanned<DeValue<'_>>,
    name: String,
    span: Span,
    place: &Place<'_>,
    step: Step<'_>,
    errors: &mut Vec<Diagnostic>,
) -> Option<Item<T>> {
    let whole = span_of(value.span());
    match T::deserialize(ValueDeserializer::from(value)) {
        Ok(value) => Some(Item { name, span, file: place.file.clone(), value, pack: place.pack }),
        Err(error) => {
            let at = if whole.is_empty() { span } else { whole };
            match place.again.get_or_init(|| DeTable::parse(&place.file.text).ok()) {
                Some(again) => fault::every::<T>(fault::find(again, place.key, step), place.file, at, errors),
                None => errors.push(fault::from_toml(&error, place.file, at, "E002")),
            }
            None
        }
    }
}

fn single<T: for<'de> Deserialize<'de>>(
    value: Spanned<DeValue<'_>>,
    place: &Place<'_>,
    out: &mut Vec<Item<T>>,
    errors: &mut Vec<Diagnostic>,
) {
    out.extend(read_value(value, String::new(), place.key, place, Step::Only, errors));
}

fn named<T: for<'de> Deserialize<'de>>(
    value: Spanned<DeValue<'_>>,
    place: &Place<'_>,
    out: &mut Vec<Item<T>>,
    errors: &mut Vec<Diagnostic>,
) {
    match value.into_inner() {
        DeValue::Table(table) => {
            let mut entries: Vec<_> = table.into_iter().collect();
            entries.sort_by_key(|(key, _)| key.span().start);
            for (key, value) in entries {
                let span = span_of(key.span());
                let name = key.into_inner();
                out.extend(read_value(value, name.clone().into_owned(), span, place, Step::Named(&name), errors));
            }
        }
        _ => errors.push(shape(place, "a table with a name is expected, such as [relation.met-with]")),
    }
}

fn several<T: for<'de> Deserialize<'de>>(
    value: Spanned<DeValue<'_>>,
    place: &Place<'_>,
    out: &mut Vec<Item<T>>,
    errors: &mut Vec<Diagnostic>,
) {
    match value.into_inner() {
        DeValue::Array(array) => {
            for (number, value) in array.into_iter().enumerate() {
                let span = span_of(value.span());
                out.extend(read_value(value, String::new(), span, place, Step::Nth(number), errors));
            }
        }
        _ => errors
            .push(shape(place, "a list of tables is expected: write its header in double brackets, such as [[rule]]")),
    }
}

fn shape(place: &Place<'_>, message: &str) -> Diagnostic {
    Diagnostic::error("E002", message).in_file(place.file.clone()).label(place.key, "written here")
}
