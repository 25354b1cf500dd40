//! Every constrained member of every input: the limit passes, one past it is a violation with the right path.

use crate::patterns::generator;
use crate::place::{Place, is_sensitive, places};
use crate::samples::{Members, Samples};
use crate::{Tested, services};
use cognito_codegen::model::{Service, ShapeKind, Whole};
use cognito_codegen::pattern::translate;
use cognito_runtime::validation::{Constraint, Unit, Violation};
use cognito_tests::report;
use jsonschema::Validator;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Required members of nested structures that, left out in JSON, are read as an empty value that is none to the model. A
/// builder doesn't build without them.
pub(crate) const READ_AS_EMPTY: &[&str] = &[
    "AccountTakeoverActionType.Notify",
    "AccountTakeoverRiskConfigurationType.Actions",
    "ClientSSOSessionConfigType.MaxValidityMinutes",
    "ContextDataType.HttpHeaders",
    "ContextDataType.IpAddress",
    "ContextDataType.ServerName",
    "ContextDataType.ServerPath",
    "FailoverType.PrimaryRoute53HealthCheckId",
    "LimitDefinitionType.Attributes",
    "UsernameConfigurationType.CaseSensitive",
];

/// Bounds that no text reaches which matches the pattern, too: the shape, and the bound.
const OUT_OF_REACH: &[(&str, &str)] = &[
    ("DeviceKeyType", "min"),
    ("GetDerivedTokenTokenModelType", "min"),
    ("IdentityId", "min"),
    ("IdentityPoolId", "min"),
    ("ProviderNameTypeV2", "min"),
    ("RoleType", "max"),
    ("RoleType", "min"),
    ("S3ArnType", "min"),
    ("UserImportJobIdType", "min"),
    ("UserPoolIdType", "min"),
];

/// What is tried at a place.
enum Try {
    /// This value is good.
    Good(Value),
    /// This value isn't, for this reason.
    Bad(Value, Reason),
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Reason {
    Length(Unit),
    Range,
}

impl Reason {
    fn is(self, violation: &Violation) -> bool {
        match (self, violation.constraint()) {
            (Self::Length(expected), Constraint::Length { unit, .. }) => expected == *unit,
            (Self::Range, Constraint::Range { .. }) => true,
            _ => false,
        }
    }
}

/// Makes values at the limits of shapes.
struct Limits<'a> {
    tested: &'a Tested,
    samples: Samples<'a>,
    /// The patterns of shapes, as JSON Schemas.
    validators: HashMap<&'a str, Option<Validator>>,
    texts: HashMap<(&'a str, usize), Option<String>>,
    out_of_reach: BTreeSet<(String, String)>,
}

impl<'a> Limits<'a> {
    fn new(tested: &'a Tested) -> Self {
        Self {
            tested,
            samples: Samples::new(&tested.model),
            validators: HashMap::new(),
            texts: HashMap::new(),
            out_of_reach: BTreeSet::new(),
        }
    }

    fn tries(&mut self, place: &Place<'a>) -> Vec<Try> {
        let shape = place.shape;
        match &self.tested.model.shapes[shape].kind {
            ShapeKind::String { values: Some(_), .. } => vec![Try::Good(json!("A_VALUE_OF_TOMORROW"))],
            ShapeKind::String { min, max, .. } => self.lengths(shape, *min, *max, Unit::Character, Self::text),
            ShapeKind::Blob { min, max, .. } => self.lengths(shape, *min, *max, Unit::Byte, |_, _, length| {
                Some(json!(aws_smithy_types::base64::encode(vec![0xff; length])))
            }),
            ShapeKind::List { min, max, .. } => self.lengths(shape, *min, *max, Unit::Item, Self::list),
            ShapeKind::Map { min, max, .. } => self.lengths(shape, *min, *max, Unit::Entry, Self::map),
            ShapeKind::Whole { number, min, max } => match number {
                Whole::Integer => numbers(*min, *max, i32::MIN.into(), i32::MAX.into()),
                Whole::Long => numbers(*min, *max, i64::MIN, i64::MAX),
            },
            ShapeKind::Real { min, max, .. } => {
                assert!(min.is_none() && max.is_none(), "{shape} has bounds: test them");
                Vec::new()
            }
            ShapeKind::Boolean | ShapeKind::Timestamp { .. } | ShapeKind::Structure(_) => Vec::new(),
        }
    }

    fn lengths(
        &mut self,
        shape: &'a str,
        min: Option<i64>,
        max: Option<i64>,
        unit: Unit,
        value: impl Fn(&mut Self, &'a str, usize) -> Option<Value>,
    ) -> Vec<Try> {
        let length = |bound: Option<i64>| bound.map(|bound| usize::try_from(bound).expect("a length"));
        let mut tries = Vec::new();
        for (name, bound) in [("min", length(min)), ("max", length(max))] {
            let Some(bound) = bound else { continue };
            match value(self, shape, bound) {
                Some(value) => tries.push(Try::Good(value)),
                None => drop(self.out_of_reach.insert((shape.to_owned(), name.to_owned()))),
            }
            let past = if name == "min" {
                bound.checked_sub(1)
            } else {
                Some(bound + 1)
            };
            if let Some(past) = past {
                let fallback = match unit {
                    Unit::Character => json!("a".repeat(past)),
                    _ => Value::Null,
                };
                let value = value(self, shape, past).unwrap_or(fallback);
                tries.push(Try::Bad(value, Reason::Length(unit)));
            }
        }
        tries
    }

    /// A text of so many characters that matches the pattern, if one is found.
    fn text(&mut self, shape: &'a str, length: usize) -> Option<Value> {
        if let Some(known) = self.texts.get(&(shape, length)) {
            return known.clone().map(Value::from);
        }
        let pattern = match &self.tested.model.shapes[shape].kind {
            ShapeKind::String { pattern, .. } => pattern.clone(),
            _ => None,
        };
        let mut bases = vec![
            self.samples
                .value(shape, Members::Required)
                .as_str()
                .expect("a text")
                .to_owned(),
        ];
        if let Some(pattern) = &pattern {
            let mut rng = StdRng::seed_from_u64(20);
            let generator = generator(&translate(pattern).unwrap_or_else(|_| pattern.clone()));
            bases.extend((0..200).map(|_| rng.sample::<String, _>(&generator)));
        }
        let validator = self.validators.entry(shape).or_insert_with(|| {
            let schema = json!({ "pattern": format!("^(?:{})$", pattern?) });
            Some(jsonschema::validator_for(&schema).expect("a schema"))
        });
        let matches = |text: &String| validator.as_ref().is_none_or(|it| it.is_valid(&json!(text)));
        let texts = bases.iter().flat_map(|base| of_length(base, length));
        let text = texts.chain((length == 0).then(String::new)).find(matches);
        self.texts.insert((shape, length), text.clone());
        text.map(Value::from)
    }

    fn list(&mut self, shape: &'a str, length: usize) -> Option<Value> {
        let ShapeKind::List { member, .. } = &self.tested.model.shapes[shape].kind else {
            return None;
        };
        let item = self.samples.value(&member.shape, Members::Required);
        Some(vec![item; length].into())
    }

    fn map(&mut self, shape: &'a str, length: usize) -> Option<Value> {
        let ShapeKind::Map { key, value, .. } = &self.tested.model.shapes[shape].kind else {
            return None;
        };
        let schema = cognito_tests::schema::of(&self.tested.model, Some(&key.shape));
        let validator = jsonschema::validator_for(&schema).expect("a schema");
        let sample = self.samples.value(&key.shape, Members::Required);
        let sample = sample.as_str().expect("a key is a text");
        let numbered = (0..1000).map(|number| format!("{sample}{number}"));
        let counted = (0..10).map(|digit| format!("{}{digit}", &sample[..sample.len() - 1]));
        let made: Vec<String> = match &self.tested.model.shapes[&key.shape].kind {
            ShapeKind::String {
                pattern: Some(pattern), ..
            } => {
                let mut rng = StdRng::seed_from_u64(7);
                let keys = generator(pattern);
                (0..1000).map(|_| rng.sample(&keys)).collect()
            }
            _ => Vec::new(),
        };
        let mut keys: Vec<String> = counted
            .chain(numbered)
            .chain(made)
            .filter(|key| validator.is_valid(&json!(key)))
            .collect();
        // One entry too many may need a key that isn't good.
        keys.sort();
        keys.dedup();
        keys.push("one more".to_owned());
        let value = self.samples.value(&value.shape, Members::Required);
        let entries: Map<String, Value> = keys.into_iter().take(length).map(|key| (key, value.clone())).collect();
        (entries.len() == length).then_some(entries.into())
    }
}

/// Texts of so many characters: the base with some characters left out, or with one of them repeated.
fn of_length(base: &str, length: usize) -> impl Iterator<Item = String> {
    let base: Vec<char> = base.chars().collect();
    (0..base.len()).map(move |at| {
        if base.len() >= length {
            let (at, rest) = (at.min(length), base.len() - length);
            base[..at].iter().chain(&base[at + rest..]).collect()
        } else {
            let more = vec![base[at]; length - base.len()];
            base[..at].iter().chain(&more).chain(&base[at..]).collect()
        }
    })
}

fn numbers(min: Option<i64>, max: Option<i64>, least: i64, most: i64) -> Vec<Try> {
    let mut tries = Vec::new();
    for (bound, past) in [(min, -1), (max, 1)] {
        let Some(bound) = bound else { continue };
        tries.push(Try::Good(json!(bound)));
        let past = bound.saturating_add(past);
        // Beyond, the type has no value.
        if past != bound && (least..=most).contains(&past) {
            tries.push(Try::Bad(json!(past), Reason::Range));
        }
    }
    tries
}

#[test]
fn the_limit_passes_and_one_past_it_fails_with_its_path() {
    for tested in services() {
        limits_of(&tested);
    }
}

fn limits_of(tested: &Tested) {
    let mut limits = Limits::new(tested);
    let mut wrong = Vec::new();
    let (mut members, mut good, mut bad) = (0, 0, 0);
    for place in places(tested) {
        let tries = limits.tries(&place);
        members += usize::from(!tries.is_empty());
        for attempt in tries {
            let (value, reason) = match attempt {
                Try::Good(value) => (value, None),
                Try::Bad(value, reason) => (value, Some(reason)),
            };
            let input = place.with(&mut limits.samples, &tested.model, &value);
            let path = place.path(&tested.model, &input);
            let what = || format!("{}: {path}, {reason:?}", place.operation);
            let found = match tested.violations(place.operation, &input) {
                Ok(found) => found,
                Err(error) => {
                    wrong.push(format!("{}: {error}", what()));
                    continue;
                }
            };
            match reason {
                None => {
                    good += 1;
                    if !found.is_empty() {
                        wrong.push(format!("{}: {found:?}", what()));
                    }
                }
                Some(reason) => {
                    bad += 1;
                    let expected = found.iter().find(|it| it.path() == path && reason.is(it));
                    match expected {
                        None => wrong.push(format!("{}: {found:?}", what())),
                        Some(it) if it.value().is_some() == hides(&tested.model, &place, reason) => {
                            wrong.push(format!("{}: the value is {:?}", what(), it.value()));
                        }
                        Some(_) => {}
                    }
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}: {}",
        wrong.len(),
        good + bad,
        wrong[..wrong.len().min(20)].join("\n")
    );
    let out_of_reach: Vec<(&str, &str)> = limits
        .out_of_reach
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    let known: Vec<(&str, &str)> = OUT_OF_REACH
        .iter()
        .copied()
        .filter(|it| tested.model.shapes.contains_key(it.0))
        .collect();
    assert_eq!(out_of_reach, known, "{}: bounds that no text reaches", tested.name);
    report!(
        "validation: {}: {members} places with constraints, {good} values at a limit pass, {bad} past it fail",
        tested.name
    );
}

/// Whether the value at a place must not be shown: it is too long, it is a secret, or one is in it.
fn hides(service: &Service, place: &Place<'_>, reason: Reason) -> bool {
    let inside = |shape: &str| is_sensitive(service, shape);
    let holds = match &service.shapes[place.shape].kind {
        ShapeKind::List { member, .. } => inside(&member.shape),
        ShapeKind::Map { key, value, .. } => inside(&key.shape) || inside(&value.shape),
        _ => false,
    };
    matches!(reason, Reason::Length(_)) || place.sensitive || holds && reason != Reason::Range
}

#[test]
fn a_required_member_is_missed_with_its_path() {
    let mut empty = BTreeMap::new();
    for tested in services() {
        let mut samples = Samples::new(&tested.model);
        let (mut missed, mut short) = (0, 0);
        for place in places(&tested).into_iter().filter(|place| place.required) {
            let input = place.without(&mut samples, &tested.model);
            let path = place.path(&tested.model, &input);
            let found = tested
                .violations(place.operation, &input)
                .expect("a missing member is no error");
            let there: Vec<&Violation> = found.iter().filter(|it| it.path().starts_with(&path)).collect();
            assert_eq!(there.len(), found.len(), "{}: {path}: {found:?}", place.operation);
            if there
                .iter()
                .any(|it| it.path() == path && *it.constraint() == Constraint::Required)
            {
                missed += 1;
                continue;
            }
            assert!(!place.is_on_top(), "{}: {path}: {found:?}", place.operation);
            if there.is_empty() {
                empty.insert(place.member(&tested.model).expect("a member"), path);
            } else {
                // It is read as an empty value, which is too short, or lacks what it requires itself.
                short += 1;
            }
        }
        report!(
            "validation: {}: {missed} required members are missed, {short} more are too short when they are left out",
            tested.name
        );
    }
    let empty: Vec<&str> = empty.keys().map(String::as_str).collect();
    assert_eq!(empty, READ_AS_EMPTY);
}
