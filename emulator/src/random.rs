//! Ids, codes and secrets in Cognito's formats.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use std::iter::repeat_with;

const LOWER: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";
const ALPHANUMERIC: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

fn text(of: &[u8], length: usize) -> String {
    repeat_with(|| char::from(of[fastrand::usize(..of.len())]))
        .take(length)
        .collect()
}

/// A UUID, as users, devices and identities have them.
pub(crate) fn uuid() -> String {
    uuid_of(fastrand::u128(..))
}

/// The UUID of these bits, but for those that say that it is one of random bits (RFC 9562, section 5.4).
pub(crate) fn uuid_of(bits: u128) -> String {
    let bits = bits & !(0xf << 76) & !(0x3 << 62) | 0x4 << 76 | 0x2 << 62;
    let hex = format!("{bits:032x}");
    format!(
        "{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}

/// One of the items, or none if there are none.
pub(crate) fn one_of<T>(items: &[T]) -> Option<&T> {
    fastrand::choice(items)
}

/// The part of a user pool's id after the region.
pub(crate) fn pool_suffix() -> String {
    text(ALPHANUMERIC, 9)
}

/// The id of an app client.
pub(crate) fn client_id() -> String {
    text(LOWER, 26)
}

/// The secret of an app client.
pub(crate) fn client_secret() -> String {
    text(LOWER, 51)
}

/// A temporary access key.
pub(crate) fn access_key() -> String {
    format!("ASIA{}", text(b"234567ABCDEFGHIJKLMNOPQRSTUVWXYZ", 16))
}

/// A code for an e-mail or a text message.
pub(crate) fn code() -> String {
    format!("{:06}", fastrand::u32(..1_000_000))
}

/// A temporary password that meets every password policy with a length of at most 16.
pub(crate) fn password() -> String {
    format!(
        "{}{}{}{}",
        text(b"ABCDEFGHJKLMNPQRSTUVWXYZ", 4),
        text(b"abcdefghijkmnpqrstuvwxyz", 6),
        text(b"23456789", 4),
        text(b"!#$%+-", 2)
    )
}

/// An opaque token of this many random bytes, in Base64url.
pub(crate) fn token(bytes: usize) -> String {
    let bytes: Vec<u8> = repeat_with(|| fastrand::u8(..)).take(bytes).collect();
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A block of this many random bytes, in plain Base64.
pub(crate) fn block(bytes: usize) -> String {
    let bytes: Vec<u8> = repeat_with(|| fastrand::u8(..)).take(bytes).collect();
    STANDARD.encode(bytes)
}

/// The id of a session of tokens.
pub(crate) fn session_id() -> String {
    format!("tkn{}", text(LOWER, 25))
}

/// Random bytes.
pub(crate) fn bytes<const N: usize>() -> [u8; N] {
    std::array::from_fn(|_| fastrand::u8(..))
}

#[cfg(test)]
mod tests {
    #[test]
    fn ids_have_the_forms_of_the_model() {
        let uuid = super::uuid();
        assert_eq!(uuid.split('-').map(str::len).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
        assert_eq!(&uuid[14..15], "4");
        assert_eq!(super::client_id().len(), 26);
        assert!(super::code().bytes().all(|digit| digit.is_ascii_digit()));
    }
}
