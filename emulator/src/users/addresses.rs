//! Attributes change, and with them the addresses that must be verified.
//!
//! Source: [Verifying updates to email addresses and phone numbers](https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-email-phone-verification.html#user-pool-settings-verifications-verify-attribute-updates).

use super::codes::{Purpose, Reason, send_code};
use super::{User, aliases};
use crate::clock::Moment;
use crate::fault::Answer;
use crate::pools::Pool;
use crate::world::Around;
use cognito_idp::types::CodeDeliveryDetailsType;
use std::collections::{BTreeMap, HashMap};

/// Who changes attributes.
#[derive(Debug)]
pub(super) struct Changer<'a> {
    pub(super) client_id: &'a str,
    pub(super) metadata: Option<&'a HashMap<String, String>>,
    pub(super) now: Moment,
}

/// Gives the user these attributes. A new address isn't verified, unless the request says so; where the pool asks for it,
/// it counts only once it is. Gives where codes went.
pub(super) fn change(
    around: &Around,
    pool: &mut Pool,
    key: &str,
    mut user: User,
    mut given: BTreeMap<String, String>,
    by: &Changer<'_>,
) -> Answer<Vec<CodeDeliveryDetailsType>> {
    let keep = pool
        .description
        .user_attribute_update_settings()
        .map(|settings| settings.attributes_require_verification_before_update().to_vec())
        .unwrap_or_default();
    let verified = pool.description.auto_verified_attributes().to_vec();
    let mut changed = Vec::new();
    for name in ["email", "phone_number"] {
        let is_new = |new: &&String| !new.is_empty() && user.attribute(name) != Some(new);
        let Some(new) = given.get(name).filter(is_new).cloned() else {
            continue;
        };
        user.pending.remove(name);
        if given
            .get(&format!("{name}_verified"))
            .is_some_and(|value| value.eq_ignore_ascii_case("true"))
        {
            continue;
        }
        if keep.iter().any(|kept| kept.as_str() == name) {
            given.remove(name);
            user.pending.insert(name.to_owned(), new);
        } else {
            user.attributes.insert(format!("{name}_verified"), "false".to_owned());
        }
        if verified.iter().any(|verified| verified.as_str() == name) {
            changed.push(name);
        }
    }
    user.set_attributes(given);
    user.modified = by.now;
    aliases::claim(pool, key, &user, false)?;
    pool.users.insert(key.to_owned(), user);
    aliases::index(pool, key);
    let mut details = Vec::new();
    for name in changed {
        let reason = Reason {
            purpose: Purpose::Attribute(name.to_owned()),
            name: "UpdateUserAttribute",
            client_id: by.client_id,
            metadata: by.metadata,
        };
        details.push(send_code(around, pool, key, name, reason)?);
    }
    Ok(details)
}
