//! The JSON Schema of rule files, made from the very types that read them.
//!
//! Editors complete and explain keys by it; what a key means is its doc comment. It is draft-07, which every editor
//! extension for TOML reads.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::written::{
    CueWritten, DatesWritten, DiscourseWritten, EventWritten, FunctionWritten, IdentityWritten, InferenceWritten,
    LexiconWritten, ListWritten, MapWritten, NameWritten, PackWritten, PronounWritten, RecodeWritten, RefineWritten,
    RelationWritten, RuleWritten, StandsForWritten, TestWritten, TypeWritten, ViewWritten,
};

/// A rule file of Attaché. Any table may stand in any `.toml` file of a pack.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "Attaché rule file")]
#[allow(dead_code)]
struct RuleFile {
    /// What the pack is; in `pack.toml`.
    pack: Option<PackWritten>,
    /// Types of entity, by name: `[type.Minister]`.
    r#type: Option<BTreeMap<String, TypeWritten>>,
    /// Lists of words and pieces of pattern, by name: `[list.talks]`, used as `@talks`.
    list: Option<BTreeMap<String, ListWritten>>,
    /// Tables of names.
    lexicon: Option<Vec<LexiconWritten>>,
    /// Rules that compose names and titles.
    name: Option<Vec<NameWritten>>,
    /// Rules that narrow a type.
    refine: Option<Vec<RefineWritten>>,
    /// Types whose mentions may stand for something else.
    #[schemars(rename = "stands-for")]
    stands_for: Option<Vec<StandsForWritten>>,
    /// Codes that change with a statement's standing.
    recode: Option<Vec<RecodeWritten>>,
    /// Relations, by name: `[relation.met-with]`.
    relation: Option<BTreeMap<String, RelationWritten>>,
    /// Rules that find relations.
    rule: Option<Vec<RuleWritten>>,
    /// Rules that conclude relations from other relations of the graph.
    inference: Option<Vec<InferenceWritten>>,
    /// Longer texts with what must come out of them.
    test: Option<Vec<TestWritten>>,
    /// Parts of a graph that are asked for by name: `[view.meetings]`.
    view: Option<BTreeMap<String, ViewWritten>>,
    /// Where nodes are drawn, by the attribute that says so: `[map.country]`.
    map: Option<BTreeMap<String, MapWritten>>,
    /// Events that relations give rise to, by type: `[event.Meeting]`.
    event: Option<BTreeMap<String, EventWritten>>,
    /// Pronouns.
    pronoun: Option<Vec<PronounWritten>>,
    /// Words that change how a statement is to be taken.
    cue: Option<Vec<CueWritten>>,
    /// Classes of function words.
    function: Option<FunctionWritten>,
    /// How reference works.
    discourse: Option<DiscourseWritten>,
    /// Words of dates.
    dates: Option<DatesWritten>,
    /// Who is who across documents.
    identity: Option<IdentityWritten>,
}

/// The schema, as JSON.
#[must_use]
pub fn written_schema() -> Value {
    let mut settings = SchemaSettings::draft07();
    settings.inline_subschemas = true;
    let mut schema = settings.into_generator().into_root_schema_for::<RuleFile>().to_value();
    // A key that may be left out is left out: TOML has no null.
    without_null(&mut schema);
    schema
}

fn without_null(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if let Some(Value::Array(types)) = object.get_mut("type") {
                types.retain(|kind| kind != "null");
                if let [only] = types.as_slice() {
                    let only = only.clone();
                    object.insert("type".to_owned(), only);
                }
            }
            if let Some(Value::Array(choices)) = object.get_mut("anyOf") {
                choices.retain(|choice| choice.get("type").is_none_or(|kind| kind != "null"));
                if let [Value::Object(only)] = choices.as_slice() {
                    let only = only.clone();
                    object.remove("anyOf");
                    for (key, value) in only {
                        object.entry(key).or_insert(value);
                    }
                }
            }
            if object.get("default").is_some_and(Value::is_null) {
                object.remove("default");
            }
            object.values_mut().for_each(without_null);
        }
        Value::Array(list) => list.iter_mut().for_each(without_null),
        _ => {}
    }
}
