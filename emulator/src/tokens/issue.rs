//! Making tokens.

use super::{Session, claims};
use crate::clients::App;
use crate::clock::Moment;
use crate::fault::{Answer, Fault};
use crate::groups;
use crate::messages::{event, texts};
use crate::pools::Pool;
use crate::random;
use crate::triggers::{GroupConfiguration, PreTokenGeneration, TokenOverride};
use crate::users::{User, UserKey};
use crate::world::Around;
use cognito_idp::types::{AuthenticationResultType, PreTokenGenerationLambdaVersionType};
use serde_json::{Value, json};
use std::collections::HashMap;

/// The rights that a sign-in has obtained.
#[derive(Debug)]
pub(crate) struct Grant {
    pub(crate) user: UserKey,
    pub(crate) scopes: Vec<String>,
    pub(crate) device_key: Option<String>,
    pub(crate) nonce: Option<String>,
    /// The reason for new tokens, with the pre token generation trigger's name for it.
    pub(crate) source: &'static str,
}

/// Starts a session, and makes its tokens.
pub(crate) fn issue(
    around: &Around,
    pool: &mut Pool,
    app: &App,
    grant: Grant,
    metadata: Option<&HashMap<String, String>>,
    now: Moment,
) -> Answer<AuthenticationResultType> {
    let token = refresh_token();
    let session = Session {
        event: random::uuid(),
        id: random::session_id(),
        origin: random::uuid(),
        user: grant.user,
        client_id: app.id.clone(),
        created: now,
        active: now,
        expires: now.after(app.refresh_token_validity()),
        device_key: grant.device_key,
        scopes: grant.scopes,
        nonce: grant.nonce,
        refresh_token: token.clone(),
        rotated: Vec::new(),
    };
    let mut result = tokens(around, pool, app, &session, grant.source, metadata, now)?;
    result.refresh_token = Some(token.clone());
    pool.refresh_tokens.insert(token, session.event.clone());
    pool.sessions.insert(session.event.clone(), session);
    Ok(result)
}

/// A refresh token. Only the emulator can read it, just as only Cognito can read Cognito's.
pub(super) fn refresh_token() -> String {
    random::token(384)
}

/// The ID token and the access token of a session.
pub(super) fn tokens(
    around: &Around,
    pool: &Pool,
    app: &App,
    session: &Session,
    source: &str,
    metadata: Option<&HashMap<String, String>>,
    now: Moment,
) -> Answer<AuthenticationResultType> {
    let user = pool.users.get(&session.user).ok_or_else(Fault::user_not_found)?;
    let mut change = pre_token_generation(around, pool, app, user, session, source, metadata)?;
    let settings = &around.settings;
    let groups = change
        .groups
        .take()
        .unwrap_or_else(|| groups::configuration(pool, user));
    let id = claims::id(settings, pool, app, user, session, &groups, &change.id, now);
    let access = claims::access(settings, pool, app, user, session, &groups, &change.access, now);
    let expires = i32::try_from(app.access_token_validity()).unwrap_or(i32::MAX);
    // Managed login gives an ID token for `openid` alone.
    let has_id = session
        .scopes
        .iter()
        .any(|scope| scope == "openid" || scope == super::API_SCOPE);
    Ok(AuthenticationResultType::builder()
        .access_token(pool.keys.access().sign(&access))
        .set_id_token(has_id.then(|| pool.keys.id().sign(&id)))
        .expires_in(expires)
        .token_type("Bearer")
        .build())
}

/// The trigger's changes.
#[derive(Default)]
struct Change {
    id: TokenOverride,
    access: TokenOverride,
    groups: Option<GroupConfiguration>,
}

fn pre_token_generation(
    around: &Around,
    pool: &Pool,
    app: &App,
    user: &User,
    session: &Session,
    source: &str,
    metadata: Option<&HashMap<String, String>>,
) -> Answer<Change> {
    if !around.triggers.has::<PreTokenGeneration>() {
        return Ok(Change::default());
    }
    let version = version(pool);
    let mut event: PreTokenGeneration = event(pool, &user.username, &app.id, "TokenGeneration", source);
    event.version = version.to_owned();
    event.request.user_attributes = user.claims();
    event.request.group_configuration = groups::configuration(pool, user);
    if version != BASIC {
        event.request.scopes = session.scopes.clone();
    }
    event.request.client_metadata = texts(metadata);
    around.triggers.fire(&mut event)?;
    let mut change = Change::default();
    if let Some(first) = event.response.claims_override_details {
        let add = first.claims_to_add_or_override.into_iter();
        change.id.claims_to_add_or_override = add.map(|(name, value)| (name, Value::String(value))).collect();
        change.id.claims_to_suppress = first.claims_to_suppress;
        change.groups = first.group_override_details;
    }
    if let Some(second) = event
        .response
        .claims_and_scope_override_details
        .filter(|_| version != BASIC)
    {
        change.id = second.id_token_generation.unwrap_or(change.id);
        change.access = second.access_token_generation.unwrap_or_default();
        change.groups = second.group_override_details.or(change.groups);
    }
    Ok(change)
}

/// The version of events that customize ID tokens alone.
const BASIC: &str = "1";
/// The version of events that machines' tokens have, too.
const MACHINES: &str = "3";

/// The version of the trigger's events, from the pool's settings. A pool without such settings has version 2, so that a
/// closure can change both tokens.
///
/// Source: [Event versions](https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html#user-pool-lambda-pre-token-generation-event-versions).
fn version(pool: &Pool) -> &'static str {
    let lambda = pool.description.lambda_config();
    let configuration = lambda.and_then(|lambda| lambda.pre_token_generation_config());
    match configuration.map(|configuration| &configuration.lambda_version) {
        Some(PreTokenGenerationLambdaVersionType::V10) => BASIC,
        Some(PreTokenGenerationLambdaVersionType::V30) => MACHINES,
        _ => "2",
    }
}

/// The access token of an app client for itself. The trigger may change it, if the pool sends it events of version 3.
pub(crate) fn issue_for_client(
    around: &Around,
    pool: &Pool,
    app: &App,
    scopes: Vec<String>,
    metadata: Option<&HashMap<String, String>>,
    now: Moment,
) -> Answer<String> {
    let mut change = TokenOverride::default();
    if version(pool) == MACHINES {
        let mut event: PreTokenGeneration = event(pool, &app.id, &app.id, "TokenGeneration", "ClientCredentials");
        event.version = MACHINES.to_owned();
        event.request.scopes = scopes.clone();
        event.request.client_metadata = texts(metadata);
        around.triggers.fire(&mut event)?;
        let details = event.response.claims_and_scope_override_details;
        change = details
            .and_then(|details| details.access_token_generation)
            .unwrap_or_default();
    }
    let mut claims = json!({
        "sub": app.id,
        "token_use": "access",
        "scope": claims::scope(&scopes, &change),
        "auth_time": now.seconds(),
        "iss": claims::issuer(&around.settings, pool),
        "exp": now.seconds() + app.access_token_validity(),
        "iat": now.seconds(),
        "version": 2,
        "jti": random::uuid(),
        "client_id": app.id,
    });
    if let Value::Object(claims) = &mut claims {
        claims::apply(claims, &change);
    }
    Ok(pool.keys.access().sign(&claims))
}
