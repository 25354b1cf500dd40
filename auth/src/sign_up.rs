//! Signing up, confirming, and continuing with the sign-in.

use crate::error::AuthError;
use crate::pool::UserPool;
use crate::secret::Secret;
use crate::sign_in::SignIn;
use crate::wire::Parameters;
use cognito_idp::types::{AttributeType, CodeDeliveryDetailsType};

/// A sign-up that is about to be sent, from [`UserPool::sign_up`].
#[derive(Clone, Debug)]
#[must_use = "nothing is sent before `send`"]
pub struct NewUser {
    pool: UserPool,
    username: String,
    password: Option<Secret>,
    attributes: Vec<(String, String)>,
    metadata: Parameters,
}

impl UserPool {
    /// Begins the sign-up of a user.
    pub fn sign_up(&self, username: impl Into<String>) -> NewUser {
        NewUser {
            pool: self.clone(),
            username: username.into(),
            password: None,
            attributes: Vec::new(),
            metadata: Parameters::new(),
        }
    }

    /// A sign-up that was begun elsewhere, to be confirmed.
    pub fn confirm_sign_up(&self, username: impl Into<String>) -> SignUp {
        SignUp::unconfirmed(self.clone(), username.into())
    }
}

impl NewUser {
    /// The password. A pool with passwordless sign-in needs none.
    pub fn password(mut self, password: impl Into<Secret>) -> Self {
        self.password = Some(password.into());
        self
    }

    /// Sets an attribute, for example `email`.
    pub fn attribute(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.attributes.push((name.into(), value.into()));
        self
    }

    /// Passes data to the pool's Lambda triggers, in this call and in those of the [`SignUp`]. Don't put secrets in it.
    pub fn client_metadata(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.metadata.insert(key.into(), value.into());
        self
    }

    /// Signs the user up.
    ///
    /// # Errors
    /// [`is_taken_name`](AuthError::is_taken_name); [`is_unfit_password`](AuthError::is_unfit_password).
    pub async fn send(&self) -> Result<SignUp, AuthError> {
        let pool = &self.pool;
        let attributes: Result<Vec<_>, _> = self
            .attributes
            .iter()
            .map(|(name, value)| AttributeType::builder().name(name).value(value).build())
            .collect();
        let attributes = attributes.map_err(|_| AuthError::Input("an attribute has no name"))?;
        let sent = pool.with_secrets(|secret| {
            let request = pool
                .client()
                .sign_up()
                .client_id(pool.client_id())
                .username(&self.username);
            let request = request
                .set_password(self.password.as_ref().map(|password| password.expose().to_owned()))
                .set_user_attributes(Some(attributes.clone()))
                .set_client_metadata(sent_metadata(&self.metadata))
                .set_secret_hash(pool.hash(&self.username, secret.as_ref()));
            async { request.send().await.map_err(|error| AuthError::call("SignUp", error)) }
        });
        let output = sent.await?;
        Ok(SignUp {
            pool: pool.clone(),
            username: self.username.clone(),
            metadata: self.metadata.clone(),
            sub: Some(output.user_sub),
            is_confirmed: output.user_confirmed,
            delivery: output.code_delivery_details,
            session: output.session.map(Secret::from),
        })
    }
}

/// A user who has signed up.
#[derive(Clone, Debug)]
pub struct SignUp {
    pool: UserPool,
    username: String,
    metadata: Parameters,
    sub: Option<String>,
    is_confirmed: bool,
    delivery: Option<CodeDeliveryDetailsType>,
    session: Option<Secret>,
}

impl SignUp {
    pub(crate) fn unconfirmed(pool: UserPool, username: String) -> Self {
        Self {
            pool,
            username,
            metadata: Parameters::new(),
            sub: None,
            is_confirmed: false,
            delivery: None,
            session: None,
        }
    }

    /// The user's `sub`, if this program has signed the user up.
    pub fn sub(&self) -> Option<&str> {
        self.sub.as_deref()
    }

    /// Whether the user can sign in already, because the pool confirms automatically or [`confirm`](Self::confirm) has
    /// succeeded.
    pub fn is_confirmed(&self) -> bool {
        self.is_confirmed
    }

    /// Where the code was sent, masked.
    pub fn delivery(&self) -> Option<&CodeDeliveryDetailsType> {
        self.delivery.as_ref()
    }

    /// Passes data to the pool's Lambda triggers, in each call. Don't put secrets in it.
    #[must_use]
    pub fn client_metadata(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.metadata.insert(key.into(), value.into());
        self
    }

    /// Sends another code.
    ///
    /// # Errors
    /// [`is_throttled`](AuthError::is_throttled).
    pub async fn resend_code(&mut self) -> Result<(), AuthError> {
        let (pool, username, metadata) = (&self.pool, &self.username, &self.metadata);
        let sent = pool.with_secrets(|secret| async move {
            let request = pool.client().resend_confirmation_code().client_id(pool.client_id());
            let request = request.username(username).set_client_metadata(sent_metadata(metadata));
            let sent = request
                .set_secret_hash(pool.hash(username, secret.as_ref()))
                .send()
                .await;
            sent.map_err(|error| AuthError::call("ResendConfirmationCode", error))
        });
        self.delivery = sent.await?.code_delivery_details;
        Ok(())
    }

    /// Confirms with the code.
    ///
    /// # Errors
    /// [`is_wrong_code`](AuthError::is_wrong_code): try again. [`is_expired`](AuthError::is_expired): ask for another code.
    /// [`is_taken_name`](AuthError::is_taken_name): another user has confirmed the same address.
    pub async fn confirm(&self, code: &str) -> Result<Self, AuthError> {
        let pool = &self.pool;
        let sent = pool.with_secrets(|secret| async move {
            let request = pool.client().confirm_sign_up().client_id(pool.client_id());
            let request = request
                .username(&self.username)
                .confirmation_code(code)
                .set_client_metadata(sent_metadata(&self.metadata))
                .set_session(self.session.as_ref().map(|session| session.expose().to_owned()));
            let sent = request
                .set_secret_hash(pool.hash(&self.username, secret.as_ref()))
                .send()
                .await;
            sent.map_err(|error| AuthError::call("ConfirmSignUp", error))
        });
        let output = sent.await?;
        Ok(Self {
            is_confirmed: true,
            session: output.session.map(Secret::from),
            ..self.clone()
        })
    }

    /// The user's sign-in. With [`SignIn::choose`] or [`SignIn::prefer`], it continues from the confirmation, which has
    /// already proved the address.
    pub fn sign_in(&self) -> SignIn {
        self.pool.sign_in(&self.username).session(self.session.clone())
    }
}

/// Nothing is sent if there is nothing to pass.
fn sent_metadata(metadata: &Parameters) -> Option<Parameters> {
    (!metadata.is_empty()).then(|| metadata.clone())
}
