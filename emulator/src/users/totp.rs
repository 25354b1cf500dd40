//! Authenticator apps: their secrets and their codes (TOTP, RFC 6238).

use crate::clock::Moment;
use crate::fault::{Answer, Fault};
use crate::random;
use ring::hmac;
use serde::{Deserialize, Serialize};

/// The secret of an authenticator app, in Base32.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Totp {
    pub(crate) secret: String,
    pub(crate) verified: bool,
    /// The time step of the code that last signed the user in.
    #[serde(default)]
    used: Option<u64>,
}

impl Totp {
    /// A new secret, which nobody has shown yet to know.
    pub(crate) fn new() -> Self {
        Self {
            secret: base32(&random::bytes::<32>()),
            verified: false,
            used: None,
        }
    }

    /// The time step of a code: that of now, or of the half minute before or after.
    fn step(&self, code: &str, now: Moment) -> Option<u64> {
        let step = now.seconds() / 30;
        [step.saturating_sub(1), step, step + 1]
            .into_iter()
            .find(|step| totp_code(&self.secret, *step).as_deref() == Some(code))
    }

    /// Whether `code` is right.
    pub(crate) fn matches(&self, code: &str, now: Moment) -> bool {
        self.step(code, now).is_some()
    }

    /// Takes a code to sign in with: each can be used once.
    pub(crate) fn take(&mut self, code: &str, now: Moment) -> Answer<()> {
        let step = self.step(code, now);
        let step = step.ok_or_else(|| Fault::code_mismatch("Invalid code received for user"))?;
        if self.used.is_some_and(|used| step <= used) {
            return Err(Fault::expired_code("Your software token has already been used once."));
        }
        self.used = Some(step);
        Ok(())
    }
}

/// The code that an authenticator app shows at a moment; `None` if the secret isn't Base32.
pub(crate) fn shown(secret: &str, now: Moment) -> Option<String> {
    totp_code(secret, now.seconds() / 30)
}

/// The code of a time step (RFC 6238, with SHA-1 and six digits, as authenticator apps have it).
fn totp_code(secret: &str, step: u64) -> Option<String> {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &from_base32(secret)?);
    let mac = hmac::sign(&key, &step.to_be_bytes());
    let mac = mac.as_ref();
    let offset = usize::from(mac.last()? & 0xf);
    let four: [u8; 4] = mac.get(offset..offset + 4)?.try_into().ok()?;
    let number = u32::from_be_bytes(four) & 0x7fff_ffff;
    Some(format!("{:06}", number % 1_000_000))
}

const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

fn base32(bytes: &[u8]) -> String {
    let mut text = String::new();
    let (mut bits, mut count) = (0_u32, 0);
    for byte in bytes {
        bits = bits << 8 | u32::from(*byte);
        count += 8;
        while count >= 5 {
            count -= 5;
            text.push(char::from(BASE32[(bits >> count & 31) as usize]));
        }
    }
    if count > 0 {
        text.push(char::from(BASE32[(bits << (5 - count) & 31) as usize]));
    }
    text
}

fn from_base32(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for digit in text.bytes().filter(|digit| *digit != b'=') {
        let value = BASE32.iter().position(|known| *known == digit.to_ascii_uppercase())?;
        bits = bits << 5 | u32::try_from(value).ok()?;
        count += 5;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 255) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::{Totp, base32, from_base32, totp_code};
    use crate::clock::Moment;

    /// RFC 6238, appendix B: the last six of the eight digits there.
    #[test]
    fn codes_are_those_of_rfc_6238() {
        let secret = base32(b"12345678901234567890");
        assert_eq!(secret, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(totp_code(&secret, seconds / 30).as_deref(), Some(code), "{seconds}");
            let totp = Totp {
                secret: secret.clone(),
                ..Totp::new()
            };
            assert!(totp.matches(code, Moment(seconds * 1000)));
            assert!(!totp.matches(code, Moment((seconds + 61) * 1000)));
        }
    }

    #[test]
    fn base32_comes_back_as_it_was() {
        for length in 0..33 {
            let bytes: Vec<u8> = (0..length).collect();
            assert_eq!(from_base32(&base32(&bytes)).as_deref(), Some(&bytes[..]));
        }
    }
}
