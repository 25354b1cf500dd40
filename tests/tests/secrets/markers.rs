//! Values with markers in their secret places, from the model, and the same values with something else in each place.

use cognito_codegen::model::{Service, ShapeKind};
use cognito_codegen::plan::Fixups;
use serde_json::{Map, Value, json};
use std::path::Path;

/// What must not come out: in a secret text, in Base64, as a number, as a name.
pub(crate) const MARKERS: [&str; 4] = ["Marker5ecret", "TWFya2VyNWVjcmV0", "5315315315", "5315315.25"];

/// A service's model.
pub(crate) fn model(name: &str) -> Service {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../model");
    Service::load(&models.join(name)).expect("the model is well-formed")
}

/// A value of the shape, with all its members, and a marker in each that is secret.
pub(crate) fn value(service: &Service, shape: &str) -> Value {
    of(service, shape, false)
}

fn of(service: &Service, name: &str, secret: bool) -> Value {
    let Some(shape) = service.shapes.get(name) else {
        // An operation without input or output.
        return json!({});
    };
    let secret = secret || Fixups::of(&service.dir_name).is_secret(name, shape);
    match &shape.kind {
        ShapeKind::Structure(structure) => structure
            .members
            .iter()
            .map(|(member, reference)| (member.clone(), of(service, &reference.shape, secret)))
            .collect::<Map<_, _>>()
            .into(),
        ShapeKind::List { member, .. } => json!([of(service, &member.shape, secret)]),
        ShapeKind::Map { key, value, .. } => {
            let key = of(service, &key.shape, secret);
            let mut entries = Map::new();
            entries.insert(
                key.as_str().unwrap_or_default().to_owned(),
                of(service, &value.shape, secret),
            );
            entries.into()
        }
        ShapeKind::String {
            values: Some(values), ..
        } => json!(values[0]),
        ShapeKind::String { .. } => json!(if secret { MARKERS[0] } else { "public" }),
        ShapeKind::Blob { .. } => json!(if secret { MARKERS[1] } else { "cHVibGlj" }),
        ShapeKind::Boolean => json!(true),
        ShapeKind::Whole { .. } => json!(7),
        ShapeKind::Real { .. } => json!(1.5),
        ShapeKind::Timestamp { .. } => json!(1_700_000_000.25),
    }
}

/// The same value with something else in one place, for each place and each kind of JSON, with markers in it.
pub(crate) fn wrong(value: &Value) -> Vec<Value> {
    let kinds = [
        json!(MARKERS[0]),
        json!(5_315_315_315_i64),
        json!(-5_315_315_315_i64),
        json!(5_315_315.25),
        json!(true),
        json!([MARKERS[0]]),
        json!([[MARKERS[0]]]),
        json!({ MARKERS[0]: MARKERS[0] }),
    ];
    let mut places = Vec::new();
    collect(value, &mut String::new(), &mut places);
    let mut wrong = Vec::new();
    for place in places {
        for kind in &kinds {
            let mut changed = value.clone();
            if let Some(found) = changed.pointer_mut(&place) {
                *found = kind.clone();
                wrong.push(changed);
            }
        }
    }
    wrong
}

fn collect(value: &Value, path: &mut String, places: &mut Vec<String>) {
    places.push(path.clone());
    let length = path.len();
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                path.push('/');
                path.push_str(&name.replace('~', "~0").replace('/', "~1"));
                collect(value, path, places);
                path.truncate(length);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                path.push_str(&format!("/{index}"));
                collect(value, path, places);
                path.truncate(length);
            }
        }
        _ => {}
    }
}

/// The text of a value that breaks off, or has a byte too many, at some places behind its markers.
pub(crate) fn broken(value: &Value) -> Vec<String> {
    let text = value.to_string();
    let step = (text.len() / 12).max(1);
    let mut broken: Vec<String> = (0..text.len())
        .step_by(step)
        .filter(|end| text.is_char_boundary(*end))
        .flat_map(|end| [text[..end].to_owned(), format!("{}\u{1}{}", &text[..end], &text[end..])])
        .collect();
    broken.push(format!("{text}{}", MARKERS[0]));
    broken
}
