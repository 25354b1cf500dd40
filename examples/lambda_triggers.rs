//! Lambda triggers of a user pool: functions on the event types of the crate `aws_lambda_events`.
//!
//! ```sh
//! cargo run -p examples --bin lambda_triggers
//! ```
//!
//! In AWS Lambda this program is the function. Elsewhere it shows the same function to a Cognito inside the process, which
//! fires its triggers with the JSON that Lambda would get. One function serves all triggers: the event says which one it
//! is.

use anyhow::{Context, Result, bail};
use aws_lambda_events::cognito::{
    ClaimsAndScopeOverrideDetailsV2, CognitoAccessTokenGenerationV2, CognitoEventUserPoolsPreSignup,
    CognitoEventUserPoolsPreTokenGenV2,
};
use cognito_emulator::Cognito;
use cognito_emulator::triggers::{PreSignUp, PreTokenGeneration, Trigger};
use cognito_jwt::{AccessClaims, Issuer, Verifier};
use examples::{PASSWORD, Place};
use lambda_runtime::{LambdaEvent, service_fn};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[tokio::main]
async fn main() -> Result<()> {
    if std::env::var_os("AWS_LAMBDA_RUNTIME_API").is_none() {
        return demo().await;
    }
    let function =
        service_fn(
            |event: LambdaEvent<Value>| async move { handle(event.payload).map_err(lambda_runtime::Error::from) },
        );
    lambda_runtime::run(function).await.map_err(anyhow::Error::from_boxed)
}

// ANCHOR: handle
/// Answers an event by the trigger that its source names, such as `PreSignUp_SignUp`.
fn handle(event: Value) -> Result<Value> {
    let source = event["triggerSource"].as_str().unwrap_or_default();
    match source.split('_').next() {
        Some("PreSignUp") => answer(event, pre_sign_up),
        Some("TokenGeneration") => answer(event, pre_token_generation),
        _ => bail!("no trigger is written for {source:?}"),
    }
}

/// Reads the event, and writes it back with the trigger's answer in it.
fn answer<E: Serialize + DeserializeOwned>(event: Value, trigger: impl Fn(&mut E) -> Result<()>) -> Result<Value> {
    let mut event = serde_json::from_value(event)?;
    trigger(&mut event)?;
    Ok(serde_json::to_value(event)?)
}

/// Before a sign-up: colleagues need no code, and a rival's domain doesn't get in.
fn pre_sign_up(event: &mut CognitoEventUserPoolsPreSignup) -> Result<()> {
    let email = event.request.user_attributes.get("email").map(String::as_str);
    match email.and_then(|email| email.rsplit_once('@')) {
        Some((_, "example.com")) => {
            event.response.auto_confirm_user = true;
            event.response.auto_verify_email = true;
        }
        Some((_, "example.net")) => bail!("this domain can't sign up"),
        _ => {}
    }
    Ok(())
}

/// Before tokens are made: the access token gets a claim and a scope. Needs the event of version 2, `V2_0`.
fn pre_token_generation(event: &mut CognitoEventUserPoolsPreTokenGenV2) -> Result<()> {
    let mut access = CognitoAccessTokenGenerationV2::default();
    access
        .claims_to_add_or_override
        .insert("tenant".to_owned(), "acme".into());
    access.scopes_to_add.push("orders/read".to_owned());
    let mut details = ClaimsAndScopeOverrideDetailsV2::default();
    details.access_token_generation = Some(access);
    // What is said here replaces the user's groups: an empty list takes them all away.
    details.group_override_details = event.request.group_configuration.clone();
    event.response.claims_and_scope_override_details = Some(details);
    Ok(())
}
// ANCHOR_END: handle

/// What the trigger adds to access tokens.
#[derive(Debug, Deserialize)]
struct Tenant {
    tenant: String,
}

/// Signs users up and in, where the function takes the place of the triggers.
async fn demo() -> Result<()> {
    let mut place = Place::embedded();
    let cognito = place.cognito().context("it is inside the process")?;
    on::<PreSignUp>(cognito);
    on::<PreTokenGeneration>(cognito);

    let pool = place.pool("triggers", |pool| pool).await?;
    let app = place.app(&pool).await?;
    for (name, email) in [("alice", "alice@example.com"), ("rival", "rival@example.net")] {
        let email = cognito_idp::types::AttributeType::builder()
            .name("email")
            .value(email)
            .build()?;
        let sign_up = place
            .client()
            .sign_up()
            .client_id(&app)
            .username(name)
            .password(PASSWORD);
        match sign_up.user_attributes(email).send().await {
            Ok(answer) => println!("{name} signed up; confirmed: {}", answer.user_confirmed()),
            Err(error) => println!("{name} didn't: {}", error.into_service_error()),
        }
    }

    let token = place.access_token(&app, "alice").await?;
    let url = place.url().await?;
    let verifier = Verifier::user_pool(Issuer::user_pool(&pool).emulator(&url)).client(&app);
    let verifier = verifier.access().scope("orders/read").build()?;
    let claims: AccessClaims<Tenant> = verifier.verify_with(&token).await?;
    println!("alice's token says: tenant {}", claims.custom.tenant);
    place.delete(&pool).await
}

/// Sets the function in the place of a trigger.
fn on<E: Trigger + Serialize + DeserializeOwned>(cognito: &Cognito) {
    cognito.on(|event: &mut E| {
        let shown = serde_json::to_value(&*event).map_err(|error| error.to_string())?;
        let answered = handle(shown).map_err(|error| error.to_string())?;
        *event = serde_json::from_value(answered).map_err(|error| error.to_string())?;
        Ok(())
    });
}
