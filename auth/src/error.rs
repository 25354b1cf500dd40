//! The errors, what to do about them, and predicates for programs.

use crate::hint::{hint, hint_of_step};
use crate::srp::SrpError;
use crate::wire::INITIATE_REFRESH;
use cognito_idp::error::{ProvideErrorMetadata, SdkError};
use std::error::Error as StdError;
use std::fmt::{self, Display, Formatter};
use std::sync::Arc;

/// Any other error, for example a store's.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// Why a step of signing in, or a call of a session, failed.
///
/// Its text says what to do and quotes nothing that was sent. Cognito's own message is its
/// [`source`](StdError::source). Use the predicates to decide, because many of Cognito's errors differ only in their
/// text. Callers who waited for one call share its error, so it can be cloned.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum AuthError {
    /// Cognito refused the call.
    Service {
        /// The operation, for example `RespondToAuthChallenge`.
        operation: &'static str,
        /// Cognito's answer.
        source: Arc<cognito_idp::Error>,
    },
    /// There was no answer, or an unreadable one: the network, a timeout, a proxy. Cognito may have carried out the
    /// operation or not.
    NoAnswer {
        /// The operation.
        operation: &'static str,
        /// What happened instead.
        source: Arc<cognito_idp::Error>,
    },
    /// The token endpoint of managed login refused the request.
    OAuth {
        /// Its `error`, for example `invalid_grant` (RFC 6749, section 5.2).
        code: String,
    },
    /// The answer of the token endpoint, or of the browser's redirect, can't be read.
    Endpoint {
        /// What is wrong with it.
        problem: &'static str,
        /// The cause, if there is one.
        source: Option<Arc<dyn StdError + Send + Sync>>,
    },
    /// The challenge must not be answered.
    Srp(SrpError),
    /// Cognito's answer lacks something.
    Incomplete {
        /// What is missing.
        missing: &'static str,
    },
    /// The program doesn't handle this step of the sign-in.
    Unexpected {
        /// The step's name, for example `SMS_MFA`.
        step: String,
    },
    /// What the program gave can't be used. Nothing was sent.
    Input(&'static str),
    /// The session has ended, or there is none: the user must sign in.
    SignedOut,
    /// A store of tokens or devices failed.
    Store(Arc<dyn StdError + Send + Sync>),
}

/// The operations that refresh.
const REFRESHES: [&str; 2] = ["GetTokensFromRefreshToken", INITIATE_REFRESH];

impl AuthError {
    /// The error of `operation`.
    pub(crate) fn call<E>(operation: &'static str, error: SdkError<E>) -> Self
    where
        cognito_idp::Error: From<SdkError<E>>,
    {
        let answered = matches!(error, SdkError::ServiceError(_));
        Self::answered(operation, answered, cognito_idp::Error::from(error).into())
    }

    fn answered(operation: &'static str, answered: bool, source: Arc<cognito_idp::Error>) -> Self {
        if answered {
            Self::Service { operation, source }
        } else {
            Self::NoAnswer { operation, source }
        }
    }

    /// The error of a store.
    pub(crate) fn store(error: BoxError) -> Self {
        Self::Store(error.into())
    }

    /// The refusal with an `error` of OAuth (RFC 6749, section 5.2).
    ///
    /// It may have come through a browser and goes into this error's text, thus into logs. So a text that can't be a
    /// code isn't repeated.
    pub(crate) fn oauth(code: &str) -> Self {
        const LONGEST: usize = 64;
        let is_code = |byte: u8| matches!(byte, 0x20..=0x21 | 0x23..=0x5b | 0x5d..=0x7e);
        if code.is_empty() || code.len() > LONGEST || !code.bytes().all(is_code) {
            return Self::Endpoint {
                problem: "the answer's `error` isn't a code of OAuth: check the domain",
                source: None,
            };
        }
        Self::OAuth { code: code.to_owned() }
    }

    /// The endpoint can't answer now.
    pub(crate) fn busy(status: u16) -> Self {
        Self::Endpoint {
            problem: "the endpoint can't answer now: try again later",
            source: Some(Arc::new(Busy { status })),
        }
    }

    /// The error code of Cognito (`CodeMismatchException`) or of the token endpoint (`invalid_grant`).
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Service { source, .. } => source.code(),
            Self::OAuth { code } => Some(code),
            _ => None,
        }
    }

    /// Cognito's message, in its own words, such as `Password not long enough`. It may quote what the user typed, so
    /// this error's text leaves it out.
    pub fn message(&self) -> Option<&str> {
        match self {
            Self::Service { source, .. } => source.message(),
            _ => None,
        }
    }

    /// The usual cause, and how to fix it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Service { source, operation } => {
                hint(operation, source.code()?, source.message().unwrap_or_default())
            }
            Self::Unexpected { step } => Some(hint_of_step(step)),
            _ => None,
        }
    }

    /// The password is wrong, or the name: an app client with `PreventUserExistenceErrors` doesn't say which.
    ///
    /// An app client without it answers an unknown name with `UserNotFoundException`. Then this is `false`, and
    /// [`is_unknown_user`](Self::is_unknown_user) is `true`. So check both after a sign-in.
    pub fn is_wrong_password(&self) -> bool {
        self.says("NotAuthorizedException", &["incorrect username or password"])
    }

    /// There is no such user. Only app clients without `PreventUserExistenceErrors` say so.
    pub fn is_unknown_user(&self) -> bool {
        self.is("UserNotFoundException")
    }

    /// The name is taken, or another user has the address or number that also counts as a name.
    pub fn is_taken_name(&self) -> bool {
        self.is("UsernameExistsException") || self.is("AliasExistsException")
    }

    /// Too many wrong passwords: the user is locked out for a while.
    pub fn is_locked_out(&self) -> bool {
        self.says("NotAuthorizedException", &["attempts exceeded"]) || self.is("TooManyFailedAttemptsException")
    }

    /// The code is wrong. The same challenge can be answered again.
    pub fn is_wrong_code(&self) -> bool {
        self.is("CodeMismatchException") || self.is("EnableSoftwareTokenMFAException")
    }

    /// The code or the challenge has expired, or the challenge was answered before: begin the sign-in again, or ask for
    /// a new code.
    pub fn is_expired(&self) -> bool {
        let texts = [
            "invalid session",
            "session is expired",
            "session has expired",
            "session can only be used once",
        ];
        self.is("ExpiredCodeException") || self.says("NotAuthorizedException", &texts)
    }

    /// The new password doesn't meet the pool's policy, or was used before.
    pub fn is_unfit_password(&self) -> bool {
        self.is("InvalidPasswordException") || self.is("PasswordHistoryPolicyViolationException")
    }

    /// The session is over: its refresh token has expired, was revoked, or was used twice; or the user was disabled or
    /// deleted. The user must sign in again. Only a refresh fails so.
    pub fn is_signed_out(&self) -> bool {
        let texts = ["refresh token", "token has been revoked", "user is disabled"];
        matches!(self, Self::SignedOut)
            || self.is("RefreshTokenReuseException")
            || self.is("invalid_grant")
            || (self.is_refresh() && (self.says("NotAuthorizedException", &texts) || self.is("UserNotFoundException")))
    }

    /// The access token is refused: expired, revoked, or without the scope `aws.cognito.signin.user.admin`, which
    /// managed login gives only on request.
    pub fn is_refused_token(&self) -> bool {
        self.says("NotAuthorizedException", &["access token"])
    }

    /// The pool doesn't know the device, or no longer does.
    pub fn is_unknown_device(&self) -> bool {
        self.says("ResourceNotFoundException", &["device"])
    }

    /// The client secret is wrong: the hash doesn't match, or the token endpoint refuses the secret.
    pub fn is_wrong_secret(&self) -> bool {
        let texts = ["secret hash", "secrethash", "client secret", "verify secret"];
        let by_operation =
            self.says("NotAuthorizedException", &texts) && !self.says("NotAuthorizedException", &["not received"]);
        by_operation || self.is("invalid_client")
    }

    /// Cognito asks to slow down. Try again later; nothing is lost.
    pub fn is_throttled(&self) -> bool {
        let is_busy = matches!(self, Self::Endpoint { source: Some(source), .. }
            if source.downcast_ref::<Busy>().is_some_and(|busy| busy.status == 429));
        is_busy
            || self.is("TooManyRequestsException")
            || self.is("LimitExceededException")
            || self.is("RequestLimitExceeded")
    }

    /// A retry may succeed: no answer came, or Cognito was busy or failed.
    pub fn is_transient(&self) -> bool {
        let internal = self.is("InternalErrorException") || self.is("InternalServerException");
        let endpoint = matches!(self, Self::Endpoint { source: Some(_), .. })
            || self.is("server_error")
            || self.is("temporarily_unavailable");
        matches!(self, Self::NoAnswer { .. }) || endpoint || internal || self.is_throttled()
    }

    /// The server doesn't know the operation: it isn't AWS's, or is older than this crate.
    pub(crate) fn is_unknown_operation(&self) -> bool {
        let codes = [
            "InvalidAction",
            "UnknownOperationException",
            "UnsupportedOperation",
            "NotYetImplemented",
        ];
        self.code().is_some_and(|code| codes.contains(&code))
    }

    fn is(&self, code: &str) -> bool {
        self.code() == Some(code)
    }

    fn is_refresh(&self) -> bool {
        matches!(self, Self::Service { operation, .. } if REFRESHES.contains(operation))
    }

    /// Whether the error has this code, and a message that contains one of the texts, in upper or lower case.
    pub(crate) fn says(&self, code: &str, texts: &[&str]) -> bool {
        let Self::Service { source, .. } = self else {
            return false;
        };
        let message = source.message().unwrap_or_default().to_lowercase();
        source.code() == Some(code) && texts.iter().any(|text| message.contains(text))
    }
}

impl Display for AuthError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Service { operation, source } => {
                write!(
                    f,
                    "Cognito refused {operation}: {}",
                    source.code().unwrap_or("an error without a code")
                )?;
                self.hint().map_or(Ok(()), |hint| write!(f, ". {hint}"))
            }
            Self::NoAnswer { operation, .. } => {
                write!(
                    f,
                    "{operation} got no answer that can be read: check the network and try again"
                )
            }
            Self::OAuth { code } => write!(f, "the token endpoint refused the request: {code}"),
            Self::Endpoint { problem, .. } => f.write_str(problem),
            Self::Srp(error) => error.fmt(f),
            Self::Incomplete { missing } => write!(f, "Cognito's answer has no {missing}: is this a Cognito endpoint?"),
            Self::Unexpected { step } => {
                write!(f, "the sign-in asks for {step}, which this program doesn't handle")?;
                self.hint().map_or(Ok(()), |hint| write!(f, ". {hint}"))
            }
            Self::Input(problem) => f.write_str(problem),
            Self::SignedOut => f.write_str("nobody is signed in: sign in again"),
            Self::Store(_) => f.write_str("the store failed: check that it can be read and written"),
        }
    }
}

impl StdError for AuthError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Service { source, .. } | Self::NoAnswer { source, .. } => Some(&**source),
            Self::Endpoint { source, .. } => source.as_deref().map(|source| source as _),
            Self::Store(source) => Some(&**source),
            _ => None,
        }
    }
}

impl From<SrpError> for AuthError {
    fn from(error: SrpError) -> Self {
        Self::Srp(error)
    }
}

/// The status of an endpoint that can't answer now.
#[derive(Debug)]
struct Busy {
    status: u16,
}

impl Display for Busy {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "the endpoint answered with status {}", self.status)
    }
}

impl StdError for Busy {}
