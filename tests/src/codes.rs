//! What a user's devices compute: one-time codes and SRP proofs.
//!
//! They are written here from the specifications, so that a test of the library's own is not a test against itself.

use crate::data::hex;
use aws_smithy_types::base64;
use aws_smithy_types::date_time::{DateTime, Format};
use hmac::{Hmac, KeyInit, Mac};
use num_bigint::BigUint;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use std::time::{SystemTime, UNIX_EPOCH};

/// The six digits that an authenticator app shows for a secret in base 32 (RFC 6238).
pub fn one_time_code(secret: &str, now: SystemTime) -> String {
    let seconds = now.duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
    let mut mac = Hmac::<Sha1>::new_from_slice(&base32(secret)).expect("any key");
    mac.update(&(seconds / 30).to_be_bytes());
    let mac = mac.finalize().into_bytes();
    let offset = usize::from(mac[19] & 15);
    let number = u32::from_be_bytes([mac[offset], mac[offset + 1], mac[offset + 2], mac[offset + 3]]);
    format!("{:06}", (number & 0x7fff_ffff) % 1_000_000)
}

/// Base 32 (RFC 4648), padded or not.
fn base32(text: &str) -> Vec<u8> {
    let (mut bytes, mut bits, mut count) = (Vec::new(), 0u32, 0);
    for letter in text.trim_end_matches('=').bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'2'..=b'7' => letter - b'2' + 26,
            _ => panic!("{} is no letter of base 32", char::from(letter)),
        };
        bits = bits << 5 | u32::from(value);
        count += 5;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xff) as u8);
        }
    }
    bytes
}

/// The 3072-bit group of RFC 3526.
const N: &str = "\
FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B\
302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE6\
49286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D\
670C354E4ABC9804F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718\
3995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7D\
B3970F85A6E1E4C7ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C\
BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF";

/// The client's side of SRP as Cognito speaks it.
#[derive(Debug)]
pub struct Srp {
    n: BigUint,
    g: BigUint,
    small_a: BigUint,
    large_a: BigUint,
}

/// What the server says in the challenge `PASSWORD_VERIFIER`.
#[derive(Debug)]
pub struct Challenge<'a> {
    /// `USER_ID_FOR_SRP`.
    pub user_id: &'a str,
    /// `SALT`, hexadecimal.
    pub salt: &'a str,
    /// `SRP_B`, hexadecimal.
    pub large_b: &'a str,
    /// `SECRET_BLOCK`, base 64.
    pub secret_block: &'a str,
}

impl Srp {
    /// Begins with this secret number, hexadecimal. A real client draws one; a recording must always have the same.
    pub fn new(small_a: &str) -> Self {
        let (n, g, small_a) = (number(N), BigUint::from(2u8), number(small_a));
        let large_a = g.modpow(&small_a, &n);
        Self { n, g, small_a, large_a }
    }

    /// `SRP_A`, hexadecimal.
    pub fn large_a(&self) -> String {
        self.large_a.to_str_radix(16)
    }

    /// `PASSWORD_CLAIM_SIGNATURE`, base 64. The pool's name is its id without the region.
    pub fn signature(&self, pool: &str, password: &str, challenge: &Challenge<'_>, timestamp: &str) -> String {
        let Challenge {
            user_id,
            salt,
            large_b,
            secret_block,
        } = challenge;
        let (salt, large_b) = (number(salt), number(large_b));
        let secret_block = base64::decode(secret_block).expect("the secret block is base 64");

        let k = hash(&[padded(&self.n), padded(&self.g)]);
        let u = hash(&[padded(&self.large_a), padded(&large_b)]);
        let identity = Sha256::digest(format!("{pool}{user_id}:{password}")).to_vec();
        let x = hash(&[padded(&salt), identity]);
        let verifier = k * self.g.modpow(&x, &self.n) % &self.n;
        let base = (large_b + &self.n - verifier) % &self.n;
        let s = base.modpow(&(&self.small_a + &u * x), &self.n);

        // HKDF (RFC 5869), of whose output 16 bytes are used.
        let key = mac(&padded(&u), &[&padded(&s)]);
        let key = mac(&key, &[b"Caldera Derived Key", &[1]]);
        let parts = [pool.as_bytes(), user_id.as_bytes(), &secret_block, timestamp.as_bytes()];
        base64::encode(mac(&key[..16], &parts))
    }
}

/// The time as SRP's `TIMESTAMP` wants it: `Sun Nov 2 09:05:07 UTC 2026`.
pub fn timestamp(now: SystemTime) -> String {
    let date = DateTime::from(now).fmt(Format::HttpDate).expect("a time of our age");
    let mut parts = date.split([' ', ',']).filter(|part| !part.is_empty());
    let mut next = || parts.next().expect("weekday, day, month, year, time");
    let (weekday, day, month, year, time) = (next(), next(), next(), next(), next());
    let time = time.split('.').next().unwrap_or(time);
    format!("{weekday} {month} {} {time} UTC {year}", day.trim_start_matches('0'))
}

fn number(text: &str) -> BigUint {
    BigUint::parse_bytes(text.as_bytes(), 16).expect("a hexadecimal number")
}

/// The bytes of a number, with a zero in front where the first bit is set: what Java's `BigInteger` gives.
fn padded(number: &BigUint) -> Vec<u8> {
    let mut bytes = number.to_bytes_be();
    if bytes[0] & 0x80 != 0 {
        bytes.insert(0, 0);
    }
    bytes
}

fn hash(parts: &[Vec<u8>]) -> BigUint {
    number(&hex(&Sha256::digest(parts.concat())))
}

fn mac(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any key");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn codes_are_those_of_rfc_6238() {
        // Appendix B, whose eight digits end in the six that apps show. The secret is `12345678901234567890`.
        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(one_time_code(secret, UNIX_EPOCH + Duration::from_secs(seconds)), code);
        }
    }

    #[test]
    fn a_proof_is_what_other_clients_compute() {
        // Made by a reference in Python that agrees with pycognito 2024.5.1 and amazon-cognito-identity-js 6.3.21.
        let srp = Srp::new(SMALL_A);
        assert_eq!(srp.large_a(), LARGE_A);
        let challenge = Challenge {
            user_id: "alice",
            salt: SALT,
            large_b: LARGE_B,
            secret_block: SECRET_BLOCK,
        };
        let now = UNIX_EPOCH + Duration::from_secs(UNIX_TIME);
        assert_eq!(timestamp(now), TIMESTAMP);
        assert_eq!(
            srp.signature("AbCdEf123", "Passw0rd!23", &challenge, TIMESTAMP),
            SIGNATURE
        );
        assert_ne!(
            srp.signature("AbCdEf123", "Passw0rd!24", &challenge, TIMESTAMP),
            SIGNATURE
        );
    }

    #[test]
    fn a_day_of_one_digit_has_no_zero_in_front() {
        assert_eq!(
            timestamp(UNIX_EPOCH + Duration::from_secs(3661)),
            "Thu Jan 1 01:01:01 UTC 1970"
        );
    }

    const SMALL_A: &str = "\
        4bc98c57c02586083518abdc7c018f94b4d48a77ea45d3ad911539e290e18c4ae2448d386322bea002fab5cf24c68873177f\
        6999082d15f4278ec04ae9f8d390db11dd81ff9ec9fe48da997f62a667b8840cc9277b454096dd77bcc7334a9ad079a0403b\
        35d81212ee061a17a87866a17ef7987901c0dbbca7db2183d6dc5c6c";
    const LARGE_A: &str = "\
        15adf142c477530a89be85db83fccacc7fddb127ba7c5d450fd56722166cb3e87b8477fb720d333730c6d2268989406cff06\
        d95e38d58a48b7f9419f88212061eae11c3a2a518d658a2377ea410aafaa735ddf7160ca095f0da40fa151f9f58d9d88192f\
        4a58e8b0d97573b2a060a9beada7e80ded97fa06a9c7a4f3ef8987b641ac33ff3436ddabf082b6bc7cc2b726eef4dd8cb53a\
        05ee5e63d2eaaa34fb2851abd8b323d7e6ed248ec6fde75b46976515ea9955b0958575ca57dfd86d90bcc4b19e55d3ab4c8f\
        9ec9c39404dbb2661636feb2d318ba11e505e79b0bf83c757c76c32b8121543f7ed79b4713e125e5100bfa6266a9e07361c2\
        8b4b0e60d905713eab83060208647e13602281d7c1dd99e47447adc8077ab4b532b231e72e9ad68c3f82b2b2c29f49006b56\
        b283ceb87edb0e5772dfe868d547c3d75b1fd4ba0cfd847b6330960031a2f07c8821b5342d70bca4747e4172158eac568bac\
        970019970faffd2235a52390088e87da10bd6bea6828c409c719dfafef9b005f7997";
    const SALT: &str = "aa3ad16eca6a899e15bed55f7dd4d3a3";
    const LARGE_B: &str = "\
        17be51e7be7e3b5ee980af17f1ec4c3e68ca3eb5a2af894f16739d3cfeaa1eec4105a426203c78f6b02f2aa7e9a8a15855ba\
        255da842f477646c3910bbd245af89941234bf1f2914c4d0e45b4b08c7956df94777096453c4bcbbf19ff304e756da1d05ef\
        c21bf89bbc47bbbfc03c861b3b209dfa6426b3e2cea8cf0df59fbc5ee5df21b4125daa142444967e0bb0b222d0113747723d\
        d264f615a54833b198cb7381e0527e8fe1db342b4609c15ad72021c679a615326e99c380b8f9b14b24fd9363df149fe12720\
        0541795b1373f68e74d6e918e765cca7cb27dd308ea825c13d0f7f0f3b3ab0c452641d4ed76758bc8ca0e73aa7aceb1a3740\
        673e6dc6b202079d806064092e795cfb6f78fb596ef6165fdd3fbe680f648352dffae7e68d15817c55c1d84f44da9086813e\
        553906d5419f5959173bc0d659e6d853d1524641207c3465dc1684c778635d4baecc56c11851f50507edac162da8b1b32260\
        4ec55a93683cad14556f6ce7f8f3d700d0110e01bc5879b917b69f9cdd4f73f5808c";
    const SECRET_BLOCK: &str = "\
        nq7t87iDrvb3eSWmSj+lGI2rhct5+0AQA5O0CavQpzaPGLM002nvQNq9cE86NtWVS7AhpCQAC8crFicvOXhKTkokN149CPsdtEym\
        bOlxXdQFwFyOHlp3xbYHMVHYCuQf";
    const UNIX_TIME: u64 = 1795338307;
    const TIMESTAMP: &str = "Sun Nov 22 09:05:07 UTC 2026";
    const SIGNATURE: &str = "WrP/nU19frjmrYetMAbfU39WuAV4KDfh+La580prgBs=";
}
