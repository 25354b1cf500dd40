//! Multi-factor authentication and passkeys, as settings of a user pool.

use super::{Plan, needs};
use crate::fault::{Answer, Fault, required};
use crate::world::World;
use cognito_idp::operation::get_user_pool_mfa_config::{GetUserPoolMfaConfigInput, GetUserPoolMfaConfigOutput};
use cognito_idp::operation::set_user_pool_mfa_config::{SetUserPoolMfaConfigInput, SetUserPoolMfaConfigOutput};
use cognito_idp::types::{
    EmailMfaConfigType, SmsMfaConfigType, SoftwareTokenMfaConfigType, UserPoolMfaType, UserPoolType,
    WebAuthnConfigurationType, WebAuthnFactorConfigurationType,
};
use serde::{Deserialize, Serialize};

/// The settings of SetUserPoolMfaConfig.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct MfaSettings {
    pub(crate) configuration: UserPoolMfaType,
    pub(crate) sms: Option<SmsMfaConfigType>,
    pub(crate) software_token: Option<SoftwareTokenMfaConfigType>,
    pub(crate) email: Option<EmailMfaConfigType>,
    pub(crate) web_authn: Option<WebAuthnConfigurationType>,
}

impl MfaSettings {
    /// The settings of a new pool. If it can send text messages, SMS codes are enabled.
    pub(super) fn of(pool: &UserPoolType) -> Self {
        let sms = pool.sms_configuration.clone().map(|configuration| {
            SmsMfaConfigType::builder()
                .sms_configuration(configuration)
                .set_sms_authentication_message(pool.sms_authentication_message.clone())
                .build()
        });
        Self {
            configuration: pool.mfa_configuration.clone().unwrap_or(UserPoolMfaType::Off),
            sms,
            software_token: None,
            email: None,
            web_authn: None,
        }
    }

    /// Whether users may set up an authenticator app.
    pub(crate) fn has_software_token(&self) -> bool {
        self.software_token.as_ref().is_some_and(|settings| settings.enabled)
    }

    /// Whether a passkey with which the user was verified is two factors in one.
    pub(crate) fn has_passkeys_as_two_factors(&self) -> bool {
        let factors = self
            .web_authn
            .as_ref()
            .and_then(|settings| settings.factor_configuration.as_ref());
        factors == Some(&WebAuthnFactorConfigurationType::MultiFactorWithUserVerification)
    }

    /// Whether MFA is optional or required.
    pub(crate) fn is_on(&self) -> bool {
        self.configuration != UserPoolMfaType::Off
    }
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserPoolMfaConfig.html>
pub(crate) fn set_user_pool_mfa_config(
    world: &mut World,
    input: SetUserPoolMfaConfigInput,
) -> Answer<SetUserPoolMfaConfigOutput> {
    let now = world.now();
    let pool = world.state.pool_mut(input.user_pool_id())?;
    required(input.user_pool_id(), "userPoolId")?;
    let mut settings = pool.mfa.clone();
    if let Some(configuration) = input.mfa_configuration {
        settings.configuration = configuration;
    }
    settings.sms = input.sms_mfa_configuration.or(settings.sms);
    settings.software_token = input.software_token_mfa_configuration.or(settings.software_token);
    if input.email_mfa_configuration.is_some() {
        needs(&pool.description, Plan::Essentials, "MFA with e-mail messages")?;
    }
    settings.email = input.email_mfa_configuration.or(settings.email);
    settings.web_authn = input.web_authn_configuration.or(settings.web_authn);
    if settings.has_passkeys_as_two_factors() {
        needs(&pool.description, Plan::Essentials, "MFA with passkeys")?;
    }
    if settings.is_on() && settings.sms.is_none() && settings.email.is_none() && !settings.has_software_token() {
        return Err(Fault::invalid_parameter(
            "Invalid MFA configuration given, can't turn on MFA without an MFA method.",
        ));
    }
    let sms = settings.sms.as_ref().and_then(|sms| sms.sms_configuration.clone());
    if sms.is_some() {
        pool.description.sms_configuration = sms;
    }
    pool.mfa = settings;
    pool.touch(now);
    let mfa = &pool.mfa;
    Ok(SetUserPoolMfaConfigOutput::builder()
        .mfa_configuration(mfa.configuration.clone())
        .set_sms_mfa_configuration(mfa.sms.clone())
        .set_software_token_mfa_configuration(mfa.software_token.clone())
        .set_email_mfa_configuration(mfa.email.clone())
        .set_web_authn_configuration(mfa.web_authn.clone())
        .build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserPoolMfaConfig.html>
pub(crate) fn get_user_pool_mfa_config(
    world: &mut World,
    input: GetUserPoolMfaConfigInput,
) -> Answer<GetUserPoolMfaConfigOutput> {
    let mfa = &world.state.pool(input.user_pool_id())?.mfa;
    Ok(GetUserPoolMfaConfigOutput::builder()
        .mfa_configuration(mfa.configuration.clone())
        .set_sms_mfa_configuration(mfa.sms.clone())
        .set_software_token_mfa_configuration(mfa.software_token.clone())
        .set_email_mfa_configuration(mfa.email.clone())
        .set_web_authn_configuration(mfa.web_authn.clone())
        .build())
}
