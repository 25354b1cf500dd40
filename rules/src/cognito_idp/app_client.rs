//! App clients: `CreateUserPoolClient` and `UpdateUserPoolClient`.

use cognito_runtime::validation::{Document, Findings, Rule};

/// The page that states most of it.
const PAGE: &str =
    "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html";
const ACCESS_TOKEN: &str =
    "https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html";
const REFRESH_TOKEN: &str =
    "https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html";

static ABSOLUTE: Rule = Rule::must("redirect-uri-absolute", PAGE);
static FRAGMENT: Rule = Rule::must("redirect-uri-fragment", PAGE);
static HTTPS: Rule = Rule::must("redirect-uri-https", PAGE);
static TESTING: Rule = Rule::should("redirect-uri-testing", PAGE);
static DEFAULT: Rule = Rule::must("default-redirect-uri-registered", PAGE);
static ALONE: Rule = Rule::must("client-credentials-alone", PAGE);
static O_AUTH_ON: Rule = Rule::must("oauth-enabled", PAGE);
static ONE_SECRET: Rule = Rule::must("one-secret", PAGE);
static SHORT_TOKEN: Rule = Rule::must("access-token-validity", ACCESS_TOKEN);
static LONG_TOKEN: Rule = Rule::must("refresh-token-validity", REFRESH_TOKEN);

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

pub(super) fn check(client: Document<'_>, findings: &mut Findings<'_>) {
    for uri in client.list("CallbackURLs").chain(client.get("DefaultRedirectURI")) {
        redirect_uri(uri, findings);
    }
    default_redirect_uri(client, findings);
    o_auth(client, findings);
    if let Some(secret) = client.get("ClientSecret")
        && client.get("GenerateSecret").is_some_and(Document::is_true)
    {
        let advice = "can't be set together with GenerateSecret: leave out one of them";
        findings.report(&ONE_SECRET, secret, advice);
    }
    token_validity(client, findings);
}

fn redirect_uri(uri: Document<'_>, findings: &mut Findings<'_>) {
    // The model says that it isn't empty.
    let Some(text) = uri.text().filter(|text| !text.is_empty()) else {
        return;
    };
    let Some((scheme, rest)) = scheme(text) else {
        let advice = "isn't an absolute URI: begin with a scheme, such as https://, and use no spaces";
        findings.report(&ABSOLUTE, uri, advice);
        return;
    };
    if text.contains('#') {
        findings.report(&FRAGMENT, uri, "has a fragment: remove `#` and what follows");
    }
    let is = |name: &str| scheme.eq_ignore_ascii_case(name);
    if (is("http") || is("https")) && host(rest).is_empty() {
        findings.report(&ABSOLUTE, uri, "names no host: write it after `//`");
    } else if is("http") && is_loopback(host(rest)) {
        findings.report(&TESTING, uri, "is for testing only: use https in production");
    } else if is("http") {
        let advice = "must use https: http is for localhost, 127.0.0.1 and [::1] alone";
        findings.report(&HTTPS, uri, advice);
    }
}

/// Scheme and rest of an absolute URI (RFC 3986, section 4.3).
fn scheme(uri: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = uri.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    let is_free_of_space = !uri.contains(|c: char| c.is_whitespace() || c.is_control());
    (is_scheme && !rest.is_empty() && is_free_of_space).then_some((scheme, rest))
}

/// The host of what comes after `http:`, without user and port.
fn host(rest: &str) -> &str {
    let authority = rest.strip_prefix("//").unwrap_or_default();
    let authority = authority.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    match host.find(']') {
        Some(end) => &host[..=end],
        None => host.split(':').next().unwrap_or_default(),
    }
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host == "127.0.0.1" || host == "[::1]"
}

fn default_redirect_uri(client: Document<'_>, findings: &mut Findings<'_>) {
    let Some(default) = client.get("DefaultRedirectURI") else {
        return;
    };
    if !default.text().is_some_and(|uri| client.has("CallbackURLs", uri)) {
        findings.report(
            &DEFAULT,
            default,
            "isn't one of CallbackURLs: add it there, spelled alike",
        );
    }
}

fn o_auth(client: Document<'_>, findings: &mut Findings<'_>) {
    const FLOWS: &str = "AllowedOAuthFlows";
    if let Some(flows) = client.get(FLOWS)
        && client.has(FLOWS, "client_credentials")
        && client.list(FLOWS).any(|flow| flow.text() != Some("client_credentials"))
    {
        let advice = "has client_credentials beside others: give that flow an app client of its own";
        findings.report(&ALONE, flows, advice);
    }
    let uses = !client.lacks(FLOWS) || !client.lacks("AllowedOAuthScopes");
    if uses
        && !client
            .get("AllowedOAuthFlowsUserPoolClient")
            .is_some_and(Document::is_true)
    {
        let advice = "must be true where AllowedOAuthFlows or AllowedOAuthScopes are set";
        findings.report_missing(&O_AUTH_ON, client, "AllowedOAuthFlowsUserPoolClient", advice);
    }
}

fn token_validity(client: Document<'_>, findings: &mut Findings<'_>) {
    let seconds = |token: &str, default_unit: i64| {
        let unit = client
            .get("TokenValidityUnits")
            .and_then(|units| units.get(token)?.text());
        match unit {
            None => Some(default_unit),
            Some("seconds") => Some(1),
            Some("minutes") => Some(MINUTE),
            Some("hours") => Some(HOUR),
            Some("days") => Some(DAY),
            // The service may know others.
            Some(_) => None,
        }
    };
    for (member, token) in [("AccessTokenValidity", "AccessToken"), ("IdTokenValidity", "IdToken")] {
        let Some((value, unit)) = client.get(member).zip(seconds(token, HOUR)) else {
            continue;
        };
        let validity = value.number().map(|number| number.saturating_mul(unit));
        if validity.is_some_and(|validity| !(5 * MINUTE..=DAY).contains(&validity)) {
            let advice = "is out of range in its unit (TokenValidityUnits, else hours): use 5 minutes to 1 day";
            findings.report(&SHORT_TOKEN, value, advice);
        }
    }
    if let Some((value, unit)) = client.get("RefreshTokenValidity").zip(seconds("RefreshToken", DAY)) {
        let validity = value.number().map(|number| number.saturating_mul(unit));
        // The service takes 0 for its default of 30 days.
        if validity.is_some_and(|validity| validity != 0 && !(HOUR..=3650 * DAY).contains(&validity)) {
            let advice = "is out of range in its unit (TokenValidityUnits, else days): use 1 hour to 10 years";
            findings.report(&LONG_TOKEN, value, advice);
        }
    }
}
