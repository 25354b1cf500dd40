//! Users: profiles, passwords, codes.

mod addresses;
mod admin;
mod aliases;
mod attempts;
mod attributes;
mod codes;
mod confirm;
mod filter;
mod index;
mod links;
mod list;
mod mfa;
mod myself;
mod password;
mod recovery;
mod sign_up;
mod totp;
mod verification;

pub(crate) use admin::{
    admin_confirm_sign_up, admin_create_user, admin_delete_user, admin_delete_user_attributes, admin_disable_user,
    admin_enable_user, admin_get_user, admin_set_user_password, admin_update_user_attributes,
};
pub(crate) use aliases::{claim, index, insert};
pub(crate) use attempts::{Action, Attempts};
pub(crate) use attributes::{
    Writer, check_required, is_email, is_phone_number, is_verification, read as read_attributes, to_list,
};
pub(crate) use codes::{Code, Purpose};
pub(crate) use confirm::{confirm_sign_up, resend_confirmation_code};
pub(crate) use index::Users;
pub(crate) use links::{Link, admin_disable_provider_for_user, admin_link_provider_for_user};
pub(crate) use list::{describe, list_users};
pub(crate) use mfa::{
    EMAIL, Mfa, SMS, TOTP, admin_delete_software_token, admin_get_user_auth_factors, admin_set_user_mfa_preference,
    admin_set_user_settings, associate_software_token, get_user_auth_factors, set_user_mfa_preference,
    set_user_settings, verify_software_token,
};
pub(crate) use myself::{
    change_password, delete_user, delete_user_attributes, get_user, global_sign_out, update_user_attributes,
};
pub(crate) use password::Password;
pub(crate) use recovery::{admin_reset_user_password, confirm_forgot_password, forgot_password, history_size};
pub(crate) use sign_up::{new_user, sign_up};
pub(crate) use totp::{Totp, shown as totp_shown};
pub(crate) use verification::{get_user_attribute_verification_code, verify_user_attribute};

use crate::clock::Moment;
use crate::devices::Device;
use crate::passkeys::Passkey;
use crate::sign_in::{AuthEvent, WrongPasswords};
use cognito_idp::types::UserStatusType;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The key of a user in their pool, see [`Pool::key`](crate::pools::Pool::key).
pub(crate) type UserKey = String;

/// A user.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct User {
    pub(crate) username: String,
    /// With `sub`.
    pub(crate) attributes: BTreeMap<String, String>,
    /// New values that take effect when they are verified.
    pub(crate) pending: BTreeMap<String, String>,
    pub(crate) created: Moment,
    pub(crate) modified: Moment,
    pub(crate) status: UserStatusType,
    pub(crate) enabled: bool,
    /// `None` for users who sign in without a password.
    pub(crate) password: Option<Password>,
    /// The previous passwords, oldest first.
    pub(crate) history: Vec<Password>,
    /// When a temporary password expires.
    pub(crate) temporary_until: Option<Moment>,
    pub(crate) codes: BTreeMap<Purpose, Code>,
    pub(crate) mfa: Mfa,
    pub(crate) groups: BTreeSet<String>,
    pub(crate) devices: BTreeMap<String, Device>,
    pub(crate) passkeys: Vec<Passkey>,
    /// The challenge of a passkey that is being registered.
    pub(crate) passkey_challenge: Option<String>,
    /// The app client that started the registration.
    #[serde(default)]
    pub(crate) passkey_client: Option<String>,
    pub(crate) links: Vec<Link>,
    /// The keys of their aliases in the pool.
    pub(crate) aliases: Vec<String>,
    pub(crate) wrong_passwords: WrongPasswords,
    /// The calls of the last hour that are counted.
    #[serde(default)]
    pub(crate) attempts: Attempts,
    pub(crate) events: Vec<AuthEvent>,
}

impl crate::kept::Part for User {}

impl User {
    /// The user's id, which never changes.
    pub(crate) fn sub(&self) -> &str {
        self.attribute("sub").unwrap_or_default()
    }

    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    /// Whether the e-mail address or the phone number is verified.
    pub(crate) fn has_verified(&self, attribute: &str) -> bool {
        self.attribute(attribute).is_some() && self.attribute(&format!("{attribute}_verified")) == Some("true")
    }

    /// The attributes in the form for triggers.
    pub(crate) fn claims(&self) -> BTreeMap<String, String> {
        let mut claims = self.attributes.clone();
        claims.insert("cognito:user_status".to_owned(), self.status.as_str().to_owned());
        claims
    }
}
