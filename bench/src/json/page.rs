//! The answer to `ListUsers`: a full page, as Cognito sends it.

use serde_json::json;

/// The greatest number of users that Cognito sends in a page.
pub(super) const USERS: u32 = 60;

/// The page, as JSON.
pub(super) fn page() -> String {
    let users: Vec<_> = (0..USERS).map(user).collect();
    let token = "CAISlQIIARLvAQgDEuoBAGl4aXQtcG9vbA".repeat(8);
    json!({ "PaginationToken": token, "Users": users }).to_string()
}

fn user(index: u32) -> serde_json::Value {
    let id = format!("8d2f1c1e-30a1-70c4-1d2b-3f1d0a5b{index:04x}");
    json!({
        "Attributes": [
            { "Name": "sub", "Value": id },
            { "Name": "email", "Value": format!("user{index}@example.com") },
            { "Name": "email_verified", "Value": "true" },
            { "Name": "phone_number", "Value": format!("+1206555{index:04}") },
            { "Name": "name", "Value": format!("Jos\u{e9} \"Joe\" Roe {index}") },
            { "Name": "identities", "Value": r#"[{"userId":"1234","providerName":"Google","primary":true}]"# },
        ],
        "Enabled": true,
        "UserCreateDate": 1_761_213_245.123 + f64::from(index),
        "UserLastModifiedDate": 1_761_213_301.456 + f64::from(index),
        "UserStatus": if index.is_multiple_of(5) { "FORCE_CHANGE_PASSWORD" } else { "CONFIRMED" },
        "Username": id,
    })
}
