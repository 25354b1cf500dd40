//! Which part of the emulator answers a request.

use super::{Fields, Logged};
use crate::cognito::Cognito;
use crate::identity_pools;
use crate::oauth;
use crate::outage::{Broken, Outage};
use crate::outbox::Medium;
use crate::random;
use crate::tokens;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use serde_json::{Value, json};
use std::time::Duration;

/// Answers a request whose body is in memory, unless the test breaks its connection.
pub(super) async fn route(cognito: &Cognito, request: &HttpRequest) -> Result<HttpResponse, Broken> {
    let id = random::uuid();
    let target = request.headers().get("x-amz-target");
    let path = target_of(request.uri()).split('?').next().unwrap_or_default();
    let what = match target.and_then(|target| target.rsplit_once('.')) {
        Some((_, operation)) => operation.to_owned(),
        None => format!("{} {path}", request.method()),
    };
    let outage = cognito.inner.outages.of(&what);
    let instead = match outage {
        Some(outage) => outage.answer(&id, target.is_some())?,
        None => None,
    };
    let response = match instead {
        Some(response) => response,
        None => answer(cognito, request, target, &id).await,
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
    match outage {
        Some(Outage::AnswerLost) => Err(Broken),
        _ => Ok(response),
    }
}

/// Cognito's own answer.
async fn answer(cognito: &Cognito, request: &HttpRequest, target: Option<&str>, id: &str) -> HttpResponse {
    match target {
        Some(_) if !knows_credentials(cognito, request) => unrecognized(id),
        Some(target) if target.starts_with("AWSCognitoIdentityService.") => {
            cognito_identity::server::respond(cognito, request, id).await
        }
        Some(_) => cognito_idp::server::respond(cognito, request, id).await,
        None => page(cognito, request),
    }
}

/// Whether the request's credentials are acceptable. Temporary credentials of an identity pool must have been issued;
/// any others are accepted, because signatures aren't checked.
fn knows_credentials(cognito: &Cognito, request: &HttpRequest) -> bool {
    let headers = request.headers();
    let authorization = headers.get("authorization").unwrap_or_default();
    let key = authorization
        .split_once("Credential=")
        .and_then(|(_, rest)| rest.split('/').next());
    match (key, headers.get("x-amz-security-token")) {
        (Some(key), Some(token)) if key.starts_with("ASIA") => {
            let world = cognito.world();
            world.state.credentials.get(key).is_some_and(|known| known == token)
        }
        _ => true,
    }
}

fn unrecognized(request_id: &str) -> HttpResponse {
    const CODE: &str = "UnrecognizedClientException";
    let body = json!({ "__type": CODE, "message": "The security token included in the request is invalid." });
    let mut response = json(400, &body);
    response.headers_mut().insert("x-amzn-errortype", CODE);
    response.headers_mut().insert("x-amzn-requestid", request_id.to_owned());
    response
}

/// Path and query of a URI. In the process, the URI also has scheme and host.
fn target_of(uri: &str) -> &str {
    match uri.split_once("://") {
        Some((_, rest)) if !uri.starts_with('/') => rest.find('/').map_or("/", |at| &rest[at..]),
        _ => uri,
    }
}

/// Everything that isn't an operation.
fn page(cognito: &Cognito, request: &HttpRequest) -> HttpResponse {
    let target = target_of(request.uri());
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let query = Fields::parse(query.as_bytes());
    if let Some(response) = oauth::answer(&mut cognito.world(), path, &query, request) {
        return response;
    }
    match (request.method(), path) {
        ("GET", "/") => respond(200, "text/html; charset=utf-8", super::page::page(cognito)),
        ("GET", "/health") => json(200, &json!({ "status": "ok" })),
        ("POST", "/reset") => {
            cognito.reset();
            json(200, &json!({ "status": "ok" }))
        }
        ("POST", "/clock") => advance(cognito, &Fields::parse(request.body().bytes().unwrap_or_default())),
        ("GET", "/outbox") => outbox(cognito, query.get("recipient")),
        ("PUT", _) if path.starts_with("/imports/") => upload(cognito, path, request),
        ("GET", "/.well-known/jwks_uri") => json(200, &identity_pools::key_set()),
        ("GET", _) if path.contains("/.well-known/") => well_known(cognito, path),
        _ => json(404, &json!({ "message": "Not found." })),
    }
}

/// Moves the clock, for programs that use the emulator over HTTP.
fn advance(cognito: &Cognito, fields: &Fields) -> HttpResponse {
    match fields.get("advance").and_then(|seconds| seconds.parse().ok()) {
        Some(seconds) => {
            cognito.clock().advance(Duration::from_secs(seconds));
            json(200, &json!({ "now": cognito.clock().moment().seconds() }))
        }
        None => json(
            400,
            &json!({ "message": "Send `advance`, a number of seconds, as a form." }),
        ),
    }
}

/// The messages to `recipient`, or all messages, for programs that use the emulator over HTTP.
fn outbox(cognito: &Cognito, recipient: Option<&str>) -> HttpResponse {
    let messages = cognito.outbox().all().into_iter();
    let wanted = messages.filter(|message| {
        recipient.is_none_or(|recipient| message.username == recipient || message.destination == recipient)
    });
    let list: Vec<Value> = wanted
        .map(|message| {
            json!({
                "userPoolId": message.user_pool_id,
                "username": message.username,
                "destination": message.destination,
                "medium": if message.medium == Medium::Email { "EMAIL" } else { "SMS" },
                "reason": message.reason,
                "code": message.code,
                "subject": message.subject,
                "text": message.text,
            })
        })
        .collect();
    json(200, &Value::Array(list))
}

/// Accepts the file of an import job.
fn upload(cognito: &Cognito, path: &str, request: &HttpRequest) -> HttpResponse {
    let mut world = cognito.world();
    let mut parts = path.trim_start_matches("/imports/").split('/');
    let (pool, job) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let pool = world.state.pools.get_mut(pool);
    let import = pool.and_then(|pool| pool.stored.imports.get_mut(job));
    let text = request.body().bytes().and_then(|bytes| std::str::from_utf8(bytes).ok());
    match (import, text) {
        (Some(import), Some(text)) => {
            import.file = Some(text.to_owned());
            json(200, &json!({}))
        }
        (None, _) => json(404, &json!({ "message": "Not found." })),
        (_, None) => json(400, &json!({ "message": "The file isn't UTF-8." })),
    }
}

/// The keys of a pool, and the URLs of its endpoints.
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
