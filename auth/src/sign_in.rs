//! Begins a sign-in, with one method per flow.

use crate::challenge::FirstFactor;
use crate::error::AuthError;
use crate::forgotten::PasswordReset;
use crate::pending::Pending;
use crate::pool::UserPool;
use crate::secret::Secret;
use crate::sign_up::SignUp;
use crate::srp::Ephemeral;
use crate::state::State;
use crate::step::{Password, Step, advance};
use crate::tokens::Tokens;
use crate::wire::{Call, Parameters};
use std::fmt::{self, Debug, Formatter};

/// The flow in which the user chooses the first factor.
const USER_AUTH: &str = "USER_AUTH";

/// A sign-in that is about to begin, from [`UserPool::sign_in`]. The last method chooses the flow and sends.
#[derive(Clone)]
#[must_use = "nothing is sent before a flow is chosen"]
pub struct SignIn {
    pending: Pending,
    /// Additional parameters at the start of the flow.
    parameters: Parameters,
}

impl SignIn {
    pub(crate) fn new(pool: UserPool, username: String) -> Self {
        let state = State {
            username: username.clone(),
            signed_in_as: username,
            ..State::default()
        };
        Self {
            pending: Pending { pool, state },
            parameters: Parameters::new(),
        }
    }

    /// Passes data to the pool's Lambda triggers, in this call and in each answer. Don't put secrets in it.
    pub fn client_metadata(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.pending.state.metadata.insert(key.into(), value.into());
        self
    }

    /// Signs the user in with a server's AWS credentials (AdminInitiateAuth). The pool's client must have credentials:
    /// [`UserPool::with_client`].
    pub fn admin(mut self) -> Self {
        self.pending.state.admin = true;
        self
    }

    /// Continues the session of a sign-up or a confirmation, which saves the user a step (only in `USER_AUTH`).
    pub(crate) fn session(mut self, session: Option<Secret>) -> Self {
        self.pending.state.session = session;
        self
    }

    /// Asks a signed-in user for more proof (step-up). `acr_values` are the acceptable levels, best first. The access
    /// token counts as proof of the factors that were used already. Use it with [`choose`](Self::choose) or
    /// [`prefer`](Self::prefer).
    pub fn step_up(self, acr_values: &str, tokens: &Tokens) -> Self {
        let mut sign_in = self.acr_values(acr_values);
        sign_in.set("ACCESS_TOKEN", tokens.access.expose());
        sign_in
    }

    /// Requests a level for a user who isn't signed in. It is like [`step_up`](Self::step_up) without earlier proof.
    /// The tokens' claim `acr` has the level that was reached, for example `urn:cognito:loa:3`.
    pub fn acr_values(mut self, acr_values: &str) -> Self {
        self.set("TARGET_ACR_VALUES", acr_values);
        self
    }

    /// Sets the maximum age, in seconds, of the last sign-in that counts in a [`step_up`](Self::step_up).
    pub fn max_age(mut self, seconds: u32) -> Self {
        self.set("MAX_AGE", &seconds.to_string());
        self
    }

    /// Proves the password by SRP, without sending it (`USER_SRP_AUTH`).
    ///
    /// # Errors
    /// [`is_wrong_password`](AuthError::is_wrong_password), [`is_locked_out`](AuthError::is_locked_out);
    /// [`hint`](AuthError::hint) says how to allow the flow.
    pub async fn password(self, password: impl Into<Secret>) -> Result<Step, AuthError> {
        let password = password.into();
        self.begin("USER_SRP_AUTH", &[], Some(&password)).await
    }

    /// Begins the proof of a password that comes later (`USER_SRP_AUTH`): the challenge `PASSWORD_VERIFIER` is next, and
    /// must be answered within seconds.
    ///
    /// # Errors
    /// As [`password`](Self::password).
    pub async fn srp(mut self) -> Result<Step, AuthError> {
        let pair = Ephemeral::generate()?;
        let exponent = crate::srp::Integer::from_bytes("the exponent", &pair.secret_bytes())?;
        self.pending.state.exponent = Some(exponent.to_hex().into());
        self.begin("USER_SRP_AUTH", &[("SRP_A", &pair.public().to_hex())], None)
            .await
    }

    /// Sends the plain password (`USER_PASSWORD_AUTH`, or `ADMIN_USER_PASSWORD_AUTH` for [`admin`](Self::admin)). Pools
    /// that migrate users from another system need this.
    ///
    /// # Errors
    /// As [`password`](Self::password).
    pub async fn password_plain(self, password: impl Into<Secret>) -> Result<Step, AuthError> {
        let password = password.into();
        let flow = if self.pending.state.admin {
            "ADMIN_USER_PASSWORD_AUTH"
        } else {
            "USER_PASSWORD_AUTH"
        };
        self.begin(flow, &[("PASSWORD", password.expose())], None).await
    }

    /// Lets the pool's Lambda triggers ask (`CUSTOM_AUTH`).
    ///
    /// # Errors
    /// The triggers refuse the sign-in.
    pub async fn custom(self) -> Result<Step, AuthError> {
        self.begin("CUSTOM_AUTH", &[], None).await
    }

    /// Proves the password by SRP, and then lets the pool's Lambda triggers ask (`CUSTOM_AUTH`).
    ///
    /// # Errors
    /// As [`password`](Self::password) and [`custom`](Self::custom).
    pub async fn custom_with_password(self, password: impl Into<Secret>) -> Result<Step, AuthError> {
        let password = password.into();
        self.begin("CUSTOM_AUTH", &[("CHALLENGE_NAME", "SRP_A")], Some(&password))
            .await
    }

    /// Asks which first factors the user has (`USER_AUTH`): the challenge `SELECT_CHALLENGE` is next.
    ///
    /// # Errors
    /// [`hint`](AuthError::hint) says how to allow the flow.
    pub async fn choose(self) -> Result<Step, AuthError> {
        self.begin(USER_AUTH, &[], None).await
    }

    /// Begins with a first factor (`USER_AUTH`). If the user doesn't have it, `SELECT_CHALLENGE` is next.
    ///
    /// # Errors
    /// As [`password`](Self::password).
    pub async fn prefer(self, factor: FirstFactor) -> Result<Step, AuthError> {
        let preferred = ("PREFERRED_CHALLENGE", factor.name());
        match factor {
            FirstFactor::Password(password) => {
                self.begin(USER_AUTH, &[preferred, ("PASSWORD", password.expose())], None)
                    .await
            }
            FirstFactor::PasswordSrp(password) => self.begin(USER_AUTH, &[preferred], Some(&password)).await,
            FirstFactor::EmailOtp | FirstFactor::SmsOtp | FirstFactor::WebAuthn => {
                self.begin(USER_AUTH, &[preferred], None).await
            }
        }
    }

    fn set(&mut self, name: &str, value: &str) {
        self.parameters.insert(name.to_owned(), value.to_owned());
    }

    /// Sends InitiateAuth and continues to the first step that the program must handle. It uses the remembered device,
    /// if there is one, and tries again without it if the pool has forgotten it.
    async fn begin(
        mut self,
        flow: &'static str,
        own: &[(&str, &str)],
        srp: Option<&Secret>,
    ) -> Result<Step, AuthError> {
        for (name, value) in own {
            self.set(name, value);
        }
        let signed_in_as = self.pending.state.signed_in_as.clone();
        let device = self.pending.pool.kept_device(&signed_in_as).await?;
        self.pending.state.device_key = device.map(|device| device.key);
        let step = match self.send(flow, srp).await {
            Err(error) if error.is_unknown_device() && self.pending.state.device_key.is_some() => {
                self.pending.pool.forget_kept_device(&signed_in_as).await?;
                self.pending.state.device_key = None;
                self.send(flow, srp).await
            }
            sent => sent,
        };
        match step {
            Err(error) if error.code() == Some("PasswordResetRequiredException") => Ok(Step::ResetPassword(
                PasswordReset::new(self.pending.pool, signed_in_as, None),
            )),
            Err(error) if error.code() == Some("UserNotConfirmedException") => Ok(Step::ConfirmSignUp(
                SignUp::unconfirmed(self.pending.pool, signed_in_as),
            )),
            step => step,
        }
    }

    async fn send(&self, flow: &'static str, srp: Option<&Secret>) -> Result<Step, AuthError> {
        let state = &self.pending.state;
        let mut parameters = self.parameters.clone();
        parameters.insert("USERNAME".to_owned(), state.username.clone());
        if let Some(key) = &state.device_key {
            parameters.insert("DEVICE_KEY".to_owned(), key.clone());
        }
        let mut proof = None;
        if let Some(password) = srp {
            let pair = Ephemeral::generate()?;
            parameters.insert("SRP_A".to_owned(), pair.public().to_hex());
            proof = Some(Password {
                pair,
                password: password.clone(),
            });
        }
        let call = Call {
            pool: &self.pending.pool,
            admin: state.admin,
            username: &state.username,
            // No other flow continues from a sign-up.
            session: state.session.as_ref().filter(|_| flow == USER_AUTH),
            parameters,
            metadata: &state.metadata,
        };
        advance(&self.pending, call.initiate(flow).await?, proof).await
    }
}

impl Debug for SignIn {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        // The access token of a step-up is among the parameters.
        f.debug_struct("SignIn")
            .field("pool", &self.pending.pool)
            .finish_non_exhaustive()
    }
}
