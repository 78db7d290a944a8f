//! Gazetteers: CSV rows become entries and the ways to write them.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::table::Table;
use super::{Context, span_of};
use crate::diagnostic::SourceFile;
use crate::pattern::TypeId;
use crate::rules::Spanned;
use crate::rules::gazetteer::{Gazetteer, Kind};
use crate::rules::read::{Item, Written};
use crate::rules::written::LexiconWritten;

/// The CSV files that lexicons name, read on all cores: those that can be read.
pub(super) fn tables<'w>(written: &'w Written) -> FxHashMap<(usize, String), Arc<Table<'w>>> {
    let mut keys: Vec<(usize, &String)> =
        written.lexicons.iter().map(|item| (item.pack, item.value.file.get_ref())).collect();
    keys.sort_unstable();
    keys.dedup();
    let read = |(pack, name): (usize, &'w String)| {
        let table = Table::read(written.packs.get(pack)?.files.get(name)?.bytes()).ok()?;
        Some(((pack, name.clone()), Arc::new(table)))
    };
    keys.into_par_iter().filter_map(read).collect::<Vec<_>>().into_iter().collect()
}

impl<'w> Context<'w> {
    /// A CSV file of a pack; an empty table where it cannot be read, which is then reported.
    pub(super) fn table(&mut self, pack: usize, name: &Spanned<String>, file: &Arc<SourceFile>) -> Arc<Table<'w>> {
        let key = (pack, name.get_ref().clone());
        if let Some(known) = self.tables.get(&key) {
            return known.clone();
        }
        let written = self.written;
        let files = &written.packs[pack].files;
        match files.get(name.get_ref()) {
            Some(bytes) => match Table::read(bytes.bytes()) {
                Ok(table) => {
                    let table = Arc::new(table);
                    self.tables.insert(key, table.clone());
                    table
                }
                Err(error) => {
                    self.error(
                        "E016",
                        file,
                        span_of(name),
                        format!("`{}` is no CSV: {error}", name.get_ref()),
                        Some("quote a cell that holds a comma, and give every row the same number of cells".to_owned()),
                    );
                    Arc::default()
                }
            },
            None => {
                let known: Vec<String> = files.keys().filter(|k| k.ends_with(".csv")).cloned().collect();
                self.unknown("E009", "file", name, file, &known);
                Arc::default()
            }
        }
    }

    pub(super) fn compile_lexicons(&mut self) -> Gazetteer {
        let mut gazetteer = Gazetteer::default();
        // About as many names as there are lines.
        let bytes = |item: &Item<LexiconWritten>| {
            let files = self.written.packs.get(item.pack).map(|pack| &pack.files);
            files.and_then(|files| files.get(item.value.file.get_ref())).map_or(0, |file| file.bytes().len())
        };
        let rows = (self.written.lexicons.iter().map(bytes).sum::<usize>() / 16).min(1 << 20);
        self.lexis.reserve(rows);
        gazetteer.reserve(rows);
        let mut read: FxHashMap<(usize, String), Arc<Table<'w>>> = FxHashMap::default();
        for item in &self.written.lexicons {
            let value = &item.value;
            let key = (item.pack, value.file.get_ref().clone());
            let table = match read.get(&key) {
                Some(table) => table.clone(),
                None => self.table(item.pack, &value.file, &item.file),
            };
            for column in std::iter::once(&value.name)
                .chain(&value.aliases)
                .chain(&value.adjectives)
                .chain(value.attributes.values())
                .chain(&value.type_column)
                .chain(value.only.keys())
            {
                if !table.is_empty() && !table.has(column.get_ref()) {
                    self.unknown("E017", "column", column, &item.file, &table.columns());
                }
            }
            let nominal = value.kind.as_ref().is_some_and(|k| k.get_ref() == "nominal");
            if let Some(kind) = value.kind.as_ref().filter(|k| k.get_ref() != "nominal" && k.get_ref() != "named") {
                self.unknown("E018", "kind", kind, &item.file, &["named".to_owned(), "nominal".to_owned()]);
            }
            let fixed = value.type_name.as_ref().and_then(|t| self.type_named(t, &item.file));
            if value.type_name.is_none() && value.type_column.is_none() {
                self.error(
                    "E002",
                    &item.file,
                    span_of(&value.file),
                    "a lexicon needs a `type` or a `type_column`",
                    Some("add a line type = \"Country\"".to_owned()),
                );
                continue;
            }
            let mut strange: BTreeMap<String, usize> = BTreeMap::new();
            let number = |column: &Spanned<String>| table.column(column.get_ref());
            let type_column = value.type_column.as_ref().map(|c| table.column(c.get_ref()));
            let name_column = number(&value.name);
            let only: Vec<_> = value.only.iter().map(|(k, v)| (table.column(k.get_ref()), v.as_str())).collect();
            let attribute_columns: Vec<_> = value.attributes.iter().map(|(a, c)| (a.as_str(), number(c))).collect();
            let surfaces: Vec<_> = std::iter::once((name_column, 0))
                .chain(value.aliases.iter().map(|c| (number(c), 0)))
                .chain(value.adjectives.iter().map(|c| (number(c), 1)))
                .collect();
            let mut attributes = Vec::new();
            let mut last: (&str, Option<TypeId>) = ("", None);
            for row in table.rows() {
                if !only.iter().all(|&(column, wanted)| row.at(column) == Some(wanted)) {
                    continue;
                }
                let type_id: Option<TypeId> = match type_column.and_then(|column| row.at(column)) {
                    Some(name) => {
                        // Rows of a kind often stand together.
                        if last.0 != name {
                            last = (name, self.types.find(name));
                        }
                        if last.1.is_none() {
                            *strange.entry(name.to_owned()).or_default() += 1;
                        }
                        last.1.or(fixed)
                    }
                    None => fixed.filter(|_| type_column.is_none()),
                };
                let (Some(type_id), Some(name)) = (type_id, row.values(name_column).next()) else {
                    continue;
                };
                attributes.clear();
                attributes
                    .extend(attribute_columns.iter().filter_map(|&(a, column)| Some((a, row.values(column).next()?))));
                let entry = gazetteer.add(name, Kind { type_id, entity: value.entity, nominal }, &attributes);
                for &(column, form) in &surfaces {
                    for text in row.values(column) {
                        gazetteer.write(&mut self.lexis, text, entry, form);
                    }
                }
            }
            for (name, count) in strange {
                let column = value.type_column.as_ref().map_or("", |c| c.get_ref());
                self.error(
                    "E004",
                    &item.file,
                    span_of(&value.file),
                    format!("column `{column}` names the type `{name}` ({count} rows), which is not defined"),
                    Some(format!("define [type.{name}]")),
                );
            }
            read.insert(key, table);
        }
        gazetteer.sort(self.lexis.len());
        gazetteer
    }
}
