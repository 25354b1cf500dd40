//! The first factor: finds the user, and checks the password.

use super::Call;
use crate::clients::App;
use crate::clock::Moment;
use crate::fault::{Answer, Fault};
use crate::messages::{event, texts};
use crate::pools::Pool;
use crate::triggers::{PreAuthentication, UserMigration};
use crate::users::{Password, User, UserKey, claim, insert, new_user};
use crate::world::Around;
use cognito_idp::types::{ChallengeName, UserStatusType};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The number of wrong passwords without a wait.
const FREE: u32 = 5;
/// The longest wait, and after how long without an attempt wrong passwords are forgotten, in seconds.
const LONGEST: u64 = 900;

/// Wrong passwords in a row. After five, each doubles the wait. A quarter of an hour without an attempt ends that.
///
/// Source: [Lockout behavior](https://docs.aws.amazon.com/cognito/latest/developerguide/authentication.html#authentication-flow-lockout-behavior).
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub(crate) struct WrongPasswords {
    count: u32,
    until: Moment,
    /// The last attempt, also one during a wait.
    #[serde(default)]
    last: Moment,
}

/// Checks the user's password, and counts wrong ones.
fn check_plain(user: &mut User, password: &str, now: Moment) -> Answer<()> {
    let right = user.password.as_ref().is_some_and(|known| known.is(password));
    count(user, right, now)
}

fn count(user: &mut User, right: bool, now: Moment) -> Answer<()> {
    let wrong = &mut user.wrong_passwords;
    if wrong.count >= FREE && wrong.last.after(LONGEST) <= now {
        *wrong = WrongPasswords::default();
    }
    wrong.last = now;
    if wrong.until > now {
        return Err(Fault::not_authorized("Password attempts exceeded"));
    }
    if right {
        *wrong = WrongPasswords::default();
        return Ok(());
    }
    wrong.count += 1;
    if wrong.count >= FREE {
        let wait = 1_u64 << (wrong.count - FREE).min(10);
        wrong.until = now.after(wait.min(LONGEST));
    }
    Err(Fault::wrong_password())
}

impl Call<'_> {
    /// The user who signs in with this name. An unknown user may be migrated, with the password.
    pub(super) fn signing_in(&mut self, name: &str, password: Option<&str>) -> Answer<UserKey> {
        let unknown = self.pool.find(name).is_none();
        if unknown && password.is_some() {
            let who = Unknown {
                name,
                password,
                validation: self.validation.as_ref(),
                metadata: None,
            };
            migrate(self.around, self.pool, &self.app, who, self.now)?;
        }
        let found = self.pool.find(name);
        let user = found.as_ref().and_then(|key| self.pool.users.get(key));
        let username = user.map_or(name, |user| &user.username).to_owned();
        let mut event: PreAuthentication = event(
            self.pool,
            &username,
            &self.app.id,
            "PreAuthentication",
            "Authentication",
        );
        event.request.user_attributes = user.map(User::claims).unwrap_or_default();
        event.request.validation_data = texts(self.validation.as_ref());
        event.request.user_not_found = user.is_none();
        if user.is_some() || self.app.hides_users() {
            self.around.triggers.fire(&mut event)?;
        }
        let Some(key) = found else {
            return Err(if self.app.hides_users() {
                Fault::wrong_password()
            } else {
                Fault::user_not_found()
            });
        };
        if !self.user(&key)?.enabled {
            return Err(Fault::not_authorized("User is disabled."));
        }
        Ok(key)
    }

    /// Checks the user's password.
    pub(super) fn check_password(&mut self, key: &str, password: &str) -> Answer<()> {
        let now = self.now;
        let result = check_plain(self.user_mut(key)?, password, now);
        self.tell(key, ChallengeName::Password, result.is_ok());
        result
    }

    /// Refuses users who were imported without a password, and must set one first: openly, or if the app client hides
    /// which users exist, as it refuses a wrong password.
    ///
    /// Source: [Requiring imported users to reset their passwords](https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-using-import-tool-password-reset.html).
    pub(super) fn check_imported(&self, key: &str) -> Answer<()> {
        let user = self.pool.users.get(key).filter(|user| user.password.is_none());
        if user.is_some_and(|user| user.status == UserStatusType::ResetRequired) && !self.app.hides_users() {
            return self.check_status(key);
        }
        Ok(())
    }

    /// Counts the proof of a password by SRP.
    pub(super) fn count_proof(&mut self, key: &str, right: bool) -> Answer<()> {
        let now = self.now;
        let result = count(self.user_mut(key)?, right, now);
        self.tell(key, ChallengeName::Password, result.is_ok());
        result
    }

    /// Refuses users who can't sign in yet, or can no longer sign in.
    pub(super) fn check_status(&self, key: &str) -> Answer<()> {
        match self.user(key)?.status {
            UserStatusType::Unconfirmed => Err(Fault::user_not_confirmed("User is not confirmed.")),
            UserStatusType::ResetRequired => {
                Err(Fault::password_reset_required("Password reset required for the user"))
            }
            _ => Ok(()),
        }
    }
}

/// Someone whom the pool doesn't know, who signs in with a password, or wants a new one.
#[derive(Debug)]
pub(crate) struct Unknown<'a> {
    pub(crate) name: &'a str,
    pub(crate) password: Option<&'a str>,
    pub(crate) validation: Option<&'a HashMap<String, String>>,
    pub(crate) metadata: Option<&'a HashMap<String, String>>,
}

/// Asks the migration trigger for a user whom the pool doesn't know, and adds the user that it returns.
///
/// Source: [User migration trigger](https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-migrate-user.html).
pub(crate) fn migrate(around: &Around, pool: &mut Pool, app: &App, who: Unknown<'_>, now: Moment) -> Answer<()> {
    let Unknown { name, password, .. } = who;
    let reason = if password.is_some() {
        "Authentication"
    } else {
        "ForgotPassword"
    };
    let mut event: UserMigration = event(pool, name, &app.id, "UserMigration", reason);
    event.request.password = password.map(str::to_owned);
    event.request.validation_data = texts(who.validation);
    event.request.client_metadata = texts(who.metadata);
    around.triggers.fire(&mut event)?;
    let response = event.response;
    let Some(attributes) = response.user_attributes else {
        return Ok(());
    };
    let username = if pool.has_generated_usernames() {
        String::new()
    } else {
        name.to_owned()
    };
    let mut user = new_user(username, attributes, now);
    user.status = match response.final_user_status.as_deref() {
        Some("RESET_REQUIRED") => UserStatusType::ResetRequired,
        _ => UserStatusType::Confirmed,
    };
    user.password = password.map(|plain| Password::new(pool.short_name(), &user.username, plain));
    user.mfa.sms = response.enable_sms_mfa;
    let key = pool.key(&user.username);
    claim(pool, &key, &user, response.force_alias_creation).map_err(refusal)?;
    insert(pool, user);
    Ok(())
}

/// An address that another user has keeps the user from being migrated. The sign-in's pages list no error for it, so it
/// is that of a trigger whose answer can't be used.
fn refusal(fault: Fault) -> Fault {
    Fault::invalid_lambda_response(fault.message)
}
