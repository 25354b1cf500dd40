//! How a rule is tested: by inputs in JSON, of which a test writes what matters.

use cognito_idp::operation::add_custom_attributes::AddCustomAttributesInput;
use cognito_idp::operation::admin_create_user::AdminCreateUserInput;
use cognito_idp::operation::create_group::CreateGroupInput;
use cognito_idp::operation::create_identity_provider::CreateIdentityProviderInput;
use cognito_idp::operation::create_managed_login_branding::CreateManagedLoginBrandingInput;
use cognito_idp::operation::create_resource_server::CreateResourceServerInput;
use cognito_idp::operation::create_user_pool::CreateUserPoolInput;
use cognito_idp::operation::create_user_pool_client::CreateUserPoolClientInput;
use cognito_idp::operation::create_user_pool_domain::CreateUserPoolDomainInput;
use cognito_idp::operation::set_ui_customization::SetUiCustomizationInput;
use cognito_idp::operation::set_user_pool_mfa_config::SetUserPoolMfaConfigInput;
use cognito_idp::operation::update_group::UpdateGroupInput;
use cognito_idp::operation::update_identity_provider::UpdateIdentityProviderInput;
use cognito_idp::operation::update_managed_login_branding::UpdateManagedLoginBrandingInput;
use cognito_idp::operation::update_user_pool::UpdateUserPoolInput;
use cognito_idp::operation::update_user_pool_client::UpdateUserPoolClientInput;
use cognito_idp::operation::update_user_pool_domain::UpdateUserPoolDomainInput;
use cognito_idp::validation::{Severity, Validate, Violation};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Tests of rules, one each: `breaks` with the path where the rule is reported, `keeps` without any error.
macro_rules! rules {
    ($($test:ident: $rule:literal, $operation:literal {
        $(breaks $path:literal: $bad:tt;)+
        $(keeps $good:tt;)+
    })*) => {
        /// The rules that are tested here.
        pub(crate) const TESTED: &[&str] = &[$($rule),*];

        $(
            #[test]
            fn $test() {
                $(crate::support::breaks($rule, $operation, $path, ::serde_json::json!($bad));)+
                $(crate::support::keeps($rule, $operation, ::serde_json::json!($good));)+
            }
        )*
    };
}

pub(crate) use rules;

/// All that is found in the input of an operation.
pub(crate) fn findings(operation: &str, input: &Value) -> Vec<Violation> {
    let pool = json!({ "UserPoolId": "us-east-1_EXAMPLE" });
    let with = |more: Value| [pool.clone(), more, input.clone()];
    let client = json!({ "ClientId": "1example23456789" });
    match operation {
        "AddCustomAttributes" => of::<AddCustomAttributesInput>(with(json!({}))),
        "AdminCreateUser" => of::<AdminCreateUserInput>(with(json!({}))),
        "CreateGroup" => of::<CreateGroupInput>(with(json!({ "GroupName": "editors" }))),
        "CreateIdentityProvider" => of::<CreateIdentityProviderInput>(with(json!({ "ProviderName": "Example" }))),
        "CreateManagedLoginBranding" => of::<CreateManagedLoginBrandingInput>(with(client)),
        "CreateResourceServer" => of::<CreateResourceServerInput>(with(json!({ "Name": "API" }))),
        "CreateUserPool" => of::<CreateUserPoolInput>([json!({ "PoolName": "users" }), input.clone()]),
        "CreateUserPoolClient" => of::<CreateUserPoolClientInput>(with(json!({ "ClientName": "web" }))),
        "CreateUserPoolDomain" => of::<CreateUserPoolDomainInput>(with(json!({}))),
        "SetUICustomization" => of::<SetUiCustomizationInput>(with(json!({}))),
        "SetUserPoolMfaConfig" => of::<SetUserPoolMfaConfigInput>(with(json!({}))),
        "UpdateGroup" => of::<UpdateGroupInput>(with(json!({ "GroupName": "editors" }))),
        "UpdateIdentityProvider" => of::<UpdateIdentityProviderInput>(with(json!({ "ProviderName": "Example" }))),
        "UpdateManagedLoginBranding" => of::<UpdateManagedLoginBrandingInput>(with(json!({}))),
        "UpdateUserPool" => of::<UpdateUserPoolInput>(with(json!({}))),
        "UpdateUserPoolClient" => of::<UpdateUserPoolClientInput>(with(client)),
        "UpdateUserPoolDomain" => of::<UpdateUserPoolDomainInput>(with(json!({}))),
        other => panic!("{other} has no input here"),
    }
}

/// All that is found in an input: the members of all objects, where the last one counts.
fn of<Input: Validate + DeserializeOwned>(objects: impl IntoIterator<Item = Value>) -> Vec<Violation> {
    let mut members = serde_json::Map::new();
    for object in objects {
        if let Value::Object(object) = object {
            members.extend(object);
        }
    }
    let input: Input = serde_json::from_value(members.into()).expect("a test writes what an input is read from");
    input.findings()
}

/// The rule is reported at the path.
pub(crate) fn breaks(rule: &str, operation: &str, path: &str, input: Value) {
    let found = findings(operation, &input);
    let is_there = |it: &Violation| it.rule().is_some_and(|found| found.name == rule) && it.path() == path;
    assert!(
        found.iter().any(is_there),
        "{operation} {input}: no {rule} at {path}, but {found:#?}"
    );
}

/// The rule isn't reported, and the model and the other rules have nothing but advice.
pub(crate) fn keeps(rule: &str, operation: &str, input: Value) {
    let found = findings(operation, &input);
    let is_wrong =
        |it: &Violation| it.severity() == Severity::Error || it.rule().is_some_and(|found| found.name == rule);
    assert!(!found.iter().any(is_wrong), "{operation} {input}: {found:#?}");
}

/// The names of the rules that are reported.
pub(crate) fn names(operation: &str, input: &Value) -> Vec<&'static str> {
    let found = findings(operation, input);
    found.iter().filter_map(|it| Some(it.rule()?.name)).collect()
}
