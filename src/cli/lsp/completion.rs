//! What may stand where the cursor is: tables, their keys, and what the keys hold.

use std::collections::BTreeSet;

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionTextEdit, Documentation, InsertTextFormat, MarkupContent, MarkupKind,
    TextEdit,
};

use super::held::{Held, held, held_keys};
use super::keys::Schema;
use super::lines::Lines;
use super::names::{Kind, Names};
use super::outline::{At, Header, Outline, outline};
use super::pattern_at::{Wanted, wanted};
use crate::pattern::Flags;
use crate::source::Span;

/// What completion draws on.
pub(super) struct Known<'k> {
    pub schema: &'k Schema,
    pub names: &'k Names,
    /// What a type, list or relation is for, in a line.
    pub doc: &'k dyn Fn(Kind, &str) -> Option<String>,
    /// CSV files of the pack.
    pub tables: &'k [String],
    /// Columns of one of them.
    pub columns: &'k dyn Fn(&str) -> Vec<String>,
    /// Packs that can be built upon.
    pub packs: &'k [String],
    /// Whether what is inserted may say where writing goes on.
    pub snippets: bool,
}

/// Completions at a byte of a text.
pub(super) fn complete(text: &str, cursor: u32, known: &Known<'_>) -> Vec<CompletionItem> {
    let seen = outline(text, cursor);
    let mut offer = Offer { known, lines: Lines::new(text), text, items: Vec::new() };
    let Some(header) = seen.header() else {
        if let At::Key(path, span) = &seen.at
            && path.is_empty()
        {
            offer.headers(*span, "");
        }
        return offer.items;
    };
    let table = header.table();
    match &seen.at {
        At::Header(span) => offer.in_header(*span, header),
        At::Key(path, span) => {
            offer.keys(table, &header.keys_to(path), *span, header, path.is_empty());
            if path.is_empty() && span.is_empty() {
                offer.headers(*span, "~");
            }
        }
        At::Value(path, span, quoted) => offer.value(table, &header.keys_to(path), *span, *quoted, cursor, &seen),
        At::Nowhere => {}
    }
    offer.items
}

struct Offer<'o> {
    known: &'o Known<'o>,
    lines: Lines<'o>,
    text: &'o str,
    items: Vec<CompletionItem>,
}

impl Offer<'_> {
    /// Offers one: what is put in place of `span`, `|` where writing goes on.
    fn add(
        &mut self,
        label: &str,
        kind: CompletionItemKind,
        put: &str,
        span: Span,
        doc: Option<String>,
    ) -> &mut CompletionItem {
        let snippets = self.known.snippets;
        let new_text = if snippets {
            let escaped = put.replace('\\', "\\\\").replace('$', "\\$");
            if put.contains('|') { escaped.replacen('|', "$0", 1) } else { escaped }
        } else {
            // What would stand behind the cursor is left for the user to type.
            put.split('|').next().unwrap_or_default().to_owned()
        };
        self.items.push(CompletionItem {
            label: label.to_owned(),
            kind: Some(kind),
            filter_text: Some(label.to_owned()),
            sort_text: Some(format!("{:04}", self.items.len())),
            insert_text_format: snippets.then_some(InsertTextFormat::SNIPPET),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(self.lines.range(span), new_text))),
            documentation: doc
                .filter(|doc| !doc.is_empty())
                .map(|value| Documentation::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value })),
            ..CompletionItem::default()
        });
        let last = self.items.len() - 1;
        &mut self.items[last]
    }

    /// Whole headers, where a line is empty.
    fn headers(&mut self, span: Span, after: &str) {
        for table in self.known.schema.tables() {
            let put = table.header.replace("NAME", "|");
            let put = if table.named { put } else { format!("{put}\n|") };
            let doc = Some(table.doc.to_owned());
            let item = self.add(&table.header, CompletionItemKind::MODULE, &put, span, doc);
            item.sort_text = item.sort_text.take().map(|order| format!("{after}{order}"));
        }
    }

    /// Between brackets: the tables, and behind `event.` the types.
    fn in_header(&mut self, span: Span, header: &Header) {
        let typed = span.slice(self.text);
        if let Some((table, _)) = typed.split_once('.') {
            let from = Span::new(span.start + table.len() as u32 + 1, span.end);
            let kind = match table.trim() {
                "event" => Kind::Type,
                "list" => Kind::List,
                _ => return,
            };
            return self.names(kind, from, "");
        }
        let several = self.text[header.span.range()].starts_with("[[");
        for table in self.known.schema.tables().filter(|table| table.header.starts_with("[[") == several) {
            let put = if table.named { format!("{}.|", table.name) } else { table.name.to_owned() };
            self.add(table.name, CompletionItemKind::MODULE, &put, span, Some(table.doc.to_owned()));
        }
    }

    /// Keys that are not there yet; those that must be there come first.
    fn keys(&mut self, table: &str, path: &[String], span: Span, header: &Header, whole_line: bool) {
        let mut keys = self.known.schema.keys(table, path);
        keys.sort_by_key(|key| !key.required);
        let typed = span.slice(self.text);
        let there = |name: &str| whole_line && header.keys.iter().any(|key| key.name == name && key.span != span);
        // What stands behind the key already is not put once more.
        let rest = &self.text[span.end as usize..];
        let assigned = rest.trim_start_matches([' ', '\t']).starts_with('=');
        for key in keys.into_iter().filter(|key| key.name == typed || !there(key.name)) {
            let put = if assigned { key.name.to_owned() } else { key.inserted() };
            let kind = if key.required { "needed" } else { key.kind() };
            let item = self.add(key.name, CompletionItemKind::PROPERTY, &put, span, Some(key.doc().to_owned()));
            item.detail = Some(kind.to_owned());
        }
        match held_keys(table, path) {
            Held::Words(words) => self.words(&words, span, ""),
            Held::Column => self.columns(header, span, ""),
            _ => {}
        }
    }

    fn value(&mut self, table: &str, path: &[String], span: Span, quoted: bool, cursor: u32, seen: &Outline) {
        let quote = if quoted { "" } else { "\"" };
        if self.known.schema.is_boolean(table, path) {
            return self.bare_words(&["true", "false"], span);
        }
        let Some(header) = seen.header() else { return };
        match held(table, path) {
            Held::Type => self.names(Kind::Type, span, quote),
            Held::Relation => self.names(Kind::Relation, span, quote),
            Held::Pattern if quoted => self.pattern(span, cursor, header),
            Held::WordOrList => self.listed(span, quote),
            Held::Role => {
                let roles = self.roles(header);
                self.words(&roles.iter().map(String::as_str).collect::<Vec<_>>(), span, quote);
            }
            Held::Template if quoted => self.template(span, cursor, header),
            Held::File => {
                let tables: Vec<&str> = self.known.tables.iter().map(String::as_str).collect();
                self.of_kind(&tables, CompletionItemKind::FILE, span, quote);
            }
            Held::Column => self.columns(header, span, quote),
            Held::Pack => {
                let packs: Vec<&str> = self.known.packs.iter().map(String::as_str).collect();
                self.words(&packs, span, quote);
            }
            Held::Words(words) => self.words(&words, span, quote),
            Held::Pattern | Held::Template | Held::Id | Held::TestLine | Held::Text => {}
        }
    }

    fn bare_words(&mut self, words: &[&str], span: Span) {
        words.iter().for_each(|word| {
            self.add(word, CompletionItemKind::VALUE, word, span, None);
        });
    }

    fn words(&mut self, words: &[&str], span: Span, quote: &str) {
        self.of_kind(words, CompletionItemKind::ENUM_MEMBER, span, quote);
    }

    fn of_kind(&mut self, words: &[&str], kind: CompletionItemKind, span: Span, quote: &str) {
        words.iter().for_each(|word| {
            self.add(word, kind, &format!("{quote}{word}{quote}"), span, None);
        });
    }

    fn names(&mut self, kind: Kind, span: Span, quote: &str) {
        let shown = match kind {
            Kind::Type => CompletionItemKind::CLASS,
            Kind::List => CompletionItemKind::VARIABLE,
            Kind::Relation => CompletionItemKind::INTERFACE,
            Kind::Rule => CompletionItemKind::FUNCTION,
        };
        for name in self.known.names.defined(kind) {
            let doc = (self.known.doc)(kind, name);
            self.add(name, shown, &format!("{quote}{name}{quote}"), span, doc);
        }
    }

    fn listed(&mut self, span: Span, quote: &str) {
        for name in self.known.names.defined(Kind::List) {
            let (name, doc) = (format!("@{name}"), (self.known.doc)(Kind::List, name));
            self.add(&name, CompletionItemKind::VARIABLE, &format!("{quote}{name}{quote}"), span, doc);
        }
    }

    /// Columns of the CSV file that the same table names.
    fn columns(&mut self, header: &Header, span: Span, quote: &str) {
        let file = header.keys.iter().find(|key| key.name == "file");
        let file = file.map(|key| key.value.slice(self.text).trim().trim_matches(['"', '\'']));
        let columns = file.map(self.known.columns).unwrap_or_default();
        self.of_kind(&columns.iter().map(String::as_str).collect::<Vec<_>>(), CompletionItemKind::FIELD, span, quote);
    }

    /// Roles of the patterns below a header.
    fn roles(&self, header: &Header) -> BTreeSet<String> {
        let mut roles = BTreeSet::new();
        let body = Span::new(header.span.end.min(header.end), header.end).slice(self.text);
        for (at, sign) in body.match_indices(':') {
            let name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
            let before = &body[..at];
            let start = before.rfind(|c| !name(c)).map_or(0, |last| last + 1);
            // `{role:Type}` and `role:( … )`.
            let start = (start..at).find(|start| body.is_char_boundary(*start)).unwrap_or(at);
            let role = &body[start..at];
            let group = body[at + sign.len()..].starts_with('(');
            if !role.is_empty() && (before[..start].ends_with('{') || group) {
                roles.insert(role.to_owned());
            }
        }
        roles
    }

    fn pattern(&mut self, span: Span, cursor: u32, header: &Header) {
        let before = Span::new(span.start, cursor.min(span.end)).slice(self.text);
        let (wanted, typed) = wanted(before);
        let place = Span::new(cursor - typed.len() as u32, cursor);
        match wanted {
            Wanted::Type => self.names(Kind::Type, place, ""),
            Wanted::RoleOrType => {
                let mut roles = self.roles(header);
                roles.extend(["a".to_owned(), "b".to_owned()]);
                roles.remove(typed);
                for role in roles {
                    self.add(&role, CompletionItemKind::FIELD, &format!("{role}:|"), place, None);
                }
                self.names(Kind::Type, place, "");
            }
            Wanted::List => self.names(Kind::List, place, ""),
            Wanted::Class => {
                for (word, doc) in CLASSES {
                    self.add(word, CompletionItemKind::KEYWORD, word, place, Some((*doc).to_owned()));
                }
            }
            Wanted::Tag => {
                for (tag, _, doc) in Flags::NAMED {
                    self.add(tag, CompletionItemKind::KEYWORD, tag, place, Some((*doc).to_owned()));
                }
                self.names(Kind::Type, place, "");
            }
            Wanted::Nothing => {}
        }
    }

    fn template(&mut self, span: Span, cursor: u32, header: &Header) {
        let before = Span::new(span.start, cursor.min(span.end)).slice(self.text);
        let Some(open) = before.rfind('{').filter(|open| !before[*open..].contains('}')) else { return };
        let place = Span::new(span.start + open as u32 + 1, cursor);
        let roles = self.roles(header);
        self.of_kind(&roles.iter().map(String::as_str).collect::<Vec<_>>(), CompletionItemKind::FIELD, place, "");
    }
}

/// What may follow a word and `/`.
const CLASSES: &[(&str, &str)] = &[
    ("verb", "only the forms of the word as a verb"),
    ("noun", "only the forms of the word as a noun"),
    ("word", "only the word itself: it does not inflect"),
];
