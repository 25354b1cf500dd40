//! The meaning of an app client's settings.

use super::App;
use cognito_idp::types::{
    ExplicitAuthFlowsType, FeatureType, OAuthFlowType, PreventUserExistenceErrorTypes, TimeUnitsType,
};

/// Seconds of a time unit.
fn unit(unit: Option<&TimeUnitsType>, default: u64) -> u64 {
    match unit {
        Some(TimeUnitsType::Seconds) => 1,
        Some(TimeUnitsType::Minutes) => 60,
        Some(TimeUnitsType::Hours) => 3600,
        Some(TimeUnitsType::Days) => 86_400,
        _ => default,
    }
}

impl App {
    /// Whether the client may use this flow, for example `ALLOW_USER_SRP_AUTH`. The legacy flows count, too.
    pub(crate) fn allows(&self, flow: ExplicitAuthFlowsType) -> bool {
        let old = match flow {
            ExplicitAuthFlowsType::AllowAdminUserPasswordAuth => Some(ExplicitAuthFlowsType::AdminNoSrpAuth),
            ExplicitAuthFlowsType::AllowCustomAuth => Some(ExplicitAuthFlowsType::CustomAuthFlowOnly),
            ExplicitAuthFlowsType::AllowUserPasswordAuth => Some(ExplicitAuthFlowsType::UserPasswordAuth),
            _ => None,
        };
        let flows = self.description.explicit_auth_flows();
        if flows.contains(&flow) || old.is_some_and(|old| flows.contains(&old)) {
            return true;
        }
        // The settings of old know no switch for these two.
        let has_old = flows.iter().any(|flow| !flow.as_str().starts_with("ALLOW_"));
        let is_default = flow == ExplicitAuthFlowsType::AllowRefreshTokenAuth
            || (flow == ExplicitAuthFlowsType::AllowUserSrpAuth
                && !flows.contains(&ExplicitAuthFlowsType::CustomAuthFlowOnly));
        has_old && is_default
    }

    /// Whether it may use this grant of OAuth.
    pub(crate) fn allows_grant(&self, flow: &OAuthFlowType) -> bool {
        self.description.allowed_o_auth_flows_user_pool_client == Some(true)
            && self.description.allowed_o_auth_flows().contains(flow)
    }

    /// How long access tokens are valid, in seconds.
    pub(crate) fn access_token_validity(&self) -> u64 {
        let units = self.description.token_validity_units();
        validity(
            self.description.access_token_validity,
            unit(units.and_then(|units| units.access_token()), 3600),
            3600,
        )
    }

    /// How long ID tokens are valid, in seconds.
    pub(crate) fn id_token_validity(&self) -> u64 {
        let units = self.description.token_validity_units();
        validity(
            self.description.id_token_validity,
            unit(units.and_then(|units| units.id_token()), 3600),
            3600,
        )
    }

    /// How long refresh tokens are valid, in seconds.
    pub(crate) fn refresh_token_validity(&self) -> u64 {
        let units = self.description.token_validity_units();
        validity(
            Some(self.description.refresh_token_validity),
            unit(units.and_then(|units| units.refresh_token()), 86_400),
            30 * 86_400,
        )
    }

    /// How long a session of a sign-in is valid, in seconds.
    pub(crate) fn session_validity(&self) -> u64 {
        validity(self.description.auth_session_validity, 60, 180)
    }

    /// Whether its tokens can be revoked.
    pub(crate) fn revokes(&self) -> bool {
        self.description.enable_token_revocation.unwrap_or(true)
    }

    /// The grace period of the old refresh token in seconds, if rotation is on.
    pub(crate) fn rotation(&self) -> Option<u64> {
        let rotation = self.description.refresh_token_rotation()?;
        let grace = rotation.retry_grace_period_seconds.unwrap_or(0);
        (rotation.feature == FeatureType::Enabled).then(|| u64::try_from(grace).unwrap_or(0))
    }

    /// Whether errors must not reveal which users exist.
    pub(crate) fn hides_users(&self) -> bool {
        self.description.prevent_user_existence_errors == Some(PreventUserExistenceErrorTypes::Enabled)
    }

    /// Whether a user with a token of this client may read the attribute.
    pub(crate) fn may_read(&self, attribute: &str) -> bool {
        match &self.description.read_attributes {
            None => true,
            Some(_) if attribute == "sub" || attribute == "identities" => true,
            Some(attributes) => attributes.iter().any(|allowed| allowed == attribute),
        }
    }

    /// Whether a user with a token of this client may write the attribute.
    pub(crate) fn may_write(&self, attribute: &str) -> bool {
        match &self.description.write_attributes {
            None => !attribute.starts_with("dev:"),
            Some(attributes) => attributes.iter().any(|allowed| allowed == attribute),
        }
    }
}

fn validity(asked: Option<i32>, unit: u64, default: u64) -> u64 {
    match asked.and_then(|asked| u64::try_from(asked).ok()) {
        None | Some(0) => default,
        Some(asked) => asked * unit,
    }
}
