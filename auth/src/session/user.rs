//! The calls of a signed-in user: attributes, password, second factors, passkeys, devices, sessions.

use super::Session;
use crate::error::AuthError;
use crate::secret::Secret;
use crate::totp::otpauth_uri;
use cognito_idp::Client;
use cognito_idp::operation::get_user::GetUserOutput;
use cognito_idp::operation::get_user_auth_factors::GetUserAuthFactorsOutput;
use cognito_idp::operation::list_devices::ListDevicesOutput;
use cognito_idp::operation::list_user_sessions::ListUserSessionsOutput;
use cognito_idp::operation::list_web_authn_credentials::ListWebAuthnCredentialsOutput;
use cognito_idp::types::{AttributeType, EmailMfaSettingsType, SmsMfaSettingsType, SoftwareTokenMfaSettingsType};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// The calls that a user's access token allows, from [`Session::user`]. They need the scope
/// `aws.cognito.signin.user.admin`. Tokens of the API have it; tokens of managed login have it only on request.
#[derive(Debug)]
pub struct UserCalls<'a> {
    session: &'a Session,
}

/// Sends a request with the access token, and names the operation in its error.
macro_rules! call {
    ($calls:expr, $name:literal, $request:expr) => {{
        let access = $calls.session.access_token().await?;
        let sent = $request.access_token(access.expose()).send().await;
        sent.map_err(|error| AuthError::call($name, error))
    }};
}

impl Session {
    /// The calls that the user's access token allows.
    pub fn user(&self) -> UserCalls<'_> {
        UserCalls { session: self }
    }
}

impl UserCalls<'_> {
    fn client(&self) -> &Client {
        self.session.pool().client()
    }

    /// The user: name, attributes, second factors.
    ///
    /// # Errors
    /// [`is_refused_token`](AuthError::is_refused_token), as of all these calls.
    pub async fn get(&self) -> Result<GetUserOutput, AuthError> {
        call!(self, "GetUser", self.client().get_user())
    }

    /// The user's attributes.
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub async fn attributes(&self) -> Result<BTreeMap<String, String>, AuthError> {
        let user = self.get().await?;
        let attributes = user.user_attributes.into_iter();
        Ok(attributes
            .map(|attribute| (attribute.name, attribute.value.unwrap_or_default()))
            .collect())
    }

    /// Sets attributes. A new address must be verified by [`verify_attribute`](Self::verify_attribute).
    ///
    /// # Errors
    /// `AliasExistsException`: another user has the address.
    pub async fn set_attributes(&self, attributes: &[(&str, &str)]) -> Result<(), AuthError> {
        let mut request = self.client().update_user_attributes();
        for (name, value) in attributes {
            let attribute = AttributeType::builder().name(*name).value(*value).build();
            request = request.user_attributes(attribute.map_err(|_| AuthError::Input("an attribute has no name"))?);
        }
        call!(self, "UpdateUserAttributes", request)?;
        Ok(())
    }

    /// Sends a code to verify the address in the attribute `email` or `phone_number`.
    ///
    /// # Errors
    /// [`is_throttled`](AuthError::is_throttled).
    pub async fn send_attribute_code(&self, attribute: &str) -> Result<(), AuthError> {
        let request = self
            .client()
            .get_user_attribute_verification_code()
            .attribute_name(attribute);
        call!(self, "GetUserAttributeVerificationCode", request)?;
        Ok(())
    }

    /// Verifies an address with the code that was sent there.
    ///
    /// # Errors
    /// [`is_wrong_code`](AuthError::is_wrong_code), [`is_expired`](AuthError::is_expired).
    pub async fn verify_attribute(&self, attribute: &str, code: &str) -> Result<(), AuthError> {
        call!(
            self,
            "VerifyUserAttribute",
            self.client()
                .verify_user_attribute()
                .attribute_name(attribute)
                .code(code)
        )?;
        Ok(())
    }

    /// Changes the password.
    ///
    /// # Errors
    /// [`is_wrong_password`](AuthError::is_wrong_password), [`is_unfit_password`](AuthError::is_unfit_password).
    pub async fn change_password(&self, old: impl Into<Secret>, new: impl Into<Secret>) -> Result<(), AuthError> {
        let (old, new) = (old.into(), new.into());
        let request = self
            .client()
            .change_password()
            .previous_password(old.expose())
            .proposed_password(new.expose());
        call!(self, "ChangePassword", request)?;
        Ok(())
    }

    /// Begins to set up an authenticator app.
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub async fn totp(&self) -> Result<TotpEnrolment, AuthError> {
        let output = call!(self, "AssociateSoftwareToken", self.client().associate_software_token())?;
        let secret = output
            .secret_code
            .ok_or(AuthError::Incomplete { missing: "secret code" })?;
        Ok(TotpEnrolment {
            session: self.session.clone(),
            secret: secret.into(),
        })
    }

    /// Confirms an authenticator app, as [`TotpEnrolment::confirm`] does. Use this if another page or process has
    /// called [`totp`](Self::totp).
    ///
    /// # Errors
    /// [`is_wrong_code`](AuthError::is_wrong_code): try again.
    pub async fn confirm_totp(&self, code: &str, name: Option<&str>) -> Result<(), AuthError> {
        let request = self
            .client()
            .verify_software_token()
            .user_code(code)
            .set_friendly_device_name(name.map(str::to_owned));
        call!(self, "VerifySoftwareToken", request)?;
        let settings = SoftwareTokenMfaSettingsType::builder()
            .enabled(true)
            .preferred_mfa(true)
            .build();
        let request = self
            .client()
            .set_user_mfa_preference()
            .software_token_mfa_settings(settings);
        call!(self, "SetUserMFAPreference", request)?;
        Ok(())
    }

    /// Sets the second factors. Each is one of `SMS_MFA`, `SOFTWARE_TOKEN_MFA`, `EMAIL_OTP`. The first is preferred,
    /// the others are enabled, and factors that aren't named are disabled.
    ///
    /// # Errors
    /// [`AuthError::Input`]: another name.
    pub async fn set_mfa(&self, factors: &[&str]) -> Result<(), AuthError> {
        if factors
            .iter()
            .any(|factor| !["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP"].contains(factor))
        {
            return Err(AuthError::Input(
                "second factors are SMS_MFA, SOFTWARE_TOKEN_MFA and EMAIL_OTP",
            ));
        }
        let settings = |name: &str| (factors.contains(&name), factors.first() == Some(&name));
        let (sms, totp, email) = (
            settings("SMS_MFA"),
            settings("SOFTWARE_TOKEN_MFA"),
            settings("EMAIL_OTP"),
        );
        let sms = SmsMfaSettingsType::builder().enabled(sms.0).preferred_mfa(sms.1);
        let totp = SoftwareTokenMfaSettingsType::builder()
            .enabled(totp.0)
            .preferred_mfa(totp.1);
        let email = EmailMfaSettingsType::builder().enabled(email.0).preferred_mfa(email.1);
        let request = self.client().set_user_mfa_preference().sms_mfa_settings(sms.build());
        let request = request
            .software_token_mfa_settings(totp.build())
            .email_mfa_settings(email.build());
        call!(self, "SetUserMFAPreference", request)?;
        Ok(())
    }

    /// The user's first and second factors.
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub async fn auth_factors(&self) -> Result<GetUserAuthFactorsOutput, AuthError> {
        call!(self, "GetUserAuthFactors", self.client().get_user_auth_factors())
    }

    /// The options to make a passkey, `PublicKeyCredentialCreationOptionsJSON` (WebAuthn level 3, section 5.1.7): as
    /// JSON for a browser, or as any type that deserializes from them. Give the authenticator's answer to
    /// [`register_passkey`](Self::register_passkey).
    ///
    /// The pool needs `WEB_AUTHN` in the `AllowedFirstAuthFactors` of its sign-in policy (CreateUserPool), and a relying
    /// party: the `WebAuthnConfiguration` of SetUserPoolMfaConfig, or a domain.
    ///
    /// # Errors
    /// `WebAuthnNotEnabledException`, `WebAuthnConfigurationMissingException`: the pool lacks one of these.
    /// [`AuthError::Incomplete`]: the type doesn't match.
    pub async fn passkey_options<T: DeserializeOwned>(&self) -> Result<T, AuthError> {
        let output = call!(
            self,
            "StartWebAuthnRegistration",
            self.client().start_web_authn_registration()
        )?;
        let missing = |_| AuthError::Incomplete {
            missing: "creation options of this type",
        };
        crate::document::from_document(output.credential_creation_options).map_err(missing)
    }

    /// Registers the passkey that an authenticator made, a `RegistrationResponseJSON`, as any type that serializes to
    /// it.
    ///
    /// # Errors
    /// [`AuthError::Input`]: the value can't be written as JSON. Cognito says what is wrong with the credential.
    pub async fn register_passkey<T: Serialize + ?Sized>(&self, credential: &T) -> Result<(), AuthError> {
        let unfit = |_| AuthError::Input("the credential can't be written as JSON");
        let credential = crate::document::to_document(credential).map_err(unfit)?;
        let request = self.client().complete_web_authn_registration().credential(credential);
        call!(self, "CompleteWebAuthnRegistration", request)?;
        Ok(())
    }

    /// A page of the user's passkeys. The token of the next page is in the output.
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub async fn passkeys(&self, next_token: Option<String>) -> Result<ListWebAuthnCredentialsOutput, AuthError> {
        call!(
            self,
            "ListWebAuthnCredentials",
            self.client().list_web_authn_credentials().set_next_token(next_token)
        )
    }

    /// Deletes a passkey.
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub async fn delete_passkey(&self, credential_id: &str) -> Result<(), AuthError> {
        call!(
            self,
            "DeleteWebAuthnCredential",
            self.client().delete_web_authn_credential().credential_id(credential_id)
        )?;
        Ok(())
    }

    /// A page of the user's devices. The token of the next page is in the output.
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub async fn devices(&self, pagination_token: Option<String>) -> Result<ListDevicesOutput, AuthError> {
        call!(
            self,
            "ListDevices",
            self.client().list_devices().set_pagination_token(pagination_token)
        )
    }

    /// Forgets a device. Later sign-ins from it don't use it.
    ///
    /// # Errors
    /// [`is_unknown_device`](AuthError::is_unknown_device).
    pub async fn forget_device(&self, device_key: &str) -> Result<(), AuthError> {
        call!(
            self,
            "ForgetDevice",
            self.client().forget_device().device_key(device_key)
        )?;
        Ok(())
    }

    /// A page of the user's sessions. The token of the next page is in the output.
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub async fn sessions(&self, next_token: Option<String>) -> Result<ListUserSessionsOutput, AuthError> {
        call!(
            self,
            "ListUserSessions",
            self.client().list_user_sessions().set_next_token(next_token)
        )
    }

    /// Ends one of the user's sessions.
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub async fn revoke_session(&self, session_id: &str) -> Result<(), AuthError> {
        call!(
            self,
            "RevokeUserSession",
            self.client().revoke_user_session().session_id(session_id)
        )?;
        Ok(())
    }
}

/// An authenticator app that a signed-in user sets up.
#[derive(Clone, Debug)]
pub struct TotpEnrolment {
    session: Session,
    secret: Secret,
}

impl TotpEnrolment {
    /// The secret, in Base32, for users who type it into their app.
    pub fn secret(&self) -> &Secret {
        &self.secret
    }

    /// The `otpauth` URI that a QR code shows: `issuer` is the name of the program, `account` that of the user in it.
    pub fn uri(&self, issuer: &str, account: &str) -> Secret {
        otpauth_uri(&self.secret, issuer, account)
    }

    /// Confirms with a code of the app, and makes the app the preferred second factor; until then, a verified app isn't
    /// used. `name` is the user's name for the app.
    ///
    /// # Errors
    /// [`is_wrong_code`](AuthError::is_wrong_code): try again.
    pub async fn confirm(&self, code: &str, name: Option<&str>) -> Result<(), AuthError> {
        self.session.user().confirm_totp(code, name).await
    }
}
