//! How a sign-in starts: the flows.
//!
//! Source: [Authentication flows](https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html).

use super::attempt::{Attempt, Step};
use super::srp::Exchange;
use super::{Call, Next, parameters};
use crate::fault::{Answer, Fault};
use crate::pools::{Plan, needs};
use crate::random;
use crate::tokens;
use cognito_idp::types::{AuthFlowType, ChallengeNameType, ExplicitAuthFlowsType};

impl Call<'_> {
    /// Starts a sign-in.
    pub(super) fn start(mut self, flow: &AuthFlowType, session: Option<String>) -> Answer<Next> {
        self.check_flow(flow)?;
        match flow {
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
                let metadata = self.metadata.clone();
                let result = tokens::refresh(&mut self, &token, device.as_deref(), metadata.as_ref())?;
                Ok(Next::Tokens(Box::new(result)))
            }
            AuthFlowType::UserPasswordAuth | AuthFlowType::AdminUserPasswordAuth | AuthFlowType::AdminNoSrpAuth => {
                let name = self.parameter("USERNAME")?.to_owned();
                let password = self.parameter("PASSWORD")?.to_owned();
                self.check_hash(&name)?;
                self.password(&name, &password)
            }
            AuthFlowType::UserSrpAuth => {
                let name = self.parameter("USERNAME")?.to_owned();
                self.parameter("SRP_A")?;
                self.check_hash(&name)?;
                self.srp(&name, false)
            }
            AuthFlowType::CustomAuth => {
                let name = self.parameter("USERNAME")?.to_owned();
                self.check_hash(&name)?;
                if self.optional("CHALLENGE_NAME") == Some("SRP_A") {
                    self.srp(&name, true)
                } else {
                    self.custom(&name, Vec::new())
                }
            }
            AuthFlowType::UserAuth => {
                let name = self.parameter("USERNAME")?.to_owned();
                self.check_hash(&name)?;
                self.choice(&name, session)
            }
            other => Err(Fault::invalid_parameter(format!("Unknown auth flow {other}"))),
        }
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
    pub(crate) fn password(mut self, name: &str, password: &str) -> Answer<Next> {
        let key = self.signing_in(name, Some(password))?;
        self.check_password(&key, password)?;
        let attempt = Attempt::new(&key, &self, Step::NewPassword);
        self.after_password(attempt)
    }

    /// USER_SRP_AUTH.
    fn srp(mut self, name: &str, custom: bool) -> Answer<Next> {
        match self.signing_in(name, None) {
            Ok(key) => self.srp_exchange(&key, custom),
            // What a wrong name leads to looks like what a right one does.
            Err(fault) if self.app.hides_users() && fault == Fault::wrong_password() => self.srp_exchange(name, custom),
            Err(fault) => Err(fault),
        }
    }

    /// The server's half of the exchange, for a user or for one who doesn't exist.
    pub(super) fn srp_exchange(&mut self, key: &str, custom: bool) -> Answer<Next> {
        let large_a = self.parameter("SRP_A")?.to_owned();
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
        let mut attempt = Attempt::new(key, self, Step::PasswordVerifier(exchange));
        attempt.simulated = simulated;
        if custom {
            attempt.history.push(super::custom::srp_started());
        }
        self.keep_as(secret_block, attempt);
        Ok(Next::Challenge {
            name: ChallengeNameType::PasswordVerifier,
            session: None,
            parameters,
            available: None,
        })
    }
}
