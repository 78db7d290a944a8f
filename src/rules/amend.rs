//! Additions to rule files that leave everything else as it was: comments, order and layout.

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value};

/// Longest line of a list that stands on one.
const WIDTH: usize = 120;

/// Adds groups of names to a list of `[identity]`, `same` or `never_same`. A group of `same` that shares a name with one
/// that is there is put into that one; what is there already is not added again.
///
/// # Errors
/// Why the file is no TOML, or what stands where the list should.
///
/// ```
/// let text = "# Who is who.\n[identity]\nsame = [[\"A. Lund\", \"Anna Lund\"]]\n";
/// let group = vec!["Anna Lund".to_owned(), "Anna B. Lund".to_owned()];
/// let added = attache::rules::add_identity(text, "same", &[group]).unwrap();
/// assert_eq!(added, "# Who is who.\n[identity]\nsame = [[\"A. Lund\", \"Anna Lund\", \"Anna B. Lund\"]]\n");
/// ```
pub fn add_identity(text: &str, list: &str, groups: &[Vec<String>]) -> Result<String, String> {
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| error.message().to_owned())?;
    let identity = document.entry("identity").or_insert_with(|| Item::Table(Table::new()));
    let table = identity.as_table_like_mut().ok_or("`identity` is no table")?;
    let there = table.entry(list).or_insert_with(|| Item::Value(Value::Array(Array::new())));
    let there = there.as_array_mut().ok_or_else(|| format!("`{list}` is no list"))?;
    for group in groups {
        let shares =
            |known: &Array| known.iter().any(|name| name.as_str().is_some_and(|name| group.iter().any(|g| g == name)));
        let holds = |known: &Array| group.iter().all(|name| known.iter().any(|k| k.as_str() == Some(name)));
        let arrays = || there.iter().filter_map(Value::as_array);
        if arrays().any(holds) {
            continue;
        }
        let known =
            (list == "same").then(|| there.iter_mut().filter_map(Value::as_array_mut).find(|known| shares(known)));
        match known.flatten() {
            Some(known) => {
                for name in group {
                    if known.iter().all(|k| k.as_str() != Some(name)) {
                        push(known, name.as_str().into());
                    }
                }
            }
            None => push(there, Value::Array(group.iter().collect())),
        }
    }
    Ok(document.to_string())
}

/// Adds examples to the `no` of a rule; none where the file has no rule of that id.
///
/// # Errors
/// Why the file is no TOML, or that the rule's `no` is no list.
///
/// ```
/// let text = "[[rule]]\nid = \"r\"\nno = [\"Lund left.\"] # quietly\n";
/// let added = attache::rules::add_no(text, "r", &["Lund waited.".to_owned()]).unwrap();
/// assert_eq!(added.unwrap(), "[[rule]]\nid = \"r\"\nno = [\"Lund left.\", \"Lund waited.\"] # quietly\n");
/// assert_eq!(attache::rules::add_no(text, "s", &[]).unwrap(), None);
/// ```
pub fn add_no(text: &str, rule: &str, examples: &[String]) -> Result<Option<String>, String> {
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| error.message().to_owned())?;
    let is_it = |id: Option<&Item>| id.and_then(Item::as_str) == Some(rule);
    let Some(rules) = document.get_mut("rule") else { return Ok(None) };
    let list = match rules {
        Item::ArrayOfTables(tables) => no_of_table(tables, is_it),
        // `rule = [{ id = … }]` is as good.
        Item::Value(Value::Array(array)) => no_of_inline(array, rule),
        _ => return Ok(None),
    };
    let Some(list) = list else { return Ok(None) };
    let list = list.as_array_mut().ok_or_else(|| format!("`no` of {rule} is no list"))?;
    for example in examples {
        if list.iter().all(|known| known.as_str() != Some(example)) {
            push(list, example.as_str().into());
        }
    }
    Ok(Some(document.to_string()))
}

/// A rule as it stands in a file, with its comments, to be put into another; none where the file has no rule of that id.
///
/// # Errors
/// Why the file is no TOML.
///
/// ```
/// let text = "# Who left.\n[[rule]]\nid = \"r\"\n\n# Who came.\n[[rule]]\nid = \"s\" # so far\n";
/// let rule = attache::rules::rule_text(text, "s").unwrap().unwrap();
/// assert_eq!(rule, "# Who came.\n[[rule]]\nid = \"s\" # so far\n");
/// ```
pub fn rule_text(text: &str, rule: &str) -> Result<Option<String>, String> {
    let document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| error.message().to_owned())?;
    let is_it = |table: &&Table| table.get("id").and_then(Item::as_str) == Some(rule);
    let tables = document.get("rule").and_then(Item::as_array_of_tables);
    let Some(table) = tables.and_then(|tables| tables.iter().find(is_it)) else { return Ok(None) };
    let mut alone = DocumentMut::new();
    let mut tables = ArrayOfTables::new();
    tables.push(table.clone());
    alone.insert("rule", Item::ArrayOfTables(tables));
    Ok(Some(format!("{}\n", alone.to_string().trim())))
}

fn no_of_table(tables: &mut ArrayOfTables, is_it: impl Fn(Option<&Item>) -> bool) -> Option<&mut Value> {
    let table = tables.iter_mut().find(|table| is_it(table.get("id")))?;
    table.entry("no").or_insert_with(|| Item::Value(Value::Array(Array::new()))).as_value_mut()
}

fn no_of_inline<'t>(array: &'t mut Array, rule: &str) -> Option<&'t mut Value> {
    let is_it = |table: &&mut InlineTable| table.get("id").and_then(Value::as_str) == Some(rule);
    let table = array.iter_mut().filter_map(Value::as_inline_table_mut).find(is_it)?;
    Some(table.get_or_insert("no", Array::new()))
}

/// Adds a value as the list is laid out: a line of its own where the others have one, or where the line grows too long.
fn push(list: &mut Array, mut value: Value) {
    let prefix =
        |value: &Value| value.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default().to_owned();
    let last = list.iter().last().map(prefix);
    let list_ends_with_comma = list.trailing_comma();
    let broken = last.as_ref().is_some_and(|prefix| prefix.contains('\n'));
    if let (true, Some(last)) = (broken, &last) {
        // A comment above the last element stays with that one, one behind it behind its comma.
        let indent = last.rsplit('\n').next().unwrap_or_default();
        let behind = match list.iter_mut().last().filter(|_| !list_ends_with_comma) {
            Some(last) => {
                let suffix = last.decor().suffix().and_then(|suffix| suffix.as_str()).unwrap_or_default().to_owned();
                last.decor_mut().set_suffix("");
                suffix
            }
            None => list.trailing().as_str().unwrap_or_default().to_owned(),
        };
        let (comment, rest) = behind.split_once('\n').unwrap_or(("", ""));
        value.decor_mut().set_prefix(format!("{}\n{indent}", comment.trim_end()));
        list.set_trailing(format!("\n{rest}"));
        list.set_trailing_comma(true);
        list.push_formatted(value);
        return;
    }
    value.decor_mut().set_prefix(if list.is_empty() { "" } else { " " });
    list.push_formatted(value);
    let wide = list.to_string().lines().map(|line| line.chars().count()).max().unwrap_or_default();
    if wide > WIDTH {
        for value in list.iter_mut() {
            value.decor_mut().set_prefix("\n    ");
            value.decor_mut().set_suffix("");
        }
        list.set_trailing("\n");
        list.set_trailing_comma(true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn no(text: &str) -> String {
        let text = format!("[[rule]]\nid = \"r\"\n{text}");
        add_no(&text, "r", &["New.".to_owned()]).unwrap().unwrap().replacen("[[rule]]\nid = \"r\"\n", "", 1)
    }

    #[test]
    fn lists_keep_their_layout() {
        assert_eq!(no("no = [\"A.\"]\n"), "no = [\"A.\", \"New.\"]\n");
        assert_eq!(no("no = []\n"), "no = [\"New.\"]\n");
        assert_eq!(no(""), "no = [\"New.\"]\n");
        assert_eq!(no("no = [\n  \"A.\",\n  \"B.\",\n]\n"), "no = [\n  \"A.\",\n  \"B.\",\n  \"New.\",\n]\n");
        assert_eq!(no("no = [\n  \"A.\"\n]\n"), "no = [\n  \"A.\",\n  \"New.\",\n]\n");
    }

    #[test]
    fn comments_stay_where_they_are() {
        assert_eq!(no("no = [\n  # why\n  \"A.\", # so\n]\n"), "no = [\n  # why\n  \"A.\", # so\n  \"New.\",\n]\n");
        assert_eq!(no("no = [\n  \"A.\" # so\n]\n"), "no = [\n  \"A.\", # so\n  \"New.\",\n]\n");
        assert_eq!(
            no("no = [\n  \"A.\",\n  # the end\n] # after\n"),
            "no = [\n  \"A.\",\n  \"New.\",\n  # the end\n] # after\n"
        );
    }

    #[test]
    fn what_is_there_is_not_added_again() {
        let text = "no = [\"New.\"]\n";
        assert_eq!(no(text), text);
        let identity = "[identity]\nnever_same = [[\"A\", \"B\"]]\n";
        let group = vec!["B".to_owned(), "A".to_owned()];
        assert_eq!(add_identity(identity, "never_same", &[group]).unwrap(), identity);
    }

    #[test]
    fn a_file_without_the_table_gets_it() {
        let group = vec!["A".to_owned(), "B".to_owned()];
        assert_eq!(add_identity("", "same", &[group]).unwrap(), "[identity]\nsame = [[\"A\", \"B\"]]\n");
    }

    #[test]
    fn a_long_list_is_broken() {
        let long = "Somebody whom the report does not name waited for a long time in front of the ministry.";
        let broken = no(&format!("no = [\"{long}\", \"{long}\"]\n"));
        assert_eq!(broken, format!("no = [\n    \"{long}\",\n    \"{long}\",\n    \"New.\",\n]\n"));
    }
}
