//! Devices are listed, remembered and forgotten.

use super::Device;
use crate::clock::Moment;
use crate::fault::{Answer, Fault, required};
use crate::page::{limit, page};
use crate::pools::Pool;
use crate::tokens::authorize;
use crate::users::User;
use crate::world::World;
use cognito_idp::operation::admin_forget_device::{AdminForgetDeviceInput, AdminForgetDeviceOutput};
use cognito_idp::operation::admin_get_device::{AdminGetDeviceInput, AdminGetDeviceOutput};
use cognito_idp::operation::admin_list_devices::{AdminListDevicesInput, AdminListDevicesOutput};
use cognito_idp::operation::admin_update_device_status::{AdminUpdateDeviceStatusInput, AdminUpdateDeviceStatusOutput};
use cognito_idp::operation::forget_device::{ForgetDeviceInput, ForgetDeviceOutput};
use cognito_idp::operation::get_device::{GetDeviceInput, GetDeviceOutput};
use cognito_idp::operation::list_devices::{ListDevicesInput, ListDevicesOutput};
use cognito_idp::operation::update_device_status::{UpdateDeviceStatusInput, UpdateDeviceStatusOutput};
use cognito_idp::types::{DeviceRememberedStatusType, DeviceType};

/// Refuses where the pool doesn't remember devices.
pub(super) fn remembers(pool: &Pool) -> Answer<()> {
    if pool.description.device_configuration.is_some() {
        Ok(())
    } else {
        Err(Fault::invalid_pool_configuration(
            "The user pool isn't configured to remember devices.",
        ))
    }
}

fn no_device() -> Fault {
    Fault::resource_not_found("Device does not exist.")
}

fn device(user: &User, key: Option<&str>) -> Answer<DeviceType> {
    let key = required(key, "deviceKey")?;
    user.devices.get(key).ok_or_else(no_device)?.describe()
}

/// The devices that were confirmed: before, the user may as well have declined to have the device remembered.
fn devices(user: &User, token: Option<&str>, size: Option<i32>) -> Answer<(Vec<DeviceType>, Option<String>)> {
    let size = limit(size, 60, "limit")?;
    let page = page(&user.devices, token, size, |_, device| {
        device.verifier.is_some().then_some(device)
    })?;
    let devices: Answer<Vec<_>> = page.items.into_iter().map(Device::describe).collect();
    Ok((devices?, page.next))
}

fn forget(user: &mut User, key: Option<&str>) -> Answer<()> {
    let key = required(key, "deviceKey")?;
    user.devices.remove(key).map(drop).ok_or_else(no_device)
}

fn remember(
    user: &mut User,
    key: Option<&str>,
    status: Option<&DeviceRememberedStatusType>,
    now: Moment,
) -> Answer<()> {
    let key = required(key, "deviceKey")?;
    let device = user.devices.get_mut(key).ok_or_else(no_device)?;
    if let Some(status) = status {
        device.remembered = *status == DeviceRememberedStatusType::Remembered;
    }
    device.modified = now;
    Ok(())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetDevice.html>
pub(crate) fn get_device(world: &mut World, input: GetDeviceInput) -> Answer<GetDeviceOutput> {
    let now = world.now();
    let (pool, _, user) = authorize(&mut world.state, input.access_token(), now)?;
    remembers(pool)?;
    let device = device(pool.user(Some(&user))?, input.device_key())?;
    Ok(GetDeviceOutput::builder().device(device).build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetDevice.html>
pub(crate) fn admin_get_device(world: &mut World, input: AdminGetDeviceInput) -> Answer<AdminGetDeviceOutput> {
    let pool = world.state.pool(input.user_pool_id())?;
    remembers(pool)?;
    let user = pool.user(input.username())?;
    let device = device(user, input.device_key())?;
    Ok(AdminGetDeviceOutput::builder().device(device).build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListDevices.html>
pub(crate) fn list_devices(world: &mut World, input: ListDevicesInput) -> Answer<ListDevicesOutput> {
    let now = world.now();
    let (pool, _, user) = authorize(&mut world.state, input.access_token(), now)?;
    remembers(pool)?;
    let (devices, next) = devices(pool.user(Some(&user))?, input.pagination_token(), input.limit)?;
    Ok(ListDevicesOutput::builder()
        .set_devices(Some(devices))
        .set_pagination_token(next)
        .build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminListDevices.html>
pub(crate) fn admin_list_devices(world: &mut World, input: AdminListDevicesInput) -> Answer<AdminListDevicesOutput> {
    let pool = world.state.pool(input.user_pool_id())?;
    remembers(pool)?;
    let user = pool.user(input.username())?;
    let (devices, next) = devices(user, input.pagination_token(), input.limit)?;
    Ok(AdminListDevicesOutput::builder()
        .set_devices(Some(devices))
        .set_pagination_token(next)
        .build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ForgetDevice.html>
pub(crate) fn forget_device(world: &mut World, input: ForgetDeviceInput) -> Answer<ForgetDeviceOutput> {
    let now = world.now();
    let (pool, _, user) = authorize(&mut world.state, input.access_token(), now)?;
    remembers(pool)?;
    forget(pool.user_mut(Some(&user))?, input.device_key())?;
    Ok(ForgetDeviceOutput::builder().build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminForgetDevice.html>
pub(crate) fn admin_forget_device(world: &mut World, input: AdminForgetDeviceInput) -> Answer<AdminForgetDeviceOutput> {
    let pool = world.state.pool_mut(input.user_pool_id())?;
    remembers(pool)?;
    forget(pool.user_mut(input.username())?, input.device_key())?;
    Ok(AdminForgetDeviceOutput::builder().build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateDeviceStatus.html>
pub(crate) fn update_device_status(
    world: &mut World,
    input: UpdateDeviceStatusInput,
) -> Answer<UpdateDeviceStatusOutput> {
    let now = world.now();
    let (pool, _, user) = authorize(&mut world.state, input.access_token(), now)?;
    remembers(pool)?;
    let user = pool.user_mut(Some(&user))?;
    remember(user, input.device_key(), input.device_remembered_status(), now)?;
    Ok(UpdateDeviceStatusOutput::builder().build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUpdateDeviceStatus.html>
pub(crate) fn admin_update_device_status(
    world: &mut World,
    input: AdminUpdateDeviceStatusInput,
) -> Answer<AdminUpdateDeviceStatusOutput> {
    let now = world.now();
    let pool = world.state.pool_mut(input.user_pool_id())?;
    remembers(pool)?;
    let user = pool.user_mut(input.username())?;
    remember(user, input.device_key(), input.device_remembered_status(), now)?;
    Ok(AdminUpdateDeviceStatusOutput::builder().build())
}
