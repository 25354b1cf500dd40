//! The claims about SRP that need no server.

use super::exchange::{checked_scrambler, scrambler};
use super::*;

const SALT: &str = "aa3ad16eca6a899e15bed55f7dd4d3a3";

fn challenge(b: &str) -> Result<Challenge, SrpError> {
    Challenge::new(b, SALT, "AAEC")
}

fn proof_signature(salt: &str, block: &str) -> Result<String, SrpError> {
    let ephemeral = Ephemeral::from_secret(&[7; 128])?;
    let challenge = Challenge::new("1234567", salt, block)?;
    let proof = ephemeral.prove(Identity::user("us-east-1_Pool", "alice"), "Passw0rd!", &challenge)?;
    Ok(proof.sign(Timestamp::from_unix(0)))
}

#[test]
fn the_multiplier_is_the_hash_over_prime_and_generator() -> Result<(), SrpError> {
    use sha2::{Digest, Sha256};
    let mut hash = Sha256::new();
    hash.update(Integer::from_hex("N", N_HEX)?.padded());
    hash.update([2]);
    assert_eq!(multiplier(), Integer::from_bytes("k", &hash.finalize())?);
    Ok(())
}

#[test]
fn padding_is_minimal_twos_complement() -> Result<(), SrpError> {
    for (hex, padded) in [
        ("0", &[0_u8] as &[u8]),
        ("7f", &[0x7f]),
        ("80", &[0, 0x80]),
        ("fff", &[0x0f, 0xff]),
        ("000080", &[0, 0x80]),
        ("00007f01", &[0x7f, 1]),
    ] {
        assert_eq!(Integer::from_hex("it", hex)?.padded(), padded, "{hex}");
    }
    Ok(())
}

#[test]
fn the_salt_is_an_integer_whose_leading_zeros_go() -> Result<(), SrpError> {
    let plain = proof_signature("a1b2c", "AAEC")?;
    assert_eq!(proof_signature("0a1b2c", "AAEC")?, plain);
    assert_eq!(proof_signature("0000A1B2C", "AAEC")?, plain);
    assert_ne!(proof_signature("a1b2c0", "AAEC")?, plain);
    Ok(())
}

#[test]
fn the_secret_block_may_be_url_safe_or_unpadded() -> Result<(), SrpError> {
    // fb ff fe 01: the standard alphabet's + and / and padding, in all spellings.
    let plain = proof_signature(SALT, "+//+AQ==")?;
    for block in ["-__-AQ==", "-__-AQ", "+//+AQ", " +//+AQ==\n"] {
        assert_eq!(proof_signature(SALT, block)?, plain, "{block:?}");
    }
    for block in ["+//+A", "+//+A$==", "=", "AAE=C"] {
        assert_eq!(proof_signature(SALT, block), Err(SrpError::SecretBlock), "{block:?}");
    }
    Ok(())
}

#[test]
fn a_b_that_is_zero_modulo_n_is_refused() -> Result<(), SrpError> {
    let doubled = format!("1{}", double_n());
    for (b, error) in [
        ("0", SrpError::PublicValue),
        ("0000", SrpError::PublicValue),
        (N_HEX, SrpError::PublicValue),
        (&format!("00{N_HEX}"), SrpError::PublicValue),
        (&doubled, SrpError::TooLarge { name: "SRP_B" }),
        (&"f".repeat(10_000), SrpError::TooLarge { name: "SRP_B" }),
        ("", SrpError::NotHex { name: "SRP_B" }),
        ("0x12", SrpError::NotHex { name: "SRP_B" }),
        ("-1", SrpError::NotHex { name: "SRP_B" }),
        ("1 2", SrpError::NotHex { name: "SRP_B" }),
        ("é1", SrpError::NotHex { name: "SRP_B" }),
    ] {
        assert_eq!(challenge(b).err(), Some(error), "{} digits", b.len());
    }
    // N − 1 is the greatest that passes.
    let greatest = format!("{}e", &N_HEX[..N_HEX.len() - 1]);
    challenge(&greatest)?;
    Ok(())
}

/// 2N without its first digit, which is 1: N doubled.
fn double_n() -> String {
    let mut carry = 0;
    let mut digits: Vec<char> = N_HEX
        .chars()
        .rev()
        .map(|digit| {
            let doubled = 2 * digit.to_digit(16).unwrap_or_default() + carry;
            carry = doubled / 16;
            char::from_digit(doubled % 16, 16).unwrap_or_default()
        })
        .collect();
    digits.reverse();
    digits.into_iter().collect()
}

#[test]
fn a_scrambler_of_zero_is_refused() -> Result<(), SrpError> {
    let zero = Integer::from_bytes("u", &[0; 32])?;
    assert_eq!(checked_scrambler(zero), Err(SrpError::Scrambler));
    let one = Integer::from_bytes("one", &[1])?;
    assert!(scrambler(&one, &one).is_ok());
    Ok(())
}

#[test]
fn timestamps_are_english_with_unpadded_days_and_padded_hours() {
    for (unix, text) in [
        (0, "Thu Jan 1 00:00:00 UTC 1970"),
        (-1, "Wed Dec 31 23:59:59 UTC 1969"),
        (946_684_799, "Fri Dec 31 23:59:59 UTC 1999"),
        (1_709_164_800, "Thu Feb 29 00:00:00 UTC 2024"),
        (1_709_251_200, "Fri Mar 1 00:00:00 UTC 2024"),
        (4_107_542_400, "Mon Mar 1 00:00:00 UTC 2100"),
        (4_107_456_000, "Sun Feb 28 00:00:00 UTC 2100"),
        (1_795_338_307, "Sun Nov 22 09:05:07 UTC 2026"),
    ] {
        assert_eq!(Timestamp::from_unix(unix).to_string(), text);
    }
}

#[test]
fn two_pairs_are_never_the_same() -> Result<(), SrpError> {
    assert_ne!(Ephemeral::generate()?.public(), Ephemeral::generate()?.public());
    Ok(())
}

#[test]
fn a_pair_survives_its_bytes_and_an_exponent_of_full_length_loses_no_carry() -> Result<(), SrpError> {
    let pair = Ephemeral::generate()?;
    assert_eq!(Ephemeral::from_secret(&pair.secret_bytes())?.public(), pair.public());
    // The same exponent with and without leading zeros takes different ways to S, and must come to the same.
    let mut long = vec![0; 384];
    long[256..].copy_from_slice(&[0xff; 128]);
    let challenge = challenge("1234567")?;
    let of = |secret: &[u8]| -> Result<String, SrpError> {
        let pair = Ephemeral::from_secret(secret)?;
        let proof = pair.prove(Identity::user("p_q", "u"), "pw", &challenge)?;
        Ok(proof.s().to_hex())
    };
    assert_eq!(of(&long)?, of(&[0xff; 128])?);
    assert!(Ephemeral::from_secret(&[0; 128]).is_err());
    Ok(())
}

#[test]
fn no_debug_shows_a_number() -> Result<(), SrpError> {
    let pair = Ephemeral::from_secret(&[7; 128])?;
    let challenge = challenge("1234567")?;
    let proof = pair.prove(Identity::user("p_q", "alice"), "pw", &challenge)?;
    let shown = format!("{pair:?} {challenge:?} {proof:?} {:?}", proof.x());
    assert_eq!(
        shown,
        "Ephemeral(redacted) Challenge(redacted) Proof(redacted) Integer(redacted)"
    );
    Ok(())
}
