//! Which part of the emulator answers a request.

use super::Logged;
use crate::cognito::Cognito;
use crate::random;
use crate::tokens;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use serde_json::{Value, json};

/// Answers a request, whose body is in memory.
pub(super) async fn route(cognito: &Cognito, request: &HttpRequest) -> HttpResponse {
    let id = random::uuid();
    let target = request.headers().get("x-amz-target");
    let response = match target {
        Some(target) if target.starts_with("AWSCognitoIdentityService.") => {
            cognito_identity::server::respond(cognito, request, &id).await
        }
        Some(_) => cognito_idp::server::respond(cognito, request, &id).await,
        None => page(cognito, request),
    };
    let path = request.uri().split('?').next().unwrap_or_default();
    let what = match target.and_then(|target| target.rsplit_once('.')) {
        Some((_, operation)) => operation.to_owned(),
        None => format!("{} {path}", request.method()),
    };
    let error = response.headers().get("x-amzn-errortype").map(str::to_owned);
    tracing::info!(what, status = response.status().as_u16(), error, request_id = id);
    cognito.inner.log.push(Logged {
        what,
        status: response.status().as_u16(),
        error,
        request_id: id,
        time: cognito.clock().now(),
    });
    response
}

/// Everything that isn't an operation.
fn page(cognito: &Cognito, request: &HttpRequest) -> HttpResponse {
    let uri = request.uri();
    // In the process, the URI has scheme and host.
    let path = match uri.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |at| &rest[at..]),
        None => uri,
    };
    let path = path.split('?').next().unwrap_or_default();
    match (request.method(), path) {
        ("GET", "/health") => json(200, &json!({ "status": "ok" })),
        ("POST", "/reset") => {
            cognito.reset();
            json(200, &json!({ "status": "ok" }))
        }
        ("GET", _) if path.contains("/.well-known/") => well_known(cognito, path),
        _ => json(404, &json!({ "message": "Not found." })),
    }
}

/// The keys of a pool, and where its endpoints are.
fn well_known(cognito: &Cognito, path: &str) -> HttpResponse {
    let world = cognito.world();
    let (pool, document) = path
        .trim_start_matches('/')
        .split_once("/.well-known/")
        .unwrap_or_default();
    let Some(pool) = world.state.pools.get(pool) else {
        return json(400, &json!({ "message": format!("User pool {pool} does not exist.") }));
    };
    match document {
        "jwks.json" => json(200, &tokens::key_set(pool)),
        "openid-configuration" => {
            let issuer = tokens::issuer(&world.around.settings, pool);
            let (prefix, custom) = pool.stored.domain_names();
            let domain = custom
                .or_else(|| prefix.map(|prefix| format!("{prefix}.auth.{}.amazoncognito.com", pool.region())))
                .map(|domain| format!("https://{domain}"));
            let domain = world.around.settings.issuer.clone().or(domain).unwrap_or_default();
            json(
                200,
                &json!({
                    "authorization_endpoint": format!("{domain}/oauth2/authorize"),
                    "end_session_endpoint": format!("{domain}/logout"),
                    "id_token_signing_alg_values_supported": ["RS256"],
                    "issuer": issuer,
                    "jwks_uri": format!("{issuer}/.well-known/jwks.json"),
                    "response_types_supported": ["code", "token"],
                    "revocation_endpoint": format!("{domain}/oauth2/revoke"),
                    "scopes_supported": ["openid", "email", "phone", "profile"],
                    "subject_types_supported": ["public"],
                    "token_endpoint": format!("{domain}/oauth2/token"),
                    "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
                    "userinfo_endpoint": format!("{domain}/oauth2/userInfo"),
                }),
            )
        }
        _ => json(404, &json!({ "message": "Not found." })),
    }
}

pub(crate) fn json(status: u16, body: &Value) -> HttpResponse {
    respond(status, "application/json", body.to_string())
}

pub(crate) fn respond(status: u16, content_type: &'static str, body: String) -> HttpResponse {
    let status = StatusCode::try_from(status).expect("the emulator's statuses are HTTP's");
    let length = body.len().to_string();
    let mut response = HttpResponse::new(status, SdkBody::from(body));
    response.headers_mut().insert("content-type", content_type);
    response.headers_mut().insert("content-length", length);
    response
}
