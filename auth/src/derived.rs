//! Token exchange (RFC 8693): a token for one service, from a token for another.

use crate::error::AuthError;
use crate::pool::UserPool;
use crate::secret::Secret;
use crate::tokens::expiry;
use cognito_idp::types::{IssuedTokenTypeIdentifierType, TokenTypeIdentifierType};
use std::time::SystemTime;

/// A token exchange that is about to be sent (GetDerivedToken), from [`UserPool::exchange`].
///
/// The app client needs the flow `ALLOW_TOKEN_EXCHANGE_IMPERSONATION`, or with an [`actor`](Self::actor)
/// `ALLOW_TOKEN_EXCHANGE_DELEGATION`.
#[derive(Clone, Debug)]
#[must_use = "nothing is sent before `send`"]
pub struct Exchange {
    pool: UserPool,
    subject: Secret,
    subject_type: TokenTypeIdentifierType,
    actor: Option<Secret>,
    scopes: Vec<String>,
    audiences: Vec<String>,
    resources: Vec<String>,
}

/// The result of an exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DerivedToken {
    /// The token.
    pub token: Secret,
    /// The type of the token.
    pub kind: IssuedTokenTypeIdentifierType,
    /// When the token expires.
    pub expires_at: SystemTime,
    /// The scopes of the token.
    pub scopes: Vec<String>,
}

impl UserPool {
    /// Begins the exchange of an access token for one with fewer rights.
    pub fn exchange(&self, access_token: impl Into<Secret>) -> Exchange {
        Exchange {
            pool: self.clone(),
            subject: access_token.into(),
            subject_type: TokenTypeIdentifierType::AccessToken,
            actor: None,
            scopes: Vec::new(),
            audiences: Vec::new(),
            resources: Vec::new(),
        }
    }
}

impl Exchange {
    /// Sets the type of the token to exchange. The default is an access token.
    pub fn subject_type(mut self, subject_type: TokenTypeIdentifierType) -> Self {
        self.subject_type = subject_type;
        self
    }

    /// The access token of the service that acts for the user: the new token names it in the claim `act`.
    pub fn actor(mut self, access_token: impl Into<Secret>) -> Self {
        self.actor = Some(access_token.into());
        self
    }

    /// Requests a scope. Without any, the new token has the scopes of the old one.
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scopes.push(scope.into());
        self
    }

    /// The logical name of the service that the token is for. Not together with [`resource`](Self::resource).
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.audiences.push(audience.into());
        self
    }

    /// The identifier of the resource server that the token is for. Not together with [`audience`](Self::audience).
    pub fn resource(mut self, resource: impl Into<String>) -> Self {
        self.resources.push(resource.into());
        self
    }

    /// Exchanges the token.
    ///
    /// # Errors
    /// [`AuthError::Input`]: both audience and resource are set. Those of GetDerivedToken.
    pub async fn send(&self) -> Result<DerivedToken, AuthError> {
        if !self.audiences.is_empty() && !self.resources.is_empty() {
            return Err(AuthError::Input(
                "an exchange is for audiences or for resources, not for both",
            ));
        }
        let pool = &self.pool;
        let list = |items: &Vec<String>| (!items.is_empty()).then(|| items.clone());
        let actor = self.actor.as_ref().map(|actor| actor.expose().to_owned());
        let sent = pool.with_secrets(|secret| {
            let request = pool.client().get_derived_token().client_id(pool.client_id());
            let request = request
                .set_client_secret(secret.map(|secret| secret.expose().to_owned()))
                .subject_token(self.subject.expose())
                .subject_token_type(self.subject_type.clone())
                .set_actor_token_type(actor.as_ref().map(|_| TokenTypeIdentifierType::AccessToken))
                .set_actor_token(actor.clone())
                .set_scopes(list(&self.scopes))
                .set_audiences(list(&self.audiences))
                .set_resources(list(&self.resources));
            async {
                request
                    .send()
                    .await
                    .map_err(|error| AuthError::call("GetDerivedToken", error))
            }
        });
        let output = sent.await?;
        Ok(DerivedToken {
            token: output.issued_token.into(),
            kind: output.issued_token_type,
            expires_at: expiry(pool.now(), i64::from(output.expires_in)),
            scopes: output.scopes.unwrap_or_default(),
        })
    }
}
