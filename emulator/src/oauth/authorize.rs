//! The authorize and logout endpoints.
//!
//! Source: [the authorize endpoint](https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html),
//! [the logout endpoint](https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html).

use super::{form, redirect, with_query};
use crate::clients::App;
use crate::http::Fields;
use crate::world::World;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use cognito_idp::types::OAuthFlowType;

/// A valid authorization request.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) app: App,
    pub(super) redirect_uri: String,
    pub(super) implicit: bool,
    pub(super) scopes: Vec<String>,
    pub(super) state: Option<String>,
    pub(super) nonce: Option<String>,
    pub(super) challenge: Option<String>,
}

/// Reads the request. An error goes to the app, or to the user if the app can't be trusted.
pub(super) fn read(world: &mut World, query: &Fields) -> Result<Asked, Box<HttpResponse>> {
    let Ok((_, app)) = world.state.app(query.get("client_id")) else {
        return Err(Box::new(form::error("invalid_client")));
    };
    let redirect_uri = query.get("redirect_uri").or(app.description.default_redirect_uri());
    let redirect_uri = redirect_uri.filter(|url| app.description.callback_urls().iter().any(|known| known == url));
    let Some(redirect_uri) = redirect_uri.map(str::to_owned) else {
        return Err(Box::new(form::error("redirect_mismatch")));
    };
    let state = query.get("state").map(str::to_owned);
    let refuse = |error: &str| {
        let mut pairs = vec![("error", error)];
        pairs.extend(state.as_deref().map(|state| ("state", state)));
        Box::new(redirect(&with_query(&redirect_uri, &pairs)))
    };
    let (implicit, flow) = match query.get("response_type") {
        Some("code") => (false, OAuthFlowType::Code),
        Some("token") => (true, OAuthFlowType::Implicit),
        _ => return Err(refuse("invalid_request")),
    };
    if !app.allows_grant(&flow) {
        return Err(refuse("unauthorized_client"));
    }
    let allowed = app.description.allowed_o_auth_scopes();
    let scopes: Vec<String> = match query.get("scope") {
        Some(scope) => scope.split_whitespace().map(str::to_owned).collect(),
        None => allowed.to_vec(),
    };
    let openid = scopes.iter().any(|scope| scope == "openid");
    let needs_openid = |scope: &&String| matches!(scope.as_str(), "email" | "phone" | "profile");
    if scopes.iter().any(|scope| !allowed.contains(scope)) || (!openid && scopes.iter().any(|s| needs_openid(&s))) {
        return Err(refuse("invalid_scope"));
    }
    let challenge = query.get("code_challenge").map(str::to_owned);
    if challenge.is_some() != query.get("code_challenge_method").is_some()
        || query
            .get("code_challenge_method")
            .is_some_and(|method| method != "S256")
    {
        return Err(refuse("invalid_request"));
    }
    Ok(Asked {
        app,
        redirect_uri,
        implicit,
        scopes,
        state,
        nonce: query.get("nonce").map(str::to_owned),
        challenge,
    })
}

/// Checks the request, and redirects to the login form.
pub(super) fn authorize(world: &mut World, query: &Fields) -> HttpResponse {
    match read(world, query) {
        Ok(_) => redirect(&format!("/login?{}", query.query())),
        Err(response) => *response,
    }
}

/// Sends the browser to one of the app's logout URLs, or to the form. There is no single sign-on session to end.
pub(super) fn logout(world: &mut World, query: &Fields) -> HttpResponse {
    let Ok((_, app)) = world.state.app(query.get("client_id")) else {
        return form::error("invalid_client");
    };
    match query.get("logout_uri") {
        Some(url) if app.description.logout_urls().iter().any(|known| known == url) => redirect(url),
        Some(_) => form::error("invalid_request"),
        None => authorize(world, query),
    }
}
