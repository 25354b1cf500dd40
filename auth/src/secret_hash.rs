//! SECRET_HASH, which an app client with a secret sends instead of it.

use crate::encoding::base64;
use crate::srp::hmac_sha256;

/// The value of `SECRET_HASH`: HMAC-SHA256 over username and client id with the client's secret as the key, in Base64.
///
/// The username is the one as typed in the first call of a flow, and the challenge's `USERNAME` in each later one. With
/// tokens it is the pool's own username, from the token. Names are hashed as they are: a pool may tell `Alice` from
/// `alice`. (User pools guide, "Computing secret hash values".)
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
