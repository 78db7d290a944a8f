//! Gazetteers: CSV rows become entries and the ways to write them.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::rows::Columns;
use super::table::Table;
use super::{Context, ready, span_of};
use crate::diagnostic::SourceFile;
use crate::rules::Spanned;
use crate::rules::gazetteer::Gazetteer;
use crate::rules::read::{Item, Written};
use crate::rules::written::LexiconWritten;

/// The CSV files that lexicons name, read on all cores: those that can be read.
pub(super) fn tables<'w>(written: &'w Written) -> FxHashMap<(usize, String), Arc<Table<'w>>> {
    if ready::packed(written).is_some() {
        return FxHashMap::default();
    }
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

    /// All known names; with them, in this context's lexis, their words.
    pub(super) fn compile_lexicons(&mut self) -> Gazetteer {
        if let Some((gazetteer, lexis)) = ready::packed(self.written).and_then(|bytes| ready::read(bytes, &self.types))
        {
            self.lexis = lexis;
            return gazetteer;
        }
        self.compile_tables()
    }

    /// The same, from the rows of the tables.
    fn compile_tables(&mut self) -> Gazetteer {
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
            let number = |column: &Spanned<String>| table.column(column.get_ref());
            let columns = Columns {
                name: number(&value.name),
                surfaces: Columns::surfaces(
                    number(&value.name),
                    value.aliases.iter().map(number),
                    value.adjectives.iter().map(number),
                ),
                type_column: value.type_column.as_ref().map(number),
                fixed,
                only: value.only.iter().map(|(column, wanted)| (number(column), wanted.as_str())).collect(),
                attributes: value.attributes.iter().map(|(a, column)| (a.as_str(), number(column))).collect(),
                entity: value.entity,
                nominal,
            };
            let mut strange: BTreeMap<String, usize> = BTreeMap::new();
            columns.add(
                &table,
                &mut |name| self.types.find(name),
                &mut |name| *strange.entry(name.to_owned()).or_default() += 1,
                &mut self.lexis,
                &mut gazetteer,
            );
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::TypeId;
    use crate::rules::files::PackFiles;

    /// The names of a pack as the program would compile them from its tables, and the types they have.
    fn packed_here(name: &str) -> (Vec<u8>, Vec<u8>) {
        let (packs, _) = super::super::gather(&[name.to_owned()]);
        let mut written = Written::default();
        packs.into_iter().for_each(|pack| written.read(pack, &mut Vec::new()));
        let mut context = Context::new(&written, Vec::new());
        context.compile_types();
        let bytes = ready::packed(&written).expect("it ships with the program");
        let (ready, lexis) = ready::read(bytes, &context.types).expect("it reads");
        let (mut theirs, mut ours) = (Vec::new(), Vec::new());
        let names: Vec<String> = context.types.defs.iter().map(|def| def.name.clone()).collect();
        ready.pack(&names, &mut theirs);
        lexis.pack(&mut theirs);
        let gazetteer = context.compile_tables();
        assert!(context.errors.is_empty());
        gazetteer.pack(&names, &mut ours);
        context.lexis.pack(&mut ours);
        (theirs, ours)
    }

    #[test]
    fn names_made_when_the_program_is_built_are_those_of_the_tables() {
        let mut packs = PackFiles::embedded_names();
        packs.retain(|name| ready::packed_names().any(|packed| packed == name));
        assert!(packs.len() >= 2, "{packs:?}");
        for name in packs {
            let (theirs, ours) = packed_here(&name);
            assert!(theirs == ours, "{name}");
        }
    }

    #[test]
    fn names_of_other_files_are_read_from_their_tables() {
        let (mut packs, _) = super::super::gather(&["diplomacy".to_owned()]);
        let last = packs.last_mut().expect("a pack");
        let table = last.files.get_mut("lexicon/ranks.csv").expect("a table");
        *table = crate::rules::FileBytes::Owned(table.bytes().to_vec());
        let mut written = Written::default();
        packs.into_iter().for_each(|pack| written.read(pack, &mut Vec::new()));
        assert!(ready::packed(&written).is_none());
    }

    #[test]
    fn a_type_that_is_gone_is_missed() {
        let (packs, _) = super::super::gather(&["diplomacy".to_owned()]);
        let mut written = Written::default();
        packs.into_iter().for_each(|pack| written.read(pack, &mut Vec::new()));
        let bytes = ready::packed(&written).expect("it ships with the program");
        assert!(ready::read(bytes, &crate::rules::Types::default()).is_none());
        assert_eq!(crate::rules::Types::default().find("Person"), None::<TypeId>);
    }
}
