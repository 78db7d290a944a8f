//! The keys that tables may hold and what they mean, from the schema that is made of the very types that read them.

use serde_json::{Map, Value};

use super::held::NAMED;
use crate::rules::written_schema;

/// The schema of rule files.
#[derive(Debug)]
pub(super) struct Schema(Value);

/// A table that may stand in a rule file.
#[derive(Debug, Clone)]
pub(super) struct Table<'s> {
    pub name: &'s str,
    /// How its header begins and ends: `[[` and `]]`, with a name where it takes one.
    pub header: String,
    /// Whether a name follows.
    pub named: bool,
    pub doc: &'s str,
}

/// A key of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct KeyInfo<'s> {
    pub name: &'s str,
    pub schema: &'s Value,
    pub required: bool,
}

impl Default for Schema {
    fn default() -> Self {
        Schema(written_schema())
    }
}

impl Schema {
    /// All tables, in order of their names.
    pub fn tables(&self) -> impl Iterator<Item = Table<'_>> {
        let properties = self.0.get("properties").and_then(Value::as_object);
        properties.into_iter().flatten().map(|(name, schema)| {
            let named = NAMED.contains(&name.as_str());
            let header = match schema["type"].as_str() {
                Some("array") => format!("[[{name}]]"),
                _ if named => format!("[{name}.NAME]"),
                _ => format!("[{name}]"),
            };
            Table { name, header, named, doc: doc(schema) }
        })
    }

    /// What may stand at a path below a table: an object of the schema.
    fn below(&self, table: &str, path: &[impl AsRef<str>]) -> Option<&Value> {
        let mut node = self.0.get("properties")?.get(table)?;
        if NAMED.contains(&table) {
            node = node.get("additionalProperties")?;
        }
        for key in path {
            node = elements(node);
            let properties = node.get("properties").and_then(|properties| properties.get(key.as_ref()));
            node = properties.or_else(|| node.get("additionalProperties").filter(|below| below.is_object()))?;
        }
        Some(node)
    }

    /// Keys of a table, or of a table inside it.
    pub fn keys(&self, table: &str, path: &[impl AsRef<str>]) -> Vec<KeyInfo<'_>> {
        let Some(node) = self.below(table, path).map(elements) else { return Vec::new() };
        let required = node.get("required").and_then(Value::as_array);
        let is_required = |name: &str| required.is_some_and(|all| all.iter().any(|key| key == name));
        let properties: Option<&Map<String, Value>> = node.get("properties").and_then(Value::as_object);
        let keys = properties.into_iter().flatten();
        keys.map(|(name, schema)| KeyInfo { name, schema, required: is_required(name) }).collect()
    }

    /// What a key means.
    pub fn doc(&self, table: &str, path: &[impl AsRef<str>]) -> Option<&str> {
        Some(doc(self.below(table, path)?)).filter(|doc| !doc.is_empty())
    }

    /// Whether a key is true or false.
    pub fn is_boolean(&self, table: &str, path: &[impl AsRef<str>]) -> bool {
        self.below(table, path).is_some_and(|node| node["type"] == "boolean")
    }
}

impl KeyInfo<'_> {
    pub fn doc(&self) -> &str {
        doc(self.schema)
    }

    /// What kind of value it takes, in words.
    pub fn kind(&self) -> &'static str {
        match self.schema["type"].as_str() {
            Some("string") => "text",
            Some("array") => "list",
            Some("boolean") => "true or false",
            Some("integer" | "number") => "number",
            Some("object") => "table",
            _ => "value",
        }
    }

    /// What is put for the key, `|` where writing goes on.
    pub fn inserted(&self) -> String {
        let value = match self.schema["type"].as_str() {
            Some("string") => "\"|\"",
            Some("array") if self.schema["items"]["type"] == "string" => "[\"|\"]",
            Some("array") => "[|]",
            Some("object") => "{ | }",
            _ => "|",
        };
        format!("{} = {value}", self.name)
    }
}

/// Of a list, what its elements are.
fn elements(node: &Value) -> &Value {
    node.get("items").unwrap_or(node)
}

fn doc(schema: &Value) -> &str {
    schema["description"].as_str().unwrap_or_default()
}
