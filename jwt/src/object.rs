//! Reads the JSON object of a token's header or payload, or of a key: flat, strict, and borrowed from the text.

use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

/// The latest time that is understood: the end of the year 9999, in seconds since 1970.
const LATEST: f64 = 253_402_300_799.0;

/// Members that are numbers in all tokens. They are read as numbers, because `deserialize_any` returns a map instead of
/// a number when some other crate has turned on serde_json's `arbitrary_precision`.
const NUMBERS: [&str; 4] = ["exp", "iat", "nbf", "auth_time"];

/// A value, with the kinds that tokens and keys need.
#[derive(Debug, PartialEq)]
pub(crate) enum Value<'a> {
    /// A string.
    String(Cow<'a, str>),
    /// A number: one of [`NUMBERS`].
    Number(f64),
    /// `true` or `false`.
    Bool(bool),
    /// An array of strings.
    Strings(Vec<Cow<'a, str>>),
    /// Anything else, skipped.
    Other,
}

/// The members of a JSON object. No name occurs twice.
#[derive(Debug)]
pub(crate) struct Object<'a>(Vec<(Cow<'a, str>, Value<'a>)>);

/// Why a text isn't a usable object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The text isn't JSON, or isn't an object.
    Json,
    /// A name occurs twice, so two readers could see different values.
    Duplicate,
    /// A member has another type.
    Type(WrongType),
}

/// A member of another type than is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WrongType {
    pub(crate) member: &'static str,
    pub(crate) expected: &'static str,
}

/// What a time has to be.
const TIME: &str = "a number of seconds since 1970";

impl<'a> Object<'a> {
    /// Reads an object that is all of the text.
    pub(crate) fn read(text: &'a str) -> Result<Self, Fault> {
        let number = Cell::new(None);
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let object = ObjectSeed { number: &number }
            .deserialize(&mut deserializer)
            .map_err(|error| match number.get() {
                Some(member) if error.is_data() => Fault::Type(WrongType { member, expected: TIME }),
                _ => Fault::Json,
            })?;
        deserializer.end().map_err(|_| Fault::Json)?;
        if object.has_duplicates() {
            return Err(Fault::Duplicate);
        }
        Ok(object)
    }

    fn has_duplicates(&self) -> bool {
        const FEW: usize = 24;
        let members = &self.0;
        if members.len() <= FEW {
            let mut rest = members.as_slice();
            while let [(name, _), others @ ..] = rest {
                if others.iter().any(|(other, _)| other == name) {
                    return true;
                }
                rest = others;
            }
            return false;
        }
        // Comparing each with each would let a long header cost more than its signature.
        let mut names: Vec<&str> = members.iter().map(|(name, _)| &**name).collect();
        names.sort_unstable();
        names.windows(2).any(|pair| pair[0] == pair[1])
    }

    /// The member of this name.
    pub(crate) fn get(&self, name: &str) -> Option<&Value<'a>> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value)
    }

    /// Whether there is a member of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The string of this name, if there is a member.
    pub(crate) fn string(&self, member: &'static str) -> Result<Option<&str>, WrongType> {
        match self.get(member) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(WrongType {
                member,
                expected: "a string",
            }),
        }
    }

    /// The strings in the array of this name. `None` if there is no such member.
    pub(crate) fn strings(&self, member: &'static str) -> Result<&[Cow<'a, str>], WrongType> {
        match self.get(member) {
            None => Ok(&[]),
            Some(Value::Strings(strings)) => Ok(strings),
            Some(_) => Err(WrongType {
                member,
                expected: "an array of strings",
            }),
        }
    }

    /// The strings of this name: an array, or one string.
    pub(crate) fn string_or_strings(&self, member: &'static str) -> Result<&[Cow<'a, str>], WrongType> {
        match self.get(member) {
            None => Ok(&[]),
            Some(Value::String(text)) => Ok(std::slice::from_ref(text)),
            Some(Value::Strings(strings)) => Ok(strings),
            Some(_) => Err(WrongType {
                member,
                expected: "a string or an array of strings",
            }),
        }
    }

    /// The time of this name in whole seconds since 1970, if there is a member. A fraction is cut off.
    pub(crate) fn time(&self, member: &'static str) -> Result<Option<u64>, WrongType> {
        match self.get(member) {
            None => Ok(None),
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "the range is checked, the fraction is meant to go"
            )]
            Some(Value::Number(number)) if (0.0..=LATEST).contains(number) => Ok(Some(*number as u64)),
            Some(_) => Err(WrongType { member, expected: TIME }),
        }
    }

    /// The Boolean of this name: `true` or `false`, also as strings, as some identity providers write them.
    pub(crate) fn truth(&self, member: &'static str) -> Result<Option<bool>, WrongType> {
        match self.get(member) {
            None => Ok(None),
            Some(Value::Bool(truth)) => Ok(Some(*truth)),
            Some(Value::String(text)) if text == "true" => Ok(Some(true)),
            Some(Value::String(text)) if text == "false" => Ok(Some(false)),
            Some(_) => Err(WrongType {
                member,
                expected: "true or false",
            }),
        }
    }
}

struct ObjectSeed<'c> {
    /// The number that is being read.
    number: &'c Cell<Option<&'static str>>,
}

impl<'de> DeserializeSeed<'de> for ObjectSeed<'_> {
    type Value = Object<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for ObjectSeed<'_> {
    type Value = Object<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::with_capacity(20);
        while let Some(name) = map.next_key_seed(Text)? {
            let value = match NUMBERS.into_iter().find(|number| name == *number) {
                Some(number) => {
                    self.number.set(Some(number));
                    let value = map.next_value_seed(Number)?;
                    self.number.set(None);
                    value
                }
                None => map.next_value_seed(Any)?,
            };
            members.push((name, value));
        }
        Ok(Object(members))
    }
}

/// Reads a string, borrowed if it has no escapes.
struct Text;

impl<'de> DeserializeSeed<'de> for Text {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Text {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}

/// Reads a number.
struct Number;

impl<'de> DeserializeSeed<'de> for Number {
    type Value = Value<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_f64(self)
    }
}

impl<'de> Visitor<'de> for Number {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Value::Number(number))
    }

    #[expect(clippy::cast_precision_loss, reason = "times that are in range are exact")]
    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Value::Number(number as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "times that are in range are exact")]
    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Value::Number(number as f64))
    }
}

/// Reads any value, and keeps the kinds that [`Value`] has. It never recurses deeper than an array of strings.
struct Any;

impl<'de> DeserializeSeed<'de> for Any {
    type Value = Value<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Any {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Value::String(Cow::Borrowed(text)))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Value::String(Cow::Owned(text.to_owned())))
    }

    fn visit_bool<E: de::Error>(self, truth: bool) -> Result<Self::Value, E> {
        Ok(Value::Bool(truth))
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Value::Other)
    }

    fn visit_u64<E: de::Error>(self, _: u64) -> Result<Self::Value, E> {
        Ok(Value::Other)
    }

    fn visit_i64<E: de::Error>(self, _: i64) -> Result<Self::Value, E> {
        Ok(Value::Other)
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(Value::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut strings = Vec::new();
        while let Some(element) = seq.next_element_seed(Element)? {
            let Some(string) = element else {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                return Ok(Value::Other);
            };
            strings.push(string);
        }
        Ok(Value::Strings(strings))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Value::Other)
    }
}

/// Reads an element of an array: a string, or none for anything else.
struct Element;

impl<'de> DeserializeSeed<'de> for Element {
    type Value = Option<Cow<'de, str>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        Ok(match Any.deserialize(deserializer)? {
            Value::String(text) => Some(text),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> Fault {
        Object::read(text).expect_err("it is refused")
    }

    #[test]
    fn only_one_whole_object_is_read() {
        for text in [
            "",
            "[]",
            "7",
            "null",
            "\"{}\"",
            "{",
            "{}{}",
            "{} x",
            "{\"a\":1,}",
            "{a:1}",
            "{\"a\":NaN}",
            "\u{feff}{}",
        ] {
            assert_eq!(fault(text), Fault::Json, "{text}");
        }
        assert!(Object::read(" { } \n").is_ok());
    }

    #[test]
    fn a_name_twice_is_refused_however_it_is_written() {
        assert_eq!(fault(r#"{"a":1,"b":2,"a":1}"#), Fault::Duplicate);
        assert_eq!(fault(r#"{"exp":1,"\u0065xp":2}"#), Fault::Duplicate);
        let many: Vec<String> = (0..100).map(|number| format!("\"m{number}\":0")).collect();
        assert!(Object::read(&format!("{{{}}}", many.join(","))).is_ok());
        assert_eq!(fault(&format!("{{{},\"m7\":0}}", many.join(","))), Fault::Duplicate);
    }

    #[test]
    fn times_are_numbers_in_range() {
        let time = |value: &str| match Object::read(&format!("{{\"exp\":{value}}}")) {
            Ok(object) => object.time("exp").map_err(Fault::Type),
            Err(fault) => Err(fault),
        };
        assert_eq!(time("0"), Ok(Some(0)));
        assert_eq!(time("1700000000.9"), Ok(Some(1_700_000_000)));
        assert_eq!(time("1.7e9"), Ok(Some(1_700_000_000)));
        let wrong = Err(Fault::Type(WrongType {
            member: "exp",
            expected: TIME,
        }));
        for value in [
            "-1",
            "1e300",
            "253402300800",
            "18446744073709551616",
            "\"1\"",
            "null",
            "true",
            "[1]",
            "{}",
        ] {
            assert_eq!(time(value), wrong, "{value}");
        }
        assert_eq!(time("1e400"), Err(Fault::Json));
    }

    #[test]
    fn deep_values_are_read_over_without_recursion() {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let depth = 100_000;
            let text = format!("{{\"x\":{}0{}}}", open.repeat(depth), close.repeat(depth));
            // serde_json may call it too deep; what matters is that the stack holds.
            let _ = Object::read(&text);
        }
    }

    #[test]
    fn types_are_kept_apart() {
        let object =
            Object::read(r#"{"a":"x","b":["x","y"],"c":["x",1],"d":null,"e":true,"f":"true"}"#).expect("an object");
        assert_eq!(object.string("a"), Ok(Some("x")));
        assert!(object.string("b").is_err() && object.string("d").is_err());
        assert_eq!(object.strings("b").expect("strings").len(), 2);
        assert!(object.strings("a").is_err() && object.strings("c").is_err());
        assert_eq!(object.string_or_strings("a").expect("a string").len(), 1);
        assert!(object.string_or_strings("c").is_err() && object.string_or_strings("d").is_err());
        assert_eq!(object.truth("e"), object.truth("f"));
        assert!(object.truth("a").is_err());
    }
}
