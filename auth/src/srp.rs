//! Cognito's dialect of SRP-6a as pure functions: no network, no clock, no configuration.
//!
//! A client that has its own transport needs three steps:
//!
//! ```
//! use cognito_auth::srp::{Challenge, Ephemeral, Identity, Timestamp};
//! # fn example() -> Result<(), cognito_auth::srp::SrpError> {
//! // 1. Send `SRP_A` with InitiateAuth.
//! let ephemeral = Ephemeral::generate()?;
//! let srp_a = ephemeral.public().to_hex();
//! // 2. Read the challenge PASSWORD_VERIFIER.
//! let (srp_b, salt, secret_block) = ("b1…", "aa…", "nq7t…");
//! let challenge = Challenge::new(srp_b, salt, secret_block)?;
//! // 3. Answer it with TIMESTAMP and PASSWORD_CLAIM_SIGNATURE.
//! let identity = Identity::user("us-east-1_AbCdEf123", "alice");
//! let timestamp = Timestamp::from(std::time::SystemTime::now());
//! let signature = ephemeral.prove(identity, "password", &challenge)?.sign(timestamp);
//! # Ok(())
//! # }
//! ```
//!
//! Secrets (`a`, `x`, `S`, the key) are computed in constant time and wiped when they are dropped, and `Debug` doesn't
//! show them. The group is the 3,072-bit prime of [RFC 3526](https://www.rfc-editor.org/rfc/rfc3526#section-4) with the
//! generator 2, and the hash is SHA-256. Cognito differs from [RFC 5054](https://www.rfc-editor.org/rfc/rfc5054):
//! numbers are hashed in two's complement of minimal length ([`pad`]), the salt is a number, the key comes from HKDF,
//! and the proof is an HMAC over a message with a timestamp.

mod device;
mod exchange;
mod group;
mod identity;
mod integer;
mod timestamp;

pub use device::{DeviceSecret, DeviceVerifier};
pub(crate) use exchange::hmac_sha256;
pub use exchange::{Challenge, Ephemeral, Proof, multiplier, verifier};
pub use group::N_HEX;
pub use identity::Identity;
pub use integer::{Integer, pad};
pub use timestamp::Timestamp;

use std::error::Error;
use std::fmt::{self, Display, Formatter};

/// Why SRP stops. The server, or something between, has sent a challenge that must not be answered. A retry helps only
/// with [`Random`](Self::Random).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SrpError {
    /// A number of the challenge isn't hexadecimal.
    NotHex {
        /// Which one.
        name: &'static str,
    },
    /// A number has more than 3,072 bits.
    TooLarge {
        /// Which one.
        name: &'static str,
    },
    /// `SRP_B` isn't from 1 to N − 1. A multiple of N would let in someone who doesn't know the password.
    PublicValue,
    /// The hash over both public values is zero, which would make the password irrelevant (RFC 5054, section 2.5.4).
    Scrambler,
    /// `SECRET_BLOCK` isn't Base64.
    SecretBlock,
    /// The operating system gives no randomness.
    Random,
}

impl Display for SrpError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotHex { name } => write!(f, "{name} isn't a hexadecimal number: don't answer this challenge"),
            Self::TooLarge { name } => write!(f, "{name} has more than 3,072 bits: don't answer this challenge"),
            Self::PublicValue => {
                f.write_str("SRP_B isn't between 1 and N − 1: whoever sent it doesn't know the password's verifier")
            }
            Self::Scrambler => f.write_str("the hash over SRP_A and SRP_B is zero: begin the sign-in again"),
            Self::SecretBlock => f.write_str("SECRET_BLOCK isn't Base64: don't answer this challenge"),
            Self::Random => {
                f.write_str("the operating system gives no random bytes: check the sandbox that this runs in")
            }
        }
    }
}

impl Error for SrpError {}

#[cfg(test)]
mod tests;
