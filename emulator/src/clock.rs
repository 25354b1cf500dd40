//! The time, which a test can move.

use aws_smithy_async::time::TimeSource;
use aws_smithy_types::DateTime;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A moment, in milliseconds since 1970.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Moment(pub(crate) u64);

impl Moment {
    /// Seconds since 1970, as tokens have them.
    pub(crate) fn seconds(self) -> u64 {
        self.0 / 1000
    }

    /// As a structure's member.
    pub(crate) fn date(self) -> DateTime {
        DateTime::from_millis(i64::try_from(self.0).unwrap_or(i64::MAX))
    }

    /// This moment plus `seconds`.
    pub(crate) fn after(self, seconds: u64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }
}

/// The emulator's clock: the system's clock plus the time that [`advance`](Self::advance) has added.
///
/// Codes, sessions and tokens expire by it, so a test of expiry needn't wait. Clones are the same clock.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    ahead: Arc<AtomicU64>,
}

impl Clock {
    /// Moves the clock forward. There is no way back.
    pub fn advance(&self, by: Duration) {
        let by = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        self.ahead.fetch_add(by, Ordering::Relaxed);
    }

    /// The emulator's time.
    pub fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_millis(self.moment().0)
    }

    pub(crate) fn moment(&self) -> Moment {
        let system = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let system = u64::try_from(system.as_millis()).unwrap_or(u64::MAX);
        Moment(system.saturating_add(self.ahead.load(Ordering::Relaxed)))
    }
}

/// The `time_source` of a client's configuration, for clients whose tokens expire by this clock.
impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        Self::now(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Clock;
    use std::time::Duration;

    #[test]
    fn clones_move_together() {
        let clock = Clock::default();
        let before = clock.now();
        clock.clone().advance(Duration::from_secs(3600));
        assert!(clock.now() >= before + Duration::from_secs(3600));
    }
}
