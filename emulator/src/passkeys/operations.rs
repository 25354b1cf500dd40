//! Users register and remove their passkeys.

use super::Passkey;
use super::verify::{creation_options, register};
use crate::fault::{Answer, Fault, required};
use crate::page::limit;
use crate::pools::Pool;
use crate::quotas::room;
use crate::random;
use crate::tokens::{authorize, unlisted};
use crate::world::World;
use aws_smithy_types::{Document, Number};
use cognito_idp::operation::complete_web_authn_registration::{
    CompleteWebAuthnRegistrationInput, CompleteWebAuthnRegistrationOutput,
};
use cognito_idp::operation::delete_web_authn_credential::{
    DeleteWebAuthnCredentialInput, DeleteWebAuthnCredentialOutput,
};
use cognito_idp::operation::list_web_authn_credentials::{ListWebAuthnCredentialsInput, ListWebAuthnCredentialsOutput};
use cognito_idp::operation::start_web_authn_registration::{
    StartWebAuthnRegistrationInput, StartWebAuthnRegistrationOutput,
};
use cognito_idp::types::{AuthFactorType, WebAuthnCredentialDescription};
use serde_json::Value;

/// How many passkeys a user may have.
const PASSKEYS: usize = 20;

/// Refuses the request if the pool doesn't let users sign in with passkeys.
fn enabled(pool: &Pool) -> Answer<()> {
    let policy = pool
        .description
        .policies()
        .and_then(|policies| policies.sign_in_policy());
    let allowed = policy.is_some_and(|policy| policy.allowed_first_auth_factors().contains(&AuthFactorType::WebAuthn));
    if allowed {
        Ok(())
    } else {
        Err(Fault::web_authn_not_enabled(
            "WebAuthn is not enabled for this user pool.",
        ))
    }
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_StartWebAuthnRegistration.html>
pub(crate) fn start_web_authn_registration(
    world: &mut World,
    input: StartWebAuthnRegistrationInput,
) -> Answer<StartWebAuthnRegistrationOutput> {
    let now = world.now();
    let (pool, app, key) = authorize(&mut world.state, input.access_token(), now)
        .map_err(unlisted(&["UserNotFoundException", "ResourceNotFoundException"]))?;
    enabled(pool)?;
    let challenge = random::token(32);
    let user = pool.user(Some(&key))?;
    room(user.passkeys.len(), PASSKEYS, "passkeys of a user")?;
    let options = creation_options(pool, user, &challenge)?;
    let user = pool.user_mut(Some(&key))?;
    user.passkey_challenge = Some(challenge);
    user.passkey_client = Some(app.id);
    Ok(StartWebAuthnRegistrationOutput::builder()
        .credential_creation_options(document(options))
        .build()?)
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CompleteWebAuthnRegistration.html>
pub(crate) fn complete_web_authn_registration(
    world: &mut World,
    input: CompleteWebAuthnRegistrationInput,
) -> Answer<CompleteWebAuthnRegistrationOutput> {
    let now = world.now();
    let (pool, app, key) = authorize(&mut world.state, input.access_token(), now)
        .map_err(unlisted(&["UserNotFoundException", "ResourceNotFoundException"]))?;
    enabled(pool)?;
    let credential = value(required(input.credential.as_ref(), "credential")?);
    let user = pool.user(Some(&key))?;
    let challenge = user.passkey_challenge.clone();
    let challenge = challenge
        .ok_or_else(|| Fault::web_authn_challenge_not_found("No registration of a passkey has been started."))?;
    if user.passkey_client.as_ref().is_some_and(|client| *client != app.id) {
        return Err(Fault::web_authn_client_mismatch(
            "The registration was started with a token of another app client.",
        ));
    }
    let passkey = register(pool, &challenge, &credential, now)?;
    let user = pool.user_mut(Some(&key))?;
    user.passkey_challenge = None;
    user.passkeys.retain(|other| other.id != passkey.id);
    user.passkeys.push(passkey);
    Ok(CompleteWebAuthnRegistrationOutput::builder().build())
}

fn describe(passkey: &Passkey) -> Answer<WebAuthnCredentialDescription> {
    let attachment = passkey.attachment.as_deref().map(Into::into);
    Ok(WebAuthnCredentialDescription::builder()
        .credential_id(&passkey.id)
        .friendly_credential_name("Passkey")
        .relying_party_id(&passkey.relying_party)
        .set_authenticator_attachment(attachment)
        .set_authenticator_transports(Some(passkey.transports.clone()))
        .created_at(passkey.created.date())
        .build()?)
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListWebAuthnCredentials.html>
pub(crate) fn list_web_authn_credentials(
    world: &mut World,
    input: ListWebAuthnCredentialsInput,
) -> Answer<ListWebAuthnCredentialsOutput> {
    let now = world.now();
    let (pool, _, key) = authorize(&mut world.state, input.access_token(), now)
        .map_err(unlisted(&["UserNotFoundException", "ResourceNotFoundException"]))?;
    let size = limit(input.max_results, 20, "maxResults")?;
    let user = pool.user(Some(&key))?;
    let skip = match input.next_token() {
        Some(token) => token
            .parse()
            .map_err(|_| Fault::invalid_parameter("Invalid pagination token."))?,
        None => 0,
    };
    let passkeys: Answer<Vec<_>> = user.passkeys.iter().skip(skip).take(size).map(describe).collect();
    let end = skip.saturating_add(size);
    Ok(ListWebAuthnCredentialsOutput::builder()
        .set_credentials(Some(passkeys?))
        .set_next_token((end < user.passkeys.len()).then(|| end.to_string()))
        .build()?)
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteWebAuthnCredential.html>
pub(crate) fn delete_web_authn_credential(
    world: &mut World,
    input: DeleteWebAuthnCredentialInput,
) -> Answer<DeleteWebAuthnCredentialOutput> {
    let now = world.now();
    let (pool, _, key) =
        authorize(&mut world.state, input.access_token(), now).map_err(unlisted(&["UserNotFoundException"]))?;
    let id = required(input.credential_id(), "credentialId")?;
    let user = pool.user_mut(Some(&key))?;
    if !user.passkeys.iter().any(|passkey| passkey.id == id) {
        return Err(Fault::resource_not_found(format!("Credential {id} does not exist.")));
    }
    user.passkeys.retain(|passkey| passkey.id != id);
    Ok(DeleteWebAuthnCredentialOutput::builder().build())
}

/// JSON as a member of a structure.
fn document(value: Value) -> Document {
    match value {
        Value::Null => Document::Null,
        Value::Bool(value) => Document::Bool(value),
        Value::Number(number) => Document::Number(match (number.as_u64(), number.as_i64()) {
            (Some(number), _) => Number::PosInt(number),
            (None, Some(number)) => Number::NegInt(number),
            (None, None) => Number::Float(number.as_f64().unwrap_or_default()),
        }),
        Value::String(text) => Document::String(text),
        Value::Array(items) => Document::Array(items.into_iter().map(document).collect()),
        Value::Object(members) => Document::Object(
            members
                .into_iter()
                .map(|(name, value)| (name, document(value)))
                .collect(),
        ),
    }
}

/// The strings, lists and objects of a member. Nothing else in a browser's response is relevant.
fn value(document: &Document) -> Value {
    match document {
        Document::String(text) => Value::String(text.clone()),
        Document::Array(items) => items.iter().map(value).collect(),
        Document::Object(members) => members
            .iter()
            .map(|(name, member)| (name.clone(), value(member)))
            .collect(),
        Document::Bool(value) => Value::Bool(*value),
        Document::Number(_) | Document::Null => Value::Null,
    }
}
