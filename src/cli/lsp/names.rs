//! Every place of a pack where a type, a list, a relation or a rule is named: where it is defined and where it is used.
//!
//! Read from the files as they are now, each by itself, so that a fault in one hides no other; what could not be read is
//! noted, because a name that stands there would be missed.

use std::path::PathBuf;
use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use super::held::{Held, NAMED, held};
use super::outline::outline;
use crate::diagnostic::SourceFile;
use crate::pattern::{Ast, AstKind, TagExpr, parse};
use crate::rules::{Spanned, inside};
use crate::source::Span;

/// What kind of thing is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Type,
    List,
    Relation,
    Rule,
}

impl Kind {
    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Type => "type",
            Kind::List => "list",
            Kind::Relation => "relation",
            Kind::Rule => "rule",
        }
    }
}

/// A place where something is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub kind: Kind,
    pub name: String,
    /// Which file, as an index.
    pub file: usize,
    /// Its bytes, quotation marks and `@` left out.
    pub span: Span,
    pub defines: bool,
}

/// A rule file of a pack.
#[derive(Debug, Clone)]
pub(super) struct RuleFile {
    /// Where it stands on disk; none for a file of a built-in pack.
    pub path: Option<PathBuf>,
    /// Name, as findings call it, and text.
    pub source: Arc<SourceFile>,
}

/// All names of all files.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub files: Vec<RuleFile>,
    pub all: Vec<Name>,
    /// Files, or patterns in files, that could not be read.
    pub unread: Vec<(usize, Span)>,
}

impl Names {
    pub fn read(files: Vec<RuleFile>) -> Names {
        let mut names = Names::default();
        for (number, file) in files.iter().enumerate() {
            let mut reader = Reader { file: number, source: &file.source, names: &mut names };
            reader.read();
        }
        names.all.sort_by_key(|name| (name.file, name.span, !name.defines));
        names.all.dedup_by_key(|name| (name.file, name.span));
        names.files = files;
        names
    }

    /// What is named at a byte of a file.
    pub fn at(&self, file: usize, byte: u32) -> Option<&Name> {
        self.all.iter().find(|name| name.file == file && name.span.start <= byte && byte <= name.span.end)
    }

    /// Every place where that is named.
    pub fn of(&self, kind: Kind, name: &str) -> impl Iterator<Item = &Name> {
        self.all.iter().filter(move |found| found.kind == kind && found.name == name)
    }

    /// Everything of a kind that is defined, sorted.
    pub fn defined(&self, kind: Kind) -> Vec<&str> {
        let defined = self.all.iter().filter(|name| name.kind == kind && name.defines);
        let mut names: Vec<&str> = defined.map(|name| name.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

struct Reader<'n> {
    file: usize,
    source: &'n SourceFile,
    names: &'n mut Names,
}

impl Reader<'_> {
    fn read(&mut self) {
        let text = &self.source.text;
        let (table, faults) = DeTable::parse_recoverable(text);
        self.names.unread.extend(faults.iter().map(|fault| {
            let span = fault.span().unwrap_or_default();
            (self.file, Span::new(span.start as u32, span.end as u32))
        }));
        for (key, value) in table.get_ref() {
            let name = key.get_ref().as_ref();
            match value.get_ref() {
                DeValue::Table(entries) if NAMED.contains(&name) => {
                    for (key, value) in entries {
                        self.defined(name, key.get_ref(), key.span());
                        self.walk(name, &mut Vec::new(), value);
                    }
                }
                _ => self.walk(name, &mut Vec::new(), value),
            }
        }
        // A name stands in the headers of what is below it as well: `[relation.met-with.draw]`.
        for header in outline(text, 0).headers {
            if let [(table, _), (name, span), ..] = header.names.as_slice()
                && NAMED.contains(&table.as_str())
            {
                self.defined(table, name, span.range());
            }
        }
    }

    fn defined(&mut self, table: &str, name: &str, span: std::ops::Range<usize>) {
        let (kind, defines) = match table {
            "type" => (Kind::Type, true),
            "list" => (Kind::List, true),
            "relation" => (Kind::Relation, true),
            // An event is called after its type.
            "event" => (Kind::Type, false),
            _ => return,
        };
        let value = Spanned::new(span, name.to_owned());
        self.add(kind, &value, Span::new(0, name.len() as u32), name, defines);
    }

    fn add(&mut self, kind: Kind, value: &Spanned<String>, part: Span, name: &str, defines: bool) {
        let mut span = inside(self.source, value, part);
        // Where the file writes it with escapes, it is whole that it is pointed at.
        if span.slice(&self.source.text) != name && value.place().slice(&self.source.text) == name {
            span = value.place();
        }
        self.names.all.push(Name { kind, name: name.to_owned(), file: self.file, span, defines });
    }

    fn walk<'v>(&mut self, table: &str, path: &mut Vec<&'v str>, value: &'v toml::Spanned<DeValue<'_>>) {
        match value.get_ref() {
            DeValue::Array(elements) => elements.iter().for_each(|element| self.walk(table, path, element)),
            DeValue::Table(entries) => {
                for (key, value) in entries {
                    path.push(key.get_ref().as_ref());
                    self.walk(table, path, value);
                    path.pop();
                }
            }
            DeValue::String(text) => {
                let value = Spanned::new(value.span(), text.clone().into_owned());
                self.string(&held(table, path), &value);
            }
            _ => {}
        }
    }

    fn string(&mut self, held: &Held, value: &Spanned<String>) {
        let text = value.get_ref().as_str();
        let whole = Span::new(0, text.len() as u32);
        match held {
            Held::Type => self.add(Kind::Type, value, whole, text, false),
            Held::Relation => self.add(Kind::Relation, value, whole, text, false),
            Held::Id => self.add(Kind::Rule, value, whole, text, true),
            Held::Pattern => match parse(text) {
                Ok(ast) => self.pattern(&ast, value),
                Err(_) => self.names.unread.push((self.file, value.place())),
            },
            Held::WordOrList => {
                if let Some(name) = text.strip_prefix('@') {
                    self.add(Kind::List, value, Span::new(1, whole.end), name, false);
                }
            }
            Held::TestLine => {
                // Which word is the relation is known only where relations are: any may be.
                for word in text.split_whitespace().skip(1) {
                    let from = (word.as_ptr() as usize - text.as_ptr() as usize) as u32;
                    self.add(Kind::Relation, value, Span::new(from, from + word.len() as u32), word, false);
                }
            }
            _ => {}
        }
    }

    fn pattern(&mut self, ast: &Ast, value: &Spanned<String>) {
        ast.walk(&mut |node| match &node.kind {
            AstKind::Slot { type_name, type_span, .. } if !type_name.is_empty() => {
                self.add(Kind::Type, value, *type_span, type_name, false);
            }
            AstKind::List(name) => {
                let start = node.span.start + 1;
                self.add(Kind::List, value, Span::new(start, start + name.len() as u32), name, false);
            }
            AstKind::Tag(test) => self.test(test, value),
            _ => {}
        });
    }

    fn test(&mut self, test: &TagExpr, value: &Spanned<String>) {
        match test {
            // Whether it is a tag or a type is told by what there is.
            TagExpr::Name(name, span) => {
                if crate::pattern::Flags::named(name).is_none() {
                    self.add(Kind::Type, value, *span, name, false);
                }
            }
            TagExpr::And(a, b) | TagExpr::Or(a, b) => {
                self.test(a, value);
                self.test(b, value);
            }
            TagExpr::Not(inner) => self.test(inner, value),
        }
    }
}
