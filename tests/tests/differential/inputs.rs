//! Random inputs from the model.

use crate::newer;
use cognito_codegen::model::{Service, ShapeKind, Whole};
use fastrand::Rng;
use serde_json::{Map, Value, json};

/// How the values of an input are chosen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Style {
    /// All members, short text; the enum value with this number.
    Full(usize),
    /// Only what a builder demands.
    Minimal,
    /// All members, with empty text, lists and maps, and zeros.
    Empty,
    /// All members, as long and as great as the model allows.
    Limits,
    /// All members, with text from all over Unicode.
    Unicode,
    /// Anything.
    Random,
}

impl Style {
    /// The style of a case: the first 40 go through the values of all enums.
    pub(crate) fn of(case: u64) -> Self {
        match case {
            0..40 => Self::Full(case as usize),
            40 => Self::Minimal,
            41 => Self::Empty,
            42..46 => Self::Limits,
            46..76 => Self::Unicode,
            _ => Self::Random,
        }
    }
}

/// The input of a case, as the bridge takes it.
pub(crate) fn input(service: &Service, operation: &str, case: u64) -> Value {
    let Some(shape) = &service.operations[operation].input else {
        return json!({});
    };
    let mut values = Values::new(service, Style::of(case), rng(operation, case));
    values.structure(&shape.shape, false, 0)
}

/// The generator of a case: the same numbers on every machine.
pub(crate) fn rng(operation: &str, case: u64) -> Rng {
    let name = operation
        .bytes()
        .fold(7, |hash: u64, byte| hash.wrapping_mul(31).wrapping_add(byte.into()));
    Rng::with_seed(name ^ case.wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

/// Makes values.
pub(crate) struct Values<'a> {
    pub(crate) service: &'a Service,
    pub(crate) style: Style,
    pub(crate) rng: Rng,
    /// Maps have one entry at most: `Debug` prints more in any order.
    pub(crate) small_maps: bool,
    /// Timestamps and blobs as on the wire, instead of as the bridge takes them.
    pub(crate) wire: bool,
}

const UNICODE: [&str; 12] = [
    "Grüße",
    "日本語",
    "🦀🔑",
    "e\u{301}",
    "\u{202e}rtl",
    "\u{0}nul",
    "a\u{7f}b",
    "\"\\/",
    "\r\n\t",
    "\u{2028}\u{2029}",
    "\u{10ffff}",
    "\u{feff}bom",
];

impl<'a> Values<'a> {
    pub(crate) fn new(service: &'a Service, style: Style, rng: Rng) -> Self {
        Self {
            service,
            style,
            rng,
            small_maps: false,
            wire: false,
        }
    }

    /// A structure; `demanding` ones can't be built without their required members.
    pub(crate) fn structure(&mut self, name: &str, demanding: bool, depth: usize) -> Value {
        let Some(structure) = self.service.structure(name) else {
            return json!({});
        };
        let mut members = Map::new();
        for (member, reference) in &structure.members {
            let required = demanding && structure.required.contains(member);
            let present = match self.style {
                Style::Minimal => false,
                Style::Random => self.rng.u8(..) < 140 && depth < 6,
                _ => depth < 6,
            };
            if (present || required) && !newer::NEW_MEMBERS.contains(&(name, member.as_str())) {
                members.insert(member.clone(), self.value(&reference.shape, depth + 1));
            }
        }
        members.into()
    }

    /// A value of any shape.
    pub(crate) fn value(&mut self, shape: &str, depth: usize) -> Value {
        let Some(found) = self.service.shapes.get(shape) else {
            return Value::Null;
        };
        match &found.kind {
            ShapeKind::Structure(structure) if structure.document => self.document(depth),
            ShapeKind::Structure(_) => self.structure(shape, true, depth),
            ShapeKind::List { member, max, .. } => {
                let count = self.count(*max);
                (0..count).map(|_| self.value(&member.shape, depth + 1)).collect()
            }
            ShapeKind::Map { key, value, max, .. } => {
                let count = if self.small_maps {
                    self.count(*max).min(1)
                } else {
                    self.count(*max)
                };
                let mut entries = Map::new();
                for _ in 0..count {
                    let key = self.value(&key.shape, depth + 1);
                    entries.insert(
                        key.as_str().unwrap_or_default().to_owned(),
                        self.value(&value.shape, depth + 1),
                    );
                }
                entries.into()
            }
            ShapeKind::String {
                values: Some(values), ..
            } => {
                let values: Vec<&str> = values
                    .iter()
                    .map(String::as_str)
                    .filter(|value| !newer::NEW_VALUES.contains(&(shape, *value)))
                    .collect();
                let number = match self.style {
                    Style::Full(number) => number % (values.len() + 1),
                    _ => self.rng.usize(..=values.len()),
                };
                json!(values.get(number).unwrap_or(&"A_VALUE_OF_TOMORROW"))
            }
            ShapeKind::String { min, max, .. } => json!(self.text(*min, *max)),
            ShapeKind::Blob { .. } => {
                let text = self.text(None, Some(64));
                json!(if self.wire {
                    aws_smithy_types::base64::encode(text)
                } else {
                    text
                })
            }
            ShapeKind::Boolean => json!(self.style != Style::Empty && self.rng.bool()),
            ShapeKind::Whole { number, min, max } => {
                let (least, most) = match number {
                    Whole::Integer => (i32::MIN.into(), i32::MAX.into()),
                    Whole::Long => (i64::MIN, i64::MAX),
                };
                json!(self.number(*min, *max, least, most))
            }
            ShapeKind::Real { .. } => json!(self.rng.f64() * 1e6),
            ShapeKind::Timestamp { .. } => match self.rng.u8(..4) {
                0 => json!(self.rng.i64(-62_135_596_800..253_402_300_799)),
                1 => json!(1_700_000_000.25 + f64::from(self.rng.u16(..))),
                2 => json!(self.rng.u32(..)),
                _ => json!(f64::from(self.rng.u32(..)) + 0.123),
            },
        }
    }

    fn count(&mut self, max: Option<i64>) -> usize {
        match self.style {
            Style::Empty => 0,
            Style::Limits => max.and_then(|max| usize::try_from(max).ok()).unwrap_or(3).min(12),
            Style::Random => self.rng.usize(..4),
            _ => 1 + self.rng.usize(..2),
        }
    }

    fn text(&mut self, min: Option<i64>, max: Option<i64>) -> String {
        let limit = |limit: Option<i64>| limit.and_then(|limit| usize::try_from(limit).ok());
        let unicode = self.style == Style::Unicode || self.style == Style::Random && self.rng.u8(..4) == 0;
        match self.style {
            Style::Empty => String::new(),
            Style::Limits if self.rng.bool() => "m".repeat(limit(min).unwrap_or(0)),
            Style::Limits => "M".repeat(limit(max).unwrap_or(256).min(3000)),
            _ if unicode => {
                let count = 1 + self.rng.usize(..3);
                (0..count)
                    .map(|_| {
                        if self.rng.bool() {
                            UNICODE[self.rng.usize(..UNICODE.len())].to_owned()
                        } else {
                            self.rng.char(..).to_string()
                        }
                    })
                    .collect()
            }
            _ => {
                let count = self.rng.usize(..24);
                (0..count).map(|_| char::from(self.rng.u8(b' '..0x7f))).collect()
            }
        }
    }

    fn number(&mut self, min: Option<i64>, max: Option<i64>, least: i64, most: i64) -> i64 {
        match self.style {
            Style::Empty => 0,
            Style::Limits => {
                if self.rng.bool() {
                    min.unwrap_or(least)
                } else {
                    max.unwrap_or(most)
                }
            }
            Style::Random => [least, most, -1, 0, 1, self.rng.i64(least..most)][self.rng.usize(..6)],
            _ => self.rng.i64(min.unwrap_or(0)..=max.unwrap_or(1000)),
        }
    }

    fn document(&mut self, depth: usize) -> Value {
        match self.rng.u8(..if depth < 4 { 8 } else { 6 }) {
            0 => json!(self.text(None, None)),
            1 => json!(self.rng.i64(..)),
            2 => json!(self.rng.u64(..)),
            3 => json!(self.rng.f64() * 1e3),
            4 => json!(self.rng.bool()),
            5 => Value::Null,
            6 => (0..self.rng.usize(..3)).map(|_| self.document(depth + 1)).collect(),
            _ => {
                let count = self.rng.usize(..if self.small_maps { 2 } else { 4 });
                (0..count)
                    .map(|_| (self.text(None, Some(8)), self.document(depth + 1)))
                    .collect()
            }
        }
    }
}
