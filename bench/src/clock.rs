//! Clocks.

use rustix::time::{ClockId, clock_gettime};
use serde::{Deserialize, Serialize};
use std::time::{Duration, Instant};

/// User and system time of the calling thread so far.
///
/// Unlike wall time, it doesn't grow while another process has the CPU.
fn thread_cpu() -> Duration {
    read(ClockId::ThreadCPUTime)
}

fn read(clock: ClockId) -> Duration {
    let time = clock_gettime(clock);
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

/// What something took, in seconds.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Elapsed {
    /// User and system time of all threads of this process.
    pub(crate) cpu: f64,
    /// Time on the wall.
    pub(crate) wall: f64,
}

/// Runs `work`, and says what it took this process.
pub(crate) fn elapsed<T>(work: impl FnOnce() -> T) -> (T, Elapsed) {
    let (cpu, wall) = (read(ClockId::ProcessCPUTime), Instant::now());
    let result = work();
    let elapsed = Elapsed {
        cpu: read(ClockId::ProcessCPUTime).saturating_sub(cpu).as_secs_f64(),
        wall: wall.elapsed().as_secs_f64(),
    };
    (result, elapsed)
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
