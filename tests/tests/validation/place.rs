//! All places of an input: how to put a value there, and what the place is called.

use crate::Tested;
use crate::samples::{Members, Samples};
use cognito_codegen::model::{Service, ShapeKind};
use cognito_codegen::plan::Fixups;
use serde_json::{Value, json};

/// A step into a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Step<'a> {
    Member(&'a str),
    /// The first item of a list.
    Item,
    /// The value of an entry of a map.
    Value,
    /// The key of an entry of a map.
    Key,
}

/// A place in the input of an operation.
#[derive(Debug, Clone)]
pub(crate) struct Place<'a> {
    pub(crate) operation: &'a str,
    /// The shape of the input.
    root: &'a str,
    steps: Vec<Step<'a>>,
    /// The shape of what is there.
    pub(crate) shape: &'a str,
    /// Whether it is a member, and required.
    pub(crate) required: bool,
    /// Whether the value there may be a secret.
    pub(crate) sensitive: bool,
}

/// All places of all inputs.
pub(crate) fn places(tested: &Tested) -> Vec<Place<'_>> {
    let mut places = Vec::new();
    for operation in tested.model.operations.values() {
        if let Some(input) = &operation.input {
            let root = Place {
                operation: &operation.name,
                root: &input.shape,
                steps: Vec::new(),
                shape: &input.shape,
                required: false,
                sensitive: is_sensitive(&tested.model, &input.shape),
            };
            root.inside(&tested.model, &mut places);
        }
    }
    places
}

pub(crate) fn is_sensitive(service: &Service, name: &str) -> bool {
    let fixups = Fixups::of(&service.dir_name);
    service
        .shapes
        .get(name)
        .is_some_and(|shape| fixups.is_secret_to_checks(name, shape))
}

impl<'a> Place<'a> {
    fn inside(&self, service: &'a Service, places: &mut Vec<Self>) {
        let next = |step, shape: &'a str, required| {
            let mut steps = self.steps.clone();
            steps.push(step);
            Self {
                steps,
                shape,
                required,
                sensitive: self.sensitive || is_sensitive(service, shape),
                ..*self
            }
        };
        let found: Vec<Self> = match &service.shapes[self.shape].kind {
            ShapeKind::Structure(structure) if structure.document => Vec::new(),
            ShapeKind::Structure(structure) => structure
                .members
                .iter()
                .map(|(name, member)| next(Step::Member(name), &member.shape, structure.required.contains(name)))
                .collect(),
            ShapeKind::List { member, .. } => vec![next(Step::Item, &member.shape, false)],
            ShapeKind::Map { key, value, .. } => vec![
                next(Step::Key, &key.shape, false),
                next(Step::Value, &value.shape, false),
            ],
            _ => Vec::new(),
        };
        for place in found {
            places.push(place.clone());
            place.inside(service, places);
        }
    }

    /// Whether it is a member of the input itself.
    pub(crate) fn is_on_top(&self) -> bool {
        self.steps.len() == 1
    }

    /// `Structure.Member`, for a member.
    pub(crate) fn member(&self, service: &Service) -> Option<String> {
        let Some(Step::Member(name)) = self.steps.last() else {
            return None;
        };
        let mut shape = self.root;
        for step in &self.steps[..self.steps.len() - 1] {
            shape = match (step, &service.shapes[shape].kind) {
                (Step::Member(name), ShapeKind::Structure(structure)) => &structure.members[*name].shape,
                (Step::Item, ShapeKind::List { member, .. }) => &member.shape,
                (Step::Value, ShapeKind::Map { value, .. }) => &value.shape,
                (Step::Key, ShapeKind::Map { key, .. }) => &key.shape,
                (step, _) => panic!("{shape} has no {step:?}"),
            };
        }
        Some(format!("{shape}.{name}"))
    }

    /// An input that has this value here, and else only what is required.
    pub(crate) fn with(&self, samples: &mut Samples<'a>, service: &Service, value: &Value) -> Value {
        build(samples, service, self.root, &self.steps, Some(value))
    }

    /// An input that has no value here, in all that leads to this place.
    pub(crate) fn without(&self, samples: &mut Samples<'a>, service: &Service) -> Value {
        build(samples, service, self.root, &self.steps, None)
    }

    /// What the place is called in that input.
    pub(crate) fn path(&self, service: &Service, input: &Value) -> String {
        let (mut path, mut shape, mut value, mut sensitive) = (String::new(), self.root, input, false);
        for step in &self.steps {
            sensitive |= is_sensitive(service, shape);
            match (step, &service.shapes[shape].kind) {
                (Step::Member(name), ShapeKind::Structure(structure)) => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path += name;
                    shape = &structure.members[*name].shape;
                    value = &value[*name];
                }
                (Step::Item, ShapeKind::List { member, .. }) => {
                    path += "[0]";
                    shape = &member.shape;
                    value = &value[0];
                }
                (
                    Step::Key | Step::Value,
                    ShapeKind::Map {
                        key: keys,
                        value: values,
                        ..
                    },
                ) => {
                    let (key, inner) = value.as_object().and_then(|map| map.iter().next()).expect("an entry");
                    let is_key = *step == Step::Key;
                    shape = if is_key { &keys.shape } else { &values.shape };
                    if sensitive || is_sensitive(service, &keys.shape) {
                        path += "[…]";
                    } else {
                        path += &format!("[{key:?}]");
                    }
                    value = inner;
                }
                (step, _) => panic!("{shape} has no {step:?}"),
            }
        }
        path
    }
}

fn build(samples: &mut Samples<'_>, service: &Service, shape: &str, steps: &[Step<'_>], leaf: Option<&Value>) -> Value {
    let Some((step, rest)) = steps.split_first() else {
        return leaf.cloned().unwrap_or_default();
    };
    match (step, &service.shapes[shape].kind) {
        (Step::Member(name), ShapeKind::Structure(structure)) => {
            let mut members = samples.structure(Some(shape), Members::Required);
            if rest.is_empty() && leaf.is_none() {
                members.as_object_mut().expect("a structure").remove(*name);
            } else {
                members[*name] = build(samples, service, &structure.members[*name].shape, rest, leaf);
            }
            members
        }
        (Step::Item, ShapeKind::List { member, min, .. }) => {
            let mut items = vec![build(samples, service, &member.shape, rest, leaf)];
            for _ in 1..min.unwrap_or(1) {
                items.push(samples.value(&member.shape, Members::Required));
            }
            items.into()
        }
        (Step::Value, ShapeKind::Map { key, value, .. }) => {
            let key = samples.value(&key.shape, Members::Required);
            json!({ key.as_str().expect("a text"): build(samples, service, &value.shape, rest, leaf) })
        }
        (Step::Key, ShapeKind::Map { value, .. }) => {
            let value = samples.value(&value.shape, Members::Required);
            json!({ leaf.and_then(Value::as_str).expect("a text"): value })
        }
        (step, _) => panic!("{shape} has no {step:?}"),
    }
}
