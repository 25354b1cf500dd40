//! The second factors of a user: authenticator apps (TOTP, RFC 6238), and which factor is preferred.
//!
//! Source: [Adding MFA to a user pool](https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html).

use super::{Totp, User};
use crate::fault::{Answer, Fault, required};
use crate::pools::Pool;
use crate::sign_in;
use crate::tokens::{authorize, authorize_in_reset, unlisted};
use crate::world::World;
use cognito_idp::operation::admin_delete_software_token::{
    AdminDeleteSoftwareTokenInput, AdminDeleteSoftwareTokenOutput,
};
use cognito_idp::operation::admin_get_user_auth_factors::{
    AdminGetUserAuthFactorsInput, AdminGetUserAuthFactorsOutput,
};
use cognito_idp::operation::admin_set_user_mfa_preference::{
    AdminSetUserMfaPreferenceInput, AdminSetUserMfaPreferenceOutput,
};
use cognito_idp::operation::admin_set_user_settings::{AdminSetUserSettingsInput, AdminSetUserSettingsOutput};
use cognito_idp::operation::associate_software_token::{AssociateSoftwareTokenInput, AssociateSoftwareTokenOutput};
use cognito_idp::operation::get_user_auth_factors::{GetUserAuthFactorsInput, GetUserAuthFactorsOutput};
use cognito_idp::operation::set_user_mfa_preference::{SetUserMfaPreferenceInput, SetUserMfaPreferenceOutput};
use cognito_idp::operation::set_user_settings::{SetUserSettingsInput, SetUserSettingsOutput};
use cognito_idp::operation::verify_software_token::{VerifySoftwareTokenInput, VerifySoftwareTokenOutput};
use cognito_idp::types::{
    AuthFactorType, DeliveryMediumType, EmailMfaSettingsType, MfaOptionType, SmsMfaSettingsType,
    SoftwareTokenMfaSettingsType, UserStatusType, VerifySoftwareTokenResponseType,
};
use serde::{Deserialize, Serialize};

pub(crate) const SMS: &str = "SMS_MFA";
pub(crate) const TOTP: &str = "SOFTWARE_TOKEN_MFA";
pub(crate) const EMAIL: &str = "EMAIL_OTP";

/// The second factors of a user.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Mfa {
    pub(crate) sms: bool,
    pub(crate) email: bool,
    pub(crate) totp: bool,
    /// The secret of the authenticator app.
    pub(crate) secret: Option<Totp>,
    /// One of the above, by name.
    pub(crate) preferred: Option<String>,
    /// The settings of the legacy SetUserSettings.
    legacy_sms: bool,
}

impl Mfa {
    /// The enabled factors, with their names in responses.
    pub(crate) fn settings(&self) -> Option<Vec<String>> {
        let factors = [(self.sms, SMS), (self.totp, TOTP), (self.email, EMAIL)];
        let list: Vec<_> = factors
            .into_iter()
            .filter(|(used, _)| *used)
            .map(|(_, name)| name.to_owned())
            .collect();
        (!list.is_empty()).then_some(list)
    }

    /// The enabled factors in the legacy form of responses, which has only SMS.
    pub(crate) fn options(&self) -> Option<Vec<MfaOptionType>> {
        let sms = MfaOptionType::builder()
            .delivery_medium(DeliveryMediumType::Sms)
            .attribute_name("phone_number")
            .build();
        (self.sms || self.legacy_sms).then(|| vec![sms])
    }

    /// Whether there is a verified authenticator app.
    pub(crate) fn has_verified_totp(&self) -> bool {
        self.secret.as_ref().is_some_and(|totp| totp.verified)
    }
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AssociateSoftwareToken.html>
pub(crate) fn associate_software_token(
    world: &mut World,
    input: AssociateSoftwareTokenInput,
) -> Answer<AssociateSoftwareTokenOutput> {
    let now = world.now();
    let totp = Totp::new();
    let output = AssociateSoftwareTokenOutput::builder().secret_code(&totp.secret);
    if let Some(session) = input.session() {
        let session = sign_in::associate(&mut world.state, session, totp, now)?;
        return Ok(output.session(session).build());
    }
    let (pool, _, key) = authorize_in_reset(&mut world.state, input.access_token(), now)
        .map_err(unlisted(&["UserNotFoundException"]))?;
    if !pool.mfa.has_software_token() && !pool.mfa.is_on() {
        return Err(Fault::software_token_not_found(
            "Software Token MFA is not enabled for the userPool",
        ));
    }
    pool.user_mut(Some(&key))?.mfa.secret = Some(totp);
    Ok(output.build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_VerifySoftwareToken.html>
pub(crate) fn verify_software_token(
    world: &mut World,
    input: VerifySoftwareTokenInput,
) -> Answer<VerifySoftwareTokenOutput> {
    let now = world.now();
    let code = required(input.user_code(), "userCode")?;
    let output = VerifySoftwareTokenOutput::builder().status(VerifySoftwareTokenResponseType::Success);
    if let Some(session) = input.session() {
        let session = sign_in::verify_associated(&mut world.state, session, code, now)?;
        return Ok(output.session(session).build());
    }
    let (pool, _, key) = authorize(&mut world.state, input.access_token(), now)?;
    if !pool.mfa.has_software_token() && !pool.mfa.is_on() {
        return Err(Fault::invalid_pool_configuration(
            "Software Token MFA is not enabled for the userPool",
        ));
    }
    let user = pool.user_mut(Some(&key))?;
    let totp = user
        .mfa
        .secret
        .as_mut()
        .ok_or_else(|| Fault::software_token_not_found("Software token has not been associated with the user."))?;
    if !totp.matches(code, now) {
        if totp.verified {
            // It is set up already, and stays so.
            return Err(Fault::code_mismatch("Code mismatch"));
        }
        return Err(Fault::enable_software_token("Code mismatch"));
    }
    totp.verified = true;
    Ok(output.build())
}

fn unconfirmed() -> Fault {
    Fault::user_not_confirmed("User is not confirmed.")
}

/// A user's preference for second factors.
struct Preference<'a> {
    sms: Option<&'a SmsMfaSettingsType>,
    totp: Option<&'a SoftwareTokenMfaSettingsType>,
    email: Option<&'a EmailMfaSettingsType>,
}

fn prefer(pool: &mut Pool, key: &str, wish: &Preference<'_>) -> Answer<()> {
    let has_email = pool.mfa.email.is_some();
    let user = pool.user_mut(Some(key))?;
    let wishes = [
        (SMS, wish.sms.map(|wish| (wish.enabled, wish.preferred_mfa))),
        (TOTP, wish.totp.map(|wish| (wish.enabled, wish.preferred_mfa))),
        (EMAIL, wish.email.map(|wish| (wish.enabled, wish.preferred_mfa))),
    ];
    let preferred: Vec<_> = wishes
        .iter()
        .filter(|(_, wish)| wish.is_some_and(|(_, preferred)| preferred))
        .collect();
    if preferred.len() > 1 {
        return Err(Fault::invalid_parameter("Only one MFA method can be preferred."));
    }
    let mut mfa = user.mfa.clone();
    for (name, wish) in wishes {
        let Some((enabled, preferred)) = wish else { continue };
        if enabled {
            match name {
                SMS if user.attribute("phone_number").is_none() => {
                    return Err(Fault::invalid_parameter(
                        "User does not have delivery config set to turn on SMS_MFA",
                    ));
                }
                TOTP if !user.mfa.has_verified_totp() => {
                    return Err(Fault::invalid_parameter("User has not verified software token mfa"));
                }
                EMAIL if !has_email || user.attribute("email").is_none() => {
                    return Err(Fault::invalid_parameter(
                        "User does not have delivery config set to turn on EMAIL_OTP",
                    ));
                }
                _ => {}
            }
        }
        match name {
            SMS => mfa.sms = enabled,
            TOTP => mfa.totp = enabled,
            _ => mfa.email = enabled,
        }
        if enabled && preferred {
            mfa.preferred = Some(name.to_owned());
        } else if mfa.preferred.as_deref() == Some(name) {
            mfa.preferred = None;
        }
    }
    user.mfa = mfa;
    Ok(())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserMFAPreference.html>
pub(crate) fn set_user_mfa_preference(
    world: &mut World,
    input: SetUserMfaPreferenceInput,
) -> Answer<SetUserMfaPreferenceOutput> {
    let now = world.now();
    let (pool, _, key) = authorize(&mut world.state, input.access_token(), now)?;
    let wish = Preference {
        sms: input.sms_mfa_settings(),
        totp: input.software_token_mfa_settings(),
        email: input.email_mfa_settings(),
    };
    prefer(pool, &key, &wish)?;
    Ok(SetUserMfaPreferenceOutput::builder().build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserMFAPreference.html>
pub(crate) fn admin_set_user_mfa_preference(
    world: &mut World,
    input: AdminSetUserMfaPreferenceInput,
) -> Answer<AdminSetUserMfaPreferenceOutput> {
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let key = pool
        .find(required(input.username(), "username")?)
        .ok_or_else(Fault::user_not_found)?;
    match pool.user(Some(&key))?.status {
        UserStatusType::Unconfirmed => return Err(unconfirmed()),
        UserStatusType::ResetRequired => {
            return Err(Fault::password_reset_required("Password reset required for the user"));
        }
        _ => {}
    }
    let wish = Preference {
        sms: input.sms_mfa_settings(),
        totp: input.software_token_mfa_settings(),
        email: input.email_mfa_settings(),
    };
    prefer(pool, &key, &wish)?;
    Ok(AdminSetUserMfaPreferenceOutput::builder().build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDeleteSoftwareToken.html>
pub(crate) fn admin_delete_software_token(
    world: &mut World,
    input: AdminDeleteSoftwareTokenInput,
) -> Answer<AdminDeleteSoftwareTokenOutput> {
    let user = world.state.pool_mut(input.user_pool_id())?.user_mut(input.username())?;
    if user.status == UserStatusType::Unconfirmed {
        return Err(unconfirmed());
    }
    let mfa = &mut user.mfa;
    if mfa.secret.take().is_none() {
        return Err(Fault::resource_not_found("The user has no software token."));
    }
    mfa.totp = false;
    mfa.preferred.take_if(|preferred| preferred == TOTP);
    Ok(AdminDeleteSoftwareTokenOutput::builder().build())
}

fn legacy(user: &mut User, options: &[MfaOptionType]) {
    let sms = |option: &MfaOptionType| option.delivery_medium == Some(DeliveryMediumType::Sms);
    user.mfa.legacy_sms = options.iter().any(sms);
    user.mfa.sms = user.mfa.legacy_sms;
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserSettings.html>
pub(crate) fn set_user_settings(world: &mut World, input: SetUserSettingsInput) -> Answer<SetUserSettingsOutput> {
    let now = world.now();
    let (pool, _, key) = authorize(&mut world.state, input.access_token(), now)?;
    required(input.mfa_options.as_ref(), "mfaOptions")?;
    legacy(pool.user_mut(Some(&key))?, input.mfa_options());
    Ok(SetUserSettingsOutput::builder().build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserSettings.html>
pub(crate) fn admin_set_user_settings(
    world: &mut World,
    input: AdminSetUserSettingsInput,
) -> Answer<AdminSetUserSettingsOutput> {
    let pool = world.state.pool_mut(input.user_pool_id())?;
    required(input.mfa_options.as_ref(), "mfaOptions")?;
    legacy(pool.user_mut(input.username())?, input.mfa_options());
    Ok(AdminSetUserSettingsOutput::builder().build())
}

/// The first factors of a user.
fn factors(pool: &Pool, user: &User) -> Vec<AuthFactorType> {
    let policies = pool.description.policies();
    let allowed = policies
        .and_then(|policies| policies.sign_in_policy())
        .map(|policy| policy.allowed_first_auth_factors().to_vec())
        .unwrap_or_default();
    let has = |factor: &AuthFactorType| match factor {
        AuthFactorType::Password => user.password.is_some(),
        AuthFactorType::EmailOtp => user.has_verified("email"),
        AuthFactorType::SmsOtp => user.has_verified("phone_number"),
        AuthFactorType::WebAuthn => !user.passkeys.is_empty(),
        _ => false,
    };
    allowed.into_iter().filter(has).collect()
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserAuthFactors.html>
pub(crate) fn get_user_auth_factors(
    world: &mut World,
    input: GetUserAuthFactorsInput,
) -> Answer<GetUserAuthFactorsOutput> {
    let now = world.now();
    let (pool, _, key) = authorize(&mut world.state, input.access_token(), now)?;
    let user = pool.user(Some(&key))?;
    Ok(GetUserAuthFactorsOutput::builder()
        .username(&user.username)
        .set_preferred_mfa_setting(user.mfa.preferred.clone())
        .set_user_mfa_setting_list(user.mfa.settings())
        .set_configured_user_auth_factors(Some(factors(pool, user)))
        .build()?)
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetUserAuthFactors.html>
pub(crate) fn admin_get_user_auth_factors(
    world: &mut World,
    input: AdminGetUserAuthFactorsInput,
) -> Answer<AdminGetUserAuthFactorsOutput> {
    let pool = world.state.pool(input.user_pool_id())?;
    let user = pool.user(input.username())?;
    Ok(AdminGetUserAuthFactorsOutput::builder()
        .username(&user.username)
        .set_preferred_mfa_setting(user.mfa.preferred.clone())
        .set_user_mfa_setting_list(user.mfa.settings())
        .set_configured_user_auth_factors(Some(factors(pool, user)))
        .build()?)
}
