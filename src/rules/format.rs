//! Rule files in one canonical layout; comments stay where they belong.
//!
//! Keys stand in the order of the documentation, one blank line before a table. A list stands on one line where it fits;
//! otherwise long elements (patterns, sentences) stand one a line, and words fill lines. Text with quotation marks or
//! backslashes stands in single quotes where it can, as it is meant. What a file says never changes: that is checked each
//! time.

use toml_edit::{Array, Decor, DocumentMut, Item, Key, KeyMut, RawString, Table, Value};

/// Longest line, in characters.
const WIDTH: usize = 120;
/// Elements up to this many characters are words, which fill lines.
const WORD: usize = 40;

/// The order of keys within a table. Others follow in the order written.
const ORDER: &[&str] = &[
    "id",
    "file",
    "type",
    "type_column",
    "name",
    "aliases",
    "adjectives",
    "attributes",
    "entity",
    "doc",
    "version",
    "extends",
    "model",
    "parent",
    "any",
    "gives",
    "from",
    "for",
    "between",
    "symmetric",
    "stage",
    "kind",
    "attribute",
    "matches",
    "to",
    "of",
    "part",
    "when",
    "match",
    "if",
    "then",
    "words",
    "columns",
    "only",
    "source",
    "target",
    "place",
    "source-through",
    "through",
    "where",
    "unless",
    "min-support",
    "voice",
    "modality",
    "confidence",
    "priority",
    "set",
    "value",
    "key",
    "head",
    "acts",
    "node",
    "codes",
    "draw",
    "label",
    "text",
    "yes",
    "no",
    "todo",
];

/// The file in canonical layout.
///
/// # Errors
/// Why it is not TOML.
///
/// ```
/// let written = "[list.talks]\nwords=['talks',   'meeting' ]   # nouns\ndoc = \"Nouns.\"";
/// let laid_out = "[list.talks]\ndoc = \"Nouns.\"\nwords = ['talks', 'meeting'] # nouns\n";
/// assert_eq!(attache::rules::format(written).unwrap(), laid_out);
/// ```
pub fn format(text: &str) -> Result<String, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| told(&error))?;
    let before = values(text)?;
    let trailing = comments(document.trailing().as_str().unwrap_or_default(), false);
    table(document.as_table_mut(), true);
    document.set_trailing(trailing);
    let mut out = document.to_string();
    let end = out.trim_end().len();
    out.truncate(end);
    let mut out = out.trim_start_matches('\n').to_owned();
    if !out.is_empty() {
        out.push('\n');
    }
    // A layout that said something else would be worse than none.
    if values(&out).ok().as_ref() != Some(&before) {
        return Err("its layout cannot be changed without changing what it says".to_owned());
    }
    Ok(out)
}

fn told(error: &toml_edit::TomlError) -> String {
    error.message().lines().collect::<Vec<_>>().join("; ")
}

fn values(text: &str) -> Result<toml::Table, String> {
    toml::from_str(text).map_err(|error| error.message().to_owned())
}

fn table(table: &mut Table, root: bool) {
    if !root && !table.is_implicit() {
        let prefix = comments(table.decor().prefix().and_then(RawString::as_str).unwrap_or_default(), true);
        let suffix = trailing(table.decor().suffix());
        *table.decor_mut() = Decor::new(prefix, suffix);
    }
    let rank = |key: &Key| ORDER.iter().position(|known| *known == key.get()).unwrap_or(ORDER.len());
    table.sort_values_by(|a, _, b, _| rank(a).cmp(&rank(b)));
    for (mut key, item) in table.iter_mut() {
        match item {
            Item::Value(value) => line(&mut key, value),
            Item::Table(inner) => {
                plain_key(&mut key);
                self::table(inner, false);
            }
            Item::ArrayOfTables(list) => {
                plain_key(&mut key);
                list.iter_mut().for_each(|inner| self::table(inner, false));
            }
            Item::None => {}
        }
    }
}

/// A key of a header, without the space that may stand around it.
fn plain_key(key: &mut KeyMut<'_>) {
    *key.dotted_decor_mut() = Decor::new("", "");
    if key.leaf_decor().prefix().and_then(RawString::as_str).is_none_or(|p| !p.contains('#')) {
        *key.leaf_decor_mut() = Decor::new("", "");
    }
}

/// `key = value`, with the comments above it and the one behind it.
fn line(key: &mut KeyMut<'_>, value: &mut Value) {
    let prefix = key.leaf_decor().prefix().and_then(RawString::as_str).unwrap_or_default();
    let prefix = comments(prefix, false);
    *key.leaf_decor_mut() = Decor::new(prefix, " ");
    *key.dotted_decor_mut() = Decor::new("", "");
    let suffix = trailing(value.decor().suffix());
    let name = key.get().chars().count() + " = ".len();
    arrange(value, name, 0);
    *value.decor_mut() = Decor::new(" ", suffix);
}

/// A comment at the end of a line, one space before it.
fn trailing(raw: Option<&RawString>) -> String {
    match raw.and_then(RawString::as_str).unwrap_or_default().trim() {
        "" => String::new(),
        comment => format!(" {comment}"),
    }
}

/// Comment lines, with at most one blank line between them and one before; `table` asks for that one.
fn comments(raw: &str, table: bool) -> String {
    let mut out = String::new();
    let mut blank = table;
    for line in raw.split_inclusive('\n') {
        let text = line.trim();
        if text.is_empty() {
            // What follows the last line end is no line.
            blank |= line.ends_with('\n');
            continue;
        }
        if blank {
            out.push('\n');
        }
        blank = false;
        out.push_str(text);
        out.push('\n');
    }
    if blank {
        out.push('\n');
    }
    out
}

/// Lays a value out that begins after `before` characters of its line, `depth` brackets deep.
fn arrange(value: &mut Value, before: usize, depth: usize) {
    match value {
        Value::String(_) => unescape(value),
        Value::Array(array) => arrange_array(array, before, depth),
        Value::InlineTable(inner) => {
            let last = inner.len().saturating_sub(1);
            for (number, (mut key, value)) in inner.iter_mut().enumerate() {
                if commented(key.leaf_decor()) || commented(value.decor()) {
                    continue;
                }
                arrange(value, 0, depth + 1);
                *key.leaf_decor_mut() = Decor::new(" ", " ");
                *value.decor_mut() = Decor::new(" ", if number == last { " " } else { "" });
            }
        }
        _ => {}
    }
}

/// Writes text as it is meant, in single quotes, where it has escapes that it can do without.
fn unescape(value: &mut Value) {
    let (written, Some(text)) = (bare(value), value.as_str()) else { return };
    let plain = !written.starts_with("\"\"\"") && !text.contains(|c: char| c == '\'' || c.is_control());
    if plain && written.starts_with('"') && written.contains('\\') {
        let literal: Result<Value, _> = format!("'{text}'").parse();
        if let Ok(mut literal) = literal {
            *literal.decor_mut() = value.decor().clone();
            *value = literal;
        }
    }
}

fn commented(decor: &Decor) -> bool {
    [decor.prefix(), decor.suffix()]
        .into_iter()
        .flatten()
        .any(|raw| raw.as_str().is_some_and(|text| text.contains('#')))
}

fn arrange_array(array: &mut Array, before: usize, depth: usize) {
    let with_comments = array.trailing().as_str().is_some_and(|text| text.contains('#'))
        || array.iter().any(|value| commented(value.decor()));
    for value in array.iter_mut() {
        arrange(value, 0, depth + 1);
    }
    if with_comments {
        keep_comments(array, depth);
        return;
    }
    let texts: Vec<String> = array.iter().map(bare).collect();
    let lengths: Vec<usize> = texts.iter().map(|text| text.chars().count()).collect();
    let flat = before + 2 + lengths.iter().sum::<usize>() + 2 * lengths.len().saturating_sub(1);
    let broken = texts.iter().any(|text| text.contains('\n'));
    if flat <= WIDTH && !broken || depth > 1 {
        for (number, value) in array.iter_mut().enumerate() {
            *value.decor_mut() = Decor::new(if number == 0 { "" } else { " " }, "");
        }
        array.set_trailing("");
        array.set_trailing_comma(false);
        return;
    }
    let indent = "    ".repeat(depth + 1);
    let fill = lengths.iter().all(|length| *length <= WORD) && !broken;
    let mut at = usize::MAX;
    for (value, length) in array.iter_mut().zip(lengths) {
        // The comma behind it belongs to the line.
        let fits = fill && at != usize::MAX && at + 1 + length < WIDTH;
        let prefix = if fits { " ".to_owned() } else { format!("\n{indent}") };
        at = if fits { at + 1 } else { indent.len() } + length + 1;
        *value.decor_mut() = Decor::new(prefix, "");
    }
    array.set_trailing(format!("\n{}", "    ".repeat(depth)));
    array.set_trailing_comma(true);
}

/// A value as it is written, without what stands around it.
fn bare(value: &Value) -> String {
    let mut value = value.clone();
    *value.decor_mut() = Decor::new("", "");
    value.to_string()
}

/// Elements under the comments that stand above them, one a line where they are long; a comment behind an element goes
/// above the next, which is where the text has it.
fn keep_comments(array: &mut Array, depth: usize) {
    let lengths: Vec<usize> = array.iter().map(|value| bare(value).chars().count()).collect();
    let words = lengths.iter().all(|length| *length <= WORD);
    let alone = alone(array);
    let (indent, close) = ("    ".repeat(depth + 1), "    ".repeat(depth));
    let lines = |raw: Option<&str>| {
        let mut lines: Vec<String> = Vec::new();
        for (number, line) in raw.unwrap_or_default().split('\n').enumerate() {
            let text = line.trim();
            if !text.is_empty() {
                // What stands on the line of the element before stays there.
                let beside = number == 0 && !lines.iter().any(|l| l.starts_with(' '));
                lines.push(if beside { format!(" {text}") } else { format!("\n{indent}{text}") });
            }
        }
        lines.concat()
    };
    let mut carried = String::new();
    let mut at = usize::MAX;
    for (number, ((value, length), alone)) in array.iter_mut().zip(lengths).zip(alone).enumerate() {
        let mut prefix = lines(value.decor().prefix().and_then(RawString::as_str));
        if number == 0 && prefix.starts_with(" #") {
            prefix = format!(" {}", prefix.trim_start());
        }
        let suffix = value.decor().suffix().and_then(RawString::as_str).unwrap_or_default().to_owned();
        let above = std::mem::take(&mut carried) + &prefix;
        let fits = words && !alone && above.is_empty() && at != usize::MAX && at + 1 + length < WIDTH;
        at = if fits { at + 1 } else { indent.len() } + length + 1;
        let space = if fits { " ".to_owned() } else { format!("\n{indent}") };
        *value.decor_mut() = Decor::new(above + &space, "");
        if suffix.contains('#') {
            carried =
                suffix.split('\n').map(str::trim).filter(|l| !l.is_empty()).map(|l| format!("\n{indent}{l}")).collect();
        }
    }
    let rest = lines(array.trailing().as_str());
    array.set_trailing(format!("{carried}{rest}\n{close}"));
    array.set_trailing_comma(true);
}

/// Which elements have a line of their own with a comment behind them: it speaks of them alone.
fn alone(array: &Array) -> Vec<bool> {
    let raw = |text: Option<&RawString>| text.and_then(RawString::as_str).unwrap_or_default().to_owned();
    let before: Vec<String> = array.iter().map(|value| raw(value.decor().prefix())).collect();
    let behind = array.iter().map(|value| raw(value.decor().suffix()));
    let rest = raw(Some(array.trailing()));
    let next = before.iter().skip(1).chain([&rest]);
    let beside = |text: &str| text.lines().next().is_some_and(|line| line.contains('#'));
    let commented = behind.zip(next).map(|(behind, next)| behind.contains('#') || beside(next));
    before.iter().zip(commented).map(|(before, commented)| commented && before.contains('\n')).collect()
}
