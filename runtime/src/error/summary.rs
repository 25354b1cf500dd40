//! The error of a call in one line: kind, code, message, request id, and a hint.

use super::hint::{hint_of_cause, hint_of_code};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_types::request_id::RequestId;
use std::error::Error;
use std::fmt::{self, Write};

/// Sums an error up in one line.
///
/// `SdkError` prints only its kind ("service error"), and the rest is in its sources. A summary has it all:
///
/// ```
/// # use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
/// # use aws_smithy_runtime_api::client::result::SdkError;
/// # use aws_smithy_types::error::ErrorMetadata;
/// use cognito_runtime::error::ProvideSummary; // `cognito_idp::error::ProvideSummary` in a program
///
/// # let service = ErrorMetadata::builder().code("ResourceNotFoundException").message("User pool p does not exist.").build();
/// # let raw = HttpResponse::new(400u16.try_into().unwrap(), "".into());
/// # let error: SdkError<ErrorMetadata, HttpResponse> = SdkError::service_error(service, raw);
/// assert_eq!(
///     error.summary().to_string(),
///     "service error: ResourceNotFoundException: User pool p does not exist. (HTTP 400)"
/// );
/// assert!(format!("{:#}", error.summary()).contains("; hint: "));
/// ```
pub trait ProvideSummary {
    /// The error in one line.
    fn summary(&self) -> ErrorSummary<'_>;
}

impl<E: Error + ProvideErrorMetadata + 'static> ProvideSummary for SdkError<E, HttpResponse> {
    fn summary(&self) -> ErrorSummary<'_> {
        let kind = match self {
            Self::ConstructionFailure(_) => "construction failure",
            Self::TimeoutError(_) => "timeout",
            Self::DispatchFailure(_) => "dispatch failure",
            Self::ResponseError(_) => "response error",
            Self::ServiceError(_) => "service error",
            _ => "error",
        };
        let is_from_service = self.as_service_error().is_some();
        ErrorSummary {
            kind,
            code: self.code(),
            message: self.message(),
            // What the service says is its error's source, too.
            cause: self.source().filter(|_| !is_from_service),
            status: self.raw_response().map(|response| response.status().as_u16()),
            request_id: self.request_id(),
        }
    }
}

/// An error in one line.
///
/// `{}` prints kind, code, message or cause, HTTP status and request id; `{:#}` adds the [`hint`](Self::hint). It
/// contains neither the body of a response nor the password of a URL. Line breaks are printed as spaces.
#[derive(Clone, Copy, Debug)]
pub struct ErrorSummary<'a> {
    kind: &'static str,
    code: Option<&'a str>,
    message: Option<&'a str>,
    cause: Option<&'a (dyn Error + 'static)>,
    status: Option<u16>,
    request_id: Option<&'a str>,
}

impl<'a> ErrorSummary<'a> {
    /// The kind: `construction failure`, `timeout`, `dispatch failure`, `response error` or `service error`, after the
    /// variants of `SdkError`.
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// The service's code, such as `UserNotFoundException`.
    pub fn code(&self) -> Option<&'a str> {
        self.code
    }

    /// The service's message.
    pub fn message(&self) -> Option<&'a str> {
        self.message
    }

    /// The HTTP status, if there was a response.
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// The id that AWS gave the request, which its support asks for.
    pub fn request_id(&self) -> Option<&'a str> {
        self.request_id
    }

    /// What to do, for common mistakes: a missing SECRET_HASH, a flow that the app client doesn't allow, a pool in
    /// another region, an expired token, a wrong clock, and others.
    ///
    /// It depends on code and message. AWS doesn't document its messages. If one changes, only the hint is lost.
    pub fn hint(&self) -> Option<&'static str> {
        match self.code {
            Some(code) => hint_of_code(code, self.message.unwrap_or_default()),
            None => hint_of_cause(self.kind, &self.causes()),
        }
    }

    /// The causes, outermost first. A cause is omitted if the text before it already contains it.
    fn causes(&self) -> String {
        let mut text = String::new();
        let mut next = self.cause;
        while let Some(cause) = next {
            let says = cause.to_string();
            // AWS's runtime advises the authors of clients here, and not their users.
            let says = says
                .split(" If you intended to make an unauthenticated request")
                .next()
                .unwrap_or(&says);
            if !text.contains(says) {
                if !text.is_empty() {
                    text.push_str(": ");
                }
                text.push_str(says);
            }
            next = cause.source();
        }
        text
    }
}

impl fmt::Display for ErrorSummary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind)?;
        if let Some(code) = self.code {
            write!(f, ": {}", Line(code))?;
        }
        if let Some(message) = self.message {
            write!(f, ": {}", Line(message))?;
        }
        let causes = self.causes();
        if !causes.is_empty() {
            write!(f, ": {}", Line(&causes))?;
        }
        match (self.status, self.request_id) {
            (Some(status), Some(id)) => write!(f, " (HTTP {status}, request id {})", Line(id))?,
            (Some(status), None) => write!(f, " (HTTP {status})")?,
            (None, Some(id)) => write!(f, " (request id {})", Line(id))?,
            (None, None) => {}
        }
        match self.hint().filter(|_| f.alternate()) {
            Some(hint) => write!(f, "; hint: {hint}"),
            None => Ok(()),
        }
    }
}

/// Text for one line of a log: control characters become spaces, and the part before the `@` of a URL is hidden.
struct Line<'a>(&'a str);

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some(at) = rest.find("://") {
            let (before, after) = rest.split_at(at + 3);
            plain(f, before)?;
            // A password may hold any character: up to the last `@` that is in the same word.
            let word = after.split([' ', '\n', '`', '"']).next().unwrap_or_default();
            rest = match word.rfind('@') {
                Some(end) => {
                    f.write_str("***")?;
                    &after[end..]
                }
                None => after,
            };
        }
        plain(f, rest)
    }
}

fn plain(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    text.chars()
        .try_for_each(|c| f.write_char(if c.is_control() { ' ' } else { c }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_smithy_runtime_api::client::result::ConnectorError;
    use aws_smithy_types::body::SdkBody;
    use aws_smithy_types::error::ErrorMetadata;

    type TestError = SdkError<ErrorMetadata, HttpResponse>;

    fn response(status: u16, id: Option<&'static str>) -> HttpResponse {
        let status = status.try_into().expect("a status");
        let mut response = HttpResponse::new(status, SdkBody::from("SECRET of the body"));
        if let Some(id) = id {
            response.headers_mut().insert("x-amzn-requestid", id);
        }
        response
    }

    fn from_service(code: &str, message: &str) -> TestError {
        let error = ErrorMetadata::builder().code(code).message(message).build();
        SdkError::service_error(error, response(400, Some("id-1")))
    }

    #[track_caller]
    fn prints(error: &TestError, expected: &str) {
        assert_eq!(error.summary().to_string(), expected);
    }

    #[test]
    fn a_service_error_says_code_message_status_and_request_id() {
        let error = from_service("UserNotFoundException", "User does not exist.");
        prints(
            &error,
            "service error: UserNotFoundException: User does not exist. (HTTP 400, request id id-1)",
        );
        let summary = error.summary();
        assert_eq!(
            (summary.kind(), summary.code()),
            ("service error", Some("UserNotFoundException"))
        );
        assert_eq!(
            (summary.message(), summary.status()),
            (Some("User does not exist."), Some(400))
        );
        assert_eq!(summary.request_id(), Some("id-1"));
    }

    #[test]
    fn every_other_kind_says_what_caused_it() {
        let refused = std::io::Error::from(std::io::ErrorKind::ConnectionRefused);
        prints(
            &SdkError::construction_failure("no region"),
            "construction failure: no region",
        );
        prints(&SdkError::timeout_error("too slow"), "timeout: too slow");
        prints(
            &SdkError::dispatch_failure(ConnectorError::io(refused.into())),
            "dispatch failure: io error: connection refused",
        );
        prints(
            &SdkError::response_error("in `User`: not an object", response(200, Some("id-2"))),
            "response error: in `User`: not an object (HTTP 200, request id id-2)",
        );
    }

    #[test]
    fn it_is_one_line_without_the_body_or_a_password() {
        let error = from_service("X", "two\nlines\r\n\u{1b}[31m");
        prints(&error, "service error: X: two lines   [31m (HTTP 400, request id id-1)");
        let error =
            TestError::construction_failure("failed to apply endpoint `https://me:hunter@2@host/x y`, http://a@b");
        prints(
            &error,
            "construction failure: failed to apply endpoint `https://***@host/x y`, http://***@b",
        );
        let unreadable = TestError::response_error("expected value", response(500, None));
        prints(&unreadable, "response error: expected value (HTTP 500)");
    }

    #[test]
    fn a_hint_is_printed_where_it_is_asked_for() {
        let error = from_service(
            "NotAuthorizedException",
            "Unable to verify secret hash for client 1example",
        );
        let (plain, long) = (format!("{}", error.summary()), format!("{:#}", error.summary()));
        let hint = error.summary().hint().expect("a hint");
        assert_eq!(long, format!("{plain}; hint: {hint}"));
        assert_eq!(from_service("SomethingNew", "").summary().hint(), None);
    }

    #[test]
    fn the_usual_traps_have_hints() {
        for (code, message, says) in [
            (
                "NotAuthorizedException",
                "Client 1example is configured with secret but SECRET_HASH was not received",
                "SECRET_HASH",
            ),
            (
                "NotAuthorizedException",
                "Unable to verify secret hash for client 1example",
                "client secret",
            ),
            (
                "InvalidParameterException",
                "USER_PASSWORD_AUTH flow not enabled for this client",
                "ExplicitAuthFlows",
            ),
            (
                "InvalidParameterException",
                "Auth flow not enabled for this client",
                "ExplicitAuthFlows",
            ),
            (
                "ResourceNotFoundException",
                "User pool us-east-1_x does not exist.",
                "begins with its region",
            ),
            (
                "ResourceNotFoundException",
                "User pool client 1example does not exist.",
                "region",
            ),
            (
                "NotAuthorizedException",
                "Access Token has expired",
                "new one with the refresh token",
            ),
            ("NotAuthorizedException", "Refresh Token has expired", "sign in again"),
            (
                "ExpiredTokenException",
                "The security token included in the request is expired",
                "AWS credentials",
            ),
            (
                "InvalidSignatureException",
                "Signature expired: 20200101T000000Z is now earlier than …",
                "clock",
            ),
            ("InvalidSignatureException", "Signature not yet current: …", "clock"),
            (
                "InvalidSignatureException",
                "The request signature we calculated does not match",
                "secret access key",
            ),
            ("RequestTimeTooSkewed", "", "clock"),
            (
                "UnrecognizedClientException",
                "The security token included in the request is invalid.",
                "access key",
            ),
            (
                "AccessDeniedException",
                "User … is not authorized to perform: cognito-idp:ListUsers",
                "IAM policy",
            ),
        ] {
            let error = from_service(code, message);
            let hint = error.summary().hint().unwrap_or_default();
            assert!(hint.contains(says), "{code}: {message}: {hint:?}");
        }
        let refused = std::io::Error::from(std::io::ErrorKind::ConnectionRefused);
        for (error, says) in [
            (
                TestError::construction_failure("Invalid Configuration: Missing Region"),
                "region",
            ),
            (TestError::construction_failure("missing signing region"), "region"),
            (
                TestError::dispatch_failure(ConnectorError::io(refused.into())),
                "endpoint",
            ),
            (TestError::timeout_error("x"), "timeout_config"),
        ] {
            let hint = error.summary().hint().unwrap_or_default();
            assert!(hint.contains(says), "{error:?}: {hint:?}");
        }
        assert_eq!(TestError::construction_failure("something else").summary().hint(), None);
    }
}
