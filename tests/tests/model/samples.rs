//! Values of every shape, as the model wants them.

use cognito_codegen::model::{Service, ShapeKind};
use cognito_tests::schema;
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// Which members a structure gets.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Members {
    /// All; enums have their value with this number.
    All(usize),
    /// Those that the model requires.
    Required,
}

/// Texts for the patterns of the model. A new pattern may need a new text: the test says so.
const TEXTS: [&str; 21] = [
    "sample",
    "123456",
    "Level1",
    "arn:aws:sns:us-east-1:123456789012:topic",
    "arn:aws:s3:::bucket/key",
    "us-east-1_Ab1",
    "us-east-1_0a1b-2c",
    "us-east-1:0a1b-2c",
    "someone@example.com",
    "Code {####}",
    "{##Confirm##} here",
    "0123abcdef",
    "cognito:default",
    "authenticated",
    "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d",
    "tkn0123456789abcdefghijklmno",
    "terms-of-use",
    "import-Ab1",
    "https://example.com/callback",
    "en",
    "1",
];

/// Makes samples.
pub(crate) struct Samples<'a> {
    service: &'a Service,
    texts: HashMap<String, String>,
}

impl<'a> Samples<'a> {
    pub(crate) fn new(service: &'a Service) -> Self {
        Self {
            service,
            texts: HashMap::new(),
        }
    }

    /// A structure; an empty one for no shape.
    pub(crate) fn structure(&mut self, name: Option<&str>, chosen: Members) -> Value {
        let Some(structure) = name.and_then(|name| self.service.structure(name)) else {
            return json!({});
        };
        let mut members = Map::new();
        for (member, reference) in &structure.members {
            if matches!(chosen, Members::All(_)) || structure.required.contains(member) {
                members.insert(member.clone(), self.value(&reference.shape, chosen));
            }
        }
        members.into()
    }

    /// How many samples it takes to see each value of each enum.
    pub(crate) fn rounds(&self, shape: Option<&str>) -> usize {
        let Some(kind) = shape
            .and_then(|name| self.service.shapes.get(name))
            .map(|shape| &shape.kind)
        else {
            return 1;
        };
        match kind {
            ShapeKind::Structure(structure) => structure
                .members
                .values()
                .map(|member| self.rounds(Some(&member.shape)))
                .max()
                .unwrap_or(1),
            ShapeKind::List { member, .. } => self.rounds(Some(&member.shape)),
            ShapeKind::Map { key, value, .. } => self.rounds(Some(&key.shape)).max(self.rounds(Some(&value.shape))),
            ShapeKind::String {
                values: Some(values), ..
            } => values.len(),
            _ => 1,
        }
    }

    /// A value of a shape.
    pub(crate) fn value(&mut self, name: &str, chosen: Members) -> Value {
        let service = self.service;
        let shape = &service.shapes[name];
        match &shape.kind {
            ShapeKind::Structure(structure) if structure.document => {
                json!({ "id": "a", "list": [1, -1, 1.5, true, null] })
            }
            ShapeKind::Structure(_) => self.structure(Some(name), chosen),
            ShapeKind::List { member, min, max, .. } => {
                let count = length(*min, *max, chosen);
                (0..count).map(|_| self.value(&member.shape, chosen)).collect()
            }
            ShapeKind::Map { key, value, .. } => {
                let key = self.value(&key.shape, chosen);
                let mut entries = Map::new();
                entries.insert(
                    key.as_str().expect("keys are texts").to_owned(),
                    self.value(&value.shape, chosen),
                );
                entries.into()
            }
            ShapeKind::String {
                values: Some(values), ..
            } => match chosen {
                Members::All(number) => json!(values[number % values.len()]),
                Members::Required => json!(values[0]),
            },
            ShapeKind::String { min, .. } => json!(self.text(name, *min)),
            ShapeKind::Blob { .. } => json!("3q2+7w=="),
            ShapeKind::Boolean => json!(matches!(chosen, Members::All(number) if number % 2 == 0)),
            ShapeKind::Whole { min, max, .. } => match chosen {
                Members::All(number) if number % 2 == 0 => json!(max.or(*min).unwrap_or(77)),
                _ => json!(min.or(*max).unwrap_or(78)),
            },
            ShapeKind::Real { .. } => json!(1.25),
            ShapeKind::Timestamp { .. } => match chosen {
                Members::All(number) if number % 2 == 0 => json!(1_700_000_000.25),
                _ => json!(1_700_000_000),
            },
        }
    }

    /// A text that the shape's pattern and bounds allow.
    fn text(&mut self, name: &str, min: Option<i64>) -> String {
        if let Some(text) = self.texts.get(name) {
            return text.clone();
        }
        let validator = jsonschema::validator_for(&schema::of(self.service, Some(name))).expect("a valid schema");
        let least = usize::try_from(min.unwrap_or(0)).expect("a length");
        let texts = TEXTS.iter().map(|text| {
            let padding = least.saturating_sub(text.chars().count());
            let last = text.chars().next_back().unwrap_or('a');
            format!("{text}{}", last.to_string().repeat(padding))
        });
        let found = texts.into_iter().find(|text| validator.is_valid(&json!(text)));
        let text = found.unwrap_or_else(|| panic!("no text of `TEXTS` suits the shape {name}: add one"));
        self.texts.insert(name.to_owned(), text.clone());
        text
    }
}

fn length(min: Option<i64>, max: Option<i64>, chosen: Members) -> usize {
    let limit = |limit: Option<i64>| limit.and_then(|limit| usize::try_from(limit).ok());
    let least = limit(min).unwrap_or(0).max(1);
    match chosen {
        Members::All(_) => limit(max).unwrap_or(2).min(2).max(least),
        Members::Required => least,
    }
}
