//! The app client: every parameter of `CreateUserPoolClient`'s first public documentation, and what a server keeps of it.

use cognito_idp::Client;
use cognito_idp::operation::create_user_pool_client::CreateUserPoolClientInput;
use cognito_idp::operation::create_user_pool_client::builders::CreateUserPoolClientFluentBuilder;
use cognito_idp::types::{AnalyticsConfigurationType, ExplicitAuthFlowsType, OAuthFlowType, UserPoolClientType};
use std::fmt;

/// The request, not yet sent. `analytics_application` is the ARN of an Amazon Pinpoint application.
pub(crate) fn request(
    client: &Client,
    user_pool_id: &str,
    analytics_application: Option<&str>,
) -> CreateUserPoolClientFluentBuilder {
    let analytics = analytics_application.map(|arn| {
        AnalyticsConfigurationType::builder()
            .application_arn(arn)
            .user_data_shared(true)
            .build()
    });
    client
        .create_user_pool_client()
        .user_pool_id(user_pool_id)
        .client_name("web-app")
        .generate_secret(true)
        .refresh_token_validity(30)
        .read_attributes("email")
        .read_attributes("email_verified")
        .read_attributes("name")
        .write_attributes("email")
        .write_attributes("name")
        .explicit_auth_flows(ExplicitAuthFlowsType::AllowUserPasswordAuth)
        .explicit_auth_flows(ExplicitAuthFlowsType::AllowUserSrpAuth)
        .explicit_auth_flows(ExplicitAuthFlowsType::AllowRefreshTokenAuth)
        .supported_identity_providers("COGNITO")
        .callback_urls("https://app.example.com/callback")
        .callback_urls("http://localhost:3000/callback")
        .logout_urls("https://app.example.com/bye")
        .default_redirect_uri("https://app.example.com/callback")
        .allowed_o_auth_flows(OAuthFlowType::Code)
        .allowed_o_auth_flows(OAuthFlowType::Implicit)
        .allowed_o_auth_scopes("openid")
        .allowed_o_auth_scopes("email")
        .allowed_o_auth_scopes("profile")
        .allowed_o_auth_flows_user_pool_client(true)
        .set_analytics_configuration(analytics)
}

/// A parameter of the app client: what was sent, and what the server answers when asked for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Its name in the API reference.
    pub name: &'static str,
    /// The values that were sent; none if the parameter was left out.
    pub sent: Vec<String>,
    /// The values that were read back; none if the answer doesn't hold it.
    pub read: Vec<String>,
}

/// How a parameter came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The same values in the same order.
    AsSent,
    /// The same values in another order.
    Reordered,
    /// Other values.
    Changed,
    /// It was sent, but the answer doesn't hold it.
    NotStored,
    /// It was left out of the request.
    NotSent,
}

impl Parameter {
    /// Compares what was read with what was sent.
    pub fn verdict(&self) -> Verdict {
        let sorted = |values: &[String]| {
            let mut values = values.to_vec();
            values.sort();
            values
        };
        if self.sent.is_empty() {
            Verdict::NotSent
        } else if self.read == self.sent {
            Verdict::AsSent
        } else if self.read.is_empty() {
            Verdict::NotStored
        } else if sorted(&self.read) == sorted(&self.sent) {
            Verdict::Reordered
        } else {
            Verdict::Changed
        }
    }
}

impl fmt::Display for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, sent, read) = (self.name, self.sent.join(", "), self.read.join(", "));
        match self.verdict() {
            Verdict::AsSent => write!(f, "as sent     {name:<31} {sent}"),
            Verdict::Reordered => write!(f, "reordered   {name:<31} sent {sent}; read {read}"),
            Verdict::Changed => write!(f, "CHANGED     {name:<31} sent {sent}; read {read}"),
            Verdict::NotStored => write!(f, "NOT STORED  {name:<31} sent {sent}"),
            Verdict::NotSent => write!(f, "not sent    {name}"),
        }
    }
}

/// Every parameter that was sent beside its counterpart in the answer of `DescribeUserPoolClient`.
pub(crate) fn compare(sent: &CreateUserPoolClientInput, read: &UserPoolClientType) -> Vec<Parameter> {
    let parameter = |name, sent, read| Parameter { name, sent, read };
    vec![
        parameter("UserPoolId", one(sent.user_pool_id()), one(read.user_pool_id())),
        parameter("ClientName", one(sent.client_name()), one(read.client_name())),
        // Asked for with a flag, answered with the secret.
        parameter(
            "GenerateSecret",
            one(sent.generate_secret()),
            one(read.client_secret().map(|_| true)),
        ),
        // The answer's member isn't optional: 0, which can't be set, stands for none.
        parameter(
            "RefreshTokenValidity",
            one(sent.refresh_token_validity()),
            one(Some(read.refresh_token_validity()).filter(|days| *days != 0)),
        ),
        parameter(
            "ReadAttributes",
            many(sent.read_attributes()),
            many(read.read_attributes()),
        ),
        parameter(
            "WriteAttributes",
            many(sent.write_attributes()),
            many(read.write_attributes()),
        ),
        parameter(
            "ExplicitAuthFlows",
            many(sent.explicit_auth_flows()),
            many(read.explicit_auth_flows()),
        ),
        parameter(
            "SupportedIdentityProviders",
            many(sent.supported_identity_providers()),
            many(read.supported_identity_providers()),
        ),
        parameter("CallbackURLs", many(sent.callback_urls()), many(read.callback_urls())),
        parameter("LogoutURLs", many(sent.logout_urls()), many(read.logout_urls())),
        parameter(
            "DefaultRedirectURI",
            one(sent.default_redirect_uri()),
            one(read.default_redirect_uri()),
        ),
        parameter(
            "AllowedOAuthFlows",
            many(sent.allowed_o_auth_flows()),
            many(read.allowed_o_auth_flows()),
        ),
        parameter(
            "AllowedOAuthScopes",
            many(sent.allowed_o_auth_scopes()),
            many(read.allowed_o_auth_scopes()),
        ),
        parameter(
            "AllowedOAuthFlowsUserPoolClient",
            one(sent.allowed_o_auth_flows_user_pool_client()),
            one(read.allowed_o_auth_flows_user_pool_client()),
        ),
        parameter(
            "AnalyticsConfiguration",
            analytics(sent.analytics_configuration()),
            analytics(read.analytics_configuration()),
        ),
    ]
}

fn one(value: Option<impl ToString>) -> Vec<String> {
    value.iter().map(ToString::to_string).collect()
}

fn many(values: &[impl ToString]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}

fn analytics(configuration: Option<&AnalyticsConfigurationType>) -> Vec<String> {
    let Some(configuration) = configuration else {
        return Vec::new();
    };
    let members = [
        ("ApplicationId", configuration.application_id()),
        ("ApplicationArn", configuration.application_arn()),
        ("RoleArn", configuration.role_arn()),
        ("ExternalId", configuration.external_id()),
    ];
    members
        .into_iter()
        .filter_map(|(name, value)| Some(format!("{name}={}", value?)))
        .chain([format!("UserDataShared={}", configuration.user_data_shared())])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Parameter, Verdict};

    fn verdict(sent: &[&str], read: &[&str]) -> Verdict {
        let owned = |values: &[&str]| values.iter().map(ToString::to_string).collect();
        Parameter {
            name: "AllowedOAuthScopes",
            sent: owned(sent),
            read: owned(read),
        }
        .verdict()
    }

    #[test]
    fn tells_what_a_server_made_of_a_parameter() {
        assert_eq!(verdict(&["openid", "email"], &["openid", "email"]), Verdict::AsSent);
        assert_eq!(verdict(&["openid", "email"], &["email", "openid"]), Verdict::Reordered);
        assert_eq!(verdict(&["openid", "email"], &["openid"]), Verdict::Changed);
        assert_eq!(verdict(&["openid", "email"], &[]), Verdict::NotStored);
        assert_eq!(verdict(&[], &[]), Verdict::NotSent);
    }
}
