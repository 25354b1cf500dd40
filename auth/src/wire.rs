//! The two calls of every sign-in, InitiateAuth and RespondToAuthChallenge, and their `Admin` versions.

use crate::error::AuthError;
use crate::pool::UserPool;
use crate::secret::Secret;
use cognito_idp::types::{AuthFlowType, AuthenticationResultType, ChallengeNameType};
use std::collections::HashMap;

/// The flow of old that refreshes.
pub(crate) const REFRESH_TOKEN_AUTH: &str = "REFRESH_TOKEN_AUTH";
/// InitiateAuth with this flow, as errors name it: for a sign-in, the same answers mean something else.
pub(crate) const INITIATE_REFRESH: &str = "InitiateAuth (REFRESH_TOKEN_AUTH)";

/// Parameters of a call, by their names on the wire.
pub(crate) type Parameters = HashMap<String, String>;

/// The answer of either call.
pub(crate) struct Answer {
    pub(crate) challenge: Option<String>,
    pub(crate) session: Option<String>,
    pub(crate) parameters: Parameters,
    pub(crate) available: Vec<String>,
    pub(crate) result: Option<AuthenticationResultType>,
    /// Whether the pool didn't know the device, so that the call was made without it.
    pub(crate) without_device: bool,
}

/// A call of either kind.
pub(crate) struct Call<'a> {
    pub(crate) pool: &'a UserPool,
    /// Whether the call is made with AWS credentials on behalf of the user.
    pub(crate) admin: bool,
    /// The name that SECRET_HASH is computed over.
    pub(crate) username: &'a str,
    pub(crate) session: Option<&'a Secret>,
    pub(crate) parameters: Parameters,
    pub(crate) metadata: &'a Parameters,
}

/// The outputs of the four operations have the same members.
macro_rules! answer {
    ($output:expr) => {{
        let output = $output;
        Answer {
            challenge: output.challenge_name.map(|name| name.as_str().to_owned()),
            session: output.session,
            parameters: output.challenge_parameters.unwrap_or_default(),
            available: output
                .available_challenges
                .unwrap_or_default()
                .iter()
                .map(|name| name.as_str().to_owned())
                .collect(),
            result: output.authentication_result,
            without_device: false,
        }
    }};
}

impl Call<'_> {
    /// InitiateAuth with a flow.
    pub(crate) async fn initiate(self, flow: &'static str) -> Result<Answer, AuthError> {
        self.pool.with_secrets(|secret| self.initiate_with(flow, secret)).await
    }

    /// RespondToAuthChallenge to the challenge of that name.
    pub(crate) async fn respond(self, challenge: &str) -> Result<Answer, AuthError> {
        self.pool
            .with_secrets(|secret| self.respond_with(challenge, secret))
            .await
    }

    async fn initiate_with(&self, flow: &'static str, secret: Option<Secret>) -> Result<Answer, AuthError> {
        let client = self.pool.client();
        let operation = match flow {
            REFRESH_TOKEN_AUTH => INITIATE_REFRESH,
            _ => "InitiateAuth",
        };
        let flow = AuthFlowType::from(flow);
        let (parameters, session, metadata) = self.parts(secret.as_ref());
        if self.admin {
            let request = client
                .admin_initiate_auth()
                .user_pool_id(self.pool.id())
                .client_id(self.pool.client_id())
                .auth_flow(flow)
                .set_auth_parameters(parameters)
                .set_session(session)
                .set_client_metadata(metadata);
            let sent = request.send().await;
            return Ok(answer!(
                sent.map_err(|error| AuthError::call("AdminInitiateAuth", error))?
            ));
        }
        let request = client
            .initiate_auth()
            .client_id(self.pool.client_id())
            .auth_flow(flow)
            .set_auth_parameters(parameters)
            .set_session(session)
            .set_client_metadata(metadata);
        let sent = request.send().await;
        Ok(answer!(sent.map_err(|error| AuthError::call(operation, error))?))
    }

    async fn respond_with(&self, challenge: &str, secret: Option<Secret>) -> Result<Answer, AuthError> {
        let client = self.pool.client();
        let challenge = ChallengeNameType::from(challenge);
        let (parameters, session, metadata) = self.parts(secret.as_ref());
        if self.admin {
            let request = client
                .admin_respond_to_auth_challenge()
                .user_pool_id(self.pool.id())
                .client_id(self.pool.client_id())
                .challenge_name(challenge)
                .set_challenge_responses(parameters)
                .set_session(session)
                .set_client_metadata(metadata);
            let sent = request.send().await;
            return Ok(answer!(
                sent.map_err(|error| AuthError::call("AdminRespondToAuthChallenge", error))?
            ));
        }
        let request = client
            .respond_to_auth_challenge()
            .client_id(self.pool.client_id())
            .challenge_name(challenge)
            .set_challenge_responses(parameters)
            .set_session(session)
            .set_client_metadata(metadata);
        let sent = request.send().await;
        Ok(answer!(
            sent.map_err(|error| AuthError::call("RespondToAuthChallenge", error))?
        ))
    }

    /// The common part of the four requests: parameters with SECRET_HASH, session, metadata.
    fn parts(&self, secret: Option<&Secret>) -> (Option<Parameters>, Option<String>, Option<Parameters>) {
        let mut parameters = self.parameters.clone();
        if let Some(hash) = self.pool.hash(self.username, secret) {
            parameters.insert("SECRET_HASH".to_owned(), hash);
        }
        let metadata = (!self.metadata.is_empty()).then(|| self.metadata.clone());
        let session = self.session.map(|session| session.expose().to_owned());
        (Some(parameters), session, metadata)
    }
}
