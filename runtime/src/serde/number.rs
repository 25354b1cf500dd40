//! Numbers as serde_json gives them when any crate of a program has switched on its feature `arbitrary_precision`: as an
//! object of one member, whose value is the number's text.

use super::name::Name;
use super::quiet::Quietly;
use serde::de::{self, MapAccess, Unexpected, Visitor};

/// The name of that member.
pub(super) const KEY: &str = "$serde_json::private::Number";

/// A number, by the form of its text.
pub(super) enum Parsed {
    Unsigned(u64),
    Signed(i64),
    Float(f64),
}

/// Shows `visitor` the number that `map` is.
pub(super) fn visit<'de, A: MapAccess<'de>, V: Visitor<'de>>(mut map: A, visitor: V) -> Result<V::Value, A::Error> {
    if !matches!(map.next_key::<Name<'_>>()?, Some(Name(name)) if name == KEY) {
        return Err(de::Error::invalid_type(Unexpected::Map, &visitor));
    }
    let visitor = Quietly(visitor);
    match value(&mut map)? {
        Parsed::Unsigned(value) => visitor.visit_u64(value),
        Parsed::Signed(value) => visitor.visit_i64(value),
        Parsed::Float(value) => visitor.visit_f64(value),
    }
}

/// The number whose member's name has been read.
pub(super) fn value<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Parsed, A::Error> {
    let text = map.next_value::<String>()?;
    let parsed = (text.parse().map(Parsed::Unsigned).ok())
        .or_else(|| text.parse().map(Parsed::Signed).ok())
        .or_else(|| text.parse().map(Parsed::Float).ok());
    parsed.ok_or_else(|| de::Error::custom("a number that can't be read"))
}
