//! Values of any type from JSON, by setters and not by serde: the generated impls of [`FromValue`] stand on it.

use aws_smithy_types::{Blob, DateTime, Document, Number};
use serde_json::Value;
use std::collections::HashMap;
use std::hash::Hash;

/// A type of which a value can be made from JSON.
///
/// A blob is its bytes as text and a timestamp its seconds as a number, whatever they are on the wire.
pub(crate) trait FromValue {
    fn from_value(value: &Value) -> Self;
}

/// The value of a member; none where it is absent or null.
pub(crate) fn member<T: FromValue>(value: &Value, name: &str) -> Option<T> {
    value.get(name).filter(|value| !value.is_null()).map(T::from_value)
}

impl FromValue for String {
    fn from_value(value: &Value) -> Self {
        value.as_str().expect("a string").to_owned()
    }
}

impl FromValue for bool {
    fn from_value(value: &Value) -> Self {
        value.as_bool().expect("a boolean")
    }
}

impl FromValue for i32 {
    fn from_value(value: &Value) -> Self {
        i64::from_value(value).try_into().expect("32 bits")
    }
}

impl FromValue for i64 {
    fn from_value(value: &Value) -> Self {
        value.as_i64().expect("an integer")
    }
}

impl FromValue for f64 {
    fn from_value(value: &Value) -> Self {
        value
            .as_f64()
            .or_else(|| value.as_str()?.parse().ok())
            .expect("a number, `NaN` or `Infinity`")
    }
}

impl FromValue for f32 {
    fn from_value(value: &Value) -> Self {
        f64::from_value(value) as Self
    }
}

impl FromValue for Blob {
    fn from_value(value: &Value) -> Self {
        Self::new(String::from_value(value))
    }
}

impl FromValue for DateTime {
    fn from_value(value: &Value) -> Self {
        value
            .as_i64()
            .map_or_else(|| Self::from_secs_f64(f64::from_value(value)), Self::from_secs)
    }
}

impl FromValue for Document {
    fn from_value(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::Number(number) => Self::Number(match (number.as_u64(), number.as_i64()) {
                (Some(value), _) => Number::PosInt(value),
                (None, Some(value)) => Number::NegInt(value),
                (None, None) => Number::Float(f64::from_value(value)),
            }),
            Value::String(value) => Self::String(value.clone()),
            Value::Array(items) => Self::Array(items.iter().map(Self::from_value).collect()),
            Value::Object(entries) => Self::Object(
                entries
                    .iter()
                    .map(|(key, value)| (key.clone(), Self::from_value(value)))
                    .collect(),
            ),
        }
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: &Value) -> Self {
        (!value.is_null()).then(|| T::from_value(value))
    }
}

impl<T: FromValue> FromValue for Box<T> {
    fn from_value(value: &Value) -> Self {
        Self::new(T::from_value(value))
    }
}

impl<T: FromValue> FromValue for Vec<T> {
    fn from_value(value: &Value) -> Self {
        value.as_array().expect("a list").iter().map(T::from_value).collect()
    }
}

impl<K: FromValue + Eq + Hash, V: FromValue> FromValue for HashMap<K, V> {
    fn from_value(value: &Value) -> Self {
        let entries = value.as_object().expect("a map").iter();
        entries
            .map(|(key, value)| (K::from_value(&Value::String(key.clone())), V::from_value(value)))
            .collect()
    }
}

macro_rules! from_enum {
    ($name:ty) => {
        impl $crate::bridge::FromValue for $name {
            fn from_value(value: &serde_json::Value) -> Self {
                Self::from(value.as_str().expect("a string"))
            }
        }
    };
}

macro_rules! from_structure {
    ($name:ty, $build:ident { $($set:ident $wire:literal,)* }) => {
        impl $crate::bridge::FromValue for $name {
            fn from_value(_value: &serde_json::Value) -> Self {
                from_structure!(@$build <$name>::builder()$(.$set($crate::bridge::member(_value, $wire)))*.build())
            }
        }
    };
    (@infallible $built:expr) => { $built };
    (@fallible $built:expr) => { $built.expect("the required members are set") };
}
