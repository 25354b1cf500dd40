//! The rule of each operation.

use crate::cognito::Cognito;
use crate::{clients, devices, groups, passkeys, pools, sign_in, stored, tokens, users};
use cognito_idp::operation;
use cognito_idp::server::{Answer, Server};
use cognito_runtime::Operation;

/// A row for each operation: its module, its type, and the rule.
macro_rules! operations {
    ($server:ident: $($method:ident::$operation:ident => $area:ident;)*) => {
        impl $server for Cognito {
            $(
                async fn $method(
                    &self,
                    input: <operation::$method::$operation as Operation>::Input,
                ) -> Answer<operation::$method::$operation> {
                    self.answer::<operation::$method::$operation>(input, $area::$method)
                }
            )*
        }

        /// The names of the operations that have a rule.
        pub(crate) const OPERATIONS: &[&str] = &[$(<operation::$method::$operation as Operation>::NAME,)*];
    };
}
pub(crate) use operations;

operations! { Server:
    add_custom_attributes::AddCustomAttributes => pools;
    add_user_pool_client_secret::AddUserPoolClientSecret => clients;
    admin_add_user_to_group::AdminAddUserToGroup => groups;
    admin_confirm_sign_up::AdminConfirmSignUp => users;
    admin_create_user::AdminCreateUser => users;
    admin_delete_software_token::AdminDeleteSoftwareToken => users;
    admin_delete_user::AdminDeleteUser => users;
    admin_delete_user_attributes::AdminDeleteUserAttributes => users;
    admin_disable_provider_for_user::AdminDisableProviderForUser => users;
    admin_disable_user::AdminDisableUser => users;
    admin_enable_user::AdminEnableUser => users;
    admin_forget_device::AdminForgetDevice => devices;
    admin_get_device::AdminGetDevice => devices;
    admin_get_user::AdminGetUser => users;
    admin_get_user_auth_factors::AdminGetUserAuthFactors => users;
    admin_initiate_auth::AdminInitiateAuth => sign_in;
    admin_link_provider_for_user::AdminLinkProviderForUser => users;
    admin_list_devices::AdminListDevices => devices;
    admin_list_groups_for_user::AdminListGroupsForUser => groups;
    admin_list_user_auth_events::AdminListUserAuthEvents => sign_in;
    admin_list_user_sessions::AdminListUserSessions => tokens;
    admin_remove_user_from_group::AdminRemoveUserFromGroup => groups;
    admin_reset_user_password::AdminResetUserPassword => users;
    admin_respond_to_auth_challenge::AdminRespondToAuthChallenge => sign_in;
    admin_revoke_user_session::AdminRevokeUserSession => tokens;
    admin_set_user_mfa_preference::AdminSetUserMFAPreference => users;
    admin_set_user_password::AdminSetUserPassword => users;
    admin_set_user_settings::AdminSetUserSettings => users;
    admin_update_auth_event_feedback::AdminUpdateAuthEventFeedback => sign_in;
    admin_update_device_status::AdminUpdateDeviceStatus => devices;
    admin_update_user_attributes::AdminUpdateUserAttributes => users;
    admin_user_global_sign_out::AdminUserGlobalSignOut => tokens;
    associate_software_token::AssociateSoftwareToken => users;
    change_password::ChangePassword => users;
    complete_web_authn_registration::CompleteWebAuthnRegistration => passkeys;
    confirm_device::ConfirmDevice => devices;
    confirm_forgot_password::ConfirmForgotPassword => users;
    confirm_sign_up::ConfirmSignUp => users;
    create_group::CreateGroup => groups;
    create_identity_provider::CreateIdentityProvider => stored;
    create_managed_login_branding::CreateManagedLoginBranding => stored;
    create_resource_server::CreateResourceServer => stored;
    create_terms::CreateTerms => stored;
    create_user_import_job::CreateUserImportJob => stored;
    create_user_pool::CreateUserPool => pools;
    create_user_pool_client::CreateUserPoolClient => clients;
    create_user_pool_domain::CreateUserPoolDomain => stored;
    create_user_pool_replica::CreateUserPoolReplica => stored;
    delete_group::DeleteGroup => groups;
    delete_identity_provider::DeleteIdentityProvider => stored;
    delete_managed_login_branding::DeleteManagedLoginBranding => stored;
    delete_resource_server::DeleteResourceServer => stored;
    delete_terms::DeleteTerms => stored;
    delete_user::DeleteUser => users;
    delete_user_attributes::DeleteUserAttributes => users;
    delete_user_pool::DeleteUserPool => pools;
    delete_user_pool_client::DeleteUserPoolClient => clients;
    delete_user_pool_client_secret::DeleteUserPoolClientSecret => clients;
    delete_user_pool_domain::DeleteUserPoolDomain => stored;
    delete_user_pool_replica::DeleteUserPoolReplica => stored;
    delete_web_authn_credential::DeleteWebAuthnCredential => passkeys;
    describe_identity_provider::DescribeIdentityProvider => stored;
    describe_managed_login_branding::DescribeManagedLoginBranding => stored;
    describe_managed_login_branding_by_client::DescribeManagedLoginBrandingByClient => stored;
    describe_resource_server::DescribeResourceServer => stored;
    describe_risk_configuration::DescribeRiskConfiguration => stored;
    describe_terms::DescribeTerms => stored;
    describe_terms_by_client::DescribeTermsByClient => stored;
    describe_user_import_job::DescribeUserImportJob => stored;
    describe_user_pool::DescribeUserPool => pools;
    describe_user_pool_client::DescribeUserPoolClient => clients;
    describe_user_pool_domain::DescribeUserPoolDomain => stored;
    forget_device::ForgetDevice => devices;
    forgot_password::ForgotPassword => users;
    get_client_token::GetClientToken => tokens;
    get_csv_header::GetCSVHeader => pools;
    get_derived_token::GetDerivedToken => tokens;
    get_device::GetDevice => devices;
    get_group::GetGroup => groups;
    get_identity_provider_by_identifier::GetIdentityProviderByIdentifier => stored;
    get_log_delivery_configuration::GetLogDeliveryConfiguration => stored;
    get_provisioned_limit::GetProvisionedLimit => stored;
    get_signing_certificate::GetSigningCertificate => tokens;
    get_tokens_from_refresh_token::GetTokensFromRefreshToken => tokens;
    get_ui_customization::GetUICustomization => stored;
    get_user::GetUser => users;
    get_user_attribute_verification_code::GetUserAttributeVerificationCode => users;
    get_user_auth_factors::GetUserAuthFactors => users;
    get_user_pool_client_session_configuration::GetUserPoolClientSessionConfiguration => stored;
    get_user_pool_mfa_config::GetUserPoolMfaConfig => pools;
    get_user_pool_session_configuration::GetUserPoolSessionConfiguration => stored;
    global_sign_out::GlobalSignOut => users;
    initiate_auth::InitiateAuth => sign_in;
    list_devices::ListDevices => devices;
    list_groups::ListGroups => groups;
    list_identity_providers::ListIdentityProviders => stored;
    list_resource_servers::ListResourceServers => stored;
    list_tags_for_resource::ListTagsForResource => pools;
    list_terms::ListTerms => stored;
    list_user_import_jobs::ListUserImportJobs => stored;
    list_user_pool_client_secrets::ListUserPoolClientSecrets => clients;
    list_user_pool_clients::ListUserPoolClients => clients;
    list_user_pool_replicas::ListUserPoolReplicas => stored;
    list_user_pools::ListUserPools => pools;
    list_user_sessions::ListUserSessions => tokens;
    list_users::ListUsers => users;
    list_users_in_group::ListUsersInGroup => groups;
    list_web_authn_credentials::ListWebAuthnCredentials => passkeys;
    resend_confirmation_code::ResendConfirmationCode => users;
    respond_to_auth_challenge::RespondToAuthChallenge => sign_in;
    revoke_token::RevokeToken => tokens;
    revoke_user_session::RevokeUserSession => tokens;
    set_log_delivery_configuration::SetLogDeliveryConfiguration => stored;
    set_risk_configuration::SetRiskConfiguration => stored;
    set_ui_customization::SetUICustomization => stored;
    set_user_mfa_preference::SetUserMFAPreference => users;
    set_user_pool_client_session_configuration::SetUserPoolClientSessionConfiguration => stored;
    set_user_pool_mfa_config::SetUserPoolMfaConfig => pools;
    set_user_pool_session_configuration::SetUserPoolSessionConfiguration => stored;
    set_user_settings::SetUserSettings => users;
    sign_up::SignUp => users;
    start_user_import_job::StartUserImportJob => stored;
    start_web_authn_registration::StartWebAuthnRegistration => passkeys;
    stop_user_import_job::StopUserImportJob => stored;
    tag_resource::TagResource => pools;
    untag_resource::UntagResource => pools;
    update_auth_event_feedback::UpdateAuthEventFeedback => sign_in;
    update_device_status::UpdateDeviceStatus => devices;
    update_group::UpdateGroup => groups;
    update_identity_provider::UpdateIdentityProvider => stored;
    update_managed_login_branding::UpdateManagedLoginBranding => stored;
    update_provisioned_limit::UpdateProvisionedLimit => stored;
    update_resource_server::UpdateResourceServer => stored;
    update_terms::UpdateTerms => stored;
    update_user_attributes::UpdateUserAttributes => users;
    update_user_pool::UpdateUserPool => pools;
    update_user_pool_client::UpdateUserPoolClient => clients;
    update_user_pool_domain::UpdateUserPoolDomain => stored;
    update_user_pool_replica::UpdateUserPoolReplica => stored;
    verify_software_token::VerifySoftwareToken => users;
    verify_user_attribute::VerifyUserAttribute => users;
}

#[cfg(test)]
mod tests {
    use super::OPERATIONS;

    #[test]
    fn every_operation_has_a_rule() {
        assert_eq!(OPERATIONS.len(), 141);
    }
}
