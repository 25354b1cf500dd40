//! The last requests.

use cognito_idp::primitives::DateTime;
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

/// The number of requests that are kept.
const KEPT: usize = 100;

/// A request that was answered.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Logged {
    /// The operation, or method and path.
    pub what: String,
    /// The HTTP status of the answer.
    pub status: u16,
    /// The error's code, if the answer is an error.
    pub error: Option<String>,
    /// The request id in the answer.
    pub request_id: String,
    /// When.
    pub time: SystemTime,
}

impl fmt::Debug for Logged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Logged")
            .field("what", &self.what)
            .field("status", &self.status)
            .field("error", &self.error)
            .field("request_id", &self.request_id)
            .field("time", &DateTime::from(self.time))
            .finish()
    }
}

/// The latest requests, newest first. It keeps no bodies, because they contain passwords.
#[derive(Debug, Default)]
pub(crate) struct Log {
    requests: Mutex<VecDeque<Logged>>,
}

impl Log {
    fn lock(&self) -> MutexGuard<'_, VecDeque<Logged>> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn push(&self, request: Logged) {
        let mut requests = self.lock();
        requests.truncate(KEPT - 1);
        requests.push_front(request);
    }

    pub(crate) fn all(&self) -> Vec<Logged> {
        self.lock().iter().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        self.lock().clear();
    }
}
