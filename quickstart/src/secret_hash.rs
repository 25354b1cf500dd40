//! The proof that an app client knows its secret.

use aws_smithy_types::base64;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The `SECRET_HASH` of a request: Base64 of HMAC-SHA-256 with the client secret as key, over the username followed by the client id.
///
/// Every call that a user makes through an app client with a secret carries it
/// ([Computing secret hash values](https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html#cognito-user-pools-computing-secret-hash)).
pub fn secret_hash(username: &str, client_id: &str, client_secret: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(client_secret.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(username.as_bytes());
    mac.update(client_id.as_bytes());
    base64::encode(mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::secret_hash;

    /// Expected value from `printf '%s%s' alice 1example23456789 | openssl dgst -sha256 -hmac 9example87654321 -binary | base64`.
    #[test]
    fn agrees_with_openssl() {
        assert_eq!(
            secret_hash("alice", "1example23456789", "9example87654321"),
            "bFbBJ8E/2GdsuTNwSDHF6sZskNuxWe/Tc9RA/8U8j9k="
        );
    }
}
