//! Identity providers: `CreateIdentityProvider` and `UpdateIdentityProvider`.

use crate::macros::{api, guide, rules};
use cognito_validation::{Document, Findings};

rules! {
    /// A SAML provider has a metadata document, by URL or as text.
    METADATA = must("saml-metadata", api!("CreateIdentityProvider"));
    /// The provider details have the keys that the page shows for the type. It says that they are subject to change.
    KEYS = should("provider-details-keys", api!("CreateIdentityProvider"));
    /// The scopes of a social provider are those that the page shows for the type.
    SCOPES = should("social-provider-scopes", api!("CreateIdentityProvider"));
    /// Only OIDC providers support ACR mapping.
    ACR = must("acr-mapping-oidc", api!("CreateIdentityProvider"));
    /// An issuer starts with https:// and doesn't end with a slash.
    ISSUER = should("oidc-issuer", guide!("cognito-user-pools-oidc-idp"));
}

pub(super) fn check(provider: Document<'_>, findings: &mut Findings<'_>) {
    let Some(details) = provider.get("ProviderDetails") else {
        return;
    };
    if let Some(issuer) = details.get("oidc_issuer")
        && issuer
            .text()
            .is_some_and(|url| !url.is_empty() && (!url.starts_with("https://") || url.ends_with('/')))
    {
        let advice = "should start with https:// and end without a slash";
        findings.report(&ISSUER, issuer, advice);
    }
    // An update says nothing of the type.
    let kind = provider.get("ProviderType").and_then(Document::text);
    if let Some(mapping) = provider.get("AcrMapping")
        && mapping.items().next().is_some()
        && kind.is_some_and(|kind| kind != "OIDC")
    {
        findings.report(&ACR, mapping, "is for OIDC providers only: leave it out");
    }
    let (keys, scopes): (&[&'static str], &[&str]) = match kind {
        Some("SAML") => {
            if details.get("MetadataURL").is_none() && details.get("MetadataFile").is_none() {
                let advice = "or MetadataFile must be there for a SAML provider: set one of them";
                findings.report_missing(&METADATA, details, "MetadataURL", advice);
            }
            return;
        }
        Some("Google") => (
            &["client_id", "client_secret", "authorize_scopes"],
            &["email", "profile", "openid"],
        ),
        Some("LoginWithAmazon") => (
            &["client_id", "client_secret", "authorize_scopes"],
            &["profile", "postal_code"],
        ),
        Some("Facebook") => (
            &["client_id", "client_secret", "authorize_scopes", "api_version"],
            &["public_profile", "email"],
        ),
        Some("SignInWithApple") => (
            &["client_id", "team_id", "key_id", "private_key", "authorize_scopes"],
            &["email", "name"],
        ),
        Some("OIDC") => (
            &[
                "client_id",
                "client_secret",
                "attributes_request_method",
                "oidc_issuer",
                "authorize_scopes",
            ],
            &[],
        ),
        _ => return,
    };
    for key in keys.iter().filter(|key| details.get(key).is_none()) {
        let advice = "is a key that Cognito expects of a provider of this type: add it";
        findings.report_missing(&KEYS, details, key, advice);
    }
    social_scopes(details, scopes, findings);
}

fn social_scopes(details: Document<'_>, known: &[&str], findings: &mut Findings<'_>) {
    let Some(scopes) = details.get("authorize_scopes").filter(|_| !known.is_empty()) else {
        return;
    };
    let mut given = scopes
        .text()
        .unwrap_or_default()
        .split([' ', ','])
        .filter(|it| !it.is_empty());
    if let Some(other) = given.find(|scope| !known.contains(scope)) {
        let advice = format!("has `{other}`: Cognito expects scopes of {}", known.join(", "));
        findings.report(&SCOPES, scopes, advice);
    }
}
