//! App clients.

mod lifecycle;
mod secrets;
mod settings;

pub(crate) use lifecycle::{
    CLIENT_TOKEN, create_user_pool_client, delete_user_pool_client, describe_user_pool_client, list_user_pool_clients,
    update_user_pool_client,
};
pub(crate) use secrets::{
    Secret, add_user_pool_client_secret, delete_user_pool_client_secret, list_user_pool_client_secrets,
};

use cognito_idp::types::UserPoolClientType;
use serde::{Deserialize, Serialize};

/// An app client.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct App {
    pub(crate) id: String,
    /// The description that DescribeUserPoolClient returns.
    pub(crate) description: UserPoolClientType,
    /// Its secrets: none, one, or two while one replaces the other.
    pub(crate) secrets: Vec<Secret>,
}

impl crate::kept::Part for App {}
