//! SECRET_HASH, which an app client sends instead of its secret.

use crate::encoding::base64;
use crate::srp::hmac_sha256;

/// The value of `SECRET_HASH`: HMAC-SHA256 over username and client id with the client's secret as the key, in Base64.
///
/// In the first call of a flow, the username is the one that the user typed; in each later call it is the challenge's
/// `USERNAME`. In a call with tokens, it is the pool's own username, from the token. Names are hashed unchanged,
/// because a pool may distinguish `Alice` from `alice`. (User pools guide, "Computing secret hash values".)
///
/// ```
/// assert_eq!(
///     cognito_auth::secret_hash("alice", "1h57kf5cpq17m0eml12EXAMPLE", "9d1p2m7secretEXAMPLEkq0"),
///     "jRQnK1ysPo2ZRv979QK1NRFD0Sb9JxS76Noltvtjwpo=",
/// );
/// ```
pub fn secret_hash(username: &str, client_id: &str, client_secret: &str) -> String {
    base64(&hmac_sha256(
        client_secret.as_bytes(),
        &[username.as_bytes(), client_id.as_bytes()],
    ))
}
