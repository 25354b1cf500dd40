//! The integers of SRP: up to 3,072 bits, printed and hashed as Cognito does it, wiped when they are dropped.

use super::SrpError;
use crypto_bigint::U3072;
use std::fmt::{self, Debug, Formatter, Write};
use zeroize::{Zeroize, Zeroizing};

/// A non-negative integer of at most 3,072 bits.
///
/// It may be a secret (`a`, `x`, `S`). So `Debug` doesn't show it, it has no `Display`, and its memory is wiped when it
/// is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Integer(pub(super) U3072);

impl Integer {
    /// Reads any number of hexadecimal digits, in upper or lower case. Leading zeros don't matter.
    ///
    /// # Errors
    /// [`SrpError::NotHex`] for an empty text or another character, [`SrpError::TooLarge`] past 3,072 bits. `name` is
    /// the number's name in the error.
    pub fn from_hex(name: &'static str, hex: &str) -> Result<Self, SrpError> {
        Self::from_bytes(name, &Zeroizing::new(hex_bytes(name, hex)?))
    }

    /// Reads a big-endian number.
    ///
    /// # Errors
    /// [`SrpError::TooLarge`] past 3,072 bits.
    pub fn from_bytes(name: &'static str, bytes: &[u8]) -> Result<Self, SrpError> {
        let bytes = significant(bytes);
        let mut padded = [0; U3072::BYTES];
        let start = padded
            .len()
            .checked_sub(bytes.len())
            .ok_or(SrpError::TooLarge { name })?;
        padded[start..].copy_from_slice(bytes);
        let integer = Self(U3072::from_be_slice(&padded));
        padded.zeroize();
        Ok(integer)
    }

    /// Its digits, in lower case and without leading zeros, as they go over the wire. Zero is `0`.
    pub fn to_hex(&self) -> String {
        let bytes = self.0.to_be_bytes();
        let mut hex = String::with_capacity(2 * U3072::BYTES);
        for byte in significant(&bytes) {
            // The first digit of the first byte may be a zero, which doesn't count either.
            let _ = match hex.as_str() {
                "" => write!(hex, "{byte:x}"),
                _ => write!(hex, "{byte:02x}"),
            };
        }
        if hex.is_empty() {
            hex.push('0');
        }
        hex
    }

    /// Its bytes as they are hashed; see [`pad`].
    pub fn padded(&self) -> Vec<u8> {
        let mut bytes = self.0.to_be_bytes();
        let padded = pad(&bytes);
        bytes.zeroize();
        padded
    }

    /// Whether it is zero. This is for public values: the time depends on the number.
    pub(super) fn is_zero(&self) -> bool {
        self.0.is_zero_vartime()
    }
}

impl Debug for Integer {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("Integer(redacted)")
    }
}

impl Drop for Integer {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// The bytes of a big-endian number as Cognito hashes them: two's complement of minimal length. Leading zero bytes are
/// removed, and a zero byte precedes a first byte of 0x80 or more. Zero is one zero byte.
///
/// ```
/// use cognito_auth::srp::pad;
/// assert_eq!(pad(&[0, 0, 0x7f]), [0x7f]);
/// assert_eq!(pad(&[0x80, 1]), [0, 0x80, 1]);
/// assert_eq!(pad(&[]), [0]);
/// ```
pub fn pad(bytes: &[u8]) -> Vec<u8> {
    let bytes = significant(bytes);
    // One allocation of the final size: a vector that grows would leave a copy behind.
    let mut padded = Vec::with_capacity(bytes.len() + 1);
    if bytes.first().is_none_or(|first| *first >= 0x80) {
        padded.push(0);
    }
    padded.extend_from_slice(bytes);
    padded
}

/// The bytes from the first that isn't zero.
fn significant(bytes: &[u8]) -> &[u8] {
    let start = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
    &bytes[start..]
}

/// The bytes of a hexadecimal number; an odd first digit is a byte of its own.
pub(super) fn hex_bytes(name: &'static str, hex: &str) -> Result<Vec<u8>, SrpError> {
    let digit = |digit: u8| char::from(digit).to_digit(16).map(|value| value as u8);
    let digits = hex.as_bytes();
    let (odd, pairs) = digits.split_at(digits.len() % 2);
    let mut bytes = Vec::with_capacity(digits.len().div_ceil(2));
    for byte in odd.chunks(1).chain(pairs.chunks(2)) {
        let value = byte.iter().try_fold(0, |value, next| Some(value * 16 + digit(*next)?));
        bytes.push(value.ok_or(SrpError::NotHex { name })?);
    }
    if bytes.is_empty() {
        return Err(SrpError::NotHex { name });
    }
    Ok(bytes)
}
