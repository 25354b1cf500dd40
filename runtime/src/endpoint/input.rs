//! Values of endpoint parameters that are inside an input (`operationContextParams` in the model).
//!
//! They are looked up in the input's JSON, because the model's paths use its names. Only a handful of AWS's operations
//! pay the cost.

use serde::Serialize;
use serde_json::Value;

/// A step of a path, from values to the values in them. A missing value yields nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The member of a structure, by its name on the wire.
    Member(&'static str),
    /// All items of a list.
    Items,
    /// The keys of a map.
    Keys,
    /// The results of several paths.
    Several(&'static [&'static [Step]]),
}

/// The string at `path`, or `None`.
pub fn text_at(input: &impl Serialize, path: &[Step]) -> Option<String> {
    list_at(input, path)?.into_iter().next()
}

/// All strings at `path`, in order, or `None`.
pub fn list_at(input: &impl Serialize, path: &[Step]) -> Option<Vec<String>> {
    let json = serde_json::to_value(input).ok()?;
    let mut texts = Vec::new();
    follow(&json, path, &mut texts);
    (!texts.is_empty()).then_some(texts)
}

fn follow(value: &Value, path: &[Step], texts: &mut Vec<String>) {
    let Some((step, rest)) = path.split_first() else {
        texts.extend(value.as_str().map(str::to_owned));
        return;
    };
    match step {
        Step::Member(name) => {
            if let Some(value) = value.get(name) {
                follow(value, rest, texts);
            }
        }
        Step::Items => {
            for item in value.as_array().into_iter().flatten() {
                follow(item, rest, texts);
            }
        }
        Step::Keys => texts.extend(value.as_object().into_iter().flat_map(|map| map.keys().cloned())),
        Step::Several(paths) => {
            for path in *paths {
                follow(value, path, texts);
            }
        }
    }
}
