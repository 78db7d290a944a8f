//! The rows of a lexicon become entries of a gazetteer and the ways to write them.
//!
//! What a lexicon says of its columns has been looked up in its table by now. The build script does the same for the packs
//! that ship with the program, so nothing here knows of diagnostics.

use super::table::Table;
use crate::pattern::{Lexis, TypeId};
use crate::rules::gazetteer::{Gazetteer, Kind};

/// A column by number; none where the table has no such column.
pub(super) type Column = Option<usize>;

/// What a lexicon says of the columns of its table.
#[derive(Debug)]
pub(super) struct Columns<'l> {
    /// The canonical name.
    pub(super) name: Column,
    /// The ways to write it, and the form of each: 0 noun, 1 adjective.
    pub(super) surfaces: Vec<(Column, u8)>,
    /// Where each row's type stands, unless all have the same.
    pub(super) type_column: Option<Column>,
    /// The type of all rows, or of those that name none that is known.
    pub(super) fixed: Option<TypeId>,
    /// What rows must say to be taken.
    pub(super) only: Vec<(Column, &'l str)>,
    /// Attributes.
    pub(super) attributes: Vec<(&'l str, Column)>,
    /// Whether equal names are one entity.
    pub(super) entity: bool,
    /// Whether names describe.
    pub(super) nominal: bool,
}

impl Columns<'_> {
    /// The columns of all ways to write a name: the name itself, other names, adjectives.
    pub(super) fn surfaces(
        name: Column,
        aliases: impl Iterator<Item = Column>,
        adjectives: impl Iterator<Item = Column>,
    ) -> Vec<(Column, u8)> {
        std::iter::once((name, 0)).chain(aliases.map(|c| (c, 0))).chain(adjectives.map(|c| (c, 1))).collect()
    }

    /// Adds the rows of a table. `find` gives the type of that name, and is asked once for rows that stand together;
    /// `strange` is told of every row whose type it does not know.
    pub(super) fn add<'t>(
        &self,
        table: &'t Table<'t>,
        find: &mut dyn FnMut(&'t str) -> Option<TypeId>,
        strange: &mut dyn FnMut(&'t str),
        lexis: &mut Lexis,
        gazetteer: &mut Gazetteer,
    ) {
        let mut attributes = Vec::new();
        let mut last: (&str, Option<TypeId>) = ("", None);
        for row in table.rows() {
            if !self.only.iter().all(|&(column, wanted)| row.at(column) == Some(wanted)) {
                continue;
            }
            let type_id: Option<TypeId> = match self.type_column.and_then(|column| row.at(column)) {
                Some(name) => {
                    // Rows of a kind often stand together.
                    if last.0 != name {
                        last = (name, find(name));
                    }
                    if last.1.is_none() {
                        strange(name);
                    }
                    last.1.or(self.fixed)
                }
                None => self.fixed.filter(|_| self.type_column.is_none()),
            };
            let (Some(type_id), Some(name)) = (type_id, row.values(self.name).next()) else {
                continue;
            };
            attributes.clear();
            attributes.extend(self.attributes.iter().filter_map(|&(a, column)| Some((a, row.values(column).next()?))));
            let entry = gazetteer.add(name, Kind { type_id, entity: self.entity, nominal: self.nominal }, &attributes);
            for &(column, form) in &self.surfaces {
                for text in row.values(column) {
                    gazetteer.write(lexis, text, entry, form);
                }
            }
        }
    }
}
