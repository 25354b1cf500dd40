//! Tokens without a user's sign-in: for an app client itself, and in exchange for another token.
//!
//! Source: [Scopes, M2M, and resource servers](https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html),
//! [RFC 8693](https://www.rfc-editor.org/rfc/rfc8693).

use super::{claims, issue_for_client, verify};
use crate::clients::CLIENT_TOKEN;
use crate::fault::{Answer, Fault, required};
use crate::random;
use crate::world::World;
use cognito_idp::operation::get_client_token::{GetClientTokenInput, GetClientTokenOutput};
use cognito_idp::operation::get_derived_token::{GetDerivedTokenInput, GetDerivedTokenOutput};
use cognito_idp::types::{ClientAuthenticationResultType, ExplicitAuthFlowsType, OAuthTokenTypeType};
use serde_json::json;

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetClientToken.html>
pub(crate) fn get_client_token(world: &mut World, input: GetClientTokenInput) -> Answer<GetClientTokenOutput> {
    let now = world.now();
    let (pool, app) = world.state.app(input.client_id())?;
    required(input.secret(), "secret")?;
    app.check_secret(input.secret())?;
    if !app.allows(ExplicitAuthFlowsType::from(CLIENT_TOKEN)) {
        return Err(Fault::invalid_parameter(format!(
            "{CLIENT_TOKEN} is not enabled for this client"
        )));
    }
    let configured = app.description.allowed_o_auth_scopes();
    let asked = input
        .scopes
        .as_deref()
        .filter(|scopes| !scopes.is_empty())
        .unwrap_or(configured);
    if let Some(wrong) = asked.iter().find(|scope| !pool.stored.has_scope(scope)) {
        return Err(Fault::invalid_parameter(format!("Invalid scope requested: {wrong}")));
    }
    // The page lists no error of triggers.
    let token = issue_for_client(&world.around, pool, &app, asked.to_vec(), input.client_metadata(), now)
        .map_err(|fault| Fault::invalid_parameter(fault.message))?;
    let result = ClientAuthenticationResultType::builder()
        .access_token(token)
        .expires_in(i32::try_from(app.access_token_validity()).unwrap_or(i32::MAX))
        .token_type("Bearer")
        .build();
    Ok(GetClientTokenOutput::builder()
        .client_authentication_result(result)
        .build())
}

/// Exchanges an access token of the same pool. Tokens of other providers aren't accepted.
///
/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetDerivedToken.html>
pub(crate) fn get_derived_token(world: &mut World, input: GetDerivedTokenInput) -> Answer<GetDerivedTokenOutput> {
    let now = world.now();
    let subject = required(input.subject_token(), "subjectToken")?;
    let kind = required(input.subject_token_type.as_ref(), "subjectTokenType")?;
    if kind.as_str() != "ACCESS_TOKEN" || input.subject_token_provider_name.is_some() {
        return Err(Fault::invalid_parameter(
            "Only access tokens of the user pool can be exchanged here.",
        ));
    }
    if !input.audiences().is_empty() && !input.resources().is_empty() {
        return Err(Fault::invalid_parameter(
            "Audiences and Resources can't be requested together.",
        ));
    }
    let old = verify(&world.state, subject, now)?;
    let actor = match input.actor_token() {
        Some(token) => Some(verify(&world.state, token, now)?),
        None => None,
    };
    let (pool, app) = world.state.app(input.client_id())?;
    app.check_secret(input.client_secret())?;
    let flow = if actor.is_some() {
        ExplicitAuthFlowsType::AllowTokenExchangeDelegation
    } else {
        ExplicitAuthFlowsType::AllowTokenExchangeImpersonation
    };
    if !app.allows(flow) {
        return Err(Fault::not_authorized("Token exchange is not enabled for this client."));
    }
    let held: Vec<&str> = old["scope"].as_str().unwrap_or_default().split(' ').collect();
    let scopes: Vec<String> = match input.scopes() {
        [] => held.iter().map(|scope| (*scope).to_owned()).collect(),
        asked => asked
            .iter()
            .filter(|scope| held.contains(&scope.as_str()))
            .cloned()
            .collect(),
    };
    let mut new = old.clone();
    new["client_id"] = app.id.clone().into();
    new["iss"] = claims::issuer(&world.around.settings, pool).into();
    new["iat"] = now.seconds().into();
    new["exp"] = (now.seconds() + app.access_token_validity()).into();
    new["jti"] = random::uuid().into();
    new["scope"] = scopes.join(" ").into();
    if let Some(audience) = input.audiences().iter().chain(input.resources()).next() {
        new["aud"] = audience.clone().into();
    }
    if let Some(actor) = actor {
        new["act"] = json!({ "sub": actor["sub"], "client_id": actor["client_id"] });
    }
    Ok(GetDerivedTokenOutput::builder()
        .issued_token(pool.keys.access().sign(&new))
        .issued_token_type("ACCESS_TOKEN".into())
        .token_type(OAuthTokenTypeType::from("Bearer"))
        .expires_in(i32::try_from(app.access_token_validity()).unwrap_or(i32::MAX))
        .set_scopes(Some(scopes))
        .build()?)
}
