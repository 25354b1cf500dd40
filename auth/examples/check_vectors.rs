//! Checks SRP and SECRET_HASH against a file of test vectors: `cargo run -p cognito-auth --example check_vectors -- FILE`.
//!
//! The file is JSON with the lists `user`, `device`, `secret_hash` and `timestamps`. A case of the first two gives the
//! client's secret exponent (`small_a`) and the challenge's parameters; each member of its `expected` is compared. A case
//! that must be refused says so in a member `error` (or `expected_error`), its own or of its `expected`. It prints `N of N
//! cases`, and what differs; the exit code is 1 then.

use cognito_auth::secret_hash;
use cognito_auth::srp::{Challenge, DeviceVerifier, Ephemeral, Identity, Integer, Timestamp, multiplier, verifier};
use serde_json::Value;
use std::error::Error;
use std::fmt::Write;
use std::process::ExitCode;

/// Checks a case.
type Check = fn(&Value) -> Result<()>;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<ExitCode> {
    let path = std::env::args().nth(1).ok_or("usage: check_vectors FILE")?;
    let file: Value = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    let (mut all, mut right) = (0, 0);
    let lists: [(&str, Check); 4] = [
        ("user", |case| exchange(case, false)),
        ("device", |case| exchange(case, true)),
        ("secret_hash", hash),
        ("timestamps", |case| timestamp(case, text(case, "expected")?)),
    ];
    for (list, check) in lists {
        for (index, case) in file[list].as_array().into_iter().flatten().enumerate() {
            all += 1;
            match verdict(case, check) {
                Ok(()) => right += 1,
                Err(error) => eprintln!("{list}[{index}] {}: {error}", case["name"].as_str().unwrap_or_default()),
            }
        }
    }
    println!("{right} of {all} cases");
    Ok(if right == all && all > 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// A case that must be refused is right if it is, whatever the file calls the error.
fn verdict(case: &Value, check: Check) -> Result<()> {
    let says = |member: &str| [&case[member], &case["expected"][member]].into_iter().any(is_set);
    if !["error", "expected_error", "refused"].into_iter().any(says) {
        return check(case);
    }
    match attempt(case) {
        Ok(_) => Err("it should have been refused".into()),
        Err(_) => Ok(()),
    }
}

fn is_set(value: &Value) -> bool {
    !matches!(value, Value::Null | Value::Bool(false))
}

/// Goes as far as the answer to a challenge.
fn attempt(case: &Value) -> Result<Ephemeral> {
    let parameters = &case["challenge_parameters"];
    Challenge::new(
        text(parameters, "SRP_B")?,
        text(parameters, "SALT")?,
        text(parameters, "SECRET_BLOCK")?,
    )?;
    pair(case)
}

fn pair(case: &Value) -> Result<Ephemeral> {
    let digits = text(case, "small_a")?;
    Ok(Ephemeral::from_secret(&Integer::from_hex("small_a", digits)?.padded())?)
}

fn exchange(case: &Value, is_device: bool) -> Result<()> {
    let (expected, parameters) = (&case["expected"], &case["challenge_parameters"]);
    let (identity, password, salt) = if is_device {
        let identity = Identity::device(text(case, "device_group_key")?, text(case, "device_key")?);
        let salt = case["device_salt_int_hex"]
            .as_str()
            .map_or_else(|| text(parameters, "SALT"), Ok)?;
        (identity, text(case, "device_password")?, salt)
    } else {
        let id = parameters["USER_ID_FOR_SRP"]
            .as_str()
            .map_or_else(|| text(case, "user_id_for_srp"), Ok)?;
        (
            Identity::user(text(case, "pool_id")?, id),
            text(case, "password")?,
            text(parameters, "SALT")?,
        )
    };
    let pair = pair(case)?;
    let challenge = Challenge::new(
        text(parameters, "SRP_B")?,
        text(parameters, "SALT")?,
        text(parameters, "SECRET_BLOCK")?,
    )?;
    let proof = pair.prove(identity, password, &challenge)?;
    let second = Timestamp::from_unix(case["unix_time"].as_i64().ok_or("`unix_time` is missing")?);
    let secret = case["client_secret"].as_str();
    let hashed = |name: &str| -> Result<String> {
        Ok(secret_hash(
            name,
            text(case, "client_id")?,
            secret.ok_or("`client_secret` is missing")?,
        ))
    };
    let mut differences = String::new();
    for (name, value) in expected.as_object().ok_or("`expected` is missing")? {
        if value.is_null() {
            continue;
        }
        let number = |got: &Integer| -> Result<bool> {
            Ok(*got == Integer::from_hex("expected", value.as_str().unwrap_or_default())?)
        };
        let is_right = match name.as_str() {
            "SRP_A" => value == &pair.public().to_hex(),
            "k" => number(&multiplier())?,
            "u" => number(proof.u())?,
            "x" => number(proof.x())?,
            "S" => number(proof.s())?,
            "verifier" => number(&verifier(identity, password, salt)?)?,
            "hkdf_key" => value == &hex(proof.key()),
            "message_hex" => value == &hex(&proof.message(second)),
            "PASSWORD_CLAIM_SIGNATURE" => value == &proof.sign(second),
            "SECRET_HASH" => value == &hashed(text(case, "username")?)?,
            "SECRET_HASH_response" => value == &hashed(text(parameters, "USERNAME")?)?,
            "DeviceSecretVerifierConfig" => {
                let device = DeviceVerifier::new(
                    text(case, "device_group_key")?,
                    text(case, "device_key")?,
                    password,
                    salt,
                )?;
                value["PasswordVerifier"] == device.password_verifier && value["Salt"] == device.salt
            }
            // A member that this program doesn't know must not pass for one that was checked.
            _ => false,
        };
        if !is_right {
            write!(differences, "{name} ")?;
        }
    }
    if !differences.is_empty() {
        return Err(format!("these differ: {differences}").into());
    }
    match case["timestamp"].as_str() {
        Some(expected) => timestamp(case, expected),
        None => Ok(()),
    }
}

fn hash(case: &Value) -> Result<()> {
    let got = secret_hash(
        text(case, "username")?,
        text(case, "client_id")?,
        text(case, "client_secret")?,
    );
    if got == text(case, "SECRET_HASH")? {
        Ok(())
    } else {
        Err("SECRET_HASH differs".into())
    }
}

fn timestamp(case: &Value, expected: &str) -> Result<()> {
    let got = Timestamp::from_unix(case["unix_time"].as_i64().ok_or("`unix_time` is missing")?).to_string();
    if got == expected {
        Ok(())
    } else {
        Err(format!("the timestamp is {got}, not {expected}").into())
    }
}

fn text<'a>(value: &'a Value, member: &str) -> Result<&'a str> {
    value[member]
        .as_str()
        .ok_or_else(|| format!("`{member}` is missing").into())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
