//! Managed login: authorization code with PKCE (RFC 6749, RFC 7636), for web servers and for command lines.

mod domain;
mod loopback;

pub use domain::Domain;
pub use loopback::LoopbackLogin;

use crate::encoding::{base64url, from_base64};
use crate::error::AuthError;
use crate::pool::UserPool;
use crate::secret::Secret;
use crate::srp::SrpError;
use crate::token_endpoint::post;
use crate::tokens::{Tokens, expiry};
use domain::check_redirect;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// Managed login of a pool: its domain, and what to ask for.
#[derive(Clone, Debug)]
pub struct ManagedLogin {
    pool: UserPool,
    domain: Domain,
    scopes: Vec<String>,
    redirect_uri: String,
    /// Additional parameters of the authorize endpoint.
    parameters: Vec<(String, String)>,
}

impl ManagedLogin {
    /// Managed login on `domain`, for example `example.auth.us-east-1.amazoncognito.com` or a domain of your own, that
    /// redirects to `redirect_uri`. This must be exactly one of the app client's callback URLs.
    ///
    /// # Errors
    /// [`AuthError::Input`]: `domain` isn't a domain, or the callback is `http` on a host other than this machine.
    pub fn new(domain: &str, pool: &UserPool, redirect_uri: impl Into<String>) -> Result<Self, AuthError> {
        let redirect_uri = redirect_uri.into();
        check_redirect(&redirect_uri)?;
        Ok(Self {
            pool: pool.clone(),
            domain: Domain::new(domain)?,
            scopes: Vec::new(),
            redirect_uri,
            parameters: Vec::new(),
        })
    }

    /// Requests a scope: `openid` for an ID token, `aws.cognito.signin.user.admin` for user calls, or one of a resource
    /// server. Without any, the tokens have all scopes that the app client allows.
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scopes.push(scope.into());
        self
    }

    /// Goes straight to an identity provider, for example `Google`.
    pub fn identity_provider(mut self, name: impl Into<String>) -> Self {
        self.parameters.push(("identity_provider".to_owned(), name.into()));
        self
    }

    /// Sets another parameter of the authorize endpoint: `lang`, `login_hint`, `prompt`, `acr_values`, `max_age`, `resource`.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Begins a login. Keep the result in the browser's session, and send the browser to its URL.
    ///
    /// # Errors
    /// [`AuthError::Srp`] with [`SrpError::Random`]: the operating system gives no randomness.
    pub fn begin(&self) -> Result<LoginRequest, AuthError> {
        Ok(LoginRequest {
            state: random()?,
            nonce: random()?,
            verifier: random()?,
        })
    }

    /// The URL to open in the browser.
    pub fn url(&self, request: &LoginRequest) -> String {
        let challenge = base64url(&Sha256::digest(request.verifier.expose()));
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("response_type", "code");
        query.append_pair("client_id", self.pool.client_id());
        query.append_pair("redirect_uri", &self.redirect_uri);
        query.append_pair("state", request.state.expose());
        query.append_pair("nonce", request.nonce.expose());
        query.append_pair("code_challenge_method", "S256");
        query.append_pair("code_challenge", &challenge);
        if !self.scopes.is_empty() {
            query.append_pair("scope", &self.scopes.join(" "));
        }
        query.extend_pairs(&self.parameters);
        self.domain.url(&format!("/oauth2/authorize?{}", query.finish()))
    }

    /// Completes the login with the query of the browser's redirect (`code=…&state=…`), and returns the tokens.
    ///
    /// # Errors
    /// [`AuthError::OAuth`]: the user or Cognito refused. [`AuthError::Endpoint`]: the query or the ID token isn't the
    /// answer to `request`. Begin again in each case.
    pub async fn finish(&self, request: &LoginRequest, query: &str) -> Result<Tokens, AuthError> {
        let code = request.code(query)?;
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code.expose()),
            ("redirect_uri", &self.redirect_uri),
            ("code_verifier", request.verifier.expose()),
        ];
        let json = post(&self.pool, &self.domain, "/oauth2/token", &form).await?;
        let tokens = self.tokens(&json, None)?;
        match &tokens.id {
            Some(id) if !request.is_nonce_of(id) => Err(AuthError::Endpoint {
                problem: "the ID token has another nonce: it isn't the answer to this login",
                source: None,
            }),
            _ => Ok(tokens),
        }
    }

    /// Refreshes at the token endpoint. A [`Session`](crate::Session) refreshes tokens of managed login, too.
    ///
    /// # Errors
    /// [`is_signed_out`](AuthError::is_signed_out). Tokens of the API of a pool that remembers devices aren't refreshed
    /// here.
    pub async fn refresh(&self, tokens: &Tokens) -> Result<Tokens, AuthError> {
        let refresh = tokens.refresh.as_ref().ok_or(AuthError::SignedOut)?;
        let form = [("grant_type", "refresh_token"), ("refresh_token", refresh.expose())];
        let json = post(&self.pool, &self.domain, "/oauth2/token", &form).await?;
        self.tokens(&json, Some(tokens))
    }

    /// Revokes the refresh token and all access tokens that were issued with it.
    ///
    /// # Errors
    /// Those of the endpoint.
    pub async fn revoke(&self, tokens: &Tokens) -> Result<(), AuthError> {
        let refresh = tokens.refresh.as_ref().ok_or(AuthError::SignedOut)?;
        post(
            &self.pool,
            &self.domain,
            "/oauth2/revoke",
            &[("token", refresh.expose())],
        )
        .await?;
        Ok(())
    }

    /// The URL at which the browser ends its login. `logout_uri` is one of the app client's sign-out URLs.
    pub fn logout_url(&self, logout_uri: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("client_id", self.pool.client_id());
        query.append_pair("logout_uri", logout_uri);
        self.domain.url(&format!("/logout?{}", query.finish()))
    }

    fn tokens(&self, json: &Value, old: Option<&Tokens>) -> Result<Tokens, AuthError> {
        let secret = |name: &str| json[name].as_str().map(Secret::from);
        let missing = AuthError::Incomplete {
            missing: "access token",
        };
        Ok(Tokens {
            access: secret("access_token").ok_or(missing)?,
            id: secret("id_token").or_else(|| old?.id.clone()),
            refresh: secret("refresh_token").or_else(|| old?.refresh.clone()),
            expires_at: expiry(self.pool.now(), json["expires_in"].as_i64().unwrap_or_default()),
            device_key: None,
            signed_in_as: None,
            new_device: None,
        })
    }
}

/// A login that waits for the browser's redirect: state (RFC 6749, section 10.12), nonce and PKCE verifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginRequest {
    state: Secret,
    nonce: Secret,
    verifier: Secret,
}

impl LoginRequest {
    /// The text to keep in the browser's session on the server, or in an encrypted cookie.
    pub fn to_json(&self) -> Secret {
        let (state, nonce, verifier) = (self.state.expose(), self.nonce.expose(), self.verifier.expose());
        json!({"state": state, "nonce": nonce, "verifier": verifier})
            .to_string()
            .into()
    }

    /// Reads the text of [`to_json`](Self::to_json).
    pub fn from_json(text: &str) -> Option<Self> {
        let json: Value = serde_json::from_str(text).ok()?;
        let secret = |name: &str| json[name].as_str().map(Secret::from);
        Some(Self {
            state: secret("state")?,
            nonce: secret("nonce")?,
            verifier: secret("verifier")?,
        })
    }

    /// The code of a query that answers this request.
    fn code(&self, query: &str) -> Result<Secret, AuthError> {
        let query = query.strip_prefix('?').unwrap_or(query);
        let value = |name: &str| {
            let mut pairs = form_urlencoded::parse(query.as_bytes());
            pairs
                .find(|(own, _)| own == name)
                .map(|(_, value)| Secret::from(value.into_owned()))
        };
        // The state comes first: an error of somebody else's login isn't ours.
        if value("state").as_ref() != Some(&self.state) {
            return Err(AuthError::Endpoint {
                problem: "the browser came back with another state: it isn't the answer to this login",
                source: None,
            });
        }
        if let Some(code) = value("error") {
            return Err(AuthError::oauth(code.expose()));
        }
        value("code").ok_or(AuthError::Incomplete { missing: "code" })
    }

    fn is_nonce_of(&self, id_token: &Secret) -> bool {
        let payload = id_token.expose().split('.').nth(1).and_then(from_base64);
        let claims: Value = payload
            .and_then(|payload| serde_json::from_slice(&payload).ok())
            .unwrap_or_default();
        claims["nonce"].as_str().map(Secret::from).as_ref() == Some(&self.nonce)
    }
}

/// 256 random bits, as text.
fn random() -> Result<Secret, SrpError> {
    let mut bytes = Zeroizing::new([0; 32]);
    getrandom::getrandom(bytes.as_mut()).map_err(|_| SrpError::Random)?;
    Ok(base64url(bytes.as_ref()).into())
}
