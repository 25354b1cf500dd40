//! The URIs that an app client sends browsers to: `CallbackURLs`, `LogoutURLs`, `DefaultRedirectURI`.

use super::app_client::AppClient;
use crate::macros::{api, rules};
use cognito_validation::{Document, Findings};

rules! {
    /// A redirect URI is absolute.
    ABSOLUTE = must("redirect-uri-absolute", api!("CreateUserPoolClient"));
    /// A redirect URI has no fragment.
    FRAGMENT = must("redirect-uri-fragment", api!("CreateUserPoolClient"));
    /// A redirect URI uses https, http on localhost, 127.0.0.1 or `[::1]`, or an app's own scheme.
    HTTPS = must("redirect-uri-https", api!("CreateUserPoolClient"));
    /// http on localhost, 127.0.0.1 or `[::1]` is for testing only.
    TESTING = should("redirect-uri-testing", api!("CreateUserPoolClient"));
    /// `DefaultRedirectURI` is in the list of `CallbackURLs`.
    DEFAULT = must("default-redirect-uri-registered", api!("CreateUserPoolClient"));
}

/// Schemes that belong to the web or the browser, and can't be an app's own.
const NO_APPS_OWN: [&str; 9] = [
    "blob",
    "data",
    "file",
    "ftp",
    "javascript",
    "mailto",
    "vbscript",
    "ws",
    "wss",
];

pub(super) fn check(client: AppClient<'_>, findings: &mut Findings<'_>) {
    let request = client.request;
    let uris = request.list("CallbackURLs").chain(request.list("LogoutURLs"));
    for uri in uris.chain(request.get("DefaultRedirectURI")) {
        redirect_uri(uri, findings);
    }
    if let Some(default) = request.get("DefaultRedirectURI")
        && client.shows("CallbackURLs")
        && !default.text().is_some_and(|uri| request.has("CallbackURLs", uri))
    {
        let advice = "isn't one of CallbackURLs: add it there, spelled alike";
        findings.report(&DEFAULT, default, advice);
    }
}

fn redirect_uri(uri: Document<'_>, findings: &mut Findings<'_>) {
    // The model says that it isn't empty.
    let Some(text) = uri.text().filter(|text| !text.is_empty()) else {
        return;
    };
    let Some((scheme, rest)) = scheme(text) else {
        let advice = "isn't an absolute URI: begin with a scheme, such as https://, and use no spaces";
        findings.report(&ABSOLUTE, uri, advice);
        return;
    };
    if text.contains('#') {
        findings.report(&FRAGMENT, uri, "has a fragment: remove `#` and what follows");
    }
    let is = |name: &str| scheme.eq_ignore_ascii_case(name);
    if (is("http") || is("https")) && host(rest).is_empty() {
        findings.report(&ABSOLUTE, uri, "names no host: write it after `//`");
    } else if is("http") && is_loopback(host(rest)) {
        findings.report(&TESTING, uri, "is for testing only: use https in production");
    } else if is("http") {
        let advice = "must use https: http is for localhost, 127.0.0.1 and [::1] alone";
        findings.report(&HTTPS, uri, advice);
    } else if NO_APPS_OWN.into_iter().any(is) {
        findings.report(&HTTPS, uri, "must use https, or a scheme that is your app's own");
    }
}

/// Scheme and rest of an absolute URI (RFC 3986, section 4.3).
fn scheme(uri: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = uri.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    let is_free_of_space = !uri.contains(|c: char| c.is_whitespace() || c.is_control());
    (is_scheme && !is_port(rest) && is_free_of_space).then_some((scheme, rest))
}

/// Whether the part after the first colon is a port, so that the part before it is a host: `localhost:3000/cb`.
fn is_port(rest: &str) -> bool {
    let port = rest.split(['/', '?', '#']).next().unwrap_or_default();
    !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())
}

/// The host in the part after `http:`, without user and port.
fn host(rest: &str) -> &str {
    let authority = rest.strip_prefix("//").unwrap_or_default();
    let authority = authority.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    match host.find(']') {
        Some(end) => &host[..=end],
        None => host.split(':').next().unwrap_or_default(),
    }
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host == "127.0.0.1" || host == "[::1]"
}
