//! The secrets of an app client, and the hash that proves that a caller knows one.
//!
//! Source: [Computing secret hash values](https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html#cognito-user-pools-computing-secret-hash).

use super::App;
use crate::clock::Moment;
use crate::fault::{Answer, Fault, required};
use crate::random;
use crate::world::World;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cognito_idp::operation::add_user_pool_client_secret::{
    AddUserPoolClientSecretInput, AddUserPoolClientSecretOutput,
};
use cognito_idp::operation::delete_user_pool_client_secret::{
    DeleteUserPoolClientSecretInput, DeleteUserPoolClientSecretOutput,
};
use cognito_idp::operation::list_user_pool_client_secrets::{
    ListUserPoolClientSecretsInput, ListUserPoolClientSecretsOutput,
};
use cognito_idp::types::ClientSecretDescriptorType;
use ring::hmac;
use serde::{Deserialize, Serialize};

/// How many secrets an app client may have at a time.
const SECRETS: usize = 2;

/// A secret of an app client.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Secret {
    pub(crate) id: String,
    pub(crate) value: String,
    pub(crate) created: Moment,
}

impl Secret {
    pub(crate) fn new(client_id: &str, value: String, now: Moment) -> Self {
        Self {
            id: format!("{client_id}--{}", now.0),
            value,
            created: now,
        }
    }

    fn descriptor(&self) -> ClientSecretDescriptorType {
        ClientSecretDescriptorType::builder()
            .client_secret_id(&self.id)
            .client_secret_create_date(self.created.date())
            .build()
    }
}

impl App {
    /// Whether `hash` is the right SECRET_HASH for `username`. A client without a secret needs none.
    pub(crate) fn check_secret_hash(&self, username: &str, hash: Option<&str>) -> Answer<()> {
        if self.secrets.is_empty() {
            return match hash {
                None => Ok(()),
                Some(_) => Err(Fault::not_authorized(format!(
                    "Client {} is not configured for secret but secret was received",
                    self.id
                ))),
            };
        }
        let Some(hash) = hash else {
            return Err(Fault::not_authorized(format!(
                "Client {} is configured with secret but SECRET_HASH was not received",
                self.id
            )));
        };
        let is_hash = |secret: &Secret| {
            let key = hmac::Key::new(hmac::HMAC_SHA256, secret.value.as_bytes());
            let message = format!("{username}{}", self.id);
            let hash = STANDARD.decode(hash).unwrap_or_default();
            hmac::verify(&key, message.as_bytes(), &hash).is_ok()
        };
        if self.secrets.iter().any(is_hash) {
            Ok(())
        } else {
            Err(Fault::not_authorized(format!(
                "Unable to verify secret hash for client {}",
                self.id
            )))
        }
    }

    /// Whether `secret` is the client's, or the client has no secret.
    pub(crate) fn check_secret(&self, secret: Option<&str>) -> Answer<()> {
        let known = self.secrets.iter().any(|known| Some(known.value.as_str()) == secret);
        if known || (self.secrets.is_empty() && secret.is_none()) {
            Ok(())
        } else {
            Err(Fault::not_authorized(format!(
                "Unable to verify secret for client {}",
                self.id
            )))
        }
    }
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AddUserPoolClientSecret.html>
pub(crate) fn add_user_pool_client_secret(
    world: &mut World,
    input: AddUserPoolClientSecretInput,
) -> Answer<AddUserPoolClientSecretOutput> {
    let now = world.now();
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let app = pool.client_mut(input.client_id())?;
    if app.secrets.is_empty() {
        return Err(Fault::invalid_parameter(
            "Client secrets can't be added to an app client that was created without one.",
        ));
    }
    if app.secrets.len() >= SECRETS {
        return Err(Fault::limit_exceeded("An app client can have at most 2 secrets."));
    }
    let value = input.client_secret.unwrap_or_else(random::client_secret);
    let mut secret = Secret::new(&app.id, value, now);
    while app.secrets.iter().any(|other| other.id == secret.id) {
        secret.id.push('0');
    }
    let mut descriptor = secret.descriptor();
    descriptor.client_secret_value = Some(secret.value.clone());
    app.secrets.push(secret);
    Ok(AddUserPoolClientSecretOutput::builder()
        .client_secret_descriptor(descriptor)
        .build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserPoolClientSecret.html>
pub(crate) fn delete_user_pool_client_secret(
    world: &mut World,
    input: DeleteUserPoolClientSecretInput,
) -> Answer<DeleteUserPoolClientSecretOutput> {
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let app = pool.client_mut(input.client_id())?;
    let id = required(input.client_secret_id.as_deref(), "clientSecretId")?;
    if !app.secrets.iter().any(|secret| secret.id == id) {
        return Err(Fault::resource_not_found(format!("Client secret {id} does not exist.")));
    }
    if app.secrets.len() == 1 {
        return Err(Fault::invalid_parameter(
            "The last secret of an app client can't be deleted.",
        ));
    }
    app.secrets.retain(|secret| secret.id != id);
    app.description.client_secret = app.secrets.first().map(|secret| secret.value.clone());
    Ok(DeleteUserPoolClientSecretOutput::builder().build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPoolClientSecrets.html>
pub(crate) fn list_user_pool_client_secrets(
    world: &mut World,
    input: ListUserPoolClientSecretsInput,
) -> Answer<ListUserPoolClientSecretsOutput> {
    let pool = world.state.pool(input.user_pool_id())?;
    let app = pool.client(input.client_id())?;
    Ok(ListUserPoolClientSecretsOutput::builder()
        .set_client_secrets(Some(app.secrets.iter().map(Secret::descriptor).collect()))
        .build())
}
