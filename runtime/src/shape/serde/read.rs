//! Reading structures, enums and unions.

use super::codec::Decoded;
use super::mend::mended;
use super::name::Name;
use super::quiet::{Hint, read_quietly};
use super::unknown::{NoMember, Refusal, Unknown};
use crate::shape::codec::Codec;
use crate::shape::members::{Members, ReadMembers, Slots, member_name};
use aws_smithy_types::error::operation::BuildError;
use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// Reads the value of a member in the wire format `C`. `null` means absent. It doesn't unset the value of an earlier
/// member with the same name.
///
/// # Errors
/// The value has another type than the member.
#[inline]
pub fn read<'de, C: Codec<T>, A: MapAccess<'de>, T>(slot: &mut Option<T>, map: &mut A) -> Result<(), A::Error> {
    if let Some(value) = map.next_value::<Option<Decoded<C, T>>>()? {
        *slot = Some(value.into_inner());
    }
    Ok(())
}

/// Skips the value of a member that the structure doesn't have.
///
/// # Errors
/// The deserializer's errors.
#[inline]
pub fn skip<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    map.next_value::<IgnoredAny>().map(drop)
}

/// Deserializes a structure through its builder.
///
/// # Errors
/// The input isn't an object, or a member has another type.
pub fn read_structure<'de, B: ReadMembers, D: Deserializer<'de>>(deserializer: D) -> Result<B::Built, D::Error> {
    let visitor = StructureVisitor::<B> {
        has_null: deserializer.is_human_readable(),
        builder: PhantomData,
    };
    read_quietly(deserializer, Hint::Map, visitor).map(B::finish)
}

/// Reads a response body into a builder, so that the caller can add values from the headers.
///
/// An empty body, or one of white space, counts as an empty object: AWS sends it for operations without output. Like
/// the AWS SDKs, this reads some texts that RFC 8259 forbids: raw control characters in strings, bytes other than UTF-8
/// in unknown members, and numbers that no `f64` can hold.
///
/// # Errors
/// The body isn't a JSON object, or a member has another type.
pub fn from_json<B: ReadMembers>(body: &[u8]) -> Result<B::Built, serde_json::Error> {
    if body.trim_ascii().is_empty() {
        return Ok(B::default().finish());
    }
    // As a whole, the text is checked in a fraction of the time that it takes string by string.
    let read = std::str::from_utf8(body)
        .map_err(de::Error::custom)
        .and_then(from_text::<B>);
    read.or_else(|error| match mended(body) {
        Some(text) => from_text::<B>(&text).map_err(|_| error),
        None => Err(error),
    })
}

fn from_text<B: ReadMembers>(text: &str) -> Result<B::Built, serde_json::Error> {
    let mut json = serde_json::Deserializer::from_str(text);
    let built = read_structure::<B, _>(&mut json)?;
    json.end()?;
    Ok(built)
}

/// Deserializes a string enum.
///
/// # Errors
/// The input isn't a string.
pub fn read_enum<'de, T: for<'a> From<&'a str>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct EnumVisitor<T>(PhantomData<T>);
    impl<T: for<'a> From<&'a str>> Visitor<'_> for EnumVisitor<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }

        fn visit_str<E: de::Error>(self, value: &str) -> Result<T, E> {
            Ok(T::from(value))
        }
    }
    read_quietly(deserializer, Hint::Str, EnumVisitor(PhantomData))
}

/// A union, as the deserializer sees it.
pub trait ReadVariant: Sized {
    /// The union's name, for error messages.
    const NAME: &'static str;
    /// The variant for members that this version doesn't know.
    const UNKNOWN: Self;

    /// Reads the variant `member` from `map`. `null` means that another variant is set.
    ///
    /// # Errors
    /// The value has another type than the variant.
    fn read_variant<'de, A: MapAccess<'de>>(member: &str, map: &mut A) -> Result<Option<Self>, A::Error>;
}

/// Reads a variant that this version doesn't know, unless it is `null`.
///
/// # Errors
/// The deserializer's errors.
pub fn read_unknown<'de, A: MapAccess<'de>, U: ReadVariant>(map: &mut A) -> Result<Option<U>, A::Error> {
    Ok(map.next_value::<Option<UnknownVariant<U>>>()?.map(|_| U::UNKNOWN))
}

/// The value of a variant that this version doesn't know.
struct UnknownVariant<U>(PhantomData<U>);

impl<'de, U: ReadVariant> Deserialize<'de> for UnknownVariant<U> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Unknown::<NoVariant<U>>::new("").deserialize(deserializer)?;
        Ok(Self(PhantomData))
    }
}

/// No variant of the union has the name.
struct NoVariant<U>(PhantomData<U>);

impl<U: ReadVariant> Refusal for NoVariant<U> {
    fn print(_: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the key isn't one of the members of {}", U::NAME)
    }
}

/// Deserializes a union.
///
/// # Errors
/// The input isn't an object with one value, or the value has another type than the variant.
pub fn read_union<'de, U: ReadVariant, D: Deserializer<'de>>(deserializer: D) -> Result<U, D::Error> {
    struct UnionVisitor<U>(PhantomData<U>);
    impl<'de, U: ReadVariant> Visitor<'de> for UnionVisitor<U> {
        type Value = U;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "an object with one of the members of {}", U::NAME)
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<U, A::Error> {
            let mut found = None;
            while let Some(Name(name)) = map.next_key()? {
                // Some services say there which shape it is; it is never a variant.
                if name == "__type" {
                    skip(&mut map)?;
                    continue;
                }
                match U::read_variant(&name, &mut map)? {
                    Some(_) if found.is_some() => {
                        return Err(de::Error::custom(format_args!(
                            "more than one variant of the union {}",
                            U::NAME
                        )));
                    }
                    Some(variant) => found = Some(variant),
                    None => {}
                }
            }
            found.ok_or_else(|| de::Error::custom(format_args!("no variant of the union {}", U::NAME)))
        }
    }
    read_quietly(deserializer, Hint::Map, UnionVisitor(PhantomData))
}

/// The value of a member that the caller must have set.
///
/// # Errors
/// It isn't set.
#[inline]
pub fn required<T>(value: Option<T>, name: &'static str, details: &'static str) -> Result<T, BuildError> {
    value.ok_or_else(|| BuildError::missing_field(member_name(name), details))
}

struct StructureVisitor<B> {
    /// Whether the input may contain `null` for an absent member. Binary formats contain only present members.
    has_null: bool,
    builder: PhantomData<B>,
}

impl<'de, B: ReadMembers> Visitor<'de> for StructureVisitor<B> {
    type Value = B;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with the members of {}", B::Built::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<B, A::Error> {
        let mut builder = B::default();
        let mut reader = MemberReader {
            name: map.next_key()?,
            map: &mut map,
            has_null: self.has_null,
            found: false,
            result: Ok(()),
        };
        while reader.name.is_some() {
            reader.found = false;
            builder.slots(&mut reader);
            if !reader.found {
                // A member that the structure doesn't have: a service may add members at any time.
                if let Some(Name(name)) = &reader.name {
                    reader.map.next_value_seed(Unknown::<NoMember<B>>::new(name))?;
                }
                reader.name = reader.map.next_key()?;
            }
        }
        reader.result?;
        Ok(builder)
    }
}

/// Reads the value of the member `name` when its slot is visited, and then the next name. If a service writes the
/// members in the model's order, the slots are visited once in all, and not once per member.
struct MemberReader<'a, 'de, A, E> {
    name: Option<Name<'de>>,
    map: &'a mut A,
    has_null: bool,
    found: bool,
    result: Result<(), E>,
}

impl<'de, A: MapAccess<'de>> MemberReader<'_, 'de, A, A::Error> {
    #[inline(always)]
    fn is(&self, wire: &str) -> bool {
        matches!(&self.name, Some(Name(name)) if name.as_bytes() == wire.as_bytes())
    }

    #[inline]
    fn read<C: Codec<T>, T>(&mut self, wire: &'static str, slot: &mut Option<T>) {
        let result = if self.has_null {
            read::<C, _, T>(slot, self.map)
        } else {
            (self.map.next_value::<Decoded<C, T>>()).map(|value| *slot = Some(value.into_inner()))
        };
        self.found = true;
        self.name = match result
            .map_err(|error| within(wire, error))
            .and_then(|()| self.map.next_key())
        {
            Ok(name) => name,
            Err(error) => {
                self.result = Err(error);
                None
            }
        };
    }
}

// Inlined always: the comparison with a constant is a few instructions where it stands, and a call a member elsewhere.
impl<'de, A: MapAccess<'de>> Slots for MemberReader<'_, 'de, A, A::Error> {
    #[inline(always)]
    fn member<C: Codec<T>, T>(&mut self, wire: &'static str, slot: &mut Option<T>) {
        if self.is(wire) {
            self.read::<C, T>(wire, slot);
        }
    }
}

/// An error in the value of a member. Its text names the members on the path, outermost first.
#[cold]
pub(super) fn within<E: de::Error>(wire: &str, error: E) -> E {
    E::custom(format_args!("in `{wire}`: {error}"))
}
