//! Wire formats, as the visitors of members know them. The formats themselves are in `serde`.

use serde::de::Deserializer;
use serde::ser::Serializer;

/// A wire format of `T`, and whether logs may show it.
///
/// Most members have the format [`Plain`](super::serde::Plain). Other formats say what the type alone doesn't: the form of a timestamp,
/// Base64, numbers without a JSON form. They compose as types do: `Vec<EpochSeconds>` is the format of a
/// `Vec<DateTime>`.
pub trait Codec<T> {
    /// Whether `Debug` must not show the value.
    const SENSITIVE: bool = false;

    /// Writes `value`.
    ///
    /// # Errors
    /// The value has no form on the wire, or the serializer fails.
    fn encode<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error>;

    /// Reads a value.
    ///
    /// # Errors
    /// The input has another form.
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error>;

    /// The value of a required member that the service omitted, because a response must stay readable without it.
    fn empty() -> T;
}
