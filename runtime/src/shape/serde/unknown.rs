//! Handles a member that a structure doesn't have: its value is skipped, or a strict reader suggests another name.

use super::quiet::scalars;
use crate::shape::codec::Codec;
use crate::shape::members::{Members, ReadMembers, Slots};
use serde::de::{self, DeserializeSeed, Deserializer, EnumAccess, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt::{self, Write};
use std::marker::PhantomData;

/// Skips a value. A strict reader refuses this with the text that `expecting` prints. The look-up of names is in
/// `expecting`, so programs that read leniently don't compile it.
pub(super) struct Unknown<'a, R> {
    name: &'a str,
    refusal: PhantomData<R>,
}

/// The message of a strict reader about an unknown name.
pub(super) trait Refusal {
    fn print(name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

impl<'a, R> Unknown<'a, R> {
    pub(super) fn new(name: &'a str) -> Self {
        Self {
            name,
            refusal: PhantomData,
        }
    }
}

impl<'de, R: Refusal> DeserializeSeed<'de> for Unknown<'_, R> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_ignored_any(self)
    }
}

macro_rules! ignore {
    ($($visit:ident($type:ty);)*) => {
        $(
            #[inline]
            fn $visit<E: de::Error>(self, _value: $type) -> Result<(), E> {
                Ok(())
            }
        )*
    };
}

impl<'de, R: Refusal> Visitor<'de> for Unknown<'_, R> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        R::print(self.name, f)
    }

    scalars!(ignore);

    #[inline]
    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        Ok(())
    }

    #[inline]
    fn visit_none<E: de::Error>(self) -> Result<(), E> {
        Ok(())
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        IgnoredAny.visit_some(deserializer).map(drop)
    }

    #[inline]
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        IgnoredAny.visit_newtype_struct(deserializer).map(drop)
    }

    #[inline]
    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<(), A::Error> {
        IgnoredAny.visit_seq(seq).map(drop)
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        IgnoredAny.visit_map(map).map(drop)
    }

    #[inline]
    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<(), A::Error> {
        IgnoredAny.visit_enum(data).map(drop)
    }
}

/// The structure that `B` builds has no member of this name.
pub(super) struct NoMember<B>(PhantomData<B>);

impl<B: ReadMembers> Refusal for NoMember<B> {
    fn print(name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut names = Names(Vec::new());
        B::default().slots(&mut names);
        write!(f, "`{}` isn't a member of {}", Key(name), B::Built::NAME)?;
        match nearest(name, &names.0) {
            Some(member) => write!(f, "; did you mean `{member}`?"),
            None => Ok(()),
        }
    }
}

/// Collects the names of a structure's members.
struct Names(Vec<&'static str>);

impl Slots for Names {
    fn member<C: Codec<T>, T>(&mut self, wire: &'static str, _slot: &mut Option<T>) {
        self.0.push(wire);
    }
}

/// A key of the input for an error message: short, and without control characters.
struct Key<'a>(&'a str);

impl fmt::Display for Key<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, c) in self.0.chars().enumerate() {
            if index == 64 {
                return f.write_char('…');
            }
            f.write_char(if c.is_control() { '\u{fffd}' } else { c })?;
        }
        Ok(())
    }
}

/// The member that a name most likely means. Case, `_` and `-` are ignored: `user_pool_id` is `UserPoolId`. A name may
/// also be short for the member's: `MinLength` is `MinimumLength`.
fn nearest(name: &str, members: &[&'static str]) -> Option<&'static str> {
    let plain = |name: &str| -> Vec<char> {
        let letters = name.chars().filter(|c| !matches!(c, '_' | '-'));
        letters.map(|c| c.to_ascii_lowercase()).collect()
    };
    let name = plain(name);
    // Two edits in a short name, a quarter of a long one, and never half of it.
    let limit = (name.len() / 4).max(2).min(name.len() / 2);
    let near = members.iter().map(|member| (distance(&name, &plain(member)), *member));
    let near = near.filter(|(distance, _)| *distance <= limit);
    let near = near.min_by_key(|(distance, _)| *distance).map(|(_, member)| member);
    near.or_else(|| {
        let mut longer = members.iter().filter(|member| is_short_for(&name, &plain(member)));
        longer
            .next()
            .copied()
            .filter(|_| name.len() > 4 && longer.next().is_none())
    })
}

/// Whether `long` begins as `short` does, and has all its letters in the same order.
fn is_short_for(short: &[char], long: &[char]) -> bool {
    let mut rest = long.iter();
    short.first() == long.first() && short.iter().all(|letter| rest.any(|other| other == letter))
}

/// The Levenshtein distance.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, to) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(from != to);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEMBERS: [&str; 5] = ["UserPoolId", "ClientId", "Username", "UserAttributes", "MinimumLength"];

    #[test]
    fn a_misspelling_and_another_casing_find_the_member() {
        for (name, member) in [
            ("UserPooolId", "UserPoolId"),
            ("user_pool_id", "UserPoolId"),
            ("userPoolId", "UserPoolId"),
            ("USER-POOL-ID", "UserPoolId"),
            ("UserName", "Username"),
            ("UserAttribute", "UserAttributes"),
            ("MinLength", "MinimumLength"),
            ("user_attrs", "UserAttributes"),
        ] {
            assert_eq!(nearest(name, &MEMBERS), Some(member), "{name}");
        }
        for name in ["", "Id", "Password", "Pool", "Length", "User"] {
            assert_eq!(nearest(name, &MEMBERS), None, "{name}");
        }
    }

    #[test]
    fn a_key_is_printed_short_and_on_one_line() {
        assert_eq!(Key("a\nb").to_string(), "a\u{fffd}b");
        assert_eq!(Key(&"x".repeat(100)).to_string(), format!("{}…", "x".repeat(64)));
    }
}
