//! From a user pool's token to AWS credentials: sign in, show the token to an identity pool, and sign a request with
//! what it gives.

use crate::clean_up::{Made, clean_up};
use crate::console::{Console, redacted};
use crate::{Clients, Error};
use cognito_identity::config::Credentials;
use cognito_identity::types::CognitoIdentityProvider;
use cognito_idp::types::{AuthFlowType, ExplicitAuthFlowsType, MessageActionType};
use std::time::SystemTime;

const USERNAME: &str = "alice";
/// Meets the default password policy; the user that it belongs to lives for a second.
const PASSWORD: &str = "Quickstart-1!";

/// What the program found.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Report {
    /// Who the user is for the identity pool.
    pub identity_id: String,
    /// The credentials that the user got.
    pub credentials: Credentials,
    /// The providers that the identity is linked to, as a request signed with these credentials has read them.
    pub logins: Vec<String>,
    /// How many users, app clients and pools were deleted.
    pub deleted: usize,
}

/// Signs a user in and exchanges the token for credentials of `role`. What it makes it deletes, also when a step fails.
///
/// # Errors
/// The first failure of a step, or else of the clean-up.
pub async fn run(clients: &Clients, role: &str, console: &mut Console<'_>) -> Result<Report, Error> {
    let mut made = Made::default();
    let mut identity_pool = None;
    let outcome = steps(clients, role, console, &mut made, &mut identity_pool).await;
    if outcome.is_err() {
        console.note(&"The step failed; what was made until here is deleted.");
    }
    let deleted = delete_identity_pool(clients, identity_pool.as_deref(), console).await;
    let others = clean_up(&clients.user_pools, &made, console).await;

    let mut report = outcome?;
    report.deleted = deleted? + others?;
    Ok(report)
}

async fn steps(
    clients: &Clients,
    role: &str,
    console: &mut Console<'_>,
    made: &mut Made,
    identity_pool: &mut Option<String>,
) -> Result<Report, Error> {
    let (login, client_id, token) = sign_in(clients, console, made).await?;
    let pool_id = create_identity_pool(clients, &login, &client_id, role, console, identity_pool).await?;
    let (identity_id, credentials) = exchange(clients, &pool_id, &login, &token, console).await?;
    let logins = use_them(clients, &identity_id, &credentials, console).await?;
    Ok(Report {
        identity_id,
        credentials,
        logins,
        deleted: 0,
    })
}

/// Gives the user pool's name as a login provider, the app client's id, and the user's ID token.
async fn sign_in(
    clients: &Clients,
    console: &mut Console<'_>,
    made: &mut Made,
) -> Result<(String, String, String), Error> {
    const NAME: &str = "cognito-quickstart";
    let client = &clients.user_pools;
    console.step("1. Sign in to a user pool");
    console.request("CreateUserPool", &[("PoolName", &NAME)]);
    let answer = client.create_user_pool().pool_name(NAME).send().await;
    let answer = answer.map_err(Error::call("CreateUserPool"))?;
    let pool_id = answer
        .user_pool()
        .and_then(|pool| pool.id())
        .ok_or_else(Error::incomplete("CreateUserPool", "UserPool.Id"))?;
    made.user_pool_id = Some(pool_id.to_owned());
    console.answer(&[("Id", &pool_id)]);

    console.request("CreateUserPoolClient", &[("ClientName", &"web-app")]);
    let answer = client
        .create_user_pool_client()
        .user_pool_id(pool_id)
        .client_name("web-app")
        .explicit_auth_flows(ExplicitAuthFlowsType::AllowUserPasswordAuth)
        .explicit_auth_flows(ExplicitAuthFlowsType::AllowRefreshTokenAuth)
        .send()
        .await
        .map_err(Error::call("CreateUserPoolClient"))?;
    let client_id = answer
        .user_pool_client()
        .and_then(|app| app.client_id())
        .ok_or_else(Error::incomplete("CreateUserPoolClient", "UserPoolClient.ClientId"))?;
    made.client_id = Some(client_id.to_owned());
    console.answer(&[("ClientId", &client_id)]);

    console.request("AdminCreateUser", &[("Username", &USERNAME)]);
    client
        .admin_create_user()
        .user_pool_id(pool_id)
        .username(USERNAME)
        .message_action(MessageActionType::Suppress)
        .send()
        .await
        .map_err(Error::call("AdminCreateUser"))?;
    made.usernames.push(USERNAME);
    console.done();
    console.request("AdminSetUserPassword", &[("Permanent", &true)]);
    client
        .admin_set_user_password()
        .user_pool_id(pool_id)
        .username(USERNAME)
        .password(PASSWORD)
        .permanent(true)
        .send()
        .await
        .map_err(Error::call("AdminSetUserPassword"))?;
    console.done();

    console.request("InitiateAuth", &[("AuthFlow", &"USER_PASSWORD_AUTH")]);
    let answer = client
        .initiate_auth()
        .client_id(client_id)
        .auth_flow(AuthFlowType::UserPasswordAuth)
        .auth_parameters("USERNAME", USERNAME)
        .auth_parameters("PASSWORD", PASSWORD)
        .send()
        .await
        .map_err(Error::call("InitiateAuth"))?;
    let token = answer
        .authentication_result()
        .and_then(|tokens| tokens.id_token())
        .ok_or_else(Error::incomplete("InitiateAuth", "AuthenticationResult.IdToken"))?;
    console.answer(&[("IdToken", &redacted(Some(token)))]);

    // The region is the first part of the user pool's id.
    let region = pool_id.split('_').next().unwrap_or_default();
    let login = format!("cognito-idp.{region}.amazonaws.com/{pool_id}");
    Ok((login, client_id.to_owned(), token.to_owned()))
}

async fn create_identity_pool(
    clients: &Clients,
    login: &str,
    client_id: &str,
    role: &str,
    console: &mut Console<'_>,
    made: &mut Option<String>,
) -> Result<String, Error> {
    console.step("2. Create an identity pool that trusts the user pool");
    console.request("CreateIdentityPool", &[("ProviderName", &login)]);
    let provider = CognitoIdentityProvider::builder()
        .provider_name(login)
        .client_id(client_id)
        .build();
    let answer = clients
        .identity_pools
        .create_identity_pool()
        .identity_pool_name("cognito-quickstart")
        .allow_unauthenticated_identities(false)
        .cognito_identity_providers(provider)
        .send()
        .await
        .map_err(Error::call("CreateIdentityPool"))?;
    let id = answer.identity_pool_id().to_owned();
    *made = Some(id.clone());
    console.answer(&[("IdentityPoolId", &id)]);

    console.request("SetIdentityPoolRoles", &[("authenticated", &role)]);
    clients
        .identity_pools
        .set_identity_pool_roles()
        .identity_pool_id(&id)
        .roles("authenticated", role)
        .send()
        .await
        .map_err(Error::call("SetIdentityPoolRoles"))?;
    console.done();
    Ok(id)
}

/// What an app does: neither call is signed, so that it needs no credentials of its own.
async fn exchange(
    clients: &Clients,
    pool_id: &str,
    login: &str,
    token: &str,
    console: &mut Console<'_>,
) -> Result<(String, Credentials), Error> {
    console.step("3. Exchange the token for credentials");
    console.request("GetId", &[("Logins", &login)]);
    let answer = clients
        .identity_pools
        .get_id()
        .identity_pool_id(pool_id)
        .logins(login, token)
        .send()
        .await
        .map_err(Error::call("GetId"))?;
    let identity_id = answer
        .identity_id()
        .ok_or_else(Error::incomplete("GetId", "IdentityId"))?
        .to_owned();
    console.answer(&[("IdentityId", &identity_id)]);

    console.request("GetCredentialsForIdentity", &[("IdentityId", &identity_id)]);
    let answer = clients
        .identity_pools
        .get_credentials_for_identity()
        .identity_id(&identity_id)
        .logins(login, token)
        .send()
        .await
        .map_err(Error::call("GetCredentialsForIdentity"))?;
    let incomplete = |member| Error::incomplete("GetCredentialsForIdentity", member);
    let given = answer.credentials().ok_or_else(incomplete("Credentials"))?;
    let key = given
        .access_key_id()
        .ok_or_else(incomplete("Credentials.AccessKeyId"))?;
    let secret = given.secret_key().ok_or_else(incomplete("Credentials.SecretKey"))?;
    let session = given.session_token().map(str::to_owned);
    let expiration = given
        .expiration()
        .and_then(|expiration| SystemTime::try_from(*expiration).ok());
    console.answer(&[
        ("AccessKeyId", &key),
        ("SecretKey", &redacted(Some(secret))),
        ("SessionToken", &redacted(session.as_deref())),
    ]);
    let credentials = Credentials::new(key, secret, session, expiration, "identity pool");
    Ok((identity_id, credentials))
}

/// Signs a request with the credentials. Here it asks the identity pool about the user; an app would call the services
/// that the role allows.
async fn use_them(
    clients: &Clients,
    identity_id: &str,
    credentials: &Credentials,
    console: &mut Console<'_>,
) -> Result<Vec<String>, Error> {
    console.step("4. Sign a request with them");
    let config = clients.identity_pools.config().to_builder();
    let config = config.credentials_provider(credentials.clone()).build();
    console.request("DescribeIdentity", &[("IdentityId", &identity_id)]);
    let answer = cognito_identity::Client::from_conf(config)
        .describe_identity()
        .identity_id(identity_id)
        .send()
        .await
        .map_err(Error::call("DescribeIdentity"))?;
    let logins = answer.logins().to_vec();
    console.answer(&[("Logins", &logins.join(", "))]);
    Ok(logins)
}

async fn delete_identity_pool(
    clients: &Clients,
    pool_id: Option<&str>,
    console: &mut Console<'_>,
) -> Result<usize, Error> {
    let Some(pool_id) = pool_id else {
        return Ok(0);
    };
    console.step("5. Delete the identity pool");
    console.request("DeleteIdentityPool", &[("IdentityPoolId", &pool_id)]);
    clients
        .identity_pools
        .delete_identity_pool()
        .identity_pool_id(pool_id)
        .send()
        .await
        .map_err(Error::call("DeleteIdentityPool"))?;
    console.done();
    Ok(1)
}
