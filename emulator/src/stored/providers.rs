//! External identity providers: SAML, OpenID Connect, social. They are stored, but nobody can sign in with them here.

use crate::carry::{carry, update};
use crate::fault::{Answer, Fault, required};
use crate::page::{limit, page};
use crate::pools::Pool;
use crate::quotas::{self, room};
use crate::world::World;
use cognito_idp::operation::create_identity_provider::{CreateIdentityProviderInput, CreateIdentityProviderOutput};
use cognito_idp::operation::delete_identity_provider::{DeleteIdentityProviderInput, DeleteIdentityProviderOutput};
use cognito_idp::operation::describe_identity_provider::{
    DescribeIdentityProviderInput, DescribeIdentityProviderOutput,
};
use cognito_idp::operation::get_identity_provider_by_identifier::{
    GetIdentityProviderByIdentifierInput, GetIdentityProviderByIdentifierOutput,
};
use cognito_idp::operation::list_identity_providers::{ListIdentityProvidersInput, ListIdentityProvidersOutput};
use cognito_idp::operation::update_identity_provider::{UpdateIdentityProviderInput, UpdateIdentityProviderOutput};
use cognito_idp::types::{IdentityProviderType, ProviderDescription};

fn missing(name: &str) -> Fault {
    Fault::resource_not_found(format!("Identity provider {name} does not exist."))
}

/// The name of a provider that can be changed: the pool itself, which each pool has as provider, can't.
fn changeable(name: Option<&str>) -> Answer<&str> {
    match required(name, "providerName")? {
        "COGNITO" => Err(Fault::unsupported_provider(
            "COGNITO is the user pool itself: it can't be changed or deleted as a provider.",
        )),
        name => Ok(name),
    }
}

fn provider<'a>(pool: &'a Pool, name: Option<&str>) -> Answer<&'a IdentityProviderType> {
    let name = required(name, "providerName")?;
    pool.stored.providers.get(name).ok_or_else(|| missing(name))
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateIdentityProvider.html>
pub(crate) fn create_identity_provider(
    world: &mut World,
    input: CreateIdentityProviderInput,
) -> Answer<CreateIdentityProviderOutput> {
    let now = world.now();
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let name = required(input.provider_name(), "providerName")?;
    required(input.provider_type.as_ref(), "providerType")?;
    required(input.provider_details.as_ref(), "providerDetails")?;
    if pool.stored.providers.contains_key(name) {
        return Err(Fault::duplicate_provider(
            "A provider with this name already exists in this user pool.",
        ));
    }
    let taken = |identifier: &String| {
        let mut others = pool.stored.providers.values();
        others.any(|other| other.idp_identifiers().contains(identifier))
    };
    if input.idp_identifiers().iter().any(taken) {
        return Err(Fault::duplicate_provider(
            "An identity provider with this identifier already exists.",
        ));
    }
    room(
        pool.stored.providers.len(),
        quotas::PROVIDERS,
        "identity providers in a user pool",
    )?;
    let mut provider: IdentityProviderType = carry(&input, |_| {})?;
    provider
        .attribute_mapping
        .get_or_insert_with(|| [("username".to_owned(), "sub".to_owned())].into());
    provider.creation_date = Some(now.date());
    provider.last_modified_date = Some(now.date());
    pool.stored.providers.insert(name.to_owned(), provider.clone());
    Ok(CreateIdentityProviderOutput::builder()
        .identity_provider(provider)
        .build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeIdentityProvider.html>
pub(crate) fn describe_identity_provider(
    world: &mut World,
    input: DescribeIdentityProviderInput,
) -> Answer<DescribeIdentityProviderOutput> {
    let provider = provider(world.state.pool(input.user_pool_id())?, input.provider_name())?;
    Ok(DescribeIdentityProviderOutput::builder()
        .identity_provider(provider.clone())
        .build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetIdentityProviderByIdentifier.html>
pub(crate) fn get_identity_provider_by_identifier(
    world: &mut World,
    input: GetIdentityProviderByIdentifierInput,
) -> Answer<GetIdentityProviderByIdentifierOutput> {
    let pool = world.state.pool(input.user_pool_id())?;
    let identifier = required(input.idp_identifier(), "idpIdentifier")?;
    let mut providers = pool.stored.providers.values();
    let provider = providers.find(|provider| provider.idp_identifiers().iter().any(|known| known == identifier));
    let provider = provider.ok_or_else(|| missing(identifier))?;
    Ok(GetIdentityProviderByIdentifierOutput::builder()
        .identity_provider(provider.clone())
        .build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateIdentityProvider.html>
pub(crate) fn update_identity_provider(
    world: &mut World,
    input: UpdateIdentityProviderInput,
) -> Answer<UpdateIdentityProviderOutput> {
    let now = world.now();
    let pool = world.state.pool_mut(input.user_pool_id())?;
    changeable(input.provider_name())?;
    let mut new = update(provider(pool, input.provider_name())?, &input, |_| {})?;
    new.last_modified_date = Some(now.date());
    if let Some(name) = input.provider_name {
        pool.stored.providers.insert(name, new.clone());
    }
    Ok(UpdateIdentityProviderOutput::builder().identity_provider(new).build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteIdentityProvider.html>
pub(crate) fn delete_identity_provider(
    world: &mut World,
    input: DeleteIdentityProviderInput,
) -> Answer<DeleteIdentityProviderOutput> {
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let name = changeable(input.provider_name())?;
    pool.stored.providers.remove(name).ok_or_else(|| missing(name))?;
    Ok(DeleteIdentityProviderOutput::builder().build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListIdentityProviders.html>
pub(crate) fn list_identity_providers(
    world: &mut World,
    input: ListIdentityProvidersInput,
) -> Answer<ListIdentityProvidersOutput> {
    let pool = world.state.pool(input.user_pool_id())?;
    let size = limit(input.max_results, 60, "maxResults")?;
    let page = page(&pool.stored.providers, input.next_token(), size, |_, provider| {
        Some(
            ProviderDescription::builder()
                .set_provider_name(provider.provider_name.clone())
                .set_provider_type(provider.provider_type.clone())
                .set_creation_date(provider.creation_date)
                .set_last_modified_date(provider.last_modified_date)
                .build(),
        )
    })?;
    Ok(ListIdentityProvidersOutput::builder()
        .set_providers(Some(page.items))
        .set_next_token(page.next)
        .build()?)
}
