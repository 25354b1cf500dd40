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
    match read(world, request) {
        Ok(claims) => json(200, &Value::Object(claims)),
        Err(fault) => {
            let body = json!({ "error": "invalid_token", "error_description": fault.message });
            let mut response = json(401, &body);
            response
                .headers_mut()
                .insert("www-authenticate", "Bearer error=\"invalid_token\"");
            response
        }
    }
}

fn read(world: &mut World, request: &HttpRequest) -> Answer<Map<String, Value>> {
    let now = world.now();
    let header = request.headers().get("authorization");
    let token = header.and_then(|header| header.strip_prefix("Bearer "));
    let token = token.ok_or_else(|| Fault::not_authorized("Access token is missing"))?;
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
