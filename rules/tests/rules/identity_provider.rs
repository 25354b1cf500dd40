//! Identity providers, by type.

use crate::support::rules;

rules! {
    a_saml_provider_has_metadata: "saml-metadata", "CreateIdentityProvider" {
        breaks r#"ProviderDetails["MetadataURL"]"#: { "ProviderType": "SAML", "ProviderDetails": { "IDPSignout": "true" } };
        keeps {
            "ProviderType": "SAML",
            "ProviderDetails": { "MetadataURL": "https://auth.example.com/sso/saml/metadata", "IDPInit": "true" }
        };
        keeps { "ProviderType": "SAML", "ProviderDetails": { "MetadataFile": "<EntityDescriptor/>" } };
    }
    provider_details_have_the_keys_of_their_type: "provider-details-keys", "CreateIdentityProvider" {
        breaks r#"ProviderDetails["client_secret"]"#: {
            "ProviderType": "Google", "ProviderDetails": { "client_id": "1", "authorize_scopes": "email" }
        };
        breaks r#"ProviderDetails["team_id"]"#: {
            "ProviderType": "SignInWithApple", "ProviderDetails": { "client_id": "com.example", "key_id": "1" }
        };
        breaks r#"ProviderDetails["api_version"]"#: {
            "ProviderType": "Facebook",
            "ProviderDetails": { "client_id": "1", "client_secret": "2", "authorize_scopes": "email" }
        };
        breaks r#"ProviderDetails["oidc_issuer"]"#: {
            "ProviderType": "OIDC",
            "ProviderDetails": {
                "client_id": "1", "client_secret": "2", "authorize_scopes": "openid",
                "attributes_request_method": "GET"
            }
        };
        breaks r#"ProviderDetails["authorize_scopes"]"#: {
            "ProviderType": "LoginWithAmazon", "ProviderDetails": { "client_id": "1", "client_secret": "2" }
        };
        keeps {
            "ProviderType": "OIDC",
            "ProviderDetails": {
                "client_id": "1", "client_secret": "2", "authorize_scopes": "openid profile email",
                "attributes_request_method": "GET", "oidc_issuer": "https://auth.example.com"
            }
        };
        keeps {
            "ProviderType": "SignInWithApple",
            "ProviderDetails": {
                "client_id": "com.example.cognito", "team_id": "3EXAMPLE", "key_id": "2EXAMPLE",
                "private_key": "1EXAMPLE", "authorize_scopes": "email name"
            }
        };
    }
    scopes_of_social_providers_are_known: "social-provider-scopes", "CreateIdentityProvider" {
        breaks "ProviderDetails[\"authorize_scopes\"]": {
            "ProviderType": "Google",
            "ProviderDetails": { "client_id": "1", "client_secret": "2", "authorize_scopes": "email calendar" }
        };
        keeps {
            "ProviderType": "Google",
            "ProviderDetails": { "client_id": "1", "client_secret": "2", "authorize_scopes": "openid email profile" }
        };
        keeps {
            "ProviderType": "Facebook",
            "ProviderDetails": {
                "client_id": "1", "client_secret": "2", "authorize_scopes": "public_profile, email",
                "api_version": "v17.0"
            }
        };
        keeps {
            "ProviderType": "OIDC",
            "ProviderDetails": {
                "client_id": "1", "client_secret": "2", "authorize_scopes": "openid groups",
                "attributes_request_method": "POST", "oidc_issuer": "https://auth.example.com"
            }
        };
    }
    acr_mapping_is_for_oidc: "acr-mapping-oidc", "CreateIdentityProvider" {
        breaks "AcrMapping": {
            "ProviderType": "SAML", "ProviderDetails": { "MetadataURL": "https://auth.example.com/metadata" },
            "AcrMapping": { "Level1": "urn:example:1" }
        };
        keeps {
            "ProviderType": "OIDC",
            "ProviderDetails": {
                "client_id": "1", "client_secret": "2", "authorize_scopes": "openid",
                "attributes_request_method": "GET", "oidc_issuer": "https://auth.example.com"
            },
            "AcrMapping": { "Level1": "urn:example:1" }
        };
    }
    an_issuer_is_a_url_without_a_slash: "oidc-issuer", "UpdateIdentityProvider" {
        breaks "ProviderDetails[\"oidc_issuer\"]": { "ProviderDetails": { "oidc_issuer": "https://auth.example.com/" } };
        breaks "ProviderDetails[\"oidc_issuer\"]": { "ProviderDetails": { "oidc_issuer": "http://auth.example.com" } };
        keeps { "ProviderDetails": { "oidc_issuer": "https://auth.example.com/realms/main" } };
        keeps { "ProviderDetails": { "client_id": "2" } };
    }
}
