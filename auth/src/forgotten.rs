//! Forgotten passwords.

use crate::error::AuthError;
use crate::pool::UserPool;
use crate::secret::Secret;
use crate::sign_in::SignIn;
use cognito_idp::types::CodeDeliveryDetailsType;

/// A password that is being reset.
#[derive(Clone, Debug)]
pub struct PasswordReset {
    pool: UserPool,
    username: String,
    delivery: Option<CodeDeliveryDetailsType>,
}

impl UserPool {
    /// Sends a user the code to reset the password with.
    ///
    /// # Errors
    /// [`is_throttled`](AuthError::is_throttled) after many codes; `InvalidParameterException` if the user has no verified
    /// address.
    pub async fn forgot_password(&self, username: impl Into<String>) -> Result<PasswordReset, AuthError> {
        let mut reset = PasswordReset::new(self.clone(), username.into(), None);
        reset.send_code().await?;
        Ok(reset)
    }
}

impl PasswordReset {
    pub(crate) fn new(pool: UserPool, username: String, delivery: Option<CodeDeliveryDetailsType>) -> Self {
        Self {
            pool,
            username,
            delivery,
        }
    }

    /// Where the code was sent, masked. `None` if this program hasn't requested a code; see
    /// [`send_code`](Self::send_code).
    pub fn delivery(&self) -> Option<&CodeDeliveryDetailsType> {
        self.delivery.as_ref()
    }

    /// Sends another code, or the first one, if an administrator's reset
    /// ([`Step::ResetPassword`](crate::Step::ResetPassword)) sent none.
    ///
    /// # Errors
    /// As [`UserPool::forgot_password`].
    pub async fn send_code(&mut self) -> Result<(), AuthError> {
        let (pool, username) = (&self.pool, &self.username);
        let sent = pool.with_secrets(|secret| async move {
            let request = pool
                .client()
                .forgot_password()
                .client_id(pool.client_id())
                .username(username);
            let sent = request
                .set_secret_hash(pool.hash(username, secret.as_ref()))
                .send()
                .await;
            sent.map_err(|error| AuthError::call("ForgotPassword", error))
        });
        self.delivery = sent.await?.code_delivery_details;
        Ok(())
    }

    /// Sets the new password with the code, and returns the sign-in to continue with.
    ///
    /// # Errors
    /// [`is_wrong_code`](AuthError::is_wrong_code), [`is_expired`](AuthError::is_expired),
    /// [`is_unfit_password`](AuthError::is_unfit_password): try again.
    pub async fn confirm(&self, code: &str, password: impl Into<Secret>) -> Result<SignIn, AuthError> {
        let (pool, password) = (&self.pool, &password.into());
        let sent = pool.with_secrets(|secret| async move {
            let request = pool.client().confirm_forgot_password().client_id(pool.client_id());
            let request = request
                .username(&self.username)
                .confirmation_code(code)
                .password(password.expose());
            let sent = request
                .set_secret_hash(pool.hash(&self.username, secret.as_ref()))
                .send()
                .await;
            sent.map_err(|error| AuthError::call("ConfirmForgotPassword", error))
        });
        sent.await?;
        Ok(pool.sign_in(&self.username))
    }
}
