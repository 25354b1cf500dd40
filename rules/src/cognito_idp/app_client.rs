//! App clients: `CreateUserPoolClient` and `UpdateUserPoolClient`.

use super::{oauth, redirect_uri, token_validity};
use crate::macros::{api, guide, rules};
use cognito_validation::{Document, Findings};

rules! {
    /// `ClientSecret` and `GenerateSecret` exclude each other.
    ONE_SECRET = must("one-secret", api!("CreateUserPoolClient"));
    /// `EnablePropagateAdditionalUserContextData` is for clients with a secret.
    CONTEXT_SECRET = must("user-context-secret", api!("CreateUserPoolClient"));
    /// The three old values of `ExplicitAuthFlows` can't be combined with values that begin with `ALLOW_`.
    MIXED_FLOWS = must("auth-flows-mixed", api!("CreateUserPoolClient"));
    /// Refresh token rotation isn't compatible with `REFRESH_TOKEN_AUTH`, which must be disabled.
    ROTATION = must("refresh-token-rotation", guide!("amazon-cognito-user-pools-using-the-refresh-token"));
    /// No app client can write `email_verified` or `phone_number_verified`.
    VERIFIED = must("verified-attributes-unwritable", guide!("user-pool-settings-client-apps"));
}

/// A request to create or update an app client.
#[derive(Clone, Copy)]
pub(super) struct AppClient<'a> {
    /// The request.
    pub(super) request: Document<'a>,
    /// Whether the client exists already. An update can rely on settings that it omits.
    pub(super) is_update: bool,
}

impl AppClient<'_> {
    /// Whether the absence of a member can be judged. In an update, it can't.
    pub(super) fn shows(self, member: &str) -> bool {
        !self.is_update || self.request.get(member).is_some()
    }

    pub(super) fn is_true(self, member: &str) -> bool {
        self.request.get(member).is_some_and(Document::is_true)
    }
}

pub(super) fn check_create(request: Document<'_>, findings: &mut Findings<'_>) {
    let is_update = false;
    check(AppClient { request, is_update }, findings);
}

pub(super) fn check_update(request: Document<'_>, findings: &mut Findings<'_>) {
    let is_update = true;
    check(AppClient { request, is_update }, findings);
}

fn check(client: AppClient<'_>, findings: &mut Findings<'_>) {
    redirect_uri::check(client, findings);
    oauth::check(client, findings);
    token_validity::check(client.request, findings);
    secret(client, findings);
    auth_flows(client.request, findings);
    for attribute in client.request.list("WriteAttributes") {
        if let Some("email_verified" | "phone_number_verified") = attribute.text() {
            let advice = "can't be written by an app client: leave it out, users change it by verifying the attribute";
            findings.report(&VERIFIED, attribute, advice);
        }
    }
}

fn secret(client: AppClient<'_>, findings: &mut Findings<'_>) {
    let given = client.request.get("ClientSecret");
    if let Some(secret) = given
        && client.is_true("GenerateSecret")
    {
        let advice = "can't be set together with GenerateSecret: leave out one of them";
        findings.report(&ONE_SECRET, secret, advice);
    }
    const CONTEXT: &str = "EnablePropagateAdditionalUserContextData";
    let has_secret = given.is_some() || client.is_true("GenerateSecret");
    if let Some(context) = client.request.get(CONTEXT)
        && context.is_true()
        && !has_secret
        && !client.is_update
    {
        let advice = "needs a client secret: set GenerateSecret to true";
        findings.report(&CONTEXT_SECRET, context, advice);
    }
}

fn auth_flows(client: Document<'_>, findings: &mut Findings<'_>) {
    const FLOWS: &str = "ExplicitAuthFlows";
    let is_new = |flow: Document<'_>| flow.text().is_some_and(|text| text.starts_with("ALLOW_"));
    if client.list(FLOWS).any(is_new) {
        for flow in client.list(FLOWS) {
            let advice = match flow.text() {
                Some("ADMIN_NO_SRP_AUTH") => {
                    "can't stand beside values that begin with ALLOW_: use ALLOW_ADMIN_USER_PASSWORD_AUTH"
                }
                Some("CUSTOM_AUTH_FLOW_ONLY") => {
                    "can't stand beside values that begin with ALLOW_: use ALLOW_CUSTOM_AUTH"
                }
                Some("USER_PASSWORD_AUTH") => {
                    "can't stand beside values that begin with ALLOW_: use ALLOW_USER_PASSWORD_AUTH"
                }
                _ => continue,
            };
            findings.report(&MIXED_FLOWS, flow, advice);
        }
    }
    let rotation = client.get("RefreshTokenRotation").and_then(|it| it.get("Feature"));
    if rotation.is_some_and(|feature| feature.text() == Some("ENABLED"))
        && let Some(flow) = client
            .list(FLOWS)
            .find(|flow| flow.text() == Some("ALLOW_REFRESH_TOKEN_AUTH"))
    {
        let advice =
            "isn't compatible with RefreshTokenRotation: leave it out, and refresh with GetTokensFromRefreshToken";
        findings.report(&ROTATION, flow, advice);
    }
}
