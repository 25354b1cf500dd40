//! The userInfo endpoint.
//!
//! Source: [the userInfo endpoint](https://docs.aws.amazon.com/cognito/latest/developerguide/userinfo-endpoint.html).

use crate::fault::{Answer, Fault};
use crate::http::json;
use crate::tokens::{attribute, user_of, verify};
use crate::users::is_verification;
use crate::world::World;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use serde_json::{Map, Value, json};

/// The user's claims that the scopes of an access token allow.
pub(super) fn user_info(world: &mut World, request: &HttpRequest) -> HttpResponse {
    let header = request.headers().get("authorization");
    let Some(token) = header.and_then(|header| header.strip_prefix("Bearer ")) else {
        return refused(400, "invalid_request", "Bad OAuth2 request at UserInfo Endpoint");
    };
    match read(world, token) {
        Ok(claims) => json(200, &Value::Object(claims)),
        Err(fault) => refused(401, "invalid_token", &fault.message),
    }
}

fn refused(status: u16, error: &'static str, description: &str) -> HttpResponse {
    let mut response = json(status, &json!({ "error": error, "error_description": description }));
    response
        .headers_mut()
        .insert("www-authenticate", format!("Bearer error=\"{error}\""));
    response
}

fn read(world: &mut World, token: &str) -> Answer<Map<String, Value>> {
    let now = world.now();
    let claims = verify(&world.state, token, now)?;
    let scopes = claims["scope"].as_str().unwrap_or_default();
    let has = |scope: &str| scopes.split(' ').any(|known| known == scope);
    if !has("openid") {
        return Err(Fault::not_authorized("Access token does not contain openid scope"));
    }
    let (pool, app) = world.state.app(claims["client_id"].as_str())?;
    let user = pool.user(Some(&user_of(pool, &claims)?))?;
    let mut told = Map::new();
    for (name, value) in user.attributes.iter().filter(|(name, _)| app.may_read(name)) {
        let wanted = match name.as_str() {
            "sub" => true,
            "email" | "email_verified" => has("email") || has("profile"),
            "phone_number" | "phone_number_verified" => has("phone") || has("profile"),
            _ => has("profile"),
        };
        if wanted {
            // This endpoint writes booleans as text.
            let value = if is_verification(name) {
                value.as_str().into()
            } else {
                attribute(name, value)
            };
            told.insert(name.clone(), value);
        }
    }
    told.insert("username".to_owned(), user.username.clone().into());
    Ok(told)
}
