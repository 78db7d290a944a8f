//! Where things lie, for graphs that are drawn as maps.

use std::sync::Arc;

use super::table::{Row, Table};
use super::{Context, latest, span_of};
use crate::diagnostic::SourceFile;
use crate::rules::Spanned;
use crate::rules::ruleset::{Degrees, Map};

impl<'w> Context<'w> {
    /// `[map.x]`, by name.
    pub(super) fn compile_maps(&mut self) -> Vec<Map> {
        let mut errors = Vec::new();
        let items = latest(&self.written.maps, |item| &item.name, &mut errors, "map");
        self.errors.extend(errors);
        let mut maps = Vec::new();
        for item in items {
            let (value, file) = (&item.value, &item.file);
            let mut map = Map { by: item.name.clone(), ..Map::default() };
            let table = self.columns(item.pack, &value.places, file, &["name", "latitude", "longitude"]);
            for (number, row) in table.rows().enumerate() {
                let place = row.get("latitude").zip(row.get("longitude")).and_then(|(y, x)| degrees(y, x));
                match row.get("name").zip(place) {
                    Some((name, place)) => map.places.push((name.to_owned(), place)),
                    None => self.no_place(&value.places, file, number, "a name, a latitude and a longitude in degrees"),
                }
            }
            map.places.sort();
            map.places.dedup_by(|a, b| a.0 == b.0);
            if let Some(ground) = &value.ground {
                let table = self.columns(item.pack, ground, file, &["kind", "line"]);
                for (number, row) in table.rows().enumerate() {
                    match (row.get("kind"), line(row)) {
                        (Some("land"), Some(line)) => map.land.push(line),
                        (Some("border"), Some(line)) => map.borders.push(line),
                        _ => self.no_place(ground, file, number, "land or border, and a line of degrees"),
                    }
                }
            }
            maps.push(map);
        }
        maps.sort_by(|a, b| a.by.cmp(&b.by));
        maps
    }

    /// A table that has these columns; an empty one where it has not, which is then reported.
    fn columns(
        &mut self,
        pack: usize,
        name: &Spanned<String>,
        file: &Arc<SourceFile>,
        wanted: &[&str],
    ) -> Arc<Table<'w>> {
        let table = self.table(pack, name, file);
        match wanted.iter().find(|column| !table.is_empty() && !table.has(column)) {
            None => table,
            Some(missing) => {
                let has = table.columns().join(", ");
                let message = format!("`{}` has no column `{missing}`; it has {has}", name.get_ref());
                let help = format!("a map's table needs the columns {}", wanted.join(", "));
                self.error("E017", file, span_of(name), message, Some(help));
                Arc::default()
            }
        }
    }

    fn no_place(&mut self, name: &Spanned<String>, file: &Arc<SourceFile>, number: usize, wanted: &str) {
        // The header is line 1.
        let message = format!("line {} of `{}` is not {wanted}", number + 2, name.get_ref());
        let help = "latitudes run from -90 to 90 and longitudes from -180 to 180, as 33.3 or -77".to_owned();
        self.error("E026", file, span_of(name), message, Some(help));
    }
}

/// The degrees of a line, latitude and longitude by turns: two places at least.
fn line(row: Row<'_>) -> Option<Vec<Degrees>> {
    let words: Vec<&str> = row.get("line")?.split_whitespace().collect();
    let line: Vec<Degrees> = words.chunks(2).map(|pair| degrees(pair.first()?, pair.get(1)?)).collect::<Option<_>>()?;
    (line.len() > 1).then_some(line)
}

fn degrees(latitude: &str, longitude: &str) -> Option<Degrees> {
    let thousandths = |text: &str, most: f64| {
        let value: f64 = text.parse().ok()?;
        // What is not a number is within no bounds.
        (value.abs() <= most).then(|| (value * 1000.0).round() as i32)
    };
    Some((thousandths(latitude, 90.0)?, thousandths(longitude, 180.0)?))
}
