//! Where something is defined and where it is used, and how it gets another name.

use std::collections::{BTreeSet, HashMap};

use lsp_types::{Location, TextEdit, Uri, WorkspaceEdit};

use super::lines::Lines;
use super::names::{Kind, Name, Names};
use crate::pattern::Flags;
use crate::rules::Checked;

/// Definitions, or with `uses` every place, of what is named at a byte of a file; `address` says where a file can be
/// opened.
pub(super) fn places(
    names: &Names,
    file: usize,
    byte: u32,
    uses: bool,
    address: &dyn Fn(usize) -> Option<Uri>,
) -> Option<Vec<Location>> {
    let wanted = names.at(file, byte)?;
    let found = names.of(wanted.kind, &wanted.name).filter(|name| uses || name.defines);
    let mut out = Vec::new();
    for name in found {
        if let Some(uri) = address(name.file) {
            let lines = Lines::new(&names.files[name.file].source.text);
            out.push(Location::new(uri, lines.range(name.span)));
        }
    }
    Some(out)
}

/// What can be renamed at a byte of a file.
///
/// # Errors
/// Why it cannot: for the user to read.
pub(super) fn renameable(names: &Names, file: usize, byte: u32) -> Result<&Name, String> {
    let name = names.at(file, byte).ok_or("only types, lists, relations and rules have names that can be changed")?;
    let mut defined = names.of(name.kind, &name.name).filter(|name| name.defines).peekable();
    if defined.peek().is_none() {
        return Err(format!("there is no {} `{}`", name.kind.name(), name.name));
    }
    if let Some(built_in) = defined.find(|name| names.files[name.file].path.is_none()) {
        let place = &names.files[built_in.file].source.name;
        return Err(format!("`{}` is defined in {place}, which is built in", name.name));
    }
    Ok(name)
}

/// The changes that give what is named at a byte another name, in all files; `tables` are the CSV files in
/// which types are named, with those types.
///
/// # Errors
/// Why it cannot be done: for the user to read. Nothing is changed by halves.
// The protocol's types hash an address, which never changes here.
#[allow(clippy::mutable_key_type)]
pub(super) fn rename(
    names: &Names,
    file: usize,
    byte: u32,
    new: &str,
    tables: &[(String, BTreeSet<String>)],
    address: &dyn Fn(usize) -> Option<Uri>,
) -> Result<WorkspaceEdit, String> {
    let name = renameable(names, file, byte)?;
    let letter = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_') || name.kind == Kind::Rule && c == '.';
    if new.is_empty() || !new.chars().all(letter) {
        return Err(format!("`{new}` cannot be a name: letters, digits, `-` and `_` can"));
    }
    if name.kind == Kind::Type && Flags::named(new).is_some() {
        return Err(format!("`{new}` is a tag of words"));
    }
    if new != name.name && names.of(name.kind, new).any(|name| name.defines) {
        return Err(format!("there is a {} `{new}` already", name.kind.name()));
    }
    let own = |number: usize| names.files.get(number).is_some_and(|file| file.path.is_some());
    if let Some((number, span)) = names.unread.iter().find(|(number, _)| own(*number)) {
        let source = &names.files[*number].source;
        let line = Lines::new(&source.text).position(span.start).line + 1;
        return Err(format!("{}:{line} cannot be read, and may name it: mend that first", source.name));
    }
    if name.kind == Kind::Type
        && let Some((file, _)) = tables.iter().find(|(_, types)| types.contains(&name.name))
    {
        return Err(format!("rows of {file} are of the type `{}`: change it there by hand", name.name));
    }
    let mut changes: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
    for place in names.of(name.kind, &name.name) {
        let source = &names.files[place.file].source;
        let lines = Lines::new(&source.text);
        if place.span.slice(&source.text) != name.name {
            let line = lines.position(place.span.start).line + 1;
            return Err(format!("{}:{line} writes it with escapes: change it there by hand", source.name));
        }
        if let Some(uri) = address(place.file).filter(|_| own(place.file)) {
            changes.entry(uri).or_default().push(TextEdit::new(lines.range(place.span), new.to_owned()));
        }
    }
    Ok(WorkspaceEdit::new(changes))
}

/// CSV files that name the type of each row, with the types named.
pub(super) fn typed_tables(checked: &Checked) -> Vec<(String, BTreeSet<String>)> {
    let mut out = Vec::new();
    for item in &checked.written.lexicons {
        let Some(column) = &item.value.type_column else { continue };
        let Some(pack) = checked.written.packs.get(item.pack) else { continue };
        let file = item.value.file.get_ref();
        let Some(bytes) = pack.files.get(file) else { continue };
        let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).flexible(true).from_reader(bytes.bytes());
        let Ok(headers) = reader.headers() else { continue };
        let Some(at) = headers.iter().position(|name| name == column.get_ref()) else { continue };
        let types = reader.records().filter_map(|row| Some(row.ok()?.get(at)?.to_owned())).collect();
        out.push((format!("{}/{file}", pack.place), types));
    }
    out
}
