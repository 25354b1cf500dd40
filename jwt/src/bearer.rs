//! Bearer tokens in HTTP (RFC 6750): finds the token in a request, and answers a refusal.

use crate::refusal::Refusal;
use std::fmt;

/// Takes the token from the value of an `Authorization` header.
///
/// Pass `None` if the request has no such header.
///
/// # Errors
/// [`Rejection::Missing`] if there is no header, or one of another scheme.
///
/// ```
/// use cognito_jwt::{Rejection, bearer};
///
/// assert_eq!(bearer(Some("Bearer abc.def.ghi")), Ok("abc.def.ghi"));
/// assert_eq!(bearer(Some("Basic dTpw")), Err(Rejection::Missing));
/// assert_eq!(bearer(None), Err(Rejection::Missing));
/// ```
pub fn bearer(authorization: Option<&str>) -> Result<&str, Rejection> {
    let (scheme, token) = authorization
        .and_then(|value| value.trim().split_once(' '))
        .ok_or(Rejection::Missing)?;
    if scheme.eq_ignore_ascii_case("bearer") {
        Ok(token.trim_start())
    } else {
        Err(Rejection::Missing)
    }
}

/// Why a request is refused, and how to answer it: a status, and the value of `WWW-Authenticate`.
///
/// Neither contains any part of the token, or more of the reason than [`Refusal::public`] says.
///
/// ```
/// use cognito_jwt::{Refusal, Rejection};
/// use std::time::Duration;
///
/// let expired = Rejection::from(Refusal::Expired { since: Duration::from_secs(60) });
/// assert_eq!(expired.status(), 401);
/// assert_eq!(
///     expired.www_authenticate().as_deref(),
///     Some(r#"Bearer error="invalid_token", error_description="The token has expired""#)
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rejection {
    /// The request has no bearer token.
    Missing,
    /// The request has more than one token, or one that isn't text.
    Malformed,
    /// The token is refused.
    Refused(Refusal),
    /// The program asks for claims, but no layer has verified a token. This is the program's mistake, not the client's.
    NotVerified,
}

impl Rejection {
    /// The HTTP status: 401, or 400 for a malformed request, 403 for a good token that doesn't allow this, 503 if the
    /// keys can't be fetched, 500 for a program's mistake.
    pub fn status(&self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::Refused(refusal) if refusal.is_temporary() => 503,
            Self::Refused(refusal) if refusal.is_forbidden() => 403,
            Self::Missing | Self::Refused(_) => 401,
            Self::NotVerified => 500,
        }
    }

    /// The value of the header `WWW-Authenticate`. `None` if the token isn't the reason.
    pub fn www_authenticate(&self) -> Option<String> {
        let (error, scope) = match self {
            // RFC 6750, section 3.1: who sent no token gets no error code.
            Self::Missing => return Some("Bearer".to_owned()),
            Self::Malformed => ("invalid_request", None),
            Self::Refused(refusal) if refusal.is_temporary() => return None,
            Self::Refused(Refusal::Scope { required }) => ("insufficient_scope", Some(required)),
            Self::Refused(refusal) if refusal.is_forbidden() => ("insufficient_scope", None),
            Self::Refused(_) => ("invalid_token", None),
            Self::NotVerified => return None,
        };
        let mut value = format!("Bearer error=\"{error}\", error_description=\"{}\"", self.public());
        // A scope is the program's own. RFC 6749 allows no quotation mark and no backslash in one; a program might.
        if let Some(scope) = scope.filter(|scope| scope.bytes().all(|byte| byte == b' ' || is_scope_byte(byte))) {
            value += &format!(", scope=\"{scope}\"");
        }
        Some(value)
    }

    /// The value of the header `Retry-After`, in seconds, if the request may succeed later.
    pub fn retry_after(&self) -> Option<u32> {
        (self.status() == 503).then_some(1)
    }

    /// The text for the client.
    pub fn public(&self) -> &'static str {
        match self {
            Self::Missing => "A bearer token is needed",
            Self::Malformed => "The request must have one bearer token",
            Self::Refused(refusal) => refusal.public(),
            Self::NotVerified => "The server is not set up to verify tokens",
        }
    }
}

/// `scope-token` of RFC 6749, appendix A.4.
fn is_scope_byte(byte: u8) -> bool {
    matches!(byte, 0x21 | 0x23..=0x5b | 0x5d..=0x7e)
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("the request has no bearer token"),
            Self::Malformed => f.write_str("the request has several tokens, or one that isn't text"),
            Self::Refused(refusal) => refusal.fmt(f),
            Self::NotVerified => {
                f.write_str("no layer has verified this request; add the verifier's layer() to the route")
            }
        }
    }
}

impl std::error::Error for Rejection {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            Self::Missing | Self::Malformed | Self::NotVerified => None,
        }
    }
}

impl From<Refusal> for Rejection {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
