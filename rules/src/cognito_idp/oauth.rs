//! An app client's rights at the OAuth 2.0 endpoints: grants, scopes, identity providers.

use super::app_client::AppClient;
use crate::macros::{api, guide, rules};
use cognito_validation::{Document, Findings};

rules! {
    /// `AllowedOAuthFlowsUserPoolClient` must be true if flows or scopes are set.
    ENABLED = must("oauth-enabled", api!("CreateUserPoolClient"));
    /// A client that may use OAuth flows has flows and scopes.
    COMPLETE = must("oauth-complete", "https://github.com/hashicorp/terraform-provider-aws/issues/5140");
    /// `client_credentials` is the only flow of its client.
    ALONE = must("client-credentials-alone", api!("CreateUserPoolClient"));
    /// `client_credentials` needs a client secret.
    M2M_SECRET = must("client-credentials-secret", guide!("user-pool-settings-client-apps"));
    /// `client_credentials` supports only custom scopes.
    M2M_SCOPES = must("client-credentials-custom-scope", guide!("user-pool-settings-client-apps"));
    /// A client that users sign in to has at least one callback URL.
    CALLBACK = must("callback-url", guide!("user-pool-settings-client-apps"));
    /// A scope is one of Cognito's five, or `resource-server-identifier/scope`.
    SCOPE = must("scope-name", guide!("user-pool-settings-client-apps"));
    /// `email`, `phone` and `profile` can only be requested with `openid`.
    OPENID = must("scope-openid", guide!("user-pool-settings-client-apps"));
    /// The best practice is the authorization code grant alone.
    IMPLICIT = should("implicit-flow", guide!("user-pool-settings-client-apps"));
    /// A client of managed login has at least one identity provider.
    PROVIDER = should("managed-login-provider", guide!("user-pool-settings-client-apps"));
}

const ON: &str = "AllowedOAuthFlowsUserPoolClient";
const FLOWS: &str = "AllowedOAuthFlows";
const SCOPES: &str = "AllowedOAuthScopes";
const PROVIDERS: &str = "SupportedIdentityProviders";
const M2M: &str = "client_credentials";

pub(super) fn check(client: AppClient<'_>, findings: &mut Findings<'_>) {
    let request = client.request;
    let uses = !request.lacks(FLOWS) || !request.lacks(SCOPES);
    if uses && client.shows(ON) && !client.is_true(ON) {
        let advice = "must be true where AllowedOAuthFlows or AllowedOAuthScopes are set";
        findings.report_missing(&ENABLED, request, ON, advice);
    }
    if client.is_true(ON) {
        complete(client, findings);
    }
    for scope in request.list(SCOPES) {
        spelling(scope, findings);
    }
    if request.has(FLOWS, M2M) {
        machine_to_machine(client, findings);
    } else {
        openid(client, findings);
    }
    if request.has(FLOWS, "code") || request.has(FLOWS, "implicit") {
        managed_login(client, findings);
    }
}

fn complete(client: AppClient<'_>, findings: &mut Findings<'_>) {
    let lacks = |member| client.shows(member) && client.request.lacks(member);
    if lacks(FLOWS) {
        let advice = "must have a flow where AllowedOAuthFlowsUserPoolClient is true";
        findings.report_missing(&COMPLETE, client.request, FLOWS, advice);
    }
    // Which scopes `client_credentials` needs is a rule of its own.
    if lacks(SCOPES) && !client.request.has(FLOWS, M2M) {
        let advice = "must have a scope where AllowedOAuthFlowsUserPoolClient is true";
        findings.report_missing(&COMPLETE, client.request, SCOPES, advice);
    }
}

fn machine_to_machine(client: AppClient<'_>, findings: &mut Findings<'_>) {
    let request = client.request;
    if let Some(flows) = request.get(FLOWS)
        && flows.items().any(|flow| flow.text() != Some(M2M))
    {
        let advice = "has client_credentials beside others: give that flow an app client of its own";
        findings.report(&ALONE, flows, advice);
        // The scopes may be those of the other flows.
    } else if client.shows(SCOPES) {
        custom_scopes(request, findings);
    }
    let has_secret = request.get("ClientSecret").is_some() || client.is_true("GenerateSecret");
    if !has_secret && !client.is_update {
        let advice = "must be true for the flow client_credentials, unless you give a ClientSecret";
        findings.report_missing(&M2M_SECRET, request, "GenerateSecret", advice);
    }
}

fn custom_scopes(request: Document<'_>, findings: &mut Findings<'_>) {
    if request.lacks(SCOPES) {
        let advice = "must have a custom scope for the flow client_credentials, such as `api/read`";
        findings.report_missing(&M2M_SCOPES, request, SCOPES, advice);
    }
    for scope in request.list(SCOPES) {
        if scope.text().is_some_and(is_of_cognito) {
            let advice = "isn't for the flow client_credentials: use custom scopes alone, such as `api/read`";
            findings.report(&M2M_SCOPES, scope, advice);
        }
    }
}

fn managed_login(client: AppClient<'_>, findings: &mut Findings<'_>) {
    let request = client.request;
    if client.shows("CallbackURLs") && request.lacks("CallbackURLs") {
        let advice = "must have a URL to return to for the flows code and implicit";
        findings.report_missing(&CALLBACK, request, "CallbackURLs", advice);
    }
    if let Some(flow) = request.list(FLOWS).find(|flow| flow.text() == Some("implicit")) {
        let advice = "shows tokens to the browser: use the flow code with PKCE, if your app can";
        findings.report(&IMPLICIT, flow, advice);
    }
    if client.shows(PROVIDERS) && request.lacks(PROVIDERS) {
        let advice = "should name who signs users in: `COGNITO` for the pool's own users";
        findings.report_missing(&PROVIDER, request, PROVIDERS, advice);
    }
}

fn spelling(scope: Document<'_>, findings: &mut Findings<'_>) {
    // The model says that it isn't empty.
    let Some(text) = scope.text().filter(|text| !text.is_empty()) else {
        return;
    };
    let is_custom = text
        .rsplit_once('/')
        .is_some_and(|(server, name)| !server.is_empty() && !name.is_empty());
    if !is_custom && !is_of_cognito(text) {
        let advice = "isn't a scope: use openid, email, phone, profile, aws.cognito.signin.user.admin, \
                      or a custom scope as `resource-server-identifier/scope`";
        findings.report(&SCOPE, scope, advice);
    }
}

fn openid(client: AppClient<'_>, findings: &mut Findings<'_>) {
    let request = client.request;
    // Without OAuth, nobody can request the scopes.
    if request.has(SCOPES, "openid") || !client.shows(ON) {
        return;
    }
    for scope in request.list(SCOPES) {
        if let Some("email" | "phone" | "profile") = scope.text() {
            let advice = "can only be requested together with openid: add that scope";
            findings.report(&OPENID, scope, advice);
        }
    }
}

/// Whether Cognito itself defines the scope.
fn is_of_cognito(scope: &str) -> bool {
    matches!(
        scope,
        "openid" | "email" | "phone" | "profile" | "aws.cognito.signin.user.admin"
    )
}
