//! JSON Schemas from a model: what a shape looks like on the wire, for checks that share no code with the client.
//!
//! Draft 2020-12. Bounds, patterns and enums are those of the model, so that a schema is stricter than a client, which
//! leaves such checks to the service.

use cognito_codegen::model::{Service, Shape, ShapeKind, ShapeRef, TimestampFormat, Whole};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The schema of a structure, with all shapes that it reaches as `$defs`. An operation without input or output has the
/// schema of an empty object: `None`.
pub fn of(service: &Service, structure: Option<&str>) -> Value {
    let Some(name) = structure else {
        return json!({ "type": "object", "additionalProperties": false });
    };
    let mut definitions = Map::new();
    let mut open = BTreeSet::from([name]);
    while let Some(name) = open.pop_first() {
        if definitions.contains_key(name) {
            continue;
        }
        let Some(shape) = service.shapes.get(name) else {
            continue;
        };
        definitions.insert(name.to_owned(), definition(shape));
        match &shape.kind {
            ShapeKind::Structure(structure) => {
                open.extend(structure.members.values().map(|member| member.shape.as_str()))
            }
            ShapeKind::List { member, .. } => drop(open.insert(&member.shape)),
            ShapeKind::Map { key, value, .. } => open.extend([key.shape.as_str(), value.shape.as_str()]),
            _ => {}
        }
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": format!("#/$defs/{name}"),
        "$defs": definitions,
    })
}

fn definition(shape: &Shape) -> Value {
    match &shape.kind {
        ShapeKind::Structure(structure) if structure.document => json!(true),
        ShapeKind::Structure(structure) => {
            let properties: Map<_, _> = structure
                .members
                .iter()
                .map(|(name, member)| (name.clone(), reference(member)))
                .collect();
            let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
            if structure.union {
                schema["minProperties"] = json!(1);
                schema["maxProperties"] = json!(1);
            } else {
                schema["required"] = json!(structure.required);
            }
            schema
        }
        ShapeKind::List {
            member,
            min,
            max,
            sparse,
            ..
        } => {
            let schema = json!({ "type": "array", "items": element(member, *sparse) });
            bounded(schema, "minItems", *min, "maxItems", *max)
        }
        ShapeKind::Map {
            key,
            value,
            min,
            max,
            sparse,
            ..
        } => {
            let values = element(value, *sparse);
            let schema = json!({ "type": "object", "propertyNames": reference(key), "additionalProperties": values });
            bounded(schema, "minProperties", *min, "maxProperties", *max)
        }
        ShapeKind::String {
            values: Some(values), ..
        } => json!({ "enum": values }),
        ShapeKind::String { min, max, pattern, .. } => {
            let mut schema = bounded(json!({ "type": "string" }), "minLength", *min, "maxLength", *max);
            if let Some(pattern) = pattern {
                // AWS matches the whole text, and JSON Schema any part of it.
                schema["pattern"] = json!(format!("^(?:{pattern})$"));
            }
            schema
        }
        ShapeKind::Blob { .. } => json!({
            "type": "string",
            "pattern": "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
        }),
        ShapeKind::Boolean => json!({ "type": "boolean" }),
        ShapeKind::Whole { number, min, max } => {
            let (least, greatest) = match number {
                Whole::Integer => (i32::MIN.into(), i32::MAX.into()),
                Whole::Long => (i64::MIN, i64::MAX),
            };
            json!({ "type": "integer", "minimum": min.unwrap_or(least), "maximum": max.unwrap_or(greatest) })
        }
        ShapeKind::Real { min, max, .. } => {
            let mut number = json!({ "type": "number" });
            if let Some(min) = min {
                number["minimum"] = json!(min);
            }
            if let Some(max) = max {
                number["maximum"] = json!(max);
            }
            json!({ "anyOf": [number, { "enum": ["NaN", "Infinity", "-Infinity"] }] })
        }
        ShapeKind::Timestamp { format } => timestamp(*format),
    }
}

/// The schema of a member: its shape's, unless the member has a timestamp format of its own.
fn reference(member: &ShapeRef) -> Value {
    match member.timestamp_format {
        Some(format) => timestamp(Some(format)),
        None => json!({ "$ref": format!("#/$defs/{}", member.shape) }),
    }
}

fn element(member: &ShapeRef, sparse: bool) -> Value {
    let dense = reference(member);
    if sparse {
        json!({ "anyOf": [dense, { "type": "null" }] })
    } else {
        dense
    }
}

fn timestamp(format: Option<TimestampFormat>) -> Value {
    match format {
        None | Some(TimestampFormat::EpochSeconds) => json!({ "type": "number" }),
        Some(TimestampFormat::DateTime) => json!({ "type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d" }),
        Some(TimestampFormat::HttpDate) => {
            json!({ "type": "string", "pattern": r"^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$" })
        }
    }
}

fn bounded(mut schema: Value, least: &str, min: Option<i64>, most: &str, max: Option<i64>) -> Value {
    if let Some(min) = min {
        schema[least] = json!(min);
    }
    if let Some(max) = max {
        schema[most] = json!(max);
    }
    schema
}
