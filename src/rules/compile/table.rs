//! A CSV file as the compiler reads it: one text and the places of its cells.
//!
//! Lexicons run to tens of thousands of rows, and a string for each cell would cost more than all else that is done
//! with them.

use std::ops::Range;

/// A CSV file with a header line.
#[derive(Debug, Default)]
pub(super) struct Table {
    headers: Vec<String>,
    text: String,
    /// Row by row, one for each header.
    cells: Vec<Range<u32>>,
}

/// A row of a [`Table`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'t> {
    table: &'t Table,
    cells: &'t [Range<u32>],
}

impl Table {
    /// Reads a CSV file; white space around cells is no part of them.
    ///
    /// # Errors
    /// What is wrong with the file, as the CSV library says it.
    pub(super) fn read(bytes: &[u8]) -> Result<Table, String> {
        let mut reader = csv::ReaderBuilder::new().from_reader(bytes);
        let headers: Vec<String> =
            reader.headers().map_err(|e| e.to_string())?.iter().map(|h| h.trim().to_owned()).collect();
        let mut table = Table { headers, text: String::with_capacity(bytes.len()), cells: Vec::new() };
        let mut record = csv::StringRecord::new();
        while reader.read_record(&mut record).map_err(|e| e.to_string())? {
            for cell in record.iter().take(table.headers.len()) {
                let start = table.text.len() as u32;
                table.text.push_str(cell.trim());
                table.cells.push(start..table.text.len() as u32);
            }
        }
        Ok(table)
    }

    /// The rows, in the order of the file.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.cells.chunks_exact(self.headers.len().max(1)).map(|cells| Row { table: self, cells })
    }

    /// The number of the column of that name.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.headers.iter().rposition(|h| h == name)
    }

    /// Whether there are no rows.
    pub(super) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Whether a column has that name and something in it.
    pub(super) fn has(&self, name: &str) -> bool {
        self.column(name).is_some_and(|c| self.rows().any(|row| row.at(Some(c)).is_some()))
    }

    /// Names of the columns that have something in them, sorted.
    pub(super) fn columns(&self) -> Vec<String> {
        let mut names: Vec<String> = self.headers.iter().filter(|h| self.has(h)).cloned().collect();
        names.sort();
        names.dedup();
        names
    }
}

impl<'t> Row<'t> {
    /// The cell in the column of that name, unless it is empty or there is no such column.
    pub(super) fn get(self, column: &str) -> Option<&'t str> {
        self.at(self.table.column(column))
    }

    /// The cell in a column, unless it is empty.
    pub(super) fn at(self, column: Option<usize>) -> Option<&'t str> {
        let cell = self.cells.get(column?)?;
        self.table.text.get(cell.start as usize..cell.end as usize).filter(|c| !c.is_empty())
    }

    /// The values in a column: a cell holds several with `|` between.
    pub(super) fn values(self, column: Option<usize>) -> impl Iterator<Item = &'t str> {
        self.at(column).into_iter().flat_map(|c| c.split('|')).map(str::trim).filter(|v| !v.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_and_values() {
        let table = Table::read("name, kind,none\n Oslo |Kristiania, city ,\n,\"a, b\",\n".as_bytes()).unwrap();
        let rows: Vec<Row<'_>> = table.rows().collect();
        assert_eq!(rows[0].values(table.column("name")).collect::<Vec<_>>(), ["Oslo", "Kristiania"]);
        assert_eq!((rows[0].get("kind"), rows[1].get("kind"), rows[1].get("name")), (Some("city"), Some("a, b"), None));
        assert_eq!(table.columns(), ["kind", "name"]);
        assert!(Table::read(b"a,b\n1\n").is_err());
    }
}
