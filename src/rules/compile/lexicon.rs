//! Gazetteers: CSV rows become entries and the ways to write them.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde_spanned::Spanned;

use super::{Context, span_of};
use crate::diagnostic::SourceFile;
use crate::pattern::TypeId;
use crate::rules::gazetteer::{Entry, Gazetteer};

/// A row by column name.
pub(super) type Row = BTreeMap<String, String>;

/// Reads a CSV file with a header line.
pub(super) fn read_csv(bytes: &[u8]) -> Result<Vec<Row>, String> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes);
    let headers = reader.headers().map_err(|e| e.to_string())?.clone();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| e.to_string())?;
        rows.push(
            headers
                .iter()
                .zip(record.iter())
                .filter(|(_, v)| !v.is_empty())
                .map(|(h, v)| (h.to_owned(), v.to_owned()))
                .collect(),
        );
    }
    Ok(rows)
}

fn values(cell: Option<&String>) -> impl Iterator<Item = &str> {
    cell.into_iter().flat_map(|c| c.split('|')).map(str::trim).filter(|v| !v.is_empty())
}

impl Context<'_> {
    pub(super) fn rows(&mut self, pack: usize, name: &Spanned<String>, file: &Arc<SourceFile>) -> Vec<Row> {
        let files = &self.written.packs[pack].files;
        match files.get(name.get_ref()) {
            Some(bytes) => match read_csv(bytes.bytes()) {
                Ok(rows) => rows,
                Err(error) => {
                    self.error(
                        "E016",
                        file,
                        span_of(name),
                        format!("`{}` is no CSV: {error}", name.get_ref()),
                        Some("quote a cell that holds a comma, and give every row the same number of cells".to_owned()),
                    );
                    Vec::new()
                }
            },
            None => {
                let known: Vec<String> = files.keys().filter(|k| k.ends_with(".csv")).cloned().collect();
                self.unknown("E009", "file", name, file, &known);
                Vec::new()
            }
        }
    }

    pub(super) fn compile_lexicons(&mut self) -> Gazetteer {
        let mut gazetteer = Gazetteer::default();
        let mut read: FxHashMap<(usize, String), Vec<Row>> = FxHashMap::default();
        for item in &self.written.lexicons {
            let value = &item.value;
            let key = (item.pack, value.file.get_ref().clone());
            let rows = match read.remove(&key) {
                Some(rows) => rows,
                None => self.rows(item.pack, &value.file, &item.file),
            };
            let columns: Vec<String> = rows
                .iter()
                .flat_map(|r| r.keys().cloned())
                .collect::<std::collections::BTreeSet<_>>()
                .into_iter()
                .collect();
            for column in std::iter::once(&value.name)
                .chain(&value.aliases)
                .chain(&value.adjectives)
                .chain(value.attributes.values())
            {
                if !rows.is_empty() && !columns.contains(column.get_ref()) {
                    self.unknown("E017", "column", column, &item.file, &columns);
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
            for row in &rows {
                if !value.only.iter().all(|(k, v)| row.get(k).is_some_and(|x| x == v)) {
                    continue;
                }
                let type_id: Option<TypeId> = match (&value.type_column, fixed) {
                    (Some(column), _) => row.get(column).and_then(|name| {
                        let found = self.types.find(name);
                        if found.is_none() {
                            *strange.entry(name.clone()).or_default() += 1;
                        }
                        found.or(fixed)
                    }),
                    (None, fixed) => fixed,
                };
                let (Some(type_id), Some(name)) = (type_id, values(row.get(value.name.get_ref())).next()) else {
                    continue;
                };
                let attributes = value
                    .attributes
                    .iter()
                    .filter_map(|(attribute, column)| {
                        Some((attribute.as_str().into(), values(row.get(column.get_ref())).next()?.into()))
                    })
                    .collect();
                let entry =
                    gazetteer.add(Entry { type_id, name: name.into(), entity: value.entity, nominal, attributes });
                for (columns, form) in [
                    (std::slice::from_ref(&value.name), 0),
                    (value.aliases.as_slice(), 0),
                    (value.adjectives.as_slice(), 1),
                ] {
                    for column in columns {
                        for text in values(row.get(column.get_ref())) {
                            gazetteer.write(&mut self.lexis, text, entry, form);
                        }
                    }
                }
            }
            for (name, count) in strange {
                let column = value.type_column.clone().unwrap_or_default();
                self.error(
                    "E004",
                    &item.file,
                    span_of(&value.file),
                    format!("column `{column}` names the type `{name}` ({count} rows), which is not defined"),
                    Some(format!("define [type.{name}]")),
                );
            }
            read.insert(key, rows);
        }
        gazetteer.finish();
        gazetteer
    }
}
