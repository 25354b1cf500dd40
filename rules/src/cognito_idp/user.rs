//! Users that an administrator makes: `AdminCreateUser`.

use crate::macros::{api, rules};
use cognito_validation::{Document, Findings};

rules! {
    /// A user with a verified address, or with a medium for messages, has that address.
    ADDRESS = must("user-address", api!("AdminCreateUser"));
}

/// An attribute that messages are sent to: its name, the one that says that it is verified, the medium, and the sign by
/// which a user name is such an address. A pool may take the address from the user name.
const ADDRESSES: [(&str, &str, &str, char); 2] = [
    ("email", "email_verified", "EMAIL", '@'),
    ("phone_number", "phone_number_verified", "SMS", '+'),
];

pub(super) fn check_admin_create(user: Document<'_>, findings: &mut Findings<'_>) {
    let action = user.get("MessageAction").and_then(Document::text);
    if action == Some("RESEND") {
        // The user is there, and may have the address.
        return;
    }
    let attribute = |name: &str| {
        user.list("UserAttributes")
            .find(|attribute| attribute.get("Name").and_then(Document::text) == Some(name))
            .and_then(|attribute| attribute.get("Value"))
    };
    let name = user.get("Username").and_then(Document::text).unwrap_or_default();
    for (address, verified, medium, sign) in ADDRESSES {
        if attribute(address).is_some() || name.contains(sign) {
            continue;
        }
        if let Some(value) = attribute(verified)
            && value.text() == Some("true")
        {
            let advice = format!("says that `{address}` is verified, which the user doesn't have: add the attribute");
            findings.report(&ADDRESS, value, advice);
        }
        let wanted = user.list("DesiredDeliveryMediums").find(|it| it.text() == Some(medium));
        if let Some(wanted) = wanted
            && action != Some("SUPPRESS")
        {
            let advice = format!("needs the attribute `{address}`, which the user doesn't have: add it");
            findings.report(&ADDRESS, wanted, advice);
        }
    }
}
