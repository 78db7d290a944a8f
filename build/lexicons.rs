//! The lexicons of a pack, packed.
//!
//! Whatever is not as it should be makes nothing here: the program then reads the tables itself, and says what is wrong.

use std::collections::BTreeMap;

use toml::{Table as Toml, Value};

use crate::gazetteer::Gazetteer;
use crate::lexis::Lexis;
use crate::pattern::TypeId;
use crate::rows::Columns;
use crate::table::Table;

/// The names of a pack as its rule set holds them, if it has any.
pub fn pack(name: &str, files: &BTreeMap<String, Vec<u8>>) -> Option<Vec<u8>> {
    let (mut gazetteer, mut lexis, mut types) = (Gazetteer::default(), Lexis::default(), Vec::new());
    let mut any = false;
    // Files in the order in which the program reads them.
    let of_pack = files.iter().filter_map(|(path, bytes)| Some((path.strip_prefix(name)?.strip_prefix('/')?, bytes)));
    for (_, bytes) in of_pack.filter(|(path, _)| path.ends_with(".toml")) {
        let text = std::str::from_utf8(bytes).ok()?;
        if !text.contains("lexicon") {
            continue;
        }
        let Some(Value::Array(lexicons)) = text.parse::<Toml>().ok()?.remove("lexicon") else { continue };
        for lexicon in &lexicons {
            any = true;
            add(lexicon.as_table()?, name, files, &mut types, &mut lexis, &mut gazetteer)?;
        }
    }
    gazetteer.sort(lexis.len());
    let mut out = Vec::new();
    gazetteer.pack(&types, &mut out);
    lexis.pack(&mut out);
    any.then_some(out)
}

/// Adds the rows of one lexicon.
fn add(
    lexicon: &Toml,
    pack: &str,
    files: &BTreeMap<String, Vec<u8>>,
    types: &mut Vec<String>,
    lexis: &mut Lexis,
    gazetteer: &mut Gazetteer,
) -> Option<()> {
    let text = |key: &str| lexicon.get(key).and_then(Value::as_str);
    let texts = |key: &str| lexicon.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let pairs = |key: &str| {
        let table = lexicon.get(key).and_then(Value::as_table);
        table.into_iter().flatten().filter_map(|(key, value)| Some((key.as_str(), value.as_str()?)))
    };
    let table = Table::read(files.get(&format!("{pack}/{}", text("file")?))?).ok()?;
    let columns = [text("name")?].into_iter().chain(text("type_column")).chain(texts("aliases"));
    let columns = columns.chain(texts("adjectives")).chain(pairs("attributes").map(|(_, column)| column));
    if columns.chain(pairs("only").map(|(column, _)| column)).any(|column| !table.has(column)) {
        return None;
    }
    let number = |column: &str| table.column(column);
    let name = number(text("name")?);
    let mut numbered = |name: &str| {
        let at = types.iter().position(|known| known == name).unwrap_or_else(|| {
            types.push(name.to_owned());
            types.len() - 1
        });
        u8::try_from(at).ok().map(TypeId)
    };
    let columns = Columns {
        name,
        surfaces: Columns::surfaces(name, texts("aliases").map(number), texts("adjectives").map(number)),
        type_column: text("type_column").map(number),
        fixed: text("type").and_then(&mut numbered),
        only: pairs("only").map(|(column, wanted)| (number(column), wanted)).collect(),
        attributes: pairs("attributes").map(|(attribute, column)| (attribute, number(column))).collect(),
        entity: lexicon.get("entity").and_then(Value::as_bool).unwrap_or(true),
        nominal: text("kind") == Some("nominal"),
    };
    let mut strange = 0;
    columns.add(&table, &mut numbered, &mut |_| strange += 1, lexis, gazetteer);
    (strange == 0).then_some(())
}
