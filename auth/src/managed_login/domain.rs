//! The domain of managed login, and the callback URLs that Cognito allows.

use crate::error::AuthError;

/// The domain of a pool's managed login.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain {
    /// Scheme and host, without a slash at the end.
    origin: String,
}

impl Domain {
    /// A domain as `example.auth.us-east-1.amazoncognito.com`, or its `https` URL. `http` is allowed only for this
    /// machine.
    ///
    /// # Errors
    /// [`AuthError::Input`]: the text is neither.
    pub fn new(domain: &str) -> Result<Self, AuthError> {
        let origin = match domain.contains("://") {
            true => domain.trim_end_matches('/').to_owned(),
            false => format!("https://{}", domain.trim_end_matches('/')),
        };
        let host = host(&origin).filter(|host| host.contains('.') || is_loopback(host));
        let is_bare = origin.splitn(4, '/').nth(3).is_none() && !origin.contains(['?', '#', '@']);
        let is_safe =
            origin.starts_with("https://") || (origin.starts_with("http://") && host.is_some_and(is_loopback));
        if host.is_none() || !is_bare || !is_safe {
            return Err(AuthError::Input(
                "give managed login's domain: a host name, or its https URL without a path",
            ));
        }
        Ok(Self { origin })
    }

    /// Scheme and host, without a slash at the end.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

/// Refuses a callback that no app client can have: `http` is only for this machine, and other hosts need `https`. An
/// app's own scheme is allowed.
pub(super) fn check_redirect(uri: &str) -> Result<(), AuthError> {
    let scheme = uri.split_once(':').map(|(scheme, _)| scheme);
    match scheme {
        Some("http") if !host(uri).is_some_and(is_loopback) => Err(AuthError::Input(
            "a callback with http is for localhost, 127.0.0.1 and [::1] alone: use https",
        )),
        Some(scheme) if !scheme.is_empty() && !uri.contains('#') => Ok(()),
        _ => Err(AuthError::Input("a callback is an absolute URL without a fragment")),
    }
}

/// The host of a URL, without its port.
fn host(url: &str) -> Option<&str> {
    let authority = url.split_once("://")?.1.split(['/', '?', '#']).next()?;
    let host = match authority.strip_prefix('[') {
        Some(literal) => literal.split_once(']')?.0,
        None => authority.split(':').next()?,
    };
    (!host.is_empty() && !host.contains('@')).then_some(host)
}

fn is_loopback(host: &str) -> bool {
    ["localhost", "127.0.0.1", "::1"].contains(&host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn http_callbacks_are_for_this_machine_alone() {
        for uri in [
            "http://localhost:8400/",
            "http://127.0.0.1/x",
            "http://[::1]:8400/",
            "https://a.example/b",
            "app://x",
        ] {
            assert!(check_redirect(uri).is_ok(), "{uri}");
        }
        for uri in [
            "http://a.example/",
            "http://localhost.evil.example/",
            "http://localhost@evil.example/",
            "/relative",
            "https://a.example/b#c",
            "",
        ] {
            assert!(check_redirect(uri).is_err(), "{uri}");
        }
    }

    #[test]
    fn a_domain_is_a_host_over_https() {
        for domain in [
            "x.auth.us-east-1.amazoncognito.com",
            "https://login.example.com/",
            "http://127.0.0.1:9000",
        ] {
            assert!(Domain::new(domain).is_ok(), "{domain}");
        }
        for domain in [
            "",
            "x",
            "http://a.example",
            "https://a.example/path",
            "https://u@a.example",
            "https://a.example?x",
            "https://a.example#x",
            "ftp://a.example",
        ] {
            assert!(Domain::new(domain).is_err(), "{domain}");
        }
    }
}
