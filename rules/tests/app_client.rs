//! The rules of app clients, each with what keeps it and what breaks it.

use cognito_runtime::validation::{Constraints, Kind, Shape, Structure, Validate};
use serde::Serialize;
use serde_json::{Value, json};

#[derive(Serialize)]
struct Client(Value);

static STRUCTURE: Structure = Structure {
    name: "CreateUserPoolClientRequest",
    members: &[],
};
static SHAPE: Shape = Shape::of(Kind::Structure(&STRUCTURE));
static CONSTRAINTS: Constraints = Constraints {
    inputs: &[],
    rules: cognito_rules::cognito_idp::RULES,
};

impl Validate for Client {
    const SHAPE: &'static Shape = &SHAPE;
    const CONSTRAINTS: &'static Constraints = &CONSTRAINTS;
}

/// The names of the rules that a client breaks.
fn broken(client: Value) -> Vec<&'static str> {
    let findings = Client(client).findings();
    findings.iter().filter_map(|found| Some(found.rule()?.name)).collect()
}

#[test]
fn a_redirect_uri_is_absolute_has_no_fragment_and_uses_https() {
    let cases: [(&str, &[&str]); 15] = [
        ("https://example.com/cb", &[]),
        ("HTTPS://example.com", &[]),
        ("https://bücher.example/", &[]),
        ("myapp://example", &[]),
        ("com.example.app:/oauth", &[]),
        ("http://localhost:3000/cb", &["redirect-uri-testing"]),
        ("http://127.0.0.1", &["redirect-uri-testing"]),
        ("http://[::1]:8080", &["redirect-uri-testing"]),
        ("http://example.com", &["redirect-uri-https"]),
        ("HTTP://example.com", &["redirect-uri-https"]),
        ("http://localhost.example.com", &["redirect-uri-https"]),
        ("http://localhost@example.com", &["redirect-uri-https"]),
        ("https://example.com/#top", &["redirect-uri-fragment"]),
        ("/callback", &["redirect-uri-absolute"]),
        ("https://example.com/a b", &["redirect-uri-absolute"]),
    ];
    for (uri, rules) in cases {
        assert_eq!(broken(json!({ "CallbackURLs": [uri] })), rules, "{uri}");
    }
}

#[test]
fn a_default_redirect_uri_is_a_callback_url_to_the_letter() {
    let client = |default: &str| json!({ "CallbackURLs": ["https://a.example"], "DefaultRedirectURI": default });
    assert_eq!(broken(client("https://a.example")), [""; 0]);
    assert_eq!(
        broken(client("https://a.example/")),
        ["default-redirect-uri-registered"]
    );
}

#[test]
fn client_credentials_stand_alone_and_flows_must_be_enabled() {
    let client = |flows: Value, on: bool| json!({ "AllowedOAuthFlows": flows, "AllowedOAuthFlowsUserPoolClient": on });
    assert_eq!(broken(client(json!(["client_credentials"]), true)), [""; 0]);
    assert_eq!(
        broken(client(json!(["code", "client_credentials"]), true)),
        ["client-credentials-alone"]
    );
    assert_eq!(broken(client(json!(["code"]), false)), ["oauth-enabled"]);
    assert_eq!(broken(client(json!([]), false)), [""; 0]);
}

#[test]
fn a_secret_is_given_or_generated() {
    let both = json!({ "ClientSecret": "x", "GenerateSecret": true });
    assert_eq!(broken(both), ["one-secret"]);
    assert_eq!(broken(json!({ "ClientSecret": "x", "GenerateSecret": false })), [""; 0]);
}

#[test]
fn tokens_are_valid_within_the_range_of_their_unit() {
    for (client, rules) in [
        (json!({ "AccessTokenValidity": 24 }), &[][..]),
        (json!({ "AccessTokenValidity": 25 }), &["access-token-validity"][..]),
        (
            json!({ "IdTokenValidity": 4, "TokenValidityUnits": { "IdToken": "minutes" } }),
            &["access-token-validity"][..],
        ),
        (json!({ "RefreshTokenValidity": 0 }), &[][..]),
        (json!({ "RefreshTokenValidity": 3650 }), &[][..]),
        (json!({ "RefreshTokenValidity": 3651 }), &["refresh-token-validity"][..]),
        (
            json!({ "RefreshTokenValidity": 59, "TokenValidityUnits": { "RefreshToken": "minutes" } }),
            &["refresh-token-validity"][..],
        ),
    ] {
        assert_eq!(broken(client.clone()), rules, "{client}");
    }
}
