//! The operations, each asked by the typed client: JSON goes in, and JSON or the error's code comes out.

use super::scene::Scene;
use crate::world::code_of;
use cognito_runtime::operation::OperationInput;
use cognito_runtime::{Operation, SendFuture};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Asks an operation: its output, or the error as `Code: message`.
pub(super) type Call = fn(&Scene, Value) -> Result<Value, String>;

/// The calls of a service, by operation.
pub(super) type Calls = BTreeMap<&'static str, Call>;

fn call<I>(scene: &Scene, input: Value, send: impl FnOnce(I) -> SendFuture<I::Operation>) -> Result<Value, String>
where
    I: OperationInput<Operation: Operation<Output: Serialize>>,
{
    let name = <I::Operation as Operation>::NAME;
    let input: I = serde_json::from_value(input).unwrap_or_else(|error| panic!("{name}: {error}"));
    let output = scene.wait(send(input)).map_err(|error| {
        // A documented error is a variant of the operation's error.
        let shown = error.as_service_error().map(|error| format!("{error:?}"));
        let known = shown.is_some_and(|shown| !shown.starts_with("Unhandled"));
        let told = code_of(error);
        if known { told } else { format!("no variant: {told}") }
    })?;
    Ok(serde_json::to_value(output).unwrap_or_else(|error| panic!("{name}: {error}")))
}

macro_rules! calls {
    ($($(#[$doc:meta])* $name:ident($service:ident) { $($module:ident::$input:ident,)* })*) => {
        $(
            $(#[$doc])*
            pub(super) fn $name() -> &'static Calls {
                static CALLS: LazyLock<Calls> = LazyLock::new(|| [$((
                    <<$service::operation::$module::$input as OperationInput>::Operation as Operation>::NAME,
                    (|scene, input| {
                        let send = |input| scene.$service.invoke(input);
                        call::<$service::operation::$module::$input>(scene, input, send)
                    }) as Call,
                ),)*]
                .into());
                &CALLS
            }
        )*
    };
}

calls! {
    /// Those of user pools.
    user_pools(cognito_idp) {
        add_custom_attributes::AddCustomAttributesInput,
        add_user_pool_client_secret::AddUserPoolClientSecretInput,
        admin_add_user_to_group::AdminAddUserToGroupInput,
        admin_confirm_sign_up::AdminConfirmSignUpInput,
        admin_create_user::AdminCreateUserInput,
        admin_delete_software_token::AdminDeleteSoftwareTokenInput,
        admin_delete_user::AdminDeleteUserInput,
        admin_delete_user_attributes::AdminDeleteUserAttributesInput,
        admin_disable_provider_for_user::AdminDisableProviderForUserInput,
        admin_disable_user::AdminDisableUserInput,
        admin_enable_user::AdminEnableUserInput,
        admin_forget_device::AdminForgetDeviceInput,
        admin_get_device::AdminGetDeviceInput,
        admin_get_user::AdminGetUserInput,
        admin_get_user_auth_factors::AdminGetUserAuthFactorsInput,
        admin_initiate_auth::AdminInitiateAuthInput,
        admin_link_provider_for_user::AdminLinkProviderForUserInput,
        admin_list_devices::AdminListDevicesInput,
        admin_list_groups_for_user::AdminListGroupsForUserInput,
        admin_list_user_auth_events::AdminListUserAuthEventsInput,
        admin_list_user_sessions::AdminListUserSessionsInput,
        admin_remove_user_from_group::AdminRemoveUserFromGroupInput,
        admin_reset_user_password::AdminResetUserPasswordInput,
        admin_respond_to_auth_challenge::AdminRespondToAuthChallengeInput,
        admin_revoke_user_session::AdminRevokeUserSessionInput,
        admin_set_user_mfa_preference::AdminSetUserMfaPreferenceInput,
        admin_set_user_password::AdminSetUserPasswordInput,
        admin_set_user_settings::AdminSetUserSettingsInput,
        admin_update_auth_event_feedback::AdminUpdateAuthEventFeedbackInput,
        admin_update_device_status::AdminUpdateDeviceStatusInput,
        admin_update_user_attributes::AdminUpdateUserAttributesInput,
        admin_user_global_sign_out::AdminUserGlobalSignOutInput,
        associate_software_token::AssociateSoftwareTokenInput,
        change_password::ChangePasswordInput,
        complete_web_authn_registration::CompleteWebAuthnRegistrationInput,
        confirm_device::ConfirmDeviceInput,
        confirm_forgot_password::ConfirmForgotPasswordInput,
        confirm_sign_up::ConfirmSignUpInput,
        create_group::CreateGroupInput,
        create_identity_provider::CreateIdentityProviderInput,
        create_managed_login_branding::CreateManagedLoginBrandingInput,
        create_resource_server::CreateResourceServerInput,
        create_terms::CreateTermsInput,
        create_user_import_job::CreateUserImportJobInput,
        create_user_pool::CreateUserPoolInput,
        create_user_pool_client::CreateUserPoolClientInput,
        create_user_pool_domain::CreateUserPoolDomainInput,
        create_user_pool_replica::CreateUserPoolReplicaInput,
        delete_group::DeleteGroupInput,
        delete_identity_provider::DeleteIdentityProviderInput,
        delete_managed_login_branding::DeleteManagedLoginBrandingInput,
        delete_resource_server::DeleteResourceServerInput,
        delete_terms::DeleteTermsInput,
        delete_user::DeleteUserInput,
        delete_user_attributes::DeleteUserAttributesInput,
        delete_user_pool::DeleteUserPoolInput,
        delete_user_pool_client::DeleteUserPoolClientInput,
        delete_user_pool_client_secret::DeleteUserPoolClientSecretInput,
        delete_user_pool_domain::DeleteUserPoolDomainInput,
        delete_user_pool_replica::DeleteUserPoolReplicaInput,
        delete_web_authn_credential::DeleteWebAuthnCredentialInput,
        describe_identity_provider::DescribeIdentityProviderInput,
        describe_managed_login_branding::DescribeManagedLoginBrandingInput,
        describe_managed_login_branding_by_client::DescribeManagedLoginBrandingByClientInput,
        describe_resource_server::DescribeResourceServerInput,
        describe_risk_configuration::DescribeRiskConfigurationInput,
        describe_terms::DescribeTermsInput,
        describe_terms_by_client::DescribeTermsByClientInput,
        describe_user_import_job::DescribeUserImportJobInput,
        describe_user_pool::DescribeUserPoolInput,
        describe_user_pool_client::DescribeUserPoolClientInput,
        describe_user_pool_domain::DescribeUserPoolDomainInput,
        forget_device::ForgetDeviceInput,
        forgot_password::ForgotPasswordInput,
        get_client_token::GetClientTokenInput,
        get_csv_header::GetCsvHeaderInput,
        get_derived_token::GetDerivedTokenInput,
        get_device::GetDeviceInput,
        get_group::GetGroupInput,
        get_identity_provider_by_identifier::GetIdentityProviderByIdentifierInput,
        get_log_delivery_configuration::GetLogDeliveryConfigurationInput,
        get_provisioned_limit::GetProvisionedLimitInput,
        get_signing_certificate::GetSigningCertificateInput,
        get_tokens_from_refresh_token::GetTokensFromRefreshTokenInput,
        get_ui_customization::GetUiCustomizationInput,
        get_user::GetUserInput,
        get_user_attribute_verification_code::GetUserAttributeVerificationCodeInput,
        get_user_auth_factors::GetUserAuthFactorsInput,
        get_user_pool_client_session_configuration::GetUserPoolClientSessionConfigurationInput,
        get_user_pool_mfa_config::GetUserPoolMfaConfigInput,
        get_user_pool_session_configuration::GetUserPoolSessionConfigurationInput,
        global_sign_out::GlobalSignOutInput,
        initiate_auth::InitiateAuthInput,
        list_devices::ListDevicesInput,
        list_groups::ListGroupsInput,
        list_identity_providers::ListIdentityProvidersInput,
        list_resource_servers::ListResourceServersInput,
        list_tags_for_resource::ListTagsForResourceInput,
        list_terms::ListTermsInput,
        list_user_import_jobs::ListUserImportJobsInput,
        list_user_pool_client_secrets::ListUserPoolClientSecretsInput,
        list_user_pool_clients::ListUserPoolClientsInput,
        list_user_pool_replicas::ListUserPoolReplicasInput,
        list_user_pools::ListUserPoolsInput,
        list_user_sessions::ListUserSessionsInput,
        list_users::ListUsersInput,
        list_users_in_group::ListUsersInGroupInput,
        list_web_authn_credentials::ListWebAuthnCredentialsInput,
        resend_confirmation_code::ResendConfirmationCodeInput,
        respond_to_auth_challenge::RespondToAuthChallengeInput,
        revoke_token::RevokeTokenInput,
        revoke_user_session::RevokeUserSessionInput,
        set_log_delivery_configuration::SetLogDeliveryConfigurationInput,
        set_risk_configuration::SetRiskConfigurationInput,
        set_ui_customization::SetUiCustomizationInput,
        set_user_mfa_preference::SetUserMfaPreferenceInput,
        set_user_pool_client_session_configuration::SetUserPoolClientSessionConfigurationInput,
        set_user_pool_mfa_config::SetUserPoolMfaConfigInput,
        set_user_pool_session_configuration::SetUserPoolSessionConfigurationInput,
        set_user_settings::SetUserSettingsInput,
        sign_up::SignUpInput,
        start_user_import_job::StartUserImportJobInput,
        start_web_authn_registration::StartWebAuthnRegistrationInput,
        stop_user_import_job::StopUserImportJobInput,
        tag_resource::TagResourceInput,
        untag_resource::UntagResourceInput,
        update_auth_event_feedback::UpdateAuthEventFeedbackInput,
        update_device_status::UpdateDeviceStatusInput,
        update_group::UpdateGroupInput,
        update_identity_provider::UpdateIdentityProviderInput,
        update_managed_login_branding::UpdateManagedLoginBrandingInput,
        update_provisioned_limit::UpdateProvisionedLimitInput,
        update_resource_server::UpdateResourceServerInput,
        update_terms::UpdateTermsInput,
        update_user_attributes::UpdateUserAttributesInput,
        update_user_pool::UpdateUserPoolInput,
        update_user_pool_client::UpdateUserPoolClientInput,
        update_user_pool_domain::UpdateUserPoolDomainInput,
        update_user_pool_replica::UpdateUserPoolReplicaInput,
        verify_software_token::VerifySoftwareTokenInput,
        verify_user_attribute::VerifyUserAttributeInput,
    }
    /// Those of identity pools.
    identity_pools(cognito_identity) {
        create_identity_pool::CreateIdentityPoolInput,
        delete_identities::DeleteIdentitiesInput,
        delete_identity_pool::DeleteIdentityPoolInput,
        describe_identity::DescribeIdentityInput,
        describe_identity_pool::DescribeIdentityPoolInput,
        get_credentials_for_identity::GetCredentialsForIdentityInput,
        get_id::GetIdInput,
        get_identity_pool_roles::GetIdentityPoolRolesInput,
        get_open_id_token::GetOpenIdTokenInput,
        get_open_id_token_for_developer_identity::GetOpenIdTokenForDeveloperIdentityInput,
        get_principal_tag_attribute_map::GetPrincipalTagAttributeMapInput,
        list_identities::ListIdentitiesInput,
        list_identity_pools::ListIdentityPoolsInput,
        list_tags_for_resource::ListTagsForResourceInput,
        lookup_developer_identity::LookupDeveloperIdentityInput,
        merge_developer_identities::MergeDeveloperIdentitiesInput,
        set_identity_pool_roles::SetIdentityPoolRolesInput,
        set_principal_tag_attribute_map::SetPrincipalTagAttributeMapInput,
        tag_resource::TagResourceInput,
        unlink_developer_identity::UnlinkDeveloperIdentityInput,
        unlink_identity::UnlinkIdentityInput,
        untag_resource::UntagResourceInput,
        update_identity_pool::UpdateIdentityPoolInput,
    }
}
