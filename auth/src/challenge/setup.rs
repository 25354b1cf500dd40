//! Setting up a second factor in the middle of a sign-in.

use crate::error::AuthError;
use crate::pending::Pending;
use crate::secret::Secret;
use crate::state::State;
use crate::step::{Step, advance};
use crate::totp::otpauth_uri;

/// `MFA_SETUP`: the pool requires a second factor and the user has none.
#[derive(Clone, Debug)]
pub struct MfaSetup(pub(super) Pending);

impl MfaSetup {
    /// The factors that can be set up, by their names on the wire: `SOFTWARE_TOKEN_MFA`, `EMAIL_OTP`, `SMS_MFA`.
    ///
    /// A phone number for `SMS_MFA` can't be given here: an administrator sets it, or the user chooses another factor.
    pub fn choices(&self) -> Vec<String> {
        self.list("MFAS_CAN_SETUP")
    }

    /// Begins to set up an authenticator app. The result has the app's secret.
    ///
    /// # Errors
    /// [`is_expired`](AuthError::is_expired): sign in again.
    pub async fn totp(&self) -> Result<TotpSetup, AuthError> {
        let session = self.0.state.session.as_ref().map(|session| session.expose().to_owned());
        let request = self.pool.client().associate_software_token().set_session(session);
        let sent = request.send().await;
        let output = sent.map_err(|error| AuthError::call("AssociateSoftwareToken", error))?;
        let mut pending = self.0.clone();
        // The old session is spent.
        pending.state.session = output.session.map(Secret::from);
        Ok(TotpSetup {
            secret: output
                .secret_code
                .ok_or(AuthError::Incomplete { missing: "secret code" })?
                .into(),
            setup: Self(pending),
        })
    }

    /// Confirms an authenticator app with one of its codes, and continues the sign-in. Use this if another page or
    /// process has called [`totp`](Self::totp), with the [state](TotpSetup::state) that it returned. `name` is the
    /// user's name for the app.
    ///
    /// # Errors
    /// [`is_wrong_code`](AuthError::is_wrong_code): answer again.
    pub async fn confirm_totp(&self, code: &str, name: Option<&str>) -> Result<Step, AuthError> {
        let session = self.0.state.session.as_ref().map(|session| session.expose().to_owned());
        let request = self.pool.client().verify_software_token().user_code(code);
        let sent = request
            .set_session(session)
            .set_friendly_device_name(name.map(str::to_owned))
            .send()
            .await;
        let output = sent.map_err(|error| AuthError::call("VerifySoftwareToken", error))?;
        let session = output.session.map(Secret::from);
        let answer = self.0.send(&[], session.as_ref()).await?;
        advance(&self.0, answer, None).await
    }

    /// Sets up codes by e-mail to `address`. The challenge `EMAIL_OTP` comes next.
    ///
    /// # Errors
    /// Those of RespondToAuthChallenge.
    pub async fn email(&self, address: &str) -> Result<Step, AuthError> {
        self.answer(&[("EMAIL", address)]).await
    }
}

/// An authenticator app that is being set up.
#[derive(Clone, Debug)]
pub struct TotpSetup {
    secret: Secret,
    setup: MfaSetup,
}

impl TotpSetup {
    /// The secret, in Base32, for users who type it into their app.
    pub fn secret(&self) -> &Secret {
        &self.secret
    }

    /// The `otpauth` URI that a QR code shows: `issuer` is the name of the program, `account` that of the user in it.
    pub fn uri(&self, issuer: &str, account: &str) -> Secret {
        otpauth_uri(&self.secret, issuer, account)
    }

    /// Confirms with a code of the app, and continues the sign-in. `name` is the user's name for the app.
    ///
    /// # Errors
    /// [`is_wrong_code`](AuthError::is_wrong_code): answer again.
    pub async fn confirm(&self, code: &str, name: Option<&str>) -> Result<Step, AuthError> {
        self.setup.confirm_totp(code, name).await
    }

    /// The state for another page or process. [`UserPool::resume`](crate::UserPool::resume) makes an [`MfaSetup`] from
    /// it, for [`confirm_totp`](MfaSetup::confirm_totp). The state of the challenge itself is no longer valid.
    pub fn state(&self) -> State {
        self.setup.state()
    }
}
