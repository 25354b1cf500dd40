//! The look of the classic hosted UI.

use crate::fault::{Answer, Fault};
use crate::pools::Pool;
use crate::world::World;
use cognito_idp::operation::get_ui_customization::{GetUiCustomizationInput, GetUiCustomizationOutput};
use cognito_idp::operation::set_ui_customization::{SetUiCustomizationInput, SetUiCustomizationOutput};
use cognito_idp::types::UiCustomizationType;

/// All app clients without their own look.
const ALL: &str = "ALL";

/// The app client of a request, which must be one of the pool's.
fn client(pool: &Pool, id: Option<&str>) -> Answer<String> {
    match id {
        None | Some(ALL) => Ok(ALL.to_owned()),
        Some(_) => Ok(pool.client(id)?.id.clone()),
    }
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUICustomization.html>
pub(crate) fn set_ui_customization(
    world: &mut World,
    input: SetUiCustomizationInput,
) -> Answer<SetUiCustomizationOutput> {
    let now = world.now();
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let client = client(pool, input.client_id())?;
    if pool.stored.domains.is_empty() {
        return Err(Fault::invalid_parameter(
            "There has to be an existing domain associated with this user pool",
        ));
    }
    let old = pool.stored.customizations.get(&client);
    let created = old.and_then(|old| old.creation_date).unwrap_or_else(|| now.date());
    let image = input
        .image_file
        .as_ref()
        .map(|_| format!("https://example.com/{client}/logo.jpg"));
    let customization = UiCustomizationType::builder()
        .user_pool_id(&pool.id)
        .client_id(&client)
        .set_css(input.css)
        .css_version(now.seconds().to_string())
        .set_image_url(image)
        .creation_date(created)
        .last_modified_date(now.date())
        .build();
    pool.stored.customizations.insert(client, customization.clone());
    Ok(SetUiCustomizationOutput::builder()
        .ui_customization(customization)
        .build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUICustomization.html>
pub(crate) fn get_ui_customization(
    world: &mut World,
    input: GetUiCustomizationInput,
) -> Answer<GetUiCustomizationOutput> {
    let pool = world.state.pool(input.user_pool_id())?;
    let client = client(pool, input.client_id())?;
    let all = &pool.stored.customizations;
    let customization = all.get(&client).or_else(|| all.get(ALL)).cloned();
    let customization = customization.unwrap_or_else(|| UiCustomizationType::builder().build());
    Ok(GetUiCustomizationOutput::builder()
        .ui_customization(customization)
        .build())
}
