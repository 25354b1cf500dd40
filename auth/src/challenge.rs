//! The challenges of a sign-in: one type each, with the answers that are valid for it.

mod factors;
mod mfa;
mod password;
mod setup;

pub use factors::{CustomChallenge, EmailOtp, FirstFactor, SelectChallenge, SmsOtp, WebAuthn};
pub use mfa::{SelectMfaType, SmsMfa, SoftwareTokenMfa};
pub use password::{
    AdminNoSrpAuth, DevicePasswordVerifier, DeviceSrpAuth, NewPassword, NewPasswordRequired, PasswordChallenge,
    PasswordSrp, PasswordVerifier,
};
pub use setup::{MfaSetup, TotpSetup};

use crate::error::AuthError;
use crate::pending::Pending;
use crate::state::State;
use crate::step::Step;
use std::ops::Deref;

/// Makes the type of each challenge, the enum of all challenges, and the conversions between them. A new challenge
/// needs a line here and its answers.
macro_rules! challenges {
    ($($(#[$doc:meta])* $name:literal $variant:ident($type:ident);)*) => {
        /// A challenge from Cognito. Each variant has the answers that are valid for it. It dereferences to
        /// [`Pending`], which has what all challenges share: destination, parameters, and the [`State`] for another
        /// page or process.
        ///
        /// Answers take `&self`: after a wrong code ([`is_wrong_code`](AuthError::is_wrong_code)) the same challenge
        /// can be answered again. A right answer uses it up.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum Challenge {
            $($(#[$doc])* $variant($type),)*
            /// A challenge that this version doesn't know, with its name and parameters.
            Unknown(Unknown),
        }

        impl Challenge {
            pub(crate) fn of(pending: Pending) -> Self {
                match pending.name() {
                    $($name => Self::$variant($type(pending)),)*
                    _ => Self::Unknown(Unknown(pending)),
                }
            }
        }

        impl Deref for Challenge {
            type Target = Pending;

            fn deref(&self) -> &Pending {
                match self {
                    $(Self::$variant(challenge) => challenge,)*
                    Self::Unknown(challenge) => challenge,
                }
            }
        }

        $(pending!($type);)*
    };
}

/// A challenge is a [`Pending`] with answers.
macro_rules! pending {
    ($type:ident) => {
        impl Deref for $type {
            type Target = Pending;

            fn deref(&self) -> &Pending {
                &self.0
            }
        }
    };
}

challenges! {
    /// The code of an SMS, as the second factor.
    "SMS_MFA" SmsMfa(SmsMfa);
    /// The code of an e-mail, as the first or second factor.
    "EMAIL_OTP" EmailOtp(EmailOtp);
    /// The code of an authenticator app.
    "SOFTWARE_TOKEN_MFA" SoftwareTokenMfa(SoftwareTokenMfa);
    /// Which second factor, if the user has several.
    "SELECT_MFA_TYPE" SelectMfaType(SelectMfaType);
    /// The pool requires a second factor and the user has none: set one up.
    "MFA_SETUP" MfaSetup(MfaSetup);
    /// The proof of the password.
    "PASSWORD_VERIFIER" PasswordVerifier(PasswordVerifier);
    /// A custom question of the pool's Lambda triggers.
    "CUSTOM_CHALLENGE" CustomChallenge(CustomChallenge);
    /// Which first factor.
    "SELECT_CHALLENGE" SelectChallenge(SelectChallenge);
    /// A device must prove itself, but isn't in the store.
    "DEVICE_SRP_AUTH" DeviceSrpAuth(DeviceSrpAuth);
    /// The proof of the device's password.
    "DEVICE_PASSWORD_VERIFIER" DevicePasswordVerifier(DevicePasswordVerifier);
    /// The plain password, in the old flow for administrators.
    "ADMIN_NO_SRP_AUTH" AdminNoSrpAuth(AdminNoSrpAuth);
    /// A new password to replace a temporary one.
    "NEW_PASSWORD_REQUIRED" NewPasswordRequired(NewPasswordRequired);
    /// The code of an SMS, as the first factor.
    "SMS_OTP" SmsOtp(SmsOtp);
    /// The plain password, as the first factor.
    "PASSWORD" Password(PasswordChallenge);
    /// A passkey.
    "WEB_AUTHN" WebAuthn(WebAuthn);
    /// The password by SRP, as the first factor.
    "PASSWORD_SRP" PasswordSrp(PasswordSrp);
}

/// A challenge that this version doesn't know.
#[derive(Clone, Debug)]
pub struct Unknown(Pending);

pending!(Unknown);

impl Unknown {
    /// Answers with parameters by their names on the wire. USERNAME, SECRET_HASH and DEVICE_KEY are added.
    ///
    /// # Errors
    /// Those of RespondToAuthChallenge.
    pub async fn answer(&self, parameters: &[(&str, &str)]) -> Result<Step, AuthError> {
        self.0.answer(parameters).await
    }
}

/// The state, for another page or process.
impl From<&Challenge> for State {
    fn from(challenge: &Challenge) -> Self {
        challenge.state()
    }
}
