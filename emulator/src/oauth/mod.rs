//! Managed login: the OAuth 2.0 endpoints of a domain, and a login form without scripts.
//!
//! The endpoints have the paths of Cognito's domains, and answer under every host: the app client determines the pool.
//! There is no single sign-on, so each authorization asks for the password again.
//!
//! Source: [User pool endpoints and managed login reference](https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-userpools-server-contract-reference.html).

mod authorize;
mod form;
mod login;
mod token;
mod user_info;

pub(crate) use form::escape;

use crate::clock::Moment;
use crate::http::{Fields, respond};
use crate::world::World;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};

/// A code of the authorize endpoint, until it is exchanged.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Authorization {
    pub(crate) user: String,
    pub(crate) client_id: String,
    pub(crate) redirect_uri: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) nonce: Option<String>,
    /// PKCE: the hash of the verifier (RFC 7636).
    pub(crate) challenge: Option<String>,
    pub(crate) expires: Moment,
}

impl crate::kept::Part for Authorization {}

/// Answers a request to one of the endpoints. `None` if the request is for something else.
pub(crate) fn answer(world: &mut World, path: &str, query: &Fields, request: &HttpRequest) -> Option<HttpResponse> {
    let body = request.body().bytes().unwrap_or_default();
    Some(match (request.method(), path) {
        ("GET", "/oauth2/authorize") => authorize::authorize(world, query),
        ("GET", "/login") => login::show(world, query),
        ("POST", "/login") => login::submit(world, query, &Fields::parse(body)),
        ("POST", "/oauth2/token") => token::token(world, request, &Fields::parse(body)),
        ("POST", "/oauth2/revoke") => token::revoke(world, request, &Fields::parse(body)),
        ("GET" | "POST", "/oauth2/userInfo") => user_info::user_info(world, request),
        ("GET", "/logout") => authorize::logout(world, query),
        _ => return None,
    })
}

/// Redirects the browser.
fn redirect(to: &str) -> HttpResponse {
    let mut response = respond(302, "text/html; charset=utf-8", String::new());
    if response.headers_mut().try_append("location", to.to_owned()).is_err() {
        return form::error("invalid_request");
    }
    response
}

/// A URL with more in its query.
fn with_query(url: &str, pairs: &[(&str, &str)]) -> String {
    let separator = if url.contains('?') { '&' } else { '?' };
    format!("{url}{separator}{}", encoded(pairs))
}

/// A URL with this fragment. A redirect URI has none of its own.
fn with_fragment(url: &str, pairs: &[(&str, &str)]) -> String {
    format!("{url}#{}", encoded(pairs))
}

fn encoded(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}
