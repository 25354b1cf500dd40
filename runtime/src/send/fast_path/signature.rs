//! The signature of a request on the fast path.
//!
//! This is SigV4 for the only kind of request on the fast path: `POST`, no query, known headers. The orchestrator uses
//! aws-runtime's signer, which handles every kind of request: it sorts, escapes and copies. It also derives the signing
//! key for each request, although the key is the same all day. The hashes here are aws-sigv4's. Tests compare the two
//! signatures.
//!
//! Source: [Create a signed AWS API request](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).

use aws_credential_types::Credentials;
use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};
use aws_smithy_runtime_api::http::Headers;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use sha2::{Digest, Sha256};
use std::fmt::{self, Write};
use std::sync::{PoisonError, RwLock};
use std::time::SystemTime;

/// The parts that all signatures of an operation share.
pub(super) struct Signer {
    region: String,
    service: &'static str,
    /// The canonical request up to the values that differ: method, path, empty query.
    start: String,
    content_type: &'static str,
    host: String,
    target: &'static str,
    key: RwLock<Option<SigningKey>>,
}

/// A signing key, valid for one day and one secret.
struct SigningKey {
    credentials: Credentials,
    day: String,
    key: Box<[u8]>,
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").finish_non_exhaustive()
    }
}

impl Signer {
    /// A signer of requests to this URL; `None` if parts of the URL would have to be escaped.
    pub(super) fn new(
        url: &str,
        region: String,
        service: &'static str,
        content_type: &'static str,
        target: &'static str,
    ) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let (authority, path) = rest.split_at(rest.find('/')?);
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_~/".contains(&byte);
        if !path.bytes().all(is_plain) || path.contains("//") || authority.contains('@') {
            return None;
        }
        // hyper leaves a scheme's own port out of the header.
        let own_port = if scheme == "https" { ":443" } else { ":80" };
        Some(Self {
            region,
            service,
            start: format!("POST\n{path}\n\n"),
            content_type,
            host: authority.strip_suffix(own_port).unwrap_or(authority).to_owned(),
            target,
            key: RwLock::new(None),
        })
    }

    /// Signs a request with this body and user agent: adds the headers with its time, token and signature.
    ///
    /// Returns `None`, and so leaves the request to the orchestrator, if a value has blanks that would have to be
    /// normalized.
    pub(super) fn sign(
        &self,
        headers: &mut Headers,
        body: &[u8],
        user_agent: &str,
        credentials: &Credentials,
        time: SystemTime,
    ) -> Option<()> {
        let token = credentials.session_token();
        if user_agent.contains("  ") || token.is_some_and(|token| token.contains(char::is_whitespace)) {
            return None;
        }
        let date = amz_date(time)?;
        let day = &date[..8];
        let Self {
            region,
            service,
            start,
            content_type,
            host,
            target,
            ..
        } = self;

        let mut canonical = String::with_capacity(640 + token.map_or(0, str::len));
        canonical.push_str(start);
        writeln!(
            canonical,
            "content-length:{}\ncontent-type:{content_type}\nhost:{host}\nx-amz-date:{date}",
            body.len()
        )
        .ok()?;
        let signed_headers = match token {
            Some(token) => {
                writeln!(canonical, "x-amz-security-token:{token}").ok()?;
                "content-length;content-type;host;x-amz-date;x-amz-security-token;x-amz-target;x-amz-user-agent"
            }
            None => "content-length;content-type;host;x-amz-date;x-amz-target;x-amz-user-agent",
        };
        writeln!(
            canonical,
            "x-amz-target:{target}\nx-amz-user-agent:{user_agent}\n\n{signed_headers}"
        )
        .ok()?;
        push_hash(&mut canonical, body);

        let mut to_sign = String::with_capacity(192);
        writeln!(
            to_sign,
            "AWS4-HMAC-SHA256\n{date}\n{day}/{region}/{service}/aws4_request"
        )
        .ok()?;
        push_hash(&mut to_sign, canonical.as_bytes());
        let signature = self.signature(credentials, time, day, to_sign.as_bytes());

        let id = credentials.access_key_id();
        let authorization = format!(
            "AWS4-HMAC-SHA256 Credential={id}/{day}/{region}/{service}/aws4_request, \
             SignedHeaders={signed_headers}, Signature={signature}"
        );
        headers.insert("x-amz-date", date);
        headers.try_insert("authorization", authorization).ok()?;
        if let Some(token) = token {
            headers.try_insert("x-amz-security-token", token.to_owned()).ok()?;
        }
        Some(())
    }

    fn signature(&self, credentials: &Credentials, time: SystemTime, day: &str, to_sign: &[u8]) -> String {
        let secret = credentials.secret_access_key();
        let known = self.key.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = &*known
            && known.day == day
            && known.credentials.secret_access_key() == secret
        {
            return calculate_signature(&known.key, to_sign);
        }
        drop(known);
        let key = generate_signing_key(secret, time, &self.region, self.service);
        let signature = calculate_signature(&key, to_sign);
        *self.key.write().unwrap_or_else(PoisonError::into_inner) = Some(SigningKey {
            credentials: credentials.clone(),
            day: day.to_owned(),
            key: key.as_ref().into(),
        });
        signature
    }
}

/// `20260131T235959Z`.
fn amz_date(time: SystemTime) -> Option<String> {
    let seconds = DateTime::from_secs(DateTime::from(time).secs());
    let text = seconds.fmt(Format::DateTime).ok()?;
    let date: String = text.chars().filter(|c| !matches!(c, '-' | ':')).collect();
    (date.len() == 16).then_some(date)
}

/// Adds the SHA-256 of `bytes` in hexadecimal digits.
fn push_hash(text: &mut String, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for byte in Sha256::digest(bytes) {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 0xf)]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningParams, SigningSettings, sign};
    use aws_sigv4::sign::v4;
    use aws_smithy_runtime_api::client::identity::Identity;
    use std::time::{Duration, UNIX_EPOCH};

    const TARGET: &str = "Example_20260131.Call";
    const CONTENT_TYPE: &str = "application/x-amz-json-1.1";
    const USER_AGENT: &str = "aws-sdk-rust/1.0 ua/2.1 m/E,b";

    fn signer(url: &str) -> Option<Signer> {
        Signer::new(url, "eu-west-1".into(), "example", CONTENT_TYPE, TARGET)
    }

    /// The headers that aws-sigv4 adds.
    fn expected(url: &str, body: &[u8], credentials: &Credentials, time: SystemTime) -> Vec<(String, String)> {
        let identity = Identity::from(credentials.clone());
        let parameters = v4::SigningParams::builder()
            .identity(&identity)
            .region("eu-west-1")
            .name("example")
            .time(time)
            .settings(SigningSettings::default())
            .build()
            .expect("all is set");
        let length = body.len().to_string();
        let headers = [
            ("content-length", length.as_str()),
            ("content-type", CONTENT_TYPE),
            ("x-amz-target", TARGET),
            ("x-amz-user-agent", USER_AGENT),
        ];
        let request = SignableRequest::new("POST", url, headers.into_iter(), SignableBody::Bytes(body));
        let signed = sign(request.expect("valid"), &SigningParams::from(parameters)).expect("valid");
        let (headers, _) = signed.into_parts().0.into_parts();
        let headers = headers
            .iter()
            .map(|header| (header.name().to_owned(), header.value().to_owned()));
        headers.collect()
    }

    #[test]
    fn signatures_are_those_of_aws_sigv4_on_every_day_and_for_every_secret() {
        let credentials = |secret: &str, token: Option<&str>| {
            Credentials::new("AKIDEXAMPLE", secret, token.map(str::to_owned), None, "test")
        };
        for url in [
            "https://example.eu-west-1.amazonaws.com/",
            "https://example.com:443/",
            "http://example.com:443/",
            "http://127.0.0.1:80/base/path",
            "http://[::1]:8000/a-b_c~d/",
        ] {
            let signer = signer(url).expect("a plain URL");
            for day in [0, 1, 1, 365 * 50, 20_000] {
                let time = UNIX_EPOCH + Duration::from_millis(day * 86_400_000 + 45_296_789);
                for credentials in [
                    credentials("one", None),
                    credentials("two", None),
                    credentials("two", Some("token/+=")),
                ] {
                    for body in [&b"{}"[..], b"{\"Name\":\"value\"}"] {
                        let mut headers = Headers::new();
                        signer
                            .sign(&mut headers, body, USER_AGENT, &credentials, time)
                            .expect("nothing unusual");
                        let ours: Vec<_> = headers
                            .iter()
                            .map(|(name, value)| (name.to_owned(), value.to_owned()))
                            .collect();
                        assert_eq!(ours, expected(url, body, &credentials, time), "{url}");
                    }
                }
            }
        }
    }

    #[test]
    fn what_would_have_to_be_escaped_is_left_to_the_orchestrator() {
        for url in [
            "http://example.com/a b/",
            "http://example.com/%20",
            "http://example.com//",
            "http://example.com/./a",
            "http://example.com/?query",
            "http://user@example.com/",
            "example.com/",
        ] {
            assert!(signer(url).is_none(), "{url}");
        }
        let signer = signer("http://example.com/").expect("a plain URL");
        let credentials = |token: &str| Credentials::new("AKIDEXAMPLE", "secret", Some(token.into()), None, "test");
        for (token, user_agent) in [("to ken", "agent"), ("token", "agent  1"), ("token\n", "agent")] {
            let signed = signer.sign(&mut Headers::new(), b"{}", user_agent, &credentials(token), UNIX_EPOCH);
            assert!(signed.is_none(), "{token:?} {user_agent:?}");
        }
        assert!(!format!("{signer:?}").contains("key"), "{signer:?}");
    }
}
