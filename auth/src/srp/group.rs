//! The group of Cognito's SRP: the 3,072-bit prime of RFC 3526 (section 4) with the generator 2.

use super::Integer;
use crypto_bigint::modular::{FixedMontyForm, FixedMontyParams};
use crypto_bigint::{CtSelect, Odd, U3072};
use std::sync::LazyLock;

/// The prime, in hexadecimal digits.
pub const N_HEX: &str = concat!(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD",
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED",
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F",
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B",
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510",
    "15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7",
    "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C",
    "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
);

/// The multiplier: SHA-256 over the padded prime and the generator. A test computes it again.
const K_HEX: &str = "538282c4354742d7cbbde2359fcf67f9f5b3a6b08791e5011b43b8a5b66d9ee6";

/// A number modulo the prime.
pub(super) type Element = FixedMontyForm<{ U3072::LIMBS }>;

/// The values that don't change between sign-ins.
struct Group {
    params: FixedMontyParams<{ U3072::LIMBS }>,
    multiplier: Element,
}

static GROUP: LazyLock<Group> = LazyLock::new(|| {
    let params = FixedMontyParams::new_vartime(Odd::<U3072>::from_be_hex(N_HEX));
    let multiplier = format!("{K_HEX:0>width$}", width = 2 * U3072::BYTES);
    Group {
        multiplier: Element::new(&U3072::from_be_hex(&multiplier), &params),
        params,
    }
});

/// Whether a public value is valid: from 1 to N − 1. This excludes all multiples of N, which would make the shared
/// secret independent of the password.
pub(super) fn is_public_value(value: &Integer) -> bool {
    !value.is_zero() && value.0.cmp_vartime(GROUP.params.modulus().as_ref()).is_lt()
}

/// The multiplier k.
pub(super) fn multiplier() -> Integer {
    Integer(GROUP.multiplier.retrieve())
}

/// `value` modulo N.
pub(super) fn element(value: &Integer) -> Element {
    Element::new(&value.0, &GROUP.params)
}

/// g to the power of the lowest `bits` of `exponent`. Its time depends only on `bits`.
///
/// The generator is 2, so a multiplication by it is an addition. This makes the power a fifth cheaper than for any
/// other base. Each bit costs a square and a double, even if the double isn't used.
pub(super) fn power(exponent: &Integer, bits: u32) -> Element {
    let mut power = Element::one(&GROUP.params);
    for bit in (0..bits).rev() {
        power = power.square();
        let doubled = power.double();
        power = CtSelect::ct_select(&power, &doubled, exponent.0.bit(bit));
    }
    power
}

/// k times `value`.
pub(super) fn multiplied(value: &Element) -> Element {
    GROUP.multiplier.mul(value)
}
