//! The last requests.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

/// The number of requests that are kept.
const KEPT: usize = 100;

/// A request that was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
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
