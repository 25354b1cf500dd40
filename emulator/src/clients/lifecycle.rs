//! Making, changing and removing app clients.

use super::{App, Secret};
use crate::carry::carry;
use crate::documented::documented;
use crate::fault::{Answer, Fault, required};
use crate::page::{limit, page};
use crate::pools::{Plan, Pool, needs, schema_of};
use crate::quotas::{self, room};
use crate::random;
use crate::world::World;
use cognito_idp::operation::create_user_pool_client::{CreateUserPoolClientInput, CreateUserPoolClientOutput};
use cognito_idp::operation::delete_user_pool_client::{DeleteUserPoolClientInput, DeleteUserPoolClientOutput};
use cognito_idp::operation::describe_user_pool_client::{DescribeUserPoolClientInput, DescribeUserPoolClientOutput};
use cognito_idp::operation::list_user_pool_clients::{ListUserPoolClientsInput, ListUserPoolClientsOutput};
use cognito_idp::operation::update_user_pool_client::{UpdateUserPoolClientInput, UpdateUserPoolClientOutput};
use cognito_idp::types::{
    ClientTypeType, ExplicitAuthFlowsType, OAuthFlowType, TimeUnitsType, UserPoolClientDescription, UserPoolClientType,
};

/// The flow of GetClientToken, which the documentation of that operation wants to be the only one of its app client.
pub(crate) const CLIENT_TOKEN: &str = "ALLOW_CLIENT_TOKEN_AUTH";
/// The scopes that need no resource server.
const SCOPES: [&str; 5] = ["phone", "email", "openid", "profile", "aws.cognito.signin.user.admin"];
/// The identity providers that need no configuration.
const PROVIDERS: [&str; 1] = ["COGNITO"];

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html>
pub(crate) fn create_user_pool_client(
    world: &mut World,
    input: CreateUserPoolClientInput,
) -> Answer<CreateUserPoolClientOutput> {
    let now = world.now();
    let pool = world.state.pool_mut(input.user_pool_id())?;
    required(input.client_name(), "clientName")?;
    if input.generate_secret == Some(true) && input.client_secret.is_some() {
        return Err(Fault::invalid_parameter(
            "GenerateSecret and ClientSecret can't be used together.",
        ));
    }
    let mut description: UserPoolClientType = carry(&input, |members| {
        members.remove("GenerateSecret");
    })?;
    check(pool, &description)?;
    documented(&input)?;
    room(pool.clients.len(), quotas::CLIENTS, "app clients in a user pool")?;
    fill(&mut description);
    let id = random::client_id();
    let generated = (input.generate_secret == Some(true)).then(random::client_secret);
    let secret = input.client_secret.or(generated);
    description.client_id = Some(id.clone());
    description.client_secret = secret.clone();
    description.creation_date = Some(now.date());
    description.last_modified_date = Some(now.date());
    let app = App {
        id: id.clone(),
        description: description.clone(),
        secrets: secret.map(|secret| Secret::new(&id, secret, now)).into_iter().collect(),
    };
    let pool_id = pool.id.clone();
    pool.clients.insert(id.clone(), app);
    world.state.clients.insert(id, pool_id);
    Ok(CreateUserPoolClientOutput::builder()
        .user_pool_client(description)
        .build())
}

/// Fills in the defaults of omitted settings.
fn fill(client: &mut UserPoolClientType) {
    if client.refresh_token_validity == 0 {
        client.refresh_token_validity = 30;
    }
    if let Some(units) = &mut client.token_validity_units {
        units.access_token.get_or_insert(TimeUnitsType::Hours);
        units.id_token.get_or_insert(TimeUnitsType::Hours);
        units.refresh_token.get_or_insert(TimeUnitsType::Days);
    }
    client.explicit_auth_flows.get_or_insert_with(|| {
        vec![
            ExplicitAuthFlowsType::AllowRefreshTokenAuth,
            ExplicitAuthFlowsType::AllowUserSrpAuth,
            ExplicitAuthFlowsType::AllowCustomAuth,
        ]
    });
    client.allowed_o_auth_flows_user_pool_client.get_or_insert(false);
    client.enable_token_revocation.get_or_insert(true);
    client
        .enable_propagate_additional_user_context_data
        .get_or_insert(false);
    client.auth_session_validity.get_or_insert(3);
    client.client_type.get_or_insert(ClientTypeType::Regular);
}

/// Refuses the settings of an app client that Cognito refuses.
fn check(pool: &Pool, client: &UserPoolClientType) -> Answer<()> {
    let flows = client.explicit_auth_flows();
    let old = flows.iter().filter(|flow| !flow.as_str().starts_with("ALLOW_")).count();
    if old > 0 && old < flows.len() {
        return Err(Fault::invalid_parameter(
            "ExplicitAuthFlows can't contain both values with and without the ALLOW_ prefix.",
        ));
    }
    let machine = ExplicitAuthFlowsType::from(CLIENT_TOKEN);
    if flows.contains(&machine) && flows.len() > 1 {
        return Err(Fault::invalid_parameter(format!(
            "{CLIENT_TOKEN} can't be combined with other authentication flows."
        )));
    }
    if flows.contains(&ExplicitAuthFlowsType::AllowUserAuth) {
        needs(&pool.description, Plan::Essentials, "Choice-based authentication")?;
    }
    if client
        .refresh_token_rotation
        .as_ref()
        .is_some_and(|rotation| rotation.feature.as_str() == "ENABLED")
        && flows.contains(&ExplicitAuthFlowsType::AllowRefreshTokenAuth)
    {
        return Err(Fault::invalid_parameter(
            "Refresh token rotation can't be enabled together with ALLOW_REFRESH_TOKEN_AUTH.",
        ));
    }
    for name in client.read_attributes().iter().chain(client.write_attributes()) {
        if schema_of(pool, name).is_none() {
            return Err(Fault::invalid_parameter(format!(
                "Invalid write/read attributes specified while creating a client: {name}"
            )));
        }
    }
    for scope in client.allowed_o_auth_scopes() {
        if !SCOPES.contains(&scope.as_str()) && !pool.stored.has_scope(scope) {
            return Err(Fault::scope_does_not_exist(format!("Invalid scope requested: {scope}")));
        }
    }
    for provider in client.supported_identity_providers() {
        if !PROVIDERS.contains(&provider.as_str()) && !pool.stored.providers.contains_key(provider) {
            return Err(Fault::invalid_parameter(format!(
                "The provider {provider} does not exist for User Pool {}.",
                pool.id
            )));
        }
    }
    let grants = client.allowed_o_auth_flows();
    if grants.contains(&OAuthFlowType::ClientCredentials) && grants.len() > 1 {
        return Err(Fault::invalid_o_auth_flow(
            "client_credentials flow can not be selected along with code flow or implicit flow",
        ));
    }
    for url in client.callback_urls().iter().chain(client.logout_urls()) {
        check_url(url)?;
    }
    match client.default_redirect_uri() {
        Some(default) if !client.callback_urls().iter().any(|url| url == default) => Err(Fault::invalid_parameter(
            "The defaultRedirectURI is not in the list of callbackURLs.",
        )),
        _ => Ok(()),
    }
}

/// An absolute URI without a fragment. Plain HTTP is allowed only for the local machine.
fn check_url(url: &str) -> Answer<()> {
    let local = ["http://localhost", "http://127.0.0.1", "http://[::1]"];
    let refused = Fault::invalid_parameter(format!("{url} is not a valid redirect URI."));
    match url.split_once(':') {
        None => Err(refused),
        Some(_) if url.contains('#') => Err(refused),
        Some(("http", _)) => {
            let rest = local.iter().find_map(|host| url.strip_prefix(host));
            match rest {
                Some(rest) if rest.is_empty() || rest.starts_with([':', '/', '?']) => Ok(()),
                _ => Err(refused),
            }
        }
        Some(_) => Ok(()),
    }
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPoolClient.html>
pub(crate) fn describe_user_pool_client(
    world: &mut World,
    input: DescribeUserPoolClientInput,
) -> Answer<DescribeUserPoolClientOutput> {
    let pool = world.state.pool(input.user_pool_id())?;
    let app = pool.client(input.client_id())?;
    Ok(DescribeUserPoolClientOutput::builder()
        .user_pool_client(app.description.clone())
        .build())
}

/// Settings that a request omits are reset to their defaults.
///
/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolClient.html>
pub(crate) fn update_user_pool_client(
    world: &mut World,
    input: UpdateUserPoolClientInput,
) -> Answer<UpdateUserPoolClientOutput> {
    let now = world.now();
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let old = pool.client(input.client_id())?.description.clone();
    let mut new: UserPoolClientType = carry(&input, |_| {})?;
    check(pool, &new)?;
    documented(&input)?;
    new.client_name = new.client_name.take().or(old.client_name);
    new.client_secret = old.client_secret;
    new.creation_date = old.creation_date;
    new.last_modified_date = Some(now.date());
    new.client_type = old.client_type;
    fill(&mut new);
    pool.client_mut(input.client_id())?.description = new.clone();
    Ok(UpdateUserPoolClientOutput::builder().user_pool_client(new).build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserPoolClient.html>
pub(crate) fn delete_user_pool_client(
    world: &mut World,
    input: DeleteUserPoolClientInput,
) -> Answer<DeleteUserPoolClientOutput> {
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let id = pool.client(input.client_id())?.id.clone();
    pool.clients.remove(&id);
    pool.sessions.retain(|_, session| session.client_id != id);
    pool.attempts.retain(|_, attempt| attempt.client_id != id);
    pool.authorizations
        .retain(|_, authorization| authorization.client_id != id);
    pool.stored.forget_client(&id);
    world.state.clients.remove(&id);
    Ok(DeleteUserPoolClientOutput::builder().build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPoolClients.html>
pub(crate) fn list_user_pool_clients(
    world: &mut World,
    input: ListUserPoolClientsInput,
) -> Answer<ListUserPoolClientsOutput> {
    let pool = world.state.pool(input.user_pool_id())?;
    let size = limit(input.max_results(), 60, "maxResults")?;
    let page = page(&pool.clients, input.next_token(), size, |id, app| {
        let wanted = input.client_type.is_none() || input.client_type == app.description.client_type;
        wanted.then(|| {
            UserPoolClientDescription::builder()
                .client_id(id)
                .user_pool_id(&pool.id)
                .set_client_name(app.description.client_name.clone())
                .build()
        })
    })?;
    Ok(ListUserPoolClientsOutput::builder()
        .set_user_pool_clients(Some(page.items))
        .set_next_token(page.next)
        .build())
}
