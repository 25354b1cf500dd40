//! Numbers from serde_json with its feature `arbitrary_precision`, which any crate of a program may enable. Such a
//! number is an object with one member, whose value is the number's text.

use super::name::Name;
use super::quiet::Quietly;
use serde::de::{self, MapAccess, Unexpected, Visitor};

/// The name of this member.
pub(super) const KEY: &str = "$serde_json::private::Number";

/// A number, classified by its text.
pub(super) enum Parsed {
    Unsigned(u64),
    Signed(i64),
    Float(f64),
}

/// Passes the number in `map` to `visitor`.
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

/// Reads the number after its member's name.
pub(super) fn value<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Parsed, A::Error> {
    let text = map.next_value::<String>()?;
    let parsed = (text.parse().map(Parsed::Unsigned).ok())
        .or_else(|| text.parse().map(Parsed::Signed).ok())
        .or_else(|| text.parse().map(Parsed::Float).ok());
    parsed.ok_or_else(|| de::Error::custom("a number that can't be read"))
}
