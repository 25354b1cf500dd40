//! The password policy.
//!
//! Source: [Password policies](https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html).

use super::Pool;
use crate::fault::{Answer, Fault};
use crate::users::{Password, User};

/// The characters that count as symbols. A space counts only inside a password.
const SYMBOLS: &str = "^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+-";

/// Whether the pool's policy allows `password`.
pub(crate) fn check_password(pool: &Pool, password: &str) -> Answer<()> {
    let policies = pool.description.policies();
    let Some(policy) = policies.and_then(|policies| policies.password_policy()) else {
        return Ok(());
    };
    let refused = |why: &str| {
        Err(Fault::invalid_password(format!(
            "Password did not conform with policy: {why}"
        )))
    };
    let least = usize::try_from(policy.minimum_length.unwrap_or(8)).unwrap_or(8);
    let has = |of: fn(char) -> bool| password.chars().any(of);
    if password.chars().count() < least {
        return refused("Password not long enough");
    }
    if policy.require_uppercase && !has(|c| c.is_ascii_uppercase()) {
        return refused("Password must have uppercase characters");
    }
    if policy.require_lowercase && !has(|c| c.is_ascii_lowercase()) {
        return refused("Password must have lowercase characters");
    }
    if policy.require_numbers && !has(|c| c.is_ascii_digit()) {
        return refused("Password must have numeric characters");
    }
    if policy.require_symbols && !has(|c| SYMBOLS.contains(c)) && !password.trim().contains(' ') {
        return refused("Password must have symbol characters");
    }
    if password.starts_with(' ') || password.ends_with(' ') {
        return Err(Fault::invalid_parameter(
            "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must satisfy \
             regular expression pattern: ^[\\S]+.*[\\S]+$",
        ));
    }
    Ok(())
}

/// Gives `user` a new password, unless it is in the user's password history.
pub(crate) fn remember_password(user: &mut User, size: Option<i32>, password: Password, plain: &str) -> Answer<()> {
    let size = usize::try_from(size.unwrap_or(0)).unwrap_or(0);
    let known = user
        .password
        .iter()
        .chain(user.history.iter().rev().take(size.saturating_sub(1)));
    if size > 0 && known.into_iter().any(|old| old.is(plain)) {
        return Err(Fault::password_history("Password has previously been used"));
    }
    let old = user.password.replace(password);
    user.history.extend(old);
    let excess = user.history.len().saturating_sub(24);
    user.history.drain(..excess);
    Ok(())
}
