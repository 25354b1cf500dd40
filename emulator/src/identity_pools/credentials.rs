//! Credentials and OpenID tokens for an identity. The credentials don't give access to anything.

use super::IdentityPool;
use super::identities::with_logins;
use super::roles::role;
use crate::clock::Moment;
use crate::fault::{Answer, Fault};
use crate::random;
use crate::tokens::SigningKeys;
use crate::world::World;
use cognito_identity::operation::get_credentials_for_identity::{
    GetCredentialsForIdentityInput, GetCredentialsForIdentityOutput,
};
use cognito_identity::operation::get_open_id_token::{GetOpenIdTokenInput, GetOpenIdTokenOutput};
use cognito_identity::types::Credentials;
use serde_json::{Value, json};
use std::sync::LazyLock;

/// How long credentials are valid, in seconds.
const CREDENTIALS: u64 = 3600;
/// How long a token of the classic flow is valid, in seconds.
const TOKEN: u64 = 600;

/// The keys of all identity pools: the last ones, which no user pool before the thousandth gets.
static KEYS: LazyLock<SigningKeys> = LazyLock::new(|| SigningKeys::nth(1007));

/// The keys with which tokens of identity pools are verified.
pub(crate) fn key_set() -> Value {
    json!({ "keys": [KEYS.id().public()] })
}

/// <https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetCredentialsForIdentity.html>
pub(crate) fn get_credentials_for_identity(
    world: &mut World,
    input: GetCredentialsForIdentityInput,
) -> Answer<GetCredentialsForIdentityOutput> {
    let now = world.now();
    let (pool, id, logins) = with_logins(&mut world.state, input.identity_id(), input.logins(), now)?;
    let role = role(pool, &logins, input.custom_role_arn())?;
    tracing::debug!(role, id, "credentials are given");
    let (key, session) = (random::access_key(), random::token(256));
    let credentials = Credentials::builder()
        .access_key_id(&key)
        .secret_key(random::token(30))
        .session_token(&session)
        .expiration(now.after(CREDENTIALS).date())
        .build();
    world.state.credentials.insert(key, session);
    Ok(GetCredentialsForIdentityOutput::builder()
        .identity_id(id)
        .credentials(credentials)
        .build())
}

/// <https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetOpenIdToken.html>
pub(crate) fn get_open_id_token(world: &mut World, input: GetOpenIdTokenInput) -> Answer<GetOpenIdTokenOutput> {
    let now = world.now();
    let (pool, id, logins) = with_logins(&mut world.state, input.identity_id(), input.logins(), now)?;
    if pool.settings.allow_classic_flow != Some(true) {
        return Err(Fault::invalid_parameter(
            "Basic (classic) flow is not enabled, please use enhanced flow.",
        ));
    }
    let providers: Vec<String> = logins.iter().map(|login| login.provider.clone()).collect();
    Ok(GetOpenIdTokenOutput::builder()
        .token(token(pool, &id, &providers, now, TOKEN))
        .identity_id(id)
        .build())
}

/// A token that says who someone is.
pub(super) fn token(pool: &IdentityPool, id: &str, providers: &[String], now: Moment, validity: u64) -> String {
    let kind = if providers.is_empty() {
        "unauthenticated"
    } else {
        "authenticated"
    };
    let amr: Vec<&str> = std::iter::once(kind)
        .chain(providers.iter().map(String::as_str))
        .collect();
    KEYS.id().sign(&json!({
        "sub": id,
        "aud": pool.id,
        "amr": amr,
        "iss": "https://cognito-identity.amazonaws.com",
        "iat": now.seconds(),
        "exp": now.seconds() + validity,
    }))
}
