//! First factors: one-time codes, passkeys, the choice between them, and custom challenges.

use crate::error::AuthError;
use crate::pending::Pending;
use crate::secret::Secret;
use crate::step::Step;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// `EMAIL_OTP`: the code of an e-mail.
#[derive(Clone, Debug)]
pub struct EmailOtp(pub(super) Pending);

impl EmailOtp {
    /// Answers with the code that was sent to [`destination`](Pending::destination).
    ///
    /// # Errors
    /// [`is_wrong_code`](AuthError::is_wrong_code): answer again. [`is_expired`](AuthError::is_expired): sign in again.
    pub async fn code(&self, code: &str) -> Result<Step, AuthError> {
        self.answer(&[("EMAIL_OTP_CODE", code)]).await
    }
}

/// `SMS_OTP`: the code of an SMS, as the first factor.
#[derive(Clone, Debug)]
pub struct SmsOtp(pub(super) Pending);

impl SmsOtp {
    /// Answers with the code that was sent to [`destination`](Pending::destination).
    ///
    /// # Errors
    /// As [`EmailOtp::code`].
    pub async fn code(&self, code: &str) -> Result<Step, AuthError> {
        self.answer(&[("SMS_OTP_CODE", code)]).await
    }
}

/// `WEB_AUTHN`: a passkey.
#[derive(Clone, Debug)]
pub struct WebAuthn(pub(super) Pending);

impl WebAuthn {
    /// The options for `navigator.credentials.get`, `PublicKeyCredentialRequestOptionsJSON` (WebAuthn level 3, section
    /// 5.1.8.1): as JSON for a browser, for example `serde_json::Value`, or as any type that deserializes from them.
    ///
    /// # Errors
    /// [`AuthError::Incomplete`]: there are no options, or the type doesn't match.
    pub fn request_options<T: DeserializeOwned>(&self) -> Result<T, AuthError> {
        let missing = AuthError::Incomplete {
            missing: "CREDENTIAL_REQUEST_OPTIONS",
        };
        let options = self.parameter("CREDENTIAL_REQUEST_OPTIONS");
        options
            .and_then(|options| serde_json::from_str(options).ok())
            .ok_or(missing)
    }

    /// Answers with the authenticator's `AuthenticationResponseJSON` (WebAuthn level 3, section 5.1), as any type that
    /// serializes to it.
    ///
    /// # Errors
    /// [`AuthError::Input`]: the value can't be written as JSON. Cognito refuses a credential that isn't the user's.
    pub async fn credential<T: Serialize + ?Sized>(&self, credential: &T) -> Result<Step, AuthError> {
        let credential = serde_json::to_string(credential);
        let credential = credential.map_err(|_| AuthError::Input("the credential can't be written as JSON"))?;
        self.answer(&[("CREDENTIAL", &credential)]).await
    }
}

/// `CUSTOM_CHALLENGE`: a question of the pool's Lambda triggers. Its details are in the
/// [`parameters`](Pending::parameters).
#[derive(Clone, Debug)]
pub struct CustomChallenge(pub(super) Pending);

impl CustomChallenge {
    /// Answers the question.
    ///
    /// # Errors
    /// The triggers refuse the answer. After a wrong answer, they may also send the same challenge again.
    pub async fn answer(&self, answer: &str) -> Result<Step, AuthError> {
        self.0.answer(&[("ANSWER", answer)]).await
    }
}

/// A first factor in the flow `USER_AUTH`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum FirstFactor {
    /// The password, sent in plain text over TLS.
    Password(Secret),
    /// The password, proved by SRP.
    PasswordSrp(Secret),
    /// A code by e-mail.
    EmailOtp,
    /// A code by SMS.
    SmsOtp,
    /// A passkey.
    WebAuthn,
}

impl FirstFactor {
    /// Its name on the wire.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Password(_) => "PASSWORD",
            Self::PasswordSrp(_) => "PASSWORD_SRP",
            Self::EmailOtp => "EMAIL_OTP",
            Self::SmsOtp => "SMS_OTP",
            Self::WebAuthn => "WEB_AUTHN",
        }
    }
}

/// `SELECT_CHALLENGE`: which first factor. Cognito sends it if a sign-in names no factor, or one that the user doesn't
/// have.
#[derive(Clone, Debug)]
pub struct SelectChallenge(pub(super) Pending);

impl SelectChallenge {
    /// The factors that the user has, by their names on the wire: `PASSWORD`, `PASSWORD_SRP`, `EMAIL_OTP`, `SMS_OTP`,
    /// `WEB_AUTHN`.
    pub fn available(&self) -> &[String] {
        &self.0.state.available
    }

    /// Chooses a factor. A password completes the answer; for a code or a passkey, its own challenge comes next.
    ///
    /// # Errors
    /// [`AuthError::Input`]: the factor isn't [available](Self::available). [`is_wrong_password`](AuthError::is_wrong_password).
    pub async fn choose(&self, factor: FirstFactor) -> Result<Step, AuthError> {
        let name = factor.name();
        if !self.available().is_empty() && !self.available().iter().any(|offered| offered == name) {
            return Err(AuthError::Input(
                "this first factor isn't available to the user: choose one of `available`",
            ));
        }
        match factor {
            FirstFactor::Password(password) => self.answer(&[("ANSWER", name), ("PASSWORD", password.expose())]).await,
            FirstFactor::PasswordSrp(password) => self.answer_srp(&[("ANSWER", name)], password).await,
            FirstFactor::EmailOtp | FirstFactor::SmsOtp | FirstFactor::WebAuthn => {
                self.answer(&[("ANSWER", name)]).await
            }
        }
    }
}
