//! The claims of tokens.
//!
//! Source: [the ID token](https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html)
//! and [the access token](https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html).

use super::Session;
use crate::clients::App;
use crate::clock::Moment;
use crate::pools::Pool;
use crate::random;
use crate::triggers::{GroupConfiguration, TokenOverride};
use crate::users::{User, is_verification};
use crate::world::Settings;
use cognito_idp::types::IssuerType;
use serde_json::{Map, Value, json};

/// The issuer of a pool's tokens: one of Cognito's forms, or the emulator itself.
pub(crate) fn issuer(settings: &Settings, pool: &Pool) -> String {
    if let Some(own) = &settings.issuer {
        return format!("{own}/{}", pool.id);
    }
    let configuration = pool.description.issuer_configuration();
    let updated = configuration.is_some_and(|configuration| configuration.r#type == Some(IssuerType::Updated));
    let host = if updated { "issuer-cognito-idp" } else { "cognito-idp" };
    format!("https://{host}.{}.amazonaws.com/{}", pool.region(), pool.id)
}

/// `jwks.json`.
pub(crate) fn key_set(pool: &Pool) -> Value {
    json!({ "keys": [pool.keys.id().public(), pool.keys.access().public()] })
}

/// The claims of both tokens of a sign-in.
fn common(
    settings: &Settings,
    pool: &Pool,
    app: &App,
    user: &User,
    session: &Session,
    now: Moment,
) -> Map<String, Value> {
    let mut claims = Map::new();
    claims.insert("sub".to_owned(), user.sub().into());
    claims.insert("iss".to_owned(), issuer(settings, pool).into());
    if app.revokes() {
        claims.insert("origin_jti".to_owned(), session.origin.clone().into());
    }
    claims.insert("event_id".to_owned(), session.event.clone().into());
    claims.insert("auth_time".to_owned(), session.created.seconds().into());
    claims.insert("iat".to_owned(), now.seconds().into());
    claims.insert("jti".to_owned(), random::uuid().into());
    claims
}

/// The ID token's claims, after `change`.
#[expect(
    clippy::too_many_arguments,
    reason = "each is a thing of its own that tokens are made of"
)]
pub(super) fn id(
    settings: &Settings,
    pool: &Pool,
    app: &App,
    user: &User,
    session: &Session,
    groups: &GroupConfiguration,
    change: &TokenOverride,
    now: Moment,
) -> Value {
    let mut claims = common(settings, pool, app, user, session, now);
    for (name, value) in user.attributes.iter().filter(|(name, _)| app.may_read(name)) {
        if scoped(session, name) {
            claims.insert(name.clone(), attribute(name, value));
        }
    }
    claims.insert("cognito:username".to_owned(), user.username.clone().into());
    claims.insert("aud".to_owned(), app.id.clone().into());
    claims.insert("token_use".to_owned(), "id".into());
    claims.insert("exp".to_owned(), (now.seconds() + app.id_token_validity()).into());
    if !groups.groups_to_override.is_empty() {
        claims.insert("cognito:groups".to_owned(), groups.groups_to_override.clone().into());
    }
    if !groups.iam_roles_to_override.is_empty() {
        claims.insert("cognito:roles".to_owned(), groups.iam_roles_to_override.clone().into());
    }
    if let Some(role) = &groups.preferred_role {
        claims.insert("cognito:preferred_role".to_owned(), role.clone().into());
    }
    if let Some(nonce) = &session.nonce {
        claims.insert("nonce".to_owned(), nonce.clone().into());
    }
    apply(&mut claims, change);
    Value::Object(claims)
}

/// Whether the scopes of managed login allow this attribute in the ID token. Tokens of the API have all attributes.
fn scoped(session: &Session, name: &str) -> bool {
    let has = |scope: &str| session.scopes.iter().any(|known| known == scope);
    if !has("openid") || has(super::API_SCOPE) || has("profile") || name == "sub" {
        return true;
    }
    match name {
        "email" | "email_verified" => has("email"),
        "phone_number" | "phone_number_verified" => has("phone"),
        _ => false,
    }
}

/// An attribute as a claim. Some claims aren't text.
pub(crate) fn attribute(name: &str, value: &str) -> Value {
    match name {
        name if is_verification(name) => Value::Bool(value.eq_ignore_ascii_case("true")),
        "identities" => identities(value).unwrap_or_else(|| value.into()),
        "address" => serde_json::from_str(value).unwrap_or_else(|_| value.into()),
        "updated_at" => value.parse::<u64>().map_or_else(|_| value.into(), Value::from),
        _ => value.into(),
    }
}

/// The attribute `identities` as a claim: a list, in which truth values and numbers are text.
fn identities(value: &str) -> Option<Value> {
    let mut list: Vec<Map<String, Value>> = serde_json::from_str(value).ok()?;
    for member in list.iter_mut().flat_map(Map::values_mut) {
        if member.is_boolean() || member.is_number() {
            *member = member.to_string().into();
        }
    }
    Some(list.into_iter().map(Value::Object).collect())
}

/// The access token's claims, after `change`.
#[expect(
    clippy::too_many_arguments,
    reason = "each is a thing of its own that tokens are made of"
)]
pub(super) fn access(
    settings: &Settings,
    pool: &Pool,
    app: &App,
    user: &User,
    session: &Session,
    groups: &GroupConfiguration,
    change: &TokenOverride,
    now: Moment,
) -> Value {
    let mut claims = common(settings, pool, app, user, session, now);
    claims.insert("client_id".to_owned(), app.id.clone().into());
    claims.insert("token_use".to_owned(), "access".into());
    claims.insert("username".to_owned(), user.username.clone().into());
    claims.insert("version".to_owned(), 2.into());
    claims.insert("exp".to_owned(), (now.seconds() + app.access_token_validity()).into());
    if !groups.groups_to_override.is_empty() {
        claims.insert("cognito:groups".to_owned(), groups.groups_to_override.clone().into());
    }
    if let Some(device) = &session.device_key {
        claims.insert("device_key".to_owned(), device.clone().into());
    }
    claims.insert("scope".to_owned(), scope(&session.scopes, change).into());
    apply(&mut claims, change);
    Value::Object(claims)
}

/// The claim `scope`, after the trigger's changes.
pub(super) fn scope(scopes: &[String], change: &TokenOverride) -> String {
    let kept = scopes.iter().filter(|scope| !change.scopes_to_suppress.contains(scope));
    let scopes: Vec<&str> = kept.chain(&change.scopes_to_add).map(String::as_str).collect();
    scopes.join(" ")
}

/// The claims that a trigger can't change.
///
/// Source: [Pre token generation trigger](https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html#user-pool-lambda-pre-token-generation-exclusions).
const FIXED: [&str; 23] = [
    "acr",
    "amr",
    "at_hash",
    "aud",
    "auth_time",
    "azp",
    "client_id",
    "cognito:username",
    "device_key",
    "event_id",
    "exp",
    "iat",
    "identities",
    "iss",
    "jti",
    "nbf",
    "nonce",
    "origin_jti",
    "scope",
    "sub",
    "token_use",
    "username",
    "version",
];

/// Makes the trigger's changes. A claim that is both added and suppressed is suppressed.
pub(super) fn apply(claims: &mut Map<String, Value>, change: &TokenOverride) {
    for (name, value) in &change.claims_to_add_or_override {
        if !FIXED.contains(&name.as_str()) {
            claims.insert(name.clone(), value.clone());
        }
    }
    for name in &change.claims_to_suppress {
        if !FIXED.contains(&name.as_str()) {
            claims.remove(name);
        }
    }
}
