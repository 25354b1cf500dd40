//! The end of a sign-in, and its tokens.

use super::attempt::Attempt;
use super::{Call, Next, Outcome, SignedIn};
use crate::devices;
use crate::fault::Answer;
use crate::messages::{event, texts};
use crate::tokens::{self, Grant};
use crate::triggers::PostAuthentication;

impl Call<'_> {
    /// Signs the user in.
    pub(super) fn complete(&mut self, attempt: Attempt) -> Answer<Next> {
        let source = attempt.source();
        let key = attempt.user;
        let new_device = match (&attempt.device_key, &self.pool.description.device_configuration) {
            (None, Some(_)) => Some(devices::invite(self.pool, &key, self.now)?),
            _ => None,
        };
        let device_key = attempt
            .device_key
            .or_else(|| new_device.as_ref().and_then(|device| device.device_key.clone()));
        let user = self.user(&key)?;
        let mut event: PostAuthentication = event(
            self.pool,
            &user.username,
            &self.app.id,
            "PostAuthentication",
            "Authentication",
        );
        event.request.user_attributes = user.claims();
        event.request.new_device_used = new_device.is_some();
        event.request.client_metadata = texts(self.metadata.as_ref());
        self.around.triggers.fire(&mut event)?;
        self.pass(&key);
        let grant = Grant {
            user: key,
            scopes: vec![tokens::API_SCOPE.to_owned()],
            device_key,
            nonce: None,
            source,
        };
        Ok(Next::SignedIn(Box::new(SignedIn {
            grant,
            device: new_device,
        })))
    }

    /// Signs in a user whose first factor was a code or a passkey. No second factor is required.
    pub(super) fn complete_without_password(&mut self, attempt: Attempt) -> Answer<Next> {
        self.check_status(&attempt.user)?;
        self.complete(attempt)
    }

    /// What an operation answers: who is signed in gets tokens.
    pub(super) fn outcome(&mut self, next: Next) -> Answer<Outcome> {
        let signed_in = match next {
            Next::Challenge(challenge) => return Ok(Outcome::Challenge(challenge)),
            Next::SignedIn(signed_in) => *signed_in,
        };
        let metadata = self.metadata.as_ref();
        let mut result = tokens::issue(self.around, self.pool, &self.app, signed_in.grant, metadata, self.now)?;
        result.new_device_metadata = signed_in.device;
        Ok(Outcome::Tokens(Box::new(result)))
    }
}
