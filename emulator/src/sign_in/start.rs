//! How a sign-in starts: the flows.
//!
//! Source: [Authentication flows](https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html).

use super::attempt::{Attempt, Step};
use super::srp::Exchange;
use super::{Call, Challenge, Next, Outcome, parameters};
use crate::fault::{Answer, Fault};
use crate::pools::{Plan, needs};
use crate::random;
use crate::tokens;
use cognito_idp::types::{AuthFlowType, ChallengeNameType, ExplicitAuthFlowsType};

impl Call<'_> {
    /// Starts a sign-in.
    pub(super) fn start(mut self, flow: &AuthFlowType, session: Option<String>) -> Answer<Outcome> {
        self.check_flow(flow)?;
        let next = match flow {
            AuthFlowType::RefreshToken | AuthFlowType::RefreshTokenAuth => {
                let token = self.parameter("REFRESH_TOKEN")?.to_owned();
                if self.app.rotation().is_some() {
                    return Err(Fault::not_authorized(
                        "Refresh token rotation is enabled: use GetTokensFromRefreshToken.",
                    ));
                }
                let key = tokens::refresh_owner(self.pool, &token)?;
                let username = self.user(&key)?.username.clone();
                let hash = self.optional("SECRET_HASH");
                // Over the user's name or `sub`, whichever the client has at hand.
                let sub = self.user(&key)?.sub().to_owned();
                self.app
                    .check_secret_hash(&username, hash)
                    .or_else(|fault| self.app.check_secret_hash(&sub, hash).map_err(|_| fault))?;
                let device = self.optional("DEVICE_KEY").map(str::to_owned);
                let result = tokens::refresh(&mut self, &token, device.as_deref())?;
                return Ok(Outcome::Tokens(Box::new(result)));
            }
            AuthFlowType::UserPasswordAuth | AuthFlowType::AdminUserPasswordAuth | AuthFlowType::AdminNoSrpAuth => {
                let name = self.parameter("USERNAME")?.to_owned();
                let password = self.parameter("PASSWORD")?.to_owned();
                self.check_hash(&name)?;
                self.password(&name, &password)?
            }
            AuthFlowType::UserSrpAuth => {
                let name = self.parameter("USERNAME")?.to_owned();
                self.parameter("SRP_A")?;
                self.check_hash(&name)?;
                self.srp(&name)?
            }
            AuthFlowType::CustomAuth => {
                let name = self.parameter("USERNAME")?.to_owned();
                self.check_hash(&name)?;
                self.custom(&name)?
            }
            AuthFlowType::UserAuth => {
                let name = self.parameter("USERNAME")?.to_owned();
                self.check_hash(&name)?;
                self.choice(&name, session)?
            }
            other => return Err(Fault::invalid_parameter(format!("Unknown auth flow {other}"))),
        };
        self.outcome(next)
    }

    /// Whether the operation has the flow, and whether the app client may use it.
    fn check_flow(&self, flow: &AuthFlowType) -> Answer<()> {
        use ExplicitAuthFlowsType as Allow;
        let only_admin = matches!(flow, AuthFlowType::AdminNoSrpAuth | AuthFlowType::AdminUserPasswordAuth);
        if only_admin && !self.admin {
            return Err(Fault::invalid_parameter("Initiate Auth method not supported."));
        }
        if *flow == AuthFlowType::UserAuth {
            needs(&self.pool.description, Plan::Essentials, "Choice-based authentication")?;
        }
        let (flow, name) = match flow {
            AuthFlowType::RefreshToken | AuthFlowType::RefreshTokenAuth => (Allow::AllowRefreshTokenAuth, ""),
            AuthFlowType::AdminNoSrpAuth | AuthFlowType::AdminUserPasswordAuth => {
                (Allow::AllowAdminUserPasswordAuth, "")
            }
            AuthFlowType::UserPasswordAuth => (Allow::AllowUserPasswordAuth, "USER_PASSWORD_AUTH "),
            AuthFlowType::UserSrpAuth => (Allow::AllowUserSrpAuth, "USER_SRP_AUTH is not enabled for the client."),
            AuthFlowType::CustomAuth => (Allow::AllowCustomAuth, "CUSTOM_AUTH "),
            AuthFlowType::UserAuth => (Allow::AllowUserAuth, "USER_AUTH "),
            other => {
                return Err(Fault::constraint(
                    &format!("'{other}'"),
                    "authFlow",
                    "Member must satisfy enum value set: [USER_SRP_AUTH, REFRESH_TOKEN_AUTH, REFRESH_TOKEN, \
                     CUSTOM_AUTH, ADMIN_NO_SRP_AUTH, USER_PASSWORD_AUTH, ADMIN_USER_PASSWORD_AUTH, USER_AUTH]",
                ));
            }
        };
        // With rotation on, the flow is off and the refresh says why.
        let refresh = flow == Allow::AllowRefreshTokenAuth && self.app.rotation().is_some();
        if self.app.allows(flow) || refresh {
            return Ok(());
        }
        Err(Fault::invalid_parameter(match name {
            "" => "Auth flow not enabled for this client".to_owned(),
            name if name.ends_with('.') => name.to_owned(),
            name => format!("{name}flow not enabled for this client"),
        }))
    }

    /// Whether the caller knows the client's secret, checked with the name as typed.
    pub(super) fn check_hash(&self, name: &str) -> Answer<()> {
        self.app.check_secret_hash(name, self.optional("SECRET_HASH"))
    }

    /// USER_PASSWORD_AUTH and its variants.
    pub(crate) fn password(&mut self, name: &str, password: &str) -> Answer<Next> {
        let key = self.signing_in(name, Some(password))?;
        self.check_imported(&key)?;
        self.check_password(&key, password)?;
        let attempt = Attempt::new(&key, self, Step::NewPassword);
        self.after_password(attempt)
    }

    /// USER_SRP_AUTH.
    fn srp(&mut self, name: &str) -> Answer<Next> {
        let attempt = self.begun(name)?;
        self.check_imported(&attempt.user)?;
        self.srp_exchange(attempt)
    }

    /// The start of a sign-in whose first answer looks the same for a wrong name as for a right one, if the app client
    /// hides which users exist.
    ///
    /// Source: [Managing user existence error responses](https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html):
    /// the user's id is then a UUID, and the same one each time.
    pub(super) fn begun(&mut self, name: &str) -> Answer<Attempt> {
        match self.signing_in(name, None) {
            Ok(key) => Ok(Attempt::new(&key, self, Step::NewPassword)),
            Err(fault) if self.app.hides_users() && fault == Fault::wrong_password() => {
                let id = super::srp::simulated_id(&self.pool.id, name);
                let mut attempt = Attempt::new(&id, self, Step::NewPassword);
                attempt.simulated = true;
                Ok(attempt)
            }
            Err(fault) => Err(fault),
        }
    }

    /// The server's half of the exchange, for a user or for one who doesn't exist.
    pub(super) fn srp_exchange(&mut self, attempt: Attempt) -> Answer<Next> {
        let large_a = self.parameter("SRP_A")?.to_owned();
        let key = attempt.user.as_str();
        let user = self.pool.users.get(key);
        let password = user.and_then(|user| user.password.as_ref());
        let (salt, verifier) = match password {
            Some(password) => (password.salt(), password.verifier()),
            None => super::srp::simulated(&self.pool.id, key),
        };
        let simulated = password.is_none();
        let username = user.map_or(key, |user| &user.username).to_owned();
        let exchange = Exchange::start(self.pool.short_name(), &username, &verifier, &large_a)?;
        let secret_block = random::block(1024);
        let parameters = parameters([
            ("SALT", salt.to_str_radix(16)),
            ("SRP_B", exchange.large_b().to_owned()),
            ("SECRET_BLOCK", secret_block.clone()),
            ("USERNAME", username.clone()),
            ("USER_ID_FOR_SRP", username),
        ]);
        let mut next = attempt.at(self, Step::PasswordVerifier(exchange));
        next.simulated = simulated;
        self.keep_as(secret_block, next);
        Ok(Next::Challenge(Challenge {
            name: ChallengeNameType::PasswordVerifier,
            session: None,
            parameters,
            available: None,
        }))
    }
}
