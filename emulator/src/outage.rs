//! Bad moments that a test asks for: requests that are throttled or fail, connections that break.

use crate::http::json;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use serde_json::json;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

/// What happens to a request, from [`Cognito::disturb`](crate::Cognito::disturb).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outage {
    /// Cognito has too many requests, and refuses this one: `TooManyRequestsException`.
    Throttled,
    /// Cognito fails before it has done anything: `InternalErrorException`, with status 500.
    Internal,
    /// Something in front of Cognito fails: status 503, without an error code.
    Unavailable,
    /// The connection breaks before Cognito gets the request.
    Unreachable,
    /// Cognito does what it was asked for, and the connection breaks before the answer arrives. A client can't tell this
    /// from [`Unreachable`](Self::Unreachable), so its retry may find that the user exists already, for example.
    AnswerLost,
}

/// The connection breaks, and there is no answer.
#[derive(Debug)]
pub(crate) struct Broken;

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection broke, as the test asked for")
    }
}

impl std::error::Error for Broken {}

impl Outage {
    /// The answer in place of Cognito's. `None` if Cognito is asked.
    pub(crate) fn answer(self, request_id: &str, is_operation: bool) -> Result<Option<HttpResponse>, Broken> {
        let (status, code, message) = match self {
            Self::Throttled if is_operation => (400, Some("TooManyRequestsException"), "Rate exceeded"),
            Self::Throttled => (429, Some("TooManyRequestsException"), "Rate exceeded"),
            Self::Internal => (500, Some("InternalErrorException"), "Something went wrong"),
            Self::Unavailable => (503, None, "Service Unavailable"),
            Self::Unreachable => return Err(Broken),
            Self::AnswerLost => return Ok(None),
        };
        let mut response = json(status, &json!({ "__type": code, "message": message }));
        let headers = response.headers_mut();
        headers.insert("x-amzn-requestid", request_id.to_owned());
        if let Some(code) = code {
            headers.insert("x-amzn-errortype", code);
        }
        Ok(Some(response))
    }
}

type Plan = Arc<dyn Fn(&str) -> Option<Outage> + Send + Sync>;

/// The outages that a test has asked for.
#[derive(Default)]
pub(crate) struct Outages {
    plan: RwLock<Option<Plan>>,
}

impl Outages {
    pub(crate) fn set(&self, plan: Plan) {
        *self.plan.write().unwrap_or_else(PoisonError::into_inner) = Some(plan);
    }

    /// What happens to this request. The test's closure runs without a lock, so it may ask this Cognito.
    pub(crate) fn of(&self, what: &str) -> Option<Outage> {
        let plan = self.plan.read().unwrap_or_else(PoisonError::into_inner).clone();
        plan.and_then(|plan| plan(what))
    }
}
