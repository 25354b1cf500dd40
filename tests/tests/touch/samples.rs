//! Values for the members of every type.

use aws_smithy_types::{Blob, DateTime, Document};
use std::collections::HashMap;

/// What the program sees, line by line.
pub(crate) type Seen = Vec<String>;

/// A value of a type, with all its members set.
pub(crate) trait Sample {
    fn sample() -> Self;
}

macro_rules! samples {
    ($($type:ty: $value:expr;)*) => {
        $(
            impl Sample for $type {
                fn sample() -> Self {
                    $value
                }
            }
        )*
    };
}

samples! {
    String: "text".to_owned();
    bool: true;
    i32: 3;
    i64: 4;
    f64: 0.5;
    DateTime: DateTime::from_secs_and_nanos(1, 500_000_000);
    Blob: Blob::new("blob");
    Document: Document::Bool(true);
}

impl<T: Sample> Sample for Option<T> {
    fn sample() -> Self {
        Some(T::sample())
    }
}

impl<T: Sample> Sample for Vec<T> {
    fn sample() -> Self {
        vec![T::sample()]
    }
}

impl<K: Sample + Eq + std::hash::Hash, V: Sample> Sample for HashMap<K, V> {
    fn sample() -> Self {
        HashMap::from([(K::sample(), V::sample())])
    }
}

/// Writes down expressions and their values.
macro_rules! see {
    ($seen:ident, $($value:expr),+ $(,)?) => {
        $($seen.push(format!("{} = {:?}", stringify!($value), $value));)+
    };
}
pub(crate) use see;
