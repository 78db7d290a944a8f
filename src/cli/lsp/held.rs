//! What the keys of rule files hold: types, relations, patterns …; the one table that completion, hovering and renaming
//! read.

use crate::pattern::Reach;
use crate::rules::{Status, through};

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Held {
    /// The name of a type.
    Type,
    /// The name of a relation.
    Relation,
    /// The id of a rule, defined here.
    Id,
    /// A pattern.
    Pattern,
    /// A word, or `@list`.
    WordOrList,
    /// A role of a pattern of the same rule.
    Role,
    /// A text in which `{role}` stands for what the role matched.
    Template,
    /// A line of a test: `source relation target`.
    TestLine,
    /// A CSV file of the pack.
    File,
    /// A column of the CSV file that the same table names.
    Column,
    /// A pack.
    Pack,
    /// One of a few words.
    Words(Vec<&'static str>),
    /// Anything.
    Text,
}

/// What the value of `path` holds, the keys from those of `table` on; a key of an inline table whose keys are free is the
/// last of `path` as well.
pub(super) fn held(table: &str, path: &[impl AsRef<str>]) -> Held {
    let path: Vec<&str> = path.iter().map(AsRef::as_ref).collect();
    let named = |named: &[(&'static str, Status)]| Held::Words(named.iter().map(|(name, _)| *name).collect());
    match (table, path.as_slice()) {
        ("type", ["parent" | "any"])
        | ("name" | "lexicon", ["type"])
        | ("name", ["gives"])
        | ("refine", ["type" | "to"])
        | ("stands-for", ["type" | "for" | "literal"])
        | ("relation", ["between"])
        | ("rule", ["of"])
        | ("pronoun", ["for"])
        | ("discourse", ["pairs", "for"] | ["guess", _]) => Held::Type,
        ("rule", ["gives"]) | ("event", ["from" | "source" | "target" | "place"]) => Held::Relation,
        ("rule" | "name" | "inference", ["id"]) => Held::Id,
        ("rule" | "name" | "list", ["match"]) | ("rule", ["where"]) => Held::Pattern,
        ("rule", ["unless"]) => Held::WordOrList,
        ("rule", ["source" | "target"]) | ("name", ["head"]) => Held::Role,
        ("name", ["value" | "key" | "alias"] | ["set", _]) => Held::Template,
        ("test", ["yes" | "no" | "todo"]) => Held::TestLine,
        ("list" | "lexicon", ["file"]) | ("dates", ["months" | "weekdays"]) => Held::File,
        ("list", ["columns"])
        | ("lexicon", ["name" | "type_column" | "aliases" | "adjectives"] | ["attributes", _]) => Held::Column,
        ("pack", ["extends"]) => Held::Pack,
        ("rule" | "relation", ["through" | "source-through"]) => {
            Held::Words(Reach::NAMED.iter().map(|(name, _)| *name).collect())
        }
        ("rule", ["voice"]) => Held::Words(vec!["free", "as-written", "passive"]),
        ("rule", ["only"] | ["modality", _]) | ("recode", ["when"]) | ("cue", ["gives" | "reported"]) => {
            named(Status::NAMED)
        }
        ("cue", ["acts"]) => Held::Words(vec!["on", "govern"]),
        ("cue", ["through"]) => Held::Words(through::NAMED.iter().map(|(name, _)| *name).collect()),
        ("name" | "lexicon", ["kind"]) => Held::Words(vec!["named", "nominal"]),
        ("dates", ["order"]) => Held::Words(vec!["day-first", "month-first"]),
        _ => Held::Text,
    }
}

/// Which keys an inline table may hold whose keys are no keys of the schema.
pub(super) fn held_keys(table: &str, path: &[impl AsRef<str>]) -> Held {
    let path: Vec<&str> = path.iter().map(AsRef::as_ref).collect();
    match (table, path.as_slice()) {
        ("rule", ["modality"]) => held("rule", &["only"]),
        ("list" | "lexicon", ["only"]) => Held::Column,
        _ => Held::Text,
    }
}

/// Tables whose header holds a name: `[relation.met-with]`.
pub(super) const NAMED: &[&str] = &["type", "list", "relation", "event"];

#[cfg(test)]
mod tests {
    use crate::rules::written_schema;

    /// A key that is renamed must be renamed here as well.
    #[test]
    fn every_key_is_one_of_the_schema() {
        let schema = written_schema();
        let source = include_str!("held.rs");
        let body = &source[source.find("match (table").unwrap()..source.find("_ => Held::Text").unwrap()];
        let tables = schema["properties"].as_object().unwrap();
        let mut keys: std::collections::BTreeSet<String> = tables.keys().cloned().collect();
        fn add(value: &serde_json::Value, keys: &mut std::collections::BTreeSet<String>) {
            if let Some(properties) = value.get("properties").and_then(|p| p.as_object()) {
                keys.extend(properties.keys().cloned());
                properties.values().for_each(|value| add(value, keys));
            }
            ["items", "additionalProperties"]
                .iter()
                .filter_map(|key| value.get(*key))
                .for_each(|value| add(value, keys));
        }
        add(&schema, &mut keys);
        let patterns =
            body.lines().filter(|line| !line.contains("vec!")).flat_map(|line| line.split('"').skip(1).step_by(2));
        for word in patterns {
            assert!(keys.contains(word), "`{word}` is no key of a rule file");
        }
    }
}
