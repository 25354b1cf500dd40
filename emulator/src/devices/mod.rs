//! Devices that a pool remembers.
//!
//! Source: [Working with user devices](https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-device-tracking.html).

mod administer;
mod prove;
mod remember;

pub(crate) use administer::{
    admin_forget_device, admin_get_device, admin_list_devices, admin_update_device_status, forget_device, get_device,
    list_devices, update_device_status,
};
pub(crate) use remember::{confirm_device, invite};

use crate::clock::Moment;
use crate::fault::Answer;
use cognito_idp::types::{AttributeType, DeviceType};
use serde::{Deserialize, Serialize};

/// A device of a user.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Device {
    pub(crate) key: String,
    pub(crate) group: String,
    pub(crate) name: String,
    /// SRP's salt and verifier, once the device is confirmed.
    pub(crate) salt: String,
    pub(crate) verifier: Option<String>,
    /// Whether it may replace a second factor.
    pub(crate) remembered: bool,
    pub(crate) created: Moment,
    pub(crate) modified: Moment,
    pub(crate) authenticated: Moment,
}

impl Device {
    fn describe(&self) -> Answer<DeviceType> {
        let status = if self.remembered {
            "remembered"
        } else {
            "not_remembered"
        };
        let attributes = [
            ("device_status", status),
            ("device_name", self.name.as_str()),
            ("last_ip_used", "127.0.0.1"),
        ];
        let attributes: Result<Vec<_>, _> = attributes
            .into_iter()
            .map(|(name, value)| AttributeType::builder().name(name).value(value).build())
            .collect();
        Ok(DeviceType::builder()
            .device_key(&self.key)
            .set_device_attributes(Some(attributes?))
            .device_create_date(self.created.date())
            .device_last_modified_date(self.modified.date())
            .device_last_authenticated_date(self.authenticated.date())
            .build())
    }
}
