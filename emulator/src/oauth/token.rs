//! The token and revocation endpoints.
//!
//! Source: [the token endpoint](https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html),
//! [the revoke endpoint](https://docs.aws.amazon.com/cognito/latest/developerguide/revocation-endpoint.html).

use crate::clients::App;
use crate::fault::Fault;
use crate::http::{Fields, json, respond};
use crate::sign_in::Call;
use crate::tokens::{self, Grant};
use crate::world::World;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use cognito_idp::types::{AuthenticationResultType, OAuthFlowType};
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};
use std::collections::HashMap;

/// An OAuth error (RFC 6749, section 5.2).
fn refused(error: &str) -> HttpResponse {
    json(400, &json!({ "error": error }))
}

/// The app client of a request, which proves itself in a header or in the form.
fn client(world: &mut World, request: &HttpRequest, fields: &Fields) -> Result<App, Box<HttpResponse>> {
    let header = request
        .headers()
        .get("authorization")
        .and_then(|header| header.strip_prefix("Basic "));
    let pair = header
        .and_then(|text| STANDARD.decode(text.trim()).ok())
        .and_then(|text| String::from_utf8(text).ok());
    let pair = pair.as_deref().and_then(|pair| pair.split_once(':'));
    let (id, secret) = match pair {
        Some((id, secret)) => (Some(id), Some(secret)),
        None => (fields.get("client_id"), fields.get("client_secret")),
    };
    let (_, app) = world.state.app(id).map_err(|_| Box::new(refused("invalid_client")))?;
    app.check_secret(secret.filter(|secret| !secret.is_empty()))
        .map_err(|_| Box::new(refused("invalid_client")))?;
    Ok(app)
}

/// Exchanges a grant for tokens.
pub(super) fn token(world: &mut World, request: &HttpRequest, fields: &Fields) -> HttpResponse {
    let app = match client(world, request, fields) {
        Ok(app) => app,
        Err(response) => return *response,
    };
    let answer = match fields.get("grant_type") {
        Some("authorization_code") => code(world, app, fields),
        Some("refresh_token") => refresh(world, app, fields),
        Some("client_credentials") => credentials(world, &app, fields),
        Some(_) => Err("unsupported_grant_type"),
        None => Err("invalid_request"),
    };
    match answer {
        Ok(body) => {
            let mut response = json(200, &body);
            response.headers_mut().insert("cache-control", "no-store");
            response
        }
        Err(error) => refused(error),
    }
}

fn written(result: AuthenticationResultType) -> Value {
    let mut body = json!({
        "access_token": result.access_token,
        "expires_in": result.expires_in,
        "token_type": "Bearer",
    });
    for (name, token) in [("id_token", result.id_token), ("refresh_token", result.refresh_token)] {
        if let Some(token) = token {
            body[name] = token.into();
        }
    }
    body
}

/// Redeems a code. It is valid once, for its client, its redirect URI and its verifier.
fn code(world: &mut World, app: App, fields: &Fields) -> Result<Value, &'static str> {
    let now = world.now();
    if !app.allows_grant(&OAuthFlowType::Code) {
        return Err("unauthorized_client");
    }
    let code = fields.get("code").ok_or("invalid_request")?;
    let uri = fields.get("redirect_uri").ok_or("invalid_request")?;
    let (pool, _) = world.state.app(Some(&app.id)).map_err(|_| "invalid_client")?;
    let known = pool.authorizations.remove(code).ok_or("invalid_grant")?;
    if known.client_id != app.id || known.redirect_uri != uri || known.expires <= now {
        return Err("invalid_grant");
    }
    let verifier = fields.get("code_verifier");
    let proves = |challenge: &String| {
        let hash = verifier.map(|verifier| URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes())));
        hash.as_ref() == Some(challenge)
    };
    if known.challenge.as_ref().is_some_and(|challenge| !proves(challenge)) {
        return Err("invalid_grant");
    }
    let grant = Grant {
        user: known.user,
        scopes: known.scopes,
        device_key: None,
        nonce: known.nonce,
        source: "HostedAuth",
    };
    let metadata = metadata(fields)?;
    let result = tokens::issue(&world.around, pool, &app, grant, metadata.as_ref(), now).map_err(error_of)?;
    Ok(written(result))
}

fn refresh(world: &mut World, app: App, fields: &Fields) -> Result<Value, &'static str> {
    let now = world.now();
    let token = fields.get("refresh_token").ok_or("invalid_request")?;
    let (pool, _) = world.state.app(Some(&app.id)).map_err(|_| "invalid_client")?;
    let mut call = Call {
        metadata: metadata(fields)?,
        ..Call::new(&world.around, pool, app, now)
    };
    tokens::refresh(&mut call, token, None).map(written).map_err(error_of)
}

/// The caller's data for the pre token generation trigger: an object of texts, as JSON.
fn metadata(fields: &Fields) -> Result<Option<HashMap<String, String>>, &'static str> {
    let text = fields.get("aws_client_metadata");
    text.map(serde_json::from_str)
        .transpose()
        .map_err(|_| "invalid_request")
}

fn error_of(fault: Fault) -> &'static str {
    tracing::debug!("a grant is refused: {}", fault.message);
    "invalid_grant"
}

fn credentials(world: &mut World, app: &App, fields: &Fields) -> Result<Value, &'static str> {
    let now = world.now();
    if !app.allows_grant(&OAuthFlowType::ClientCredentials) || app.secrets.is_empty() {
        return Err("unauthorized_client");
    }
    let allowed = app.description.allowed_o_auth_scopes();
    let scopes: Vec<String> = match fields.get("scope") {
        Some(scope) => scope.split_whitespace().map(str::to_owned).collect(),
        None => allowed.to_vec(),
    };
    if scopes.iter().any(|scope| !allowed.contains(scope)) {
        return Err("invalid_scope");
    }
    let (pool, _) = world.state.app(Some(&app.id)).map_err(|_| "invalid_client")?;
    let metadata = metadata(fields)?;
    let token = tokens::issue_for_client(&world.around, pool, app, scopes, metadata.as_ref(), now).map_err(error_of)?;
    Ok(json!({
        "access_token": token,
        "expires_in": app.access_token_validity(),
        "token_type": "Bearer",
    }))
}

/// Revokes a refresh token, and the access tokens that were issued with it.
pub(super) fn revoke(world: &mut World, request: &HttpRequest, fields: &Fields) -> HttpResponse {
    // Unlike the token endpoint, this one answers 401 to a wrong client.
    let Ok(app) = client(world, request, fields) else {
        return json(401, &json!({ "error": "invalid_client" }));
    };
    let Some(token) = fields.get("token") else {
        return refused("invalid_request");
    };
    let Ok((pool, _)) = world.state.app(Some(&app.id)) else {
        return refused("invalid_client");
    };
    match tokens::revoke(pool, &app, token) {
        Ok(()) => respond(200, "application/json", String::new()),
        Err(fault) if fault.code == "UnsupportedTokenTypeException" => refused("unsupported_token_type"),
        Err(_) => refused("invalid_request"),
    }
}
