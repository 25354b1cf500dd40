//! The URI of an authenticator app's secret.

use crate::secret::Secret;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All characters except the unreserved ones of RFC 3986. Authenticator apps read `+` as a plus sign, so form encoding
/// would be wrong.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The `otpauth` URI of a secret, escaped as the key URI format requires
/// (<https://github.com/google/google-authenticator/wiki/Key-Uri-Format>). Cognito's codes are the format's default:
/// SHA-1, six digits, 30 seconds.
pub(crate) fn otpauth_uri(secret: &Secret, issuer: &str, account: &str) -> Secret {
    let issuer = utf8_percent_encode(issuer, RESERVED).to_string();
    let account = utf8_percent_encode(account, RESERVED);
    format!(
        "otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}",
        secret.expose()
    )
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_uri_of_an_authenticator_app_is_escaped_for_any_name() {
        let uri = otpauth_uri(&"JBSWY3DP".into(), "Example & Co", "zoë+x@example.com");
        assert_eq!(
            uri.expose(),
            "otpauth://totp/Example%20%26%20Co:zo%C3%AB%2Bx%40example.com?secret=JBSWY3DP&issuer=Example%20%26%20Co",
        );
    }
}
