//! Timestamps: written in the model's format, and read in any format that AWS services are known to send.

use super::number;
use super::quiet::{Hint, read_quietly};
use crate::shape::codec::Codec;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use serde::de::{self, Deserializer, MapAccess, Unexpected, Visitor};
use serde::ser::{Error as _, Serializer};
use std::fmt;

/// Seconds since 1970-01-01T00:00:00Z as a JSON number, with a fraction if there is one (`unixTimestamp`). The number is
/// an `f64`, which today has steps of 0.2 µs.
#[derive(Debug)]
pub struct EpochSeconds;

impl Codec<DateTime> for EpochSeconds {
    fn encode<S: Serializer>(value: &DateTime, serializer: S) -> Result<S::Ok, S::Error> {
        match value.subsec_nanos() {
            0 if serializer.is_human_readable() => serializer.serialize_i64(value.secs()),
            _ => serializer.serialize_f64(value.as_secs_f64()),
        }
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime, D::Error> {
        read_quietly(deserializer, Hint::F64, TimestampVisitor)
    }

    fn empty() -> DateTime {
        DateTime::from_secs(0)
    }
}

/// RFC 3339, section 5.6, for example `2014-04-29T18:30:38Z` (`iso8601` in the model, `date-time` in Smithy).
#[derive(Debug)]
pub struct DateTimeText;

/// RFC 9110, section 5.6.7, for example `Tue, 29 Apr 2014 18:30:38 GMT` (`rfc822` in the model).
#[derive(Debug)]
pub struct HttpDate;

macro_rules! text_timestamp {
    ($name:ident, $format:expr) => {
        impl Codec<DateTime> for $name {
            fn encode<S: Serializer>(value: &DateTime, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&value.fmt($format).map_err(S::Error::custom)?)
            }

            fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime, D::Error> {
                read_quietly(deserializer, Hint::Str, TimestampVisitor)
            }

            fn empty() -> DateTime {
                DateTime::from_secs(0)
            }
        }
    };
}
text_timestamp!(DateTimeText, Format::DateTimeWithOffset);
text_timestamp!(HttpDate, Format::HttpDate);

struct TimestampVisitor;

impl<'de> Visitor<'de> for TimestampVisitor {
    type Value = DateTime;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a timestamp (seconds since 1970, RFC 3339 or an HTTP date)")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<DateTime, E> {
        Ok(DateTime::from_secs(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<DateTime, E> {
        i64::try_from(value)
            .map(DateTime::from_secs)
            .map_err(|_| E::invalid_value(Unexpected::Unsigned(value), &self))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<DateTime, E> {
        Ok(DateTime::from_secs_f64(value))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<DateTime, E> {
        DateTime::from_str(value, Format::DateTimeWithOffset)
            .or_else(|_| DateTime::from_str(value, Format::HttpDate))
            .map_err(|_| E::invalid_value(Unexpected::Str(value), &self))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<DateTime, A::Error> {
        number::visit(map, self)
    }
}
