//! Second factors that are set up during a sign-in, and sign-ins that follow a sign-up.

use super::attempt::{Attempt, Step};
use super::{Call, Next};
use crate::clients::App;
use crate::clock::Moment;
use crate::fault::{Answer, Fault};
use crate::pools::Pool;
use crate::random;
use crate::users::{EMAIL, SMS, Totp, index, is_email, is_phone_number};
use crate::world::State;
use cognito_idp::types::UserStatusType;

/// The pool with this session.
fn pool_of<'a>(state: &'a mut State, session: &str, now: Moment) -> Answer<&'a mut Pool> {
    let waits = |pool: &Pool| pool.attempts.get(session).is_some_and(|attempt| attempt.expires > now);
    let id = state.pools.iter().find(|(_, pool)| waits(pool));
    let id = id.map(|(id, _)| id.clone()).unwrap_or_default();
    state
        .pools
        .get_mut(&id)
        .ok_or_else(|| Fault::not_authorized("Invalid session for the user, session can only be used once."))
}

/// Takes the attempt of this session, which waits for an authenticator app.
fn take(pool: &mut Pool, session: &str) -> Answer<(Attempt, Option<Totp>)> {
    match pool
        .attempts
        .get(session)
        .map(|attempt| (attempt.clone(), attempt.step.clone()))
    {
        Some((attempt, Step::Setup(totp))) => Ok((attempt, totp)),
        _ => Err(Fault::not_authorized("Invalid session for the user.")),
    }
}

fn replace(pool: &mut Pool, old: &str, attempt: Attempt) -> String {
    let session = format!("AYAB{}", random::token(144));
    pool.attempts.remove(old);
    pool.attempts.insert(session.clone(), attempt);
    session
}

/// AssociateSoftwareToken with a session; returns a new session.
pub(crate) fn associate(state: &mut State, session: &str, totp: Totp, now: Moment) -> Answer<String> {
    let pool = pool_of(state, session, now)?;
    let (mut attempt, _) = take(pool, session)?;
    attempt.step = Step::Setup(Some(totp));
    Ok(replace(pool, session, attempt))
}

/// VerifySoftwareToken with a session; returns a new session, which answers MFA_SETUP.
pub(crate) fn verify_associated(state: &mut State, session: &str, code: &str, now: Moment) -> Answer<String> {
    let pool = pool_of(state, session, now)?;
    let (mut attempt, totp) = take(pool, session)?;
    let mut totp = totp
        .ok_or_else(|| Fault::software_token_not_found("Software token has not been associated with the session."))?;
    if !totp.matches(code, now) {
        return Err(Fault::enable_software_token("Code mismatch"));
    }
    totp.verified = true;
    attempt.step = Step::Setup(Some(totp));
    Ok(replace(pool, session, attempt))
}

impl Call<'_> {
    /// MFA_SETUP is answered once the authenticator app is verified, or with an address for codes.
    pub(super) fn set_up(&mut self, attempt: Attempt, totp: Option<Totp>) -> Answer<Next> {
        if let Some(totp) = totp.filter(|totp| totp.verified) {
            let user = self.user_mut(&attempt.user)?;
            user.mfa.secret = Some(totp);
            user.mfa.totp = true;
            return self.complete(attempt);
        }
        let phone = self.optional("PHONE_NUMBER").map(|phone| (SMS, "phone_number", phone));
        let given = phone.or_else(|| self.optional("EMAIL").map(|email| (EMAIL, "email", email)));
        let (factor, attribute, address) = given.ok_or_else(|| {
            Fault::invalid_parameter("An MFA method must be set up before MFA_SETUP can be answered.")
        })?;
        if !(if factor == SMS {
            is_phone_number(address)
        } else {
            is_email(address)
        }) {
            return Err(Fault::invalid_parameter(format!("Invalid {attribute} format.")));
        }
        let address = address.to_owned();
        let user = self.user_mut(&attempt.user)?;
        user.attributes.insert(attribute.to_owned(), address);
        user.attributes
            .insert(format!("{attribute}_verified"), "false".to_owned());
        match factor {
            SMS => user.mfa.sms = true,
            _ => user.mfa.email = true,
        }
        index(self.pool, &attempt.user);
        self.ask_factor(attempt, factor)
    }

    /// Signs in with the session of ConfirmSignUp. The code of the sign-up was the proof.
    pub(super) fn right_after_sign_up(&mut self, key: &str, session: &str) -> Answer<Next> {
        let attempt = self.attempt(Some(session))?;
        if attempt.user != key || !matches!(attempt.step, Step::SignedUp) {
            return Err(Fault::not_authorized("Invalid session for the user."));
        }
        self.check_status(key)?;
        self.spend(session);
        self.complete_without_password(attempt)
    }
}

/// The session that SignUp returns.
pub(crate) fn after_sign_up(pool: &mut Pool, app: &App, key: &str, now: Moment) -> String {
    let session = format!("AYAB{}", random::token(144));
    let attempt = Attempt {
        user: key.to_owned(),
        client_id: app.id.clone(),
        expires: now.after(app.session_validity()),
        step: Step::SignedUp,
        device_key: None,
        device_proved: false,
        history: Vec::new(),
        answered: Vec::new(),
        simulated: false,
        decided: false,
        new_password: false,
        device_answered: false,
    };
    pool.attempts.insert(session.clone(), attempt);
    session
}

/// The session that ConfirmSignUp returns for SignUp's session.
pub(crate) fn confirmed(pool: &mut Pool, app: &App, session: &str, key: &str, now: Moment) -> Answer<String> {
    let attempt = pool.attempts.get(session);
    let known = attempt
        .is_some_and(|attempt| attempt.user == key && attempt.expires > now && matches!(attempt.step, Step::SignedUp));
    if !known
        || pool
            .users
            .get(key)
            .is_none_or(|user| user.status != UserStatusType::Confirmed)
    {
        return Err(Fault::not_authorized("Invalid session for the user."));
    }
    pool.attempts.remove(session);
    Ok(after_sign_up(pool, app, key, now))
}
