//! Passwords, stored in the form that SRP needs.

use crate::random;
use crate::sign_in::srp;
use num_bigint::BigUint;
use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};

/// A password: salt and hash. SRP's verifier is computed when a user first signs in with SRP, so a sign-up costs only a
/// hash.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Password {
    salt: [u8; 16],
    /// Of pool, user and password: `H(pool | user | ":" | password)`.
    hash: Vec<u8>,
    /// The pool and the user, as they are in the hash.
    owner: String,
}

impl Password {
    /// `pool` is the part of its id after the region.
    pub(crate) fn new(pool: &str, username: &str, plain: &str) -> Self {
        let owner = format!("{pool}{username}:");
        Self {
            salt: random::bytes(),
            hash: hash(&owner, plain),
            owner,
        }
    }

    /// Whether `password` is this password.
    pub(crate) fn is(&self, plain: &str) -> bool {
        self.hash == hash(&self.owner, plain)
    }

    /// SRP's salt.
    pub(crate) fn salt(&self) -> BigUint {
        BigUint::from_bytes_be(&self.salt)
    }

    /// SRP's verifier.
    pub(crate) fn verifier(&self) -> BigUint {
        srp::verifier(&self.salt(), &self.hash)
    }
}

fn hash(owner: &str, plain: &str) -> Vec<u8> {
    digest(&SHA256, format!("{owner}{plain}").as_bytes()).as_ref().to_vec()
}

#[cfg(test)]
mod tests {
    use super::Password;

    #[test]
    fn only_the_password_itself_is_right() {
        let password = Password::new("AbCdEf123", "alice", "Correct-1!");
        assert!(password.is("Correct-1!"));
        assert!(!password.is("correct-1!"));
        assert!(!password.is(""));
    }
}
