//! The arguments of a command of the AWS CLI, as the members of an operation's input.
//!
//! Source: "Specifying parameter values in the AWS CLI", AWS Command Line Interface User Guide.

use super::shorthand;
use crate::model::{Service, ShapeKind, ShapeRef, Structure};
use serde_json::{Map, Value};

/// Options of the CLI itself, which no operation sees, and whether a value follows.
const OF_THE_CLI: [(&str, bool); 9] = [
    ("max-items", true),
    ("starting-token", true),
    ("page-size", true),
    ("region", true),
    ("profile", true),
    ("output", true),
    ("query", true),
    ("no-paginate", false),
    ("debug", false),
];

/// Reads the words after the operation's name; nothing where the CLI would read a file.
///
/// # Errors
/// A word isn't what the model asks for.
pub(super) fn read(service: &Service, input: &str, words: &[String]) -> Result<Option<Value>, String> {
    let empty = Structure::default();
    let structure = service.structure(input).unwrap_or(&empty);
    let mut members = Map::new();
    let mut words = words.iter().peekable();
    while let Some(word) = words.next() {
        let option = word
            .strip_prefix("--")
            .ok_or_else(|| format!("expected an option, which begins with `--`, but found `{word}`"))?;
        let (option, first) = match option.split_once('=') {
            Some((option, value)) => (option, Some(value.to_owned())),
            None => (option, None),
        };
        let mut values: Vec<String> = first.into_iter().collect();
        while let Some(value) = words.next_if(|next| !next.starts_with("--")) {
            values.push(value.clone());
        }
        if values
            .iter()
            .any(|value| value.starts_with("file://") || value.starts_with("fileb://"))
        {
            return Ok(None);
        }
        if OF_THE_CLI
            .iter()
            .any(|(name, takes)| *name == option && *takes != values.is_empty())
        {
            continue;
        }
        let (name, reference, negated) =
            member(structure, option).ok_or_else(|| format!("`{input}` has no member for the option `--{option}`"))?;
        let value = if values.is_empty() {
            Value::Bool(!negated)
        } else {
            option_value(service, reference, values).map_err(|message| format!("--{option}: {message}"))?
        };
        members.insert(name.to_owned(), value);
    }
    Ok(Some(Value::Object(members)))
}

/// The member that an option sets, and whether it sets it to false.
fn member<'a>(structure: &'a Structure, option: &str) -> Option<(&'a str, &'a ShapeRef, bool)> {
    let squeezed = |text: &str| text.replace('-', "").to_lowercase();
    let find = |option: &str| {
        let wanted = squeezed(option);
        structure.members.iter().find(|(name, _)| squeezed(name) == wanted)
    };
    find(option)
        .map(|(name, reference)| (name.as_str(), reference, false))
        .or_else(|| {
            let (name, reference) = find(option.strip_prefix("no-")?)?;
            Some((name.as_str(), reference, true))
        })
}

fn option_value(service: &Service, reference: &ShapeRef, values: Vec<String>) -> Result<Value, String> {
    let kind = service.shapes.get(&reference.shape).map(|shape| &shape.kind);
    let is_list = matches!(kind, Some(ShapeKind::List { .. }));
    let is_json = |text: &str| text.starts_with(['{', '[']) && serde_json::from_str::<Value>(text).is_ok();
    let loose = match (kind, values.as_slice()) {
        (Some(ShapeKind::List { .. } | ShapeKind::Map { .. } | ShapeKind::Structure(_)), [text]) if is_json(text) => {
            serde_json::from_str(text).map_err(|error| error.to_string())?
        }
        (Some(ShapeKind::List { member, .. }), _) => {
            let items = values.into_iter().map(|text| loose_value(service, member, text));
            Value::Array(items.collect::<Result<_, _>>()?)
        }
        (Some(ShapeKind::Map { .. } | ShapeKind::Structure(_)), _) => shorthand::parse(&values.join(","))?,
        _ => Value::String(values.join(" ")),
    };
    // `--scopes a,b` is a list of two, as the shorthand has it.
    let loose = match loose {
        Value::Array(mut items) if is_list && items.len() == 1 && items[0].is_array() => items.remove(0),
        other => other,
    };
    typed(service, reference, loose)
}

fn loose_value(service: &Service, reference: &ShapeRef, text: String) -> Result<Value, String> {
    match service.shapes.get(&reference.shape).map(|shape| &shape.kind) {
        Some(ShapeKind::Structure(_) | ShapeKind::Map { .. } | ShapeKind::List { .. }) => {
            serde_json::from_str(&text).or_else(|_| shorthand::parse(&text))
        }
        _ => Ok(Value::String(text)),
    }
}

/// The value with the types that the model gives its parts; the shorthand has nothing but text.
fn typed(service: &Service, reference: &ShapeRef, value: Value) -> Result<Value, String> {
    let Some(shape) = service.shapes.get(&reference.shape) else {
        return Ok(value);
    };
    Ok(match (&shape.kind, value) {
        (ShapeKind::Structure(structure), Value::Object(pairs)) if !structure.document => {
            let mut members = Map::new();
            for (name, value) in pairs {
                // The CLI is as strict, but some pages write a member in lower case.
                let (name, reference) = structure
                    .members
                    .get_key_value(&name)
                    .or_else(|| {
                        structure
                            .members
                            .iter()
                            .find(|(known, _)| known.eq_ignore_ascii_case(&name))
                    })
                    .ok_or_else(|| format!("`{}` has no member `{name}`", reference.shape))?;
                members.insert(name.clone(), typed(service, reference, value)?);
            }
            Value::Object(members)
        }
        (ShapeKind::Map { value: of, .. }, Value::Object(pairs)) => {
            let pairs = pairs
                .into_iter()
                .map(|(key, value)| Ok((key, typed(service, of, value)?)));
            Value::Object(pairs.collect::<Result<_, String>>()?)
        }
        (ShapeKind::List { member, .. }, Value::Array(items)) => {
            let items = items.into_iter().map(|item| typed(service, member, item));
            Value::Array(items.collect::<Result<_, _>>()?)
        }
        // One value is a list of one, in the shorthand.
        (ShapeKind::List { member, .. }, single) => Value::Array(vec![typed(service, member, single)?]),
        (ShapeKind::Boolean, Value::String(text)) => match text.to_ascii_lowercase().as_str() {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ => return Err(format!("expected true or false, but found `{text}`")),
        },
        (ShapeKind::Integer { .. } | ShapeKind::Long { .. }, Value::String(text)) => {
            let number: i64 = text
                .parse()
                .map_err(|_| format!("expected a whole number, but found `{text}`"))?;
            Value::from(number)
        }
        (ShapeKind::Float { .. } | ShapeKind::Double { .. }, Value::String(text)) => {
            let number: f64 = text
                .parse()
                .map_err(|_| format!("expected a number, but found `{text}`"))?;
            Value::from(number)
        }
        (ShapeKind::String { .. }, Value::Bool(flag)) => Value::String(flag.to_string()),
        (ShapeKind::String { .. }, Value::Number(number)) => Value::String(number.to_string()),
        // `PASSWORD=[Password]` stands for a text of the reader's own.
        (ShapeKind::String { .. }, Value::Array(items)) if items.iter().all(Value::is_string) => {
            let items: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            Value::String(format!("[{}]", items.join(",")))
        }
        // A JSON object where the model has text is the text.
        (ShapeKind::String { .. }, object @ (Value::Object(_) | Value::Array(_))) => Value::String(object.to_string()),
        (ShapeKind::Structure(_) | ShapeKind::Map { .. }, Value::String(text)) => {
            return Err(format!("expected members of `{}`, but found `{text}`", reference.shape));
        }
        (_, value) => value,
    })
}
