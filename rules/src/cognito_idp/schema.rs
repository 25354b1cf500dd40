//! The attributes of users: `CreateUserPool`'s `Schema`, and `AddCustomAttributes`.

use crate::macros::{api, guide, rules};
use cognito_validation::{Document, Findings, Rule};

rules! {
    /// Users can't be required to have a value for a custom attribute.
    REQUIRED = must("custom-attribute-required", guide!("user-pool-settings-attributes"));
    /// A custom attribute has 2048 characters at most.
    LENGTH = must("custom-attribute-length", guide!("user-pool-settings-attributes"));
    /// `MaxLength` is a number up to 2^1023, as text.
    MAX_LENGTH = must("max-length-number", api!("StringAttributeConstraintsType"));
    /// `MaxValue` is a number up to 2^1023, as text.
    MAX_VALUE = must("max-value-number", api!("NumberAttributeConstraintsType"));
    /// Cognito adds the prefix of a custom attribute's name itself.
    PREFIX = should("custom-attribute-prefix", api!("SchemaAttributeType"));
    /// Write permissions of app clients replaced developer-only attributes.
    DEVELOPER = should("developer-only-attribute", api!("SchemaAttributeType"));
}

/// The attributes that each user of each pool has.
const STANDARD: [&str; 21] = [
    "address",
    "birthdate",
    "email",
    "email_verified",
    "family_name",
    "gender",
    "given_name",
    "identities",
    "locale",
    "middle_name",
    "name",
    "nickname",
    "phone_number",
    "phone_number_verified",
    "picture",
    "preferred_username",
    "profile",
    "sub",
    "updated_at",
    "website",
    "zoneinfo",
];

/// The attributes of a new pool. An attribute with a nonstandard name is custom.
pub(super) fn check_new_pool(pool: Document<'_>, findings: &mut Findings<'_>) {
    for attribute in pool.list("Schema") {
        let name = attribute.get("Name").and_then(Document::text);
        if name.is_some_and(|name| !STANDARD.contains(&name)) {
            custom(attribute, findings);
        }
    }
}

/// The attributes that are added to a pool. All are custom.
pub(super) fn check_custom_attributes(request: Document<'_>, findings: &mut Findings<'_>) {
    for attribute in request.list("CustomAttributes") {
        custom(attribute, findings);
    }
}

fn custom(attribute: Document<'_>, findings: &mut Findings<'_>) {
    if let Some(required) = attribute.get("Required").filter(|required| required.is_true()) {
        let advice = "can't be true for a custom attribute: leave it out, and ask for a value in your app";
        findings.report(&REQUIRED, required, advice);
    }
    let constraints = attribute.get("StringAttributeConstraints");
    if let Some(length) = constraints.and_then(|it| it.get("MaxLength"))
        && number(length).is_some_and(|length| length > 2048.0)
    {
        findings.report(&LENGTH, length, "is too long for a custom attribute: use 2048 or less");
    }
    if let Some(name) = attribute.get("Name")
        && name
            .text()
            .is_some_and(|name| name.starts_with("custom:") || name.starts_with("dev:"))
    {
        findings.report(&PREFIX, name, "gets its prefix from Cognito: leave it out here");
    }
}

pub(super) fn check_attribute(attribute: Document<'_>, findings: &mut Findings<'_>) {
    let of = |constraints: &str, member: &str| attribute.get(constraints).and_then(|it| it.get(member));
    limit(of("StringAttributeConstraints", "MaxLength"), &MAX_LENGTH, findings);
    limit(of("NumberAttributeConstraints", "MaxValue"), &MAX_VALUE, findings);
    if let Some(developer) = attribute.get("DeveloperOnlyAttribute").filter(|it| it.is_true()) {
        let advice = "is of old: control who writes the attribute by the WriteAttributes of app clients";
        findings.report(&DEVELOPER, developer, advice);
    }
}

fn limit(limit: Option<Document<'_>>, rule: &'static Rule, findings: &mut Findings<'_>) {
    // An empty limit is none.
    if let Some(limit) = limit.filter(|limit| limit.text().is_some_and(|text| !text.is_empty()))
        && number(limit).is_none_or(|number| number > 2f64.powi(1023))
    {
        findings.report(rule, limit, "must be a number up to 2^1023, as text");
    }
}

/// The number in a text of digits.
fn number(value: Document<'_>) -> Option<f64> {
    let text = value.text()?;
    text.contains(|c: char| c.is_ascii_digit()).then(|| text.parse().ok())?
}
