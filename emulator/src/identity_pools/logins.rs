//! Tokens of identity providers that an identity pool gets.

use super::IdentityPool;
use crate::clock::Moment;
use crate::fault::{Answer, Fault};
use crate::pools::Pool;
use crate::tokens::read_unverified;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

/// A login that the pool trusts.
#[derive(Debug)]
pub(super) struct Login {
    pub(super) provider: String,
    /// The user at the provider.
    pub(super) subject: String,
    pub(super) claims: Value,
}

/// The logins of a request, each checked.
pub(super) fn check(
    pools: &BTreeMap<String, Pool>,
    pool: &IdentityPool,
    logins: Option<&HashMap<String, String>>,
    now: Moment,
) -> Answer<Vec<Login>> {
    logins
        .into_iter()
        .flatten()
        .map(|(provider, token)| check_one(pools, pool, provider, token, now))
        .collect()
}

fn check_one(
    pools: &BTreeMap<String, Pool>,
    pool: &IdentityPool,
    provider: &str,
    token: &str,
    now: Moment,
) -> Answer<Login> {
    let claims = read_unverified(token).map(|(_, claims)| claims).unwrap_or_default();
    let login = |subject: &str, claims: &Value| Login {
        provider: provider.to_owned(),
        subject: subject.to_owned(),
        claims: claims.clone(),
    };
    let user_pool = provider
        .strip_prefix("cognito-idp.")
        .and_then(|rest| rest.rsplit_once(".amazonaws.com/"));
    if let Some((_, user_pool)) = user_pool {
        let invalid = |why: &str| Fault::not_authorized(format!("Invalid login token. {why}"));
        let known = pools
            .get(user_pool)
            .ok_or_else(|| invalid("Not a valid OpenId Connect identity token."))?;
        if claims["token_use"] != "id" || !known.keys.id().verifies(token) {
            return Err(invalid("Not a valid OpenId Connect identity token."));
        }
        if claims["exp"].as_u64().unwrap_or(0) <= now.seconds() {
            return Err(invalid("Token expired."));
        }
        let trusted =
            pool.settings.cognito_identity_providers().iter().any(|trusted| {
                trusted.provider_name() == Some(provider) && trusted.client_id() == claims["aud"].as_str()
            });
        if !trusted {
            return Err(Fault::not_authorized(
                "Token is not from a supported provider of this identity pool.",
            ));
        }
        return Ok(login(claims["sub"].as_str().unwrap_or_default(), &claims));
    }
    if !trusts(pool, provider) {
        return Err(Fault::not_authorized(
            "Token is not from a supported provider of this identity pool.",
        ));
    }
    Ok(login(claims["sub"].as_str().unwrap_or(token), &claims))
}

/// Whether a provider other than a user pool is among the pool's.
fn trusts(pool: &IdentityPool, provider: &str) -> bool {
    let settings = &pool.settings;
    let social = settings
        .supported_login_providers()
        .is_some_and(|known| known.contains_key(provider));
    let mut arns = settings
        .open_id_connect_provider_arns()
        .iter()
        .chain(settings.saml_provider_arns());
    social
        || arns.any(|arn| {
            arn == provider
                || arn
                    .rsplit_once("oidc-provider/")
                    .is_some_and(|(_, name)| name == provider)
        })
}
