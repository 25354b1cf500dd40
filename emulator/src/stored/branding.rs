//! Styles of managed login, one per app client.

use crate::carry::{carry, update};
use crate::fault::{Answer, Fault, required};
use crate::quotas::{self, room};
use crate::random;
use crate::world::World;
use cognito_idp::operation::create_managed_login_branding::{
    CreateManagedLoginBrandingInput, CreateManagedLoginBrandingOutput,
};
use cognito_idp::operation::delete_managed_login_branding::{
    DeleteManagedLoginBrandingInput, DeleteManagedLoginBrandingOutput,
};
use cognito_idp::operation::describe_managed_login_branding::{
    DescribeManagedLoginBrandingInput, DescribeManagedLoginBrandingOutput,
};
use cognito_idp::operation::describe_managed_login_branding_by_client::{
    DescribeManagedLoginBrandingByClientInput, DescribeManagedLoginBrandingByClientOutput,
};
use cognito_idp::operation::update_managed_login_branding::{
    UpdateManagedLoginBrandingInput, UpdateManagedLoginBrandingOutput,
};
use cognito_idp::types::ManagedLoginBrandingType;

fn missing() -> Fault {
    Fault::resource_not_found("Managed login branding does not exist.")
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateManagedLoginBranding.html>
pub(crate) fn create_managed_login_branding(
    world: &mut World,
    input: CreateManagedLoginBrandingInput,
) -> Answer<CreateManagedLoginBrandingOutput> {
    let now = world.now();
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let client = pool.client(input.client_id())?.id.clone();
    if pool.stored.branding.values().any(|(known, _)| *known == client) {
        return Err(Fault::managed_login_branding_exists(
            "The app client already has a managed login branding.",
        ));
    }
    if input.use_cognito_provided_values == Some(true) && (input.settings.is_some() || input.assets.is_some()) {
        return Err(Fault::invalid_parameter(
            "UseCognitoProvidedValues can't be combined with settings or assets.",
        ));
    }
    room(
        pool.stored.branding.len(),
        quotas::BRANDING,
        "styles of managed login in a user pool",
    )?;
    let mut branding: ManagedLoginBrandingType = carry(&input, |_| {})?;
    let id = random::uuid();
    branding.managed_login_branding_id = Some(id.clone());
    branding.creation_date = Some(now.date());
    branding.last_modified_date = Some(now.date());
    pool.stored.branding.insert(id, (client, branding.clone()));
    Ok(CreateManagedLoginBrandingOutput::builder()
        .managed_login_branding(branding)
        .build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeManagedLoginBranding.html>
pub(crate) fn describe_managed_login_branding(
    world: &mut World,
    input: DescribeManagedLoginBrandingInput,
) -> Answer<DescribeManagedLoginBrandingOutput> {
    let pool = world.state.pool(input.user_pool_id())?;
    let id = required(input.managed_login_branding_id(), "managedLoginBrandingId")?;
    let (_, branding) = pool.stored.branding.get(id).ok_or_else(missing)?;
    Ok(DescribeManagedLoginBrandingOutput::builder()
        .managed_login_branding(branding.clone())
        .build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeManagedLoginBrandingByClient.html>
pub(crate) fn describe_managed_login_branding_by_client(
    world: &mut World,
    input: DescribeManagedLoginBrandingByClientInput,
) -> Answer<DescribeManagedLoginBrandingByClientOutput> {
    let pool = world.state.pool(input.user_pool_id())?;
    let client = &pool.client(input.client_id())?.id;
    let branding = pool.stored.branding.values().find(|(known, _)| known == client);
    let (_, branding) = branding.ok_or_else(missing)?;
    Ok(DescribeManagedLoginBrandingByClientOutput::builder()
        .managed_login_branding(branding.clone())
        .build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateManagedLoginBranding.html>
pub(crate) fn update_managed_login_branding(
    world: &mut World,
    input: UpdateManagedLoginBrandingInput,
) -> Answer<UpdateManagedLoginBrandingOutput> {
    let now = world.now();
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let id = required(input.managed_login_branding_id(), "managedLoginBrandingId")?;
    let (_, branding) = pool.stored.branding.get_mut(id).ok_or_else(missing)?;
    *branding = update(branding, &input, |_| {})?;
    branding.last_modified_date = Some(now.date());
    Ok(UpdateManagedLoginBrandingOutput::builder()
        .managed_login_branding(branding.clone())
        .build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteManagedLoginBranding.html>
pub(crate) fn delete_managed_login_branding(
    world: &mut World,
    input: DeleteManagedLoginBrandingInput,
) -> Answer<DeleteManagedLoginBrandingOutput> {
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let id = required(input.managed_login_branding_id(), "managedLoginBrandingId")?;
    pool.stored.branding.remove(id).ok_or_else(missing)?;
    Ok(DeleteManagedLoginBrandingOutput::builder().build())
}
