//! What `every-service` prints: shapes against seconds and memory.

use cognito_codegen::select::LeftOut;
use std::fs;
use std::time::Duration;

/// What has come of a service.
pub(super) struct Done {
    pub(super) service: String,
    pub(super) shapes: usize,
    pub(super) operations: usize,
    pub(super) files: usize,
    pub(super) bytes: usize,
    pub(super) generated: Duration,
    pub(super) formatted: Duration,
    /// The greatest resident size while it was generated, in KB, where the system says it.
    pub(super) peak: Option<u64>,
    pub(super) left_out: Vec<LeftOut>,
}

/// A line for each service, the smallest first, so that a time or a size that grows faster than the shapes shows.
pub(super) fn print(done: &[Done]) {
    let mut done: Vec<&Done> = done.iter().collect();
    done.sort_by_key(|service| service.shapes);
    println!(
        "{:<34}{:>7}{:>6}{:>7}{:>9}{:>10}{:>10}{:>12}{:>9}",
        "service", "shapes", "ops", "files", "KB", "s", "fmt s", "µs/shape", "peak MB"
    );
    for service in &done {
        line(service);
    }
    let sum = |of: fn(&Done) -> usize| done.iter().map(|it| of(it)).sum::<usize>();
    line(&Done {
        service: format!("{} services", done.len()),
        shapes: sum(|it| it.shapes),
        operations: sum(|it| it.operations),
        files: sum(|it| it.files),
        bytes: sum(|it| it.bytes),
        generated: done.iter().map(|it| it.generated).sum(),
        formatted: done.iter().map(|it| it.formatted).sum(),
        peak: done.iter().filter_map(|it| it.peak).max(),
        left_out: Vec::new(),
    });
    if let (Some(time), Some(memory)) = (
        exponent(&done, |it| Some(it.generated.as_secs_f64())),
        exponent(&done, |it| it.peak.map(|peak| peak as f64)),
    ) {
        println!("time grows with the shapes to the power of {time:.2}, memory to the power of {memory:.2}");
    }
    for service in &done {
        for left_out in &service.left_out {
            println!("left out: {} {}: {}", service.service, left_out.operation, left_out.why);
        }
    }
}

fn line(done: &Done) {
    let each = done.generated.as_micros() / (done.shapes.max(1) as u128);
    let seconds = |duration: Duration| duration.as_secs_f64();
    println!(
        "{:<34}{:>7}{:>6}{:>7}{:>9}{:>10.3}{:>10.3}{each:>12}{:>9}",
        done.service,
        done.shapes,
        done.operations,
        done.files,
        done.bytes / 1000,
        seconds(done.generated),
        seconds(done.formatted),
        done.peak
            .map_or_else(|| "-".to_owned(), |peak| (peak / 1024).to_string()),
    );
}

/// The slope of the straight line through the logarithms: 1 where something grows as the shapes do, 2 where as their
/// square. `None` where there is nothing to draw a line through.
#[allow(clippy::cast_precision_loss, reason = "shapes are thousands")]
fn exponent(done: &[&Done], of: impl Fn(&Done) -> Option<f64>) -> Option<f64> {
    let points: Vec<(f64, f64)> = done
        .iter()
        .filter_map(|it| Some(((it.shapes as f64).ln(), of(it).filter(|value| *value > 0.0)?.ln())))
        .collect();
    let count = points.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|it| it.0), mean(|it| it.1));
    let spread: f64 = points.iter().map(|it| (it.0 - x).powi(2)).sum();
    let common: f64 = points.iter().map(|it| (it.0 - x) * (it.1 - y)).sum();
    (spread > 0.0).then(|| common / spread)
}

/// The greatest resident size of this process since [`forget_peak_memory`] in KB, where the system says it.
pub(super) fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?
        .split_whitespace()
        .next()?
        .parse()
        .ok()
}

/// Makes the next [`peak_memory`] that of what is done from here on.
pub(super) fn forget_peak_memory() {
    // Linux alone has it, see proc_pid_clear_refs(5); elsewhere there is no peak to print.
    let _ = fs::write("/proc/self/clear_refs", "5");
}
