//! The error of a call in one line: kind, code, message, request id, and a hint.

use super::hint::{hint_of_cause, hint_of_code};
use aws_runtime::retries::classifiers::THROTTLING_ERRORS;
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
        let is_unanswered = match self {
            Self::TimeoutError(_) | Self::ResponseError(_) => true,
            // The others are the client's own, for example a missing region.
            Self::DispatchFailure(failure) => failure.is_io() || failure.is_timeout(),
            _ => false,
        };
        ErrorSummary {
            kind,
            is_unanswered,
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
    /// No answer came, or one that can't be read.
    is_unanswered: bool,
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

    /// Whether the service asks to slow down: `TooManyRequestsException`, `LimitExceededException` and similar codes. The
    /// client has tried again by then, as often as its `retry_config` says. The call wasn't carried out: try it later.
    pub fn is_throttled(&self) -> bool {
        self.code.is_some_and(|code| THROTTLING_ERRORS.contains(&code))
    }

    /// Whether the same call may succeed later: it was throttled, the service failed (status 500 and above), or no
    /// answer came that can be read. Without an answer, the call may have been carried out.
    pub fn is_transient(&self) -> bool {
        self.is_unanswered || self.is_throttled() || self.status.is_some_and(|status| status >= 500)
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
