//! A CSV file as the compiler reads it: the text of the file and the places of its cells.
//!
//! Lexicons run to tens of thousands of rows and are read at every start of the program. So cells are found in one pass
//! over the bytes and stay where they stand; only a record that holds a quotation mark goes through the CSV library.

use csv_core::{ReadRecordResult, Reader};

/// A CSV file with a header line.
#[derive(Debug, Default)]
pub(super) struct Table<'t> {
    headers: Vec<String>,
    text: &'t str,
    /// The cells of records that were quoted, as they read without their quotes. Places past the end of `text` mean these.
    quoted: String,
    /// Row by row, one for each header.
    cells: Vec<(u32, u32)>,
    /// Whether any cell may hold several values.
    several: bool,
}

/// A row of a [`Table`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    table: &'a Table<'a>,
    cells: &'a [(u32, u32)],
}

impl<'t> Table<'t> {
    /// Reads a CSV file; white space around cells is no part of them.
    ///
    /// # Errors
    /// What is wrong with the file, in a sentence.
    pub(super) fn read(bytes: &'t [u8]) -> Result<Table<'t>, String> {
        let text = std::str::from_utf8(bytes)
            .map_err(|fault| format!("it must be UTF-8, and byte {} is not", fault.valid_up_to()))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let several = memchr::memchr(b'|', text.as_bytes()).is_some();
        let mut table = Table { headers: Vec::new(), text, quoted: String::new(), cells: Vec::new(), several };
        let mut quotes: Option<Reader> = None;
        let bytes = text.as_bytes();
        let (mut at, mut width) = (0, 0);
        while at < bytes.len() {
            let first = table.cells.len();
            let end = match table.plain_record(at) {
                Some(end) => end,
                None => table.quoted_record(at, quotes.get_or_insert_with(Reader::new))?,
            };
            let found = table.cells.len() - first;
            if found > 0 && width == 0 {
                width = found;
                // Nearly always a lower bound too small by little, and never one too large by much.
                table.cells.reserve(width * (bytes.len() / (end + 16)).min(1 << 16));
            } else if found > 0 && found != width {
                let line = 1 + bytes[..at].iter().filter(|byte| **byte == b'\n').count();
                return Err(format!("line {line} has {found} cells, and the header has {width}"));
            }
            at = end;
        }
        let header: Vec<(u32, u32)> = table.cells.drain(..width).collect();
        table.headers = header.iter().map(|&cell| table.text_of(cell).to_owned()).collect();
        Ok(table)
    }

    /// Adds the cells of a record without quotes and gives the place after it; none, and nothing added, where there are
    /// quotes. An empty line is no record.
    fn plain_record(&mut self, start: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let first = self.cells.len();
        let mut cell = start;
        for (at, byte) in (start..).zip(&bytes[start..]) {
            match byte {
                // Nearly every byte comes after all that mean something.
                b'-'.. => {}
                b',' => {
                    self.cell(cell, at);
                    cell = at + 1;
                }
                b'\n' | b'\r' => {
                    if at > start {
                        self.cell(cell, at);
                    }
                    return Some(at + 1);
                }
                b'"' => {
                    self.cells.truncate(first);
                    return None;
                }
                _ => {}
            }
        }
        self.cell(cell, bytes.len());
        Some(bytes.len())
    }

    fn cell(&mut self, start: usize, end: usize) {
        let bytes = &self.text.as_bytes()[start..end];
        let inked = |byte: &u8| matches!(byte, b'!'..=b'~');
        if bytes.first().is_none_or(inked) && bytes.last().is_none_or(inked) {
            self.cells.push((start as u32, end as u32));
        } else {
            let written = &self.text[start..end];
            let from = start + (written.len() - written.trim_start().len());
            self.cells.push((from as u32, (from + written.trim().len()) as u32));
        }
    }

    /// Adds the cells of the record that begins here, and gives the place after it.
    fn quoted_record(&mut self, start: usize, reader: &mut Reader) -> Result<usize, String> {
        reader.reset();
        let input = &self.text.as_bytes()[start..];
        let (mut read, mut written, mut ended) = (0, 0, 0);
        let (mut out, mut ends) = (vec![0; 256], vec![0; 16]);
        loop {
            let (result, took, put, fields) =
                reader.read_record(&input[read..], &mut out[written..], &mut ends[ended..]);
            (read, written, ended) = (read + took, written + put, ended + fields);
            match result {
                ReadRecordResult::OutputFull => out.resize(out.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => ends.resize(ends.len() * 2, 0),
                // What was given was all there is: the library is told so by being given nothing.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::Record | ReadRecordResult::End => break,
            }
        }
        let all = std::str::from_utf8(&out[..written]).map_err(|fault| fault.to_string())?;
        let mut from = 0;
        for &to in &ends[..ended] {
            let place = self.text.len() + self.quoted.len();
            self.quoted.push_str(all.get(from..to).unwrap_or_default().trim());
            self.cells.push((place as u32, (self.text.len() + self.quoted.len()) as u32));
            from = to;
        }
        Ok(start + read)
    }

    fn text_of(&self, (start, end): (u32, u32)) -> &str {
        let (start, end) = (start as usize, end as usize);
        match start.checked_sub(self.text.len()) {
            Some(start) if end > self.text.len() => self.quoted.get(start..end - self.text.len()),
            _ => self.text.get(start..end),
        }
        .unwrap_or_default()
    }

    /// The rows, in the order of the file.
    pub(super) fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
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

impl<'a> Row<'a> {
    /// The cell in the column of that name, unless it is empty or there is no such column.
    pub(super) fn get(self, column: &str) -> Option<&'a str> {
        self.at(self.table.column(column))
    }

    /// The cell in a column, unless it is empty.
    pub(super) fn at(self, column: Option<usize>) -> Option<&'a str> {
        let cell = self.cells.get(column?)?;
        Some(self.table.text_of(*cell)).filter(|c| !c.is_empty())
    }

    /// The values in a column: a cell holds several with `|` between.
    pub(super) fn values(self, column: Option<usize>) -> Values<'a> {
        Values { rest: self.at(column), several: self.table.several }
    }
}

/// The values of a cell.
#[derive(Debug, Clone)]
pub(super) struct Values<'a> {
    rest: Option<&'a str>,
    several: bool,
}

impl<'a> Iterator for Values<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        if !self.several {
            return self.rest.take();
        }
        loop {
            let rest = self.rest?;
            // Cells are short: a search that prepares itself costs more than it saves.
            let (value, more) = match rest.bytes().position(|byte| byte == b'|') {
                Some(at) => (rest[..at].trim_end(), Some(rest[at + 1..].trim_start())),
                None => (rest, None),
            };
            self.rest = more;
            if !value.is_empty() {
                return Some(value);
            }
        }
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
        let at = |row: usize, name| rows[row].at(table.column(name));
        assert_eq!((at(0, "kind"), at(1, "kind"), at(1, "name")), (Some("city"), Some("a, b"), None));
        assert_eq!(table.columns(), ["kind", "name"]);
        assert!(Table::read(b"a,b\n1\n").is_err_and(|e| e == "line 2 has 1 cells, and the header has 2"));
        assert!(Table::read(b"a,b\n\xff,1\n").is_err_and(|e| e.contains("byte 4")));
    }

    #[test]
    fn every_file_reads_as_the_library_reads_it() {
        let long = format!("a,b\n\"{}\",{}\n", "x\"\"".repeat(400), "y".repeat(900));
        let files = [
            "",
            "a",
            "\n\na,b\n\n1,2\n",
            "a,b\r\n1,2\r\n\r\n3,4",
            "\u{feff}a,b\n\u{a0}1\u{a0},\t2 \n",
            "\"a\",\"b,c\"\n1,\"2\n3\"\n4,\"5\"\"6\"\n",
            "a,b\n1,x\"y\n\" 7 \",8\n\"\",\"\"\n,\"9\"",
            "a,b\n\"open, 1\n2,3\n",
            "a\n\"1\"\n2\n",
            &long,
        ];
        for file in files {
            let mut reader =
                csv::ReaderBuilder::new().has_headers(false).trim(csv::Trim::All).from_reader(file.as_bytes());
            let theirs: Option<Vec<Vec<String>>> =
                reader.records().map(|r| Some(r.ok()?.iter().map(str::to_owned).collect())).collect();
            let ours = Table::read(file.as_bytes()).ok().map(|table| {
                let cells =
                    |row: Row<'_>| row.cells.iter().map(|cell| table.text_of(*cell).to_owned()).collect::<Vec<_>>();
                let header = Some(table.headers.clone()).filter(|header| !header.is_empty());
                header.into_iter().chain(table.rows().map(cells)).collect::<Vec<_>>()
            });
            assert_eq!(ours, theirs, "{file:?}");
        }
    }
}
