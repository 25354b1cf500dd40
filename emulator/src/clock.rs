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

/// The last moment that the clock reaches: the end of the year 9999, after which dates have no form in RFC 3339.
const LAST: u64 = 253_402_300_799_999;

/// The emulator's clock: the system's clock plus the time that [`advance`](Self::advance) has added.
///
/// Codes, sessions and tokens expire by it, so a test of expiry needn't wait. Clones are the same clock. A state on disk
/// remembers how far the clock was ahead, because its codes and sessions have the times of this clock.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    ahead: Arc<AtomicU64>,
}

impl Clock {
    /// Moves the clock forward, at most to the end of the year 9999. There is no way back.
    pub fn advance(&self, by: Duration) {
        let by = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        let mut ahead = self.ahead();
        while let Err(other) = self.ahead.compare_exchange_weak(
            ahead,
            ahead.saturating_add(by).min(LAST),
            Ordering::Relaxed,
            Ordering::Relaxed,
        ) {
            ahead = other;
        }
    }

    /// How far it is ahead of the system's clock, in milliseconds.
    pub(crate) fn ahead(&self) -> u64 {
        self.ahead.load(Ordering::Relaxed)
    }

    /// Moves it forward until it is this far ahead of the system's clock.
    pub(crate) fn catch_up(&self, ahead: u64) {
        self.ahead.fetch_max(ahead.min(LAST), Ordering::Relaxed);
    }

    /// The emulator's time.
    pub fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_millis(self.moment().0)
    }

    pub(crate) fn moment(&self) -> Moment {
        let system = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let system = u64::try_from(system.as_millis()).unwrap_or(u64::MAX);
        Moment(system.saturating_add(self.ahead()).min(LAST))
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
    fn no_distance_is_too_far_and_none_leads_back() {
        let clock = Clock::default();
        let mut before = clock.now();
        for by in [
            Duration::from_secs(1 << 40),
            Duration::MAX,
            Duration::from_millis(u64::MAX),
        ] {
            clock.advance(by);
            assert!(clock.now() > before || clock.moment().0 == super::LAST, "{by:?}");
            before = clock.now();
        }
    }

    #[test]
    fn clones_move_together() {
        let clock = Clock::default();
        let before = clock.now();
        clock.clone().advance(Duration::from_secs(3600));
        assert!(clock.now() >= before + Duration::from_secs(3600));
    }
}
