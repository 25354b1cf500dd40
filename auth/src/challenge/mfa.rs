//! Second factors: a code, or which one.

use crate::error::AuthError;
use crate::pending::Pending;
use crate::step::Step;

/// `SMS_MFA`: the code of an SMS.
#[derive(Clone, Debug)]
pub struct SmsMfa(pub(super) Pending);

impl SmsMfa {
    /// Answers with the code that was sent to [`destination`](Pending::destination).
    ///
    /// # Errors
    /// [`is_wrong_code`](AuthError::is_wrong_code): answer again. [`is_expired`](AuthError::is_expired): sign in again.
    pub async fn code(&self, code: &str) -> Result<Step, AuthError> {
        self.answer(&[("SMS_MFA_CODE", code)]).await
    }
}

/// `SOFTWARE_TOKEN_MFA`: the code of an authenticator app.
#[derive(Clone, Debug)]
pub struct SoftwareTokenMfa(pub(super) Pending);

impl SoftwareTokenMfa {
    /// Answers with the code that the app shows.
    ///
    /// # Errors
    /// As [`SmsMfa::code`]. A code that was used before is wrong, too; wait for the next one.
    pub async fn code(&self, code: &str) -> Result<Step, AuthError> {
        self.answer(&[("SOFTWARE_TOKEN_MFA_CODE", code)]).await
    }

    /// The name that the user has given the app, if any.
    pub fn friendly_name(&self) -> Option<&str> {
        self.parameter("FRIENDLY_DEVICE_NAME")
    }
}

/// `SELECT_MFA_TYPE`: which second factor.
#[derive(Clone, Debug)]
pub struct SelectMfaType(pub(super) Pending);

impl SelectMfaType {
    /// The factors that the user can choose between, by their names on the wire: `SMS_MFA`, `SOFTWARE_TOKEN_MFA`,
    /// `EMAIL_OTP`.
    pub fn choices(&self) -> Vec<String> {
        self.list("MFAS_CAN_CHOOSE")
    }

    /// Chooses one of [`choices`](Self::choices). Its own challenge comes next.
    ///
    /// # Errors
    /// [`AuthError::Input`]: the factor isn't one of them.
    pub async fn choose(&self, choice: &str) -> Result<Step, AuthError> {
        let choices = self.choices();
        if !choices.is_empty() && !choices.iter().any(|offered| offered == choice) {
            return Err(AuthError::Input(
                "this second factor isn't offered: choose one of `choices`",
            ));
        }
        self.answer(&[("ANSWER", choice)]).await
    }
}
