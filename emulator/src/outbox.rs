//! Keeps the e-mails and text messages that Cognito would send.

use crate::clock::{Clock, Moment};
use cognito_idp::primitives::DateTime;
use std::collections::{BTreeSet, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The number of messages that are kept. The oldest are removed first.
const KEPT: usize = 10_000;

/// How a message would have been sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Medium {
    /// As an e-mail.
    Email,
    /// As a text message.
    Sms,
}

/// A message to a user, with its code or temporary password. `Debug` shows neither.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Message {
    /// The user pool.
    pub user_pool_id: String,
    /// The user's name.
    pub username: String,
    /// The address or the phone number.
    pub destination: String,
    /// How it would have been sent.
    pub medium: Medium,
    /// The reason for the message, with the custom message trigger's name for it: `CustomMessage_SignUp`.
    pub reason: String,
    /// The code, or the temporary password.
    pub code: String,
    /// The subject of an e-mail.
    pub subject: Option<String>,
    /// The text.
    pub text: String,
    /// The time of the message, by the emulator's clock.
    pub sent: SystemTime,
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message")
            .field("user_pool_id", &self.user_pool_id)
            .field("username", &self.username)
            .field("destination", &self.destination)
            .field("medium", &self.medium)
            .field("reason", &self.reason)
            .field("sent", &DateTime::from(self.sent))
            .finish_non_exhaustive()
    }
}

/// The messages that would have been sent. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct Outbox {
    held: Arc<Mutex<Held>>,
}

#[derive(Debug, Default)]
struct Held {
    messages: VecDeque<Message>,
    /// Addresses that no message reaches.
    unreachable: BTreeSet<String>,
}

impl Outbox {
    /// The last message to this user, by username or by address.
    pub fn last(&self, recipient: &str) -> Option<Message> {
        let held = self.lock();
        let mut messages = held.messages.iter().rev();
        messages
            .find(|message| message.username == recipient || message.destination == recipient)
            .cloned()
    }

    /// All kept messages, oldest first.
    pub fn all(&self) -> Vec<Message> {
        self.lock().messages.iter().cloned().collect()
    }

    /// Removes all messages, and forgets which addresses are unreachable.
    pub fn clear(&self) {
        *self.lock() = Held::default();
    }

    /// No message reaches this address or phone number any more: operations that must deliver a code there answer
    /// `CodeDeliveryFailureException`. Where the documentation doesn't list that error, the message is lost.
    ///
    /// ```
    /// let cognito = cognito_emulator::Cognito::new();
    /// cognito.outbox().disconnect("alice@example.com");
    /// ```
    pub fn disconnect(&self, destination: impl Into<String>) {
        self.lock().unreachable.insert(destination.into());
    }

    pub(crate) fn reaches(&self, destination: &str) -> bool {
        !self.lock().unreachable.contains(destination)
    }

    pub(crate) fn push(&self, message: Message) {
        let messages = &mut self.lock().messages;
        if messages.len() == KEPT {
            messages.pop_front();
        }
        messages.push_back(message);
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        // No one panics while holding it, and a list of messages is always whole.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The time of a message.
pub(crate) fn sent(clock: &Clock) -> SystemTime {
    let Moment(millis) = clock.moment();
    UNIX_EPOCH + Duration::from_millis(millis)
}
