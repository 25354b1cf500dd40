//! From an answer of Cognito to the next step of a sign-in.

use crate::challenge::Challenge;
use crate::error::AuthError;
use crate::forgotten::PasswordReset;
use crate::hint::{CONFIRM_SIGN_UP, RESET_PASSWORD};
use crate::pending::Pending;
use crate::secret::Secret;
use crate::sign_up::SignUp;
use crate::srp::Ephemeral;
use crate::state::State;
use crate::tokens::Tokens;
use crate::wire::Answer;

/// The next step of a sign-in. None of the four is an error: match each step that the pool can lead to, and pass the
/// rest to [`unexpected`](Self::unexpected), whose text names the step and what to write for it.
#[derive(Debug)]
#[non_exhaustive]
pub enum Step {
    /// The user is signed in.
    SignedIn(Tokens),
    /// Cognito sent a challenge.
    Challenge(Challenge),
    /// The password must be reset before the user can sign in (`PasswordResetRequiredException`).
    ResetPassword(PasswordReset),
    /// The sign-up must be confirmed before the user can sign in (`UserNotConfirmedException`).
    ConfirmSignUp(SignUp),
}

impl Step {
    /// The step's name: the challenge's, or that of the exception, or `SIGNED_IN`.
    pub fn name(&self) -> &str {
        match self {
            Self::SignedIn(_) => "SIGNED_IN",
            Self::Challenge(challenge) => challenge.name(),
            Self::ResetPassword(_) => RESET_PASSWORD,
            Self::ConfirmSignUp(_) => CONFIRM_SIGN_UP,
        }
    }

    /// The error for a step that the program doesn't handle.
    pub fn unexpected(&self) -> AuthError {
        AuthError::Unexpected {
            step: self.name().to_owned(),
        }
    }

    /// The tokens.
    ///
    /// # Errors
    /// [`AuthError::Unexpected`]: the user isn't signed in yet.
    pub fn into_tokens(self) -> Result<Tokens, AuthError> {
        match self {
            Self::SignedIn(tokens) => Ok(tokens),
            other => Err(other.unexpected()),
        }
    }
}

/// A password, with the pair whose public value was sent for it.
pub(crate) struct Password {
    pub(crate) pair: Ephemeral,
    pub(crate) password: Secret,
}

/// Continues from `answer` to the next step that the program must handle. It computes the proofs of the password and of
/// a remembered device itself.
pub(crate) async fn advance(
    from: &Pending,
    mut answer: Answer,
    mut password: Option<Password>,
) -> Result<Step, AuthError> {
    let mut pending = from.clone();
    let mut device_pair = None;
    let mut has_begun_device = false;
    loop {
        if answer.without_device {
            // Neither a later answer nor a refresh may name it.
            pending.state.device_key = None;
        }
        if let Some(result) = answer.result.take() {
            return signed_in(&pending, result);
        }
        pending = next(pending, answer)?;
        let device = match pending.name() {
            // Asked a second time, the program decides: a server could ask forever.
            "DEVICE_SRP_AUTH" if has_begun_device => None,
            "DEVICE_SRP_AUTH" | "DEVICE_PASSWORD_VERIFIER" => {
                pending.pool.kept_device(&pending.state.signed_in_as).await?
            }
            _ => None,
        };
        answer = match (pending.name(), password.take(), device, device_pair.take()) {
            ("PASSWORD_VERIFIER", Some(password), ..) => {
                pending.prove_password(&password.pair, &password.password).await?
            }
            ("DEVICE_SRP_AUTH", _, Some(device), _) => {
                has_begun_device = true;
                pending.state.device_key = Some(device.key);
                let (pair, answer) = pending.begin_device().await?;
                device_pair = Some(pair);
                answer
            }
            ("DEVICE_PASSWORD_VERIFIER", _, Some(device), Some(pair)) => pending.prove_device(&pair, &device).await?,
            _ => return Ok(Step::Challenge(Challenge::of(pending))),
        };
    }
}

/// The tokens, with the values that a refresh needs.
fn signed_in(pending: &Pending, result: cognito_idp::types::AuthenticationResultType) -> Result<Step, AuthError> {
    let state = &pending.state;
    let mut tokens = Tokens::new(result, pending.pool.now())?;
    let new = tokens.new_device.as_ref().map(|device| device.key.clone());
    tokens.device_key = new.or_else(|| state.device_key.clone());
    tokens.signed_in_as = Some(state.signed_in_as.clone());
    Ok(Step::SignedIn(tokens))
}

/// The challenge of `answer`.
fn next(from: Pending, answer: Answer) -> Result<Pending, AuthError> {
    let Pending { pool, state } = from;
    let username = ["USERNAME", "USER_ID_FOR_SRP"]
        .into_iter()
        .find_map(|name| answer.parameters.get(name).cloned())
        .unwrap_or(state.username);
    let challenge = answer.challenge.ok_or(AuthError::Incomplete { missing: "challenge" })?;
    // It belongs to this challenge alone, and is a secret.
    let exponent = state.exponent.filter(|_| challenge == "PASSWORD_VERIFIER");
    Ok(Pending {
        pool,
        state: State {
            challenge,
            session: answer.session.map(Secret::from),
            username,
            parameters: answer.parameters,
            available: answer.available,
            exponent,
            ..state
        },
    })
}
