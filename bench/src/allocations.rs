//! Allocations of the calling thread.

/// How much was allocated.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Allocations {
    pub(crate) count: u64,
    pub(crate) bytes: u64,
}

/// Counts what `work` allocates on this thread; `None` where this program was built without the feature `allocations`.
#[cfg(feature = "allocations")]
pub(crate) fn count<T>(work: impl FnOnce() -> T) -> (T, Option<Allocations>) {
    let mut result = None;
    let info = allocation_counter::measure(|| result = Some(work()));
    let allocations = Allocations {
        count: info.count_total,
        bytes: info.bytes_total,
    };
    match result {
        Some(result) => (result, Some(allocations)),
        None => unreachable!("measure calls its closure"),
    }
}

/// Counts nothing: this program was built without the feature `allocations`.
#[cfg(not(feature = "allocations"))]
pub(crate) fn count<T>(work: impl FnOnce() -> T) -> (T, Option<Allocations>) {
    (work(), None)
}

#[cfg(all(test, feature = "allocations"))]
mod tests {
    use super::*;

    #[test]
    fn an_allocation_of_another_thread_is_not_counted() {
        let (sender, receiver) = std::sync::mpsc::sync_channel::<Vec<u8>>(1);
        let other = std::thread::spawn(move || sender.send(vec![0; 1_000_000]));
        let (length, allocations) = count(|| receiver.recv().map(|bytes| bytes.len()));
        assert_eq!(length, Ok(1_000_000));
        assert!(allocations.is_some_and(|it| it.bytes < 1_000_000));
        assert!(other.join().is_ok());
    }
}
