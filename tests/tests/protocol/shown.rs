//! JSON from values of any type, by their fields and not by serde: the generated impls of [`ToValue`] stand on it.

use aws_smithy_types::{Blob, DateTime, Document, Number};
use serde_json::{Value, json};
use std::collections::HashMap;

/// A type whose values can be shown as JSON, as [`FromValue`](crate::bridge::FromValue) takes it.
pub(crate) trait ToValue {
    fn to_value(&self) -> Value;
}

/// An error whose variant can be shown: the code of the shape, and its members.
pub(crate) trait ToError {
    fn to_error(&self) -> Option<(&'static str, Value)>;
}

/// Adds a member that isn't null.
pub(crate) fn add(object: &mut serde_json::Map<String, Value>, name: &str, value: &impl ToValue) {
    match value.to_value() {
        Value::Null => {}
        value => {
            object.insert(name.to_owned(), value);
        }
    }
}

macro_rules! json_types {
    ($($type:ty),*) => {
        $(impl ToValue for $type {
            fn to_value(&self) -> Value {
                json!(self)
            }
        })*
    };
}
json_types!(String, bool, i32, i64);

macro_rules! float_types {
    ($($type:ty),*) => {
        $(impl ToValue for $type {
            fn to_value(&self) -> Value {
                match *self {
                    value if value.is_nan() => json!("NaN"),
                    <$type>::INFINITY => json!("Infinity"),
                    <$type>::NEG_INFINITY => json!("-Infinity"),
                    value => serde_json::from_str(&format!("{value:?}")).expect("a number"),
                }
            }
        })*
    };
}
float_types!(f32, f64);

impl ToValue for Blob {
    fn to_value(&self) -> Value {
        json!(std::str::from_utf8(self.as_ref()).expect("the suites' blobs are text"))
    }
}

impl ToValue for DateTime {
    fn to_value(&self) -> Value {
        if self.subsec_nanos() == 0 {
            json!(self.secs())
        } else {
            json!(self.as_secs_f64())
        }
    }
}

impl ToValue for Document {
    fn to_value(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => json!(value),
            Self::Number(Number::PosInt(value)) => json!(value),
            Self::Number(Number::NegInt(value)) => json!(value),
            Self::Number(Number::Float(value)) => json!(value),
            Self::String(value) => json!(value),
            Self::Array(items) => Value::Array(items.iter().map(Self::to_value).collect()),
            Self::Object(entries) => entries
                .iter()
                .map(|(key, value)| (key.clone(), value.to_value()))
                .collect(),
        }
    }
}

impl<T: ToValue> ToValue for Option<T> {
    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::to_value)
    }
}

impl<T: ToValue> ToValue for Box<T> {
    fn to_value(&self) -> Value {
        self.as_ref().to_value()
    }
}

impl<T: ToValue> ToValue for Vec<T> {
    fn to_value(&self) -> Value {
        Value::Array(self.iter().map(T::to_value).collect())
    }
}

impl<K: AsRef<str>, V: ToValue> ToValue for HashMap<K, V> {
    fn to_value(&self) -> Value {
        self.iter()
            .map(|(key, value)| (key.as_ref().to_owned(), value.to_value()))
            .collect()
    }
}

macro_rules! to_enum {
    ($name:ty) => {
        impl $crate::shown::ToValue for $name {
            fn to_value(&self) -> serde_json::Value {
                serde_json::Value::from(self.as_str())
            }
        }
    };
}

macro_rules! to_structure {
    ($name:ty { $($field:ident $wire:literal,)* }) => {
        impl $crate::shown::ToValue for $name {
            #[allow(unused_mut)]
            fn to_value(&self) -> serde_json::Value {
                let mut object = serde_json::Map::new();
                $($crate::shown::add(&mut object, $wire, &self.$field);)*
                object.into()
            }
        }
    };
}

macro_rules! to_union {
    ($name:ty { $($variant:ident $wire:literal,)* }) => {
        impl $crate::shown::ToValue for $name {
            fn to_value(&self) -> serde_json::Value {
                match self {
                    $(Self::$variant(value) => serde_json::json!({ $wire: $crate::shown::ToValue::to_value(value) }),)*
                    Self::Unknown => serde_json::json!("the variant `Unknown`"),
                }
            }
        }
    };
}

macro_rules! to_error {
    ($name:ty { $($variant:ident,)* }) => {
        impl $crate::shown::ToError for $name {
            fn to_error(&self) -> Option<(&'static str, serde_json::Value)> {
                match self {
                    $(Self::$variant(error) => Some((stringify!($variant), $crate::shown::ToValue::to_value(error))),)*
                    _ => None,
                }
            }
        }
    };
}
