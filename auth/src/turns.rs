//! One call for all who need its result: they take turns, and who has waited for a call that failed shares its error.

use std::sync::{Mutex, PoisonError};
use tokio::sync::MutexGuard;

/// The turns at a call.
///
/// Whoever gets the turn first looks whether the call before has brought what it needs. If that call has failed, its
/// error goes to all who waited for it. Otherwise each of them would make the same call again, one after the other: a
/// thousand callers would wait for a thousand timeouts.
pub(crate) struct Turns<E> {
    turn: tokio::sync::Mutex<()>,
    failures: Mutex<Failures<E>>,
}

struct Failures<E> {
    count: u64,
    last: Option<E>,
}

impl<E: Clone> Turns<E> {
    /// Waits for the turn.
    pub(crate) async fn take(&self) -> Turn<'_, E> {
        let before = self.count();
        let guard = self.turn.lock().await;
        Turn {
            turns: self,
            before,
            _guard: guard,
        }
    }

    fn count(&self) -> u64 {
        self.change(|failures| failures.count)
    }

    fn change<T>(&self, act: impl FnOnce(&mut Failures<E>) -> T) -> T {
        act(&mut self.failures.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<E> Default for Turns<E> {
    fn default() -> Self {
        Self {
            turn: tokio::sync::Mutex::default(),
            failures: Mutex::new(Failures { count: 0, last: None }),
        }
    }
}

/// A caller's turn. It ends when it is dropped.
pub(crate) struct Turn<'a, E> {
    turns: &'a Turns<E>,
    /// How many calls had failed when this caller began to wait.
    before: u64,
    _guard: MutexGuard<'a, ()>,
}

impl<E: Clone> Turn<'_, E> {
    /// The error of the call that has failed while this caller waited.
    pub(crate) fn failed(&self) -> Option<E> {
        self.turns
            .change(|failures| (failures.count != self.before).then(|| failures.last.clone())?)
    }

    /// The result of the call, which is remembered for those who wait if it is an error.
    pub(crate) fn ended<T>(&self, result: Result<T, E>) -> Result<T, E> {
        if let Err(error) = &result {
            self.turns.change(|failures| {
                failures.count += 1;
                failures.last = Some(error.clone());
            });
        }
        result
    }
}
