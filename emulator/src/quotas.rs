//! How many resources there may be.
//!
//! Source: [Quotas](https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html), under the quotas on resources.
//! They are those that an account has before it asks for more.

use crate::fault::{Answer, Fault};

pub(crate) const POOLS: usize = 1000;
/// In a user pool.
pub(crate) const CLIENTS: usize = 1000;
/// In a user pool.
pub(crate) const GROUPS: usize = 10_000;
/// In a user pool.
pub(crate) const PROVIDERS: usize = 300;
/// In a user pool.
pub(crate) const RESOURCE_SERVERS: usize = 25;
/// In a user pool.
pub(crate) const IMPORTS: usize = 1000;
/// In a user pool.
pub(crate) const BRANDING: usize = 20;
/// In a user pool.
pub(crate) const TERMS: usize = 40;
/// In an account.
pub(crate) const IDENTITY_POOLS: usize = 1000;
/// In an account.
pub(crate) const CUSTOM_DOMAINS: usize = 4;
/// User pools as providers of an identity pool.
pub(crate) const USER_POOLS_OF_IDENTITY_POOL: usize = 50;

/// Refuses one more than `quota` where `count` are there.
pub(crate) fn room(count: usize, quota: usize, what: &str) -> Answer<()> {
    if count < quota {
        Ok(())
    } else {
        Err(Fault::limit_exceeded(format!("There may be at most {quota} {what}.")))
    }
}
