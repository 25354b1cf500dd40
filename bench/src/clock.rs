//! Clocks.

use rustix::time::{ClockId, clock_gettime};
use std::time::Duration;

/// User and system time of the calling thread so far.
///
/// Unlike wall time, it doesn't grow while another process has the CPU.
fn thread_cpu() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    // The system's clocks are neither negative nor out of range.
    Duration::new(
        u64::try_from(time.tv_sec).unwrap_or(0),
        u32::try_from(time.tv_nsec).unwrap_or(0),
    )
}

/// Runs `work`, and says how much of the CPU it took on this thread.
pub(crate) fn cpu_of<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = thread_cpu();
    let result = work();
    (result, thread_cpu().saturating_sub(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sleeping_takes_no_cpu_time() {
        let ((), cpu) = cpu_of(|| std::thread::sleep(Duration::from_millis(50)));
        assert!(cpu < Duration::from_millis(40));
    }
}
