//! Text that must not be seen: passwords, secrets, codes, tokens.

use std::fmt::{self, Debug, Formatter};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// A text that `Debug` doesn't show, that has no `Display`, that compares in constant time, and whose memory is wiped
/// when it is dropped.
///
/// Every text type converts into it, so `password("…")` accepts any of them. The program must wipe its own copy itself.
/// A request that contains the text has a copy, which isn't wiped.
///
/// ```
/// use cognito_auth::Secret;
/// let password = Secret::from("correct horse");
/// assert_eq!(format!("{password:?}"), "Secret(redacted)");
/// assert_eq!(password.expose(), "correct horse");
/// ```
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// The text.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<&Secret> for Secret {
    fn from(secret: &Secret) -> Self {
        secret.clone()
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }
}

impl Eq for Secret {}

impl Debug for Secret {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(redacted)")
    }
}
