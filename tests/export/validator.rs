//! As much of JSON Schema as the project's schema uses: enough to tell whether an output keeps to it.

use serde_json::Value;

/// Where and how a value breaks a schema; empty when it keeps to it.
pub fn violations(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(schema, schema, value, "", &mut found);
    found
}

fn check(root: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    const KNOWN: [&str; 21] = [
        "$schema",
        "$id",
        "$defs",
        "$ref",
        "title",
        "description",
        "type",
        "required",
        "additionalProperties",
        "properties",
        "items",
        "prefixItems",
        "minItems",
        "maxItems",
        "minLength",
        "minimum",
        "maximum",
        "enum",
        "const",
        "format",
        "default",
    ];
    let Some(rules) = schema.as_object() else { return };
    for name in rules.keys() {
        assert!(KNOWN.contains(&name.as_str()), "the validator does not know \"{name}\"");
    }
    let mut wrong = |message: String| found.push(format!("{at}: {message}"));
    if let Some(wanted) = rules.get("const").filter(|wanted| *wanted != value) {
        wrong(format!("{value} is not {wanted}"));
    }
    if let Some(Value::Array(choices)) =
        rules.get("enum").filter(|choices| !choices.as_array().unwrap().contains(value))
    {
        wrong(format!("{value} is none of {choices:?}"));
    }
    if let Some(Value::String(kind)) = rules.get("type") {
        let fits = match kind.as_str() {
            "object" => value.is_object(),
            "array" => value.is_array(),
            "string" => value.is_string(),
            "boolean" => value.is_boolean(),
            "integer" => value.is_u64() || value.is_i64(),
            "number" => value.is_number(),
            other => panic!("unknown type {other}"),
        };
        if !fits {
            wrong(format!("{value} is not of type {kind}"));
        }
    }
    let beyond = |number: f64| {
        let limit = |name: &str| rules.get(name).and_then(Value::as_f64);
        limit("minimum").is_some_and(|least| number < least) || limit("maximum").is_some_and(|most| number > most)
    };
    if value.as_f64().is_some_and(beyond) {
        wrong(format!("{value} is out of range"));
    }
    let size = value.as_array().map(Vec::len).or_else(|| value.as_str().map(str::len)).unwrap_or_default() as u64;
    let bound = |name: &str| rules.get(name).and_then(Value::as_u64);
    if value.is_array()
        && (bound("minItems").is_some_and(|least| size < least) || bound("maxItems").is_some_and(|most| size > most))
        || value.is_string() && bound("minLength").is_some_and(|least| size < least)
    {
        wrong(format!("{size} is a wrong length"));
    }
    if let Some(fields) = value.as_object() {
        for name in rules.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
            if !fields.contains_key(name) {
                wrong(format!("\"{name}\" is missing"));
            }
        }
    }
    if let Some(Value::String(reference)) = rules.get("$ref") {
        let target =
            root.pointer(reference.trim_start_matches('#')).unwrap_or_else(|| panic!("{reference} leads nowhere"));
        check(root, target, value, at, found);
    }
    if let Some(fields) = value.as_object() {
        for (name, field) in fields {
            let place = format!("{at}/{name}");
            match (
                rules.get("properties").and_then(|properties| properties.get(name)),
                rules.get("additionalProperties"),
            ) {
                (Some(property), _) => check(root, property, field, &place, found),
                (None, Some(Value::Bool(false))) => found.push(format!("{place}: not in the schema")),
                (None, Some(other)) => check(root, other, field, &place, found),
                (None, None) => {}
            }
        }
    }
    if let Some(items) = value.as_array() {
        for (number, item) in items.iter().enumerate() {
            // Draft 7 writes a tuple as a list of `items`.
            let items =
                rules.get("items").and_then(|items| if items.is_array() { items.get(number) } else { Some(items) });
            let rule = rules.get("prefixItems").and_then(|rules| rules.get(number)).or(items);
            if let Some(rule) = rule {
                check(root, rule, item, &format!("{at}/{number}"), found);
            }
        }
    }
}
